//! The verdict as other programs and people read it: one file per format.
//!
//! In: what the snapshot document is made of, too ([`Parts`]).  Out: text, the same for the same input, without colours
//! and absolute paths.  Not here: judging, how a terminal shows a violation (`cli`), and writing files.
//!
//! [`Parts`]: crate::snapshot::Parts

#[cfg(test)]
pub(in crate::export) mod fixture;
pub mod github;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod sarif;
pub mod wording;

use crate::verdict::Judged;

/// How much a violation asks of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Severity {
    /// It makes `check` fail.
    Error,
    Warning,
    /// It would make `check` fail, had it not been accepted.
    Note,
}

impl Severity {
    fn of(judged: &Judged) -> Self {
        match judged {
            Judged { denied: true, .. } => Self::Error,
            Judged { accepted: Some(_), .. } => Self::Note,
            _ => Self::Warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fixture::ERODED;
    use super::*;

    #[test]
    fn what_was_accepted_is_a_note() {
        let verdict = ERODED.verdict();
        let denied = verdict.violations.iter().find(|judged| judged.denied).unwrap();
        assert_eq!(Severity::of(denied), Severity::Error);
        assert_eq!(
            Severity::of(&Judged {
                denied: false,
                accepted: Some(crate::verdict::Acceptance::Baseline),
                ..denied.clone()
            }),
            Severity::Note
        );
        assert_eq!(Severity::of(&Judged { denied: false, ..denied.clone() }), Severity::Warning);
    }
}
