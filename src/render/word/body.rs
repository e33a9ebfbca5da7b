//! The body of a text: paragraphs, tables and pictures, with what became of each.

use std::fmt::Write as _;

use super::flow::{Flow, List, Paragraph, Piece, Span, Table};
use super::styles::Style;
use super::{Media, Paper, columns, escaped, parts, styles};
use crate::content::Run;
use crate::packages::Package;
use crate::render::differ::Mark;

/// The width of the text, in twentieths of a point: A4 less twice 22 mm.
pub(super) const WIDTH: usize = 9412;
/// How far what stands in a box is from its edges.
const INSET: usize = 170;
/// The words of a table in a box stand below those of its paragraphs.
const BOXED_MARGIN: &str =
    "<w:tblCellMar><w:left w:w=\"122\" w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar>";
/// A row in which somebody signs is 9 mm high.
const ROOM_TO_SIGN: &str = "<w:trHeight w:val=\"510\" w:hRule=\"atLeast\"/>";

/// A body, and what it needs beside it.
pub(super) struct Body {
    pub(super) document: String,
    pub(super) lists: Vec<List>,
    /// What it says.
    pub(super) words: String,
}

/// The body in the making.
struct Writer<'a, 'p, 'm> {
    paper: &'a Paper<'a>,
    package: &'a mut Package<'p>,
    media: &'a mut Media<'m>,
    out: String,
    words: String,
    /// One counter a document for all that has a number.
    ids: u32,
    after_table: bool,
    /// Whether a table of the same box stands above and below.
    touches: (bool, bool),
    columns: u8,
}

impl Body {
    pub(super) fn write<'p>(paper: &Paper, package: &mut Package<'p>, media: &mut Media) -> Result<Self, String> {
        let Flow { mut pieces, lists } = Flow::of(&paper.text);
        // The last mark of a text cannot go or come, and no table ends it: something that stays stands there.
        let in_columns = pieces.iter().any(|piece| matches!(piece, Piece::Columns(_)));
        let ends_well = !in_columns && matches!(pieces.last(), Some(Piece::Paragraph(last)) if last.mark == Mark::Kept);
        if !ends_well {
            pieces.push(Piece::Paragraph(Paragraph { style: Style::End, ..Paragraph::default() }));
        }
        let mut writer = Writer {
            paper,
            package,
            media,
            out: String::new(),
            words: String::new(),
            ids: 0,
            after_table: false,
            touches: (false, false),
            columns: 1,
        };
        for (index, piece) in pieces.iter().enumerate() {
            let next = pieces.get(index + 1);
            // Columns end before what closes the text: so they are of one height.
            let closes = writer.columns > 1 && index + 2 == pieces.len();
            let breaks = closes || matches!(next, Some(Piece::Columns(_)));
            writer.touches.1 = matches!(next, Some(Piece::Table(table)) if table.boxed);
            match piece {
                Piece::Paragraph(paragraph) => writer.paragraph(paragraph, breaks)?,
                Piece::Table(table) => {
                    writer.table(table)?;
                    // Two tables that touch would be one.
                    if breaks || matches!(next, Some(Piece::Table(_))) {
                        let between = Paragraph { style: Style::End, ..Paragraph::default() };
                        writer.paragraph(&between, breaks)?;
                    }
                }
                Piece::Picture(path, alternative, mark) => writer.picture(path, alternative, *mark)?,
                Piece::Columns(columns) => writer.columns = *columns,
            }
            writer.after_table = matches!(piece, Piece::Table(_));
            writer.touches.0 = matches!(piece, Piece::Table(table) if table.boxed);
        }
        let section = parts::section(paper, 1, writer.columns > 1);
        let document = format!("{}<w:body>{}{section}</w:body></w:document>", parts::DOCUMENT_OPEN, writer.out);
        Ok(Self { document, lists, words: writer.words })
    }
}

impl Writer<'_, '_, '_> {
    /// The element of a change with its number, author and day.
    fn change(&mut self, name: &str) -> Result<String, String> {
        self.ids += 1;
        let author = escaped(self.paper.author)?;
        Ok(format!("w:{name} w:id=\"{}\" w:author=\"{author}\" w:date=\"{}T00:00:00Z\"", self.ids, self.paper.date))
    }

    /// The mark of what comes or goes as a whole.
    fn fate(&mut self, mark: Mark) -> Result<String, String> {
        Ok(match mark {
            Mark::Kept => String::new(),
            Mark::Inserted => format!("<{}/>", self.change("ins")?),
            Mark::Deleted => format!("<{}/>", self.change("del")?),
        })
    }

    /// What stands around words that come or go.
    fn marked(&mut self, mark: Mark) -> Result<(String, &'static str), String> {
        Ok(match mark {
            Mark::Kept => (String::new(), ""),
            Mark::Inserted => (format!("<{}>", self.change("ins")?), "</w:ins>"),
            Mark::Deleted => (format!("<{}>", self.change("del")?), "</w:del>"),
        })
    }

    fn paragraph(&mut self, paragraph: &Paragraph, breaks: bool) -> Result<(), String> {
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", paragraph.style.id());
        if paragraph.keeps {
            properties.push_str("<w:keepNext/>");
        }
        properties.push_str(&styles::frame(self.paper, paragraph.style));
        if let Some((list, depth)) = paragraph.item {
            let number = parts::FIRST_LIST + list;
            let depth = depth.min(3);
            let _ = write!(properties, "<w:numPr><w:ilvl w:val=\"{depth}\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        }
        // A quotation is a box by its style; what else stands in one says so itself.
        let boxed = paragraph.boxed && paragraph.style != Style::Quote;
        if boxed {
            properties.push_str(&styles::boxed(self.paper));
        }
        let inset = if boxed { INSET } else { 0 };
        let depth = match (paragraph.style, paragraph.item) {
            (Style::Continued(depth), _) | (_, Some((_, depth))) => usize::from(depth.min(3)) + 1,
            _ => 0,
        };
        let hanging = if paragraph.item.is_some() { " w:hanging=\"284\"" } else { "" };
        // What stands above or below a table in its box touches it.
        let touching = [(self.touches.0, " w:before=\"0\""), (self.touches.1, " w:after=\"0\"")];
        let touching: String =
            touching.into_iter().filter(|(touches, _)| *touches && paragraph.boxed).map(|it| it.1).collect();
        if !touching.is_empty() {
            let _ = write!(properties, "<w:spacing{touching}/>");
        }
        if boxed || matches!(paragraph.style, Style::Continued(_)) {
            let right = if boxed { format!(" w:right=\"{INSET}\"") } else { String::new() };
            let _ = write!(properties, "<w:ind w:left=\"{}\"{right}{hanging}/>", 284 * depth + inset);
        } else if self.after_table && paragraph.style == Style::Body {
            properties.push_str("<w:spacing w:before=\"180\"/>");
        }
        let fate = self.fate(paragraph.mark)?;
        if !fate.is_empty() {
            let _ = write!(properties, "<w:rPr>{fate}</w:rPr>");
        }
        if breaks {
            properties.push_str(&parts::section(self.paper, self.columns, self.columns > 1));
        }
        let _ = write!(self.out, "<w:p><w:pPr>{properties}</w:pPr>");
        self.spans(&paragraph.spans)?;
        self.out.push_str("</w:p>");
        self.words.push('\n');
        Ok(())
    }

    fn spans(&mut self, spans: &[Span]) -> Result<(), String> {
        for span in spans {
            let link = span.run.link.as_deref().filter(|link| is_address(link));
            if let Some(link) = link {
                let id = self
                    .package
                    .link(parts::DOCUMENT, &parts::kind("hyperlink"), &link.replace(' ', "%20"))
                    .map_err(|refusal| format!("{refusal:?}"))?;
                let _ = write!(self.out, "<w:hyperlink r:id=\"{id}\" w:history=\"1\">");
            }
            let (open, close) = self.marked(span.mark)?;
            self.out.push_str(&open);
            self.run(&span.run, span.mark == Mark::Deleted, link.is_some())?;
            self.out.push_str(close);
            if link.is_some() {
                self.out.push_str("</w:hyperlink>");
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Run, deleted: bool, linked: bool) -> Result<(), String> {
        let mut look = String::new();
        match (linked, run.code) {
            (true, _) => look.push_str("<w:rStyle w:val=\"Hyperlink\"/>"),
            (false, true) => look.push_str("<w:rStyle w:val=\"Code\"/>"),
            _ => {}
        }
        if run.strong {
            look.push_str("<w:b/><w:bCs/>");
        }
        if run.emphasis {
            look.push_str("<w:i/><w:iCs/>");
        }
        self.words.push_str(&run.text);
        let text = if deleted { "w:delText" } else { "w:t" };
        for (words, raised) in ordinals(&run.text) {
            let mut look = look.clone();
            if raised {
                look.push_str("<w:vertAlign w:val=\"superscript\"/>");
            }
            self.out.push_str("<w:r>");
            if !look.is_empty() {
                let _ = write!(self.out, "<w:rPr>{look}</w:rPr>");
            }
            for (index, line) in words.split('\n').enumerate() {
                if index > 0 {
                    self.out.push_str("<w:br/>");
                }
                if !line.is_empty() {
                    let line = escaped(line)?;
                    let _ = write!(self.out, "<{text} xml:space=\"preserve\">{line}</{text}>");
                }
            }
            self.out.push_str("</w:r>");
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), String> {
        let rows = &table.rows;
        let count = rows.iter().map(|row| row.cells.len()).max().unwrap_or(1).max(1);
        let right: Vec<bool> = rows
            .first()
            .map(|row| row.right.clone())
            .filter(|right| !right.is_empty())
            .unwrap_or_else(|| (0..count).map(|column| columns::are_numbers(rows, column)).collect());
        let is_right = |column: usize| right.get(column).copied().unwrap_or_default();
        let width = if table.boxed { WIDTH - INSET - styles::BOX_EDGE } else { WIDTH };
        let widths =
            if table.slip { columns::to_fill(count, width) } else { columns::widths(rows, count, width, is_right) };
        let heads: Vec<String> =
            rows.first().map_or_else(Vec::new, |row| row.cells.iter().map(|cell| columns::said(cell)).collect());
        let caption = escaped(&heads.join(", "))?.replace('\n', " ");
        let (place, ground) = if table.boxed { styles::boxed_table(self.paper) } else { Default::default() };
        let margin = if table.boxed { BOXED_MARGIN } else { "" };
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Tableau\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/>{place}\
             <w:tblLayout w:type=\"fixed\"/>{margin}<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/><w:tblCaption w:val=\"{caption}\"/>\
             <w:tblDescription w:val=\"Tableau de {count} colonnes : {caption}\"/></w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            let _ = write!(self.out, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.out.push_str("</w:tblGrid>");
        for (index, row) in rows.iter().enumerate() {
            let middle = if row.is_signed { "<w:vAlign w:val=\"center\"/>" } else { "" };
            let keeps = if table.slip && index + 1 < rows.len() { "<w:keepNext/>" } else { "" };
            self.out.push_str("<w:tr><w:trPr><w:cantSplit/>");
            if row.is_signed {
                self.out.push_str(ROOM_TO_SIGN);
            }
            if row.head {
                self.out.push_str("<w:tblHeader/>");
            }
            let fate = self.fate(row.mark)?;
            let _ = write!(self.out, "{fate}</w:trPr>");
            for (column, width) in widths.iter().enumerate() {
                let _ =
                    write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{ground}{middle}</w:tcPr>");
                let style = if row.head { Style::CellHead } else { Style::Cell };
                let side = if is_right(column) { "<w:jc w:val=\"right\"/>" } else { "" };
                let fate = self.fate(row.mark)?;
                let fate = if fate.is_empty() { fate } else { format!("<w:rPr>{fate}</w:rPr>") };
                let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{keeps}{side}{fate}</w:pPr>", style.id());
                self.spans(row.cells.get(column).map_or(&[], Vec::as_slice))?;
                self.out.push_str("</w:p></w:tc>");
                self.words.push('\n');
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        Ok(())
    }

    fn picture(&mut self, path: &str, alternative: &str, mark: Mark) -> Result<(), String> {
        let (relation, wide, high) = self.media.add(self.package, path)?;
        self.ids += 1;
        let (id, description) = (self.ids, escaped(alternative)?);
        let fate = self.fate(mark)?;
        let end = if fate.is_empty() { fate } else { format!("<w:rPr>{fate}</w:rPr>") };
        let (open, close) = self.marked(mark)?;
        let _ = write!(
            self.out,
            "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/>{end}</w:pPr>{open}<w:r><w:drawing>\
             <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
             <wp:docPr id=\"{id}\" name=\"Image {id}\" descr=\"{description}\"/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"Image {id}\" descr=\"{description}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r>{close}</w:p>"
        );
        self.words.push_str(alternative);
        self.words.push('\n');
        Ok(())
    }
}

/// Whether an address is one that a text may lead to.
fn is_address(link: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|start| link.starts_with(start))
}

/// A text cut where « er » and « re » of « 1er » and « 1re » are raised.
fn ordinals(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(found) = text[from..].find('1').map(|at| at + from) {
        let ending = ["er", "re"].iter().any(|ending| text[found + 1..].starts_with(ending));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let alone = !is_word(text[..found].chars().next_back());
        if ending && alone && !is_word(text[found + 3..].chars().next()) {
            pieces.push((&text[start..=found], false));
            pieces.push((&text[found + 1..found + 3], true));
            start = found + 3;
        }
        from = found + 1;
    }
    if start < text.len() {
        pieces.push((&text[start..], false));
    }
    pieces
}
