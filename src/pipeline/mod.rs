//! The plot: read → understand → plan → render → publish. The terminal is not known here.

mod annotate;
mod build;
mod causes;
mod check;
mod digest;
mod explain;
mod fingerprint;
mod init;
mod list;
mod make;
mod plan;
mod read;
mod report;
mod run;
mod secrets;
mod session;
mod store;
mod verify;
mod why;

pub use self::build::{build, jobs};
pub use self::causes::Cause;
pub use self::check::check;
pub use self::explain::explain;
pub use self::init::init;
pub use self::list::{Listed, State, list};
pub use self::make::{Artifact, Made};
pub use self::read::{Inputs, read};
pub use self::report::{Fate, Options, Outcome, Progress, Report, Request, refused};
pub use self::session::{Laid, Session, Shown, ShownFile, Snapshot, Turn};
pub use self::verify::verify;
pub use self::why::{Explained, why};
