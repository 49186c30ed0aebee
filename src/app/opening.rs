//! Opening a workspace, following it as its files change, and leaving it.
//!
//! In: a path, or an analysis that came of one.  Out: the document that is looked at, which keeps how it was looked at;
//! nothing that was typed is lost without a question.  Not here: analysing (`worker`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::compare;
use super::drawing::draw;
use super::history::History;
use super::leaving::{LastWord, Leaving};
use super::mail::{Job, Opened};
use super::motion::Arrival;
use super::relations::{self, Relations};
use super::rules_draft::RulesDraft;
use super::sketch_text;
use super::sketching;
use super::state::{Center, Counts, Document, Loading, Overlay, Screen, Side, State, node_name};
use super::tools::Tools;
use super::travel::{ask_for, redraw, set_selection, visit};
use super::viewing;
use super::whatif;
use super::worker::carried_over;
use crate::analysis::Analysis;
use crate::load;
use crate::scene::address;
use crate::scene::map::Highlight;

/// Back to the first screen.
fn close(state: &mut State, tools: &Tools<'_>) {
    stop(state);
    compare::leave(state);
    state.document = None;
    state.overlay = Overlay::None;
    state.screen = Screen::Welcome;
    tools.ctx.send_viewport_cmd(egui::ViewportCommand::Title("riprap".to_owned()));
}

pub(crate) fn open(state: &mut State, path: PathBuf, tools: &Tools<'_>) {
    stop(state);
    let generation = state.next_generation();
    let cancel = Arc::new(AtomicBool::new(false));
    state.cancel = Some(Arc::clone(&cancel));
    state.overlay = Overlay::None;
    state.hint = None;
    state.screen = Screen::Loading(Loading { path: path.clone(), progress: None, since: Instant::now() });
    look_at(state, &path, tools);
    tools.worker.send(Job::Open { generation, path, level: state.level, cancel });
}

/// The revision that a link says, or that is looked at; of another workspace the files on disk.
fn look_at(state: &mut State, path: &Path, tools: &Tools<'_>) {
    state.link.take_if(|link| load::typed_path(&link.path) != path);
    let is_same = state.document.as_ref().is_some_and(|document| document.path == path);
    let revision = match &state.link {
        Some(link) => link.rev.clone(),
        None if is_same || state.document.is_none() => state.looking_at.clone(),
        None => None,
    };
    if revision != state.looking_at {
        state.looking_at.clone_from(&revision);
        tools.worker.send(Job::LookAt { revision });
    }
}

/// Analyses again what changed since the last time, one run at a time.
pub(crate) fn follow(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map {
        return;
    }
    let generation = state.next_generation();
    let cancel = Arc::new(AtomicBool::new(false));
    let Some(document) = &mut state.document else { return };
    // What changes on disk while a commit is shown is looked at on the way back.
    if document.following.is_some() || document.changed.is_empty() || document.timeline.rewind.is_away() {
        return;
    }
    document.following = Some(generation);
    tools.worker.send(Job::Follow {
        generation,
        changed: std::mem::take(&mut document.changed).into_iter().collect(),
        cancel,
        analysis: Arc::clone(&document.analysis),
        view: document.view.clone(),
        arrangement: Arc::clone(&document.arrangement),
    });
}

/// Ends what is being analysed; its answer will be stale.
pub(crate) fn stop(state: &mut State) {
    if let Some(cancel) = state.cancel.take() {
        cancel.store(true, Ordering::Relaxed);
    }
    state.next_generation();
}

/// `quietly`: the view was carried over already, and the camera stays.
pub(crate) fn show_opened(state: &mut State, path: PathBuf, opened: Opened, quietly: bool, tools: &Tools<'_>) {
    let Opened { analysis, view, arrangement } = opened;
    let model = &analysis.model;
    let counts = Counts {
        packages: model.packages().count(),
        modules: model.module_ids().count(),
        edges: model.edges().len(),
        lines: model.total_lines(crate::model::WORKSPACE),
    };
    let title = format!("{} – riprap", node_name(model, crate::model::WORKSPACE));
    tools.ctx.send_viewport_cmd(egui::ViewportCommand::Title(title));
    if !quietly {
        state.settings.remember(&analysis.root);
        tools.keep_settings(&state.settings);
    }

    if let Overlay::Finder(finder) = &mut state.overlay {
        finder.forget();
    }
    // A reload keeps what was looked at, as far as it is still there.
    // A workspace may have lain elsewhere at a commit.
    let before = state.document.take().filter(|document| quietly || document.analysis.root == analysis.root);
    let seen = before.as_ref().map(|document| Arc::clone(&document.analysis));
    if seen.is_none() {
        compare::leave(state);
    }
    let evidence = relations::evidence(&analysis);
    let mut document = Document {
        path,
        evidence,
        counts,
        metrics: None,
        below: None,
        churning: Default::default(),
        findings: None,
        finding: None,
        view,
        arrangement,
        look: before.as_ref().map_or_else(|| state.look.clone(), |before| before.look.clone()),
        picture: Picture::default(),
        legend: Picture::default(),
        meanings: Vec::new(),
        highlight: Highlight::default(),
        found: Default::default(),
        gathered: Default::default(),
        lasso: Default::default(),
        blasting: None,
        camera: Camera::default(),
        selection: None,
        relations: Relations::default(),
        reference: 0,
        scroll_to_reference: false,
        hover: None,
        undo: History::default(),
        trail: History::default(),
        arrival: Arrival::Fit,
        transition: None,
        arranging: None,
        violation: None,
        placed: false,
        changed: Default::default(),
        following: None,
        overtaken: None,
        unwatched: None,
        stale: None,
        edits: Default::default(),
        edited: None,
        timeline: Default::default(),
        drafting: None,
        sketch: None,
        trial: Default::default(),
        named: Vec::new(),
        rules_draft: RulesDraft::new(analysis.config.as_ref().map(|file| &*file.text)),
        analysis,
    };
    tools.worker.send(Job::Measure { analysis: Arc::clone(&document.analysis) });
    if !quietly {
        tools.worker.send(Job::ReadViews { root: document.analysis.root.clone() });
    }
    draw(&mut document, tools.measurer);
    state.screen = Screen::Map;
    let generation = state.next_generation();
    // What nobody has configured teaches something first.
    if before.is_none()
        && !document.analysis.verdict.configured
        && state.focus.is_none()
        && state.link.is_none()
        && state.side == Side::Inspector
    {
        state.side = Side::Findings;
    }
    let focus = match &before {
        Some(before) => before.selection.map(|thing| before.name_of(thing)),
        None => state.focus.take(),
    };
    let mut violation = None;
    let mut drafted = None;
    let mut sketched = None;
    if let Some(mut before) = before {
        drafted = before.drafting.take().map(|drafting| (drafting, Arc::clone(&before.analysis)));
        sketched = before.sketch.take();
        document.camera = before.camera.clone();
        document.placed = before.placed;
        document.edits = before.edits.clone();
        document.edited = before.edited.clone();
        document.rules_draft = before.rules_draft.clone();
        document.gather_again(&before);
        document.blasting = before.blasting.as_ref().map(|_| Default::default());
        violation = before.violation.and_then(|index| same_violation(&before.analysis, index, &document.analysis));
        if quietly {
            document.unwatched = before.unwatched.clone();
            document.timeline = std::mem::take(&mut before.timeline);
            document.churning = std::mem::take(&mut before.churning);
            document.trial = std::mem::take(&mut before.trial);
            document.named = std::mem::take(&mut before.named);
            document.arrival = Arrival::Stay;
        }
        if !quietly {
            let kept = carried_over(&before.view, &before.analysis.model, &document.analysis.model);
            ask_for(&mut document, kept, Arrival::Stay, generation, tools);
        }
    }
    let analysis = &document.analysis;
    let found = focus.and_then(|focus| address::find(&analysis.model, &analysis.boundaries, &focus));
    match found {
        Some(thing) if quietly => set_selection(&mut document, Some(thing)),
        Some(thing) => visit(&mut document, thing, false, generation, tools),
        None => {}
    }
    document.violation = violation;
    state.document = Some(document);
    if let Some(document) = &mut state.document {
        redraw(document, tools.measurer);
    }
    if !quietly && let Some(link) = state.link.take() {
        viewing::take_up(state, link.viewpoint, tools);
    }
    if let Some((drafting, seen)) = drafted {
        whatif::follow(state, drafting, &seen, tools);
    } else if state.center == Center::WhatIf {
        whatif::enter(state, tools);
    }
    if let Some(sketch) = sketched {
        sketching::follow(state, sketch, tools);
    } else if state.center == Center::Sketch {
        sketching::begin(state, tools);
    }
    // Another commit is no other state of what was compared.
    let shown = state.document.as_ref().map(|document| document.analysis.revision.clone());
    if let Some(seen) = seen.filter(|seen| Some(&seen.revision) == shown.as_ref()) {
        compare::follow(state, &seen, tools);
    }
    if let (Some(old), Some(document)) = (state.comparisons.wanted.take(), &state.document) {
        let (new, center) = (document.analysis.called(&document.analysis.revision), state.center);
        compare::ask(state, &old, &new, tools);
        state.center = center;
    }
}

/// The violation of the same identity in another analysis.
fn same_violation(before: &Analysis, index: usize, now: &Analysis) -> Option<usize> {
    let id = &before.verdict.violations.get(index)?.violation.id;
    now.verdict.violations.iter().position(|judged| judged.violation.id == *id)
}

/// Leaves, or asks first.
pub(crate) fn leave(state: &mut State, leaving: Leaving, tools: &Tools<'_>) {
    if has_unsaved(state) {
        state.overlay = Overlay::Unsaved(leaving);
    } else {
        go(state, leaving, tools);
    }
}

/// Keeps the window open while somebody is asked.
pub(crate) fn hold_window(state: &mut State, ctx: &egui::Context) {
    if ctx.input(|input| input.viewport().close_requested()) && has_unsaved(state) {
        ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        state.overlay = Overlay::Unsaved(Leaving::Quit);
    }
}

/// The answer to the question.
pub(crate) fn answered(state: &mut State, word: LastWord, tools: &Tools<'_>) {
    let Overlay::Unsaved(leaving) = std::mem::take(&mut state.overlay) else { return };
    let Some(document) = &mut state.document else { return };
    match word {
        LastWord::Drop => {
            document.rules_draft.revert(0.0);
            go(state, leaving, tools);
        }
        LastWord::Save => {
            sketch_text::save(document, tools);
            state.leaving = Some(leaving);
        }
    }
}

/// A file was written, or was not: then the workspace stays, with what is wrong.
pub(crate) fn saved(state: &mut State, path: &Path, is_written: bool, tools: &Tools<'_>) {
    if !path.ends_with(load::CONFIG) {
        return;
    }
    let Some(leaving) = state.leaving.take() else { return };
    if is_written {
        go(state, leaving, tools);
    } else {
        state.center = Center::Rules;
    }
}

fn has_unsaved(state: &State) -> bool {
    state.document.as_ref().is_some_and(|document| document.rules_draft.is_changed())
}

fn go(state: &mut State, leaving: Leaving, tools: &Tools<'_>) {
    match leaving {
        Leaving::Quit => tools.ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        Leaving::Close => close(state, tools),
        Leaving::Open(path) => open(state, path, tools),
    }
}
