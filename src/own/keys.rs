//! What a front matter may say: its keys, and the values that some of them choose from.

use chrono::NaiveDate;

use super::select::Asked;
use crate::records::{Column, Sheet};

/// A key of a front matter, as the guide tells it: its name, where it is needed, what it says.
pub(super) type Key = (&'static str, &'static str, &'static str);

/// The keys of a front matter.
pub(super) const KEYS: [Key; 14] = [
    (
        "genre",
        "toujours",
        "le nom du document sur la ligne de commande et dans `out/` : celui du dossier du gabarit, en minuscules sans accent",
    ),
    ("libelle", "", "ce qu’est le document, en quelques mots"),
    ("pour", "", "la feuille dont chaque ligne donne un document ; sans elle, le gabarit n’en donne qu’un"),
    ("quand", "", "ce que la ligne de `pour` doit dire"),
    ("chaque", "", "la feuille dont chaque ligne donne un fichier du document"),
    ("quand_chaque", "", "ce que la ligne de `chaque` doit dire"),
    ("id", "sans `pour`", "le nom du document ; sans cette clé, ce qui nomme la ligne de `pour`"),
    ("date", "sans `pour` ; avec lui, sauf pour `html` et `txt` seuls", "la date que portent les fichiers"),
    ("fige", "", "une date : quand elle est remplie, le document est parti, et ses fichiers ne changent plus"),
    ("lecteurs", "toujours", "qui lit : `public`, `partenaires`, `partenaire` ou `interne`"),
    ("famille", "toujours", "la mise en page"),
    ("formats", "", "les fichiers à faire ; `pdf` si rien n’est dit"),
    ("fichier", "", "le nom des fichiers ; sans cette clé, celui du gabarit et ce qui nomme la ligne de `chaque`"),
    ("dans", "", "`\"annexes\"` : les fichiers s’ajoutent au dossier de la délibération pour laquelle ils sont faits"),
];

/// The names of the keys.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|(name, ..)| *name)
}

/// A format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Pages.
    Pdf,
    /// A text to work on.
    Word,
    /// The tables of the text, to calculate with.
    Workbook,
    /// For the screen.
    Html,
    /// Plain text.
    Text,
    /// A message.
    Mail,
    /// An entry of a calendar.
    Calendar,
}

impl Format {
    /// Every format, by the ending of its files.
    pub(super) const ALL: [(&'static str, Self); 7] = [
        ("pdf", Self::Pdf),
        ("docx", Self::Word),
        ("xlsx", Self::Workbook),
        ("html", Self::Html),
        ("txt", Self::Text),
        ("eml", Self::Mail),
        ("ics", Self::Calendar),
    ];

    /// The ending of its files.
    pub(super) fn ending(self) -> &'static str {
        Self::ALL.iter().find(|(_, format)| *format == self).map_or("", |(ending, _)| ending)
    }
}

/// Who reads what a template makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Anybody.
    Public,
    /// All partners.
    Partners,
    /// The partner that the file is for.
    Partner,
    /// The operator.
    Operator,
}

/// A day that a front matter names.
#[derive(Clone)]
pub(super) enum DaySource {
    /// What a row of a sheet says, or the row that a column of it leads to.
    Of(&'static Sheet, Option<&'static Column>, Asked),
    /// A day as such.
    Fixed(NaiveDate),
    /// The day of the sheets.
    Situation,
}
