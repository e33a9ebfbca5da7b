//! The types of columns: how a cell's value is held, and what reading it gives.

use std::fmt::Debug;
use std::marker::PhantomData;

use chrono::{NaiveDate, NaiveTime};

use super::{At, Link, Record, Scope};
use crate::model::{Cents, Choice, Month};
use crate::records::{Field, Kind};

/// The type of a column.
pub trait Type {
    /// What its cells hold.
    const KIND: Kind;
    /// Whether every row must fill it.
    const REQUIRED: bool = true;
    /// How a row holds it.
    type Held: Clone + Debug + Send + Sync + 'static;
    /// What reading it gives.
    type Read<'s>;

    /// What a row holds of a decoded cell; nothing is an empty value.
    fn take(field: Option<Field>) -> Self::Held;
    /// The value for who reads it.
    fn read<'s>(held: &'s Self::Held, scope: &'s Scope<'s>) -> Self::Read<'s>;
    /// The value as its cell gave it.
    fn field(held: &Self::Held) -> Option<Field>;
    /// The links that it holds.
    fn links(_held: &Self::Held) -> &[Link] {
        &[]
    }
    /// The same, to be resolved.
    fn links_mut(_held: &mut Self::Held) -> &mut [Link] {
        &mut []
    }
}

/// A column that may be blank.
impl<T: Type> Type for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;
    type Held = Option<T::Held>;
    type Read<'s> = Option<T::Read<'s>>;

    fn take(field: Option<Field>) -> Self::Held {
        field.map(|field| T::take(Some(field)))
    }

    fn read<'s>(held: &'s Self::Held, scope: &'s Scope<'s>) -> Self::Read<'s> {
        held.as_ref().map(|held| T::read(held, scope))
    }

    fn field(held: &Self::Held) -> Option<Field> {
        held.as_ref().and_then(T::field)
    }

    fn links(held: &Self::Held) -> &[Link] {
        held.as_ref().map_or(&[], T::links)
    }

    fn links_mut(held: &mut Self::Held) -> &mut [Link] {
        held.as_mut().map_or(&mut [], T::links_mut)
    }
}

/// Types whose cells hold text.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident: $kind:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name;

        impl Type for $name {
            const KIND: Kind = $kind;
            type Held = String;
            type Read<'s> = &'s str;

            fn take(field: Option<Field>) -> String {
                match field {
                    Some(Field::Text(text)) => text,
                    _ => String::new(),
                }
            }

            fn read<'s>(held: &'s String, _: &'s Scope<'s>) -> &'s str {
                held
            }

            fn field(held: &String) -> Option<Field> {
                Some(Field::Text(held.clone())).filter(|_| !held.is_empty())
            }
        }
    )+};
}

texts! {
    /// One line of text.
    Text: Kind::Text;
    /// Paragraphs in Markdown.
    Markdown: Kind::Markdown;
    /// A code that names a row, or a number that somebody gave.
    Code: Kind::Code;
    /// An e-mail address.
    Email: Kind::Email;
    /// A link that starts with http or https.
    Url: Kind::Link;
    /// Nine digits with a valid key.
    Siren: Kind::Siren;
    /// Fourteen digits with a valid key.
    Siret: Kind::Siret;
    /// Five digits.
    PostalCode: Kind::PostalCode;
    /// A picture's path below the inputs.
    Image: Kind::Image;
    /// A theme of the settings, spelled as there.
    Theme: Kind::Theme;
}

/// Types whose values are copied: how a field becomes the value, and the other way.
macro_rules! values {
    ($($(#[$meta:meta])* $name:ident $(<$(const $parameter:ident: $of:ty),+>)?: $kind:expr, $required:literal, $value:ty,
        $pattern:pat => $take:expr, $held:ident => $field:expr;)+) => {$(
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name $(<$(const $parameter: $of),+>)?;

        impl $(<$(const $parameter: $of),+>)? Type for $name $(<$($parameter),+>)? {
            const KIND: Kind = $kind;
            const REQUIRED: bool = $required;
            type Held = $value;
            type Read<'s> = $value;

            fn take(field: Option<Field>) -> $value {
                match field {
                    Some($pattern) => $take,
                    _ => Default::default(),
                }
            }

            fn read<'s>(held: &'s $value, _: &'s Scope<'s>) -> $value {
                *held
            }

            fn field($held: &$value) -> Option<Field> {
                Some($field)
            }
        }
    )+};
}

values! {
    /// An amount.
    Amount: Kind::Amount, true, Cents, Field::Amount(cents) => Cents(cents), held => Field::Amount(held.0);
    /// A whole number between two bounds.
    Integer<const LOW: i64, const HIGH: i64>: Kind::Integer(LOW, HIGH), true, i64,
        Field::Integer(number) => number, held => Field::Integer(*held);
    /// A number of hours, in hundredths.
    Hours: Kind::Hours, true, i64, Field::Hundredths(hundredths) => hundredths, held => Field::Hundredths(*held);
    /// A share of a whole: numerator and denominator.
    Fraction: Kind::Share, true, (i64, i64), Field::Share(part, whole) => (part, whole), held => Field::Share(held.0, held.1);
    /// A day.
    Day: Kind::Date, true, NaiveDate, Field::Date(date) => date, held => Field::Date(*held);
    /// A month.
    MonthOf: Kind::Month, true, Month, Field::Date(date) => Month::of(date), held => Field::Date(held.first_day());
    /// A time of day.
    Hour: Kind::Time, true, NaiveTime, Field::Time(time) => time, held => Field::Time(*held);
    /// Yes or no, to be said in every row.
    YesNo: Kind::YesNo, true, bool, Field::Flag(flag) => flag, held => Field::Flag(*held);
    /// Yes or no; a blank cell is no.
    Flag: Kind::YesNo, false, bool, Field::Flag(flag) => flag, held => Field::Flag(*held);
}

/// Several days.
#[derive(Debug)]
pub struct Days;

impl Type for Days {
    const KIND: Kind = Kind::Dates;
    const REQUIRED: bool = false;
    type Held = Vec<NaiveDate>;
    type Read<'s> = &'s [NaiveDate];

    fn take(field: Option<Field>) -> Self::Held {
        match field {
            Some(Field::Dates(dates)) => dates,
            _ => Vec::new(),
        }
    }

    fn read<'s>(held: &'s Self::Held, _: &'s Scope<'s>) -> &'s [NaiveDate] {
        held
    }

    fn field(held: &Self::Held) -> Option<Field> {
        Some(Field::Dates(held.clone())).filter(|_| !held.is_empty())
    }
}

/// Several values of a closed list.
#[derive(Debug)]
pub struct Several<T>(PhantomData<T>);

/// At least one value of a closed list.
#[derive(Debug)]
pub struct SomeOf<T>(PhantomData<T>);

macro_rules! lists {
    ($($name:ident: $required:literal;)+) => {$(
        impl<T: Choice + Debug + Send + Sync> Type for $name<T> {
            const KIND: Kind = Kind::Choices(T::LABELS);
            const REQUIRED: bool = $required;
            type Held = Vec<T>;
            type Read<'s> = &'s [T];

            fn take(field: Option<Field>) -> Vec<T> {
                match field {
                    Some(Field::Choices(indexes)) => indexes.into_iter().filter_map(|index| T::ALL.get(index).copied()).collect(),
                    _ => Vec::new(),
                }
            }

            fn read<'s>(held: &'s Vec<T>, _: &'s Scope<'s>) -> &'s [T] {
                held
            }

            fn field(held: &Vec<T>) -> Option<Field> {
                Some(Field::Choices(held.iter().map(|value| value.index()).collect())).filter(|_| !held.is_empty())
            }
        }
    )+};
}

lists! {
    Several: false;
    SomeOf: true;
}

/// What names a row of another sheet: reading it gives the row.
#[derive(Debug)]
pub struct Ref<T>(PhantomData<T>);

/// Several of them, separated by `;`.
#[derive(Debug)]
pub struct Refs<T>(PhantomData<T>);

/// The name of somebody, who may stand in another sheet.
#[derive(Debug)]
pub struct Name<T>(PhantomData<T>);

/// Several of them, separated by `;`.
#[derive(Debug)]
pub struct Names<T>(PhantomData<T>);

/// A name, and the row of who bears it.
#[derive(Debug)]
pub struct Named<'s, T: Record> {
    /// The name as the cell writes it.
    pub name: &'s str,
    /// What stands behind it in brackets: « L. 1111-6 ».
    pub note: Option<&'s str>,
    /// The row, where there is one.
    pub row: Option<At<'s, T>>,
}

impl<T: Record> Clone for Named<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Record> Copy for Named<'_, T> {}

fn text_of(field: Option<Field>) -> Link {
    match field {
        Some(Field::Text(text)) => Link::to(&text),
        Some(Field::Integer(number)) => Link::to(&number.to_string()),
        _ => Link::to(""),
    }
}

fn texts_of(field: Option<Field>) -> Vec<Link> {
    match field {
        Some(Field::Texts(texts)) => texts.iter().map(|text| Link::to(text)).collect(),
        _ => Vec::new(),
    }
}

fn field_of_text(link: &Link) -> Option<Field> {
    Some(Field::Text(link.text.to_string())).filter(|_| !link.text.is_empty())
}

fn field_of_texts(links: &[Link]) -> Option<Field> {
    Some(Field::Texts(links.iter().map(|link| link.text.to_string()).collect())).filter(|_| !links.is_empty())
}

fn bracketed(text: &str) -> Option<&str> {
    text.split_once(" (").map(|(_, note)| note.trim_end_matches(')').trim())
}

fn named<'s, T: Record>(link: &'s Link, scope: &'s Scope<'s>) -> Named<'s, T> {
    let row = Some(At::new(scope, link.row)).filter(|row: &At<T>| row.exists());
    Named { name: super::links::bare_name(&link.text, false), note: bracketed(&link.text), row }
}

impl<T: Record> Type for Ref<T> {
    const KIND: Kind = Kind::Reference(T::NAME, T::SAYS);
    type Held = Link;
    type Read<'s> = At<'s, T>;

    fn take(field: Option<Field>) -> Link {
        text_of(field)
    }

    fn read<'s>(held: &'s Link, scope: &'s Scope<'s>) -> At<'s, T> {
        At::new(scope, held.row)
    }

    fn field(held: &Link) -> Option<Field> {
        field_of_text(held)
    }

    fn links(held: &Link) -> &[Link] {
        std::slice::from_ref(held)
    }

    fn links_mut(held: &mut Link) -> &mut [Link] {
        std::slice::from_mut(held)
    }
}

impl<T: Record> Type for Refs<T> {
    const KIND: Kind = Kind::References(T::NAME, T::SAYS);
    const REQUIRED: bool = false;
    type Held = Vec<Link>;
    type Read<'s> = Vec<At<'s, T>>;

    fn take(field: Option<Field>) -> Vec<Link> {
        texts_of(field)
    }

    fn read<'s>(held: &'s Vec<Link>, scope: &'s Scope<'s>) -> Vec<At<'s, T>> {
        held.iter().map(|link| At::new(scope, link.row)).collect()
    }

    fn field(held: &Vec<Link>) -> Option<Field> {
        field_of_texts(held)
    }

    fn links(held: &Vec<Link>) -> &[Link] {
        held
    }

    fn links_mut(held: &mut Vec<Link>) -> &mut [Link] {
        held
    }
}

impl<T: Record> Type for Name<T> {
    const KIND: Kind = Kind::Name(T::NAME);
    type Held = Link;
    type Read<'s> = Named<'s, T>;

    fn take(field: Option<Field>) -> Link {
        text_of(field)
    }

    fn read<'s>(held: &'s Link, scope: &'s Scope<'s>) -> Named<'s, T> {
        named(held, scope)
    }

    fn field(held: &Link) -> Option<Field> {
        field_of_text(held)
    }

    fn links(held: &Link) -> &[Link] {
        std::slice::from_ref(held)
    }

    fn links_mut(held: &mut Link) -> &mut [Link] {
        std::slice::from_mut(held)
    }
}

impl<T: Record> Type for Names<T> {
    const KIND: Kind = Kind::Names(T::NAME);
    const REQUIRED: bool = false;
    type Held = Vec<Link>;
    type Read<'s> = Vec<Named<'s, T>>;

    fn take(field: Option<Field>) -> Vec<Link> {
        texts_of(field)
    }

    fn read<'s>(held: &'s Vec<Link>, scope: &'s Scope<'s>) -> Vec<Named<'s, T>> {
        held.iter().map(|link| named(link, scope)).collect()
    }

    fn field(held: &Vec<Link>) -> Option<Field> {
        field_of_texts(held)
    }

    fn links(held: &Vec<Link>) -> &[Link] {
        held
    }

    fn links_mut(held: &mut Vec<Link>) -> &mut [Link] {
        held
    }
}
