//! What the budget table says, as data for its template.

use serde_json::{Value, json};

use crate::diagnostics::fold;
use crate::documents::Printer;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::{Budget, Cents, Contribution, Expense, Model, Share};
use crate::wording;

pub(super) fn view(model: &Model, budget: &Budget, printer: &mut Printer) -> Value {
    let territory = &model.territory;
    let year = budget.year;
    let before = model.fiscal_year_before(year).map(|year| Budget::of(model, year));
    let total = printer.euros(&budget.total_expenses());
    json!({
        "titre": format!("Budget prévisionnel {}", year.code),
        "sujet": format!("Programme Territoires d’industrie {}", territory.name),
        "auteur": wording::prose(&territory.letter.sender_name),
        "mots_cles": ["budget", "Territoires d’industrie", territory.name],
        "charte": { "couleur": territory.brand.colour, "accent": territory.brand.accent },
        "territoire": { "nom": territory.name, "programme": "Territoires d’industrie" },
        "exercice": { "code": year.code, "periode": wording::date_span(year.period.start, year.period.end) },
        "precedent": before.as_ref().map(|before| &before.year.code),
        "total": total,
        "cles": key_figures(budget, before.as_ref(), printer),
        "depenses": expenses(budget, before.as_ref(), printer),
        "recettes": resources(budget, before.as_ref(), printer),
        "notes": notes(model, budget, printer),
        "graphique": chart(budget, printer),
    })
}

/// The total, what one EPCI pays where they all pay the same, and the change against the year before.
fn key_figures(budget: &Budget, before: Option<&Budget>, printer: &mut Printer) -> Vec<Value> {
    let mut keys =
        vec![json!({ "valeur": printer.euros(&budget.total_expenses()), "libelle": "de dépenses et de recettes" })];
    let epci: Vec<usize> = epci_shares(budget);
    if let [first, rest @ ..] = epci.as_slice()
        && !rest.is_empty()
        && rest.iter().all(|index| budget.shares[*index].amount() == budget.shares[*first].amount())
    {
        let label = format!("pour chacune des {} intercommunalités", wording::cardinal(epci.len() as u64, true));
        keys.push(json!({ "valeur": printer.euros(&budget.share_figure(*first)), "libelle": label }));
    }
    if let Some(before) = before
        && let Some(change) = wording::signed_percent(before.spent().0, budget.spent().0)
    {
        let label = format!("par rapport à {} ({})", before.year.code, printer.euros(&before.total_expenses()));
        keys.push(json!({ "valeur": change, "libelle": label }));
    }
    keys
}

/// The indexes of the shares of EPCI.
fn epci_shares(budget: &Budget) -> Vec<usize> {
    let is_epci = |share: &Share| share.partner.is_some_and(|partner| partner.kind.is_epci());
    budget.shares.iter().enumerate().filter(|(_, share)| is_epci(share)).map(|(index, _)| index).collect()
}

/// A line of the expenses as a figure.
fn expense_figure(budget: &Budget, expense: &Expense, heading: &str, amount: Cents) -> Figure {
    let kind = if heading == "Prévu" { "depense" } else { "realise" };
    Figure::new(
        format!("budget.{}.{kind}.{}", budget.year.code, expense.origin.row),
        format!("{} ({})", expense.nature, heading.to_lowercase()),
        Quantity::Cents(amount.0),
        expense.origin.cell(heading),
    )
}

fn expenses(budget: &Budget, before: Option<&Budget>, printer: &mut Printer) -> Value {
    let has_actual = budget.expenses.iter().any(|expense| expense.actual.is_some());
    let mut lines: Vec<Value> = budget
        .expenses
        .iter()
        .map(|expense| {
            let previous = before.and_then(|before| before.expenses.iter().find(|other| fold(&other.nature) == fold(&expense.nature)).map(|other| (before, *other)));
            json!({
                "nature": wording::prose(&expense.nature),
                "prevu": printer.euros(&expense_figure(budget, expense, "Prévu", expense.planned)),
                "realise": expense.actual.map(|actual| printer.euros(&expense_figure(budget, expense, "Réalisé", actual))),
                "precedent": previous.map(|(before, other)| printer.euros(&expense_figure(before, other, "Prévu", other.planned))),
            })
        })
        .collect();
    for before in before.into_iter() {
        let gone = before
            .expenses
            .iter()
            .filter(|other| !budget.expenses.iter().any(|expense| fold(&other.nature) == fold(&expense.nature)));
        lines.extend(gone.map(|other| {
            json!({ "nature": wording::prose(&other.nature), "prevu": null, "realise": null,
                    "precedent": printer.euros(&expense_figure(before, other, "Prévu", other.planned)) })
        }));
    }
    let actual: Cents = budget.expenses.iter().filter_map(|expense| expense.actual).sum();
    let actual_figure = Figure::new(
        format!("budget.{}.realise", budget.year.code),
        format!("dépenses réalisées, exercice {}", budget.year.code),
        Quantity::Cents(actual.0),
        Cells::under(budget.expenses.iter().map(|expense| &expense.origin), "Réalisé"),
    );
    json!({
        "lignes": lines,
        "a_realise": has_actual,
        "total": printer.euros(&budget.total_expenses()),
        "total_realise": has_actual.then(|| printer.euros(&actual_figure)),
        "total_precedent": before.map(|before| printer.euros(&before.total_expenses())),
    })
}

fn resources(budget: &Budget, before: Option<&Budget>, printer: &mut Printer) -> Value {
    let has_received = budget.shares.iter().any(|share| share.resource.received.is_some());
    let in_kind = budget.shares.iter().any(|share| share.resource.contribution == Contribution::InKind);
    let mut lines: Vec<Value> = budget
        .shares
        .iter()
        .enumerate()
        .map(|(index, share)| {
            let previous = before.and_then(|before| before.shares.iter().position(|other| other.same_line(share)).map(|position| (before, position)));
            let of_whole = budget.share_of_whole(index);
            let received = share.resource.received.map(|received| {
                let cell = share.resource.origin.cell("Encaissé");
                let name = format!("budget.{}.encaisse.{}", budget.year.code, share.resource.origin.row);
                printer.euros(&Figure::new(name, format!("encaissé de {}", share.name()), Quantity::Cents(received.0), cell))
            });
            json!({
                "financeur": wording::prose(share.name()),
                "valorise": share.resource.contribution == Contribution::InKind,
                "arrondi": share.rounding != Cents::ZERO,
                "prevu": printer.euros(&budget.share_figure(index)),
                "part": printer.share(&of_whole),
                "encaisse": received,
                "precedent": previous.map(|(before, position)| printer.euros(&before.share_figure(position))),
                "depart": share.partner.and_then(|partner| partner.until).filter(|until| budget.year.period.contains(*until)).map(wording::date),
            })
        })
        .collect();
    for before in before.into_iter() {
        let gone = |other: &&Share| !budget.shares.iter().any(|share| share.same_line(other));
        for (position, other) in before.shares.iter().enumerate().filter(|(_, other)| gone(other)) {
            lines.push(json!({
                "financeur": wording::prose(other.name()), "valorise": other.resource.contribution == Contribution::InKind, "arrondi": false,
                "prevu": null, "part": null, "encaisse": null, "depart": null,
                "precedent": printer.euros(&before.share_figure(position)),
            }));
        }
    }
    let received: Cents = budget.shares.iter().filter_map(|share| share.resource.received).sum();
    let received_figure = Figure::new(
        format!("budget.{}.encaisse", budget.year.code),
        format!("recettes encaissées, exercice {}", budget.year.code),
        Quantity::Cents(received.0),
        Cells::under(budget.shares.iter().map(|share| &share.resource.origin), "Encaissé"),
    );
    json!({
        "lignes": lines,
        "a_encaisse": has_received,
        "a_valorise": in_kind,
        "total": printer.euros(&budget.total_resources()),
        "total_encaisse": has_received.then(|| printer.euros(&received_figure)),
        "total_precedent": before.map(|before| printer.euros(&before.total_resources())),
    })
}

/// What the reader must know to trust the table: who carries the rounding and why, what was voted, what is in kind.
fn notes(model: &Model, budget: &Budget, printer: &mut Printer) -> Vec<String> {
    let mut notes = Vec::new();
    let sharers: Vec<&Share> =
        budget.shares.iter().filter(|share| share.resource.mode != crate::model::ResourceMode::Amount).collect();
    if let (Some(carrier), Some(sharer)) =
        (budget.carrier(), sharers.iter().find(|share| share.rounding == Cents::ZERO))
    {
        let rest = Figure::new(
            format!("budget.{}.reste", budget.year.code),
            format!("reste à partager, exercice {}", budget.year.code),
            Quantity::Cents(budget.rest.0),
            [budget.expense_cells(), budget.resource_cells()].into_iter().collect::<Cells>(),
        );
        let cents = wording::counted(carrier.rounding.0, "centime", "centimes");
        let shared = if sharers.iter().any(|share| share.base != sharer.base) {
            "selon la quote-part de chacun".to_owned()
        } else if sharer.resource.ceiling == Some(sharer.amount()) {
            format!("soit {} chacun, qui est aussi le plafond voté", wording::euros(sharer.amount().0))
        } else {
            format!("soit {} chacun", wording::euros(sharer.amount().0))
        };
        notes.push(format!(
            "Arrondi : {} se partagent entre {} financeurs, {shared}. La division laisse {cents}, que {} prend en charge \
             ({} au lieu de {}) pour que le total soit exactement la somme des lignes.",
            printer.euros(&rest),
            wording::cardinal(sharers.len() as u64, false),
            carrier.partner.map_or_else(|| carrier.name().to_owned(), |it| wording::without_de(&it.name_with_de)),
            wording::euros(carrier.amount().0),
            wording::euros(carrier.base.0),
        ));
    }
    let ceilings: Vec<&Share> = budget.shares.iter().filter(|share| share.resource.ceiling.is_some()).collect();
    if let [first, ..] = ceilings.as_slice() {
        let same = ceilings.iter().all(|share| share.resource.ceiling == first.resource.ceiling);
        let list = if same {
            format!("{} par an", wording::euros(first.resource.ceiling.unwrap_or_default().0))
        } else {
            let each = ceilings.iter().map(|share| {
                format!("{} {}", share.name(), wording::euros(share.resource.ceiling.unwrap_or_default().0))
            });
            each.collect::<Vec<_>>().join(", ")
        };
        notes.push(format!(
            "Plafond voté par les assemblées : {list}. Aucune part ne le dépasse, ou le dépassement est signalé."
        ));
    }
    if budget.shares.iter().any(|share| share.resource.contribution == Contribution::InKind) {
        notes.push("Apport valorisé : il n’est pas versé en argent ; le financeur met à disposition des locaux, des moyens ou du temps.".to_owned());
    }
    for share in &budget.shares {
        if let Some(until) =
            share.partner.and_then(|partner| partner.until).filter(|until| budget.year.period.contains(*until))
        {
            notes.push(format!(
                "{} quitte le programme le {} ; sa part reste celle de l’exercice.",
                share.name(),
                wording::date(until)
            ));
        }
    }
    let operator = model
        .partner(&model.territory.operator)
        .map_or_else(|| "l’opérateur".to_owned(), |partner| wording::without_de(&partner.name_with_de));
    notes.push(format!(
        "Les parts sont de l’ensemble du budget, apports valorisés compris. Budget tenu par {operator}."
    ));
    notes.iter().map(|note| wording::prose(note)).collect()
}

/// Who pays how much of the whole, largest first; the title is the finding.
fn chart(budget: &Budget, printer: &mut Printer) -> Value {
    let epci: Cents = epci_shares(budget).iter().map(|index| budget.shares[*index].amount()).sum();
    let whole = budget.paid();
    let finding = Figure::new(
        format!("budget.{}.part-epci", budget.year.code),
        format!("part des intercommunalités dans l’ensemble du budget {}", budget.year.code),
        Quantity::Share(epci.0, whole.0),
        budget.resource_cells(),
    );
    let title = if epci == Cents::ZERO {
        "Qui paie le budget".to_owned()
    } else {
        format!("Les intercommunalités apportent {} de l’ensemble du budget", printer.share(&finding))
    };
    let mut order: Vec<usize> = (0..budget.shares.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(budget.shares[*index].amount()));
    let largest = order.first().map_or(1, |index| budget.shares[*index].amount().0).max(1);
    let bars: Vec<Value> = order
        .iter()
        .map(|index| {
            let share = &budget.shares[*index];
            json!({
                "nom": wording::prose(share.name()),
                "montant": printer.euros(&budget.share_figure(*index)),
                "part": printer.share(&budget.share_of_whole(*index)),
                "millieme": share.amount().fraction(1000, 1).0 / largest,
                "valorise": share.resource.contribution == Contribution::InKind,
            })
        })
        .collect();
    json!({ "titre": title, "barres": bars })
}
