//! The one writer of the window's state.
//!
//! In: an [`Action`], or a [`Message`] of the worker.  Out: the changed [`State`], jobs for the worker, and what only
//! egui can do (copy, theme, scale, quit).  Not here: drawing, and deciding what was meant by a click.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::action::Action;
use super::amending;
use super::amendment::Wish;
use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::command::Command;
use super::draft::Draft;
use super::drawing::{self, Drawing, Look, draw, fit};
use super::editing;
use super::finder::{Finder, Scope};
use super::history::History;
use super::lasso;
use super::launching;
use super::leaving::{self, Leaving, leave};
use super::relations::{self, Relations};
use super::state::{
    Arrival, Center, Counts, Document, Failure, Hover, Loading, Overlay, Screen, Side, State, node_name,
};
use super::style::ThemeChoice;
use super::tools::Tools;
use super::travel::{
    ask_for, change_view, move_selection, place_of, redraw, reveal, select, select_parent, set_selection,
    show_arrangement, show_reference, visit,
};
use super::worker::{Job, Message, NotWritten, Opened, carried_over};
use crate::analysis::Analysis;
use crate::edit::Change;
use crate::scene::address;
use crate::scene::map::{EdgeMode, Highlight, MapView};
use crate::scene::thing::Thing;

/// A dialog that says nothing so soon was not shown at all: rfd cannot tell the two apart.
const DIALOG_AT_LEAST: Duration = Duration::from_millis(300);

const SCALE_STEP: f32 = 0.1;

pub(crate) fn execute(state: &mut State, action: Action, tools: &Tools<'_>) {
    match action {
        Action::Run(command) => run(state, command, tools),
        Action::Open(path) => leave(state, Leaving::Open(path), tools),
        Action::Leave(word) => leaving::answered(state, word, tools),
        Action::PathTyped(typed) => {
            if state.completions.0 != typed {
                tools.worker.send(Job::Complete { typed: typed.clone() });
            }
            state.path_entry = typed;
            state.hint = None;
        }
        Action::ForgetRecent(path) => {
            state.settings.recent.retain(|recent| *recent != path);
            keep_settings(state, tools);
        }
        Action::ShowSide(side) => {
            state.center = Center::Map;
            state.side = side;
            state.side_open = true;
        }
        Action::DraftTyped(text) => with_draft(state, tools, |draft, now| draft.set(text, now)),
        Action::SetLevel(rule, level) => {
            let change = Change::SetLevel { rule: rule.to_owned(), level };
            with_draft(state, tools, |draft, now| draft.change(&change, now));
        }
        Action::ShowInRules(place) => {
            state.center = Center::Rules;
            with_draft(state, tools, |draft, _| draft.shown = Some(place));
        }
        Action::TakeTheirs => with_draft(state, tools, |draft, now| draft.take_theirs(now)),
        Action::KeepMine => with_draft(state, tools, |draft, _| draft.keep_mine()),
        Action::GroupViolations(grouping) => state.violation_grouping = grouping,
        Action::ToggleAccepted(index) => {
            with_document(state, |document| editing::toggle_accepted(document, index, tools));
        }
        Action::FilterViolations(typed) => state.violation_filter = typed,
        Action::CloseOverlay => {
            state.overlay = Overlay::None;
            with_document(state, |document| document.found.clear());
        }
        Action::Gather(thing) => with_document(state, |document| {
            if let Some(place) = document.gatherable(thing) {
                document.gather(place);
            }
        }),
        Action::GatherWithin(path) => with_document(state, |document| {
            document.lasso.armed = false;
            document.gather_all(lasso::caught(&document.arrangement, &path));
        }),
        Action::Prepare(wish) => amending::prepare(state, wish),
        Action::Amend => amending::make(state, tools),
        Action::OpenSpot(spot) => launching::open(state, spot, tools),
        Action::SetEditor(template) => {
            state.settings.editor = template;
            keep_settings(state, tools);
        }
        Action::DismissNotice => state.notice = None,
        Action::Copy(text) => tools.ctx.copy_text(text),
        Action::Select(thing) => with_document(state, |document| {
            document.violation = None;
            select(document, thing);
        }),
        Action::Visit(thing) => {
            state.center = Center::Map;
            state.side = Side::Inspector;
            with_document_and_motion(state, |document, animated, generation| {
                document.violation = None;
                visit(document, thing, animated, generation, tools);
            });
        }
        Action::VisitViolation(index) => visit_violation(state, index, tools),
        Action::ShowReference(index) => with_document(state, |document| show_reference(document, index)),
        Action::Toggle(place) => with_document_and_motion(state, |document, _, generation| {
            if document.is_expandable(place) {
                let mut view = document.view.clone();
                view.toggle(place);
                change_view(document, view, Arrival::Hold(place), generation, tools);
            }
        }),
        Action::Hover(thing) => {
            let now = tools.ctx.input(|input| input.time);
            with_document(state, |document| {
                if document.hover.as_ref().map(|hover| hover.thing) != thing {
                    document.hover = thing.map(|thing| Hover { thing, since: now, relations: None });
                }
            });
        }
        Action::ExplainHover => with_document(state, |document| {
            let Some(hover) = &mut document.hover else { return };
            let relations = relations::of(&document.analysis, &document.evidence, document.view.filter, hover.thing);
            hover.relations = Some(relations);
        }),
        Action::MarkFound(nodes) => with_document(state, |document| document.found = nodes.into_iter().collect()),
        Action::MoveSelection(direction) => {
            with_document_and_motion(state, |document, animated, _| move_selection(document, direction, animated));
        }
    }
    with_document(state, |document| redraw(document, tools.measurer));
}

/// Takes what the worker says.
pub(crate) fn receive(state: &mut State, message: Message, tools: &Tools<'_>) {
    match message {
        Message::Progress { generation, progress } => {
            if let Screen::Loading(loading) = &mut state.screen
                && generation == state.generation
            {
                loading.progress = Some(progress);
            }
        }
        Message::Opened { generation, result } => {
            let Screen::Loading(loading) = &state.screen else { return };
            if generation != state.generation {
                return;
            }
            let path = loading.path.clone();
            state.cancel = None;
            match result {
                Ok(opened) => {
                    show_opened(state, path, *opened, false, tools);
                    with_document(state, editing::analysed);
                }
                Err(message) => state.screen = Screen::Failed(Failure { path, message }),
            }
        }
        Message::Arranged { generation, view, arrangement } => {
            let animated = !state.settings.reduced_motion;
            with_document(state, |document| {
                if document.arranging == Some(generation) {
                    document.arranging = None;
                    document.view = view;
                    show_arrangement(document, arrangement, animated, tools.measurer);
                }
            });
        }
        Message::Changed(paths) => {
            if let Some(document) = &mut state.document {
                document.changed.extend(paths);
            }
            follow(state, tools);
        }
        Message::Unwatched(reason) => with_document(state, |document| document.unwatched = Some(reason)),
        Message::Followed { generation, result } => {
            let Some(document) = &mut state.document else { return };
            if document.following != Some(generation) {
                return;
            }
            document.following = None;
            // It may have begun before the window itself wrote a file.
            let is_overtaken = document.overtaken.take().is_some();
            match result {
                Ok(Some(opened)) => {
                    let (path, changed) = (document.path.clone(), std::mem::take(&mut document.changed));
                    show_opened(state, path, *opened, true, tools);
                    with_document(state, |document| document.changed = changed);
                }
                Ok(None) => {}
                // What is shown stays; the next change or a reload may end better.
                Err(message) => document.stale = Some(message),
            }
            if !is_overtaken {
                with_document(state, editing::analysed);
            }
            follow(state, tools);
        }
        Message::Judged { generation, outcome } => {
            with_document(state, |document| document.draft.judged(generation, outcome));
        }
        Message::Measured { analysis, metrics } => with_document(state, |document| {
            if Arc::ptr_eq(&document.analysis, &analysis) {
                document.metrics = Some(metrics);
            }
        }),
        Message::Completions { typed, folders } => state.completions = (typed, folders),
        Message::Picked { path, waited } => {
            state.dialog_open = false;
            match path {
                Some(path) => leave(state, Leaving::Open(path), tools),
                None if waited < DIALOG_AT_LEAST => {
                    state.hint =
                        Some("No folder dialog could be shown here: type or paste the path instead".to_owned());
                }
                None => {}
            }
        }
        Message::Written { path, result } => {
            if let Err(error) = result {
                state.hint = Some(format!("The settings in {} were not kept: {error}", path.display()));
            }
        }
        Message::Edited { path, result } => {
            let Some(document) = &mut state.document else { return };
            let is_stale = match &result {
                // Where nobody tells what changes on disk, this is the one who knows.
                Ok(()) => document.unwatched.is_some(),
                Err(failure) => *failure == NotWritten::ChangedMeanwhile,
            };
            let is_written = result.is_ok();
            editing::ended(document, &path, result);
            leaving::written(state, &path, is_written, tools);
            if is_stale {
                with_document(state, |document| document.changed.extend([path]));
                follow(state, tools);
            }
        }
        Message::Surveyed(survey) => launching::surveyed(state, survey),
        Message::Launched { spot, result } => launching::ended(state, &spot, result, tools),
        // Taken by the one who asked for it.
        Message::Screenshot(_) => {}
    }
}

fn run(state: &mut State, command: Command, tools: &Tools<'_>) {
    if !command.is_enabled(state) {
        return;
    }
    let animated = !state.settings.reduced_motion;
    match command {
        Command::OpenFolder => {
            if !state.dialog_open {
                state.dialog_open = true;
                tools.worker.pick_folder();
            }
        }
        Command::Reload => {
            let path = match &state.screen {
                Screen::Failed(failure) => Some(failure.path.clone()),
                _ => state.document.as_ref().map(|document| document.path.clone()),
            };
            if let Some(path) = path {
                open(state, path, tools);
            }
        }
        Command::Cancel => {
            stop(state);
            state.screen = if state.document.is_some() { Screen::Map } else { Screen::Welcome };
        }
        Command::CloseWorkspace => leave(state, Leaving::Close, tools),
        Command::BeginRules => {
            state.center = Center::Rules;
            with_draft(state, tools, Draft::begin);
        }
        Command::SaveRules => with_document(state, |document| editing::save_rules(document, tools)),
        Command::RevertRules => with_draft(state, tools, Draft::revert),
        Command::UndoEdit => with_document(state, |document| editing::undo(document, tools)),
        Command::RedoEdit => with_document(state, |document| editing::redo(document, tools)),
        Command::AllowEdge | Command::ForbidEdge | Command::ExceptEdge => {
            let selection = state.document.as_ref().and_then(|document| document.selection);
            if let Some(Thing::Edge { from, to }) = selection {
                let wish = match command {
                    Command::AllowEdge => Wish::Allow { from, to },
                    Command::ForbidEdge => Wish::Forbid { from, to },
                    _ => Wish::ExceptEdge { from, to },
                };
                amending::prepare(state, wish);
            }
        }
        Command::MakeBoundary => {
            with_document(state, |document| {
                if document.gathered.is_empty() {
                    let place = document.selection.and_then(|thing| document.gatherable(thing));
                    document.gathered.extend(place);
                }
            });
            amending::prepare(state, Wish::Boundary);
        }
        Command::OpenInEditor => {
            if let Some(spot) = state.document.as_ref().and_then(Document::spot) {
                launching::open(state, spot, tools);
            }
        }
        Command::ChooseEditor => launching::choose(state, tools),
        Command::Quit => leave(state, Leaving::Quit, tools),
        Command::Palette => state.overlay = Overlay::Finder(Finder::new(Scope::Everything)),
        Command::Search => state.overlay = Overlay::Finder(Finder::new(Scope::Code)),
        Command::Shortcuts => state.overlay = Overlay::Shortcuts,
        Command::Back | Command::Forward => {
            state.center = Center::Map;
            with_document_and_motion(state, |document, animated, generation| {
                let present = document.selection;
                let other = match command {
                    Command::Back => document.trail.back(present),
                    _ => document.trail.forward(present),
                };
                if let Some(selection) = other {
                    document.violation = None;
                    set_selection(document, selection);
                    if let Some(thing) = selection {
                        reveal(document, thing, animated, generation, tools);
                    }
                }
            });
        }
        Command::Undo | Command::Redo => with_document_and_motion(state, |document, _, generation| {
            let present = document.view.clone();
            let other = match command {
                Command::Undo => document.undo.back(present),
                _ => document.undo.forward(present),
            };
            if let Some(view) = other {
                let arrival = document.selection.and_then(Thing::place).map_or(Arrival::Stay, Arrival::Hold);
                ask_for(document, view, arrival, generation, tools);
            }
        }),
        Command::SelectParent => {
            with_document_and_motion(state, |document, animated, _| select_parent(document, animated));
        }
        Command::ClearSelection => with_document(state, clear),
        Command::Gather => {
            if let Some(thing) = state.document.as_ref().and_then(|document| document.selection) {
                execute(state, Action::Gather(thing), tools);
            }
        }
        Command::Lasso => with_document(state, |document| document.lasso.armed = !document.lasso.armed),
        Command::NextViolation | Command::PreviousViolation => {
            let Some(document) = &state.document else { return };
            let count = document.analysis.verdict.violations.len();
            let next = match (document.violation, command) {
                (Some(index), Command::NextViolation) => (index + 1) % count,
                (Some(index), _) => (index + count - 1) % count,
                (None, Command::NextViolation) => 0,
                (None, _) => count - 1,
            };
            visit_violation(state, next, tools);
        }
        Command::NextReference | Command::PreviousReference => with_document(state, |document| {
            let count = document.relations.references.len();
            let step = if command == Command::NextReference { 1 } else { count - 1 };
            show_reference(document, (document.reference + step) % count);
        }),
        Command::ZoomIn => with_document(state, |document| document.camera.zoom_by(1.25, animated)),
        Command::ZoomOut => with_document(state, |document| document.camera.zoom_by(0.8, animated)),
        Command::ZoomReset => with_document(state, |document| document.camera.zoom_reset(animated)),
        Command::Fit => with_document(state, |document| fit(document, animated)),
        Command::FitSelection => with_document(state, |document| {
            if let Some(rect) = document.selection.and_then(|thing| place_of(document, thing)) {
                document.camera.fit(rect, 4.0, animated);
            }
        }),
        Command::ToggleExpanded => {
            if let Some(place) = state.document.as_ref().and_then(Document::expandable_selection) {
                execute(state, Action::Toggle(place), tools);
            }
        }
        Command::ExpandToPackages => expand_to(state, 1, tools),
        Command::ExpandToLevel2 => expand_to(state, 2, tools),
        Command::ExpandToLevel3 => expand_to(state, 3, tools),
        Command::ExpandToLevel4 => expand_to(state, 4, tools),
        Command::ToggleEdges => switch(state, tools, |view| {
            view.edges = if view.edges == EdgeMode::All { EdgeMode::Quiet } else { EdgeMode::All };
        }),
        Command::ToggleTests => switch(state, tools, |view| view.filter.tests = !view.filter.tests),
        Command::ToggleInactive => switch(state, tools, |view| view.filter.inactive = !view.filter.inactive),
        Command::ShowMap | Command::ShowMatrix => {
            state.center = Center::Map;
            let drawing = if command == Command::ShowMatrix { Drawing::Matrix } else { Drawing::Map };
            with_document(state, |document| drawing::change(document, drawing, tools.measurer));
        }
        Command::TurnMatrix => with_document(state, |document| drawing::turn(document, tools.measurer)),
        Command::ShowRules => state.center = Center::Rules,
        Command::ShowInspector => execute(state, Action::ShowSide(Side::Inspector), tools),
        Command::ShowViolations => execute(state, Action::ShowSide(Side::Violations), tools),
        Command::ShowNotes => execute(state, Action::ShowSide(Side::Notes), tools),
        Command::ToggleSidePanel => state.side_open = !state.side_open,
        Command::ThemeDark => set_theme(state, ThemeChoice::Dark, tools),
        Command::ThemeLight => set_theme(state, ThemeChoice::Light, tools),
        Command::ThemeSystem => set_theme(state, ThemeChoice::System, tools),
        Command::ToggleTheme => {
            let other = match tools.ctx.theme() {
                egui::Theme::Dark => ThemeChoice::Light,
                egui::Theme::Light => ThemeChoice::Dark,
            };
            set_theme(state, other, tools);
        }
        Command::ToggleMotion => {
            state.settings.reduced_motion = !state.settings.reduced_motion;
            keep_settings(state, tools);
        }
        Command::LargerText => set_scale(state, state.settings.scale + SCALE_STEP, tools),
        Command::SmallerText => set_scale(state, state.settings.scale - SCALE_STEP, tools),
        Command::NormalText => set_scale(state, 1.0, tools),
        Command::CopyPath => {
            if let Some((document, thing)) = state.document.as_ref().and_then(|it| Some((it, it.selection?))) {
                let text = match thing {
                    Thing::Edge { from, to } => {
                        format!("{} -> {}", document.name_of(from.into()), document.name_of(to.into()))
                    }
                    _ => document.name_of(thing),
                };
                tools.ctx.copy_text(text);
            }
        }
    }
}

/// The last thing that was begun, one by one.
fn clear(document: &mut Document) {
    if !document.lasso.is_idle() {
        document.lasso = Default::default();
    } else if !document.gathered.is_empty() {
        document.gathered.clear();
    } else {
        document.violation = None;
        select(document, None);
    }
}

fn with_document(state: &mut State, change: impl FnOnce(&mut Document)) {
    if let Some(document) = &mut state.document {
        change(document);
    }
}

/// With the time, in egui's seconds.
fn with_draft(state: &mut State, tools: &Tools<'_>, change: impl FnOnce(&mut Draft, f64)) {
    let now = tools.ctx.input(|input| input.time);
    with_document(state, |document| change(&mut document.draft, now));
}

/// With whether to animate, and a fresh number for what is asked of the worker.
fn with_document_and_motion(state: &mut State, change: impl FnOnce(&mut Document, bool, u64)) {
    let animated = !state.settings.reduced_motion;
    let generation = state.next_generation();
    with_document(state, |document| change(document, animated, generation));
}

/// Back to the first screen.
pub(crate) fn close(state: &mut State, tools: &Tools<'_>) {
    stop(state);
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
    tools.worker.send(Job::Open { generation, path, cancel });
}

/// Analyses again what changed since the last time, one run at a time.
fn follow(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map {
        return;
    }
    let generation = state.next_generation();
    let cancel = Arc::new(AtomicBool::new(false));
    let Some(document) = &mut state.document else { return };
    if document.following.is_some() || document.changed.is_empty() {
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

/// Has the draft of riprap.toml judged where it is looked at and nobody types.
pub(crate) fn judge_draft(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map || state.center != Center::Rules {
        return;
    }
    let now = tools.ctx.input(|input| input.time);
    let Some(document) = &mut state.document else { return };
    let generation = state.generation + 1;
    if let Some((text, cancel)) = document.draft.due(now, generation) {
        state.generation = generation;
        let analysis = Arc::clone(&document.analysis);
        tools.worker.send(Job::Judge { generation, text, cancel, now: analysis });
    } else if let Some(pause) = document.draft.pause(now) {
        tools.ctx.request_repaint_after_secs(pause as f32);
    }
}

/// Ends what is being analysed; its answer will be stale.
fn stop(state: &mut State) {
    if let Some(cancel) = state.cancel.take() {
        cancel.store(true, Ordering::Relaxed);
    }
    state.next_generation();
}

/// `quietly`: the view was carried over already, and the camera stays.
fn show_opened(state: &mut State, path: PathBuf, opened: Opened, quietly: bool, tools: &Tools<'_>) {
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
    state.settings.remember(&analysis.root);
    keep_settings(state, tools);

    if let Overlay::Finder(finder) = &mut state.overlay {
        finder.forget();
    }
    // A reload keeps what was looked at, as far as it is still there.
    let before = state.document.take().filter(|document| document.analysis.root == analysis.root);
    let evidence = relations::evidence(&analysis);
    let mut document = Document {
        path,
        evidence,
        counts,
        metrics: None,
        view,
        arrangement,
        look: Look::new(state.drawing),
        picture: Picture::default(),
        legend: Picture::default(),
        meanings: Vec::new(),
        highlight: Highlight::default(),
        found: Default::default(),
        gathered: Default::default(),
        lasso: Default::default(),
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
        draft: Draft::new(analysis.config.as_ref().map(|file| &*file.text)),
        analysis,
    };
    tools.worker.send(Job::Measure { analysis: Arc::clone(&document.analysis) });
    draw(&mut document, tools.measurer);
    state.screen = Screen::Map;
    let generation = state.next_generation();
    let focus = match &before {
        Some(before) => before.selection.map(|thing| before.name_of(thing)),
        None => state.focus.take(),
    };
    let mut violation = None;
    if let Some(before) = before {
        document.look = before.look.clone();
        document.camera = before.camera.clone();
        document.placed = before.placed;
        document.edits = before.edits.clone();
        document.edited = before.edited.clone();
        document.draft = before.draft.clone();
        document.gather_again(&before);
        violation = before.violation.and_then(|index| same_violation(&before.analysis, index, &document.analysis));
        if quietly {
            document.unwatched = before.unwatched.clone();
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
    with_document(state, |document| redraw(document, tools.measurer));
}

/// The violation of the same identity in another analysis.
fn same_violation(before: &Analysis, index: usize, now: &Analysis) -> Option<usize> {
    let id = &before.verdict.violations.get(index)?.violation.id;
    now.verdict.violations.iter().position(|judged| judged.violation.id == *id)
}

fn visit_violation(state: &mut State, index: usize, tools: &Tools<'_>) {
    state.center = Center::Map;
    state.side_open = true;
    let from_list = state.side == Side::Violations;
    if !from_list {
        state.side = Side::Inspector;
    }
    with_document_and_motion(state, |document, animated, generation| {
        let Some(judged) = document.analysis.verdict.violations.get(index) else { return };
        let model = &document.analysis.model;
        let violation = &judged.violation;
        let first = violation.references.first().map(|id| model.reference(*id));
        let thing = match first {
            Some(reference) => {
                let edge = model.edge(reference.edge);
                Some(Thing::edge(edge.from, edge.to))
            }
            None => violation.from_node.or_else(|| model.find(&violation.from)).map(Thing::Node),
        };
        let Some(thing) = thing else { return };
        visit(document, thing, animated, generation, tools);
        document.violation = Some(index);
        let evidence = document
            .relations
            .references
            .iter()
            .position(|id| document.evidence.get(id).is_some_and(|violations| violations.contains(&index)));
        show_reference(document, evidence.unwrap_or(0));
    });
}

fn expand_to(state: &mut State, level: u32, tools: &Tools<'_>) {
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        view.expand_to_level(&document.analysis.model, level);
        change_view(document, view, Arrival::Fit, generation, tools);
    });
}

fn switch(state: &mut State, tools: &Tools<'_>, change: impl FnOnce(&mut MapView)) {
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        change(&mut view);
        change_view(document, view, Arrival::Stay, generation, tools);
    });
}

fn set_theme(state: &mut State, theme: ThemeChoice, tools: &Tools<'_>) {
    state.settings.theme = theme;
    tools.ctx.set_theme(theme.preference());
    keep_settings(state, tools);
}

fn set_scale(state: &mut State, scale: f32, tools: &Tools<'_>) {
    let scale = (scale.clamp(0.6, 2.5) * 10.0).round() / 10.0;
    state.settings.scale = scale;
    tools.ctx.set_zoom_factor(scale);
    keep_settings(state, tools);
}

fn keep_settings(state: &State, tools: &Tools<'_>) {
    if let Some(path) = tools.settings_file {
        tools.worker.send(Job::Write { path: path.clone(), bytes: state.settings.to_text().into_bytes() });
    }
}
