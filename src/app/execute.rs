//! The one writer of the window's state.
//!
//! In: an [`Action`].  Out: the changed [`State`], jobs for the worker, and what only egui can do (copy, theme, scale, quit).
//! Not here: commands (`commanded`), what the worker says (`receive`), drawing, and deciding what was meant by a click.

use std::sync::Arc;

use super::action::Action;
use super::amending;
use super::changes::{
    gather, show_side, toggle, visit_violation, with_document, with_document_and_motion, with_rules_draft,
};
use super::command::Command;
use super::commanded::run;
use super::compare;
use super::editing;
use super::finding::{dismiss_finding, restore_findings, visit_finding};
use super::lasso;
use super::launching;
use super::leaving::Leaving;
use super::linking;
use super::mail::Job;
use super::naming;
use super::one_selection;
use super::opening::{answered, leave};
use super::pane::Pane;
use super::pinning;
use super::portraying;
use super::relations;
use super::rewinding;
use super::sketching;
use super::splitting;
use super::state::{Hover, Overlay, Side, State};
use super::tiling;
use super::tools::Tools;
use super::travel::{move_selection, redraw, select, show_all, show_beside, show_reference, visit};
use super::trying;
use super::viewing;
use super::whatif;
use crate::edit::Change;
use crate::viewpoint::link::is_link;

pub(crate) fn execute(state: &mut State, action: Action, tools: &Tools<'_>) {
    let before = one_selection::of(state);
    match action {
        Action::Run(command) => {
            run(state, command, tools);
            if command != Command::ExportPicture {
                // What an open dialog would write may be another picture now.
                portraying::changed(state, tools);
            }
        }
        Action::Open(path) if path.to_str().is_some_and(is_link) => {
            linking::follow(state, &path.to_string_lossy(), tools);
        }
        Action::FollowLink(text) => linking::follow(state, &text, tools),
        Action::OpenView(file) => {
            let viewpoint = state.document.as_ref().and_then(|it| it.named_view(&file)).map(|it| it.viewpoint.clone());
            if let Some(viewpoint) = viewpoint {
                state.overlay = Overlay::None;
                viewing::take_up(state, viewpoint, tools);
            }
        }
        Action::EditView(file) => naming::edit(state, &file),
        Action::DeleteView(file) => naming::delete(state, &file, tools),
        Action::SaveView => naming::save(state, tools),
        Action::Open(path) => leave(state, Leaving::Open(path), tools),
        Action::Leave(word) => answered(state, word, tools),
        Action::PathTyped(typed) => {
            if state.completions.0 != typed {
                tools.worker.send(Job::Complete { typed: typed.clone() });
            }
            state.path_entry = typed;
            state.hint = None;
        }
        Action::Complete(typed) => {
            if state.completions.0 != typed {
                tools.worker.send(Job::Complete { typed });
            }
        }
        Action::PictureChosen => portraying::changed(state, tools),
        Action::WritePicture { replace } => portraying::write(state, replace, tools),
        Action::PickPictureFile => portraying::pick(state, tools),
        Action::ForgetRecent(path) => {
            state.settings.recent.retain(|recent| *recent != path);
            tools.keep_settings(&state.settings);
        }
        Action::OpenSample(sample) => {
            state.hint = None;
            tools.worker.send(Job::LayOut(sample));
        }
        Action::ShowSide(side) => show_side(state, side, tools),
        Action::RulesTyped(text) => with_rules_draft(state, tools, |draft, now| draft.set(text, now)),
        Action::SetLevel(rule, level) => {
            let change = Change::SetLevel { rule: rule.to_owned(), level };
            with_rules_draft(state, tools, |draft, now| draft.change(&change, now));
        }
        Action::ShowInRules(place) => {
            tiling::show(state, Pane::Rules, tools);
            with_rules_draft(state, tools, |draft, _| draft.shown = Some(place));
        }
        Action::ShowLineInRules(line) => {
            tiling::show(state, Pane::Rules, tools);
            with_rules_draft(state, tools, |draft, _| draft.show_line(line));
        }
        Action::TakeTheirs => with_rules_draft(state, tools, |draft, now| draft.take_theirs(now)),
        Action::KeepMine => with_rules_draft(state, tools, |draft, _| draft.keep_mine()),
        Action::GroupViolations(grouping) => state.violation_grouping = grouping,
        Action::ToggleAccepted(index) => {
            with_document(state, |document| {
                if document.timeline.rewind.present.is_none() {
                    editing::toggle_accepted(document, index, tools);
                }
            });
        }
        Action::VisitFinding(index) => visit_finding(state, index, tools),
        Action::DismissFinding(identity) => dismiss_finding(state, identity, tools),
        Action::RestoreFindings => restore_findings(state, tools),
        Action::FilterViolations(typed) => state.violation_filter = typed,
        Action::Timeline(wish) => with_document(state, |document| rewinding::grant(document, wish, tools.now())),
        Action::Trial(wish) => with_document(state, |document| trying::grant(document, wish)),
        Action::CloseOverlay => {
            state.overlay = Overlay::None;
            with_document(state, |document| document.found.clear());
        }
        Action::Gather(thing) => with_document(state, |document| gather(document, thing)),
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
        Action::Select(thing) => {
            let animated = !state.settings.reduced_motion;
            with_document(state, |document| {
                document.violation = None;
                select(document, thing);
                show_beside(document, animated);
            });
        }
        Action::Visit(thing) if state.tiles.focused == Pane::WhatIf => whatif::go_to(state, thing, tools),
        Action::Visit(thing) => {
            tiling::show_canvas(state, tools);
            state.side = Side::Inspector;
            with_document_and_motion(state, |document, animated, generation| {
                document.violation = None;
                visit(document, thing, animated, generation, tools);
            });
        }
        Action::VisitViolation(index) => visit_violation(state, index, tools),
        Action::ShowReference(index) => with_document(state, |document| show_reference(document, index)),
        Action::Toggle(place) => toggle(state, place, tools),
        Action::Hover(on, thing) => {
            let now = tools.now();
            with_document(state, |document| {
                document.hover = thing.map(|thing| Hover { thing, on, since: now, relations: None });
            });
        }
        Action::Tiles(wish) => splitting::grant(state, wish, tools),
        Action::ExplainHover => with_document(state, |document| {
            let Some(hover) = &mut document.hover else { return };
            let relations = relations::of(&document.analysis, &document.evidence, document.view.filter, hover.thing);
            hover.relations = Some(relations);
        }),
        Action::Ask(typed) => {
            if let Some(document) = &state.document {
                tools.worker.query(Arc::clone(&document.analysis), typed);
            }
        }
        Action::MarkFound(nodes) => with_document(state, |document| document.found = nodes.into_iter().collect()),
        Action::ShowAll(nodes) => {
            tiling::show_canvas(state, tools);
            with_document_and_motion(state, |document, animated, generation| {
                show_all(document, &nodes, animated, generation, tools);
            });
        }
        Action::Draft(wish) => whatif::grant(state, wish, tools),
        Action::Sketch(wish) => sketching::grant(state, wish, tools),
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
        Action::Pin(place, pin) => pinning::pin(state, place, pin, tools),
        Action::Nudge(direction) => pinning::nudge(state, direction, tools),
        Action::MoveSelection(direction) => {
            with_document_and_motion(state, |document, animated, _| move_selection(document, direction, animated));
        }
    }
    one_selection::spread(state, &before);
    with_document(state, |document| redraw(document, tools.measurer));
    compare::redraw(state, tools.measurer);
    whatif::redraw(state, tools.measurer);
    sketching::redraw(state, tools.measurer);
}
