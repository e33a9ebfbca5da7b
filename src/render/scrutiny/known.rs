//! What a name of a page template may hold, where that is known, and where names are looked up.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use typst::syntax::ast;

use crate::views::Shape;

/// What a name may hold, where that is known.
#[derive(Clone)]
pub(super) enum Known<'p> {
    /// A value of the data.
    Value(Shape),
    /// How many items a list has.
    Count,
    /// A list of items.
    List(Rc<Known<'p>>),
    /// A list of which each item is known.
    Tuple(Rc<[Known<'p>]>),
    /// A dictionary of the template's own.
    Dict(Rc<HashMap<String, Known<'p>>>),
    /// A function.
    Closure(Rc<Closure<'p>>),
    /// The names of a file.
    Module(Rc<Env<'p>>),
    /// Nothing.
    Nothing,
    /// Anything.
    Anything,
}

/// A function, with where its names are looked up and what it was given already.
pub(super) struct Closure<'p> {
    pub(super) node: ast::Closure<'p>,
    pub(super) env: Rc<Env<'p>>,
    pub(super) bound: Vec<Known<'p>>,
}

/// Where names are looked up.
pub(super) struct Env<'p> {
    pub(super) file: &'p str,
    names: RefCell<HashMap<String, Known<'p>>>,
    above: Option<Rc<Env<'p>>>,
}

impl<'p> Env<'p> {
    /// The names of a file.
    pub(super) fn of_file(file: &'p str) -> Rc<Self> {
        Rc::new(Self { file, names: RefCell::default(), above: None })
    }

    /// Names of one's own above others.
    pub(super) fn below(above: &Rc<Self>) -> Rc<Self> {
        Rc::new(Self { file: above.file, names: RefCell::default(), above: Some(Rc::clone(above)) })
    }

    /// What a name holds.
    pub(super) fn get(&self, name: &str) -> Known<'p> {
        let own = self.names.borrow().get(name).cloned();
        own.unwrap_or_else(|| self.above.as_ref().map_or(Known::Anything, |above| above.get(name)))
    }

    /// Declares a name.
    pub(super) fn set(&self, name: &str, known: Known<'p>) {
        self.names.borrow_mut().insert(name.to_owned(), known);
    }

    /// Changes what a declared name holds.
    pub(super) fn change(&self, name: &str, known: Known<'p>) {
        match &self.above {
            Some(above) if !self.names.borrow().contains_key(name) => above.change(name, known),
            _ => self.set(name, known),
        }
    }

    /// Takes all names of another file over.
    pub(super) fn take(&self, other: &Self) {
        let names: Vec<_> = other.names.borrow().iter().map(|(name, known)| (name.clone(), known.clone())).collect();
        self.names.borrow_mut().extend(names);
    }
}

impl Known<'_> {
    /// Writes it as it differs from others.
    pub(super) fn tell_apart(&self, into: &mut String) {
        let mut each = |mark: &str, items: &mut dyn Iterator<Item = &Self>| {
            into.push_str(mark);
            items.for_each(|item| item.tell_apart(into));
            into.push(']');
        };
        match self {
            Self::Value(shape) => told_apart(*shape, into),
            Self::List(of) => each("l[", &mut [&**of].into_iter()),
            Self::Tuple(items) => each("t[", &mut items.iter()),
            Self::Dict(fields) => {
                let mut names: Vec<&String> = fields.keys().collect();
                names.sort();
                into.push_str("d[");
                for name in names {
                    into.push_str(name);
                    into.push(':');
                    fields[name].tell_apart(into);
                }
                into.push(']');
            }
            Self::Closure(closure) => into.push_str(&format!("f{:p}", Rc::as_ptr(closure))),
            Self::Module(env) => into.push_str(&format!("m{:p}", Rc::as_ptr(env))),
            Self::Count => into.push('#'),
            Self::Nothing => into.push('0'),
            Self::Anything => into.push('?'),
        }
    }

    /// Whether it is a figure as it is printed, or words with figures among them.
    pub(super) fn is_printed(&self) -> bool {
        matches!(self, Self::Value(shape) if matches!(shape.present(), Shape::Printed | Shape::Phrase))
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::List(_) | Self::Tuple(_) => true,
            Self::Value(shape) => matches!(shape.present(), Shape::List(_)),
            _ => false,
        }
    }
}

/// Writes a shape as it differs from others.
fn told_apart(shape: Shape, into: &mut String) {
    match shape.present() {
        Shape::List(item) => {
            into.push_str("L[");
            told_apart(item(), into);
            into.push(']');
        }
        Shape::Object(object) => {
            into.push_str(object.name);
            into.push(';');
        }
        Shape::Printed | Shape::Phrase => into.push('P'),
        Shape::Blocks => into.push('B'),
        _ => into.push('v'),
    }
}

/// What an item of a list holds.
pub(super) fn item<'p>(known: &Known<'p>) -> Known<'p> {
    match known {
        Known::List(item) => (**item).clone(),
        Known::Tuple(items) => items.iter().cloned().reduce(either).unwrap_or(Known::Anything),
        Known::Value(shape) => match shape.present() {
            Shape::List(item) => Known::Value(item()),
            _ => Known::Anything,
        },
        _ => Known::Anything,
    }
}

/// What one of two values holds.
pub(super) fn either<'p>(left: Known<'p>, right: Known<'p>) -> Known<'p> {
    if matches!(left, Known::Nothing | Known::Anything) { right } else { left }
}
