//! What each command does.
//!
//! In: a [`Command`].  Out: the changed [`State`].  A part of `execute`, the one writer of state.  Not here: when a command is
//! possible (`availability`).

use std::sync::Arc;

use super::amending;
use super::amendment::Wish;
use super::blasting;
use super::changes::{
    clear, gather, set_scale, set_theme, show_side, switch, toggle, visit_violation, with_document,
    with_document_and_motion, with_rules_draft,
};
use super::command::Command;
use super::compare;
use super::drawing::{self, fit};
use super::editing;
use super::finder::{Finder, Scope};
use super::launching;
use super::leaving::Leaving;
use super::linking;
use super::look::Drawing;
use super::mail::Job;
use super::map_commands;
use super::motion::Arrival;
use super::naming;
use super::opening::{leave, open, stop};
use super::pane::Pane;
use super::pinning;
use super::portraying;
use super::rewinding;
use super::rules_draft::RulesDraft;
use super::sketch_commands;
use super::sketch_text;
use super::sketching;
use super::splitting;
use super::state::{Document, Overlay, Screen, Side, State};
use super::style::{self, ThemeChoice};
use super::tiling;
use super::tools::Tools;
use super::travel::{ask_for, place_of, reveal, select_parent, set_selection, show_reference};
use super::trying;
use super::whatif;
use crate::export::film;
use crate::scene::thing::Thing;

const SCALE_STEP: f32 = 0.1;

pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) {
    if !command.is_enabled(state) {
        return;
    }
    let is_loading = matches!(state.screen, Screen::Loading(_));
    let is_done = |state: &mut State| {
        compare::run(state, command, tools)
            || whatif::run(state, command, tools)
            || sketch_commands::run(state, command, tools)
    };
    if !is_loading && is_done(state) {
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
        Command::SketchBoundaries => sketching::begin(state, tools),
        Command::BeginRules => {
            tiling::show(state, Pane::Rules, tools);
            with_rules_draft(state, tools, RulesDraft::begin);
        }
        Command::ProposeRules => {
            tiling::show(state, Pane::Rules, tools);
            let generation = state.next_generation();
            with_document(state, |document| {
                document.rules_draft.propose(generation);
                let analysis = Arc::clone(&document.analysis);
                tools.worker.send(Job::Propose { generation, analysis });
            });
        }
        Command::SaveRules => with_document(state, |document| sketch_text::save(document, tools)),
        Command::RevertRules => with_rules_draft(state, tools, RulesDraft::revert),
        Command::TryRules => trying::begin(state, tools),
        Command::SaveView => naming::prepare(state),
        Command::ShowViews => state.overlay = Overlay::Views,
        Command::CopyLink => linking::copy(state, tools),
        Command::ExportPicture => portraying::prepare(state, None, tools),
        Command::SaveFilm => portraying::prepare(state, Some(film::Format::Html), tools),
        Command::CopyPng | Command::CopySvg => portraying::copy(state, command, tools),
        Command::OpenPicture | Command::OpenPictureFolder => portraying::open(state, command, tools),
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
        Command::FindWays | Command::FindReached => {
            let name = state.document.as_ref().and_then(|document| Some(document.query_name(document.selection?)));
            if let Some(name) = name {
                let typed = match command {
                    Command::FindWays => format!("path({name}, "),
                    _ => format!("kind:module reaches({name})"),
                };
                state.overlay = Overlay::Finder(Finder::asking(Scope::Code, typed));
            }
        }
        Command::Shortcuts => state.overlay = Overlay::Shortcuts,
        Command::Back | Command::Forward => {
            tiling::show_canvas(state, tools);
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
        Command::FocusMore => with_document(state, |document| document.hops = document.hops.more()),
        Command::FocusLess => with_document(state, |document| document.hops = document.hops.fewer()),
        Command::TogglePin => pinning::toggle(state, tools),
        Command::UnpinAll => pinning::let_all_go(state, tools),
        Command::ArrangeAnew => pinning::arrange_anew(state, tools),
        Command::ToggleMinimap => {
            state.settings.minimap = !state.settings.minimap;
            tools.keep_settings(&state.settings);
        }
        Command::Gather => {
            with_document(state, |document| {
                if let Some(thing) = document.selection {
                    gather(document, thing);
                }
            });
        }
        Command::Blast => {
            show_side(state, Side::Inspector, tools);
            with_document(state, blasting::toggle);
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
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            with_document(state, |document| map_commands::zoom(&mut document.canvas.camera, command, animated));
        }
        Command::Fit => with_document(state, |document| fit(document, animated)),
        Command::FitSelection => with_document(state, |document| {
            if let Some(rect) = document.selection.and_then(|thing| place_of(document, thing)) {
                document.canvas.camera.fit(rect, 4.0, animated);
            }
        }),
        Command::ToggleExpanded => {
            if let Some(place) = state.document.as_ref().and_then(Document::expandable_selection) {
                toggle(state, place, tools);
            }
        }
        Command::ExpandToPackages
        | Command::ExpandToLevel2
        | Command::ExpandToLevel3
        | Command::ExpandToLevel4
        | Command::ToggleEdges
        | Command::ToggleTests
        | Command::ToggleInactive => switch(state, command, tools),
        Command::ComparePicked => {
            if let Some((old, new)) = state.document.as_ref().and_then(|document| document.timeline.pair()) {
                compare::ask(state, &old.to_string(), &new.to_string(), tools);
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
        Command::SizeByLines
        | Command::SizeByItems
        | Command::ColourByChurn
        | Command::ColourByAge
        | Command::ColourByViolations
        | Command::ColourByOwner
        | Command::ColourByInstability
        | Command::ColourByLeak => {
            with_document(state, |document| drawing::choose(document, command, tools.measurer));
        }
        Command::TurnMatrix => with_document(state, |document| drawing::turn(document, tools.measurer)),
        Command::ShowMap => splitting::enter(state, Pane::MAP, tools),
        Command::ShowMatrix => splitting::enter(state, Pane::Canvas(Drawing::Matrix), tools),
        Command::ShowTreemap => splitting::enter(state, Pane::Canvas(Drawing::Treemap), tools),
        Command::ShowTimeline => splitting::enter(state, Pane::Timeline, tools),
        Command::ShowRules => splitting::enter(state, Pane::Rules, tools),
        Command::ShowWhatIf => splitting::enter(state, Pane::WhatIf, tools),
        Command::SplitRight
        | Command::SplitBelow
        | Command::CloseTile
        | Command::ReopenTile
        | Command::ResetLayout
        | Command::NextTile
        | Command::PreviousTile => splitting::run(state, command, tools),
        // Done where the draft is.
        Command::MoveTo
        | Command::CutEdge
        | Command::SplitOff
        | Command::MergeInto
        | Command::DropMoves
        | Command::SaveDraft
        | Command::CopyMoves
        | Command::WriteMoves
        | Command::WritePatch => {}
        Command::CompareWith => compare::prepare(state, tools),
        Command::ShowCompare => {
            tiling::show(state, Pane::Compare, tools);
            if state.comparisons.shown.is_none() && state.comparisons.asking.is_none() {
                compare::prepare(state, tools);
            }
        }
        // Done where the comparison is.
        Command::NextDifference | Command::PreviousDifference | Command::SwapRevisions | Command::SideBySide => {}
        Command::ShowInspector => show_side(state, Side::Inspector, tools),
        Command::ShowFindings => show_side(state, Side::Findings, tools),
        Command::ShowViolations => show_side(state, Side::Violations, tools),
        Command::ShowNotes => show_side(state, Side::Notes, tools),
        Command::Present => {
            state.presenting = !state.presenting;
            tools.ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(state.presenting));
        }
        Command::ToggleSidePanel => state.side_open = !state.side_open,
        Command::ThemeDark => set_theme(state, ThemeChoice::Dark, tools),
        Command::ThemeLight => set_theme(state, ThemeChoice::Light, tools),
        Command::ThemeDarkHighContrast => set_theme(state, ThemeChoice::DarkHighContrast, tools),
        Command::ThemeLightHighContrast => set_theme(state, ThemeChoice::LightHighContrast, tools),
        Command::ThemeSystem => set_theme(state, ThemeChoice::System, tools),
        Command::ToggleTheme => {
            set_theme(state, ThemeChoice::other(style::shown(tools.ctx)), tools);
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
