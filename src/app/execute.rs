//! The one writer of the window's state.
//!
//! In: an [`Action`], or a [`Message`] of the worker.  Out: the changed [`State`], jobs for the worker, and what only
//! egui can do (copy, theme, scale, quit).  Not here: drawing, and deciding what was meant by a click.

use std::sync::Arc;
use std::time::Duration;

use super::action::Action;
use super::amending;
use super::amendment::Wish;
use super::command::Command;
use super::compare;
use super::draft::Draft;
use super::drawing::{self, fit};
use super::editing;
use super::finder::{Finder, Scope};
use super::lasso;
use super::launching;
use super::leaving::Leaving;
use super::look::Drawing;
use super::motion::Arrival;
use super::opening::{answered, follow, leave, open, saved, show_opened, stop};
use super::relations;
use super::rewinding;
use super::state::{Center, Document, Failure, Hover, Overlay, Screen, Side, State};
use super::style::ThemeChoice;
use super::tools::Tools;
use super::travel::{
    ask_for, change_view, move_selection, place_of, redraw, reveal, select, select_parent, set_selection,
    show_arrangement, show_reference, visit,
};
use super::worker::{Job, Message, NotWritten};
use crate::edit::Change;
use crate::scene::map::{EdgeMode, MapView};
use crate::scene::thing::Thing;

/// A dialog that says nothing so soon was not shown at all: rfd cannot tell the two apart.
const DIALOG_AT_LEAST: Duration = Duration::from_millis(300);

const SCALE_STEP: f32 = 0.1;

pub(crate) fn execute(state: &mut State, action: Action, tools: &Tools<'_>) {
    match action {
        Action::Run(command) => run(state, command, tools),
        Action::Open(path) => leave(state, Leaving::Open(path), tools),
        Action::Leave(word) => answered(state, word, tools),
        Action::PathTyped(typed) => {
            if state.completions.0 != typed {
                tools.worker.send(Job::Complete { typed: typed.clone() });
            }
            state.path_entry = typed;
            state.hint = None;
        }
        Action::ForgetRecent(path) => {
            state.settings.recent.retain(|recent| *recent != path);
            tools.keep_settings(&state.settings);
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
        Action::ShowLineInRules(line) => {
            state.center = Center::Rules;
            with_draft(state, tools, |draft, _| draft.show_line(line));
        }
        Action::TakeTheirs => with_draft(state, tools, |draft, now| draft.take_theirs(now)),
        Action::KeepMine => with_draft(state, tools, |draft, _| draft.keep_mine()),
        Action::GroupViolations(grouping) => state.violation_grouping = grouping,
        Action::ToggleAccepted(index) => {
            with_document(state, |document| {
                if document.timeline.rewind.present.is_none() {
                    editing::toggle_accepted(document, index, tools);
                }
            });
        }
        Action::FilterViolations(typed) => state.violation_filter = typed,
        Action::Timeline(wish) => with_document(state, |document| rewinding::grant(document, wish, tools.now())),
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
        Action::Prepare(wish) => amending::prepare(state, wish, tools),
        Action::Amend => amending::make(state, tools),
        Action::OpenSpot(spot) => launching::open(state, spot, tools),
        Action::SetEditor(template) => {
            state.settings.editor = template;
            tools.keep_settings(&state.settings);
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
        Action::Compare { old, new } => compare::ask(state, &old, &new, tools),
        Action::VisitDifference(index) => compare::visit(state, index, tools),
        Action::SelectCompared(thing) => compare::select(state, thing),
        Action::HoverCompared(thing) => compare::hover(state, thing),
        Action::ToggleCompared(place) => compare::toggle(state, place, tools),
        Action::Fold(section) => {
            if let Some(shown) = &mut state.comparisons.shown {
                match shown.folded.iter().position(|folded| *folded == section) {
                    Some(index) => drop(shown.folded.remove(index)),
                    None => shown.folded.push(section),
                }
            }
        }
        Action::MoveSelection(direction) => {
            with_document_and_motion(state, |document, animated, _| move_selection(document, direction, animated));
        }
    }
    with_document(state, |document| redraw(document, tools.measurer));
    compare::redraw(state, tools.measurer);
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
        Message::CompareProgress { generation, progress } => compare::progressed(state, generation, progress),
        Message::Compared { generation, result } => compare::arrived(state, generation, result, tools),
        Message::ArrangedCompared { generation, view, compared } => {
            compare::arranged(state, generation, view, compared, tools);
        }
        Message::Suggested { path, landmarks } => {
            if state.comparisons.suggestions.path.as_ref() == Some(&path) {
                state.comparisons.suggestions.landmarks = Some(landmarks);
            }
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
        Message::Rewound { generation, result } => rewinding::rewound(state, generation, result, tools),
        Message::CommitsLookedAt { generation, progress } => rewinding::progressed(state, generation, progress),
        Message::History { generation, result } => rewinding::told(state, generation, result),
        Message::Judged { generation, outcome } => {
            amending::judged(state, generation, &outcome);
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
            saved(state, &path, is_written, tools);
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
    let is_loading = matches!(state.screen, Screen::Loading(_));
    if !is_loading && compare::run(state, command, tools) {
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
                amending::prepare(state, wish, tools);
            }
        }
        Command::MakeBoundary => {
            with_document(state, |document| {
                if document.gathered.is_empty() {
                    let place = document.selection.and_then(|thing| document.gatherable(thing));
                    document.gathered.extend(place);
                }
            });
            amending::prepare(state, Wish::Boundary, tools);
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
            with_document(state, |document| document.timeline.rewind.hurry());
            let drawing = if command == Command::ShowMatrix { Drawing::Matrix } else { Drawing::Map };
            with_document(state, |document| drawing::change(document, drawing, tools.measurer));
        }
        Command::ComparePicked => {
            if let Some((old, new)) = state.document.as_ref().and_then(|document| document.timeline.pair()) {
                execute(state, Action::Compare { old: old.to_string(), new: new.to_string() }, tools);
            }
        }
        Command::EarlierCommit
        | Command::LaterCommit
        | Command::FirstCommit
        | Command::LastCommit
        | Command::NextChange
        | Command::PreviousChange
        | Command::PlayHistory
        | Command::PickCommit
        | Command::WholeHistory
        | Command::CancelHistory
        | Command::ReturnFromCommit => {
            with_document(state, |document| rewinding::run(document, command, tools.now()));
        }
        Command::TurnMatrix => with_document(state, |document| drawing::turn(document, tools.measurer)),
        Command::ShowTimeline => state.center = Center::Timeline,
        Command::ShowRules => state.center = Center::Rules,
        Command::CompareWith => compare::prepare(state, tools),
        Command::ShowCompare => {
            state.center = Center::Compare;
            if state.comparisons.shown.is_none() && state.comparisons.asking.is_none() {
                compare::prepare(state, tools);
            }
        }
        // Done where the comparison is.
        Command::NextDifference | Command::PreviousDifference | Command::SwapRevisions | Command::SideBySide => {}
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
            tools.keep_settings(&state.settings);
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
    with_document(state, |document| change(&mut document.draft, tools.now()));
}

/// With whether to animate, and a fresh number for what is asked of the worker.
fn with_document_and_motion(state: &mut State, change: impl FnOnce(&mut Document, bool, u64)) {
    let animated = !state.settings.reduced_motion;
    let generation = state.next_generation();
    with_document(state, |document| change(document, animated, generation));
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
    tools.keep_settings(&state.settings);
}

fn set_scale(state: &mut State, scale: f32, tools: &Tools<'_>) {
    let scale = (scale.clamp(0.6, 2.5) * 10.0).round() / 10.0;
    state.settings.scale = scale;
    tools.ctx.set_zoom_factor(scale);
    tools.keep_settings(&state.settings);
}
