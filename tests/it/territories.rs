//! Territories that nobody designed for, fifty of them: the figures that documents would print, without setting a page,
//! are attacked by the attacker of `attacks` and by the audit of the program, which do not know of each other.
//!
//! `.ci/attacks` does the same with five hundred.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use liasse::figures::Figure;
use liasse::files::Workspace;
use liasse::model::{
    AidClass, Cents, Course, Desk, Disclosure, HalfYear, INDICATORS, Indicator, Model, Month, Period, Readers, Scope,
    SupportLevel, Told, Trait, Window, audit,
};

use crate::attacks::{Application, MEASURES, Sum, applications, attack, between, generated};
use crate::fixture::{Fixture, shipped_model};

/// The days on which the figures of two annexes are closed, eight days apart.
const CLOSINGS: [(i32, u32, u32); 2] = [(2022, 6, 20), (2022, 6, 28)];

fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// The same territory with annexes whose figures are closed eight days apart.
fn with_closings(fixture: Fixture) -> Fixture {
    fixture
        .table("Exercices", "Code | Début | Fin | Écart d'arrondi à la charge de\n2023 | 01/01/2023 | 31/12/2023 | CCI")
        .table(
            "Séances",
            "Code | Partenaire | Date | Heure | Lieu | Convocation | Membres en exercice | Président de séance
             S1 | AAA | 01/07/2022 | 9 h 30 | Aval | 20/06/2022 | 5 | Bea DEUX
             S2 | BBB | 10/07/2022 | 9 h 30 | Bief | 28/06/2022 | 5 | Eva CINQ",
        )
        .table(
            "Délibérations",
            "Code | Séance | Objet | Exercice | Annexes | Chiffres arrêtés au
             D1 | S1 | Bilan | 2023 | bilan | 20/06/2022
             D2 | S2 | Bilan | 2023 | bilan | 28/06/2022",
        )
}

fn model(fixture: &Fixture) -> Arc<Model> {
    fixture.write();
    let (inputs, templates, out) = (fixture.path("inputs"), fixture.path("templates"), fixture.path("out"));
    let inputs = liasse::pipeline::read(&Workspace { inputs, templates, out }).expect("the inputs");
    liasse::intake::read(&inputs.sources()).model
}

/// The days and periods that documents count by.
fn windows(closings: &[NaiveDate]) -> Vec<Window> {
    let months = std::iter::successors(Some(Month { year: 2021, month: 1 }), |month| Some(month.next())).take(24);
    let months = months.map(Month::period);
    let halves = std::iter::successors(Some(HalfYear::of(day((2021, 1, 1)))), |half| Some(half.next())).take(4);
    let periods = months.chain(halves.map(HalfYear::period));
    let mut windows: Vec<Window> =
        periods.flat_map(|period| [Window::Within(period), Window::UpTo(period.end)]).collect();
    for closing in closings {
        windows.push(Window::UpTo(*closing));
        for year in 2020..=2022 {
            let start = day((year, 1, 1));
            windows.push(Window::Within(Period { start, end: day((year, 12, 31)).min(*closing) }));
        }
    }
    windows
}

/// What all partners read of a territory: every figure about firms that documents print, and the sums that the attacker
/// works out from their days and classes.
struct Printed {
    figures: Vec<Figure>,
    sums: Vec<(&'static str, Sum)>,
}

impl Printed {
    fn of(model: &Arc<Model>, all: &[Application], closings: &[NaiveDate]) -> Self {
        let shared = Disclosure::new(Arc::clone(model));
        let desk = Desk::new(&shared);
        let scope = desk.scope(Readers::Partners);
        let statistics = scope.statistics();
        let mut it = Self { figures: Vec::new(), sums: Vec::new() };
        for window in windows(closings) {
            it.figures.extend(INDICATORS.iter().map(|indicator| statistics.figure(indicator, window)));
            for (measure, _, is_filed) in MEASURES {
                let figure = statistics.figure(Indicator::of(measure).expect("an indicator"), window);
                let from = match window {
                    Window::Within(period) => period.start.to_string(),
                    Window::UpTo(_) => String::new(),
                };
                it.add(measure, between(all, is_filed, &from, &window.end().to_string()), &figure);
            }
            if let Window::Within(period) = window {
                for by in [Trait::Theme, Trait::Council, Trait::Sector, Trait::Size, Trait::Level] {
                    let classes = [false, true].into_iter().flat_map(|met| statistics.firms_by(by, period, met));
                    it.figures.extend(classes.flat_map(|class| [class.firms, class.exchanges]));
                }
                let level = [SupportLevel::Contact, SupportLevel::Awareness, SupportLevel::Reinforced];
                it.figures.extend(level.map(|level| statistics.exchanges(Month::of(period.start), level)));
            }
        }
        for closing in closings {
            let granted = between(all, false, "", &closing.to_string());
            it.figures.extend([statistics.abandoned(*closing), statistics.unannounced(*closing)]);
            for (by, label) in
                [(Trait::Council, (|it| &it.council) as fn(&Application) -> &String), (Trait::Scheme, |it| &it.scheme)]
            {
                let classes = statistics.laureates_by(by, *closing);
                let of = |class: &AidClass| -> BTreeSet<usize> {
                    let is_named = |label: &String| classes.iter().any(|class| class.label == *label);
                    let is_in = |place: &&usize| match label(&all[**place]) {
                        label if is_named(label) => *label == class.label,
                        _ => class.label == "Autres",
                    };
                    granted.iter().filter(is_in).copied().collect()
                };
                for class in &classes {
                    it.add("aides.obtenues", of(class), &class.obtained);
                    it.add("aides.investissement", of(class), &class.investment);
                    it.add("emplois", of(class), &class.jobs);
                    it.figures.push(class.laureates.clone());
                }
            }
        }
        it
    }

    #[expect(clippy::cast_precision_loss, reason = "amounts of a small territory")]
    fn add(&mut self, measure: &'static str, rows: BTreeSet<usize>, figure: &Figure) {
        self.figures.push(figure.clone());
        if !figure.is_secret() {
            let value = figure.amount() as f64 / if measure == "emplois" { 1.0 } else { 100.0 };
            let told_by = figure.name().to_owned();
            self.sums.push((measure, Sum { rows, least: value - 0.01, most: value + 0.01, told_by }));
        }
    }

    /// What the attacker finds, and what the audit of the program does.
    fn attacked(&self, model: &Arc<Model>, all: &[Application]) -> Vec<String> {
        let mut found = Vec::new();
        for (measure, ..) in MEASURES {
            let sums: Vec<&Sum> = self.sums.iter().filter(|(of, _)| *of == measure).map(|(_, sum)| sum).collect();
            found.extend(attack(all, measure, &sums).1);
        }
        let told: Vec<Told> = self
            .figures
            .iter()
            .enumerate()
            .map(|(document, figure)| Told { figure, readers: &Readers::Partners, document })
            .collect();
        let shared = Disclosure::new(Arc::clone(model));
        let desk = Desk::new(&shared);
        found.extend(audit(&desk.scope(Readers::Operator), &told).iter().map(|guess| format!("audit: {guess:?}")));
        found
    }

    fn told(&self, name: &str) -> Option<bool> {
        self.figures.iter().find(|figure| figure.name() == name).map(|figure| !figure.is_secret())
    }
}

#[test]
fn nobody_learns_of_a_firm_from_the_figures_of_fifty_territories() {
    let count = std::env::var("LIASSE_ATTACKS").ok().and_then(|count| count.parse().ok()).unwrap_or(50);
    let closings = CLOSINGS.map(day);
    let (mut told, mut withheld) = (0, 0);
    for seed in 1..=count {
        // Some territories have a newcomer between the two days on which annexes are closed.
        let newcomers = usize::try_from(seed % 4).expect("a number");
        let fixture = with_closings(generated(seed, newcomers));
        let model = model(&fixture);
        let all = applications(&fixture);
        let printed = Printed::of(&model, &all, &closings);
        let found = printed.attacked(&model, &all);
        assert!(found.is_empty(), "territory {seed}: {found:#?}");
        let secret = printed.figures.iter().filter(|figure| figure.is_secret()).count();
        told += printed.figures.len() - secret;
        withheld += secret;
    }
    assert!(told > withheld / 4, "{told} figures are told, {withheld} are withheld");
}

#[test]
fn two_annexes_eight_days_apart_do_not_tell_the_firm_by_which_they_differ() {
    let closings = CLOSINGS.map(day);
    let both = |newcomers: &[&str]| {
        let mut fixture = with_closings(generated(3, newcomers.len()));
        for (place, decided) in newcomers.iter().enumerate() {
            let (from, to) = (
                format!("Venue {place} | | Guichet | France Relance | 03/03/2021 | Lauréat | 04/05/2021"),
                format!("Venue {place} | | Guichet | France Relance | 03/03/2021 | Lauréat | {decided}"),
            );
            fixture.edit("Aides", &from, &to);
        }
        let model = model(&fixture);
        let all = applications(&fixture);
        let printed = Printed::of(&model, &all, &closings);
        assert_eq!(printed.attacked(&model, &all), [""; 0]);
        closings.map(|closing| printed.told(&format!("aides.obtenues@..{closing}")).expect("a figure"))
    };
    assert_eq!(both(&["24/06/2022"]).iter().filter(|told| **told).count(), 1, "the later one is withheld");
    assert_eq!(both(&["24/06/2022", "25/06/2022", "26/06/2022", "26/06/2022"]), [true, true]);
}

/// Whom a list of laureates names everybody knows; what one alone obtained in a year, a table by year must not add.
#[test]
fn of_a_single_announced_laureate_alone_in_a_year_nobody_reads_what_it_obtained() {
    let mut fixture = with_closings(generated(3, 1));
    fixture.edit(
        "Aides",
        "Guichet | France Relance | 03/03/2021 | Lauréat | 04/05/2021 | 1 000 000 | 200 000 | 110 000 | non | 3 | 20 | non",
        "Guichet | France Relance | 03/02/2020 | Lauréat | 04/05/2020 | 1 000 000 | 200 000 | 137 900 | non | 3 | 20 | oui",
    );
    let model = model(&fixture);
    let all = applications(&fixture);
    let closings = CLOSINGS.map(day);
    let printed = Printed::of(&model, &all, &closings);
    assert_eq!(printed.attacked(&model, &all), [""; 0]);
    for id in ["dossiers.laureats", "aides.obtenues", "aides.investissement", "emplois"] {
        assert_eq!(printed.told(&format!("{id}@2020-01-01..2020-12-31")), Some(false), "{id}");
    }
}

/// A number of exchanges says how often each firm was met, where one was met far more often than the others.
#[test]
fn a_class_of_which_one_firm_had_most_exchanges_stands_with_others() {
    let labels = |more: usize| -> Vec<String> {
        let firm = |place: usize| format!("Firme {}", char::from(b'A' + u8::try_from(place).expect("a letter")));
        let mut firms = String::from("Raison sociale | Partenaire | Commune");
        let mut exchanges = String::from("Date | Entreprise | Niveau | Thème");
        for place in 0..8 {
            firms.push_str(&format!("\n{} | {} | Aval", firm(place), ["AAA", "BBB"][place % 2]));
            for theme in ["Bas carbone", "Industrie 4.0"] {
                exchanges.push_str(&format!("\n10/02/2021 | {} | Prise de contact | {theme}", firm(place)));
            }
        }
        for _ in 0..more {
            exchanges.push_str(&format!("\n11/03/2021 | {} | Prise de contact | Bas carbone", firm(0)));
        }
        let fixture = generated(1, 0).table("Aides", "Entreprise | Dispositif | Déposé le");
        let model = model(&fixture.table("Entreprises", &firms).table("Accompagnements", &exchanges));
        let shared = Disclosure::new(model);
        let desk = Desk::new(&shared);
        let scope = desk.scope(Readers::Partners);
        let half = HalfYear::of(day((2021, 1, 1))).period();
        scope.statistics().firms_by(Trait::Theme, half, false).into_iter().map(|class| class.label).collect()
    };
    assert_eq!(labels(0), ["Bas carbone", "Industrie 4.0"]);
    assert_eq!(labels(20), ["Autres"]);
}

#[test]
fn what_is_told_is_chosen_the_same_in_every_run() {
    let names = |model: &Arc<Model>, all: &[Application], closings: &[NaiveDate]| -> String {
        let printed = Printed::of(model, all, closings);
        serde_json::to_string(&printed.figures).expect("JSON")
    };
    for seed in [2, 5] {
        let fixture = with_closings(generated(seed, 2));
        fixture.write();
        let all = applications(&fixture);
        let closings = CLOSINGS.map(day);
        assert_eq!(names(&model(&fixture), &all, &closings), names(&model(&fixture), &all, &closings), "{seed}");
    }
    let fixture = Fixture::shipped();
    let all = applications(&fixture);
    let closings = [day((2022, 6, 28))];
    assert_eq!(names(&shipped_model(), &all, &closings), names(&shipped_model(), &all, &closings));
}

/// What councils vote on: the totals of an annex.
const TOTALS: [&str; 10] = [
    "dossiers.laureats",
    "dossiers.taux",
    "aides.obtenues",
    "aides.investissement",
    "emplois",
    "accompagnes.deposes",
    "accompagnes.obtenu",
    "accompagnes.instruction",
    "entreprises.accompagnees",
    "entreprises.contacts",
];

/// Whether a figure may be told by the primary rule, whoever reads: what he does not know of it rests on three enterprises,
/// none of which makes more than 85 %.
fn is_allowed(scope: &Scope, figure: &Figure) -> bool {
    let cents = |amount: Option<Cents>| amount.map_or(0, |cents| cents.0);
    let kind = figure.name().split('@').next().unwrap_or_default();
    let rows: BTreeSet<(String, u32)> =
        figure.sources().iter().map(|cell| (cell.sheet.to_string(), cell.row)).collect();
    let is_in = |sheet: &str, row: u32| rows.contains(&(sheet.to_owned(), row));
    let aids = scope.aids().filter(|aid| is_in("Aides", aid.row_number())).map(|aid| {
        let value = match kind {
            "aides.obtenues" | "accompagnes.obtenu" => cents(aid.obtained()),
            "aides.demandees" | "accompagnes.instruction" => cents(aid.requested()),
            "aides.investissement" => cents(aid.investment()),
            "emplois" => aid.jobs(),
            _ if kind.ends_with(".aides") => cents(aid.obtained()),
            _ if kind.ends_with(".investissement") => cents(aid.investment()),
            _ if kind.ends_with(".emplois") => aid.jobs(),
            _ => 1,
        };
        (aid.firm(), aid.is_announced(), value)
    });
    let supports = scope.supports().filter(|support| is_in("Accompagnements", support.row_number())).map(|support| {
        let value = if kind == "entreprises.heures" { support.hours().unwrap_or(0) } else { 1 };
        (support.firm(), false, value)
    });
    let rows: Vec<_> = aids.chain(supports).collect();
    let carries = |knows: &dyn Fn(u32, bool) -> bool| {
        let mut parts: BTreeMap<&str, i64> = BTreeMap::new();
        for (firm, announced, value) in &rows {
            if !knows(firm.partner().index(), *announced) {
                *parts.entry(firm.name()).or_default() += value;
            }
        }
        let (largest, total) = (parts.values().max().copied().unwrap_or(0), parts.values().sum::<i64>());
        parts.is_empty() || parts.len() > 2 && largest * 100 <= total * 85
    };
    carries(&|_, _| false)
        && carries(&|_, announced| announced)
        && scope.partners().all(|partner| carries(&|owner, announced| announced || owner == partner.index()))
}

/// The protection is not empty talk: of all figures of the shipped territory that the rule allows by themselves, sums since
/// the start at every month's end and small classes included, eight in ten are told, and every total of the annexes is.
#[test]
fn most_of_what_the_rule_allows_of_the_shipped_territory_is_told() {
    let shared = Disclosure::new(shipped_model());
    let desk = Desk::new(&shared);
    let (all, scope) = (desk.scope(Readers::Operator), desk.scope(Readers::Partners));
    let (whole, read) = (all.statistics(), scope.statistics());
    let closing = day((2022, 6, 28));
    let mut cells: BTreeMap<String, (Figure, bool)> = BTreeMap::new();
    let mut add = |figure: Figure, told: bool| {
        if figure.sources().iter().any(|cell| ["Aides", "Accompagnements"].contains(&&*cell.sheet)) {
            cells.insert(figure.name().to_owned(), (figure, told));
        }
    };
    // Every month and half-year stands in a workbook, with the sums since the start of what adds up; the annexes have a few.
    for window in windows(&[]).into_iter().filter(|window| window.end() <= day((2022, 12, 31))) {
        for indicator in INDICATORS.iter().filter(|it| it.course != Course::Rate) {
            if indicator.course == Course::Flow || matches!(window, Window::Within(_)) {
                add(whole.figure(indicator, window), !read.figure(indicator, window).is_secret());
            }
        }
    }
    for indicator in TOTALS.map(|id| Indicator::of(id).expect("an indicator")) {
        let window = Window::UpTo(closing);
        add(whole.figure(indicator, window), !read.figure(indicator, window).is_secret());
    }
    for half in [(2021, 1, 1), (2021, 7, 1), (2022, 1, 1), (2022, 7, 1)].map(|start| HalfYear::of(day(start)).period())
    {
        for (by, met) in [Trait::Theme, Trait::Council, Trait::Sector, Trait::Size]
            .into_iter()
            .flat_map(|by| [(by, false), (by, true)])
        {
            let told: Vec<String> = read.firms_by(by, half, met).into_iter().map(|class| class.label).collect();
            for class in whole.firms_by(by, half, met) {
                let is_told = told.contains(&class.label);
                add(class.firms, is_told);
                add(class.exchanges, is_told);
            }
        }
    }
    for by in [Trait::Scheme, Trait::Council] {
        let told: Vec<String> = read.laureates_by(by, closing).into_iter().map(|class| class.label).collect();
        for class in whole.laureates_by(by, closing) {
            let is_told = told.contains(&class.label);
            for figure in [class.laureates, class.obtained, class.investment, class.jobs] {
                add(figure, is_told);
            }
        }
    }
    let allowed: Vec<&(Figure, bool)> = cells.values().filter(|(figure, _)| is_allowed(&all, figure)).collect();
    let lost: Vec<&str> = allowed.iter().filter(|(_, told)| !told).map(|(figure, _)| figure.name()).collect();
    assert!(allowed.len() > 200 && lost.len() * 5 <= allowed.len(), "{} of {}: {lost:#?}", lost.len(), allowed.len());
    for id in TOTALS {
        let figure = read.figure(Indicator::of(id).expect("an indicator"), Window::UpTo(closing));
        assert!(!figure.is_secret(), "{id} is withheld");
    }
    let fund = format!("Fonds {}", all.territory().programme);
    assert!([false, true].iter().all(|others| !read.laureates_of_scheme(&fund, *others, closing).is_secret()));
    let classes = read.laureates_by(Trait::Scheme, closing);
    let of_fund = classes.iter().find(|class| class.label == fund).expect("the fund");
    assert_eq!((of_fund.obtained.amount(), of_fund.investment.amount()), (1_700_000_000, 22_000_000_000));
}
