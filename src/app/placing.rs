//! Where boxes of the map are in their containers, and which of them can be pinned.
//!
//! In: a document.  Out: answers.  Not here: pinning (`pinning`).

use super::state::Document;
use crate::scene::map::Pin;
use crate::scene::thing::Place;

/// Where a box is in its container.
pub(crate) fn pin_of(document: &Document, place: Place) -> Option<Pin> {
    let map = &document.arrangement;
    let index = map.cut.find(place)?;
    let corner = map.rects[index as usize].min;
    let container = map.cut.boxes[index as usize].parent.map(|parent| map.rects[parent as usize].min);
    let (x, y) = container.map_or((corner.x, corner.y), |from| (corner.x - from.x, corner.y - from.y));
    Some(Pin { x: x.round() as i32, y: y.round() as i32 })
}

/// The selected box, where it is shown itself.
pub(crate) fn pinnable(document: &Document) -> Option<Place> {
    let place = document.selection?.place()?;
    document.arrangement.cut.find(place).map(|_| place)
}
