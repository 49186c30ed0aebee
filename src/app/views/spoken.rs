//! The boxes of a picture as screen readers, and tests, are told of them.
//!
//! In: a picture, the eye on it, and what to say of each box.  Out: which boxes were asked to do what.  Not here: what follows.

use egui::accesskit::{Action as AccessAction, ActionData, CustomAction, Role as AccessRole};
use egui::{Id, Ui};

use crate::app::canvas::camera::Camera;
use crate::app::canvas::picture::Picture;
use crate::scene::thing::Thing;

/// No more boxes than this are told to screen readers.
const MOST_SPOKEN: usize = 200;

/// What is said of a box.
pub(super) struct Spoken {
    pub(super) label: String,
    pub(super) selected: bool,
}

/// What was asked of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Click,
    /// By its number among the offers.
    Offer(i32),
}

/// Tells which boxes are in sight; `offers` are what can be done with one beside selecting it.
pub(super) fn boxes(
    ui: &Ui,
    canvas: Id,
    (picture, camera): (&Picture, &Camera),
    offers: &[(i32, &str)],
    say: impl Fn(Thing) -> Spoken,
) -> Vec<(Thing, Asked)> {
    let visible = camera.visible();
    let in_sight = picture.boxes().iter().filter(|(_, rect)| rect.overlaps(visible));
    let mut asked = Vec::new();
    for (thing, rect) in in_sight.take(MOST_SPOKEN) {
        let id = canvas.with(thing);
        let bounds = camera.rect_to_screen(*rect).intersect(camera.canvas());
        let Spoken { label, selected } = say(*thing);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(AccessRole::TreeItem);
            node.set_label(label);
            node.set_selected(selected);
            node.set_bounds(egui::accesskit::Rect {
                x0: bounds.left().into(),
                y0: bounds.top().into(),
                x1: bounds.right().into(),
                y1: bounds.bottom().into(),
            });
            node.add_action(AccessAction::Click);
            if !offers.is_empty() {
                node.add_action(AccessAction::CustomAction);
            }
            for (id, description) in offers {
                node.push_custom_action(CustomAction { id: *id, description: (*description).into() });
            }
        });
        asked.extend(offers_taken(ui, id).into_iter().map(|offer| (*thing, Asked::Offer(offer))));
        if ui.input(|input| input.has_accesskit_action_request(id, AccessAction::Click)) {
            asked.push((*thing, Asked::Click));
        }
    }
    asked
}

fn offers_taken(ui: &Ui, id: Id) -> Vec<i32> {
    ui.input(|input| {
        let requests = input.accesskit_action_requests(id, AccessAction::CustomAction);
        requests
            .filter_map(|request| match request.data {
                Some(ActionData::CustomAction(id)) => Some(id),
                _ => None,
            })
            .collect()
    })
}
