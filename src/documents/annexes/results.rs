//! The first annex: what the plan brought, by scheme, by EPCI and by year, with the laureates that are public.
//!
//! It is read by everybody: small classes are merged, and nobody is named whose aid was not announced.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use crate::documents::common;
use crate::figures::{Figure, Length, Phrase, Printed, Quantity, phrase};
use crate::model::{Aid, AidClass, At, Decision, Indicator, Period, Scope, Statistics, Trait, Window};
use crate::views::view;
use crate::wording::{self, fold};

view! {
    /// The results up to a day.
    pub(super) struct Results {
        arrete_au: String,
        cles: Vec<KeyFigure>,
        decisions: Decisions,
        par_annee: Years,
        par_dispositif: Breakdown,
        par_epci: Breakdown,
        laureats: Vec<LaureateGroup>,
        /// The laureates that are not named, where there are some.
        non_annonces: Option<Phrase>,
        /// Whether something is withheld.
        a_secret: bool,
    }

    /// A key figure, with the words that say of what it is one.
    pub(super) struct KeyFigure {
        valeur: Printed,
        libelle: String,
    }

    /// What became of the applications.
    pub(super) struct Decisions {
        titre: Phrase,
        alternative: String,
        /// Whether anything was decided.
        a_decide: bool,
        deposes: Printed,
        laureats: Printed,
        refuses: Printed,
        instruction: Printed,
        abandonnes: Printed,
        taux: Printed,
        retenus_longueur: Length,
        refuses_longueur: Length,
    }

    /// The course over the years.
    pub(super) struct Years {
        titre: Phrase,
        lignes: Vec<Year>,
    }

    /// A year.
    pub(super) struct Year {
        annee: String,
        deposes: Printed,
        laureats: Printed,
        refuses: Printed,
        aides: Printed,
    }

    /// Laureates by a trait, as bars and a table.
    pub(super) struct Breakdown {
        titre: Phrase,
        alternative: String,
        lignes: Vec<ClassLine>,
    }

    /// A class.
    pub(super) struct ClassLine {
        nom: String,
        laureats: Printed,
        aides: Printed,
        investissement: Printed,
        emplois: Printed,
        longueur: Length,
    }

    /// The announced laureates of an EPCI.
    pub(super) struct LaureateGroup {
        epci: String,
        lignes: Vec<Laureate>,
    }

    /// An announced laureate. No amount stands beside a name: with the totals by EPCI it would tell what the others got.
    pub(super) struct Laureate {
        nom: String,
        commune: Option<String>,
        dispositif: String,
        annee: Option<String>,
    }
}

/// The data of the annex, up to a day.
pub(super) fn view(scope: &Scope, day: NaiveDate) -> Results {
    let statistics = scope.statistics();
    let unannounced = statistics.unannounced(day);
    let mut view = Results {
        a_secret: false,
        arrete_au: wording::date(day),
        cles: keys(&statistics, day),
        decisions: decisions(&statistics, day),
        par_annee: by_year(&statistics, day),
        par_dispositif: breakdown("Par dispositif", &statistics.laureates_by(Trait::Scheme, day)),
        par_epci: breakdown("Par intercommunalité", &statistics.laureates_by(Trait::Council, day)),
        laureats: laureates(scope, day),
        non_annonces: unnamed(&unannounced),
    };
    view.a_secret = common::has_secrets(&view);
    view
}

/// The words for laureates that are not named.
fn unnamed(unannounced: &Figure) -> Option<Phrase> {
    if unannounced.is_secret() {
        return Some(phrase!["Les lauréats dont l’aide n’a pas été annoncée publiquement ne sont pas nommés."]);
    }
    match unannounced.amount() {
        0 => None,
        1 => Some(phrase!["Le lauréat dont l’aide n’a pas été annoncée publiquement n’est pas nommé."]),
        _ => Some(phrase![
            "Les ",
            unannounced.count(),
            " lauréats dont l’aide n’a pas été annoncée publiquement ne sont pas nommés."
        ]),
    }
}

fn figure<'s>(statistics: &'s Statistics<'s>, id: &str, window: Window) -> Figure {
    Indicator::of(id).map_or_else(
        || Figure::new(id, id, Quantity::Count(0), crate::figures::Cells::default()),
        |indicator| statistics.figure(indicator, window),
    )
}

/// The key figures, each with the words that say of what it is one.
fn keys<'s>(statistics: &'s Statistics<'s>, day: NaiveDate) -> Vec<KeyFigure> {
    let print = |id: &str, print: fn(&Figure) -> Printed| {
        let indicator = Indicator::of(id)?;
        let figure = statistics.figure(indicator, Window::UpTo(day));
        Some(KeyFigure { libelle: indicator.label_of(&figure), valeur: print(&figure) })
    };
    let keys = [
        print("dossiers.laureats", Figure::count),
        print("aides.obtenues", Figure::compact_euros),
        print("aides.investissement", Figure::compact_euros),
        print("emplois", Figure::count),
        print("dossiers.taux", Figure::plain),
    ];
    keys.into_iter().flatten().collect()
}

/// Laureates by a trait: aid, investment, jobs of each class.
fn breakdown(name: &str, classes: &[AidClass]) -> Breakdown {
    let largest = classes.iter().map(|class| class.obtained.amount()).max().unwrap_or(1);
    let line = |class: &AidClass| ClassLine {
        nom: wording::prose(&class.label),
        laureats: class.laureates.count(),
        aides: class.obtained.compact_euros(),
        investissement: class.investment.compact_euros(),
        emplois: class.jobs.count(),
        longueur: class.obtained.length(largest),
    };
    let lines: Vec<ClassLine> = classes.iter().map(line).collect();
    let title = match classes.first() {
        None => phrase![name],
        Some(first) => {
            let whole: i64 = classes.iter().map(|class| class.obtained.amount()).sum();
            let share = Figure::new(
                format!("{}.part", first.obtained.name()),
                format!("part, {}", first.obtained.label()),
                Quantity::Share(first.obtained.amount(), whole),
                first.obtained.sources().clone(),
            );
            phrase![wording::prose(&format!("{} : ", first.label)), share.percent(0), " des aides obtenues"]
        }
    };
    let told = lines.iter().map(|line| format!("{} {}", line.nom, line.aides.text()));
    let alternative = format!("{}. Aides obtenues\u{a0}: {}.", title.text(), told.collect::<Vec<_>>().join(", "));
    Breakdown { titre: title, alternative, lignes: lines }
}

/// Applications, laureates and aid by year: a course over time, which secrecy exempts.
fn by_year<'s>(statistics: &'s Statistics<'s>, day: NaiveDate) -> Years {
    let window = |year: i32| {
        let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default().min(day);
        Window::Within(Period { start, end })
    };
    let filed: Vec<(i32, Figure)> = statistics
        .application_years(day)
        .into_iter()
        .map(|year| (year, figure(statistics, "dossiers.deposes", window(year))))
        .collect();
    let line = |(year, filed): &(i32, Figure)| {
        let of = |id: &str| figure(statistics, id, window(*year));
        Year {
            annee: year.to_string(),
            deposes: filed.count(),
            laureats: of("dossiers.laureats").count(),
            refuses: of("dossiers.refuses").count(),
            aides: of("aides.obtenues").compact_euros(),
        }
    };
    let most = filed.iter().map(|(_, filed)| filed.amount()).max().unwrap_or(0);
    let busiest: Vec<&(i32, Figure)> = filed.iter().filter(|(_, filed)| filed.amount() == most).collect();
    let titre = match busiest.as_slice() {
        [(year, filed)] if most > 1 => {
            let year = format!("{year}, année la plus active\u{a0}: ");
            phrase![year, filed.counted("dossier déposé", "dossiers déposés")]
        }
        _ => phrase!["Par année"],
    };
    Years { titre, lignes: filed.iter().map(line).collect() }
}

/// What became of the applications, with the success rate and both of its numbers.
fn decisions<'s>(statistics: &'s Statistics<'s>, day: NaiveDate) -> Decisions {
    let of = |id: &str| figure(statistics, id, Window::UpTo(day));
    let (granted, refused, rate) = (of("dossiers.laureats"), of("dossiers.refuses"), of("dossiers.taux"));
    let judged = match rate.value() {
        Quantity::Share(_, judged) => judged,
        _ => 0,
    };
    let decided = Figure::new(
        format!("dossiers.decides@..{day}"),
        "dossiers décidés",
        Quantity::Count(judged),
        rate.sources().clone(),
    );
    let titre = if rate.is_secret() {
        phrase!["Décisions rendues"]
    } else if judged == 0 {
        phrase!["Aucune décision n’est encore rendue"]
    } else {
        phrase![granted.counted("dossier retenu", "dossiers retenus"), " sur ", decided.counted("décidé", "décidés")]
    };
    let (printed, not) = (granted.count(), refused.count());
    Decisions {
        titre,
        alternative: format!("Dossiers décidés\u{a0}: {} retenus, {} refusés.", printed.text(), not.text()),
        a_decide: judged > 0 || rate.is_secret(),
        deposes: of("dossiers.deposes").count(),
        laureats: printed,
        refuses: not,
        instruction: of("dossiers.instruction").count(),
        abandonnes: statistics.abandoned(day).count(),
        taux: rate.percent(1),
        retenus_longueur: granted.length(judged),
        refuses_longueur: refused.length(judged),
    }
}

/// The laureates that were announced, by EPCI and name.
fn laureates(scope: &Scope, day: NaiveDate) -> Vec<LaureateGroup> {
    let mut groups: BTreeMap<&str, Vec<Laureate>> = BTreeMap::new();
    let is_granted = |aid: &At<Aid>| aid.is_announced() && aid.decision_on(day) == Some(Decision::Granted);
    let mut aids: Vec<At<Aid>> = scope.aids().filter(is_granted).collect();
    aids.sort_by_cached_key(|aid| fold(aid.firm().name()));
    for aid in aids {
        let firm = aid.firm();
        let line = Laureate {
            nom: wording::prose(firm.name()),
            commune: firm.commune().map(wording::prose),
            dispositif: wording::prose(aid.scheme()),
            annee: aid.decided().map(|date| date.year().to_string()),
        };
        groups.entry(firm.partner().usual_name()).or_default().push(line);
    }
    groups.into_iter().map(|(name, lignes)| LaureateGroup { epci: wording::prose(name), lignes }).collect()
}
