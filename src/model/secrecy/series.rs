//! The figures about firms that documents print, measure by measure, and the decision which of them are told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::facts::{AidFact, Facts, SupportFact};
use super::rows::Row;
use super::system::{Kind, Mark, System};
use super::windows::{Windows, rank};
use crate::model::statistics::{OTHERS, Trait, Window, is_other};
use crate::model::{Choice as _, Decision, SupportLevel};
use crate::wording::same_words;

/// Under what name each class stands, by the trait and the day of the breakdown.
pub(super) type Classes = HashMap<(Trait, NaiveDate), HashMap<String, String>>;

/// A figure that documents print, by its name and the places of its rows.
struct Candidate {
    rank: (u8, Reverse<usize>, usize),
    name: String,
    rows: Vec<u32>,
}

/// The figures of one measure, before it is decided which of them are told.
struct Measure {
    system: System,
    candidates: Vec<Candidate>,
}

impl Measure {
    fn new(kind: Kind, rows: Vec<Row>, facts: &Facts) -> Self {
        Self { system: System::new(kind, rows, &facts.readers), candidates: Vec::new() }
    }

    /// Adds a figure over the rows that a rule chooses. Of months the larger come first: the smallest are withheld.
    fn add(&mut self, rank: u8, name: String, of: impl Fn(usize) -> bool) {
        let rows = self.system.places(of);
        let size = if rank == rank::MONTH { rows.len() } else { 0 };
        self.candidates.push(Candidate { rank: (rank, Reverse(size), self.candidates.len()), name, rows });
    }

    /// Admits the figures up to a rank, in their order. Of months and the sums since the start, which are told depends on which
    /// are asked first: the largest months, or the newest of both. The order that tells more is kept; where figures overlap, the
    /// answers need linear programming, and are asked for once.
    fn admit(&mut self, most: u8, told: &mut HashSet<String>) {
        self.candidates.sort_by_key(|candidate| candidate.rank);
        let later = self.candidates.partition_point(|candidate| candidate.rank.0 <= most);
        let asked: Vec<Candidate> = self.candidates.drain(..later).collect();
        let (first, rest) = asked.split_at(asked.partition_point(|candidate| candidate.rank.0 < rank::MONTH));
        let (months, last) = rest.split_at(rest.partition_point(|candidate| candidate.rank.0 <= rank::SINCE));
        let mut names = tell(&mut self.system, first);
        let other = self.system.is_nested().then(|| self.system.clone());
        let mut of_months = tell(&mut self.system, months);
        if let Some(mut other) = other {
            let mut newest: Vec<&Candidate> = months.iter().collect();
            newest.sort_by_key(|candidate| (candidate.rank.0, Reverse(candidate.rank.2)));
            let of_newest = tell(&mut other, newest);
            if of_newest.len() > of_months.len() {
                (self.system, of_months) = (other, of_newest);
            }
        }
        names.extend(of_months);
        names.extend(tell(&mut self.system, last));
        told.extend(names.into_iter().map(ToOwned::to_owned));
    }
}

/// The names of those figures that may be told, asked one after the other.
fn tell<'c>(system: &mut System, candidates: impl IntoIterator<Item = &'c Candidate>) -> Vec<&'c str> {
    let is_told = |candidate: &&Candidate| system.admit(std::slice::from_ref(&candidate.rows));
    candidates.into_iter().filter(is_told).map(|candidate| candidate.name.as_str()).collect()
}

/// The names of the figures that are told, and the classes of the breakdowns of laureates.
pub(super) fn decide(facts: &Facts, windows: &Windows, fund: &str) -> (HashSet<String>, Classes) {
    let mut told = HashSet::new();
    for level in SupportLevel::ALL {
        exchanges(facts, windows, *level, &mut told);
    }
    hours(facts, windows, &mut told);
    for (id, least) in
        [("entreprises.rencontrees", SupportLevel::Contact), ("entreprises.accompagnees", SupportLevel::Awareness)]
    {
        firms(facts, windows, id, |support| support.level >= least, &mut told);
    }
    firms(facts, windows, "entreprises.renforcees", |support| support.level == SupportLevel::Reinforced, &mut told);
    filed(facts, windows, &mut told);
    decided(facts, windows, "dossiers.refuses", Decision::Refused, &mut told);
    let classes = granted(facts, windows, fund, &mut told);
    pending(facts, windows, &mut told);
    (told, classes)
}

/// Whether the day of an activity counts: none is older than the programme.
fn counts(windows: &Windows, window: Window, date: NaiveDate) -> bool {
    window.holds(date) && (matches!(window, Window::Within(_)) || windows.since <= date)
}

fn exchanges(facts: &Facts, windows: &Windows, level: SupportLevel, told: &mut HashSet<String>) {
    let supports: Vec<&SupportFact> = facts.supports.iter().filter(|support| support.level == level).collect();
    let rows = supports.iter().map(|support| support.row(1)).collect();
    let mut measure = Measure::new(Kind::Counts, rows, facts);
    for month in &windows.months {
        let name = format!("echanges.{}@{month}", level as usize);
        measure.add(rank::MONTH, name, |place| month.period().contains(supports[place].date));
    }
    if level == SupportLevel::Contact {
        for (rank, window) in windows.of("entreprises.contacts") {
            let name = format!("entreprises.contacts@{}", window.name());
            measure.add(rank, name, |place| counts(windows, window, supports[place].date));
        }
    }
    measure.admit(u8::MAX, told);
}

fn hours(facts: &Facts, windows: &Windows, told: &mut HashSet<String>) {
    let supports: Vec<(&SupportFact, i64)> =
        facts.supports.iter().filter_map(|support| Some((support, support.hours?))).collect();
    let rows = supports.iter().map(|(support, hours)| support.row(*hours)).collect();
    let mut measure = Measure::new(Kind::Amounts, rows, facts);
    for (rank, window) in windows.of("entreprises.heures") {
        let name = format!("entreprises.heures@{}", window.name());
        measure.add(rank, name, |place| counts(windows, window, supports[place].0.date));
    }
    measure.admit(u8::MAX, told);
}

/// Numbers of different firms. Since the start they add up, by the day that each firm first counted; in a period a firm counts
/// anew, so that such numbers say nothing about each other.
fn firms(
    facts: &Facts,
    windows: &Windows,
    id: &str,
    is_counted: impl Fn(&SupportFact) -> bool,
    told: &mut HashSet<String>,
) {
    let mut supports: Vec<&SupportFact> = facts.supports.iter().filter(|support| is_counted(support)).collect();
    supports.sort_by_key(|support| support.date);
    let mut rows: Vec<(Option<Window>, &SupportFact)> = Vec::new();
    let first_in = |window: Option<Window>| {
        let mut seen = HashSet::new();
        let holds = move |support: &&&SupportFact| match window {
            None => windows.since <= support.date,
            Some(window) => window.holds(support.date),
        };
        supports.iter().filter(holds).filter(move |support| seen.insert(support.firm)).map(move |it| (window, *it))
    };
    rows.extend(first_in(None));
    let all = windows.of(id);
    let periods: BTreeMap<String, Window> = all.iter().map(|(_, window)| (window.name(), *window)).collect();
    for window in periods.values().filter(|window| matches!(window, Window::Within(_))) {
        rows.extend(first_in(Some(*window)));
    }
    let mut measure = Measure::new(Kind::Counts, rows.iter().map(|(_, support)| support.row(1)).collect(), facts);
    for (rank, window) in all {
        let name = format!("{id}@{}", window.name());
        let is_since = matches!(window, Window::UpTo(_));
        measure.add(rank, name, |place| match rows[place].0 {
            None => is_since && window.holds(rows[place].1.date),
            of => of == Some(window),
        });
    }
    measure.admit(u8::MAX, told);
}

/// Applications as they were filed: their number and what they ask for, those that the programme accompanied apart.
fn filed(facts: &Facts, windows: &Windows, told: &mut HashSet<String>) {
    let aids = &facts.aids;
    let mut number = Measure::new(Kind::Counts, aids.iter().map(|aid| aid.row(1)).collect(), facts);
    let mut asked = Measure::new(Kind::Amounts, aids.iter().map(|aid| aid.row(aid.requested)).collect(), facts);
    for (id, measure) in [("dossiers.deposes", &mut number), ("aides.demandees", &mut asked)] {
        for (rank, window) in windows.of(id) {
            measure.add(rank, format!("{id}@{}", window.name()), |place| window.holds(aids[place].filed));
        }
    }
    for (rank, window) in windows.of_part() {
        let name = window.name();
        let end = window.end();
        number.add(rank, format!("accompagnes.deposes@{name}"), |place| {
            aids[place].accompanied && window.holds(aids[place].filed)
        });
        // What stands at a day is the same in every window that ends there.
        let rank = if rank == rank::PART || is_half(windows, window) { rank::PART } else { rank };
        asked.add(rank, format!("accompagnes.instruction@{name}"), |place| {
            aids[place].accompanied && aids[place].is_on(Decision::Pending, end)
        });
    }
    number.admit(u8::MAX, told);
    asked.admit(u8::MAX, told);
}

fn is_half(windows: &Windows, window: Window) -> bool {
    windows.of_all().iter().any(|(rank, other)| *rank == rank::HALF && *other == window)
}

fn decided(facts: &Facts, windows: &Windows, id: &str, decision: Decision, told: &mut HashSet<String>) {
    let aids: Vec<&AidFact> = facts.aids.iter().filter(|aid| aid.decision == decision).collect();
    let mut measure = Measure::new(Kind::Counts, aids.iter().map(|aid| aid.row(1)).collect(), facts);
    for (rank, window) in windows.of(id) {
        let name = format!("{id}@{}", window.name());
        measure.add(rank, name, |place| aids[place].decided.is_some_and(|date| window.holds(date)));
    }
    measure.admit(u8::MAX, told);
}

/// Laureates: their number, what they obtain and invest, their jobs; in all, by what the programme accompanied, by class.
fn granted(facts: &Facts, windows: &Windows, fund: &str, told: &mut HashSet<String>) -> Classes {
    let aids: Vec<&AidFact> = facts.aids.iter().filter(|aid| aid.decision == Decision::Granted).collect();
    let rows = |value: fn(&AidFact) -> i64| aids.iter().map(|aid| aid.row(value(aid))).collect::<Vec<Row>>();
    let mut number = Measure::new(Kind::Counts, rows(|_| 1), facts);
    let mut obtained = Measure::new(Kind::Amounts, rows(|aid| aid.obtained), facts);
    let mut investment = Measure::new(Kind::Amounts, rows(|aid| aid.investment), facts);
    let mut jobs = Measure::new(Kind::Amounts, rows(|aid| aid.jobs), facts);
    let holds = |window: Window, place: usize| aids[place].decided.is_some_and(|date| window.holds(date));
    let by = |day: NaiveDate, place: usize| aids[place].is_on(Decision::Granted, day);
    let measures = [
        ("dossiers.laureats", &mut number),
        ("aides.obtenues", &mut obtained),
        ("aides.investissement", &mut investment),
        ("emplois", &mut jobs),
    ];
    for (id, measure) in measures {
        for (rank, window) in windows.of(id) {
            measure.add(rank, format!("{id}@{}", window.name()), |place| holds(window, place));
        }
    }
    for (rank, window) in windows.of_part() {
        let name = format!("accompagnes.obtenu@{}", window.name());
        obtained.add(rank, name, |place| aids[place].accompanied && holds(window, place));
    }
    for day in &windows.closings {
        let is_fund = |place: usize| same_words(&aids[place].scheme, fund);
        number.add(rank::CLOSING, format!("dossiers.non-annonces@..{day}"), |place| {
            by(*day, place) && !aids[place].public
        });
        number
            .add(rank::CLOSING, format!("dossiers.fonds_laureats@..{day}"), |place| by(*day, place) && is_fund(place));
        number.add(rank::CLOSING, format!("dossiers.autres_laureats@..{day}"), |place| {
            by(*day, place) && !is_fund(place)
        });
    }
    let mut measures = [number, obtained, investment, jobs];
    for measure in &mut measures {
        measure.admit(rank::YEAR, told);
    }
    let mut classes = Classes::new();
    for day in &windows.closings {
        for (of, label) in
            [(Trait::Council, (|aid| &aid.council) as fn(&AidFact) -> &String), (Trait::Scheme, |aid| &aid.scheme)]
        {
            let labels: Vec<Option<&str>> =
                (0..aids.len()).map(|place| by(*day, place).then(|| label(aids[place]).as_str())).collect();
            classes.insert((of, *day), classed(&mut measures, &labels));
        }
    }
    for measure in &mut measures {
        measure.admit(u8::MAX, told);
    }
    classes
}

/// Classes of laureates that may be told in all measures: as few as can be are merged, the smallest first, until they may. None is left where even
/// that does not help.
fn classed(measures: &mut [Measure], labels: &[Option<&str>]) -> HashMap<String, String> {
    let mut groups: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        if let (Some(label), Ok(place)) = (label, u32::try_from(place)) {
            groups.entry(label).or_default().push(place);
        }
    }
    let mut kept: Vec<(&str, Vec<u32>)> = Vec::new();
    let mut others: (Vec<&str>, Vec<u32>) = Default::default();
    let carries = |rows: &[u32]| measures.iter().all(|measure| measure.system.carries(rows));
    for (label, rows) in groups {
        if is_other(label) || !carries(&rows) {
            others.0.push(label);
            others.1.extend(rows);
        } else {
            kept.push((label, rows));
        }
    }
    // The smallest first; of two that are alike the first by name is kept longer.
    kept.sort_by_key(|(label, rows)| (rows.len(), Reverse(*label)));
    for merged in merged(kept.len()) {
        let (gone, own): (Vec<_>, Vec<_>) = kept.iter().enumerate().partition(|(place, _)| merged.contains(place));
        let labels = others.0.iter().copied().chain(gone.iter().map(|(_, (label, _))| *label));
        let mut rows = others.1.clone();
        rows.extend(gone.iter().flat_map(|(_, (_, rows))| rows));
        rows.sort_unstable();
        let of_others = (!rows.is_empty()).then_some(rows);
        let figures: Vec<Vec<u32>> = own.iter().map(|(_, (_, rows))| rows.clone()).chain(of_others).collect();
        let is_broken_down = figures.len() > 1 || others.0.is_empty() && gone.is_empty();
        if is_broken_down && admit_all(measures, &figures) {
            let own = own.iter().map(|(_, (label, _))| ((*label).to_owned(), (*label).to_owned()));
            return own.chain(labels.map(|label| (label.to_owned(), OTHERS.to_owned()))).collect();
        }
    }
    HashMap::new()
}

/// Which of some classes to merge, by their places: none, one, then one more each time. All of them are the smallest but for the
/// last, which may be any: it is often a single class that stands in the way.
fn merged(classes: usize) -> impl Iterator<Item = Vec<usize>> {
    let with_last = move |last: usize, count: usize| (0..count - 1).chain([last]).collect();
    let of = move |count: usize| (count - 1..classes).map(move |last| with_last(last, count));
    std::iter::once(Vec::new()).chain((1..=classes).flat_map(of))
}

/// Admits figures in all measures, or in none.
fn admit_all(measures: &mut [Measure], figures: &[Vec<u32>]) -> bool {
    let marks: Vec<Mark> = measures.iter().map(|measure| measure.system.mark()).collect();
    let admitted = measures.iter_mut().all(|measure| measure.system.admit(figures));
    if !admitted {
        measures.iter_mut().zip(marks).for_each(|(measure, mark)| measure.system.take_back(mark));
    }
    admitted
}

/// Applications in examination at a day, and those that were given up. What is in examination is what was filed and is not
/// decided: it is told where these are, and where those that were given up since may be told too.
fn pending(facts: &Facts, windows: &Windows, told: &mut HashSet<String>) {
    let aids = &facts.aids;
    let rows: Vec<Row> = aids.iter().map(|aid| aid.row(1)).collect();
    let mut given_up = System::new(Kind::Counts, rows, &facts.readers);
    let all = windows.of("dossiers.instruction");
    let mut ends: Vec<(u8, NaiveDate)> = all.iter().map(|(rank, window)| (*rank, window.end())).collect();
    ends.sort_unstable();
    let mut seen = HashSet::new();
    ends.retain(|(_, end)| seen.insert(*end));
    let mut days = HashSet::new();
    for (_, day) in ends {
        let up_to = Window::UpTo(day).name();
        let flows = ["deposes", "laureats", "refuses"].map(|id| format!("dossiers.{id}@{up_to}"));
        let abandoned = given_up.places(|place| aids[place].is_on(Decision::Abandoned, day));
        let pending = given_up.places(|place| aids[place].is_on(Decision::Pending, day));
        let all_told = flows.iter().all(|name| told.contains(name));
        if all_told && given_up.carries(&pending) && given_up.admit(&[abandoned]) {
            days.insert(day);
            told.insert(format!("dossiers.abandonnes@{up_to}"));
        }
    }
    for (_, window) in all.into_iter().filter(|(_, window)| days.contains(&window.end())) {
        told.insert(format!("dossiers.instruction@{}", window.name()));
    }
}
