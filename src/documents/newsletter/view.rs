//! What a letter says, as data for its templates: pages, HTML and text all read this one view.

use super::{announced, calendars, faces, next_issue};
use crate::documents::common::{DayView, Frame, count, picture_path, prose};
use crate::figures::{Figure, Phrase, Printed, phrase};
use crate::model::{Article, At, Choice as _, Framing, Indicator, KEY_FIGURES, Letter, Rubric, Scope, Window};
use crate::views::{Markdown, MarkdownLine, view};
use crate::wording::{self, fold};

/// The keys of the card that a toolbox article may open with, in the order in which the card shows them.
const CARD: [&str; 5] = ["Pour qui", "Quoi", "Combien", "Jusqu’à", "Où"];

/// The most words of an editorial that stands beside the lead.
const BESIDE_THE_LEAD: usize = 130;

view! {
    /// A letter.
    pub(super) struct LetterView {
        cadre: Frame,
        /// Set by the maker of the e-mail when the whole text would be too heavy for mail programs.
        abrege: bool,
        logo: Option<Logo>,
        numero: String,
        intitule: String,
        mois: String,
        parution: DayView,
        prochain: String,
        periode: String,
        sommaire: Vec<ContentsLine>,
        editorial: Option<Editorial>,
        une: Option<ArticleView>,
        rubriques: Vec<RubricView>,
        chiffres: Vec<KeyFigure>,
        appels: Vec<CallGroup>,
        agenda: Vec<EventMonth>,
        /// The credit of the pictures, where all have the same.
        credit: Option<String>,
        logos: Vec<PartnerLogo>,
        partenaires: Vec<String>,
        ours: Imprint,
    }

    /// A line of « Dans ce numéro », and the place of the e-mail that it leads to.
    pub(super) struct ContentsLine {
        texte: Phrase,
        ancre: String,
    }

    /// The logo, as pages and the e-mail find it.
    pub(super) struct Logo {
        chemin: String,
        courriel: String,
    }

    /// The logo of a partner.
    pub(super) struct PartnerLogo {
        chemin: String,
        alternative: String,
    }

    /// The editorial.
    pub(super) struct Editorial {
        texte: Markdown,
        signataire: Option<String>,
        /// The face of who signs.
        portrait: Option<Portrait>,
        /// Whether it opens the issue: it is too long to stand beside the lead.
        long: bool,
    }

    /// A face.
    pub(super) struct Portrait {
        chemin: String,
        alternative: String,
    }

    /// Calls that close at about the same time.
    pub(super) struct CallGroup {
        nom: String,
        appels: Vec<CallView>,
    }

    /// The events of a month.
    pub(super) struct EventMonth {
        nom: String,
        dates: Vec<EventView>,
    }

    /// A figure of the territory, with what it counts.
    pub(super) struct KeyFigure {
        valeur: Printed,
        libelle: Phrase,
    }

    /// A rubric with its articles.
    pub(super) struct RubricView {
        nom: &'static str,
        ancre: String,
        articles: Vec<ArticleView>,
    }

    /// An article.
    pub(super) struct ArticleView {
        rubrique: &'static str,
        titre: String,
        chapo: Option<String>,
        texte: Markdown,
        fiche: Vec<CardLine>,
        source: Option<String>,
        lien: Option<String>,
        image: Option<ImageView>,
    }

    /// A line of a toolbox card.
    pub(super) struct CardLine {
        cle: &'static str,
        valeur: MarkdownLine,
    }

    /// A picture.
    pub(super) struct ImageView {
        chemin: String,
        courriel: String,
        alternative: Option<String>,
        credit: Option<String>,
        /// What is kept of it when it is cut: `haut`, `centre`, `bas`; nothing: what suits its shape.
        cadrage: Option<&'static str>,
    }

    /// A call for projects.
    pub(super) struct CallView {
        intitule: String,
        operateur: String,
        nature: Option<&'static str>,
        dispositif: Option<String>,
        theme: String,
        cloture: Option<DayView>,
        releve: Option<DayView>,
        lien: Option<String>,
    }

    /// An event.
    pub(super) struct EventView {
        date: DayView,
        quand: Option<String>,
        horaire: Option<String>,
        intitule: String,
        details: Vec<String>,
        annule: bool,
        inscription: Option<String>,
        lien: Option<String>,
    }

    /// Who publishes the letter, and how to leave its list.
    pub(super) struct Imprint {
        editeur: Option<String>,
        expediteur: String,
        nom_expediteur: String,
        desinscription: String,
        lien_desinscription: String,
        mentions: String,
        par_an: Printed,
    }
}

/// The data of a letter's templates.
pub(super) fn view(scope: &Scope, letter: At<Letter>) -> LetterView {
    let territory = scope.territory();
    let next = next_issue(scope, letter);
    let month = wording::month(letter.issued());
    let number = letter.number();
    let lead = lead(scope, letter);
    let title = format!("La lettre d’information n°\u{a0}{number} – {month}");
    LetterView {
        cadre: Frame::new(territory, title).found_by("lettre d’information").found_by("industrie"),
        abrege: false,
        logo: territory
            .brand
            .logo
            .as_deref()
            .map(|logo| Logo { chemin: picture_path(logo), courriel: mail_name(logo) }),
        numero: number.to_string(),
        intitule: format!("N°\u{a0}{number} – {month}"),
        mois: month,
        parution: letter.issued().into(),
        prochain: wording::month(next),
        periode: wording::date_span(letter.issued(), next.pred_opt().unwrap_or(next)),
        sommaire: contents(scope, letter),
        editorial: letter.editorial().map(|text| Editorial {
            texte: Markdown(text.to_owned()),
            signataire: prose(letter.signatory()),
            portrait: letter.signatory().and_then(|name| faces::portrait(scope, name)),
            long: text.split_whitespace().count() > BESIDE_THE_LEAD,
        }),
        une: lead.map(article_view),
        rubriques: rubrics(scope, letter, lead),
        chiffres: figures(scope, letter),
        appels: calendars::call_groups(scope, letter),
        agenda: calendars::event_months(scope, letter),
        credit: faces::credit(scope, letter),
        logos: faces::logos(scope, letter),
        partenaires: partners(scope, letter),
        ours: imprint(scope),
    }
}

fn imprint(scope: &Scope) -> Imprint {
    let territory = scope.territory();
    let per_year = usize::try_from(territory.letter.per_year).unwrap_or(usize::MAX);
    let rhythm = count("lettre.par-an", "lettres par an", per_year, crate::figures::Cells::default());
    Imprint {
        editeur: scope.operator().map(|operator| wording::prose(operator.usual_name())),
        expediteur: territory.letter.sender.clone(),
        nom_expediteur: wording::prose(&territory.letter.sender_name),
        desinscription: territory.letter.unsubscribe.clone(),
        lien_desinscription: unsubscribe_link(&territory.letter.unsubscribe),
        mentions: wording::prose(&territory.letter.legal_notice),
        par_an: rhythm.in_words(false),
    }
}

/// The message's subject: the sheet's, else what the letter is.
pub(super) fn subject(scope: &Scope, letter: At<Letter>) -> String {
    letter.subject().map_or_else(
        || {
            let territory = scope.territory();
            let (number, month) = (letter.number(), wording::month(letter.issued()));
            format!("{} {} : lettre n°\u{a0}{number} – {month}", territory.programme, territory.name)
        },
        wording::prose,
    )
}

/// The pictures that the e-mail shows: the file's name in the document's folder, the source, the width in pixels.
pub(super) fn pictures(scope: &Scope, letter: At<Letter>) -> Vec<(String, String, u32)> {
    let logo = scope.territory().brand.logo.as_deref();
    let mut pictures: Vec<(String, String, u32)> =
        logo.into_iter().map(|logo| (mail_name(logo), logo.to_owned(), 320)).collect();
    let images = scope.articles().filter(|article| article.letter() == letter).filter_map(|article| article.image());
    pictures.extend(images.map(|image| (mail_name(image), image.to_owned(), 1_120)));
    pictures.sort();
    pictures.dedup();
    pictures
}

/// The name of a picture in the e-mail's folder: JPEG stays JPEG, anything else becomes PNG. `_` stands before and behind
/// the number of a character that a name cannot hold, so that two pictures never have one name.
#[must_use]
pub fn mail_name(path: &str) -> String {
    let mut flat = String::new();
    for character in path.trim_start_matches("images/").chars() {
        match character {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') => flat.push(c),
            '_' => flat.push_str("__"),
            c => flat.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    let ending = match flat.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).as_deref() {
        Some("jpg" | "jpeg" | "png") => "",
        Some(_) => ".png",
        None => "_.png",
    };
    format!("images/{flat}{ending}")
}

/// Where a click leads to leave the list: the link that the settings give, else a message to their address.
fn unsubscribe_link(target: &str) -> String {
    if target.starts_with("https://") {
        target.to_owned()
    } else {
        format!("mailto:{target}?subject=D%C3%A9sinscription%20de%20la%20lettre")
    }
}

/// The bodies in the programme at the issue's date, the operator apart.
fn partners(scope: &Scope, letter: At<Letter>) -> Vec<String> {
    let operator = scope.operator();
    let members = scope.partners().filter(|partner| {
        partner.kind().deliberates() && operator != Some(*partner) && partner.is_member(letter.issued())
    });
    members.map(|partner| wording::prose(partner.usual_name())).collect()
}

/// The article that leads: the one marked so, else the first of the local news, else the first of all.
fn lead<'s>(scope: &'s Scope, letter: At<Letter>) -> Option<At<'s, Article>> {
    let articles = ordered(scope, letter);
    let marked = articles.iter().find(|article| article.lead());
    marked
        .or_else(|| articles.iter().find(|article| article.rubric() == Rubric::Local))
        .or_else(|| articles.first())
        .copied()
}

/// The letter's articles by rubric, then by their order, then as the sheet has them.
pub(super) fn ordered<'s>(scope: &'s Scope, letter: At<Letter>) -> Vec<At<'s, Article>> {
    let mut articles: Vec<At<Article>> = scope.articles().filter(|article| article.letter() == letter).collect();
    articles.sort_by_key(|article| (article.rubric(), article.order().unwrap_or(i64::MAX)));
    articles
}

/// « Dans ce numéro »: the lead, the first scheme explained, and how much is in the two calendars.
fn contents(scope: &Scope, letter: At<Letter>) -> Vec<ContentsLine> {
    let lead = lead(scope, letter);
    let others: Vec<At<Article>> =
        ordered(scope, letter).into_iter().filter(|article| lead != Some(*article)).collect();
    let second = [Rubric::Toolbox, Rubric::National, Rubric::Neighbours, Rubric::Local]
        .iter()
        .find_map(|rubric| others.iter().find(|article| article.rubric() == *rubric).copied());
    let line = |article: At<Article>, anchor: String| ContentsLine {
        texte: wording::prose(article.title()).into(),
        ancre: anchor,
    };
    let mut lines: Vec<ContentsLine> = lead.map(|article| line(article, "une".to_owned())).into_iter().collect();
    lines.extend(second.map(|article| line(article, anchor(article.rubric()))));
    let number = letter.number();
    let events = announced(scope, letter).into_iter().filter(|event| !event.cancelled()).count();
    let calls = count(
        format!("lettre.{number}.appels"),
        "appels ouverts",
        calendars::open_calls(scope, letter).len(),
        letter.cell(Letter::ISSUED),
    );
    let events =
        count(format!("lettre.{number}.rendez-vous"), "rendez-vous annoncés", events, letter.cell(Letter::ISSUED));
    let calls = (!calls.is_zero()).then(|| calls.counted("appel ouvert", "appels ouverts"));
    let events = (!events.is_zero()).then(|| events.counted("rendez-vous", "rendez-vous"));
    let (dates, anchor) = match (calls, events) {
        (Some(calls), Some(events)) => (Some(phrase![calls, " et ", events]), "appels"),
        (Some(calls), None) => (Some(calls.into()), "appels"),
        (None, events) => (events.map(Phrase::from), "agenda"),
    };
    lines.extend(dates.map(|texte| ContentsLine { texte, ancre: anchor.to_owned() }));
    lines
}

/// The place of a rubric in the e-mail.
fn anchor(rubric: Rubric) -> String {
    fold(rubric.label()).replace(' ', "-")
}

/// Key figures of the territory at the issue's date, with their cells; those that are zero are left out.
fn figures(scope: &Scope, letter: At<Letter>) -> Vec<KeyFigure> {
    let statistics = scope.statistics();
    let figure = |id: &str| -> Option<Figure> {
        let figure = statistics.figure(Indicator::of(id)?, Window::UpTo(letter.issued()));
        (!figure.is_zero() && !figure.is_secret()).then_some(figure)
    };
    let [laureates, obtained, investment, accompanied] = KEY_FIGURES.map(figure);
    let mut shown = Vec::new();
    if let Some(laureates) = laureates {
        let noun = laureates.noun("projet lauréat", "projets lauréats");
        shown.push(KeyFigure { valeur: laureates.count(), libelle: phrase![noun] });
    }
    if let Some(obtained) = obtained {
        let label = match investment {
            Some(investment) => phrase!["d’aides pour ", investment.compact_euros(), " d’investissement"],
            None => phrase!["d’aides"],
        };
        shown.push(KeyFigure { valeur: obtained.compact_euros(), libelle: label });
    }
    if let Some(accompanied) = accompanied {
        let noun = accompanied.noun("entreprise accompagnée", "entreprises accompagnées");
        let since = format!("{noun} par le programme depuis {}", wording::month(scope.territory().since));
        shown.push(KeyFigure { valeur: accompanied.count(), libelle: phrase![since] });
    }
    shown
}

/// The written rubrics that have articles besides the lead.
fn rubrics(scope: &Scope, letter: At<Letter>, lead: Option<At<Article>>) -> Vec<RubricView> {
    let articles = ordered(scope, letter);
    let view = |rubric: &Rubric| {
        let of_rubric = articles.iter().filter(|article| article.rubric() == *rubric && lead != Some(**article));
        RubricView {
            nom: rubric.label(),
            ancre: anchor(*rubric),
            articles: of_rubric.map(|article| article_view(*article)).collect(),
        }
    };
    Rubric::ALL.iter().map(view).filter(|rubric| !rubric.articles.is_empty()).collect()
}

fn article_view(article: At<Article>) -> ArticleView {
    let (card, text) = if article.rubric() == Rubric::Toolbox {
        split_card(article.text())
    } else {
        (Vec::new(), article.text().to_owned())
    };
    ArticleView {
        rubrique: article.rubric().label(),
        titre: wording::prose(article.title()),
        chapo: prose(article.standfirst()),
        texte: Markdown(text),
        fiche: card.into_iter().map(|(cle, value)| CardLine { cle, valeur: MarkdownLine(value) }).collect(),
        source: prose(article.source()),
        lien: article.link().map(ToOwned::to_owned),
        image: article.image().map(|image| ImageView {
            chemin: picture_path(image),
            courriel: mail_name(image),
            alternative: prose(article.alternative()),
            credit: prose(article.credit()),
            cadrage: article.framing().map(Framing::label),
        }),
    }
}

/// Takes the lines « Pour qui : », « Quoi : », … out of a toolbox article: the card, and the text that is left.
fn split_card(text: &str) -> (Vec<(&'static str, String)>, String) {
    let mut card: Vec<(&'static str, String)> = Vec::new();
    let mut rest = Vec::new();
    for line in text.lines() {
        let entry = line.split_once(':').and_then(|(key, value)| {
            let key = fold(
                key.trim_start_matches(['-', '–', '—', '•', '*', ' ', '\t', '\u{a0}'])
                    .trim_end_matches(['*', ' ', '\u{a0}']),
            );
            let known = CARD.iter().find(|known| fold(known) == key)?;
            // « **Quoi :** trois jours » closes the key's bold in the value.
            Some((*known, value.trim_start_matches(|c: char| c.is_whitespace() || c == '*').trim_end().to_owned()))
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

#[cfg(test)]
mod tests {
    use super::{mail_name, split_card};

    #[test]
    fn a_toolbox_article_gives_its_card_in_order() {
        let (card, text) = split_card(
            "•\t**Quoi :** trois **jours**\n**Pour qui** : les PME\n\nUn paragraphe : avec deux-points.\nOù: ici",
        );
        assert_eq!(
            card,
            [("Pour qui", "les PME".to_owned()), ("Quoi", "trois **jours**".to_owned()), ("Où", "ici".to_owned())]
        );
        assert_eq!(text, "Un paragraphe : avec deux-points.");
    }

    #[test]
    fn two_pictures_never_have_one_name() {
        let names = [
            "images/photo 1.png",
            "images/photo_1.png",
            "images/photo-1.png",
            "images/photo/1.png",
            "images/photo",
            "images/photo.png",
        ]
        .map(mail_name);
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{names:?}");
        }
        assert_eq!(mail_name("images/four.svg"), "images/four.svg.png");
    }
}
