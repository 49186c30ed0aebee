//! What the lines and signs of a comparison mean.
//!
//! In: a comparison, and what stands out in it.  Out: a [`Legend`].  Not here: where it is shown.

use super::{Compared, sign};
use crate::compare::Fate;
use crate::scene::map::badge;
use crate::scene::map::legend::{Entry, Mark, plate};
use crate::scene::map::{Highlight, Legend};
use crate::scene::shape::{Dash, Emphasis, Stroke};
use crate::theme::{Measurer, Role, line};
use crate::verdict::Standing;

pub(super) fn legend(compared: &Compared, highlight: &Highlight, width: f32, measurer: &Measurer) -> Legend {
    let mut entries = Vec::new();
    let has_box = |fate: Fate| {
        compared.boxes.iter().zip(&compared.map.cut.boxes).any(|(mark, visible)| mark.look(visible.open) == fate)
    };
    let has_edge = |fate: Fate| compared.edges.iter().any(|mark| mark.fate() == fate);
    let mut entry = |role, width, dash, mark: Mark, meaning| {
        entries.push(Entry { stroke: Stroke { role, width, dash }, mark, meaning });
    };
    for (fate, meaning, edges_count) in [
        (Fate::Added, "added", true),
        (Fate::Removed, "removed", true),
        (Fate::Changed, "changed", highlight.selection.is_some()),
        (Fate::Moved, "renamed or moved", false),
    ] {
        if has_box(fate) || (edges_count && has_edge(fate)) {
            let mark: Mark = Box::new(move |middle, shapes| sign::sign(fate, middle, None, Emphasis::Normal, shapes));
            entry(sign::role(fate), line::MEDIUM, sign::dash(fate), mark, meaning);
        }
    }
    for standing in Standing::ALL {
        if compared.edges.iter().any(|mark| mark.standing == Some(standing)) {
            let dash = if standing == Standing::Denied { Dash::Solid } else { Dash::Dashed };
            let mark: Mark =
                Box::new(move |middle, shapes| badge::on_edge(standing, middle, None, Emphasis::Normal, shapes));
            let meaning = match standing {
                Standing::Denied => "newly broken: denied",
                Standing::Warned => "newly broken: only warned of",
                Standing::Accepted => "newly broken: accepted",
            };
            entry(Role::Violation, line::THICK, dash, mark, meaning);
        }
    }
    let worse = compared.boxes.iter().any(|mark| mark.worse > 0);
    if worse && !compared.edges.iter().any(|mark| mark.worse > 0) {
        let badge: Mark = Box::new(sign::worse);
        entry(Role::Raised, 0.0, Dash::Solid, badge, "newly broken");
    }
    if compared.edges.iter().any(|mark| mark.fixed > 0) || compared.boxes.iter().any(|mark| mark.fixed > 0) {
        let mark: Mark = Box::new(|middle, shapes| sign::fixed(middle, None, Emphasis::Normal, shapes));
        entry(Role::Success, line::MEDIUM, Dash::Dotted, mark, "no longer broken");
    }
    plate(&entries, width, measurer)
}
