//! The deliberation itself: who sat, who was there, what was decided, and how the act is transmitted and published.

use super::PackTexts;
use crate::documents::common::{Emblem, Frame, emblem, prose};
use crate::figures::{Figure, Phrase, Printed, Quantity, phrase};
use crate::model::rows::cells_under;
use crate::model::votes::{Quorum, QuorumRule, Roll, Vote};
use crate::model::{AnnexKind, At, Attendance, Deliberation, Partner, Sitting};
use crate::records::Column;
use crate::views::view;
use crate::wording;

/// What a pack is about.
pub(super) struct Act<'s> {
    pub(super) deliberation: At<'s, Deliberation>,
    pub(super) sitting: At<'s, Sitting>,
    pub(super) council: At<'s, Partner>,
    pub(super) roll: Roll<'s>,
    pub(super) vote: Option<Vote>,
}

view! {
    /// The pages of an act, of its note and of its certificate.
    pub(super) struct ActView {
        projet: bool,
        organisme: String,
        organisme_usuel: String,
        embleme: Option<Emblem>,
        avec_de: String,
        assemblee: String,
        numero: Option<String>,
        objet: String,
        rapporteur: Option<String>,
        identifiant: Option<String>,
        seance: SittingView,
        appel: Option<RollView>,
        quorum: Option<QuorumView>,
        vote: Option<VoteView>,
        annexes: Vec<AnnexName>,
        tribunal: Option<String>,
        ville: Option<String>,
    }

    /// The sitting.
    pub(super) struct SittingView {
        date: String,
        date_longue: String,
        en_lettres: String,
        heure: String,
        lieu: String,
        convocation: String,
        membres: Printed,
        president: String,
        qualite_president: Option<String>,
        secretaire: Option<String>,
    }

    /// The roll by status, with the words that count it.
    pub(super) struct RollView {
        presents_compte: Phrase,
        presents: Vec<String>,
        suppleants: Vec<String>,
        procurations_nombre: Printed,
        procurations_compte: Printed,
        procurations: Vec<ProxyView>,
        excuses_compte: Printed,
        excuses: Vec<String>,
        absents_compte: Printed,
        absents: Vec<String>,
        physiquement: Printed,
        ne_prennent_pas_part: Vec<String>,
    }

    /// A proxy.
    pub(super) struct ProxyView {
        de: String,
        a: String,
    }

    /// The quorum by the rule in force that day.
    pub(super) struct QuorumView {
        requis: Printed,
        presents: Printed,
        regle: String,
        atteint: bool,
        aucun: bool,
    }

    /// The vote.
    pub(super) struct VoteView {
        maniere: Option<String>,
        adopte: bool,
        pour: Printed,
        contre: Printed,
        abstentions: Printed,
        votants: Printed,
    }

    /// An annex as the act names it.
    pub(super) struct AnnexName {
        numero: String,
        nom: &'static str,
    }

    /// The pages of the act alone.
    pub(super) struct ActPages {
        cadre: Frame,
        acte: ActView,
        textes: PackTexts,
    }

    /// The fields of the deposit form and of the transmission message.
    pub(super) struct Deposit {
        identifiant: String,
        message: String,
        collectivite: DepositBody,
        date: String,
        numero: Option<String>,
        numero_affiche: Option<String>,
        nature: Nature,
        matiere: Matter,
        objet: String,
        classification: String,
        type_piece: String,
        acte: String,
        annexes: Vec<String>,
    }

    /// The body that deposits.
    pub(super) struct DepositBody {
        nom: String,
        siren: Option<String>,
        departement: Option<String>,
    }

    /// The nature of the act.
    pub(super) struct Nature {
        code: u32,
        sigle: &'static str,
        libelle: &'static str,
    }

    /// The matter of the act.
    pub(super) struct Matter {
        code: String,
        niveaux: Vec<String>,
    }
}

impl<'s> Act<'s> {
    pub(super) fn new(deliberation: At<'s, Deliberation>) -> Option<Self> {
        let sitting = deliberation.sitting();
        let council = sitting.partner();
        let known = sitting.exists() && council.exists();
        known.then(|| Self { deliberation, sitting, council, roll: sitting.roll(), vote: deliberation.vote() })
    }

    /// Whether it is still a draft: not voted yet, or without a number.
    pub(super) fn is_draft(&self) -> bool {
        self.vote.is_none() || self.deliberation.number().is_none()
    }

    /// The identifier in ACTES, `059-200030633-20220706-2022_70-DE`, once there is a number.
    pub(super) fn identifier(&self) -> Option<String> {
        let number = self.deliberation.acts_number().filter(|_| !self.is_draft())?;
        let siren = self.council.siren()?;
        Some(format!("{}-{siren}-{}-{number}-DE", self.department()?, self.sitting.date().format("%Y%m%d")))
    }

    /// The department on three characters: `059`, `02A`.
    pub(super) fn department(&self) -> Option<String> {
        self.council.department().map(|department| format!("{department:0>3}"))
    }
}

/// How annexes are called in the act.
pub(super) fn annex_name(kind: AnnexKind) -> &'static str {
    match kind {
        AnnexKind::Results => "Bilan des aides et de l’animation",
        AnnexKind::Roadmap => "Feuille de route",
        AnnexKind::Convention => "Convention de partenariat",
    }
}

/// The data of the act's pages.
pub(super) fn view(act: &Act) -> ActView {
    let Act { deliberation, sitting, council, .. } = act;
    let annexes = deliberation.annexes().iter().zip(1..);
    let rapporteur = deliberation.rapporteur().map(|named| wording::prose(named.name));
    ActView {
        projet: act.is_draft(),
        organisme: wording::prose(council.official_name()),
        organisme_usuel: wording::prose(council.usual_name()),
        embleme: emblem(*council),
        avec_de: wording::prose(council.name_with_de()),
        assemblee: council.assembly().unwrap_or("conseil communautaire").to_owned(),
        numero: deliberation.number().map(ToOwned::to_owned),
        objet: wording::prose(deliberation.subject()),
        rapporteur,
        identifiant: act.identifier(),
        seance: sitting_view(*sitting),
        appel: (!act.roll.is_empty()).then(|| roll(act)),
        quorum: quorum(act),
        vote: act.vote.filter(|_| !act.is_draft()).map(|vote| vote_view(act, vote)),
        annexes: annexes
            .map(|(kind, number)| AnnexName { numero: format!("{number}"), nom: annex_name(*kind) })
            .collect(),
        tribunal: council.court().map(ToOwned::to_owned),
        ville: council.city().map(ToOwned::to_owned),
    }
}

fn sitting_view(sitting: At<Sitting>) -> SittingView {
    let (date, time) = (sitting.date(), sitting.time());
    let in_words = format!("{} à {}", wording::date_in_words(date), wording::hour_in_words(time));
    let members = Figure::new(
        format!("seance.{}.membres", sitting.code()),
        "membres en exercice",
        Quantity::Count(sitting.members()),
        sitting.cell(Sitting::MEMBERS),
    );
    SittingView {
        date: wording::date(date),
        date_longue: wording::date_with_weekday(date),
        en_lettres: wording::capitalized(&in_words),
        heure: wording::hour(time),
        lieu: wording::prose(sitting.place()),
        convocation: wording::date(sitting.convened()),
        membres: members.count(),
        president: wording::prose(sitting.chair().name),
        qualite_president: prose(sitting.chair_title()),
        secretaire: sitting.secretary().map(|named| wording::prose(named.name)),
    }
}

fn names(lines: &[At<Attendance>]) -> Vec<String> {
    lines.iter().map(|line| line.full_name()).collect()
}

/// The roll by status, with the words that count it: « 53 titulaires et 4 suppléants présents ».
fn roll(act: &Act) -> RollView {
    let Roll { present, substitutes, proxies, excused, absent } = &act.roll;
    let count = |name: &str, label: &str, lines: &[At<Attendance>]| {
        Figure::new(
            format!("seance.{}.{name}", act.sitting.code()),
            label.to_owned(),
            Quantity::Count(i64::try_from(lines.len()).unwrap_or(i64::MAX)),
            cells_under(lines.iter().copied(), Attendance::STATUS),
        )
    };
    let there: Vec<At<Attendance>> = act.roll.there().collect();
    let there = count("presents", "membres physiquement présents", &there);
    let presents = if substitutes.is_empty() {
        phrase![there.counted("membre présent", "membres présents")]
    } else {
        let (titular, substitute) = (
            count("titulaires", "titulaires présents", present),
            count("suppleants", "suppléants présents", substitutes),
        );
        phrase![
            titular.counted("titulaire", "titulaires"),
            " et ",
            substitute.counted("suppléant", "suppléants"),
            " présents"
        ]
    };
    let proxy = |line: &At<Attendance>| ProxyView {
        de: line.full_name(),
        a: line.holder().map_or_else(String::new, |holder| {
            holder.row.map_or_else(|| holder.name.to_owned(), At::<Attendance>::full_name)
        }),
    };
    let represented = count("procurations", "procurations", proxies);
    RollView {
        presents_compte: presents,
        presents: names(present),
        suppleants: names(substitutes),
        procurations_nombre: represented.count(),
        procurations_compte: represented.counted("procuration", "procurations"),
        procurations: proxies.iter().map(proxy).collect(),
        excuses_compte: count("excuses", "membres excusés", excused).counted("membre excusé", "membres excusés"),
        excuses: names(excused),
        absents_compte: count("absents", "membres absents", absent).counted("membre absent", "membres absents"),
        absents: names(absent),
        physiquement: there.count(),
        ne_prennent_pas_part: act.deliberation.interested().iter().map(|named| named.name.to_owned()).collect(),
    }
}

/// The quorum by the rule in force that day.
fn quorum(act: &Act) -> Option<QuorumView> {
    if act.roll.is_empty() {
        return None;
    }
    let Quorum { required, present, rule } = act.deliberation.quorum();
    let code = act.sitting.code();
    let present_figure = Figure::new(
        format!("deliberation.{}.presents", act.deliberation.code()),
        "membres physiquement présents qui comptent pour le quorum",
        Quantity::Count(present),
        cells_under(act.roll.there(), Attendance::STATUS),
    );
    let required_figure = Figure::new(
        format!("seance.{code}.quorum"),
        format!("quorum ({})", rule.citation()),
        Quantity::Count(required),
        act.sitting.cell(Sitting::MEMBERS),
    );
    Some(QuorumView {
        requis: required_figure.count(),
        presents: present_figure.counted("membre présent", "membres présents"),
        regle: wording::prose(rule.citation()),
        atteint: rule == QuorumRule::SecondConvocation || present >= required,
        aucun: rule == QuorumRule::SecondConvocation,
    })
}

fn vote_view(act: &Act, vote: Vote) -> VoteView {
    let code = act.deliberation.code();
    let print = |name: &str, label: &str, count: i64, column: &Column| {
        let cell = act.deliberation.cell(column);
        Figure::new(format!("deliberation.{code}.{name}"), label.to_owned(), Quantity::Count(count), cell).count()
    };
    let voting = act.roll.there().chain(act.roll.proxies.iter().copied());
    let voters = Figure::new(
        format!("deliberation.{code}.votants"),
        "votants, présents et représentés",
        Quantity::Count(vote.voters),
        cells_under(voting, Attendance::STATUS),
    );
    VoteView {
        maniere: vote.manner().map(ToOwned::to_owned),
        adopte: vote.adopted(),
        pour: print("pour", "voix pour", vote.votes_for, Deliberation::VOTES_FOR),
        contre: print("contre", "voix contre", vote.votes_against, Deliberation::VOTES_AGAINST),
        abstentions: print("abstentions", "abstentions", vote.abstentions, Deliberation::ABSTENTIONS),
        votants: voters.count(),
    }
}

/// The national names of the first level of matters (ACTES nomenclature).
const MATTERS: [(&str, &str); 9] = [
    ("1", "commande publique"),
    ("2", "urbanisme"),
    ("3", "domaine et patrimoine"),
    ("4", "fonction publique"),
    ("5", "institutions et vie politique"),
    ("6", "libertés publiques et pouvoirs de police"),
    ("7", "finances locales"),
    ("8", "domaines de compétences par thèmes"),
    ("9", "autres domaines de compétences"),
];

/// The second level of the national nomenclature.
const SUB_MATTERS: [(&str, &str); 57] = [
    ("1.1", "marchés publics"),
    ("1.2", "délégation de service public"),
    ("1.3", "conventions de mandat"),
    ("1.4", "autres types de contrats"),
    ("1.5", "transactions, protocole d’accord transactionnel"),
    ("1.6", "actes relatifs à la maîtrise d’œuvre"),
    ("1.7", "actes spéciaux et divers"),
    ("2.1", "documents d’urbanisme"),
    ("2.2", "actes relatifs au droit d’occupation ou d’utilisation des sols"),
    ("2.3", "droit de préemption urbain"),
    ("3.1", "acquisitions"),
    ("3.2", "aliénations"),
    ("3.3", "locations"),
    ("3.4", "limites territoriales"),
    ("3.5", "autres actes de gestion du domaine public"),
    ("3.6", "autres actes de gestion du domaine privé"),
    ("4.1", "personnel titulaire et stagiaire de la fonction publique territoriale"),
    ("4.2", "personnel contractuel"),
    ("4.3", "fonction publique hospitalière"),
    ("4.4", "autres catégories de personnels"),
    ("4.5", "régime indemnitaire"),
    ("5.1", "élection de l’exécutif"),
    ("5.2", "fonctionnement des assemblées"),
    ("5.3", "désignation de représentants"),
    ("5.4", "délégation de fonctions"),
    ("5.5", "délégation de signature"),
    ("5.6", "exercice des mandats locaux"),
    ("5.7", "intercommunalité"),
    ("5.8", "décision d’ester en justice"),
    ("6.1", "police municipale"),
    ("6.2", "pouvoirs du président du conseil départemental"),
    ("6.3", "pouvoirs du président du conseil régional"),
    ("6.4", "autres actes réglementaires"),
    ("6.5", "actes pris au nom de l’état et soumis au contrôle hiérarchique"),
    ("7.1", "décisions budgétaires"),
    ("7.2", "fiscalité"),
    ("7.3", "emprunts"),
    ("7.4", "interventions économiques"),
    ("7.5", "subventions"),
    ("7.6", "contributions budgétaires"),
    ("7.7", "avances"),
    ("7.8", "fonds de concours"),
    ("7.9", "prise de participation"),
    ("7.10", "divers"),
    ("8.1", "enseignement"),
    ("8.2", "aide sociale"),
    ("8.3", "voirie"),
    ("8.4", "aménagement du territoire"),
    ("8.5", "politique de la ville, habitat, logement"),
    ("8.6", "emploi, formation professionnelle"),
    ("8.7", "transports"),
    ("8.8", "environnement"),
    ("8.9", "culture"),
    ("9.1", "autres domaines de compétences des communes"),
    ("9.2", "autres domaines de compétences des départements"),
    ("9.3", "autres domaines de compétences des régions"),
    ("9.4", "vœux et motions"),
];

/// The headings of the open data schema « Délibérations », in its order.
pub(super) const SCDL: [&str; 17] = [
    "COLL_NOM",
    "COLL_SIRET",
    "DELIB_ID",
    "DELIB_DATE",
    "DELIB_MATIERE_CODE",
    "DELIB_MATIERE_NOM",
    "DELIB_OBJET",
    "BUDGET_ANNEE",
    "BUDGET_NOM",
    "PREF_ID",
    "PREF_DATE",
    "VOTE_EFFECTIF",
    "VOTE_REEL",
    "VOTE_POUR",
    "VOTE_CONTRE",
    "VOTE_ABSTENTION",
    "DELIB_URL",
];

/// The act's row in the open data: plain values, nothing where something is not known.
pub(super) fn scdl_row(act: &Act) -> Vec<String> {
    let Act { deliberation, sitting, council, vote, .. } = act;
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let number = |value: Option<i64>| value.map(|number| number.to_string()).unwrap_or_default();
    let matter = text(deliberation.matter());
    let first = MATTERS.iter().find(|(code, _)| matter.split('.').next() == Some(code)).map(|(_, name)| *name);
    let second = SUB_MATTERS.iter().find(|(code, _)| *code == matter).map(|(_, name)| *name);
    let matter_name = first.zip(second).map_or_else(String::new, |(first, second)| format!("{first}/{second}"));
    let received = deliberation.received();
    vec![
        council.official_name().to_owned(),
        text(council.siret()),
        text(deliberation.number()),
        sitting.date().to_string(),
        matter,
        matter_name,
        deliberation.subject().to_owned(),
        String::new(),
        String::new(),
        text(council.prefecture_code().filter(|_| received.is_some())),
        received.map(|date| date.to_string()).unwrap_or_default(),
        sitting.members().to_string(),
        number(vote.map(|vote| vote.votes_for + vote.votes_against + vote.abstentions)),
        number(vote.map(|vote| vote.votes_for)),
        number(vote.map(|vote| vote.votes_against)),
        number(vote.map(|vote| vote.abstentions)),
        text(deliberation.publication_link()),
    ]
}

/// The data of the transmission message and of the deposit form.
pub(super) fn deposit(act: &Act, identifier: &str, annexes: usize) -> Deposit {
    let settings = &act.sitting.scope().territory().acts;
    let matter = act.deliberation.matter().unwrap_or_default();
    let piece = &settings.piece_type;
    let file = |rank: usize| format!("{piece}-{identifier}-1-1_{rank}.pdf");
    Deposit {
        identifiant: identifier.to_owned(),
        message: format!("{identifier}-1-1_0.xml"),
        collectivite: DepositBody {
            nom: act.council.official_name().to_owned(),
            siren: act.council.siren().map(ToOwned::to_owned),
            departement: act.department(),
        },
        date: act.sitting.date().to_string(),
        numero: act.deliberation.acts_number(),
        numero_affiche: act.deliberation.number().map(ToOwned::to_owned),
        nature: Nature { code: 1, sigle: "DE", libelle: "Délibérations" },
        matiere: Matter {
            code: matter.to_owned(),
            niveaux: matter.split('.').filter(|level| !level.is_empty()).map(ToOwned::to_owned).collect(),
        },
        objet: one_line(act.deliberation.subject()),
        classification: settings.classification.to_string(),
        type_piece: piece.clone(),
        acte: file(1),
        annexes: (2..=annexes + 1).map(file).collect(),
    }
}

/// A subject on one line of at most 499 characters.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(499).collect()
}
