//! Copies of the workbooks with what is wrong on its cells.

use std::path::Path;

use super::{Inputs, Report, refused};
use crate::diagnostics::messages::commands;
use crate::diagnostics::{Diagnostic, Place};
use crate::files::{self, Workspace};
use crate::intake::WORKBOOKS;
use crate::spreadsheets::{self, Remark};

/// Writes a copy of each workbook that has problems into a folder, and tells the files.
///
/// # Errors
///
/// When the folder is the one of the originals, a workbook cannot be copied, or the disk refuses.
pub(super) fn annotate(
    workspace: &Workspace,
    inputs: &Inputs,
    report: &Report,
    folder: &Path,
) -> Result<Vec<String>, Diagnostic> {
    if files::same_folder(folder, &workspace.inputs) {
        return Err(commands::annotated_originals(&files::shown(folder)));
    }
    let mut written = Vec::new();
    for ((file, bytes), declared) in inputs.workbooks().iter().zip(WORKBOOKS) {
        let remarks: Vec<Remark> = report.problems.iter().filter_map(|problem| remark(problem, file)).collect();
        let Some(bytes) = bytes.as_ref().filter(|_| !remarks.is_empty()) else { continue };
        let copy = if file.ends_with(".ods") {
            spreadsheets::read(bytes, file).and_then(|workbook| {
                spreadsheets::annotate_values(&workbook, &remarks)
                    .map_err(|reason| commands::not_annotated(file, &reason))
            })?
        } else {
            spreadsheets::annotate(bytes, &remarks).map_err(|reason| commands::not_annotated(file, &reason))?
        };
        let path = folder.join(format!("{}.xlsx", declared.stem));
        files::write(&path, &copy).map_err(|refusal| refused(&refusal))?;
        written.push(files::shown(&path));
    }
    Ok(written)
}

/// A problem as a remark on its cell; one of a whole sheet stands on the sheet's first cell.
fn remark(problem: &Diagnostic, file: &str) -> Option<Remark> {
    let (found, sheet, row, column) = match &problem.place {
        Place::Cell(cell) => (&*cell.file, &*cell.sheet, cell.row.saturating_sub(1), cell.column),
        Place::Sheet { file, sheet } => (file.as_str(), sheet.as_str(), 0, 0),
        Place::Nowhere | Place::File(_) | Place::Line { .. } => return None,
    };
    let hints = problem.hints.iter().map(|hint| format!("\nAide : {hint}"));
    let text = format!("{}{}", crate::wording::capitalized(&problem.message), hints.collect::<String>());
    (found == file).then(|| Remark { sheet: sheet.to_owned(), row, column, text, is_error: problem.is_error() })
}
