//! Recipes to bytes: each part by its renderer, in order, later parts over the bytes of earlier ones.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use serde_json::Value;

use super::guard::{self, Said, spoken};
use super::plan::{Plan, caught};
use super::store::Evidence;
use super::{enclosures, kept, parts, texts};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, commands};
use crate::documents::{Comparison, Draft, Drawing, Part, Recipe, Source, Words, Written};
use crate::figures::Printed;
use crate::model::Readers;
use crate::render::pdf::{self, Job, Pdf, Typesetter};
use crate::render::screen::Screen;
use crate::render::text::Texts;
use crate::render::{calendar, csv, differ, frames, markdown, picture, scrutiny, workbook, xml};
use crate::views::{Data, Leaf};

/// One finished file.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its name below the document's folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
    /// How tightly its pages are set, where their template asks.
    pub tightness: Option<u8>,
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
    /// Parts that were left alone: what stands in their place is not what was sent, or no longer called so.
    pub held: Vec<String>,
    /// What the held parts have to tell.
    pub told: Vec<Diagnostic>,
    /// The templates and pictures that it read.
    pub read: BTreeSet<String>,
    /// What to look at.
    pub warnings: Vec<Diagnostic>,
}

/// What making a part tells beside its bytes.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The templates and pictures that it read.
    pub(super) read: BTreeSet<String>,
    /// The figures that its texts printed.
    pub(super) printed: Vec<Printed>,
    /// What its texts say, links included.
    pub(super) said: String,
    /// What to look at.
    pub(super) warnings: Vec<Diagnostic>,
    /// The texts of its document that are there already.
    pub(super) written: texts::Written,
}

/// The most data that the pages of one file are set from, in bytes: several times those of a whole pack. A row of a table
/// holds about a hundred, and costs sixty thousand bytes of memory while it is set.
const MOST_DATA: usize = 400 << 10;

/// Hears what stands in the place of a part.
pub(super) type Existing<'e> = dyn Fn(&Part) -> Evidence + Sync + 'e;

/// What all documents of a run share.
pub(super) struct Workshop<'a> {
    pub(super) plan: &'a Plan,
    pub(super) typesetter: Typesetter<'a>,
    pub(super) texts: Texts<'a>,
    /// Pages that several documents have in common, by what they are made from.
    shared: Mutex<HashMap<String, SharedPages>>,
    /// What is wrong with a template over data of a shape, by both.
    scrutinised: Mutex<HashMap<(String, Option<&'static str>), Arc<OnceLock<Vec<Diagnostic>>>>>,
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
    /// How many pages it has, and how tightly they are set.
    pages: Option<(usize, Option<u8>)>,
    /// What its readers may meet in it, for the search of hidden names.
    words: String,
    reused: bool,
}

impl Product {
    fn of(bytes: Vec<u8>, words: String) -> Self {
        Self { bytes: bytes.into(), pages: None, words, reused: false }
    }

    /// A product of which every byte is read.
    fn text(bytes: Vec<u8>) -> Self {
        let words = String::from_utf8_lossy(&bytes).into_owned();
        Self::of(bytes, words)
    }
}

/// What came of a part.
enum Outcome {
    Made(Artifact, Notes),
    Held(String, Option<Diagnostic>),
    Failed(Vec<Diagnostic>),
}

impl<'a> Workshop<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            typesetter: Typesetter::new(&plan.inputs.templates, &plan.inputs.pictures),
            texts: Texts::new(&plan.inputs.templates),
            shared: Mutex::default(),
            scrutinised: Mutex::default(),
            remembered: 0,
        }
    }

    /// The same, but remembering the layout of the last parts: for a session that sets them again and again.
    pub(super) fn remembering(self, parts: usize) -> Self {
        Self { remembered: parts, ..self }
    }

    /// Everything that is wrong with the templates before any data comes in.
    pub(super) fn template_faults(&self) -> Vec<Diagnostic> {
        self.texts.faults()
    }

    /// What is wrong with the templates of a part, in every branch, by the data that they are given.
    pub(super) fn faults(&self, part: &Part) -> Vec<Diagnostic> {
        let templates = &self.plan.inputs.templates;
        let words = |template: &str, data: &dyn Data| {
            self.scrutinised(template, data, || scrutiny::words(templates, template, data.shape()).faults)
        };
        match &part.recipe {
            Recipe::Pdf { template, data, comparisons, .. } => {
                let pages = || scrutiny::pages(templates, template, data.shape()).faults;
                let told = comparisons.iter().flat_map(|it| words(it.summary, &differ::Summary::default()));
                let texts = part.recipe.words().into_iter().flat_map(|it| words(&it.template, &*it.data));
                self.scrutinised(template, &**data, pages).into_iter().chain(texts).chain(told).collect()
            }
            Recipe::Text { template, data, .. } | Recipe::Xml { template, data } => words(template, &**data),
            recipe => {
                let drawings = if let Recipe::Word(paper) = recipe { paper.drawings.as_slice() } else { &[] };
                let drawn = drawings.iter().flat_map(|Drawing { template, data, .. }| {
                    let pages = || scrutiny::pages(templates, template, data.shape()).faults;
                    self.scrutinised(template, &**data, pages)
                });
                let texts = recipe.words().into_iter().flat_map(|it| words(&it.template, &*it.data));
                texts.chain(drawn).collect()
            }
        }
    }

    /// The faults of a template over data of a shape, found once a run.
    fn scrutinised(&self, template: &str, data: &dyn Data, find: impl FnOnce() -> Vec<Diagnostic>) -> Vec<Diagnostic> {
        let key = (template.to_owned(), data.shape().object().map(|object| object.name));
        let slot = Arc::clone(self.scrutinised.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        slot.get_or_init(find).clone()
    }

    /// Makes every part of a draft, or tells everything that is wrong with them. What was sent stays as it is: what is made
    /// over it is made over the sent bytes. Parts that stand alone are made on several threads.
    pub(super) fn make(&self, draft: &Draft, existing: &Existing, threads: usize) -> Result<Made, Vec<Diagnostic>> {
        let mut made = Made::default();
        let mut problems = Vec::new();
        let written = texts::Written::default();
        let mut rest = draft.parts.as_slice();
        while let Some(first) = rest.first() {
            let alone = rest.iter().take_while(|part| part.recipe.stands_alone()).count();
            let (batch, others) = rest.split_at(alone.max(1));
            rest = others;
            // A part over parts that could not be made would only repeat their faults.
            if !problems.is_empty() && !first.recipe.stands_alone() {
                continue;
            }
            let outcomes = crate::threads::map(batch, threads, |part| {
                let outcome = self.part(draft, part, &made, existing, &written);
                pdf::forget(self.remembered);
                outcome
            });
            for outcome in outcomes {
                match outcome {
                    Outcome::Made(artifact, notes) => {
                        made.artifacts.push(artifact);
                        made.read.extend(notes.read);
                        made.warnings.extend(notes.warnings);
                    }
                    Outcome::Held(name, told) => {
                        made.held.push(name);
                        made.told.extend(told);
                    }
                    Outcome::Failed(found) => problems.extend(found),
                }
            }
        }
        if problems.is_empty() { Ok(made) } else { Err(problems) }
    }

    /// Makes a part, or leaves it alone. A panic is a fault of this part and no more.
    fn part(&self, draft: &Draft, part: &Part, made: &Made, existing: &Existing, written: &texts::Written) -> Outcome {
        let earlier = part.recipe.earlier();
        if made.held.iter().any(|held| earlier.includes(held)) {
            return Outcome::Held(part.name.clone(), None);
        }
        let kept = match existing(part) {
            Evidence::Held(told) => return Outcome::Held(part.name.clone(), Some(told)),
            Evidence::Kept(bytes) => Some(bytes),
            Evidence::Free => None,
        };
        let start = Instant::now();
        let mut notes = Notes { written: written.clone(), ..Notes::default() };
        let product = caught(|| {
            let faults = self.faults(part);
            if !faults.is_empty() {
                return Err(faults);
            }
            let product = self.product(draft, part, &made.artifacts, &mut notes)?;
            let said = Said { kind: draft.kind, words: &product.words, texts: &notes.said, read: &notes.read };
            notes.warnings.extend(guard::search(self.plan, part, readers(draft, part), &said)?);
            Ok(product)
        });
        let product = match product {
            Ok(product) => product,
            Err(problems) => return Outcome::Failed(problems),
        };
        // What is kept beside the files is told with them.
        let is_told = !matches!(part.recipe, Recipe::Kept { .. });
        let differs = is_told && kept.as_ref().is_some_and(|kept| *kept != product.bytes);
        let artifact = Artifact {
            name: part.name.clone(),
            bytes: kept.unwrap_or(product.bytes),
            pages: product.pages.filter(|_| !differs).map(|(pages, _)| pages),
            tightness: product.pages.and_then(|(_, tightness)| tightness),
            public: *readers(draft, part) == Readers::Public && !draft.is_preparatory,
            took: (!product.reused).then(|| start.elapsed()),
            frozen: part.frozen.or(draft.frozen),
            differs,
        };
        Outcome::Made(artifact, notes)
    }

    fn product(
        &self,
        draft: &Draft,
        part: &Part,
        earlier: &[Artifact],
        notes: &mut Notes,
    ) -> Result<Product, Vec<Diagnostic>> {
        let one = |diagnostic: Diagnostic| vec![diagnostic];
        let bug = |reason: String| one(commands::internal_error(&reason));
        match &part.recipe {
            Recipe::Pdf { template, data, texts, comparisons } => {
                let data = self.page_data(&part.name, &**data, texts, comparisons, notes).map_err(one)?;
                let like = part.set_like.as_deref();
                let tightness = earlier.iter().find(|made| Some(&*made.name) == like).and_then(|made| made.tightness);
                self.pages(draft, part, template, &data, tightness, notes)
            }
            Recipe::Text { template, data, limit } => {
                let limit = limit.as_ref().map(|(limit, short)| (*limit, &**short));
                let text = self.text(template, &**data, limit, notes).map_err(one)?;
                Ok(Product::text(text.into_bytes()))
            }
            Recipe::Xml { template, data } => {
                let text = self.rendered(template, &**data, notes).map_err(one)?;
                Ok(Product::of(xml::latin1(&text), text))
            }
            Recipe::Picture { source, width } => {
                notes.read.insert(format!("inputs/{source}"));
                let bytes = self.plan.inputs.pictures.get(source).ok_or_else(|| one(cells::missing_image(source)))?;
                let bytes = picture::for_mail(bytes, *width, &part.name)
                    .map_err(|reason| one(cells::unreadable_image(source, &reason)))?;
                Ok(Product::of(bytes, String::new()))
            }
            Recipe::Enclosed { source, .. } => {
                notes.read.insert(enclosures::source(source));
                let file = self.plan.inputs.enclosures.get(source);
                let file = file.ok_or_else(|| one(cells::missing_enclosure(source)))?;
                let (words, told) = enclosures::looked_at(source, file, draft.stamped);
                notes.warnings.extend(told);
                let pages = file.pages().ok().map(|pages| (pages, None));
                Ok(Product { bytes: Arc::clone(file.bytes()), pages, words, reused: false })
            }
            Recipe::Word(paper) => {
                let (bytes, words) = self.paper(draft, part, paper, notes)?;
                Ok(Product::of(bytes, words))
            }
            Recipe::Message(recipe) => {
                let bytes = parts::message(draft, recipe, earlier).map_err(one)?;
                Ok(Product::of(bytes, spoken(&part.recipe)))
            }
            Recipe::Calendar { name, events } => {
                let entries: Vec<_> = events.iter().map(parts::entry).collect();
                let bytes = calendar::file(name, draft.date, &entries);
                // A calendar folds its lines where they are full, in the midst of words.
                let words = String::from_utf8_lossy(&bytes).replace("\r\n ", "");
                Ok(Product::of(bytes, words))
            }
            Recipe::Workbook(described) => {
                let bytes = workbook::file(described, draft.day_of(part)).map_err(bug)?;
                Ok(Product::of(bytes, spoken(&part.recipe)))
            }
            Recipe::Copy(name) => {
                let artifact = parts::find(earlier, name).map_err(one)?;
                let (reused, pages) = (artifact.took.is_none(), artifact.pages.zip(Some(artifact.tightness)));
                Ok(Product { bytes: artifact.bytes.clone(), pages, words: String::new(), reused })
            }
            Recipe::Json { data, files, limit } => {
                Ok(Product::text(parts::listing(&**data, files, *limit, earlier).map_err(one)?))
            }
            Recipe::Kept { pages, .. } => {
                let file = self.kept(&part.recipe, pages, notes).map_err(one)?;
                Ok(Product::text(serde_json::to_vec(&file).unwrap_or_default()))
            }
            Recipe::Csv { headings, rows, for_people: true } => {
                Ok(Product::text(csv::for_people(headings, rows).map_err(bug)?))
            }
            Recipe::Csv { headings, rows, for_people: false } => {
                Ok(Product::text(csv::for_machines(headings, rows).map_err(bug)?))
            }
        }
    }

    /// What several documents have in common, with the texts of its pages.
    fn kept(&self, recipe: &Recipe, pages: &[(String, Recipe)], notes: &mut Notes) -> Result<Value, Diagnostic> {
        let mut resolved = Vec::new();
        for (name, recipe) in pages {
            match recipe {
                Recipe::Pdf { data, texts, comparisons, .. } => {
                    resolved.push((name.clone(), self.page_data(name, &**data, texts, comparisons, notes)?));
                }
                Recipe::Enclosed { source, stand_in } => {
                    notes.read.insert(enclosures::source(source));
                    resolved.push((name.clone(), stand_in.json()));
                }
                _ => {}
            }
        }
        Ok(kept::file(recipe, resolved, notes.read.iter().cloned(), &self.plan.inputs))
    }

    /// The pages of a part as a screen shows them, set as tightly as is told; nothing when the part has no pages.
    pub(super) fn screen(
        &self,
        draft: &Draft,
        part: &Part,
        tightness: Option<u8>,
    ) -> Option<Result<Screen, Vec<Diagnostic>>> {
        let tightness = tightness.or_else(|| self.tightness_of_like(draft, part));
        self.set(draft, part, |job| Screen::new(&self.typesetter, job, tightness))
    }

    /// How tightly the file is set that a part is set like.
    fn tightness_of_like(&self, draft: &Draft, part: &Part) -> Option<u8> {
        let like = draft.parts.iter().find(|other| Some(&other.name) == part.set_like.as_ref())?;
        self.set(draft, like, |job| self.typesetter.lay_out(job, None))?.ok()?.tightness
    }

    /// The names of the figures that stand on the pages of a part; nothing when the part has no pages.
    pub(super) fn on_pages(&self, draft: &Draft, part: &Part) -> Option<Result<BTreeSet<String>, Vec<Diagnostic>>> {
        let tightness = self.tightness_of_like(draft, part);
        self.set(draft, part, |job| self.typesetter.lay_out(job, tightness).map(|laid| frames::figures(&laid.document)))
    }

    /// Does something with what the pages of a part are set from; nothing when the part has no pages.
    fn set<T>(
        &self,
        draft: &Draft,
        part: &Part,
        work: impl FnOnce(&Job) -> Result<T, Vec<Diagnostic>>,
    ) -> Option<Result<T, Vec<Diagnostic>>> {
        let Recipe::Pdf { template, data, texts, comparisons } = &part.recipe else { return None };
        Some(caught(|| {
            let mut notes = Notes::default();
            let data = self.page_data(&part.name, &**data, texts, comparisons, &mut notes).map_err(|it| vec![it])?;
            let date = draft.day_of(part);
            work(&Job { template, data: &data, date, identifier: &part.name, stamped: draft.stamped })
        }))
    }

    /// The data of a file's pages with its texts in it. What is too much is refused before it is set.
    fn page_data(
        &self,
        file: &str,
        data: &dyn Data,
        texts: &[Words],
        comparisons: &[Comparison],
        notes: &mut Notes,
    ) -> Result<Value, Diagnostic> {
        let mut data = data.json();
        parts::ends(file, &data, MOST_DATA)?;
        markdown::resolve(&mut data);
        for words in texts {
            data["textes"][words.key] = serde_json::to_value(self.words(words, notes)?).unwrap_or_default();
        }
        for comparison in comparisons {
            data["textes"][comparison.key] = self.comparison(comparison, notes)?;
        }
        parts::ends(file, &data, MOST_DATA)?;
        Ok(data)
    }

    /// Pages; those that other documents have in common are set once.
    fn pages(
        &self,
        draft: &Draft,
        part: &Part,
        template: &str,
        data: &Value,
        tightness: Option<u8>,
        notes: &mut Notes,
    ) -> Result<Product, Vec<Diagnostic>> {
        let own = format!("{}/{}/{}", draft.kind, draft.id, part.name);
        let (identifier, date) =
            (part.shared.as_ref().map_or(own.as_str(), |shared| shared.identifier.as_str()), draft.day_of(part));
        let set = || {
            let job = Job { template, data, date, identifier, stamped: draft.stamped };
            self.typesetter.pdf(&job, tightness).map(|mut pdf| {
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
        let words = format!("{}\n{}", pages.pdf.words, spoken(&part.recipe));
        Ok(Product { bytes: pages.bytes, pages: Some((pages.pdf.pages, pages.pdf.tightness)), words, reused })
    }

    /// The figures that a part is given, as they would be printed, in its order, without setting a page.
    pub(super) fn given(&self, part: &Part) -> Result<Vec<Printed>, Vec<Diagnostic>> {
        caught(|| {
            let mut notes = Notes::default();
            part.recipe.visit(&mut |written| {
                if let Written { leaf: Leaf::Printed(printed), source: Source::Direct, .. } = written {
                    notes.printed.push(printed.clone());
                }
            });
            for words in part.recipe.words() {
                self.words(words, &mut notes).map_err(|diagnostic| vec![diagnostic])?;
            }
            Ok(notes.printed)
        })
    }
}

/// Who reads a part.
fn readers<'d>(draft: &'d Draft, part: &'d Part) -> &'d Readers {
    part.readers.as_ref().unwrap_or(&draft.readers)
}
