//! What a letter says, as data for its templates: pages, HTML and text all read this one view.

use serde_json::{Value, json};

use super::{announced, next_issue};
use crate::documents::Printer;
use crate::documents::printer::{day, markdown, prose};
use crate::model::indicators::{Indicator, Window};
use crate::model::{Article, Call, Choice, Event, EventKind, Letter, Model, Partner, Rubric};
use crate::wording;

/// The keys of the card that a toolbox article may open with, in the order in which the card shows them.
const CARD: [&str; 5] = ["Pour qui", "Quoi", "Combien", "Jusqu’à", "Où"];

/// The data of a letter's templates.
pub(super) fn view(model: &Model, letter: &Letter, printer: &mut Printer) -> Value {
    let territory = &model.territory;
    let next = next_issue(model, letter);
    let month = wording::month(letter.issued);
    let calls = open_calls(model, letter);
    let events = announced(model, letter);
    let lead = lead(model, letter);
    json!({
        "titre": format!("La lettre d’information n°\u{a0}{} – {month}", letter.number),
        "sujet": format!("Programme Territoires d’industrie {}", territory.name),
        "auteur": wording::prose(&territory.letter.sender_name),
        "mots_cles": ["Territoires d’industrie", territory.name, "lettre d’information", "industrie"],
        "objet": subject(model, letter),
        // Set by the maker of the e-mail when the whole text would be too heavy for mail programs.
        "abrege": false,
        "territoire": { "nom": territory.name, "programme": "Territoires d’industrie" },
        "charte": {
            "couleur": territory.brand.colour,
            "accent": territory.brand.accent,
            "logo": territory.brand.logo.as_ref().map(|logo| picture_path(logo)),
            "logo_courriel": territory.brand.logo.as_ref().map(|logo| mail_name(logo)),
        },
        "numero": letter.number,
        "intitule": format!("N°\u{a0}{} – {month}", letter.number),
        "mois": month,
        "parution": day(letter.issued),
        "prochain": { "mois": wording::month(next), "numero": letter.number + 1 },
        "periode": wording::date_span(letter.issued, next.pred_opt().unwrap_or(next)),
        "sommaire": contents(model, letter, calls.len(), events.iter().filter(|event| !event.cancelled).count()),
        "editorial": letter.editorial.as_ref().map(|text| json!({ "texte": markdown(text), "signataire": prose(letter.signatory.as_deref()) })),
        "une": lead.map(article_view),
        "rubriques": rubrics(model, letter, lead),
        "chiffres": figures(model, letter, printer),
        "appels": calls.iter().map(|call| call_view(call, letter)).collect::<Vec<_>>(),
        "agenda": events.iter().map(|event| event_view(event, model)).collect::<Vec<_>>(),
        "partenaires": partners(model, letter),
        "ours": {
            "editeur": operator_name(model),
            "expediteur": territory.letter.sender,
            "nom_expediteur": wording::prose(&territory.letter.sender_name),
            "desinscription": territory.letter.unsubscribe,
            "lien_desinscription": unsubscribe_link(&territory.letter.unsubscribe),
            "mentions": wording::prose(&territory.letter.legal_notice),
            "par_an": territory.letter.per_year,
            "par_an_lettres": wording::cardinal(u64::from(territory.letter.per_year), false),
        },
    })
}

/// The message's subject: the sheet's, else what the letter is.
pub(super) fn subject(model: &Model, letter: &Letter) -> String {
    letter.subject.as_deref().map_or_else(
        || {
            format!(
                "Territoires d’industrie {} : lettre n°\u{a0}{} – {}",
                model.territory.name,
                letter.number,
                wording::month(letter.issued)
            )
        },
        wording::prose,
    )
}

/// The pictures that the e-mail shows: the file's name in the document's folder, the source, the width in pixels.
pub(super) fn pictures(model: &Model, letter: &Letter) -> Vec<(String, String, u32)> {
    let articles = model
        .articles
        .iter()
        .filter(|article| article.letter == letter.number)
        .filter_map(|article| article.image.as_ref());
    let mut pictures: Vec<(String, String, u32)> =
        model.territory.brand.logo.iter().map(|logo| (mail_name(logo), logo.clone(), 320)).collect();
    pictures.extend(articles.map(|image| (mail_name(image), image.clone(), 1_120)));
    pictures.sort();
    pictures.dedup();
    pictures
}

/// The name of a picture in the e-mail's folder: JPEG stays JPEG, anything else becomes PNG; unique by its whole path.
fn mail_name(path: &str) -> String {
    let flat: String = path
        .trim_start_matches("images/")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' })
        .collect();
    let ending =
        if flat.to_lowercase().ends_with("jpg") || flat.to_lowercase().ends_with("jpeg") { "jpg" } else { "png" };
    format!("images/{flat}.{ending}")
}

/// A picture's path as pages read it.
fn picture_path(path: &str) -> String {
    format!("/inputs/{path}")
}

fn operator_name(model: &Model) -> Value {
    model.partner(&model.territory.operator).map_or(Value::Null, |partner| wording::prose(&partner.usual_name).into())
}

fn unsubscribe_link(target: &str) -> String {
    if target.contains('@') {
        format!("mailto:{target}?subject=D%C3%A9sinscription%20de%20la%20lettre")
    } else {
        target.to_owned()
    }
}

/// The EPCI in the programme at the issue's date.
fn partners(model: &Model, letter: &Letter) -> Vec<String> {
    let is_epci = |partner: &&Partner| partner.kind.is_epci() && partner.is_member(letter.issued);
    model.partners.iter().filter(is_epci).map(|partner| wording::prose(&partner.usual_name)).collect()
}

/// The article that leads: the one marked so, else the first of the local news, else the first of all.
fn lead<'a>(model: &'a Model, letter: &Letter) -> Option<&'a Article> {
    let articles = ordered(model, letter);
    let marked = articles.iter().find(|article| article.lead);
    marked
        .or_else(|| articles.iter().find(|article| article.rubric == Rubric::Local))
        .or_else(|| articles.first())
        .copied()
}

/// The letter's articles by rubric, then by their order, then as the sheet has them.
fn ordered<'a>(model: &'a Model, letter: &Letter) -> Vec<&'a Article> {
    let mut articles: Vec<&Article> = model.articles.iter().filter(|article| article.letter == letter.number).collect();
    articles.sort_by_key(|article| (article.rubric, article.order.unwrap_or(i64::MAX)));
    articles
}

/// « Dans ce numéro »: the lead, the first scheme explained, and how much is in the two calendars.
fn contents(model: &Model, letter: &Letter, calls: usize, events: usize) -> Vec<String> {
    let lead = lead(model, letter);
    let other = |rubric: Rubric| {
        ordered(model, letter)
            .into_iter()
            .find(|article| article.rubric == rubric && lead.is_none_or(|lead| !std::ptr::eq(lead, *article)))
    };
    let second = other(Rubric::Toolbox)
        .or_else(|| other(Rubric::National))
        .or_else(|| other(Rubric::Neighbours))
        .or_else(|| other(Rubric::Local));
    let mut lines: Vec<String> = lead.into_iter().chain(second).map(|article| wording::prose(&article.title)).collect();
    let count = |count: usize, singular: &str, plural: &str| {
        wording::counted(i64::try_from(count).unwrap_or(i64::MAX), singular, plural)
    };
    let calendars: Vec<String> = [(calls, "appel ouvert", "appels ouverts"), (events, "rendez-vous", "rendez-vous")]
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, singular, plural)| count(number, singular, plural))
        .collect();
    if !calendars.is_empty() {
        lines.push(wording::capitalized(&wording::enumeration(&calendars)));
    }
    lines
}

/// Key figures of the territory at the issue's date, with their cells; those that are zero are left out.
fn figures(model: &Model, letter: &Letter, printer: &mut Printer) -> Vec<Value> {
    let figure = |id: &str| {
        Indicator::of(id)
            .map(|indicator| indicator.figure(model, Window::UpTo(letter.issued)))
            .filter(|figure| figure.amount() > 0)
    };
    let mut shown = Vec::new();
    if let Some(laureates) = figure("dossiers.laureats") {
        let noun = wording::plural(
            laureates.amount(),
            "projet lauréat des plans de relance",
            "projets lauréats des plans de relance",
        );
        shown.push(json!({ "valeur": printer.count(&laureates), "libelle": noun }));
    }
    if let Some(obtained) = figure("aides.obtenues") {
        let label = match figure("aides.investissement") {
            Some(investment) => format!("d’aides pour {} d’investissement", printer.compact_euros(&investment)),
            None => "d’aides".to_owned(),
        };
        shown.push(json!({ "valeur": printer.compact_euros(&obtained), "libelle": label }));
    }
    if let Some(accompanied) = figure("entreprises.accompagnees") {
        let noun = wording::plural(accompanied.amount(), "entreprise accompagnée", "entreprises accompagnées");
        let label = format!("{noun} par le programme depuis {}", wording::month(model.territory.since));
        shown.push(json!({ "valeur": printer.count(&accompanied), "libelle": label }));
    }
    shown
}

/// The written rubrics that have articles besides the lead.
fn rubrics(model: &Model, letter: &Letter, lead: Option<&Article>) -> Vec<Value> {
    let articles = ordered(model, letter);
    Rubric::ALL
        .iter()
        .filter_map(|rubric| {
            let of_rubric: Vec<Value> = articles
                .iter()
                .filter(|article| article.rubric == *rubric && lead.is_none_or(|lead| !std::ptr::eq(lead, **article)))
                .map(|article| article_view(article))
                .collect();
            (!of_rubric.is_empty()).then(|| json!({ "nom": rubric.label(), "articles": of_rubric }))
        })
        .collect()
}

fn article_view(article: &Article) -> Value {
    let (card, text) =
        if article.rubric == Rubric::Toolbox { split_card(&article.text) } else { (Vec::new(), article.text.clone()) };
    json!({
        "rubrique": article.rubric.label(),
        "titre": wording::prose(&article.title),
        "chapo": prose(article.standfirst.as_deref()),
        "texte": markdown(&text),
        "fiche": card.iter().map(|(key, value)| json!({ "cle": key, "valeur": markdown(value) })).collect::<Vec<_>>(),
        "source": prose(article.source.as_deref()),
        "lien": article.link,
        "image": article.image.as_ref().map(|image| json!({
            "chemin": picture_path(image),
            "courriel": mail_name(image),
            "alternative": prose(article.alternative.as_deref()),
            "credit": prose(article.credit.as_deref()),
        })),
    })
}

/// Takes the lines « Pour qui : », « Quoi : », … out of a toolbox article: the card, and the text that is left.
fn split_card(text: &str) -> (Vec<(&'static str, String)>, String) {
    let mut card: Vec<(&'static str, String)> = Vec::new();
    let mut rest = Vec::new();
    for line in text.lines() {
        let entry = line.split_once(':').and_then(|(key, value)| {
            let key = crate::diagnostics::fold(
                key.trim_start_matches(['-', '*', ' ']).trim_end_matches(['*', ' ', '\u{a0}']),
            );
            let known = CARD.iter().find(|known| crate::diagnostics::fold(known) == key)?;
            Some((*known, value.trim_matches(|c: char| c.is_whitespace() || c == '*').to_owned()))
        });
        match entry {
            Some((key, value)) if !value.is_empty() && !card.iter().any(|(known, _)| *known == key) => {
                card.push((key, value));
            }
            _ => rest.push(line),
        }
    }
    card.sort_by_key(|(key, _)| CARD.iter().position(|known| known == key));
    (card, rest.join("\n").trim().to_owned())
}

/// The calls that are open at the issue's date, by the next day that matters; those without an end come last.
fn open_calls<'a>(model: &'a Model, letter: &Letter) -> Vec<&'a Call> {
    let mut calls: Vec<&Call> = model.calls.iter().filter(|call| call.is_open(letter.issued)).collect();
    calls.sort_by_key(|call| (call.closing.is_none(), call.closing, call.title.clone()));
    calls
}

fn call_view(call: &Call, letter: &Letter) -> Value {
    let next = call
        .collections
        .iter()
        .copied()
        .filter(|collection| *collection >= letter.issued && Some(*collection) != call.closing)
        .min();
    json!({
        "intitule": wording::prose(&call.title),
        "operateur": wording::prose(&call.operator),
        "nature": call.nature.map(Choice::label),
        "nature_longue": call.nature.map(|nature| match nature.label() {
            "AAP" => "Appel à projets",
            "AMI" => "Appel à manifestation d’intérêt",
            _ => "Guichet",
        }),
        "dispositif": prose(call.scheme.as_deref()),
        "theme": wording::prose(&call.theme),
        "cloture": call.closing.map(day),
        "releve": next.map(day),
        "verifie": call.verified.map(day),
        "lien": call.link,
    })
}

fn event_view(event: &Event, model: &Model) -> Value {
    let partner = event.partner.as_deref().and_then(|code| model.partner(code));
    let several_days = event.last_day() != event.date;
    let kind = (event.kind != EventKind::Other).then(|| event.kind.label().to_owned());
    let place = event.place.as_deref().or(partner.map(|partner| partner.usual_name.as_str())).map(wording::prose);
    let details: Vec<String> = kind.into_iter().chain(place).collect();
    json!({
        "date": day(event.date),
        "fin": several_days.then(|| day(event.last_day())),
        "quand": if several_days { Some(wording::date_span(event.date, event.last_day())) } else { None },
        "horaire": event.time.map_or_else(
            || (!several_days).then(|| "toute la journée".to_owned()),
            |time| Some(wording::hour_span(time, event.end_time)),
        ),
        "intitule": wording::prose(&event.title),
        "details": details,
        "annule": event.cancelled,
        "inscription": event.registration,
        "lien": event.link,
    })
}

#[cfg(test)]
mod tests {
    use super::split_card;

    #[test]
    fn a_toolbox_article_gives_its_card_in_order() {
        let (card, text) =
            split_card("Quoi : trois jours\n**Pour qui** : les PME\n\nUn paragraphe : avec deux-points.\nOù: ici");
        assert_eq!(
            card,
            [("Pour qui", "les PME".to_owned()), ("Quoi", "trois jours".to_owned()), ("Où", "ici".to_owned())]
        );
        assert_eq!(text, "Un paragraphe : avec deux-points.");
    }
}
