//! What several formats say in the same words.
//!
//! In: a verdict and the sources.  Out: sentences and places.  Not here: how a format escapes them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::rules::{Evidence, Violation};
use crate::snapshot::{Parts, Place};
use crate::source::LineColumn;
use crate::verdict::Judged;

/// Characters of a source line that are shown: what is longer was written by no person.
pub(super) const LINE_CHARACTERS: usize = 200;

/// The verdict and the size of what was judged, in one line.
pub fn summary(parts: &Parts<'_>) -> String {
    let accepted = parts.verdict.accepted();
    let found = parts.verdict.violations.len() - accepted;
    let size = format!(
        "{}, {}, {}",
        counted(parts.model.packages().count(), "package", "packages"),
        counted(parts.model.module_ids().count(), "module", "modules"),
        counted(parts.model.edges().len(), "edge", "edges"),
    );
    let verdict = match (found, parts.verdict.denied()) {
        (0, _) => "nothing found".to_owned(),
        (_, 0) => format!("{}, none denied", counted(found, "violation", "violations")),
        (_, denied) => format!("{}, {denied} denied", counted(found, "violation", "violations")),
    };
    let unconfigured = match parts.configuration.file {
        Some(_) => "",
        None => "; there is no riprap.toml, so nothing is denied",
    };
    let accepted = match accepted {
        0 => String::new(),
        accepted => format!(", {accepted} accepted"),
    };
    let stale = match parts.verdict.stale.len() {
        0 => String::new(),
        1 => "; 1 accepted violation is gone: `riprap baseline` takes it out".to_owned(),
        stale => format!("; {stale} accepted violations are gone: `riprap baseline` takes them out"),
    };
    let loose = match parts.verdict.held.iter().filter(|held| held.can_be_tightened()).count() {
        0 => String::new(),
        1 => "; 1 number is better than riprap.baseline holds it: `riprap baseline` tightens it".to_owned(),
        loose => {
            format!("; {loose} numbers are better than riprap.baseline holds them: `riprap baseline` tightens them")
        }
    };
    format!("{}: {verdict}{accepted} ({size}){unconfigured}{stale}{loose}", parts.workspace)
}

/// "1 module", "2 modules".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// How many places of each kind could not be seen.
pub(super) fn blind_spots<'a>(parts: &Parts<'a>) -> BTreeMap<&'a str, usize> {
    let mut kinds = BTreeMap::new();
    for note in parts.notes {
        *kinds.entry(note.kind).or_default() += 1;
    }
    kinds
}

/// Message, reason and legal route, and what else there is to say: a line for each.
pub(super) fn sentences(judged: &Judged) -> String {
    let Judged { violation, remarks, .. } = judged;
    let remarks: String = remarks.iter().map(|remark| format!("\nnote: {remark}")).collect();
    let route = violation.route.as_ref().map_or_else(String::new, |route| format!("\nhelp: {route}"));
    let remedies: String = violation.remedies().iter().map(|remedy| format!("\nhelp: {remedy}")).collect();
    format!("{}\nwhy: {}{route}{remedies}{remarks}", violation.message, violation.why)
}

/// Where evidence stands, and its source line.
pub(super) fn place<'a>(parts: &Parts<'a>, evidence: &Evidence) -> (Place<'a>, Cow<'a, str>) {
    let place = Place::of(parts.sources, evidence);
    let line = parts.sources.file(evidence.file).line_text(place.line);
    (place, clipped(line, LINE_CHARACTERS))
}

/// Where a violation stands: at its best evidence; without any, where riprap.toml says what is wrong, or where the code is
/// declared that it is about.
pub(in crate::export) fn best_place<'a>(parts: &Parts<'a>, violation: &Violation) -> Option<(Place<'a>, Cow<'a, str>)> {
    let best = violation.evidence(parts.model, 1);
    best.first().map(|evidence| place(parts, evidence)).or_else(|| own_place(parts, violation))
}

/// The place of a violation that no place in the code proves.
pub(super) fn own_place<'a>(parts: &Parts<'a>, violation: &Violation) -> Option<(Place<'a>, Cow<'a, str>)> {
    let declared = violation.declared.and_then(|span| parts.config?.line_column(span));
    let (file, at) = match declared {
        Some(place) => place,
        None => {
            let node = parts.model.within(violation.from_node?, |node| node.file.is_some())?;
            let node = parts.model.node(node);
            (parts.sources.file(node.file?), LineColumn { line: node.line.max(1), column: 1 })
        }
    };
    let place = Place { column: at.column, file: file.path.as_str().into(), line: at.line };
    Some((place, clipped(file.line_text(at.line), LINE_CHARACTERS)))
}

/// At most so many characters, the last one then an ellipsis.
pub(super) fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        None => text.into(),
        Some(_) => text.chars().take(most - 1).chain(['…']).collect::<String>().into(),
    }
}

/// Without anything that would end the line or steer a terminal.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{CLEAN, ERODED};
    use super::*;

    #[test]
    fn the_summary_says_what_was_judged_and_that_nothing_is_configured() {
        assert_eq!(summary(&ERODED.parts()), "shop: 6 violations, 4 denied (2 packages, 5 modules, 4 edges)");
        let clean = "shop: nothing found (1 package, 1 module, 0 edges); there is no riprap.toml, so nothing is denied";
        assert_eq!(summary(&CLEAN.parts()), clean);
    }

    #[test]
    fn long_lines_are_cut_between_characters() {
        assert_eq!(clipped("äöü", 3), "äöü");
        assert_eq!(clipped("äöüß", 3), "äö…");
    }

    #[test]
    fn what_steers_a_terminal_is_taken_out() {
        assert_eq!(one_line("a\r\nb\u{1b}[31m"), "a  b [31m");
    }
}
