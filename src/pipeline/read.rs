//! The workspace's files into memory: workbooks, settings, pictures, templates.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::digest::{Digest, hash};
use super::enclosures::{self, Enclosures};
use crate::diagnostics::messages::{cells, files as messages};
use crate::diagnostics::{Diagnostic, Place};
use crate::files::{self, Refusal, Workspace};
use crate::intake::{Sources, WORKBOOKS};
use crate::records::EnclosedFile;
use crate::render::{Pictures, fonts, picture};
use crate::spreadsheets;
use crate::templates::Templates;

/// What a run reads.
pub struct Inputs {
    settings: (String, Option<String>),
    workbooks: Vec<(String, Option<Arc<[u8]>>)>,
    /// `carte.geojson`: its name, and its bytes where it is there.
    map: (String, Option<Arc<[u8]>>),
    /// Pictures by their path below the inputs.
    pub pictures: Pictures,
    /// The files of `annexes/`, by their names.
    pub(super) enclosures: Enclosures,
    /// Templates, the workspace's over the program's.
    pub templates: Templates,
    image: Box<dyn Fn(&str) -> Option<Diagnostic> + Send + Sync>,
    enclosure: Box<dyn Fn(&str) -> Result<EnclosedFile, Diagnostic> + Send + Sync>,
    /// What the files are told for before anything reads what is in them.
    noticed: Vec<Diagnostic>,
}

impl Inputs {
    /// A hash of everything that was read, and of the program: as long as it is the same, so are all documents.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut digest = Digest::default();
        let mut add = |name: &str, bytes: Option<&[u8]>| {
            // Lengths stand before what they measure: two different states never look the same.
            let _ = write!(digest, "{}:{name}{:?}:", name.len(), bytes.map(<[u8]>::len));
            let _ = digest.write_all(bytes.unwrap_or_default());
        };
        add(env!("LIASSE_PROGRAM"), None);
        add(&self.settings.0, self.settings.1.as_deref().map(str::as_bytes));
        self.workbooks.iter().for_each(|(name, bytes)| add(name, bytes.as_deref()));
        add(&self.map.0, self.map.1.as_deref());
        self.pictures.iter().for_each(|(name, bytes)| add(name, Some(bytes)));
        self.enclosures.iter().for_each(|(name, file)| add(name, Some(file.bytes())));
        for name in self.templates.names() {
            add(name, self.templates.get(name).map(|template| &*template.bytes));
        }
        add(&self.noticed.len().to_string(), None);
        digest.name()
    }

    /// The hash of a template or picture, by the name under which a document reads it.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<String> {
        let picture = || name.strip_prefix("inputs/").and_then(|name| self.pictures.get(name)).map(|bytes| hash(bytes));
        let enclosure = || {
            enclosures::named_by_source(name).and_then(|name| self.enclosures.get(name)).map(|file| hash(file.bytes()))
        };
        self.templates.get(name).map(|template| hash(&template.bytes)).or_else(picture).or_else(enclosure)
    }

    /// A hash of what every page may depend on beside its data: the templates and the pictures.
    pub(super) fn appearance(&self) -> String {
        let mut digest = Digest::default();
        let templates = self.templates.names().filter_map(|name| Some((name, &*self.templates.get(name)?.bytes)));
        for (name, bytes) in templates.chain(self.pictures.iter().map(|(name, bytes)| (name.as_str(), &**bytes))) {
            let _ = write!(digest, "{}:{name}{}:", name.len(), bytes.len());
            let _ = digest.write_all(bytes);
        }
        digest.name()
    }

    /// Puts the earlier bytes of a workbook in place of those that do not open; tells which.
    pub(super) fn keep_readable(&mut self, earlier: &Self) -> Vec<String> {
        let mut kept = Vec::new();
        for (index, (name, bytes)) in self.workbooks.iter_mut().enumerate() {
            let Some((earlier_name, Some(good))) = earlier.workbooks.get(index) else { continue };
            let opens = |bytes: &[u8]| spreadsheets::read(bytes, name).is_ok();
            if bytes.as_ref().is_none_or(|bytes| bytes != good && !opens(bytes)) && opens(good) {
                kept.push(name.clone());
                name.clone_from(earlier_name);
                *bytes = Some(Arc::clone(good));
            }
        }
        kept
    }

    /// The workbooks: the name of the file, and its bytes where it is there.
    pub(super) fn workbooks(&self) -> &[(String, Option<Arc<[u8]>>)] {
        &self.workbooks
    }

    /// The messages for files as files: workbooks that are there twice, texts in another encoding than the usual one.
    pub(super) fn noticed(&self) -> &[Diagnostic] {
        &self.noticed
    }

    /// What the intake reads.
    #[must_use]
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            settings: self.settings.clone(),
            workbooks: self.workbooks.clone(),
            map: self.map.clone(),
            image: &*self.image,
            enclosure: &*self.enclosure,
            has_glyph: &fonts::has_glyph,
        }
    }
}

/// Reads the workspace.
///
/// # Errors
///
/// When a file is there and the system refuses to read it. Absent files are problems of the inputs, told by the intake.
pub fn read(workspace: &Workspace) -> Result<Inputs, Refusal> {
    let settings_path = workspace.inputs.join("territoire.toml");
    let mut noticed = doubles(workspace)?;
    let settings = files::read(&settings_path)?.map(|bytes| {
        let (text, encoding) = files::text(&bytes);
        noticed.extend(encoding.map(|encoding| recoded(&files::shown(&settings_path), encoding)));
        text.into_owned()
    });
    let mut workbooks = Vec::new();
    for workbook in WORKBOOKS {
        workbooks.push(read_workbook(workspace, workbook.stem)?);
    }
    let map = workspace.inputs.join("carte.geojson");
    let map = (files::shown(&map), files::read(&map)?);
    let mut pictures = Pictures::new();
    let folder = workspace.inputs.join("images");
    for name in files::list(&folder)? {
        if let Some(bytes) = files::read(&folder.join(&name))? {
            // Cells are composed; a disk may hold the accents of names apart.
            pictures.insert(format!("images/{}", crate::wording::composed(&name)), bytes);
        }
    }
    let enclosures = enclosures::read(workspace)?;
    let absent = workbooks.iter().filter(|(_, bytes)| bytes.is_none());
    let distant: Vec<Diagnostic> = absent.filter_map(|(path, _)| distant(path)).collect();
    let templates = Templates::load(&[&workspace.templates, &workspace.inputs.join("textes")])?;
    noticed.extend(templates.recoded().map(|(shown, encoding)| recoded(shown, encoding)));
    let known = pictures.clone();
    let image = Box::new(move |path: &str| match known.get(path) {
        Some(bytes) => picture::fault(path, bytes).map(|reason| cells::unreadable_image(path, &reason)),
        None => {
            let diagnostic = cells::missing_image(path);
            Some(match crate::wording::nearest(path, known.keys().map(String::as_str)) {
                Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
                None => diagnostic,
            })
        }
    });
    noticed.extend(distant);
    let brought = enclosures.clone();
    Ok(Inputs {
        enclosures,
        enclosure: Box::new(move |name| enclosures::find(&brought, name)),
        settings: (files::shown(&settings_path), settings),
        workbooks,
        map,
        pictures,
        templates,
        image,
        noticed,
    })
}

/// A workbook in the one format that is there; when both are, neither is read and the intake says why.
fn read_workbook(workspace: &Workspace, stem: &str) -> Result<(String, Option<Arc<[u8]>>), Refusal> {
    let excel = workspace.inputs.join(format!("{stem}.xlsx"));
    let open_document = workspace.inputs.join(format!("{stem}.ods"));
    let path = if !files::is_file(&excel) && files::is_file(&open_document) { open_document } else { excel };
    Ok((files::shown(&path), files::read_settled(&path)?))
}

fn recoded(shown: &str, encoding: &str) -> Diagnostic {
    messages::recoded_text(encoding).at(Place::File(shown.to_owned()))
}

/// The messages for workbooks that are there in two formats, and for copies that nobody reads.
fn doubles(workspace: &Workspace) -> Result<Vec<Diagnostic>, Refusal> {
    let mut told = Vec::new();
    let beside = files::list(&workspace.inputs)?;
    let beside: Vec<&String> = beside.iter().filter(|name| !name.contains('/')).collect();
    for workbook in WORKBOOKS {
        let [excel, open_document] =
            ["xlsx", "ods"].map(|ending| workspace.inputs.join(format!("{}.{ending}", workbook.stem)));
        let (read, other) = (files::shown(&excel), files::shown(&open_document));
        match (files::stamp(&excel), files::stamp(&open_document)) {
            (Some(_), Some(_)) => told.push(messages::two_workbooks(&read, &other).at(Place::File(read))),
            (None, None) => {}
            (excel, open_document) => {
                let path = if excel.is_some() { read } else { other };
                let read = excel.or(open_document).map_or(0, |stamp| stamp.written);
                for name in beside.iter().filter(|name| is_copy(name, workbook.stem)) {
                    let diagnostic = messages::copied_workbook(name).at(Place::File(path.clone()));
                    let copy = files::stamp(&workspace.inputs.join(name)).map_or(0, |stamp| stamp.written);
                    told.push(if copy > read {
                        diagnostic.hint("ce fichier-là a été enregistré plus récemment : est-ce le bon ?")
                    } else {
                        diagnostic
                    });
                }
            }
        }
    }
    Ok(told)
}

/// Whether a file looks like a copy of a workbook: « finances (1).xlsx », « Copie de finances.xlsx ».
fn is_copy(name: &str, stem: &str) -> bool {
    let Some((name, ending)) = name.rsplit_once('.') else { return false };
    let (name, ending) = (crate::wording::fold(name), ending.to_lowercase());
    let goes_on = |rest: &str| !rest.is_empty() && !rest.starts_with(char::is_alphanumeric);
    matches!(ending.as_str(), "xlsx" | "ods" | "xls" | "xlsm")
        && (name.strip_prefix(stem).is_some_and(goes_on)
            || name.strip_suffix(stem).is_some_and(|rest| rest.starts_with("copie") || rest.starts_with("copy")))
}

/// The message for a workbook of which a service has left only a mark.
fn distant(path: &str) -> Option<Diagnostic> {
    let service = files::kept_elsewhere(Path::new(path))?;
    Some(messages::distant_workbook(path, service).at(Place::File(path.to_owned())))
}
