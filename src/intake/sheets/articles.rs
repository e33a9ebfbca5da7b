//! Sheet Articles.

use crate::model::{Article, Choice, Rubric};
use crate::schema::{Column, Kind, Sheet};
use crate::spreadsheets::Table;

pub(in crate::intake) const LETTER: Column =
    Column::required("Lettre", Kind::Integer(1, 9_999)).about("Le numéro de la lettre.").example("1");
const RUBRIC: Column = Column::required("Rubrique", Kind::Choice(Rubric::LABELS)).example("Actualités locales");
const ORDER: Column = Column::optional("Ordre", Kind::Integer(0, 999)).about("La place dans la rubrique.").example("1");
pub(in crate::intake) const LEAD: Column =
    Column::optional("À la une", Kind::YesNo).about("Oui pour l’article principal de la lettre.").example("oui");
pub(in crate::intake) const TITLE: Column =
    Column::required("Titre", Kind::Text).example("Un atelier ouvre ses portes");
pub(in crate::intake) const STANDFIRST: Column =
    Column::optional("Chapô", Kind::Text).about("Une ou deux phrases qui résument.").example("Trois jours de visites.");
pub(in crate::intake) const TEXT: Column = Column::required("Texte", Kind::Markdown)
    .about(
        "En Markdown. Un article de la boîte à outils peut commencer par des lignes « Pour qui : », « Quoi : », « Combien : », \
         « Jusqu’à : », « Où : ».",
    )
    .example("Le texte de l’article.");
pub(in crate::intake) const SOURCE: Column = Column::optional("Source", Kind::Text).example("Ateliers de l’Exemple");
const LINK: Column = Column::optional("Lien", Kind::Link).example("https://example.org/atelier");
pub(in crate::intake) const IMAGE: Column =
    Column::optional("Image", Kind::Image).about("Un fichier du dossier images/ : SVG, PNG ou JPEG.");
pub(in crate::intake) const ALTERNATIVE: Column = Column::optional("Texte de remplacement", Kind::Text)
    .about("Ce que l’image montre, pour qui ne la voit pas ; nécessaire avec une image.");
const CREDIT: Column = Column::optional("Crédit", Kind::Text).about("L’auteur de l’image.");

/// One article a row.
pub(in crate::intake) static SHEET: Sheet = Sheet {
    name: "Articles",
    about: "Les articles des lettres : un par ligne. Le calendrier des appels et l’agenda viennent de leurs propres feuilles.",
    columns: &[LETTER, RUBRIC, ORDER, LEAD, TITLE, STANDFIRST, TEXT, SOURCE, LINK, IMAGE, ALTERNATIVE, CREDIT],
};

pub(super) fn read(table: &Table) -> Vec<Article> {
    table
        .rows()
        .map(|row| Article {
            letter: row.integer(&LETTER).and_then(|number| u32::try_from(number).ok()).unwrap_or(0),
            rubric: row.choice(&RUBRIC).map_or(Rubric::Local, |index| Rubric::ALL[index]),
            order: row.integer(&ORDER),
            lead: row.yes(&LEAD),
            title: row.text(&TITLE),
            standfirst: row.optional_text(&STANDFIRST),
            text: row.text(&TEXT),
            source: row.optional_text(&SOURCE),
            link: row.optional_text(&LINK),
            image: row.optional_text(&IMAGE),
            alternative: row.optional_text(&ALTERNATIVE),
            credit: row.optional_text(&CREDIT),
            origin: row.origin(),
        })
        .collect()
}
