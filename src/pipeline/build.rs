//! Making what is out of date, and putting it into its place.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use super::audit;
use super::catalogue;
use super::make::{Made, Workshop};
use super::parts::each;
use super::plan::{Document, Plan};
use super::publish::Site;
use super::shown::first_steps;
use super::standing::{Standing, standing};
use super::store::{FileRecord, Known, Manifest, Store, Touch, Wish};
use super::{Options, Outcome, Progress, Report, Request, State, read, unread};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::commands;
use crate::documents::{Draft, KINDS};
use crate::files::{self, Refusal, Workspace};
use crate::own;
use crate::templates::Templates;
use crate::threads;

/// Builds what is asked for and out of date.
///
/// # Errors
///
/// When the disk refuses to be read; a refusal to write belongs to its document.
pub fn build(workspace: &Workspace, request: &Request, options: Options) -> Result<Report, Refusal> {
    let inputs = read(workspace)?;
    if !options.force
        && let Some(report) = nothing_to_do(&Store::new(workspace, inputs.digest()), &inputs.templates, request)
    {
        return Ok(report);
    }
    build_with(workspace, &Plan::new(workspace, inputs, request), request, options)
}

/// Builds the documents of a plan.
///
/// # Errors
///
/// When the disk refuses to be read; a refusal to write belongs to its document.
pub(super) fn build_with(
    workspace: &Workspace,
    plan: &Plan,
    request: &Request,
    options: Options,
) -> Result<Report, Refusal> {
    let store = Store::new(workspace, plan.inputs.digest());
    let mut report = plan.report();
    if plan.known.is_empty() && !report.has_errors() {
        report.problems.push(nothing_announced(plan));
    }
    report.problems.extend(empty_kind(plan, request));
    let orphans = orphans(&store, plan, request);
    let sound = orphans.is_empty()
        && !report.has_errors()
        && !plan.understood.problems.iter().any(Diagnostic::is_error)
        && plan.documents.iter().all(|document| plan.planned(document).drafted.is_ok());
    report.problems.extend(orphans);
    report.problems.extend(forgotten(&store, plan, request));
    if plan.documents.iter().all(|document| plan.planned(document).drafted.is_err()) {
        report.outcomes = plan.documents.iter().filter_map(|document| stopped(plan, &store, document)).collect();
        return Ok(report);
    }
    let Some(_lock) = store.lock_all(!plan.is_whole())? else {
        report.problems.push(commands::another_run(&files::shown(&workspace.out)));
        return Ok(report);
    };
    store.recover()?;
    let wish = if options.force { Wish::Restore } else { Wish::Quick };
    let standings = threads::map(&plan.documents, threads::usual(), |document| standing(plan, &store, document, wish));
    let site = Site::new(plan, &store);
    let recorded = plan.documents.iter().zip(&standings).filter(|(_, standing)| !standing.is_made());
    let recorded = recorded.filter_map(|(document, standing)| Some((document, standing.manifest.as_ref()?)));
    report.problems.extend(audit::editions(plan, &store, recorded));
    let mut tasks = Vec::new();
    for (document, standing) in plan.documents.iter().zip(&standings) {
        match &plan.planned(document).drafted {
            Ok((draft, _)) if options.force || !standing.is_made() => tasks.push(Task { document, draft, standing }),
            _ => {}
        }
    }
    let mut made = make_all(&site, &tasks, wish, options).into_iter();
    for (document, standing) in plan.documents.iter().zip(&standings) {
        let is_task = tasks.iter().any(|task| std::ptr::eq(task.document, document));
        report.outcomes.extend(match (is_task, &standing.manifest) {
            (true, _) => made.next(),
            (false, Some(manifest)) if plan.planned(document).drafted.is_ok() => {
                confirm(&store, manifest)?;
                Some(up_to_date(&store, manifest, standing))
            }
            (false, _) => stopped(plan, &store, document),
        });
    }
    // What was made is audited once it stands: all of it together, or what changed beside what was made before.
    let learned = match (plan.is_whole(), tasks.is_empty()) {
        (true, _) => audit::findings(plan),
        (false, true) => Vec::new(),
        (false, false) => audit::findings_beside(plan, &store),
    };
    let sound = sound && learned.is_empty();
    report.problems.extend(learned);
    if sound && report.outcomes.iter().all(|outcome| outcome.state.is_right()) {
        let told = if plan.is_whole() { ignored(plan, &store) } else { Vec::new() };
        let quiet = plan.template_faults().len() + usize::from(forgotten(&store, plan, request).is_some());
        let known = known(plan, &store, request, told.len() + quiet);
        report.problems.extend(told);
        let covered = store.known().is_some_and(|it| known.genres.iter().all(|kind| it.genres.contains(kind)));
        if !covered {
            store.know(&known)?;
        }
    }
    if plan.is_whole() {
        store.tidy(store.kinds().iter().map(String::as_str))?;
    }
    Ok(report)
}

/// The most folders that are told by their names.
const MOST_FOLDERS: usize = 6;

/// A document that is to be made.
struct Task<'t> {
    document: &'t Document,
    draft: &'t Draft,
    standing: &'t Standing,
}

/// Makes documents and puts each into its place; outcomes keep the order of the tasks.
fn make_all(site: &Site, tasks: &[Task], wish: Wish, options: Options) -> Vec<Outcome> {
    let shop = Workshop::new(site.plan).remembering(options.remembered);
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    each(tasks, options.jobs.get(), |task, within| {
        let Task { document, draft, standing } = *task;
        let state = if standing.manifest.is_some() { State::Stale } else { State::New };
        let mut outcome = Outcome::new(document.kind.name, &document.id, &draft.title, state);
        outcome.is_preparatory = draft.is_preparatory;
        if !stop.load(Ordering::Relaxed) {
            let start = Instant::now();
            let existing = |part: &_| site.store.evidence(standing.manifest.as_ref(), draft, part, wish);
            match shop.make(draft, &existing, within) {
                Ok(made) => {
                    told(&mut outcome, &made);
                    outcome.state =
                        site.publish(document, draft, &made, wish, &mut outcome).unwrap_or_else(|refusal| {
                            outcome.problems.push(refusal);
                            State::Failed
                        });
                }
                Err(problems) => {
                    outcome.problems = problems;
                    outcome.state = State::Failed;
                }
            }
            outcome.took = start.elapsed();
        }
        if outcome.state == State::Failed && !options.keep_going {
            stop.store(true, Ordering::Relaxed);
        }
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        (options.progress)(Progress { done, total: tasks.len(), title: &draft.title });
        outcome
    })
}

/// Notes what a document is made of.
pub(super) fn told(outcome: &mut Outcome, made: &Made) {
    outcome.made = true;
    outcome.parts = made.artifacts.iter().map(|artifact| (artifact.name.clone(), artifact.took)).collect();
    outcome.size = made.artifacts.len();
    let restricted = made.artifacts.iter().filter(|artifact| !artifact.public);
    outcome.restricted = restricted.map(|artifact| artifact.name.clone()).collect();
    outcome.problems.extend(made.warnings.iter().chain(&made.told).cloned());
}

/// The outcome of a document that something keeps from being made; what it is, the report tells, and what happened to what
/// was sent of it, the outcome. What no row announces is no document.
fn stopped(plan: &Plan, store: &Store, document: &Document) -> Option<Outcome> {
    let is_known = plan.known.iter().any(|(kind, id)| kind.name == document.kind.name && *id == document.id);
    let state = match plan.planned(document).errors {
        0 => State::Failed,
        errors => State::Blocked(errors),
    };
    is_known.then(|| {
        let mut outcome = Outcome::new(document.kind.name, &document.id, &document.id, state);
        let manifest = store.manifest(document.kind.name, &document.id);
        outcome.problems = manifest.map(|manifest| store.disturbances(&manifest)).unwrap_or_default();
        outcome
    })
}

/// The outcome of a document that is up to date. What was sent and would be otherwise today, or is no longer what was
/// sent, is told every time.
fn up_to_date(store: &Store, manifest: &Manifest, standing: &Standing) -> Outcome {
    let mut outcome = Outcome::new(own::interned(&manifest.genre), &manifest.document, &manifest.titre, standing.state);
    for file in manifest.fichiers.iter().filter(|file| file.differe) {
        let path = files::shown(&store.path(&file.place(manifest)));
        outcome.problems.extend(file.difference(&path));
    }
    outcome.problems.extend(standing.told.iter().cloned());
    outcome.size = manifest.fichiers.len();
    outcome
}

/// Notes that a document is right at this state of the inputs.
fn confirm(store: &Store, manifest: &Manifest) -> Result<(), Refusal> {
    if manifest.donnees == store.digest {
        return Ok(());
    }
    store.confirm(&Manifest { donnees: store.digest.clone(), ..manifest.clone() })
}

/// What was sent and is announced by no row any more. While a sheet cannot be read, nobody knows what it announces.
pub(super) fn orphans(store: &Store, plan: &Plan, request: &Request) -> Vec<Diagnostic> {
    if request.id.is_some() || plan.understood.problems.iter().any(Diagnostic::is_error) {
        return Vec::new();
    }
    let is_known = |manifest: &Manifest| {
        plan.known.iter().any(|(kind, id)| kind.name == manifest.genre && *id == manifest.document)
    };
    let kinds = store.kinds();
    let wanted =
        kinds.iter().map(String::as_str).filter(|kind| request.kind.as_ref().is_none_or(|wanted| wanted == kind));
    let manifests = store.manifests(wanted).into_iter().filter(|manifest| !is_known(manifest));
    manifests.flat_map(|manifest| store.lost(&manifest, None)).collect()
}

/// What is told where a kind of the program is asked for of which there is no document yet; a template's choice says it
/// itself.
fn empty_kind(plan: &Plan, request: &Request) -> Option<Diagnostic> {
    let asked = request.kind.as_deref().filter(|_| plan.documents.is_empty() && !plan.known.is_empty())?;
    let kind = plan.catalogue.kind(asked).ok()?;
    Some(commands::nothing_of_kind(kind.name, kind.none()?))
}

/// Folders of documents of one's own that no row announces any more, and whose files are still there: they were made under
/// another name, or for a row that is gone. They may have been handed on, and are left alone.
pub(super) fn forgotten(store: &Store, plan: &Plan, request: &Request) -> Option<Diagnostic> {
    if request.id.is_some() || plan.understood.problems.iter().any(Diagnostic::is_error) {
        return None;
    }
    let is_own = |kind: &&str| KINDS.iter().all(|known| known.name != *kind);
    let is_wanted = |kind: &&str| request.kind.as_ref().is_none_or(|wanted| wanted == kind);
    let kinds = store.kinds();
    let manifests = store.manifests(kinds.iter().map(String::as_str).filter(is_own).filter(is_wanted)).into_iter();
    let is_left = |manifest: &Manifest| {
        let is_known = plan.known.iter().any(|(kind, id)| kind.name == manifest.genre && *id == manifest.document);
        let is_there = |file: &FileRecord| store.touch(manifest, file, false) != Some(Touch::Missing);
        !is_known && !manifest.is_sent() && manifest.fichiers.iter().any(is_there)
    };
    let left: Vec<String> =
        manifests.filter(is_left).map(|manifest| format!("{}/{}", manifest.genre, manifest.document)).collect();
    let more = left.len().saturating_sub(MOST_FOLDERS);
    let names = left.iter().take(MOST_FOLDERS).map(String::as_str).collect::<Vec<_>>().join(", ");
    let names = if more > 0 { format!("{names} et {more} de plus") } else { names };
    (!left.is_empty()).then(|| commands::forgotten_folders(&names))
}

/// What is missing in the sheets to make a first letter.
fn nothing_announced(plan: &Plan) -> Diagnostic {
    let missing = first_steps(plan).into_iter().filter(|step| step.rows == 0);
    missing.fold(commands::nothing_announced(), |diagnostic, step| {
        let headings = step.required.join(", ");
        diagnostic.hint(format!("{}.xlsx › {} : au moins une ligne ({headings})", step.workbook, step.sheet))
    })
}

/// The documents that a build would make, for other machines to share among them.
///
/// # Errors
///
/// When the disk refuses to be read.
pub fn jobs(
    workspace: &Workspace,
    request: &Request,
    force: bool,
) -> Result<(Vec<(&'static str, String)>, Report), Refusal> {
    let plan = Plan::new(workspace, read(workspace)?, request);
    let store = Store::new(workspace, plan.inputs.digest());
    let report = plan.report();
    let is_due = |document: &&Document| {
        plan.planned(document).drafted.is_ok() && (force || !standing(&plan, &store, document, Wish::Quick).is_made())
    };
    let due = plan.documents.iter().filter(is_due).map(|document| (document.kind.name, document.id.clone()));
    Ok((due.collect(), report))
}

/// The report of a run that can tell from the records alone that there is nothing to do.
fn nothing_to_do(store: &Store, templates: &Templates, request: &Request) -> Option<Report> {
    let known = store.known()?;
    let kinds = catalogue::names(templates, request);
    if !kinds.iter().all(|kind| known.genres.iter().any(|known| known == kind)) {
        return None;
    }
    let mut report = Report::default();
    let wanted = known.documents.iter().filter(|(kind, id)| {
        kinds.iter().any(|known| known == kind) && request.id.as_ref().is_none_or(|wanted| wanted == id)
    });
    for (kind, id) in wanted {
        let manifest = store.manifest(kind, id)?;
        let untouched = manifest.fichiers.iter().all(|file| store.touch(&manifest, file, false).is_none());
        if manifest.donnees != store.digest || manifest.programme != env!("LIASSE_PROGRAM") || !untouched {
            return None;
        }
        report.told += manifest.avertissements;
        let differs = manifest.fichiers.iter().any(|file| file.differe);
        let state = if manifest.is_sent() { State::Sent { differs } } else { State::Current };
        report.outcomes.push(up_to_date(store, &manifest, &Standing { state, manifest: None, told: Vec::new() }));
    }
    let concerns = |names: &&Vec<String>| kinds.iter().any(|kind| names.iter().any(|name| name == kind));
    report.told += known.avertissements.iter().filter(concerns).count();
    (!report.outcomes.is_empty()).then_some(report)
}

/// What is told of the templates that no document reads.
fn ignored(plan: &Plan, store: &Store) -> Vec<Diagnostic> {
    if plan.inputs.templates.added().next().is_none() {
        return Vec::new();
    }
    let read = unread::recorded(&store.manifests(store.kinds().iter().map(String::as_str)));
    unread::names(plan, &read).iter().map(|name| unread::told(&plan.inputs.templates, name)).collect()
}

fn known(plan: &Plan, store: &Store, request: &Request, ignored: usize) -> Known {
    let kinds = || plan.catalogue.wanted(request).into_iter().map(ToOwned::to_owned).collect::<Vec<_>>();
    let concerned = plan.understood.problems.iter().map(|problem| plan.concerned(problem));
    Known {
        donnees: store.digest.clone(),
        genres: kinds(),
        documents: plan.known.iter().map(|(kind, id)| (kind.name.to_owned(), id.clone())).collect(),
        avertissements: concerned.chain(std::iter::repeat_with(kinds).take(ignored)).collect(),
    }
}
