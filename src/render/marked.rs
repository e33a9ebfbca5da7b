//! Figures in running text: what a text prints carries a mark to the page, by which its place is found again.
//!
//! A mark is one private character before the number and one behind it; no data holds such characters, and none leaves
//! this part of the program.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use minijinja::Value;
use minijinja::value::{DynObject, Enumerator, Object, ObjectRepr, Serde};

use crate::figures::{Figure, Printed};
use crate::wording;

/// The first of the characters that open a figure: each stands for its place in the register.
const OPEN: u32 = 0xF_0000;
/// The character that closes a figure; also the end of the characters that open one.
const CLOSE: char = '\u{F_FFF0}';

/// The figures that a text printed so far, in order.
#[derive(Debug, Default)]
pub struct Register(Mutex<Vec<Printed>>);

impl Register {
    /// A figure as text, between its marks.
    fn mark(&self, printed: &Printed, text: &str) -> String {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = u32::try_from(known.len()).ok().and_then(|place| char::from_u32(OPEN + place));
        match place.filter(|open| *open < CLOSE) {
            Some(open) => {
                known.push(printed.clone());
                format!("{open}{text}{CLOSE}")
            }
            // A text with sixty thousand figures prints the others without their places.
            None => text.to_owned(),
        }
    }

    /// The figures that a text holds, in its order.
    pub(super) fn printed_in(&self, text: &str) -> Vec<Printed> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        text.chars().filter_map(place).filter_map(|place| known.get(place).cloned()).collect()
    }

    /// The name of the figure that a mark opens.
    pub(super) fn name(&self, place: usize) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(place).map(|printed| printed.figure().name().to_owned())
    }
}

/// The place in the register that a character opens.
fn place(character: char) -> Option<usize> {
    (OPEN..u32::from(CLOSE))
        .contains(&u32::from(character))
        .then(|| usize::try_from(u32::from(character) - OPEN).unwrap_or(usize::MAX))
}

fn is_mark(character: char) -> bool {
    character == CLOSE || place(character).is_some()
}

/// A text without marks.
pub(super) fn plain(text: &str) -> String {
    if text.contains(is_mark) { text.chars().filter(|c| !is_mark(*c)).collect() } else { text.to_owned() }
}

/// A piece of a text: its words, and the place of the figure that it is.
pub(super) type Piece = (String, Option<usize>);

/// A text with French spacing, in pieces: spacing looks over the marks, so that a figure is spaced as if it were typed.
pub(super) fn spaced(text: &str) -> Vec<Piece> {
    if !text.contains(is_mark) {
        return vec![(wording::prose(text), None)];
    }
    // Spacing changes spaces and the shape of quotes: the characters between them keep their number.
    let mut marks = Vec::new();
    let mut before = 0;
    for character in text.chars() {
        if is_mark(character) {
            marks.push((before, place(character)));
        } else if !character.is_whitespace() {
            before += 1;
        }
    }
    let mut marks = marks.into_iter().peekable();
    let mut pieces: Vec<Piece> = vec![(String::new(), None)];
    let mut passed = 0;
    for character in wording::prose(&plain(text)).chars() {
        let is_letter = !character.is_whitespace();
        // A figure closes right behind its last character, and opens right before its first.
        while let Some((_, mark)) = marks.next_if(|(at, mark)| *at == passed && (mark.is_none() || is_letter)) {
            pieces.push((String::new(), mark));
        }
        if let Some((words, _)) = pieces.last_mut() {
            words.push(character);
        }
        passed += usize::from(is_letter);
    }
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}

/// A text with a capital where it opens a sentence, whether words or a figure open it.
pub(super) fn capitalized(text: &str) -> String {
    match text.chars().next() {
        Some(mark) if is_mark(mark) => format!("{mark}{}", capitalized(&text[mark.len_utf8()..])),
        _ => wording::capitalized(text),
    }
}

/// A figure that a template may print by a filter.
#[derive(Debug)]
pub(super) struct FigureValue {
    pub(super) figure: Figure,
    register: Arc<Register>,
}

/// A figure as a filter printed it.
#[derive(Debug)]
pub(super) struct PrintedValue {
    pub(super) printed: Printed,
    register: Arc<Register>,
}

/// A day.
#[derive(Debug)]
pub(super) struct DateValue(pub(super) NaiveDate);

/// A day as a value of a text.
#[must_use]
pub fn day(day: NaiveDate) -> Value {
    Value::from_object(DateValue(day))
}

/// A figure as a value of a text.
#[must_use]
pub fn figure(figure: Figure, register: &Arc<Register>) -> Value {
    FigureValue::value(figure, register)
}

/// Yes or no as a value of a text: it prints as sheets write it.
#[derive(Debug)]
struct FlagValue(bool);

/// Yes or no as a value of a text.
#[must_use]
pub fn flag(yes: bool) -> Value {
    Value::from_object(FlagValue(yes))
}

impl Object for FlagValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.0
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0 { "oui" } else { "non" })
    }
}

/// What a blank cell gives: it prints nothing, wherever it is put, and knows its cell.
#[derive(Debug)]
pub(super) struct BlankValue {
    /// Its name in the text: `appel.cloture`.
    name: String,
    /// What it is called in the sheet, and where it stands there.
    cell: String,
}

/// A blank cell as a value of a text.
#[must_use]
pub fn blank(name: String, cell: String) -> Value {
    Value::from_object(BlankValue { name, cell })
}

impl BlankValue {
    /// What is to be done where something must stand there.
    pub(super) fn told(&self) -> String {
        let Self { name, cell } = self;
        format!("{cell} est vide ; écrire d’abord {{% if {name} %}}, et {{% endif %}} derrière")
    }
}

impl Object for BlankValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    /// What a row that nothing leads to would say is blank too: its names were looked at before.
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        Some(blank(format!("{}.{}", self.name, key.as_str()?), self.cell.clone()))
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        other.downcast_ref::<Self>().map(|_| Ordering::Equal)
    }

    fn render(self: &Arc<Self>, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// Whether a value is that of a blank cell.
#[must_use]
pub fn is_blank(value: &Value) -> bool {
    value.is_none() || value.downcast_object_ref::<BlankValue>().is_some()
}

/// What a value says, as sheets write it: days as they are compared, figures without their marks.
#[must_use]
pub fn said(value: &Value) -> String {
    if let Some(day) = value.downcast_object_ref::<DateValue>() {
        return day.0.to_string();
    }
    match (value.downcast_object_ref::<FigureValue>(), bool::try_from(value.clone())) {
        (Some(found), _) => found.figure.plain().text().to_owned(),
        (None, Ok(yes)) if value.kind() == minijinja::value::ValueKind::Bool => {
            if yes { "oui" } else { "non" }.to_owned()
        }
        _ if value.is_none() => String::new(),
        _ => plain(&value.to_string()),
    }
}

impl FigureValue {
    pub(super) fn value(figure: Figure, register: &Arc<Register>) -> Value {
        Value::from_object(Self { figure, register: Arc::clone(register) })
    }

    /// The figure as it is printed, as a value of the same text.
    pub(super) fn print(&self, printed: Printed) -> Value {
        Value::from_object(PrintedValue { printed, register: Arc::clone(&self.register) })
    }

    /// Another figure of the same text.
    pub(super) fn sibling(&self, figure: Figure) -> Value {
        Value::from_object(Self { figure, register: Arc::clone(&self.register) })
    }
}

impl PrintedValue {
    /// The same figure, printed otherwise.
    pub(super) fn changed(&self, printed: Printed) -> Value {
        Value::from_object(Self { printed, register: Arc::clone(&self.register) })
    }

    /// The figure between its marks, its text escaped for what it goes into.
    pub(super) fn marked(&self, escape: impl Fn(&str) -> String) -> String {
        self.register.mark(&self.printed, &escape(self.printed.text()))
    }
}

impl Object for FigureValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.figure.is_zero()
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        other.downcast_ref::<Self>().map(|other| self.figure.amount().cmp(&other.figure.amount()))
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let printed = self.figure.plain();
        formatter.write_str(&self.register.mark(&printed, printed.text()))
    }
}

impl Object for PrintedValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.printed.is_zero()
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.marked(ToOwned::to_owned))
    }
}

impl Object for DateValue {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        other.downcast_ref::<Self>().map(|other| self.0.cmp(&other.0))
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&wording::date(self.0))
    }
}

/// The data of a text as a template reads them: figures by their names, days, all else as it is.
pub(super) fn value(data: &serde_json::Value, figures: &[Figure], register: &Arc<Register>) -> Value {
    match data {
        serde_json::Value::Object(fields) => {
            let marked = |key: &str| fields.get(key).and_then(serde_json::Value::as_str);
            if let Some(name) = marked("$figure") {
                let figure = figures.iter().find(|figure| figure.name() == name).cloned();
                return figure.map_or(Value::UNDEFINED, |figure| FigureValue::value(figure, register));
            }
            if let Some(day) = marked("$date").and_then(|day| day.parse().ok()) {
                return Value::from_object(DateValue(day));
            }
            let fields = fields.iter().map(|(key, field)| (key.clone(), value(field, figures, register)));
            Value::from(fields.collect::<BTreeMap<String, Value>>())
        }
        serde_json::Value::Array(items) => {
            Value::from(items.iter().map(|item| value(item, figures, register)).collect::<Vec<_>>())
        }
        leaf => Value::from(Serde(leaf)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::figures::{Cells, Quantity};

    fn marked(register: &Register, text: &str) -> String {
        let printed = Figure::new("x", "x", Quantity::Count(1), Cells::default()).count();
        register.mark(&printed, text)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_marked_text_is_spaced_as_if_its_figures_were_typed(words in proptest::collection::vec("[a-z '«»:;!?%€\"]{0,6}", 1..8), numbers in proptest::collection::vec("[1-9][0-9]{0,2}", 8)) {
            let register = Register::default();
            let typed: String = words.iter().zip(&numbers).map(|(words, number)| format!("{words}{number}")).collect();
            let with_marks: String =
                words.iter().zip(&numbers).map(|(words, number)| format!("{words}{}", marked(&register, number))).collect();
            let pieces = spaced(&with_marks);
            let text: String = pieces.iter().map(|(words, _)| words.as_str()).collect();
            prop_assert_eq!(text, wording::prose(&typed));
            let figures: Vec<&str> = pieces.iter().filter(|(_, place)| place.is_some()).map(|(words, _)| words.as_str()).collect();
            prop_assert_eq!(figures, numbers[..words.len()].iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
