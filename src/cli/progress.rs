//! How far a run is, on a terminal: one line that goes away. Elsewhere nothing is shown.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Progress;

/// The fewest documents for which a bar is worth its flicker.
const WORTH: usize = 4;

/// The line.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A line that shows itself on a terminal, if it is wanted at all.
    pub(super) fn new(wanted: bool) -> Self {
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len}  {wide_msg}");
        let bar = ProgressBar::with_draw_target(Some(0), target);
        Self(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())))
    }

    /// Shows that a document is done.
    pub(super) fn show(&self, progress: Progress) {
        if progress.total >= WORTH {
            self.0.set_length(progress.total as u64);
            self.0.set_message(progress.title.to_owned());
            self.0.set_position(progress.done as u64);
        }
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
