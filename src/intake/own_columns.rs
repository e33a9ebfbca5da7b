//! Columns of one's own, as `territoire.toml` declares them under `[[colonnes]]`: read, checked and given to templates
//! like the others.

use toml::Spanned;
use toml::de::DeValue;

use super::territory::unknown;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::files;
use crate::model::Tables;
use crate::records::{Column, Kind, Label, Sheet, intern, intern_column, intern_labels};
use crate::wording::{fold, nearest};

/// The section that declares them.
pub(super) const SECTION: &str = "colonnes";

/// The keys of a declaration.
const KEYS: [&str; 4] = ["feuille", "intitule", "type", "valeurs"];

/// The most columns that a sheet has, one's own included: each is one bit of what a document was seen to read.
const MOST: usize = 120;

/// The type that takes a list of values.
const LIST: &str = "liste";

/// The name of a sheet, and a column of it.
type Own = (&'static str, &'static Column);

/// A fault, and where it stands in the settings.
type Fault = (Diagnostic, usize);

/// The columns, and what is wrong with their declarations.
pub(super) fn read(section: &Spanned<DeValue>) -> (Vec<Own>, Vec<Fault>) {
    let mut columns: Vec<Own> = Vec::new();
    let mut faults = Vec::new();
    let Some(declarations) = section.get_ref().as_array() else {
        faults.push(invalid(SECTION, "chaque colonne s’écrit sous [[colonnes]]", section.span().start));
        return (columns, faults);
    };
    for declaration in declarations {
        match column(declaration, &columns) {
            Ok(column) => columns.push(column),
            Err(found) => faults.extend(found),
        }
    }
    (columns, faults)
}

fn invalid(key: &str, reason: &str, offset: usize) -> Fault {
    (files::invalid_setting(key, reason), offset)
}

/// One declaration.
fn column(declaration: &Spanned<DeValue>, others: &[Own]) -> Result<Own, Vec<Fault>> {
    let start = declaration.span().start;
    let Some(table) = declaration.get_ref().as_table() else {
        return Err(vec![invalid(SECTION, "chaque colonne s’écrit sous [[colonnes]]", start)]);
    };
    let mut faults: Vec<Fault> = Vec::new();
    for (key, _) in table {
        let name = key.get_ref().as_ref();
        if !KEYS.contains(&name) {
            faults.push((unknown(name, nearest(name, KEYS)), key.span().start));
        }
    }
    let mut text = |key: &'static str| {
        let value = table.get(key);
        let found = value.and_then(|value| value.get_ref().as_str()).map(str::trim).filter(|text| !text.is_empty());
        let at = value.map_or(start, |value| value.span().start);
        match found {
            Some(text) => Some((text.to_owned(), at)),
            None => {
                faults.push(invalid(key, "un texte entre guillemets est attendu", at));
                None
            }
        }
    };
    let (sheet, heading, kind) = (text("feuille"), text("intitule"), text("type"));
    let sheet = sheet.and_then(|(name, at)| sheet_of(&name).map_err(|fault| faults.push((fault, at))).ok());
    let values = table.get("valeurs");
    let kind = kind.and_then(|(name, at)| kind_of(&name, values, at).map_err(|fault| faults.push(fault)).ok());
    let heading = heading.zip(sheet).and_then(|((heading, at), sheet)| {
        is_free(&heading, sheet, others).map_err(|reason| faults.push(invalid("intitule", &reason, at))).ok()?;
        Some(heading)
    });
    match (sheet, heading, kind) {
        (Some(sheet), Some(heading), Some(kind)) if !faults.iter().any(|(fault, _)| fault.is_error()) => {
            let before = others.iter().filter(|(name, _)| *name == sheet.name).count();
            let column = Column::new(intern(&heading), sheet.columns.len() + before, kind, false);
            Ok((sheet.name, intern_column(column)))
        }
        _ => Err(faults),
    }
}

fn sheet_of(name: &str) -> Result<&'static Sheet, Diagnostic> {
    Tables::sheets().find(|sheet| fold(sheet.name) == fold(name)).ok_or_else(|| {
        let diagnostic = files::invalid_setting("feuille", &format!("il n’y a pas de feuille « {name} »"));
        match nearest(name, Tables::sheets().map(|sheet| sheet.name)) {
            Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
            None => diagnostic,
        }
    })
}

fn kind_of(name: &str, values: Option<&Spanned<DeValue>>, at: usize) -> Result<Kind, Fault> {
    if fold(name) != LIST {
        let known = Kind::OF_ONES_OWN.map(|(known, _)| known).join(", ");
        return Kind::of_ones_own(name)
            .ok_or_else(|| invalid("type", &format!("« {name} » n’est pas un type : {known}, {LIST}"), at));
    }
    let items = values.and_then(|values| values.get_ref().as_array()).filter(|items| !items.is_empty());
    let labels = items.and_then(|items| {
        let label = |item: &Spanned<DeValue>| Some(Label { name: intern(item.get_ref().as_str()?.trim()), also: &[] });
        items.iter().map(label).collect::<Option<Vec<Label>>>()
    });
    match labels {
        Some(labels) => Ok(Kind::Choice(intern_labels(&labels))),
        None => Err(invalid("valeurs", "une liste en demande : valeurs = [\"a\", \"b\"]", at)),
    }
}

/// Whether a heading may be one's own: not one that the sheet has already, under any name that templates would give it.
fn is_free(heading: &str, sheet: &Sheet, others: &[Own]) -> Result<(), String> {
    let name = Column::new(intern(heading), 0, Kind::Text, false).name();
    let own = others.iter().filter(|(known, _)| *known == sheet.name).map(|(_, column)| *column);
    let known: Vec<&Column> = sheet.columns.iter().copied().chain(own).collect();
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(format!("« {heading} » ne donne pas de nom pour les modèles : commencez par une lettre"));
    }
    if let Some(column) = known.iter().find(|column| column.name() == name) {
        return Err(format!("la feuille « {} » a déjà une colonne « {} »", sheet.name, column.heading));
    }
    if known.len() >= MOST {
        return Err(format!("la feuille « {} » aurait plus de {MOST} colonnes", sheet.name));
    }
    Ok(())
}
