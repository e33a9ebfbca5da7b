//! References become rows, once: what a cell says is looked for among the keys of the sheet that it means, together with
//! what the row says in the other columns of that key (« Site » beside « Entreprise », « Exercice » beside « Nature »).

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use super::{Link, Record, Row, Table};
use crate::model::{Tables, Visitor, VisitorMut};
use crate::records::{Column, Field, Kind, Sheet};
use crate::wording::fold;

/// A reference that names no row, or more than one.
#[derive(Debug, Clone)]
pub struct Unresolved {
    /// The sheet that refers.
    pub sheet: &'static Sheet,
    /// The row as a spreadsheet numbers it, from 1.
    pub row: u32,
    /// The column that refers.
    pub column: &'static Column,
    /// What the cell says.
    pub text: String,
    /// The sheet that it means.
    pub target: &'static Sheet,
    /// What is wrong with it.
    pub fault: LinkFault,
}

/// What is wrong with a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkFault {
    /// No row has such a name.
    Unknown,
    /// Rows have the name, and differ in a column that this row leaves blank: its heading.
    Ambiguous(&'static str),
    /// Rows have the name, none with what this row says in another column: its heading, and what they say there.
    UnknownBeside(&'static str, Vec<String>),
}

/// Two rows of one key.
#[derive(Debug, Clone)]
pub struct Duplicate {
    /// The sheet.
    pub sheet: &'static Sheet,
    /// The later row.
    pub row: u32,
    /// The earlier row.
    pub first: u32,
    /// The column that is told.
    pub column: &'static Column,
    /// The key as a person reads it.
    pub text: String,
}

/// Resolves every reference, and tells those that lead nowhere and the keys that stand twice.
pub fn resolve(tables: &mut Tables) -> (Vec<Unresolved>, Vec<Duplicate>) {
    let mut unresolved = Vec::new();
    // Keys that hold references themselves can be compared once these are resolved.
    for round in [Round::Plain, Round::Beside] {
        let mut keys = Keys::default();
        tables.visit(None, &mut keys);
        let mut resolver = Resolver { keys: &keys.0, round, unresolved: &mut unresolved };
        tables.visit_mut(None, &mut resolver);
    }
    let mut keys = Keys::default();
    tables.visit(None, &mut keys);
    let duplicates = keys.0.iter().flat_map(KeysOf::duplicates).collect();
    (unresolved, duplicates)
}

/// The names by which other sheets may call the rows of a sheet.
#[must_use]
pub fn names(tables: &Tables, sheet: &Sheet) -> Vec<String> {
    struct Names<'a>(&'a Sheet, Vec<String>);
    impl Visitor for Names<'_> {
        fn visit<T: Record>(&mut self, table: &Table<T>) {
            if std::ptr::eq(T::SHEET, self.0) || T::SHEET.name == self.0.name {
                self.1 = table.rows.iter().map(|row| said(row, &says(T::SHEET))).collect();
            }
        }
    }
    let mut found = Names(sheet, Vec::new());
    tables.visit(None, &mut found);
    found.1
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    Plain,
    Beside,
}

/// The keys of all sheets.
#[derive(Default)]
struct Keys(Vec<KeysOf>);

/// The keys of a sheet.
struct KeysOf {
    sheet: &'static Sheet,
    /// The columns of the key that a reference does not write.
    beside: Vec<&'static Column>,
    /// Rows by what a reference writes.
    rows: HashMap<String, Vec<u32>>,
    keys: Vec<Key>,
}

/// What names one row.
struct Key {
    number: u32,
    /// What a reference writes, as the sheet shows it.
    text: String,
    said: String,
    beside: Vec<Part>,
    sound: bool,
}

/// A part of a key beside what references write.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Blank,
    /// The row of another sheet.
    Row(u32),
    /// A folded text, and what its cell shows.
    Text(String, Shown),
    /// A reference that leads nowhere is like no other.
    Nowhere,
}

/// What a cell shows of a part of a key: it tells no two keys apart.
#[derive(Debug, Clone, Default)]
struct Shown(String);

impl PartialEq for Shown {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Shown {}

impl Hash for Shown {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// The columns of a sheet's key that a reference writes: the texts that every row has.
fn says(sheet: &'static Sheet) -> Vec<&'static Column> {
    let is_said = |column: &&&Column| {
        column.required && !matches!(column.kind, Kind::Reference(..) | Kind::Choice(_)) || sheet.key.len() == 1
    };
    sheet.key.iter().filter(is_said).copied().collect()
}

fn shown(field: Option<Field>, column: &Column) -> String {
    match field {
        Some(Field::Text(text)) => text,
        Some(Field::Integer(number)) => number.to_string(),
        Some(Field::Choice(index)) => match column.kind {
            Kind::Choice(labels) => labels.get(index).map_or_else(String::new, |label| label.name.to_owned()),
            _ => String::new(),
        },
        Some(Field::Date(date)) => date.format("%Y-%m").to_string(),
        _ => String::new(),
    }
}

/// What names a row in the columns that references write.
fn said<T: Record>(row: &Row<T>, says: &[&'static Column]) -> String {
    let words = says.iter().map(|column| shown(row.record.field(column.index), column));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Names of several words are the same in any order: « Camille EXEMPLE », « EXEMPLE Camille ».
fn comparable(text: &str, several: bool) -> String {
    let folded = fold(text);
    if !several {
        return folded;
    }
    let mut words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // « Mme Odile MARCHAND » is Odile MARCHAND.
    if words.len() > 2 && ["m", "mr", "mme", "mlle", "monsieur", "madame", "dr", "me"].contains(&words[0]) {
        words.remove(0);
    }
    words.sort_unstable();
    words.join(" ")
}

/// What a row says in a column that is a part of a key.
fn part<T: Record>(row: &Row<T>, column: &Column) -> Part {
    match row.record.links(column.index) {
        [link] if link.row == Link::NONE => Part::Nowhere,
        [link] => Part::Row(link.row),
        _ => match shown(row.record.field(column.index), column) {
            // A blank cell of a closed list means its first value.
            text if text.is_empty() => match column.kind {
                Kind::Choice(labels) => {
                    labels.first().map_or(Part::Blank, |label| Part::Text(fold(label.name), Shown::default()))
                }
                _ => Part::Blank,
            },
            text => Part::Text(fold(&text), Shown(text)),
        },
    }
}

impl Visitor for Keys {
    fn visit<T: Record>(&mut self, table: &Table<T>) {
        let sheet = T::SHEET;
        let says = says(sheet);
        let beside: Vec<_> = sheet.key.iter().copied().filter(|column| !says.contains(column)).collect();
        let key = |row: &Row<T>| {
            let text = said(row, &says);
            Key {
                number: row.number,
                said: comparable(&text, says.len() > 1),
                text,
                beside: beside.iter().map(|column| part(row, column)).collect(),
                sound: row.sound,
            }
        };
        let keys: Vec<Key> = if sheet.key.is_empty() { Vec::new() } else { table.rows.iter().map(key).collect() };
        let mut rows: HashMap<String, Vec<u32>> = HashMap::new();
        for (index, key) in (0..).zip(&keys) {
            rows.entry(key.said.clone()).or_default().push(index);
        }
        self.0.push(KeysOf { sheet, beside, rows, keys });
    }
}

impl KeysOf {
    /// Whether a reference writes several words in any order.
    fn several(&self) -> bool {
        says(self.sheet).len() > 1
    }

    /// The row of a name, with what the referring row says beside it.
    fn find(&self, text: &str, beside: &[Option<Part>]) -> Result<u32, LinkFault> {
        let candidates = self.rows.get(&comparable(text, self.several())).map_or(&[][..], Vec::as_slice);
        let mut fitting: Vec<u32> = candidates.to_vec();
        for (place, wanted) in beside.iter().enumerate() {
            let Some(wanted) = wanted.as_ref().filter(|wanted| **wanted != Part::Blank) else { continue };
            let part = |index: &u32| &self.key(*index).beside[place];
            let kept: Vec<u32> = fitting.iter().copied().filter(|index| part(index) == wanted).collect();
            if kept.is_empty() && !fitting.is_empty() && matches!(wanted, Part::Text(..)) {
                let known = fitting.iter().filter_map(|index| match part(index) {
                    Part::Text(_, Shown(shown)) => Some(shown.clone()),
                    _ => None,
                });
                return Err(LinkFault::UnknownBeside(self.beside[place].heading, known.collect()));
            }
            fitting = kept;
        }
        match fitting.as_slice() {
            [] => Err(LinkFault::Unknown),
            [only] => Ok(*only),
            several => self.blank_beside(several, beside),
        }
    }

    /// Of several rows of one name, the one that is blank where the referring row is.
    fn blank_beside(&self, rows: &[u32], beside: &[Option<Part>]) -> Result<u32, LinkFault> {
        let open = |place: &usize| matches!(beside.get(*place), Some(Some(Part::Blank)));
        let blank = |index: &&u32| {
            let parts = self.key(**index).beside.iter().enumerate();
            parts.filter(|(place, _)| open(place)).all(|(_, part)| *part == Part::Blank)
        };
        match (0..self.beside.len()).find(open) {
            Some(place) => {
                let found = rows.iter().find(blank).copied();
                found.ok_or(LinkFault::Ambiguous(self.beside[place].heading))
            }
            // Keys that stand twice are told where they stand; the first one is meant.
            None => Ok(rows[0]),
        }
    }

    fn key(&self, index: u32) -> &Key {
        &self.keys[usize::try_from(index).unwrap_or_default()]
    }

    /// The keys that stand twice: the second row is at fault.
    fn duplicates(&self) -> Vec<Duplicate> {
        let required = || self.sheet.key.iter().rev().copied().find(|column| column.required);
        let Some(column) = says(self.sheet).first().copied().or_else(required) else {
            return Vec::new();
        };
        let mut first: HashMap<(&str, &[Part]), u32> = HashMap::new();
        let mut found = Vec::new();
        for key in self.keys.iter().filter(|key| !key.said.is_empty() || self.beside.len() == self.sheet.key.len()) {
            let is_whole = !key.beside.contains(&Part::Nowhere);
            // A number that could not be read is none.
            let is_number = column.kind != Kind::Month && key.said != "0" || key.sound;
            if !is_whole || !is_number {
                continue;
            }
            match first.get(&(key.said.as_str(), key.beside.as_slice())) {
                Some(known) => found.push(Duplicate {
                    sheet: self.sheet,
                    row: key.number,
                    first: *known,
                    column,
                    text: key.readable(),
                }),
                None => drop(first.insert((&key.said, &key.beside), key.number)),
            }
        }
        found
    }
}

impl Key {
    fn readable(&self) -> String {
        let beside = self.beside.iter().filter_map(|part| match part {
            Part::Text(_, Shown(shown)) if !shown.is_empty() => Some(shown.as_str()),
            _ => None,
        });
        let beside: Vec<&str> = beside.collect();
        match (self.text.as_str(), beside.join(", ")) {
            (text, beside) if beside.is_empty() => text.to_owned(),
            ("", beside) => beside,
            (text, beside) => format!("{text} ({beside})"),
        }
    }
}

struct Resolver<'a> {
    keys: &'a [KeysOf],
    round: Round,
    unresolved: &'a mut Vec<Unresolved>,
}

impl VisitorMut for Resolver<'_> {
    fn visit<T: Record>(&mut self, table: &mut Table<T>) {
        for column in T::SHEET.columns.iter().copied() {
            let (target, strict) = match column.kind {
                Kind::Reference(target, _) | Kind::References(target, _) => (target, true),
                Kind::Name(target) | Kind::Names(target) => (target, false),
                _ => continue,
            };
            let Some(keys) = self.keys.iter().find(|keys| keys.sheet.name == target) else { continue };
            let has_references = keys.beside.iter().any(|column| matches!(column.kind, Kind::Reference(..)));
            if has_references != (self.round == Round::Beside) {
                continue;
            }
            self.resolve(table, column, keys, strict);
        }
    }
}

impl Resolver<'_> {
    fn resolve<T: Record>(&mut self, table: &mut Table<T>, column: &'static Column, keys: &KeysOf, strict: bool) {
        for (index, row) in (0..).zip(&mut table.rows) {
            if row.record.links(column.index).is_empty() {
                continue;
            }
            let beside: Vec<Option<Part>> = keys.beside.iter().map(|known| said_beside(row, index, known)).collect();
            let number = row.number;
            for link in row.record.links_mut(column.index) {
                let text = bare_name(&link.text, strict);
                if text.is_empty() {
                    continue;
                }
                match keys.find(text, &beside) {
                    Ok(found) => link.row = found,
                    // What stands beside it leads nowhere itself: that is told there.
                    Err(_) if beside.contains(&Some(Part::Nowhere)) => {}
                    Err(fault) if strict => self.unresolved.push(Unresolved {
                        sheet: T::SHEET,
                        row: number,
                        column,
                        text: text.to_owned(),
                        target: keys.sheet,
                        fault,
                    }),
                    Err(_) => {}
                }
            }
        }
    }
}

/// What a row says in a column that is a part of another sheet's key: under the same heading, or by being that row itself.
fn said_beside<T: Record>(row: &Row<T>, index: u32, known: &Column) -> Option<Part> {
    match T::SHEET.column(known.heading) {
        Some(own) => Some(part(row, own)),
        None => match known.kind {
            Kind::Reference(sheet, _) if sheet == T::SHEET.name => Some(Part::Row(index)),
            _ => None,
        },
    }
}

/// A name without what stands behind it in brackets: « DIX Noé (L. 1111-6) ».
pub(super) fn bare_name(text: &str, strict: bool) -> &str {
    if strict { text } else { text.split_once(" (").map_or(text, |(name, _)| name).trim() }
}
