//! The pages of an act: who sat, who was there, what is transmitted and what is opened as data. Its words stand in texts.

use super::{Annex, AnnexHead, PackTexts};
use crate::documents::common::{Emblem, Frame, emblem};
use crate::figures::{Figure, Phrase, Printed, Quantity, phrase};
use crate::model::law::{self, QuorumRule, matter};
use crate::model::rows::cells_under;
use crate::model::votes::{Item, Quorum, Roll};
use crate::model::{AnnexKind, At, Attendance, AttendanceStatus, Deliberation, Outcome, Partner, Sitting};
use crate::records::Enclosed;
use crate::views::view;
use crate::wording;

/// What a pack is about.
pub(super) struct Act<'s> {
    pub(super) deliberation: At<'s, Deliberation>,
    pub(super) sitting: At<'s, Sitting>,
    pub(super) council: At<'s, Partner>,
    pub(super) item: Item<'s>,
}

view! {
    /// The pages of an act, of its note and of its certificate.
    pub(super) struct ActView {
        projet: bool,
        organisme: String,
        embleme: Option<Emblem>,
        numero: Option<String>,
        objet: String,
        rapporteur: Option<String>,
        identifiant: Option<String>,
        seance: SittingView,
        appel: Option<RollView>,
        quorum: Option<QuorumView>,
        annexes: Vec<AnnexHead>,
        /// Where it is signed: « à Cambrai », « au Port ».
        fait: Option<String>,
    }

    /// The sitting.
    pub(super) struct SittingView {
        date: String,
        date_longue: String,
        lieu: String,
        membres: Printed,
        president: String,
        qualite_president: Option<String>,
        secretaire: Option<String>,
        qualite_secretaire: &'static str,
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
    }

    /// A proxy.
    pub(super) struct ProxyView {
        de: String,
        a: String,
    }

    /// The quorum by the rule in force that day.
    pub(super) struct QuorumView {
        requis: Option<Printed>,
        presents: Printed,
        regle: Option<String>,
        atteint: bool,
        aucun: bool,
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
        known.then(|| Self { deliberation, sitting, council, item: Item::new(deliberation) })
    }

    /// Whether it is still a draft: not decided yet, or with something missing.
    pub(super) fn is_draft(&self) -> bool {
        !self.item.is_final()
    }

    /// Whether what was proposed did not come to hold.
    pub(super) fn has_fallen(&self) -> bool {
        !self.is_draft() && !self.item.outcome().is_some_and(Outcome::holds)
    }

    /// The identifier in ACTES, `059-200030633-20220706-2022_70-DE`, once there is a number.
    pub(super) fn identifier(&self) -> Option<String> {
        let number = self.deliberation.acts_number().filter(|_| !self.is_draft())?;
        let siren = self.council.siren()?;
        let department = self.council.acts_department().filter(|_| self.item.may_be_deposited())?;
        Some(format!("{department}-{siren}-{}-{number}-DE", self.sitting.date().format("%Y%m%d")))
    }
}

/// How annexes are called in the act.
fn annex_name(kind: AnnexKind) -> &'static str {
    match kind {
        AnnexKind::Results => "Bilan des aides et de l’animation",
        AnnexKind::Roadmap => "Feuille de route",
        AnnexKind::Convention => "Convention de partenariat",
    }
}

/// An annex as the act names it: a file by its own name, with how many pages it has.
pub(super) fn annex_head(deliberation: At<Deliberation>, annex: &Annex, index: usize) -> AnnexHead {
    let number = (index + 1).to_string();
    match annex {
        Enclosed::Listed(kind) => AnnexHead { numero: number, nom: annex_name(*kind).to_owned(), pages: None },
        Enclosed::File(file) => {
            let pages = Figure::new(
                format!("deliberation.{}.annexe.{number}.pages", deliberation.code()),
                format!("pages de {}", file.name),
                Quantity::Count(i64::try_from(file.pages).unwrap_or(i64::MAX)),
                deliberation.cell(Deliberation::ANNEXES),
            );
            let name = wording::capitalized(&wording::prose(&wording::name_of_file(&file.name)));
            AnnexHead { numero: number, nom: name, pages: Some(pages.counted("page", "pages")) }
        }
    }
}

/// The data of the act's pages.
pub(super) fn view(act: &Act) -> ActView {
    let Act { deliberation, council, .. } = act;
    let annexes = deliberation.annexes().iter().enumerate().filter(|_| !act.has_fallen());
    let rapporteur = deliberation.rapporteur().map(|named| wording::prose(named.name));
    ActView {
        projet: act.is_draft(),
        organisme: wording::prose(council.official_name()),
        embleme: emblem(*council),
        numero: deliberation.number().map(ToOwned::to_owned),
        objet: wording::prose(deliberation.subject()),
        rapporteur,
        identifiant: act.identifier(),
        seance: sitting_view(act),
        appel: (!act.item.roll.is_empty()).then(|| roll(act)),
        quorum: quorum(act),
        annexes: annexes.map(|(index, annex)| annex_head(*deliberation, annex, index)).collect(),
        fait: council.city().map(wording::at),
    }
}

fn sitting_view(act: &Act) -> SittingView {
    let (sitting, date) = (act.sitting, act.sitting.date());
    let members = Figure::new(
        format!("seance.{}.membres", sitting.code()),
        "membres en exercice",
        Quantity::Count(sitting.members()),
        sitting.cell(Sitting::MEMBERS),
    );
    SittingView {
        date: wording::date(date),
        date_longue: wording::date_with_weekday(date),
        lieu: wording::prose(sitting.place()),
        membres: members.count(),
        president: wording::prose(act.deliberation.chair().name),
        qualite_president: act.deliberation.chair_signs_as().map(|it| wording::capitalized(&wording::prose(&it))),
        secretaire: sitting.secretary().map(|named| wording::prose(named.name)),
        qualite_secretaire: act.deliberation.secretary_signs_as(),
    }
}

fn names(lines: &[At<Attendance>]) -> Vec<String> {
    lines.iter().map(|line| line.full_name()).collect()
}

/// « SEPT Guy (suppléant) », « SIX Zoé (suppléante) ».
fn substitute(line: At<Attendance>) -> String {
    let word = if line.status() == AttendanceStatus::FeminineSubstitute { "suppléante" } else { "suppléant" };
    format!("{} ({word})", line.full_name())
}

/// The roll by status, with the words that count it: « 53 titulaires et 4 suppléants présents ».
fn roll(act: &Act) -> RollView {
    let Roll { present, substitutes, proxies, excused, absent } = &act.item.roll;
    let count = |name: &str, label: &str, lines: &[At<Attendance>]| {
        Figure::new(
            format!("seance.{}.{name}", act.sitting.code()),
            label.to_owned(),
            Quantity::Count(i64::try_from(lines.len()).unwrap_or(i64::MAX)),
            cells_under(lines.iter().copied(), Attendance::STATUS),
        )
    };
    let there: Vec<At<Attendance>> = act.item.roll.there().collect();
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
        suppleants: substitutes.iter().map(|line| substitute(*line)).collect(),
        procurations_nombre: represented.count(),
        procurations_compte: represented.counted("procuration", "procurations"),
        procurations: proxies.iter().map(proxy).collect(),
        excuses_compte: count("excuses", "membres excusés", excused).counted("membre excusé", "membres excusés"),
        excuses: names(excused),
        absents_compte: count("absents", "membres absents", absent).counted("membre absent", "membres absents"),
        absents: names(absent),
        physiquement: there.count(),
    }
}

/// The quorum by the rule in force that day; nothing of a rule that is not known.
fn quorum(act: &Act) -> Option<QuorumView> {
    if act.item.roll.is_empty() {
        return None;
    }
    let quorum @ Quorum { required, present, rule } = act.item.quorum();
    let code = act.sitting.code();
    let present_figure = Figure::new(
        format!("deliberation.{}.presents", act.deliberation.code()),
        "membres physiquement présents qui comptent pour le quorum",
        Quantity::Count(present),
        cells_under(act.item.there.iter().copied(), Attendance::STATUS),
    );
    let required_figure = |required: i64| {
        Figure::new(
            format!("seance.{code}.quorum"),
            format!("quorum ({})", rule.citation().unwrap_or_default()),
            Quantity::Count(required),
            act.sitting.cell(Sitting::MEMBERS),
        )
    };
    Some(QuorumView {
        requis: required.map(|required| required_figure(required).count()),
        presents: present_figure.counted("membre présent", "membres présents"),
        // It is the first that an act says of the code: the abbreviation after its words.
        regle: rule.citation().map(|it| wording::prose(&it.replace("du CGCT", law::CODE_IN_FULL))),
        atteint: quorum.is_met(),
        aucun: rule == QuorumRule::SecondConvocation,
    })
}

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
    let Act { deliberation, sitting, council, item } = act;
    let vote = item.vote();
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let number = |value: Option<i64>| value.map(|number| number.to_string()).unwrap_or_default();
    let code = text(deliberation.matter());
    let matter_name = matter(&code).map(|it| format!("{}/{}", it.first, it.second).replace('’', "'"));
    let received = deliberation.received();
    vec![
        council.official_name().to_owned(),
        text(council.siret()),
        text(deliberation.number()),
        sitting.date().to_string(),
        code,
        matter_name.unwrap_or_default(),
        deliberation.subject().to_owned(),
        String::new(),
        String::new(),
        text(council.prefecture_code().filter(|_| received.is_some())),
        received.map(|date| date.to_string()).unwrap_or_default(),
        sitting.members().to_string(),
        number(vote.map(|vote| vote.cast())),
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
            departement: act.council.acts_department(),
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
