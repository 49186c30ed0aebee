//! Accepting violations: what riprap.baseline shall say.
//!
//! In: an analysis, the violation that is accepted, or no longer, and the text of the file.  Out: the new text.  Not here:
//! writing it (`editing`).

use crate::analysis::Analysis;
use crate::load;
use crate::source::SourceFile;
use crate::verdict::{self, Baseline, Entry, Judged, Level};

/// What a person can do about a violation with riprap.baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Acceptance {
    /// It denies, or may, and is not accepted.
    CanAccept,
    /// It is accepted.
    CanTakeBack,
    /// Nothing that only warns needs to be accepted, and without a riprap.toml nothing denies.
    Nothing,
}

pub(crate) fn acceptance(analysis: &Analysis, judged: &Judged) -> Acceptance {
    // A number that nothing holds yet only warns, and can be held.
    let denies = matches!(judged.level, Level::Deny | Level::Ratchet) || judged.violation.value.is_some();
    match judged.accepted {
        Some(verdict::Acceptance::Baseline) => Acceptance::CanTakeBack,
        None if denies && analysis.config.is_some() && analysis.baseline_problems.is_empty() => Acceptance::CanAccept,
        // An exception is taken back where it stands.
        _ => Acceptance::Nothing,
    }
}

/// The riprap.baseline that a change of acceptance is about, from the workspace's folder.  A first one holds more than one
/// entry, and is the one beside riprap.toml.
pub(crate) fn file_of(analysis: &Analysis, index: usize) -> Option<String> {
    let violation = &analysis.verdict.violations.get(index)?.violation;
    let holds = |file: &SourceFile| {
        let baseline = Baseline::read(&file.text).unwrap_or_default();
        baseline.entries.iter().any(|entry| entry.covers(violation))
    };
    let holding = analysis.baselines.files().map(|(_, file)| file).find(|file| holds(file));
    Some(match holding {
        Some(file) => file.path.clone(),
        None if analysis.baselines.is_empty() => load::BASELINE.to_owned(),
        None => analysis.baseline_of(&Entry::of(violation)),
    })
}

/// The text after a change of acceptance, and what was done; none where nothing changes.
///
/// A first riprap.baseline turns ratchets into denials: it takes in what they find today, so that accepting one violation
/// denies no other.
pub(crate) fn toggled(analysis: &Analysis, index: usize, text: Option<&str>) -> Option<(String, String)> {
    let judged = analysis.verdict.violations.get(index)?;
    let known = text.and_then(|text| Baseline::read(text).ok());
    let is_new = known.is_none() && analysis.baselines.is_empty();
    let mut baseline = known.unwrap_or_default();
    let before = baseline.clone();
    let mut what = match acceptance(analysis, judged) {
        Acceptance::Nothing => return None,
        Acceptance::CanTakeBack => {
            baseline.entries.retain(|entry| !entry.covers(&judged.violation));
            "Accepts 1 violation less".to_owned()
        }
        Acceptance::CanAccept => {
            baseline.accept(&judged.violation);
            "Accepted 1 violation".to_owned()
        }
    };
    if is_new {
        let ratcheted = analysis
            .verdict
            .violations
            .iter()
            .filter(|judged| judged.level == Level::Ratchet && judged.accepted.is_none());
        baseline.entries.extend(ratcheted.map(|judged| Entry::of(&judged.violation)));
        let taken_in = baseline.entries.len() - 1;
        if taken_in > 0 {
            what += &format!("; the new riprap.baseline also takes in {taken_in} that ratchets find today");
        }
    }
    (baseline != before).then(|| (baseline.text(), what))
}
