//! Documents of one's own: kinds that a template declares in its front matter. Nothing is compiled.
//!
//! A template is read once a run: its front matter, the names that it uses in every branch, the parts that its family knows.
//! For each row that it is for, it is rendered over the rows that the file's readers may read.

mod derived;
mod draft;
mod examples;
mod families;
mod front;
mod guide;
mod join;
mod keys;
mod schema;
mod select;
mod slips;
mod values;

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use self::front::Front;
use self::schema::Schema;
use self::select::Condition;
use crate::diagnostics::messages::{commands, texts};
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::documents::{Draft, Part};
use crate::model::{AnyRow, Desk, Disclosure, Scope};
use crate::records::Sheet;
use crate::render::markdown::{Fence, fence};
use crate::render::scrutiny;
use crate::templates::{Template, Templates};
use crate::wording;

pub use self::front::is_no_name;
pub use self::guide::guide;

/// A kind that a template declares.
pub struct Genre {
    front: Front,
    /// The template's name.
    template: String,
    schema: &'static Schema,
    faults: OnceLock<Vec<Diagnostic>>,
}

/// A document that the sheets announce: its name, and its row.
type Announced = (Result<String, Diagnostic>, Option<AnyRow>);

/// The most values of a column that are told where none of them is asked for.
const MOST_VALUES: usize = 12;

/// The kinds that templates declare.
#[derive(Default)]
pub struct Genres {
    /// The kinds, in the order of their names.
    pub found: Vec<Arc<Genre>>,
    /// What is wrong with front matters.
    pub faults: Vec<Diagnostic>,
    /// The folders of templates whose front matter is wrong, each with the first fault.
    pub faulty: Vec<(String, Diagnostic)>,
}

/// The name and the words of each kind that templates declare, right or wrong, for help.
#[must_use]
pub fn titles(templates: &Templates) -> Vec<(String, String)> {
    let template = |name: &str| front::title(templates.get(name)?);
    templates
        .names()
        .filter(|name| is_declaring(name))
        .filter_map(template)
        .filter(|(name, _)| !name.is_empty())
        .collect()
}

/// Whether a template declares a kind of this name.
#[must_use]
pub fn declares(templates: &Templates, template: &str, kind: &str) -> bool {
    let title = || front::title(templates.get(template)?);
    is_declaring(template) && title().is_some_and(|(name, _)| name == kind)
}

/// The names of all families.
pub fn families() -> impl Iterator<Item = &'static str> {
    families::FAMILIES.iter().map(|family| family.name)
}

fn is_declaring(name: &str) -> bool {
    name.ends_with(".md.j2") && name.matches('/').count() == 1
}

impl Genres {
    /// The kinds of the templates; `taken` are the names that kinds have already.
    #[must_use]
    pub fn read(templates: &Templates, scope: &Scope, taken: &[&str]) -> Self {
        let mut genres = Self::default();
        for name in templates.names().filter(|name| is_declaring(name)) {
            let Some(template) = templates.get(name) else { continue };
            let fail = |genres: &mut Self, faults: Vec<Diagnostic>| {
                let folder = name.split('/').next().unwrap_or_default().to_owned();
                genres.faulty.extend(faults.first().map(|fault| (folder, fault.clone())));
                genres.faults.extend(faults);
            };
            match front::read(template, scope) {
                None => {}
                Some(Err(faults)) => fail(&mut genres, faults),
                Some(Ok(front)) => match genres.refused(&front, name, template, taken) {
                    Some(fault) => fail(&mut genres, vec![fault]),
                    None => genres.found.push(Arc::new(Genre {
                        front,
                        template: name.to_owned(),
                        schema: Schema::of(scope),
                        faults: OnceLock::new(),
                    })),
                },
            }
        }
        genres.found.sort_by(|left, right| left.front.genre.cmp(&right.front.genre));
        genres
    }

    /// Why a kind cannot be: its name is taken, or its folder is another's.
    fn refused(&self, front: &Front, name: &str, template: &Template, taken: &[&str]) -> Option<Diagnostic> {
        let place = |key: &str| {
            let line = front.lines.iter().find(|(known, _)| known == key).map_or(1, |(_, line)| *line);
            Place::Line { file: template.shown.clone(), line, column: 0 }
        };
        let folder = name.split('/').next().unwrap_or_default();
        let told = |reason: &str| Some(texts::invalid_front("genre", reason).at(place("genre")));
        if taken.contains(&front.genre.as_str()) {
            return told(&format!("« {} » est le nom d’un genre ou d’une commande du programme", front.genre));
        }
        if let Some(other) = self.found.iter().find(|other| other.front.genre == front.genre) {
            return told(&format!("« {} » est déjà le genre de {}", front.genre, other.template));
        }
        if folder != front.genre {
            return told(&format!("le dossier s’appelle « {folder} » : il porte le nom du genre"));
        }
        match &front.within {
            Some(kind) if kind != "annexes" => Some(
                texts::invalid_front("dans", "seul le dossier d’une délibération (annexes) reçoit d’autres pièces")
                    .at(place("dans")),
            ),
            Some(_) if front.of.is_none_or(|sheet| sheet.name != "Délibérations") => Some(
                texts::invalid_front("dans", "une pièce d’un dossier se fait pour chaque ligne de Délibérations")
                    .at(place("dans")),
            ),
            _ => None,
        }
    }
}

impl Genre {
    /// Its name on the command line and in `out/`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        interned(&self.front.genre)
    }

    /// What it is, for help and lists.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.front.label
    }

    /// The kind whose documents it adds files to, where it makes none of its own.
    #[must_use]
    pub fn within(&self) -> Option<&str> {
        self.front.within.as_deref()
    }

    /// Everything that is wrong with the template, in every branch.
    pub fn faults(&self, templates: &Templates) -> &[Diagnostic] {
        self.faults.get_or_init(|| {
            let rows: Vec<&'static Sheet> = [self.front.of, self.front.each].into_iter().flatten().collect();
            let mut faults = scrutiny::words(templates, &self.template, self.schema.shape(rows)).faults;
            if let Some(template) = templates.get(&self.template) {
                faults.extend(self.unknown_parts(template));
            }
            faults
        })
    }

    /// Parts that the family does not know, and parts that nothing closes.
    fn unknown_parts(&self, template: &Template) -> Vec<Diagnostic> {
        let text = String::from_utf8_lossy(&template.bytes);
        let mut faults = Vec::new();
        let mut open: Vec<(usize, &str)> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let at = |diagnostic: Diagnostic, number: usize| {
                let place = Place::Line { file: template.shown.clone(), line: number, column: 1 };
                diagnostic.at(place).showing(Excerpt::Source {
                    text: text.lines().nth(number - 1).unwrap_or_default().to_owned(),
                    start: 0,
                    length: line.chars().count(),
                })
            };
            match fence(line) {
                None => {}
                Some(Fence::Close) if open.pop().is_none() => {
                    faults.push(at(texts::unknown_part(":::", "rien n’est ouvert"), number));
                }
                Some(Fence::Close) => {}
                Some(Fence::Open(name, _)) => {
                    open.push((number, name));
                    if self.front.family.part(name).is_none() {
                        let known: Vec<&str> = self.front.family.parts.iter().map(|part| part.name).collect();
                        let reason = format!("la famille {} connaît : {}", self.front.family.name, known.join(", "));
                        let fault = texts::unknown_part(name, &reason);
                        faults.push(at(
                            match wording::nearest(name, known) {
                                Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
                                None => fault,
                            },
                            number,
                        ));
                    }
                }
            }
        }
        faults.extend(open.into_iter().map(|(number, name)| {
            let place = Place::Line { file: template.shown.clone(), line: number, column: 1 };
            texts::unknown_part(name, "une ligne « ::: » doit la fermer").at(place)
        }));
        faults
    }

    /// The documents that the sheets announce, each with its row.
    fn rows(&self, maker: &Maker, scope: &Scope) -> Vec<Announced> {
        let Some(sheet) = self.front.of else {
            return vec![(self.id(maker, scope, None), None)];
        };
        let each = self.front.each.map(|sheet| Self::chosen(scope, sheet, &self.front.when_each));
        // A row that none of « chaque » goes with would be a document without files; that no row fits at all is a fault.
        let has_files = |row: &AnyRow| {
            each.as_ref()
                .is_none_or(|each| each.is_empty() || each.iter().any(|it| join::go_together(scope, *row, *it)))
        };
        let rows = Self::chosen(scope, sheet, &self.front.when).into_iter().filter(has_files);
        rows.map(|row| (self.id(maker, scope, Some(row)), Some(row))).collect()
    }

    /// The rows of a sheet that say what a template wants of them.
    fn chosen(scope: &Scope, sheet: &Sheet, wanted: &[Condition]) -> Vec<AnyRow> {
        let situation = LazyCell::new(|| scope.situation());
        let says_so = |row: &AnyRow| wanted.iter().all(|condition| condition.holds(scope, *row, &|| *situation));
        scope.rows_of(sheet).into_iter().filter(says_so).collect()
    }

    /// The documents that the sheets announce.
    #[must_use]
    pub fn known(&self, maker: &Maker) -> Vec<String> {
        let desk = Desk::new(maker.shared);
        let known = self.known_on(maker, &desk);
        maker.desk.absorb(&desk.reads());
        known
    }

    fn known_on(&self, maker: &Maker, desk: &Desk) -> Vec<String> {
        let scope = desk.scope(crate::model::Readers::Operator);
        let mut known: Vec<String> = self.rows(maker, &scope).into_iter().filter_map(|(id, _)| id.ok()).collect();
        let mut seen = BTreeSet::new();
        known.retain(|id| seen.insert(id.to_lowercase()));
        known
    }

    /// Rows that have no name of their own, or one that another has; that no row fits at all; rows that would not fit.
    #[must_use]
    pub fn nameless(&self, maker: &Maker) -> Vec<Diagnostic> {
        let scope = maker.desk.scope(crate::model::Readers::Operator);
        let rows = self.rows(maker, &scope);
        let doubles = self.doubles(&scope, &rows).into_iter().map(|(_, fault)| fault);
        let mut faults: Vec<Diagnostic> = doubles.collect();
        faults.extend(self.unmatched(maker, &scope, rows.len()));
        if self.faults(maker.templates).is_empty() {
            faults.extend(self.foreseen(maker));
        }
        faults.extend(rows.into_iter().filter_map(|(id, _)| id.err()));
        faults
    }

    /// The names, folded, that several rows give their documents.
    fn doubles(&self, scope: &Scope, rows: &[Announced]) -> Vec<(String, Diagnostic)> {
        // Rows of one key are told where they stand: what bears their name is no further fault.
        let key = |row: AnyRow| -> Vec<_> {
            row.sheet().key.iter().map(|column| (scope.field_of(row, column), scope.links_of(row, column))).collect()
        };
        let mut seen: Vec<(String, AnyRow)> = Vec::new();
        let mut doubles = Vec::new();
        for (id, row) in rows.iter().filter_map(|(id, row)| Some((id.as_ref().ok()?, (*row)?))) {
            let folded = id.to_lowercase();
            let first = seen.iter().find(|(known, _)| *known == folded).map(|(_, first)| *first);
            match first {
                Some(first) if key(first).is_empty() || key(first) != key(row) => {
                    let fault = texts::same_document(&self.front.label, id);
                    let fault = fault.at_cell(scope.cell_of(row, row.sheet().columns[0]));
                    let number = scope.number_of(first);
                    doubles.push((folded, fault.hint(format!(
                        "l’autre est la ligne {number} ; ajouter à « id », dans l’en-tête du gabarit, ce qui les distingue"
                    ))));
                }
                Some(_) => {}
                None => seen.push((folded, row)),
            }
        }
        doubles
    }

    /// Why no row makes a document, where a template of one's own makes none: it may be meant so, until a row comes.
    fn unmatched(&self, maker: &Maker, scope: &Scope, found: usize) -> Option<Diagnostic> {
        let sheet = self.front.of.filter(|_| found == 0)?;
        maker.templates.added().find(|name| *name == self.template)?;
        let all = scope.rows_of(sheet);
        let day = LazyCell::new(|| scope.situation());
        let told = |key: &str, reason: String| texts::no_row(&self.front.label, &reason).at(self.place(maker, key));
        let key = if self.front.when.is_empty() { "pour" } else { "quand" };
        if all.is_empty() {
            return Some(told("pour", format!("la feuille {} n’a pas de ligne", sheet.name)));
        }
        if let (false, Some(each)) = (Self::chosen(scope, sheet, &self.front.when).is_empty(), self.front.each) {
            let reason =
                format!("aucune ligne retenue de {} n’est liée à une ligne retenue de {}", sheet.name, each.name);
            return Some(told("chaque", reason));
        }
        let fault = told(key, format!("aucune ligne de {} ne convient à « quand »", sheet.name));
        let alone = self.front.when.iter().filter(|it| !all.iter().any(|row| it.holds(scope, *row, &|| *day)));
        Some(alone.fold(fault, |fault, condition| {
            let (name, values) = condition.values(scope, &all, &|| *day);
            let several = if values.len() > MOST_VALUES { ", …" } else { "" };
            let values: Vec<String> = values.into_iter().take(MOST_VALUES).collect();
            fault.hint(match values.as_slice() {
                [] => format!("« {name} » n’est rempli sur aucune ligne"),
                values => format!("« {name} » contient : {}{several}", values.join(", ")),
            })
        }))
    }

    /// A document's draft.
    ///
    /// # Errors
    ///
    /// Everything that keeps it from being made.
    pub fn draft(&self, maker: &Maker, id: &str) -> Result<Draft, Vec<Diagnostic>> {
        let faults = self.faults(maker.templates);
        if !faults.is_empty() {
            return Err(faults.to_vec());
        }
        let scope = maker.desk.scope(crate::model::Readers::Operator);
        let rows = self.rows(maker, &scope);
        let doubles = self.doubles(&scope, &rows).into_iter().filter(|(folded, _)| *folded == id.to_lowercase());
        let doubles: Vec<Diagnostic> = doubles.map(|(_, fault)| fault).collect();
        if !doubles.is_empty() {
            return Err(doubles);
        }
        match rows.iter().find(|(known, _)| known.as_deref() == Ok(id)) {
            Some((_, row)) => self.document(maker, &scope, id, *row),
            None => {
                let known: Vec<String> = rows.into_iter().filter_map(|(id, _)| id.ok()).collect();
                let list = if known.is_empty() { "aucun".to_owned() } else { known.join(", ") };
                let fault = commands::unknown_document(self.name(), id, &list);
                Err(vec![match wording::nearest(id, known.iter().map(String::as_str)) {
                    Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
                    None => fault,
                }])
            }
        }
    }

    /// The files that it adds to a document of another kind; none where the document is not one of its own.
    ///
    /// # Errors
    ///
    /// Everything that keeps them from being made.
    pub fn added_parts(&self, maker: &Maker, id: &str) -> Result<Vec<Part>, Vec<Diagnostic>> {
        let scope = maker.desk.scope(crate::model::Readers::Operator);
        let is_known = self.rows(maker, &scope).iter().any(|(known, _)| known.as_deref() == Ok(id));
        if is_known { self.draft(maker, id).map(|draft| draft.parts) } else { Ok(Vec::new()) }
    }
}

/// What a document of one's own is made from.
#[derive(Clone, Copy)]
pub struct Maker<'a> {
    /// The rows.
    pub shared: &'a Arc<Disclosure>,
    /// Where it is noted what was read.
    pub desk: &'a Desk<'a>,
    /// The templates.
    pub templates: &'a Templates,
    /// Whether there is a picture of this path below the inputs.
    pub has_picture: &'a dyn Fn(&str) -> bool,
}

/// A name for as long as the program runs: it meets few.
#[must_use]
pub fn interned(name: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    name
}
