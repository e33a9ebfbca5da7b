//! The rules of law that the documents rest on, each with the days on which it holds and the articles that say so.
//!
//! A rule that is not known on a day is told as unknown: today's is not applied to yesterday.

mod matters;

use chrono::NaiveDate;

pub use self::matters::{Matter, matter, near_matters};
use super::PartnerKind;

/// The rule of a quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuorumRule {
    /// More than half of the members in office (CGCT, art. L. 2121-17).
    Majority,
    /// A third of them (loi n° 2021-1465, art. 10, from 10 November 2021 to 31 July 2022).
    Third,
    /// None at a second convocation (CGCT, art. L. 2121-17).
    SecondConvocation,
    /// Emergency rules of 2020 and 2021 that are not told here.
    Unknown,
}

impl QuorumRule {
    /// The rule with its article, as an act cites it; nothing where it is not known.
    #[must_use]
    pub fn citation(self) -> Option<&'static str> {
        match self {
            Self::Majority => Some("majorité des membres en exercice, article L. 2121-17 du CGCT"),
            Self::Third => Some("tiers des membres en exercice, article 10 de la loi n° 2021-1465 du 10 novembre 2021"),
            Self::SecondConvocation => Some("seconde convocation, article L. 2121-17 du CGCT"),
            Self::Unknown => None,
        }
    }

    /// How many of the members in office must be there; nothing where the rule is not known.
    #[must_use]
    pub fn required(self, members: i64) -> Option<i64> {
        match self {
            Self::Majority => Some(members / 2 + 1),
            Self::Third => Some((members + 2) / 3),
            Self::SecondConvocation => Some(0),
            Self::Unknown => None,
        }
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The windows of the rules of quorum and proxies: the first day of each, its rule, and how many proxies a member may hold.
fn window(on: NaiveDate) -> (QuorumRule, Option<usize>) {
    let windows = [
        (day(2022, 8, 1), QuorumRule::Majority, Some(1)),
        (day(2021, 11, 10), QuorumRule::Third, Some(2)),
        (day(2021, 10, 1), QuorumRule::Majority, Some(1)),
    ];
    let found = windows.into_iter().find(|(first, ..)| *first <= on);
    found.map_or((QuorumRule::Unknown, None), |(_, rule, proxies)| (rule, proxies))
}

/// The rule of the quorum on a day.
#[must_use]
pub fn quorum_rule(on: NaiveDate, second_convocation: bool) -> QuorumRule {
    if second_convocation { QuorumRule::SecondConvocation } else { window(on).0 }
}

/// How many proxies a member may hold on a day (CGCT, art. L. 2121-20); nothing where the rule is not known.
#[must_use]
pub fn proxies_allowed(on: NaiveDate) -> Option<usize> {
    window(on).1
}

/// Whether representatives under L. 1111-6, II leave the members in office for the quorum of their item (loi n° 2022-217 of
/// 21 February 2022, art. 217).
#[must_use]
pub fn representatives_leave_the_members(on: NaiveDate) -> bool {
    on >= day(2022, 2, 23)
}

/// How a convocation is sent: how many clear days before the sitting, and by which articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The clear days.
    pub days: i64,
    /// The articles, as a message cites them.
    pub articles: &'static str,
}

/// The fewest inhabitants of a commune that follows the rules of large ones.
const LARGE_COMMUNE: i64 = 3_500;

/// Whether the rules of small communes hold. A commune without a known population follows those of large ones.
fn is_small(kind: PartnerKind, population: Option<i64>) -> bool {
    kind == PartnerKind::Commune && population.is_some_and(|inhabitants| inhabitants < LARGE_COMMUNE)
}

/// The code that acts rest on, in full with the abbreviation that follows it.
pub const CODE_IN_FULL: &str = "du code général des collectivités territoriales, CGCT";

/// The notice of a convocation.
#[must_use]
pub fn notice(kind: PartnerKind, population: Option<i64>, urgent: bool, second: bool) -> Notice {
    let small = is_small(kind, population);
    let articles = match kind {
        _ if second => "CGCT, art. L. 2121-17",
        PartnerKind::Commune if small => "CGCT, art. L. 2121-11",
        PartnerKind::Commune => "CGCT, art. L. 2121-12",
        _ => "CGCT, art. L. 2121-12 et L. 5211-1",
    };
    let days = match (second, urgent, small) {
        // CE, 16 juin 1997, Pfister: three clear days, whatever the assembly.
        (true, ..) => 3,
        (_, true, _) => 1,
        (.., true) => 3,
        _ => 5,
    };
    Notice { days, articles }
}

/// The articles by which an assembly accepts an emergency at the opening.
#[must_use]
pub fn emergency_articles(kind: PartnerKind, population: Option<i64>) -> &'static str {
    match kind {
        PartnerKind::Commune if is_small(kind, population) => "article L. 2121-11 du CGCT",
        PartnerKind::Commune => "article L. 2121-12 du CGCT",
        _ => "articles L. 2121-12 et L. 5211-1 du CGCT",
    }
}

/// After how many days a step that nobody noted is told as late where no law sets a term: a rule of the house. Deliberations
/// have no deadline of transmission; waiting keeps them from being executory (CGCT, art. L. 2131-1).
pub const HOUSE_DAYS: u64 = 15;

/// Since when the list of the deliberations examined is posted within a week, in place of minutes in short (CGCT, art.
/// L. 2121-25, as changed by ordonnance n° 2021-1310, in force on 1 July 2022).
#[must_use]
pub fn list_is_posted(on: NaiveDate) -> bool {
    on >= day(2022, 7, 1)
}

/// The articles that ask for that list.
#[must_use]
pub fn list_articles(kind: PartnerKind) -> &'static str {
    match kind {
        PartnerKind::Commune => "article L. 2121-25 du code général des collectivités territoriales",
        _ => "articles L. 2121-25 et L. 5211-1 du code général des collectivités territoriales",
    }
}

/// How acts are brought to the public's knowledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publicity {
    /// By electronic means, in full, for at least two months (since 1 July 2022).
    Electronic,
    /// Posted at the seat (before that day).
    Posted,
    /// One of three means that a commune under 3 500 inhabitants has chosen.
    Chosen,
}

/// The way in which acts of a body are made public on a day (ordonnance n° 2021-1310, in force on 1 July 2022).
#[must_use]
pub fn publicity(kind: PartnerKind, population: Option<i64>, on: NaiveDate) -> Publicity {
    match () {
        () if on < day(2022, 7, 1) => Publicity::Posted,
        () if is_small(kind, population) => Publicity::Chosen,
        () => Publicity::Electronic,
    }
}

/// The articles of a publication.
#[must_use]
pub fn publicity_articles(kind: PartnerKind) -> &'static str {
    match kind {
        PartnerKind::Commune => "articles L. 2131-1 et R. 2131-1 du code général des collectivités territoriales",
        _ => "articles L. 2131-1, R. 2131-1 et L. 5211-3 du code général des collectivités territoriales",
    }
}

/// The articles that give an assembly its powers, as its visas cite them.
#[must_use]
pub fn powers(kind: PartnerKind, official_name: &str) -> &'static str {
    let is_mixed = crate::wording::fold(official_name).contains("mixte");
    match kind {
        PartnerKind::Commune => "L. 2121-29 et L. 2122-21",
        PartnerKind::Ca => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5216-5",
        PartnerKind::Cc => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5214-16",
        PartnerKind::Cu => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5215-20",
        PartnerKind::Metropole => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5217-2",
        PartnerKind::Syndicat if is_mixed => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5711-1",
        PartnerKind::Syndicat => "L. 2121-29, L. 5211-1, L. 5211-9 et L. 5212-1",
        _ => "L. 2121-29",
    }
}

/// How an assembly is called where the sheet does not say it.
#[must_use]
pub fn assembly(kind: PartnerKind) -> &'static str {
    match kind {
        PartnerKind::Commune => "conseil municipal",
        PartnerKind::Metropole => "conseil métropolitain",
        PartnerKind::Syndicat | PartnerKind::Petr => "comité syndical",
        PartnerKind::Departement => "conseil départemental",
        PartnerKind::Region => "conseil régional",
        _ => "conseil communautaire",
    }
}

/// Whether a department is written as ACTES wants it: `059`, `02A`, `971`.
#[must_use]
pub fn is_department(code: &str) -> bool {
    match code.as_bytes() {
        [b'0', second, third] => second.is_ascii_digit() && (third.is_ascii_digit() || matches!(third, b'A' | b'B')),
        [b'9', second, third] => second.is_ascii_digit() && third.is_ascii_digit(),
        _ => false,
    }
}

/// Whether a prefecture is written as the open data wants it: `PREF059`, `SPREF0591`.
#[must_use]
pub fn is_prefecture(code: &str) -> bool {
    let digits = |rest: &str, count: usize| {
        rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A' | b'B'))
    };
    match code.strip_prefix('S') {
        Some(rest) => rest.strip_prefix("PREF").is_some_and(|rest| digits(rest, 4)),
        None => code.strip_prefix("PREF").is_some_and(|rest| digits(rest, 3)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_quorum_and_proxies_have_their_windows() {
        for (on, rule, proxies) in [
            (day(2021, 9, 30), QuorumRule::Unknown, None),
            (day(2021, 10, 1), QuorumRule::Majority, Some(1)),
            (day(2021, 11, 9), QuorumRule::Majority, Some(1)),
            (day(2021, 11, 10), QuorumRule::Third, Some(2)),
            (day(2022, 7, 31), QuorumRule::Third, Some(2)),
            (day(2022, 8, 1), QuorumRule::Majority, Some(1)),
            (day(2026, 1, 1), QuorumRule::Majority, Some(1)),
        ] {
            assert_eq!((quorum_rule(on, false), proxies_allowed(on)), (rule, proxies), "{on}");
        }
        assert_eq!(quorum_rule(day(2019, 1, 1), true), QuorumRule::SecondConvocation);
        let required = |rule: QuorumRule, members| rule.required(members);
        assert_eq!((required(QuorumRule::Majority, 74), required(QuorumRule::Third, 74)), (Some(38), Some(25)));
        assert_eq!((required(QuorumRule::Majority, 5), required(QuorumRule::Unknown, 5)), (Some(3), None));
    }

    #[test]
    fn a_notice_depends_on_the_body_the_emergency_and_the_convocation() {
        let days = |kind, population, urgent, second| notice(kind, population, urgent, second).days;
        assert_eq!(days(PartnerKind::Ca, None, false, false), 5);
        assert_eq!(days(PartnerKind::Commune, Some(3_499), false, false), 3);
        assert_eq!(days(PartnerKind::Commune, Some(3_500), false, false), 5);
        assert_eq!(days(PartnerKind::Syndicat, Some(900), false, false), 5);
        assert_eq!(days(PartnerKind::Ca, None, true, false), 1);
        assert_eq!(days(PartnerKind::Ca, None, false, true), 3);
        assert!(!notice(PartnerKind::Commune, Some(9_000), false, false).articles.contains("5211"));
    }

    #[test]
    fn codes_of_machines_have_their_form() {
        for (code, right) in
            [("059", true), ("02A", true), ("971", true), ("59", false), ("590", false), ("02C", false), ("", false)]
        {
            assert_eq!(is_department(code), right, "{code}");
        }
        for (code, right) in [("PREF059", true), ("SPREF0591", true), ("PREF59", false), ("pref059", false)] {
            assert_eq!(is_prefecture(code), right, "{code}");
        }
    }
}
