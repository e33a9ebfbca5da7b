//! Closed lists: an enum whose variants have the labels that the sheets use.

use crate::records::Label;

/// A value of a closed list.
pub trait Choice: Sized + Copy + 'static {
    /// The labels, in the order of [`Choice::ALL`].
    const LABELS: &'static [Label];
    /// All values.
    const ALL: &'static [Self];

    /// Its place in the list.
    fn index(self) -> usize;

    /// The label as sheets and documents write it.
    fn label(self) -> &'static str {
        Self::LABELS[self.index()].name
    }
}

/// Declares a closed list: each value with its label, and other ways to write it. The last is what a row without a
/// readable value holds.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $label:literal $(| $also:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant),+
        }

        impl $crate::model::Choice for $name {
            const LABELS: &'static [$crate::records::Label] =
                &[$($crate::records::Label { name: $label, also: &[$($also),*] }),+];
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn index(self) -> usize {
                self as usize
            }
        }

        impl $crate::model::rows::Type for $name {
            const KIND: $crate::records::Kind = $crate::records::Kind::Choice(<Self as $crate::model::Choice>::LABELS);
            type Held = Self;
            type Read<'s> = Self;

            fn take(field: Option<$crate::records::Field>) -> Self {
                let index = match field {
                    Some($crate::records::Field::Choice(index)) => index,
                    _ => usize::MAX,
                };
                let all = <Self as $crate::model::Choice>::ALL;
                all.get(index).copied().unwrap_or(all[all.len() - 1])
            }

            fn read<'s>(held: &'s Self, _: &'s $crate::model::Scope<'s>) -> Self {
                *held
            }

            fn field(held: &Self) -> Option<$crate::records::Field> {
                Some($crate::records::Field::Choice($crate::model::Choice::index(*held)))
            }
        }
    };
}
pub(super) use choices;
