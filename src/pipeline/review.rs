//! What a council changed in a text that it sends back: each change and comment by article, author and day, and the cells
//! behind the values that it touches. It lists; it does not merge.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::make::{Notes, Workshop};
use super::plan::Plan;
use super::{Inputs, Request, read};
use crate::content::{self, Block, Run};
use crate::diagnostics::messages::commands;
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{Paper, Recipe};
use crate::figures::Figure;
use crate::files::{self, Refusal, Workspace};
use crate::packages;
use crate::papers::{self, Fate, Paragraph, Signed, Text};
use crate::spreadsheets::{self, Value};
use crate::wording;

/// What was found in a file that came back.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// The file, as its user names it.
    pub file: String,
    /// The document that it comes from.
    pub document: String,
    /// The file of the document that it comes from.
    pub part: String,
    /// The changes and comments, in reading order.
    pub remarks: Vec<ReviewRemark>,
}

/// A change or a comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewRemark {
    /// The article or chapter in which it stands; nothing before the first.
    pub article: Option<String>,
    /// Who made it.
    pub author: String,
    /// When, in words.
    pub date: Option<String>,
    /// What it takes away.
    pub before: String,
    /// What it puts there.
    pub after: String,
    /// Whether it takes from, or puts to, another place.
    pub moved: bool,
    /// What it says, when it is a comment; `before` is then what it is about.
    pub comment: Option<String>,
    /// The values that it touches, with the cells that they come from.
    pub values: Vec<Touched>,
}

/// A value that comes from cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// What it is, or what the cell says.
    pub label: String,
    /// Its cells.
    pub cells: String,
}

/// The least share of a text's paragraphs, in a hundred, that a file must have to be one of its copies.
const LEAST: usize = 40;
/// The least characters of a cell that is looked for in a text: shorter ones stand everywhere.
const LEAST_CELL: usize = 5;
/// The most cells that are named for one change, beside those of its figures.
const MOST_CELLS: usize = 4;

/// Reads a file that came back.
///
/// # Errors
///
/// When the workspace cannot be read. What is wrong with the file is told in its place.
pub fn review(workspace: &Workspace, path: &Path) -> Result<Result<Review, Vec<Diagnostic>>, Refusal> {
    let file = files::shown(path);
    let one = |diagnostic: Diagnostic| vec![diagnostic.at(Place::File(file.clone()))];
    let Some(bytes) = files::read(path)? else { return Ok(Err(one(commands::missing_paper(&file)))) };
    let text = match papers::read(&bytes) {
        Ok(text) => text,
        Err(refusal) => return Ok(Err(one(refused_paper(&refusal)))),
    };
    let plan = Plan::new(workspace, read(workspace)?, &Request::default());
    let shop = Workshop::new(&plan);
    let Some(source) = source(&plan, &shop, &text) else { return Ok(Err(one(commands::foreign_paper(&file)))) };
    let words = cell_words(&plan.inputs);
    Ok(Ok(Review { file, remarks: remarks(&text, &source, &words), document: source.document, part: source.part }))
}

fn refused_paper(refusal: &packages::Refusal) -> Diagnostic {
    match refusal {
        packages::Refusal::Unreadable(reason) => commands::unreadable_paper(reason),
        packages::Refusal::Oversized(what, most) => {
            commands::unreadable_paper(&format!("il est trop grand : {what} (au plus {most})"))
        }
        packages::Refusal::Encrypted => commands::unreadable_paper("il est protégé par un mot de passe"),
    }
}

/// The text that a file is a copy of.
struct Source {
    document: String,
    part: String,
    /// Whose changes stood in it when it was handed over, and of which day.
    author: String,
    date: String,
    /// Its paragraphs by their words.
    paragraphs: BTreeMap<String, Vec<Run>>,
    figures: BTreeMap<String, Figure>,
}

impl Source {
    fn of(shop: &Workshop, document: &str, part: &str, paper: &Paper, date: String) -> Option<Self> {
        let mut notes = Notes::default();
        let mut paragraphs = BTreeMap::new();
        notes.printed.extend(paper.tree.printed.iter().cloned());
        let mut texts = vec![paper.tree.blocks.clone()];
        for words in &paper.texts {
            texts.push(shop.words(words, &mut notes).ok()?);
        }
        for blocks in &texts {
            Block::visit(blocks, &mut |block| {
                for runs in own_paragraphs(block) {
                    let text = spaced(&content::words(runs));
                    if !text.is_empty() {
                        paragraphs.insert(text, runs.to_vec());
                    }
                }
            });
        }
        let figures = notes.printed.iter().map(|it| (it.figure().name().to_owned(), it.figure().clone())).collect();
        let author = paper.properties.author.clone();
        Some(Self { document: document.to_owned(), part: part.to_owned(), author, date, paragraphs, figures })
    }

    /// Whether a change stood in the file when it was handed over.
    fn is_ours(&self, signed: &Signed) -> bool {
        signed.author == self.author && signed.date.starts_with(&self.date)
    }

    /// Whether something stood in the text that was handed over, its own changes accepted.
    fn stood(&self, fate: &Fate) -> bool {
        fate.inserted.as_ref().is_none_or(|signed| self.is_ours(signed))
            && !fate.deleted.as_ref().is_some_and(|signed| self.is_ours(signed))
    }

    /// Whether changes stood in the file when it was handed over.
    fn marked(&self, text: &Text) -> bool {
        let fates = text.paragraphs.iter().flat_map(|it| it.pieces.iter().map(|piece| &piece.fate).chain([&it.end]));
        let mut signed = fates.flat_map(|fate| fate.inserted.iter().chain(&fate.deleted));
        signed.any(|signed| self.is_ours(signed))
    }

    /// How much of the text a file has, in a hundred.
    fn likeness(&self, text: &Text) -> usize {
        let lines: BTreeSet<String> = text.flattened(|fate| self.stood(fate)).iter().map(|line| spaced(line)).collect();
        let found = self.paragraphs.keys().filter(|paragraph| lines.contains(*paragraph)).count();
        found * 100 / self.paragraphs.len().max(1)
    }
}

/// The runs of the paragraphs that a block holds itself.
fn own_paragraphs(block: &Block) -> Vec<&[Run]> {
    match block {
        Block::Heading { runs, .. } | Block::Paragraph { runs } => vec![runs],
        Block::Table { head, rows, .. } => std::iter::once(head).chain(rows).flatten().map(Vec::as_slice).collect(),
        _ => Vec::new(),
    }
}

/// A text whose spaces are of one kind: programs change them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of ours that a file is most like.
fn source(plan: &Plan, shop: &Workshop, text: &Text) -> Option<Source> {
    let mut best: Option<((bool, usize), Source)> = None;
    for document in &plan.documents {
        let Ok((draft, _)) = &plan.planned(document).drafted else { continue };
        for part in &draft.parts {
            let Recipe::Word(paper) = &part.recipe else { continue };
            let date = draft.day_of(part).to_string();
            let Some(source) = Source::of(shop, &draft.title, &part.name, paper, date) else { continue };
            let likeness = source.likeness(text);
            // Two files may say the same, one of them with our own changes in it.
            let rank = (paper.before.is_empty() != source.marked(text), likeness);
            if likeness >= LEAST && best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, source));
            }
        }
    }
    best.map(|(_, source)| source)
}

/// What the cells of the workbooks say, and where.
fn cell_words(inputs: &Inputs) -> Vec<(String, String)> {
    let mut words = Vec::new();
    for (file, bytes) in inputs.workbooks() {
        let Some(workbook) = bytes.as_ref().and_then(|bytes| spreadsheets::read(bytes, file).ok()) else { continue };
        for sheet in &workbook.sheets {
            for (row, cells) in sheet.rows.range(1..) {
                for (column, cell) in cells {
                    let text = match &cell.value {
                        Value::Text(text) => spaced(text),
                        Value::Date(date) => spaced(&wording::date(date.date())),
                        _ => continue,
                    };
                    if text.chars().count() >= LEAST_CELL {
                        let letters = crate::figures::column_letters(*column);
                        words.push((text, format!("{file} › {} › {letters}{}", sheet.name, row + 1)));
                    }
                }
            }
        }
    }
    words
}

/// A change at a place of a paragraph as it was handed over.
struct Change {
    from: usize,
    remark: ReviewRemark,
    who: Signed,
}

/// The changes and comments of a text.
fn remarks(text: &Text, source: &Source, cells: &[(String, String)]) -> Vec<ReviewRemark> {
    let mut remarks = Vec::new();
    let mut article = None;
    let mut number = 0;
    let mut told = BTreeSet::new();
    for group in groups(&text.paragraphs, source) {
        let base: String = group
            .iter()
            .flat_map(|paragraph| &paragraph.pieces)
            .filter(|piece| source.stood(&piece.fate))
            .map(|piece| piece.text.as_str())
            .collect();
        let heading = group.iter().find(|paragraph| paragraph.heading == Some(2));
        if let Some(heading) = heading.filter(|_| !base.trim().is_empty()) {
            number += u32::from(heading.numbered == Some(true));
            let title = base.trim();
            article = Some(if heading.numbered == Some(true) {
                format!("Article {number} – {title}")
            } else {
                title.to_owned()
            });
        }
        let mut changes = changes(group, source);
        for change in &mut changes {
            change.remark.article.clone_from(&article);
            change.remark.values = touched(source, cells, &base, change.from, &change.remark.before);
        }
        remarks.extend(changes.into_iter().map(|change| change.remark));
        for (comment, about) in commented(group, text) {
            if told.insert(comment.id.clone()) {
                let from = base.find(&about).unwrap_or(0);
                remarks.push(ReviewRemark {
                    article: article.clone(),
                    author: comment.signed.author.clone(),
                    date: day(&comment.signed.date),
                    values: touched(source, cells, &base, from, &about),
                    before: about,
                    comment: Some(comment.text.clone()),
                    ..ReviewRemark::default()
                });
            }
        }
    }
    remarks
}

/// Paragraphs that were one when the text was handed over: what was split, or put between two.
fn groups<'t>(paragraphs: &'t [Paragraph], source: &Source) -> Vec<&'t [Paragraph]> {
    let mut groups = Vec::new();
    let mut start = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if source.stood(&paragraph.end) || paragraph.in_table {
            groups.push(&paragraphs[start..=index]);
            start = index + 1;
        }
    }
    groups.push(&paragraphs[start..]);
    groups
}

/// The changes of a group: what one author takes away and puts at one place is one.
fn changes(group: &[Paragraph], source: &Source) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut at = 0;
    // Whether the last change ends where the next words begin.
    let mut touches = false;
    let mut note = |change: (&Signed, bool), text: &str, at: usize, touches: bool| {
        let (who, inserts) = change;
        let goes_on = touches
            && changes.last().is_some_and(|last| {
                last.who.author == who.author
                    && last.who.moved == who.moved
                    && (inserts || last.remark.after.is_empty())
            });
        if !goes_on {
            let remark = ReviewRemark {
                author: who.author.clone(),
                date: day(&who.date),
                moved: who.moved,
                ..ReviewRemark::default()
            };
            changes.push(Change { from: at, remark, who: who.clone() });
        }
        if let Some(Change { remark, .. }) = changes.last_mut() {
            let side = if inserts { &mut remark.after } else { &mut remark.before };
            side.push_str(text);
        }
    };
    for paragraph in group {
        for piece in &paragraph.pieces {
            let theirs = |side: &Option<Signed>| side.clone().filter(|signed| !source.is_ours(signed));
            match (theirs(&piece.fate.inserted), theirs(&piece.fate.deleted)) {
                // What they put and took away again.
                (Some(_), Some(_)) => {}
                (Some(signed), None) => {
                    note((&signed, true), &piece.text, at, touches);
                    touches = true;
                }
                (None, Some(signed)) => {
                    note((&signed, false), &piece.text, at, touches);
                    touches = true;
                    at += if source.stood(&piece.fate) { piece.text.len() } else { 0 };
                }
                (None, None) => {
                    if source.stood(&piece.fate) && !piece.text.is_empty() {
                        at += piece.text.len();
                        touches = false;
                    }
                }
            }
        }
        let ends = [(&paragraph.end.inserted, true), (&paragraph.end.deleted, false)];
        for (side, inserts) in ends {
            if let Some(signed) = side.as_ref().filter(|signed| !source.is_ours(signed)) {
                note((signed, inserts), " ¶ ", at, touches);
                touches = true;
            }
        }
    }
    for Change { remark, .. } in &mut changes {
        // An end that goes or comes with its paragraph says nothing more.
        for side in [&mut remark.before, &mut remark.after] {
            let bare = side.trim().trim_matches('¶').trim();
            if !bare.is_empty() {
                *side = bare.to_owned();
            }
        }
    }
    changes.retain(|change| !(change.remark.before.is_empty() && change.remark.after.is_empty()));
    changes
}

/// The comments of a group, each with the words that it is about.
fn commented<'t>(group: &[Paragraph], text: &'t Text) -> Vec<(&'t papers::Comment, String)> {
    let mut found: Vec<(&papers::Comment, String)> = Vec::new();
    for piece in group.iter().flat_map(|paragraph| &paragraph.pieces) {
        for id in &piece.comments {
            match found.iter_mut().find(|(comment, _)| comment.id == *id) {
                Some((_, about)) => about.push_str(&piece.text),
                None => {
                    if let Some(comment) = text.comments.iter().find(|comment| comment.id == *id) {
                        found.push((comment, piece.text.clone()));
                    }
                }
            }
        }
    }
    found
}

/// The values that a stretch of a paragraph touches: figures by their runs, other cells by their words.
fn touched(source: &Source, cells: &[(String, String)], base: &str, from: usize, before: &str) -> Vec<Touched> {
    let to = from + before.trim_matches('¶').len();
    let overlaps = |start: usize, end: usize| {
        if from == to { start < from && from < end } else { start < to && from < end }
    };
    let mut values: Vec<Touched> = Vec::new();
    // Places in a paragraph are counted without its spaces: programs change them.
    let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let place = |at: usize| solid(base.get(..at).unwrap_or(base));
    if let Some(runs) = source.paragraphs.get(&spaced(base)) {
        let (first, last) = (place(from), place(to.min(base.len())));
        let mut at = 0;
        for run in runs {
            let end = at + solid(&run.text);
            let hit = if first == last { at < first && first < end } else { at < last && first < end };
            if let Some(figure) = run.figure.as_ref().filter(|_| hit).and_then(|name| source.figures.get(name)) {
                values.push(Touched { label: figure.label().to_owned(), cells: figure.sources().to_string() });
            }
            at = end;
        }
    }
    let mut named = 0;
    for (words, cell) in cells {
        let hit = base.match_indices(words.as_str()).any(|(start, found)| overlaps(start, start + found.len()));
        if hit && named < MOST_CELLS {
            named += 1;
            values.push(Touched { label: words.clone(), cells: cell.clone() });
        }
    }
    values.dedup();
    values
}

/// A day as it is printed.
fn day(date: &str) -> Option<String> {
    date.get(..10).and_then(|day| day.parse().ok()).map(wording::date)
}

impl ReviewRemark {
    /// What it does, in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let quoted = |text: &str| format!("«\u{a0}{}\u{a0}»", text.replace('\n', " / "));
        let break_of = |text: &str| text.trim() == "¶";
        match (&self.comment, self.before.as_str(), self.after.as_str(), self.moved) {
            (Some(comment), "", ..) => format!("commente : {}", quoted(comment)),
            (Some(comment), about, ..) => format!("commente {} : {}", quoted(about), quoted(comment)),
            (None, "", after, _) if break_of(after) => "coupe un paragraphe en deux".to_owned(),
            (None, before, "", _) if break_of(before) => "joint deux paragraphes".to_owned(),
            (None, "", after, true) => format!("met ici, venu d’ailleurs, {}", quoted(after)),
            (None, before, "", true) => format!("déplace {}", quoted(before)),
            (None, "", after, false) => format!("ajoute {}", quoted(after)),
            (None, before, "", false) => format!("supprime {}", quoted(before)),
            (None, before, after, _) => format!("remplace {} par {}", quoted(before), quoted(after)),
        }
    }
}
