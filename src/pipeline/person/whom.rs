//! Who is meant, and every cell of the workbooks that tells something of him: also in sheets, columns and rows that no
//! document reads.

use std::collections::BTreeSet;

use crate::figures::{CellRef, column_letters};
use crate::intake::WORKBOOKS;
use crate::model::Contact;
use crate::pipeline::Inputs;
use crate::spreadsheets::{self, Sheet};
use crate::wording::fold;

/// A person, by names and addresses.
#[derive(Debug, Clone, Default)]
pub(super) struct Identity {
    /// Names by their words in the order of the alphabet: « Ada Un » and « UN Ada » are one.
    keys: BTreeSet<String>,
    /// Names as texts say them.
    spoken: BTreeSet<String>,
    /// Addresses in small letters.
    pub(super) addresses: BTreeSet<String>,
    /// Whether somebody else of that name has another address: what bears the name alone is nobody's for sure.
    has_namesake: bool,
}

/// A cell that tells something of a person.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Where it stands.
    pub at: CellRef,
    /// The heading of its column.
    pub heading: String,
    /// What it says; nothing where it names others as well, or is a text in which the name stands.
    pub text: Option<String>,
    /// Whether the whole row is about the person.
    pub is_own: bool,
}

/// A row of a list of persons: whom it is about.
pub(super) struct Somebody {
    pub(super) first: Option<String>,
    /// The family name, or the whole name where the list has one column for it.
    pub(super) last: Option<String>,
    pub(super) address: Option<String>,
}

impl Somebody {
    /// The whole name.
    pub(super) fn name(&self) -> Option<String> {
        let last = self.last.as_ref()?;
        Some(self.first.as_ref().map_or_else(|| last.clone(), |first| format!("{first} {last}")))
    }
}

impl Identity {
    /// Who is asked for: an address, or a name.
    pub(super) fn asked(query: &str) -> Self {
        let mut identity = Self::default();
        if query.contains('@') {
            identity.addresses.insert(query.trim().to_lowercase());
        } else {
            identity.add_name(query);
        }
        identity
    }

    /// Learns the names and addresses that rows give the person; the same name at another address is another person
    /// where an address was asked for.
    pub(super) fn learn(&mut self, somebody: &[Somebody]) {
        let by_address = !self.addresses.is_empty();
        if by_address {
            let mine = somebody.iter().filter(|it| self.has_address(it.address.as_deref()));
            let names: Vec<String> = mine.filter_map(Somebody::name).collect();
            names.iter().for_each(|name| self.add_name(name));
        }
        let named = somebody.iter().filter(|it| it.name().is_some_and(|name| self.bears(&name)));
        let addresses: BTreeSet<String> = named.filter_map(|it| Some(it.address.as_ref()?.to_lowercase())).collect();
        if by_address {
            self.has_namesake = addresses.iter().any(|address| !self.addresses.contains(address));
        } else {
            self.addresses = addresses;
        }
    }

    fn add_name(&mut self, name: &str) {
        let words = words(name);
        // One word alone is the name of many.
        if let Some((first, rest)) = words.split_once(' ') {
            let turned = words.rsplit_once(' ').map(|(before, last)| format!("{last} {before}"));
            self.spoken.extend([words.clone(), format!("{rest} {first}")].into_iter().chain(turned));
            self.keys.insert(key(name));
        }
    }

    /// Whether an address is the person's.
    pub(super) fn has_address(&self, address: Option<&str>) -> bool {
        address.is_some_and(|address| self.addresses.contains(&address.trim().to_lowercase()))
    }

    /// Whether a name is the person's.
    fn bears(&self, name: &str) -> bool {
        self.keys.contains(&key(name))
    }

    /// Whether a row of a list of persons is about the person.
    pub(super) fn is(&self, somebody: &Somebody) -> bool {
        match &somebody.address {
            Some(address) => self.has_address(Some(address)),
            None => !self.has_namesake && somebody.name().is_some_and(|name| self.bears(&name)),
        }
    }

    /// Whether a text names the person, or tells an address.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let is_part = |character: char| character.is_alphanumeric() || "._%+-".contains(character);
        let tells = |address: &String| {
            lower.match_indices(address.as_str()).any(|(at, found)| {
                !lower[..at].ends_with(is_part)
                    && !lower[at + found.len()..].trim_start_matches('.').starts_with(is_part)
            })
        };
        let text = format!(" {} ", words(text));
        self.addresses.iter().any(tells)
            || !self.has_namesake && self.spoken.iter().any(|name| text.contains(&format!(" {name} ")))
    }

    /// Whether a text is the name or the address of the person and nothing else.
    fn is_all_of(&self, text: &str) -> bool {
        self.has_address(Some(text)) || self.bears(text)
    }

    /// Whether more than one address bears the name: it is not known whose.
    pub(super) fn is_several(&self) -> bool {
        self.addresses.len() > 1
    }
}

/// The words of a text, folded, with one space between them.
fn words(text: &str) -> String {
    let spaced: String = fold(text).chars().map(|it| if it.is_alphanumeric() { it } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name by its words in the order of the alphabet.
fn key(name: &str) -> String {
    let words = words(name);
    let mut words: Vec<&str> = words.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// The columns by which a list of persons tells whom a row is about.
pub(super) struct Columns {
    last: usize,
    first: Option<usize>,
    address: Option<usize>,
}

impl Columns {
    /// Finds them among headings; a table without a column of names is no list of persons.
    pub(super) fn of(headings: &[String]) -> Option<Self> {
        let find = |heading: &str| headings.iter().position(|found| fold(found).trim() == fold(heading));
        Some(Self {
            last: find(Contact::LAST_NAME.heading)?,
            first: find(Contact::FIRST_NAME.heading),
            address: find(Contact::EMAIL.heading),
        })
    }

    /// Whom a row is about.
    pub(super) fn somebody(&self, row: &[String]) -> Somebody {
        let said = |column: Option<usize>| {
            column.and_then(|column| row.get(column)).map(|text| text.trim()).filter(|text| !text.is_empty())
        };
        let said = |column| said(column).map(ToOwned::to_owned);
        Somebody { first: said(self.first), last: said(Some(self.last)), address: said(self.address) }
    }
}

/// A sheet as texts: its headings, and its rows with their numbers from 1.
pub(super) struct Page {
    file: String,
    sheet: String,
    headings: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
}

/// Every sheet of the workbooks, whatever it is for; a workbook that cannot be read tells nothing.
pub(super) fn pages(inputs: &Inputs) -> Vec<Page> {
    let files = inputs.workbooks().iter().zip(WORKBOOKS);
    let read = files.filter_map(|((file, bytes), _)| spreadsheets::read(bytes.as_ref()?, file).ok());
    read.flat_map(|workbook| {
        let file = workbook.file.clone();
        workbook.sheets.into_iter().map(move |sheet| page(&file, &sheet)).collect::<Vec<_>>()
    })
    .collect()
}

fn page(file: &str, sheet: &Sheet) -> Page {
    let text = |cells: &Vec<(u32, spreadsheets::Cell)>| {
        let mut row: Vec<String> = Vec::new();
        for (column, cell) in cells {
            let column = usize::try_from(*column).unwrap_or(usize::MAX).min(MOST_COLUMNS);
            row.resize(row.len().max(column + 1), String::new());
            if let Some(place) = row.get_mut(column) {
                *place = cell.value.display();
            }
        }
        row
    };
    let rows = sheet.rows.iter().filter(|(row, _)| **row > 0).map(|(row, cells)| (row + 1, text(cells))).collect();
    let headings = sheet.rows.get(&0).map(text).unwrap_or_default();
    Page { file: file.to_owned(), sheet: sheet.name.clone(), headings, rows }
}

/// Columns further to the right hold nothing that a person typed.
const MOST_COLUMNS: usize = 256;

impl Page {
    /// Whom the rows are about, where the sheet is a list of persons.
    pub(super) fn somebody(&self) -> Vec<Somebody> {
        let Some(columns) = Columns::of(&self.headings) else { return Vec::new() };
        self.rows.iter().map(|(_, row)| columns.somebody(row)).collect()
    }

    /// The cells that tell something of a person.
    pub(super) fn mentions(&self, identity: &Identity) -> Vec<Mention> {
        let columns = Columns::of(&self.headings);
        let mut mentions = Vec::new();
        for (number, row) in &self.rows {
            let is_own = columns.as_ref().is_some_and(|columns| identity.is(&columns.somebody(row)));
            for (column, text) in (0_u32..).zip(row).filter(|(_, text)| !text.trim().is_empty()) {
                if is_own || identity.stands_in(text) {
                    mentions.push(Mention {
                        at: CellRef {
                            file: self.file.as_str().into(),
                            sheet: self.sheet.as_str().into(),
                            row: *number,
                            column,
                        },
                        heading: self.heading(column),
                        text: (is_own || identity.is_all_of(text)).then(|| text.trim().to_owned()),
                        is_own,
                    });
                }
            }
        }
        mentions
    }

    fn heading(&self, column: u32) -> String {
        let heading = usize::try_from(column).ok().and_then(|column| self.headings.get(column));
        heading.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).unwrap_or_else(|| column_letters(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(name: &str, address: &str) -> Somebody {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Somebody { first: None, last: said(name), address: said(address) }
    }

    #[test]
    fn a_person_is_known_by_any_order_of_names_and_by_the_address() {
        let rows = [somebody("Ève Bazu-Velle", "eve@example.org"), somebody("Bob Deux", "bob@example.org")];
        let mut identity = Identity::asked("BAZU VELLE ève");
        identity.learn(&rows);
        assert!(identity.has_address(Some("Eve@example.org")) && !identity.is_several());
        for text in ["Merci à Eve Bazu-Velle.", "Bazu-Velle Ève", "écrire à eve@example.org."] {
            assert!(identity.stands_in(text), "{text}");
        }
        for text in ["Ève", "steve@example.org", "eve@example.organisation", "Bob Deux"] {
            assert!(!identity.stands_in(text), "{text}");
        }
    }

    #[test]
    fn somebody_else_of_the_same_name_is_left_alone() {
        let rows = [somebody("Ada Un", "ada@example.org"), somebody("Ada Un", "ada.un@example.org")];
        let mut asked = Identity::asked("Ada Un");
        asked.learn(&rows);
        assert!(asked.is_several());
        let mut asked = Identity::asked("ada@example.org");
        asked.learn(&rows);
        assert!(!asked.is_several() && asked.is(&rows[0]) && !asked.is(&rows[1]));
        assert!(!asked.stands_in("Ada Un") && !asked.is(&somebody("Ada Un", "")));
    }
}
