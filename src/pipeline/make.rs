//! Recipes to bytes: each part by its renderer, in order, later parts over the bytes of earlier ones.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::Inputs;
use super::digest::hash;
use super::secrets::Secrets;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, commands, texts};
use crate::documents::{CalendarEvent, Comparison, Draft, MessageRecipe, Part, Printer, Recipe, Words};
use crate::figures::Ledger;
use crate::model::{Audience, Model};
use crate::render::markdown::Block;
use crate::render::pdf::{self, Job, Pdf, Typesetter};
use crate::render::screen::Screen;
use crate::render::text::Texts;
use crate::render::{calendar, csv, differ, mail, markdown, picture, workbook, xml};
use crate::worksheets;

/// One finished file.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its name below the document's folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
    /// Whether anybody may read it; who may not is told in the manifest and the summary.
    pub public: bool,
    /// How long it took; nothing when it was made for another document already.
    pub took: Option<Duration>,
    /// Since when it is frozen, where it is.
    pub frozen: Option<NaiveDate>,
    /// Whether the data of today would give another file than the frozen one, which stands here.
    pub differs: bool,
}

/// A finished document.
#[derive(Debug, Default)]
pub struct Made {
    /// Its files, in order.
    pub artifacts: Vec<Artifact>,
    /// The templates and pictures that it read.
    pub read: BTreeSet<String>,
    /// The figures that its texts used.
    pub ledger: Ledger,
    /// What to look at.
    pub warnings: Vec<Diagnostic>,
}

/// What making a part tells beside its bytes.
#[derive(Debug, Default)]
struct Notes {
    /// The templates and pictures that it read.
    read: BTreeSet<String>,
    /// The figures that its texts used.
    ledger: Ledger,
    /// What to look at.
    warnings: Vec<Diagnostic>,
}

/// The most data that the pages of one file are set from, in bytes: several times those of a whole pack. A row of a table
/// holds about a hundred, and costs sixty thousand bytes of memory while it is set.
const MOST_DATA: usize = 400 << 10;

/// What all documents of a run share.
pub(super) struct Workshop<'a> {
    inputs: &'a Inputs,
    model: &'a Model,
    /// The names that not everybody may read, to be searched for.
    secrets: OnceLock<Secrets<'a>>,
    typesetter: Typesetter<'a>,
    texts: Texts<'a>,
    /// Pages that several documents have in common, by what they are made from.
    shared: Mutex<HashMap<String, SharedPages>>,
    /// Of how many parts the layout is remembered.
    remembered: usize,
}

type SharedPages = Arc<OnceLock<Result<Pages, Vec<Diagnostic>>>>;

/// Finished pages, with the words on them.
#[derive(Clone)]
struct Pages {
    pdf: Arc<Pdf>,
    bytes: Arc<[u8]>,
}

/// What one recipe gave.
struct Product {
    bytes: Arc<[u8]>,
    pages: Option<usize>,
    /// What its readers may meet in it, for the search of hidden names.
    words: String,
    reused: bool,
}

impl Product {
    fn of(bytes: Vec<u8>, words: String) -> Self {
        Self { bytes: bytes.into(), pages: None, words, reused: false }
    }
}

/// Refuses data from which hundreds of pages would be set.
fn ends(file: &str, data: &Value) -> Result<(), Diagnostic> {
    let mut length = Length(0);
    let written = serde_json::to_writer(&mut length, data);
    if length.0 <= MOST_DATA || written.is_err() {
        return Ok(());
    }
    Err(texts::endless_pages(file, &(length.0 >> 10).to_string(), &(MOST_DATA >> 10).to_string()))
}

/// Counts the bytes that are written into it.
struct Length(usize);

impl std::io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that is wrong with the templates before any data comes in.
pub(super) fn template_faults(inputs: &Inputs) -> Vec<Diagnostic> {
    Texts::new(&inputs.templates).faults()
}

impl<'a> Workshop<'a> {
    pub(super) fn new(inputs: &'a Inputs, model: &'a Model) -> Self {
        Self {
            inputs,
            model,
            secrets: OnceLock::new(),
            typesetter: Typesetter::new(&inputs.templates, &inputs.pictures),
            texts: Texts::new(&inputs.templates),
            shared: Mutex::default(),
            remembered: 0,
        }
    }

    /// The same, but remembering the layout of the last parts: for a session that sets them again and again.
    pub(super) fn remembering(self, parts: usize) -> Self {
        Self { remembered: parts, ..self }
    }

    /// Makes every part of a draft, or tells everything that is wrong with them. A frozen part that `existing` has stays
    /// as it is: what is made over it is made over the frozen bytes. Parts that stand alone are made on several threads.
    pub(super) fn make(
        &self,
        draft: &Draft,
        existing: &(dyn Fn(&str) -> Option<Arc<[u8]>> + Sync),
        threads: usize,
    ) -> Result<Made, Vec<Diagnostic>> {
        let mut made = Made::default();
        let mut problems = Vec::new();
        let mut rest = draft.parts.as_slice();
        while let Some(first) = rest.first() {
            let alone = rest.iter().take_while(|part| part.recipe.stands_alone()).count();
            let (batch, others) = rest.split_at(alone.max(1));
            rest = others;
            // A part over parts that could not be made would only repeat their faults.
            if !problems.is_empty() && !first.recipe.stands_alone() {
                continue;
            }
            for result in self.batch(draft, batch, &made.artifacts, existing, threads) {
                match result {
                    Ok((artifact, notes)) => {
                        made.artifacts.push(artifact);
                        made.read.extend(notes.read);
                        made.ledger.extend(notes.ledger);
                        made.warnings.extend(notes.warnings);
                    }
                    Err(found) => problems.extend(found),
                }
            }
        }
        if problems.is_empty() { Ok(made) } else { Err(problems) }
    }

    /// Makes parts that do not need each other; results keep their order.
    fn batch(
        &self,
        draft: &Draft,
        parts: &[Part],
        earlier: &[Artifact],
        existing: &(dyn Fn(&str) -> Option<Arc<[u8]>> + Sync),
        threads: usize,
    ) -> Vec<Result<(Artifact, Notes), Vec<Diagnostic>>> {
        crate::threads::map(parts, threads, |part| {
            let result = self.artifact(draft, part, earlier, existing);
            pdf::forget(self.remembered);
            result
        })
    }

    fn artifact(
        &self,
        draft: &Draft,
        part: &Part,
        earlier: &[Artifact],
        existing: &(dyn Fn(&str) -> Option<Arc<[u8]>> + Sync),
    ) -> Result<(Artifact, Notes), Vec<Diagnostic>> {
        let start = Instant::now();
        let mut notes = Notes::default();
        let product = self.part(draft, part, earlier, &mut notes)?;
        let audience = part.readers.as_ref().unwrap_or(&draft.audience);
        if !part.internal {
            let found: Vec<Diagnostic> = self
                .secrets
                .get_or_init(|| Secrets::new(self.model))
                .found_in(&product.words, audience)
                .iter()
                .map(|name| commands::confidential_name(name, &part.name))
                .collect();
            if !found.is_empty() {
                return Err(found);
            }
        }
        let frozen = part.frozen.or(draft.frozen);
        let kept = frozen.and_then(|_| existing(&part.name));
        let differs = kept.as_ref().is_some_and(|kept| *kept != product.bytes);
        let artifact = Artifact {
            name: part.name.clone(),
            bytes: kept.unwrap_or(product.bytes),
            pages: product.pages.filter(|_| !differs),
            public: !part.internal && *audience == Audience::Public,
            took: (!product.reused).then(|| start.elapsed()),
            frozen,
            differs,
        };
        Ok((artifact, notes))
    }

    fn part(
        &self,
        draft: &Draft,
        part: &Part,
        earlier: &[Artifact],
        notes: &mut Notes,
    ) -> Result<Product, Vec<Diagnostic>> {
        let one = |diagnostic: Diagnostic| vec![diagnostic];
        match &part.recipe {
            Recipe::Pdf { template, data, texts, comparisons } => {
                let data = self.page_data(&part.name, data, texts, comparisons, notes).map_err(one)?;
                self.pages(draft, part, template, &data, notes)
            }
            Recipe::Text { template, data, limit } => {
                notes.read.extend(self.texts.family(template));
                let (text, warning) = self.text(template, data, *limit).map_err(one)?;
                notes.warnings.extend(warning);
                Ok(Product::of(text.clone().into_bytes(), text))
            }
            Recipe::Xml { template, data } => {
                notes.read.extend(self.texts.family(template));
                let text = self.texts.render(template, data).map_err(one)?;
                Ok(Product::of(xml::latin1(&text), text))
            }
            Recipe::Picture { source, width } => {
                notes.read.insert(format!("inputs/{source}"));
                let bytes = self.inputs.pictures.get(source).ok_or_else(|| one(cells::missing_image(source)))?;
                let bytes = picture::for_mail(bytes, *width, &part.name)
                    .map_err(|reason| one(cells::unreadable_image(source, &reason)))?;
                Ok(Product::of(bytes, String::new()))
            }
            Recipe::Message(recipe) => Ok(Product::of(message(draft, recipe, earlier).map_err(one)?, String::new())),
            Recipe::Calendar { name, events } => {
                let bytes = calendar::file(name, draft.date, &events.iter().map(entry).collect::<Vec<_>>());
                let words = String::from_utf8_lossy(&bytes).into_owned();
                Ok(Product::of(bytes, words))
            }
            Recipe::Workbook(described) => {
                let bytes =
                    workbook::file(described, draft.date).map_err(|reason| one(commands::internal_error(&reason)))?;
                Ok(Product::of(bytes, worksheet_words(described)))
            }
            Recipe::Copy(name) => {
                let artifact = find(earlier, name).map_err(one)?;
                let reused = artifact.took.is_none();
                Ok(Product { bytes: artifact.bytes.clone(), pages: artifact.pages, words: String::new(), reused })
            }
            Recipe::Json { data, files, limit } => {
                let bytes = listing(data, files, *limit, earlier).map_err(one)?;
                let words = String::from_utf8_lossy(&bytes).into_owned();
                Ok(Product::of(bytes, words))
            }
            Recipe::Csv { headings, rows } => {
                let bytes = csv::table(headings, rows).map_err(|reason| one(commands::internal_error(&reason)))?;
                let words = String::from_utf8_lossy(&bytes).into_owned();
                Ok(Product::of(bytes, words))
            }
        }
    }

    /// The pages of a part as a screen shows them; nothing when the part has no pages.
    pub(super) fn screen(&self, draft: &Draft, part: &Part) -> Option<Result<Screen, Vec<Diagnostic>>> {
        let Recipe::Pdf { template, data, texts, comparisons } = &part.recipe else { return None };
        let data = match self.page_data(&part.name, data, texts, comparisons, &mut Notes::default()) {
            Ok(data) => data,
            Err(diagnostic) => return Some(Err(vec![diagnostic])),
        };
        let date = part.shared.as_ref().map_or(draft.date, |shared| shared.date);
        let job = Job { template, data: &data, date, identifier: &part.name, stamped: false };
        Some(Screen::new(&self.typesetter, &job))
    }

    /// The data of a file's pages with its texts in it. What is too much is refused before it is copied.
    fn page_data(
        &self,
        file: &str,
        data: &Value,
        texts: &[Words],
        comparisons: &[Comparison],
        notes: &mut Notes,
    ) -> Result<Value, Diagnostic> {
        ends(file, data)?;
        let mut data = data.clone();
        markdown::resolve(&mut data);
        for words in texts {
            data["textes"][words.key] = to_value(&self.words(words, notes)?);
        }
        for comparison in comparisons {
            data["textes"][comparison.key] = self.comparison(comparison, notes)?;
        }
        ends(file, &data)?;
        Ok(data)
    }

    /// Pages; those that other documents have in common are set once.
    fn pages(
        &self,
        draft: &Draft,
        part: &Part,
        template: &str,
        data: &Value,
        notes: &mut Notes,
    ) -> Result<Product, Vec<Diagnostic>> {
        let own = format!("{}/{}/{}", draft.kind, draft.id, part.name);
        let (identifier, date) =
            part.shared.as_ref().map_or((own.as_str(), draft.date), |shared| (shared.identifier.as_str(), shared.date));
        let set = || {
            let job = Job { template, data, date, identifier, stamped: draft.stamped };
            self.typesetter.pdf(&job).map(|mut pdf| {
                let bytes = std::mem::take(&mut pdf.bytes).into();
                Pages { pdf: Arc::new(pdf), bytes }
            })
        };
        let mut reused = false;
        let pages = if part.shared.is_some() {
            let key = format!("{template}\u{1}{identifier}\u{1}{date}\u{1}{data}");
            let slot = Arc::clone(self.shared.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
            reused = true;
            let set = || {
                reused = false;
                set()
            };
            slot.get_or_init(set).clone()?
        } else {
            set()?
        };
        notes.read.extend(pages.pdf.read.iter().cloned());
        notes.warnings.extend(pages.pdf.warnings.iter().cloned());
        // What the page was given is searched too: alternative texts and properties stand there, and nowhere on the page.
        let words = format!("{}\n{data}", pages.pdf.words);
        Ok(Product { bytes: pages.bytes, pages: Some(pages.pdf.pages), words, reused })
    }

    /// A text in Markdown as blocks; the figures that it uses go to the ledger.
    fn words(&self, words: &Words, notes: &mut Notes) -> Result<Vec<Block>, Diagnostic> {
        let paths = words.figures.iter().map(|(path, _)| path.clone());
        let (blocks, used) = self.texts.words(&words.template, &words.data, paths)?;
        let mut printer = Printer::default();
        for (_, figure) in words.figures.iter().filter(|(path, _)| used.contains(path)) {
            printer.note(figure);
        }
        notes.read.extend(self.texts.family(&words.template));
        notes.ledger.extend(printer.ledger);
        Ok(blocks)
    }

    /// Two versions of a text, compared; a version may be several texts, one after the other.
    fn comparison(&self, comparison: &Comparison, notes: &mut Notes) -> Result<Value, Diagnostic> {
        let mut version = |texts: &[Words]| -> Result<Vec<Block>, Diagnostic> {
            let blocks = texts.iter().map(|words| self.words(words, notes)).collect::<Result<Vec<_>, _>>()?;
            Ok(blocks.concat())
        };
        let (before, after) = (version(&comparison.before)?, version(&comparison.after)?);
        Ok(differ::compare(&before, &after).data())
    }

    /// The figures that a draft prints, its texts included, without making it.
    pub(super) fn ledger(&self, draft: &Draft) -> Result<Ledger, Diagnostic> {
        let mut notes = Notes { ledger: draft.ledger.clone(), ..Notes::default() };
        for part in &draft.parts {
            if let Recipe::Pdf { texts, comparisons, .. } = &part.recipe {
                for words in texts
                    .iter()
                    .chain(comparisons.iter().flat_map(|comparison| comparison.before.iter().chain(&comparison.after)))
                {
                    self.words(words, &mut notes)?;
                }
            }
        }
        Ok(notes.ledger)
    }

    /// A text; where it would be heavier than its limit, its articles are shortened, and a warning says so.
    fn text(
        &self,
        template: &str,
        data: &Value,
        limit: Option<usize>,
    ) -> Result<(String, Option<Diagnostic>), Diagnostic> {
        let mut data = data.clone();
        markdown::resolve(&mut data);
        let whole = self.texts.render(template, &data)?;
        let kilobytes = |text: &str| text.len().div_ceil(1000).to_string();
        let Some(limit) = limit.filter(|limit| whole.len() > *limit) else { return Ok((whole, None)) };
        data["abrege"] = true.into();
        let short = self.texts.render(template, &data)?;
        if short.len() > limit {
            Err(texts::heavy_mail(&kilobytes(&short)))
        } else {
            Ok((short, Some(texts::shortened_mail(&kilobytes(&whole)))))
        }
    }
}

fn to_value(blocks: &[Block]) -> Value {
    serde_json::to_value(blocks).unwrap_or_default()
}

fn find<'m>(made: &'m [Artifact], name: &str) -> Result<&'m Artifact, Diagnostic> {
    let artifact = made.iter().find(|artifact| artifact.name == name);
    artifact.ok_or_else(|| commands::internal_error(&format!("la partie « {name} » manque")))
}

/// Data with a list of earlier parts: what they are, how large, by which hash they are known, who may read them.
fn listing(data: &Value, files: &[String], limit: Option<u64>, made: &[Artifact]) -> Result<Vec<u8>, Diagnostic> {
    let listed: Vec<&Artifact> = if files.is_empty() {
        made.iter().collect()
    } else {
        files.iter().map(|name| find(made, name)).collect::<Result<_, _>>()?
    };
    let total: u64 = listed.iter().map(|artifact| artifact.bytes.len() as u64).sum();
    if let Some(limit) = limit.filter(|limit| total > *limit) {
        return Err(texts::heavy_deposit(&(total >> 20).to_string(), &(limit >> 20).to_string()));
    }
    let mut data = data.clone();
    data["fichiers"] = listed
        .iter()
        .map(|artifact| {
            json!({
                "nom": artifact.name,
                "pages": artifact.pages,
                "octets": artifact.bytes.len(),
                "sha256": hash(&artifact.bytes),
                "diffusion": if artifact.public { "diffusable" } else { "restreint" },
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&data).map_err(|error| commands::internal_error(&error.to_string()))?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// Every text of a workbook's cells, notes and charts.
fn worksheet_words(workbook: &worksheets::Workbook) -> String {
    let mut words = vec![workbook.title.clone(), workbook.subject.clone()];
    for sheet in &workbook.sheets {
        words.push(sheet.name.clone());
        for cell in sheet.rows.iter().flatten() {
            if let worksheets::Value::Text(text) = &cell.value {
                words.push(text.clone());
            }
            words.extend(cell.note.clone());
        }
        for chart in &sheet.charts {
            words.extend([chart.title.clone(), chart.alternative.clone()]);
        }
    }
    words.join("\n")
}

/// A message over the parts that are already made.
fn message(draft: &Draft, recipe: &MessageRecipe, made: &[Artifact]) -> Result<Vec<u8>, Diagnostic> {
    let bytes = |name: &str| find(made, name).map(|artifact| artifact.bytes.clone());
    let text = String::from_utf8_lossy(&bytes(&recipe.text)?).into_owned();
    let html = String::from_utf8_lossy(&bytes(&recipe.html)?).into_owned();
    let pictures = made
        .iter()
        .filter_map(|artifact| {
            artifact.name.strip_prefix("images/").map(|name| (name.to_owned(), artifact.bytes.clone()))
        })
        .filter(|(name, _)| html.contains(&format!("src=\"images/{name}\"")))
        .collect();
    let attachments = recipe
        .attachments
        .iter()
        .map(|name| bytes(name).map(|bytes| (name.clone(), bytes)))
        .collect::<Result<_, _>>()?;
    mail::message(&mail::Mail {
        identifier: &recipe.identifier,
        from_name: &recipe.from_name,
        from: &recipe.from,
        subject: &recipe.subject,
        date: draft.date,
        unsubscribe: &recipe.unsubscribe,
        text: &text,
        html: &html.replace("src=\"images/", "src=\"cid:"),
        pictures,
        attachments,
    })
}

fn entry(event: &CalendarEvent) -> calendar::Entry {
    let CalendarEvent { uid, event, description } = event;
    calendar::Entry {
        uid: uid.clone(),
        summary: event.title.clone(),
        location: event.place.clone(),
        description: description.clone(),
        link: event.link.clone().or_else(|| event.registration.clone()),
        start: event.date,
        start_time: event.time,
        end: event.last_day(),
        end_time: event.end_time,
        cancelled: event.cancelled,
    }
}
