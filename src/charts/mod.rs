//! A chart as one thing: what it finds, what it measures, its marks on one scale, and what is told to who does not see it.
//!
//! Page, slide, workbook and e-mail set the same chart. A finding is a sentence that the marks prove; where there is too
//! little to show, a sentence stands in the chart's place. What the figures are about is not known here.

mod findings;
pub(crate) mod map;
mod placing;

pub(crate) use self::findings::{Noun, change, leaders, part_of};

use crate::figures::{Figure, Length, Phrase, Printed, Quantity, phrase};
use crate::views::view;

/// The fewest cases that a chart is made of: fewer are said in a sentence.
const LEAST_CASES: i64 = 8;
/// The fewest classes.
const LEAST_CLASSES: usize = 3;
/// The largest share of a whole that may stand under « Autres », in percent.
const MOST_OTHERS: i64 = 40;
/// The most things that are shown as columns of a small chart.
const FEW_THINGS: i64 = 10;

view! {
    /// A chart.
    pub(crate) struct Chart {
        /// How it is drawn: `barres`, `colonnes`, `parts`, `courbe`, `points`, `petites-colonnes`, `petite-courbe`.
        genre: &'static str,
        /// What it finds.
        constat: Phrase,
        /// What is measured: what is counted, in which unit, over which days.
        mesure: String,
        /// What the dark part of a mark is, where marks have one.
        dont: Option<String>,
        /// The marks, in their order.
        marques: Vec<Mark>,
        /// Where marks stand in groups: what each group is called, with its sum, and how many marks are in it.
        groupes: Vec<Group>,
        /// Where the numbers are from, and the day on which they stood.
        source: String,
        /// What is told to who does not see it.
        alternative: String,
    }

    /// A mark: a bar, a column, a part, a point.
    pub(crate) struct Mark {
        nom: String,
        /// Its name where there is little room.
        court: String,
        valeur: Printed,
        longueur: Length,
        /// The part of it that is dark.
        dont: Option<Part>,
        /// Whether it is beside what is measured: the time before, another body.
        retrait: bool,
    }

    /// A chart with its finding as title, or the sentence that says all there is.
    pub(crate) struct Told {
        dit: Phrase,
        graphique: Option<Box<Chart>>,
    }

    /// The dark part of a mark.
    pub(crate) struct Part {
        valeur: Printed,
        longueur: Length,
    }

    /// Some marks that stand beside each other.
    pub(crate) struct Group {
        nom: Phrase,
        marques: u32,
        retrait: bool,
    }
}

/// A row of numbers that becomes a mark.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What it is called.
    pub(crate) name: String,
    /// The same where there is little room.
    pub(crate) short: String,
    /// How much it is.
    pub(crate) whole: Figure,
    /// How much of it is what matters.
    pub(crate) part: Option<Figure>,
    /// Whether it is a class that its rows have in common, and not what is left over.
    pub(crate) is_named: bool,
    /// Whether it is beside what is measured.
    pub(crate) is_aside: bool,
}

impl Row {
    /// A row of a class.
    #[must_use]
    pub(crate) fn new(name: impl Into<String>, whole: Figure) -> Self {
        let name = name.into();
        Self { short: name.clone(), name, whole, part: None, is_named: true, is_aside: false }
    }
}

/// What stands around the marks of a chart.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    /// What is measured.
    pub(crate) measured: String,
    /// What the dark part of a mark is.
    pub(crate) part: Option<String>,
    /// Where the numbers are from.
    pub(crate) source: String,
}

/// A chart, or the sentence that says all there is.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    /// There is something to see.
    Chart(Box<Chart>),
    /// There is too little.
    Sentence(Phrase),
}

impl Shown {
    /// The chart, where there is one.
    #[must_use]
    pub(crate) fn chart(&self) -> Option<&Chart> {
        match self {
            Self::Chart(chart) => Some(chart),
            Self::Sentence(_) => None,
        }
    }

    /// The finding, or the sentence.
    #[cfg(test)]
    pub(crate) fn said(&self) -> &Phrase {
        match self {
            Self::Chart(chart) => &chart.constat,
            Self::Sentence(sentence) => sentence,
        }
    }
}

impl From<Shown> for Told {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Chart(chart) => Self { dit: chart.constat.clone(), graphique: Some(chart) },
            Shown::Sentence(dit) => Self { dit, graphique: None },
        }
    }
}

impl Told {
    /// The finding, or the sentence.
    #[must_use]
    pub(crate) fn finding(&self) -> &Phrase {
        &self.dit
    }

    /// The chart, where there is one.
    #[must_use]
    pub(crate) fn chart(&self) -> Option<&Chart> {
        self.graphique.as_deref()
    }
}

/// The scale that charts share which stand side by side: the largest of all their rows.
#[must_use]
pub(crate) fn scale<'r>(rows: impl IntoIterator<Item = &'r Row>) -> i64 {
    rows.into_iter().map(|row| row.whole.amount()).max().unwrap_or(0)
}

/// Bars of classes, the longest first, what is left over last. Fewer than eight cases, fewer than three classes, or too much
/// left over: the sentence instead. Classes that overlap (a firm that was met on two themes) have no whole of their own.
#[must_use]
pub(crate) fn bars(rows: Vec<Row>, scale: i64, noun: &Noun, about: About) -> Shown {
    let mut rows = readable(rows);
    rows.sort_by_key(|row| (!row.is_named, std::cmp::Reverse(row.whole.amount())));
    let finding = leaders(&rows, noun);
    let cases: i64 = rows.iter().map(|row| row.whole.amount()).sum();
    let others: i64 = rows.iter().filter(|row| !row.is_named).map(|row| row.whole.amount()).sum();
    if cases < LEAST_CASES || rows.len() < LEAST_CLASSES || others * 100 > cases * MOST_OTHERS {
        return Shown::Sentence(in_words(&rows, noun));
    }
    Shown::Chart(Box::new(Chart::new("barres", finding, rows, scale, about)))
}

/// A whole in its parts, in their order, each with its share: the parts that are nothing are left out.
#[must_use]
pub(crate) fn parts(finding: Phrase, rows: Vec<Row>, about: About) -> Shown {
    // A whole of which a part is withheld has no parts to show.
    if rows.iter().any(|row| row.whole.is_secret()) {
        return Shown::Sentence(finding);
    }
    let rows: Vec<Row> = rows.into_iter().filter(|row| !row.whole.is_zero()).collect();
    let whole: i64 = rows.iter().map(|row| row.whole.amount()).sum();
    if whole < LEAST_CASES || rows.len() < 2 {
        return Shown::Sentence(finding);
    }
    Shown::Chart(Box::new(Chart::new("parts", finding, rows, whole, about)))
}

/// Columns over time, in groups that follow each other.
#[must_use]
pub(crate) fn columns(finding: Phrase, rows: Vec<Row>, groups: Vec<Group>, about: About) -> Shown {
    let scale = scale(&rows);
    let is_withheld = rows.iter().any(|row| row.whole.is_secret());
    if is_withheld || rows.iter().map(|row| row.whole.amount()).sum::<i64>() < LEAST_CASES {
        return Shown::Sentence(finding);
    }
    Shown::Chart(Box::new(Chart { groupes: groups, ..Chart::new("colonnes", finding, rows, scale, about) }))
}

/// A line over time, with its first and its last value. What never was has no line.
#[must_use]
pub(crate) fn line(finding: Phrase, rows: Vec<Row>, about: About) -> Shown {
    let scale = scale(&rows);
    if scale == 0 || rows.len() < LEAST_CLASSES || rows.iter().any(|row| row.whole.is_secret()) {
        return Shown::Sentence(finding);
    }
    Shown::Chart(Box::new(Chart::new("courbe", finding, rows, scale, about)))
}

/// Months in small: columns of a few things, else a line; nothing for what never was. A month that is withheld is a gap.
#[must_use]
pub(crate) fn months(finding: Phrase, rows: Vec<Row>, about: About) -> Option<Box<Chart>> {
    let scale = scale(&rows);
    let is_counted = |row: &Row| matches!(row.whole.value(), Quantity::Count(0..=FEW_THINGS));
    let genre = if rows.iter().all(is_counted) { "petites-colonnes" } else { "petite-courbe" };
    (scale > 0 && rows.len() > 1).then(|| Box::new(Chart::new(genre, finding, rows, scale, about)))
}

/// One body among the others, as points on a line: only where every value may be read.
#[must_use]
pub(crate) fn points(finding: Phrase, rows: Vec<Row>, about: About) -> Shown {
    let mut rows = readable(rows);
    rows.sort_by_key(|row| row.whole.amount());
    let scale = scale(&rows);
    if scale == 0 || rows.len() < LEAST_CLASSES {
        return Shown::Sentence(finding);
    }
    Shown::Chart(Box::new(Chart::new("points", finding, rows, scale, about)))
}

impl Chart {
    fn new(genre: &'static str, finding: Phrase, rows: Vec<Row>, scale: i64, about: About) -> Self {
        let About { measured, part, source } = about;
        let told = told(&rows, part.as_deref());
        Self {
            genre,
            alternative: format!("{}. {}\u{a0}: {told}.", finding.text(), measured.trim_end_matches('.')),
            constat: finding,
            mesure: measured,
            dont: part,
            marques: rows.into_iter().map(|row| Mark::new(row, scale)).collect(),
            groupes: Vec::new(),
            source,
        }
    }

    /// What it finds.
    #[must_use]
    pub(crate) fn finding(&self) -> &Phrase {
        &self.constat
    }

    /// What is told to who does not see it.
    #[must_use]
    pub(crate) fn told(&self) -> &str {
        &self.alternative
    }
}

impl Mark {
    fn new(row: Row, scale: i64) -> Self {
        Self {
            longueur: row.whole.length(scale),
            valeur: row.whole.headline(),
            dont: row
                .part
                .filter(|part| !part.is_zero() && !part.is_secret())
                .map(|part| Part { longueur: part.length(scale), valeur: part.headline() }),
            nom: row.name,
            court: row.short,
            retrait: row.is_aside,
        }
    }
}

impl Group {
    /// A group of so many marks.
    #[must_use]
    pub(crate) fn new(name: Phrase, marks: usize, is_aside: bool) -> Self {
        Self { nom: name, marques: u32::try_from(marks).unwrap_or(u32::MAX), retrait: is_aside }
    }
}

/// The rows whose numbers may be read.
fn readable(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().filter(|row| !row.whole.is_secret()).collect()
}

/// The marks as they are told to who does not see them.
fn told(rows: &[Row], part: Option<&str>) -> String {
    let told = |row: &Row| {
        let part = part.zip(row.part.as_ref()).map(|(name, part)| format!(" (dont {} {name})", part.headline().text()));
        format!("{} {}{}", row.name, row.whole.headline().text(), part.unwrap_or_default())
    };
    rows.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// All rows in one sentence, for which a chart would be too much.
fn in_words(rows: &[Row], noun: &Noun) -> Phrase {
    let mut sentence = Phrase::default();
    let rows: Vec<&Row> = rows.iter().filter(|row| !row.whole.is_zero()).collect();
    for (index, row) in rows.iter().enumerate() {
        let joint = match index {
            0 => "",
            last if last + 1 == rows.len() => " et ",
            _ => ", ",
        };
        let counted = if index == 0 { row.whole.counted(noun.one, noun.many) } else { row.whole.count() };
        sentence.extend(phrase![format!("{joint}{}\u{a0}: ", row.name), counted]);
    }
    sentence
}

#[cfg(test)]
mod tests;
