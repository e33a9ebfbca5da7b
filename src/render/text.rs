//! Words: minijinja over Markdown, HTML and plain text, with the program's only formatter as filters.
//!
//! Values are escaped for what they go into: HTML in `.html.j2`, Markdown in `.md.j2`, nothing in `.txt.j2`. Names that do
//! not exist are errors, at file and line.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use chrono::NaiveDate;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};
use regex::Regex;

use super::markdown::{self, Block, Run};
use super::tracked::{self, Register};
use crate::diagnostics::messages::texts;
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::templates::Templates;
use crate::wording;

/// How a template names another one.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\{%[-+]?\s*(?:include|import|from|extends)\s+["']([^"']+)["']"#)
        .unwrap_or_else(|error| unreachable!("a pattern does not compile: {error}"))
});

/// The name of the escaping of Markdown templates.
const MARKDOWN: &str = "markdown";

/// The environment of a run: every text template, parsed on first use.
pub struct Texts<'a> {
    environment: Environment<'a>,
    templates: &'a Templates,
}

impl<'a> Texts<'a> {
    /// An environment over the templates.
    #[must_use]
    pub fn new(templates: &'a Templates) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(syntax());
        environment.set_auto_escape_callback(|name| {
            match name.strip_suffix(".j2").unwrap_or(name).rsplit('.').next() {
                Some("html" | "xml") => AutoEscape::Html,
                Some("md") => AutoEscape::Custom(MARKDOWN.into()),
                _ => AutoEscape::None,
            }
        });
        environment.set_formatter(format_value);
        add_filters(&mut environment);
        for name in templates.names().filter(|name| name.ends_with(".j2")) {
            if let Some(source) = templates.get(name).and_then(|template| std::str::from_utf8(&template.bytes).ok()) {
                // A template that does not parse is reported when it is used, or by `faults`.
                let _ = environment.add_template(name, source);
            }
        }
        Self { environment, templates }
    }

    /// Renders a template with data.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the template, at file and line.
    pub fn render(&self, name: &str, data: &serde_json::Value) -> Result<String, Diagnostic> {
        self.render_value(name, || Value::from(Serde(data)))
    }

    fn render_value(&self, name: &str, data: impl Fn() -> Value) -> Result<String, Diagnostic> {
        let Some(template) = self.templates.get(name) else { return Err(texts::missing_template(name)) };
        let source = String::from_utf8_lossy(&template.bytes);
        let rendered = match self.environment.get_template(name) {
            Ok(parsed) => parsed.render(data()),
            // Parsing it alone gives the reason why it is not in the environment.
            Err(_) => self.environment.render_named_str(name, &source, data()),
        };
        rendered.map_err(|error| self.explain(name, &error))
    }

    /// Renders a Markdown template into blocks, and tells which of the figures, known by their paths in the data, it used.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the template, at file and line.
    pub fn words(
        &self,
        name: &str,
        data: &serde_json::Value,
        figures: impl IntoIterator<Item = String>,
    ) -> Result<(Vec<Block>, Vec<String>), Diagnostic> {
        let register = Register::new(figures);
        let text = self.render_value(name, || tracked::value(data.clone(), &register))?;
        Ok((markdown::blocks(&text), register.asked()))
    }

    /// A template with all that it includes, extends or imports, by name.
    #[must_use]
    pub fn family(&self, name: &str) -> BTreeSet<String> {
        let mut family = BTreeSet::new();
        let mut waiting = vec![name.to_owned()];
        while let Some(name) = waiting.pop() {
            let source =
                self.templates.get(&name).map(|template| String::from_utf8_lossy(&template.bytes).into_owned());
            if family.insert(name) {
                let named = source.iter().flat_map(|source| REFERENCE.captures_iter(source));
                waiting.extend(named.map(|found| found[1].to_owned()));
            }
        }
        family
    }

    /// Everything that is wrong with the templates before any data comes in.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for name in self.templates.names().filter(|name| name.ends_with(".j2")) {
            let Some(template) = self.templates.get(name) else { continue };
            let source = String::from_utf8_lossy(&template.bytes);
            if let Err(error) = Environment::new().template_from_named_str(name, &source) {
                faults.push(self.explain(name, &error));
            }
        }
        faults
    }

    /// An error of minijinja as one of ours, in French, at its file and line.
    fn explain(&self, name: &str, error: &Error) -> Diagnostic {
        // The innermost error knows the file that is really at fault.
        let mut error = error;
        while let Some(inner) = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Error>()) {
            error = inner;
        }
        let detail = error.detail().unwrap_or_default();
        let name = error.name().unwrap_or(name);
        let template = self.templates.get(name);
        let text = template.map(|template| String::from_utf8_lossy(&template.bytes).into_owned()).unwrap_or_default();
        let range = error.range();
        let snippet = range.clone().and_then(|range| text.get(range)).unwrap_or_default().trim().to_owned();
        let diagnostic = match error.kind() {
            ErrorKind::UndefinedError => texts::undefined_name(if snippet.is_empty() { detail } else { &snippet }),
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownMethod => texts::unknown_filter(if snippet.is_empty() { detail } else { &snippet }),
            ErrorKind::TemplateNotFound => texts::missing_template(detail),
            ErrorKind::SyntaxError => texts::invalid_template(&french_syntax(detail)),
            ErrorKind::MissingArgument => texts::invalid_template("il manque une valeur à un filtre"),
            _ => texts::invalid_template(if detail.is_empty() { "opération impossible" } else { detail }),
        };
        let shown = template.map_or_else(|| name.to_owned(), |template| template.shown.clone());
        let line = error.line().unwrap_or(1);
        let line_text = text.lines().nth(line - 1).unwrap_or_default().to_owned();
        let start = range
            .as_ref()
            .and_then(|range| text.get(..range.start))
            .map_or(0, |before| before.rsplit('\n').next().unwrap_or_default().chars().count());
        let length = snippet.lines().next().unwrap_or_default().chars().count();
        let column = if range.is_some() { start + 1 } else { 0 };
        diagnostic.at(Place::Line { file: shown, line, column }).showing(Excerpt::Source {
            text: line_text,
            start,
            length,
        })
    }
}

/// Block tags may stand on lines of their own without leaving blank lines behind.
fn syntax() -> SyntaxConfig {
    let built = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    built.unwrap_or_default()
}

fn french_syntax(detail: &str) -> String {
    match detail {
        text if text.contains("unexpected end of input") => {
            "la fin du fichier arrive trop tôt : une balise n’est pas fermée".to_owned()
        }
        text if text.contains("unexpected end of") => "une accolade n’est pas fermée".to_owned(),
        text if text.starts_with("unexpected") => format!("inattendu : {}", text.trim_start_matches("unexpected ")),
        text if text.contains("unknown statement") => {
            format!("instruction inconnue : {}", text.trim_start_matches("unknown statement "))
        }
        text => text.to_owned(),
    }
}

/// Writes a value, escaped for the language of the template.
fn format_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let escape = match state.auto_escape() {
        _ if value.is_safe() || value.is_undefined() => return minijinja::escape_formatter(out, state, value),
        AutoEscape::Html => html_escape,
        AutoEscape::Custom(name) if name == MARKDOWN => markdown::escape,
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let text = if value.is_none() { String::new() } else { value.to_string() };
    out.write_str(&escape(&text)).map_err(|_| Error::from(ErrorKind::WriteFailure))
}

/// The formatter of the documents as filters: `{{ total | euros }}`.
fn add_filters(environment: &mut Environment) {
    environment.add_filter("nombre", |value: i64| wording::group(value));
    environment.add_filter("plus_de", |value: i64| wording::more_than(value));
    environment.add_filter("euros", |cents: i64| wording::euros(cents));
    environment.add_filter("euros_court", |cents: i64| wording::compact_euros(cents));
    environment.add_filter("euros_en_lettres", |cents: i64| wording::euros_in_words(cents));
    environment.add_filter("en_lettres", |value: u64| wording::cardinal(value, false));
    environment.add_filter("ordinal", |value: u32| wording::ordinal(value, false));
    environment.add_filter("prose", |text: &str| wording::prose(text));
    environment.add_filter("majuscule", |text: &str| wording::capitalized(text));
    environment.add_filter("enumeration", |items: Vec<String>| wording::enumeration(&items));
    environment.add_filter("date", |date: &str| parse_date(date).map(wording::date));
    environment.add_filter("date_longue", |date: &str| parse_date(date).map(wording::date_with_weekday));
    environment.add_filter("date_en_lettres", |date: &str| parse_date(date).map(wording::date_in_words));
    environment.add_filter("mois", |date: &str| parse_date(date).map(wording::month));
    environment.add_filter("pourcent", |share: Vec<i64>| match share.as_slice() {
        [part, whole] => Ok(wording::percent(*part, *whole, 1)),
        _ => Err(Error::new(ErrorKind::InvalidOperation, "« pourcent » attend deux nombres : [part, tout]")),
    });
    environment.add_filter("html", |blocks: Value| -> Result<Value, Error> {
        blocks_of(blocks).map(|blocks| Value::from_safe_string(html(&blocks)))
    });
    environment.add_filter("texte", |blocks: Value| -> Result<String, Error> {
        blocks_of(blocks).map(|blocks| markdown::plain_text(&blocks))
    });
    environment.add_filter("debut", |blocks: Value, length: usize| -> Result<String, Error> {
        blocks_of(blocks).map(|blocks| opening(&markdown::plain_text(&blocks), length))
    });
    environment.add_filter("plier", |text: &str, width: Option<usize>| wrap(text, width.unwrap_or(72)));
}

fn blocks_of(value: Value) -> Result<Vec<Block>, Error> {
    if value.kind() != ValueKind::Seq {
        return Err(Error::new(ErrorKind::InvalidOperation, "ce filtre attend un texte en Markdown"));
    }
    serde::Deserialize::deserialize(value)
}

fn parse_date(text: &str) -> Result<NaiveDate, Error> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("« {text} » n’est pas une date AAAA-MM-JJ")))
}

/// Blocks as HTML for messages: no style but the element's own; the template sets the rest.
fn html(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let _ = match block {
            Block::Heading { level, runs } => write!(out, "<h{level}>{}</h{level}>", html_runs(runs)),
            Block::Paragraph { runs } => write!(out, "<p style=\"margin:0 0 12px 0\">{}</p>", html_runs(runs)),
            Block::Quote { blocks } => {
                write!(out, "<blockquote style=\"margin:0 0 12px 16px\">{}</blockquote>", html(blocks))
            }
            Block::Rule => write!(out, "<hr>"),
            Block::List { start, items } => {
                let items: String = items
                    .iter()
                    .map(|item| format!("<li style=\"margin:0 0 4px 0\">{}</li>", tight_html(item)))
                    .collect();
                match start {
                    Some(start) => {
                        write!(out, "<ol start=\"{start}\" style=\"margin:0 0 12px 0;padding-left:24px\">{items}</ol>")
                    }
                    None => write!(out, "<ul style=\"margin:0 0 12px 0;padding-left:20px\">{items}</ul>"),
                }
            }
            Block::Table { head, rows, .. } => {
                let cells = |tag: &str, row: &[Vec<Run>]| {
                    row.iter()
                        .map(|cell| format!("<{tag} align=\"left\">{}</{tag}>", html_runs(cell)))
                        .collect::<String>()
                };
                let rows: String = rows.iter().map(|row| format!("<tr>{}</tr>", cells("td", row))).collect();
                write!(
                    out,
                    "<table cellpadding=\"4\"><tr>{}</tr>{rows}</table>",
                    cells("th scope=\"col\"", head).replace("</th scope=\"col\">", "</th>")
                )
            }
        };
    }
    out
}

/// An item of one paragraph stands without its own paragraph.
fn tight_html(blocks: &[Block]) -> String {
    match blocks {
        [Block::Paragraph { runs }] => html_runs(runs),
        [Block::Paragraph { runs }, rest @ ..] => format!("{}{}", html_runs(runs), html(rest)),
        _ => html(blocks),
    }
}

fn html_runs(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| {
            let mut text = html_escape(&run.text).replace('\n', "<br>");
            for (on, tag) in [(run.code, "code"), (run.emphasis, "em"), (run.strong, "strong")] {
                if on {
                    text = format!("<{tag}>{text}</{tag}>");
                }
            }
            match &run.link {
                Some(link) if is_safe_link(link) => format!(
                    "<a href=\"{}\" style=\"color:inherit;text-decoration:underline\">{text}</a>",
                    html_escape(link)
                ),
                _ => text,
            }
        })
        .collect()
}

fn is_safe_link(link: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

fn html_escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The first sentences of a text, up to about `length` characters; the first words where a sentence is longer.
fn opening(text: &str, length: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= length {
        return flat;
    }
    let cut: String = flat.chars().take(length).collect();
    match cut.rfind(". ").or_else(|| cut.rfind("\u{202f}! ")).or_else(|| cut.rfind("\u{202f}? ")) {
        Some(end) => cut[..=end].trim_end().to_owned(),
        None => format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)),
    }
}

/// Breaks lines at spaces so that none is longer than `width` characters; longer words stay whole.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len() + 16);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            wrapped.push('\n');
        }
        let mut length = 0;
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            let size = word.chars().count();
            if length > 0 && length + 1 + size > width {
                wrapped.push('\n');
                length = 0;
            } else if length > 0 {
                wrapped.push(' ');
                length += 1;
            }
            wrapped.push_str(word);
            length += size;
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn render(name: &str, source: &str, data: &serde_json::Value) -> Result<String, Diagnostic> {
        let mut templates = Templates::default();
        templates.set(name, source);
        Texts::new(&templates).render(name, data)
    }

    #[test]
    fn values_are_escaped_for_what_they_go_into() {
        let data = json!({ "nom": "<b> *x* {{ y }}" });
        assert_eq!(render("a.html.j2", "{{ nom }}", &data).expect("html"), "&lt;b&gt; *x* {{ y }}");
        assert_eq!(render("a.txt.j2", "{{ nom }}", &data).expect("text"), "<b> *x* {{ y }}");
        let markdown = render("a.md.j2", "{{ nom }}", &data).expect("markdown");
        assert_eq!(markdown::plain_text(&markdown::blocks(&markdown)), "<b> *x* {{ y }}");
    }

    #[test]
    fn filters_are_the_only_formatter() {
        let data = json!({ "total": 7_486_500, "part": [40_000, 97_865], "jour": "2022-07-06" });
        let text =
            render("a.txt.j2", "{{ total | euros }} {{ part | pourcent }} {{ jour | date }}", &data).expect("text");
        assert_eq!(text, "74\u{202f}865,00\u{a0}€ 40,9\u{a0}% 6\u{a0}juillet 2022");
    }

    #[test]
    fn a_mistake_is_told_in_french_at_its_line() {
        for (source, code, message) in [
            ("un\n{{ inconnu }}", "mot-inconnu", "valeur inconnue dans le gabarit : inconnu"),
            ("un\n{{ a.b }}", "mot-inconnu", "valeur inconnue dans le gabarit : a.b"),
            ("un\n{{ a | rien }}", "filtre-inconnu", "filtre ou fonction inconnus : rien"),
            (
                "un\n{% if a %}",
                "gabarit-invalide",
                "faute dans le gabarit : la fin du fichier arrive trop tôt : une balise n’est pas fermée",
            ),
        ] {
            let fault = render("a.txt.j2", source, &json!({ "a": {} })).expect_err(source);
            assert_eq!((fault.code, fault.message.as_str()), (code, message), "{source}");
            assert!(matches!(fault.place, Place::Line { line: 2, .. }), "{source}: {:?}", fault.place);
        }
    }

    #[test]
    fn words_tell_which_figures_they_used() {
        let mut templates = Templates::default();
        templates.set(
            "a.md.j2",
            "{% for r in recettes %}{{ r.montant | euros }} {% endfor %}{% if taux %}{{ taux | pourcent }}{% endif %}",
        );
        let data = json!({ "recettes": [{ "montant": 100 }, { "montant": 200 }], "taux": [1, 2], "total": 300 });
        let figures = ["recettes.0.montant", "recettes.1.montant", "taux", "total"].map(String::from);
        let (blocks, used) = Texts::new(&templates).words("a.md.j2", &data, figures).expect("words");
        assert_eq!(markdown::plain_text(&blocks), "1,00\u{a0}€ 2,00\u{a0}€ 50,0\u{a0}%");
        assert_eq!(used, ["recettes.0.montant", "recettes.1.montant", "taux"]);
    }

    #[test]
    fn an_opening_ends_with_a_sentence_or_says_that_it_goes_on() {
        assert_eq!(opening("Un. Deux trois.", 100), "Un. Deux trois.");
        assert_eq!(opening("Une phrase. Une autre bien plus longue.", 20), "Une phrase.");
        assert_eq!(opening("Une phrase sans fin qui continue", 14), "Une phrase…");
    }

    #[test]
    fn long_lines_are_folded_at_spaces() {
        assert_eq!(wrap("un deux trois", 7), "un deux\ntrois");
        assert_eq!(wrap("https://example.org/long", 7), "https://example.org/long");
    }
}
