//! Sheet Délibérations: acts, from their drafts to their publication.

use crate::model::choice::choices;
use crate::model::rows::{At, Code, Day, Enclosures, Integer, Name, Names, Ref, Sight, Text, Url, sheet};
use crate::model::{Attendance, Convention, FiscalYear, Sitting};
use crate::records::Enclosed;

choices! {
    /// What a deliberation may have in annex.
    AnnexKind {
        /// The results of the plan.
        Results = "bilan",
        /// The roadmap.
        Roadmap = "feuille-de-route" | "feuille de route",
        /// The convention.
        Convention = "convention",
    }
}

choices! {
    /// How a council votes.
    Ballot {
        /// By show of hands.
        Hands = "Main levée" | "À main levée",
        /// By name.
        Public = "Public" | "Scrutin public",
        /// In secret.
        Secret = "Secret" | "Scrutin secret",
    }
}

choices! {
    /// What became of an item.
    Outcome {
        /// Adopted.
        Adopted = "Adoptée" | "Adopté",
        /// Rejected.
        Rejected = "Rejetée" | "Rejeté",
        /// Taken off the agenda.
        Withdrawn = "Retirée" | "Retiré",
        /// Put off to another sitting.
        Adjourned = "Ajournée" | "Ajourné",
        /// The council takes note, without a vote.
        Noted = "Prend acte",
    }
}

sheet! {
    /// A deliberation, from its draft to its publication.
    Deliberation = "Délibérations", deliberation, deliberations, named by "Code",
    seen by Sight { owner: Some(|row| Some(row.sitting().partner())), ..Sight::PUBLIC },
    "Une délibération par ligne, du projet à la publication.",
    { key: &[Self::CODE] }
    {
        /// Its code, unique.
        code CODE: Code = "Code" { about: "Nomme le dossier des fichiers.", example: "CCE-2021-4" };
        /// The sitting.
        sitting SITTING: Ref<Sitting> = "Séance" { example: "CCE-2021-01-20" };
        /// Its number; none while it is a draft.
        number NUMBER: Option<Code> = "Numéro" { about: "Vide tant que c’est un projet.", example: "2021/4" };
        /// What it is about.
        subject SUBJECT: Text = "Objet" { about: "Au plus 499 caractères.", example: "Convention de partenariat" };
        /// Who reports.
        rapporteur RAPPORTEUR: Option<Name<Attendance>> = "Rapporteur" { example: "Camille EXEMPLE", person: true };
        /// The matter in the ACTES nomenclature.
        matter MATTER: Option<Code> = "Matière" { about: "Deux niveaux de la nomenclature ACTES, choisis par le service.", example: "8.4" };
        /// The budget year.
        year YEAR: Ref<FiscalYear> = "Exercice" { example: "2021" };
        /// Its annexes, in order.
        annexes ANNEXES: Enclosures<AnnexKind> = "Annexes" { example: "convention" };
        /// The convention's version.
        convention CONVENTION: Option<Ref<Convention>> = "Convention" { example: "2021" };
        /// The word that the deliberations of several councils on one text share.
        common_decision COMMON_DECISION: Option<Code> = "Décision commune" {
            about: "Un mot que partagent les délibérations de plusieurs assemblées sur un même texte ; vide : celles d’une même convention et d’un même exercice.",
            example: "convention-2021"
        };
        /// The day up to which its annexes count.
        figures_on FIGURES_ON: Option<Day> = "Chiffres arrêtés au" { about: "Le jour jusqu’auquel comptent les chiffres des annexes.", example: "12/01/2021" };
        /// Members who take no part.
        interested INTERESTED: Names<Attendance> = "Ne prennent pas part" {
            about: "NOM Prénom, comme à l’appel, séparés par ; « (L. 1111-6) » derrière un nom dit pourquoi.",
            person: true
        };
        /// How the council votes.
        ballot BALLOT: Option<Ballot> = "Scrutin" { about: "À main levée si la cellule est vide.", example: "Main levée" };
        /// What became of it; nothing where the votes tell.
        stated_outcome OUTCOME: Option<Outcome> = "Résultat" { about: "Déduit des voix si la cellule est vide.", example: "Adoptée" };
        /// Votes for.
        votes_for VOTES_FOR: Option<Integer<0, 1_000>> = "Pour" { example: "31" };
        /// Votes against.
        votes_against VOTES_AGAINST: Option<Integer<0, 1_000>> = "Contre" { example: "0" };
        /// Abstentions.
        abstentions ABSTENTIONS: Option<Integer<0, 1_000>> = "Abstentions" { example: "0" };
        /// Who voted against.
        opponents OPPONENTS: Names<Attendance> = "Ont voté contre" { about: "NOM Prénom, comme à l’appel, séparés par ;", person: true };
        /// Who abstained.
        abstainers ABSTAINERS: Names<Attendance> = "Se sont abstenus" { about: "NOM Prénom, comme à l’appel, séparés par ;", person: true };
        /// The earlier deliberation that it rectifies.
        rectifies RECTIFIES: Option<Ref<Deliberation>> = "Rectifie" { about: "Le code d’une délibération antérieure." };
        /// When note, convocation and annexes were sent to the secretariat.
        handed_over HANDED_OVER: Option<Day> = "Transmis au secrétariat le" {
            about: "Le jour où la note et les annexes sont parties : elles ne changent plus.",
            example: "12/01/2021"
        };
        /// When the body signed the agreement.
        signed SIGNED: Option<Day> = "Signée le" { about: "Le jour où l’assemblée a fait signer la convention." };
        /// When it was sent to the prefecture: it is frozen from then on.
        sent SENT: Option<Day> = "Envoyé le" { about: "L’envoi en préfecture : l’acte ne change plus.", example: "22/01/2021" };
        /// When it was received there.
        received RECEIVED: Option<Day> = "Reçu le" { example: "22/01/2021" };
        /// When it was published.
        published PUBLISHED: Option<Day> = "Publié le" { example: "23/01/2021" };
        /// Who chairs it in the place of who chairs the sitting, who takes no part or may not be there.
        presided PRESIDED: Option<Name<Attendance>> = "Présidé par" {
            about: "NOM Prénom (qualité) de qui préside ce point et signe à la place du président de séance : intérêt personnel, vote de son compte.",
            person: true
        };
        /// Where it was published.
        publication_link LINK: Option<Url> = "Adresse de publication" { example: "https://example.org/actes/2021-4" };
    }
}

impl<'s> At<'s, Deliberation> {
    /// Whether a member takes no part in it.
    #[must_use]
    pub fn is_interested(self, member: At<'s, Attendance>) -> bool {
        self.interested().iter().any(|named| named.row == Some(member))
    }

    /// Whether something is among its annexes.
    #[must_use]
    pub fn has_annex(self, kind: AnnexKind) -> bool {
        self.annexes().contains(&Enclosed::Listed(kind))
    }

    /// The number as ACTES takes it: « 2022/70 » becomes `2022_70`. Letters A to Z, digits and `_`, at most fifteen, no `_` at
    /// an end; none when the number cannot become one.
    #[must_use]
    pub fn acts_number(self) -> Option<String> {
        let number = self.number()?;
        let mapped: String = number
            .trim()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        let well_formed =
            number.is_ascii() && (1..=15).contains(&mapped.len()) && !mapped.starts_with('_') && !mapped.ends_with('_');
        well_formed.then_some(mapped)
    }
}
