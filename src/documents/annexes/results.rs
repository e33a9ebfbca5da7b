//! The first annex: what the plan brought, by scheme, by EPCI and by year, with the laureates that are public.
//!
//! It is read by everybody: small classes are merged, and nobody is named whose aid was not announced.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value, json};

use crate::documents::Printer;
use crate::documents::breakdown::{FirmKey, Firms, readable};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::indicators::{Indicator, Window};
use crate::model::secrecy::Class;
use crate::model::{Aid, Cents, Decision, Model};
use crate::wording;

type AidClass<'a> = Class<FirmKey, &'a Aid>;

/// The data of the annex, up to a day. `model` is narrowed to the public.
pub(super) fn view(model: &Model, day: NaiveDate, printer: &mut Printer) -> Value {
    let mut data = json!({
        "arrete_au": wording::date(day),
        "cles": keys(model, day, printer),
        "par_dispositif": breakdown("dispositif", &by_scheme(model, day), day, printer),
        "par_epci": breakdown("epci", &by_partner(model, day), day, printer),
        "par_annee": by_year(model, day, printer),
        "decisions": decisions(model, day, printer),
        "laureats_non_publics": i64::try_from(decided(model, day).filter(|aid| !aid.public).count()).unwrap_or(i64::MAX),
    });
    // Moved in: `json!` would copy the long list.
    data["laureats"] = laureates(model, day).into();
    data
}

fn decided(model: &Model, day: NaiveDate) -> impl Iterator<Item = &Aid> {
    model.aids.iter().filter(move |aid| aid.granted_by(day))
}

/// The key figures, each with the words that say of what it is one.
fn keys(model: &Model, day: NaiveDate, printer: &mut Printer) -> Vec<Value> {
    let window = Window::UpTo(day);
    let mut keys = Vec::new();
    let mut add = |id: &str, print: &mut dyn FnMut(&Figure) -> String| {
        if let Some(indicator) = Indicator::of(id) {
            let figure = indicator.figure(model, window);
            keys.push(json!({ "valeur": print(&figure), "libelle": indicator.label }));
        }
    };
    add("dossiers.laureats", &mut |figure| printer.count(figure));
    add("aides.obtenues", &mut |figure| printer.compact_euros(figure));
    add("aides.investissement", &mut |figure| printer.compact_euros(figure));
    add("emplois", &mut |figure| printer.count(figure));
    add("dossiers.taux", &mut |figure| printer.share(figure));
    keys
}

fn by_scheme(model: &Model, day: NaiveDate) -> Vec<AidClass<'_>> {
    by(&Firms::new(model), decided(model, day), |aid| aid.scheme.clone())
}

/// The EPCI where each laureate stands.
fn by_partner(model: &Model, day: NaiveDate) -> Vec<AidClass<'_>> {
    let firms = Firms::new(model);
    by(&firms, decided(model, day), |aid| firms.partner_of(aid.firm_key()))
}

/// Laureates by a label as others may read them, the class that obtained most first.
fn by<'a>(firms: &Firms, rows: impl Iterator<Item = &'a Aid>, label: impl Fn(&Aid) -> String) -> Vec<AidClass<'a>> {
    readable(firms.classes(rows, Aid::firm_key, label), true, |class| total(class, |aid| aid.obtained).0)
}

fn total(class: &AidClass, of: fn(&Aid) -> Option<Cents>) -> Cents {
    class.rows.iter().filter_map(|aid| of(aid)).sum()
}

/// A breakdown as a table and bars: laureates, aid, investment, jobs of each class, and their sums.
fn breakdown(name: &str, classes: &[AidClass], day: NaiveDate, printer: &mut Printer) -> Value {
    let figure = |class: &AidClass, kind: &str, label: &str, value: Quantity, heading: &str| {
        let key: String = crate::diagnostics::fold(&class.label).replace(' ', "-");
        let cells = Cells::under(class.rows.iter().map(|aid| &aid.origin), heading);
        Figure::new(format!("bilan.{name}.{key}.{kind}@..{day}"), format!("{label}, {}", class.label), value, cells)
    };
    let largest = classes.iter().map(|class| total(class, |aid| aid.obtained).0).max().unwrap_or(1).max(1);
    let lines: Vec<Value> = classes
        .iter()
        .map(|class| {
            let (obtained, invested) = (total(class, |aid| aid.obtained), total(class, |aid| aid.investment));
            let jobs: i64 = class.rows.iter().map(|aid| aid.jobs_created.unwrap_or(0) + aid.jobs_kept.unwrap_or(0)).sum();
            let count = i64::try_from(class.rows.len()).unwrap_or(i64::MAX);
            json!({
                "nom": wording::prose(&class.label),
                "laureats": printer.count(&figure(class, "laureats", "lauréats", Quantity::Count(count), "Décision")),
                "aides": printer.compact_euros(&figure(class, "aides", "aides obtenues", Quantity::Cents(obtained.0), "Aide obtenue")),
                "investissement": printer.compact_euros(&figure(class, "investissement", "investissement", Quantity::Cents(invested.0), "Investissement")),
                "emplois": printer.count(&figure(class, "emplois", "emplois créés ou maintenus", Quantity::Count(jobs), "Emplois maintenus")),
                "millieme": obtained.fraction(1000, 1).0 / largest,
            })
        })
        .collect();
    let title = classes.first().map(|first| {
        let whole: Cents = classes.iter().map(|class| total(class, |aid| aid.obtained)).sum();
        wording::prose(&format!(
            "{} : {} des aides obtenues",
            first.label,
            wording::percent(total(first, |aid| aid.obtained).0, whole.0, 0)
        ))
    });
    json!({ "titre": title, "lignes": lines })
}

/// Laureates and aid by year of decision: a course over time, which secrecy exempts.
fn by_year(model: &Model, day: NaiveDate, printer: &mut Printer) -> Value {
    let years: BTreeSet<i32> = model
        .aids
        .iter()
        .flat_map(|aid| [Some(aid.filed), aid.decided])
        .flatten()
        .filter(|date| *date <= day)
        .map(|date| date.year())
        .collect();
    let period = |year: i32| {
        let start = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let end = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default().min(day);
        Window::Within(crate::model::Period { start, end })
    };
    let mut rows = Vec::new();
    let value = |id: &str, year: i32| Indicator::of(id).map(|indicator| indicator.figure(model, period(year)));
    let largest = years
        .iter()
        .filter_map(|year| value("dossiers.deposes", *year))
        .map(|figure| figure.amount())
        .max()
        .unwrap_or(1)
        .max(1);
    for year in years {
        let mut print = |id: &str| value(id, year).map(|figure| printer.count(&figure));
        let (filed, granted, refused) =
            (print("dossiers.deposes"), print("dossiers.laureats"), print("dossiers.refuses"));
        let obtained = value("aides.obtenues", year).map(|figure| printer.compact_euros(&figure));
        let share = value("dossiers.deposes", year).map_or(0, |figure| figure.amount() * 1000 / largest);
        rows.push(json!({ "annee": year, "deposes": filed, "laureats": granted, "refuses": refused, "aides": obtained, "millieme": share }));
    }
    json!({ "lignes": rows })
}

/// What became of the applications, with the success rate and both of its numbers.
fn decisions(model: &Model, day: NaiveDate, printer: &mut Printer) -> Value {
    let window = Window::UpTo(day);
    let figure = |id: &str| Indicator::of(id).map(|indicator| indicator.figure(model, window));
    let abandoned = model.aids.iter().filter(|aid| aid.decision == Decision::Abandoned && aid.filed <= day);
    let abandoned_figure = Figure::new(
        format!("dossiers.abandonnes@..{day}"),
        "dossiers abandonnés",
        Quantity::Count(i64::try_from(abandoned.clone().count()).unwrap_or(i64::MAX)),
        Cells::under(abandoned.map(|aid| &aid.origin), "Décision"),
    );
    let rate = figure("dossiers.taux");
    let (granted, judged) = match rate.as_ref().map(|rate| rate.value) {
        Some(Quantity::Share(granted, judged)) => (granted, judged),
        _ => (0, 0),
    };
    let title = if judged == 0 {
        "Aucune décision n’est encore rendue".to_owned()
    } else {
        format!(
            "{} sur {}",
            wording::counted(granted, "dossier retenu", "dossiers retenus"),
            wording::counted(judged, "décidé", "décidés")
        )
    };
    let mut print = |id: &str| figure(id).map(|figure| printer.count(&figure));
    json!({
        "titre": wording::prose(&title),
        "deposes": print("dossiers.deposes"),
        "laureats": print("dossiers.laureats"),
        "refuses": print("dossiers.refuses"),
        "instruction": print("dossiers.instruction"),
        "abandonnes": printer.count(&abandoned_figure),
        "taux": rate.map(|rate| printer.share(&rate)),
        "retenus_millieme": if judged == 0 { 0 } else { granted * 1000 / judged },
        "retenus": wording::group(granted),
        "non_retenus": wording::group(judged - granted),
    })
}

/// The laureates that were announced, by EPCI and name. No amount stands beside a name: with the totals by EPCI it would tell
/// what the others got.
fn laureates(model: &Model, day: NaiveDate) -> Vec<Value> {
    let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut aids: Vec<&Aid> = decided(model, day).filter(|aid| aid.public).collect();
    aids.sort_by_cached_key(|aid| crate::diagnostics::fold(&aid.firm));
    let firms = Firms::new(model);
    for aid in aids {
        let firm = firms.get(aid.firm_key());
        let line = json!({
            "nom": wording::prose(&aid.firm),
            "commune": firm.and_then(|firm| firm.commune.as_deref()).map(wording::prose),
            "dispositif": wording::prose(&aid.scheme),
            "annee": aid.decided.map(|date| date.year()),
        });
        groups.entry(firms.partner_of(aid.firm_key())).or_default().push(line);
    }
    let group = |(name, lines): (String, Vec<Value>)| {
        let mut group = json!({ "epci": wording::prose(&name) });
        group["lignes"] = lines.into();
        group
    };
    groups.into_iter().map(group).collect()
}
