//! The front matter of a template: what it makes, for which rows, for whom, in which formats. Everything that is wrong with
//! it is told at its line, at once.

use toml::de::{DeTable, DeValue};

use super::derived;
use super::families::{FAMILIES, Family, family};
use super::keys::{Audience, DaySource, Format, keys};
use super::schema::{sheet_called, sheets};
use super::select::{Asked, Condition};
use super::slips;
use crate::diagnostics::messages::texts;
use crate::diagnostics::{Diagnostic, Place};
use crate::model::Scope;
use crate::records::{Column, Kind, Sheet};
use crate::templates::{Template, front_matter};
use crate::wording::{self, fold, nearest};

/// What a template says of itself.
pub(super) struct Front {
    pub(super) genre: String,
    pub(super) label: String,
    pub(super) of: Option<&'static Sheet>,
    pub(super) when: Vec<Condition>,
    pub(super) each: Option<&'static Sheet>,
    pub(super) when_each: Vec<Condition>,
    pub(super) id: Option<String>,
    pub(super) date: Vec<DaySource>,
    pub(super) frozen: Vec<DaySource>,
    pub(super) audience: Audience,
    pub(super) family: &'static Family,
    pub(super) formats: Vec<Format>,
    pub(super) file: Option<String>,
    pub(super) within: Option<String>,
    /// The line of each key, for what is found later.
    pub(super) lines: Vec<(String, usize)>,
}

/// The name and the words of a kind that a template declares; nothing where it declares none.
pub(super) fn title(template: &Template) -> Option<(String, String)> {
    let text = std::str::from_utf8(&template.bytes).ok()?;
    let (document, _) = DeTable::parse_recoverable(&text[front_matter(text)?]);
    let table = document.get_ref();
    let get = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default().to_owned();
    Some((get("genre"), get("libelle")))
}

/// The front matter of a template, with what is wrong with it; nothing where there is none.
pub(super) fn read(template: &Template, scope: &Scope) -> Option<Result<Front, Vec<Diagnostic>>> {
    let text = std::str::from_utf8(&template.bytes).ok()?;
    let at = |line: usize| Place::Line { file: template.shown.clone(), line, column: 0 };
    let Some(range) = front_matter(text) else {
        let is_open = text.lines().next().is_some_and(|line| line.trim() == "+++");
        let reason = "il manque la seconde ligne « +++ », qui le ferme avant le texte";
        return is_open.then(|| Err(vec![texts::invalid_front("l’en-tête", reason).at(at(1))]));
    };
    let front = &text[range];
    let (document, errors) = DeTable::parse_recoverable(front);
    // One slip makes a reader stumble over all that follows: the first is told, and nothing else.
    if let Some(error) = errors.first() {
        let (line, reason) = slips::found(front, error.span().map_or(0, |span| span.start), error.message());
        return Some(Err(vec![texts::invalid_front("l’en-tête", &reason).at(at(line + 2))]));
    }
    let mut reader =
        Reader { text: front, shown: &template.shown, table: document.get_ref(), scope, problems: Vec::new() };
    let found = reader.front();
    Some(if reader.problems.is_empty() { Ok(found) } else { Err(reader.problems) })
}

struct Reader<'a> {
    text: &'a str,
    shown: &'a str,
    table: &'a DeTable<'a>,
    scope: &'a Scope<'a>,
    problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// The place of a byte of the front matter, which opens on the second line of its file.
    fn line(&self, offset: usize) -> Place {
        let line = self.text.get(..offset).unwrap_or(self.text).matches('\n').count() + 2;
        Place::Line { file: self.shown.to_owned(), line, column: 0 }
    }

    fn value(&self, key: &str) -> Option<(&'a DeValue<'a>, Place)> {
        let value = self.table.get(key)?;
        Some((value.get_ref(), self.line(value.span().start)))
    }

    fn problem(&mut self, key: &str, reason: &str, place: Place) {
        self.problems.push(texts::invalid_front(key, reason).at(place));
    }

    fn near<'k>(
        &mut self,
        key: &str,
        reason: &str,
        place: Place,
        found: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let problem = texts::invalid_front(key, reason).at(place);
        self.problems.push(match nearest(found, known) {
            Some(near) => problem.hint(format!("vouliez-vous dire « {near} » ?")),
            None => problem,
        });
    }

    fn text(&mut self, key: &str) -> Option<(String, Place)> {
        let (value, place) = self.value(key)?;
        match value.as_str().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Some((text.to_owned(), place)),
            None => {
                self.problem(key, "un texte entre guillemets est attendu", place);
                None
            }
        }
    }

    /// One text, or a list of them.
    fn texts(&mut self, key: &str) -> Vec<(String, Place)> {
        let Some((value, place)) = self.value(key) else { return Vec::new() };
        let items: Vec<&DeValue> = match value.as_array() {
            Some(items) => items.iter().map(toml::Spanned::get_ref).collect(),
            None => vec![value],
        };
        let texts: Option<Vec<String>> = items
            .into_iter()
            .map(|item| {
                let date = || item.as_datetime().map(ToString::to_string);
                item.as_str().map(ToOwned::to_owned).or_else(date)
            })
            .collect();
        if texts.is_none() {
            self.problem(key, "un texte entre guillemets, ou une liste de textes, est attendu", place.clone());
        }
        texts.into_iter().flatten().map(|text| (text, place.clone())).collect()
    }

    fn sheet(&mut self, key: &str) -> Option<&'static Sheet> {
        let (name, place) = self.text(key)?;
        let found = sheets().find(|sheet| fold(sheet.name) == fold(&name));
        if found.is_none() {
            let reason = format!("« {name} » n’est pas une feuille");
            self.near(key, &reason, place, &name, sheets().map(|sheet| sheet.name));
        }
        found
    }

    /// What a row of a sheet is asked by a heading, or by a name that templates know.
    fn asked(&mut self, key: &str, sheet: &'static Sheet, name: &str, place: Place) -> Option<Asked> {
        let columns = self.scope.columns_of(sheet);
        let column = columns.iter().copied().find(|column| fold(column.heading) == fold(name)).map(Asked::Column);
        let derived = || derived::of(sheet).find(|derived| fold(derived.name) == fold(name)).map(Asked::Derived);
        let found = column.or_else(derived);
        if found.is_none() {
            let reason = format!("la feuille {} n’a pas de colonne « {name} »", sheet.name);
            let known = columns.iter().map(|column| column.heading).chain(derived::of(sheet).map(|it| it.name));
            self.near(key, &reason, place, name, known.collect::<Vec<_>>());
        }
        found
    }

    fn conditions(&mut self, key: &str, sheet: Option<&'static Sheet>) -> Vec<Condition> {
        let Some((value, place)) = self.value(key) else { return Vec::new() };
        let Some(table) = value.as_table() else {
            self.problem(key, "des colonnes et leurs valeurs sont attendues : { Type = \"COPIL\" }", place);
            return Vec::new();
        };
        let Some(sheet) = sheet else {
            // A sheet whose name is wrong is told there.
            let of = if key == "quand" { "pour" } else { "chaque" };
            if self.table.get(of).is_none() {
                self.problem(key, &format!("aucune feuille n’est nommée pour ce choix : il manque « {of} »"), place);
            }
            return Vec::new();
        };
        let mut found = Vec::new();
        for (heading, value) in table {
            let place = self.line(heading.span().start);
            let Some(asked) = self.asked(key, sheet, heading.get_ref(), place.clone()) else { continue };
            let items: Vec<&DeValue> = match value.get_ref().as_array() {
                Some(items) => items.iter().map(toml::Spanned::get_ref).collect(),
                None => vec![value.get_ref()],
            };
            let texts: Option<Vec<String>> = items.iter().map(|item| said(item)).collect();
            match texts
                .ok_or_else(|| "un texte ou une liste de textes est attendu".to_owned())
                .and_then(|texts| Condition::read(self.scope, asked, &texts))
            {
                Ok(condition) => found.push(condition),
                Err(reason) => self.problem(&format!("{key} › {}", asked.name()), &reason, place),
            }
        }
        found
    }

    fn days(&mut self, key: &str, known: &[&'static Sheet]) -> Vec<DaySource> {
        let mut found = Vec::new();
        for (text, place) in self.texts(key) {
            if let Some((day, _)) = wording::days_meant(&text).filter(|(first, last)| first == last) {
                found.push(DaySource::Fixed(day));
                continue;
            }
            if text == "situation" {
                found.push(DaySource::Situation);
                continue;
            }
            let Some((sheet, heading)) = text.split_once('.') else {
                let reason = format!(
                    "« {text} » n’est ni une colonne (« Feuille.Colonne »), ni un jour (« 2022-09-15 »), ni « situation »"
                );
                self.problem(key, &reason, place);
                continue;
            };
            let of = known.iter().copied().find(|it| fold(it.name) == fold(sheet)).map(|it| (it, None, it));
            let Some((of, link, sheet)) = of.or_else(|| linked(known, sheet)) else {
                // A sheet whose name is wrong is told there.
                if ["pour", "chaque"].iter().filter(|key| self.table.get(**key).is_some()).count() == known.len() {
                    let names: Vec<String> = known.iter().map(|sheet| format!("« {}.… »", sheet.name)).collect();
                    let links = known
                        .iter()
                        .flat_map(|sheet| links(sheet))
                        .map(|(column, _)| format!("« {}.… »", column.heading));
                    let names: Vec<String> = names.into_iter().chain(links).collect();
                    let can =
                        if names.is_empty() { "un jour, ou « situation »".to_owned() } else { names.join(", ") };
                    self.problem(key, &format!("« {text} » n’est pas une colonne de ses lignes : {can}"), place);
                }
                continue;
            };
            if let Some(asked) = self.asked(key, sheet, heading, place.clone()) {
                if asked.is_day() {
                    found.push(DaySource::Of(of, link, asked));
                } else {
                    self.problem(key, &format!("« {} » n’est pas une date", asked.name()), place);
                }
            }
        }
        found
    }

    fn front(&mut self) -> Front {
        for (name, _) in self.table {
            if !keys().any(|known| known == &**name.get_ref()) {
                let place = self.line(name.span().start);
                let name = name.get_ref().to_string();
                self.near(&name, "cette clé n’existe pas", place, &name, keys());
            }
        }
        let top = Place::Line { file: self.shown.to_owned(), line: 1, column: 0 };
        let genre = self.text("genre");
        if let Some((name, place)) = &genre
            && let Some(reason) = is_no_name(name)
        {
            self.problem("genre", &format!("« {name} » : {reason}"), place.clone());
        }
        if self.table.get("genre").is_none() {
            self.problem("genre", "il manque le nom du genre", top.clone());
        }
        let (of, each) = (self.sheet("pour"), self.sheet("chaque"));
        if let (Some(of), Some(each), Some((_, place))) = (of, each, self.value("chaque"))
            && of.name == each.name
        {
            self.problem("chaque", &format!("{} est déjà la feuille de « pour »", of.name), place);
        }
        let known: Vec<&'static Sheet> = [of, each].into_iter().flatten().collect();
        let (date, frozen) = (self.days("date", &known), self.days("fige", &known));
        let formats = self.formats();
        let id = self.text("id").map(|(text, _)| text);
        let has_rows = self.table.get("pour").is_some();
        if !has_rows && id.is_none() && self.table.get("id").is_none() {
            self.problem("id", "sans « pour », le document a besoin d’un nom", top.clone());
        }
        let needs_date = !has_rows || formats.iter().any(|format| *format != Format::Html && *format != Format::Text);
        if needs_date && self.table.get("date").is_none() {
            self.problem("date", "il manque la date que portent les fichiers", top.clone());
        }
        Front {
            label: self
                .text("libelle")
                .map_or_else(|| genre.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(), |(text, _)| text),
            genre: genre.map(|(name, _)| name).unwrap_or_default(),
            when: self.conditions("quand", of),
            when_each: self.conditions("quand_chaque", each),
            of,
            each,
            id,
            date,
            frozen,
            audience: self.audience(),
            family: self.family(),
            formats,
            file: self.text("fichier").map(|(text, _)| text),
            within: self.text("dans").map(|(text, _)| text),
            lines: self
                .table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), self.number(value.span().start)))
                .collect(),
        }
    }

    fn number(&self, offset: usize) -> usize {
        match self.line(offset) {
            Place::Line { line, .. } => line,
            _ => 1,
        }
    }

    fn audience(&mut self) -> Audience {
        const NAMES: [(&str, Audience); 4] = [
            ("public", Audience::Public),
            ("partenaires", Audience::Partners),
            ("partenaire", Audience::Partner),
            ("interne", Audience::Operator),
        ];
        let Some((name, place)) = self.text("lecteurs") else {
            if self.table.get("lecteurs").is_none() {
                let top = Place::Line { file: self.shown.to_owned(), line: 1, column: 0 };
                self.problem("lecteurs", "il manque qui lit : public, partenaires, partenaire ou interne", top);
            }
            return Audience::Operator;
        };
        NAMES.iter().find(|(known, _)| *known == name).map_or_else(
            || {
                let reason = format!("« {name} » n’est pas un lecteur : public, partenaires, partenaire ou interne");
                self.near("lecteurs", &reason, place, &name, NAMES.map(|(name, _)| name));
                Audience::Operator
            },
            |(_, audience)| *audience,
        )
    }

    fn family(&mut self) -> &'static Family {
        let first = &FAMILIES[0];
        let Some((name, place)) = self.text("famille") else {
            if self.table.get("famille").is_none() {
                let top = Place::Line { file: self.shown.to_owned(), line: 1, column: 0 };
                self.problem("famille", "il manque la famille", top);
            }
            return first;
        };
        family(&name).unwrap_or_else(|| {
            let names: Vec<&str> = FAMILIES.iter().map(|family| family.name).collect();
            let reason = format!("« {name} » n’est pas une famille : {}", names.join(", "));
            self.near("famille", &reason, place, &name, names);
            first
        })
    }

    fn formats(&mut self) -> Vec<Format> {
        let mut found = Vec::new();
        for (name, place) in self.texts("formats") {
            match Format::ALL.iter().find(|(known, _)| *known == name) {
                Some((_, format)) if !found.contains(format) => found.push(*format),
                Some(_) => {}
                None => {
                    let names = Format::ALL.map(|(name, _)| name);
                    let reason = format!("« {name} » n’est pas un format : {}", names.join(", "));
                    self.near("formats", &reason, place, &name, names);
                }
            }
        }
        if self.table.get("formats").is_none() {
            found.push(Format::Pdf);
        }
        found
    }
}

/// What a value says.
fn said(value: &DeValue) -> Option<String> {
    let flag = || value.as_bool().map(|yes| if yes { "oui" } else { "non" }.to_owned());
    let day = || value.as_datetime().map(ToString::to_string);
    let number = || value.as_integer().map(ToString::to_string);
    value.as_str().map(ToOwned::to_owned).or_else(flag).or_else(day).or_else(number)
}

/// The columns of a sheet that lead to one row of another, with that sheet.
fn links(sheet: &'static Sheet) -> impl Iterator<Item = (&'static Column, &'static Sheet)> {
    sheet.columns.iter().copied().filter_map(|column| match column.kind {
        Kind::Reference(to, _) => Some((column, sheet_called(to)?)),
        _ => None,
    })
}

/// The only column of some sheets that is called so, or that leads to the sheet that is: its own sheet, it, and that sheet.
fn linked(known: &[&'static Sheet], name: &str) -> Option<(&'static Sheet, Option<&'static Column>, &'static Sheet)> {
    let all = || known.iter().flat_map(|sheet| links(sheet).map(|(column, to)| (*sheet, Some(column), to)));
    let is_called = |column: Option<&Column>| column.is_some_and(|column| fold(column.heading) == fold(name));
    let by_heading = all().find(|(_, column, _)| is_called(*column));
    let mut by_sheet = all().filter(|(_, _, to)| fold(to.name) == fold(name));
    by_heading.or_else(|| by_sheet.next().filter(|_| by_sheet.next().is_none()))
}

/// Why a name cannot stand on the command line and as a folder's name on every system.
#[must_use]
pub fn is_no_name(name: &str) -> Option<&'static str> {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(1..=40).contains(&name.len()) {
        Some("il a entre 1 et 40 signes")
    } else if name.chars().any(char::is_uppercase) {
        Some("il s’écrit sans capitale")
    } else if name.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
        Some("il s’écrit sans accent")
    } else if !name.chars().all(is_letter) {
        Some("il n’a que des lettres, des chiffres et des traits d’union")
    } else if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        Some("il commence par une lettre")
    } else if ["familles", "commun", "interne"].contains(&name) {
        Some("le programme garde ce nom pour lui")
    } else {
        crate::wording::improper_name(name)
    }
}
