//! What `carte.geojson` says: the contours of the partners and the places of communes, on a plane.

use super::{At, Partner};
use crate::wording;

/// A point: to the right, downwards, in any one unit.
pub type Place = (f64, f64);

/// Contours and places; empty without a map.
#[derive(Debug, Clone, Default)]
pub struct Atlas {
    /// Closed contours by a partner's code or SIREN.
    pub areas: Vec<(String, Vec<Vec<Place>>)>,
    /// Places of communes by their names.
    pub towns: Vec<(String, Place)>,
    /// What the map says of its own source.
    pub source: Option<String>,
}

impl Atlas {
    /// Whether an area is the one of a partner.
    #[must_use]
    pub fn is_of(code: &str, partner: At<Partner>) -> bool {
        wording::same_words(code, partner.code()) || partner.siren() == Some(code.trim())
    }

    /// The contours of a partner.
    #[must_use]
    pub fn area(&self, partner: At<Partner>) -> Option<&[Vec<Place>]> {
        self.areas.iter().find(|(code, _)| Self::is_of(code, partner)).map(|(_, rings)| rings.as_slice())
    }

    /// The place of a commune.
    #[must_use]
    pub fn town(&self, commune: &str) -> Option<Place> {
        self.towns.iter().find(|(name, _)| wording::same_words(name, commune)).map(|(_, place)| *place)
    }
}
