//! Rows that nobody wrote. A template is made over them before a real row takes a branch of it: one with every cell
//! filled, one with what is required and nothing else, one with all that is long.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveTime;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};

use super::derived::Is;
use super::front::Front;
use super::join;
use super::keys::{Audience, DaySource};
use super::schema::{Access, sheet_called, sheets};
use super::select::Condition;
use super::values::{self, Context};
use super::{Genre, Maker};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::texts;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::Readers;
use crate::records::{Column, Field, Kind, Label, Sheet};
use crate::render::marked;
use crate::render::rows::{Choose, Rows};
use crate::wording;

/// How full a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fullness {
    /// Every cell is filled.
    Filled,
    /// What is required is filled, and nothing else.
    Bare,
    /// Every cell is filled, with as much as people write.
    Longest,
}

/// Words that say nothing, for texts of any length.
const WORDS: &str = "un exemple de ce qui pourrait être écrit dans cette cellule, ";

impl Fullness {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::Filled, Self::Bare, Self::Longest];

    /// What a row of it is, for a message.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Filled => "dont toutes les cellules sont remplies",
            Self::Bare => "où seul est rempli ce qui doit l’être",
            Self::Longest => "dont les textes et les nombres sont très longs",
        }
    }

    /// How many rows stand where several may.
    fn several(self, least: usize) -> usize {
        match self {
            Self::Filled => 2,
            Self::Bare => least,
            Self::Longest => 12,
        }
    }

    /// A text of so many repetitions, or a short one.
    fn text(self, times: usize) -> String {
        if self == Self::Longest { wording::capitalized(&WORDS.repeat(times)) } else { "Exemple".to_owned() }
    }

    /// An amount, in cents.
    fn amount(self) -> i64 {
        self.number(123_456, 9_999_999_999)
    }

    /// A number of things.
    fn count(self) -> i64 {
        self.number(3, 999)
    }

    /// The smaller or the larger of two numbers.
    fn number(self, usual: i64, largest: i64) -> i64 {
        if self == Self::Longest { largest } else { usual }
    }
}

/// What a template is tried with.
pub(super) struct Trial {
    context: Arc<Context>,
    fullness: Fullness,
    /// The sheets of its own rows.
    own: Vec<&'static Sheet>,
    /// What its header wants of their columns.
    wanted: Vec<Condition>,
    /// The names of what its header takes for granted, with their sheets.
    granted: Vec<(&'static str, &'static str)>,
    /// Whether a partner reads it.
    has_reader: bool,
}

impl fmt::Debug for Trial {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.fullness)
    }
}

impl Trial {
    pub(super) fn new(front: &Front, context: Arc<Context>, fullness: Fullness) -> Arc<Self> {
        let own: Vec<&'static Sheet> = [front.of, front.each].into_iter().flatten().collect();
        let mut granted = Vec::new();
        // A file has a day: where one cell alone gives it, that cell is filled.
        for source in [&front.date, &front.frozen].into_iter().filter(|sources| sources.len() == 1).flatten() {
            if let DaySource::Of(sheet, link, asked) = source {
                granted.push((sheet.name, link.map_or(asked.name(), |link| link.heading)));
            }
        }
        // Rows of « chaque » go with that of « pour »; a file for a partner belongs to one.
        if let (Some(of), Some(each)) = (front.of, front.each) {
            let pairs = [(of, each), (each, of)].into_iter();
            granted.extend(pairs.flat_map(|(from, to)| join::leading(from, to).map(|it| (from.name, it.heading))));
        }
        if let (Audience::Partner, Some(partners)) = (front.audience, sheet_called("Partenaires")) {
            let leading = own.iter().flat_map(|from| join::leading(from, partners).map(|it| (from.name, it.heading)));
            granted.extend(leading);
        }
        let wanted = front.when.iter().chain(&front.when_each).cloned().collect();
        let has_reader = front.audience == Audience::Partner;
        Arc::new(Self { context, fullness, own, wanted, granted, has_reader })
    }

    /// Everything that the template is given.
    pub(super) fn root(self: &Arc<Self>) -> Value {
        Value::from_object(Root(Arc::clone(self)))
    }

    fn row(self: &Arc<Self>, sheet: &'static Sheet, is_own: bool) -> Value {
        Value::from_object(Example { trial: Arc::clone(self), sheet, is_own })
    }

    fn row_of(self: &Arc<Self>, name: &str) -> Value {
        sheet_called(name).map_or_else(|| Value::from(()), |sheet| self.row(sheet, false))
    }

    fn rows(self: &Arc<Self>, sheet: &'static Sheet, name: &str, least: usize) -> Value {
        let count = self.fullness.several(least);
        let chooser = Arc::new(Chooser { trial: Arc::clone(self), sheet, count });
        Rows {
            items: (0..count).map(|_| self.row(sheet, false)).collect(),
            name: name.to_owned(),
            cells: vec![Cells::default(); count],
            measures: values::measures(&self.context, sheet),
            register: Arc::clone(&self.context.register),
            chooser,
            places: (0..count).collect(),
        }
        .value()
    }
}

impl Genre {
    /// What would fail on a row that is not there yet, each place once.
    pub(super) fn foreseen(&self, maker: &Maker) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        for fullness in Fullness::ALL {
            let context = self.context(maker, Readers::Operator, None, Vec::new(), false);
            let trial = Trial::new(&self.front, Arc::clone(&context), fullness);
            let last = trial.own.last().copied();
            let Err(fault) = self.tree(maker, &trial.root(), &context.register, last) else { continue };
            if found.iter().any(|known| known.place == fault.place) {
                continue;
            }
            let told = texts::fragile_template(fullness.told(), &fault.message);
            let told = Diagnostic { place: fault.place, excerpt: fault.excerpt, ..told };
            found.push(fault.hints.into_iter().fold(told, Diagnostic::hint));
        }
        found
    }
}

struct Root(Arc<Trial>);

impl fmt::Debug for Root {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("rows that nobody wrote")
    }
}

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (trial, name) = (&self.0, key.as_str()?);
        if let Some(sheet) = trial.own.iter().find(|sheet| sheet.row_name == name) {
            return Some(trial.row(sheet, true));
        }
        Some(match name {
            "jour" => trial.context.day(trial.context.today()),
            "operateur" => trial.row_of("Partenaires"),
            "lecteur" if trial.has_reader => trial.row_of("Partenaires"),
            "lecteur" => Value::from(()),
            "territoire" => values::territory(&trial.context),
            _ => {
                let sheet = sheets().find(|sheet| sheet.rows_name == name)?;
                trial.rows(sheet, name, 1)
            }
        })
    }
}

/// A row that nobody wrote.
struct Example {
    trial: Arc<Trial>,
    sheet: &'static Sheet,
    /// Whether it is one that the template is for.
    is_own: bool,
}

impl fmt::Debug for Example {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a row of {}", self.sheet.name)
    }
}

/// The sheet whose row a value would be.
pub(super) fn sheet_of(value: &Value) -> Option<&'static Sheet> {
    value.downcast_object_ref::<Example>().map(|row| row.sheet)
}

impl Object for Example {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let (trial, name) = (&self.trial, key.as_str()?);
        match trial.context.schema.access(self.sheet, name)? {
            Access::Column(column) => Some(self.under(column)),
            Access::Back(other, _) => Some(trial.rows(other, name, 0)),
            Access::Derived(derived) => {
                let is_there = self.is_filled(derived.name, derived.always);
                Some(match derived.is {
                    Is::Flag => marked::flag(self.says_yes(derived.name)),
                    Is::Rows(of) => match sheet_called(of) {
                        Some(of) => trial.rows(of, name, usize::from(is_there && trial.fullness != Fullness::Bare)),
                        None => Value::from(()),
                    },
                    _ if !is_there => values::nothing(self.sheet, name, name, None),
                    Is::Text => Value::from(trial.fullness.text(2)),
                    Is::Day => trial.context.day(trial.context.today()),
                    Is::Row(of) => trial.row_of(of),
                    Is::Figure(zero) => {
                        let quantity = match zero {
                            Quantity::Cents(_) => Quantity::Cents(trial.fullness.amount()),
                            Quantity::Share(..) => Quantity::Share(1, 3),
                            _ => Quantity::Count(trial.fullness.count()),
                        };
                        let label = derived.name;
                        trial.context.figure(Figure::new(label, label, quantity, Cells::default()))
                    }
                })
            }
        }
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.trial.fullness.text(2))
    }
}

impl Example {
    /// What the header wants of a column, or of a derived value.
    fn wanted(&self, name: &str) -> impl Iterator<Item = &Condition> {
        let is_meant = move |condition: &&Condition| condition.asked().name() == name;
        self.trial.wanted.iter().filter(|_| self.is_own).filter(is_meant)
    }

    /// Whether something stands there.
    fn is_filled(&self, name: &str, required: bool) -> bool {
        if let Some(condition) = self.wanted(name).next() {
            return !condition.is_blank();
        }
        let is_granted = self.is_own && self.trial.granted.contains(&(self.sheet.name, name));
        required || is_granted || self.trial.fullness != Fullness::Bare
    }

    fn says_yes(&self, name: &str) -> bool {
        let yes = self.trial.fullness != Fullness::Bare;
        match self.wanted(name).next() {
            Some(condition) if !condition.is_blank() => {
                if condition.wants("oui") == condition.wants("non") {
                    yes
                } else {
                    condition.wants("oui")
                }
            }
            Some(_) => false,
            None => yes,
        }
    }

    fn under(&self, column: &'static Column) -> Value {
        let (trial, sheet, heading) = (&self.trial, self.sheet, column.heading);
        let is_filled = self.is_filled(heading, column.required);
        match column.kind {
            Kind::References(to, _) => match sheet_called(to) {
                Some(to) => trial.rows(to, to.rows_name, usize::from(is_filled)),
                None => Value::from(()),
            },
            Kind::Reference(to, _) if is_filled => trial.row_of(to),
            Kind::YesNo => marked::flag(self.says_yes(heading)),
            Kind::Reference(..) => values::nothing(sheet, &column.name(), heading, None),
            _ => {
                let field = is_filled.then(|| self.field(column));
                values::written(&trial.context, sheet, column, field, None, "exemple")
            }
        }
    }

    /// What stands in a filled cell.
    fn field(&self, column: &Column) -> Field {
        let (fullness, day) = (self.trial.fullness, self.trial.context.today());
        let label = |labels: &[Label]| {
            let wants = |label: &Label| self.wanted(column.heading).all(|it| it.wants(label.name));
            let mut fitting: Vec<usize> = (0..labels.len()).filter(|it| labels.get(*it).is_some_and(wants)).collect();
            if fullness == Fullness::Longest {
                fitting.sort_by_key(|it| std::cmp::Reverse(labels.get(*it).map_or(0, |label| label.name.len())));
            }
            fitting.first().copied().unwrap_or_default()
        };
        match column.kind {
            Kind::Integer(least, most) => Field::Integer(fullness.count().clamp(least, most.max(least))),
            Kind::Amount => Field::Amount(fullness.amount()),
            Kind::Decimal | Kind::Hours => Field::Hundredths(fullness.number(750, 999_950)),
            Kind::Share => Field::Share(1, 3),
            Kind::Date | Kind::Month => Field::Date(day),
            Kind::Dates => Field::Dates(vec![day; fullness.several(1)]),
            Kind::Time => Field::Time(NaiveTime::MIN),
            Kind::Choice(labels) => Field::Choice(label(labels)),
            Kind::Choices(labels) => Field::Choices(vec![label(labels)]),
            Kind::Enclosures(_) | Kind::Names(_) => Field::Texts(vec![fullness.text(1); fullness.several(1)]),
            Kind::Markdown => Field::Text(format!("{}\n\n- {}", fullness.text(8), fullness.text(2))),
            Kind::Theme => Field::Text(self.trial.context.ask(|scope| {
                let themes = scope.territory().themes.iter();
                themes.max_by_key(|theme| theme.len()).cloned().unwrap_or_default()
            })),
            Kind::Text => Field::Text(fullness.text(4)),
            _ => Field::Text(fullness.text(1)),
        }
    }
}

/// Tells none of the rows from the others, and refuses what no row could say.
#[derive(Debug)]
struct Chooser {
    trial: Arc<Trial>,
    sheet: &'static Sheet,
    count: usize,
}

impl Choose for Chooser {
    fn choose(&self, column: &str, wanted: &Value) -> Result<Vec<bool>, String> {
        let is_example = |value: &Value| sheet_of(value).is_some();
        let several =
            wanted.kind() == ValueKind::Seq && wanted.try_iter().is_ok_and(|mut it| it.any(|it| is_example(&it)));
        // What an invented cell says is no value of a list; a value that stands in the template is.
        let is_invented = is_example(wanted) || several || marked::said(wanted).contains(&self.trial.fullness.text(1));
        if !is_invented {
            values::wanted_of(&self.trial.context, self.sheet, column, wanted, |_| None)?;
        }
        Ok(vec![true; self.count])
    }
}
