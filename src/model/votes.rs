//! Who was there, whether they could decide, and what they decided: the rules of the code général des collectivités
//! territoriales, each by the date at which it was in force.

use chrono::NaiveDate;

use super::{Attendance, AttendanceStatus, Deliberation, Model, Sitting};

/// The roll of a sitting, in the order of the sheet.
#[derive(Debug, Clone, Default)]
pub struct Roll<'a> {
    /// Members present.
    pub present: Vec<&'a Attendance>,
    /// Substitutes present.
    pub substitutes: Vec<&'a Attendance>,
    /// Members who vote through another.
    pub proxies: Vec<&'a Attendance>,
    /// Members excused.
    pub excused: Vec<&'a Attendance>,
    /// Members absent.
    pub absent: Vec<&'a Attendance>,
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
    let bounds = (NaiveDate::from_ymd_opt(2021, 11, 11), NaiveDate::from_ymd_opt(2022, 7, 31));
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

impl<'a> Roll<'a> {
    /// The members who are physically there, substitutes included.
    pub fn there(&self) -> impl Iterator<Item = &'a Attendance> {
        self.present.iter().chain(&self.substitutes).copied()
    }

    /// How many lines it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.present.len() + self.substitutes.len() + self.proxies.len() + self.excused.len() + self.absent.len()
    }

    /// Whether the roll was not taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Attendance {
    /// « NOM Prénom », as the roll names people.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.last_name, self.first_name)
    }

    /// Whether a name means this member, whatever the order of names, accents and case.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let words = |text: &str| {
            let mut words: Vec<String> = fold_name(text).split(' ').map(ToOwned::to_owned).collect();
            words.sort();
            words
        };
        words(name) == words(&self.full_name())
    }
}

/// Lower case without accents, hyphens and apostrophes as spaces.
fn fold_name(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let folded: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Sitting {
    /// Clear days between the convocation and the sitting: neither the day sent nor the day of the sitting counts.
    #[must_use]
    pub fn clear_days(&self) -> i64 {
        (self.date - self.convened).num_days() - 1
    }

    /// How many clear days the law asks for (CGCT, art. L. 2121-12 and L. 5211-1).
    #[must_use]
    pub fn clear_days_required(&self) -> i64 {
        if self.urgent { 1 } else { 5 }
    }

    /// The rule of its quorum.
    #[must_use]
    pub fn quorum_rule(&self) -> QuorumRule {
        if self.second_convocation {
            QuorumRule::SecondConvocation
        } else if emergency_rules(self.date) {
            QuorumRule::Third
        } else {
            QuorumRule::Majority
        }
    }

    /// How many members must be there by a rule.
    #[must_use]
    pub fn required_by(&self, rule: QuorumRule) -> i64 {
        match rule {
            QuorumRule::Majority => self.members / 2 + 1,
            QuorumRule::Third => (self.members + 2) / 3,
            QuorumRule::SecondConvocation => 0,
        }
    }
}

impl Model {
    /// The sitting with this code.
    #[must_use]
    pub fn sitting(&self, code: &str) -> Option<&Sitting> {
        self.sittings.iter().find(|sitting| sitting.code == code)
    }

    /// The roll of a sitting.
    #[must_use]
    pub fn roll(&self, sitting: &str) -> Roll<'_> {
        let mut roll = Roll::default();
        for line in self.attendances.iter().filter(|line| line.sitting == sitting) {
            match line.status {
                AttendanceStatus::Present => roll.present.push(line),
                AttendanceStatus::Substitute => roll.substitutes.push(line),
                AttendanceStatus::Proxy => roll.proxies.push(line),
                AttendanceStatus::Excused => roll.excused.push(line),
                AttendanceStatus::Absent => roll.absent.push(line),
            }
        }
        roll
    }

    /// The quorum of a deliberation: a member who takes no part does not count for its item (CGCT, art. L. 2131-11).
    #[must_use]
    pub fn quorum(&self, deliberation: &Deliberation) -> Option<Quorum> {
        let sitting = self.sitting(&deliberation.sitting)?;
        let roll = self.roll(&sitting.code);
        let present = roll.there().filter(|member| !deliberation.is_interested(member)).count();
        let rule = sitting.quorum_rule();
        Some(Quorum { required: sitting.required_by(rule), present: i64::try_from(present).unwrap_or(i64::MAX), rule })
    }

    /// How many present and represented members may vote on a deliberation. A proxy counts when its holder is there and
    /// neither takes no part.
    #[must_use]
    pub fn voters(&self, deliberation: &Deliberation) -> i64 {
        let roll = self.roll(&deliberation.sitting);
        let there: Vec<&Attendance> = roll.there().filter(|member| !deliberation.is_interested(member)).collect();
        let held = |proxy: &&&Attendance| {
            let holder = proxy.holder.as_deref().unwrap_or_default();
            !deliberation.is_interested(proxy) && there.iter().any(|member| member.is_named(holder))
        };
        i64::try_from(there.len() + roll.proxies.iter().filter(held).count()).unwrap_or(i64::MAX)
    }

    /// The vote of a deliberation, once it is counted.
    #[must_use]
    pub fn vote(&self, deliberation: &Deliberation) -> Option<Vote> {
        let voters = self.voters(deliberation);
        Some(Vote {
            votes_for: deliberation.votes_for?,
            votes_against: deliberation.votes_against.unwrap_or(0),
            abstentions: deliberation.abstentions.unwrap_or(0),
            voters,
        })
    }
}

impl Deliberation {
    /// Whether a member takes no part in it.
    #[must_use]
    pub fn is_interested(&self, member: &Attendance) -> bool {
        self.abstainers_by_interest.iter().any(|name| member.is_named(name))
    }

    /// The number as ACTES takes it: « 2022/70 » becomes `2022_70`. Letters A to Z, digits and `_`, at most fifteen, no `_` at
    /// an end; none when the number cannot become one.
    #[must_use]
    pub fn acts_number(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        let mapped: String = number
            .trim()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        let plain = number.is_ascii();
        let well_formed =
            plain && (1..=15).contains(&mapped.len()) && !mapped.starts_with('_') && !mapped.ends_with('_');
        well_formed.then_some(mapped)
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
        assert!(emergency_rules(day(2022, 7, 31)) && !emergency_rules(day(2022, 8, 1)));
        assert_eq!((proxies_allowed(day(2022, 7, 6)), proxies_allowed(day(2022, 9, 15))), (2, 1));
    }
}
