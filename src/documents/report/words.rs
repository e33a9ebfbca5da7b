//! The report's commentary, with its figures.

use std::sync::Arc;

use super::{Report, parts};
use crate::documents::{Words, common};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::Window;
use crate::views::{Day, Number, view};

view! {
    /// What the commentary may name.
    pub(super) struct Commentary {
        territoire: TerritoryNames,
        epci: Option<CouncilNames>,
        semestre: Half,
        periode: Indicators,
        precedent: Option<Indicators>,
        cumul: Indicators,
        /// How many meetings are planned until the half-year's end.
        prevus: Number,
        /// How many meetings the next half-year has.
        a_venir: Number,
    }

    /// The territory.
    pub(super) struct TerritoryNames {
        nom: String,
        programme: String,
        depuis: Day,
    }

    /// The council of an own report.
    pub(super) struct CouncilNames {
        nom: String,
        avec_de: String,
    }

    /// The half-year.
    pub(super) struct Half {
        nom: String,
        debut: Day,
        /// Its last day, or the day of the sheets while it is in progress.
        fin: Day,
        en_cours: bool,
    }
}

/// Declares a struct of indicators under the names that texts use; those of the programme alone are missing in a council's
/// own report.
macro_rules! indicators {
    ($name:ident { $($field:ident = $id:literal,)+ } { $($common:ident = $common_id:literal,)+ }) => {
        view! {
            /// The indicators of some days.
            pub(super) struct $name {
                $($field: Number,)+
                $($common: Option<Number>,)+
            }
        }

        impl $name {
            fn new(report: &Report, window: Window) -> Self {
                let figure = |id: &str| report.figure(id, window).unwrap_or_else(|| none(id));
                Self {
                    $($field: figure($id).into(),)+
                    $($common: report.has($common_id).then(|| figure($common_id).into()),)+
                }
            }
        }
    };
}

indicators! {
    Indicators {
        entreprises_contacts = "entreprises.contacts",
        entreprises_rencontrees = "entreprises.rencontrees",
        entreprises_accompagnees = "entreprises.accompagnees",
        entreprises_renforcees = "entreprises.renforcees",
        entreprises_heures = "entreprises.heures",
        dossiers_deposes = "dossiers.deposes",
        dossiers_laureats = "dossiers.laureats",
        dossiers_refuses = "dossiers.refuses",
        dossiers_instruction = "dossiers.instruction",
        dossiers_taux = "dossiers.taux",
        aides_demandees = "aides.demandees",
        aides_obtenues = "aides.obtenues",
        aides_investissement = "aides.investissement",
        emplois = "emplois",
        accompagnes_deposes = "accompagnes.deposes",
        accompagnes_obtenu = "accompagnes.obtenu",
        accompagnes_instruction = "accompagnes.instruction",
    }
    {
        evenements = "evenements",
        evenements_participants = "evenements.participants",
        lettres = "lettres",
        communication_abonnes = "communication.abonnes",
        communication_publications = "communication.publications",
        communication_vues = "communication.vues",
    }
}

fn none(id: &str) -> Figure {
    Figure::new(id, id, Quantity::Count(0), Cells::default())
}

pub(super) fn words(report: &Report) -> Words {
    let territory = report.scope.territory();
    let next = report.half.next();
    let events = parts::events(report, next);
    let day = report.situation();
    let planned: Vec<_> = parts::events(report, report.half).into_iter().filter(|it| day < it.date()).collect();
    let data = Commentary {
        territoire: TerritoryNames {
            nom: territory.name.clone(),
            programme: territory.programme.clone(),
            depuis: territory.since.into(),
        },
        epci: report.council.map(|council| CouncilNames {
            nom: council.usual_name().to_owned(),
            avec_de: council.name_with_de().to_owned(),
        }),
        semestre: Half {
            nom: report.half.label(),
            debut: report.half.period().start.into(),
            fin: report.situation().into(),
            en_cours: report.progress().is_some(),
        },
        periode: Indicators::new(report, report.window()),
        precedent: report.before().map(|before| Indicators::new(report, Window::Within(before.period()))),
        cumul: Indicators::new(report, Window::UpTo(report.end())),
        prevus: common::count(
            format!("agenda.prevus{}@{}", parts::of(report), report.half),
            "rendez-vous prévus d’ici la fin du semestre",
            planned.len(),
            parts::event_cells(&planned),
        )
        .into(),
        a_venir: common::count(
            format!("agenda.a-venir{}@{next}", parts::of(report)),
            "rendez-vous du semestre suivant",
            events.len(),
            parts::event_cells(&events),
        )
        .into(),
    };
    Words { key: "commentaire", template: "report/commentaire.md.j2".into(), data: Arc::new(data) }
}
