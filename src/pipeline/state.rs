//! How a document stands: the one vocabulary of the terminal, the page and the records.

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was never made.
    New,
    /// Something changed since it was made.
    Stale,
    /// Its files are what today's inputs give.
    Current,
    /// It was sent, and its files are what was sent.
    Sent {
        /// Whether today's inputs would give other files.
        differs: bool,
    },
    /// It was sent, and a file of it was changed or taken away since, or the sheets no longer say that it was sent.
    Altered,
    /// So many errors in what it reads keep it from being made.
    Blocked(usize),
    /// It could not be made: a fault of its own, of its templates, of the disk.
    Failed,
}

impl State {
    /// Its name, for lists.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "jamais fait",
            Self::Stale => "à refaire",
            Self::Current => "à jour",
            Self::Sent { .. } => "envoyé",
            Self::Altered => "envoyé, puis altéré",
            Self::Blocked(_) => "bloqué",
            Self::Failed => "en échec",
        }
    }

    /// Whether there is nothing to do for it.
    #[must_use]
    pub fn is_right(self) -> bool {
        matches!(self, Self::Current | Self::Sent { .. })
    }
}
