//! What the boxes of a comparison say: what became of them, in words and numbers.
//!
//! In: a union, the visible boxes with their marks, and what the map would say.  Out: changed captions.  Not here: signs.

use super::marks::BoxMark;
use super::sign;
use crate::compare::{Fate, Union};
use crate::scene::map::cut::Cut;
use crate::scene::map::size::Caption;
use crate::scene::thing::Place;

pub(super) fn reword(union: &Union, cut: &Cut, marks: &[BoxMark], captions: &mut [Caption]) {
    for ((visible, mark), caption) in cut.boxes.iter().zip(marks).zip(captions) {
        caption.room = caption.room.max(sign::badges_width(mark) + sign::GAP);
        let node = visible.place.node();
        let counts = std::mem::take(&mut caption.counts);
        let words = match mark.fate {
            Fate::Added => vec!["new".to_owned(), counts],
            Fate::Removed => vec!["gone".to_owned(), counts],
            _ if !mark.within.is_empty() => {
                let signs = mark.within.in_signs();
                vec![was(union, visible.place), format!("{signs} of {counts}")]
            }
            Fate::Moved => vec![was(union, visible.place), counts],
            Fate::Changed => vec![counts, node.map_or_else(String::new, |node| growth(union.growth(node)))],
            Fate::Kept => vec![counts],
        };
        let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
        caption.counts = words.join(" · ");
    }
}

/// The earlier name; where the path is another one as well, only as much of it as differs.
fn was(union: &Union, place: Place) -> String {
    let Place::Node(node) = place else { return String::new() };
    let Some(was) = union.was(node).filter(|_| union.fate(node) == Fate::Moved) else { return String::new() };
    let now = union.model.path(node);
    let name = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    if name(was) == name(now) { format!("was {was}") } else { format!("was {}", name(was)) }
}

fn growth(lines: i64) -> String {
    match lines {
        0 => "edited".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => format!("−{}", -less),
    }
}
