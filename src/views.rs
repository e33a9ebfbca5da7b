//! What a template is given: typed data, one struct a template, whose shape can be asked without any data.
//!
//! A template is checked against the shape in every branch; what is printed is found by walking the data. What the data
//! mean is not known here.

use std::fmt::Debug;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::content::{self, Block};
use crate::figures::{Figure, Length, Phrase, Piece, Printed};

/// What a template may find at a place of its data.
#[derive(Clone, Copy)]
pub enum Shape {
    /// A text, or a number that is a name: of a letter, of a year.
    Text,
    /// Yes or no.
    Flag,
    /// A day.
    Date,
    /// A figure that a text prints by a filter.
    Figure,
    /// A figure as it is printed.
    Printed,
    /// Words with figures among them.
    Phrase,
    /// The length of a mark in a chart.
    Length,
    /// A text in Markdown.
    Blocks,
    /// Something, or nothing.
    Optional(fn() -> Shape),
    /// Several of a shape.
    List(fn() -> Shape),
    /// Keys, each with its shape.
    Object(Object),
    /// Keys that are known while the program runs: those of a row, by the place of its sheet.
    Named(&'static dyn Names, usize),
    /// Several of them.
    SeveralNamed(&'static dyn Names, usize),
}

/// Objects whose keys are known while the program runs.
pub trait Names: Sync {
    /// The keys of an object, each with its shape.
    fn keys(&'static self, which: usize) -> Vec<(&'static str, Shape)>;

    /// All values that a key may have and what it is called, where they are a closed list.
    fn values(&'static self, which: usize, key: &str) -> Option<(&'static str, Vec<&'static str>)>;
}

/// Keys, each with its shape, under the name of the struct that holds them.
#[derive(Clone, Copy)]
pub struct Object {
    /// The name of the struct, with its path: two structs never share one.
    pub name: &'static str,
    /// The keys.
    pub keys: &'static [(&'static str, fn() -> Shape)],
}

/// A value at a place of the data.
pub enum Leaf<'a> {
    /// A text.
    Text(&'a str),
    /// A figure as it is printed.
    Printed(&'a Printed),
    /// A figure that a text may print.
    Figure(&'a Figure),
}

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Under a key.
    Key(&'static str),
    /// The item of a list, from 0.
    Item(usize),
}

/// Hears of every value.
pub type Visitor<'v> = dyn FnMut(&[Step], Leaf<'_>) + 'v;

/// A value, or a struct of values, that a template is given.
pub trait View: Serialize {
    /// What templates may find in it.
    fn shape() -> Shape;
    /// Tells every value in it.
    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>);
}

/// The whole data of a template.
pub trait Data: Debug + Send + Sync {
    /// What templates may find in it.
    fn shape(&self) -> Shape;
    /// Tells every value in it.
    fn visit(&self, visitor: &mut Visitor<'_>);
    /// The data as JSON.
    fn json(&self) -> serde_json::Value;
}

impl<T: View + Debug + Send + Sync> Data for T {
    fn shape(&self) -> Shape {
        T::shape()
    }

    fn visit(&self, visitor: &mut Visitor<'_>) {
        View::visit(self, &mut Vec::new(), visitor);
    }

    fn json(&self) -> serde_json::Value {
        // Keys are texts and numbers are finite: nothing in a view can fail to be written.
        serde_json::to_value(self).unwrap_or_default()
    }
}

/// Declares the data of a template, or a part of it: a struct whose fields are the names that templates use.
macro_rules! view {
    ($($(#[$meta:meta])* $visibility:vis struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, ::serde::Serialize)]
        $visibility struct $name {
            $($(#[$field_meta])* $visibility $field: $type,)+
        }

        impl $crate::views::View for $name {
            fn shape() -> $crate::views::Shape {
                $crate::views::Shape::Object($crate::views::Object {
                    name: concat!(module_path!(), "::", stringify!($name)),
                    keys: &[$((stringify!($field), <$type as $crate::views::View>::shape as fn() -> $crate::views::Shape)),+],
                })
            }

            fn visit(&self, path: &mut Vec<$crate::views::Step>, visitor: &mut $crate::views::Visitor<'_>) {
                $(
                    path.push($crate::views::Step::Key(stringify!($field)));
                    $crate::views::View::visit(&self.$field, path, visitor);
                    path.pop();
                )+
            }
        }
    )+};
}
pub(crate) use view;

/// A text in Markdown, which the renderer turns into blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown(pub String);

impl Serialize for Markdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Source<'a> {
            #[serde(rename = "$markdown")]
            text: &'a str,
        }
        Source { text: &self.0 }.serialize(serializer)
    }
}

impl View for Markdown {
    fn shape() -> Shape {
        Shape::Blocks
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(&self.0));
    }
}

/// One line of a text in Markdown: styles and links, whatever its first characters look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownLine(pub String);

impl Serialize for MarkdownLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Source<'a> {
            #[serde(rename = "$ligne")]
            text: &'a str,
        }
        Source { text: &self.0 }.serialize(serializer)
    }
}

impl View for MarkdownLine {
    fn shape() -> Shape {
        Shape::Blocks
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(&self.0));
    }
}

/// A text that is there: its blocks, and the figures among them in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The figures.
    pub printed: Vec<Printed>,
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.blocks.serialize(serializer)
    }
}

impl View for Tree {
    fn shape() -> Shape {
        Shape::Blocks
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(&content::plain_text(&self.blocks)));
        self.printed.iter().for_each(|printed| visitor(path, Leaf::Printed(printed)));
    }
}

/// The place of a text that is set with a template: nothing until the text is there, then its blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Slot;

impl View for Slot {
    fn shape() -> Shape {
        Shape::Blocks
    }

    fn visit(&self, _: &mut Vec<Step>, _: &mut Visitor<'_>) {}
}

/// A day among the data of a text, which prints it by a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub chrono::NaiveDate);

impl From<chrono::NaiveDate> for Day {
    fn from(day: chrono::NaiveDate) -> Self {
        Self(day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Marked {
            #[serde(rename = "$date")]
            day: String,
        }
        Marked { day: self.0.to_string() }.serialize(serializer)
    }
}

/// A figure among the data of a text, which prints it by a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(pub Figure);

impl From<Figure> for Number {
    fn from(figure: Figure) -> Self {
        Self(figure)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Marked<'a> {
            #[serde(rename = "$figure")]
            name: &'a str,
            value: crate::figures::Quantity,
        }
        Marked { name: self.0.name(), value: self.0.value() }.serialize(serializer)
    }
}

impl View for Number {
    fn shape() -> Shape {
        Shape::Figure
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Figure(&self.0));
    }
}

impl View for Printed {
    fn shape() -> Shape {
        Shape::Printed
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Printed(self));
    }
}

impl View for Phrase {
    fn shape() -> Shape {
        Shape::Phrase
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        for piece in self.pieces() {
            visitor(
                path,
                match piece {
                    Piece::Words(words) => Leaf::Text(words),
                    Piece::Figure(printed) => Leaf::Printed(printed),
                },
            );
        }
    }
}

/// The length of a mark repeats a figure that is told beside it.
impl View for Length {
    fn shape() -> Shape {
        Shape::Length
    }

    fn visit(&self, _: &mut Vec<Step>, _: &mut Visitor<'_>) {}
}

impl View for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(self));
    }
}

impl View for &'static str {
    fn shape() -> Shape {
        Shape::Text
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(self));
    }
}

impl View for bool {
    fn shape() -> Shape {
        Shape::Flag
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(if *self { "oui" } else { "non" }));
    }
}

/// A number that is a name: of a nature, of a level.
impl View for u32 {
    fn shape() -> Shape {
        Shape::Text
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(&self.to_string()));
    }
}

impl View for Day {
    fn shape() -> Shape {
        Shape::Date
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        visitor(path, Leaf::Text(&self.0.to_string()));
    }
}

impl<T: View> View for Option<T> {
    fn shape() -> Shape {
        Shape::Optional(T::shape)
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        if let Some(value) = self {
            value.visit(path, visitor);
        }
    }
}

impl<T: View> View for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        for (index, item) in self.iter().enumerate() {
            path.push(Step::Item(index));
            item.visit(path, visitor);
            path.pop();
        }
    }
}

impl<T: View> View for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        (**self).visit(path, visitor);
    }
}

impl<T: View> View for Arc<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn visit(&self, path: &mut Vec<Step>, visitor: &mut Visitor<'_>) {
        (**self).visit(path, visitor);
    }
}

/// Data as a text template reads them: figures as their words, phrases as one text.
#[must_use]
pub fn plain(data: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match data {
        Value::Object(mut fields) => match (fields.remove("imprime"), fields.remove("phrase")) {
            (Some(text), _) => text,
            (None, Some(Value::Array(pieces))) => {
                let pieces = pieces.into_iter().map(plain);
                pieces.map(|piece| piece.as_str().unwrap_or_default().to_owned()).collect::<String>().into()
            }
            _ => fields.into_iter().map(|(key, value)| (key, plain(value))).collect(),
        },
        Value::Array(items) => items.into_iter().map(plain).collect(),
        other => other,
    }
}

impl Shape {
    /// The shape without the question whether there is something.
    #[must_use]
    pub fn present(self) -> Self {
        match self {
            Self::Optional(shape) => shape().present(),
            shape => shape,
        }
    }

    /// The shape under a key, where there is one.
    #[must_use]
    pub fn key(self, name: &str) -> Option<Self> {
        match self.present() {
            Self::Object(object) => object.keys.iter().find(|(key, _)| *key == name).map(|(_, shape)| shape()),
            Self::Named(names, which) => names.keys(which).into_iter().find(|(key, _)| *key == name).map(|(_, it)| it),
            _ => None,
        }
    }

    /// What an item of it is, where it is a list.
    #[must_use]
    pub fn item(self) -> Option<Self> {
        match self.present() {
            Self::List(item) => Some(item()),
            Self::SeveralNamed(names, which) => Some(Self::Named(names, which)),
            _ => None,
        }
    }

    /// The names of its keys, where it has some.
    #[must_use]
    pub fn names(self) -> Option<Vec<&'static str>> {
        match self.present() {
            Self::Object(object) => Some(object.keys.iter().map(|(key, _)| *key).collect()),
            Self::Named(names, which) => Some(names.keys(which).into_iter().map(|(key, _)| key).collect()),
            _ => None,
        }
    }

    /// The object, where it is one.
    #[must_use]
    pub fn object(self) -> Option<Object> {
        match self.present() {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}
