//! Sheet Articles: what letters are made of, beside calls and agenda.

use crate::model::Letter;
use crate::model::choice::choices;
use crate::model::rows::{Flag, Image, Integer, Markdown, Ref, Sight, Text, Url, sheet};

choices! {
    /// The rubrics that articles are written for; calls and agenda come from their own sheets.
    Rubric {
        /// National news.
        National = "Actualité nationale",
        /// Local news.
        Local = "Actualités locales",
        /// Neighbouring territories.
        Neighbours = "Territoires voisins",
        /// One scheme explained.
        Toolbox = "Boîte à outils",
    }
}

choices! {
    /// Which part of a picture is kept where it is cut.
    Framing {
        /// The middle.
        Middle = "centre",
        /// The top.
        Top = "haut",
        /// The bottom.
        Bottom = "bas",
    }
}

sheet! {
    /// An article of a letter.
    Article = "Articles", article, articles, named by "Titre", seen by Sight::PUBLIC,
    "Les articles des lettres : un par ligne. Le calendrier des appels et l’agenda viennent de leurs propres feuilles.",
    {}
    {
        /// The letter.
        letter LETTER: Ref<Letter> = "Lettre" { about: "Le numéro de la lettre.", example: "1" };
        /// The rubric.
        rubric RUBRIC: Rubric = "Rubrique" { example: "Actualités locales" };
        /// Its place in the rubric; articles without one come last, in the order of the sheet.
        order ORDER: Option<Integer<0, 999>> = "Ordre" { about: "La place dans la rubrique.", example: "1" };
        /// Whether it leads the letter.
        lead LEAD: Flag = "À la une" { about: "Oui pour l’article principal de la lettre.", example: "oui" };
        /// The title.
        title TITLE: Text = "Titre" { example: "Un atelier ouvre ses portes" };
        /// The standfirst.
        standfirst STANDFIRST: Option<Text> = "Chapô" { about: "Une ou deux phrases qui résument.", example: "Trois jours de visites." };
        /// The text, in Markdown.
        text TEXT: Markdown = "Texte" {
            about: "En Markdown. Un article de la boîte à outils peut commencer par des lignes « Pour qui : », « Quoi : », « Combien : », « Jusqu’à : », « Où : ».",
            example: "Le texte de l’article."
        };
        /// Where the news comes from.
        source SOURCE: Option<Text> = "Source" { example: "Ateliers de l’Exemple" };
        /// Where to read more.
        link LINK: Option<Url> = "Lien" { example: "https://example.org/atelier" };
        /// A picture's path below the inputs.
        image IMAGE: Option<Image> = "Image" { about: "Un fichier du dossier images/ : SVG, PNG ou JPEG." };
        /// Which part of it is kept where it is cut.
        framing FRAMING: Option<Framing> = "Cadrage" { about: "Ce qui reste de l’image quand elle est coupée." };
        /// What the picture shows.
        alternative ALTERNATIVE: Option<Text> = "Texte de remplacement" {
            about: "Ce que l’image montre, pour qui ne la voit pas ; nécessaire avec une image."
        };
        /// Who made the picture.
        credit CREDIT: Option<Text> = "Crédit" { about: "L’auteur de l’image." };
    }
}
