//! The project manager in the sentences of a pack: what is said agrees with who it is.

use crate::views::view;
use crate::wording;

view! {
    /// The project manager in sentences: what is said agrees with who it is.
    pub(super) struct ManagerData {
        /// « le chef de projet », « la cheffe de projet ».
        le: &'static str,
        /// « chef de projet », « cheffe de projet ».
        titre: &'static str,
        /// « du chef de projet », « de la cheffe de projet ».
        de: &'static str,
        /// « au chef de projet », « à la cheffe de projet ».
        a: &'static str,
        /// « e » for a woman.
        e: &'static str,
        feminin: bool,
    }
}

/// What is said of the project manager: a woman where the settings name one.
pub(super) fn manager(named: Option<&str>) -> ManagerData {
    let is_woman = named
        .is_some_and(|named| ["mme ", "madame "].iter().any(|it| wording::fold(named.trim_start()).starts_with(it)));
    if is_woman {
        ManagerData {
            le: "la cheffe de projet",
            titre: "cheffe de projet",
            de: "de la cheffe de projet",
            a: "à la cheffe de projet",
            e: "e",
            feminin: true,
        }
    } else {
        ManagerData {
            le: "le chef de projet",
            titre: "chef de projet",
            de: "du chef de projet",
            a: "au chef de projet",
            e: "",
            feminin: false,
        }
    }
}
