//! What an activity report says: key figures against the half-year before, breakdowns, what was done, what is planned.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::documents::breakdown::{FirmKey, Firms, UNKNOWN, readable};
use crate::documents::{Printer, Words};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::indicators::{Course, INDICATORS, Indicator, Window};
use crate::model::secrecy::{Class, OTHERS};
use crate::model::{Choice as _, HalfYear, Model, Month, Partner, Support, SupportLevel};
use crate::wording;

/// What a report is about: a model narrowed to its readers, a half-year, and the council when it is one's own report.
pub(super) struct Scope<'a> {
    pub(super) model: &'a Model,
    pub(super) half: HalfYear,
    pub(super) council: Option<&'a Partner>,
    firms: Firms<'a>,
    /// The indicators that were computed already.
    known: RefCell<HashMap<(&'static str, Window), Figure>>,
}

/// Firms of a class, with the exchanges that put them there.
pub(super) type SupportClass<'a> = Class<FirmKey, &'a Support>;

/// Firms by one trait: those that were met, and those that were accompanied.
pub(super) struct Breakdown<'a> {
    /// The trait's name in figures.
    pub(super) key: &'static str,
    /// The trait in words.
    pub(super) label: &'static str,
    pub(super) met: Vec<SupportClass<'a>>,
    pub(super) accompanied: Vec<SupportClass<'a>>,
}

/// The indicators of the first page.
const KEYS: [&str; 5] =
    ["entreprises.rencontrees", "entreprises.accompagnees", "dossiers.deposes", "aides.obtenues", "evenements"];

/// The indicators that are the programme's, not one council's.
const COMMON: [&str; 6] = [
    "evenements",
    "evenements.participants",
    "lettres",
    "communication.abonnes",
    "communication.publications",
    "communication.vues",
];

impl<'a> Scope<'a> {
    pub(super) fn new(model: &'a Model, half: HalfYear, council: Option<&'a Partner>) -> Self {
        Self { model, half, council, firms: Firms::new(model), known: RefCell::default() }
    }

    /// The half-year's days.
    pub(super) fn window(&self) -> Window {
        Window::Within(self.half.period())
    }

    /// The half-year before, when the programme had begun.
    fn before(&self) -> Option<HalfYear> {
        Some(self.half.previous()).filter(|before| self.model.territory.since <= before.period().end)
    }

    fn cumulated(&self) -> Window {
        Window::UpTo(self.half.period().end)
    }

    /// The indicators of this report: an own report leaves out what is not a council's.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &'static Indicator> + use<'_> {
        INDICATORS.iter().filter(|indicator| self.council.is_none() || !COMMON.contains(&indicator.id))
    }

    pub(super) fn figures(&self, indicator: &Indicator) -> (Option<Figure>, Figure, Figure) {
        let before = self.before().map(|before| self.figure(indicator, Window::Within(before.period())));
        (before, self.figure(indicator, self.window()), self.figure(indicator, self.cumulated()))
    }

    /// An indicator's figure, computed once.
    fn figure(&self, indicator: &Indicator, window: Window) -> Figure {
        let mut known = self.known.borrow_mut();
        known.entry((indicator.id, window)).or_insert_with(|| indicator.figure(self.model, window)).clone()
    }

    /// Whether small classes must be merged: a council reads its own firms by name.
    fn secret(&self) -> bool {
        self.council.is_none()
    }

    fn supports(&self) -> impl Iterator<Item = &Support> {
        let period = self.half.period();
        self.model.supports.iter().filter(move |support| period.contains(support.date))
    }

    /// The breakdowns of the firms that were met and of those that were accompanied.
    pub(super) fn breakdowns(&self) -> Vec<Breakdown<'_>> {
        let mut breakdowns = vec![self.breakdown("theme", "thème", &|support| support.theme.clone())];
        if self.council.is_none() {
            breakdowns
                .push(self.breakdown("epci", "intercommunalité", &|support| self.firms.partner_of(support.firm_key())));
        }
        breakdowns.push(self.breakdown("filiere", "filière", &|support| self.firms.sector_of(support.firm_key())));
        breakdowns.push(self.breakdown("taille", "taille", &|support| self.firms.size_of(support.firm_key())));
        breakdowns
    }

    fn breakdown(&self, key: &'static str, label: &'static str, class: &dyn Fn(&Support) -> String) -> Breakdown<'_> {
        let accompanied = self.supports().filter(|support| support.level.is_accompanied());
        Breakdown {
            key,
            label,
            met: self.classes(self.supports(), class),
            accompanied: self.classes(accompanied, class),
        }
    }

    fn classes<'s>(
        &self,
        supports: impl Iterator<Item = &'s Support>,
        class: &dyn Fn(&Support) -> String,
    ) -> Vec<SupportClass<'s>> {
        readable(self.firms.classes(supports, Support::firm_key, class), self.secret(), |class| {
            i64::try_from(class.firms.len()).unwrap_or(0)
        })
    }

    /// The firms that were met, by the highest level that each reached; lowest level first.
    pub(super) fn levels(&self) -> Vec<SupportClass<'_>> {
        let mut highest: BTreeMap<_, SupportLevel> = BTreeMap::new();
        for support in self.supports() {
            let level = highest.entry(support.firm_key()).or_insert(support.level);
            *level = support.level.max(*level);
        }
        let reached = |support: &Support| highest.get(&support.firm_key()).copied().unwrap_or(support.level);
        let mut classes = self.classes(self.supports(), &|support| reached(support).label().to_owned());
        classes.sort_by_key(|class| SupportLevel::ALL.iter().position(|level| level.label() == class.label));
        classes
    }

    /// The months of the course that charts show: twelve, up to the half-year's end, none before the programme began.
    pub(super) fn months(&self) -> Vec<Month> {
        let months = crate::model::indicators::months(self.model, self.half.period().end);
        months[months.len().saturating_sub(12)..].to_vec()
    }

    /// Exchanges of a level in a month.
    pub(super) fn exchanges(&self, month: Month, level: SupportLevel) -> i64 {
        let count = self
            .model
            .supports
            .iter()
            .filter(|support| support.level == level && Month::of(support.date) == month)
            .count();
        i64::try_from(count).unwrap_or(i64::MAX)
    }
}

/// A figure as its unit prints in a report: headline amounts, counts, shares.
fn print(printer: &mut Printer, figure: &Figure) -> String {
    match figure.value {
        Quantity::Cents(_) => printer.compact_euros(figure),
        Quantity::Share(..) => printer.rate(figure),
        _ => printer.note(figure),
    }
}

/// The change from a half-year to the next, in words and with its sign: colour alone says nothing.
fn change(before: Option<&Figure>, now: &Figure, course: Course) -> Value {
    let Some(before) = before else { return Value::Null };
    let (was, is) = (before.amount(), now.amount());
    let was_printed = match before.value {
        Quantity::Cents(cents) => wording::compact_euros(cents),
        Quantity::Hundredths(hundredths) => wording::hours(hundredths),
        _ => wording::group(was),
    };
    // Percentages of a handful, and those beyond the fourfold, tell less than the number itself.
    let is_handful = matches!(before.value, Quantity::Count(count) if count < 20);
    let text = match (course, wording::signed_percent(was, is)) {
        (Course::Rate, _) => return Value::Null,
        _ if was == is => "stable sur un semestre".to_owned(),
        (_, Some(percent)) if !is_handful && is <= was.saturating_mul(4) => format!("{percent} sur un semestre"),
        _ => format!("contre {was_printed} au semestre précédent"),
    };
    let sense = match was.cmp(&is) {
        std::cmp::Ordering::Less => "hausse",
        std::cmp::Ordering::Equal => "stable",
        std::cmp::Ordering::Greater => "baisse",
    };
    json!({ "texte": text, "sens": sense })
}

pub(super) fn view(scope: &Scope, printer: &mut Printer) -> Value {
    let territory = &scope.model.territory;
    let period = scope.half.period();
    let of = scope.council.map(|council| wording::prose(&council.usual_name));
    let title = match &of {
        Some(name) => format!("Bilan d’activité, {} – {name}", scope.half.label()),
        None => format!("Bilan d’activité, {}", scope.half.label()),
    };
    json!({
        "titre": title,
        "sujet": format!("Programme Territoires d’industrie {}", territory.name),
        "auteur": wording::prose(&territory.letter.sender_name),
        "mots_cles": ["bilan", "Territoires d’industrie", territory.name],
        "charte": { "couleur": territory.brand.colour, "accent": territory.brand.accent },
        "territoire": { "nom": territory.name, "programme": "Territoires d’industrie" },
        "semestre": { "code": scope.half.to_string(), "nom": scope.half.label(), "periode": wording::date_span(period.start, period.end),
                      "precedent": scope.before().map(HalfYear::label), "depuis": wording::date(territory.since), "fin": wording::date(period.end) },
        "epci": of,
        "epci_avec_de": scope.council.map(|council| wording::prose(&council.name_with_de)),
        "cles": keys(scope, printer),
        "indicateurs": table(scope, printer),
        "mois": course(scope),
        "niveaux": levels(scope, printer),
        "repartitions": scope.breakdowns().iter().map(|of| breakdown(scope, of, printer)).collect::<Vec<_>>(),
        "decisions": decisions(scope, printer),
        "communication": if scope.council.is_none() { communication(scope) } else { Value::Null },
        "evenements": events(scope, scope.half),
        "a_venir": events(scope, scope.half.next()),
        "lettres": letters(scope),
        "entreprises": if scope.council.is_some() { firms(scope) } else { Value::Null },
        "definitions": scope.indicators().map(|indicator| json!({ "nom": wording::capitalized(indicator.label), "texte": wording::prose(indicator.definition) })).collect::<Vec<_>>(),
    })
}

fn keys(scope: &Scope, printer: &mut Printer) -> Vec<Value> {
    let indicators = KEYS
        .iter()
        .filter_map(|id| Indicator::of(id))
        .filter(|indicator| scope.council.is_none() || !COMMON.contains(&indicator.id));
    indicators
        .map(|indicator| {
            let (before, now, _) = scope.figures(indicator);
            json!({ "valeur": print(printer, &now), "libelle": indicator.label, "variation": change(before.as_ref(), &now, indicator.course) })
        })
        .collect()
}

/// Every indicator: the half-year before, this one, and since the start.
fn table(scope: &Scope, printer: &mut Printer) -> Vec<Value> {
    scope
        .indicators()
        .map(|indicator| {
            let (before, now, since) = scope.figures(indicator);
            let stock = indicator.course == Course::Stock;
            json!({
                "nom": wording::capitalized(indicator.label),
                "precedent": before.map(|before| print(printer, &before)),
                "valeur": print(printer, &now),
                // What stands at a date has no sum since the start.
                "depuis": (!stock).then(|| print(printer, &since)),
                "stock": stock,
            })
        })
        .collect()
}

/// Exchanges by month and level: a course over time, which secrecy exempts.
fn course(scope: &Scope) -> Value {
    let months = scope.months();
    let totals: Vec<i64> = months
        .iter()
        .map(|month| SupportLevel::ALL.iter().map(|level| scope.exchanges(*month, *level)).sum())
        .collect();
    let largest = totals.iter().copied().max().unwrap_or(0).max(1);
    let columns: Vec<Value> = months
        .iter()
        .zip(&totals)
        .map(|(month, total)| {
            let parts: Vec<Value> = SupportLevel::ALL
                .iter()
                .map(|level| {
                    let count = scope.exchanges(*month, *level);
                    json!({ "nombre": count, "millieme": count * 1000 / largest })
                })
                .collect();
            json!({ "mois": wording::month(month.first_day()), "court": wording::month_short(month.first_day()), "annee": month.year, "total": total, "parts": parts })
        })
        .collect();
    let all: i64 = totals.iter().sum();
    let busiest: Vec<&Month> =
        months.iter().zip(&totals).filter(|(_, total)| **total == largest).map(|(month, _)| month).collect();
    let exchanges = |count: i64| wording::counted(count, "échange", "échanges");
    let title = match busiest.as_slice() {
        _ if all == 0 => None,
        [month] if months.len() == 12 => {
            let month = wording::capitalized(&wording::month(month.first_day()));
            Some(format!("{month}, le plus actif des douze mois : {}", exchanges(largest)))
        }
        [month] => {
            let month = wording::capitalized(&wording::month(month.first_day()));
            Some(format!("{month}, le mois le plus actif : {}", exchanges(largest)))
        }
        _ => Some(format!("{} en {} mois", exchanges(all), months.len())),
    };
    let title = title.map(|title| wording::prose(&title));
    json!({ "titre": title, "niveaux": SupportLevel::ALL.iter().map(|level| level.label()).collect::<Vec<_>>(), "colonnes": columns })
}

/// Firms by one trait; the title is the finding.
fn breakdown(scope: &Scope, of: &Breakdown, printer: &mut Printer) -> Value {
    let met = total(scope, "entreprises.rencontrees");
    let mut named = of.met.iter().filter(|class| class.label != OTHERS && !class.label.contains(UNKNOWN));
    let title = match (named.next(), named.next()) {
        (None, _) => None,
        // Two classes as large as each other: neither is the finding.
        (Some(first), Some(second)) if size(first) == size(second) => Some(format!("Par {}", of.label)),
        (Some(first), _) => {
            let count = wording::counted(size(first), "entreprise", "entreprises");
            Some(format!("{} : {count} sur {}", wording::capitalized(&first.label), wording::group(met)))
        }
    };
    let title = title.map(|title| wording::prose(&title));
    json!({
        "nom": of.label,
        "titre": title,
        "rencontrees": lines(scope, &format!("rencontrees.{}", of.key), "rencontrées", &of.met, printer),
        "accompagnees": lines(scope, &format!("accompagnees.{}", of.key), "accompagnées", &of.accompanied, printer),
    })
}

/// Firms by the highest level that they reached, in parts of one bar.
fn levels(scope: &Scope, printer: &mut Printer) -> Value {
    let (met, accompanied) = (total(scope, "entreprises.rencontrees"), total(scope, "entreprises.accompagnees"));
    let classes = scope.levels();
    let title = (met > 0).then(|| {
        let count = wording::counted(accompanied, "entreprise accompagnée", "entreprises accompagnées");
        format!("{count} sur {}", wording::counted(met, "rencontrée", "rencontrées"))
    });
    let sum: i64 = classes.iter().map(size).sum();
    let parts = lines(scope, "rencontrees.niveau", "rencontrées", &classes, printer);
    let shares = classes.iter().map(|class| size(class) * 1000 / sum.max(1));
    let parts: Vec<Value> = parts
        .into_iter()
        .zip(shares)
        .map(|(part, share)| json!({ "nom": part["nom"], "valeur": part["valeur"], "millieme": share }))
        .collect();
    json!({ "titre": title, "parts": parts })
}

fn total(scope: &Scope, id: &str) -> i64 {
    Indicator::of(id).map_or(0, |indicator| scope.figure(indicator, scope.window()).amount())
}

fn size(class: &SupportClass) -> i64 {
    i64::try_from(class.firms.len()).unwrap_or(i64::MAX)
}

/// The bars of some classes, each a figure with its cells.
fn lines(scope: &Scope, name: &str, done: &str, classes: &[SupportClass], printer: &mut Printer) -> Vec<Value> {
    let largest = classes.iter().map(size).max().unwrap_or(0).max(1);
    classes
        .iter()
        .map(|class| {
            let key = crate::diagnostics::fold(&class.label).replace(' ', "-");
            let suffix = scope.council.map_or_else(String::new, |council| format!("[{}]", council.code));
            let figure = Figure::new(
                format!("{name}.{key}{suffix}@{}", scope.half),
                format!("entreprises {done}, {}", class.label),
                Quantity::Count(size(class)),
                Cells::under(class.rows.iter().map(|support| &support.origin), "Entreprise"),
            );
            json!({ "nom": wording::prose(&wording::capitalized(&class.label)), "valeur": printer.count(&figure), "millieme": size(class) * 1000 / largest })
        })
        .collect()
}

/// What was decided in the half-year, as one stacked bar with its table.
fn decisions(scope: &Scope, printer: &mut Printer) -> Value {
    let value = |id: &str| Indicator::of(id).map(|indicator| scope.figure(indicator, scope.window()));
    let parts: Vec<(&str, Option<Figure>)> = vec![
        ("Lauréats", value("dossiers.laureats")),
        ("Refusés", value("dossiers.refuses")),
        ("En instruction à la fin", value("dossiers.instruction")),
    ];
    let total: i64 = parts.iter().filter_map(|(_, figure)| figure.as_ref()).map(Figure::amount).sum();
    let rate = value("dossiers.taux");
    let title = match rate.as_ref().map(|rate| rate.value) {
        Some(Quantity::Share(granted, judged)) if judged > 0 => format!(
            "{} sur {}",
            wording::counted(granted, "dossier retenu", "dossiers retenus"),
            wording::counted(judged, "décidé", "décidés")
        ),
        _ => "Aucune décision ce semestre".to_owned(),
    };
    json!({
        "titre": wording::prose(&title),
        "total": total,
        "parts": parts.iter().map(|(name, figure)| {
            let amount = figure.as_ref().map_or(0, Figure::amount);
            json!({ "nom": name, "valeur": figure.as_ref().map(|figure| printer.count(figure)), "millieme": if total == 0 { 0 } else { amount * 1000 / total } })
        }).collect::<Vec<_>>(),
        "deposes": value("dossiers.deposes").map(|figure| printer.count(&figure)),
        "demandees": value("aides.demandees").map(|figure| printer.compact_euros(&figure)),
        "obtenues": value("aides.obtenues").map(|figure| printer.compact_euros(&figure)),
        "taux": rate.map(|rate| print(printer, &rate)),
    })
}

/// Followers, posts and views of each month of the half-year.
fn communication(scope: &Scope) -> Value {
    let period = scope.half.period();
    let rows: Vec<_> = scope.model.communication.iter().filter(|row| period.contains(row.month.first_day())).collect();
    let largest = rows.iter().map(|row| row.views).max().unwrap_or(0).max(1);
    rows.iter()
        .map(|row| {
            json!({ "mois": wording::capitalized(&wording::month(row.month.first_day())), "abonnes": wording::group(row.followers),
                    "publications": wording::group(row.posts), "vues": wording::group(row.views), "millieme": row.views * 1000 / largest })
        })
        .collect()
}

/// Events of a half-year that were not cancelled; in an own report, those of the council and those of all.
fn events(scope: &Scope, half: HalfYear) -> Vec<Value> {
    let period = half.period();
    let own = |partner: Option<&str>| {
        scope.council.is_none_or(|council| partner.is_none_or(|partner| partner == council.code))
    };
    let mut events: Vec<_> = scope
        .model
        .events
        .iter()
        .filter(|event| !event.cancelled && period.contains(event.date) && own(event.partner.as_deref()))
        .collect();
    events.sort_by_key(|event| (event.date, event.time));
    events
        .iter()
        .map(|event| {
            json!({ "date": wording::date(event.date), "intitule": wording::prose(&event.title), "type": event.kind.label(),
                    "lieu": event.place.as_deref().map(wording::prose), "participants": event.participants.map(wording::group) })
        })
        .collect()
}

/// Letters that were sent in the half-year.
fn letters(scope: &Scope) -> Vec<Value> {
    if scope.council.is_some() {
        return Vec::new();
    }
    let period = scope.half.period();
    let mut letters: Vec<_> =
        scope.model.letters.iter().filter(|letter| letter.sent.is_some_and(|sent| period.contains(sent))).collect();
    letters.sort_by_key(|letter| letter.number);
    letters
        .iter()
        .map(|letter| json!({ "numero": letter.number, "date": wording::date(letter.issued), "objet": letter.subject.as_deref().map(wording::prose) }))
        .collect()
}

/// The council's own firms that were met, by name: what was done with each.
fn firms(scope: &Scope) -> Value {
    let mut classes: Vec<SupportClass> = scope.firms.classes(scope.supports(), Support::firm_key, |support| {
        support.site.as_ref().map_or_else(|| support.firm.clone(), |site| format!("{} ({site})", support.firm))
    });
    classes.sort_by_cached_key(|class| crate::diagnostics::fold(&class.label));
    classes
        .iter()
        .map(|class| {
            let highest = class.rows.iter().map(|support| support.level).max().map(SupportLevel::label);
            let mut themes: Vec<&str> = class.rows.iter().map(|support| support.theme.as_str()).collect();
            themes.sort_unstable();
            themes.dedup();
            let known = class.rows.first().and_then(|support| scope.firms.get(support.firm_key()));
            json!({
                "nom": wording::prose(&class.label),
                "commune": known.and_then(|firm| firm.commune.as_deref()).map(wording::prose),
                "niveau": highest,
                "themes": themes.join(", "),
                "echanges": class.rows.len(),
            })
        })
        .collect()
}

/// The report's commentary, with its figures.
pub(super) fn words(scope: &Scope) -> Words {
    let mut figures = Vec::new();
    let mut add = |section: &str, window: Option<Window>| -> Value {
        let Some(window) = window else { return Value::Null };
        scope
            .indicators()
            .map(|indicator| {
                let figure = scope.figure(indicator, window);
                let key = indicator.id.replace('.', "_");
                let value = match figure.value {
                    Quantity::Share(part, whole) => json!([part, whole]),
                    _ => figure.amount().into(),
                };
                figures.push((format!("{section}.{key}"), figure));
                (key, value)
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let data = json!({
        "territoire": { "nom": scope.model.territory.name, "programme": "Territoires d’industrie", "depuis": scope.model.territory.since.to_string() },
        "epci": scope.council.map(|council| json!({ "nom": council.usual_name, "avec_de": council.name_with_de })),
        "semestre": { "nom": scope.half.label(), "debut": scope.half.period().start.to_string(), "fin": scope.half.period().end.to_string() },
        "periode": add("periode", Some(scope.window())),
        "precedent": add("precedent", scope.before().map(|before| Window::Within(before.period()))),
        "cumul": add("cumul", Some(scope.cumulated())),
        "a_venir": events(scope, scope.half.next()).len(),
    });
    Words { key: "commentaire", template: "report/commentaire.md.j2".into(), data, figures }
}
