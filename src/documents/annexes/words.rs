//! What the words of an act may name: the body in full, the sitting as it happened, the vote, who signs.

use chrono::NaiveDate;

use super::act::Act;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::{Named, cells_under};
use crate::model::votes::Vote;
use crate::model::{At, Attendance, Ballot, Choice as _, Deliberation, Outcome, Partner, Sitting, law};
use crate::records::Column;
use crate::views::{Day, Number, view};
use crate::wording;

view! {
    /// What the words of an act may name.
    pub(super) struct ActWords {
        projet: bool,
        numero: Option<String>,
        objet: String,
        /// « Adoptée », « Rejetée », « Retirée », « Ajournée », « Prend acte »; nothing for a draft.
        resultat: Option<&'static str>,
        /// Whether the item was put off or withdrawn before a vote.
        sans_decision: bool,
        organisme: BodyWords,
        assemblee: AssemblyWords,
        /// The articles that give the assembly its powers.
        competence: &'static str,
        seance: SittingWords,
        presidence: ChairWords,
        vote: Option<VoteWords>,
        ne_prennent_pas_part: Vec<String>,
        absents_du_point: Vec<String>,
        rectifie: Option<EarlierAct>,
        recours: Option<CourtWords>,
    }

    /// A body as acts name it: in full, with its article.
    pub(super) struct BodyWords {
        nom: String,
        de: String,
        /// « e » where its noun is feminine; nothing where it is not known.
        e: Option<&'static str>,
    }

    /// The assembly with its articles, and what agrees with it.
    pub(super) struct AssemblyWords {
        nom: String,
        le: String,
        de: String,
        a: String,
        /// « e » where it is feminine.
        e: &'static str,
    }

    /// The sitting.
    pub(super) struct SittingWords {
        date: Day,
        /// « L’an deux mille vingt-deux, le six juillet à dix-huit heures ».
        en_lettres: String,
        heure: String,
        lieu: String,
        convocation: Day,
        urgence: bool,
        articles_urgence: &'static str,
        seconde_convocation: bool,
        premiere_seance: Option<Day>,
    }

    /// Who chairs the item.
    pub(super) struct ChairWords {
        nom: String,
        de: String,
        qualite: Option<String>,
        /// Who chairs the sitting, where another chairs this item.
        a_la_place_de: Option<String>,
    }

    /// The vote.
    pub(super) struct VoteWords {
        scrutin: &'static str,
        maniere: Option<&'static str>,
        partage: bool,
        secret: bool,
        pour: Number,
        contre: Number,
        abstentions: Number,
        votants: Number,
        ont_vote_contre: Vec<String>,
        se_sont_abstenus: Vec<String>,
    }

    /// The act that it rectifies.
    pub(super) struct EarlierAct {
        numero: String,
        date: Day,
        objet: String,
    }

    /// The court.
    pub(super) struct CourtWords {
        tribunal: String,
    }

    /// What the words of a certificate may name.
    pub(super) struct CertificateWords {
        organisme: BodyWords,
        signataire: Option<SignatoryWords>,
        envoye: Option<Day>,
        recu: Option<Day>,
        publie: Option<Day>,
        executoire: Option<Day>,
        adresse: Option<String>,
        prefecture: String,
        par_voie_electronique: bool,
        affichee: bool,
        articles: &'static str,
    }

    /// Who certifies.
    pub(super) struct SignatoryWords {
        complet: String,
        /// « e » for a woman.
        e: &'static str,
    }
}

/// The names of a body in sentences.
pub(super) fn body(partner: At<Partner>) -> BodyWords {
    let nom = wording::body(&wording::prose(partner.official_name()));
    let e = wording::feminine(partner.official_name()).map(|feminine| if feminine { "e" } else { "" });
    BodyWords { de: wording::de(&nom), nom, e }
}

fn assembly(partner: At<Partner>) -> AssemblyWords {
    let name = partner.assembly_name();
    let le = wording::the(name);
    let a = if let Some(rest) = le.strip_prefix("le ") { format!("au {rest}") } else { format!("à {le}") };
    let e = if wording::feminine(name) == Some(true) { "e" } else { "" };
    AssemblyWords { nom: name.to_owned(), de: wording::de(&le), a, le, e }
}

/// The words of an act.
pub(super) fn words(act: &Act) -> ActWords {
    let Act { deliberation, sitting, council, item } = act;
    let outcome = item.outcome().filter(|_| !act.is_draft());
    let names = |members: &[At<Attendance>]| members.iter().map(|it| it.full_name()).collect();
    let is_told = !act.is_draft();
    ActWords {
        projet: act.is_draft(),
        numero: deliberation.number().map(ToOwned::to_owned),
        objet: wording::prose(deliberation.subject()),
        resultat: outcome.map(|outcome| outcome.label()),
        sans_decision: outcome.is_some_and(|outcome| !outcome.is_decision()),
        organisme: body(*council),
        assemblee: assembly(*council),
        competence: law::powers(council.kind(), council.official_name()),
        seance: sitting_words(*sitting),
        presidence: chair(act),
        vote: item.vote().filter(|_| is_told && outcome.is_some_and(is_voted)).map(|vote| vote_words(act, vote)),
        ne_prennent_pas_part: if is_told {
            deliberation.interested().iter().map(interested).collect()
        } else {
            Vec::new()
        },
        absents_du_point: if is_told { names(&item.away) } else { Vec::new() },
        rectifie: deliberation.rectifies().filter(|earlier| earlier.exists()).and_then(|earlier| {
            Some(EarlierAct {
                numero: earlier.number()?.to_owned(),
                date: earlier.sitting().date().into(),
                objet: wording::prose(earlier.subject()),
            })
        }),
        recours: council
            .court()
            .filter(|_| is_told && outcome.is_some_and(Outcome::is_decision))
            .map(|town| CourtWords { tribunal: wording::de(town) }),
    }
}

fn is_voted(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Adopted | Outcome::Rejected)
}

/// « DIX Noé (L. 1111-6) »: a member who takes no part, and why where that is told.
fn interested(named: &Named<Attendance>) -> String {
    let name = named.row.map_or_else(|| named.name.to_owned(), At::<Attendance>::full_name);
    named.note.map_or_else(|| name.clone(), |note| format!("{name} ({note})"))
}

fn sitting_words(sitting: At<Sitting>) -> SittingWords {
    let (date, time, partner) = (sitting.date(), sitting.time(), sitting.partner());
    let in_words = format!("{} à {}", wording::date_in_words(date), wording::hour_in_words(time));
    SittingWords {
        date: date.into(),
        en_lettres: wording::capitalized(&in_words),
        heure: wording::hour(time),
        lieu: wording::prose(sitting.place()),
        convocation: sitting.convened().into(),
        urgence: sitting.urgent(),
        articles_urgence: law::emergency_articles(partner.kind(), partner.population()),
        seconde_convocation: sitting.second_convocation(),
        premiere_seance: sitting.first_sitting().map(Into::into),
    }
}

fn chair(act: &Act) -> ChairWords {
    let nom = wording::prose(act.deliberation.chair().name);
    let replaced = act.deliberation.presided().is_some();
    ChairWords {
        de: wording::de(&nom),
        nom,
        qualite: act.deliberation.chair_title().map(wording::prose),
        a_la_place_de: replaced.then(|| wording::prose(act.sitting.chair().name)),
    }
}

fn vote_words(act: &Act, vote: Vote) -> VoteWords {
    let (code, deliberation) = (act.deliberation.code(), act.deliberation);
    let figure = |name: &str, label: &str, count: i64, cells: Cells| {
        Number(Figure::new(format!("deliberation.{code}.{name}"), label.to_owned(), Quantity::Count(count), cells))
    };
    let cell = |column: &Column| Cells::from(deliberation.cell(column));
    let voting = act.item.there.iter().copied().chain(act.item.proxies());
    let names = |named: Vec<Named<Attendance>>| {
        let full = |it: &Named<Attendance>| it.row.map_or_else(|| it.name.to_owned(), At::<Attendance>::full_name);
        named.iter().map(full).collect()
    };
    let ballot = deliberation.ballot().unwrap_or(Ballot::Hands);
    VoteWords {
        scrutin: match ballot {
            Ballot::Hands => "à main levée",
            Ballot::Public => "au scrutin public",
            Ballot::Secret => "au scrutin secret",
        },
        maniere: vote.manner(),
        partage: vote.is_tie(),
        secret: ballot == Ballot::Secret,
        pour: figure("pour", "voix pour", vote.votes_for, cell(Deliberation::VOTES_FOR)),
        contre: figure("contre", "voix contre", vote.votes_against, cell(Deliberation::VOTES_AGAINST)),
        abstentions: figure("abstentions", "abstentions", vote.abstentions, cell(Deliberation::ABSTENTIONS)),
        votants: figure(
            "votants",
            "votants, présents et représentés",
            vote.voters,
            cells_under(voting, Attendance::STATUS),
        ),
        ont_vote_contre: names(deliberation.opponents()),
        se_sont_abstenus: names(deliberation.abstainers()),
    }
}

/// The words of a certificate: what has happened, and nothing that is to come.
pub(super) fn certificate(act: &Act) -> CertificateWords {
    let Act { deliberation, sitting, council, .. } = act;
    let (received, published) = (deliberation.received(), deliberation.published());
    let executory = deliberation.executory_on();
    let day = certified_on(*deliberation).unwrap_or_else(|| sitting.date());
    let publicity = law::publicity(council.kind(), council.population(), published.unwrap_or_else(|| sitting.date()));
    let is_linked = deliberation.publication_link().is_some();
    let signatory = council.scope().signatory(*council, day);
    CertificateWords {
        organisme: body(*council),
        signataire: signatory.map(|it| SignatoryWords {
            complet: format!("{} {} {}, {}", it.civility().label(), it.first_name(), it.last_name(), it.title()),
            e: if it.is_woman() { "e" } else { "" },
        }),
        envoye: deliberation.sent().map(Into::into),
        recu: received.map(Into::into),
        publie: published.map(Into::into),
        executoire: executory.map(Into::into),
        adresse: deliberation.publication_link().map(ToOwned::to_owned),
        prefecture: council
            .sub_prefecture()
            .map_or_else(|| "à la préfecture".to_owned(), |town| format!("à la sous-préfecture {}", wording::de(town))),
        par_voie_electronique: publicity == law::Publicity::Electronic
            || publicity == law::Publicity::Chosen && is_linked,
        affichee: publicity == law::Publicity::Posted,
        articles: law::publicity_articles(council.kind()),
    }
}

/// The last day that a certificate tells.
pub(super) fn certified_on(act: At<Deliberation>) -> Option<NaiveDate> {
    act.received().into_iter().chain(act.published()).max()
}
