//! What the documents of one run share: what readers may know of a model, and its monthly figures, each made once.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::indicators::{Indicator, Window};
use super::{Audience, Model, Period};
use crate::figures::Figure;

/// A model with what its readers may know of it.
pub struct Disclosure<'a> {
    whole: &'a Model,
    public: OnceLock<Model>,
    /// Indicators over periods. Those since the start are not kept: over a long sheet each has many cells.
    figures: Mutex<HashMap<(&'static str, Period), Figure>>,
}

impl<'a> Disclosure<'a> {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(whole: &'a Model) -> Self {
        Self { whole, public: OnceLock::new(), figures: Mutex::default() }
    }

    /// What anybody may read.
    pub fn public(&self) -> &Model {
        self.public.get_or_init(|| self.whole.narrowed(&Audience::Public))
    }

    /// What all partners may read: between them firms are as confidential as to anybody.
    pub fn partners(&self) -> &Model {
        self.public()
    }

    /// What one partner may read of its own firms: theirs alone, with what was done with them.
    #[must_use]
    pub fn own(&self, partner: &str) -> Model {
        self.whole.limited_to(partner).narrowed(&Audience::Partner(partner.to_owned()))
    }

    /// An indicator of the whole territory.
    pub fn figure(&self, indicator: &Indicator, window: Window) -> Figure {
        let Window::Within(period) = window else { return indicator.figure(self.partners(), window) };
        let key = (indicator.id, period);
        if let Some(known) = self.figures.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let figure = indicator.figure(self.partners(), window);
        self.figures.lock().unwrap_or_else(PoisonError::into_inner).insert(key, figure.clone());
        figure
    }
}

impl Deref for Disclosure<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.whole
    }
}
