//! What the documents of one run share: the rows, and the figures of the whole territory, each made once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Indicator, Window};
use crate::figures::Figure;
use crate::model::secrecy::Secrecy;
use crate::model::{Desk, Model, Readers, Reads, Scope};

/// The rows of a run, and what was computed of them.
pub struct Disclosure {
    /// The rows.
    pub(in crate::model) model: Arc<Model>,
    /// Indicators over periods, with what they read. Those since the start are not kept: over a long sheet each has many
    /// cells.
    figures: Mutex<HashMap<(&'static str, Window), (Figure, Reads)>>,
    /// What may be told of firms, with what that depends on.
    secrecy: OnceLock<(Secrecy, Reads)>,
}

impl Disclosure {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(model: Arc<Model>) -> Self {
        Self { model, figures: Mutex::default(), secrecy: OnceLock::new() }
    }

    /// What may be told of firms; who asks is noted to have read what that depends on.
    pub(super) fn secrecy(&self, scope: &Scope) -> &Secrecy {
        let (secrecy, reads) = self.secrecy.get_or_init(|| {
            let desk = Desk::new(self);
            (Secrecy::new(&desk.scope(Readers::Operator)), desk.reads())
        });
        scope.absorb(reads);
        secrecy
    }

    /// An indicator of the whole territory; who asks is noted to have read what it is computed from.
    pub(super) fn figure(&self, scope: &Scope, indicator: &Indicator, window: Window) -> Figure {
        let key = (indicator.id, window);
        let known = self.figures.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let (figure, reads) = known.unwrap_or_else(|| {
            let desk = Desk::new(self);
            let figure = indicator.figure(&desk.scope(Readers::Operator).statistics(), window);
            let made = (figure, desk.reads());
            self.figures.lock().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
            made
        });
        scope.absorb(&reads);
        figure
    }
}
