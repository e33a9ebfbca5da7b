//! Workbooks as other programs and other hands leave them, from `tests/files/`: one quirk a folder, each with one outcome.
//!
//! Every folder holds workbooks of the territory of `territory.json`; those that it lacks are ours. The files are real:
//! `write.py` made them with LibreOffice, openpyxl, pandas and SheetJS, and edits XML only where no library writes it.

use std::path::PathBuf;
use std::sync::Arc;

use liasse::diagnostics::{Diagnostic, Place};
use liasse::intake::{self, Sources, Understood, WORKBOOKS};
use liasse::model::Model;
use liasse::spreadsheets::{self, Remark, Sheet};
use regex::Regex;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use serde_json::{Map, Value};

use crate::fixture::{SETTINGS, root};

fn folder(quirk: &str) -> PathBuf {
    root().join("tests/files").join(quirk)
}

/// A workbook of the territory, as our own writer saves it.
pub(crate) fn ours(stem: &str, territory: &Value) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheets: &Map<String, Value> = territory[stem].as_object().expect("sheets");
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).expect("a sheet's name");
        for (row, cells) in (0..).zip(rows.as_array().expect("rows")) {
            for (column, cell) in (0..).zip(cells.as_array().expect("cells")) {
                write(sheet, row, column, cell);
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// Writes a cell of `territory.json` with its type.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Value) {
    let format = |format: &str| Format::new().set_num_format(format);
    let moment = |value: &Value| ExcelDateTime::parse_from_str(value.as_str().expect("a text")).expect("a moment");
    match cell {
        Value::Null => Ok(sheet),
        Value::Bool(boolean) => sheet.write_boolean(row, column, *boolean),
        Value::Number(number) => sheet.write_number(row, column, number.as_f64().expect("a number")),
        Value::String(text) => sheet.write_string(row, column, text),
        Value::Object(typed) if typed.contains_key("date") => {
            sheet.write_datetime_with_format(row, column, moment(&typed["date"]), &format("dd/mm/yyyy"))
        }
        Value::Object(typed) if typed.contains_key("time") => {
            sheet.write_datetime_with_format(row, column, moment(&typed["time"]), &format("hh:mm"))
        }
        Value::Object(typed) if typed.contains_key("number") => {
            let number = typed["number"].as_f64().expect("a number");
            sheet.write_number_with_format(row, column, number, &format(typed["format"].as_str().expect("a format")))
        }
        Value::Object(typed) => {
            let share = typed["percent"].as_f64().expect("a share");
            sheet.write_number_with_format(row, column, share, &format("0%"))
        }
        Value::Array(_) => unreachable!("no cell is a list"),
    }
    .expect("a cell");
}

/// The territory's cells.
pub(crate) fn territory() -> Value {
    serde_json::from_slice(&std::fs::read(folder("territory.json")).expect("the territory")).expect("JSON")
}

/// What the program understands of the territory, with the workbooks of a folder in place of ours.
fn understood(quirk: &str) -> Understood {
    let territory = territory();
    understood_of(&|stem| {
        let committed = ["xlsx", "ods"].map(|ending| folder(quirk).join(format!("{stem}.{ending}")));
        let bytes = committed.iter().find_map(|path| std::fs::read(path).ok());
        bytes.unwrap_or_else(|| ours(stem, &territory))
    })
}

/// What the program understands of workbooks, by their names.
pub(crate) fn understood_of(bytes: &dyn Fn(&str) -> Vec<u8>) -> Understood {
    let workbook = |stem: &str| Arc::from(bytes(stem));
    let mut understood = intake::read(&Sources {
        settings: ("inputs/territoire.toml".to_owned(), Some(SETTINGS.to_owned())),
        workbooks: WORKBOOKS
            .iter()
            .map(|one| (format!("inputs/{}.xlsx", one.stem), Some(workbook(one.stem))))
            .collect(),
        map: (String::new(), None),
        image: &|_| None,
        enclosure: &|name| Err(liasse::diagnostics::messages::cells::missing_enclosure(name)),
        has_glyph: &liasse::render::fonts::has_glyph,
    });
    // In these files, which other programs made once, money is asked for before the vote: that is not what is looked at.
    understood.problems.retain(|problem| problem.code != "appel-avant-vote");
    understood
}

/// The territory, all by our own writer.
pub(crate) fn plain() -> Understood {
    understood("no such folder")
}

/// Everything that the model says; where the columns stand is left out.
pub(crate) fn said(model: &Model) -> String {
    let columns = Regex::new(r"columns: \[[^\]]*\]").expect("a pattern");
    columns.replace_all(&format!("{model:#?}"), "").into_owned()
}

/// A problem as code, sheet and cell.
pub(crate) fn told(problem: &Diagnostic) -> (String, &str, String) {
    let (sheet, cell) = match &problem.place {
        Place::Cell(cell) => (&*cell.sheet, cell.name()),
        Place::Sheet { sheet, .. } => (sheet.as_str(), String::new()),
        _ => ("", String::new()),
    };
    (problem.full_code(), sheet, cell)
}

/// Expects these problems, and no other; hands back what was read all the same.
#[track_caller]
fn check(quirk: &str, expected: &[(&str, &str, &str)]) -> Understood {
    assert!(folder(quirk).is_dir(), "tests/files/{quirk}");
    let understood = understood(quirk);
    let found: Vec<_> = understood.problems.iter().map(told).collect();
    let found: Vec<_> = found.iter().map(|(code, sheet, cell)| (code.as_str(), *sheet, cell.as_str())).collect();
    assert_eq!(found, expected, "{quirk}: {:#?}", understood.problems);
    understood
}

/// Expects these problems, and a model that says the same as ours.
#[track_caller]
fn reads_the_same(quirk: &str, expected: &[(&str, &str, &str)]) {
    let understood = check(quirk, expected);
    assert_same(&said(&plain().model), &said(&understood.model), quirk);
}

/// Fails with the lines that differ: two whole models fill a screen a hundred times.
#[track_caller]
pub(crate) fn assert_same(expected: &str, found: &str, quirk: &str) {
    let difference = similar::TextDiff::from_lines(expected, found).unified_diff().context_radius(3).to_string();
    assert!(difference.is_empty(), "{quirk} reads otherwise:\n{difference}");
}

#[test]
fn the_territory_has_nothing_wrong_and_fills_every_sheet() {
    let plain = plain();
    assert_eq!(plain.problems, []);
    for sheet in WORKBOOKS.iter().flat_map(|workbook| workbook.sheets) {
        let is_empty = plain.model.tables.told(sheet.name).is_empty();
        assert!(!is_empty || sheet.optional, "{}", sheet.name);
    }
}

#[test]
fn the_same_tables_by_other_programs_read_the_same() {
    for program in ["openpyxl", "pandas", "sheetjs", "libreoffice-xlsx", "libreoffice-ods"] {
        reads_the_same(program, &[]);
    }
}

#[test]
fn formulas_count_by_their_result() {
    reads_the_same("formula-with-result", &[]);
    reads_the_same("formula-with-result-ods", &[]);
}

#[test]
fn formulas_without_a_result_are_told_with_the_cure() {
    let no_result = "finances/formule-sans-resultat";
    let understood = check("formula-without-result", &[(no_result, "Dépenses", "C3"), (no_result, "Exercices", "B3")]);
    assert_eq!(understood.problems[0].message, "la formule « =60000+5000 » n’a pas de résultat enregistré");
    assert_eq!(understood.problems[0].hints, ["ouvrez le classeur, recalculez (Ctrl+Maj+F9), enregistrez"]);
    check("shared-formula-without-result", &[(no_result, "Dépenses", "C2"), (no_result, "Dépenses", "C3")]);
    check("ods-formula-without-result", &[(no_result, "Dépenses", "C4")]);
}

#[test]
fn a_formula_that_gives_an_empty_text_leaves_its_cell_blank() {
    check("formula-of-empty-text", &[("finances/valeur-absente", "Dépenses", "B4")]);
}

#[test]
fn cells_in_error_are_told_with_their_error() {
    for quirk in ["error-cells", "error-cells-ods"] {
        let code = "finances/cellule-en-erreur";
        let cells = [(code, "Dépenses", "C2"), (code, "Dépenses", "D2"), (code, "Dépenses", "C3")];
        let messages: Vec<String> = check(quirk, &cells).problems.into_iter().map(|problem| problem.message).collect();
        assert_eq!(
            messages,
            [
                "la cellule affiche l’erreur #REF!",
                "la cellule affiche l’erreur #DIV/0!",
                "la cellule affiche l’erreur #N/A"
            ]
        );
    }
    let understood = check("error-cells-of-today", &[("finances/cellule-en-erreur", "Dépenses", "C3")]);
    assert_eq!(understood.problems[0].message, "la cellule affiche l’erreur #SPILL!");
}

#[test]
fn merged_cells_in_a_table_are_refused() {
    for quirk in ["merged-cells", "merged-cells-ods"] {
        let understood = check(quirk, &[("finances/cellules-fusionnees", "Dépenses", "A3")]);
        assert_eq!(understood.problems[0].message, "cellules fusionnées : A3:A4");
    }
}

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    for quirk in ["hidden", "hidden-ods"] {
        let told = [("finances/colonne-masquee", "Dépenses", "D1"), ("finances/ligne-masquee", "Dépenses", "A3")];
        reads_the_same(quirk, &told);
    }
}

#[test]
fn a_blank_row_is_told_and_the_rows_below_are_read() {
    let understood = check("blank-row", &[("finances/ligne-vide", "Dépenses", "A3")]);
    let rows: Vec<u32> = understood.model.tables.told("Dépenses").iter().map(|row| row.number).collect();
    assert_eq!(rows, [2, 4, 5]);
}

#[test]
fn a_second_table_below_is_refused() {
    check("second-table", &[("finances/second-tableau", "Dépenses", "A7")]);
}

#[test]
fn headings_below_a_title_are_read_and_headings_on_two_rows_refused() {
    let understood = check("title-above", &[("finances/titre-au-dessus", "Aides", "A2")]);
    let rows: Vec<u32> = understood.model.tables.told("Aides").iter().map(|row| row.number).collect();
    assert_eq!(rows, [3, 4, 5]);
    check("headings-on-two-rows", &[("finances/intitules-sur-deux-lignes", "Aides", "A2")]);
}

#[test]
fn sheets_and_columns_may_stand_anywhere_and_be_written_otherwise() {
    reads_the_same("extra-sheets", &[]);
    reads_the_same("sheet-names", &[]);
    reads_the_same("moved", &[]);
    reads_the_same("furniture", &[]);
    reads_the_same("libreoffice-validations", &[]);
}

#[test]
fn dates_of_both_systems_and_dates_as_text_read_the_same() {
    reads_the_same("dates-1904", &[]);
    reads_the_same("dates-as-text", &[]);
}

#[test]
fn identifiers_that_became_numbers_are_recovered_where_that_is_certain() {
    reads_the_same("identifiers-as-numbers", &[]);
    let understood = check("lost-zeros", &[]);
    let partner = &understood.model.tables.told("Partenaires")[2];
    let said =
        |heading: &str| partner.cells.iter().find(|cell| cell.column.heading == heading).map(|it| it.text.as_str());
    assert_eq!(["Code", "SIREN", "Code postal"].map(said), [Some("12"), Some("005520135"), Some("02100")]);
    check("rounded-siret", &[("contacts/identifiant-arrondi", "Entreprises", "C2")]);
    check("code-turned-date", &[("finances/code-devenu-date", "Recettes", "H5")]);
}

#[test]
fn spaces_accents_and_hyphens_of_every_kind_read_the_same() {
    reads_the_same("spaces-and-accents", &[]);
}

#[test]
fn a_percentage_is_known_by_its_format() {
    reads_the_same("percent-in-decimals", &[]);
    reads_the_same("percent-as-number", &[]);
    check("percent-without-format", &[("finances/pourcentage-ambigu", "Recettes", "E6")]);
}

#[test]
fn number_formats_do_not_change_amounts_and_hours() {
    reads_the_same("money-formats", &[]);
    reads_the_same("times", &[]);
}

#[test]
fn true_and_false_one_and_zero_are_yes_and_no() {
    reads_the_same("booleans", &[]);
    reads_the_same("yes-as-number", &[]);
}

#[test]
fn however_texts_are_stored_they_read_the_same() {
    for quirk in ["inline-strings", "rich-text", "phonetic-text"] {
        reads_the_same(quirk, &[]);
    }
}

#[test]
fn however_the_xml_is_written_it_reads_the_same() {
    for quirk in ["strict", "prefixed", "cells-without-address", "ods-by-hand"] {
        reads_the_same(quirk, &[]);
    }
}

#[test]
fn what_is_no_workbook_of_today_is_refused_with_advice() {
    check("password", &[("finances/classeur-protege", "", "")]);
}

/// Every committed `.xlsx` that opens.
fn committed() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder("")).expect("the folder") {
        let quirk = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        for workbook in WORKBOOKS {
            let path = format!("{quirk}/{}.xlsx", workbook.stem);
            if let Ok(bytes) = std::fs::read(folder(&path)) {
                files.push((path, bytes));
            }
        }
    }
    files.retain(|(path, _)| !path.starts_with("password"));
    files.sort();
    files
}

#[test]
fn annotated_copies_of_every_workbook_show_the_same_cells() {
    for (path, bytes) in committed() {
        let original = spreadsheets::read(&bytes, &path).expect("a workbook").sheets;
        let remark = |sheet: &Sheet| Remark {
            sheet: sheet.name.clone(),
            row: 1,
            column: 0,
            text: "à revoir".to_owned(),
            is_error: true,
        };
        let remarks: Vec<Remark> = original.iter().map(remark).collect();
        let copy = spreadsheets::annotate(&bytes, &remarks).unwrap_or_else(|reason| panic!("{path}: {reason}"));
        let copied = spreadsheets::read(&copy, &path).expect("a copy").sheets;
        for sheet in original {
            let copy = copied.iter().find(|copy| copy.name == sheet.name).expect("the same sheet");
            assert_same(&shown(&sheet), &shown(copy), &path);
        }
    }
}

/// The cells of a sheet, one a line.
fn shown(sheet: &Sheet) -> String {
    let cells = sheet.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)));
    cells.map(|(row, (column, cell))| format!("{row} {column} {}\n", cell.value.display())).collect()
}
