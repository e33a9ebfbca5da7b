//! One document: how it stands and why, its pages, where its numbers come from, who may have it, how it is sent.

use std::io::Write as _;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use super::answers::{self, Answer, step};
use super::home::{counted, frame, is_alarming};
use super::problems::{groups, short};
use super::routes::Fields;
use super::state::{Shared, State};
use crate::diagnostics::Diagnostic;
use crate::figures::Printed;
use crate::files;
use crate::pipeline::{Cause, Laid, Leaves, Shown, ShownFile, Snapshot, State as Standing};
use crate::wording::{self, capitalized};

/// The most causes that are told one by one.
const MOST_CAUSES: usize = 30;

/// The page of a document.
pub(super) fn address(kind: &str, id: &str) -> String {
    format!("/document/{}/{}", step(kind), step(id))
}

/// A state of the inputs in which a document can be shown: the present one, else the last good one.
struct View {
    snapshot: Arc<Snapshot>,
    shown: Shown,
    is_present: bool,
}

impl View {
    fn of(state: &State, kind: &str, id: &str) -> Option<Self> {
        let (snapshot, shown) = state.find(kind, id)?;
        let good = || state.find_good(kind, id).map(|(snapshot, shown)| Self { snapshot, shown, is_present: false });
        let is_right = snapshot.is_right(shown);
        let present = Self { snapshot, shown, is_present: true };
        if is_right { Some(present) } else { good().or(Some(present)) }
    }

    fn files(&self) -> Vec<ShownFile> {
        self.snapshot.files(self.shown).map(|(_, files)| files).unwrap_or_default()
    }

    fn laid(&self, file: &str) -> Option<Laid> {
        self.snapshot.screen(self.shown, file)
    }
}

/// A view of a file with pages. What is wrong with a page is known once it is set: then the last good one stands in.
fn leaves(shared: &Shared, kind: &str, id: &str, file: &str) -> Option<(View, Laid)> {
    let view = View::of(&shared.state(), kind, id)?;
    let laid = view.laid(file)?;
    if laid.is_ok() {
        return Some((view, laid));
    }
    let earlier = View::of(&shared.state(), kind, id)?;
    let again = earlier.laid(file).filter(|laid| laid.is_ok());
    Some(again.map_or((view, laid), |laid| (earlier, laid)))
}

/// The page of a document, with one of its files.
pub(super) fn page(shared: &Shared, kind: &str, id: &str, file: Option<&str>, asked: &Fields) -> Option<Answer> {
    let place = address(kind, id);
    let state = shared.state();
    let (snapshot, shown) = state.find(kind, id)?;
    let frame = frame(&state, &place);
    let standing = state.standing(kind, id);
    let told = state.is_made(&(kind.to_owned(), id.to_owned())).map(|(_, _, told)| told.clone()).unwrap_or_default();
    let view = View::of(&state, kind, id)?;
    let workspace = state.workspace.clone()?;
    drop(state);
    let files = view.files();
    let tabs = || files.iter().filter(|file| !file.name.contains("images/"));
    let first = || tabs().find(|file| file.paged).or_else(|| tabs().next());
    let file = tabs().find(|it| file == Some(&it.name)).or_else(first);
    let base = file.map_or_else(|| place.clone(), |file| format!("{place}/{}", step(&file.name)));
    let laid = file.filter(|file| file.paged).and_then(|file| leaves(shared, kind, id, &file.name));
    let is_present = laid.as_ref().map_or(view.is_present, |(view, _)| view.is_present);
    let drafted = snapshot.files(shown);
    let mut problems: Vec<Diagnostic> = drafted.as_ref().err().cloned().unwrap_or_default();
    let present = file.filter(|file| file.paged).and_then(|file| snapshot.screen(shown, &file.name));
    problems.extend(present.iter().filter_map(|laid| laid.as_ref().as_ref().err()).flatten().cloned());
    problems.extend(told.into_iter().filter(|it| !problems.contains(it)).collect::<Vec<_>>());
    let (errors, remarks): (Vec<&Diagnostic>, Vec<&Diagnostic>) = problems.iter().partition(|it| it.is_error());
    let pages = laid.as_ref().and_then(|(view, laid)| {
        let file = view.files().into_iter().find(|it| file.is_some_and(|file| file.name == it.name))?;
        Some(leaves_shown(laid.as_ref().as_ref().ok()?, kind, id, &file, &base))
    });
    let printed = match &laid {
        Some((_, laid)) => laid.as_ref().as_ref().map(|leaves| leaves.printed.as_slice()).unwrap_or_default(),
        None => &[],
    };
    let figures_of = laid.as_ref().map_or(&view.snapshot, |(view, _)| &view.snapshot);
    let figure = asked.get("chiffre").and_then(|number| printed.get(number.parse::<usize>().ok()?));
    let title = drafted.map_or_else(|_| format!("{} {id}", snapshot.label(shown)), |(title, _)| title.to_owned());
    let data = json!({
        "cadre": frame,
        "titre": capitalized(&title),
        "genre": kind,
        "document": id,
        "adresse": place,
        "base": base,
        "etat": standing.map(Standing::name),
        "phrase": standing.map(phrase),
        "alerte": standing.is_some_and(is_alarming),
        "a_faire": standing.is_some_and(|it| matches!(it, Standing::New | Standing::Stale)),
        "altere": standing == Some(Standing::Altered),
        "envoi": snapshot.sending(shown).map(|_| format!("/envoi/{}/{}", step(kind), step(id))),
        "present": is_present,
        "erreurs": groups(&errors),
        "remarques": groups(&remarks),
        "compte_remarques": counted(remarks.len(), "remarque", "remarques"),
        "pourquoi": asked.get("pourquoi").map(|_| why(&snapshot, shown, &workspace)),
        "remises": asked.get("remise").map(|_| handed(&snapshot, shown, &place)),
        "fichiers": tabs().map(|it| json!({ "nom": it.name, "adresse": format!("{place}/{}", step(&it.name)),
                                            "ici": file.is_some_and(|file| file.name == it.name), "diffusion": it.diffusion })).collect::<Vec<_>>(),
        "fichier": file.map(|file| opened(&workspace.out, kind, id, file)),
        "pages": pages,
        "chiffre": figure.map(|printed| explained(figures_of, printed)),
        "chiffres": asked.get("chiffres").map(|_| listed(printed)),
    });
    Some(answers::page(200, "document.html", &data))
}

/// What a state means, in a sentence.
fn phrase(state: Standing) -> String {
    match state {
        Standing::New => "Il n’a pas encore été fabriqué.".to_owned(),
        Standing::Stale => "Quelque chose a changé depuis qu’il a été fabriqué.".to_owned(),
        Standing::Current => "Ses fichiers sont ce que donnent les classeurs d’aujourd’hui.".to_owned(),
        Standing::Sent { differs: false } => {
            "Ses fichiers sont ceux qui ont été envoyés ; ils ne changent plus.".to_owned()
        }
        Standing::Sent { differs: true } => {
            "Ses fichiers restent ceux qui ont été envoyés ; les données ont changé depuis, et les pages ci-dessous \
             montrent ce qu’elles donneraient aujourd’hui."
                .to_owned()
        }
        Standing::Altered => {
            "Un fichier envoyé a été modifié ou retiré depuis, ou les classeurs ne le disent plus envoyé.".to_owned()
        }
        Standing::Blocked(errors) => {
            format!(
                "{} dans ce qu’il lit l’{}.",
                counted(errors, "erreur", "erreurs"),
                if errors > 1 { "arrêtent" } else { "arrête" }
            )
        }
        Standing::Failed => "Il n’a pas pu être fabriqué ; les fichiers précédents sont gardés.".to_owned(),
    }
}

/// Why it would be made anew, a line a cell.
fn why(snapshot: &Snapshot, shown: Shown, workspace: &files::Workspace) -> Value {
    let causes: Vec<Cause> = snapshot.why(workspace, shown).map(|explained| explained.causes).unwrap_or_default();
    let more = causes.len().saturating_sub(MOST_CAUSES);
    json!({
        "lignes": causes.iter().take(MOST_CAUSES).map(|cause| capitalized(&cause.to_string())).collect::<Vec<_>>(),
        "reste": (more > 0).then(|| counted(more, "autre changement", "autres changements")),
    })
}

/// What may be handed to whom.
fn handed(snapshot: &Snapshot, shown: Shown, place: &str) -> Vec<Value> {
    let handed = snapshot.handed(shown);
    let link = |key: &str| format!("{}/{}", place.replacen("/document/", "/remise/", 1), step(key));
    let one = |it: &crate::pipeline::Handed| {
        json!({ "lecteurs": it.name, "titre": capitalized(&it.name), "adresse": link(&it.key), "compte": counted(it.files.len(), "fichier", "fichiers"),
                "fichiers": it.files.iter().map(|(name, _)| name).collect::<Vec<_>>() })
    };
    handed.iter().map(one).collect()
}

/// A file that is looked at: whether it stands among the results, and how it can be shown.
fn opened(out: &std::path::Path, kind: &str, id: &str, file: &ShownFile) -> Value {
    let link = format!("/fichier/{}/{}/{}", step(kind), step(id), step(&file.name));
    let ending = file.name.rsplit('.').next().unwrap_or_default();
    json!({
        "nom": file.name,
        "la": files::stamp(&out.join(&file.place)).is_some(),
        "adresse": link,
        "version": files::stamp(&out.join(&file.place)).map_or(0, |stamp| stamp.written),
        "pages": file.paged,
        "lisible": matches!(ending, "html" | "txt" | "csv" | "ics" | "eml" | "json" | "xml" | "png"),
        "diffusion": file.diffusion,
    })
}

/// The pages as pictures, with the places of their figures.
fn leaves_shown(leaves: &Leaves, kind: &str, id: &str, file: &ShownFile, base: &str) -> Vec<Value> {
    let sizes = leaves.screen.sizes();
    let count = sizes.len();
    let picture = format!("/page/{}/{}/{}", step(kind), step(id), step(&file.name));
    let one = |(index, (width, height)): (usize, &(f64, f64))| {
        let spots = leaves.spots.get(index).map(Vec::as_slice).unwrap_or_default();
        let round = |value: f64| format!("{value:.1}");
        let spot = |spot: &crate::pipeline::Spot| {
            json!({ "x": round(spot.x - 1.5), "y": round(spot.y - 1.0), "l": round(spot.width + 3.0), "h": round(spot.height + 2.0),
                    "adresse": format!("{base}?chiffre={}", spot.figure),
                    "texte": leaves.printed.get(spot.figure).map(Printed::text) })
        };
        json!({ "largeur": round(*width), "hauteur": round(*height),
                "source": format!("{picture}/{index}?v={}", file.version),
                "texte": format!("{}, page {} sur {count}", file.name, index + 1),
                "legende": format!("{} / {count}", index + 1),
                "chiffres": spots.iter().map(spot).collect::<Vec<_>>() })
    };
    sizes.iter().enumerate().map(one).collect()
}

/// A figure with the cells that it comes from.
fn explained(snapshot: &Snapshot, printed: &Printed) -> Value {
    let cells = printed.figure().sources();
    let sources = snapshot.sources(cells);
    let total = cells.iter().count();
    let mut workbooks: Vec<&str> = sources.iter().map(|source| &*source.at.file).collect();
    workbooks.dedup();
    let row = |source: &crate::pipeline::SourceCell| {
        json!({ "cellule": format!("{} › {}", source.at.sheet, source.at.name()), "colonne": source.heading,
                "ligne": source.row, "texte": source.text })
    };
    json!({
        "texte": printed.text(),
        "libelle": capitalized(printed.figure().label()),
        "cellules": cells.to_string().lines().map(ToOwned::to_owned).collect::<Vec<_>>(),
        "lignes": sources.iter().map(row).collect::<Vec<_>>(),
        "reste": (total > sources.len()).then(|| counted(total - sources.len(), "autre cellule", "autres cellules")),
        "classeurs": workbooks.iter().map(|path| json!({ "chemin": path, "nom": short(path) })).collect::<Vec<_>>(),
    })
}

/// The figures of a file, each way once, with the cells of each.
fn listed(printed: &[Printed]) -> Vec<Value> {
    let mut seen = std::collections::BTreeSet::new();
    let is_new = |it: &(usize, &Printed)| seen.insert((it.1.figure().name().to_owned(), it.1.text().to_owned()));
    let one = |(index, printed): (usize, &Printed)| {
        json!({ "numero": index, "texte": printed.text(), "libelle": capitalized(printed.figure().label()),
                "cellules": printed.figure().sources().to_string().lines().collect::<Vec<_>>().join(" ; ") })
    };
    printed.iter().enumerate().filter(is_new).map(one).collect()
}

/// A page as a picture.
pub(super) fn picture(shared: &Shared, kind: &str, id: &str, file: &str, number: usize) -> Option<Answer> {
    let (_, laid) = leaves(shared, kind, id, file)?;
    let picture = laid.as_ref().as_ref().ok()?.screen.picture(number)?;
    shared.seen();
    Some(answers::picture(picture))
}

/// A finished file. The pictures of an e-mail stand beside it: they are shown inside it.
pub(super) fn file(shared: &Shared, kind: &str, id: &str, name: &str, wanted: bool) -> Option<Answer> {
    let state = shared.state();
    let view = View::of(&state, kind, id)?;
    let out = state.workspace.as_ref()?.out.clone();
    drop(state);
    let known = view.files();
    let read = |name: &str| {
        let file = known.iter().find(|file| file.name == name)?;
        files::read(&out.join(&file.place)).ok().flatten()
    };
    let bytes = read(name)?.to_vec();
    if wanted || !name.ends_with(".html") {
        return Some(answers::file(name, bytes, wanted));
    }
    let mut text = String::from_utf8(bytes).ok()?;
    for picture in known.iter().filter(|file| file.name.starts_with("images/")) {
        let source = format!("src=\"{}\"", picture.name);
        if let Some(bytes) = read(&picture.name).filter(|_| text.contains(&source)) {
            let kind = if picture.name.ends_with(".png") { "png" } else { "jpeg" };
            text =
                text.replace(&source, &format!("src=\"data:image/{kind};base64,{}\"", BASE64_STANDARD.encode(bytes)));
        }
    }
    Some(answers::file(name, text.into_bytes(), false))
}

/// The files of a document for some readers, in one archive, and nothing else.
pub(super) fn bundle(shared: &Shared, kind: &str, id: &str, readers: &str) -> Option<Answer> {
    let state = shared.state();
    let (snapshot, shown) = state.find(kind, id)?;
    let is_right = state.standing(kind, id).is_some_and(Standing::is_right);
    let out = state.workspace.as_ref()?.out.clone();
    drop(state);
    let handed = snapshot.handed(shown).into_iter().find(|handed| handed.key == readers).filter(|_| is_right)?;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, place) in &handed.files {
        let bytes = files::read(&out.join(place)).ok().flatten()?;
        archive.start_file(name, SimpleFileOptions::default()).ok()?;
        archive.write_all(&bytes).ok()?;
    }
    let bytes = archive.finish().ok()?.into_inner();
    Some(answers::file(&format!("{kind}-{id}-{readers}.zip"), bytes, true))
}

/// How a document is sent: what the user's mailbox can do, the cell to fill, and whether it is filled.
pub(super) fn sending(shared: &Shared, kind: &str, id: &str) -> Option<Answer> {
    let state = shared.state();
    let (snapshot, shown) = state.find(kind, id)?;
    let sending = snapshot.sending(shown)?;
    let frame = frame(&state, &format!("/envoi/{}/{}", step(kind), step(id)));
    let standing = state.standing(kind, id);
    let is_awaited = state.awaited.contains(&(kind.to_owned(), id.to_owned()));
    drop(state);
    let (title, known) = snapshot.files(shown).map(|(title, files)| (title.to_owned(), files)).unwrap_or_default();
    let of = |ending: &str, apart: bool| {
        known.iter().find(|file| file.apart == apart && file.name.ends_with(ending)).map(|file| file.name.clone())
    };
    let data = json!({
        "cadre": frame,
        "titre": capitalized(&title),
        "genre": kind,
        "document": id,
        "adresse": address(kind, id),
        "pret": standing.is_some_and(Standing::is_right),
        "etat": standing.map(Standing::name),
        "message": of(".eml", false),
        "liste": of(".xlsx", true),
        "liste_csv": of(".csv", true),
        "classeur": &*sending.cell.file,
        "classeur_nom": short(&sending.cell.file),
        "feuille": &*sending.cell.sheet,
        "cellule": sending.cell.name(),
        "colonne": sending.heading,
        "envoye": sending.day.map(wording::date),
        "attendu": is_awaited,
        "aujourdhui": shared.today.format("%d/%m/%Y").to_string(),
    });
    Some(answers::page(200, "envoi.html", &data))
}
