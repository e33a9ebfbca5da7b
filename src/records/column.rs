//! Workbooks, sheets and columns as they are declared.

use std::sync::{Mutex, PoisonError};

use crate::wording::fold;

/// A workbook: its file stem and its sheets in order.
#[derive(Debug, Clone, Copy)]
pub struct Workbook {
    /// The file's name without extension: `contacts`.
    pub stem: &'static str,
    /// What the workbook holds, in one sentence for the guide.
    pub about: &'static str,
    /// The sheets, in order.
    pub sheets: &'static [&'static Sheet],
}

/// A sheet: its name and its columns in order.
#[derive(Debug)]
pub struct Sheet {
    /// The sheet's name as the tab shows it.
    pub name: &'static str,
    /// How templates call one row: `recette`.
    pub row_name: &'static str,
    /// How templates call all rows: `recettes`.
    pub rows_name: &'static str,
    /// What one row is, in one sentence for the guide.
    pub about: &'static str,
    /// The columns, in order.
    pub columns: &'static [&'static Column],
    /// The columns that together name a row: two rows may not say the same in all of them.
    pub key: &'static [&'static Column],
    /// Whether a workbook may lack it, as if it were empty.
    pub optional: bool,
    /// Whether it grows with the programme, so that documents count its rows instead of printing them.
    pub long: bool,
    /// Whether what it holds belongs to single firms or persons: it is never remembered in clear beside the documents.
    pub confidential: bool,
}

impl Sheet {
    /// A sheet that every workbook has, whose rows are printed and have no key.
    #[must_use]
    pub const fn new(
        name: &'static str,
        row_name: &'static str,
        rows_name: &'static str,
        about: &'static str,
        columns: &'static [&'static Column],
    ) -> Self {
        Self { name, row_name, rows_name, about, columns, key: &[], optional: false, long: false, confidential: false }
    }

    /// The column with this heading, as declared.
    #[must_use]
    pub fn column(&self, heading: &str) -> Option<&'static Column> {
        self.columns.iter().copied().find(|column| column.heading == heading)
    }
}

/// A column of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The heading, as the shipped workbooks spell it.
    pub heading: &'static str,
    /// Its place among the columns of its sheet, those of one's own after the others.
    pub index: usize,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether the column must be there and its cells be filled.
    pub required: bool,
    /// What to write there, for the guide and the input message.
    pub about: &'static str,
    /// A value of the example row, as a person would type it; empty where the example leaves the cell blank.
    pub example: &'static str,
    /// The column of the same row that may be filled instead, where there is one.
    pub unless: &'static str,
    /// What people write where they mean an empty cell.
    pub nothing: &'static [&'static str],
    /// Whether it names or concerns a person: it is never remembered in clear beside the documents.
    pub person: bool,
    /// Whether only the row's own partner and the operator read it, whoever else may read the row.
    pub reserved: bool,
}

impl Column {
    /// A column without words about it.
    #[must_use]
    pub const fn new(heading: &'static str, index: usize, kind: Kind, required: bool) -> Self {
        Self {
            heading,
            index,
            kind,
            required,
            about: "",
            example: "",
            unless: "",
            nothing: &[],
            person: false,
            reserved: false,
        }
    }

    /// Its name in templates: the heading in small letters, without accents, words joined by `_`.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = String::new();
        for character in fold(self.heading).chars() {
            match character {
                'a'..='z' | '0'..='9' => name.push(character),
                _ if !name.ends_with('_') && !name.is_empty() => name.push('_'),
                _ => {}
            }
        }
        name.trim_end_matches('_').to_owned()
    }
}

/// A value of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// As sheets and documents write it.
    pub name: &'static str,
    /// How else people write it.
    pub also: &'static [&'static str],
}

impl Label {
    /// The names of a list, for a person to read.
    #[must_use]
    pub fn list(labels: &[Self]) -> String {
        labels.iter().map(|label| label.name).collect::<Vec<_>>().join(", ")
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line of plain text.
    Text,
    /// Text of several paragraphs, in Markdown.
    Markdown,
    /// A whole number between two bounds.
    Integer(i64, i64),
    /// An amount in euros with two decimals at the most.
    Amount,
    /// A number with two decimals at the most.
    Decimal,
    /// A number of hours, never negative.
    Hours,
    /// A share, in percent or as a fraction, from nothing to the whole.
    Share,
    /// A day.
    Date,
    /// Several days, separated by `;`.
    Dates,
    /// A month.
    Month,
    /// A time of day.
    Time,
    /// Yes or no.
    YesNo,
    /// One of a closed list.
    Choice(&'static [Label]),
    /// One of the themes of `territoire.toml`.
    Theme,
    /// Several of a closed list, separated by `;`.
    Choices(&'static [Label]),
    /// Several of a closed list and PDF files of `inputs/annexes/`, separated by `;`.
    Enclosures(&'static [Label]),
    /// What names a row of another sheet: the sheet and its column.
    Reference(&'static str, &'static str),
    /// Several of them, separated by `;`.
    References(&'static str, &'static str),
    /// The name of somebody, who may stand in another sheet.
    Name(&'static str),
    /// Several of them, separated by `;`.
    Names(&'static str),
    /// A code or number that names this row, free of spaces around it.
    Code,
    /// An e-mail address.
    Email,
    /// A link that starts with http or https.
    Link,
    /// Nine digits with a valid key.
    Siren,
    /// Fourteen digits with a valid key.
    Siret,
    /// Five digits.
    PostalCode,
    /// A picture's path below `inputs/`.
    Image,
}

impl Kind {
    /// The type's name in the guide.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "texte",
            Self::Markdown => "texte (Markdown)",
            Self::Integer(..) => "nombre entier",
            Self::Amount => "montant en euros",
            Self::Decimal => "nombre",
            Self::Hours => "nombre d’heures",
            Self::Share => "pourcentage ou fraction",
            Self::Date => "date",
            Self::Dates => "dates séparées par ;",
            Self::Month => "mois",
            Self::Time => "heure",
            Self::YesNo => "oui / non",
            Self::Choice(_) => "liste",
            Self::Theme => "thème de territoire.toml",
            Self::Choices(_) => "valeurs de la liste, séparées par ;",
            Self::Enclosures(_) => "valeurs de la liste et fichiers PDF, séparés par ;",
            Self::Reference(..) => "renvoi",
            Self::References(..) => "renvois séparés par ;",
            Self::Name(_) => "nom",
            Self::Names(_) => "noms séparés par ;",
            Self::Code => "code",
            Self::Email => "adresse électronique",
            Self::Link => "lien",
            Self::Siren => "SIREN (9 chiffres)",
            Self::Siret => "SIRET (14 chiffres)",
            Self::PostalCode => "code postal (5 chiffres)",
            Self::Image => "image",
        }
    }

    /// The type of a column of one's own, as `territoire.toml` names it.
    #[must_use]
    pub fn of_ones_own(name: &str) -> Option<Self> {
        Self::OF_ONES_OWN.iter().find(|(known, _)| fold(known) == fold(name)).map(|(_, kind)| *kind)
    }

    /// The types that columns of one's own may have, by their names.
    pub const OF_ONES_OWN: [(&'static str, Self); 6] = [
        ("texte", Self::Text),
        ("nombre", Self::Decimal),
        ("montant", Self::Amount),
        ("date", Self::Date),
        ("heure", Self::Time),
        ("oui/non", Self::YesNo),
    ];
}

/// A text that lasts as long as the program, as those that are declared do: what settings declare is little, and the same
/// at every reading.
#[must_use]
pub fn intern(text: &str) -> &'static str {
    static KNOWN: Known<str> = Known::new(Vec::new());
    keep(&KNOWN, text, |text| Box::leak(text.into()))
}

/// The same, for a column of one's own.
#[must_use]
pub fn intern_column(column: Column) -> &'static Column {
    static KNOWN: Known<Column> = Known::new(Vec::new());
    keep(&KNOWN, &column, |column| Box::leak(Box::new(*column)))
}

/// The same, for the values of a list of one's own.
#[must_use]
pub fn intern_labels(labels: &[Label]) -> &'static [Label] {
    static KNOWN: Known<[Label]> = Known::new(Vec::new());
    keep(&KNOWN, labels, |labels| Box::leak(labels.into()))
}

type Known<T> = Mutex<Vec<&'static T>>;

fn keep<T: ?Sized + PartialEq>(known: &Known<T>, value: &T, lasting: fn(&T) -> &'static T) -> &'static T {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(value) = known.iter().find(|known| **known == value) {
        return value;
    }
    let kept = lasting(value);
    known.push(kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_call_columns_by_their_headings() {
        for (heading, name) in [
            ("Nom usuel", "nom_usuel"),
            ("N° d'engagement", "n_d_engagement"),
            ("Jusqu'au", "jusqu_au"),
            ("À la une", "a_la_une"),
            ("Écart d'arrondi à la charge de", "ecart_d_arrondi_a_la_charge_de"),
        ] {
            assert_eq!(Column::new(heading, 0, Kind::Text, false).name(), name);
        }
    }
}
