//! Sheet Conventions: the versions of the partnership agreement.

use crate::model::FiscalYear;
use crate::model::rows::{Code, Day, Ref, Sight, sheet};

sheet! {
    /// A version of the convention.
    Convention = "Conventions", convention, conventions, named by "Version", seen by Sight::PUBLIC,
    "Une version de la convention de partenariat par ligne.",
    { key: &[Self::VERSION] }
    {
        /// The version, which names the text.
        version VERSION: Code = "Version" { about: "Nomme le texte : convention-2022.md.j2 pour 2022 ; sans ce fichier, convention.md.j2.", example: "2021" };
        /// The day at which representatives are in office.
        reference REFERENCE: Day = "Date de référence" { about: "Le jour où les représentants sont en fonction.", example: "20/01/2021" };
        /// Its first day.
        start START: Day = "Début" { example: "01/02/2021" };
        /// Its last day.
        end END: Day = "Fin" { example: "31/01/2022" };
        /// The version that it replaces.
        replaces REPLACES: Option<Ref<Convention>> = "Remplace" { about: "La version précédente." };
        /// The budget year of its article 4.
        year YEAR: Ref<FiscalYear> = "Exercice" { about: "Le budget de l’article 4.", example: "2021" };
    }
}
