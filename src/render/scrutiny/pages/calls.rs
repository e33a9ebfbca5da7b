//! Calls of page templates: functions are walked with what they are given, each way once.

use std::collections::HashMap;
use std::rc::Rc;

use typst::syntax::ast::{self, AstNode as _};

use super::super::known::{Closure, Env, Known, item};
use super::{DATA, DEEPEST, Here, MOST_STEPS, READER, Walk, bind, computing};

impl<'p> Walk<'p> {
    /// A function: walked once with anything as its arguments, so that what nobody calls is walked too.
    pub(super) fn closure(&mut self, it: ast::Closure<'p>, here: Here<'_, 'p>) -> Known<'p> {
        let closure = self.function(Closure { node: it, env: Rc::clone(here), bound: Vec::new() });
        if let Some(name) = it.name() {
            here.set(name.as_str(), closure.clone());
        }
        self.apply(&closure, &[], &HashMap::new());
        closure
    }

    pub(super) fn function(&mut self, closure: Closure<'p>) -> Known<'p> {
        let closure = Rc::new(closure);
        self.closures.push(Rc::clone(&closure));
        Known::Closure(closure)
    }

    pub(super) fn arguments(
        &mut self,
        args: ast::Args<'p>,
        here: Here<'_, 'p>,
    ) -> (Vec<Known<'p>>, HashMap<String, Known<'p>>) {
        let (mut positional, mut named) = (Vec::new(), HashMap::new());
        for argument in args.items() {
            match argument {
                ast::Arg::Pos(expression) => positional.push(self.expression(expression, here)),
                ast::Arg::Named(it) => {
                    let known = self.expression(it.expr(), here);
                    named.insert(it.name().as_str().to_owned(), known);
                }
                ast::Arg::Spread(it) => match self.expression(it.expr(), here) {
                    Known::Tuple(items) => positional.extend(items.iter().cloned()),
                    known => self.escapes(&item(&known)),
                },
            }
        }
        (positional, named)
    }

    pub(super) fn call(&mut self, it: ast::FuncCall<'p>, here: Here<'_, 'p>) -> Known<'p> {
        if let ast::Expr::FieldAccess(access) = it.callee() {
            let target = self.expression(access.target(), here);
            if !matches!(target, Known::Module(_)) {
                return self.method(target, access, it.args(), here);
            }
        }
        let callee = self.expression(it.callee(), here);
        let (positional, named) = self.arguments(it.args(), here);
        if let ast::Expr::Ident(name) = it.callee() {
            let first = || positional.first().cloned().unwrap_or(Known::Anything);
            match name.as_str() {
                "json" if argument_text(it.args()).is_some_and(|path| path == DATA) => return Known::Value(self.root),
                READER => return first(),
                "str" if matches!(first(), Known::Count) => {
                    self.tell(here, it.span(), computing(ast::Expr::FuncCall(it)));
                }
                _ => {}
            }
        }
        if !matches!(callee, Known::Closure(_)) {
            positional.iter().chain(named.values()).for_each(|known| self.escapes(known));
        }
        self.apply(&callee, &positional, &named)
    }

    pub(super) fn method(
        &mut self,
        target: Known<'p>,
        access: ast::FieldAccess<'p>,
        args: ast::Args<'p>,
        here: Here<'_, 'p>,
    ) -> Known<'p> {
        let name = access.field();
        let (positional, _) = self.arguments(args, here);
        let first = || positional.first().cloned().unwrap_or(Known::Anything);
        if let Known::Closure(closure) = &target
            && name.as_str() == "with"
        {
            let bound = closure.bound.iter().cloned().chain(positional).collect();
            return self.function(Closure { node: closure.node, env: Rc::clone(&closure.env), bound });
        }
        if let (Known::Dict(_), "at", Some(key)) = (&target, name.as_str(), argument_text(args)) {
            return self.field(target, &key, access.span(), here);
        }
        if let Known::Value(shape) = &target
            && shape.object().is_some()
        {
            return match argument_text(args) {
                Some(key) if name.as_str() == "at" => self.field(target, &key, access.span(), here),
                _ => {
                    self.escapes(&target);
                    Known::Anything
                }
            };
        }
        let inner = item(&target);
        match name.as_str() {
            "len" if target.is_list() => Known::Count,
            "first" | "last" | "at" | "pop" | "remove" | "find" => {
                self.apply(&first(), std::slice::from_ref(&inner), &HashMap::new());
                inner
            }
            "map" => {
                let result = self.apply(&first(), &[inner], &HashMap::new());
                Known::List(Rc::new(result))
            }
            "filter" | "any" | "all" | "position" | "sorted" => {
                self.apply(&first(), &[inner], &HashMap::new());
                if matches!(name.as_str(), "filter" | "sorted") { target } else { Known::Anything }
            }
            "rev" | "slice" | "dedup" => target,
            "enumerate" => Known::List(Rc::new(Known::Tuple(vec![Known::Anything, inner].into()))),
            "flatten" if inner.is_list() => inner,
            "flatten" => target,
            "push" => {
                if let ast::Expr::Ident(variable) = access.target() {
                    here.change(variable.as_str(), Known::Anything);
                }
                Known::Nothing
            }
            _ => {
                self.escapes(&inner);
                Known::Anything
            }
        }
    }

    /// Walks the body of a function with what it is given.
    pub(super) fn apply(
        &mut self,
        callee: &Known<'p>,
        positional: &[Known<'p>],
        named: &HashMap<String, Known<'p>>,
    ) -> Known<'p> {
        let Known::Closure(closure) = callee else { return Known::Anything };
        if self.depth >= DEEPEST || self.steps > MOST_STEPS {
            return Known::Anything;
        }
        let call = told_apart(callee, positional, named);
        if let Some(result) = self.walked.get(&call) {
            return result.clone();
        }
        // A function that calls itself meets what it is not known to give yet.
        self.walked.insert(call.clone(), Known::Anything);
        self.depth += 1;
        let env = Env::below(&closure.env);
        let mut given = closure.bound.iter().chain(positional).cloned();
        for parameter in closure.node.params().children() {
            match parameter {
                ast::Param::Pos(pattern) => bind(pattern, given.next().unwrap_or(Known::Anything), &env),
                ast::Param::Named(it) => {
                    let default = self.expression(it.expr(), &closure.env);
                    env.set(it.name().as_str(), named.get(it.name().as_str()).cloned().unwrap_or(default));
                }
                ast::Param::Spread(it) => {
                    if let Some(name) = it.sink_ident() {
                        env.set(name.as_str(), Known::Anything);
                    }
                }
            }
        }
        let result = self.expression(closure.node.body(), &env);
        self.depth -= 1;
        self.walked.insert(call, result.clone());
        result
    }
}

/// A call as it differs from others.
pub(super) fn told_apart<'p>(
    callee: &Known<'p>,
    positional: &[Known<'p>],
    named: &HashMap<String, Known<'p>>,
) -> String {
    let mut call = String::new();
    [callee].into_iter().chain(positional).for_each(|known| known.tell_apart(&mut call));
    let mut named: Vec<_> = named.iter().collect();
    named.sort_by_key(|(name, _)| *name);
    for (name, known) in named {
        call.push_str(name);
        known.tell_apart(&mut call);
    }
    call
}

/// The first argument, where it is a text.
pub(super) fn argument_text(args: ast::Args) -> Option<String> {
    match args.items().next() {
        Some(ast::Arg::Pos(ast::Expr::Str(text))) => Some(text.get().to_string()),
        _ => None,
    }
}
