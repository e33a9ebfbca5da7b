//! Sittings, rolls and mandates. What the law says is a warning with its article: the secretariat decides.

use std::collections::{HashMap, HashSet};

use super::{at, suggest};
use crate::diagnostics::Diagnostic;
use crate::diagnostics::messages::{acts, checks, law};
use crate::model::law::{Notice, QuorumRule, proxies_allowed, quorum_rule};
use crate::model::votes::Roll;
use crate::model::{
    At, Attendance, AttendanceStatus, Choice as _, Partner, Record, Representative, Role, Scope, Sitting,
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
    } else if sitting.clear_days() < sitting.notice().days {
        let Notice { days: required, articles } = sitting.notice();
        let diagnostic = law::short_notice(&days(sitting.clear_days()), &days(required), articles);
        problems.push(at(sitting, Sitting::CONVENED, diagnostic));
    }
    if sitting.is_unplaced() && convened <= sitting.scope().situation() {
        problems.push(at(sitting, Sitting::PLACE, acts::unplaced_sitting(&wording::date(convened))));
    }
    match sitting.first_sitting() {
        None if sitting.second_convocation() => {
            problems.push(at(sitting, Sitting::FIRST_SITTING, law::no_first_sitting()));
        }
        Some(first) if first >= sitting.date() => {
            let diagnostic = checks::end_before_start(&wording::date(first), &wording::date(date));
            problems.push(at(sitting, Sitting::FIRST_SITTING, diagnostic));
        }
        _ => {}
    }
    if quorum_rule(date, sitting.second_convocation()) == QuorumRule::Unknown && !sitting.roll().is_empty() {
        problems.push(at(sitting, Sitting::DATE, law::unknown_rule(&wording::date(date))));
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
    let officers = [
        (Sitting::CHAIR, Some(chair), "préside la séance"),
        (Sitting::SECRETARY, sitting.secretary(), "est secrétaire de séance"),
    ];
    for (column, named, part) in officers {
        let member = named.and_then(|named| named.row);
        if let Some(member) = member.filter(|member| !roll.there().any(|there| there == *member)) {
            problems.push(at(sitting, column, acts::absent_officer(&member.full_name(), part)));
        }
    }
    check_proxies(sitting, &roll, problems);
}

/// A person who has a part in a sitting is on its roll.
pub(super) fn check_member<T: Record>(
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
pub(super) fn suggest_member(diagnostic: Diagnostic, name: &str, roll: &Roll) -> Diagnostic {
    let names: Vec<String> = roll.everybody().map(At::<Attendance>::full_name).collect();
    suggest(diagnostic, name, names.iter().map(String::as_str))
}

/// Whether a roll has as many lines as there are members in office.
fn is_whole(sitting: At<Sitting>, roll: &Roll) -> bool {
    i64::try_from(roll.len()).is_ok_and(|lines| lines == sitting.members())
}

/// Whether a roll can be counted: whole, every line readable, nobody twice, every proxy held by who is there.
pub(super) fn is_countable(sitting: At<Sitting>, roll: &Roll) -> bool {
    let mut names = HashSet::new();
    sitting.is_sound()
        && is_whole(sitting, roll)
        && roll.everybody().all(|line| line.is_sound() && names.insert(fold(&line.full_name())))
        && roll.proxies.iter().all(|proxy| {
            let holder = proxy.holder().and_then(|holder| holder.row);
            holder.is_some_and(|holder| roll.there().any(|there| there == holder))
        })
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
        if !roll.there().any(|there| there == member) {
            problems.push(at(*proxy, Attendance::HOLDER, law::absent_holder(&member.full_name())));
        }
        let count = held.entry(member).or_default();
        *count += 1;
        if let Some(allowed) = proxies_allowed(sitting.date()).filter(|allowed| *count > *allowed) {
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
