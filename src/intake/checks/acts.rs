//! Sittings, rolls and deliberations. What the law says is a warning with its article: the secretariat decides.

use std::collections::{HashMap, HashSet};

use super::{at, suggest};
use crate::diagnostics::messages::{checks, law};
use crate::diagnostics::{Diagnostic, fold};
use crate::figures::Origin;
use crate::intake::sheets::{attendances, deliberations, representatives, sittings};
use crate::model::votes::{QuorumRule, Roll, proxies_allowed};
use crate::model::{Attendance, AttendanceStatus, Choice as _, Deliberation, Model, Role, Sitting};
use crate::wording;

pub(super) fn check(model: &Model, problems: &mut Vec<Diagnostic>) {
    for sitting in model.sittings.iter().filter(|sitting| sitting.origin.sound) {
        check_convocation(sitting, problems);
        if let Some(partner) = model.partner(&sitting.partner)
            && partner.until.is_none_or(|until| partner.since <= Some(until))
            && !partner.is_member(sitting.date)
        {
            let diagnostic = checks::sitting_outside(&partner.usual_name);
            problems.push(at(&sitting.origin, sittings::PARTNER.heading, diagnostic));
        }
        check_roll(model, sitting, problems);
    }
    for line in model.attendances.iter().filter(|line| line.origin.sound) {
        check_holder(line, problems);
    }
    for deliberation in model.deliberations.iter().filter(|deliberation| deliberation.origin.sound) {
        check_deliberation(model, deliberation, problems);
    }
    check_numbers(model, problems);
    check_mandates(model, problems);
}

fn days(count: i64) -> String {
    wording::counted(count.max(0), "jour franc", "jours francs")
}

fn check_convocation(sitting: &Sitting, problems: &mut Vec<Diagnostic>) {
    let heading = sittings::CONVENED.heading;
    if sitting.convened > sitting.date {
        let diagnostic = checks::convened_after_sitting(&wording::date(sitting.convened), &wording::date(sitting.date));
        problems.push(at(&sitting.origin, heading, diagnostic));
    } else if sitting.clear_days() < sitting.clear_days_required() {
        problems.push(at(
            &sitting.origin,
            heading,
            law::short_notice(&days(sitting.clear_days()), &days(sitting.clear_days_required())),
        ));
    }
}

/// The roll adds up to the members in office, proxies have holders who are there, and not too many each.
fn check_roll(model: &Model, sitting: &Sitting, problems: &mut Vec<Diagnostic>) {
    let roll = model.roll(&sitting.code);
    if roll.is_empty() {
        return;
    }
    let lines: Vec<&Attendance> = model.attendances.iter().filter(|line| line.sitting == sitting.code).collect();
    if lines.iter().all(|line| line.origin.sound) && !is_whole(sitting, &roll) {
        let diagnostic = checks::attendance_mismatch(&roll.len().to_string(), &sitting.members.to_string());
        problems.push(at(&sitting.origin, sittings::MEMBERS.heading, diagnostic));
    }
    let officers =
        [(sittings::CHAIR.heading, Some(&sitting.chair)), (sittings::SECRETARY.heading, sitting.secretary.as_ref())];
    for (heading, name) in officers {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            check_member(&roll, &sitting.origin, heading, name, problems);
        }
    }
    if sitting.secretary.is_none() {
        problems.push(at(&sitting.origin, sittings::SECRETARY.heading, law::missing_secretary()));
    }
    check_proxies(sitting, &roll, problems);
    let mut names: HashMap<String, &Attendance> = HashMap::new();
    for line in lines {
        let name = fold(&line.full_name());
        match names.get(&name) {
            Some(first) => {
                let cell = first.origin.cell(attendances::LAST_NAME.heading).name();
                let diagnostic = crate::diagnostics::messages::cells::duplicate_key(
                    attendances::LAST_NAME.heading,
                    &line.full_name(),
                    &cell,
                );
                problems.push(at(&line.origin, attendances::LAST_NAME.heading, diagnostic));
            }
            None => drop(names.insert(name, line)),
        }
    }
}

/// A person who has a part in a sitting is on its roll.
fn check_member(roll: &Roll, origin: &Origin, heading: &str, name: &str, problems: &mut Vec<Diagnostic>) {
    let everybody: Vec<&Attendance> =
        roll.there().chain(roll.proxies.iter().chain(&roll.excused).chain(&roll.absent).copied()).collect();
    if !everybody.is_empty() && !everybody.iter().any(|member| member.is_named(name)) {
        let names: Vec<String> = everybody.iter().map(|member| member.full_name()).collect();
        let diagnostic = suggest(checks::not_on_the_roll(name), name, names.iter().map(String::as_str));
        problems.push(at(origin, heading, diagnostic));
    }
}

/// Whether a roll has as many lines as there are members in office.
fn is_whole(sitting: &Sitting, roll: &Roll) -> bool {
    i64::try_from(roll.len()).is_ok_and(|lines| lines == sitting.members)
}

/// Whether a roll can be counted: whole, every line readable, nobody twice.
fn is_countable(model: &Model, sitting: &Sitting, roll: &Roll) -> bool {
    let mut lines = model.attendances.iter().filter(|line| line.sitting == sitting.code);
    let mut names = HashSet::new();
    sitting.origin.sound
        && is_whole(sitting, roll)
        && lines.all(|line| line.origin.sound && names.insert(fold(&line.full_name())))
}

fn check_proxies(sitting: &Sitting, roll: &Roll, problems: &mut Vec<Diagnostic>) {
    let heading = attendances::HOLDER.heading;
    let everybody: Vec<&Attendance> =
        roll.there().chain(roll.proxies.iter().chain(&roll.excused).chain(&roll.absent).copied()).collect();
    let mut held: Vec<(String, usize)> = Vec::new();
    for proxy in roll.proxies.iter().filter(|proxy| proxy.origin.sound) {
        let Some(holder) = proxy.holder.as_deref() else { continue };
        let Some(member) = everybody.iter().find(|member| member.is_named(holder)) else {
            let names: Vec<String> = everybody.iter().map(|member| member.full_name()).collect();
            problems.push(at(
                &proxy.origin,
                heading,
                suggest(checks::unknown_holder(holder), holder, names.iter().map(String::as_str)),
            ));
            continue;
        };
        if !matches!(member.status, AttendanceStatus::Present | AttendanceStatus::Substitute) {
            problems.push(at(&proxy.origin, heading, law::absent_holder(&member.full_name())));
        }
        let name = member.full_name();
        let count = match held.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                held.push((name.clone(), 1));
                1
            }
        };
        let allowed = proxies_allowed(sitting.date);
        if count > allowed {
            problems.push(at(
                &proxy.origin,
                heading,
                law::too_many_proxies(&name, &count.to_string(), &allowed.to_string()),
            ));
        }
    }
}

fn check_holder(line: &Attendance, problems: &mut Vec<Diagnostic>) {
    let heading = attendances::HOLDER.heading;
    match (line.status, &line.holder) {
        (AttendanceStatus::Proxy, None) => {
            problems.push(at(&line.origin, heading, checks::proxy_without_holder(&line.full_name())));
        }
        (AttendanceStatus::Proxy, Some(_)) | (_, None) => {}
        (status, Some(_)) => problems.push(at(&line.origin, heading, checks::holder_without_proxy(status.label()))),
    }
}

fn check_deliberation(model: &Model, deliberation: &Deliberation, problems: &mut Vec<Diagnostic>) {
    let origin = &deliberation.origin;
    let roll = model.roll(&deliberation.sitting);
    let everybody: Vec<&Attendance> =
        roll.there().chain(roll.proxies.iter().chain(&roll.excused).chain(&roll.absent).copied()).collect();
    for name in &deliberation.abstainers_by_interest {
        if !roll.is_empty() && !everybody.iter().any(|member| member.is_named(name)) {
            let names: Vec<String> = everybody.iter().map(|member| member.full_name()).collect();
            let diagnostic = suggest(checks::unknown_member(name), name, names.iter().map(String::as_str));
            problems.push(at(origin, deliberations::INTERESTED.heading, diagnostic));
        }
    }
    if let Some(rapporteur) = &deliberation.rapporteur {
        check_member(&roll, origin, deliberations::RAPPORTEUR.heading, rapporteur, problems);
    }
    check_vote(model, deliberation, &roll, problems);
    if deliberation.number.is_some() && deliberation.acts_number().is_none() {
        let number = deliberation.number.as_deref().unwrap_or_default();
        problems.push(at(origin, deliberations::NUMBER.heading, checks::unusable_number(number)));
    }
    if let Some(matter) = &deliberation.matter
        && !is_matter(matter)
    {
        problems.push(at(origin, deliberations::MATTER.heading, checks::invalid_matter(matter)));
    }
    if deliberation.subject.chars().count() > 499 {
        let found = deliberation.subject.chars().count().to_string();
        problems.push(at(origin, "Objet", crate::diagnostics::messages::cells::out_of_bounds(&found, "1", "499")));
    }
    if deliberation.annexes.contains(&crate::model::AnnexKind::Convention) && deliberation.convention.is_none() {
        let heading = deliberations::CONVENTION.heading;
        problems.push(at(origin, heading, crate::diagnostics::messages::cells::missing_value(heading)));
    }
    check_dates(model, deliberation, problems);
}

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

fn check_vote(model: &Model, deliberation: &Deliberation, roll: &Roll, problems: &mut Vec<Diagnostic>) {
    let origin = &deliberation.origin;
    let votes = [
        (deliberations::VOTES_FOR.heading, deliberation.votes_for),
        (deliberations::VOTES_AGAINST.heading, deliberation.votes_against),
        (deliberations::ABSTENTIONS.heading, deliberation.abstentions),
    ];
    let counted = votes.iter().filter(|(_, votes)| votes.is_some()).count();
    if (1..3).contains(&counted) {
        let missing = votes.iter().find(|(_, votes)| votes.is_none()).map_or("Pour", |(heading, _)| heading);
        problems.push(at(origin, missing, checks::incomplete_vote()));
        return;
    }
    if counted == 0 {
        return;
    }
    let cast: i64 = votes.iter().filter_map(|(_, votes)| *votes).sum();
    let voters = model.voters(deliberation);
    if !roll.is_empty() && cast > voters {
        problems.push(at(
            origin,
            deliberations::VOTES_FOR.heading,
            checks::votes_mismatch(&cast.to_string(), &voters.to_string()),
        ));
    }
    if let Some(sitting) = model.sitting(&deliberation.sitting)
        && is_countable(model, sitting, roll)
        && let Some(quorum) = model.quorum(deliberation)
        && quorum.rule != QuorumRule::SecondConvocation
        && quorum.present < quorum.required
    {
        let present = wording::counted(quorum.present, "membre présent", "membres présents");
        let diagnostic = law::no_quorum(&present, &quorum.required.to_string(), quorum.rule.citation());
        problems.push(at(origin, deliberations::SITTING.heading, diagnostic));
    }
}

/// Voted, sent, received, published: in that order.
fn check_dates(model: &Model, deliberation: &Deliberation, problems: &mut Vec<Diagnostic>) {
    let sitting = model.sitting(&deliberation.sitting).map(|sitting| sitting.date);
    let steps = [
        ("Date de la séance", deliberations::SITTING.heading, sitting),
        ("Envoyé le", deliberations::SENT.heading, deliberation.sent),
        ("Reçu le", deliberations::RECEIVED.heading, deliberation.received),
        ("Publié le", deliberations::PUBLISHED.heading, deliberation.published),
    ];
    let known: Vec<_> =
        steps.iter().filter_map(|(name, heading, date)| date.map(|date| (*name, *heading, date))).collect();
    for pair in known.windows(2) {
        if let [(earlier, _, first), (later, heading, second)] = pair
            && second < first
        {
            let diagnostic = if (*earlier, *later) == ("Reçu le", "Publié le") {
                law::published_before_received()
            } else {
                checks::act_dates_out_of_order(earlier, later)
            };
            problems.push(at(&deliberation.origin, heading, diagnostic));
        }
    }
}

/// A number is unique in its body: two deliberations of the same partner cannot share it.
fn check_numbers(model: &Model, problems: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(String, String), &Deliberation> = HashMap::new();
    for deliberation in &model.deliberations {
        let (Some(number), Some(sitting)) = (deliberation.acts_number(), model.sitting(&deliberation.sitting)) else {
            continue;
        };
        match first.get(&(sitting.partner.clone(), number.clone())) {
            Some(known) => {
                let cell = known.origin.cell(deliberations::NUMBER.heading).name();
                problems.push(at(
                    &deliberation.origin,
                    deliberations::NUMBER.heading,
                    checks::duplicate_act_number(&number, &cell),
                ));
            }
            None => drop(first.insert((sitting.partner.clone(), number), deliberation)),
        }
    }
}

/// One signatory a partner a day, and mandates that end after they began.
fn check_mandates(model: &Model, problems: &mut Vec<Diagnostic>) {
    let sound: Vec<_> = model.representatives.iter().filter(|mandate| mandate.origin.sound).collect();
    for (index, mandate) in sound.iter().enumerate() {
        if let Some(until) = mandate.until.filter(|until| *until < mandate.since) {
            let diagnostic = checks::end_before_start(&wording::date(mandate.since), &wording::date(until));
            problems.push(at(&mandate.origin, representatives::UNTIL.heading, diagnostic));
            continue;
        }
        let overlaps = |other: &&&crate::model::Representative| {
            other.partner == mandate.partner
                && other.role == Role::Signatory
                && mandate.role == Role::Signatory
                && other.since <= mandate.until.unwrap_or(chrono::NaiveDate::MAX)
                && mandate.since <= other.until.unwrap_or(chrono::NaiveDate::MAX)
        };
        if let Some(first) = sound[..index].iter().find(overlaps) {
            let name = format!("{} {}", mandate.first_name, mandate.last_name);
            let cell = first.origin.cell(representatives::SINCE.heading).name();
            problems.push(at(
                &mandate.origin,
                representatives::SINCE.heading,
                checks::overlapping_mandates(&name, &cell),
            ));
        }
    }
    for partner in model.partners.iter().filter(|partner| partner.origin.sound) {
        if let (Some(since), Some(until)) = (partner.since, partner.until)
            && until < since
        {
            let diagnostic = checks::end_before_start(&wording::date(since), &wording::date(until));
            problems.push(at(&partner.origin, crate::intake::sheets::partners::UNTIL.heading, diagnostic));
        }
    }
}
