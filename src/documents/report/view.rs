//! What an activity report says, as data for its template.

use super::{Report, parts};
use crate::documents::common::{self, Frame};
use crate::figures::{Length, Phrase, Printed};
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
        indicateurs: Vec<IndicatorRow>,
        mois: Course,
        niveaux: Levels,
        repartitions: Vec<Breakdown>,
        entreprises: Vec<FirmRow>,
        decisions: Decisions,
        communication: Vec<CommunicationRow>,
        evenements: Vec<EventRow>,
        a_venir: Vec<EventRow>,
        lettres: Vec<LetterRow>,
        definitions: Vec<Definition>,
        textes: ReportTexts,
        /// Whether something is withheld.
        a_secret: bool,
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

    /// A line of the table of indicators.
    pub(super) struct IndicatorRow {
        nom: String,
        precedent: Option<Printed>,
        valeur: Printed,
        /// What stands at a date has no sum since the start.
        depuis: Option<Printed>,
        stock: bool,
    }

    /// Exchanges by month and level.
    pub(super) struct Course {
        /// The finding, where there is one.
        titre: Option<Phrase>,
        alternative: String,
        niveaux: Vec<&'static str>,
        colonnes: Vec<CourseMonth>,
    }

    /// A month.
    pub(super) struct CourseMonth {
        mois: String,
        court: &'static str,
        annee: String,
        total: Printed,
        parts: Vec<Mark>,
    }

    /// A mark with its number.
    pub(super) struct Mark {
        valeur: Printed,
        longueur: Length,
    }

    /// Firms by the highest level that they reached, in parts of one bar.
    pub(super) struct Levels {
        titre: Option<Phrase>,
        alternative: String,
        parts: Vec<NamedMark>,
    }

    /// A mark with its name and its number.
    pub(super) struct NamedMark {
        nom: String,
        valeur: Printed,
        longueur: Length,
    }

    /// Firms by a trait.
    pub(super) struct Breakdown {
        titre: Phrase,
        cotes: Vec<Side>,
    }

    /// The firms that were met, or those that were accompanied.
    pub(super) struct Side {
        nom: String,
        alternative: String,
        lignes: Vec<NamedMark>,
    }

    /// A firm of the council.
    pub(super) struct FirmRow {
        nom: String,
        commune: Option<String>,
        niveau: Option<&'static str>,
        themes: String,
        echanges: Printed,
    }

    /// What was decided.
    pub(super) struct Decisions {
        titre: Phrase,
        alternative: String,
        /// Whether there is something to show in a bar.
        a_montrer: bool,
        parts: Vec<NamedMark>,
        deposes: Option<Printed>,
        demandees: Option<Printed>,
        obtenues: Option<Printed>,
        taux: Option<Printed>,
    }

    /// A month on the networks.
    pub(super) struct CommunicationRow {
        mois: String,
        abonnes: Printed,
        publications: Printed,
        vues: Printed,
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
    let rows = |half: HalfYear| parts::events(report, half).into_iter().map(parts::event_row).collect();
    let mut view = ReportView {
        a_secret: false,
        cadre: Frame::new(territory, title).found_by("bilan"),
        semestre: HalfView {
            nom: capitalized(half),
            periode: wording::date_span(period.start, period.end),
            precedent: report.before().map(capitalized),
            depuis: wording::date(territory.since),
            fin: wording::date(period.end),
        },
        epci: council,
        cles: parts::keys(report),
        indicateurs: parts::indicators(report),
        mois: parts::course(report),
        niveaux: parts::levels(report),
        repartitions: parts::breakdowns(report),
        entreprises: parts::firms(report),
        decisions: parts::decisions(report),
        communication: parts::communication(report),
        evenements: rows(half),
        a_venir: rows(half.next()),
        lettres: parts::letters(report),
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
