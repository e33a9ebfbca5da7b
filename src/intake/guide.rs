//! `LISEZMOI.md`: every sheet and column, its type, its allowed values, an example. It comes from the same declarations
//! as the reader and the blank workbooks.

use std::fmt::Write as _;

use super::WORKBOOKS;
use crate::model::{Record, Table, Tables, Visitor};
use crate::records::{Column, Kind, Label, Sheet};

const OPENING: &str = "\
# Les données de liasse

Ce dossier contient trois classeurs, un fichier de réglages (`territoire.toml`), les images de la lettre (`images/`) \
et, au besoin, les PDF à joindre tels quels aux actes (`annexes/`). \
Les classeurs se remplissent dans Excel (`.xlsx`) ou dans LibreOffice (`.ods`)\u{a0}; `liasse check` les vérifie et montre \
chaque erreur à sa cellule, `MESSAGES.md` explique chaque message.

## Comment remplir

- La première ligne porte les intitulés, la deuxième le premier enregistrement. L’ordre des colonnes est libre ; les \
majuscules, les accents et les espaces des intitulés ne comptent pas. Une colonne facultative peut manquer ; une colonne \
inconnue n’est pas lue.
- Un **montant** est un nombre, ou un texte comme `10 833,33 €`. Une **date** est une vraie date, `06/07/2022` ou \
`6 juillet 2022` ; un **mois**, `2022-06` ou `juin 2022` ; une **heure**, `18:00`, `18 h` ou `18h30`.
- **Oui ou non** s’écrit oui, non, x ou VRAI ; une case vide vaut non.
- Un texte long accepte le Markdown : un paragraphe par ligne vide, `**gras**`, `*italique*`, `[lien](https://…)`, listes \
avec un tiret. Dans Excel, Alt + Entrée passe à la ligne.
- Pas de cellule fusionnée, pas de ligne vide au milieu du tableau, pas de second tableau au-dessous.
- Les textes propres au territoire sont dans `textes/` : convention, exposé, feuille de route, note, demande de versement, en \
Markdown. Un texte qui s’y trouve l’emporte sur celui du programme ; effacé, celui du programme revient. \
`textes/annexes/territoire.md.j2` est ce que la feuille de route dit du territoire ; `textes/annexes/convention-2022.md.j2` \
est le texte de la version 2022 de la convention, et `convention.md.j2` celui des versions qui n’en ont pas.
- La ligne d’exemple d’un classeur neuf n’est pas lue tant que rien n’y est changé.

## La carte (facultative)

Un fichier `carte.geojson` donne les contours des partenaires\u{a0}: chaque contour porte une propriété `code` (le code ou le \
SIREN du partenaire), chaque commune à placer est un point avec une propriété `commune`, et la propriété `source` de la \
collection est imprimée sous la carte. C’est le format de geo.api.gouv.fr et de l’IGN. Sans ce fichier, la carte est faite de \
carreaux, placés par la colonne Case de la feuille Partenaires, sinon en rangs.
";

/// The guide to the three workbooks, in Markdown.
#[must_use]
pub fn guide() -> String {
    let mut page = OPENING.to_owned();
    for workbook in WORKBOOKS {
        let _ = write!(page, "\n## {}.xlsx\n\n{}\n", workbook.stem, workbook.about);
        for sheet in workbook.sheets {
            add_sheet(&mut page, sheet);
        }
    }
    page.push_str(READERS);
    Tables::default().visit(None, &mut ReadersOf(&mut page));
    page
}

const READERS: &str = "
## Qui lit quoi

Un document est fait pour des lecteurs, et ne contient que les lignes qu’ils peuvent lire. L’opérateur lit tout.

| Feuille | N’importe qui | Tous les partenaires | Un partenaire, en plus | Colonnes réservées à ce partenaire |
|---|---|---|---|---|
";

/// Writes who may read the rows of a sheet, from the rule that the documents follow.
struct ReadersOf<'p>(&'p mut String);

impl Visitor for ReadersOf<'_> {
    fn visit<T: Record>(&mut self, _: &Table<T>) {
        let own = if T::SIGHT.owner.is_some() { "les siennes" } else { "" };
        let reserved = T::SHEET.columns.iter().filter(|column| column.reserved).map(|column| column.heading);
        let reserved: Vec<&str> = reserved.collect();
        let (public, partners) = (T::SIGHT.public.0, T::SIGHT.partners.0);
        let _ = writeln!(self.0, "| {} | {public} | {partners} | {own} | {} |", T::NAME, reserved.join(", "));
    }
}

fn add_sheet(page: &mut String, sheet: &Sheet) {
    let _ = write!(page, "\n### {}\n\n{}\n\n", sheet.name, sheet.about);
    page.push_str("| Colonne | Type | Ce qu’il faut y écrire | Exemple |\n|---|---|---|---|\n");
    for column in sheet.columns {
        let required = if column.required { "" } else { " *(facultatif)*" };
        let _ = writeln!(
            page,
            "| **{}**{required} | {} | {} | {} |",
            column.heading,
            column.kind.name(),
            cell(&explained(column)),
            cell(column.example)
        );
    }
}

/// What to write into a column: its own words, and the values that its type allows.
#[must_use]
pub fn explained(column: &Column) -> String {
    let values = match column.kind {
        Kind::Choice(values) => format!("{}.", Label::list(values)),
        Kind::Choices(values) => format!("Parmi : {}.", Label::list(values)),
        Kind::Enclosures(values) => {
            format!("Parmi : {}, ou le nom d’un fichier PDF du dossier `annexes/`.", Label::list(values))
        }
        Kind::Reference(sheet, heading) | Kind::References(sheet, heading) => {
            format!("« {heading} » d’une ligne de la feuille {sheet}.")
        }
        Kind::Theme => "Un thème de `territoire.toml`.".to_owned(),
        Kind::Integer(low, high) if high < 100_000 => format!("De {low} à {high}."),
        Kind::Image => "Un chemin comme `images/atelier.jpg`.".to_owned(),
        _ => String::new(),
    };
    [column.about, &values].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text inside a table of Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', "<br>")
}
