//! What the views of all kinds have in common: the frame of a page, days, names of files.

use chrono::{Datelike as _, NaiveDate};

use crate::figures::{Cells, Figure, Quantity, SECRET};
use crate::model::{At, FEWEST, LARGEST, Partner, Territory};
use crate::views::{Leaf, View, view};
use crate::wording;
use crate::worksheets;

view! {
    /// What every page knows: the properties of its file, the brand, the territory.
    pub(super) struct Frame {
        titre: String,
        sujet: String,
        auteur: String,
        mots_cles: Vec<String>,
        couleur: String,
        accent: String,
        programme: String,
        territoire: String,
        /// What is said once of figures that are withheld.
        sur_le_secret: String,
    }

    /// A partner's logo, as pages find it, and what it shows.
    pub(super) struct Emblem {
        chemin: String,
        remplacement: String,
    }

    /// A day, with what pages need of it.
    pub(super) struct DayView {
        jour: String,
        mois_court: &'static str,
        texte: String,
        longue: String,
    }
}

impl Frame {
    /// The frame of a page with this title.
    pub(super) fn new(territory: &Territory, title: impl Into<String>) -> Self {
        Self {
            titre: title.into(),
            sujet: format!("Programme {} {}", territory.programme, territory.name),
            auteur: wording::prose(&territory.letter.sender_name),
            mots_cles: vec![territory.programme.clone(), territory.name.clone()],
            couleur: territory.brand.colour.clone(),
            accent: territory.brand.accent.clone(),
            programme: territory.programme.clone(),
            territoire: territory.name.clone(),
            sur_le_secret: on_secrets(),
        }
    }

    /// The same, of another subject.
    pub(super) fn about(self, subject: impl Into<String>) -> Self {
        Self { sujet: subject.into(), ..self }
    }

    /// The same, by another author.
    pub(super) fn by(self, author: impl Into<String>) -> Self {
        Self { auteur: author.into(), ..self }
    }

    /// The same, found by one more word.
    pub(super) fn found_by(mut self, word: &str) -> Self {
        self.mots_cles.insert(0, word.to_owned());
        self
    }
}

impl From<NaiveDate> for DayView {
    fn from(date: NaiveDate) -> Self {
        Self {
            jour: date.day().to_string(),
            mois_court: wording::month_short(date),
            texte: wording::date(date),
            longue: wording::date_with_weekday(date),
        }
    }
}

/// On how many enterprises a figure rests at least.
pub(super) fn fewest() -> Figure {
    count("secret.entreprises", "entreprises sous un chiffre publié, au moins", FEWEST, Cells::default())
}

/// How much of a figure one enterprise may make, in percent.
pub(super) fn largest() -> Figure {
    let percent = usize::try_from(LARGEST).unwrap_or_default();
    count(
        "secret.part",
        "part d’une entreprise dans un chiffre publié, au plus, en pour cent",
        percent,
        Cells::default(),
    )
}

/// What is said once of figures that are printed as « secret »: by which rule.
fn on_secrets() -> String {
    let fewest = fewest().in_words(true);
    let fewest = fewest.text();
    format!(
        "«\u{a0}Secret\u{a0}»\u{a0}: chiffre couvert par le secret statistique (moins de {fewest} entreprises, une seule qui en fait \
         plus de {LARGEST}\u{a0}%, ou ce dont un autre secret se déduirait)."
    )
}

/// Whether something in a view is withheld: its page then says once why.
pub(super) fn has_secrets(view: &impl View) -> bool {
    let mut found = false;
    view.visit(&mut Vec::new(), &mut |_, leaf| {
        found |= matches!(leaf, Leaf::Printed(printed) if printed.figure().is_secret());
    });
    found
}

/// A table, and below it why some of its figures are withheld, where some are.
pub(super) fn explained(table: worksheets::Table) -> Vec<worksheets::Piece> {
    let is_secret = |cell: &worksheets::Cell| matches!(&cell.value, worksheets::Value::Text(text) if text == SECRET);
    let has_secrets = table.rows.iter().flatten().any(is_secret);
    let remark = has_secrets.then(|| worksheets::Piece::Remark(on_secrets()));
    std::iter::once(worksheets::Piece::Table(table)).chain(remark).collect()
}

/// A workbook without sheets, with the properties that all have.
pub(super) fn workbook(territory: &Territory, title: String) -> worksheets::Workbook {
    worksheets::Workbook {
        title,
        author: territory.letter.sender_name.clone(),
        subject: format!("{} {}", territory.programme, territory.name),
        colour: territory.brand.colour.clone(),
        accent: territory.brand.accent.clone(),
        sheets: Vec::new(),
    }
}

/// A picture's path as pages read it.
pub(super) fn picture_path(path: &str) -> String {
    format!("/inputs/{path}")
}

/// A partner's logo, where it has one.
pub(super) fn emblem(partner: At<Partner>) -> Option<Emblem> {
    let remplacement = partner.logo_text().map_or_else(|| format!("Logo {}", partner.name_with_de()), wording::prose);
    partner.logo().map(|path| Emblem { chemin: picture_path(path), remplacement })
}

/// A plain text with French spacing, where there is one.
pub(super) fn prose(text: Option<&str>) -> Option<String> {
    text.map(wording::prose)
}

/// A number of things that stand in no cell of their own: rows, days of the settings.
pub(super) fn count(name: impl Into<String>, label: &str, count: usize, cells: impl Into<Cells>) -> Figure {
    Figure::new(name.into(), label.to_owned(), Quantity::Count(i64::try_from(count).unwrap_or(i64::MAX)), cells)
}
