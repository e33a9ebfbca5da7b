//! What an activity report says, as data for its template.

use super::{Report, charts, parts};
use crate::charts::Told;
use crate::charts::map::Map;
use crate::documents::action_plan::PlanTable;
use crate::documents::common::{self, Frame, prose};
use crate::figures::{Phrase, Printed};
use crate::model::HalfYear;
use crate::views::{Slot, view};
use crate::wording;

view! {
    /// A report.
    pub(super) struct ReportView {
        cadre: Frame,
        semestre: HalfView,
        /// The council, in its own report.
        epci: Option<Council>,
        cles: Vec<KeyFigure>,
        carte: Option<Map>,
        /// The same on a slide.
        carte_projetee: Option<Map>,
        echanges: Told,
        /// How many of the firms that were met were accompanied.
        accompagnees: Option<Phrase>,
        niveaux: Told,
        repartitions: Vec<Told>,
        /// The council among the others.
        places: Vec<Told>,
        entreprises: Vec<FirmGroup>,
        decisions: Decisions,
        audience: Vec<Told>,
        evenements: Vec<EventRow>,
        /// What is planned until the end of a half-year in progress.
        prevus: Vec<EventRow>,
        a_venir: Vec<EventRow>,
        lettres: Vec<LetterRow>,
        /// The plan of actions, in the report for all.
        plan: Option<PlanTable>,
        groupes: Vec<IndicatorGroup>,
        definitions: Vec<Definition>,
        contact: Contact,
        /// What committees decided and nobody has done yet.
        suites: Vec<FollowUp>,
        textes: ReportTexts,
        /// Whether something is withheld.
        a_secret: bool,
        /// On how many enterprises a class rests at least, in words.
        classe_au_moins: Printed,
    }

    /// The texts of a report.
    #[derive(Default)]
    pub(super) struct ReportTexts {
        commentaire: Slot,
    }

    /// The half-year.
    pub(super) struct HalfView {
        nom: String,
        periode: String,
        /// The half-year before, where the programme had begun.
        precedent: Option<String>,
        depuis: String,
        fin: String,
        /// The days that are told while the half-year is in progress.
        en_cours: Option<String>,
    }

    /// The council of an own report.
    pub(super) struct Council {
        nom: String,
        avec_de: String,
    }

    /// An indicator of the first page.
    pub(super) struct KeyFigure {
        valeur: Printed,
        libelle: String,
        variation: Option<Change>,
    }

    /// A change in words and with its direction: colour alone says nothing.
    pub(super) struct Change {
        texte: Phrase,
        hausse: bool,
        baisse: bool,
    }

    /// Indicators that belong together.
    pub(super) struct IndicatorGroup {
        nom: &'static str,
        lignes: Vec<IndicatorRow>,
    }

    /// A line of the table of indicators.
    pub(super) struct IndicatorRow {
        nom: String,
        precedent: Option<Printed>,
        valeur: Printed,
        evolution: Option<Change>,
        /// What stands at a date has no sum since the start.
        depuis: Option<Printed>,
        stock: bool,
    }

    /// The council's firms that reached a level.
    pub(super) struct FirmGroup {
        niveau: &'static str,
        nombre: Printed,
        firmes: Vec<FirmRow>,
    }

    /// A firm of the council.
    pub(super) struct FirmRow {
        nom: String,
        commune: Option<String>,
        themes: String,
        echanges: Printed,
    }

    /// What was decided, and the amounts behind it.
    pub(super) struct Decisions {
        dit: Told,
        deposes: Option<Printed>,
        taux: Option<Printed>,
        demandees: Option<Printed>,
        obtenues: Option<Printed>,
        investissement: Option<Printed>,
    }

    /// A decision that waits.
    pub(super) struct FollowUp {
        decision: String,
        echeance: String,
    }

    /// Whom to ask.
    pub(super) struct Contact {
        nom: Option<String>,
        operateur: Option<String>,
        courriel: String,
    }

    /// An event.
    pub(super) struct EventRow {
        date: String,
        intitule: String,
        genre: &'static str,
        lieu: Option<String>,
        participants: Option<Printed>,
    }

    /// A letter that was sent.
    pub(super) struct LetterRow {
        numero: String,
        date: String,
        objet: Option<String>,
    }

    /// What exactly an indicator counts.
    pub(super) struct Definition {
        nom: String,
        texte: String,
    }
}

pub(super) fn view(report: &Report) -> ReportView {
    let territory = report.scope.territory();
    let half = report.half;
    let period = half.period();
    let council = report.council.map(|council| Council {
        nom: wording::prose(council.usual_name()),
        avec_de: wording::prose(council.name_with_de()),
    });
    let title = match &council {
        Some(council) => format!("Bilan d’activité, {} – {}", half.label(), council.nom),
        None => format!("Bilan d’activité, {}", half.label()),
    };
    let capitalized = |half: HalfYear| wording::capitalized(&half.label());
    let day = report.situation();
    let (held, planned): (Vec<_>, Vec<_>) = parts::events(report, half).into_iter().partition(|it| it.date() <= day);
    let rows = |events: Vec<_>| events.into_iter().map(parts::event_row).collect();
    let mut view = ReportView {
        a_secret: false,
        classe_au_moins: common::fewest().in_words(true),
        cadre: Frame::new(territory, title).found_by("bilan"),
        semestre: HalfView {
            nom: capitalized(half),
            periode: wording::date_span(period.start, period.end),
            precedent: report.before().map(capitalized),
            depuis: wording::date(territory.since),
            fin: wording::date(report.situation()),
            en_cours: report.progress(),
        },
        epci: council,
        cles: parts::keys(report),
        carte: charts::territory_map(report, false),
        carte_projetee: report.council.is_none().then(|| charts::territory_map(report, true)).flatten(),
        echanges: charts::exchanges(report).0,
        accompagnees: charts::accompanied(report),
        niveaux: charts::levels(report),
        repartitions: charts::breakdowns(report),
        places: charts::among(report),
        entreprises: parts::firms(report),
        decisions: decisions(report),
        audience: charts::audience(report).into_iter().map(|(told, _)| told).collect(),
        evenements: rows(held),
        prevus: rows(planned),
        a_venir: rows(parts::events(report, half.next())),
        lettres: parts::letters(report),
        plan: parts::plan(report),
        groupes: parts::groups(report),
        contact: Contact {
            nom: prose(territory.manager.as_deref()),
            operateur: report.scope.operator().map(|operator| wording::prose(operator.usual_name())),
            courriel: territory.letter.sender.clone(),
        },
        suites: parts::follow_ups(report),
        textes: ReportTexts::default(),
        definitions: report
            .indicators()
            .map(|indicator| Definition {
                nom: wording::capitalized(indicator.label),
                texte: wording::prose(indicator.definition),
            })
            .collect(),
    };
    view.a_secret = common::has_secrets(&view);
    view
}

fn decisions(report: &Report) -> Decisions {
    let amount = |id: &str| report.now(id).map(|figure| figure.compact_euros());
    Decisions {
        dit: charts::decisions(report),
        deposes: report.now("dossiers.deposes").map(|figure| figure.count()),
        taux: report.now("dossiers.taux").map(|rate| rate.rate()),
        demandees: amount("aides.demandees"),
        obtenues: amount("aides.obtenues"),
        investissement: amount("aides.investissement"),
    }
}
