//! `territoire.toml` to the model's settings: everything that is wrong with it, at its line, at once.

use chrono::{Datelike as _, NaiveDate};
use toml::de::{DeTable, DeValue};

use super::{allowed, colour, own_columns};
use crate::diagnostics::messages::{cells, files};
use crate::diagnostics::{Diagnostic, Place};
use crate::model::{Acts, Allowed, Brand, CeilingRule, LetterSettings, Requests, Territory};
use crate::records::Column;
use crate::wording;
use crate::wording::nearest;

/// The years in which a programme can have happened.
const LIKELY_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The settings, and what is wrong with them. A picture is there when `image` gives nothing.
pub(super) fn read(text: &str, file: &str, image: &dyn Fn(&str) -> Option<Diagnostic>) -> (Territory, Vec<Diagnostic>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut settings = Settings { text, file, table: document.get_ref(), problems: Vec::new(), asked: Vec::new() };
    for error in errors {
        let start = error.span().map_or(0, |span| span.start);
        let diagnostic = files::unreadable_settings(french(error.message())).at(settings.place(start));
        let line = settings.line(start);
        settings.problems.push(match french_date(line) {
            Some(date) => diagnostic.hint(format!("vouliez-vous dire « {date} » ?")),
            None => match straight_quotes(line) {
                Some(line) => diagnostic.hint(format!("un texte se met entre guillemets droits : {line}")),
                None => diagnostic,
            },
        });
    }
    let default = Territory::default();
    let territory = Territory {
        name: wording::apostrophes(settings.required("territoire", "nom")),
        operator: settings.required("territoire", "operateur"),
        programme: settings.text("territoire", "programme").map_or(default.programme, wording::apostrophes),
        manager: settings.text("territoire", "chef_de_projet").map(wording::apostrophes),
        portrait: settings.image("territoire", "portrait", image),
        since: settings.date("territoire", "depuis").unwrap_or(default.since),
        as_of: settings.date("territoire", "arrete_au"),
        retention_months: settings.integer("territoire", "conservation_mois", 1, 1_200).unwrap_or(36),
        is_example: settings.flag("territoire", "exemple"),
        own: settings.own_columns(),
        allowed: settings.allowed(),
        themes: settings.list("territoire", "themes").into_iter().map(wording::apostrophes).collect(),
        letter: LetterSettings {
            per_year: settings.integer("lettre", "par_an", 1, 52).unwrap_or(6),
            sender: settings.address("lettre", "expediteur"),
            sender_name: wording::apostrophes(settings.required("lettre", "nom_expediteur")),
            unsubscribe: settings.unsubscribe("lettre", "desinscription"),
            legal_notice: settings.required("lettre", "mentions"),
        },
        brand: Brand {
            colour: settings.colour("charte", "couleur").unwrap_or(default.brand.colour),
            accent: settings.colour("charte", "accent").unwrap_or(default.brand.accent),
            logo: settings.image("charte", "logo", image),
        },
        requests: Requests {
            holder: settings.text("demandes", "titulaire").unwrap_or_default(),
            iban: settings.iban("demandes", "iban"),
            bic: settings.text("demandes", "bic").unwrap_or_default(),
            siret: settings.text("demandes", "siret").unwrap_or_default(),
            vat: settings.text("demandes", "tva").unwrap_or_default(),
            delay_days: settings.integer("demandes", "delai_jours", 0, 366).unwrap_or(30),
            for_word: settings.asks_for_word("demandes", "formats"),
        },
        acts: Acts {
            piece_type: settings.text("actes", "type_piece").unwrap_or(default.acts.piece_type),
            classification: settings.date("actes", "classification").unwrap_or(default.acts.classification),
        },
        ceiling: settings.ceiling("regles", "plafond_depasse"),
    };
    settings.report_unknown();
    (territory, settings.finish())
}

/// The message of the TOML reader, in French where it is a usual one.
fn french(message: &str) -> &str {
    match message {
        text if text.contains("missing") && text.contains("quote") => "un guillemet manque",
        text if text.contains("duplicate key") => "le même nom est donné deux fois",
        text if text.contains("newline") => "la ligne n’est pas finie comme attendu",
        text if text.contains("key with no value") || text.contains("missing value") => "un nom sans valeur",
        text if text.contains("date") => "une date mal formée",
        _ => "syntaxe TOML",
    }
}

/// The date that is written the French way after the sign `=`, if it is, as TOML writes it.
fn french_date(line: &str) -> Option<NaiveDate> {
    let (_, value) = line.split_once('=')?;
    NaiveDate::parse_from_str(value.split('#').next()?.trim(), "%d/%m/%Y").ok()
}

/// A line whose text stands between curly quotes, between one quote and none, or between none at all, as it should be.
fn straight_quotes(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let is_quote = |c: char| "\"'“”„«»‘’".contains(c) || c.is_whitespace();
    let words = value.trim_matches(is_quote);
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    let is_text = words.contains(char::is_alphabetic) && !value.starts_with(['[', '{', '#']) && !words.contains('"');
    (is_key && is_text).then(|| format!("{key} = \"{words}\""))
}

struct Settings<'a> {
    text: &'a str,
    file: &'a str,
    table: &'a DeTable<'a>,
    problems: Vec<Diagnostic>,
    /// The sections and keys that were asked for: the others are unknown.
    asked: Vec<(&'static str, &'static str)>,
}

impl<'a> Settings<'a> {
    fn place(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Place::Line { file: self.file.to_owned(), line, column }
    }

    /// The line around an offset.
    fn line(&self, offset: usize) -> &'a str {
        let (before, after) = self.text.split_at_checked(offset).unwrap_or((self.text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = offset + after.find('\n').unwrap_or(after.len());
        self.text.get(start..end).unwrap_or_default()
    }

    /// The value of a key and where it stands.
    fn value(&mut self, section: &'static str, key: &'static str) -> Option<(&'a DeValue<'a>, Place)> {
        self.asked.push((section, key));
        let value = self.table.get(section)?.get_ref().as_table()?.get(key)?;
        Some((value.get_ref(), self.place(value.span().start)))
    }

    fn problem(&mut self, key: &str, reason: &str, place: Place) {
        self.problems.push(files::invalid_setting(key, reason).at(place));
    }

    fn text(&mut self, section: &'static str, key: &'static str) -> Option<String> {
        let (value, place) = self.value(section, key)?;
        match value.as_str() {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => {
                self.problem(key, "un texte entre guillemets est attendu", place);
                None
            }
        }
    }

    fn required(&mut self, section: &'static str, key: &'static str) -> String {
        let before = self.problems.len();
        self.text(section, key).unwrap_or_else(|| {
            if self.problems.len() == before {
                let full = format!("{section}.{key}");
                self.problems.push(files::missing_setting(&full).at(Place::File(self.file.to_owned())));
            }
            String::new()
        })
    }

    fn integer(&mut self, section: &'static str, key: &'static str, low: u32, high: u32) -> Option<u32> {
        let (value, place) = self.value(section, key)?;
        let number = value.as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none_or(|number| !(low..=high).contains(&number)) {
            self.problem(key, &format!("un nombre entier de {low} à {high} est attendu"), place);
            return None;
        }
        number
    }

    fn date(&mut self, section: &'static str, key: &'static str) -> Option<NaiveDate> {
        let (value, place) = self.value(section, key)?;
        let date = value.as_datetime().and_then(|date| date.date);
        let date = date
            .and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)));
        match date {
            None => self.problem(key, "une date est attendue, sans guillemets : 2021-01-01", place),
            Some(date) if !LIKELY_YEARS.contains(&date.year()) => {
                self.problem(key, "la date est hors de ce qui est plausible (1990 à 2100)", place);
                return None;
            }
            Some(_) => {}
        }
        date
    }

    /// Yes or no; absent, no.
    fn flag(&mut self, section: &'static str, key: &'static str) -> bool {
        let Some((value, place)) = self.value(section, key) else { return false };
        match value.as_bool() {
            Some(flag) => flag,
            None => {
                self.problem(key, "« true » ou « false » est attendu, sans guillemets", place);
                false
            }
        }
    }

    fn list(&mut self, section: &'static str, key: &'static str) -> Vec<String> {
        let Some((value, place)) = self.value(section, key) else { return Vec::new() };
        let items: Option<Vec<String>> = value
            .as_array()
            .and_then(|items| items.iter().map(|item| item.get_ref().as_str().map(ToOwned::to_owned)).collect());
        items.unwrap_or_else(|| {
            self.problem(key, "une liste de textes est attendue : [\"a\", \"b\"]", place);
            Vec::new()
        })
    }

    /// The columns of one's own.
    fn own_columns(&mut self) -> Vec<(&'static str, &'static Column)> {
        let Some(value) = self.table.get(own_columns::SECTION) else { return Vec::new() };
        let (columns, faults) = own_columns::read(value);
        for (fault, offset) in faults {
            self.problems.push(fault.at(self.place(offset)));
        }
        columns
    }

    /// The phrases that may stand in documents whatever they name.
    fn allowed(&mut self) -> Vec<Allowed> {
        let Some(value) = self.table.get(allowed::SECTION) else { return Vec::new() };
        let (allowed, faults) = allowed::read(value);
        for (fault, offset) in faults {
            self.problems.push(fault.at(self.place(offset)));
        }
        allowed
    }

    fn address(&mut self, section: &'static str, key: &'static str) -> String {
        let address = self.required(section, key);
        if !address.is_empty()
            && address.parse::<lettre::Address>().is_err()
            && let Some((_, place)) = self.value(section, key)
        {
            self.problems.push(cells::invalid_email(&address).at(place));
        }
        address
    }

    fn unsubscribe(&mut self, section: &'static str, key: &'static str) -> String {
        let target = self.required(section, key);
        if !target.is_empty()
            && !target.starts_with("https://")
            && target.parse::<lettre::Address>().is_err()
            && let Some((_, place)) = self.value(section, key)
        {
            self.problem(key, "une adresse électronique ou un lien https:// est attendu", place);
        }
        target
    }

    /// A colour `#rrggbb` that can be read on white and on its own tint, and on which white can be read.
    fn colour(&mut self, section: &'static str, key: &'static str) -> Option<String> {
        let text = self.text(section, key)?.to_lowercase();
        let (_, place) = self.value(section, key)?;
        let Some(parsed) = colour::Rgb::parse(&text) else {
            self.problem(key, "une couleur s’écrit #12365b", place);
            return None;
        };
        let on_tint = if key == "couleur" { parsed.contrast(parsed.ground()) } else { f64::MAX };
        let ratio = parsed.contrast(colour::Rgb::WHITE).min(on_tint);
        if ratio < colour::MINIMUM {
            let ratio = format!("{ratio:.1}").replace('.', ",");
            self.problems.push(files::low_contrast(key, &text, &ratio).at(place));
        }
        Some(text)
    }

    fn image(
        &mut self,
        section: &'static str,
        key: &'static str,
        image: &dyn Fn(&str) -> Option<Diagnostic>,
    ) -> Option<String> {
        let path = self.text(section, key)?;
        let (_, place) = self.value(section, key)?;
        if let Some(diagnostic) = image(&path) {
            self.problems.push(diagnostic.at(place));
        }
        Some(path)
    }

    /// An IBAN whose two check digits hold (ISO 13616: modulo 97).
    fn iban(&mut self, section: &'static str, key: &'static str) -> String {
        let Some(iban) = self.text(section, key) else { return String::new() };
        let compact: String = iban.chars().filter(|c| !c.is_whitespace()).collect();
        let rearranged = compact.get(4..).map(|rest| format!("{rest}{}", &compact[..4]));
        let remainder = rearranged.and_then(|text| {
            text.chars().try_fold(0_u32, |rest, c| {
                let digit = c.to_digit(36)?;
                Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
            })
        });
        if remainder != Some(1)
            && let Some((_, place)) = self.value(section, key)
        {
            self.problem(key, "la clé de l’IBAN n’est pas la bonne", place);
        }
        iban
    }

    /// Whether a list of formats asks for Word files beside the pages, which are always made.
    fn asks_for_word(&mut self, section: &'static str, key: &'static str) -> bool {
        const PAGES: &str = "pdf";
        const WORD: &str = "docx";
        let formats = self.list(section, key);
        if formats.is_empty() {
            return false;
        }
        let is_known = formats.iter().all(|format| [PAGES, WORD].contains(&format.as_str()));
        if let Some((_, place)) = self.value(section, key)
            && !(is_known && formats.iter().any(|format| format == PAGES))
        {
            self.problem(key, "[\"pdf\"] ou [\"pdf\", \"docx\"] est attendu : le PDF se fait toujours", place);
        }
        formats.iter().any(|format| format == WORD)
    }

    fn ceiling(&mut self, section: &'static str, key: &'static str) -> CeilingRule {
        let Some(text) = self.text(section, key) else { return CeilingRule::Error };
        match text.as_str() {
            "erreur" => CeilingRule::Error,
            "avertissement" => CeilingRule::Warning,
            _ => {
                if let Some((_, place)) = self.value(section, key) {
                    self.problem(key, "« erreur » ou « avertissement » est attendu", place);
                }
                CeilingRule::Error
            }
        }
    }

    /// The problems, without those that a fault of syntax on the same line brought along.
    fn finish(self) -> Vec<Diagnostic> {
        let line = |problem: &Diagnostic| match &problem.place {
            Place::Line { line, .. } => *line,
            _ => 0,
        };
        let is_syntax = |problem: &&Diagnostic| problem.code == "reglages-illisibles";
        let broken: Vec<usize> = self.problems.iter().filter(is_syntax).map(line).collect();
        // What a broken line would have said is not missing as well.
        let lines: Vec<&str> = self.text.lines().collect();
        let keys: Vec<&str> = broken
            .iter()
            .filter_map(|line| lines.get(line.checked_sub(1)?)?.split_once('=').map(|(key, _)| key.trim()))
            .collect();
        let is_said = |problem: &Diagnostic| {
            problem.code == "reglage-absent" && keys.iter().any(|key| problem.message.contains(&format!(".{key} »")))
        };
        let is_kept =
            |problem: &Diagnostic| is_syntax(&problem) || !broken.contains(&line(problem)) && !is_said(problem);
        let mut told: Vec<usize> = Vec::new();
        self.problems
            .into_iter()
            .filter(is_kept)
            // One slip makes the reader stumble several times on its line.
            .filter(|problem| {
                let again = is_syntax(&problem) && told.contains(&line(problem));
                told.extend(is_syntax(&problem).then(|| line(problem)));
                !again
            })
            .collect()
    }

    fn report_unknown(&mut self) {
        for (section, value) in self.table {
            let name = section.get_ref().as_ref();
            if [own_columns::SECTION, allowed::SECTION].contains(&name) {
                continue;
            }
            let known: Vec<&str> = self.asked.iter().filter(|(asked, _)| *asked == name).map(|(_, key)| *key).collect();
            let Some(table) = value.get_ref().as_table().filter(|_| !known.is_empty()) else {
                let sections =
                    self.asked.iter().map(|(section, _)| *section).chain([own_columns::SECTION, allowed::SECTION]);
                self.problems.push(unknown(name, nearest(name, sections)).at(self.place(section.span().start)));
                continue;
            };
            for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
                let name = key.get_ref().as_ref();
                self.problems
                    .push(unknown(name, nearest(name, known.iter().copied())).at(self.place(key.span().start)));
            }
        }
    }
}

pub(super) fn unknown(name: &str, near: Option<&str>) -> Diagnostic {
    let diagnostic = files::unknown_setting(name);
    match near {
        Some(near) => diagnostic.hint(format!("vouliez-vous dire « {near} » ?")),
        None => diagnostic,
    }
}
