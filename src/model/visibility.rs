//! Who may read what: firms are confidential between EPCI, laureates announced publicly are public.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Aid, Decision, Firm, Model, Support};

/// Who may read a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Anybody: only what is public may stand in it.
    Public,
    /// All partners of the programme: no firm is named unless its aid is public.
    Partners,
    /// One partner, by its code: its own firms may be named.
    Partner(String),
    /// The operator's own use.
    Operator,
}

impl Audience {
    /// Whether a firm of a partner is the readers' own.
    fn owns(&self, partner: &str) -> bool {
        match self {
            Self::Operator => true,
            Self::Partner(code) => code == partner,
            Self::Public | Self::Partners => false,
        }
    }
}

/// Whether an award was announced publicly.
fn is_public(aid: &Aid) -> bool {
    aid.public && aid.decision == Decision::Granted
}

/// A firm by name and site.
type FirmKey<'a> = (&'a str, Option<&'a str>);

/// What an audience may know of the firms of a model.
struct Reading<'a> {
    audience: &'a Audience,
    /// Each firm's place in the sheet, from 1, and its partner.
    firms: HashMap<FirmKey<'a>, (usize, &'a str)>,
    /// Firms with an award that was announced publicly.
    laureates: HashSet<FirmKey<'a>>,
}

impl<'a> Reading<'a> {
    fn new(model: &'a Model, audience: &'a Audience) -> Self {
        let places = model.firms.iter().zip(1..).map(|(firm, place)| (firm.key(), (place, firm.partner.as_str())));
        Self { audience, firms: places.collect(), laureates: model.laureates() }
    }

    /// What stands for a name that is not the readers' to know; nothing where it may be read.
    fn alias(&self, key: FirmKey) -> Option<String> {
        let (place, partner) = self.firms.get(&key).copied().unwrap_or_default();
        (!self.audience.owns(partner)).then(|| format!("entreprise {place}"))
    }

    /// A firm as the readers see it. A laureate stands twice: under its name for its award, and without it for what else
    /// was done with it.
    fn firms(&self, firms: &[Firm]) -> Vec<Firm> {
        let seen = firms.iter().map(|firm| match self.alias(firm.key()) {
            Some(name) => Firm { name, siret: None, commune: None, ..firm.clone() },
            None => firm.clone(),
        });
        let named = |firm: &&Firm| !self.audience.owns(&firm.partner) && self.laureates.contains(&firm.key());
        seen.chain(firms.iter().filter(named).cloned()).collect()
    }

    fn support(&self, support: &Support) -> Support {
        match self.alias(support.firm_key()) {
            Some(firm) => Support { firm, follow_up: None, ..support.clone() },
            None => support.clone(),
        }
    }

    fn aid(&self, aid: &Aid) -> Aid {
        match self.alias(aid.firm_key()).filter(|_| !is_public(aid)) {
            Some(firm) => Aid { firm, ..aid.clone() },
            None => aid.clone(),
        }
    }
}

impl Model {
    /// The model as an audience may read it: names that are not theirs to know are replaced, the same firm by the same
    /// words, so that counts stay what they are. What names a contact or a follow-up goes too.
    #[must_use]
    pub fn narrowed(&self, audience: &Audience) -> Self {
        if *audience == Audience::Operator {
            return self.clone();
        }
        let reading = Reading::new(self, audience);
        self.with(
            reading.firms(&self.firms),
            self.supports.iter().map(|support| reading.support(support)).collect(),
            self.aids.iter().map(|aid| reading.aid(aid)).collect(),
        )
    }

    /// The model with the firms of one partner alone, and what was done with them; without contacts.
    #[must_use]
    pub fn limited_to(&self, partner: &str) -> Self {
        let firms: Vec<Firm> = self.firms.iter().filter(|firm| firm.partner == partner).cloned().collect();
        let own: HashSet<FirmKey> = firms.iter().map(Firm::key).collect();
        let supports = self.supports.iter().filter(|support| own.contains(&support.firm_key())).cloned().collect();
        let aids = self.aids.iter().filter(|aid| own.contains(&aid.firm_key())).cloned().collect();
        Self { scope: Some(partner.to_owned()), ..self.with(firms.clone(), supports, aids) }
    }

    /// The model with other firms, and without contacts.
    fn with(&self, firms: Vec<Firm>, supports: Vec<Support>, aids: Vec<Aid>) -> Self {
        Self {
            scope: self.scope.clone(),
            territory: self.territory.clone(),
            partners: self.partners.clone(),
            representatives: self.representatives.clone(),
            contacts: Vec::new(),
            firms,
            letters: self.letters.clone(),
            articles: self.articles.clone(),
            events: self.events.clone(),
            calls: self.calls.clone(),
            supports,
            communication: self.communication.clone(),
            sittings: self.sittings.clone(),
            attendances: self.attendances.clone(),
            conventions: self.conventions.clone(),
            deliberations: self.deliberations.clone(),
            fiscal_years: self.fiscal_years.clone(),
            expenses: self.expenses.clone(),
            resources: self.resources.clone(),
            aids,
        }
    }

    /// Firms with an award that was announced publicly.
    fn laureates(&self) -> HashSet<FirmKey<'_>> {
        self.aids.iter().filter(|aid| is_public(aid)).map(Aid::firm_key).collect()
    }

    /// The names of firms, in alphabetical order, with who may read each.
    #[must_use]
    pub fn firm_names(&self) -> Vec<FirmName<'_>> {
        let laureates = self.laureates();
        let mut names: BTreeMap<&str, FirmName> = BTreeMap::new();
        for firm in &self.firms {
            let empty = || FirmName { name: &firm.name, public: false, partners: BTreeSet::new() };
            let known = names.entry(&firm.name).or_insert_with(empty);
            known.public |= laureates.contains(&firm.key());
            known.partners.insert(&firm.partner);
        }
        names.into_values().collect()
    }
}

/// The name of a firm, or of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirmName<'a> {
    /// The name.
    pub name: &'a str,
    /// Whether anybody may read it.
    pub public: bool,
    /// The partners that it stands in.
    pub partners: BTreeSet<&'a str>,
}

impl FirmName<'_> {
    /// Whether an audience may read it.
    #[must_use]
    pub fn is_known_to(&self, audience: &Audience) -> bool {
        self.public || self.partners.iter().any(|partner| audience.owns(partner))
    }
}
