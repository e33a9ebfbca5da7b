//! The parts of a file beside its body: properties, settings, fonts, numbering, head and foot of pages.

use super::flow::List;
use super::{Paper, escaped, styles};
use crate::content::Family;
use crate::packages::{Package, Refusal};

/// The part that holds the body.
pub(super) const DOCUMENT: &str = "word/document.xml";
pub(super) const NUMBERING_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
/// The number of the first list of a text; those before it belong to the styles.
pub(super) const FIRST_LIST: usize = 4;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// How the body's part begins.
pub(super) const DOCUMENT_OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\">";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The address of a kind of relation.
pub(super) fn kind(name: &str) -> String {
    format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")
}

/// How a part of WordprocessingML begins.
pub(super) fn open(name: &str) -> String {
    format!("{DECLARATION}<w:{name} xmlns:w=\"{MAIN}\" xmlns:r=\"{}\">", kind("").trim_end_matches('/'))
}

/// Adds every part but the numbering; the body is put in place of a hollow one.
pub(super) fn add(package: &mut Package, paper: &Paper) -> Result<(), Refusal> {
    package.add(DOCUMENT, &format!("{WORD}.document.main+xml"), "")?;
    package.relate("", &kind("officeDocument"), DOCUMENT)?;
    package.add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", core(paper)?)?;
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    package.relate("", core, "docProps/core.xml")?;
    let extended = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    package.add(
        "docProps/app.xml",
        extended,
        format!("{DECLARATION}<Properties xmlns=\"{space}\"><Application>liasse</Application></Properties>"),
    )?;
    package.relate("", &kind("extended-properties"), "docProps/app.xml")?;
    // The relations of the head and foot come first: the sections of the body name them.
    for (name, text) in [("header", header(paper)?), ("footer", footer(paper)?)] {
        let part = format!("word/{name}.xml");
        package.add(&part, &format!("{WORD}.{name}+xml"), text)?;
        package.relate(DOCUMENT, &kind(name), &part)?;
    }
    for (name, ending, text) in [
        ("styles", "styles", styles::sheet(paper)),
        ("settings", "settings", settings(paper)),
        ("fontTable", "fontTable", fonts()),
    ] {
        let part = format!("word/{name}.xml");
        package.add(&part, &format!("{WORD}.{ending}+xml"), text)?;
        package.relate(DOCUMENT, &kind(name), &part)?;
    }
    package.add("word/theme/theme.xml", "application/vnd.openxmlformats-officedocument.theme+xml", theme())?;
    package.relate(DOCUMENT, &kind("theme"), "word/theme/theme.xml")?;
    Ok(())
}

fn said(text: &str) -> Result<String, Refusal> {
    escaped(text).map_err(Refusal::Unreadable)
}

fn core(paper: &Paper) -> Result<String, Refusal> {
    let day = format!("{}T00:00:00Z", paper.date);
    Ok(format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:creator>{}</dc:creator><cp:keywords>{}</cp:keywords><dc:language>fr-FR</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:modified></cp:coreProperties>",
        said(paper.title)?,
        said(paper.subject)?,
        said(paper.author)?,
        said(&paper.keywords.join(", "))?,
    ))
}

fn settings(paper: &Paper) -> String {
    let tracked = if paper.tracked { "<w:trackRevisions/>" } else { "" };
    format!(
        "{}{tracked}<w:defaultTabStop w:val=\"709\"/><w:autoHyphenation/><w:compat><w:compatSetting \
         w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"fr-FR\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/></w:settings>",
        open("settings")
    )
}

fn fonts() -> String {
    let font = |name: &str, family: &str| {
        format!(
            "<w:font w:name=\"{name}\"><w:charset w:val=\"00\"/><w:family w:val=\"{family}\"/><w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    format!(
        "{}{}{}{}</w:fonts>",
        open("fonts"),
        font("Cambria", "roman"),
        font("Calibri", "swiss"),
        font("Consolas", "modern")
    )
}

fn header(paper: &Paper) -> Result<String, Refusal> {
    let mut text = open("hdr");
    for (index, line) in paper.header.iter().enumerate() {
        let look = if index == 0 { "<w:b/><w:bCs/>" } else { "<w:color w:val=\"55606E\"/>" };
        text.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Header\"/><w:ind w:right=\"4200\"/></w:pPr><w:r><w:rPr>{look}</w:rPr>\
             <w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            said(line)?
        ));
    }
    if paper.header.is_empty() {
        text.push_str("<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr></w:p>");
    }
    Ok(text + "</w:hdr>")
}

fn footer(paper: &Paper) -> Result<String, Refusal> {
    // Without a result of their own: the program that shows the pages counts them.
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    Ok(format!(
        "{}<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>\
         {}<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>",
        open("ftr"),
        said(paper.footer)?,
        field("PAGE"),
        field("NUMPAGES")
    ))
}

/// A section: the page of the acts, whose zone of the stamp stays empty.
pub(super) fn section(paper: &Paper, columns: u8, continues: bool) -> String {
    let place = if continues { "<w:type w:val=\"continuous\"/>" } else { "" };
    let bare = if paper.opens_bare && !continues { "<w:titlePg/>" } else { "" };
    let first = if bare.is_empty() { "" } else { "<w:footerReference w:type=\"first\" r:id=\"rId2\"/>" };
    let columns = if columns > 1 {
        format!("<w:cols w:num=\"{columns}\" w:space=\"340\"/>")
    } else {
        "<w:cols w:space=\"340\"/>".to_owned()
    };
    // A letter begins where its envelope wants it.
    let top = if paper.family == Family::Letter { 1_134 } else { 1_814 };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/><w:footerReference w:type=\"default\" r:id=\"rId2\"/>\
         {first}{place}<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"{top}\" w:right=\"1247\" w:bottom=\"1417\" \
         w:left=\"1247\" w:header=\"794\" w:footer=\"567\" w:gutter=\"0\"/>{columns}{bare}</w:sectPr>"
    )
}

/// The lists: headings on one list of several levels, bullets, numbers; each numbered list counts for itself.
pub(super) fn numbering(paper: &Paper, lists: &[List]) -> String {
    let level = |number: u32, format: &str, text: &str, extra: &str, place: &str| {
        format!(
            "<w:lvl w:ilvl=\"{number}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{extra}<w:lvlText w:val=\"{text}\"/>\
             <w:lvlJc w:val=\"left\"/>{place}</w:lvl>"
        )
    };
    let hanging = |number: u32| format!("<w:pPr><w:ind w:left=\"{}\" w:hanging=\"284\"/></w:pPr>", 284 * (number + 1));
    let family = |id: u32, levels: String| {
        format!(
            "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>"
        )
    };
    let article = paper.numbered.unwrap_or("Article");
    let headings = [
        level(0, "none", "", "<w:suff w:val=\"nothing\"/>", ""),
        level(
            1,
            "decimal",
            &format!("{article} %2 – "),
            "<w:pStyle w:val=\"Heading2\"/><w:suff w:val=\"nothing\"/>",
            "<w:pPr><w:ind w:left=\"0\" w:firstLine=\"0\"/></w:pPr>",
        ),
        level(
            2,
            "decimal",
            "%2.%3 – ",
            "<w:pStyle w:val=\"Heading3\"/><w:suff w:val=\"nothing\"/>",
            "<w:pPr><w:ind w:left=\"0\" w:firstLine=\"0\"/></w:pPr>",
        ),
    ];
    let bullets: String = (0..4).map(|number| level(number, "bullet", "–", "", &hanging(number))).collect();
    let numbers: String =
        (0..4).map(|number| level(number, "decimal", &format!("%{}.", number + 1), "", &hanging(number))).collect();
    let mut text = open("numbering");
    text.push_str(&family(0, headings.concat()));
    text.push_str(&family(1, bullets));
    text.push_str(&family(2, numbers));
    for id in 0..3 {
        text.push_str(&format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{id}\"/></w:num>", id + 1));
    }
    for (index, List(start)) in lists.iter().enumerate() {
        let number = FIRST_LIST + index;
        match start {
            None => text.push_str(&format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"1\"/></w:num>")),
            Some(start) => {
                let restart: String = (0..4)
                    .map(|level| {
                        format!(
                            "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
                        )
                    })
                    .collect();
                text.push_str(&format!("<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"2\"/>{restart}</w:num>"));
            }
        }
    }
    text + "</w:numbering>"
}

fn theme() -> String {
    let colours: String = [
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "1D2530"),
        ("lt2", "F2F4F6"),
        ("accent1", "12365B"),
        ("accent2", "C8501E"),
        ("accent3", "55606E"),
        ("accent4", "0B5E63"),
        ("accent5", "8C2F2F"),
        ("accent6", "C9D0D8"),
        ("hlink", "12365B"),
        ("folHlink", "55606E"),
    ]
    .iter()
    .map(|(name, colour)| format!("<a:{name}><a:srgbClr val=\"{colour}\"/></a:{name}>"))
    .collect();
    let font = |name: &str, face: &str| {
        format!("<a:{name}><a:latin typeface=\"{face}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>")
    };
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = format!("<a:ln w=\"6350\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"liasse\"><a:themeElements>\
         <a:clrScheme name=\"liasse\">{colours}</a:clrScheme><a:fontScheme name=\"liasse\">{}{}</a:fontScheme>\
         <a:fmtScheme name=\"liasse\"><a:fillStyleLst>{fill}{fill}{fill}</a:fillStyleLst><a:lnStyleLst>{line}{line}{line}</a:lnStyleLst>\
         <a:effectStyleLst>{effect}{effect}{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}{fill}{fill}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>",
        font("majorFont", "Calibri"),
        font("minorFont", "Cambria"),
    )
}
