//! How each workspace was looked at last: what is open, pinned and left out, what is selected, and from where it was seen.
//!
//! In: the document.  Out: a file for each workspace beside the settings, written once nothing has changed for a moment, and
//! looked at again when the workspace is opened.  Not here: what a viewpoint is (`crate::viewpoint`).

use std::path::PathBuf;

use super::look::Drawing;
use super::mail::Job;
use super::memory::{Glance, file, folder};
use super::state::{Document, State};
use super::tools::Tools;
use super::viewing::of_document;
use crate::viewpoint::Viewpoint;
use crate::viewpoint::file::NamedView;

/// Nothing has changed for so long, in seconds.
const REST_SECS: f64 = 1.0;

fn glance(document: &Document) -> Glance {
    Glance { view: document.view.clone(), selection: document.selection, sight: document.canvas.camera.visible() }
}

/// Writes what has changed once it rests.
pub(crate) fn go_on(state: &mut State, tools: &Tools<'_>) {
    if tools.settings_file.is_none() {
        return;
    }
    let now = tools.now();
    let Some(document) = state.document.as_mut().filter(|document| is_worth_keeping(document)) else { return };
    let glance = glance(document);
    let memory = &mut document.memory;
    if memory.glance.as_ref() != Some(&glance) {
        // What is seen first was not changed by anybody.
        memory.changed = memory.glance.is_some().then_some(now);
        memory.glance = Some(glance);
    }
    match memory.changed {
        Some(since) if now - since >= REST_SECS => flush(state, tools),
        Some(since) => tools.ctx.request_repaint_after_secs((REST_SECS - (now - since)).max(0.05) as f32),
        None => {}
    }
}

/// Writes what has changed.
pub(crate) fn flush(state: &mut State, tools: &Tools<'_>) {
    if let Some((path, bytes)) = due(state, tools.settings_file) {
        tools.worker.send(Job::Write { path, bytes });
    }
}

/// What is not written yet, and where it belongs.
pub(crate) fn due(state: &mut State, settings_file: Option<&PathBuf>) -> Option<(PathBuf, Vec<u8>)> {
    let document = state.document.as_mut().filter(|document| is_worth_keeping(document))?;
    document.memory.changed.take()?;
    let root = &document.analysis.root;
    let path = file(folder(settings_file?)?, root);
    let named = NamedView {
        name: root.to_string_lossy().into_owned(),
        note: String::new(),
        viewpoint: Viewpoint { found: Vec::new(), ..of_document(document) },
    };
    Some((path, named.to_text().into_bytes()))
}

/// The files on disk, as a map that is arranged: commits and lists come and go.
fn is_worth_keeping(document: &Document) -> bool {
    document.analysis.commit.is_none()
        && !document.timeline.rewind.is_away()
        && document.arranging.is_none()
        && document.canvas.placed
        && document.canvas.drawing == Drawing::Map
        && !document.canvas.camera.is_flying()
}
