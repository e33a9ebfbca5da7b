//! Sheet Aides: applications for aid.

use chrono::NaiveDate;

use crate::model::Firm;
use crate::model::choice::choices;
use crate::model::rows::{Amount, At, Day, Flag, Integer, Ref, Sight, Text, YesNo, sheet};

choices! {
    /// The plan that pays.
    Plan {
        /// Anything else.
        Other = "Autre",
        /// The recovery plan of 2020.
        Relance = "France Relance",
        /// The investment plan of 2021.
        France2030 = "France 2030",
        /// The region.
        Region = "Région",
        /// The European Union.
        Europe = "Europe",
    }
}

choices! {
    /// What became of an application.
    Decision {
        /// In examination.
        Pending = "En instruction",
        /// Granted.
        Granted = "Lauréat" | "Lauréate",
        /// Refused.
        Refused = "Refusé" | "Refusée",
        /// Given up by the firm.
        Abandoned = "Abandonné" | "Abandonnée",
    }
}

choices! {
    /// What form the aid takes.
    AidForm {
        /// A grant.
        Grant = "subvention",
        /// An advance.
        Advance = "avance",
        /// A loan.
        Loan = "prêt",
    }
}

/// Who may read of an application: anybody of an award that was announced, the firm's council always.
const SIGHT: Sight<Aid> = Sight {
    public: ("celles qui ont été annoncées", |row| row.is_announced()),
    partners: ("celles qui ont été annoncées", |row| row.is_announced()),
    owner: Some(|row| Some(row.firm().partner())),
};

sheet! {
    /// An application for aid.
    Aid = "Aides", aide, aides, named by "Entreprise", seen by SIGHT,
    "Un dossier de demande d’aide par ligne.",
    { long: true, confidential: true }
    {
        /// The firm.
        firm FIRM: Ref<Firm> = "Entreprise" { about: "La raison sociale, comme dans la feuille Entreprises.", example: "Ateliers de l’Exemple" };
        /// The firm's site, as the cell says it.
        site SITE: Option<Text> = "Site";
        /// The scheme.
        scheme SCHEME: Text = "Dispositif" { example: "Fonds de l’Exemple" };
        /// The plan.
        plan PLAN: Plan = "Plan" { example: "France Relance" };
        /// When it was filed.
        filed FILED: Day = "Déposé le" { example: "15/02/2021" };
        /// What became of it.
        decision DECISION: Decision = "Décision" { example: "Lauréat" };
        /// When that was decided.
        decided DECIDED: Option<Day> = "Décidé le" { example: "15/05/2021" };
        /// What the firm invests.
        investment INVESTMENT: Option<Amount> = "Investissement" { example: "1 200 000,00" };
        /// What it asked for.
        requested REQUESTED: Option<Amount> = "Aide demandée" { example: "300 000,00", reserved: true };
        /// What it got.
        obtained OBTAINED: Option<Amount> = "Aide obtenue" { about: "Pour un lauréat.", example: "250 000,00" };
        /// In what form.
        form FORM: Option<AidForm> = "Forme" { example: "subvention" };
        /// Whether the programme accompanied it.
        accompanied ACCOMPANIED: Flag = "Accompagné" {
            about: "Le programme a accompagné ce dossier : c’est lui qui le dit.",
            example: "oui",
            reserved: true
        };
        /// Jobs created.
        jobs_created JOBS_CREATED: Option<Integer<0, 100_000>> = "Emplois créés" { example: "6" };
        /// Jobs kept.
        jobs_kept JOBS_KEPT: Option<Integer<0, 100_000>> = "Emplois maintenus" { example: "79" };
        /// Whether the award was announced publicly.
        public PUBLIC: YesNo = "Annonce publique" {
            about: "Oui si l’aide a été annoncée publiquement : l’entreprise peut alors être nommée.",
            example: "non"
        };
    }
}

impl At<'_, Aid> {
    /// Whether the award was announced publicly.
    #[must_use]
    pub fn is_announced(self) -> bool {
        self.public() && self.decision() == Decision::Granted
    }

    /// What had become of it on a day; nothing before it was filed. A decision without a day is one of the day it was filed.
    #[must_use]
    pub fn decision_on(self, day: NaiveDate) -> Option<Decision> {
        if day < self.filed() {
            return None;
        }
        let decided = self.decided().is_none_or(|decided| decided <= day);
        Some(if decided { self.decision() } else { Decision::Pending })
    }

    /// Jobs created and kept.
    #[must_use]
    pub fn jobs(self) -> i64 {
        self.jobs_created().unwrap_or(0) + self.jobs_kept().unwrap_or(0)
    }
}
