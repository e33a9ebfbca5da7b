//! The parts of a report, each from the rows and statistics that its readers may know.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use super::view::{
    Breakdown, Change, CommunicationRow, Course, CourseMonth, Decisions, EventRow, FirmRow, IndicatorRow, KeyFigure,
    LetterRow, Levels, Mark, NamedMark, Side,
};
use crate::documents::common::{self, prose};
use crate::figures::{Cells, Figure, Phrase, Printed, Quantity, phrase};
use crate::model::rows::cells_under;
use crate::model::{
    At, Choice as _, CommunicationMonth, Course as Kind, Event, Firm, HalfYear, Indicator, Month, Support,
    SupportClass, SupportLevel, Trait,
};
use crate::wording::{self, fold};

/// The indicators of the first page.
const KEYS: [&str; 5] =
    ["entreprises.rencontrees", "entreprises.accompagnees", "dossiers.deposes", "aides.obtenues", "evenements"];

/// What the figures of one council's report have in their names.
pub(super) fn of(report: &Report) -> String {
    report.council.map_or_else(String::new, |council| format!("[{}]", council.code()))
}

pub(super) fn keys(report: &Report) -> Vec<KeyFigure> {
    let indicators = KEYS.iter().filter(|id| report.has(id)).filter_map(|id| Indicator::of(id));
    let key = |indicator: &'static Indicator| {
        let (before, now, _) = report.course(indicator);
        let variation = before.and_then(|before| change(&before, &now, indicator.course));
        KeyFigure { valeur: now.headline(), libelle: indicator.label_of(&now), variation }
    };
    indicators.map(key).collect()
}

/// The change from a half-year to the next. Percentages of a handful, and those beyond the fourfold, tell less than the
/// number itself.
fn change(before: &Figure, now: &Figure, course: Kind) -> Option<Change> {
    if before.is_secret() || now.is_secret() {
        return None;
    }
    let (was, is) = (before.amount(), now.amount());
    let is_handful = matches!(before.value(), Quantity::Count(count) if count < 20);
    let text = match (course, now.change_from(before).signed_percent()) {
        (Kind::Rate, _) => return None,
        _ if was == is => phrase!["stable sur un semestre"],
        (_, Some(percent)) if !is_handful && is <= was.saturating_mul(4) => phrase![percent, " sur un semestre"],
        _ => phrase!["contre ", before.headline(), " au semestre précédent"],
    };
    Some(Change { texte: text, hausse: was < is, baisse: is < was })
}

/// Every indicator: the half-year before, this one, and since the start.
pub(super) fn indicators(report: &Report) -> Vec<IndicatorRow> {
    let row = |indicator: &'static Indicator| {
        let (before, now, since) = report.course(indicator);
        let stock = indicator.course == Kind::Stock;
        IndicatorRow {
            nom: wording::capitalized(indicator.label),
            precedent: before.map(|before| before.headline()),
            valeur: now.headline(),
            depuis: (!stock).then(|| since.headline()),
            stock,
        }
    };
    report.indicators().map(row).collect()
}

/// Exchanges by month and level: a course over time, which secrecy exempts.
pub(super) fn course(report: &Report) -> Course {
    let months: Vec<(Month, Vec<Figure>, Figure)> = report
        .months()
        .into_iter()
        .map(|month| {
            let parts: Vec<Figure> = SupportLevel::ALL.iter().map(|level| report.exchanges(month, *level)).collect();
            let total = sum(format!("echanges{}@{month}", of(report)), "échanges du mois", &parts);
            (month, parts, total)
        })
        .collect();
    let largest = months.iter().map(|(.., total)| total.amount()).max().unwrap_or(0);
    let column = |(month, parts, total): &(Month, Vec<Figure>, Figure)| CourseMonth {
        mois: wording::month(month.first_day()),
        court: wording::month_short(month.first_day()),
        annee: month.year.to_string(),
        total: total.count(),
        parts: parts.iter().map(|part| Mark { valeur: part.count(), longueur: part.length(largest) }).collect(),
    };
    let columns: Vec<CourseMonth> = months.iter().map(column).collect();
    let title = course_title(report, &months, largest);
    let told = columns.iter().map(|column| format!("{} {}", column.mois, column.total.text()));
    let told = told.collect::<Vec<_>>().join(", ");
    let opening = title.as_ref().map_or_else(String::new, |title| format!("{}. ", title.text()));
    Course {
        alternative: format!("{opening}Échanges par mois\u{a0}: {told}."),
        titre: title,
        niveaux: SupportLevel::ALL.iter().map(|level| level.label()).collect(),
        colonnes: columns,
    }
}

/// The finding: the busiest month, or all exchanges where several are as busy.
fn course_title(report: &Report, months: &[(Month, Vec<Figure>, Figure)], largest: i64) -> Option<Phrase> {
    let all = sum(
        format!("echanges{}@{}..{}", of(report), months.first()?.0, months.last()?.0),
        "échanges des mois du graphique",
        months.iter().map(|(.., total)| total),
    );
    if all.is_zero() || all.is_secret() {
        return None;
    }
    let busiest: Vec<_> = months.iter().filter(|(.., total)| total.amount() == largest).collect();
    let exchanges = |figure: &Figure| figure.counted("échange", "échanges");
    Some(match busiest.as_slice() {
        [(month, _, total)] => {
            let month = wording::capitalized(&wording::month(month.first_day()));
            let of_all = if months.len() == 12 { "le plus actif des douze mois" } else { "le mois le plus actif" };
            phrase![format!("{month}, {of_all}\u{a0}: "), exchanges(total)]
        }
        _ => {
            let name = format!("mois@{}", report.half);
            let count = common::count(name, "mois du graphique", months.len(), Cells::default());
            phrase![exchanges(&all), " en ", count.counted("mois", "mois")]
        }
    })
}

/// Firms by the highest level that they reached, in parts of one bar.
pub(super) fn levels(report: &Report) -> Levels {
    let (met, accompanied) = (report.now("entreprises.rencontrees"), report.now("entreprises.accompagnees"));
    let classes = report.statistics.firms_by(Trait::Level, report.half.period(), false);
    let title = met.zip(accompanied).filter(|(met, it)| !met.is_zero() && !met.is_secret() && !it.is_secret()).map(
        |(met, accompanied)| {
            let count = accompanied.counted("entreprise accompagnée", "entreprises accompagnées");
            phrase![count, " sur ", met.counted("rencontrée", "rencontrées")]
        },
    );
    let whole = classes.iter().map(|class| class.firms.amount()).sum();
    let parts = marks(&classes, whole);
    let opening = title.as_ref().map(Phrase::text).unwrap_or_default();
    let alternative = format!("{opening}, par niveau le plus élevé\u{a0}: {}.", told(&parts));
    Levels { titre: title, alternative, parts }
}

/// The firms that were met and those that were accompanied, by each trait; where nobody was met, there is nothing to show.
pub(super) fn breakdowns(report: &Report) -> Vec<Breakdown> {
    traits(report).into_iter().filter_map(|by| breakdown(report, by)).collect()
}

/// The traits of the breakdowns: a council's own firms are all of one council.
pub(super) fn traits(report: &Report) -> Vec<Trait> {
    let all = [Trait::Theme, Trait::Council, Trait::Sector, Trait::Size];
    all.into_iter().filter(|by| report.council.is_none() || *by != Trait::Council).collect()
}

/// Firms by one trait; the title is the finding, and there is none where two classes are as large as each other.
fn breakdown(report: &Report, by: Trait) -> Option<Breakdown> {
    let classes = |accompanied| report.statistics.firms_by(by, report.half.period(), accompanied);
    let met = classes(false);
    let mut named = met.iter().filter(|class| class.is_named);
    let title = match (named.next(), named.next(), report.now("entreprises.rencontrees")) {
        (Some(first), second, Some(all))
            if !all.is_secret() && second.is_none_or(|it| it.firms.amount() != first.firms.amount()) =>
        {
            let name = format!("{}\u{a0}: ", wording::prose(&wording::capitalized(&first.label)));
            phrase![name, first.firms.counted("entreprise", "entreprises"), " sur ", all.count()]
        }
        _ => phrase![format!("Par {}", by.label())],
    };
    let side = |done: &str, classes: &[SupportClass]| {
        let largest = classes.iter().map(|class| class.firms.amount()).max().unwrap_or(0);
        let lines = marks(classes, largest);
        let name = format!("{done}, par {}", by.label());
        let alternative = format!("Entreprises {}\u{a0}: {}.", name.to_lowercase(), told(&lines));
        Side { nom: name, alternative, lignes: lines }
    };
    let sides = vec![side("Rencontrées", &met), side("Accompagnées", &classes(true))];
    (!met.is_empty()).then_some(Breakdown { titre: title, cotes: sides })
}

fn marks(classes: &[SupportClass], whole: i64) -> Vec<NamedMark> {
    let mark = |class: &SupportClass| NamedMark {
        nom: wording::prose(&wording::capitalized(&class.label)),
        valeur: class.firms.count(),
        longueur: class.firms.length(whole),
    };
    classes.iter().map(mark).collect()
}

/// Marks as they are told to who does not see them.
fn told(marks: &[NamedMark]) -> String {
    marks.iter().map(|mark| format!("{} {}", mark.nom, mark.valeur.text())).collect::<Vec<_>>().join(", ")
}

fn sum<'f>(name: String, label: &str, figures: impl IntoIterator<Item = &'f Figure>) -> Figure {
    Figure::sum(name, label, Quantity::Count, figures)
}

/// What was decided in the half-year, as one stacked bar with its table.
pub(super) fn decisions(report: &Report) -> Decisions {
    let of = |id: &str| report.now(id);
    let parts: Vec<(&str, Figure)> = [
        ("Lauréats", of("dossiers.laureats")),
        ("Refusés", of("dossiers.refuses")),
        ("En instruction à la fin", of("dossiers.instruction")),
    ]
    .into_iter()
    .filter_map(|(name, figure)| Some((name, figure?)))
    .collect();
    let whole: i64 = parts.iter().map(|(_, figure)| figure.amount()).sum();
    let rate = of("dossiers.taux");
    let title = match (&rate, of("dossiers.laureats")) {
        (Some(rate), Some(granted)) if let Quantity::Share(_, judged @ 1..) = rate.value() => {
            let name = format!("dossiers.decides{}@{}", self::of(report), report.half);
            let judged = Figure::new(name, "dossiers décidés", Quantity::Count(judged), rate.sources().clone());
            let retained = granted.counted("dossier retenu", "dossiers retenus");
            phrase![retained, " sur ", judged.counted("décidé", "décidés")]
        }
        (Some(rate), _) if rate.is_secret() => phrase!["Décisions du semestre"],
        _ => phrase!["Aucune décision ce semestre"],
    };
    let marks: Vec<NamedMark> = parts
        .iter()
        .map(|(name, figure)| NamedMark {
            nom: (*name).to_owned(),
            valeur: figure.count(),
            longueur: figure.length(whole),
        })
        .collect();
    let amount = |id: &str| of(id).map(|figure| figure.compact_euros());
    Decisions {
        alternative: format!("{}\u{a0}: {}.", title.text(), told(&marks)),
        titre: title,
        a_montrer: whole > 0,
        parts: marks,
        deposes: of("dossiers.deposes").map(|figure| figure.count()),
        demandees: amount("aides.demandees"),
        obtenues: amount("aides.obtenues"),
        taux: rate.map(|rate| rate.rate()),
    }
}

/// A month on the networks as figures: followers, posts, views.
pub(super) fn networks(row: At<CommunicationMonth>) -> [Figure; 3] {
    let figure = |name: &str, label: &str, value: i64, column| {
        let month = row.month();
        Figure::new(format!("{name}@{month}"), format!("{label}, {month}"), Quantity::Count(value), row.cell(column))
    };
    [
        figure("abonnes", "abonnés à la fin du mois", row.followers(), CommunicationMonth::FOLLOWERS),
        figure("publications", "publications du mois", row.posts(), CommunicationMonth::POSTS),
        figure("vues", "vues du mois", row.views(), CommunicationMonth::VIEWS),
    ]
}

/// Followers, posts and views of each month of the half-year.
pub(super) fn communication(report: &Report) -> Vec<CommunicationRow> {
    if report.council.is_some() {
        return Vec::new();
    }
    let period = report.half.period();
    let mut rows: Vec<At<CommunicationMonth>> =
        report.scope.communication().filter(|row| period.contains(row.month().first_day())).collect();
    rows.sort_by_key(|row| row.month());
    let row = |row: At<CommunicationMonth>| {
        let [abonnes, publications, vues] = networks(row).map(|figure| figure.count());
        CommunicationRow {
            mois: wording::capitalized(&wording::month(row.month().first_day())),
            abonnes,
            publications,
            vues,
        }
    };
    rows.into_iter().map(row).collect()
}

/// Events of a half-year that were not cancelled; in an own report, those of the council and those of all.
pub(super) fn events<'r>(report: &Report<'r>, half: HalfYear) -> Vec<At<'r, Event>> {
    let period = half.period();
    let is_own = |event: &At<Event>| {
        report.council.is_none_or(|council| event.partner().is_none_or(|partner| partner.index() == council.index()))
    };
    let held = |event: &At<Event>| !event.cancelled() && period.contains(event.date()) && is_own(event);
    let mut events: Vec<At<Event>> = report.scope.events().filter(held).collect();
    events.sort_by_key(|event| (event.date(), event.time()));
    events
}

/// The cells that say that these events exist.
pub(super) fn event_cells(events: &[At<Event>]) -> Cells {
    cells_under(events.iter().copied(), Event::DATE)
}

pub(super) fn event_row(event: At<Event>) -> EventRow {
    let came = event.participants().map(|count| {
        let name = format!("participants.{}@{}", fold(event.title()).replace(' ', "-"), event.date());
        let label = format!("participants, {}", event.title());
        Figure::new(name, label, Quantity::Count(count), event.cell(Event::PARTICIPANTS)).count()
    });
    EventRow {
        date: wording::date(event.date()),
        intitule: wording::prose(event.title()),
        genre: event.kind().label(),
        lieu: prose(event.place()),
        participants: came,
    }
}

/// Letters that were sent in the half-year.
pub(super) fn letters(report: &Report) -> Vec<LetterRow> {
    if report.council.is_some() {
        return Vec::new();
    }
    let period = report.half.period();
    let sent = report.scope.letters().filter(|letter| letter.sent().is_some_and(|day| period.contains(day)));
    let mut letters: Vec<_> = sent.collect();
    letters.sort_by_key(|letter| letter.number());
    letters
        .into_iter()
        .map(|letter| LetterRow {
            numero: letter.number().to_string(),
            date: wording::date(letter.issued()),
            objet: prose(letter.subject()),
        })
        .collect()
}

/// The council's own firms that were met, by name: what was done with each.
pub(super) fn firms(report: &Report) -> Vec<FirmRow> {
    if report.council.is_none() {
        return Vec::new();
    }
    let period = report.half.period();
    let mut met: BTreeMap<At<Firm>, Vec<At<Support>>> = BTreeMap::new();
    for support in report.scope.supports().filter(|support| period.contains(support.date())) {
        met.entry(support.firm()).or_default().push(support);
    }
    let mut rows: Vec<FirmRow> = met.into_iter().map(|(firm, supports)| firm_row(report, firm, &supports)).collect();
    rows.sort_by_cached_key(|row| fold(&row.nom));
    rows
}

fn firm_row(report: &Report, firm: At<Firm>, supports: &[At<Support>]) -> FirmRow {
    let themes: BTreeSet<&str> = supports.iter().map(|support| support.theme()).collect();
    let name = firm.full_name();
    let key = format!("echanges.{}@{}", fold(&name).replace(' ', "-"), report.half);
    FirmRow {
        commune: prose(firm.commune()),
        niveau: supports.iter().map(|support| support.level()).max().map(SupportLevel::label),
        themes: themes.into_iter().collect::<Vec<_>>().join(", "),
        echanges: exchanges_with(key, &name, supports),
        nom: wording::prose(&name),
    }
}

fn exchanges_with(key: String, name: &str, supports: &[At<Support>]) -> Printed {
    let cells = cells_under(supports.iter().copied(), Support::FIRM);
    common::count(key, &format!("échanges avec {name}"), supports.len(), cells).count()
}
