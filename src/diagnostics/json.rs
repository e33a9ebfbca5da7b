//! Problems as data, for other programs: one JSON array.

use serde_json::{Value, json};

use super::{Diagnostic, Excerpt, Place};

/// Renders problems as one JSON array, in their order.
#[must_use]
pub fn render(diagnostics: &[Diagnostic]) -> Value {
    diagnostics.iter().map(one).collect()
}

fn one(diagnostic: &Diagnostic) -> Value {
    let (sheet, cell, line, column) = match &diagnostic.place {
        Place::Cell(cell) => (Some(&*cell.sheet), Some(cell.name()), None, None),
        Place::Sheet { sheet, .. } => (Some(sheet.as_str()), None, None, None),
        Place::Line { line, column, .. } => (None, None, Some(*line), Some(*column).filter(|column| *column > 0)),
        Place::Nowhere | Place::File(_) => (None, None, None, None),
    };
    let row = match &diagnostic.excerpt {
        Some(Excerpt::Row { headings, cells, .. }) => headings
            .iter()
            .zip(cells)
            .map(|(heading, cell)| (heading.clone(), json!(cell)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Some(Excerpt::Source { text, .. }) => json!(text),
        None => Value::Null,
    };
    json!({
        "code": diagnostic.full_code(),
        "gravite": diagnostic.severity,
        "message": diagnostic.message,
        "fichier": diagnostic.place.file(),
        "feuille": sheet,
        "cellule": cell,
        "ligne": line,
        "colonne": column,
        "extrait": row,
        "aides": diagnostic.hints,
        "remede": diagnostic.cure(),
    })
}
