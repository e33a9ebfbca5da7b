//! The plot: read → understand → plan → render → publish. The terminal is not known here.

mod annotate;
mod audit;
mod build;
mod catalogue;
mod causes;
mod check;
mod digest;
mod enclosures;
mod explain;
mod fingerprint;
mod guard;
mod init;
mod kept;
mod keys;
mod list;
mod make;
mod manifest;
mod new;
mod parts;
mod person;
mod plan;
mod publish;
mod read;
mod report;
mod retake;
mod review;
mod secrets;
mod session;
mod sheets;
mod shown;
mod standing;
mod state;
mod store;
mod texts;
mod unread;
mod verify;
mod why;
mod word;

pub use self::audit::learned;
pub use self::build::{build, jobs};
pub use self::catalogue::titles;
pub use self::causes::Cause;
pub use self::check::check;
pub use self::explain::explain;
pub use self::init::{Beginning, Setting, begin, init};
pub use self::list::{Listed, list};
pub use self::make::{Artifact, Made};
pub use self::new::new;
pub use self::person::{Dossier, Held, Mention, PersonRequest, person};
pub use self::read::{Inputs, read};
pub use self::report::{Deed, Options, Outcome, Progress, Report, Request, refused};
pub use self::review::{Review, ReviewRemark, Touched, review};
pub use self::session::{Laid, Leaves, Session, Shown, ShownFile, Snapshot, Turn, Waiting};
pub use self::sheets::{CellChange, Said};
pub use self::shown::{Handed, Sending, SourceCell, Step};
pub use self::state::State;
pub use self::verify::verify;
pub use self::why::{Explained, why};
pub use crate::documents::{AHEAD, Due};
pub use crate::render::frames::Spot;

/// The guide to the workbooks and to documents of one's own, in Markdown.
#[must_use]
pub fn guide() -> String {
    crate::intake::guide() + &crate::own::guide()
}
