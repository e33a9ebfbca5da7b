//! The comments of an annotated copy, and the boxes in which programs show them.

use super::{AUTHOR, Cells};
use crate::figures::column_letters;
use crate::packages::{Package, Patch, Refusal, attribute, damaged, prefix, tag, walk};
use crate::spreadsheets::MAX_ROWS;

const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
/// The boxes of a drawing have numbers from its block: 1 024 each.
const BLOCK: usize = 1024;
const BOX: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
o:connecttype=\"rect\"/></v:shapetype>";
const SPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// The remarks of one sheet.
pub(super) struct Notes<'a> {
    /// The sheet's part.
    pub(super) part: &'a str,
    /// Its place in the workbook, from 1.
    pub(super) number: usize,
    /// What the addresses of relations begin with.
    pub(super) kinds: &'a str,
    /// What to say of which cell.
    pub(super) cells: &'a Cells<'a>,
}

impl Notes<'_> {
    /// Adds the comments to a sheet; gives the relation to their drawing where the sheet has none yet.
    pub(super) fn add(&self, package: &mut Package, drawing: Option<&str>) -> Result<Option<String>, Refusal> {
        let relations = package.relations(self.part)?;
        let of = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
        let boxed = match of("/comments") {
            Some(relation) => self.extend(package, &relation.target)?,
            None => {
                let space = if self.kinds.contains("purl.oclc.org") { STRICT } else { MAIN };
                let part = free(package, "comments", "xml");
                let empty =
                    format!("<comments xmlns=\"{space}\"><authors></authors><commentList></commentList></comments>");
                package.add(&part, COMMENTS, empty)?;
                package.relate(self.part, &format!("{}comments", self.kinds), &part)?;
                self.extend(package, &part)?
            }
        };
        if let Some(threads) = of("/threadedComment") {
            self.end_threads(package, &threads.target)?;
        }
        let known = drawing.and_then(|id| relations.iter().find(|relation| relation.id == id));
        match known {
            Some(relation) => {
                let text = package.text(&relation.target)?;
                let drawing = self.extend_drawing(&text, &boxed)?;
                package.set(&relation.target, drawing);
                Ok(None)
            }
            None => {
                let part = free(package, "vmlDrawing", "vml");
                let first = self.number * BLOCK;
                let shapes: String = (first + 1..).zip(&boxed).map(|(id, place)| self.shape(id, *place)).collect();
                package.set(
                    &part,
                    format!(
                        "<xml {SPACES}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{}\"/>\
                         </o:shapelayout>{BOX}{shapes}</xml>",
                        self.number
                    ),
                );
                package.declare("vml", DRAWING)?;
                package.relate(self.part, &format!("{}vmlDrawing", self.kinds), &part).map(Some)
            }
        }
    }

    /// Adds the comments to their part; gives the cells that had none and need a box.
    fn extend(&self, package: &mut Package, part: &str) -> Result<Vec<(u32, u32)>, Refusal> {
        let text = package.text(part)?;
        let mut patch = Patch::new(&text);
        let (mut p, mut authors) = (String::new(), 0);
        let mut found: Vec<Own> = Vec::new();
        let (mut authors_end, mut list_end) = (None, None);
        walk(&text, |step| {
            if let (0, Some(root)) = (step.depth, step.open) {
                p = prefix(root);
            }
            match (step.name, step.open) {
                ("author", Some(_)) if step.depth == 2 => authors += 1,
                ("authors" | "commentList", opening) if step.depth == 1 => {
                    // What is empty is opened, so that something fits in.
                    if let (Some(element), true) = (opening, step.ends) {
                        patch.replace(step.at.start..step.at.start, &tag(element, &[], false));
                        patch.replace(step.at.clone(), &format!("</{p}{}>", step.name));
                    }
                    let place = if step.name == "authors" { &mut authors_end } else { &mut list_end };
                    *place = Some(step.at.start);
                }
                ("comment", Some(element)) => {
                    let cell = attribute(element, "ref").unwrap_or_default();
                    let tag = tag(element, &[("authorId", AUTHOR)], step.ends);
                    found.push(Own { cell, tag, at: step.at, ..Own::default() });
                }
                ("text", Some(_)) if step.depth == 3 => {
                    if let Some(own) = found.last_mut() {
                        own.text = (!step.ends).then_some(step.at.end);
                    }
                }
                ("t", opening) if step.depth == 4 => {
                    if let Some(own) = found.last_mut() {
                        let plain = own.plain.get_or_insert(step.at.clone());
                        if opening.is_none() || step.ends {
                            plain.end = step.at.end;
                        }
                    }
                }
                _ => {}
            }
        })?;
        let (authors_end, list_end) = authors_end.zip(list_end).ok_or_else(damaged)?;
        patch.insert(authors_end, &format!("<{p}author>{AUTHOR}</{p}author>"));
        let mut boxed = Vec::new();
        for (&(row, column), (remark, _)) in self.cells {
            let cell = format!("{}{}", column_letters(column), row + 1);
            let run = |text: &str| format!("<{p}r><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>", escaped(text));
            let own = found.iter().find(|own| own.cell.replace('$', "") == cell);
            match own.and_then(|own| Some((own, own.text?))) {
                // A remark that a person made stays, below ours.
                Some((own, start)) => {
                    patch.insert(start, &run(&format!("{remark}\n\n")));
                    if let Some(plain) = &own.plain {
                        patch.insert(plain.start, &format!("<{p}r>"));
                        patch.insert(plain.end, &format!("</{p}r>"));
                    }
                    patch
                        .replace(own.at.clone(), &own.tag.replace(&format!("\"{AUTHOR}\""), &format!("\"{authors}\"")));
                }
                None => {
                    patch.insert(
                        list_end,
                        &format!(
                            "<{p}comment ref=\"{cell}\" authorId=\"{authors}\"><{p}text>{}</{p}text></{p}comment>",
                            run(remark)
                        ),
                    );
                    boxed.push((row, column));
                }
            }
        }
        package.set(part, patch.apply());
        Ok(boxed)
    }

    /// Takes the threads of the cells away: programs would show them in place of the comment, which has their words.
    fn end_threads(&self, package: &mut Package, part: &str) -> Result<(), Refusal> {
        let text = package.text(part)?;
        let mut patch = Patch::new(&text);
        let mut open = None;
        walk(&text, |step| {
            if step.depth != 1 {
                return;
            }
            if let Some(element) = step.open {
                let cell = attribute(element, "ref").unwrap_or_default();
                let is_ours = |(row, column): &(u32, u32)| format!("{}{}", column_letters(*column), row + 1) == cell;
                open = self.cells.keys().any(is_ours).then_some(step.at.start);
            }
            if let Some(start) = open.filter(|_| step.ends) {
                patch.replace(start..step.at.end, "");
            }
        })?;
        package.set(part, patch.apply());
        Ok(())
    }

    /// A drawing with boxes for more comments. It need not be XML in the strict sense, so it is not read as such.
    fn extend_drawing(&self, text: &str, boxed: &[(u32, u32)]) -> Result<String, Refusal> {
        let end = text.rfind("</xml").or_else(|| text.rfind("</")).ok_or_else(damaged)?;
        let numbers = text.split("_x0000_s").skip(1);
        let last = numbers
            .filter_map(|rest| {
                let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                rest[..digits].parse::<usize>().ok()
            })
            .max()
            .unwrap_or(self.number * BLOCK);
        let mut shapes: String = (last + 1..).zip(boxed).map(|(id, place)| self.shape(id, *place)).collect();
        if !text.contains("id=\"_x0000_t202\"") {
            shapes.insert_str(0, BOX);
        }
        let declared = ["v=\"urn:schemas-microsoft-com:vml\"", "o=\"urn:", "x=\"urn:"];
        if !declared.iter().all(|space| text.contains(&format!("xmlns:{space}"))) {
            shapes = shapes.replace("<v:shape ", &format!("<v:shape {SPACES} "));
            shapes = shapes.replace("<v:shapetype ", &format!("<v:shapetype {SPACES} "));
        }
        Ok(format!("{}{shapes}{}", &text[..end], &text[end..]))
    }

    /// The box of a comment, as high as its words need.
    fn shape(&self, id: usize, (row, column): (u32, u32)) -> String {
        let text = self.cells.get(&(row, column)).map_or("", |(text, _)| text);
        let lines: usize = text.lines().map(|line| 1 + line.chars().count() / 50).sum();
        let height = u32::try_from(lines.clamp(4, 24)).unwrap_or(24);
        let (top, bottom) = (row.saturating_sub(1), (row + height).min(MAX_ROWS - 1));
        let (left, right) = (column + 1, column + 5);
        format!(
            "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;\
             margin-top:2pt;width:240pt;height:{}pt;z-index:{id};visibility:hidden\" fillcolor=\"#ffffe1\" \
             o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
             <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\">\
             <div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
             <x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 4, {right}, 15, {bottom}, 4</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>",
            height * 15
        )
    }
}

/// A comment that is there: its cell, its tag with our author, where it is, where its words begin, a text without runs.
#[derive(Default)]
struct Own {
    cell: String,
    tag: String,
    at: std::ops::Range<usize>,
    text: Option<usize>,
    plain: Option<std::ops::Range<usize>>,
}

/// The name of a part that is not there yet.
fn free(package: &Package, stem: &str, ending: &str) -> String {
    let name = |number: usize| format!("xl/{stem}{number}.{ending}");
    (1..).map(name).find(|name| !package.has(name)).unwrap_or_default()
}

/// A text as XML holds it: characters that XML does not know are shown as unknown.
fn escaped(text: &str) -> String {
    let known = |c: char| {
        if c < ' ' && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c }
    };
    quick_xml::escape::escape(text.chars().map(known).collect::<String>()).into_owned()
}
