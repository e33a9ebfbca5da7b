//! The PDF files that a person brings: those of `inputs/annexes/`, found as cells name them, and what is told of them when
//! they go with an act.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, texts};
use crate::files::{self, Refusal, Workspace};
use crate::papers::{Corner, Enclosure, Unfit};
use crate::records::EnclosedFile;
use crate::render::frames;
use crate::wording::{self, fold, nearest};

/// Files by their names.
pub(super) type Enclosures = BTreeMap<String, Arc<Enclosure>>;

/// The folder in which they stand.
const FOLDER: &str = "annexes";

/// Reads the files that stand in the folder itself.
pub(super) fn read(workspace: &Workspace) -> Result<Enclosures, Refusal> {
    let folder = workspace.inputs.join(FOLDER);
    let mut enclosures = Enclosures::new();
    for name in files::list(&folder)?.into_iter().filter(|name| !name.contains('/')) {
        if let Some(bytes) = files::read(&folder.join(&name))?.filter(|_| fold(&name).ends_with(".pdf")) {
            // Cells are composed; a disk may hold the accents of names apart.
            enclosures.insert(wording::composed(&name), Arc::new(Enclosure::new(bytes)));
        }
    }
    Ok(enclosures)
}

/// The name under which a document remembers that it read a file.
pub(super) fn source(name: &str) -> String {
    format!("inputs/{FOLDER}/{name}")
}

/// The file that such a name means.
pub(super) fn named_by_source(source: &str) -> Option<&str> {
    source.strip_prefix("inputs/")?.strip_prefix(FOLDER)?.strip_prefix('/')
}

/// The file that a cell names, by its very name, else without regard to case and accents.
pub(super) fn find(enclosures: &Enclosures, wanted: &str) -> Result<EnclosedFile, Diagnostic> {
    // `C:rib.pdf` leaves the folder as well.
    if wanted.contains(['/', '\\', ':']) {
        return Err(cells::enclosure_elsewhere(wanted));
    }
    let alike = || enclosures.iter().filter(|(name, _)| fold(name) == fold(wanted)).collect::<Vec<_>>();
    let found = enclosures.get_key_value(wanted).map_or_else(alike, |found| vec![found]);
    match found.as_slice() {
        [(name, file)] => match file.pages() {
            Ok(pages) => Ok(EnclosedFile { name: (*name).clone(), pages }),
            Err(unfit) => Err(cells::unfit_enclosure(name, reason(unfit))),
        },
        [] => {
            let diagnostic = cells::missing_enclosure(wanted);
            Err(match nearest(wanted, enclosures.keys().map(String::as_str)) {
                Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic,
            })
        }
        several => {
            let names: Vec<String> = several.iter().map(|(name, _)| format!("« {name} »")).collect();
            Err(cells::ambiguous_enclosure(wanted, &names.join(" ou ")))
        }
    }
}

fn reason(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Heavy => "plus de 150 Mio",
        Unfit::Unreadable => "ce n’est pas un PDF, ou il est abîmé",
        Unfit::Encrypted => "il est chiffré ou verrouillé",
        Unfit::Active => "il contient du JavaScript",
        Unfit::Attached => "il contient d’autres fichiers, joints à l’intérieur",
        Unfit::Entangled => "ses parties sont comprimées d’une façon qui ne se vérifie pas",
    }
}

/// What a file says, and what is told of it: pages that nobody could search, pages on which the stamp will cover something.
pub(super) fn looked_at(name: &str, file: &Enclosure, stamped: bool) -> (String, Vec<Diagnostic>) {
    let (width, height) = frames::stamp_corner();
    let seen = file.seen(Corner { width, height });
    let mut told = Vec::new();
    if !seen.mute.is_empty() {
        told.push(texts::unsearched_enclosure(name, &pages(&seen.mute)));
    }
    if stamped && !seen.covered.is_empty() {
        told.push(texts::stamped_enclosure(name, &pages(&seen.covered)));
    }
    (seen.words.clone(), told)
}

/// « page 3 », « pages 1 et 2 ».
fn pages(numbers: &[usize]) -> String {
    let listed: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match listed.as_slice() {
        [one] => format!("page {one}"),
        [before @ .., last] => format!("pages {} et {last}", before.join(", ")),
        [] => String::new(),
    }
}
