//! Elision, contracted articles and the gender of the nouns that name bodies: « d’Amiens », « du Havre », « l’assemblée »,
//! « de la communauté d’agglomération de Cambrai ».

use super::fold;

/// Words with a mute h, by their first letters: all others keep their article whole.
const MUTE: [&str; 32] = [
    "habit",
    "hazebrouck",
    "hect",
    "helene",
    "hendaye",
    "henin",
    "henri",
    "henriett",
    "herault",
    "herblay",
    "hericourt",
    "hermine",
    "herouv",
    "herve",
    "hesdin",
    "hilaire",
    "hippolyte",
    "hirson",
    "histoire",
    "homme",
    "honfleur",
    "honore",
    "hopital",
    "hortense",
    "hospice",
    "hotel",
    "hubert",
    "hugues",
    "humbert",
    "hyacinthe",
    "hydr",
    "hyeres",
];

/// Words that open with a vowel and take no elision.
const ASPIRATED: [&str; 4] = ["onz", "oui", "yaourt", "ouistiti"];

/// The nouns that name bodies and assemblies, and whether they are feminine.
const NOUNS: [(&str, bool); 24] = [
    ("agence", true),
    ("agglomeration", true),
    ("assemblee", true),
    ("association", true),
    ("bureau", false),
    ("chambre", true),
    ("collectivite", true),
    ("comite", false),
    ("commission", true),
    ("communaute", true),
    ("commune", true),
    ("conseil", false),
    ("departement", false),
    ("eurometropole", true),
    ("etablissement", false),
    ("etat", false),
    ("institut", false),
    ("metropole", true),
    ("pole", false),
    ("prefecture", true),
    ("region", true),
    ("societe", true),
    ("syndicat", false),
    ("ville", true),
];

/// Whether « de » and « le » lose their vowel before a word.
#[must_use]
pub fn elides(word: &str) -> bool {
    let folded = fold(word);
    let mut letters = folded.chars();
    match letters.next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => !ASPIRATED.iter().any(|start| folded.starts_with(start)),
        // « d’Yvetot », « de Yannick ».
        Some('y') => letters.next().is_some_and(|next| !"aeiou".contains(next)),
        Some('h') => MUTE.iter().any(|start| folded.starts_with(start)),
        _ => false,
    }
}

/// « de » before a name: « d’Amiens », « du Havre », « des Herbiers », « de La Réunion ».
#[must_use]
pub fn de(name: &str) -> String {
    contracted(name, "du ", "des ")
        .unwrap_or_else(|| if elides(name) { format!("d’{name}") } else { format!("de {name}") })
}

/// « à » before a name: « à Amiens », « au Havre », « aux Herbiers ».
#[must_use]
pub fn at(name: &str) -> String {
    contracted(name, "au ", "aux ").unwrap_or_else(|| format!("à {name}"))
}

/// A name that opens with « Le » or « Les » behind a preposition that swallows it.
fn contracted(name: &str, one: &str, many: &str) -> Option<String> {
    let bare = |article: [&str; 2]| article.iter().find_map(|article| name.strip_prefix(article));
    bare(["Le ", "le "])
        .map(|rest| format!("{one}{rest}"))
        .or_else(|| bare(["Les ", "les "]).map(|rest| format!("{many}{rest}")))
}

/// Whether a noun that names a body or an assembly is feminine; nothing where it is not known.
#[must_use]
pub fn feminine(noun: &str) -> Option<bool> {
    let folded = fold(noun);
    let first = folded.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    NOUNS.iter().find(|(known, _)| *known == first).map(|(_, feminine)| *feminine)
}

/// A noun with its article: « l’assemblée », « le conseil communautaire », « la commission ».
#[must_use]
pub fn the(noun: &str) -> String {
    match feminine(noun) {
        _ if elides(noun) => format!("l’{noun}"),
        Some(true) => format!("la {noun}"),
        _ => format!("le {noun}"),
    }
}

/// A title with its article, as who bears it signs: « le Président », « la Maire », « l’Administratrice ». Where nobody says
/// whether it is a woman, the form of the title does; a title of both genders then stands without an article.
#[must_use]
pub fn titled(title: &str, is_woman: Option<bool>) -> String {
    let title = title.trim();
    let folded = fold(title.split(',').next().unwrap_or_default());
    let last = folded.rsplit(' ').next().unwrap_or_default();
    let of_form = || match last {
        _ if ["presidente", "adjointe", "deleguee", "directrice", "conseillere", "elue"]
            .iter()
            .any(|it| last.ends_with(it)) =>
        {
            Some(true)
        }
        _ if ["president", "adjoint", "delegue", "directeur", "conseiller", "elu"]
            .iter()
            .any(|it| last.ends_with(it)) =>
        {
            Some(false)
        }
        _ => None,
    };
    match is_woman.or_else(of_form) {
        _ if title.is_empty() => String::new(),
        Some(_) if elides(title) => format!("l’{title}"),
        Some(true) => format!("la {title}"),
        Some(false) => format!("le {title}"),
        None => title.to_owned(),
    }
}

/// The full name of a body in a sentence, with its article: « Communauté d’agglomération de Cambrai » is « la communauté
/// d’agglomération de Cambrai ». A name that opens with none of the usual nouns stands alone: « Valenciennes Métropole ».
#[must_use]
pub fn body(official_name: &str) -> String {
    match feminine(official_name) {
        Some(_) if fold(official_name).starts_with("etat") => format!("l’{official_name}"),
        Some(_) => the(&lowered(official_name)),
        None => official_name.to_owned(),
    }
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The names that « Forme avec de » may give to a body: its name behind « de », with or without an article.
#[must_use]
pub fn forms_with_de(usual_name: &str) -> Vec<String> {
    // Nobody hears from its letters whether an h is mute: « d’Hérouvelle », « de Houilles ».
    if fold(usual_name).starts_with('h') {
        let both = [format!("d’{usual_name}"), format!("de {usual_name}"), format!("de l’{usual_name}")];
        let likely = de(usual_name);
        let articles = ["de la ", "du ", "des "].map(|article| format!("{article}{usual_name}"));
        return std::iter::once(likely).chain(both).chain(articles).collect();
    }
    if elides(usual_name) {
        return vec![de(usual_name), format!("de l’{usual_name}"), format!("des {usual_name}")];
    }
    let articles = ["de la ", "du ", "des "].map(|article| format!("{article}{usual_name}"));
    std::iter::once(de(usual_name)).chain(articles).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_the_article_of_who_bears_it() {
        for (title, is_woman, signs) in [
            ("Président", Some(false), "le Président"),
            ("Présidente, maire d’Aval", Some(true), "la Présidente, maire d’Aval"),
            ("Maire", Some(true), "la Maire"),
            ("Maire", None, "Maire"),
            ("1re vice-présidente", None, "la 1re vice-présidente"),
            ("Vice-président délégué", None, "le Vice-président délégué"),
            ("Administratrice", Some(true), "l’Administratrice"),
            ("", Some(true), ""),
        ] {
            assert_eq!(titled(title, is_woman), signs);
        }
    }

    #[test]
    fn articles_follow_the_word() {
        for (name, with_de) in [
            ("Amiens", "d’Amiens"),
            ("Aymeric ROBIN", "d’Aymeric ROBIN"),
            ("Le Havre", "du Havre"),
            ("Les Herbiers", "des Herbiers"),
            ("La Réunion", "de La Réunion"),
            ("l’assemblée", "de l’assemblée"),
            ("le conseil", "du conseil"),
            ("Hénin-Beaumont", "d’Hénin-Beaumont"),
            ("Hazebrouck", "d’Hazebrouck"),
            ("Houilles", "de Houilles"),
            ("Yvetot", "d’Yvetot"),
            ("Yannick", "de Yannick"),
            ("Évreux", "d’Évreux"),
        ] {
            assert_eq!(de(name), with_de);
        }
        assert_eq!([at("Le Mans"), at("Aval"), at("Les Abymes")], ["au Mans", "à Aval", "aux Abymes"]);
        for (noun, with_article) in [
            ("assemblée", "l’assemblée"),
            ("conseil municipal", "le conseil municipal"),
            ("commission permanente", "la commission permanente"),
            ("comité syndical", "le comité syndical"),
            ("bureau", "le bureau"),
        ] {
            assert_eq!(the(noun), with_article);
        }
    }

    #[test]
    fn a_body_is_named_in_full_with_its_article() {
        for (official, full) in [
            ("Communauté d’agglomération de Cambrai", "la communauté d’agglomération de Cambrai"),
            ("Syndicat mixte du Port", "le syndicat mixte du Port"),
            ("Agence de l’eau", "l’agence de l’eau"),
            ("État", "l’État"),
            ("Valenciennes Métropole", "Valenciennes Métropole"),
            ("Établissement public foncier", "l’établissement public foncier"),
        ] {
            assert_eq!(body(official), full);
        }
        assert_eq!(de(&body("Communauté d’agglomération de Cambrai")), "de la communauté d’agglomération de Cambrai");
        assert_eq!(de(&body("Syndicat mixte du Port")), "du syndicat mixte du Port");
        assert_eq!(de(&body("Ille Agglo")), "d’Ille Agglo");
    }
}
