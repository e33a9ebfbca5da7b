//! What a workbook that we write holds: titles, tables, labelled values, charts, in the order in which they are read.
//!
//! Documents describe workbooks with it and the renderer gives everything its place: a cell is known by its table and
//! heading or by a name, never by letters and numbers. What the numbers mean is not known here.

use chrono::NaiveDate;

use crate::figures::Printed;
use crate::views::Leaf;

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
    /// Column widths in characters; a column is wider where its numbers need it, and the paper follows from them.
    pub widths: Vec<f64>,
    /// What stands on it, from top to bottom.
    pub pieces: Vec<Piece>,
}

/// Something that stands on a sheet.
#[derive(Debug, Clone)]
pub enum Piece {
    /// The sheet's title.
    Title(String),
    /// A line under the title.
    Subtitle(String),
    /// A remark.
    Remark(String),
    /// What a part of the sheet finds.
    Section(String),
    /// A row left free.
    Gap,
    /// A value with its label, known by a name in formulas.
    Line(Line),
    /// A table.
    Table(Table),
    /// A chart over a table of the sheet.
    Chart(Chart),
}

/// A labelled value.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// Its name in formulas.
    pub name: &'static str,
    /// The column in which it stands, from 0.
    pub column: u16,
    /// The value.
    pub cell: Cell,
    /// What stands beside it.
    pub beside: Option<Cell>,
}

/// A table: headings, rows, and a total row where it has one.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its name in formulas: plain letters and digits.
    pub name: String,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// The total row, by column; none: there is no total row.
    pub totals: Option<Vec<Cell>>,
    /// A small line in a column of each row, over other columns of the row.
    pub trend: Option<Trend>,
    /// A column whose cells take the accent when a formula over their row holds.
    pub highlight: Option<(String, String)>,
}

/// Small lines in a column: which, and over which others, both ends included.
#[derive(Debug, Clone)]
pub struct Trend {
    /// The column of the lines.
    pub column: usize,
    /// The first column and the last one of the values.
    pub over: (usize, usize),
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

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// A figure, as its quantity is shown: amounts to the cent, shares in percent.
    Figure(Printed),
    /// An amount of which whole euros are shown.
    Euros(Printed),
    /// A day.
    Date(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
    /// A formula, with the value that it has now.
    Formula(String, Box<Value>),
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

/// What kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Horizontal bars.
    Bar,
    /// Vertical bars over time.
    StackedColumn,
    /// Lines over time.
    Line,
}

/// A chart over columns of a table.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What kind.
    pub kind: ChartKind,
    /// Its title: the finding.
    pub title: String,
    /// What it shows, for who does not see it.
    pub alternative: String,
    /// The table. Its first column names the categories.
    pub table: String,
    /// The headings of the series.
    pub series: Vec<String>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Whether the last series is a part of the first: a bar within the other.
    pub is_nested: bool,
    /// Whether it stands beside its table, and not below.
    pub is_beside: bool,
}

/// The cell of the same row under a heading of a table, in a formula.
#[must_use]
pub fn here(table: &str, heading: &str) -> String {
    format!("{table}[[#This Row],[{heading}]]")
}

/// All cells under a heading of a table, in a formula.
#[must_use]
pub fn column(table: &str, heading: &str) -> String {
    format!("{table}[{heading}]")
}

/// The sum of what is visible under a heading of a table, as a cell of its total row.
#[must_use]
pub fn total(table: &str, heading: &str, now: Printed) -> Cell {
    Cell::new(Value::formula(format!("SUBTOTAL(109,{})", column(table, heading)), Value::Figure(now)), Style::Total)
}

impl Workbook {
    /// Tells everything that the workbook says: texts, and figures as its cells show them.
    pub fn visit(&self, found: &mut dyn FnMut(String, Leaf<'_>)) {
        for sheet in &self.sheets {
            found(sheet.name.clone(), Leaf::Text(&sheet.name));
            sheet.pieces.iter().for_each(|piece| piece.visit(&sheet.name, found));
        }
    }
}

impl Table {
    /// Whether a column holds numbers.
    #[must_use]
    pub fn counts(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().chain(&self.totals).filter_map(|row| row.get(column));
        cells.any(|cell| cell.value.is_number())
    }
}

impl Piece {
    fn visit(&self, sheet: &str, found: &mut dyn FnMut(String, Leaf<'_>)) {
        match self {
            Self::Title(text) | Self::Subtitle(text) | Self::Remark(text) | Self::Section(text) => {
                found(sheet.to_owned(), Leaf::Text(text));
            }
            Self::Gap => {}
            Self::Line(line) => {
                let path = format!("{sheet} › {}", line.label);
                found(path.clone(), Leaf::Text(&line.label));
                line.cell.visit(&path, found);
                line.beside.iter().for_each(|cell| cell.visit(&path, found));
            }
            Self::Table(table) => {
                for row in table.rows.iter().chain(&table.totals) {
                    let name = match row.first().map(|cell| &cell.value) {
                        Some(Value::Text(text)) => text.clone(),
                        Some(Value::Date(date) | Value::Month(date)) => date.to_string(),
                        _ => String::new(),
                    };
                    for (cell, heading) in row.iter().zip(&table.headings) {
                        cell.visit(&format!("{sheet} › {name} › {heading}"), found);
                    }
                }
            }
            Self::Chart(chart) => {
                found(format!("{sheet} › {}", chart.title), Leaf::Text(&chart.title));
                found(format!("{sheet} › {}", chart.title), Leaf::Text(&chart.alternative));
            }
        }
    }
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

    /// An ordinary figure.
    #[must_use]
    pub fn figure(printed: Printed) -> Self {
        Self::new(Value::Figure(printed), Style::Text)
    }

    /// A figure that people fill in; nothing where there is none.
    #[must_use]
    pub fn input(printed: Option<Printed>) -> Self {
        Self::new(printed.map_or(Value::Blank, Value::Figure), Style::Input)
    }

    /// A formula, with the value that it has now.
    #[must_use]
    pub fn formula(formula: impl Into<String>, now: Value) -> Self {
        Self::new(Value::formula(formula, now), Style::Text)
    }

    /// The label of a total row.
    #[must_use]
    pub fn total(label: &str) -> Self {
        Self::new(Value::Text(label.to_owned()), Style::Total)
    }

    /// A cell of a total row that says nothing.
    #[must_use]
    pub fn no_total() -> Self {
        Self::new(Value::Blank, Style::Total)
    }

    /// Adds a note.
    #[must_use]
    pub fn noted(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    fn visit(&self, path: &str, found: &mut dyn FnMut(String, Leaf<'_>)) {
        if let Some(note) = &self.note {
            found(path.to_owned(), Leaf::Text(note));
        }
        self.value.visit(path, found);
    }
}

impl Value {
    /// A formula, without its equals sign, and the value that it has now.
    #[must_use]
    pub fn formula(formula: impl Into<String>, now: Self) -> Self {
        Self::Formula(formula.into(), Box::new(now))
    }

    /// A day, or nothing.
    #[must_use]
    pub fn optional_date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }

    /// Whether it is a number.
    fn is_number(&self) -> bool {
        match self {
            Self::Figure(_) | Self::Euros(_) => true,
            Self::Formula(_, now) => now.is_number(),
            Self::Blank | Self::Text(_) | Self::Date(_) | Self::Month(_) => false,
        }
    }

    fn visit(&self, path: &str, found: &mut dyn FnMut(String, Leaf<'_>)) {
        match self {
            Self::Blank => {}
            Self::Text(text) => found(path.to_owned(), Leaf::Text(text)),
            Self::Figure(printed) | Self::Euros(printed) => found(path.to_owned(), Leaf::Printed(printed)),
            Self::Date(date) | Self::Month(date) => found(path.to_owned(), Leaf::Text(&date.to_string())),
            Self::Formula(_, now) => now.visit(path, found),
        }
    }
}
