//! What stands out: how each box and each edge relates to what is selected and hovered.
//!
//! In: an arrangement and a highlight.  Out: a [`Focus`].  Not here: shapes and colours.

use super::arrange::Arrangement;
use super::{EdgeMode, Highlight, ring};
use crate::scene::shape::Emphasis;
use crate::scene::thing::Thing;
use crate::theme::Role;

/// How an edge relates to what is selected and hovered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    Plain,
    /// It ends at what is hovered.
    Near,
    /// It leads into the selected box.
    Caller,
    /// It leads out of the selected box.
    Callee,
    Selected,
    Hovered,
}

/// A highlight as it falls on one arrangement.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// By box.
    pub(super) boxes: Vec<Emphasis>,
    /// By edge; `None` for one that is not drawn.
    pub(super) edges: Vec<Option<(Relation, Emphasis)>>,
    pub(super) selected: Vec<u32>,
    pub(super) hovered: Vec<u32>,
    /// Boxes at the other ends of the selected box's edges.
    pub(super) callers: Vec<u32>,
    pub(super) callees: Vec<u32>,
    pub(super) found: Vec<u32>,
    pub(super) gathered: Vec<u32>,
    /// By box, how far a change is from it that reaches it; empty where nobody asked.
    pub(super) rings: Vec<Option<usize>>,
}

/// A highlighted thing in terms of one arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Nothing,
    Box(u32),
    /// All edges from within one box into another, whether the boxes are open or closed.
    Edges {
        from: u32,
        to: u32,
    },
}

impl Focus {
    /// Edges that nobody asked about are drawn where they say something of themselves.
    pub(super) fn new(map: &Arrangement, highlight: &Highlight) -> Self {
        let stands_out = |index: usize| {
            let edge = &map.edges[index];
            edge.upward || edge.is_open_violation() || map.mode == EdgeMode::All
        };
        Self::with(map, highlight, &stands_out)
    }

    /// `stands_out`: whether an edge is drawn that nobody asked about.
    pub(super) fn with(map: &Arrangement, highlight: &Highlight, stands_out: &dyn Fn(usize) -> bool) -> Self {
        let selection = target(map, highlight.selection);
        let hover = target(map, highlight.hover);
        let mut boxes = vec![Emphasis::Normal; map.cut.boxes.len()];
        let (mut callers, mut callees) = (Vec::new(), Vec::new());
        let mut edges = Vec::with_capacity(map.edges.len());
        for index in 0..map.edges.len() {
            let mut relation = relation_to_hover(map, index, hover);
            let to_selection = relation_to_selection(map, index, selection);
            match to_selection {
                Some(Relation::Caller) => callers.push(map.edges[index].from),
                Some(Relation::Callee) => callees.push(map.edges[index].to),
                _ => {}
            }
            if let Some(to_selection) = to_selection {
                relation = relation.max(to_selection);
            }
            let dimmed = to_selection.is_none() && relation == Relation::Plain;
            let emphasis = if dimmed { Emphasis::Dimmed } else { Emphasis::Normal };
            edges.push((stands_out(index) || relation > Relation::Plain).then_some((relation, emphasis)));
        }
        for list in [&mut callers, &mut callees] {
            list.sort_unstable();
            list.dedup();
        }
        let selected = match selection {
            Target::Nothing => Vec::new(),
            Target::Box(index) => vec![index],
            Target::Edges { from, to } => vec![from, to],
        };
        if selection != Target::Nothing {
            boxes.fill(Emphasis::Dimmed);
            for index in selected.iter().chain(&callers).chain(&callees) {
                map.cut.ancestors(*index).for_each(|around| boxes[around as usize] = Emphasis::Normal);
            }
            for index in &selected {
                boxes[*index as usize..map.ends[*index as usize] as usize].fill(Emphasis::Normal);
            }
        }
        let hovered = match hover {
            Target::Box(index) => vec![index],
            Target::Edges { from, to } => vec![from, to],
            Target::Nothing => Vec::new(),
        };
        // What the pointer is on can be read, whatever is selected.
        for index in &hovered {
            map.cut.ancestors(*index).for_each(|around| boxes[around as usize] = Emphasis::Normal);
        }
        let mut found: Vec<u32> = highlight.search.iter().filter_map(|node| map.cut.box_of(*node)).collect();
        found.sort_unstable();
        found.dedup();
        let gathered: Vec<u32> = highlight.gathered.iter().filter_map(|place| map.cut.find(*place)).collect();
        // What is gathered is looked at as a whole.
        for index in &gathered {
            map.cut.ancestors(*index).for_each(|around| boxes[around as usize] = Emphasis::Normal);
            boxes[*index as usize..map.ends[*index as usize] as usize].fill(Emphasis::Normal);
        }
        let rings = ring::of_boxes(map, &highlight.rings);
        ring::emphasize(map, &rings, &mut boxes);
        Self { boxes, edges, selected, hovered, callers, callees, found, gathered, rings }
    }

    pub(super) fn of_box(&self, index: u32) -> Emphasis {
        self.boxes[index as usize]
    }

    /// What is laid over a closed box; one wash says enough, the strongest.
    pub(super) fn wash(&self, index: u32) -> Option<Role> {
        let ring = self.rings.get(index as usize).copied().flatten();
        if self.selected.contains(&index) || self.gathered.contains(&index) {
            Some(Role::SelectedFill)
        } else if self.hovered.contains(&index) {
            Some(Role::HoverFill)
        } else if let Some(distance) = ring.filter(|distance| *distance > 0) {
            Some(ring::ring_role(distance))
        } else if self.found.binary_search(&index).is_ok() {
            Some(Role::SearchHitFill)
        } else {
            None
        }
    }
}

fn target(map: &Arrangement, thing: Option<Thing>) -> Target {
    match thing.and_then(|thing| map.shown(thing)) {
        None => Target::Nothing,
        Some(Thing::Edge { from, to }) => match (map.cut.find(from), map.cut.find(to)) {
            (Some(from), Some(to)) => Target::Edges { from, to },
            _ => Target::Nothing,
        },
        Some(thing) => thing.place().and_then(|place| map.cut.find(place)).map_or(Target::Nothing, Target::Box),
    }
}

/// `None` where the selection is about something else.
fn relation_to_selection(map: &Arrangement, index: usize, selection: Target) -> Option<Relation> {
    let edge = &map.edges[index];
    match selection {
        Target::Nothing => Some(Relation::Plain),
        Target::Edges { from, to } => {
            (map.is_within(edge.from, from) && map.is_within(edge.to, to)).then_some(Relation::Selected)
        }
        Target::Box(selected) => match (map.is_within(edge.from, selected), map.is_within(edge.to, selected)) {
            (false, true) => Some(Relation::Caller),
            (true, false) => Some(Relation::Callee),
            (true, true) => Some(Relation::Plain),
            (false, false) => None,
        },
    }
}

fn relation_to_hover(map: &Arrangement, index: usize, hover: Target) -> Relation {
    let edge = &map.edges[index];
    match hover {
        Target::Edges { from, to } if map.is_within(edge.from, from) && map.is_within(edge.to, to) => Relation::Hovered,
        Target::Box(hovered) if map.is_within(edge.from, hovered) != map.is_within(edge.to, hovered) => Relation::Near,
        _ => Relation::Plain,
    }
}

/// The relation decides the colour, unless a broken rule does.
pub(super) fn role_of(relation: Relation, violating: bool, upward: bool, test: bool) -> Role {
    match relation {
        _ if violating => Role::Violation,
        Relation::Selected => Role::Selected,
        Relation::Hovered | Relation::Near => Role::EdgeHover,
        Relation::Caller => Role::Caller,
        Relation::Callee => Role::Callee,
        Relation::Plain if upward => Role::Upward,
        Relation::Plain if test => Role::Test,
        Relation::Plain => Role::Edge,
    }
}
