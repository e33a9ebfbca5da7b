//! Every filter and test of text templates, declared once: its name, what it takes, what it does, an example with what that
//! gives, how it is added. The guide's tables are these; what is not declared here does not exist.

mod filters;
mod questions;

use chrono::NaiveDate;
use minijinja::value::Kwargs;
use minijinja::{Environment, Value};

pub use self::filters::FILTERS;
pub use self::questions::TESTS;
use super::filters::{Measure, Takes, day, figure};
use crate::figures::{Figure, Printed};

/// A filter or a test.
pub struct Word {
    /// Its name.
    pub name: &'static str,
    /// What it does, in the guide's words.
    pub about: &'static str,
    /// It at work, as a text would write it.
    pub example: &'static str,
    /// What the example gives.
    pub gives: &'static str,
    /// What it takes, where it does not take anything.
    pub(super) takes: Option<Takes>,
    /// Whether it prints a figure.
    pub(super) prints: bool,
    adds: Adds,
}

/// How a filter or a test is added.
#[derive(Clone, Copy)]
enum Adds {
    /// A filter that prints a figure of a measure.
    Printer(Measure, fn(&Figure) -> Printed),
    /// A filter that writes a day.
    Day(fn(NaiveDate) -> String),
    /// Anything else.
    Own(fn(&mut Environment, &'static str)),
}

impl Word {
    /// Adds it to an environment.
    pub(super) fn add(&self, environment: &mut Environment) {
        let name = self.name;
        match self.adds {
            Adds::Printer(measure, print) => environment.add_filter(name, move |value: &Value, options: Kwargs| {
                let after = options.get::<Option<String>>("apres")?;
                options.assert_all_used()?;
                figure(name, value, measure).map(|value| {
                    let printed = print(&value.figure);
                    value.print(match &after {
                        Some(after) => printed.after(after, measure.name()),
                        None => printed,
                    })
                })
            }),
            Adds::Day(print) => environment.add_filter(name, move |value: &Value| day(name, value).map(print)),
            Adds::Own(add) => add(environment, name),
        }
    }
}

/// What the guide says of a filter or a test.
type Told = [&'static str; 3];

const fn printer(
    name: &'static str,
    measure: Measure,
    print: fn(&Figure) -> Printed,
    [about, example, gives]: Told,
) -> Word {
    let adds = Adds::Printer(measure, print);
    Word { name, about, example, gives, takes: Some(Takes::Figure), prints: true, adds }
}

const fn of_day(name: &'static str, print: fn(NaiveDate) -> String, [about, example, gives]: Told) -> Word {
    Word { name, about, example, gives, takes: Some(Takes::Day), prints: false, adds: Adds::Day(print) }
}

const fn own(
    name: &'static str,
    takes: Option<Takes>,
    add: fn(&mut Environment, &'static str),
    [about, example, gives]: Told,
) -> Word {
    Word { name, about, example, gives, takes, prints: false, adds: Adds::Own(add) }
}

const FIGURE: Option<Takes> = Some(Takes::Figure);
const EITHER: Option<Takes> = Some(Takes::Either);
const DAY: Option<Takes> = Some(Takes::Day);

/// The filter or the test of this name.
pub(super) fn word(name: &str) -> Option<&'static Word> {
    FILTERS.iter().chain(TESTS).find(|word| word.name == name)
}

#[cfg(test)]
mod tests;
