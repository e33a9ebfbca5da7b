//! Sheet Lettres: the calendar of the newsletter.

use crate::model::rows::{Day, Integer, Markdown, Sight, Text, sheet};

sheet! {
    /// A letter of the calendar.
    Letter = "Lettres", lettre, lettres, named by "Numéro", seen by Sight::PUBLIC,
    "Le calendrier des lettres d’information : une lettre par ligne.",
    { key: &[Self::NUMBER] }
    {
        /// Its number, unique.
        number NUMBER: Integer<1, 9_999> = "Numéro" { example: "1" };
        /// The day it comes out.
        issued ISSUED: Day = "Parution" { about: "Le jour de parution.", example: "15/01/2021" };
        /// The message's subject.
        subject SUBJECT: Option<Text> = "Objet" { about: "L’objet du message.", example: "La lettre nº 1" };
        /// The editorial, in Markdown.
        editorial EDITORIAL: Option<Markdown> = "Éditorial" {
            about: "Quelques paragraphes, en Markdown : une ligne vide entre deux paragraphes, **gras**, *italique*, [lien](https://…).",
            example: "Le mot de la rédaction."
        };
        /// Who signs it.
        signatory SIGNATORY: Option<Text> = "Signataire" { example: "Camille Exemple", person: true };
        /// The day it was sent: it is frozen from then on.
        sent SENT: Option<Day> = "Envoyée le" { about: "Le jour de l’envoi : les fichiers de la lettre ne changent plus." };
    }
}
