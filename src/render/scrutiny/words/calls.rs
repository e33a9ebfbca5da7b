//! Filters, tests and calls of text templates: what may be done with a figure, and what comes of it.

use minijinja::machinery::{Span, ast};

use super::{DEEPEST, Here, Known, Scope, Walk, constant_str, item, list_of, variable};
use crate::diagnostics::messages::texts;
use crate::render::filters::{self, Takes};
use crate::views::Shape;
use crate::wording::{fold, nearest};

/// Filters that hand on what they are given, or some of it.
const SAME: [&str; 12] = [
    "dont",
    "list",
    "sort",
    "unique",
    "reverse",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "slice",
    "batch",
    "default",
];

/// Filters and tests of the language that would compute with a figure or compare it.
pub(super) const COMPUTING: [&str; 24] = [
    "sum",
    "abs",
    "round",
    "int",
    "float",
    "min",
    "max",
    "number",
    "integer",
    "odd",
    "even",
    "divisibleby",
    "eq",
    "equalto",
    "==",
    "ne",
    "!=",
    "lt",
    "le",
    "gt",
    "ge",
    "lessthan",
    "greaterthan",
    "in",
];

impl<'p> Walk<'p> {
    /// A figure, or a day, in a sum or a comparison is a fault.
    pub(super) fn refuse(&mut self, known: &Known<'p>, span: Span, here: Here<'p>) {
        let Known::Value(shape) = known else { return };
        if matches!(shape.present(), Shape::Figure | Shape::Printed | Shape::Phrase | Shape::Date) {
            let range = usize::try_from(span.start_offset).unwrap_or(0)..usize::try_from(span.end_offset).unwrap_or(0);
            let template = self.templates.get(here.template);
            let text =
                template.map(|template| String::from_utf8_lossy(&template.bytes).into_owned()).unwrap_or_default();
            let what = text.get(range).unwrap_or_default().to_owned();
            let fault = texts::computing_template(&what);
            let is_day = matches!(shape.present(), Shape::Date);
            let cure = "des dates se comparent par « is avant(…) », « is apres(…) » ou « is egal(…) »";
            self.tell(here, span, if is_day { fault.hint(cure) } else { fault });
        }
    }

    /// A filter or test of ours over something that it does not take is a fault.
    pub(super) fn takes(&mut self, name: &str, known: &Known<'p>, span: Span, here: Here<'p>) {
        let Known::Value(shape) = known else { return };
        let fits = match (filters::takes(name), shape.present()) {
            (Some(Takes::Figure | Takes::Either), Shape::Figure)
            | (Some(Takes::Either), Shape::Date)
            | (Some(Takes::Day), Shape::Date | Shape::Text) => true,
            (Some(_), _) => false,
            _ => true,
        };
        if !fits {
            self.tell(
                here,
                span,
                texts::invalid_template(&format!(
                    "« {name} » attend {}",
                    match filters::takes(name) {
                        Some(Takes::Day) => "une date",
                        Some(Takes::Either) => "un chiffre ou une date",
                        _ if matches!(shape.present(), Shape::Date) =>
                            "un chiffre ; des dates se comparent par « avant », « apres » et « egal »",
                        _ => "un chiffre",
                    }
                )),
            );
        }
    }

    pub(super) fn filter(&mut self, it: &'p ast::Spanned<ast::Filter<'p>>, here: Here<'p>) -> Known<'p> {
        let known = it.expr.as_ref().map_or(Known::Anything, |expression| self.expression(expression, here));
        self.arguments(&it.args, here);
        if !filters::exists(it.name) {
            let fault = texts::unknown_filter(it.name);
            let near = nearest(it.name, filters::names());
            self.tell(
                here,
                it.span(),
                near.iter().fold(fault, |fault, near| fault.hint(format!("vouliez-vous dire « {near} » ?"))),
            );
            return Known::Anything;
        }
        self.takes(it.name, &known, it.span(), here);
        if COMPUTING.contains(&it.name) {
            self.refuse(&item(&known), it.span(), here);
        }
        if it.name == "dont" {
            for argument in &it.args {
                if let ast::CallArg::Kwarg(name, value) = argument {
                    self.attribute(item(&known), name, it.span(), here);
                    self.may_say(&item(&known), name, (value, false), it.span(), here);
                }
            }
        }
        if it.name == "somme"
            && let Some(ast::CallArg::Pos(column)) = it.args.first()
            && let Some(column) = constant_str(column)
        {
            self.attribute(item(&known), column, it.span(), here);
        }
        match it.name {
            "map" | "selectattr" | "rejectattr" | "sort" | "groupby" | "attr" => {
                let path = attribute_argument(it);
                let reached = path.map(|path| {
                    path.split('.').fold(item(&known), |known, step| self.attribute(known, step, it.span(), here))
                });
                match (it.name, reached) {
                    ("map", Some(Known::Value(shape))) => list_of(shape),
                    ("map" | "groupby" | "attr", _) => Known::Anything,
                    _ => known,
                }
            }
            "first" | "last" => item(&known),
            "numerateur" | "denominateur" | "combien" | "somme" => Known::Value(Shape::Figure),
            "numeros" => Known::Value(Shape::List(|| Shape::Text)),
            name if SAME.contains(&name) => known,
            name if filters::prints(name) => Known::Value(Shape::Printed),
            _ => Known::Anything,
        }
    }

    /// What stands under a column is compared with what can stand there, letter by letter or not.
    pub(super) fn compares(
        &mut self,
        column: &'p ast::Expr<'p>,
        value: (&'p ast::Expr<'p>, bool),
        span: Span,
        here: Here<'p>,
    ) {
        if let ast::Expr::GetAttr(it) = column {
            let row = self.expression(&it.expr, here);
            self.may_say(&row, it.name, value, span, here);
        }
    }

    /// A value of a template that a column of a closed list cannot have is a fault: no row would ever say so.
    fn may_say(
        &mut self,
        row: &Known<'p>,
        column: &str,
        (value, is_exact): (&ast::Expr, bool),
        span: Span,
        here: Here<'p>,
    ) {
        let Known::Value(shape) = row else { return };
        let Shape::Named(names, which) = shape.present() else { return };
        let Some((heading, values)) = names.values(which, column) else { return };
        let Some(constant) = value.as_const() else { return };
        let texts: Vec<String> = match constant.as_str() {
            Some(text) => vec![text.to_owned()],
            None => constant.try_iter().map(|it| it.map(|it| it.to_string()).collect()).unwrap_or_default(),
        };
        let is_meant = |text: &String| {
            let always = ["", "rempli", "vide"].into_iter();
            let is_same = |known: &str| known == text || !is_exact && fold(known) == fold(text);
            always.chain(values.iter().copied()).any(is_same)
        };
        for text in texts.iter().filter(|text| !is_meant(text)) {
            let reason = format!("« {text} » n’est pas une valeur de la colonne « {heading} »");
            let fault = texts::invalid_template(&reason);
            self.tell(
                here,
                span,
                match nearest(text, values.iter().copied()) {
                    Some(near) => fault.hint(format!("vouliez-vous dire « {near} » ?")),
                    None => fault.hint(format!("il y a : {}", values.join(", "))),
                },
            );
        }
    }

    pub(super) fn arguments(
        &mut self,
        arguments: &'p [ast::CallArg<'p>],
        here: Here<'p>,
    ) -> Vec<(Option<&'p str>, Known<'p>)> {
        let argument = |argument: &'p ast::CallArg<'p>| match argument {
            ast::CallArg::Pos(it) | ast::CallArg::PosSplat(it) | ast::CallArg::KwargSplat(it) => (None, it),
            ast::CallArg::Kwarg(name, it) => (Some(*name), it),
        };
        arguments.iter().map(argument).map(|(name, it)| (name, self.expression(it, here))).collect()
    }

    /// A call: a macro is walked with what it is given.
    pub(super) fn call(&mut self, it: &'p ast::Spanned<ast::Call<'p>>, here: Here<'p>) -> Known<'p> {
        let called = self.expression(&it.expr, here);
        let arguments = self.arguments(&it.args, here);
        if let Known::Macro(template, declared) = called
            && here.depth < DEEPEST
        {
            // A macro sees the data and the names of its own template, not those of who calls it.
            let outer = self.scopes.split_off(1);
            self.within(parameters(declared, &arguments), &declared.body, Here { template, depth: here.depth + 1 });
            self.scopes.extend(outer);
        }
        Known::Anything
    }
}

/// The parameters of a macro with what they are given.
pub(super) fn parameters<'p>(declared: &'p ast::Macro<'p>, given: &[(Option<&'p str>, Known<'p>)]) -> Scope<'p> {
    let named = |name: &str| given.iter().find(|(given, _)| *given == Some(name)).map(|(_, known)| known.clone());
    let mut positional = given.iter().filter(|(name, _)| name.is_none()).map(|(_, known)| known.clone());
    let names = declared.args.iter().filter_map(variable);
    names.map(|name| (name, positional.next().or_else(|| named(name)).unwrap_or(Known::Anything))).collect()
}

/// The path of attributes that a filter over lists is told.
pub(super) fn attribute_argument<'p>(it: &'p ast::Filter<'p>) -> Option<&'p str> {
    it.args.iter().find_map(|argument| match (it.name, argument) {
        (_, ast::CallArg::Kwarg("attribute", value)) => constant_str(value),
        ("selectattr" | "rejectattr" | "groupby" | "attr", ast::CallArg::Pos(value)) => constant_str(value),
        _ => None,
    })
}
