//! What a person does with findings.
//!
//! In: the state, a finding by its index or identity.  Out: the state.  A part of `execute`.  Not here: which findings there
//! are (`findings`), and the list (`panels`).

use super::changes::with_document_and_motion;
use super::state::{Document, State};
use super::tiling;
use super::tools::Tools;
use super::travel::show_all;
use crate::findings::Finding;

/// Those that nobody dismissed, by their index; `None` before they are found.
pub(crate) fn shown(document: &Document, state: &State) -> Option<Vec<usize>> {
    let findings = document.findings.as_ref()?;
    let dismissed = state.settings.dismissed.get(&document.analysis.root);
    let is_shown = |finding: &Finding| {
        dismissed.is_none_or(|dismissed| !dismissed.contains(&finding.identity(&document.analysis.model)))
    };
    Some((0..findings.len()).filter(|index| is_shown(&findings[*index])).collect())
}

/// Tells a finding in full, and shows on the map what it is about; told already, it is folded again.
pub(super) fn visit_finding(state: &mut State, index: usize, tools: &Tools<'_>) {
    tiling::show_canvas(state, tools);
    with_document_and_motion(state, |document, animated, generation| {
        if document.finding == Some(index) {
            document.finding = None;
            document.found.clear();
            return;
        }
        document.finding = Some(index);
        document.violation = None;
        let Some(finding) = document.findings.as_ref().and_then(|findings| findings.get(index)) else { return };
        let about = finding.about.clone();
        show_all(document, &about, animated, generation, tools);
    });
}

pub(super) fn dismiss_finding(state: &mut State, identity: String, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    document.finding = None;
    document.found.clear();
    state.settings.dismissed.entry(document.analysis.root.clone()).or_default().insert(identity);
    tools.keep_settings(&state.settings);
}

/// Brings back all findings of this workspace that were dismissed.
pub(super) fn restore_findings(state: &mut State, tools: &Tools<'_>) {
    let Some(document) = &state.document else { return };
    state.settings.dismissed.remove(&document.analysis.root);
    tools.keep_settings(&state.settings);
}
