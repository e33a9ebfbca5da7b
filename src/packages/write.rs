//! A package as it is written: parts, their types, the relations between them. What is laid over a file that is there
//! leaves every other part as it is, byte for byte.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::archive::same_path;
use super::patch::{Step, append, walk};
use super::{Refusal, attribute};

const TYPES: &str = "[Content_Types].xml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES_SPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS_SPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// A package that is being made, from nothing or over another.
pub struct Package<'a> {
    source: Option<ZipArchive<Cursor<&'a [u8]>>>,
    /// The parts that are new or other than in the source.
    parts: Vec<(String, Vec<u8>)>,
}

/// A relation of a part to another.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its name in the part that has it.
    pub id: String,
    /// What it is, as an address.
    pub kind: String,
    /// The part that it leads to, or an address outside.
    pub target: String,
}

impl<'a> Package<'a> {
    /// An empty one: its types come first.
    #[must_use]
    pub fn empty() -> Self {
        let types = format!(
            "{DECLARATION}<Types xmlns=\"{TYPES_SPACE}\"><Default Extension=\"rels\" ContentType=\"{RELATIONS_TYPE}\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
        );
        Self { source: None, parts: vec![(TYPES.to_owned(), types.into_bytes())] }
    }

    /// One over a file whose parts were measured before.
    pub fn over(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let source = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        Ok(Self { source: Some(source), parts: Vec::new() })
    }

    /// The name of a part as the package has it.
    fn known(&self, name: &str) -> Option<String> {
        let new = self.parts.iter().map(|(known, _)| Cow::Borrowed(known.as_str()));
        let old = self.source.iter().flat_map(ZipArchive::file_names).flatten();
        new.chain(old).find(|known| same_path(known, name)).map(Cow::into_owned)
    }

    /// Whether there is a part of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.known(name).is_some()
    }

    /// A part as text, without the mark of its byte order.
    pub fn text(&mut self, name: &str) -> Result<String, Refusal> {
        let name = self.known(name).ok_or_else(|| Refusal::Unreadable(format!("la partie « {name} » manque")))?;
        let bytes = match (self.parts.iter().find(|(known, _)| *known == name), &mut self.source) {
            (Some((_, bytes)), _) => bytes.clone(),
            (None, Some(source)) => {
                let mut bytes = Vec::new();
                let mut part = source.by_name(&name).map_err(|_| broken())?;
                part.read_to_end(&mut bytes).map_err(|_| broken())?;
                bytes
            }
            (None, None) => return Err(broken()),
        };
        let text = String::from_utf8(bytes).map_err(|_| Refusal::unreadable("une partie n’est pas en UTF-8"))?;
        Ok(text.strip_prefix('\u{feff}').map(ToOwned::to_owned).unwrap_or(text))
    }

    /// Puts a part into the package, in place of the one of this name.
    pub fn set(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        let name = self.known(name).unwrap_or_else(|| name.to_owned());
        match self.parts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = bytes.into(),
            None => self.parts.push((name, bytes.into())),
        }
    }

    /// Puts a new part into the package and says what it is.
    pub fn add(&mut self, name: &str, kind: &str, bytes: impl Into<Vec<u8>>) -> Result<(), Refusal> {
        let entry = format!("<Override xmlns=\"{TYPES_SPACE}\" PartName=\"/{name}\" ContentType=\"{kind}\"/>");
        self.set(name, bytes);
        self.append(TYPES, &entry)
    }

    /// Says what the parts of an ending are, unless that is said.
    pub fn declare(&mut self, ending: &str, kind: &str) -> Result<(), Refusal> {
        let mut is_there = false;
        walk(&self.text(TYPES)?, |step| {
            if let Step { open: Some(element), .. } = step
                && element.local_name().as_ref() == "Default"
            {
                is_there |= attribute(element, "Extension").is_some_and(|found| found.eq_ignore_ascii_case(ending));
            }
        })?;
        if is_there {
            return Ok(());
        }
        self.append(TYPES, &format!("<Default xmlns=\"{TYPES_SPACE}\" Extension=\"{ending}\" ContentType=\"{kind}\"/>"))
    }

    fn append(&mut self, part: &str, entry: &str) -> Result<(), Refusal> {
        let text = append(&self.text(part)?, entry)?;
        self.set(part, text);
        Ok(())
    }

    /// The relations of a part; those of the package itself have an empty name.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Refusal> {
        let place = relations_of(part);
        if !self.has(&place) {
            return Ok(Vec::new());
        }
        let mut relations = Vec::new();
        walk(&self.text(&place)?, |step| {
            let Some(element) = step.open.filter(|element| element.local_name().as_ref() == "Relationship") else {
                return;
            };
            let [id, kind, target] = ["Id", "Type", "Target"].map(|name| attribute(element, name).unwrap_or_default());
            let outside = attribute(element, "TargetMode").is_some_and(|mode| mode == "External");
            let target = if outside { target } else { resolved(part, &target) };
            relations.push(Relation { id, kind, target });
        })?;
        Ok(relations)
    }

    /// Relates a part to another, by a name that it has not yet.
    pub fn relate(&mut self, part: &str, kind: &str, target: &str) -> Result<String, Refusal> {
        self.relation(part, kind, &format!("Target=\"/{target}\""))
    }

    /// Relates a part to an address outside.
    pub fn link(&mut self, part: &str, kind: &str, address: &str) -> Result<String, Refusal> {
        let address = quick_xml::escape::escape(address);
        self.relation(part, kind, &format!("Target=\"{address}\" TargetMode=\"External\""))
    }

    fn relation(&mut self, part: &str, kind: &str, target: &str) -> Result<String, Refusal> {
        let known = self.relations(part)?;
        let id = (known.len() + 1..)
            .map(|number| format!("rId{number}"))
            .find(|id| known.iter().all(|relation| relation.id != *id))
            .ok_or_else(broken)?;
        let place = relations_of(part);
        if !self.has(&place) {
            self.set(&place, format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS_SPACE}\"></Relationships>"));
            self.declare("rels", RELATIONS_TYPE)?;
        }
        let entry = format!("<Relationship xmlns=\"{RELATIONS_SPACE}\" Id=\"{id}\" Type=\"{kind}\" {target}/>");
        self.append(&place, &entry)?;
        Ok(id)
    }

    /// The bytes of the package: the parts of the source in their order, new ones behind them.
    ///
    /// # Errors
    ///
    /// The reason of the library, in English.
    pub fn finish(mut self) -> Result<Vec<u8>, String> {
        let written = || -> zip::result::ZipResult<Vec<u8>> {
            let mut out = ZipWriter::new(Cursor::new(Vec::new()));
            // Neither the day nor the system of who writes: the same parts give the same bytes.
            let options = SimpleFileOptions::DEFAULT.unix_permissions(0o644);
            if let Some(source) = &mut self.source {
                for index in 0..source.len() {
                    let part = source.by_index_raw(index)?;
                    let name = part.name().unwrap_or_default().into_owned();
                    match self.parts.iter().position(|(known, _)| *known == name) {
                        Some(position) => {
                            drop(part);
                            out.start_file(name, options)?;
                            out.write_all(&self.parts.remove(position).1)?;
                        }
                        None => out.raw_copy_file(part)?,
                    }
                }
            }
            for (name, bytes) in &self.parts {
                out.start_file(name.as_str(), options)?;
                out.write_all(bytes)?;
            }
            Ok(out.finish()?.into_inner())
        };
        let mut written = written;
        written().map_err(|error| error.to_string())
    }
}

fn broken() -> Refusal {
    Refusal::unreadable("une partie du fichier est endommagée")
}

/// Where the relations of a part stand.
fn relations_of(part: &str) -> String {
    let (folder, name) = part.split_at(part.rfind('/').map_or(0, |slash| slash + 1));
    format!("{folder}_rels/{name}.rels")
}

/// The name of a part that another names.
fn resolved(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lead_from_their_part() {
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
        assert_eq!(relations_of(""), "_rels/.rels");
        assert_eq!(relations_of("xl/worksheets/sheet1.xml"), "xl/worksheets/_rels/sheet1.xml.rels");
    }

    #[test]
    fn what_is_laid_over_a_package_leaves_the_rest() {
        let mut first = Package::empty();
        first.add("a/one.xml", "text/xml", "<one/>").expect("added");
        first.add("a/two.xml", "text/xml", "<two/>").expect("added");
        assert_eq!(first.relate("a/one.xml", "urn:kind", "a/two.xml").expect("related"), "rId1");
        let first = first.finish().expect("written");
        let mut second = Package::over(&first).expect("a package");
        assert_eq!(second.link("a/one.xml", "urn:link", "https://example.org/?a=1&b=2").expect("related"), "rId2");
        second.set("A/TWO.xml", "<zwei/>");
        let second = second.finish().expect("written");
        let mut read = Package::over(&second).expect("a package");
        assert_eq!(read.text("a/one.xml").expect("a part"), "<one/>");
        assert_eq!(read.text("a/two.xml").expect("a part"), "<zwei/>");
        let targets: Vec<String> =
            read.relations("a/one.xml").expect("relations").into_iter().map(|relation| relation.target).collect();
        assert_eq!(targets, ["a/two.xml", "https://example.org/?a=1&b=2"]);
        let mut zip = ZipArchive::new(Cursor::new(second.as_slice())).expect("a zip");
        assert_eq!(zip.by_index(0).expect("a part").name().expect("a name"), TYPES);
    }
}
