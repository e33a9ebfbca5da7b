//! Families: the look of a text, and the parts that it knows. The page stands in `templates/familles/`.

use crate::content::Family as Look;
use crate::records::Sheet;

/// A family of documents.
#[derive(Debug)]
pub(super) struct Family {
    /// Its name in a front matter.
    pub(super) name: &'static str,
    /// What it is for, in the guide's words.
    pub(super) about: &'static str,
    /// The page.
    pub(super) page: &'static str,
    /// Its look where it is not a page.
    pub(super) look: Look,
    /// The parts that it knows.
    pub(super) parts: &'static [Part],
}

/// A part that a family knows by its name.
#[derive(Debug)]
pub(super) struct Part {
    /// Its name behind `:::`.
    pub(super) name: &'static str,
    /// Whom it is about when nothing stands behind its name: a name of the template.
    pub(super) whose: Option<&'static str>,
    /// What it is, in the guide's words.
    pub(super) about: &'static str,
}

const fn part(name: &'static str, whose: Option<&'static str>, about: &'static str) -> Part {
    Part { name, whose, about }
}

const BOX: Part = part("encadre", None, "un encadré");
const SIGNATURE: Part = part("signature", Some("operateur"), "la qualité et le nom de qui signe");
const SLIP: Part = part(
    "coupon",
    Some("operateur"),
    "un coupon à découper et à renvoyer, sous un trait d’un bord à l’autre de la page ; vide, il demande nom, présence et signature",
);
const LEAD: Part = part("chapeau", None, "quelques lignes qui disent l’essentiel");

/// Every family.
pub(super) static FAMILIES: &[Family] = &[
    Family {
        name: "acte",
        about: "un acte : titre, visas, décisions numérotées, signature",
        page: "familles/acte.typ",
        look: Look::Act,
        parts: &[
            part("visas", None, "les textes sur lesquels il se fonde"),
            part("expose", None, "ce qui l’amène"),
            part("decisions", None, "ce qu’il décide : une liste numérotée"),
            SIGNATURE,
            BOX,
        ],
    },
    Family {
        name: "lettre",
        about: "une lettre, avec la place d’une enveloppe à fenêtre",
        page: "familles/lettre.typ",
        look: Look::Letter,
        parts: &[
            part("expediteur", Some("operateur"), "le nom et l’adresse de qui écrit"),
            part("destinataire", Some("lecteur"), "le nom et l’adresse de qui reçoit"),
            part("objet", None, "l’objet et les références"),
            SIGNATURE,
            BOX,
            part("pieces", None, "les pièces jointes"),
            SLIP,
        ],
    },
    Family {
        name: "note",
        about: "une note : titre, chapeau, texte",
        page: "familles/note.typ",
        look: Look::Note,
        parts: &[LEAD, BOX, SIGNATURE, SLIP],
    },
    Family {
        name: "liste",
        about: "un tableau ou une liste à remplir, à émarger, à afficher",
        page: "familles/liste.typ",
        look: Look::List,
        parts: &[LEAD, part("emargement", None, "un tableau dont la dernière colonne se signe"), BOX, SIGNATURE],
    },
];

impl Family {
    /// The part with this name.
    pub(super) fn part(&self, name: &str) -> Option<&'static Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}

impl Part {
    /// The template that fills it from a row where a text leaves it empty: partners have the plain one.
    pub(super) fn template(&self, sheet: &Sheet) -> String {
        match sheet.name {
            "Partenaires" => format!("familles/parties/{}.md.j2", self.name),
            _ => format!("familles/parties/{}-{}.md.j2", self.name, sheet.row_name),
        }
    }
}

/// The family with this name.
pub(super) fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name)
}
