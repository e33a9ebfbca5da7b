//! The body of a Word file, element by element.

use quick_xml::events::BytesStart;

use super::{Fate, MOST, MOST_PARAGRAPHS, Paragraph, Signed, Styles, Words};
use crate::packages::{Piece, Refusal, attribute};

/// The walk through a body.
pub(super) struct Reader<'s> {
    styles: &'s Styles,
    /// The names of the elements that are open.
    path: Vec<String>,
    /// The paragraphs that are open: a box stands within one.
    open: Vec<Paragraph>,
    done: Vec<Paragraph>,
    /// What is going on around the words: the innermost last.
    changes: Vec<(bool, Signed)>,
    /// What became of the rows that are open.
    rows: Vec<Fate>,
    comments: Vec<String>,
    length: usize,
    /// Whether the part is a text at all.
    pub(super) is_word: bool,
    /// How deep something is that is not read: what a look was before, a second form of a drawing.
    hidden: usize,
}

/// Who signed an element.
pub(super) fn signed(element: &BytesStart, moved: bool) -> Signed {
    let attribute = |name| attribute(element, name).unwrap_or_default();
    Signed { author: attribute("author"), date: attribute("date"), moved }
}

/// Refuses a text that is more than anyone writes.
pub(super) fn room(length: usize, paragraphs: usize) -> Result<(), Refusal> {
    if length > MOST {
        return Err(Refusal::Oversized("trop de texte".to_owned(), format!("{} Mo", MOST >> 20)));
    }
    if paragraphs > MOST_PARAGRAPHS {
        return Err(Refusal::Oversized("trop de paragraphes".to_owned(), format!("{MOST_PARAGRAPHS} paragraphes")));
    }
    Ok(())
}

impl<'s> Reader<'s> {
    pub(super) fn new(styles: &'s Styles) -> Self {
        Self {
            styles,
            path: Vec::new(),
            open: Vec::new(),
            done: Vec::new(),
            changes: Vec::new(),
            rows: Vec::new(),
            comments: Vec::new(),
            length: 0,
            is_word: false,
            hidden: 0,
        }
    }

    pub(super) fn finish(self) -> Vec<Paragraph> {
        self.done
    }

    /// Takes what comes next; says whether there is more.
    pub(super) fn take(&mut self, piece: Piece) -> Result<bool, Refusal> {
        match piece {
            Piece::Open(element) => {
                let name = element.local_name().as_ref().to_owned();
                self.start(&element, &name);
                self.path.push(name);
            }
            Piece::Close(_) => {
                let name = self.path.pop().unwrap_or_default();
                self.end(&name);
                room(self.length, self.done.len())?;
            }
            Piece::Text(text) => {
                if self.hidden == 0 && matches!(self.path.last().map(String::as_str), Some("t" | "delText")) {
                    let text = text.read()?;
                    self.words(&text);
                }
            }
            Piece::Other => {}
            Piece::End => return Ok(false),
        }
        Ok(true)
    }

    fn is_in(&self, name: &str) -> bool {
        self.path.iter().rev().take_while(|open| *open != "p").any(|open| open == name)
    }

    fn start(&mut self, element: &BytesStart, name: &str) {
        if self.hidden > 0
            || matches!(
                name,
                "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "Fallback"
            )
        {
            self.hidden += 1;
            return;
        }
        let value = || attribute(element, "val").unwrap_or_default();
        match name {
            "document" => self.is_word = true,
            "p" => {
                let in_table = self.path.iter().any(|open| open == "tc");
                self.open.push(Paragraph { in_table, ..Paragraph::default() });
            }
            "tr" => self.rows.push(Fate::default()),
            "ins" | "moveTo" | "del" | "moveFrom" => {
                let change = (matches!(name, "ins" | "moveTo"), signed(element, name.starts_with("move")));
                let parent = self.path.last().map(String::as_str);
                match parent {
                    Some("rPr") if self.is_in("pPr") => {
                        if let Some(paragraph) = self.open.last_mut() {
                            set(&mut paragraph.end, change);
                        }
                    }
                    Some("trPr") => {
                        if let Some(row) = self.rows.last_mut() {
                            set(row, change);
                        }
                    }
                    Some("rPr" | "numPr") => {}
                    _ => self.changes.push(change),
                }
            }
            "pStyle" if self.is_in("pPr") => {
                let (level, numbered) = self.styles.get(&value()).copied().unwrap_or_default();
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.heading = level;
                    paragraph.numbered = paragraph.numbered.or(numbered);
                }
            }
            "numId" if self.is_in("pPr") => {
                let is_numbered = value() != "0";
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.numbered = Some(is_numbered);
                }
            }
            "tab" if !self.is_in("pPr") => self.words("\t"),
            "br" | "cr" => self.words("\n"),
            "noBreakHyphen" => self.words("\u{2011}"),
            "commentRangeStart" => self.comments.extend(attribute(element, "id")),
            "commentRangeEnd" => {
                let id = attribute(element, "id").unwrap_or_default();
                self.comments.retain(|open| *open != id);
            }
            // A comment on a place and not on words.
            "commentReference" => {
                let id = attribute(element, "id").unwrap_or_default();
                let is_known =
                    |paragraph: &Paragraph| paragraph.pieces.iter().any(|piece| piece.comments.contains(&id));
                if !self.open.iter().chain(&self.done).any(is_known)
                    && let Some(paragraph) = self.open.last_mut()
                {
                    paragraph.pieces.push(Words { comments: vec![id], ..Words::default() });
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match name {
            "p" => {
                if let Some(mut paragraph) = self.open.pop() {
                    if let Some(row) = self.rows.last() {
                        for (own, of_row) in
                            [(&mut paragraph.end.inserted, &row.inserted), (&mut paragraph.end.deleted, &row.deleted)]
                        {
                            if own.is_none() {
                                own.clone_from(of_row);
                            }
                        }
                    }
                    self.done.push(paragraph);
                }
            }
            "tr" => drop(self.rows.pop()),
            "ins" | "moveTo" | "del" | "moveFrom" => {
                let parent = self.path.last().map(String::as_str);
                if !matches!(parent, Some("rPr" | "trPr" | "numPr")) {
                    self.changes.pop();
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        self.length += text.len();
        let mut fate = Fate::default();
        for change in &self.changes {
            set(&mut fate, change.clone());
        }
        let Some(paragraph) = self.open.last_mut() else { return };
        match paragraph.pieces.last_mut() {
            Some(last) if last.fate == fate && last.comments == self.comments => last.text.push_str(text),
            _ => paragraph.pieces.push(Words { text: text.to_owned(), fate, comments: self.comments.clone() }),
        }
    }
}

fn set(fate: &mut Fate, (inserts, signed): (bool, Signed)) {
    let side = if inserts { &mut fate.inserted } else { &mut fate.deleted };
    *side = Some(signed);
}
