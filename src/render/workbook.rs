//! Workbooks that a person can work on: live formulas with their present results, tables, charts, print set-up.
//!
//! Programs that do not calculate show the cached results, so every formula carries one.

mod page;

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartType, Color, ConditionalFormatFormula, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Note, Sparkline, Table, TableColumn, TableFunction,
    TableStyle, Workbook, Worksheet, XlsxError,
};

use self::page::Paper;
use super::zipped::made_alike;
use crate::figures::Quantity;
use crate::worksheets::{self, Cell, ChartKind, Piece, Style, Value};

/// The file of a workbook. `date` is the document's own: the same inputs give the same bytes.
///
/// # Errors
///
/// When the description is not one that the format can hold, for instance a tab's name that is too long.
pub fn file(workbook: &worksheets::Workbook, date: NaiveDate) -> Result<Vec<u8>, String> {
    write(workbook, date).map_err(|error| error.to_string())
}

fn write(workbook: &worksheets::Workbook, date: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_author(&workbook.author)
        .set_subject(&workbook.subject)
        .set_creation_datetime(&date_time(date)?);
    out.set_properties(&properties);
    let mut formats = Formats::new(workbook);
    for sheet in &workbook.sheets {
        for (name, place) in write_sheet(out.add_worksheet(), sheet, &workbook.title, &mut formats)? {
            out.define_name(name, &place)?;
        }
    }
    out.save_to_buffer().map(made_alike)
}

fn date_time(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

/// Where things stand on a sheet: found as they are written, asked for by charts and highlights.
#[derive(Default)]
struct Layout {
    /// The next free row.
    row: u32,
    /// The heading row of the first table.
    first_heading: Option<u32>,
    /// The rows on which parts begin.
    sections: Vec<u32>,
    /// Each table with its heading row and how many rows follow it.
    tables: Vec<(String, u32, u32, Vec<String>)>,
    /// The widths of the columns, in characters.
    widths: Vec<f64>,
}

impl Layout {
    /// How many columns a table has.
    fn width(&self, table: &str) -> u16 {
        let found = self.tables.iter().find(|(name, ..)| name == table);
        found.map_or(0, |(.., headings)| u16::try_from(headings.len()).unwrap_or(0))
    }

    /// The rows of a table's data and the column under a heading.
    fn find(&self, table: &str, heading: &str) -> Option<(u32, u32, u16)> {
        let (_, row, count, headings) = self.tables.iter().find(|(name, ..)| name == table)?;
        let column = headings.iter().position(|known| known == heading)?;
        Some((row + 1, row + count, u16::try_from(column).ok()?))
    }
}

fn write_sheet(
    out: &mut Worksheet,
    sheet: &worksheets::Worksheet,
    title: &str,
    formats: &mut Formats,
) -> Result<Vec<(&'static str, String)>, XlsxError> {
    out.set_name(&sheet.name)?;
    // A formula that gives an empty text is cached as one, not as zero.
    out.set_formula_result_default("");
    let widths = page::widths(sheet);
    let paper = Paper::for_columns(&widths);
    out.set_paper_size(paper.number).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    out.set_margins(page::SIDE, page::SIDE, 0.6, 0.7, 0.3, 0.3);
    out.set_footer(format!("&L&9{} – &A&R&9&P / &N", title.replace('&', "&&")));
    out.set_screen_gridlines(false);
    if paper.is_landscape {
        out.set_landscape();
    }
    for (column, width) in (0..).zip(&widths) {
        out.set_column_width(column, *width)?;
    }
    let mut layout = Layout { widths, ..Layout::default() };
    let mut names = Vec::new();
    for piece in &sheet.pieces {
        write_piece(out, sheet, piece, &mut layout, &mut names, formats)?;
    }
    let last_column = u16::try_from(layout.widths.len()).unwrap_or(1).max(1) - 1;
    out.set_print_area(0, 0, layout.row.max(1) - 1, last_column)?;
    if !layout.sections.is_empty() {
        out.set_page_breaks(&page::breaks(&layout.sections, layout.row, paper.rows(&layout.widths)))?;
    } else if sheet.pieces.iter().any(|piece| matches!(piece, Piece::Chart(_))) {
        // A chart is not torn by a page break.
        out.set_print_fit_to_pages(1, 1);
    }
    if let Some(heading) = layout.first_heading {
        // With several tables only the titles stay: each table has headings of its own.
        let opens = |piece: &&Piece| matches!(piece, Piece::Title(_) | Piece::Subtitle(_) | Piece::Remark(_));
        let opening = u32::try_from(sheet.pieces.iter().take_while(opens).count()).unwrap_or(heading);
        let stays = if layout.tables.len() == 1 { heading + 1 } else { opening };
        out.set_freeze_panes(stays, 0)?.set_repeat_rows(0, stays.max(1) - 1)?;
    }
    Ok(names)
}

fn write_piece(
    out: &mut Worksheet,
    sheet: &worksheets::Worksheet,
    piece: &Piece,
    layout: &mut Layout,
    names: &mut Vec<(&'static str, String)>,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let row = layout.row;
    let text = |text: &String, style: Style| Cell::new(Value::Text(text.clone()), style);
    match piece {
        Piece::Title(title) => {
            out.set_row_height(row, 26)?;
            write_cell(out, row, 0, &text(title, Style::Title), formats)?;
        }
        Piece::Subtitle(line) => write_cell(out, row, 0, &text(line, Style::Subtitle), formats)?,
        Piece::Remark(line) => write_cell(out, row, 0, &text(line, Style::Muted), formats)?,
        Piece::Section(line) => {
            layout.sections.push(row);
            write_cell(out, row, 0, &text(line, Style::Section), formats)?;
        }
        Piece::Gap => {}
        Piece::Line(line) => {
            write_cell(out, row, 0, &text(&line.label, Style::Section), formats)?;
            write_cell(out, row, line.column, &line.cell, formats)?;
            if let Some(beside) = &line.beside {
                write_cell(out, row, line.column + 1, beside, formats)?;
            }
            let column = crate::figures::column_letters(u32::from(line.column));
            names.push((line.name, format!("='{}'!${column}${}", sheet.name.replace('\'', "''"), row + 1)));
        }
        Piece::Table(table) => return write_table(out, sheet, table, layout, formats),
        Piece::Chart(chart) => {
            let drawn = chart_of(chart, sheet, layout, formats);
            let table = chart.series.first().and_then(|name| layout.find(&chart.table, name));
            if let Some((first, ..)) = table.filter(|_| chart.is_beside) {
                // From the headings of its table on; what comes next stands below both.
                out.insert_chart(first - 1, layout.width(&chart.table) + 1, &drawn)?;
                layout.row = layout.row.max(first + chart.size.1.div_ceil(20));
            } else {
                out.insert_chart(row + 1, 0, &drawn)?;
                layout.row += chart.size.1.div_ceil(20) + 1;
            }
        }
    }
    layout.row += 1;
    Ok(())
}

/// A table: the cells after it, so that they give their headings and totals their own look and cached results.
fn write_table(
    out: &mut Worksheet,
    sheet: &worksheets::Worksheet,
    table: &worksheets::Table,
    layout: &mut Layout,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let heading = layout.row;
    let count = u32::try_from(table.rows.len()).unwrap_or(u32::MAX).max(1);
    let width = u16::try_from(table.headings.len()).unwrap_or(1).max(1);
    let last = heading + count + u32::from(table.totals.is_some());
    out.add_table(heading, 0, last, width - 1, &table_of(table, formats))?;
    layout.first_heading.get_or_insert(heading);
    layout.tables.push((table.name.clone(), heading, count, table.headings.clone()));
    out.set_row_height(heading, 32)?;
    let headings = table.headings.iter().map(|title| Cell::new(Value::Text(title.clone()), Style::Heading)).collect();
    let side = |column| if table.counts(column) { Side::Right } else { Side::Left { is_first: column == 0 } };
    let sides: Vec<Side> = (0..table.headings.len()).map(side).collect();
    let totals = table.totals.as_ref().map(|totals| (last, totals));
    for (row, cells) in [(heading, &headings)].into_iter().chain((heading + 1..).zip(&table.rows)).chain(totals) {
        if let Some(height) = page::height(cells, &layout.widths).filter(|_| row > heading) {
            out.set_row_height(row, height)?;
        }
        for ((column, cell), side) in (0..).zip(cells).zip(&sides) {
            write_cell_at(out, (row, column), cell, Some(*side), formats)?;
        }
    }
    if let Some(trend) = &table.trend {
        let column = |index: usize| u16::try_from(index).unwrap_or(0);
        for row in heading + 1..=heading + count {
            let (first, last) = (column(trend.over.0), column(trend.over.1));
            let line = Sparkline::new()
                .set_range((sheet.name.as_str(), row, first, row, last))
                .set_sparkline_color(formats.colour);
            out.set_row_height(row, 21)?;
            out.add_sparkline(row, column(trend.column), &line)?;
        }
    }
    if let Some((title, formula)) = &table.highlight
        && let Some((first, last, column)) = layout.find(&table.name, title)
    {
        let accent = Format::new().set_font_color(formats.accent).set_bold();
        let cell = format!("${}{}", crate::figures::column_letters(u32::from(column)), first + 1);
        let formula = Formula::new(formula.replace("{}", &cell));
        let rule = ConditionalFormatFormula::new().set_rule(formula).set_format(accent);
        out.add_conditional_format(first, column, last, column, &rule)?;
    }
    layout.row = last + 1;
    Ok(())
}

/// The side of its column on which a cell of a table stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Words and days; a column that is not the first keeps off the numbers before it.
    Left { is_first: bool },
    /// Numbers, and what is said in the place of one.
    Right,
}

fn write_cell(out: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &mut Formats) -> Result<(), XlsxError> {
    write_cell_at(out, (row, column), cell, None, formats)
}

fn write_cell_at(
    out: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    side: Option<Side>,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let format = formats.of(cell);
    let format = match side {
        None => format,
        Some(Side::Right) => format.set_align(FormatAlign::Right),
        Some(Side::Left { is_first }) => {
            let format = format.set_align(FormatAlign::Left).set_text_wrap();
            if is_first { format } else { format.set_indent(1) }
        }
    };
    let out = match &cell.value {
        Value::Blank if cell.style == Style::Text => out,
        Value::Blank => out.write_blank(row, column, &format)?,
        Value::Text(text) => out.write_string_with_format(row, column, text, &format)?,
        Value::Date(date) | Value::Month(date) => {
            out.write_datetime_with_format(row, column, date_time(*date)?, &format)?
        }
        Value::Formula(formula, result) => {
            out.write_formula_with_format(row, column, formula_of(formula, result), &format)?
        }
        number => out.write_number_with_format(row, column, number_of(number), &format)?,
    };
    if let Some(note) = &cell.note {
        out.insert_note(row, column, &Note::new(note).set_width(260))?;
    }
    Ok(())
}

fn formula_of(formula: &str, result: &Value) -> Formula {
    let result = match result {
        Value::Blank => String::new(),
        Value::Text(text) => text.clone(),
        Value::Date(date) | Value::Month(date) => {
            date_time(*date).map_or_else(|_| String::new(), |date| date.to_excel().to_string())
        }
        number => number_of(number).to_string(),
    };
    Formula::new(formula).set_result(result)
}

/// The number that a file holds: euros for cents, a fraction for a share.
#[expect(clippy::cast_precision_loss, reason = "a workbook's numbers are floats; amounts stay far below 2^53 cents")]
fn number_of(value: &Value) -> f64 {
    match value {
        Value::Figure(printed) | Value::Euros(printed) => match printed.figure().value() {
            Quantity::Count(number) => number as f64,
            Quantity::Cents(number) | Quantity::Hundredths(number) | Quantity::Decimal(number) => number as f64 / 100.0,
            Quantity::Share(_, 0) | Quantity::Change(0, _) => 0.0,
            Quantity::Share(part, whole) => part as f64 / whole as f64,
            Quantity::Change(before, after) => (after - before) as f64 / before as f64,
        },
        Value::Formula(_, result) => number_of(result),
        Value::Blank | Value::Text(_) | Value::Date(_) | Value::Month(_) => 0.0,
    }
}

fn table_of(table: &worksheets::Table, formats: &mut Formats) -> Table {
    let columns: Vec<TableColumn> = table
        .headings
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let column = TableColumn::new().set_header(heading).set_header_format(formats.heading());
            match table.totals.as_ref().and_then(|totals| totals.get(index)).map(|cell| &cell.value) {
                Some(Value::Text(label)) => column.set_total_label(label),
                Some(Value::Formula(formula, result)) => {
                    column.set_total_function(TableFunction::Custom(formula_of(formula, result)))
                }
                _ => column,
            }
        })
        .collect();
    Table::new()
        .set_name(&table.name)
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false)
        .set_total_row(table.totals.is_some())
}

fn chart_of(chart: &worksheets::Chart, sheet: &worksheets::Worksheet, layout: &Layout, formats: &Formats) -> Chart {
    let mut out = Chart::new(match chart.kind {
        ChartKind::Bar => ChartType::Bar,
        ChartKind::StackedColumn => ChartType::Column,
        ChartKind::Line => ChartType::Line,
    });
    // What is measured in full colour; where a part stands in a whole, the whole in a tint behind it.
    let colours = if chart.is_nested { vec![Color::RGB(0xc4_cdd8), formats.colour] } else { vec![formats.colour] };
    let mut font = ChartFont::new();
    font.set_size(9);
    for (name, colour) in chart.series.iter().zip(colours.iter().cycle()) {
        let Some((first, last, values)) = layout.find(&chart.table, name) else { continue };
        let series = out.add_series();
        series.set_categories((sheet.name.as_str(), first, 0, last, 0));
        series.set_values((sheet.name.as_str(), first, values, last, values));
        series.set_name(name.as_str());
        let mut look = ChartFormat::new();
        match chart.kind {
            ChartKind::Line => look.set_line(rust_xlsxwriter::ChartLine::new().set_color(*colour).set_width(2)),
            _ => look.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(*colour)),
        };
        series.set_format(&mut look);
        if chart.kind == ChartKind::Line {
            // A line is told by its first and its last value.
            let count = usize::try_from(last - first + 1).unwrap_or(1);
            let shown = |index: usize| index == 0 || index + 1 == count;
            let label =
                |index| if shown(index) { ChartDataLabel::new() } else { ChartDataLabel::new().set_hidden().clone() };
            let labels: Vec<ChartDataLabel> = (0..count).map(label).collect();
            series.set_custom_data_labels(&labels);
        } else {
            series.set_data_label(ChartDataLabel::new().show_value().set_font(&font)).set_gap(45);
        }
        if chart.is_nested {
            series.set_overlap(100);
        }
    }
    let by_month = sheet.pieces.iter().any(|piece| match piece {
        Piece::Table(table) if table.name == chart.table => {
            let first = table.rows.first().and_then(|row| row.first());
            first.is_some_and(|cell| matches!(cell.value, Value::Month(_)))
        }
        _ => false,
    });
    if by_month {
        out.x_axis().set_text_axis(true).set_num_format("mm/yy");
    }
    out.title().set_name(&chart.title).set_font(ChartFont::new().set_size(11).set_bold());
    // The numbers stand on the marks: the axis that would repeat them is idle.
    if chart.kind == ChartKind::Bar {
        // The first category stands on top, as in the table.
        out.y_axis().set_reverse().set_font(&font);
        out.x_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    } else {
        out.x_axis().set_font(&font);
        out.y_axis().set_hidden(true).set_major_gridlines(false).set_min(0);
    }
    out.set_width(chart.size.0).set_height(chart.size.1).set_alt_text(clip(&chart.alternative));
    if chart.series.len() == 1 {
        out.legend().set_hidden();
    } else {
        out.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    }
    out
}

/// A text of at most 255 characters, the most that the format keeps as an alternative text.
fn clip(text: &str) -> String {
    if text.encode_utf16().count() <= 255 { text.to_owned() } else { text.chars().take(250).chain(['…']).collect() }
}

/// The formats of a workbook, each made once.
struct Formats {
    colour: Color,
    accent: Color,
    made: HashMap<(Style, &'static str), Format>,
}

impl Formats {
    fn new(workbook: &worksheets::Workbook) -> Self {
        let colour =
            |text: &str| u32::from_str_radix(text.trim_start_matches('#'), 16).map_or(Color::Black, Color::RGB);
        Self { colour: colour(&workbook.colour), accent: colour(&workbook.accent), made: HashMap::new() }
    }

    fn heading(&self) -> Format {
        let bold = Format::new().set_bold().set_font_color(Color::White).set_background_color(self.colour);
        bold.set_text_wrap().set_align(FormatAlign::VerticalCenter)
    }

    fn of(&mut self, cell: &Cell) -> Format {
        let number = number_format(&cell.value);
        let colour = self.colour;
        let heading = self.heading();
        let style = cell.style;
        self.made.entry((style, number)).or_insert_with(|| look(style, colour, heading).set_num_format(number)).clone()
    }
}

fn look(style: Style, colour: Color, heading: Format) -> Format {
    let plain = Format::new().set_align(FormatAlign::VerticalCenter);
    match style {
        Style::Text => plain,
        Style::Title => plain.set_bold().set_font_size(16).set_font_color(colour),
        Style::Subtitle => plain.set_font_color(Color::RGB(0x55_606e)),
        Style::Section => plain.set_bold().set_font_size(12).set_font_color(colour),
        Style::Heading => heading,
        Style::Strong => plain.set_bold(),
        Style::Total => plain.set_bold().set_border_top(FormatBorder::Medium).set_border_top_color(colour),
        Style::Input => plain
            .set_background_color(Color::RGB(0xff_f8e1))
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(Color::RGB(0xc9_d0d8)),
        Style::Muted => plain.set_indent(1).set_italic().set_font_color(Color::RGB(0x55_606e)),
    }
}

fn number_format(value: &Value) -> &'static str {
    match value {
        Value::Euros(_) => "#,##0\\ \"€\"",
        Value::Figure(printed) => match printed.figure().value() {
            Quantity::Cents(_) => "#,##0.00\\ \"€\"",
            Quantity::Share(..) | Quantity::Change(..) => "0.0\\ %",
            Quantity::Count(_) => "#,##0",
            Quantity::Hundredths(_) | Quantity::Decimal(_) => "#,##0.00",
        },
        Value::Date(_) => "dd/mm/yyyy",
        Value::Month(_) => "mm/yyyy",
        Value::Formula(_, result) => number_format(result),
        Value::Blank | Value::Text(_) => "General",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_keep_the_result_that_they_have_now() {
        let amount = |cents: i64| {
            crate::figures::Figure::new("f", "f", Quantity::Cents(cents), crate::figures::Cells::default()).euros()
        };
        let table = worksheets::Table {
            name: "T".into(),
            headings: vec!["Quoi".into(), "Prévu".into()],
            rows: [("a", 100), ("b", 200)]
                .map(|(name, cents)| vec![Cell::text(name), Cell::figure(amount(cents))])
                .into(),
            totals: Some(vec![Cell::total("Total"), worksheets::total("T", "Prévu", amount(300))]),
            ..worksheets::Table::default()
        };
        let sheet = worksheets::Worksheet {
            name: "A".into(),
            pieces: vec![Piece::Title("Titre".into()), Piece::Table(table)],
            widths: vec![10.0, 10.0],
        };
        let workbook = worksheets::Workbook { sheets: vec![sheet], ..worksheets::Workbook::default() };
        let date = NaiveDate::from_ymd_opt(2022, 9, 15).expect("a date");
        let bytes = file(&workbook, date).expect("a workbook");
        assert_eq!(bytes, file(&workbook, date).expect("a workbook"), "two files of the same workbook differ");
        let read = crate::spreadsheets::read(&bytes, "a.xlsx").expect("readable");
        let cell = read.sheets[0].cell(4, 1).expect("the total");
        assert_eq!((cell.value.display(), cell.formula.as_deref()), ("3".to_owned(), Some("SUBTOTAL(109,T[Prévu])")));
    }
}
