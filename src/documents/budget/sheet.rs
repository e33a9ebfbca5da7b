//! The budget as a workbook: amounts that people may change, and formulas that follow.

use crate::diagnostics::fold;
use crate::model::{Budget, Cents, Choice as _, Model, ResourceMode, Share};
use crate::wording;
use crate::worksheets::{Cell, Chart, ChartKind, Style, Table, Total, Value, Workbook, Worksheet};

/// The first row of the expenses' table, zero-based.
const EXPENSES: u32 = 3;

pub(super) fn workbook(model: &Model, budget: &Budget) -> Workbook {
    let territory = &model.territory;
    Workbook {
        title: format!("Budget prévisionnel {}", budget.year.code),
        author: territory.letter.sender_name.clone(),
        subject: format!("Territoires d’industrie {}", territory.name),
        colour: territory.brand.colour.clone(),
        accent: territory.brand.accent.clone(),
        sheets: vec![sheet(model, budget)],
    }
}

fn sheet(model: &Model, budget: &Budget) -> Worksheet {
    let before = model.fiscal_year_before(budget.year).map(|year| Budget::of(model, year));
    let previous =
        before.as_ref().map_or_else(|| "Exercice précédent".to_owned(), |before| format!("Prévu {}", before.year.code));
    let period = wording::date_span(budget.year.period.start, budget.year.period.end);
    let mut rows: Vec<Vec<Cell>> = vec![
        vec![Cell::new(Value::Text(format!("Budget prévisionnel {}", budget.year.code)), Style::Title)],
        vec![Cell::new(
            Value::Text(format!("Territoires d’industrie {} – exercice {period}", model.territory.name)),
            Style::Subtitle,
        )],
        vec![Cell::new(
            Value::Text("Les cellules claires se remplissent ; les autres se calculent.".into()),
            Style::Muted,
        )],
    ];
    let gone_expenses = gone_expenses(budget, before.as_ref());
    let count = u32::try_from(budget.expenses.len() + gone_expenses.len()).unwrap_or(u32::MAX);
    let expense_rows = (EXPENSES + 1, EXPENSES + count);
    let expense_headings =
        vec!["Dépense".to_owned(), previous.clone(), "Prévu".into(), "Réalisé".into(), "Écart".into()];
    rows.push(expense_headings.iter().map(Cell::heading).collect());
    for (row, expense) in (expense_rows.0 + 1..).zip(&budget.expenses) {
        let earlier = before
            .as_ref()
            .and_then(|before| before.expenses.iter().find(|other| fold(&other.nature) == fold(&expense.nature)));
        let gap =
            expense.actual.map_or(Value::Text(String::new()), |actual| Value::Cents((actual - expense.planned).0));
        rows.push(vec![
            Cell::text(&expense.nature),
            Cell::new(Value::optional_cents(earlier.map(|earlier| earlier.planned.0)), Style::Text),
            Cell::new(Value::Cents(expense.planned.0), Style::Input),
            Cell::new(Value::optional_cents(expense.actual.map(|actual| actual.0)), Style::Input),
            Cell::new(Value::formula(format!("=IF(D{row}=\"\",\"\",ROUND(D{row}-C{row},2))"), gap), Style::Text),
        ]);
    }
    for (row, (nature, planned)) in
        (expense_rows.1 + 2 - u32::try_from(gone_expenses.len()).unwrap_or(0)..).zip(&gone_expenses)
    {
        rows.push(vec![
            Cell::text(nature),
            Cell::new(Value::Cents(planned.0), Style::Text),
            Cell::new(Value::Blank, Style::Input),
            Cell::new(Value::Blank, Style::Input),
            Cell::new(
                Value::formula(format!("=IF(D{row}=\"\",\"\",ROUND(D{row}-C{row},2))"), Value::Text(String::new())),
                Style::Text,
            ),
        ]);
    }
    let totals = expense_totals(budget, before.as_ref());
    rows.push(totals.iter().map(Cell::total).collect());
    let expense_total = expense_rows.1 + 2;
    rows.push(Vec::new());

    let resources = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let (rest, gap) = (resources + 1, resources + 2);
    let gone_shares = gone_shares(budget, before.as_ref());
    let share_count = u32::try_from(budget.shares.len() + gone_shares.len()).unwrap_or(u32::MAX);
    let heading_row = resources + 3;
    let (first, last) = (heading_row + 2, heading_row + 1 + share_count);
    rows.push(vec![
        Cell::new(Value::Text("Reste à partager, une fois ôtés les montants fixés".into()), Style::Section),
        Cell::default(),
        Cell::new(
            Value::formula(format!("=ROUND(C{expense_total}-SUM(D{first}:D{last}),2)"), Value::Cents(budget.rest.0)),
            Style::Total,
        ),
    ]);
    rows.push(vec![
        Cell::new(Value::Text("Écart d’arrondi du partage".into()), Style::Section),
        Cell::default(),
        Cell::new(
            Value::formula(
                format!(
                    "=ROUND(C{rest}-SUMIFS(F{first}:F{last},C{first}:C{last},\"<>{}\"),2)",
                    ResourceMode::Amount.label()
                ),
                Value::Cents(budget.remainder.0),
            ),
            Style::Total,
        )
        .noted(format!("Porté par {} : {}", budget.year.rounding_carrier, wording::euros(budget.remainder.0))),
    ]);
    rows.push(Vec::new());
    let headings: Vec<String> = [
        "Financeur",
        "Apport",
        "Mode",
        "Montant fixé",
        "Clé",
        "Part calculée",
        "Arrondi",
        "Prévu",
        "Part du budget",
        "Plafond voté",
        "Marge",
    ]
    .map(String::from)
    .into_iter()
    .chain([previous])
    .collect();
    rows.push(headings.iter().map(Cell::heading).collect());
    let total_row = last + 1;
    let frame = Frame { first, last, rest, gap, total_row };
    for (index, row) in (0..budget.shares.len()).zip(first..) {
        rows.push(share_row(budget, before.as_ref(), index, row, &frame));
    }
    for (row, (name, contribution, amount)) in
        (total_row - u32::try_from(gone_shares.len()).unwrap_or(0)..).zip(&gone_shares)
    {
        rows.push(gone_row(row, name, contribution, *amount, &frame));
    }
    let resource_totals = resource_totals(budget, before.as_ref());
    rows.push(resource_totals.iter().map(Cell::total).collect());
    rows.push(Vec::new());
    rows.push(vec![
        Cell::new(Value::Text("Équilibre : dépenses moins recettes".into()), Style::Section),
        Cell::default(),
        Cell::new(
            Value::formula(
                format!("=ROUND(C{expense_total}-H{total_row},2)"),
                Value::Cents((budget.spent() - budget.paid()).0),
            ),
            Style::Total,
        ),
        Cell::new(
            Value::formula(
                format!("=IF(C{}=0,\"équilibré\",\"à corriger\")", total_row + 2),
                Value::Text("équilibré".into()),
            ),
            Style::Text,
        ),
    ]);
    let chart_row = u32::try_from(rows.len()).unwrap_or(u32::MAX) + 1;
    Worksheet {
        name: "Budget".into(),
        landscape: true,
        widths: vec![44.0, 15.0, 26.0, 15.0, 14.0, 15.0, 10.0, 15.0, 12.0, 15.0, 14.0, 15.0],
        frozen_rows: EXPENSES,
        repeated_rows: Some((0, EXPENSES)),
        tables: vec![
            Table {
                name: "Depenses".into(),
                first_row: EXPENSES,
                first_column: 0,
                rows: count,
                headings: expense_headings,
                totals: Some(totals),
            },
            Table {
                name: "Recettes".into(),
                first_row: heading_row,
                first_column: 0,
                rows: share_count,
                headings,
                totals: Some(resource_totals),
            },
        ],
        charts: vec![Chart {
            kind: ChartKind::Bar,
            title: "Qui paie combien".into(),
            alternative: alternative(budget),
            categories: (first - 1, 0, last - 1),
            series: vec![("Prévu".into(), 7)],
            place: (chart_row, 0),
            size: (760, 60 + 34 * share_count.min(30)),
        }],
        highlights: vec![crate::worksheets::Highlight {
            range: (first - 1, 10, last - 1, 10),
            formula: format!("=AND(ISNUMBER($K{first}),$K{first}<0)"),
        }],
        rows,
        ..Worksheet::default()
    }
}

/// Where the formulas of the resources look, in rows counted from 1.
struct Frame {
    first: u32,
    last: u32,
    rest: u32,
    gap: u32,
    total_row: u32,
}

fn share_row(budget: &Budget, before: Option<&Budget>, index: usize, row: u32, frame: &Frame) -> Vec<Cell> {
    let share = &budget.shares[index];
    let resource = share.resource;
    let Frame { first, last, rest, gap, total_row } = frame;
    let equal = ResourceMode::EqualShare.label();
    let quota = ResourceMode::Quota.label();
    let base = match resource.mode {
        ResourceMode::Amount => format!("=D{row}"),
        ResourceMode::EqualShare => format!(
            "=ROUNDDOWN(ROUND(C${rest}-SUMIFS(F${first}:F${last},C${first}:C${last},\"{quota}\"),2)/COUNTIF(C${first}:C${last},\"{equal}\"),2)"
        ),
        ResourceMode::Quota => format!("=ROUNDDOWN(ROUND(C${rest}*E{row},4),2)"),
    };
    let carries = budget
        .carrier()
        .map_or(resource.funder == budget.year.rounding_carrier, |carrier| std::ptr::eq(carrier.resource, resource));
    let rounding =
        if carries { Value::formula(format!("=C${gap}"), Value::Cents(share.rounding.0)) } else { Value::Cents(0) };
    let margin =
        resource.ceiling.map_or(Value::Text(String::new()), |ceiling| Value::Cents((ceiling - share.amount()).0));
    let earlier = before.and_then(|before| before.shares.iter().find(|other| other.same_line(share)));
    vec![
        Cell::text(share.name()),
        Cell::text(resource.contribution.label()),
        Cell::text(resource.mode.label()),
        Cell::new(
            Value::optional_cents(
                resource.planned.filter(|_| resource.mode == ResourceMode::Amount).map(|cents| cents.0),
            ),
            Style::Input,
        ),
        Cell::new(resource.key.map_or(Value::Blank, |key| Value::Share(key, 10_000)), Style::Input),
        Cell::new(Value::formula(base, Value::Cents(share.base.0)), Style::Text),
        Cell::new(rounding, Style::Text),
        Cell::new(Value::formula(format!("=ROUND(F{row}+G{row},2)"), Value::Cents(share.amount().0)), Style::Text),
        Cell::new(
            Value::formula(
                format!("=IF(H${total_row}=0,0,H{row}/H${total_row})"),
                Value::Share(share.amount().0, budget.paid().0),
            ),
            Style::Text,
        ),
        Cell::new(Value::optional_cents(resource.ceiling.map(|ceiling| ceiling.0)), Style::Input),
        Cell::new(Value::formula(format!("=IF(J{row}=\"\",\"\",ROUND(J{row}-H{row},2))"), margin), Style::Text),
        Cell::new(Value::optional_cents(earlier.map(|earlier| earlier.amount().0)), Style::Text),
    ]
}

/// The expenses of the year before that this year no longer has: without them its column would not add up.
fn gone_expenses(budget: &Budget, before: Option<&Budget>) -> Vec<(String, Cents)> {
    let kept = |nature: &str| budget.expenses.iter().any(|expense| fold(&expense.nature) == fold(nature));
    let earlier = before.into_iter().flat_map(|before| &before.expenses);
    earlier.filter(|other| !kept(&other.nature)).map(|other| (other.nature.clone(), other.planned)).collect()
}

/// The funders of the year before that pay nothing this year: name, contribution, amount.
fn gone_shares(budget: &Budget, before: Option<&Budget>) -> Vec<(String, &'static str, Cents)> {
    let kept = |other: &Share| budget.shares.iter().any(|share| share.same_line(other));
    let earlier = before.into_iter().flat_map(|before| &before.shares);
    earlier
        .filter(|other| !kept(other))
        .map(|other| (other.name().to_owned(), other.resource.contribution.label(), other.amount()))
        .collect()
}

/// The row of a funder that pays nothing this year, ready to be filled.
fn gone_row(row: u32, name: &str, contribution: &str, amount: Cents, frame: &Frame) -> Vec<Cell> {
    let nothing = |formula: String| Cell::new(Value::formula(formula, Value::Cents(0)), Style::Text);
    vec![
        Cell::text(name),
        Cell::text(contribution),
        Cell::text(ResourceMode::Amount.label()),
        Cell::new(Value::Blank, Style::Input),
        Cell::new(Value::Blank, Style::Input),
        nothing(format!("=D{row}")),
        Cell::new(Value::Cents(0), Style::Text),
        nothing(format!("=ROUND(F{row}+G{row},2)")),
        Cell::new(
            Value::formula(format!("=IF(H${total}=0,0,H{row}/H${total})", total = frame.total_row), Value::Share(0, 1)),
            Style::Text,
        ),
        Cell::new(Value::Blank, Style::Input),
        Cell::new(
            Value::formula(format!("=IF(J{row}=\"\",\"\",ROUND(J{row}-H{row},2))"), Value::Text(String::new())),
            Style::Text,
        ),
        Cell::new(Value::Cents(amount.0), Style::Text),
    ]
}

fn sum(table: &str, heading: &str, cents: Cents) -> Total {
    Total::Formula(format!("=SUBTOTAL(109,{table}[{heading}])"), Value::Cents(cents.0))
}

fn expense_totals(budget: &Budget, before: Option<&Budget>) -> Vec<Total> {
    let actual: Cents = budget.expenses.iter().filter_map(|expense| expense.actual).sum();
    let gaps: Cents =
        budget.expenses.iter().filter_map(|expense| expense.actual.map(|actual| actual - expense.planned)).sum();
    let shown = before.map_or(Cents::ZERO, Budget::spent);
    let previous =
        before.map_or_else(|| "Exercice précédent".to_owned(), |before| format!("Prévu {}", before.year.code));
    vec![
        Total::Label("Total des dépenses".into()),
        sum("Depenses", &previous, shown),
        sum("Depenses", "Prévu", budget.spent()),
        sum("Depenses", "Réalisé", actual),
        sum("Depenses", "Écart", gaps),
    ]
}

fn resource_totals(budget: &Budget, before: Option<&Budget>) -> Vec<Total> {
    let fixed: Cents =
        budget.shares.iter().filter(|share| share.resource.mode == ResourceMode::Amount).map(|share| share.base).sum();
    let base: Cents = budget.shares.iter().map(|share| share.base).sum();
    let rounding: Cents = budget.shares.iter().map(|share| share.rounding).sum();
    let shown = before.map_or(Cents::ZERO, Budget::paid);
    let previous =
        before.map_or_else(|| "Exercice précédent".to_owned(), |before| format!("Prévu {}", before.year.code));
    vec![
        Total::Label("Total des recettes".into()),
        Total::Blank,
        Total::Blank,
        sum("Recettes", "Montant fixé", fixed),
        Total::Blank,
        sum("Recettes", "Part calculée", base),
        sum("Recettes", "Arrondi", rounding),
        sum("Recettes", "Prévu", budget.paid()),
        Total::Formula(
            "=SUBTOTAL(109,Recettes[Part du budget])".into(),
            Value::Share(budget.paid().0, budget.paid().0),
        ),
        Total::Blank,
        Total::Blank,
        sum("Recettes", &previous, shown),
    ]
}

fn alternative(budget: &Budget) -> String {
    let parts: Vec<String> =
        budget.shares.iter().map(|share| format!("{} {}", share.name(), wording::euros(share.amount().0))).collect();
    format!("Barres des parts de chaque financeur : {}.", parts.join(", "))
}
