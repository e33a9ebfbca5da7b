//! Typst templates and data to accessible, archivable PDF files.
//!
//! The main template is static; data arrives as one virtual `/data.json` and is never run as markup. Every file that a
//! document reads is recorded: its fingerprint needs it.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::fonts::FONTS;
use super::{Pictures, fit, frames, picture};
use crate::diagnostics::messages::{commands, texts};
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::templates::Templates;

/// The data's path inside the world.
const DATA: &str = "/data.json";
/// Where a template that can be set more tightly reads how tightly, from 0 to [`fit::TIGHTEST`].
const TIGHTNESS: &str = "/serrage";
/// The pictures' folder inside the world.
const PICTURES: &str = "/inputs/";

/// With what tables need to be heard: headings of rows, summaries.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// What a PDF is made from.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The main template, for instance `newsletter/lettre.typ`.
    pub template: &'a str,
    /// The data, as `/data.json`.
    pub data: &'a Value,
    /// The document's own date: no document knows what day it is.
    pub date: NaiveDate,
    /// A stable name for the file's identifier.
    pub identifier: &'a str,
    /// Whether every page must keep the zone of the prefecture's stamp empty.
    pub stamped: bool,
}

/// Pages that are laid out.
pub struct Laid {
    /// The pages.
    pub document: PagedDocument,
    /// The templates and pictures that they read.
    pub read: BTreeSet<String>,
    /// What Typst warned about.
    pub warnings: Vec<Diagnostic>,
    /// How tightly they are set; nothing where the template does not ask.
    pub tightness: Option<u8>,
}

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The words on its pages.
    pub words: String,
    /// The templates and pictures that it read, by name: `newsletter/lettre.typ`, `inputs/images/logo.svg`.
    pub read: BTreeSet<String>,
    /// What Typst warned about.
    pub warnings: Vec<Diagnostic>,
    /// How tightly it is set; nothing where the template does not ask.
    pub tightness: Option<u8>,
}

/// The parsed templates of a run, shared by all its documents.
pub struct Typesetter<'a> {
    templates: &'a Templates,
    pictures: &'a Pictures,
    sources: Mutex<HashMap<FileId, Source>>,
    /// Pictures as pages need them.
    fitted: Mutex<HashMap<String, Bytes>>,
}

impl<'a> Typesetter<'a> {
    /// A typesetter over templates and pictures.
    #[must_use]
    pub fn new(templates: &'a Templates, pictures: &'a Pictures) -> Self {
        Self { templates, pictures, sources: Mutex::default(), fitted: Mutex::default() }
    }

    /// A picture as pages need it, made once.
    fn picture(&self, name: &str, bytes: &[u8]) -> Bytes {
        if let Some(fitted) = self.fitted.lock().unwrap_or_else(PoisonError::into_inner).get(name) {
            return fitted.clone();
        }
        let fitted = picture::for_page(&Bytes::new(bytes.to_vec()));
        self.fitted.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), fitted.clone());
        fitted
    }

    /// Sets the pages of a job: as tightly as is told, else as they were designed if they end well so, else more and more
    /// tightly, until they do. Where no setting fits, the best one is taken. The choice follows from the job alone.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the templates, at file and line.
    pub fn lay_out(&self, job: &Job, told: Option<u8>) -> Result<Laid, Vec<Diagnostic>> {
        if let Some(told) = told {
            return self.set(job, told.min(fit::TIGHTEST));
        }
        let judged = |laid: &Laid| (fit::badness(&laid.document), laid.document.pages().len());
        let mut best = self.set(job, 0)?;
        if best.tightness.is_none() {
            return Ok(best);
        }
        let mut found = judged(&best);
        for tightness in 1..=fit::TIGHTEST {
            if found.0 <= 0.0 {
                break;
            }
            let next = self.set(job, tightness)?;
            let other = judged(&next);
            if fit::better(other, found) {
                (best, found) = (next, other);
            }
        }
        Ok(best)
    }

    /// Sets the pages of a job once.
    fn set(&self, job: &Job, tightness: u8) -> Result<Laid, Vec<Diagnostic>> {
        let sheet = Sheet::new(self, job, tightness).map_err(|diagnostic| vec![diagnostic])?;
        let compiled = typst::compile::<PagedDocument>(&sheet);
        let warnings = compiled.warnings.iter().map(|warning| sheet.explain(warning)).collect();
        let document =
            compiled.output.map_err(|errors| errors.iter().map(|error| sheet.explain(error)).collect::<Vec<_>>())?;
        let tightness = sheet.asked.into_inner().then_some(tightness);
        let read = sheet.read.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(Laid { document, read, warnings, tightness })
    }

    /// Makes the PDF of a job, as PDF/UA-1 and PDF/A-2a at once.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the templates, at file and line, or the rule of accessibility that is broken.
    pub fn pdf(&self, job: &Job, told: Option<u8>) -> Result<Pdf, Vec<Diagnostic>> {
        let Laid { document, read, warnings, tightness } = self.lay_out(job, told)?;
        if job.stamped {
            let pages = frames::pages_under_the_stamp(&document);
            if !pages.is_empty() {
                let pages: Vec<String> = pages.iter().map(usize::to_string).collect();
                return Err(vec![texts::stamp_zone(&pages.join(", ")).at(Place::File(job.template.to_owned()))]);
            }
        }
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|reason| vec![commands::internal_error(reason.message())])?;
        let timestamp = date(job.date).map(Timestamp::new_utc);
        let options = PdfOptions {
            ident: Smart::Custom(job.identifier.to_owned()),
            creator: Smart::Custom(Some("liasse".to_owned())),
            timestamp,
            standards,
            ..PdfOptions::default()
        };
        let sheet = Sheet::new(self, job, 0).map_err(|diagnostic| vec![diagnostic])?;
        let bytes = typst_pdf::pdf(&document, &options).map_err(|errors| {
            errors
                .iter()
                .map(|error| {
                    let explained = sheet.explain(error);
                    Diagnostic { hints: explained.hints, ..texts::export_failed(&error.message).at(explained.place) }
                })
                .collect::<Vec<_>>()
        })?;
        Ok(Pdf { bytes, pages: document.pages().len(), words: frames::words(&document), read, warnings, tightness })
    }
}

/// Frees what layouts left in memory, but for what the last few used: whoever sets the same pages again is faster with it.
pub fn forget(remembered: usize) {
    typst::comemo::evict(remembered);
}

fn date(date: NaiveDate) -> Option<Datetime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
}

/// The world of one document: what it may read, and a record of what it read.
struct Sheet<'a> {
    typesetter: &'a Typesetter<'a>,
    main: FileId,
    data: Bytes,
    date: NaiveDate,
    read: Mutex<BTreeSet<String>>,
    tightness: u8,
    /// Whether the template asks how tightly it is to be set.
    asked: AtomicBool,
}

impl<'a> Sheet<'a> {
    fn new(typesetter: &'a Typesetter<'a>, job: &Job, tightness: u8) -> Result<Self, Diagnostic> {
        let main = file_id(&format!("/{}", job.template)).ok_or_else(|| texts::missing_template(job.template))?;
        if typesetter.templates.get(job.template).is_none() {
            return Err(texts::missing_template(job.template));
        }
        let data = Bytes::new(job.data.to_string().into_bytes());
        let (read, asked) = (Mutex::default(), AtomicBool::new(false));
        Ok(Self { typesetter, main, data, date: job.date, read, tightness, asked })
    }

    fn note(&self, name: &str) {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    fn template(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        let template = self.typesetter.templates.get(name);
        self.note(name);
        template.map(|template| Bytes::new(template.bytes.to_vec())).ok_or_else(|| FileError::NotFound(name.into()))
    }

    /// A message of Typst as one of ours, in French, at its file and line.
    fn explain(&self, diagnostic: &SourceDiagnostic) -> Diagnostic {
        let reason = french(&diagnostic.message);
        let explained = match diagnostic.severity {
            Severity::Error => texts::layout_failed(&reason),
            Severity::Warning => texts::layout_warning(&reason),
        };
        let hints = diagnostic.hints.iter().map(|hint| french(&hint.v));
        let place = diagnostic
            .span
            .id()
            .zip(self.range(diagnostic.span))
            .or_else(|| diagnostic.trace.iter().find_map(|point| point.span.id().zip(self.range(point.span))));
        let explained = hints.fold(explained, Diagnostic::hint);
        let Some((id, range)) = place else { return explained };
        let name = id.get().vpath().get_without_slash();
        let Some(template) = self.typesetter.templates.get(name) else {
            return explained.at(Place::File(name.to_owned()));
        };
        let text = String::from_utf8_lossy(&template.bytes).into_owned();
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let line_text = text.lines().nth(line).unwrap_or_default().to_owned();
        let length = text.get(range).unwrap_or_default().lines().next().unwrap_or_default().chars().count();
        explained
            .at(Place::Line { file: template.shown.clone(), line: line + 1, column: column + 1 })
            .showing(Excerpt::Source { text: line_text, start: column, length })
    }
}

fn file_id(path: &str) -> Option<FileId> {
    VirtualPath::new(path).ok().map(|path| RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(source) = self.typesetter.sources.lock().unwrap_or_else(PoisonError::into_inner).get(&id) {
            self.note(id.get().vpath().get_without_slash());
            return Ok(source.clone());
        }
        let bytes = self.template(id)?;
        let text = bytes.to_str().map_err(|_| FileError::InvalidUtf8)?;
        let source = Source::new(id, text.as_str().to_owned());
        self.typesetter.sources.lock().unwrap_or_else(PoisonError::into_inner).insert(id, source.clone());
        Ok(source)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_with_slash();
        if path == DATA {
            return Ok(self.data.clone());
        }
        if path == TIGHTNESS {
            self.asked.store(true, Ordering::Relaxed);
            return Ok(Bytes::from_string(self.tightness.to_string()));
        }
        match path.strip_prefix(PICTURES) {
            Some(name) => {
                self.note(&path[1..]);
                let picture = self.typesetter.pictures.get(name);
                picture
                    .map(|bytes| self.typesetter.picture(name, bytes))
                    .ok_or_else(|| FileError::NotFound(path.into()))
            }
            None => self.template(id),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        date(self.date)
    }
}

/// A message of Typst in French, where it is one that people who edit templates meet; others stay as they are.
fn french(message: &str) -> String {
    const WHOLE: &[(&str, &str)] = &[
        ("unclosed delimiter", "parenthèse, crochet ou accolade jamais fermé"),
        ("unclosed string", "guillemet jamais fermé"),
        ("unclosed raw text", "texte brut jamais fermé"),
        ("unexpected closing brace", "accolade fermante en trop"),
        ("unexpected closing bracket", "crochet fermant en trop"),
        ("unexpected closing paren", "parenthèse fermante en trop"),
        ("expected expression", "une expression est attendue ici"),
        ("layout did not converge within 5 attempts", "la mise en page ne se stabilise pas en cinq passes"),
    ];
    const STARTS: &[(&str, &str)] = &[
        ("unknown variable: ", "variable inconnue : "),
        ("unexpected argument: ", "argument inattendu : "),
        ("missing argument: ", "argument manquant : "),
        ("unknown font family: ", "police inconnue : "),
        ("file not found (searched at ", "fichier introuvable ("),
        ("unknown image format", "format d’image inconnu"),
        ("expected ", "attendu : "),
        ("panicked with: ", "arrêt demandé : "),
        ("cannot ", "impossible : "),
        ("unexpected ", "inattendu : "),
        ("type ", "type "),
    ];
    if let Some((_, translated)) = WHOLE.iter().find(|(english, _)| message == *english) {
        return (*translated).to_owned();
    }
    if let Some(key) = message.strip_prefix("dictionary does not contain key ") {
        return format!("les données n’ont pas de champ {key}");
    }
    if let Some((english, translated)) = STARTS.iter().find(|(english, _)| message.starts_with(english)) {
        return format!("{translated}{}", &message[english.len()..]);
    }
    message.to_owned()
}
