//! First boundaries: what commands mean there.
//!
//! In: a [`Command`] while the step is on the screen.  Out: whether it is possible, and the changed state.  A part of
//! `execute`, the one writer of state.  Not here: what hands do (`sketching`).

use super::command::Command;
use super::finder::{Finder, Scope};
use super::map_commands;
use super::pane::Pane;
use super::sketch::Sketch;
use super::sketch_text;
use super::sketching::{self, choose, fit, gather, set_plan, sketch, toggle, with, with_view};
use super::state::{Overlay, Screen, State};
use super::tools::Tools;
use crate::model::WORKSPACE;
use crate::scene::thing::Thing;

/// Whether a command would do something; `None` for one that is not about the step, or while another view is shown.
pub(super) fn is_enabled(state: &State, command: Command) -> Option<bool> {
    if state.screen != Screen::Map || state.tiles.focused != Pane::Sketch {
        return None;
    }
    let document = state.document.as_ref()?;
    let sketch = document.sketch.as_deref()?;
    let is_box = sketch.selection.is_some_and(|thing| thing.place().is_some());
    Some(match command {
        Command::Undo => sketch.undo.can_go_back(),
        Command::Redo => sketch.undo.can_go_forward(),
        Command::MoveTo | Command::MakeBoundary => is_box || !sketch.gathered.is_empty(),
        Command::MergeInto => sketch.chosen.is_some() && sketch.plan.as_ref().is_some_and(|plan| plan.parts.len() > 1),
        Command::Gather => is_box,
        Command::Lasso | Command::Fit | Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            sketch.laid.is_some()
        }
        Command::SelectParent | Command::FitSelection => sketch.selection.is_some(),
        Command::ToggleExpanded => sketch.selection.and_then(Thing::place).is_some_and(|it| sketch.is_expandable(it)),
        Command::ExpandToPackages
        | Command::ExpandToLevel2
        | Command::ExpandToLevel3
        | Command::ExpandToLevel4
        | Command::ToggleEdges
        | Command::ToggleTests
        | Command::ToggleInactive => sketch.is_settled(),
        Command::ClearSelection => {
            sketch.selection.is_some()
                || !sketch.gathered.is_empty()
                || !sketch.lasso.is_idle()
                || sketch.drag.is_some()
        }
        Command::SaveRules => {
            sketch.is_settled() && !sketch_text::is_apart(document) && document.rules_draft.is_changed()
        }
        Command::SaveView | Command::CopyPath | Command::OpenInEditor => false,
        _ => return None,
    })
}

/// Does a command while the step is on the screen; false for one that is not about it.
pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) -> bool {
    if state.tiles.focused != Pane::Sketch {
        return false;
    }
    let animated = !state.settings.reduced_motion;
    match command {
        Command::Undo | Command::Redo => {
            let Some(sketch) = sketch(state) else { return true };
            let Some(present) = sketch.plan.clone().map(|plan| (sketch.by, plan)) else { return true };
            let other = match command {
                Command::Undo => sketch.undo.back(present),
                _ => sketch.undo.forward(present),
            };
            if let Some((by, plan)) = other {
                sketch.by = by;
                set_plan(state, plan, tools);
            }
        }
        Command::MoveTo | Command::MergeInto => {
            let Some(sketch) = sketch(state) else { return true };
            let Some(plan) = &sketch.plan else { return true };
            let names = plan.parts.iter().map(|part| part.name.clone());
            let is_merge = command == Command::MergeInto;
            let names = names.filter(|name| !is_merge || sketch.chosen.as_ref() != Some(name)).collect();
            let scope = if is_merge { Scope::Merging } else { Scope::Boundaries };
            state.overlay = Overlay::Finder(Finder::among(scope, names));
        }
        Command::MakeBoundary => make_group(state, tools),
        Command::SaveRules => {
            if let Some(document) = &mut state.document {
                sketch_text::save(document, tools);
            }
        }
        Command::Gather => with(state, |sketch| {
            if let Some(thing) = sketch.selection {
                gather(sketch, thing);
            }
        }),
        Command::Lasso => with(state, |sketch| sketch.lasso.armed = !sketch.lasso.armed),
        Command::SelectParent => with(state, select_parent),
        Command::ZoomIn | Command::ZoomOut | Command::ZoomReset => {
            with(state, |sketch| map_commands::zoom(&mut sketch.camera, command, animated));
        }
        Command::Fit => with(state, |sketch| fit(sketch, animated)),
        Command::FitSelection => with(state, |sketch| {
            let rect = sketch.selection.zip(sketch.arrangement.as_ref());
            if let Some(rect) = rect.and_then(|(thing, arrangement)| arrangement.rect_of_thing(thing)) {
                sketch.camera.fit(rect, 4.0, animated);
            }
        }),
        Command::ToggleExpanded => {
            if let Some(place) = sketch(state).and_then(|sketch| sketch.selection?.place()) {
                toggle(state, place, tools);
            }
        }
        Command::ClearSelection => with(state, clear),
        _ => {
            let Some((arrival, change)) = map_commands::of_view(command) else { return false };
            with_view(state, tools, arrival, |laid, view| change(laid.model(), view));
        }
    }
    true
}

/// Makes a group of what is gathered, or else of what is selected, with a name that is free; the name can be typed at once.
fn make_group(state: &mut State, tools: &Tools<'_>) {
    let Some(sketch) = sketch(state) else { return };
    let first = sketch.gathered.iter().next().copied().or_else(|| sketch.selection.and_then(Thing::place));
    let (Some(first), Some(laid), Some(plan)) = (first, &sketch.laid, &sketch.plan) else { return };
    let node = first.node().filter(|node| *node != WORKSPACE);
    let like = node.map_or_else(|| "group".to_owned(), |node| laid.model().node(node).name.to_string());
    // The group that it is taken out of may have that name.
    let name = plan.free_name(&like);
    sketching::put_selection(state, &name, tools);
}

/// The last thing that was begun, one by one.
fn clear(sketch: &mut Sketch) {
    if sketch.drag.take().is_some() {
        return;
    }
    if !sketch.lasso.is_idle() {
        sketch.lasso = Default::default();
    } else if !sketch.gathered.is_empty() {
        sketch.gathered.clear();
    } else {
        sketch.selection = None;
        choose(sketch, None);
    }
}

fn select_parent(sketch: &mut Sketch) {
    let Some(arrangement) = &sketch.arrangement else { return };
    let cut = &arrangement.cut;
    let index = match sketch.selection {
        Some(Thing::Edge { from, .. }) => cut.find(from),
        Some(thing) => {
            let index = thing.place().and_then(|place| cut.box_at(place));
            index.and_then(|index| cut.boxes[index as usize].parent)
        }
        None => None,
    };
    sketch.selection = index.map(|index| arrangement.thing(index));
}
