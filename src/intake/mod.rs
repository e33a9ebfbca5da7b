//! Sheets and `territoire.toml` to the model: where is it wrong?
//!
//! Each sheet's columns are declared once (`sheets`), and from that declaration the reader, the guide and the blank
//! workbooks come. Checks across sheets (`checks`) run over the model. Documents and rendering are not known here.

mod checks;
mod colour;
mod guide;
mod sheets;
mod territory;

pub use self::guide::{explained, guide};
pub use self::sheets::WORKBOOKS;

use crate::diagnostics::messages::files;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::model::Model;
use crate::spreadsheets::{self, Context, Line, Workbook};
use crate::threads;

/// What the inputs are made of, as bytes.
pub struct Sources<'a> {
    /// `territoire.toml`: its name, and its text where it is there.
    pub settings: (String, Option<String>),
    /// The three workbooks in the order of [`WORKBOOKS`]: the name of the file, and its bytes where it is there.
    pub workbooks: Vec<(String, Option<std::sync::Arc<[u8]>>)>,
    /// Whether a picture is there and readable, by its path below the inputs; the reason when it is not.
    pub image: &'a (dyn Fn(&str) -> Option<Diagnostic> + Sync),
    /// Whether an embedded font draws a character.
    pub has_glyph: &'a (dyn Fn(char) -> bool + Sync),
}

/// The model, and everything that is wrong with the inputs, sorted by file, sheet and cell.
pub struct Understood {
    /// What the sheets say, as far as they could be read.
    pub model: Model,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
    workbooks: Vec<Workbook>,
}

impl Understood {
    /// The model and what is wrong, without the sheets as they look.
    #[must_use]
    pub fn into_model(self) -> (Model, Vec<Diagnostic>) {
        (self.model, self.problems)
    }

    /// The rows of a sheet as they look, in its order.
    #[must_use]
    pub fn lines(&self, sheet: &str) -> Vec<Line> {
        let declared = WORKBOOKS.iter().enumerate().find_map(|(index, workbook)| {
            workbook.sheets.iter().find(|declared| declared.name == sheet).map(|declared| (index, *declared))
        });
        let Some((index, declared)) = declared else { return Vec::new() };
        let context = Context { has_glyph: &|_| true, themes: &[], image: &|_| None };
        let workbook = self.workbooks.iter().find(|workbook| stem(&workbook.file) == WORKBOOKS[index].stem);
        workbook.map(|workbook| spreadsheets::scan(workbook, declared, &context).lines()).unwrap_or_default()
    }
}

/// The name of a file without its folder and its ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Reads everything, and finds everything that is wrong in one run.
#[must_use]
pub fn read(sources: &Sources) -> Understood {
    let mut problems = Vec::new();
    let mut model = Model::default();
    match &sources.settings {
        (file, Some(text)) => {
            let (territory, found) = territory::read(text, file, sources.image);
            model.territory = territory;
            problems.extend(found);
        }
        (file, None) => problems.push(files::missing_settings(file).at(Place::File(file.clone()))),
    }
    let themes = model.territory.themes.clone();
    let context = Context { has_glyph: sources.has_glyph, themes: &themes, image: sources.image };
    let jobs: Vec<_> = WORKBOOKS.iter().zip(&sources.workbooks).collect();
    let read = threads::map(&jobs, threads::usual(), |(declared, (file, bytes))| {
        let Some(bytes) = bytes else {
            let other = format!("{}.ods", declared.stem);
            return Err(files::missing_workbook(file, &other).at(Place::File(file.clone())));
        };
        let workbook = spreadsheets::read(bytes, file)?;
        let (fills, problems) = sheets::read(&workbook, declared.stem, &context);
        Ok((workbook, fills, problems))
    });
    let mut workbooks: Vec<Workbook> = Vec::new();
    for outcome in read {
        match outcome {
            Ok((workbook, fills, found)) => {
                fills.into_iter().for_each(|fill| fill(&mut model));
                problems.extend(found);
                workbooks.push(workbook);
            }
            Err(diagnostic) => problems.push(diagnostic),
        }
    }
    problems.extend(checks::across(&model));
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
    Understood { model, problems, workbooks }
}
