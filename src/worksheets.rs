//! What a workbook that we write holds: cells with their styles, formulas with their results, tables, charts. Data only.
//!
//! Documents describe workbooks with it and the renderer writes them; what the numbers mean is not known here.

use chrono::NaiveDate;

/// A workbook.
#[derive(Debug, Clone, Default)]
pub struct Workbook {
    /// Its title, in the file's properties.
    pub title: String,
    /// Its author.
    pub author: String,
    /// Its subject.
    pub subject: String,
    /// The brand colour, `#rrggbb`.
    pub colour: String,
    /// The accent, `#rrggbb`.
    pub accent: String,
    /// Its sheets, in order.
    pub sheets: Vec<Worksheet>,
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Worksheet {
    /// The tab's name.
    pub name: String,
    /// Whether it prints across.
    pub landscape: bool,
    /// Column widths in characters.
    pub widths: Vec<f64>,
    /// The cells by row, from A1.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows stay on screen.
    pub frozen_rows: u32,
    /// The rows repeated on every printed page, zero-based and inclusive.
    pub repeated_rows: Option<(u32, u32)>,
    /// Tables over cells.
    pub tables: Vec<Table>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// Small lines inside cells.
    pub sparklines: Vec<Sparkline>,
    /// Cells that stand out when a formula holds.
    pub highlights: Vec<Highlight>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// How it looks.
    pub style: Style,
    /// A note that explains it.
    pub note: Option<String>,
}

/// What a cell holds. Amounts are cents until the file is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number in hundredths.
    Hundredths(i64),
    /// An amount in cents.
    Cents(i64),
    /// An amount in cents that shows whole euros.
    WholeEuros(i64),
    /// A share: a part and the whole.
    Share(i64, i64),
    /// A day.
    Date(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
    /// A formula, with the value that it has now.
    Formula(String, Box<Value>),
}

impl Value {
    /// The value as one would read it aloud, without format; what a comparison shows.
    #[must_use]
    pub fn plain(&self) -> String {
        let hundredths = |number: &i64| format!("{},{:02}", number / 100, (number % 100).abs());
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Hundredths(number) | Self::Cents(number) | Self::WholeEuros(number) => hundredths(number),
            Self::Share(part, whole) => format!("{part} sur {whole}"),
            Self::Date(date) | Self::Month(date) => date.to_string(),
            Self::Formula(_, result) => result.plain(),
        }
    }
}

/// How a cell looks; number formats follow from the value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Style {
    /// Ordinary.
    #[default]
    Text,
    /// The sheet's title.
    Title,
    /// A line under the title.
    Subtitle,
    /// A part's title.
    Section,
    /// A table's heading.
    Heading,
    /// A total.
    Total,
    /// A value that stands out.
    Strong,
    /// A cell that people fill in.
    Input,
    /// A remark.
    Muted,
}

/// A table over cells that are already there: its heading row, its rows, and a total row where it has one.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its name in formulas.
    pub name: String,
    /// The heading row, zero-based.
    pub first_row: u32,
    /// The first column, zero-based.
    pub first_column: u16,
    /// How many rows of data.
    pub rows: u32,
    /// The headings.
    pub headings: Vec<String>,
    /// The formulas of the total row with their values, by column; none: no total row.
    pub totals: Option<Vec<Total>>,
}

/// A cell of a total row.
#[derive(Debug, Clone, PartialEq)]
pub enum Total {
    /// Nothing.
    Blank,
    /// A label.
    Label(String),
    /// A formula, with its value.
    Formula(String, Value),
}

/// What kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Horizontal bars.
    Bar,
    /// Horizontal bars, one on the other.
    StackedBar,
    /// Vertical bars over time, one on the other.
    StackedColumn,
    /// Lines over time.
    Line,
}

/// A chart over cells of its sheet.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What kind.
    pub kind: ChartKind,
    /// Its title: the finding.
    pub title: String,
    /// What it shows, for who does not see it.
    pub alternative: String,
    /// The categories' column and rows, zero-based and inclusive: (first row, column, last row).
    pub categories: (u32, u16, u32),
    /// The series: name, and the column of its values over the same rows.
    pub series: Vec<(String, u16)>,
    /// Where its top left corner stands: row and column.
    pub place: (u32, u16),
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// A small line in a cell, over cells of the same row.
#[derive(Debug, Clone)]
pub struct Sparkline {
    /// The cell: row and column.
    pub place: (u32, u16),
    /// The values: row, first and last column.
    pub range: (u32, u16, u16),
}

/// Cells that take the accent when a formula holds.
#[derive(Debug, Clone)]
pub struct Highlight {
    /// The cells: first row, first column, last row, last column.
    pub range: (u32, u16, u32, u16),
    /// The formula, relative to the first cell.
    pub formula: String,
}

impl Cell {
    /// A cell of a style.
    #[must_use]
    pub fn new(value: Value, style: Style) -> Self {
        Self { value, style, note: None }
    }

    /// Ordinary text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Value::Text(text.into()), Style::Text)
    }

    /// A heading.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self::new(Value::Text(text.into()), Style::Heading)
    }

    /// A cell of a total row: the table writes it too, this gives it its look and its result.
    #[must_use]
    pub fn total(total: &Total) -> Self {
        let value = match total {
            Total::Blank => Value::Blank,
            Total::Label(label) => Value::Text(label.clone()),
            Total::Formula(formula, result) => Value::formula(formula.clone(), result.clone()),
        };
        Self::new(value, Style::Total)
    }

    /// Adds a note.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

impl Value {
    /// A formula, with the value that it has now.
    #[must_use]
    pub fn formula(formula: impl Into<String>, result: Self) -> Self {
        Self::Formula(formula.into(), Box::new(result))
    }

    /// An amount, or nothing.
    #[must_use]
    pub fn optional_cents(cents: Option<i64>) -> Self {
        cents.map_or(Self::Blank, Self::Cents)
    }

    /// A day, or nothing.
    #[must_use]
    pub fn optional_date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }
}
