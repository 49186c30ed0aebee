//! First boundaries as riprap.toml: the draft that says what is shown, and saving it with its baseline.
//!
//! In: groups that are judged.  Out: the draft of riprap.toml, and jobs that write the files.  What somebody typed is not
//! replaced unless that is asked for, and no file that is there is.  A part of `execute`, the one writer of state.  Not here:
//! groups (`sketching`), and writing (`worker`).

use std::path::Path;
use std::sync::Arc;

use super::command::Command;
use super::editing;
use super::edits::FileEdit;
use super::notice::Notice;
use super::sketched::Laid;
use super::state::{Document, State};
use super::tools::Tools;
use crate::load;

/// Whether the draft of riprap.toml says something that somebody typed.
pub(crate) fn is_apart(document: &Document) -> bool {
    let written = document.sketch.as_ref().and_then(|sketch| sketch.written.as_ref());
    document.rules_draft.text.as_ref().is_some_and(|text| Some(text) != written)
}

/// The draft of riprap.toml is what is shown.
pub(super) fn write_draft(document: &mut Document, laid: &Laid, tools: &Tools<'_>) {
    document.rules_draft.take(laid.text.clone(), Arc::clone(&laid.outcome), tools.now());
    if let Some(sketch) = &mut document.sketch {
        sketch.written = Some(laid.text.clone());
    }
}

/// The riprap.baseline that belongs to the draft of riprap.toml, if that is what groups gave; one that is there stays.
fn first_baseline(document: &Document) -> Option<FileEdit> {
    let sketch = document.sketch.as_ref()?;
    let laid = sketch.laid.as_ref().filter(|laid| document.rules_draft.text.as_ref() == Some(&laid.text))?;
    let path = document.analysis.root.join(load::BASELINE);
    let n = laid.baseline.entries.len();
    let what = format!("Accepted {n} {} in riprap.baseline", if n == 1 { "violation" } else { "violations" });
    let is_first = document.analysis.baselines.is_empty();
    is_first.then(|| FileEdit { path, before: None, after: Some(laid.baseline.text()), what })
}

/// Writes riprap.toml, and riprap.baseline after it.
pub(super) fn save(document: &mut Document, tools: &Tools<'_>) {
    let baseline = first_baseline(document);
    if let Some(sketch) = &mut document.sketch {
        sketch.saving = baseline;
    }
    editing::save_rules(document, tools);
}

/// Goes on once riprap.toml is written; where it was not, there is nothing to accept by.
pub(super) fn written(state: &mut State, path: &Path, is_written: bool, tools: &Tools<'_>) {
    if !path.ends_with(load::CONFIG) {
        return;
    }
    let now = tools.now();
    let Some(document) = &mut state.document else { return };
    let Some(baseline) = document.sketch.as_mut().and_then(|sketch| sketch.saving.take()) else { return };
    if is_written {
        let said = format!("Saved riprap.toml.  {}", baseline.what);
        editing::record(document, baseline, tools);
        state.notice = Some(Notice::done_with_offers(said, vec![Command::UndoEdit], now));
    }
}
