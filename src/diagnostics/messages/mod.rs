//! Every message of the program: one function each, its code, its cause and its cure beside it.
//!
//! A message is lower-case, precise, without a final stop; what may help stands apart, as a hint.

pub mod acts;
pub mod cells;
pub mod checks;
pub mod commands;
pub mod files;
pub mod law;
pub mod persons;
pub mod requests;
pub mod secrets;
pub mod sheets;
pub mod texts;

use super::Severity;

/// A message in the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    /// The stable code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Why it appears.
    pub cause: &'static str,
    /// What to do.
    pub cure: &'static str,
}

/// Declares messages: their severity (with who must act, where it is not the user), code, constructor, text, cause, cure and
/// an optional hint.
macro_rules! messages {
    ($($severity:ident $(($actor:ident))? $code:literal $name:ident($($argument:ident: $type:ty),* $(,)?) $text:literal
        cause $cause:literal cure $cure:literal $(hint $hint:literal)?;)*) => {
        $(
            #[doc = $cause]
            #[must_use]
            pub fn $name($($argument: $type),*) -> $crate::diagnostics::Diagnostic {
                $crate::diagnostics::Diagnostic::new($code, $crate::diagnostics::Severity::$severity, format!($text))
                    $(.for_the($crate::diagnostics::Actor::$actor))?
                    $(.hint(format!($hint)))?
            }
        )*
        /// The messages of this file, in its order.
        pub(super) const MESSAGES: &[$crate::diagnostics::messages::Message] = &[
            $($crate::diagnostics::messages::Message {
                code: $code,
                severity: $crate::diagnostics::Severity::$severity,
                cause: $cause,
                cure: $cure,
            }),*
        ];
    };
}
use messages;

/// All messages that the program can give.
#[must_use]
pub fn catalogue() -> Vec<Message> {
    [
        files::MESSAGES,
        sheets::MESSAGES,
        cells::MESSAGES,
        checks::MESSAGES,
        acts::MESSAGES,
        law::MESSAGES,
        requests::MESSAGES,
        texts::MESSAGES,
        commands::MESSAGES,
        persons::MESSAGES,
        secrets::MESSAGES,
    ]
    .concat()
}
