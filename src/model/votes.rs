//! Who was there, whether they could decide, and what they decided; the rules are those of [`super::law`].

use super::law::{self, Notice, QuorumRule};
use super::rows::Named;
use super::{At, Attendance, AttendanceStatus, Ballot, Deliberation, Outcome, Representative, Sitting};
use crate::wording::{fold, titled};

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
    /// How many members must be present; nothing where the rule is not known.
    pub required: Option<i64>,
    /// How many count as present for this item.
    pub present: i64,
    /// By which rule.
    pub rule: QuorumRule,
}

impl Quorum {
    /// Whether enough members are there, as far as the rule is known.
    #[must_use]
    pub fn is_met(self) -> bool {
        self.required.is_none_or(|required| self.present >= required)
    }
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
    /// Whether the chair voted for, in a tie in which that counts (CGCT, art. L. 2121-20); nothing where it is not known or
    /// does not count.
    pub casting: Option<bool>,
}

impl Vote {
    /// Votes and abstentions in all.
    #[must_use]
    pub fn cast(self) -> i64 {
        self.votes_for + self.votes_against + self.abstentions
    }

    /// Whether as many voted for as against.
    #[must_use]
    pub fn is_tie(self) -> bool {
        self.votes_for == self.votes_against
    }

    /// « à l’unanimité », when it is; nothing when somebody voted against, or nobody for.
    #[must_use]
    pub fn unanimity(self) -> Option<&'static str> {
        match self {
            Self { votes_against: 0, abstentions: 0, votes_for, voters, .. }
                if votes_for == voters && votes_for > 0 =>
            {
                Some("à l’unanimité")
            }
            Self { votes_against: 0, votes_for, .. } if votes_for > 0 => Some("à l’unanimité des suffrages exprimés"),
            _ => None,
        }
    }

    /// How the act was adopted, where it was: unanimously, by a majority, or by the chair's vote.
    #[must_use]
    pub fn manner(self) -> Option<&'static str> {
        match self {
            _ if !self.adopted() => None,
            _ if self.is_tie() => Some("par partage égal des voix, celle du président de séance étant prépondérante"),
            Self { votes_against: 0, .. } => self.unanimity(),
            _ => Some("à la majorité des suffrages exprimés"),
        }
    }

    /// Whether the act is adopted: a majority of the votes cast, or the chair's vote in a tie (CGCT, art. L. 2121-20).
    #[must_use]
    pub fn adopted(self) -> bool {
        self.votes_for > self.votes_against || self.is_tie() && self.votes_for > 0 && self.casting == Some(true)
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

    /// How many clear days the law asks for, and where it does.
    #[must_use]
    pub fn notice(self) -> Notice {
        let partner = self.partner();
        law::notice(partner.kind(), partner.population(), self.urgent(), self.second_convocation())
    }

    /// The roll.
    #[must_use]
    pub fn roll(self) -> Roll<'s> {
        let mut roll = Roll::default();
        for line in self.scope().attendances().filter(|line| line.sitting() == self) {
            match line.status() {
                AttendanceStatus::Present => roll.present.push(line),
                AttendanceStatus::Substitute | AttendanceStatus::FeminineSubstitute => roll.substitutes.push(line),
                AttendanceStatus::Proxy => roll.proxies.push(line),
                AttendanceStatus::Excused => roll.excused.push(line),
                AttendanceStatus::Absent => roll.absent.push(line),
            }
        }
        roll
    }
}

/// An item of a sitting: who was there for it, who voted, and what became of it.
#[derive(Debug, Clone)]
pub struct Item<'s> {
    /// The deliberation.
    pub act: At<'s, Deliberation>,
    /// The roll of its sitting.
    pub roll: Roll<'s>,
    /// Who was there and took part.
    pub there: Vec<At<'s, Attendance>>,
    /// Members on the roll who were not there for it, though they were at the sitting.
    pub away: Vec<At<'s, Attendance>>,
}

impl<'s> Item<'s> {
    /// The item of a deliberation.
    #[must_use]
    pub fn new(act: At<'s, Deliberation>) -> Self {
        let roll = act.sitting().roll();
        let away: Vec<_> = roll.there().filter(|member| member.absent_for().contains(&act)).collect();
        let interested: Vec<_> = act.interested().into_iter().filter_map(|named| named.row).collect();
        let there = roll.there().filter(|member| !away.contains(member) && !interested.contains(member)).collect();
        Self { act, roll, there, away }
    }

    /// The quorum. Who takes no part or is not there does not count; representatives under L. 1111-6 leave the members in
    /// office too, since that is the rule.
    #[must_use]
    pub fn quorum(&self) -> Quorum {
        let sitting = self.act.sitting();
        let rule = law::quorum_rule(sitting.date(), sitting.second_convocation());
        let leave = law::representatives_leave_the_members(sitting.date());
        let is_representative = |named: &Named<Attendance>| named.note.is_some_and(|note| note.contains("1111-6"));
        let left = self.act.interested().iter().filter(|named| leave && is_representative(named)).count();
        let members = sitting.members() - count(left);
        Quorum { required: rule.required(members), present: count(self.there.len()), rule }
    }

    /// The proxies that count: their holder is there, and neither takes no part.
    pub fn proxies(&self) -> impl Iterator<Item = At<'s, Attendance>> + use<'_, 's> {
        let held = |proxy: &At<'s, Attendance>| {
            let holder = proxy.holder().and_then(|holder| holder.row);
            !self.act.is_interested(*proxy)
                && !proxy.absent_for().contains(&self.act)
                && holder.is_some_and(|holder| self.there.contains(&holder))
        };
        self.roll.proxies.iter().copied().filter(held)
    }

    /// How many present and represented members may vote on it.
    #[must_use]
    pub fn voters(&self) -> i64 {
        count(self.there.len() + self.proxies().count())
    }

    /// The vote, once it is counted.
    #[must_use]
    pub fn vote(&self) -> Option<Vote> {
        let mut vote = Vote {
            votes_for: self.act.votes_for()?,
            votes_against: self.act.votes_against().unwrap_or(0),
            abstentions: self.act.abstentions().unwrap_or(0),
            voters: self.voters(),
            casting: None,
        };
        if vote.is_tie() {
            vote.casting = self.casting_vote(vote);
        }
        Some(vote)
    }

    /// What the chair voted in a tie: as « Résultat » says, else as the names do where all of them are told.
    fn casting_vote(&self, vote: Vote) -> Option<bool> {
        let (against, abstaining) = (self.act.opponents(), self.act.abstainers());
        let chair = self.act.chair().row;
        let is_among = |names: &[Named<Attendance>]| chair.is_some() && names.iter().any(|named| named.row == chair);
        let all_told = count(against.len()) == vote.votes_against && count(abstaining.len()) == vote.abstentions;
        match (self.act.ballot(), self.act.stated_outcome()) {
            (Some(Ballot::Secret), _) => None,
            (_, Some(Outcome::Adopted)) => Some(true),
            (_, Some(Outcome::Rejected)) => Some(false),
            _ if is_among(&against) => Some(false),
            _ if chair.is_none() || is_among(&abstaining) || !all_told => None,
            _ => Some(true),
        }
    }

    /// What became of it: what the sheet says of an item that is not voted on, else what the votes say.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.act.stated_outcome() {
            Some(outcome @ (Outcome::Withdrawn | Outcome::Adjourned | Outcome::Noted)) => Some(outcome),
            _ => {
                let vote = self.vote()?;
                let is_secret = self.act.ballot() == Some(Ballot::Secret);
                let is_open = vote.is_tie() && vote.casting.is_none() && vote.votes_for > 0 && !is_secret;
                (!is_open).then_some(if vote.adopted() { Outcome::Adopted } else { Outcome::Rejected })
            }
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl<'s> At<'s, Deliberation> {
    /// Who chairs it: who is named for this item, else who chairs the sitting.
    #[must_use]
    pub fn chair(self) -> Named<'s, Attendance> {
        self.presided().unwrap_or_else(|| self.sitting().chair())
    }

    /// In what capacity.
    #[must_use]
    pub fn chair_title(self) -> Option<&'s str> {
        self.presided().map_or_else(|| self.sitting().chair_title(), |named| named.note)
    }

    /// How who chairs it signs: « le Président », « la 1re vice-présidente ».
    #[must_use]
    pub fn chair_signs_as(self) -> Option<String> {
        self.chair_title().map(|title| titled(title, self.is_woman(self.chair())))
    }

    /// As what the secretary signs, « La secrétaire de séance »: without an article where nothing tells which.
    #[must_use]
    pub fn secretary_signs_as(self) -> &'static str {
        match self.sitting().secretary().and_then(|secretary| self.is_woman(secretary)) {
            Some(true) => "La secrétaire de séance",
            Some(false) => "Le secrétaire de séance",
            None => "Secrétaire de séance",
        }
    }

    /// Whether a member is a woman, as the representatives or the roll tell.
    fn is_woman(self, member: Named<Attendance>) -> Option<bool> {
        let council = self.sitting().partner();
        let known = self.scope().representatives().filter(|it| it.partner() == council);
        let full = |it: &At<Representative>| format!("{} {}", it.first_name(), it.last_name());
        let known = known.into_iter().find(|it| same_person(&full(it), member.name));
        let called = member.row.map(At::<Attendance>::status).filter(|it| *it == AttendanceStatus::FeminineSubstitute);
        known.map(At::<Representative>::is_woman).or(called.map(|_| true))
    }

    /// Whether it is about the account of the one who executes the budget (CGCT, art. L. 2121-14).
    #[must_use]
    pub fn is_on_the_account(self) -> bool {
        let subject = fold(self.subject());
        subject.contains("compte administratif") || subject.contains("compte financier unique")
    }
}

/// Whether two names are of one person, in any order of their words.
#[must_use]
pub fn same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let mut words: Vec<String> = fold(name).split([' ', '-']).map(ToOwned::to_owned).collect();
        words.sort_unstable();
        words
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(votes_for: i64, votes_against: i64, abstentions: i64) -> Vote {
        Vote { votes_for, votes_against, abstentions, voters: 64, casting: None }
    }

    #[test]
    fn unanimity_is_said_only_when_it_is() {
        assert_eq!(vote(64, 0, 0).unanimity(), Some("à l’unanimité"));
        assert_eq!(vote(60, 0, 4).unanimity(), Some("à l’unanimité des suffrages exprimés"));
        assert_eq!(vote(60, 0, 0).unanimity(), Some("à l’unanimité des suffrages exprimés"));
        assert_eq!(vote(63, 1, 0).unanimity(), None);
        assert_eq!(vote(0, 0, 64).unanimity(), None);
        assert_eq!(vote(40, 20, 4).manner(), Some("à la majorité des suffrages exprimés"));
        assert_eq!((vote(20, 40, 4).manner(), vote(64, 0, 0).manner()), (None, Some("à l’unanimité")));
    }

    #[test]
    fn in_a_tie_the_vote_of_the_chair_decides() {
        let tie = |casting| Vote { casting, ..vote(32, 32, 0) };
        assert_eq!([None, Some(false), Some(true)].map(|casting| tie(casting).adopted()), [false, false, true]);
        assert!(tie(Some(true)).manner().is_some_and(|manner| manner.contains("prépondérante")));
        assert!(!Vote { casting: Some(true), ..vote(0, 0, 64) }.adopted());
    }

    #[test]
    fn a_person_is_one_in_any_order_of_the_names() {
        assert!(same_person("Serge SIMEON", "SIMÉON Serge") && !same_person("Serge SIMEON", "Serge SIMON"));
    }
}
