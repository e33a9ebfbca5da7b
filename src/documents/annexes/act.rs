//! The deliberation itself: who sat, who was there, what was decided, and how the act is transmitted and published.

use serde_json::{Value, json};

use crate::documents::Printer;
use crate::figures::{Cells, Figure, Quantity};
use crate::model::votes::{Quorum, QuorumRule, Roll, Vote};
use crate::model::{AnnexKind, Attendance, Choice as _, Deliberation, Model, Partner, Sitting};
use crate::wording;

/// What a pack is about.
pub(super) struct Act<'a> {
    pub(super) deliberation: &'a Deliberation,
    pub(super) sitting: &'a Sitting,
    pub(super) council: &'a Partner,
    pub(super) roll: Roll<'a>,
    pub(super) vote: Option<Vote>,
}

impl<'a> Act<'a> {
    pub(super) fn new(model: &'a Model, deliberation: &'a Deliberation) -> Option<Self> {
        let sitting = model.sitting(&deliberation.sitting)?;
        let council = model.partner(&sitting.partner)?;
        let roll = model.roll(&sitting.code);
        Some(Self { deliberation, sitting, council, roll, vote: model.vote(deliberation) })
    }

    /// Whether it is still a draft: not voted yet, or without a number.
    pub(super) fn is_draft(&self) -> bool {
        self.vote.is_none() || self.deliberation.number.is_none()
    }

    /// The identifier in ACTES, `059-200030633-20220706-2022_70-DE`, once there is a number.
    pub(super) fn identifier(&self) -> Option<String> {
        let number = self.deliberation.acts_number().filter(|_| !self.is_draft())?;
        let siren = self.council.siren.as_deref()?;
        Some(format!("{}-{siren}-{}-{number}-DE", self.department()?, self.sitting.date.format("%Y%m%d")))
    }

    /// The department on three characters: `059`, `02A`.
    pub(super) fn department(&self) -> Option<String> {
        self.council.department.as_deref().map(|department| format!("{department:0>3}"))
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
pub(super) fn view(model: &Model, act: &Act, printer: &mut Printer) -> Value {
    let Act { deliberation, sitting, council, .. } = act;
    let assembly = council.assembly.clone().unwrap_or_else(|| "conseil communautaire".to_owned());
    json!({
        "projet": act.is_draft(),
        "organisme": wording::prose(&council.official_name),
        "organisme_usuel": wording::prose(&council.usual_name),
        "avec_de": wording::prose(&council.name_with_de),
        "departement": council.department,
        "assemblee": assembly,
        "numero": deliberation.number,
        "objet": wording::prose(&deliberation.subject),
        "matiere": deliberation.matter,
        "rapporteur": deliberation.rapporteur.as_deref().map(wording::prose),
        "identifiant": act.identifier(),
        "seance": {
            "date": wording::date(sitting.date),
            "date_longue": wording::date_with_weekday(sitting.date),
            "en_lettres": wording::capitalized(&format!("{} à {}", wording::date_in_words(sitting.date), wording::hour_in_words(sitting.time))),
            "heure": wording::hour(sitting.time),
            "lieu": wording::prose(&sitting.place),
            "convocation": wording::date(sitting.convened),
            "membres": sitting.members,
            "president": wording::prose(&sitting.chair),
            "qualite_president": sitting.chair_title.as_deref().map(wording::prose),
            "secretaire": sitting.secretary.as_deref().map(wording::prose),
            "seconde_convocation": sitting.second_convocation,
        },
        "appel": (!act.roll.is_empty()).then(|| roll(act)),
        "quorum": quorum(model, act, printer),
        "vote": act.vote.filter(|_| !act.is_draft()).map(|vote| vote_data(act, vote, printer)),
        "annexes": deliberation.annexes.iter().enumerate().map(|(index, kind)| json!({ "numero": index + 1, "nom": annex_name(*kind) })).collect::<Vec<_>>(),
        "recours": { "tribunal": council.court, "ville": council.city },
    })
}

fn names(lines: &[&Attendance]) -> Vec<String> {
    lines.iter().map(|line| line.full_name()).collect()
}

/// The roll by status, with the words that count it: « 53 titulaires et 4 suppléants présents ».
fn roll(act: &Act) -> Value {
    let roll = &act.roll;
    let counted = |count: usize, singular: &str, plural: &str| {
        wording::counted(i64::try_from(count).unwrap_or(i64::MAX), singular, plural)
    };
    let there = roll.present.len() + roll.substitutes.len();
    let present = if roll.substitutes.is_empty() {
        counted(there, "membre présent", "membres présents")
    } else {
        format!(
            "{} et {} présents",
            counted(roll.present.len(), "titulaire", "titulaires"),
            counted(roll.substitutes.len(), "suppléant", "suppléants")
        )
    };
    let interested: Vec<String> = act.deliberation.abstainers_by_interest.clone();
    json!({
        "presents_compte": present,
        "presents": names(&roll.present),
        "suppleants": names(&roll.substitutes),
        "procurations_compte": counted(roll.proxies.len(), "procuration", "procurations"),
        "procurations": roll.proxies.iter().map(|line| json!({
            "de": line.full_name(),
            "a": line.holder.as_deref().map(|holder| holder_name(roll, holder)),
        })).collect::<Vec<_>>(),
        "excuses_compte": counted(roll.excused.len(), "membre excusé", "membres excusés"),
        "excuses": names(&roll.excused),
        "absents_compte": counted(roll.absent.len(), "membre absent", "membres absents"),
        "absents": names(&roll.absent),
        "physiquement": there,
        "total": roll.len(),
        "ne_prennent_pas_part": interested,
    })
}

/// The holder of a proxy as the roll spells them.
fn holder_name(roll: &Roll, holder: &str) -> String {
    roll.there().find(|member| member.is_named(holder)).map_or_else(|| holder.to_owned(), Attendance::full_name)
}

/// The quorum by the rule in force that day; the ordinary rule goes to the ledger too, so that `explain` shows both.
fn quorum(model: &Model, act: &Act, printer: &mut Printer) -> Value {
    let Some(Quorum { required, present, rule }) = model.quorum(act.deliberation).filter(|_| !act.roll.is_empty())
    else {
        return Value::Null;
    };
    let code = &act.sitting.code;
    let members = act.sitting.origin.cell("Membres en exercice");
    let present_cells = Cells::under(act.roll.there().map(|line| &line.origin), "Statut");
    let present_figure = Figure::new(
        format!("seance.{code}.presents"),
        "membres physiquement présents",
        Quantity::Count(present),
        present_cells,
    );
    let required_figure = Figure::new(
        format!("seance.{code}.quorum"),
        format!("quorum ({})", rule.citation()),
        Quantity::Count(required),
        members.clone(),
    );
    if rule == QuorumRule::Third {
        let ordinary = act.sitting.required_by(QuorumRule::Majority);
        let label = format!("quorum qu’aurait donné la règle ordinaire ({})", QuorumRule::Majority.citation());
        printer.note(&Figure::new(
            format!("seance.{code}.quorum-ordinaire"),
            label,
            Quantity::Count(ordinary),
            members,
        ));
    }
    json!({
        "requis": printer.count(&required_figure),
        "presents": printer.count(&present_figure),
        "regle": wording::prose(rule.citation()),
        "atteint": rule == QuorumRule::SecondConvocation || present >= required,
        "aucun": rule == QuorumRule::SecondConvocation,
    })
}

fn vote_data(act: &Act, vote: Vote, printer: &mut Printer) -> Value {
    let code = &act.deliberation.code;
    let mut print = |name: &str, label: &str, count: i64, heading: &str| {
        printer.count(&Figure::new(
            format!("deliberation.{code}.{name}"),
            label,
            Quantity::Count(count),
            act.deliberation.origin.cell(heading),
        ))
    };
    let (votes_for, against, abstentions) = (
        print("pour", "voix pour", vote.votes_for, "Pour"),
        print("contre", "voix contre", vote.votes_against, "Contre"),
        print("abstentions", "abstentions", vote.abstentions, "Abstentions"),
    );
    let voting = act.roll.there().chain(act.roll.proxies.iter().copied());
    let cells = Cells::under(voting.map(|line| &line.origin), "Statut");
    let voters = Figure::new(
        format!("deliberation.{code}.votants"),
        "votants, présents et représentés",
        Quantity::Count(vote.voters),
        cells,
    );
    json!({
        "maniere": vote.manner(),
        "adopte": vote.adopted(),
        "pour": votes_for,
        "contre": against,
        "abstentions": abstentions,
        "votants": printer.count(&voters),
        "total": wording::group(vote.votes_for + vote.votes_against + vote.abstentions),
    })
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
    let text = |value: Option<String>| value.unwrap_or_default();
    let matter = deliberation.matter.clone().unwrap_or_default();
    let first = MATTERS.iter().find(|(code, _)| matter.split('.').next() == Some(code)).map(|(_, name)| *name);
    let second = SUB_MATTERS.iter().find(|(code, _)| *code == matter).map(|(_, name)| *name);
    let matter_name = first.zip(second).map_or_else(String::new, |(first, second)| format!("{first}/{second}"));
    let cast = vote.map(|vote| vote.votes_for + vote.votes_against + vote.abstentions);
    vec![
        council.official_name.clone(),
        text(council.siret.clone()),
        text(deliberation.number.clone()),
        sitting.date.to_string(),
        matter,
        matter_name,
        deliberation.subject.clone(),
        String::new(),
        String::new(),
        text(council.prefecture_code.clone().filter(|_| deliberation.received.is_some())),
        text(deliberation.received.map(|date| date.to_string())),
        sitting.members.to_string(),
        text(cast.map(|cast| cast.to_string())),
        text(vote.map(|vote| vote.votes_for.to_string())),
        text(vote.map(|vote| vote.votes_against.to_string())),
        text(vote.map(|vote| vote.abstentions.to_string())),
        text(deliberation.publication_link.clone()),
    ]
}

/// The data of the transmission message and of the deposit form.
pub(super) fn deposit(model: &Model, act: &Act, identifier: &str, annexes: usize) -> Value {
    let matter = act.deliberation.matter.clone().unwrap_or_default();
    let levels: Vec<&str> = matter.split('.').filter(|level| !level.is_empty()).collect();
    let piece = &model.territory.acts.piece_type;
    let files: Vec<String> = (1..=annexes + 1).map(|rank| format!("{piece}-{identifier}-1-1_{rank}.pdf")).collect();
    json!({
        "identifiant": identifier,
        "message": format!("{identifier}-1-1_0.xml"),
        "collectivite": { "nom": act.council.official_name, "siren": act.council.siren, "departement": act.department() },
        "date": act.sitting.date.to_string(),
        "numero": act.deliberation.acts_number(),
        "numero_affiche": act.deliberation.number,
        "nature": { "code": 1, "sigle": "DE", "libelle": "Délibérations" },
        "matiere": { "code": matter, "niveaux": levels },
        "objet": one_line(&act.deliberation.subject),
        "classification": model.territory.acts.classification.to_string(),
        "type_piece": piece,
        "acte": files[0],
        "annexes": files[1..],
    })
}

/// A subject on one line of at most 499 characters.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(499).collect()
}

/// How the annexes of a deliberation are listed in its data.
pub(super) fn deliberation_data(deliberation: &Deliberation) -> Value {
    let annexes: Vec<&str> = deliberation.annexes.iter().map(|kind| kind.label()).collect();
    json!({ "code": deliberation.code, "objet": deliberation.subject, "annexes": annexes })
}
