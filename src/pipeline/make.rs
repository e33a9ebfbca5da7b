//! Recipes to bytes: each part by its renderer, in order, later parts over the bytes of earlier ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Inputs;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, commands, texts};
use crate::documents::{CalendarEvent, Draft, MessageRecipe, Part, Printer, Recipe, Words};
use crate::figures::Ledger;
use crate::render::markdown::Block;
use crate::render::pdf::{Job, Typesetter};
use crate::render::text::Texts;
use crate::render::{calendar, csv, mail, markdown, picture, workbook};

/// One finished file.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Its name below the document's folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
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

/// What all documents of a run share.
pub(super) struct Workshop<'a> {
    inputs: &'a Inputs,
    typesetter: Typesetter<'a>,
    texts: Texts<'a>,
}

/// Everything that is wrong with the templates before any data comes in.
pub(super) fn template_faults(inputs: &Inputs) -> Vec<Diagnostic> {
    Texts::new(&inputs.templates).faults()
}

impl<'a> Workshop<'a> {
    pub(super) fn new(inputs: &'a Inputs) -> Self {
        Self {
            inputs,
            typesetter: Typesetter::new(&inputs.templates, &inputs.pictures),
            texts: Texts::new(&inputs.templates),
        }
    }

    /// Makes every part of a draft, or tells everything that is wrong with them.
    pub(super) fn make(&self, draft: &Draft) -> Result<Made, Vec<Diagnostic>> {
        let mut made = Made::default();
        let mut problems = Vec::new();
        for part in &draft.parts {
            // A message over parts that could not be made would only repeat their faults.
            if !problems.is_empty() && matches!(part.recipe, Recipe::Message(_)) {
                continue;
            }
            match self.part(draft, part, &mut made) {
                Ok(bytes) => made.artifacts.push(bytes),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(made) } else { Err(problems) }
    }

    fn part(&self, draft: &Draft, part: &Part, made: &mut Made) -> Result<Artifact, Vec<Diagnostic>> {
        let (bytes, pages) = match &part.recipe {
            Recipe::Pdf { template, data, texts } => {
                let mut data = data.clone();
                markdown::resolve(&mut data);
                for words in texts {
                    let (blocks, ledger) = self.words(words).map_err(|diagnostic| vec![diagnostic])?;
                    data["textes"][words.key] = serde_json::to_value(blocks).unwrap_or_default();
                    made.read.insert(words.template.clone());
                    made.ledger.extend(ledger);
                }
                let identifier = format!("{}/{}/{}", draft.kind, draft.id, part.name);
                let job =
                    Job { template, data: &data, date: draft.date, identifier: &identifier, attaches_files: false };
                let pdf = self.typesetter.pdf(&job)?;
                made.read.extend(pdf.read);
                made.warnings.extend(pdf.warnings);
                (pdf.bytes, Some(pdf.pages))
            }
            Recipe::Text { template, data, limit } => {
                made.read.insert((*template).to_owned());
                let (text, warning) = self.text(template, data, *limit).map_err(|diagnostic| vec![diagnostic])?;
                made.warnings.extend(warning);
                (text.into_bytes(), None)
            }
            Recipe::Picture { source, width } => {
                made.read.insert(format!("inputs/{source}"));
                let Some(bytes) = self.inputs.pictures.get(source) else {
                    return Err(vec![cells::missing_image(source)]);
                };
                (
                    picture::for_mail(bytes, *width, &part.name)
                        .map_err(|reason| vec![cells::unreadable_image(source, &reason)])?,
                    None,
                )
            }
            Recipe::Message(recipe) => (message(draft, recipe, made).map_err(|diagnostic| vec![diagnostic])?, None),
            Recipe::Calendar { name, events } => {
                (calendar::file(name, draft.date, &events.iter().map(entry).collect::<Vec<_>>()), None)
            }
            Recipe::Workbook(described) => {
                (workbook::file(described, draft.date).map_err(|reason| vec![commands::internal_error(&reason)])?, None)
            }
            Recipe::Csv { headings, rows } => {
                (csv::table(headings, rows).map_err(|reason| vec![commands::internal_error(&reason)])?, None)
            }
        };
        Ok(Artifact { name: part.name.clone(), bytes: bytes.into(), pages })
    }
}

impl Workshop<'_> {
    /// A text in Markdown as blocks, with the figures that it used.
    fn words(&self, words: &Words) -> Result<(Vec<Block>, Ledger), Diagnostic> {
        let paths = words.figures.iter().map(|(path, _)| path.clone());
        let (blocks, used) = self.texts.words(&words.template, &words.data, paths)?;
        let mut printer = Printer::default();
        for (_, figure) in words.figures.iter().filter(|(path, _)| used.contains(path)) {
            printer.note(figure);
        }
        Ok((blocks, printer.ledger))
    }

    /// The figures that a draft prints, its texts included, without making it.
    pub(super) fn ledger(&self, draft: &Draft) -> Result<Ledger, Diagnostic> {
        let mut ledger = draft.ledger.clone();
        for part in &draft.parts {
            if let Recipe::Pdf { texts, .. } = &part.recipe {
                for words in texts {
                    ledger.extend(self.words(words)?.1);
                }
            }
        }
        Ok(ledger)
    }

    /// A text; where it would be heavier than its limit, its articles are shortened, and a warning says so.
    fn text(
        &self,
        template: &str,
        data: &serde_json::Value,
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

/// A message over the parts that are already made.
fn message(draft: &Draft, recipe: &MessageRecipe, made: &Made) -> Result<Vec<u8>, Diagnostic> {
    let find = |name: &str| {
        let artifact = made.artifacts.iter().find(|artifact| artifact.name == name);
        artifact
            .map(|artifact| artifact.bytes.clone())
            .ok_or_else(|| commands::internal_error(&format!("la partie « {name} » manque au message")))
    };
    let text = String::from_utf8_lossy(&find(&recipe.text)?).into_owned();
    let html = String::from_utf8_lossy(&find(&recipe.html)?).into_owned();
    let pictures = made
        .artifacts
        .iter()
        .filter_map(|artifact| {
            artifact.name.strip_prefix("images/").map(|name| (name.to_owned(), artifact.bytes.clone()))
        })
        .filter(|(name, _)| html.contains(&format!("src=\"images/{name}\"")))
        .collect();
    let attachments = recipe
        .attachments
        .iter()
        .map(|name| find(name).map(|bytes| (name.clone(), bytes)))
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
