//! Workbooks to fill in: headings, widths, formats, drop-down lists and input messages, all from the declared columns.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::zipped::made_alike;
use crate::records::{self, Column, Kind, Label, Sheet};

/// How many rows are prepared for records.
const ROWS: u32 = 2_000;
/// The most characters of a drop-down list that is written out, and of an input message.
const MOST: usize = 255;

/// What the caller knows of the columns.
pub struct Guidance<'a> {
    /// The themes of the settings.
    pub themes: &'a [String],
    /// What to write into a column, in words.
    pub explain: &'a dyn Fn(&Column) -> String,
    /// A sheet, and what stands in its first column from the beginning.
    pub keys: (&'a str, &'a [String]),
}

/// A workbook without records. The second row of each sheet is an example, which the reader knows and skips.
///
/// # Errors
///
/// The reason of the library, in English: it would be a bug.
pub fn file(workbook: &records::Workbook, guidance: &Guidance) -> Result<Vec<u8>, String> {
    write(workbook, guidance).map_err(|error| error.to_string())
}

fn write(workbook: &records::Workbook, guidance: &Guidance) -> Result<Vec<u8>, XlsxError> {
    let mut out = Workbook::new();
    // The same program writes the same bytes, whatever day it is.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2022, 1, 1)?);
    out.set_properties(&properties.set_comment(workbook.about));
    for sheet in workbook.sheets {
        write_sheet(out.add_worksheet(), sheet, workbook, guidance)?;
    }
    out.save_to_buffer().map(made_alike)
}

fn write_sheet(
    out: &mut Worksheet,
    sheet: &Sheet,
    workbook: &records::Workbook,
    guidance: &Guidance,
) -> Result<(), XlsxError> {
    out.set_name(sheet.name)?;
    out.set_freeze_panes(1, 0)?.set_row_height(0, 30)?;
    out.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter);
    let required = heading.clone().set_background_color(Color::RGB(0x12_365b)).set_font_color(Color::White);
    let optional = heading.set_background_color(Color::RGB(0xdd_e4ec)).set_border_bottom(FormatBorder::Thin);
    for (index, column) in (0..).zip(sheet.columns.iter().copied()) {
        out.write_string_with_format(0, index, column.heading, if column.required { &required } else { &optional })?;
        out.set_column_width(index, width(column))?;
        let format = format(column.kind);
        out.set_column_format(index, &format)?;
        write_example(out, index, column, &format.set_italic().set_font_color(Color::RGB(0x7a_8591)))?;
        out.add_data_validation(1, index, ROWS, index, &validation(column, workbook, guidance)?)?;
    }
    let (_, keys) = guidance.keys;
    for (row, key) in (2..).zip(keys).filter(|_| guidance.keys.0 == sheet.name) {
        out.write_string(row, 0, key)?;
    }
    Ok(())
}

/// A width in characters that fits what is usually written there.
fn width(column: &Column) -> f64 {
    let usual: u16 = match column.kind {
        Kind::Markdown => 60,
        Kind::Link | Kind::Email | Kind::Names(_) | Kind::Image => 30,
        Kind::Text => 24,
        Kind::Choice(values) | Kind::Choices(values) | Kind::Enclosures(values) => values
            .iter()
            .map(|value| u16::try_from(value.name.chars().count()).unwrap_or(30) + 3)
            .max()
            .unwrap_or(12)
            .min(30),
        Kind::Siret | Kind::Theme | Kind::Dates | Kind::References(..) | Kind::Name(_) => 20,
        Kind::Amount => 16,
        _ => 13,
    };
    let heading = u16::try_from(column.heading.chars().count()).unwrap_or(12).min(20) + 2;
    f64::from(usual.max(heading))
}

fn format(kind: Kind) -> Format {
    let plain = Format::new().set_align(FormatAlign::Top);
    match kind {
        Kind::Amount => plain.set_num_format("#,##0.00\\ \"€\""),
        Kind::Decimal | Kind::Hours => plain.set_num_format("0.00"),
        Kind::Integer(..) => plain.set_num_format("0"),
        // A share is typed as « 40 % » or « 1/3 », and stays what was typed.
        Kind::Share => plain.set_num_format("@"),
        Kind::Date => plain.set_num_format("dd/mm/yyyy"),
        Kind::Month => plain.set_num_format("mm/yyyy"),
        Kind::Time => plain.set_num_format("hh:mm"),
        Kind::Markdown => plain.set_text_wrap(),
        // Identifiers are texts: a number would lose its leading zeros.
        Kind::Code | Kind::Reference(..) | Kind::References(..) | Kind::Siren | Kind::Siret | Kind::PostalCode => {
            plain.set_num_format("@")
        }
        _ => plain,
    }
}

/// Writes the example as the type that a person's program would give it.
fn write_example(out: &mut Worksheet, index: u16, column: &Column, format: &Format) -> Result<(), XlsxError> {
    let text = column.example;
    if text.is_empty() {
        return Ok(());
    }
    let number = || text.replace([' ', '\u{a0}', '\u{202f}', '€', '%'], "").replace(',', ".").parse::<f64>().ok();
    let day = |text: &str| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok();
    match column.kind {
        Kind::Amount | Kind::Decimal | Kind::Hours | Kind::Integer(..) => match number() {
            Some(number) => out.write_number_with_format(1, index, number, format)?,
            None => out.write_string_with_format(1, index, text, format)?,
        },
        Kind::Date | Kind::Month => match day(text).or_else(|| day(&format!("01/{}", text.replace('-', "/")))) {
            Some(date) => out.write_datetime_with_format(1, index, date_time(date)?, format)?,
            None => out.write_string_with_format(1, index, text, format)?,
        },
        Kind::Time => match NaiveTime::parse_from_str(text, "%H:%M") {
            Ok(time) => {
                let part = |value: u32| u16::try_from(value).unwrap_or(0);
                let minute = u8::try_from(time.minute()).unwrap_or(0);
                let time = ExcelDateTime::from_hms(part(time.hour()), minute, 0)?;
                out.write_datetime_with_format(1, index, time, format)?
            }
            Err(_) => out.write_string_with_format(1, index, text, format)?,
        },
        _ => out.write_string_with_format(1, index, text, format)?,
    };
    Ok(())
}

fn date_time(date: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike as _;
    let part = |value: u32| u8::try_from(value).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(2022), part(date.month()), part(date.day()))
}

/// What a cell may hold, and what the program tells whoever stands on it.
fn validation(column: &Column, workbook: &records::Workbook, guidance: &Guidance) -> Result<DataValidation, XlsxError> {
    let rule = DataValidation::new();
    let listed = |values: &[&str]| -> Result<DataValidation, XlsxError> {
        // A list that is too long for the format is told, not offered.
        let fits = values.iter().map(|value| value.chars().count() + 1).sum::<usize>() <= MOST;
        if fits {
            DataValidation::new().allow_list_strings(values)
        } else {
            Ok(DataValidation::new().allow_any_value())
        }
    };
    let rule = match column.kind {
        Kind::Choice(values) => listed(&values.iter().map(|value: &Label| value.name).collect::<Vec<_>>())?,
        Kind::YesNo => listed(&["oui", "non"])?,
        Kind::Theme => listed(&guidance.themes.iter().map(String::as_str).collect::<Vec<_>>())?,
        Kind::Reference(sheet, heading) => match place(workbook, sheet, heading) {
            Some(range) => rule.allow_list_formula(Formula::new(range)),
            // A list cannot come from another workbook.
            None => rule.allow_any_value(),
        },
        Kind::Integer(low, high) => {
            let bound = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
            rule.allow_whole_number(DataValidationRule::Between(bound(low), bound(high)))
        }
        Kind::Amount => rule.allow_decimal_number(DataValidationRule::Between(-1e12, 1e12)),
        Kind::Decimal => rule.allow_decimal_number(DataValidationRule::Between(-1e9, 1e9)),
        Kind::Hours => rule.allow_decimal_number(DataValidationRule::Between(0.0, 1e4)),
        Kind::Date | Kind::Month => rule.allow_date(DataValidationRule::Between(
            ExcelDateTime::from_ymd(1990, 1, 1)?,
            ExcelDateTime::from_ymd(2099, 12, 31)?,
        )),
        _ => rule.allow_any_value(),
    };
    // The reader takes more than a list offers, for instance « x » for oui: only closed lists are closed here.
    let style = if matches!(column.kind, Kind::Choice(_) | Kind::Theme) {
        DataValidationErrorStyle::Stop
    } else {
        DataValidationErrorStyle::Warning
    };
    let kind = column.kind.name();
    let words = (guidance.explain)(column);
    let mut message = if column.required { format!("{kind}, obligatoire") } else { format!("{kind}, facultatif") };
    if !words.is_empty() {
        message = format!("{message}\n{words}");
    }
    if !column.example.is_empty() && !matches!(column.kind, Kind::Choice(_) | Kind::YesNo | Kind::Markdown) {
        message = format!("{message}\nExemple : {}", column.example);
    }
    rule.ignore_blank(true)
        .set_error_style(style)
        .set_input_title(clip(column.heading, 32))?
        .set_input_message(clip(&message, MOST))?
        .set_error_title(clip(column.heading, 32))?
        .set_error_message(clip(&format!("Attendu ici : {kind}. {words}"), MOST))
}

/// The cells of a column of the same workbook, below its heading.
fn place(workbook: &records::Workbook, sheet: &str, heading: &str) -> Option<String> {
    let sheet = workbook.sheets.iter().copied().find(|declared| declared.name == sheet)?;
    let column = sheet.columns.iter().position(|column| column.heading == heading)?;
    let letters = crate::figures::column_letters(u32::try_from(column).ok()?);
    Some(format!("='{}'!${letters}$2:${letters}${ROWS}", sheet.name))
}

fn clip(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
