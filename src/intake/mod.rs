//! Sheets and `territoire.toml` to the model: where is it wrong?
//!
//! Sheets are declared in the model; here their cells are read, their references resolved, and rows that contradict each
//! other found (`checks`). Documents and rendering are not known here.

mod allowed;
mod atlas;
mod checks;
mod colour;
mod guide;
mod own_columns;
mod references;
mod sheets;
mod territory;

use std::sync::Arc;

pub(crate) use self::checks::examples::left_in;
pub use self::guide::{explained, guide};
pub use crate::model::WORKBOOKS;

use crate::diagnostics::messages::files;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::model::{Model, Reads, Tables};
use crate::records::{Column, EnclosedFile, Sheet};
use crate::spreadsheets::{self, Context, Workbook};
use crate::threads;

/// What the inputs are made of, as bytes.
pub struct Sources<'a> {
    /// `territoire.toml`: its name, and its text where it is there.
    pub settings: (String, Option<String>),
    /// The three workbooks in the order of [`WORKBOOKS`]: the name of the file, and its bytes where it is there.
    pub workbooks: Vec<(String, Option<Arc<[u8]>>)>,
    /// `carte.geojson`: its name, and its bytes where it is there.
    pub map: (String, Option<Arc<[u8]>>),
    /// Whether a picture is there and readable, by its path below the inputs; the reason when it is not.
    pub image: &'a (dyn Fn(&str) -> Option<Diagnostic> + Sync),
    /// The file of `inputs/annexes/` that a cell names; why it cannot go with an act.
    pub enclosure: &'a (dyn Fn(&str) -> Result<EnclosedFile, Diagnostic> + Sync),
    /// Whether an embedded font draws a character.
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
}

/// The model, and everything that is wrong with the inputs, sorted by file, sheet and cell.
pub struct Understood {
    /// What the sheets say, as far as they could be read.
    pub model: Arc<Model>,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    /// The files of the workbooks, in the order of [`WORKBOOKS`].
    files: Vec<String>,
}

impl Understood {
    /// Whether a problem stands in something that was read: a column, its sheet or workbook as a whole, the settings.
    #[must_use]
    pub fn concerns(&self, problem: &Diagnostic, reads: &Reads) -> bool {
        match &problem.place {
            Place::Cell(cell) if !problem.whole_sheet => {
                let sheet = Tables::sheets().find(|sheet| *sheet.name == *cell.sheet);
                let column = sheet.and_then(|sheet| Some((sheet, self.column(sheet, cell.column)?)));
                column.map_or_else(|| reads.sheet(&cell.sheet), |(sheet, column)| reads.column(sheet, column))
            }
            Place::Cell(cell) => reads.sheet(&cell.sheet),
            Place::Sheet { sheet, .. } => reads.sheet(sheet),
            Place::File(file) => self
                .files
                .iter()
                .position(|known| known == file)
                .is_none_or(|place| WORKBOOKS[place].sheets.iter().any(|sheet| reads.sheet(sheet.name))),
            Place::Nowhere | Place::Line { .. } => true,
        }
    }

    /// The column that stands at a zero-based place of a sheet.
    fn column(&self, sheet: &'static Sheet, position: u32) -> Option<&'static Column> {
        let heading = self.model.tables.origin(sheet.name)?.heading(position)?;
        let own = self.model.territory.own_columns(sheet);
        sheet.columns.iter().chain(&own).copied().find(|column| column.heading == heading)
    }
}

/// Reads everything, and finds everything that is wrong in one run.
#[must_use]
pub fn read(sources: &Sources) -> Understood {
    let mut problems = Vec::new();
    let mut model = Model::default();
    let files: Vec<String> = sources.workbooks.iter().map(|(file, _)| file.clone()).collect();
    if sources.settings.1.is_none() && sources.workbooks.iter().all(|(_, bytes)| bytes.is_none()) {
        let folder = sources.settings.0.rsplit_once('/').map_or(".", |(folder, _)| folder);
        let problem = files::no_workspace(folder).at(Place::File(sources.settings.0.clone()));
        return Understood { model: Arc::new(model), problems: vec![problem], files };
    }
    match &sources.settings {
        (file, Some(text)) => {
            let (territory, found) = territory::read(text, file, sources.image);
            model.territory = territory;
            problems.extend(found);
        }
        (file, None) => problems.push(files::missing_settings(file).at(Place::File(file.clone()))),
    }
    let is_themes =
        |line: &str| line.trim_start().strip_prefix("themes").is_some_and(|rest| rest.trim_start().starts_with('='));
    let settings = sources.settings.1.as_deref().unwrap_or_default();
    let context = Context {
        has_glyph: sources.has_glyph,
        themes: &model.territory.themes,
        themes_line: settings.lines().position(is_themes).map(|index| index + 1),
        image: sources.image,
        enclosure: sources.enclosure,
    };
    let jobs: Vec<_> = WORKBOOKS.iter().zip(&sources.workbooks).collect();
    let read = threads::map(&jobs, threads::usual(), |(declared, (file, bytes))| {
        let Some(bytes) = bytes else {
            let other = format!("{}.ods", declared.stem);
            return Err(files::missing_workbook(file, &other).at(Place::File(file.clone())));
        };
        let workbook = spreadsheets::read(bytes, file)?;
        let (tables, problems) = sheets::read(&workbook, declared.stem, &model.territory, &context);
        Ok((workbook, tables, problems))
    });
    let mut workbooks: Vec<Workbook> = Vec::new();
    let mut tables = Tables::default();
    for (place, outcome) in read.into_iter().enumerate() {
        match outcome {
            Ok((workbook, read, found)) => {
                tables.take(WORKBOOKS[place].stem, read);
                problems.extend(found);
                workbooks.push(workbook);
            }
            Err(diagnostic) => problems.push(diagnostic),
        }
    }
    if let (file, Some(bytes)) = &sources.map {
        let (atlas, found) = atlas::read(bytes, file);
        model.atlas = atlas;
        problems.extend(found);
    }
    model.tables = tables;
    problems.extend(references::resolve(&mut model.tables, &problems));
    let model = Arc::new(model);
    problems.extend(checks::across(&model, &sources.map.0));
    for problem in &mut problems {
        // What stands in no cell stands in the settings.
        if problem.place == Place::Nowhere {
            problem.place = Place::File(sources.settings.0.clone());
        }
        if let (Place::Cell(cell), None) = (&problem.place, &problem.excerpt)
            && let Some(workbook) = workbooks.iter().find(|workbook| *workbook.file == *cell.file)
        {
            problem.excerpt = spreadsheets::excerpt(workbook, cell);
        }
    }
    diagnostics::sort(&mut problems);
    Understood { model, problems, files }
}
