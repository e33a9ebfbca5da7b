//! Closed lists: an enum whose variants have the labels that the sheets use.

/// A value of a closed list.
pub trait Choice: Sized + Copy + 'static {
    /// The labels, in the order of [`Choice::ALL`].
    const LABELS: &'static [&'static str];
    /// All values.
    const ALL: &'static [Self];

    /// The label as sheets and documents write it.
    fn label(self) -> &'static str;
}

/// Declares a closed list.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $label:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant),+
        }

        impl $crate::model::Choice for $name {
            const LABELS: &'static [&'static str] = &[$($label),+];
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}
pub(super) use choices;
