//! How a text looks: the style sheet of each family, in the fonts that Word has.

use super::Paper;
use crate::content::Family;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    #[default]
    Body,
    Heading(u8),
    /// A heading of level 2 without a number among those that have one.
    Bare,
    /// What stands above the title.
    Eyebrow,
    /// What an act is about.
    Subject,
    /// A roll, in small print.
    Roll,
    /// A mention, in small print.
    Mention,
    /// Who signs, and as what.
    Signatory,
    /// The name below the place of a signature.
    Signature,
    /// The lines that say what matters.
    Lead,
    /// Who writes a letter.
    Sender,
    /// To whom a letter goes: in the window of an envelope.
    Address,
    /// The day of a letter.
    Day,
    /// As what the one who signs a letter does so.
    Quality,
    /// The name of who signs a letter, with the room of a hand above.
    Name,
    /// A signature of one line: the room of a hand stands below.
    Alone,
    /// Where a slip is cut off.
    Cut,
    Bulleted,
    Numbered,
    /// A paragraph of an item behind its first.
    Continued(u8),
    Quote,
    Cell,
    CellHead,
    Rule,
    /// What must stand behind a table at the end.
    End,
}

impl Style {
    /// The style of a paragraph in a part.
    pub(super) fn of_part(part: Option<&str>, is_strong: bool) -> Self {
        match part {
            Some("surtitre") => Self::Eyebrow,
            Some("objet") => Self::Subject,
            Some("appel") => Self::Roll,
            Some("mention" | "recours" | "pieces") => Self::Mention,
            Some("chapeau") => Self::Lead,
            Some("expediteur") => Self::Sender,
            Some("destinataire") => Self::Address,
            Some("date") => Self::Day,
            Some("encadre") => Self::Quote,
            Some("signatures" | "suscriptions") if is_strong => Self::Signatory,
            Some("signatures" | "suscriptions") => Self::Signature,
            Some("signature") => Self::Quality,
            _ => Self::Body,
        }
    }

    /// The style of a heading in a part.
    pub(super) fn heading(level: u8, part: Option<&str>) -> Self {
        if level == 2 && part == Some("sans-numero") { Self::Bare } else { Self::Heading(level) }
    }

    /// Its name in the file.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Body => "Normal",
            Self::Heading(1) => "Heading1",
            Self::Heading(2) => "Heading2",
            Self::Heading(3) => "Heading3",
            Self::Heading(_) => "Heading4",
            Self::Bare => "TitreSansNumero",
            Self::Eyebrow => "Surtitre",
            Self::Subject => "Objet",
            Self::Roll => "Appel",
            Self::Mention => "Mention",
            Self::Signatory => "Signataire",
            Self::Signature => "Signature",
            Self::Lead => "Chapeau",
            Self::Sender => "Expediteur",
            Self::Address => "Destinataire",
            Self::Day => "Date",
            Self::Quality => "Qualite",
            Self::Name => "NomDuSignataire",
            Self::Alone => "SignatureSeule",
            Self::Cut => "TraitDeCoupe",
            Self::Bulleted => "ListBullet",
            Self::Numbered => "ListNumber",
            Self::Continued(_) => "ListContinue",
            Self::Quote => "Quote",
            Self::Cell => "Cellule",
            Self::CellHead => "Intitule",
            Self::Rule => "Filet",
            Self::End => "Fin",
        }
    }
}

/// A paragraph style: name in the file, name that Word shows, what it is based on, look of paragraph and of words.
fn style(id: &str, name: &str, next: &str, paragraph: &str, words: &str) -> String {
    let next = if next.is_empty() { String::new() } else { format!("<w:next w:val=\"{next}\"/>") };
    let words = if words.is_empty() { String::new() } else { format!("<w:rPr>{words}</w:rPr>") };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>{next}\
         <w:qFormat/><w:pPr>{paragraph}</w:pPr>{words}</w:style>"
    )
}

const SANS: &str = "<w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\" w:eastAsia=\"Calibri\"/>";
/// How far the edge of a table in a box is from that of the text, in twentieths of a point.
pub(super) const BOX_EDGE: usize = 48;
/// The room of a hand and a seal, 28 mm, in twentieths of a point.
const HAND: u32 = 1588;
const LEFT: &str = "<w:jc w:val=\"left\"/>";
const BOLD: &str = "<w:b/><w:bCs/>";

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

fn spacing(before: u32, after: u32, line: u32) -> String {
    format!("<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"atLeast\"/>")
}

/// The style sheet of a text.
pub(super) fn sheet(paper: &Paper) -> String {
    let brand = paper.colour.trim_start_matches('#');
    let is_hex = brand.len() == 6 && brand.chars().all(|c| c.is_ascii_hexdigit());
    let coloured = paper.family == Family::Report && is_hex;
    let colour = if coloured { format!("<w:color w:val=\"{brand}\"/>") } else { String::new() };
    // Size, line, before, after of the headings: those of the pages.
    let scale = match paper.family {
        Family::Report => [(48, 560, 0, 280), (30, 380, 400, 160), (23, 300, 260, 100)],
        _ => [(36, 440, 0, 240), (23, 300, 340, 140), (21, 280, 240, 100)],
    };
    let gap = |twentieths: u32| if paper.is_close { twentieths / 2 } else { twentieths };
    let heading = |level: usize| {
        let (points, line, before, after) = scale[level.min(3) - 1];
        let (before, after) = (gap(before), gap(after));
        let number = match (level, paper.numbered) {
            (2, Some(_)) => "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>",
            (3, Some(_)) => "<w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"1\"/></w:numPr>",
            _ => "",
        };
        let font = if level == 1 { "" } else { SANS };
        let look = |number: &str| {
            format!(
                "<w:keepNext/><w:keepLines/>{number}<w:suppressAutoHyphens/>{}{LEFT}<w:outlineLvl w:val=\"{}\"/>",
                spacing(before, after, line),
                level - 1
            )
        };
        let words = format!("{font}{BOLD}{colour}{}", size(points));
        let bare = if level != 2 || number.is_empty() {
            String::new()
        } else {
            style("TitreSansNumero", "Titre sans numéro", "Normal", &look(""), &words)
        };
        style(&format!("Heading{level}"), &format!("heading {level}"), "Normal", &look(number), &words) + &bare
    };
    let item = |id: &str, name: &str, number: usize| {
        style(id, name, "", &format!("<w:numPr><w:numId w:val=\"{number}\"/></w:numPr>{}", spacing(0, 80, 290)), "")
    };
    let jc = if matches!(paper.family, Family::List | Family::Letter) { "left" } else { "both" };
    let mut sheet = format!(
        "{}<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Cambria\" w:hAnsi=\"Cambria\" w:cs=\"Cambria\" \
         w:eastAsia=\"Cambria\"/>{}<w:lang w:val=\"fr-FR\" w:eastAsia=\"fr-FR\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr>{}</w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr><w:widowControl/><w:jc w:val=\"{jc}\"/></w:pPr></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
         <w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>",
        super::parts::open("styles"),
        size(21),
        spacing(0, gap(145), 290)
    );
    for level in 1..=4 {
        sheet.push_str(&heading(level));
    }
    let line = |side: &str, width: u32, colour: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"{width}\" w:space=\"5\" w:color=\"{colour}\"/>")
    };
    let grey = "55606E";
    let eyebrow = if is_hex && matches!(paper.family, Family::Report | Family::List) {
        format!("<w:color w:val=\"{brand}\"/>")
    } else {
        String::new()
    };
    let accent = boxed(paper);
    sheet.push_str(&style(
        "Surtitre",
        "Surtitre",
        "Heading1",
        &format!("<w:keepNext/>{}{LEFT}", spacing(0, 120, 240)),
        &format!("{SANS}{BOLD}<w:caps/>{eyebrow}<w:spacing w:val=\"10\"/>{}", size(17)),
    ));
    sheet.push_str(&style(
        "Objet",
        "Objet",
        "Normal",
        &match paper.family {
            Family::Letter => format!("{}{LEFT}", spacing(0, 280, 290)),
            _ => format!("<w:pBdr>{}</w:pBdr>{}{LEFT}", line("bottom", 6, "000000"), spacing(0, 200, 330)),
        },
        &match paper.family {
            Family::Letter => format!("<w:color w:val=\"{grey}\"/>"),
            _ => size(25),
        },
    ));
    sheet.push_str(&style(
        "Appel",
        "Appel",
        "Appel",
        &format!("{}{LEFT}", spacing(0, 80, 230)),
        &format!("{SANS}{}", size(18)),
    ));
    sheet.push_str(&style("Mention", "Mention", "", &spacing(gap(160), gap(145), 250), &size(18)));
    sheet.push_str(&style(
        "Signataire",
        "Signataire",
        "Signature",
        &format!("<w:keepNext/><w:keepLines/>{}{LEFT}", spacing(60, 0, 240)),
        &size(18),
    ));
    sheet.push_str(&style(
        "Signature",
        "Signature",
        "Signataire",
        &format!("<w:keepLines/>{}{LEFT}", spacing(900, 240, 240)),
        &size(18),
    ));
    for piece in apart(gap) {
        sheet.push_str(&piece);
    }
    sheet.push_str(&item("ListBullet", "List Bullet", 2));
    sheet.push_str(&item("ListNumber", "List Number", 3));
    sheet.push_str(&style("ListContinue", "List Continue", "", &spacing(0, 80, 290), ""));
    sheet.push_str(&style(
        "Quote",
        "Quote",
        "",
        &format!(
            "<w:keepLines/>{accent}{}<w:ind w:left=\"170\" w:right=\"170\"/>{LEFT}",
            spacing(gap(120), gap(160), 290)
        ),
        "",
    ));
    sheet.push_str(&style(
        "Cellule",
        "Cellule",
        "",
        &format!("<w:suppressAutoHyphens/>{}{LEFT}", spacing(40, 40, 240)),
        &format!("{SANS}{}", size(18)),
    ));
    sheet.push_str(&style(
        "Intitule",
        "Intitulé de colonne",
        "",
        &format!("<w:keepNext/><w:suppressAutoHyphens/>{}{LEFT}", spacing(40, 40, 240)),
        &format!("{SANS}{BOLD}<w:color w:val=\"{grey}\"/>{}", size(17)),
    ));
    sheet.push_str(&style(
        "Filet",
        "Filet",
        "Normal",
        &format!("<w:pBdr>{}</w:pBdr>{}", line("bottom", 4, "C9D0D8"), spacing(0, 145, 120)),
        &size(4),
    ));
    sheet.push_str(&style("Fin", "Fin", "Normal", &spacing(0, 0, 20), &size(2)));
    sheet.push_str(&style(
        "Header",
        "header",
        "",
        &format!("{}{LEFT}", spacing(0, 0, 220)),
        &format!("{SANS}{}", size(17)),
    ));
    let tabs = "<w:tabs><w:tab w:val=\"right\" w:pos=\"9412\"/></w:tabs>";
    sheet.push_str(&style(
        "Footer",
        "footer",
        "",
        &format!("<w:pBdr>{}</w:pBdr>{tabs}{}{LEFT}", line("top", 4, "C9D0D8"), spacing(0, 0, 220)),
        &format!("{SANS}<w:color w:val=\"{grey}\"/>{}", size(17)),
    ));
    let link = if is_hex { brand } else { "0B5E63" };
    sheet.push_str(&format!(
        "<w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr>\
         <w:color w:val=\"{link}\"/><w:u w:val=\"single\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Code\"><w:name w:val=\"Code\"/><w:rPr>\
         <w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Tableau\"><w:name w:val=\"Tableau\"/>\
         <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>\
         <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C9D0D8\"/>\
         <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C9D0D8\"/></w:tblBorders><w:tblCellMar>\
         <w:left w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>\
         <w:tblStylePr w:type=\"firstRow\"><w:tcPr><w:tcBorders>\
         <w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"{}\"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>\
         </w:styles>",
        if coloured { brand } else { "1D2530" }
    ));
    sheet
}

/// The frame of a paragraph of a letter: where an envelope shows it, as on the page. The text begins below. Said by the
/// paragraph, since LibreOffice does not hear it from a style.
pub(super) fn frame(paper: &Paper, style: Style) -> String {
    let (left, top, width, height) = match style {
        Style::Sender if paper.family == Family::Letter => (1_247, 1_134, 4_422, 3_855),
        Style::Address if paper.family == Family::Letter => (6_236, 2_551, 4_535, 2_438),
        _ => return String::new(),
    };
    format!(
        "<w:framePr w:w=\"{width}\" w:h=\"{height}\" w:hRule=\"atLeast\" w:wrap=\"notBeside\" w:vAnchor=\"page\" \
         w:hAnchor=\"page\" w:x=\"{left}\" w:y=\"{top}\"/>"
    )
}

/// The styles of what stands apart on a page of a family: a lead, who writes to whom, the signature, the slip.
fn apart(gap: impl Fn(u32) -> u32) -> [String; 8] {
    let half = "<w:ind w:left=\"4990\"/>";
    let cut = "<w:pBdr><w:bottom w:val=\"dashed\" w:sz=\"6\" w:space=\"0\" w:color=\"55606E\"/></w:pBdr>";
    [
        style(
            "Chapeau",
            "Chapeau",
            "Normal",
            &format!("{}{LEFT}", spacing(0, 280, 340)),
            &format!("<w:color w:val=\"55606E\"/>{}", size(24)),
        ),
        style("Expediteur", "Expéditeur", "", &format!("{}{LEFT}", spacing(0, 0, 260)), &format!("{SANS}{}", size(19))),
        style("Destinataire", "Destinataire", "", &format!("{}{LEFT}", spacing(0, 0, 290)), ""),
        style("Date", "Date", "Normal", &format!("{}<w:jc w:val=\"right\"/>", spacing(0, gap(320), 290)), ""),
        style(
            "Qualite",
            "Qualité",
            "NomDuSignataire",
            &format!("<w:keepNext/><w:keepLines/>{}{half}{LEFT}", spacing(gap(360), 0, 290)),
            "",
        ),
        style(
            "NomDuSignataire",
            "Nom du signataire",
            "Normal",
            &format!("<w:keepLines/>{}{half}{LEFT}", spacing(gap(HAND), gap(240), 290)),
            "",
        ),
        style(
            "SignatureSeule",
            "Signature seule",
            "Normal",
            &format!("<w:keepLines/>{}{half}{LEFT}", spacing(gap(360), gap(HAND), 290)),
            "",
        ),
        style(
            "TraitDeCoupe",
            "Trait de coupe",
            "Normal",
            &format!(
                "<w:keepNext/>{cut}{}<w:ind w:left=\"-1247\" w:right=\"-1247\" w:firstLine=\"1247\"/>{LEFT}",
                spacing(440, 240, 240)
            ),
            "<w:color w:val=\"55606E\"/>",
        ),
    ]
}

/// The edge and the ground of a box.
pub(super) fn boxed(paper: &Paper) -> String {
    let (edge, ground) = colours_of_box(paper);
    // Edges in the colour of the ground keep it away from the words.
    let away = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"{ground}\"/>");
    format!(
        "<w:pBdr>{}<w:left w:val=\"single\" w:sz=\"18\" w:space=\"5\" w:color=\"{edge}\"/>{}</w:pBdr>\
         <w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{ground}\"/>",
        away("top"),
        away("bottom")
    )
}

/// Where a table in a box stands, with its edge, and the ground of its cells: the edge goes on that of the paragraphs.
pub(super) fn boxed_table(paper: &Paper) -> (String, String) {
    let (edge, ground) = colours_of_box(paper);
    let place = format!(
        "<w:tblInd w:w=\"{BOX_EDGE}\" w:type=\"dxa\"/><w:tblBorders><w:left w:val=\"single\" w:sz=\"18\" w:space=\"0\" \
         w:color=\"{edge}\"/></w:tblBorders>"
    );
    (place, format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{ground}\"/>"))
}

fn colours_of_box<'p>(paper: &Paper<'p>) -> (&'p str, String) {
    match brand(paper) {
        Some(brand) => (brand, mixed(brand)),
        None => ("1D2530", "F2F4F6".to_owned()),
    }
}

/// The brand colour as Word writes it.
fn brand<'p>(paper: &Paper<'p>) -> Option<&'p str> {
    let brand = paper.colour.trim_start_matches('#');
    (brand.len() == 6 && brand.chars().all(|c| c.is_ascii_hexdigit())).then_some(brand)
}

/// A colour of the brand on white, seven parts in a hundred.
fn mixed(brand: &str) -> String {
    let channel = |at: usize| {
        let value = brand.get(at..at + 2).and_then(|hex| u32::from_str_radix(hex, 16).ok()).unwrap_or(255);
        (value * 7 + 255 * 93) / 100
    };
    format!("{:02X}{:02X}{:02X}", channel(0), channel(2), channel(4))
}
