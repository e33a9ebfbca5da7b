//! What a payment request says, as data for its letter.

use super::Request;
use crate::documents::common::{self, Emblem, Frame};
use crate::figures::{Cells, Figure, Phrase, Printed, phrase};
use crate::model::{At, Budget, Choice as _, Convention, Partner, Representative, Territory};
use crate::views::{Day, Number, Slot, view};
use crate::wording::{self, fold};

view! {
    /// The page of a request.
    pub(super) struct RequestPages {
        cadre: Frame,
        /// Whether it was not called yet.
        projet: bool,
        /// Why it is still a draft, where something keeps it from being called.
        motif: Option<String>,
        numero: String,
        date: String,
        /// Where it is written.
        ville: Option<String>,
        emetteur: Option<Address>,
        logo: Option<Emblem>,
        /// Who answers for the sender, and where.
        contact: Vec<String>,
        siret: Option<String>,
        destinataire: Address,
        attention: Option<String>,
        appel: Option<String>,
        exercice: String,
        total: Printed,
        plafond: Option<Printed>,
        montant: Printed,
        montant_lettres: Printed,
        echeance: Phrase,
        banque: Bank,
        tva: Option<String>,
        chorus: Vec<ChorusKey>,
        signataire: Option<Signatory>,
        textes: RequestTexts,
    }

    /// The texts of a request.
    #[derive(Default)]
    pub(super) struct RequestTexts {
        corps: Slot,
    }

    /// What stands around the words of a letter for Word, piece by piece.
    pub(super) struct LetterFrame {
        partie: &'static str,
        lettre: RequestPages,
    }

    /// A partner on an envelope.
    pub(super) struct Address {
        nom_officiel: String,
        adresse: Option<String>,
        ville: Option<String>,
    }

    /// Where to pay.
    pub(super) struct Bank {
        titulaire: String,
        iban: String,
        bic: String,
    }

    /// What Chorus Pro asks for.
    pub(super) struct ChorusKey {
        nom: &'static str,
        valeur: String,
    }

    /// Who signs.
    pub(super) struct Signatory {
        nom: String,
        qualite: String,
    }

    /// What the letter's words may name.
    pub(super) struct RequestWords {
        territoire: TerritoryNames,
        destinataire: Names,
        operateur: Option<Names>,
        exercice: Year,
        montant: Number,
        /// The funder's whole share, where only a part of it is called.
        part_entiere: Option<Number>,
        /// What its assembly voted, where what is called is within it.
        plafond: Option<Number>,
        total: Number,
        convention: Option<ConventionNames>,
        deliberation: Option<ActNames>,
        /// The last day, where the sheet gives one; else the days of the settings run from the reception.
        echeance: Option<Day>,
        delai_jours: Number,
    }

    /// The territory and its programme.
    pub(super) struct TerritoryNames {
        nom: String,
        programme: String,
    }

    /// A partner's names.
    pub(super) struct Names {
        nom: String,
        nom_officiel: String,
        avec_de: String,
        /// The body in full, behind « de ».
        de: String,
        siren: Option<String>,
    }

    /// The budget year.
    pub(super) struct Year {
        code: String,
        debut: Day,
        fin: Day,
    }

    /// The convention that the share is paid by.
    pub(super) struct ConventionNames {
        version: String,
        debut: Day,
        fin: Day,
    }

    /// The funder's act.
    pub(super) struct ActNames {
        numero: String,
        date: Day,
        recue: Option<Day>,
    }
}

pub(super) fn pages(request: &Request) -> RequestPages {
    let line = request.share.resource;
    let scope = line.scope();
    let territory = scope.territory();
    let operator = scope.operator();
    let signatory = operator.and_then(|operator| scope.signatory(operator, request.date));
    let president = scope.signatory(request.share.partner, request.date);
    let amount = request.amount();
    let year = request.budget.year.code();
    let title = format!("Demande d’acompte n°\u{a0}{} – {}", request.number, request.share.name());
    let subject = format!("Participation au programme {} {}, exercice {year}", territory.programme, territory.name);
    let author = operator.map_or_else(|| territory.letter.sender_name.clone(), |it| it.usual_name().to_owned());
    let keys =
        [("SIRET", request.share.partner.siret()), ("service", line.service_code()), ("engagement", line.commitment())];
    RequestPages {
        cadre: Frame::new(territory, title).about(subject).by(author).found_by("demande d’acompte"),
        textes: RequestTexts::default(),
        projet: line.called_on().is_none(),
        motif: request.lack().filter(|_| line.called_on().is_none()),
        numero: request.number.clone(),
        date: wording::date(request.date),
        ville: operator.and_then(At::city).map(city_without_mail),
        emetteur: operator.map(address),
        logo: operator.and_then(common::emblem),
        contact: contact(territory),
        siret: filled(&territory.requests.siret),
        destinataire: address(request.share.partner),
        attention: president
            .map(|it| format!("{} {} {}, {}", it.civility().label(), it.first_name(), it.last_name(), it.title())),
        appel: president.map(At::<Representative>::form_of_address),
        exercice: year.to_owned(),
        total: request.budget.total_expenses().euros(),
        plafond: request
            .budget
            .ceiling_figure(&request.share)
            .filter(|_| request.share.voted_ceiling().is_some())
            .map(|ceiling| ceiling.euros()),
        montant: amount.euros(),
        montant_lettres: amount.euros_in_words(),
        echeance: match request.share.resource.due() {
            Some(day) => phrase![wording::date(day)],
            None => phrase![delay(territory).counted("jour", "jours"), " à réception"],
        },
        banque: Bank {
            titulaire: territory.requests.holder.clone(),
            iban: group_iban(&territory.requests.iban),
            bic: territory.requests.bic.clone(),
        },
        tva: filled(&territory.requests.vat),
        chorus: keys
            .into_iter()
            .filter_map(|(name, value)| Some(ChorusKey { nom: name, valeur: value?.to_owned() }))
            .collect(),
        signataire: signatory.map(|signatory| Signatory {
            nom: format!("{} {}", signatory.first_name(), signatory.last_name()),
            qualite: format!("{},", wording::capitalized(&signatory.title_with_article())),
        }),
    }
}

/// What stands before or behind the words of a letter for Word: the same as on its page.
pub(super) fn around(partie: &'static str, lettre: RequestPages) -> LetterFrame {
    LetterFrame { partie, lettre }
}

/// The data of the letter's words.
pub(super) fn words(request: &Request) -> RequestWords {
    let line = request.share.resource;
    let scope = line.scope();
    let territory = scope.territory();
    let year = request.budget.year;
    let convention = convention(request.budget);
    let act = request.share.resource.basis().act().filter(|_| request.share.resource.basis().is_voted());
    let (amount, share) = (request.amount(), request.budget.share_figure(request.index));
    let is_within = request.share.voted_ceiling().is_some_and(|ceiling| amount.amount() <= ceiling.0);
    RequestWords {
        territoire: TerritoryNames { nom: territory.name.clone(), programme: territory.programme.clone() },
        destinataire: names(request.share.partner),
        operateur: scope.operator().map(names),
        exercice: Year { code: year.code().to_owned(), debut: year.start().into(), fin: year.end().into() },
        part_entiere: (amount.amount() < share.amount()).then_some(Number(share)),
        montant: amount.into(),
        plafond: request.budget.ceiling_figure(&request.share).filter(|_| is_within).map(Number),
        total: request.budget.total_expenses().into(),
        convention: convention.map(|convention| ConventionNames {
            version: convention.version().to_owned(),
            debut: convention.start().into(),
            fin: convention.end().into(),
        }),
        deliberation: act.and_then(|act| {
            Some(ActNames {
                numero: act.number()?.to_owned(),
                date: act.sitting().date().into(),
                recue: act.received().map(Into::into),
            })
        }),
        echeance: request.share.resource.due().map(Into::into),
        delai_jours: delay(territory).into(),
    }
}

/// In how many days a request is to be paid.
fn delay(territory: &Territory) -> Figure {
    let days = usize::try_from(territory.requests.delay_days).unwrap_or(usize::MAX);
    common::count("reglages.delai", "délai de paiement en jours", days, Cells::default())
}

/// The convention whose article on the budget names this year, else the one that runs on the year's first day.
fn convention<'s>(budget: &Budget<'s>) -> Option<At<'s, Convention>> {
    let scope = budget.year.scope();
    let start = budget.year.start();
    let named = scope.conventions().find(|convention| convention.year() == budget.year);
    named.or_else(|| scope.conventions().find(|convention| convention.start() <= start && start <= convention.end()))
}

fn names(partner: At<Partner>) -> Names {
    Names {
        nom: wording::prose(partner.usual_name()),
        nom_officiel: wording::prose(partner.official_name()),
        avec_de: wording::prose(partner.name_with_de()),
        de: wording::de(&wording::body(&wording::prose(partner.official_name()))),
        siren: partner.siren().map(ToOwned::to_owned),
    }
}

fn address(partner: At<Partner>) -> Address {
    let town = [partner.postal_code(), partner.city()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Address {
        nom_officiel: wording::prose(partner.official_name()),
        adresse: common::prose(partner.address()),
        ville: filled(&town),
    }
}

/// The project manager, where one is named, and the sender's address.
fn contact(territory: &Territory) -> Vec<String> {
    let manager = territory.manager.as_deref().map(wording::prose);
    manager.into_iter().chain(filled(&territory.letter.sender)).collect()
}

/// A setting with French spacing, where it says something.
fn filled(text: &str) -> Option<String> {
    let text = wording::prose(text);
    (!text.trim().is_empty()).then_some(text)
}

/// « Lille cedex » writes « Lille » before its date.
fn city_without_mail(city: &str) -> String {
    let is_mail = |word: &&str| fold(word) == "cedex";
    city.split_whitespace().take_while(|word| !is_mail(word)).collect::<Vec<_>>().join(" ")
}

/// An IBAN in groups of four.
fn group_iban(iban: &str) -> String {
    let compact: Vec<char> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    compact.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_numbers_are_read_in_fours() {
        assert_eq!(
            group_iban("FR7600000000000000000000097"),
            "FR76\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}0000\u{a0}097"
        );
    }

    #[test]
    fn a_letter_is_written_in_a_town_not_at_its_mail_office() {
        for (city, town) in [("Lille cedex", "Lille"), ("ẞ CEDEX 9", "ẞ"), ("Saint-Omer", "Saint-Omer")] {
            assert_eq!(city_without_mail(city), town);
        }
    }
}
