//! Words: minijinja over Markdown, HTML and plain text, with the program's only formatter as filters.
//!
//! Values are escaped for what they go into: HTML in `.html.j2`, Markdown in `.md.j2`, nothing in `.txt.j2`. Names that do
//! not exist are errors, at file and line. What a text loads is heard when it loads it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value};

use super::markdown;
use super::marked::{self, PrintedValue, Register};
use super::{filters, french, html, tags};
use crate::content::Block;
use crate::diagnostics::messages::texts;
use crate::diagnostics::{Diagnostic, Excerpt, Place};
use crate::figures::{Figure, Printed};
use crate::templates::{Template, Templates};

/// The name of the escaping of Markdown templates.
const MARKDOWN: &str = "markdown";

thread_local! {
    /// The templates that the text in hand loaded. A text is rendered on one thread.
    static LOADED: RefCell<BTreeSet<String>> = RefCell::default();
}

/// The environment of a run: every text template, parsed on first use.
pub struct Texts<'a> {
    environment: Environment<'a>,
    templates: &'a Templates,
}

/// A text, and the templates that it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered<T> {
    /// The text.
    pub text: T,
    /// The names of its template and of all that it loaded, found or not.
    pub read: BTreeSet<String>,
}

/// A text in Markdown as blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The figures among them, in order.
    pub printed: Vec<Printed>,
}

impl<'a> Texts<'a> {
    /// An environment over the templates.
    #[must_use]
    pub fn new(templates: &'a Templates) -> Self {
        Self::over(templates, |_| true)
    }

    /// An environment over some of the templates.
    #[must_use]
    pub fn over(templates: &'a Templates, is_wanted: impl Fn(&str) -> bool) -> Self {
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
        environment.set_path_join_callback(|name, _| {
            LOADED.with_borrow_mut(|loaded| loaded.insert(name.to_owned()));
            name.into()
        });
        filters::add(&mut environment);
        for name in templates.names().filter(|name| name.ends_with(".j2") && is_wanted(name)) {
            if let Some(source) = templates.get(name).and_then(source) {
                // A template that does not parse is reported when it is used, or by `faults`.
                let _ = match source {
                    Cow::Borrowed(source) => environment.add_template(name, source),
                    Cow::Owned(source) => environment.add_template_owned(name, source),
                };
            }
        }
        Self { environment, templates }
    }

    /// Renders a template with data.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the template, at file and line.
    pub fn render(&self, name: &str, data: &serde_json::Value) -> Result<Rendered<String>, Diagnostic> {
        self.render_value(name, Value::from(Serde(data)))
    }

    fn render_value(&self, name: &str, data: Value) -> Result<Rendered<String>, Diagnostic> {
        let Some(template) = self.templates.get(name) else { return Err(texts::missing_template(name)) };
        LOADED.with_borrow_mut(|loaded| *loaded = BTreeSet::from([name.to_owned()]));
        let stands_in = self.templates.unversioned(name);
        let name = stands_in.as_deref().unwrap_or(name);
        let rendered = match self.environment.get_template(name) {
            Ok(parsed) => parsed.render(data),
            // Parsing it alone gives the reason why it is not in the environment.
            Err(_) => {
                let source = source(template).unwrap_or_default();
                self.environment.render_named_str(name, &source, data)
            }
        };
        let read = LOADED.take();
        rendered.map(|text| Rendered { text, read }).map_err(|error| self.explain(name, &error))
    }

    /// Renders a Markdown template into blocks; figures come by their names.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the template, at file and line.
    pub fn words(
        &self,
        name: &str,
        data: &serde_json::Value,
        figures: &[Figure],
    ) -> Result<Rendered<Blocks>, Diagnostic> {
        let register = Arc::new(Register::default());
        self.words_over(name, marked::value(data, figures, &register), &register)
    }

    /// Renders a Markdown template over any value; what it prints is in the register.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the template, at file and line.
    pub fn words_over(
        &self,
        name: &str,
        data: Value,
        register: &Arc<Register>,
    ) -> Result<Rendered<Blocks>, Diagnostic> {
        let Rendered { text, read } = self.render_value(name, data)?;
        let printed = register.printed_in(&text);
        Ok(Rendered { text: Blocks { blocks: markdown::parts_with(&text, register), printed }, read })
    }

    /// A line of text with values in it: the name of a file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in French.
    pub fn line(&self, source: &str, data: Value) -> Result<String, String> {
        self.environment.render_str(source, data).map_err(|error| {
            let known = matches!(error.kind(), ErrorKind::UndefinedError);
            if known {
                "une valeur n’existe pas".to_owned()
            } else {
                error.detail().unwrap_or("illisible").to_owned()
            }
        })
    }

    /// What an expression gives; nothing where it gives nothing.
    #[must_use]
    pub fn value_of(&self, expression: &str, data: Value) -> Option<Value> {
        self.environment.compile_expression(expression).ok()?.eval(data).ok().filter(|value| !value.is_undefined())
    }

    /// Everything that is wrong with the templates before any data comes in.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        for name in self.templates.names().filter(|name| name.ends_with(".j2")) {
            let Some(template) = self.templates.get(name) else { continue };
            let source = source(template).unwrap_or_default();
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
        let ends = error.kind() == ErrorKind::SyntaxError
            && ["end of input", "statement end"].iter().any(|it| detail.contains(it));
        let open = ends.then(|| tags::unclosed(&text)).flatten();
        let range = open.as_ref().map(|open| open.at..open.at + open.tag.len()).or_else(|| error.range());
        let snippet = range.clone().and_then(|range| text.get(range)).unwrap_or_default().trim().to_owned();
        let diagnostic = match error.kind() {
            ErrorKind::UndefinedError => texts::undefined_name(if snippet.is_empty() { detail } else { &snippet }),
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownMethod => texts::unknown_filter(if snippet.is_empty() { detail } else { &snippet }),
            ErrorKind::TemplateNotFound => texts::missing_template(detail),
            ErrorKind::SyntaxError => texts::invalid_template(&open.as_ref().map_or_else(
                || match tags::spaced_name(&snippet_around(&text, error)) {
                    Some((wrong, right)) => format!(
                        "« {wrong} » : un nom s’écrit en minuscules, sans accent, avec « _ » pour une espace : {right}"
                    ),
                    None => french::syntax(detail, &snippet_around(&text, error)),
                },
                |open| format!("« {} » n’est pas fermé : il manque {{% {} %}}", open.tag, open.end),
            )),
            ErrorKind::MissingArgument => {
                texts::invalid_template(&format!("{}il manque une valeur entre parenthèses", french::called(&snippet)))
            }
            ErrorKind::TooManyArguments => texts::invalid_template(&format!(
                "{}rien de tel n’est attendu entre parenthèses",
                french::called(&snippet)
            )),
            ErrorKind::InvalidOperation if detail.is_empty() || detail.starts_with("tried to use") => {
                texts::computing_template(&snippet)
            }
            _ => texts::invalid_template(if detail.is_empty() { "opération impossible" } else { detail }),
        };
        let shown = template.map_or_else(|| name.to_owned(), |template| template.shown.clone());
        let line = open.as_ref().map_or(error.line().unwrap_or(1), |open| text[..open.at].matches('\n').count() + 1);
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

/// The text of a template; a front matter reads as a remark of the same length, so that lines and places stay. Nothing
/// where it is not text.
pub(super) fn source(template: &Template) -> Option<Cow<'_, str>> {
    let text = std::str::from_utf8(&template.bytes).ok()?;
    let Some(front) = crate::templates::front_matter(text) else { return Some(Cow::Borrowed(text)) };
    let mut remark = with_ends_of_lines(text);
    let inner = text[front.clone()].replace("#}", "##");
    remark.replace_range(front.clone(), &inner);
    remark.replace_range(0..3, "{# ");
    remark.replace_range(front.end..front.end + 3, " #}");
    Some(Cow::Owned(remark))
}

/// A tag takes the end of its line with it, so that a line of tags prints nothing. A line that has words too ends where it
/// ends: the space before the sign that closes its last tag becomes the sign that says so, and all places stay.
fn with_ends_of_lines(text: &str) -> String {
    let kept = |line: &str| match line.strip_suffix(" %}") {
        Some(start) if !is_only_tags(line) => format!("{start}+%}}"),
        _ => line.to_owned(),
    };
    text.split('\n').map(kept).collect::<Vec<_>>().join("\n")
}

/// Whether a line holds nothing but tags and comments.
fn is_only_tags(line: &str) -> bool {
    let mut rest = line.trim();
    while let Some(inner) = rest.strip_prefix("{%").or_else(|| rest.strip_prefix("{#")) {
        let Some(end) = inner.find("%}").or_else(|| inner.find("#}")) else { return false };
        rest = inner[end + 2..].trim_start();
    }
    rest.is_empty()
}

/// Block tags may stand on lines of their own without leaving blank lines behind.
pub(super) fn syntax() -> SyntaxConfig {
    let built = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    built.unwrap_or_default()
}

/// The line of an error.
fn snippet_around(text: &str, error: &Error) -> String {
    text.lines().nth(error.line().unwrap_or(1).saturating_sub(1)).unwrap_or_default().to_owned()
}

/// Writes a value, escaped for the language of the template.
fn format_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let escape: fn(&str) -> String = match state.auto_escape() {
        _ if value.is_safe() || value.is_undefined() => return minijinja::escape_formatter(out, state, value),
        AutoEscape::Html => html::escape,
        AutoEscape::Custom(name) if name == MARKDOWN => markdown::escape,
        _ if marked::is_blank(value) => return Ok(()),
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let text = match value.downcast_object_ref::<PrintedValue>() {
        Some(printed) => printed.marked(escape),
        None if marked::is_blank(value) => String::new(),
        None => escape(&value.to_string()),
    };
    out.write_str(&text).map_err(|_| Error::from(ErrorKind::WriteFailure))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::content;
    use crate::figures::{Cells, Quantity};

    fn render(name: &str, source: &str, data: &serde_json::Value) -> Result<String, Diagnostic> {
        let mut templates = Templates::default();
        templates.set(name, source);
        Texts::new(&templates).render(name, data).map(|rendered| rendered.text)
    }

    fn figure(name: &str, value: Quantity) -> Figure {
        Figure::new(name, name, value, Cells::default())
    }

    /// A text over three figures of the same names as its keys, and a day.
    fn words(source: &str) -> Result<Blocks, Diagnostic> {
        let mut templates = Templates::default();
        templates.set("a.md.j2", source);
        let figures = [
            figure("total", Quantity::Cents(7_486_500)),
            figure("part", Quantity::Share(40_000, 97_865)),
            figure("lettres", Quantity::Count(1)),
            figure("rien", Quantity::Count(0)),
        ];
        let mut data: serde_json::Value =
            figures.iter().map(|figure| (figure.name().to_owned(), json!({ "$figure": figure.name() }))).collect();
        data["jour"] = json!({ "$date": "2022-07-06" });
        Texts::new(&templates).words("a.md.j2", &data, &figures).map(|rendered| rendered.text)
    }

    fn printed(source: &str) -> String {
        content::plain_text(&words(source).expect(source).blocks)
    }

    #[test]
    fn values_are_escaped_for_what_they_go_into() {
        let data = json!({ "nom": "<b> *x* {{ y }}" });
        assert_eq!(render("a.html.j2", "{{ nom }}", &data).expect("html"), "&lt;b&gt; *x* {{ y }}");
        assert_eq!(render("a.txt.j2", "{{ nom }}", &data).expect("text"), "<b> *x* {{ y }}");
        let markdown = render("a.md.j2", "{{ nom }}", &data).expect("markdown");
        assert_eq!(content::plain_text(&markdown::blocks(&markdown)), "<b> *x* {{ y }}");
    }

    #[test]
    fn filters_are_the_only_formatter() {
        assert_eq!(
            printed("{{ total | euros }} {{ part | pourcent }} {{ jour | date }} {{ total }} {{ jour }}"),
            "74\u{202f}865,00\u{a0}€ 40,9\u{a0}% 6\u{a0}juillet 2022 74\u{202f}865,00\u{a0}€ 6\u{a0}juillet 2022"
        );
        assert_eq!(
            printed("{{ lettres | compte('lettre', 'lettres') }} {{ lettres | en_lettres(feminin=true) | majuscule }}"),
            "1\u{a0}lettre Une"
        );
        assert_eq!(printed("{% if rien %}oui{% elif lettres is not pluriel %}une{% endif %}"), "une");
    }

    #[test]
    fn a_text_tells_what_it_printed_where_it_printed_it() {
        let text = words(
            "De **{{ total | euros }}**{% if rien %}, {{ rien | nombre }}{% endif %} ({{ part | numerateur | nombre }}).",
        );
        let Blocks { blocks, printed } = text.expect("words");
        let names: Vec<&str> = printed.iter().map(|printed| printed.figure().name()).collect();
        assert_eq!(names, ["total", "part.numerateur"]);
        let [Block::Paragraph { runs }] = blocks.as_slice() else { panic!("{blocks:?}") };
        let marked: Vec<_> = runs.iter().filter_map(|run| Some((run.figure.as_deref()?, run.strong))).collect();
        assert_eq!(marked, [("total", true), ("part.numerateur", false)]);
    }

    #[test]
    fn a_template_does_not_compute() {
        for source in ["{{ total + 1 }}", "{{ total * 2 }}", "{{ -lettres }}"] {
            assert_eq!(words(source).expect_err(source).code, "gabarit-calcule", "{source}");
        }
        assert_eq!(words("{{ total | nombre }}").expect_err("an amount").code, "gabarit-invalide");
    }

    #[test]
    fn a_mistake_is_told_in_french_at_its_line() {
        for (source, code, message) in [
            ("un\n{{ inconnu }}", "mot-inconnu", "valeur inconnue dans le gabarit : inconnu"),
            ("un\n{{ a.b }}", "mot-inconnu", "valeur inconnue dans le gabarit : a.b"),
            ("un\n{{ a | rien }}", "filtre-inconnu", "filtre ou fonction inconnus : rien"),
            (
                "un\n{% if a %}\ndeux\n{% for b in a %}trois{% endfor %}\nfin\n",
                "gabarit-invalide",
                "faute dans le gabarit : « {% if a %} » n’est pas fermé : il manque {% endif %}",
            ),
            (
                "un\n{% for b in a %}\n{% endif %}",
                "gabarit-invalide",
                "faute dans le gabarit : « {% for b in a %} » n’est pas fermé : il manque {% endfor %}",
            ),
        ] {
            let fault = render("a.txt.j2", source, &json!({ "a": {} })).expect_err(source);
            assert_eq!((fault.code, fault.message.as_str()), (code, message), "{source}");
            assert!(matches!(fault.place, Place::Line { line: 2, .. }), "{source}: {:?}", fault.place);
        }
    }

    #[test]
    fn what_a_text_loads_by_a_variable_is_heard() {
        let mut templates = Templates::default();
        templates.set(
            "a.txt.j2",
            "{% set piece = 'b' ~ '.txt.j2' %}{% include piece %}{% include ['c.txt.j2', 'd.txt.j2'] %}",
        );
        templates.set("b.txt.j2", "{% import 'e.txt.j2' as e %}b");
        templates.set("d.txt.j2", "d");
        templates.set("e.txt.j2", "");
        let Rendered { text, read } = Texts::new(&templates).render("a.txt.j2", &json!({})).expect("text");
        assert_eq!(text, "bd");
        let names = ["a", "b", "c", "d", "e"].map(|name| format!("{name}.txt.j2"));
        assert_eq!(read.into_iter().collect::<Vec<_>>(), names);
    }
}
