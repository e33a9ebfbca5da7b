//! Sheet Exercices: budget years.

use crate::model::rows::{At, Code, Day, Ref, Sight, sheet};
use crate::model::{Partner, Period};

sheet! {
    /// A budget year.
    FiscalYear = "Exercices", exercice, exercices, named by "Code", seen by Sight::PUBLIC,
    "Un exercice budgétaire par ligne.",
    { key: &[Self::CODE] }
    {
        /// Its code, for instance `2022-2023`.
        code CODE: Code = "Code" { example: "2021" };
        /// Its first day.
        start START: Day = "Début" { example: "01/02/2021" };
        /// Its last day.
        end END: Day = "Fin" { example: "31/01/2022" };
        /// The partner that carries the rounding.
        rounding_carrier CARRIER: Ref<Partner> = "Écart d'arrondi à la charge de" {
            about: "Le partenaire qui porte les centimes que le partage ne peut pas répartir.",
            example: "CCE"
        };
    }
}

impl At<'_, FiscalYear> {
    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period { start: self.start(), end: self.end() }
    }
}
