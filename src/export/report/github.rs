//! The verdict as annotations of a GitHub workflow: workflow commands, one per violation.
//!
//! In: a verdict and where its best evidence stands.  Out: lines for the log of a job.  Not here: deciding which of them
//! GitHub shows; it takes the first of each kind, so the worst come first.

use super::{Severity, wording};
use crate::snapshot::Parts;
use crate::verdict::Judged;

pub fn write(parts: &Parts<'_>) -> String {
    let mut text: String = parts
        .verdict
        .violations
        .iter()
        .filter(|judged| judged.accepted.is_none())
        .map(|judged| annotation(parts, judged))
        .collect();
    text += &wording::one_line(&wording::summary(parts));
    text.push('\n');
    text
}

fn annotation(parts: &Parts<'_>, judged: &Judged) -> String {
    let violation = &judged.violation;
    let command = match Severity::of(judged) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some((place, _)) = wording::best_place(parts, violation) {
        properties.push(format!("file={}", property(&place.file)));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
    }
    properties.push(format!("title={}", property(&format!("riprap {}", violation.rule))));
    format!("::{command} {}::{}\n", properties.join(","), data(&wording::sentences(judged)))
}

/// What follows the second `::`, where only the end of the line has a meaning.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{CLEAN, ERODED};
    use super::*;

    #[test]
    fn each_violation_is_a_line_and_the_summary_the_last() {
        insta::assert_snapshot!(write(&ERODED.parts()));
    }

    #[test]
    fn nothing_found_is_the_summary_alone() {
        assert_eq!(write(&CLEAN.parts()), wording::summary(&CLEAN.parts()) + "\n");
    }

    #[test]
    fn what_would_end_a_line_or_a_property_is_escaped() {
        assert_eq!(data("100% a,b: c\r\nd"), "100%25 a,b: c%0D%0Ad");
        assert_eq!(property("50%,a:b\n"), "50%25%2Ca%3Ab%0A");
    }
}
