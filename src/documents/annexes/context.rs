//! What the texts of a pack may name: partners, convention, budget, figures. Templates read it under French names.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Value, json};

use crate::figures::{Cells, Figure, Quantity};
use crate::model::indicators::{Indicator, Window};
use crate::model::{Budget, Cents, Choice as _, Contribution, Convention, Model, Partner};
use crate::wording;

/// The data of a text, and the figures in it by their path.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub(super) data: Value,
    pub(super) figures: Vec<(String, Figure)>,
}

/// The context of a version of the convention: its parties at its own date, its own budget.
pub(super) fn of_convention(model: &Model, convention: &Convention) -> Context {
    let reference = convention.reference;
    let parties = parties(model, reference);
    let epci: Vec<&Partner> = parties.iter().copied().filter(|partner| partner.kind.is_epci()).collect();
    let mut figures = Vec::new();
    let replaced = convention
        .replaces
        .as_deref()
        .and_then(|version| model.conventions.iter().find(|other| other.version == version));
    let budget =
        model.budget(&convention.year).map(|budget| budget_data(&budget, None, reference, model, &mut figures));
    let numbers = numbers(model, &epci, reference, &mut figures);
    let data = json!({
        "territoire": { "nom": model.territory.name, "programme": "Territoires d’industrie", "depuis": model.territory.since.to_string() },
        "operateur": model.partner(&model.territory.operator).map(|partner| party(model, partner, reference)),
        "parties": parties.iter().map(|partner| party(model, partner, reference)).collect::<Vec<_>>(),
        "epci": epci.iter().map(|partner| party(model, partner, reference)).collect::<Vec<_>>(),
        "convention": {
            "version": convention.version,
            "debut": convention.start.to_string(),
            "fin": convention.end.to_string(),
            "reference": reference.to_string(),
            "mois": months_between(convention.start, convention.end),
            "originaux": parties.len(),
            "remplace": replaced.map(|other| json!({ "version": other.version, "debut": other.start.to_string(), "fin": other.end.to_string() })),
        },
        "budget": budget,
        "chiffres": numbers,
        "reglages": { "delai_jours": model.territory.requests.delay_days, "par_an": model.territory.letter.per_year },
    });
    Context { data, figures }
}

/// The context of a version of the convention, with what one council votes on.
pub(super) fn of_council(
    mut context: Context,
    model: &Model,
    convention: &Convention,
    council: &Partner,
    deliberation: Value,
) -> Context {
    if let Some(budget) = model.budget(&convention.year) {
        let mut figures: Vec<(String, Figure)> =
            context.figures.into_iter().filter(|(path, _)| !path.starts_with("budget.")).collect();
        context.data["budget"] = budget_data(&budget, Some(council), convention.reference, model, &mut figures);
        context.figures = figures;
    }
    context.data["collectivite"] = party(model, council, convention.reference);
    context.data["deliberation"] = deliberation;
    context
}

/// The parties of the convention on a day: the operator and the EPCI of the programme.
pub(super) fn parties(model: &Model, day: NaiveDate) -> Vec<&Partner> {
    let is_party = |partner: &&Partner| {
        partner.is_member(day) && (partner.kind.is_epci() || partner.code == model.territory.operator)
    };
    model.partners.iter().filter(is_party).collect()
}

/// A partner as texts name it, with who signs for it on a day.
pub(super) fn party(model: &Model, partner: &Partner, day: NaiveDate) -> Value {
    let signatory = model.signatory(&partner.code, day);
    json!({
        "code": partner.code,
        "type": partner.kind.label(),
        "est_epci": partner.kind.is_epci(),
        "nom_officiel": partner.official_name,
        "nom_usuel": partner.usual_name,
        "avec_de": partner.name_with_de,
        "sigle": partner.acronym,
        "assemblee": partner.assembly,
        "siren": partner.siren,
        "adresse": partner.address,
        "code_postal": partner.postal_code,
        "ville": partner.city,
        "tribunal": partner.court,
        "communes": partner.communes,
        "population": partner.population,
        "millesime": partner.vintage,
        "representant": signatory.map(|signatory| json!({
            "civilite": signatory.civility.label(),
            "prenom": signatory.first_name,
            "nom": signatory.last_name,
            "qualite": signatory.title,
            "complet": format!("{} {} {}, {}", signatory.civility.label(), signatory.first_name, signatory.last_name, signatory.title),
        })),
    })
}

/// Whole months of a span of days whose last day is included.
fn months_between(start: NaiveDate, end: NaiveDate) -> i32 {
    let after = end.succ_opt().unwrap_or(end);
    let months = (after.year() - start.year()) * 12 + i32::try_from(after.month()).unwrap_or(0)
        - i32::try_from(start.month()).unwrap_or(0);
    if after.day() < start.day() { months - 1 } else { months }
}

fn budget_data(
    budget: &Budget,
    council: Option<&Partner>,
    day: NaiveDate,
    model: &Model,
    figures: &mut Vec<(String, Figure)>,
) -> Value {
    figures.push(("budget.total".into(), budget.total_expenses()));
    let expenses: Vec<Value> = budget
        .expenses
        .iter()
        .enumerate()
        .map(|(index, expense)| {
            let name = format!("budget.{}.depense.{}", budget.year.code, expense.origin.row);
            let cell = expense.origin.cell("Prévu");
            figures.push((
                format!("budget.depenses.{index}.prevu"),
                Figure::new(name, format!("{} (prévu)", expense.nature), Quantity::Cents(expense.planned.0), cell),
            ));
            json!({ "nature": expense.nature, "prevu": expense.planned.0 })
        })
        .collect();
    let shares: Vec<Value> = budget
        .shares
        .iter()
        .enumerate()
        .map(|(index, share)| {
            figures.push((format!("budget.recettes.{index}.montant"), budget.share_figure(index)));
            figures.push((format!("budget.recettes.{index}.part"), budget.share_of_whole(index)));
            json!({
                "partenaire": share.partner.map(|partner| party(model, partner, day)),
                "montant": share.amount().0,
                "part": [share.amount().0, budget.paid().0],
                "plafond": share.resource.ceiling.map(|Cents(cents)| cents),
                "valorise": share.resource.contribution == Contribution::InKind,
            })
        })
        .collect();
    let epci: Vec<usize> = (0..budget.shares.len())
        .filter(|index| budget.shares[*index].partner.is_some_and(|partner| partner.kind.is_epci()))
        .collect();
    let equal = epci.split_first().filter(|(first, rest)| {
        rest.iter().all(|index| budget.shares[*index].amount() == budget.shares[**first].amount())
    });
    let part_epci = equal.map(|(first, _)| {
        figures.push(("budget.part_epci".into(), budget.share_figure(*first)));
        budget.shares[*first].amount().0
    });
    let own = council.and_then(|council| budget.shares.iter().position(|share| share.resource.funder == council.code));
    if let Some(index) = own {
        figures.push(("budget.part_collectivite".into(), budget.share_figure(index)));
    }
    let state = budget
        .shares
        .iter()
        .position(|share| share.partner.is_some_and(|partner| partner.kind == crate::model::PartnerKind::State));
    if let Some(index) = state {
        figures.push(("budget.etat.montant".into(), budget.share_figure(index)));
        figures.push(("budget.etat.part".into(), budget.share_of_whole(index)));
    }
    json!({
        "exercice": budget.year.code,
        "debut": budget.year.period.start.to_string(),
        "fin": budget.year.period.end.to_string(),
        "total": budget.spent().0,
        "reste": budget.rest.0,
        "depenses": expenses,
        "recettes": shares,
        "part_epci": part_epci,
        "part_collectivite": own.map(|index| budget.shares[index].amount().0),
        "plafond_collectivite": own.and_then(|index| budget.shares[index].resource.ceiling).map(|Cents(cents)| cents),
        "ecart": budget.carrier().map(|carrier| json!({
            "montant": carrier.rounding.0,
            "partenaire": carrier.partner.map(|partner| party(model, partner, day)),
        })),
        "etat": state.map(|index| json!({ "montant": budget.shares[index].amount().0, "part": [budget.shares[index].amount().0, budget.paid().0] })),
    })
}

/// The scheme of the programme's own fund, told apart from other calls.
pub(super) const FUND: &str = "Fonds Territoires d’industrie";

/// The figures of the programme up to a day, by the names that texts use.
fn numbers(model: &Model, epci: &[&Partner], day: NaiveDate, figures: &mut Vec<(String, Figure)>) -> Value {
    const NAMES: [(&str, &str); 18] = [
        ("laureats", "dossiers.laureats"),
        ("deposes", "dossiers.deposes"),
        ("refuses", "dossiers.refuses"),
        ("instruction", "dossiers.instruction"),
        ("taux", "dossiers.taux"),
        ("aides_obtenues", "aides.obtenues"),
        ("investissement", "aides.investissement"),
        ("emplois", "emplois"),
        ("entreprises_accompagnees", "entreprises.accompagnees"),
        ("contacts", "entreprises.contacts"),
        ("accompagnes_deposes", "accompagnes.deposes"),
        ("accompagnes_obtenu", "accompagnes.obtenu"),
        ("accompagnes_instruction", "accompagnes.instruction"),
        ("evenements", "evenements"),
        ("lettres", "lettres"),
        ("abonnes", "communication.abonnes"),
        ("publications", "communication.publications"),
        ("vues", "communication.vues"),
    ];
    let window = Window::UpTo(day);
    let mut data = json!({ "arrete_au": day.to_string() });
    let mut add = |key: &str, figure: Figure| {
        data[key] = match figure.value {
            Quantity::Share(part, whole) => json!([part, whole]),
            _ => figure.amount().into(),
        };
        figures.push((format!("chiffres.{key}"), figure));
    };
    for (key, id) in NAMES {
        if let Some(indicator) = Indicator::of(id) {
            add(key, indicator.figure(model, window));
        }
    }
    let granted = |fund: bool| {
        model
            .aids
            .iter()
            .filter(move |aid| aid.granted_by(day) && crate::wording::same_words(&aid.scheme, FUND) == fund)
    };
    for (key, fund, label) in [
        ("fonds_laureats", true, "lauréats du fonds Territoires d’industrie"),
        ("autres_laureats", false, "lauréats d’autres appels"),
    ] {
        let count = i64::try_from(granted(fund).count()).unwrap_or(i64::MAX);
        let cells = Cells::under(granted(fund).map(|aid| &aid.origin), "Dispositif");
        add(key, Figure::new(format!("dossiers.{key}@..{day}"), label, Quantity::Count(count), cells));
    }
    for (key, heading, of) in [
        ("communes", "Communes", (|partner: &Partner| partner.communes) as fn(&Partner) -> Option<i64>),
        ("population", "Population", |partner| partner.population),
    ] {
        let total = epci.iter().filter_map(|partner| of(partner)).sum();
        let cells = Cells::under(epci.iter().map(|partner| &partner.origin), heading);
        let label = format!("{} des intercommunalités", wording::capitalized(&heading.to_lowercase()));
        add(key, Figure::new(format!("territoire.{key}@{day}"), label, Quantity::Count(total), cells));
    }
    data
}
