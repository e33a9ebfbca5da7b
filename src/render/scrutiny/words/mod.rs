//! The scrutiny of text templates: minijinja's own syntax tree, walked with what each name may hold.

mod calls;

use std::collections::HashMap;
use std::rc::Rc;

use minijinja::machinery::{Span, ast, parse};

use self::calls::{COMPUTING, parameters};
use super::{Found, at, unknown};
use crate::diagnostics::Diagnostic;
use crate::render::text::{source, syntax};
use crate::templates::Templates;
use crate::views::Shape;

/// How deep macros and includes are followed.
const DEEPEST: usize = 12;

/// Names that the language has by itself.
const GLOBALS: [&str; 8] = ["range", "dict", "debug", "namespace", "loop", "self", "caller", "super"];

/// Scrutinises a text template over data of a shape.
#[must_use]
pub fn words(templates: &Templates, name: &str, shape: Shape) -> Found {
    let sources = templates.names().filter(|name| name.ends_with(".j2"));
    let sources: Vec<_> = sources.filter_map(|name| Some((name, source(templates.get(name)?)?))).collect();
    // A template that does not parse is told where it is used.
    let parsed = sources.iter().filter_map(|(name, source)| Some((*name, parse(source, name, syntax()).ok()?)));
    let trees: HashMap<&str, ast::Stmt> = parsed.collect();
    let mut walk =
        Walk { templates, trees: &trees, found: Found::default(), scopes: vec![HashMap::new()], root: shape };
    walk.file(templates.unversioned(name).as_deref().unwrap_or(name), 0);
    walk.found
}

/// What a name may hold, where that is known.
#[derive(Clone)]
enum Known<'p> {
    /// A value of the data, or one that comes from it.
    Value(Shape),
    /// A macro, with the template that declares it.
    Macro(&'p str, &'p ast::Macro<'p>),
    /// The macros of a template.
    Module(Rc<HashMap<&'p str, Known<'p>>>),
    /// Anything.
    Anything,
}

type Scope<'p> = HashMap<&'p str, Known<'p>>;

struct Walk<'p> {
    templates: &'p Templates,
    trees: &'p HashMap<&'p str, ast::Stmt<'p>>,
    found: Found,
    scopes: Vec<Scope<'p>>,
    root: Shape,
}

/// Where the walk is: in which template, and how deep.
#[derive(Clone, Copy)]
struct Here<'p> {
    template: &'p str,
    depth: usize,
}

impl<'p> Walk<'p> {
    /// Walks a template with the names that are known so far.
    fn file(&mut self, name: &str, depth: usize) {
        if let Some((name, tree)) = self.trees.get_key_value(name).filter(|_| depth < DEEPEST) {
            self.statement(tree, Here { template: name, depth });
        }
    }

    fn tell(&mut self, here: Here<'p>, span: Span, diagnostic: Diagnostic) {
        let range = usize::try_from(span.start_offset).unwrap_or(0)..usize::try_from(span.end_offset).unwrap_or(0);
        let fault = at(self.templates, here.template, range, diagnostic);
        self.found.tell(fault);
    }

    fn statements(&mut self, statements: &'p [ast::Stmt<'p>], here: Here<'p>) {
        statements.iter().for_each(|statement| self.statement(statement, here));
    }

    /// Walks statements with names of their own.
    fn within(&mut self, scope: Scope<'p>, statements: &'p [ast::Stmt<'p>], here: Here<'p>) {
        self.scopes.push(scope);
        self.statements(statements, here);
        self.scopes.pop();
    }

    fn bind(&mut self, target: &'p ast::Expr<'p>, known: Known<'p>) {
        match target {
            ast::Expr::Var(name) => {
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(name.id, known);
                }
            }
            ast::Expr::List(list) => list.items.iter().for_each(|item| self.bind(item, Known::Anything)),
            ast::Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.bind(item, Known::Anything)),
            _ => {}
        }
    }

    fn statement(&mut self, statement: &'p ast::Stmt<'p>, here: Here<'p>) {
        match statement {
            ast::Stmt::Template(it) => {
                self.statements(&it.children, here);
                self.uncalled(&it.children, here);
            }
            ast::Stmt::EmitExpr(it) => drop(self.expression(&it.expr, here)),
            ast::Stmt::ForLoop(it) => {
                let item = match self.expression(&it.iter, here) {
                    Known::Value(shape) => shape.item().map_or(Known::Anything, Known::Value),
                    _ => Known::Anything,
                };
                self.scopes.push(Scope::new());
                self.bind(&it.target, item);
                if let Some(filter) = &it.filter_expr {
                    self.expression(filter, here);
                }
                self.statements(&it.body, here);
                self.scopes.pop();
                self.within(Scope::new(), &it.else_body, here);
            }
            ast::Stmt::IfCond(it) => {
                self.expression(&it.expr, here);
                // A name that a branch sets holds behind it as well.
                self.statements(&it.true_body, here);
                self.statements(&it.false_body, here);
            }
            ast::Stmt::WithBlock(it) => {
                self.scopes.push(Scope::new());
                for (target, value) in &it.assignments {
                    let known = self.expression(value, here);
                    self.bind(target, known);
                }
                self.statements(&it.body, here);
                self.scopes.pop();
            }
            ast::Stmt::Set(it) => {
                let known = self.expression(&it.expr, here);
                self.bind(&it.target, known);
            }
            ast::Stmt::SetBlock(it) => {
                self.within(Scope::new(), &it.body, here);
                self.bind(&it.target, Known::Value(Shape::Text));
            }
            ast::Stmt::AutoEscape(it) => self.within(Scope::new(), &it.body, here),
            ast::Stmt::FilterBlock(it) => self.within(Scope::new(), &it.body, here),
            ast::Stmt::Block(it) => self.within(Scope::new(), &it.body, here),
            ast::Stmt::Extends(it) => self.load(&it.name, here),
            ast::Stmt::Include(it) => self.load(&it.name, here),
            ast::Stmt::Import(it) => {
                let module = self.module(&it.expr, here);
                self.bind(&it.name, module);
            }
            ast::Stmt::FromImport(it) => {
                let Known::Module(module) = self.module(&it.expr, here) else { return };
                for (name, alias) in &it.names {
                    let known = variable(name).and_then(|name| module.get(name)).cloned();
                    self.bind(alias.as_ref().unwrap_or(name), known.unwrap_or(Known::Anything));
                }
            }
            ast::Stmt::Macro(it) => {
                if let Some(scope) = self.scopes.last_mut() {
                    scope.insert(it.name, Known::Macro(here.template, it));
                }
            }
            ast::Stmt::CallBlock(it) => {
                self.call(&it.call, here);
                self.within(parameters(&it.macro_decl, &[]), &it.macro_decl.body, here);
            }
            ast::Stmt::Do(it) => drop(self.call(&it.call, here)),
            ast::Stmt::EmitRaw(_) => {}
        }
    }

    /// Walks the macros of a template with anything as their arguments: what is wrong in a macro that nobody calls is told.
    fn uncalled(&mut self, statements: &'p [ast::Stmt<'p>], here: Here<'p>) {
        for statement in statements {
            if let ast::Stmt::Macro(it) = statement {
                self.within(parameters(it, &[]), &it.body, here);
            }
        }
    }

    /// Walks a template that stands by its name; one that a variable names is heard when it is loaded.
    fn load(&mut self, name: &'p ast::Expr<'p>, here: Here<'p>) {
        self.expression(name, here);
        if let Some(name) = constant(name) {
            self.file(&name, here.depth + 1);
        }
    }

    /// The macros of a template.
    fn module(&mut self, name: &'p ast::Expr<'p>, here: Here<'p>) -> Known<'p> {
        let Some(name) = constant(name) else { return Known::Anything };
        let Some((template, ast::Stmt::Template(tree))) = self.trees.get_key_value(name.as_str()) else {
            return Known::Anything;
        };
        let macros = tree.children.iter().filter_map(|statement| match statement {
            ast::Stmt::Macro(it) => Some((it.name, Known::Macro(template, it))),
            _ => None,
        });
        let _ = here;
        Known::Module(Rc::new(macros.collect()))
    }

    fn variable(&mut self, name: &'p str, span: Span, here: Here<'p>) -> Known<'p> {
        if let Some(known) = self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            return known.clone();
        }
        if GLOBALS.contains(&name) {
            return Known::Anything;
        }
        let own: Vec<&str> = self.scopes.iter().flat_map(|scope| scope.keys().copied()).collect();
        let known: Vec<&str> = self.root.names().into_iter().flatten().chain(own).collect();
        if !known.contains(&name) {
            self.tell(here, span, unknown(name, known));
            return Known::Anything;
        }
        let shape = self.found.key(self.root, name, |fault| fault);
        shape.map_or(Known::Anything, Known::Value)
    }

    fn attribute(&mut self, known: Known<'p>, name: &'p str, span: Span, here: Here<'p>) -> Known<'p> {
        match known {
            Known::Module(module) => match module.get(name) {
                Some(known) => known.clone(),
                None => {
                    self.tell(here, span, unknown(name, module.keys().copied()));
                    Known::Anything
                }
            },
            Known::Value(shape) => match shape.present() {
                Shape::Object(_) | Shape::Named(..) => {
                    let templates = self.templates;
                    let range =
                        usize::try_from(span.start_offset).unwrap_or(0)..usize::try_from(span.end_offset).unwrap_or(0);
                    let place = |fault| at(templates, here.template, range, fault);
                    self.found.key(shape, name, place).map_or(Known::Anything, Known::Value)
                }
                // Nothing that is no object has names in it.
                _ => {
                    self.tell(here, span, unknown(name, []));
                    Known::Anything
                }
            },
            Known::Macro(..) | Known::Anything => Known::Anything,
        }
    }

    fn expression(&mut self, expression: &'p ast::Expr<'p>, here: Here<'p>) -> Known<'p> {
        match expression {
            ast::Expr::Var(it) => self.variable(it.id, it.span(), here),
            ast::Expr::Const(_) => Known::Anything,
            ast::Expr::GetAttr(it) => {
                let known = self.expression(&it.expr, here);
                self.attribute(known, it.name, it.span(), here)
            }
            ast::Expr::GetItem(it) => {
                let known = self.expression(&it.expr, here);
                self.expression(&it.subscript_expr, here);
                match (&known, constant_str(&it.subscript_expr)) {
                    (Known::Value(shape), _) if let Some(item) = shape.item() => Known::Value(item),
                    (_, Some(name)) => self.attribute(known, name, it.span(), here),
                    _ => Known::Anything,
                }
            }
            ast::Expr::Slice(it) => {
                for part in [&it.start, &it.stop, &it.step].into_iter().flatten() {
                    self.expression(part, here);
                }
                self.expression(&it.expr, here)
            }
            ast::Expr::UnaryOp(it) => {
                let known = self.expression(&it.expr, here);
                if matches!(it.op, ast::UnaryOpKind::Neg) {
                    self.refuse(&known, it.span(), here);
                }
                Known::Anything
            }
            ast::Expr::BinOp(it) => self.operation(it, here),
            ast::Expr::Compare(it) => {
                let mut all = vec![self.expression(&it.expr, here)];
                all.extend(it.ops.iter().map(|op| self.expression(&op.expr, here)));
                all.iter().for_each(|known| self.refuse(known, it.span(), here));
                Known::Anything
            }
            ast::Expr::IfExpr(it) => {
                self.expression(&it.test_expr, here);
                let known = self.expression(&it.true_expr, here);
                let other = it.false_expr.as_ref().map(|other| self.expression(other, here));
                either(known, other.unwrap_or(Known::Anything))
            }
            ast::Expr::Filter(it) => self.filter(it, here),
            ast::Expr::Test(it) => {
                let known = self.expression(&it.expr, here);
                self.arguments(&it.args, here);
                if COMPUTING.contains(&it.name) {
                    self.refuse(&known, it.span(), here);
                }
                self.takes(it.name, &known, it.span(), here);
                for argument in &it.args {
                    if let ast::CallArg::Pos(value) = argument {
                        self.compares(&it.expr, (value, false), it.span(), here);
                    }
                }
                Known::Anything
            }
            ast::Expr::Call(it) => self.call(it, here),
            ast::Expr::List(it) => self.all(&it.items, here),
            ast::Expr::Tuple(it) => self.all(&it.items, here),
            ast::Expr::Map(it) => {
                self.all(&it.keys, here);
                self.all(&it.values, here)
            }
        }
    }

    fn all(&mut self, items: &'p [ast::Expr<'p>], here: Here<'p>) -> Known<'p> {
        items.iter().for_each(|item| drop(self.expression(item, here)));
        Known::Anything
    }

    fn operation(&mut self, it: &'p ast::Spanned<ast::BinOp<'p>>, here: Here<'p>) -> Known<'p> {
        let (left, right) = (self.expression(&it.left, here), self.expression(&it.right, here));
        match it.op {
            ast::BinOpKind::ScAnd => right,
            ast::BinOpKind::ScOr => either(left, right),
            ast::BinOpKind::Concat => Known::Value(Shape::Text),
            _ => {
                self.refuse(&left, it.span(), here);
                self.refuse(&right, it.span(), here);
                if matches!(it.op, ast::BinOpKind::Eq | ast::BinOpKind::Ne) {
                    self.compares(&it.left, (&it.right, true), it.span(), here);
                    self.compares(&it.right, (&it.left, true), it.span(), here);
                }
                Known::Anything
            }
        }
    }
}

fn variable<'p>(expression: &ast::Expr<'p>) -> Option<&'p str> {
    match expression {
        ast::Expr::Var(name) => Some(name.id),
        _ => None,
    }
}

fn constant(expression: &ast::Expr) -> Option<String> {
    expression.as_const().and_then(|value| value.as_str().map(ToOwned::to_owned))
}

fn constant_str<'p>(expression: &'p ast::Expr<'p>) -> Option<&'p str> {
    match expression {
        ast::Expr::Const(it) => it.value.as_str(),
        _ => None,
    }
}

/// What an item of a list holds.
fn item<'p>(known: &Known<'p>) -> Known<'p> {
    match known {
        Known::Value(shape) => shape.item().map_or(Known::Anything, Known::Value),
        _ => Known::Anything,
    }
}

/// What a list of a shape holds, where one can be named.
fn list_of<'p>(shape: Shape) -> Known<'p> {
    match shape.present() {
        Shape::Text => Known::Value(Shape::List(|| Shape::Text)),
        Shape::Figure => Known::Value(Shape::List(|| Shape::Figure)),
        _ => Known::Anything,
    }
}

/// What one of two values holds.
fn either<'p>(left: Known<'p>, right: Known<'p>) -> Known<'p> {
    if matches!(left, Known::Anything) { right } else { left }
}

#[cfg(test)]
mod tests;
