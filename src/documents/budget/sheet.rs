//! The budget as a workbook: amounts that people may change, and formulas that follow.

use super::view::{gone_expenses, gone_shares, same_nature};
use crate::documents::common;
use crate::figures::{Cells, Figure, Printed, Quantity};
use crate::model::{At, Budget, Cents, Choice as _, Expense, Resource, ResourceMode, Share};
use crate::wording;
use crate::worksheets::{
    Cell, Chart, ChartKind, Line, Piece, Style, Table, Value, Workbook, Worksheet, column, here, total,
};

/// The tables, by their names in formulas.
const EXPENSES: &str = "Depenses";
const RESOURCES: &str = "Recettes";

/// What formulas call the two values between the tables.
const REST: &str = "Reste_a_partager";
const GAP: &str = "Ecart_d_arrondi";

pub(super) fn workbook(budget: &Budget, before: Option<&Budget>) -> Workbook {
    let title = format!("Budget prévisionnel {}", budget.year.code());
    let territory = budget.year.scope().territory();
    Workbook { sheets: vec![Sheet { budget, before }.worksheet(&title)], ..common::workbook(territory, title) }
}

/// The sheet of a budget beside the year before.
struct Sheet<'b, 's> {
    budget: &'b Budget<'s>,
    before: Option<&'b Budget<'s>>,
}

impl Sheet<'_, '_> {
    fn worksheet(&self, title: &str) -> Worksheet {
        let year = self.budget.year;
        let territory = year.scope().territory();
        let period = wording::date_span(year.start(), year.end());
        let shares = u32::try_from(self.budget.shares.len()).unwrap_or(u32::MAX);
        Worksheet {
            name: "Budget".into(),
            widths: vec![31.0, 13.0, 19.0, 13.0, 13.0, 13.0, 9.0, 13.0, 9.0, 13.0, 12.0, 13.0],
            pieces: vec![
                Piece::Title(title.to_owned()),
                Piece::Subtitle(format!("{} {} – exercice {period}", territory.programme, territory.name)),
                Piece::Remark("Les cellules claires se remplissent ; les autres se calculent.".into()),
                Piece::Table(self.expenses()),
                Piece::Gap,
                Piece::Line(self.rest()),
                Piece::Line(self.gap()),
                Piece::Gap,
                Piece::Table(self.resources()),
                Piece::Gap,
                Piece::Line(self.balance()),
                Piece::Chart(Chart {
                    kind: ChartKind::Bar,
                    title: "Qui paie combien".into(),
                    alternative: alternative(self.budget),
                    table: RESOURCES.into(),
                    series: vec!["Prévu".into()],
                    size: (760, 60 + 34 * shares.min(30)),
                    is_nested: false,
                    is_beside: false,
                }),
            ],
        }
    }

    /// The heading of the year before's amounts.
    fn earlier(&self) -> String {
        self.before.map_or_else(|| "Exercice précédent".to_owned(), |before| format!("Prévu {}", before.year.code()))
    }

    fn expenses(&self) -> Table {
        let Self { budget, before } = *self;
        let gap = format!(
            "IF({actual}=\"\",\"\",ROUND({actual}-{planned},2))",
            actual = here(EXPENSES, "Réalisé"),
            planned = here(EXPENSES, "Prévu")
        );
        let row = |expense: &At<Expense>| {
            let planned = budget.expense_figure(*expense);
            let actual = budget.actual_figure(*expense);
            let earlier = before
                .and_then(|before| same_nature(before, *expense).map(|other| before.expense_figure(other).euros()));
            let now = actual.as_ref().map_or(empty_text(), |actual| {
                let name = format!("{}.ecart", planned.name());
                let gap = Quantity::Cents(actual.amount() - planned.amount());
                Value::Figure(Figure::new(name, "écart au prévu", gap, actual.sources().clone()).euros())
            });
            vec![
                Cell::text(expense.nature()),
                optional(earlier),
                Cell::input(Some(planned.euros())),
                Cell::input(actual.map(|actual| actual.euros())),
                Cell::formula(&gap, now),
            ]
        };
        let gone = |expense: At<Expense>| {
            let earlier = before.map(|before| before.expense_figure(expense).euros());
            let nothing = [Cell::input(None), Cell::input(None), Cell::formula(&gap, empty_text())];
            [Cell::text(expense.nature()), optional(earlier)].into_iter().chain(nothing).collect()
        };
        let rows = budget.expenses.iter().map(row);
        Table {
            name: EXPENSES.into(),
            headings: ["Dépense", &self.earlier(), "Prévu", "Réalisé", "Écart"].map(String::from).to_vec(),
            rows: rows.chain(gone_expenses(budget, before).into_iter().map(gone)).collect(),
            totals: Some(self.expense_totals()),
            ..Table::default()
        }
    }

    fn expense_totals(&self) -> Vec<Cell> {
        let Self { budget, before } = *self;
        let actual = budget.total_actual();
        let spent = actual.clone().unwrap_or_else(|| self.amount("realise", "dépenses réalisées", Cents::ZERO));
        let gaps: Cents = budget
            .expenses
            .iter()
            .filter_map(|expense| expense.actual().map(|actual| actual - expense.planned()))
            .sum();
        let earlier = before.map_or_else(
            || self.amount("precedent.depenses", "dépenses de l’exercice précédent", Cents::ZERO),
            Budget::total_expenses,
        );
        vec![
            Cell::total("Total des dépenses"),
            total(EXPENSES, &self.earlier(), earlier.euros()),
            total(EXPENSES, "Prévu", budget.total_expenses().euros()),
            total(EXPENSES, "Réalisé", spent.euros()),
            total(EXPENSES, "Écart", self.amount("ecart", "écart au prévu", gaps).euros()),
        ]
    }

    /// What is left to share once the fixed amounts are taken off.
    fn rest(&self) -> Line {
        let formula = format!("ROUND(SUM({})-SUM({}),2)", column(EXPENSES, "Prévu"), column(RESOURCES, "Montant fixé"));
        let now = self.amount("reste", "reste à partager", self.budget.rest).euros();
        Line {
            label: "Reste à partager hors montants fixés".into(),
            name: REST,
            column: 2,
            cell: Cell::new(Value::formula(formula, Value::Figure(now)), Style::Total),
            beside: None,
        }
    }

    /// What the division leaves over.
    fn gap(&self) -> Line {
        let formula = format!(
            "ROUND({REST}-SUMIFS({},{},\"<>{}\"),2)",
            column(RESOURCES, "Part calculée"),
            column(RESOURCES, "Mode"),
            ResourceMode::Amount.label()
        );
        let now = self.amount("arrondi", "écart d’arrondi du partage", self.budget.remainder).euros();
        let note = format!("Porté par {} : {}", self.budget.year.rounding_carrier().code(), now.text());
        Line {
            label: "Écart d’arrondi du partage".into(),
            name: GAP,
            column: 2,
            cell: Cell::new(Value::formula(formula, Value::Figure(now)), Style::Total).noted(note),
            beside: None,
        }
    }

    fn balance(&self) -> Line {
        let formula = format!("ROUND(SUM({})-SUM({}),2)", column(EXPENSES, "Prévu"), column(RESOURCES, "Prévu"));
        let balance = self.budget.spent() - self.budget.paid();
        let now = self.amount("equilibre", "dépenses moins recettes", balance).euros();
        Line {
            label: "Équilibre : dépenses moins recettes".into(),
            name: "Equilibre",
            column: 2,
            cell: Cell::new(Value::formula(formula, Value::Figure(now)), Style::Total),
            beside: Some(Cell::formula(
                "IF(Equilibre=0,\"équilibré\",\"à corriger\")",
                Value::Text(if balance == Cents::ZERO { "équilibré" } else { "à corriger" }.into()),
            )),
        }
    }

    fn resources(&self) -> Table {
        let Self { budget, before } = *self;
        let headings = [
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
            &self.earlier(),
        ];
        let rows = budget.shares.iter().enumerate().map(|(index, share)| self.share_row(index, share));
        let gone = gone_shares(budget, before);
        Table {
            name: RESOURCES.into(),
            headings: headings.map(String::from).to_vec(),
            rows: rows.chain(gone.into_iter().map(|index| self.gone_row(index))).collect(),
            totals: Some(self.resource_totals()),
            highlight: Some(("Marge".into(), "AND(ISNUMBER({}),{}<0)".into())),
            ..Table::default()
        }
    }

    fn share_row(&self, index: usize, share: &Share) -> Vec<Cell> {
        let Self { budget, before } = *self;
        let line = share.resource;
        let figure = budget.share_figure(index);
        let own = |kind: &str, label: &str, cents: Cents| {
            let name = format!("{}.{kind}", figure.name());
            Figure::new(name, format!("{label}, {}", share.name()), Quantity::Cents(cents.0), figure.sources().clone())
                .euros()
        };
        let carries = budget
            .carrier()
            .map_or(share.partner == budget.year.rounding_carrier(), |carrier| carrier.resource == line);
        let rounding = own("arrondi", "arrondi", share.rounding);
        let rounding = if carries { Cell::formula(GAP, Value::Figure(rounding)) } else { Cell::figure(rounding) };
        let fixed = line.planned().filter(|_| line.mode() == ResourceMode::Amount);
        let key = line.key().map(|(part, whole)| {
            let label = format!("clé de {}", share.name());
            let cell = line.cell(Resource::KEY);
            Figure::new(format!("{}.cle", figure.name()), label, Quantity::Share(part, whole), cell).percent(2)
        });
        let ceiling = share.voted_ceiling().map(|ceiling| own("plafond", "plafond voté", ceiling));
        let margin = share.voted_ceiling().map_or(empty_text(), |ceiling| {
            Value::Figure(own("marge", "marge sous le plafond", ceiling - share.amount()))
        });
        let earlier = before.and_then(|before| {
            let position = before.shares.iter().position(|other| other.same_line(share))?;
            Some(before.share_figure(position).euros())
        });
        vec![
            Cell::text(share.name()),
            Cell::text(line.contribution().label()),
            Cell::text(line.mode().label()),
            Cell::input(fixed.map(|cents| own("fixe", "montant fixé", cents))),
            Cell::input(key),
            Cell::formula(base(line, budget), Value::Figure(own("base", "part calculée", share.base))),
            rounding,
            Cell::formula(planned(), Value::Figure(figure.euros())),
            Cell::formula(of_whole(), Value::Figure(budget.share_of_whole(index).percent(1))),
            Cell::input(ceiling),
            Cell::formula(margin_formula(), margin),
            optional(earlier),
        ]
    }

    /// The row of a funder that pays nothing this year, ready to be filled.
    fn gone_row(&self, index: usize) -> Vec<Cell> {
        let share = self.before.map(|before| (&before.shares[index], before.share_figure(index)));
        let Some((share, earlier)) = share else { return Vec::new() };
        let name = format!("budget.{}.parti.{}", self.budget.year.code(), share.partner.code());
        let none = |kind: &str, quantity: Quantity| {
            Figure::new(
                format!("{name}.{kind}"),
                format!("{}, qui ne finance plus", share.name()),
                quantity,
                Cells::default(),
            )
        };
        let zero = |kind: &str| Value::Figure(none(kind, Quantity::Cents(0)).euros());
        vec![
            Cell::text(share.name()),
            Cell::text(share.resource.contribution().label()),
            Cell::text(ResourceMode::Amount.label()),
            Cell::input(None),
            Cell::input(None),
            Cell::formula(here(RESOURCES, "Montant fixé"), zero("base")),
            Cell::new(zero("arrondi"), Style::Text),
            Cell::formula(planned(), zero("prevu")),
            Cell::formula(of_whole(), Value::Figure(none("taux", Quantity::Share(0, 1)).percent(1))),
            Cell::input(None),
            Cell::formula(margin_formula(), empty_text()),
            Cell::figure(earlier.euros()),
        ]
    }

    fn resource_totals(&self) -> Vec<Cell> {
        let Self { budget, before } = *self;
        let sum = |of: &dyn Fn(&Share) -> Cents| -> Cents { budget.shares.iter().map(of).sum() };
        let is_fixed = |share: &Share| share.resource.mode() == ResourceMode::Amount;
        let fixed = sum(&|share| if is_fixed(share) { share.base } else { Cents::ZERO });
        let amount = |kind: &str, label: &str, cents: Cents| self.amount(kind, label, cents).euros();
        let paid = budget.total_resources();
        let earlier = before.map_or_else(
            || self.amount("precedent.recettes", "recettes de l’exercice précédent", Cents::ZERO),
            Budget::total_resources,
        );
        vec![
            Cell::total("Total des recettes"),
            Cell::no_total(),
            Cell::no_total(),
            total(RESOURCES, "Montant fixé", amount("fixe", "montants fixés", fixed)),
            Cell::no_total(),
            total(RESOURCES, "Part calculée", amount("base", "parts calculées", sum(&|share| share.base))),
            total(RESOURCES, "Arrondi", amount("arrondis", "arrondis", sum(&|share| share.rounding))),
            total(RESOURCES, "Prévu", paid.euros()),
            total(RESOURCES, "Part du budget", paid.share_of(&paid).percent(1)),
            Cell::no_total(),
            Cell::no_total(),
            total(RESOURCES, &self.earlier(), earlier.euros()),
        ]
    }

    fn amount(&self, name: &str, label: &str, cents: Cents) -> Figure {
        let cells = [self.budget.expense_cells(), self.budget.resource_cells()].into_iter().collect();
        self.budget.figure(name, label, cents, cells)
    }
}

/// How a share is computed before the rounding.
fn base(line: At<Resource>, budget: &Budget) -> String {
    let calculated = column(RESOURCES, "Part calculée");
    let mode = column(RESOURCES, "Mode");
    let quota = ResourceMode::Quota.label();
    let left = format!("ROUND({REST}-SUMIFS({calculated},{mode},\"{quota}\"),2)");
    match line.mode() {
        ResourceMode::Amount => here(RESOURCES, "Montant fixé"),
        ResourceMode::EqualShare => {
            format!("ROUNDDOWN({left}/COUNTIF({mode},\"{}\"),2)", ResourceMode::EqualShare.label())
        }
        ResourceMode::Quota => format!("ROUNDDOWN(ROUND({REST}*{},4),2)", here(RESOURCES, "Clé")),
        ResourceMode::Population => {
            let by_population = |share: &&Share| share.resource.mode() == ResourceMode::Population;
            let inhabitants = budget.shares.iter().filter(by_population).filter_map(|share| share.partner.population());
            let (own, all) = (line.funder().population().unwrap_or_default(), inhabitants.sum::<i64>());
            format!("ROUNDDOWN(ROUND({left}*{own}/{},4),2)", all.max(1))
        }
    }
}

fn planned() -> String {
    format!("ROUND({}+{},2)", here(RESOURCES, "Part calculée"), here(RESOURCES, "Arrondi"))
}

fn of_whole() -> String {
    let whole = format!("SUM({})", column(RESOURCES, "Prévu"));
    format!("IF({whole}=0,0,{}/{whole})", here(RESOURCES, "Prévu"))
}

fn margin_formula() -> String {
    let ceiling = here(RESOURCES, "Plafond voté");
    format!("IF({ceiling}=\"\",\"\",ROUND({ceiling}-{},2))", here(RESOURCES, "Prévu"))
}

fn optional(printed: Option<Printed>) -> Cell {
    printed.map_or_else(Cell::default, Cell::figure)
}

fn empty_text() -> Value {
    Value::Text(String::new())
}

fn alternative(budget: &Budget) -> String {
    let amounts = budget.shares.iter().enumerate().map(|(index, share)| (share, budget.share_figure(index).euros()));
    let parts: Vec<String> = amounts.map(|(share, amount)| format!("{} {}", share.name(), amount.text())).collect();
    format!("Barres des parts de chaque financeur : {}.", parts.join(", "))
}
