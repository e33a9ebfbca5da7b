//! Columns that name what goes with a document: parts that are made, and files that are there.

use std::fmt::Debug;
use std::marker::PhantomData;

use super::Scope;
use super::types::Type;
use crate::model::Choice;
use crate::records::{Enclosed, Field, Kind};

/// Values of a closed list, and PDF files of `inputs/annexes/`: at least one of them.
#[derive(Debug)]
pub struct Enclosures<T>(PhantomData<T>);

impl<T: Choice + Debug + Send + Sync> Type for Enclosures<T> {
    const KIND: Kind = Kind::Enclosures(T::LABELS);
    type Held = Vec<Enclosed<T>>;
    type Read<'s> = &'s [Enclosed<T>];

    fn take(field: Option<Field>) -> Self::Held {
        let Some(Field::Enclosures(found)) = field else { return Vec::new() };
        let of_list = |enclosed| match enclosed {
            Enclosed::Listed(index) => T::ALL.get(index).copied().map(Enclosed::Listed),
            Enclosed::File(file) => Some(Enclosed::File(file)),
        };
        found.into_iter().filter_map(of_list).collect()
    }

    fn read<'s>(held: &'s Self::Held, _: &'s Scope<'s>) -> &'s [Enclosed<T>] {
        held
    }

    fn field(held: &Self::Held) -> Option<Field> {
        let in_list = |enclosed: &Enclosed<T>| match enclosed {
            Enclosed::Listed(value) => Enclosed::Listed(value.index()),
            Enclosed::File(file) => Enclosed::File(file.clone()),
        };
        Some(Field::Enclosures(held.iter().map(in_list).collect())).filter(|_| !held.is_empty())
    }
}
