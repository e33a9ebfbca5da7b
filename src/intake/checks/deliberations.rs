//! Deliberations: what keeps them from being acts, votes, dates, and what the councils of one decision share.

use std::collections::HashMap;

use super::acts::{check_member, is_countable, suggest_member};
use super::at;
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{acts, cells, checks, law};
use crate::model::gate::{Gap, Lack, Stage};
use crate::model::law::{matter, near_matters};
use crate::model::votes::{Item, same_person};
use crate::model::{AnnexKind, At, Ballot, Choice as _, Deliberation, Outcome, Partner, Scope};
use crate::records::Enclosed;
use crate::wording;

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    for act in scope.deliberations().filter(|act| act.is_sound()) {
        let item = Item::new(act);
        check_names(&item, problems);
        check_form(act, problems);
        check_vote(&item, problems);
        check_gate(&item, problems);
        check_officers(&item, problems);
        check_dates(act, problems);
        check_agreement(act, problems);
        check_common_decision(act, problems);
        check_rectification(act, problems);
    }
    check_numbers(scope, problems);
}

/// Everybody who is named stands on the roll.
fn check_names(item: &Item, problems: &mut Vec<Diagnostic>) {
    let Item { act, roll, .. } = item;
    let named = [
        (Deliberation::INTERESTED, act.interested()),
        (Deliberation::OPPONENTS, act.opponents()),
        (Deliberation::ABSTAINERS, act.abstainers()),
    ];
    for (column, names) in named {
        for unknown in names.iter().filter(|named| named.row.is_none() && !roll.is_empty()) {
            let diagnostic = suggest_member(checks::unknown_member(unknown.name), unknown.name, roll);
            problems.push(at(*act, column, diagnostic));
        }
    }
    let officers = [(Deliberation::RAPPORTEUR, act.rapporteur()), (Deliberation::PRESIDED, act.presided())];
    for (column, officer) in officers {
        if let Some(officer) = officer {
            check_member(roll, (*act, column), officer.name, officer.row, problems);
        }
    }
}

/// The most characters of an object that ACTES takes.
const LONGEST_SUBJECT: usize = 499;

fn check_form(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    if let Some(number) = act.number().filter(|_| act.acts_number().is_none()) {
        problems.push(at(act, Deliberation::NUMBER, checks::unusable_number(number)));
    }
    if let Some(found) = act.matter().filter(|found| matter(found).is_none()) {
        let near = near_matters(found).join(", ");
        let diagnostic = checks::invalid_matter(found).hint(format!("valeurs possibles : {near}"));
        problems.push(at(act, Deliberation::MATTER, diagnostic));
    }
    let length = act.subject().chars().count();
    if length > LONGEST_SUBJECT {
        let diagnostic = cells::text_too_long(&length.to_string(), &LONGEST_SUBJECT.to_string());
        problems.push(at(act, Deliberation::SUBJECT, diagnostic));
    }
    let annexes = act.annexes();
    if let Some((_, twice)) = annexes.iter().enumerate().find(|(index, annex)| annexes[..*index].contains(annex)) {
        let name = match twice {
            Enclosed::Listed(kind) => kind.label(),
            Enclosed::File(file) => &file.name,
        };
        problems.push(at(act, Deliberation::ANNEXES, acts::annex_twice(name)));
    }
    if act.has_annex(AnnexKind::Convention) && act.convention().is_none() {
        problems.push(at(act, Deliberation::CONVENTION, cells::missing_value(Deliberation::CONVENTION.heading)));
    }
}

fn voices(count: i64, meaning: &str) -> String {
    format!("{} {meaning}", wording::counted(count, "voix", "voix"))
}

fn check_vote(item: &Item, problems: &mut Vec<Diagnostic>) {
    let act = item.act;
    let votes = [
        (Deliberation::VOTES_FOR, act.votes_for()),
        (Deliberation::VOTES_AGAINST, act.votes_against()),
        (Deliberation::ABSTENTIONS, act.abstentions()),
    ];
    let counted = votes.iter().filter(|(_, votes)| votes.is_some()).count();
    if (1..3).contains(&counted) {
        let missing =
            votes.iter().find(|(_, votes)| votes.is_none()).map_or(Deliberation::VOTES_FOR, |(column, _)| column);
        problems.push(at(act, missing, checks::incomplete_vote()));
        return;
    }
    let Some(vote) = item.vote() else { return };
    match act.stated_outcome() {
        Some(outcome @ (Outcome::Withdrawn | Outcome::Adjourned | Outcome::Noted)) => {
            problems.push(at(act, Deliberation::VOTES_FOR, acts::votes_without_vote(outcome.label())));
            return;
        }
        Some(outcome) if (outcome == Outcome::Adopted) != vote.adopted() => {
            let told = format!("{}, {}", voices(vote.votes_for, "pour"), voices(vote.votes_against, "contre"));
            problems.push(at(act, Deliberation::OUTCOME, acts::outcome_contradicts(outcome.label(), &told)));
        }
        _ => {}
    }
    let is_countable = is_countable(act.sitting(), &item.roll);
    if is_countable && vote.cast() > vote.voters {
        let diagnostic = checks::votes_mismatch(&vote.cast().to_string(), &vote.voters.to_string());
        problems.push(at(act, Deliberation::VOTES_FOR, diagnostic));
    }
    let named = [
        (Deliberation::OPPONENTS, act.opponents().len(), vote.votes_against, "contre"),
        (Deliberation::ABSTAINERS, act.abstainers().len(), vote.abstentions, "d’abstention"),
    ];
    for (column, names, votes, meaning) in named {
        let names = i64::try_from(names).unwrap_or(i64::MAX);
        let told = || (wording::counted(names, "nom", "noms"), voices(votes, meaning));
        if names > 0 && act.ballot() == Some(Ballot::Secret) {
            problems.push(at(act, column, acts::names_in_secret_ballot()));
        } else if names > votes {
            let (names, votes) = told();
            problems.push(at(act, column, acts::more_names_than_votes(&names, &votes)));
        } else if names < votes && act.ballot() == Some(Ballot::Public) {
            let (names, votes) = told();
            problems.push(at(act, column, law::missing_names(&names, &votes)));
        }
    }
    let quorum = item.quorum();
    if is_countable
        && let (Some(required), Some(citation)) = (quorum.required, quorum.rule.citation())
        && !quorum.is_met()
    {
        let present = wording::counted(quorum.present, "membre présent", "membres présents");
        problems.push(at(act, Deliberation::SITTING, law::no_quorum(&present, &required.to_string(), citation)));
    }
}

/// What keeps the act a draft, or from being deposited, at its cell; a draft that is called sent is an error.
fn check_gate(item: &Item, problems: &mut Vec<Diagnostic>) {
    let act = item.act;
    let (sitting, names) = (act.sitting(), act.interested());
    // What cannot be counted is told where it stands.
    let is_clear = sitting.exists()
        && sitting.is_sound()
        && sitting.partner().exists()
        && (item.roll.is_empty() || is_countable(sitting, &item.roll))
        && names.iter().all(|named| named.row.is_some() || item.roll.is_empty());
    if !is_clear {
        return;
    }
    let gaps = item.gaps();
    // What has a message of its own is told there.
    let is_told_elsewhere = |gap: &&Gap| match &gap.lack {
        Lack::Quorum | Lack::Chair | Lack::NoSecretary | Lack::Secretary | Lack::Siret => true,
        Lack::Siren => act.sitting().partner().kind().is_epci(),
        Lack::Department => act.sitting().partner().department().is_some(),
        Lack::Count(vote) => vote.cast() > vote.voters,
        _ => false,
    };
    for gap in gaps.iter().filter(|gap| !is_told_elsewhere(gap)) {
        let reason = reason(&gap.lack);
        let diagnostic = match gap.stage {
            Stage::Act => acts::act_stays_draft(&reason),
            Stage::Deposit | Stage::OpenData => acts::no_deposit(&reason),
        };
        problems.push(diagnostic.at_cell(gap.cell.clone()));
    }
    let steps = [
        (Deliberation::SENT, act.sent()),
        (Deliberation::RECEIVED, act.received()),
        (Deliberation::PUBLISHED, act.published()),
    ];
    let first = steps.iter().find(|(_, day)| day.is_some());
    if let Some((column, _)) = first
        && !item.is_final()
        && !gaps.iter().any(|gap| gap.stage == Stage::Act && is_told_elsewhere(&gap))
    {
        let lack = gaps.iter().find(|gap| gap.stage == Stage::Act).map(|gap| reason(&gap.lack));
        let reason = lack.unwrap_or_else(|| "il n’a ni numéro ni vote".to_owned());
        problems.push(at(act, column, acts::sent_draft(column.heading, &reason)));
    }
}

/// What is missing, in words.
fn reason(lack: &Lack) -> String {
    match lack {
        Lack::Number => "il n’a pas de numéro".to_owned(),
        Lack::Votes => "les voix ne sont pas comptées".to_owned(),
        Lack::Count(vote) => format!(
            "pour, contre et abstentions font {}, il y a {}",
            wording::counted(vote.cast(), "voix", "voix"),
            wording::counted(vote.voters, "votant", "votants")
        ),
        Lack::Tie => {
            "les voix sont partagées ; « Résultat » dit ce que décide la voix du président de séance".to_owned()
        }
        Lack::Roll => "la feuille Présences n’a pas l’appel de la séance".to_owned(),
        Lack::Quorum => "le quorum n’est pas atteint".to_owned(),
        Lack::Chair => "qui préside n’est pas là, ou ne prend pas part au vote".to_owned(),
        Lack::Place => "le lieu de la séance n’est pas dit".to_owned(),
        Lack::NoSecretary => "la séance n’a pas de secrétaire".to_owned(),
        Lack::Secretary => "le secrétaire n’est pas à l’appel, ou n’est pas présent".to_owned(),
        Lack::Matter => "la matière n’est pas dite".to_owned(),
        Lack::Department => "le département n’est pas dit".to_owned(),
        Lack::Siren => "le SIREN n’est pas dit".to_owned(),
        Lack::Siret => "le SIRET n’est pas dit".to_owned(),
    }
}

/// Who chairs and who reports is there, and takes part.
fn check_officers(item: &Item, problems: &mut Vec<Diagnostic>) {
    let act = item.act;
    let chair_column = act.presided().map(|_| Deliberation::PRESIDED);
    let officers = [
        (chair_column.unwrap_or(Deliberation::INTERESTED), Some(act.chair()), "préside le point"),
        (Deliberation::RAPPORTEUR, act.rapporteur(), "rapporte le point"),
    ];
    for (column, officer, part) in officers {
        let Some(member) = officer.and_then(|officer| officer.row) else { continue };
        if act.is_interested(member) {
            problems.push(at(act, column, law::interested_officer(&member.full_name(), part)));
        } else if !item.there.contains(&member) && (column != Deliberation::INTERESTED || item.away.contains(&member)) {
            problems.push(at(act, column, acts::absent_officer(&member.full_name(), part)));
        }
    }
    let sitting = act.sitting();
    if let Some(secretary) = sitting.secretary().and_then(|secretary| secretary.row).filter(|_| item.is_told()) {
        if act.is_interested(secretary) {
            let diagnostic = law::interested_secretary(&secretary.full_name());
            problems.push(at(act, Deliberation::INTERESTED, diagnostic));
        } else if item.away.contains(&secretary) {
            problems.push(at(act, Deliberation::SITTING, acts::secretary_away(&secretary.full_name())));
        }
    }
    let signatory = sitting.exists().then(|| act.scope().signatory(sitting.partner(), sitting.date())).flatten();
    if let Some(signatory) = signatory.filter(|_| act.is_on_the_account() && item.is_told()) {
        let name = format!("{} {}", signatory.first_name(), signatory.last_name());
        if same_person(&name, act.chair().name) {
            problems.push(at(act, Deliberation::PRESIDED, law::account_chaired_by_president(&name)));
        }
    }
}

/// Voted, sent, received, published: in that order; and figures that were known when they were sent.
fn check_dates(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    let sitting = act.sitting();
    let steps = [
        ("Date de la séance", Deliberation::SITTING, sitting.exists().then(|| sitting.date())),
        ("Envoyé le", Deliberation::SENT, act.sent()),
        ("Reçu le", Deliberation::RECEIVED, act.received()),
        ("Publié le", Deliberation::PUBLISHED, act.published()),
    ];
    let known: Vec<_> =
        steps.iter().filter_map(|(name, column, date)| date.map(|date| (*name, *column, date))).collect();
    for pair in known.windows(2) {
        if let [(earlier, _, first), (later, column, second)] = pair
            && second < first
        {
            let diagnostic = if (*earlier, *later) == ("Reçu le", "Publié le") {
                law::published_before_received()
            } else {
                checks::act_dates_out_of_order(earlier, later)
            };
            problems.push(at(act, column, diagnostic));
        }
    }
    let Some(figures) = act.figures_on() else { return };
    let convened = (sitting.exists() && sitting.is_sound()).then(|| sitting.convened());
    let limits = [(convened, "la convocation"), (act.handed_over(), "l’envoi au secrétariat")];
    if let Some((limit, what)) = limits.iter().find_map(|(day, what)| day.filter(|day| *day < figures).zip(Some(what)))
    {
        let what = format!("{what} du {}", wording::date(limit));
        problems.push(at(act, Deliberation::FIGURES_ON, acts::figures_too_late(&wording::date(figures), &what)));
    }
}

/// The year is one of the agreement's; the agreement is signed by who is in office, once the act is executory.
fn check_agreement(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    let sitting = act.sitting();
    let Some(convention) = act.agreement().filter(|convention| convention.is_sound()) else { return };
    let year = act.year();
    // A year that ends before it begins is told where it stands.
    if year.exists() && year.is_sound() && year.start() <= year.end() && !convention.covers(year) {
        let span = wording::date_span(convention.start(), convention.end());
        let diagnostic = acts::year_outside_convention(year.code(), convention.version(), &span);
        problems.push(at(act, Deliberation::YEAR, diagnostic));
    }
    if !act.has_annex(AnnexKind::Convention) || !sitting.exists() || !sitting.is_sound() {
        return;
    }
    if convention.start() < sitting.date() {
        let (start, voted) = (wording::date(convention.start()), wording::date(sitting.date()));
        problems.push(at(act, Deliberation::CONVENTION, law::agreement_begins_before(&start, &voted)));
    }
    let Some(signed) = act.signed() else { return };
    let day = wording::date(signed);
    let early = match (act.sent().or(act.received()), act.published()) {
        _ if signed < sitting.date() => Some("avant le vote"),
        (None, _) => Some("alors que l’acte n’est pas transmis"),
        (Some(sent), _) if signed < sent => Some("avant la transmission de l’acte"),
        (_, None) => Some("alors que l’acte n’est pas publié"),
        (_, Some(published)) if signed < published => Some("avant la publication de l’acte"),
        _ => None,
    };
    if let Some(reason) = early {
        problems.push(at(act, Deliberation::SIGNED, law::signed_before_executory(&day, reason)));
    }
    let scope = act.scope();
    let of_reference = scope.signatory(sitting.partner(), convention.reference());
    if let Some(mandate) = of_reference.filter(|mandate| !mandate.in_office(signed)) {
        let name = format!("{} {}", mandate.first_name(), mandate.last_name());
        let reference = wording::date(convention.reference());
        problems.push(at(act, Deliberation::SIGNED, law::other_signatory(&name, &day, &reference)));
    }
}

/// The deliberations of one decision have the same annexes and figures.
fn check_common_decision(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    if act.common_decision().is_none() {
        return;
    }
    let others = act.common_decision_acts().into_iter().filter(|other| *other < act && other.is_sound());
    let others: Vec<At<Deliberation>> = others.collect();
    if let Some(first) = others.first() {
        let same =
            first.annexes() == act.annexes() && first.convention() == act.convention() && first.year() == act.year();
        if !same {
            let cell = first.cell(Deliberation::ANNEXES).name();
            problems.push(at(act, Deliberation::COMMON_DECISION, acts::other_annexes(&cell)));
        }
    }
    let Some(day) = act.figures_on() else { return };
    let other = others.iter().find_map(|other| other.figures_on().filter(|known| *known != day).zip(Some(other)));
    if let Some((known, other)) = other {
        let cell = other.cell(Deliberation::FIGURES_ON).name();
        let diagnostic = acts::two_figure_days(&wording::date(day), &wording::date(known), &cell);
        problems.push(at(act, Deliberation::FIGURES_ON, diagnostic));
    }
}

fn check_rectification(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    let Some(earlier) = act.rectifies().filter(|earlier| earlier.exists()) else { return };
    let (sitting, before) = (act.sitting(), earlier.sitting());
    let reason = match () {
        () if earlier == act => "un acte ne se rectifie pas lui-même",
        () if sitting.partner() != before.partner() => "l’acte rectifié est celui d’une autre assemblée",
        () if before.date() > sitting.date() => "l’acte rectifié est plus récent",
        () if earlier.number().is_none() => "l’acte rectifié n’a pas de numéro",
        () => return,
    };
    problems.push(at(act, Deliberation::RECTIFIES, acts::impossible_rectification(reason)));
}

/// A number is unique in its body: two deliberations of the same partner cannot share it.
fn check_numbers(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(At<Partner>, String), At<Deliberation>> = HashMap::new();
    for act in scope.deliberations() {
        let Some(number) = act.acts_number().filter(|_| act.sitting().exists()) else { continue };
        let key = (act.sitting().partner(), number);
        match first.get(&key) {
            Some(known) => {
                let cell = known.cell(Deliberation::NUMBER).name();
                problems.push(at(act, Deliberation::NUMBER, checks::duplicate_act_number(&key.1, &cell)));
            }
            None => drop(first.insert(key, act)),
        }
    }
}
