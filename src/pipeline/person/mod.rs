//! Everything that is kept of one person: found, handed over, erased (RGPD, articles 15, 17 and 20).
//!
//! The workbooks are the user's: what stands there is told with its cells, and he erases it himself. What the program keeps
//! below the results it erases: lists of recipients, those that were sent included, and what it remembers.

mod erase;
mod hand_over;
mod kept;
mod whom;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;
use serde::Serialize;

use self::kept::List;
pub use self::whom::Mention;
use self::whom::{Identity, Somebody};
use super::guard::spoken;
use super::plan::Plan;
use super::store::{Manifest, Store, place};
use super::{Report, Request, read};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::persons;
use crate::documents::{Part, Recipe};
use crate::files::{self, Refusal, Workspace};
use crate::model::Contact;
use crate::render::text::Texts;
use crate::spreadsheets;
use crate::wording::{fold, nearest};

/// What is wanted of a person's data, beside seeing them.
#[derive(Debug, Clone, Copy, Default)]
pub struct PersonRequest<'r> {
    /// Who: an address, or a first and a last name.
    pub query: &'r str,
    /// The folder into which they are written, to be handed over.
    pub export: Option<&'r Path>,
    /// Whether they are erased from what the program keeps.
    pub erase: bool,
}

/// Everything that is kept of a person.
#[derive(Debug, Default, Serialize)]
pub struct Dossier {
    /// Who was asked for.
    #[serde(rename = "recherche")]
    pub query: String,
    /// The addresses.
    #[serde(rename = "adresses")]
    pub addresses: Vec<String>,
    /// The cells of the workbooks.
    #[serde(rename = "cellules", serialize_with = "hand_over::mentions")]
    pub mentions: Vec<Mention>,
    /// Lines of the settings and texts, each with its file.
    #[serde(rename = "textes")]
    pub lines: Vec<String>,
    /// The lists of recipients.
    #[serde(rename = "listes")]
    pub lists: Vec<Held>,
    /// The documents.
    pub documents: Vec<Held>,
    /// The files that were written to be handed over.
    #[serde(skip)]
    pub written: Vec<String>,
    /// The files from which the person was erased.
    #[serde(skip)]
    pub erased: Vec<String>,
}

/// A file below the results in which a person stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Held {
    /// The document, or what the list is.
    #[serde(rename = "titre")]
    pub title: String,
    /// The file, as the user names it.
    #[serde(rename = "fichier")]
    pub file: String,
    /// The day on which it was sent.
    #[serde(rename = "envoye_le", serialize_with = "hand_over::day", skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDate>,
}

/// Everything that is behind a dossier.
struct Search<'s> {
    plan: &'s Plan,
    store: &'s Store<'s>,
    manifests: Vec<Manifest>,
    identity: Identity,
    lists: Vec<List>,
}

/// Finds everything about one person; writes it to be handed over, and erases what the program keeps of it, where that is
/// asked for.
///
/// # Errors
///
/// When the disk refuses.
pub fn person(workspace: &Workspace, request: PersonRequest) -> Result<(Dossier, Report), Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, &Request::default());
    let store = Store::new(workspace, plan.inputs.digest());
    let (pages, lists) = (whom::pages(&plan.inputs), lists(&store)?);
    let somebody: Vec<Somebody> =
        pages.iter().flat_map(whom::Page::somebody).chain(lists.iter().flat_map(List::somebody)).collect();
    let mut identity = Identity::asked(request.query);
    identity.learn(&somebody);
    let manifests = store.manifests(store.kinds().iter().map(String::as_str));
    let search = Search { plan: &plan, store: &store, manifests, identity, lists };
    let mut dossier = search.dossier(request.query, &pages);
    let mut report = Report::default();
    if dossier.is_empty() {
        report.problems.push(unknown(request.query, &somebody));
    } else if (request.erase || request.export.is_some()) && search.identity.is_several() {
        report.problems.push(persons::several(request.query, &dossier.addresses.join(", ")));
    } else {
        if let Some(folder) = request.export {
            match hand_over::write(&search, &dossier, folder) {
                Ok(written) => dossier.written = written,
                Err(problems) => report.problems.extend(problems),
            }
        }
        if request.erase && report.problems.is_empty() {
            match erase::erase(&search, &somebody) {
                Ok(erased) => dossier.erased = erased,
                Err(problem) => report.problems.push(problem),
            }
        }
    }
    Ok((dossier, report))
}

impl Dossier {
    /// The person's name as the sheets write it, else what was asked for.
    fn name(&self) -> String {
        let own = self.mentions.iter().filter(|mention| mention.is_own);
        let said =
            |column: &str| own.clone().find(|it| fold(&it.heading) == fold(column)).and_then(|it| it.text.clone());
        let name: Vec<String> =
            [Contact::FIRST_NAME, Contact::LAST_NAME].iter().filter_map(|column| said(column.heading)).collect();
        if name.is_empty() { self.query.clone() } else { name.join(" ") }
    }

    fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.lines.is_empty() && self.lists.is_empty() && self.documents.is_empty()
    }
}

/// The lists of persons among the results, those included that were kept beside another.
fn lists(store: &Store) -> Result<Vec<List>, Refusal> {
    let mut lists = Vec::new();
    for name in files::list(&store.path("interne"))? {
        let place = format!("interne/{name}");
        let bytes = files::read(&store.path(&place))?;
        lists.extend(bytes.and_then(|bytes| List::read(&place, &bytes)));
    }
    Ok(lists)
}

fn unknown(query: &str, somebody: &[Somebody]) -> Diagnostic {
    let known: Vec<String> = somebody.iter().flat_map(|it| [it.name(), it.address.clone()]).flatten().collect();
    let fault = persons::unknown(query);
    match nearest(query, known.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
        None => fault,
    }
}

impl Search<'_> {
    fn dossier(&self, query: &str, pages: &[whom::Page]) -> Dossier {
        let lists = self.lists.iter().filter(|list| list.count(&self.identity) > 0).map(|list| {
            let recorded = self.recorded(&list.place);
            Held {
                title: recorded.map_or_else(|| list.place.clone(), |(manifest, _)| manifest.titre.clone()),
                file: files::shown(&self.store.path(&list.place)),
                sent: recorded.and_then(|(_, sent)| sent),
            }
        });
        Dossier {
            query: query.to_owned(),
            addresses: self.identity.addresses.iter().cloned().collect(),
            mentions: pages.iter().flat_map(|page| page.mentions(&self.identity)).collect(),
            lines: self.lines(),
            lists: lists.collect(),
            documents: self.documents().into_iter().collect(),
            ..Dossier::default()
        }
    }

    /// The document whose file stands at a place, and the day since which the file is frozen.
    fn recorded(&self, at: &str) -> Option<(&Manifest, Option<NaiveDate>)> {
        self.manifests.iter().find_map(|manifest| {
            let file = manifest.fichiers.iter().find(|file| file.place(manifest) == at)?;
            Some((manifest, file.fige.map(|day| day.0)))
        })
    }

    /// Lines of the settings, and of the texts that are the workspace's own.
    fn lines(&self) -> Vec<String> {
        let templates = &self.plan.inputs.templates;
        let (name, settings) = self.plan.inputs.sources().settings;
        let texts = templates.added().filter_map(|name| templates.get(name));
        let texts = texts.map(|text| (text.shown.clone(), String::from_utf8_lossy(&text.bytes).into_owned()));
        settings
            .map(|settings| (name, settings))
            .into_iter()
            .chain(texts)
            .flat_map(|(file, text)| {
                let found = (1..).zip(text.lines()).filter(|(_, line)| self.identity.stands_in(line));
                found.map(|(number, _)| format!("{file}:{number}")).collect::<Vec<_>>()
            })
            .collect()
    }

    /// The files of documents in which the person stands: by what they are made from today, and by what was written of text
    /// and tables. What pages that were sent long ago say is known as long as the sheets still say it.
    fn documents(&self) -> BTreeSet<Held> {
        let mut held = BTreeSet::new();
        let texts = Texts::new(&self.plan.inputs.templates);
        for document in &self.plan.documents {
            let Ok((draft, _)) = &self.plan.planned(document).drafted else { continue };
            for part in draft.parts.iter().filter(|part| !part.apart && self.identity.stands_in(&said(&texts, part))) {
                let at = place(draft.kind, &draft.id, part);
                if let Some((_, sent)) = self.recorded(&at).filter(|_| files::stamp(&self.store.path(&at)).is_some()) {
                    held.insert(Held { title: draft.title.clone(), file: files::shown(&self.store.path(&at)), sent });
                }
            }
        }
        for manifest in &self.manifests {
            for file in manifest.fichiers.iter().filter(|file| !file.interne) {
                let path = self.store.path(&file.place(manifest));
                let text = files::read(&path).ok().flatten().and_then(|bytes| written(&file.nom, &bytes));
                if text.is_some_and(|text| self.identity.stands_in(&text)) {
                    let sent = file.fige.map(|day| day.0);
                    held.insert(Held { title: manifest.titre.clone(), file: files::shown(&path), sent });
                }
            }
        }
        held
    }
}

/// What a part says, its texts included.
fn said(texts: &Texts, part: &Part) -> String {
    let mut said = spoken(&part.recipe);
    if let Recipe::Pdf { texts: words, comparisons, .. } = &part.recipe {
        let compared = comparisons.iter().flat_map(|it| it.before.iter().chain(&it.after));
        for words in words.iter().chain(compared) {
            if let Ok(rendered) = texts.words(&words.template, &words.data.json(), &words.figures()) {
                said.push_str(&serde_json::to_string(&rendered.text.blocks).unwrap_or_default());
            }
        }
    }
    said
}

/// The words of a file of text, or of a table.
fn written(name: &str, bytes: &[u8]) -> Option<String> {
    match name.rsplit('.').next()? {
        "txt" | "html" | "csv" | "ics" | "json" | "xml" => Some(files::text(bytes).0.into_owned()),
        "xlsx" => {
            let workbook = spreadsheets::read(bytes, name).ok()?;
            let cells = workbook.sheets.iter().flat_map(|sheet| sheet.rows.values().flatten());
            Some(cells.map(|(_, cell)| cell.value.display()).collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    }
}
