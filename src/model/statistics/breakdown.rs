//! One-way breakdowns: firms and their applications by a trait, as the readers may know them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::classes::{Class, OTHERS, merge};
use super::{Statistics, indicators};
use crate::figures::{Cells, Figure, Quantity};
use crate::model::rows::cells_under;
use crate::model::{Aid, At, Cents, Choice as _, Decision, Firm, Period, Support, SupportLevel};
use crate::wording::fold;

/// What firms are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trait {
    /// The theme of the exchange.
    Theme,
    /// The EPCI where the firm stands.
    Council,
    /// Its sector.
    Sector,
    /// Its size, by the bounds of official statistics.
    Size,
    /// The scheme that it applied to.
    Scheme,
    /// The highest level that it reached.
    Level,
}

/// How a class is called whose firms lack the trait.
const UNKNOWN: &str = "non renseigné";

impl Trait {
    /// Its name in figures.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Council => "epci",
            Self::Sector => "filiere",
            Self::Size => "taille",
            Self::Scheme => "dispositif",
            Self::Level => "niveau",
        }
    }

    /// The trait in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Theme => "thème",
            Self::Council => "intercommunalité",
            Self::Sector => "filière",
            Self::Size => "taille",
            Self::Scheme => "dispositif",
            Self::Level => "niveau",
        }
    }

    fn of_firm(self, firm: At<Firm>) -> String {
        match self {
            Self::Council if firm.partner().exists() => firm.partner().usual_name().to_owned(),
            Self::Sector => firm.sector().map_or_else(|| format!("filière {UNKNOWN}e"), ToOwned::to_owned),
            Self::Size => match firm.staff() {
                None => format!("effectif {UNKNOWN}"),
                Some(..10) => "moins de 10 salariés".to_owned(),
                Some(10..50) => "10 à 49 salariés".to_owned(),
                Some(50..250) => "50 à 249 salariés".to_owned(),
                Some(_) => "250 salariés et plus".to_owned(),
            },
            _ => OTHERS.to_owned(),
        }
    }
}

/// A class of firms that were met.
#[derive(Debug, Clone)]
pub struct SupportClass {
    /// What it is called.
    pub label: String,
    /// Whether it is named after what its firms have in common.
    pub is_named: bool,
    /// How many firms are in it.
    pub firms: Figure,
    /// How many exchanges put them there.
    pub exchanges: Figure,
}

/// A class of laureates.
#[derive(Debug, Clone)]
pub struct AidClass {
    /// What it is called.
    pub label: String,
    /// How many laureates are in it.
    pub laureates: Figure,
    /// What they obtained.
    pub obtained: Figure,
    /// What they invest.
    pub investment: Figure,
    /// Jobs that they create or keep.
    pub jobs: Figure,
}

impl<'s> Statistics<'s> {
    /// The firms that were met in a period, or of these those that were accompanied; the largest class first.
    #[must_use]
    pub fn firms_by(&'s self, by: Trait, period: Period, accompanied: bool) -> Vec<SupportClass> {
        let rows = self
            .supports()
            .filter(|support| period.contains(support.date()) && (!accompanied || support.level().is_accompanied()));
        let rows: Vec<At<Support>> = rows.collect();
        let reached = reached(&rows);
        let label = |support: At<Support>| match by {
            Trait::Theme => support.theme().to_owned(),
            Trait::Level => reached.get(&support.firm()).copied().unwrap_or(support.level()).label().to_owned(),
            _ => by.of_firm(support.firm()),
        };
        let mut classes = in_classes(&rows, At::<Support>::firm, label);
        if self.is_guarded {
            let secrecy = self.shared.secrecy(&self.scope);
            // Both of its figures must carry: one firm may have had most of the exchanges of a class.
            classes = merge(classes, |classes: &[&Class<At<Firm>, At<Support>>]| {
                let firms: BTreeSet<At<Firm>> = classes.iter().flat_map(|class| &class.firms).copied().collect();
                let exchanges = classes.iter().flat_map(|class| &class.rows).map(|support| support.firm().index());
                secrecy.carries(firms.into_iter().map(|firm| firm.index())) && secrecy.carries(exchanges)
            });
        }
        sort(&mut classes, |class| count(class.firms.len()));
        if by == Trait::Level {
            classes.sort_by_key(|class| SupportLevel::ALL.iter().position(|level| level.label() == class.label));
        }
        let what = if accompanied { "accompagnees" } else { "rencontrees" };
        classes.into_iter().map(|class| self.support_class(class, by, what, period)).collect()
    }

    fn support_class(
        &self,
        class: Class<At<'s, Firm>, At<'s, Support>>,
        by: Trait,
        what: &str,
        period: Period,
    ) -> SupportClass {
        let name = |kind: &str| {
            format!(
                "{what}.{}.{}.{kind}{}@{}..{}",
                by.key(),
                key(&class.label),
                self.suffix(),
                period.start,
                period.end
            )
        };
        let cells = cells_under(class.rows.iter().copied(), Support::LEVEL);
        let firms = Quantity::Count(count(class.firms.len()));
        let exchanges = Quantity::Count(count(class.rows.len()));
        SupportClass {
            is_named: class.label != OTHERS && !class.label.contains(UNKNOWN),
            firms: Figure::new(name("entreprises"), format!("entreprises, {}", class.label), firms, cells.clone()),
            exchanges: Figure::new(name("echanges"), format!("échanges, {}", class.label), exchanges, cells),
            label: class.label,
        }
    }

    /// Laureates by a day, the class that obtained most first.
    #[must_use]
    pub fn laureates_by(&'s self, by: Trait, day: NaiveDate) -> Vec<AidClass> {
        let rows: Vec<At<Aid>> = self.aids().filter(|aid| aid.decision_on(day) == Some(Decision::Granted)).collect();
        let label = |aid: At<Aid>| match by {
            Trait::Scheme => aid.scheme().to_owned(),
            _ => by.of_firm(aid.firm()),
        };
        let mut classes = if self.is_guarded {
            let secrecy = self.shared.secrecy(&self.scope);
            let shared = |aid| secrecy.class_of(by, day, &label(aid)).map(ToOwned::to_owned);
            let shared: Option<HashMap<At<Aid>, String>> = rows.iter().map(|aid| Some((*aid, shared(*aid)?))).collect();
            let Some(mut shared) = shared else { return Vec::new() };
            in_classes(&rows, At::<Aid>::firm, |aid| shared.remove(&aid).unwrap_or_default())
        } else {
            in_classes(&rows, At::<Aid>::firm, label)
        };
        sort(&mut classes, |class| class.rows.iter().filter_map(|aid| aid.obtained()).sum::<Cents>().0);
        classes.into_iter().map(|class| self.aid_class(class, by, day)).collect()
    }

    fn aid_class(&self, class: Class<At<'s, Firm>, At<'s, Aid>>, by: Trait, day: NaiveDate) -> AidClass {
        let rows = || class.rows.iter().copied();
        let figure = |kind: &str, label: &str, (value, cells): (Quantity, Cells)| {
            let name = format!("bilan.{}.{}.{kind}{}@..{day}", by.key(), key(&class.label), self.suffix());
            Figure::new(name, format!("{label}, {}", class.label), value, cells)
        };
        let obtained = indicators::sum(rows(), At::<Aid>::obtained, Aid::OBTAINED);
        let invested = indicators::sum(rows(), At::<Aid>::investment, Aid::INVESTMENT);
        AidClass {
            laureates: figure("laureats", "lauréats", indicators::count(rows(), Aid::DECISION)),
            obtained: figure("aides", "aides obtenues", obtained),
            investment: figure("investissement", "investissement", invested),
            jobs: figure("emplois", "emplois créés ou maintenus", indicators::jobs(&class.rows)),
            label: class.label,
        }
    }
}

/// Rows in classes by a label.
fn in_classes<'s, R: Copy>(
    rows: &[R],
    firm: fn(R) -> At<'s, Firm>,
    mut label: impl FnMut(R) -> String,
) -> Vec<Class<At<'s, Firm>, R>> {
    let mut classes: Vec<Class<At<Firm>, R>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let label = label(*row);
        let place = *places.entry(label.clone()).or_insert_with(|| {
            classes.push(Class::new(label));
            classes.len() - 1
        });
        classes[place].firms.insert(firm(*row));
        classes[place].rows.push(*row);
    }
    classes
}

/// The largest class first by a measure, « Autres » last.
fn sort<F: Ord, R>(classes: &mut [Class<F, R>], measure: impl Fn(&Class<F, R>) -> i64) {
    classes.sort_by_key(|class| (class.label == OTHERS, std::cmp::Reverse(measure(class))));
}

/// The highest level that each firm reached.
fn reached<'s>(rows: &[At<'s, Support>]) -> BTreeMap<At<'s, Firm>, SupportLevel> {
    let mut highest: BTreeMap<At<Firm>, SupportLevel> = BTreeMap::new();
    for support in rows {
        let level = highest.entry(support.firm()).or_insert(support.level());
        *level = support.level().max(*level);
    }
    highest
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A class's label in the names of figures.
fn key(label: &str) -> String {
    fold(label).replace(' ', "-")
}
