//! The scrutiny of page templates: Typst's own syntax tree, walked with what each name may hold.
//!
//! Functions are walked when they are declared, with anything as their arguments, and again wherever they are called with
//! values of the data. What is not followed is taken for anything: no fault is told that is none.

mod calls;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use typst::syntax::ast::{self, AstNode as _};
use typst::syntax::{Source, Span, SyntaxNode};

use super::known::{Closure, Env, Known, either, item};
use super::{Found, at, unknown};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::texts;
use crate::templates::Templates;
use crate::views::Shape;

/// The most expressions that are walked: templates that call each other without end are left.
const MOST_STEPS: usize = 400_000;
/// How deep calls are followed.
const DEEPEST: usize = 24;
/// Where pages read their data.
const DATA: &str = "/data.json";
/// The function of the templates that reads the data: it changes no names.
const READER: &str = "lire";

/// Scrutinises a page template over data of a shape.
#[must_use]
pub fn pages(templates: &Templates, name: &str, shape: Shape) -> Found {
    let sources = templates.names().filter(|name| name.ends_with(".typ")).filter_map(|name| {
        let text = std::str::from_utf8(&templates.get(name)?.bytes).ok()?;
        Some((name, Source::detached(text)))
    });
    let sources: HashMap<&str, Source> = sources.collect();
    let mut walk = Walk {
        templates,
        sources: &sources,
        files: HashMap::new(),
        found: Found::default(),
        root: shape,
        walked: HashMap::new(),
        closures: Vec::new(),
        steps: 0,
        depth: 0,
    };
    walk.file(name);
    walk.found
}

struct Walk<'p> {
    templates: &'p Templates,
    sources: &'p HashMap<&'p str, Source>,
    /// The names that each file gives.
    files: HashMap<&'p str, Rc<Env<'p>>>,
    found: Found,
    root: Shape,
    /// What functions give for what they are given, each walked once.
    walked: HashMap<String, Known<'p>>,
    /// All functions: as long as one is kept, no other is taken for it.
    closures: Vec<Rc<Closure<'p>>>,
    steps: usize,
    depth: usize,
}

type Here<'e, 'p> = &'e Rc<Env<'p>>;

impl<'p> Walk<'p> {
    /// Walks a file once, and gives the names that it declares.
    fn file(&mut self, name: &str) -> Option<Rc<Env<'p>>> {
        let (name, source) = self.sources.get_key_value(name)?;
        if let Some(env) = self.files.get(name) {
            return Some(Rc::clone(env));
        }
        let env = Env::of_file(name);
        self.files.insert(name, Rc::clone(&env));
        self.children(source.root(), &env);
        Some(env)
    }

    fn range(&self, here: Here<'_, 'p>, span: Span) -> Range<usize> {
        let found = self.sources.get(here.file).and_then(|source| source.find(span));
        found.map(|node| node.range()).unwrap_or_default()
    }

    fn place(&self, here: Here<'_, 'p>, span: Span, diagnostic: Diagnostic) -> Diagnostic {
        at(self.templates, here.file, self.range(here, span), diagnostic)
    }

    fn tell(&mut self, here: Here<'_, 'p>, span: Span, diagnostic: Diagnostic) {
        let fault = self.place(here, span, diagnostic);
        self.found.tell(fault);
    }

    /// Walks what stands below a node; a number of rows that is set as it is, is a fault.
    fn children(&mut self, node: &'p SyntaxNode, here: Here<'_, 'p>) {
        for child in node.children() {
            match child.cast::<ast::Expr>() {
                Some(expression) => {
                    let known = self.expression(expression, here);
                    if matches!(known, Known::Count) && node.kind() == typst::syntax::SyntaxKind::Markup {
                        self.tell(here, expression.span(), computing(expression));
                    }
                }
                None => self.children(child, here),
            }
        }
    }

    fn expression(&mut self, expression: ast::Expr<'p>, here: Here<'_, 'p>) -> Known<'p> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Known::Anything;
        }
        match expression {
            ast::Expr::Ident(name) => here.get(name.as_str()),
            ast::Expr::None(_) => Known::Nothing,
            ast::Expr::FieldAccess(it) => {
                let target = self.expression(it.target(), here);
                self.field(target, it.field().as_str(), it.span(), here)
            }
            ast::Expr::FuncCall(it) => self.call(it, here),
            ast::Expr::Closure(it) => self.closure(it, here),
            ast::Expr::LetBinding(it) => {
                let known = it.init().map_or(Known::Nothing, |init| self.expression(init, here));
                match it.kind() {
                    ast::LetBindingKind::Normal(pattern) => bind(pattern, known, here),
                    ast::LetBindingKind::Closure(name) => here.set(name.as_str(), known),
                }
                Known::Nothing
            }
            ast::Expr::DestructAssignment(it) => {
                let known = self.expression(it.value(), here);
                bind(it.pattern(), known, here);
                Known::Nothing
            }
            ast::Expr::ForLoop(it) => {
                let known = self.expression(it.iterable(), here);
                if let Known::Value(shape) = &known {
                    self.found.all_keys(*shape);
                }
                let inner = Env::below(here);
                bind(it.pattern(), item(&known), &inner);
                self.expression(it.body(), &inner);
                Known::Anything
            }
            ast::Expr::WhileLoop(it) => {
                self.expression(it.condition(), here);
                self.expression(it.body(), &Env::below(here));
                Known::Anything
            }
            ast::Expr::Conditional(it) => {
                self.expression(it.condition(), here);
                let known = self.expression(it.if_body(), &Env::below(here));
                let other = it.else_body().map(|body| self.expression(body, &Env::below(here)));
                either(known, other.unwrap_or(Known::Nothing))
            }
            ast::Expr::CodeBlock(it) => {
                let inner = Env::below(here);
                it.body().exprs().fold(Known::Nothing, |_, expression| self.expression(expression, &inner))
            }
            ast::Expr::Parenthesized(it) => self.expression(it.expr(), here),
            ast::Expr::Array(it) => self.array(it, here),
            ast::Expr::Dict(it) => self.dict(it, here),
            ast::Expr::Binary(it) => self.operation(it, here),
            ast::Expr::ShowRule(it) => {
                if let Some(selector) = it.selector() {
                    self.expression(selector, here);
                }
                let transform = self.expression(it.transform(), here);
                self.apply(&transform, &[Known::Anything], &HashMap::new());
                Known::Nothing
            }
            ast::Expr::ModuleImport(it) => {
                self.import(it, here);
                Known::Nothing
            }
            ast::Expr::ModuleInclude(it) => {
                if let ast::Expr::Str(path) = it.source()
                    && let Some(name) = resolve(here.file, &path.get())
                {
                    self.file(&name);
                }
                Known::Anything
            }
            other => {
                self.children(other.to_untyped(), here);
                Known::Anything
            }
        }
    }

    fn import(&mut self, it: ast::ModuleImport<'p>, here: Here<'_, 'p>) {
        let ast::Expr::Str(path) = it.source() else { return };
        let Some(env) = resolve(here.file, &path.get()).and_then(|name| self.file(&name)) else { return };
        match it.imports() {
            Some(ast::Imports::Wildcard) => here.take(&env),
            Some(ast::Imports::Items(items)) => {
                for item in items.iter() {
                    here.set(item.bound_name().as_str(), env.get(item.original_name().as_str()));
                }
            }
            None => {
                let name =
                    it.new_name().map(|name| name.as_str().to_owned()).or_else(|| it.bare_name().ok().map(Into::into));
                if let Some(name) = name {
                    here.set(&name, Known::Module(env));
                }
            }
        }
    }

    fn field(&mut self, target: Known<'p>, name: &str, span: Span, here: Here<'_, 'p>) -> Known<'p> {
        match target {
            Known::Module(env) => env.get(name),
            Known::Dict(fields) => fields.get(name).cloned().unwrap_or(Known::Anything),
            Known::Value(shape) => match shape.present() {
                Shape::Object(_) => {
                    let range = self.range(here, span);
                    let templates = self.templates;
                    let found = self.found.key(shape, name, |fault| at(templates, here.file, range, fault));
                    found.map_or(Known::Anything, Known::Value)
                }
                Shape::Blocks => Known::Anything,
                _ => {
                    self.tell(here, span, unknown(name, []));
                    Known::Anything
                }
            },
            _ => Known::Anything,
        }
    }

    fn array(&mut self, it: ast::Array<'p>, here: Here<'_, 'p>) -> Known<'p> {
        let mut items = Vec::new();
        let mut is_whole = true;
        for item in it.items() {
            match item {
                ast::ArrayItem::Pos(expression) => items.push(self.expression(expression, here)),
                ast::ArrayItem::Spread(spread) => {
                    is_whole = false;
                    self.expression(spread.expr(), here);
                }
            }
        }
        if is_whole { Known::Tuple(items.into()) } else { Known::Anything }
    }

    fn dict(&mut self, it: ast::Dict<'p>, here: Here<'_, 'p>) -> Known<'p> {
        let mut fields = HashMap::new();
        for item in it.items() {
            match item {
                ast::DictItem::Named(named) => {
                    let known = self.expression(named.expr(), here);
                    fields.insert(named.name().as_str().to_owned(), known);
                }
                ast::DictItem::Keyed(keyed) => {
                    self.expression(keyed.key(), here);
                    self.expression(keyed.expr(), here);
                }
                ast::DictItem::Spread(spread) => {
                    let known = self.expression(spread.expr(), here);
                    self.escapes(&known);
                }
            }
        }
        Known::Dict(Rc::new(fields))
    }

    /// Notes that all of a value may be read somewhere that is not followed.
    fn escapes(&mut self, known: &Known<'p>) {
        if let Known::Value(shape) = known {
            self.found.all_keys(*shape);
        }
    }

    /// A comparison with a figure as it is printed is a fault; whether there is one may be asked.
    fn operation(&mut self, it: ast::Binary<'p>, here: Here<'_, 'p>) -> Known<'p> {
        let (left, right) = (self.expression(it.lhs(), here), self.expression(it.rhs(), here));
        match it.op() {
            ast::BinOp::Eq
            | ast::BinOp::Neq
            | ast::BinOp::Lt
            | ast::BinOp::Leq
            | ast::BinOp::Gt
            | ast::BinOp::Geq
            | ast::BinOp::In
            | ast::BinOp::NotIn => {
                let is_asked = matches!(left, Known::Nothing) || matches!(right, Known::Nothing);
                if !is_asked && (left.is_printed() || right.is_printed()) {
                    self.tell(here, it.span(), computing(ast::Expr::Binary(it)));
                }
                Known::Anything
            }
            ast::BinOp::Add => {
                self.escapes(&left);
                self.escapes(&right);
                Known::Anything
            }
            ast::BinOp::Assign => {
                if let ast::Expr::Ident(name) = it.lhs() {
                    here.change(name.as_str(), right);
                }
                Known::Nothing
            }
            _ => Known::Anything,
        }
    }
}

fn bind<'p>(pattern: ast::Pattern<'p>, known: Known<'p>, env: &Env<'p>) {
    match pattern {
        ast::Pattern::Normal(ast::Expr::Ident(name)) => env.set(name.as_str(), known),
        ast::Pattern::Parenthesized(it) => bind(it.pattern(), known, env),
        ast::Pattern::Destructuring(it) => {
            for (index, item) in it.items().enumerate() {
                let part = match &known {
                    Known::Tuple(items) => items.get(index).cloned().unwrap_or(Known::Anything),
                    _ => Known::Anything,
                };
                match item {
                    ast::DestructuringItem::Pattern(pattern) => bind(pattern, part, env),
                    ast::DestructuringItem::Named(it) => bind(it.pattern(), Known::Anything, env),
                    ast::DestructuringItem::Spread(it) => {
                        if let Some(name) = it.sink_ident() {
                            env.set(name.as_str(), Known::Anything);
                        }
                    }
                }
            }
        }
        ast::Pattern::Normal(_) | ast::Pattern::Placeholder(_) => {}
    }
}

/// A file that another one names, from the folder of the latter.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut steps: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    steps.pop();
    for step in path.split('/').filter(|step| !step.is_empty() && *step != ".") {
        match step {
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

fn computing(expression: ast::Expr) -> Diagnostic {
    let text = expression.to_untyped().full_text();
    texts::computing_template(text.lines().next().unwrap_or_default())
}

#[cfg(test)]
mod tests;
