//! Sheet Paiements: what was paid, of which expense.

use crate::model::rows::{Amount, Code, Day, MonthOf, Ref, Sight, Text, sheet};
use crate::model::{Expense, FiscalYear};

sheet! {
    /// A payment.
    Payment = "Paiements", paiement, paiements, named by "Justificatif", seen by Sight::PARTNERS,
    "Un paiement par ligne ; leur somme est le réalisé de la dépense.",
    { long: true, optional: true }
    {
        /// The year.
        year YEAR: Ref<FiscalYear> = "Exercice" { example: "2021" };
        /// The expense.
        expense NATURE: Ref<Expense> = "Nature" { about: "La nature, comme dans la feuille Dépenses.", example: "Salaire et charges" };
        /// How much.
        amount AMOUNT: Amount = "Montant" { example: "5 350,00" };
        /// When it was paid.
        paid PAID: Day = "Acquittée le" { example: "28/02/2021" };
        /// To whom.
        payee PAYEE: Option<Text> = "Bénéficiaire" { example: "URSSAF", person: true };
        /// The receipt.
        receipt RECEIPT: Option<Code> = "Justificatif" { about: "Le numéro de la pièce.", example: "P-2021-02" };
        /// The month that it is for.
        month MONTH: Option<MonthOf> = "Mois" { example: "2021-02" };
    }
}
