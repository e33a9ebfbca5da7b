//! A new workspace: workbooks to fill in, settings with their comments, the texts that are the territory's own, guides.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diagnostics::messages::{cells, commands};
use crate::diagnostics::{Diagnostic, Place, catalogue_page};
use crate::files::{self, Change};
use crate::intake::{self, Sources, Understood, WORKBOOKS};
use crate::model::{Partner, Record as _};
use crate::render::blank::{self, Guidance};
use crate::templates::Templates;

/// The settings of a new workspace.
const SETTINGS: &str = include_str!("territoire.toml");
/// What a territory says of itself, with its places to fill, and by which name the roadmap takes it in.
const OF_ITSELF: (&str, &str) = ("annexes/territoire.md.j2", include_str!("territoire.md.j2"));
/// Where the settings stand.
const SETTINGS_NAME: &str = "inputs/territoire.toml";

/// A new workspace as its user describes it.
#[derive(Debug, Clone, Default)]
pub struct Beginning {
    /// Where.
    pub folder: PathBuf,
    /// The settings: section, key and value of each, over those that a new workspace has anyway.
    pub settings: Vec<(&'static str, &'static str, Setting)>,
    /// The codes of the partners: the first column of their sheet.
    pub partners: Vec<String>,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A text.
    Text(String),
    /// A number.
    Number(u32),
    /// A list of texts.
    List(Vec<String>),
}

impl Beginning {
    /// What is wrong with the settings, with the key of each fault.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, Diagnostic)> {
        let text = self.text();
        let problems = understood(&text).problems.into_iter();
        let of_settings = problems.filter(|it| it.is_error() && it.place.file() == Some(SETTINGS_NAME));
        let key = |problem: &Diagnostic| match problem.place {
            Place::Line { line, .. } => {
                let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
                line.split('=').next().unwrap_or_default().trim().to_owned()
            }
            _ => String::new(),
        };
        of_settings.map(|problem| (key(&problem), problem)).collect()
    }

    /// The settings as a file: those of a new workspace with these values, comments kept.
    fn text(&self) -> String {
        let mut section = "";
        let mut lines = Vec::new();
        for line in SETTINGS.lines() {
            if let Some(name) = line.trim_start_matches("# ").strip_prefix('[') {
                section = name.trim_end_matches(']');
            }
            let key = line.split('=').next().unwrap_or_default().trim();
            let value = self.settings.iter().find(|(of, name, _)| *of == section && *name == key);
            lines.push(value.map_or_else(|| line.to_owned(), |(_, key, value)| format!("{key} = {value}")));
        }
        lines.join("\n") + "\n"
    }
}

/// A value as TOML writes it.
impl fmt::Display for Setting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = match self {
            Self::Text(text) => toml::Value::from(text.replace(['\r', '\n'], " ").trim()),
            Self::Number(number) => toml::Value::from(i64::from(*number)),
            Self::List(texts) => toml::Value::from(texts.clone()),
        };
        value.fmt(out)
    }
}

/// Writes a new workspace into a folder, all of it or nothing, and tells the files.
///
/// # Errors
///
/// When a file of that name is there already, or the disk refuses.
pub fn init(folder: &Path) -> Result<Vec<String>, Diagnostic> {
    begin(&Beginning { folder: folder.to_owned(), ..Beginning::default() })
}

/// Writes a new workspace as its user describes it, all of it or nothing, and tells the files.
///
/// # Errors
///
/// When a file of that name is there already, or the disk refuses.
pub fn begin(beginning: &Beginning) -> Result<Vec<String>, Diagnostic> {
    let folder = &beginning.folder;
    let written = workspace(beginning)?;
    let there = written.iter().find(|(name, _)| files::stamp(&folder.join(name)).is_some());
    if let Some((name, _)) = there {
        return Err(commands::existing_file(&files::shown(&folder.join(name))));
    }
    let shown = written.iter().map(|(name, _)| files::shown(&folder.join(name))).collect();
    let writes = written.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    let change = Change { name: "init".to_owned(), writes, ..Change::default() };
    let journals = folder.join("out/.liasse/journal");
    files::publish(folder, &journals, &change, Box::new(|_| Vec::new())).map_err(|refusal| super::refused(&refusal))?;
    Ok(shown)
}

/// The files of a new workspace.
fn workspace(beginning: &Beginning) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let settings = beginning.text();
    let themes = understood(&settings).model.territory.themes.clone();
    let codes = beginning.partners.as_slice();
    let guidance = Guidance { themes: &themes, explain: &intake::explained, keys: (Partner::NAME, codes) };
    let mut written = Vec::new();
    for workbook in WORKBOOKS {
        let bytes = blank::file(workbook, &guidance).map_err(|reason| commands::internal_error(&reason))?;
        written.push((format!("inputs/{}.xlsx", workbook.stem), bytes));
    }
    written.push((SETTINGS_NAME.to_owned(), settings.into_bytes()));
    written.push(("inputs/LISEZMOI.md".to_owned(), super::guide().into_bytes()));
    written.push(("inputs/MESSAGES.md".to_owned(), catalogue_page().into_bytes()));
    written.extend(Templates::of_the_territory().map(|(name, bytes)| {
        let bytes = if name == OF_ITSELF.0 { OF_ITSELF.1.as_bytes() } else { bytes };
        (format!("inputs/textes/{name}"), bytes.to_vec())
    }));
    Ok(written)
}

fn understood(settings: &str) -> Understood {
    let settings = (SETTINGS_NAME.to_owned(), Some(settings.to_owned()));
    intake::read(&Sources {
        settings,
        workbooks: Vec::new(),
        map: (String::new(), None),
        image: &|_| None,
        enclosure: &|name| Err(cells::missing_enclosure(name)),
        has_glyph: &|_| true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_written_over_those_of_a_new_workspace_and_read_back() {
        let text = |text: &str| Setting::Text(text.to_owned());
        let name = "Val \"d’Essai\" \\ = # [x]\nsuite";
        let themes = vec!["L'eau".to_owned(), "Le \"bois\"".to_owned()];
        let settings = vec![
            ("territoire", "nom", text(name)),
            ("territoire", "themes", Setting::List(themes.clone())),
            ("lettre", "par_an", Setting::Number(4)),
            ("charte", "couleur", text("#0b5c3a")),
        ];
        let beginning = Beginning { settings, ..Beginning::default() };
        assert!(beginning.faults().is_empty(), "{:?}", beginning.faults());
        let territory = understood(&beginning.text()).model.territory.clone();
        assert_eq!(territory.name, "Val \"d’Essai\" \\ = # [x] suite");
        assert_eq!(territory.themes, ["L’eau", "Le \"bois\""]);
        assert_eq!((territory.letter.per_year, territory.brand.colour.as_str()), (4, "#0b5c3a"));
        let wrong =
            Beginning { settings: vec![("lettre", "expediteur", text("pas une adresse"))], ..Beginning::default() };
        assert_eq!(wrong.faults().iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["expediteur"]);
    }
}
