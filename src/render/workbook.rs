//! Workbooks that a person can work on: live formulas with their present results, tables, charts, print set-up.
//!
//! Programs that do not calculate show the cached results, so every formula carries one.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartType, Color, ConditionalFormatFormula, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Note, Sparkline, Table, TableColumn, TableFunction, TableStyle, Workbook, Worksheet,
    XlsxError,
};

use crate::worksheets::{self, Cell, ChartKind, Style, Total, Value};

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
        write_sheet(out.add_worksheet(), sheet, &mut formats)?;
    }
    out.save_to_buffer()
}

fn date_time(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))
}

fn write_sheet(out: &mut Worksheet, sheet: &worksheets::Worksheet, formats: &mut Formats) -> Result<(), XlsxError> {
    out.set_name(&sheet.name)?;
    // A formula that gives an empty text is cached as one, not as zero.
    out.set_formula_result_default("");
    out.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    out.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    out.set_footer("&L&8&A&R&8&P / &N");
    if sheet.landscape {
        out.set_landscape();
    }
    for (column, width) in (0..).zip(&sheet.widths) {
        out.set_column_width(column, *width)?;
    }
    // Tables write their headings and totals; the cells that follow give them their own look and cached results.
    for table in &sheet.tables {
        let (table, place) = table_of(table, formats);
        out.add_table(place.0, place.1, place.2, place.3, &table)?;
    }
    for (row, cells) in (0..).zip(&sheet.rows) {
        if cells.first().is_some_and(|cell| cell.style == Style::Heading) {
            out.set_row_height(row, 32)?;
        } else if cells.first().is_some_and(|cell| cell.style == Style::Title) {
            out.set_row_height(row, 26)?;
        } else if sheet.sparklines.iter().any(|sparkline| sparkline.place.0 == row) {
            out.set_row_height(row, 21)?;
        }
        for (column, cell) in (0..).zip(cells) {
            write_cell(out, row, column, cell, formats)?;
        }
    }
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(1).max(1) - 1;
    let chart_rows = sheet.charts.iter().map(|chart| chart.place.0 + chart.size.1.div_ceil(20)).max().unwrap_or(0);
    let last_column = u16::try_from(sheet.widths.len()).unwrap_or(1).max(1) - 1;
    out.set_print_area(0, 0, last_row.max(chart_rows), last_column)?;
    if !sheet.charts.is_empty() {
        // A chart is not torn by a page break.
        out.set_print_fit_to_pages(1, 1);
    }
    if sheet.frozen_rows > 0 {
        out.set_freeze_panes(sheet.frozen_rows, 0)?;
    }
    if let Some((first, last)) = sheet.repeated_rows {
        out.set_repeat_rows(first, last)?;
    }
    for chart in &sheet.charts {
        out.insert_chart(chart.place.0, chart.place.1, &chart_of(chart, sheet, formats))?;
    }
    for sparkline in &sheet.sparklines {
        let (row, first, last) = sparkline.range;
        let line = Sparkline::new()
            .set_range((sheet.name.as_str(), row, first, row, last))
            .set_sparkline_color(formats.colour);
        out.add_sparkline(sparkline.place.0, sparkline.place.1, &line)?;
    }
    for highlight in &sheet.highlights {
        let (first_row, first_column, last_row, last_column) = highlight.range;
        let accent = Format::new().set_font_color(formats.accent).set_bold();
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(&highlight.formula)).set_format(accent);
        out.add_conditional_format(first_row, first_column, last_row, last_column, &rule)?;
    }
    Ok(())
}

fn write_cell(out: &mut Worksheet, row: u32, column: u16, cell: &Cell, formats: &mut Formats) -> Result<(), XlsxError> {
    let mut format = formats.of(cell);
    if cell.style == Style::Heading && column > 0 {
        format = format.set_align(FormatAlign::Center);
    }
    if matches!(cell.value, Value::Month(_)) {
        // A month names its row.
        format = format.set_align(FormatAlign::Left);
    }
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
        Value::Integer(number) => *number as f64,
        Value::Hundredths(number) | Value::Cents(number) | Value::WholeEuros(number) => *number as f64 / 100.0,
        Value::Share(_, 0) => 0.0,
        Value::Share(part, whole) => *part as f64 / *whole as f64,
        Value::Formula(_, result) => number_of(result),
        Value::Blank | Value::Text(_) | Value::Date(_) | Value::Month(_) => 0.0,
    }
}

fn table_of(table: &worksheets::Table, formats: &mut Formats) -> (Table, (u32, u16, u32, u16)) {
    let columns: Vec<TableColumn> = table
        .headings
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let column = TableColumn::new().set_header(heading).set_header_format(formats.heading());
            match table.totals.as_ref().and_then(|totals| totals.get(index)) {
                Some(Total::Label(label)) => column.set_total_label(label),
                Some(Total::Formula(formula, result)) => {
                    column.set_total_function(TableFunction::Custom(formula_of(formula, result)))
                }
                Some(Total::Blank) | None => column,
            }
        })
        .collect();
    let width = u16::try_from(table.headings.len()).unwrap_or(1);
    let last_row = table.first_row + table.rows.max(1) + u32::from(table.totals.is_some());
    let written = Table::new()
        .set_name(&table.name)
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(false)
        .set_total_row(table.totals.is_some());
    (written, (table.first_row, table.first_column, last_row, table.first_column + width - 1))
}

fn chart_of(chart: &worksheets::Chart, sheet: &worksheets::Worksheet, formats: &Formats) -> Chart {
    let mut out = Chart::new(match chart.kind {
        ChartKind::Bar => ChartType::Bar,
        ChartKind::StackedBar => ChartType::BarStacked,
        ChartKind::StackedColumn => ChartType::ColumnStacked,
        ChartKind::Line => ChartType::Line,
    });
    let (first, column, last) = chart.categories;
    // From light to dark, each with the same outline: the parts of a column stay apart in grey.
    let colours = match chart.series.len() {
        1 => vec![formats.colour],
        2 => vec![Color::RGB(0xd3_dae2), formats.colour],
        _ => vec![Color::RGB(0xd3_dae2), Color::RGB(0x7f_8fa3), formats.colour],
    };
    let mut outline = rust_xlsxwriter::ChartLine::new();
    outline.set_color(formats.colour).set_width(0.75);
    for ((name, values), colour) in chart.series.iter().zip(colours.iter().cycle()) {
        let series = out.add_series();
        series.set_categories((sheet.name.as_str(), first, column, last, column));
        series.set_values((sheet.name.as_str(), first, *values, last, *values));
        series.set_name(name.as_str());
        let mut look = ChartFormat::new();
        match chart.kind {
            ChartKind::Line => look.set_line(rust_xlsxwriter::ChartLine::new().set_color(*colour).set_width(2)),
            _ => look.set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(*colour)).set_border(&outline),
        };
        series.set_format(&mut look);
    }
    let first_category = sheet.rows.get(first as usize).and_then(|row| row.get(usize::from(column)));
    if let Some(Value::Month(_)) = first_category.map(|cell| &cell.value) {
        out.x_axis().set_text_axis(true).set_num_format("mm/yy");
    }
    out.title().set_name(&chart.title);
    out.set_width(chart.size.0).set_height(chart.size.1).set_alt_text(clip(&chart.alternative));
    if chart.series.len() == 1 {
        out.legend().set_hidden();
    } else {
        out.legend().set_position(rust_xlsxwriter::ChartLegendPosition::Bottom);
    }
    if matches!(chart.kind, ChartKind::Bar | ChartKind::StackedBar) {
        // The first category stands on top, as in the table.
        out.y_axis().set_reverse();
        out.x_axis().set_major_gridlines(false);
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
        Value::Cents(_) => "#,##0.00\\ \"€\"",
        Value::WholeEuros(_) => "#,##0\\ \"€\"",
        Value::Share(..) => "0.0\\ %",
        Value::Integer(_) => "#,##0",
        Value::Hundredths(_) => "#,##0.00",
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
        let total = Cell::new(Value::formula("=SUM(A1:A2)", Value::Cents(300)), Style::Total);
        let rows = vec![
            vec![Cell::new(Value::Cents(100), Style::Text)],
            vec![Cell::new(Value::Cents(200), Style::Text)],
            vec![total],
        ];
        let workbook = worksheets::Workbook {
            sheets: vec![worksheets::Worksheet {
                name: "A".into(),
                rows,
                widths: vec![10.0],
                ..worksheets::Worksheet::default()
            }],
            ..worksheets::Workbook::default()
        };
        let date = NaiveDate::from_ymd_opt(2022, 9, 15).expect("a date");
        let bytes = file(&workbook, date).expect("a workbook");
        assert_eq!(bytes, file(&workbook, date).expect("a workbook"), "two files of the same workbook differ");
        let read = crate::spreadsheets::read(&bytes, "a.xlsx").expect("readable");
        let cell = read.sheets[0].cell(2, 0).expect("the total");
        assert_eq!((cell.value.display(), cell.formula.as_deref()), ("3".to_owned(), Some("SUM(A1:A2)")));
    }
}
