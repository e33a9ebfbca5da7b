//! A plain copy of a workbook that other programs open and calamine does not: parts found by their relations alone, sheets
//! of other kinds beside ours, an extent that is none.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::escape::escape;
use zip::CompressionMethod::Stored;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::diagnostics::Diagnostic;
use crate::packages::{Archive, Part, Xml, attribute, damaged, is_true};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The same cells in parts with the usual names.
///
/// # Errors
///
/// When there is no workbook in the file, or a part of it cannot be read.
pub(super) fn plain_copy(archive: &mut Archive) -> Result<Vec<u8>, Diagnostic> {
    let document = relations(archive, "")?.into_values().find(|(kind, _)| kind == "officeDocument");
    let document = document.map_or_else(|| "xl/workbook.xml".to_owned(), |(_, path)| path);
    let folder = document.rfind('/').map_or("", |slash| &document[..=slash]).to_owned();
    let known = relations(archive, &document)?;
    let (sheets, epoch_1904) = sheets(archive, &document, &folder, &known)?;
    if sheets.is_empty() {
        return Err(damaged().into());
    }
    let shared = |kind: &str, usual: &str| {
        let related = known.values().find(|(found, _)| found == kind).map(|(_, path)| path.clone());
        related.unwrap_or_else(|| format!("{folder}{usual}"))
    };
    let mut copy = Copy::new();
    let mut listed = String::new();
    for (index, (name, part)) in sheets.iter().enumerate() {
        let number = index + 1;
        let target = format!("worksheets/sheet{number}.xml");
        copy.add(&target, "worksheet", &without_extent(bytes(archive, part)?))?;
        let _ = write!(listed, "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>", escape(name));
    }
    for (kind, usual) in [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")] {
        let path = shared(kind, usual);
        if archive.has(&path) {
            copy.add(usual, kind, &bytes(archive, &path)?)?;
        }
    }
    let workbook = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATIONS}\">\
         <workbookPr date1904=\"{}\"/><sheets>{listed}</sheets></workbook>",
        u8::from(epoch_1904)
    );
    copy.finish(&workbook)
}

/// The sheets with cells, by their names, and whether days count from 1904.
fn sheets(
    archive: &mut Archive,
    document: &str,
    folder: &str,
    known: &HashMap<String, (String, String)>,
) -> Result<(Vec<(String, String)>, bool), Diagnostic> {
    let (mut found, mut epoch_1904) = (Vec::new(), false);
    Xml::new(archive.part(document)?).each(|element| match element.local_name().as_ref() {
        "workbookPr" => epoch_1904 = is_true(element, "date1904"),
        "sheet" => found.extend(attribute(element, "name").map(|name| (name, attribute(element, "id")))),
        _ => {}
    })?;
    let part = |(index, (name, id)): (usize, (String, Option<String>))| {
        let path = match id.and_then(|id| known.get(&id)) {
            Some((kind, path)) => (kind == "worksheet").then(|| path.clone()),
            // A sheet without a relation is where every program puts it.
            None => Some(format!("{folder}worksheets/sheet{}.xml", index + 1)),
        };
        path.filter(|path| archive.has(path)).map(|path| (name, path))
    };
    Ok((found.into_iter().enumerate().filter_map(part).collect(), epoch_1904))
}

/// The relations of a part: by their names, what kind they are of and which part they mean.
fn relations(archive: &mut Archive, part: &str) -> Result<HashMap<String, (String, String)>, Diagnostic> {
    let (folder, name) = part.split_at(part.rfind('/').map_or(0, |slash| slash + 1));
    let mut found = HashMap::new();
    let Some(index) = archive.find(&format!("{folder}_rels/{name}.rels")) else { return Ok(found) };
    Xml::new(archive.open_part(index)?).each(|element| {
        if element.local_name().as_ref() == "Relationship"
            && let (Some(kind), Some(target)) = (attribute(element, "Type"), attribute(element, "Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let id = attribute(element, "Id").unwrap_or_else(|| found.len().to_string());
            found.insert(id, (kind, resolved(folder, &target)));
        }
    })?;
    Ok(found)
}

/// The path that a target means, from the folder of who names it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/").replace("%20", " ");
    let whole = if target.starts_with('/') { target } else { format!("{folder}{target}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn bytes(archive: &mut Archive, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    match archive.part(path)? {
        Part::Kept(kept) => bytes.extend_from_slice(kept),
        Part::Stream(mut stream) => drop(stream.read_to_end(&mut bytes).map_err(|_| damaged())?),
    }
    Ok(bytes)
}

/// A sheet without what it says of its own extent: « A:D » is none.
fn without_extent(mut sheet: Vec<u8>) -> Vec<u8> {
    let head = sheet.len().min(4096);
    let name = b"dimension ";
    let Some(at) = sheet[..head].windows(name.len()).position(|window| window == name) else { return sheet };
    let start = sheet[..at].iter().rposition(|byte| *byte == b'<');
    let end = sheet[at..].iter().position(|byte| *byte == b'>').map(|length| at + length);
    if let (Some(start), Some(end)) = (start, end)
        && sheet[end - 1] == b'/'
    {
        sheet[start..=end].fill(b' ');
    }
    sheet
}

/// A workbook that is being written.
struct Copy {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    related: String,
    count: usize,
}

impl Copy {
    fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())), related: String::new(), count: 0 }
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let options = SimpleFileOptions::default().compression_method(Stored);
        self.zip.start_file(path, options).map_err(|_| damaged())?;
        self.zip.write_all(bytes).map_err(|_| damaged().into())
    }

    /// A part of the workbook, with its relation.
    fn add(&mut self, target: &str, kind: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.count += 1;
        let id = self.count;
        let _ = write!(self.related, "<Relationship Id=\"rId{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>");
        self.put(&format!("xl/{target}"), bytes)
    }

    fn finish(mut self, workbook: &str) -> Result<Vec<u8>, Diagnostic> {
        let relations = |inside: &str| {
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
            )
        };
        let root =
            format!("<Relationship Id=\"rId1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>");
        let related = relations(&self.related);
        self.put("_rels/.rels", relations(&root).as_bytes())?;
        self.put("xl/_rels/workbook.xml.rels", related.as_bytes())?;
        self.put("xl/workbook.xml", workbook.as_bytes())?;
        Ok(self.zip.finish().map_err(|_| damaged())?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_who_names_them() {
        for (folder, target, path) in [
            ("xl/", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/", "../feuilles/a b.xml", "feuilles/a b.xml"),
            ("", ".\\classeur.xml", "classeur.xml"),
        ] {
            assert_eq!(resolved(folder, target), path);
        }
    }

    #[test]
    fn a_sheet_says_nothing_of_its_extent() {
        let sheet = |extent: &str| format!("<worksheet>{extent}<sheetData/></worksheet>").into_bytes();
        assert_eq!(without_extent(sheet("<dimension ref=\"A:D\"/>")), sheet(&" ".repeat(22)));
        assert_eq!(without_extent(sheet("")), sheet(""));
    }
}
