//! Sittings, rolls and deliberations. What the law says is a warning with its article: the secretariat decides.

use std::collections::{HashMap, HashSet};

use super::{at, suggest};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{cells, checks, law};
use crate::model::votes::{QuorumRule, Roll, proxies_allowed};
use crate::model::{
    AnnexKind, At, Attendance, AttendanceStatus, Choice as _, Deliberation, Partner, Record, Representative, Role,
    Scope, Sitting,
};
use crate::records::Column;
use crate::wording::{self, fold};

pub(super) fn check(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    for sitting in scope.sittings().filter(|sitting| sitting.is_sound()) {
        check_convocation(sitting, problems);
        let partner = sitting.partner();
        if partner.exists()
            && partner.until().is_none_or(|until| partner.since() <= Some(until))
            && !partner.is_member(sitting.date())
        {
            problems.push(at(sitting, Sitting::PARTNER, checks::sitting_outside(partner.usual_name())));
        }
        check_roll(sitting, problems);
    }
    scope.attendances().filter(|line| line.is_sound()).for_each(|line| check_holder(line, problems));
    for deliberation in scope.deliberations().filter(|deliberation| deliberation.is_sound()) {
        check_deliberation(deliberation, problems);
    }
    check_numbers(scope, problems);
    check_mandates(scope, problems);
}

fn days(count: i64) -> String {
    wording::counted(count.max(0), "jour franc", "jours francs")
}

fn check_convocation(sitting: At<Sitting>, problems: &mut Vec<Diagnostic>) {
    let (date, convened) = (sitting.date(), sitting.convened());
    if convened > date {
        let diagnostic = checks::convened_after_sitting(&wording::date(convened), &wording::date(date));
        problems.push(at(sitting, Sitting::CONVENED, diagnostic));
    } else if sitting.clear_days() < sitting.clear_days_required() {
        let diagnostic = law::short_notice(&days(sitting.clear_days()), &days(sitting.clear_days_required()));
        problems.push(at(sitting, Sitting::CONVENED, diagnostic));
    }
}

/// The roll adds up to the members in office, proxies have holders who are there, and not too many each.
fn check_roll(sitting: At<Sitting>, problems: &mut Vec<Diagnostic>) {
    let roll = sitting.roll();
    if roll.is_empty() {
        return;
    }
    if roll.everybody().all(At::<Attendance>::is_sound) && !is_whole(sitting, &roll) {
        let diagnostic = checks::attendance_mismatch(&roll.len().to_string(), &sitting.members().to_string());
        problems.push(at(sitting, Sitting::MEMBERS, diagnostic));
    }
    let chair = sitting.chair();
    check_member(&roll, (sitting, Sitting::CHAIR), chair.name, chair.row, problems);
    match sitting.secretary() {
        Some(secretary) => {
            check_member(&roll, (sitting, Sitting::SECRETARY), secretary.name, secretary.row, problems);
        }
        None => problems.push(at(sitting, Sitting::SECRETARY, law::missing_secretary())),
    }
    check_proxies(sitting, &roll, problems);
}

/// A person who has a part in a sitting is on its roll.
fn check_member<T: Record>(
    roll: &Roll,
    (row, column): (At<T>, &Column),
    name: &str,
    member: Option<At<Attendance>>,
    problems: &mut Vec<Diagnostic>,
) {
    if !name.is_empty() && member.is_none() && !roll.is_empty() {
        problems.push(at(row, column, suggest_member(checks::not_on_the_roll(name), name, roll)));
    }
}

/// Hints at the members of a roll.
fn suggest_member(diagnostic: Diagnostic, name: &str, roll: &Roll) -> Diagnostic {
    let names: Vec<String> = roll.everybody().map(At::<Attendance>::full_name).collect();
    suggest(diagnostic, name, names.iter().map(String::as_str))
}

/// Whether a roll has as many lines as there are members in office.
fn is_whole(sitting: At<Sitting>, roll: &Roll) -> bool {
    i64::try_from(roll.len()).is_ok_and(|lines| lines == sitting.members())
}

/// Whether a roll can be counted: whole, every line readable, nobody twice.
fn is_countable(sitting: At<Sitting>, roll: &Roll) -> bool {
    let mut names = HashSet::new();
    sitting.is_sound()
        && is_whole(sitting, roll)
        && roll.everybody().all(|line| line.is_sound() && names.insert(fold(&line.full_name())))
}

fn check_proxies(sitting: At<Sitting>, roll: &Roll, problems: &mut Vec<Diagnostic>) {
    let mut held: HashMap<At<Attendance>, usize> = HashMap::new();
    for proxy in roll.proxies.iter().filter(|proxy| proxy.is_sound()) {
        let Some(holder) = proxy.holder() else { continue };
        let Some(member) = holder.row else {
            let diagnostic = suggest_member(checks::unknown_holder(holder.name), holder.name, roll);
            problems.push(at(*proxy, Attendance::HOLDER, diagnostic));
            continue;
        };
        if !matches!(member.status(), AttendanceStatus::Present | AttendanceStatus::Substitute) {
            problems.push(at(*proxy, Attendance::HOLDER, law::absent_holder(&member.full_name())));
        }
        let count = held.entry(member).or_default();
        *count += 1;
        let allowed = proxies_allowed(sitting.date());
        if *count > allowed {
            let diagnostic = law::too_many_proxies(&member.full_name(), &count.to_string(), &allowed.to_string());
            problems.push(at(*proxy, Attendance::HOLDER, diagnostic));
        }
    }
}

fn check_holder(line: At<Attendance>, problems: &mut Vec<Diagnostic>) {
    match (line.status(), line.holder()) {
        (AttendanceStatus::Proxy, None) => {
            problems.push(at(line, Attendance::HOLDER, checks::proxy_without_holder(&line.full_name())));
        }
        (AttendanceStatus::Proxy, Some(_)) | (_, None) => {}
        (status, Some(_)) => {
            problems.push(at(line, Attendance::HOLDER, checks::holder_without_proxy(status.label())));
        }
    }
}

fn check_deliberation(act: At<Deliberation>, problems: &mut Vec<Diagnostic>) {
    let roll = act.sitting().roll();
    let named = [
        (Deliberation::INTERESTED, act.interested()),
        (Deliberation::OPPONENTS, act.opponents()),
        (Deliberation::ABSTAINERS, act.abstainers()),
    ];
    for (column, names) in named {
        for unknown in names.iter().filter(|named| named.row.is_none() && !roll.is_empty()) {
            let diagnostic = suggest_member(checks::unknown_member(unknown.name), unknown.name, &roll);
            problems.push(at(act, column, diagnostic));
        }
    }
    if let Some(rapporteur) = act.rapporteur() {
        check_member(&roll, (act, Deliberation::RAPPORTEUR), rapporteur.name, rapporteur.row, problems);
    }
    check_vote(act, &roll, problems);
    if let Some(number) = act.number().filter(|_| act.acts_number().is_none()) {
        problems.push(at(act, Deliberation::NUMBER, checks::unusable_number(number)));
    }
    if let Some(matter) = act.matter().filter(|matter| !is_matter(matter)) {
        problems.push(at(act, Deliberation::MATTER, checks::invalid_matter(matter)));
    }
    let length = act.subject().chars().count();
    if length > LONGEST_SUBJECT {
        let diagnostic = cells::out_of_bounds(&length.to_string(), "1", &LONGEST_SUBJECT.to_string());
        problems.push(at(act, Deliberation::SUBJECT, diagnostic));
    }
    if act.annexes().contains(&AnnexKind::Convention) && act.convention().is_none() {
        problems.push(at(act, Deliberation::CONVENTION, cells::missing_value(Deliberation::CONVENTION.heading)));
    }
    check_dates(act, problems);
}

/// The most characters of an object that ACTES takes.
const LONGEST_SUBJECT: usize = 499;

/// Two national levels: a digit from 1 to 9, a point, one or two digits (`^\d\.\d{1,2}$` in the SCDL schema).
fn is_matter(matter: &str) -> bool {
    match matter.split_once('.') {
        Some((first, second)) => {
            first.len() == 1
                && (1..=2).contains(&second.len())
                && (first.to_owned() + second).bytes().all(|byte| byte.is_ascii_digit())
        }
        None => false,
    }
}

fn check_vote(act: At<Deliberation>, roll: &Roll, problems: &mut Vec<Diagnostic>) {
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
    if counted == 0 {
        return;
    }
    let cast: i64 = votes.iter().filter_map(|(_, votes)| *votes).sum();
    let voters = act.voters();
    if !roll.is_empty() && cast > voters {
        let diagnostic = checks::votes_mismatch(&cast.to_string(), &voters.to_string());
        problems.push(at(act, Deliberation::VOTES_FOR, diagnostic));
    }
    let quorum = act.quorum();
    if is_countable(act.sitting(), roll)
        && quorum.rule != QuorumRule::SecondConvocation
        && quorum.present < quorum.required
    {
        let present = wording::counted(quorum.present, "membre présent", "membres présents");
        let diagnostic = law::no_quorum(&present, &quorum.required.to_string(), quorum.rule.citation());
        problems.push(at(act, Deliberation::SITTING, diagnostic));
    }
}

/// Voted, sent, received, published: in that order.
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

/// One signatory a partner a day, and mandates that end after they began.
fn check_mandates(scope: &Scope, problems: &mut Vec<Diagnostic>) {
    let sound: Vec<At<Representative>> = scope.representatives().filter(|mandate| mandate.is_sound()).collect();
    for (index, mandate) in sound.iter().enumerate() {
        if let Some(until) = mandate.until().filter(|until| *until < mandate.since()) {
            let diagnostic = checks::end_before_start(&wording::date(mandate.since()), &wording::date(until));
            problems.push(at(*mandate, Representative::UNTIL, diagnostic));
            continue;
        }
        if let Some(first) = sound[..index].iter().find(|other| overlap(**other, *mandate)) {
            let name = format!("{} {}", mandate.first_name(), mandate.last_name());
            let cell = first.cell(Representative::SINCE).name();
            problems.push(at(*mandate, Representative::SINCE, checks::overlapping_mandates(&name, &cell)));
        }
    }
    for partner in scope.partners().filter(|partner| partner.is_sound()) {
        if let (Some(since), Some(until)) = (partner.since(), partner.until())
            && until < since
        {
            let diagnostic = checks::end_before_start(&wording::date(since), &wording::date(until));
            problems.push(at(partner, Partner::UNTIL, diagnostic));
        }
    }
}

/// Whether two mandates to sign for one partner have a day in common.
fn overlap(first: At<Representative>, second: At<Representative>) -> bool {
    let signs = |mandate: At<Representative>| mandate.role() == Role::Signatory;
    let last = |mandate: At<Representative>| mandate.until().unwrap_or(chrono::NaiveDate::MAX);
    first.partner() == second.partner()
        && first.partner().exists()
        && signs(first)
        && signs(second)
        && first.since() <= last(second)
        && second.since() <= last(first)
}
