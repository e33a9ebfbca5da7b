//! The page of the follow-up, and the data of its rules.

use super::{Board, Way};
use crate::documents::common::{self, Frame};
use crate::documents::{AHEAD, annexes};
use crate::figures::{Cells, Phrase, phrase};
use crate::model::law::HOUSE_DAYS;
use crate::model::{At, Choice as _, Outcome, Partner, Passage, Progress, Step};
use crate::views::{Day, Number, Slot, view};
use crate::wording;

view! {
    /// The follow-up of a version, on a page.
    pub(super) struct FollowUpPages {
        cadre: Frame,
        jour: String,
        constat: Phrase,
        etapes: Vec<&'static str>,
        lignes: Vec<BodyRow>,
        textes: FollowUpTexts,
    }

    /// The texts of the page.
    #[derive(Default)]
    pub(super) struct FollowUpTexts {
        regles: Slot,
    }

    /// A body, and where each step of its act stands.
    pub(super) struct BodyRow {
        organisme: String,
        etapes: Vec<StepCell>,
    }

    /// A step of an act.
    pub(super) struct StepCell {
        texte: String,
        en_retard: bool,
        est_fait: bool,
    }

    /// What the rules may name.
    pub(super) struct FollowUpWords {
        version: String,
        jour: Day,
        /// After how many days a step that no law dates is late: a rule of the house.
        delai: Number,
        /// How many days ahead is told what comes.
        avance: Number,
        /// What is late.
        retards: Vec<Awaited>,
        /// What the secretariats have to do in the days that come.
        rappels: Vec<Awaited>,
        /// What the operator has to do in the days that come.
        envois: Vec<Awaited>,
        /// The parties for which no deliberation is written down.
        sans_acte: Vec<String>,
    }

    /// A step that is still to be done.
    pub(super) struct Awaited {
        organisme: String,
        etape: &'static str,
        limite: Day,
        jours_francs: Number,
        articles: String,
        courriel: Option<String>,
    }
}

pub(super) fn pages(board: &Board) -> FollowUpPages {
    let territory = board.version.scope().territory();
    let late = board.ways.iter().filter(|way| way.passages.iter().any(Passage::is_late)).count();
    let signed = board.ways.iter().filter(|way| is_done(way, Step::Signed)).count();
    let cells: Cells = board.ways.iter().flat_map(|way| way.passages.iter().map(|it| it.cell.clone())).collect();
    let count = |name: &str, label: &str, count: usize| {
        common::count(format!("suivi.{}.{name}", board.version.version()), label, count, cells.clone())
    };
    // An item that was withdrawn or put off left its sitting without a vote.
    let was_voted = |way: &&Way| is_done(way, Step::Voted) && way.outcome().is_some_and(Outcome::is_decision);
    let voted = board.ways.iter().filter(was_voted).count();
    let mut constat = phrase![
        count("organismes", "délibérations suivies", board.ways.len()).counted("délibération", "délibérations"),
        ", ",
        count("votees", "délibérations votées", voted).counted_or("aucune", "votée", "votées"),
        ", ",
        count("signees", "conventions signées", signed).counted_or(
            "aucune",
            "convention signée",
            "conventions signées"
        ),
        "\u{202f}; ",
    ];
    constat.extend(if late == 0 {
        phrase!["rien n’est en retard."]
    } else {
        phrase![count("retards", "organismes en retard", late).counted("en retard", "en retard"), "."]
    });
    FollowUpPages {
        cadre: Frame::new(territory, format!("Suivi de la convention {}", board.version.version())).found_by("suivi"),
        jour: wording::date(board.on),
        constat,
        etapes: Step::ALL.map(Step::name).to_vec(),
        lignes: board.ways.iter().map(row).collect(),
        textes: FollowUpTexts::default(),
    }
}

fn is_done(way: &Way, step: Step) -> bool {
    let done = |it: &Passage| matches!(it.progress, Progress::Done(_) | Progress::DoneLate(_));
    way.passages.iter().any(|passage| passage.step == step && done(passage))
}

fn row(way: &Way) -> BodyRow {
    BodyRow {
        organisme: wording::prose(way.act.sitting().partner().usual_name()),
        etapes: way.passages.iter().map(|passage| cell(way, passage)).collect(),
    }
}

fn cell(way: &Way, passage: &Passage) -> StepCell {
    let name = passage.progress.name();
    let texte = match passage.progress {
        // What became of it stands with the day of its sitting, unless it is what everybody expects.
        Progress::Done(day) if passage.step == Step::Voted => match way.outcome() {
            Some(Outcome::Adopted) => wording::date(day),
            Some(other) => format!("{}\n{}", other.label().to_lowercase(), wording::date(day)),
            None => format!("acte à compléter\n{}", wording::date(day)),
        },
        Progress::Done(day) => wording::date(day),
        Progress::DoneLate(day) | Progress::Planned(day) => format!("{name}\n{}", wording::date(day)),
        Progress::Open(Some(day)) | Progress::Late(day) => format!("{name}\nau plus tard le\n{}", wording::date(day)),
        Progress::Open(None) | Progress::Waiting | Progress::Unnoted | Progress::Off => name.to_owned(),
    };
    StepCell {
        texte,
        en_retard: passage.is_late(),
        est_fait: matches!(passage.progress, Progress::Done(_) | Progress::DoneLate(_)),
    }
}

pub(super) fn words(board: &Board) -> FollowUpWords {
    let last = board.on + chrono::Days::new(AHEAD);
    let chosen = |wanted: &dyn Fn(&Passage) -> bool| {
        let of = |way: &Way| -> Vec<Awaited> {
            way.passages.iter().filter(|it| wanted(it)).filter_map(|passage| awaited(way, passage)).collect()
        };
        board.ways.iter().flat_map(of).collect()
    };
    let days = |name: &str, label: &str, days: u64| {
        common::count(format!("suivi.{name}"), label, usize::try_from(days).unwrap_or_default(), Cells::default())
    };
    let is_soon = |it: &Passage| !it.is_late() && it.awaited().is_some_and(|day| day <= last);
    FollowUpWords {
        version: board.version.version().to_owned(),
        jour: board.on.into(),
        delai: days("delai", "délai d’une étape, en jours (règle de la maison)", HOUSE_DAYS).into(),
        avance: days("avance", "jours annoncés d’avance", AHEAD).into(),
        retards: chosen(&Passage::is_late),
        rappels: chosen(&|it| is_soon(it) && it.step.is_secretariats()),
        envois: chosen(&|it| is_soon(it) && !it.step.is_secretariats()),
        sans_acte: without_act(board),
    }
}

/// The parties whose assembly should decide, and of which no act is known.
fn without_act(board: &Board) -> Vec<String> {
    let has_act = |partner: &At<Partner>| board.ways.iter().any(|way| way.act.sitting().partner() == *partner);
    let decides = |partner: &At<Partner>| partner.kind().pays_as_party();
    let parties = annexes::parties(board.version).into_iter();
    parties.filter(decides).filter(|it| !has_act(it)).map(|it| wording::prose(it.usual_name())).collect()
}

fn awaited(way: &Way, passage: &Passage) -> Option<Awaited> {
    let sitting = way.act.sitting();
    let notice = sitting.notice();
    let days = usize::try_from(notice.days).unwrap_or_default();
    let name = format!("suivi.{}.jours-francs", way.act.code());
    Some(Awaited {
        organisme: sitting.partner().usual_name().to_owned(),
        etape: passage.step.name(),
        limite: passage.awaited()?.into(),
        jours_francs: common::count(name, "jours francs", days, sitting.cell(crate::model::Sitting::DATE)).into(),
        articles: wording::prose(notice.articles),
        courriel: sitting.partner().email().map(ToOwned::to_owned),
    })
}
