//! Changes of the state that an action and a command share.
//!
//! In: the state.  Out: the state, and jobs for the worker.  A part of `execute`, the one writer of state.

use super::command::Command;
use super::map_commands;
use super::motion::Arrival;
use super::rules_draft::RulesDraft;
use super::state::{Document, Side, State};
use super::style::{self, ThemeChoice};
use super::tiling;
use super::tools::Tools;
use super::travel::{change_view, select, show_reference, visit};
use crate::scene::thing::{Place, Thing};

/// The last thing that was begun, one by one.
pub(super) fn clear(document: &mut Document) {
    if !document.lasso.is_idle() {
        document.lasso = Default::default();
    } else if !document.gathered.is_empty() {
        document.gathered.clear();
    } else if !document.found.is_empty() {
        document.found.clear();
    } else if document.blasting.is_some() {
        document.blasting = None;
    } else {
        document.violation = None;
        select(document, None);
    }
}

pub(super) fn with_document(state: &mut State, change: impl FnOnce(&mut Document)) {
    if let Some(document) = &mut state.document {
        change(document);
    }
}

/// With the time, in egui's seconds.
pub(super) fn with_rules_draft(state: &mut State, tools: &Tools<'_>, change: impl FnOnce(&mut RulesDraft, f64)) {
    with_document(state, |document| change(&mut document.rules_draft, tools.now()));
}

/// With whether to animate, and a fresh number for what is asked of the worker.
pub(super) fn with_document_and_motion(state: &mut State, change: impl FnOnce(&mut Document, bool, u64)) {
    let animated = !state.settings.reduced_motion;
    let generation = state.next_generation();
    with_document(state, |document| change(document, animated, generation));
}

pub(super) fn visit_violation(state: &mut State, index: usize, tools: &Tools<'_>) {
    tiling::show_canvas(state, tools);
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

/// Does what a command says of what the map shows.
pub(super) fn switch(state: &mut State, command: Command, tools: &Tools<'_>) {
    let Some((arrival, change)) = map_commands::of_view(command) else { return };
    with_document_and_motion(state, |document, _, generation| {
        let mut view = document.view.clone();
        change(&document.analysis.model, &mut view);
        change_view(document, view, arrival, generation, tools);
    });
}

pub(super) fn set_theme(state: &mut State, theme: ThemeChoice, tools: &Tools<'_>) {
    state.settings.theme = theme;
    style::choose(tools.ctx, theme);
    tools.keep_settings(&state.settings);
}

pub(super) fn set_scale(state: &mut State, scale: f32, tools: &Tools<'_>) {
    let scale = (scale.clamp(0.6, 2.5) * 10.0).round() / 10.0;
    state.settings.scale = scale;
    tools.ctx.set_zoom_factor(scale);
    tools.keep_settings(&state.settings);
}

/// Shows one of the panels beside the map.
pub(super) fn show_side(state: &mut State, side: Side, tools: &Tools<'_>) {
    tiling::show_canvas(state, tools);
    state.side = side;
    state.side_open = true;
}

/// Takes a thing up to make something of it, or lets it go.
pub(super) fn gather(document: &mut Document, thing: Thing) {
    if let Some(place) = document.gatherable(thing) {
        document.gather(place);
    }
}

/// Opens or closes a box.
pub(super) fn toggle(state: &mut State, place: Place, tools: &Tools<'_>) {
    with_document_and_motion(state, |document, _, generation| {
        if document.is_expandable(place) {
            let mut view = document.view.clone();
            view.toggle(place);
            change_view(document, view, Arrival::Hold(place), generation, tools);
        }
    });
}
