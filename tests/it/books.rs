//! Workbooks as the XML that they are: what a test writes into one, and what stands in one beside its cells.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use regex::Regex;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a package, by their names and in their order.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// The parts of a zip.
pub(crate) fn unpacked(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let count = archive.len();
    let part = |index| {
        let mut part = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its bytes");
        (part.name().expect("a name").into_owned(), content)
    };
    (0..count).map(part).collect()
}

/// A zip of parts.
pub(crate) fn packed(parts: &Parts) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(content).expect("its bytes");
    }
    archive.finish().expect("a zip").into_inner()
}

/// A workbook.
pub(crate) struct Book {
    parts: Parts,
}

/// What a pattern finds first, its first group.
fn first(pattern: &str, text: &str) -> Option<String> {
    Some(Regex::new(pattern).expect("a pattern").captures(text)?.get(1)?.as_str().to_owned())
}

/// What every place of a pattern says, its groups.
fn all<const N: usize>(pattern: &str, text: &str) -> Vec<[String; N]> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let group = |found: &regex::Captures, index| found.get(index).map_or("", |found| found.as_str()).to_owned();
    pattern.captures_iter(text).map(|found| std::array::from_fn(|index| group(&found, index + 1))).collect()
}

fn plain(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("XML").into_owned()
}

/// The letters and the number of a cell.
fn cell(row: u32, column: u32) -> String {
    format!("{}{}", liasse::figures::column_letters(column), row + 1)
}

impl Book {
    pub(crate) fn open(path: &Path) -> Self {
        Self::read(&std::fs::read(path).expect("a workbook"))
    }

    pub(crate) fn read(bytes: &[u8]) -> Self {
        Self { parts: unpacked(bytes) }
    }

    pub(crate) fn save(&self, path: &Path) {
        std::fs::write(path, packed(&self.parts)).expect("written");
    }

    pub(crate) fn part(&self, name: &str) -> Option<String> {
        let (_, bytes) = self.parts.iter().find(|(known, _)| known == name)?;
        Some(String::from_utf8(bytes.clone()).expect("UTF-8"))
    }

    /// The names of the sheets, and the parts that hold them.
    pub(crate) fn sheets(&self) -> Vec<(String, String)> {
        let workbook = self.part("xl/workbook.xml").expect("a list of sheets");
        let relations = self.relations("xl/workbook.xml");
        all::<2>(r#"<(?:\w+:)?sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)""#, &workbook)
            .into_iter()
            .map(|[name, id]| (plain(&name), relations.get(&id).expect("a relation").1.clone()))
            .collect()
    }

    /// The relations of a part: kind and part, by their names.
    pub(crate) fn relations(&self, part: &str) -> BTreeMap<String, (String, String)> {
        let (folder, name) = part.rsplit_once('/').expect("a folder");
        let text = self.part(&format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
        let attribute = |tag: &str, name: &str| first(&format!(r#"\s{name}="([^"]*)""#), tag).unwrap_or_default();
        let target = |target: String| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None if target.starts_with("../") => target.replacen("..", "xl", 1),
            None => format!("{folder}/{target}"),
        };
        let tags = all::<1>(r"(<Relationship\s[^>]*>)", &text);
        tags.iter()
            .map(|[tag]| (attribute(tag, "Id"), (attribute(tag, "Type"), target(attribute(tag, "Target")))))
            .collect()
    }

    fn sheet(&self, name: &str) -> String {
        let sheets = self.sheets();
        sheets.into_iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no sheet {name}")).1
    }

    /// The texts of a row, from its first cell.
    pub(crate) fn texts(&self, sheet: &str, row: usize) -> Vec<String> {
        let shared = self.part("xl/sharedStrings.xml").unwrap_or_default();
        let shared = all::<1>(r"(?s)<si>(.*?)</si>", &shared);
        let text = self.part(&self.sheet(sheet)).expect("a sheet");
        let rows = all::<1>(r"(?s)<row [^>]*?>(.*?)</row>", &text);
        let cells = all::<1>(r"(?s)<c [^>]*?>(.*?)</c>", &rows[row][0]);
        let words = |[cell]: &[String; 1]| match first(r"<v>(\d+)</v>", cell) {
            Some(index) => first(r"(?s)<t[^>]*>(.*?)</t>", &shared[index.parse::<usize>().expect("an index")][0]),
            None => first(r"(?s)<t[^>]*>(.*?)</t>", cell),
        };
        cells.iter().map(|cell| plain(&words(cell).unwrap_or_default())).collect()
    }

    /// Writes a text into a cell, in place of what is there.
    pub(crate) fn write(&mut self, sheet: &str, row: u32, column: u32, value: &str) {
        let part = self.sheet(sheet);
        let mut text = self.part(&part).expect("a sheet");
        let (place, number) = (cell(row, column), row + 1);
        let value = quick_xml::escape::escape(value);
        let value = format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{value}</t></is></c>");
        let old = Regex::new(&format!(r#"(?s)<c r="{place}"[^>]*?(/>|>.*?</c>)"#)).expect("a pattern");
        if old.is_match(&text) {
            text = old.replace(&text, regex::NoExpand(&value)).into_owned();
        } else {
            let row = Regex::new(&format!(r#"(?s)(<row r="{number}"[^>]*[^/]>)(.*?)</row>"#)).expect("a pattern");
            text = match row.captures(&text).map(|found| found.get(0).expect("a row").end() - "</row>".len()) {
                Some(end) => format!("{}{value}{}", &text[..end], &text[end..]),
                None => text.replace("</sheetData>", &format!("<row r=\"{number}\">{value}</row></sheetData>")),
            };
        }
        self.parts.iter_mut().find(|(known, _)| *known == part).expect("a sheet").1 = text.into_bytes();
    }

    /// What each validation of a sheet says to who enters a cell, and its first formula.
    pub(crate) fn validations(&self, sheet: &str) -> Vec<(String, String)> {
        let text = self.part(&self.sheet(sheet)).expect("a sheet");
        let found = all::<2>(r"(?s)<dataValidation ([^>]*?)(?:/>|>(.*?)</dataValidation>)", &text);
        let shown = |tag: &str| tag.contains("showInputMessage=\"1\"") || tag.contains("showInputMessage=\"true\"");
        let prompt = |tag: &str| first(r#"\sprompt="([^"]*)""#, tag).filter(|_| shown(tag)).unwrap_or_default();
        let formula = |inside: &str| first(r"(?s)<formula1>(.*?)</formula1>", inside).unwrap_or_default();
        // The file lists them by their first cells as texts: « AA2 » stands before « B2 ».
        let mut found: Vec<_> = found.iter().collect();
        found.sort_by_key(|[tag, _]| {
            let place = first(r#"\ssqref="([A-Z]+)"#, tag).unwrap_or_default();
            (place.len(), place)
        });
        found.into_iter().map(|[tag, inside]| (plain(&prompt(tag)), plain(&formula(inside)))).collect()
    }

    /// The comments of a workbook, by sheet and cell: words, the colour of the cell's ground, whether it has a box.
    pub(crate) fn remarks(&self) -> BTreeMap<String, (String, String, bool)> {
        let mut remarks = BTreeMap::new();
        for (name, part) in self.sheets() {
            let relations = self.relations(&part);
            let of = |kind: &str| relations.values().find(|(found, _)| found.ends_with(kind)).map(|(_, part)| part);
            let comments = of("/comments").and_then(|part| self.part(part)).unwrap_or_default();
            let drawing = of("/vmlDrawing").and_then(|part| self.part(part)).unwrap_or_default();
            let boxes = all::<2>(r"(?s)<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>", &drawing);
            let boxes: Vec<String> = boxes
                .iter()
                .map(|[row, column]| cell(row.parse().expect("a row"), column.parse().expect("a column")))
                .collect();
            for [place, inside] in
                all::<2>(r#"(?s)<(?:\w+:)?comment ref="([^"]*)"[^>]*?>(.*?)</(?:\w+:)?comment>"#, &comments)
            {
                let words: String =
                    all::<1>(r"(?s)<(?:\w+:)?t(?:\s[^>]*)?>(.*?)</(?:\w+:)?t>", &inside).concat().concat();
                let shown = (plain(&words), self.ground(&part, &place).unwrap_or_default(), boxes.contains(&place));
                remarks.insert(format!("{name} › {place}"), shown);
            }
        }
        remarks
    }

    /// The colour of a cell's ground.
    fn ground(&self, part: &str, place: &str) -> Option<String> {
        let tag = first(&format!(r#"(<(?:\w+:)?c r="{place}"[^>]*>)"#), &self.part(part)?)?;
        let style: usize = first(r#"\ss="(\d+)""#, &tag)?.parse().ok()?;
        let styles = self.part("xl/styles.xml")?;
        let looks = first(r"(?s)<(?:\w+:)?cellXfs[^>]*>(.*?)</(?:\w+:)?cellXfs>", &styles)?;
        let look = all::<1>(r"(<(?:\w+:)?xf[\s/>][^>]*>?)", &looks).into_iter().nth(style)?;
        let fill: usize = first(r#"\sfillId="(\d+)""#, &look[0])?.parse().ok()?;
        let fills = first(r"(?s)<(?:\w+:)?fills[^>]*>(.*?)</(?:\w+:)?fills>", &styles)?;
        let fill = all::<1>(r"(?s)<(?:\w+:)?fill>(.*?)</(?:\w+:)?fill>", &fills).into_iter().nth(fill)?;
        first(r#"fgColor rgb="([^"]*)""#, &fill[0])
    }
}
