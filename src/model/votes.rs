//! Who was there, whether they could decide, and what they decided: the rules of the code général des collectivités
//! territoriales, each by the date at which it was in force.

use chrono::NaiveDate;

use super::{At, Attendance, AttendanceStatus, Deliberation, Sitting};

/// The roll of a sitting, in the order of the sheet.
#[derive(Debug, Clone, Default)]
pub struct Roll<'s> {
    /// Members present.
    pub present: Vec<At<'s, Attendance>>,
    /// Substitutes present.
    pub substitutes: Vec<At<'s, Attendance>>,
    /// Members who vote through another.
    pub proxies: Vec<At<'s, Attendance>>,
    /// Members excused.
    pub excused: Vec<At<'s, Attendance>>,
    /// Members absent.
    pub absent: Vec<At<'s, Attendance>>,
}

/// The quorum of an item: how many must be there, and by which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    /// How many members must be present.
    pub required: i64,
    /// How many count as present for this item.
    pub present: i64,
    /// By which rule.
    pub rule: QuorumRule,
}

/// The rule of a quorum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuorumRule {
    /// More than half of the members in office (CGCT, art. L. 2121-17).
    Majority,
    /// A third of them (loi n° 2021-1465, art. 10, until 31 July 2022).
    Third,
    /// None at a second convocation (CGCT, art. L. 2121-17).
    SecondConvocation,
}

impl QuorumRule {
    /// The rule with its article, as an act cites it.
    #[must_use]
    pub fn citation(self) -> &'static str {
        match self {
            Self::Majority => "majorité des membres en exercice, article L. 2121-17 du CGCT",
            Self::Third => "tiers des membres en exercice, article 10 de la loi n° 2021-1465 du 10 novembre 2021",
            Self::SecondConvocation => "seconde convocation, article L. 2121-17 du CGCT",
        }
    }
}

/// Whether the emergency rules of quorum and proxies were in force on a day.
#[must_use]
pub fn emergency_rules(day: NaiveDate) -> bool {
    let bounds = (NaiveDate::from_ymd_opt(2021, 11, 10), NaiveDate::from_ymd_opt(2022, 7, 31));
    matches!(bounds, (Some(first), Some(last)) if first <= day && day <= last)
}

/// How many proxies a member could hold on a day (CGCT, art. L. 2121-20).
#[must_use]
pub fn proxies_allowed(day: NaiveDate) -> usize {
    if emergency_rules(day) { 2 } else { 1 }
}

/// What a council decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// Votes for.
    pub votes_for: i64,
    /// Votes against.
    pub votes_against: i64,
    /// Abstentions.
    pub abstentions: i64,
    /// Present and represented members who could vote on this item.
    pub voters: i64,
}

impl Vote {
    /// « à l’unanimité », when it is; nothing when somebody voted against, or nobody for.
    #[must_use]
    pub fn unanimity(self) -> Option<&'static str> {
        match self {
            Self { votes_against: 0, abstentions: 0, votes_for, voters } if votes_for == voters && votes_for > 0 => {
                Some("à l’unanimité")
            }
            Self { votes_against: 0, votes_for, .. } if votes_for > 0 => Some("à l’unanimité des suffrages exprimés"),
            _ => None,
        }
    }

    /// How the act was adopted, where it was: unanimously, or by a majority.
    #[must_use]
    pub fn manner(self) -> Option<&'static str> {
        let majority = (self.adopted() && self.votes_against > 0).then_some("à la majorité des suffrages exprimés");
        self.unanimity().or(majority)
    }

    /// Whether the act is adopted: a majority of the votes cast (CGCT, art. L. 2121-20).
    #[must_use]
    pub fn adopted(self) -> bool {
        self.votes_for > self.votes_against
    }
}

impl<'s> Roll<'s> {
    /// The members who are physically there, substitutes included.
    pub fn there(&self) -> impl Iterator<Item = At<'s, Attendance>> + use<'_, 's> {
        self.present.iter().chain(&self.substitutes).copied()
    }

    /// Everybody on it.
    pub fn everybody(&self) -> impl Iterator<Item = At<'s, Attendance>> + use<'_, 's> {
        self.there().chain(self.proxies.iter().chain(&self.excused).chain(&self.absent).copied())
    }

    /// How many lines it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.everybody().count()
    }

    /// Whether the roll was not taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'s> At<'s, Sitting> {
    /// Clear days between the convocation and the sitting: neither the day sent nor the day of the sitting counts.
    #[must_use]
    pub fn clear_days(self) -> i64 {
        (self.date() - self.convened()).num_days() - 1
    }

    /// How many clear days the law asks for (CGCT, art. L. 2121-12 and L. 5211-1).
    #[must_use]
    pub fn clear_days_required(self) -> i64 {
        if self.urgent() { 1 } else { 5 }
    }

    /// The rule of its quorum.
    #[must_use]
    pub fn quorum_rule(self) -> QuorumRule {
        if self.second_convocation() {
            QuorumRule::SecondConvocation
        } else if emergency_rules(self.date()) {
            QuorumRule::Third
        } else {
            QuorumRule::Majority
        }
    }

    /// How many members must be there by a rule.
    #[must_use]
    pub fn required_by(self, rule: QuorumRule) -> i64 {
        match rule {
            QuorumRule::Majority => self.members() / 2 + 1,
            QuorumRule::Third => (self.members() + 2) / 3,
            QuorumRule::SecondConvocation => 0,
        }
    }

    /// The roll.
    #[must_use]
    pub fn roll(self) -> Roll<'s> {
        let mut roll = Roll::default();
        for line in self.scope().attendances().filter(|line| line.sitting() == self) {
            match line.status() {
                AttendanceStatus::Present => roll.present.push(line),
                AttendanceStatus::Substitute => roll.substitutes.push(line),
                AttendanceStatus::Proxy => roll.proxies.push(line),
                AttendanceStatus::Excused => roll.excused.push(line),
                AttendanceStatus::Absent => roll.absent.push(line),
            }
        }
        roll
    }
}

impl At<'_, Deliberation> {
    /// The quorum: a member who takes no part does not count for its item (CGCT, art. L. 2131-11).
    #[must_use]
    pub fn quorum(self) -> Quorum {
        let sitting = self.sitting();
        let present = sitting.roll().there().filter(|member| !self.is_interested(*member)).count();
        let rule = sitting.quorum_rule();
        Quorum { required: sitting.required_by(rule), present: i64::try_from(present).unwrap_or(i64::MAX), rule }
    }

    /// How many present and represented members may vote on it. A proxy counts when its holder is there and neither takes no
    /// part.
    #[must_use]
    pub fn voters(self) -> i64 {
        let roll = self.sitting().roll();
        let there: Vec<At<Attendance>> = roll.there().filter(|member| !self.is_interested(*member)).collect();
        let held = |proxy: &&At<Attendance>| {
            let holder = proxy.holder().and_then(|holder| holder.row);
            !self.is_interested(**proxy) && holder.is_some_and(|holder| there.contains(&holder))
        };
        i64::try_from(there.len() + roll.proxies.iter().filter(held).count()).unwrap_or(i64::MAX)
    }

    /// The vote, once it is counted.
    #[must_use]
    pub fn vote(self) -> Option<Vote> {
        Some(Vote {
            votes_for: self.votes_for()?,
            votes_against: self.votes_against().unwrap_or(0),
            abstentions: self.abstentions().unwrap_or(0),
            voters: self.voters(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unanimity_is_said_only_when_it_is() {
        let vote = |votes_for, votes_against, abstentions| Vote { votes_for, votes_against, abstentions, voters: 64 };
        assert_eq!(vote(64, 0, 0).unanimity(), Some("à l’unanimité"));
        assert_eq!(vote(60, 0, 4).unanimity(), Some("à l’unanimité des suffrages exprimés"));
        assert_eq!(vote(60, 0, 0).unanimity(), Some("à l’unanimité des suffrages exprimés"));
        assert_eq!(vote(63, 1, 0).unanimity(), None);
        assert_eq!(vote(0, 0, 64).unanimity(), None);
        assert!(!vote(32, 32, 0).adopted());
        assert_eq!(vote(40, 20, 4).manner(), Some("à la majorité des suffrages exprimés"));
        assert_eq!((vote(20, 40, 4).manner(), vote(64, 0, 0).manner()), (None, Some("à l’unanimité")));
    }

    #[test]
    fn the_rules_have_their_dates() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        assert!(emergency_rules(day(2021, 11, 10)) && !emergency_rules(day(2021, 11, 9)));
        assert!(emergency_rules(day(2022, 7, 31)) && !emergency_rules(day(2022, 8, 1)));
        assert_eq!((proxies_allowed(day(2022, 7, 6)), proxies_allowed(day(2022, 9, 15))), (2, 1));
    }
}
