//! Positions: a map of nested boxes in which dependencies point down.
//!
//! In: a comparable [`Request`] of boxes (with measured sizes) and edges, and optionally where things were before.
//! Out: a [`Placement`] with a rectangle for every box; an equal request gives an equal placement, so a caller may keep
//! one as long as its request does not change.  Not here: what a box is, text, colours, how an edge is drawn.
//!
//! Each container is arranged for itself, from the innermost out:
//!
//! 1. an edge counts between the two children of the lowest common ancestor of its ends (`tree`);
//! 2. the cheapest edges are turned around so that no cycle is left, violations before others, and every other edge
//!    goes from a higher to a lower level (`rank`);
//! 3. a level that is wider than the container shall be is wrapped into lines, small boxes are stacked beside large
//!    ones, and children without edges go into a block of their own (`rows`, `apart`, `wrap`);
//! 4. lines are ordered so that few edges cross (`crossing`), and boxes moved under what they are connected to
//!    (`across`);
//! 5. what a person has put somewhere is put there, and what was there makes way (`pin`).
//!
//! A container whose levels would make a tower has several short levels in one line, each a step lower than the one to
//! its left.  What was placed before keeps its level, line and order as far as the new edges allow (`newcomer`).
//! Growing and shrinking boxes never changes them: only a box or a connection that comes or goes does.

mod across;
mod apart;
mod arrange;
mod crossing;
mod geometry;
mod measure;
mod newcomer;
mod pin;
mod place;
mod placement;
mod rank;
mod request;
mod rows;
mod tree;
pub mod treemap;
mod wrap;

#[cfg(test)]
mod tests;

pub use geometry::{Rect, Size};
pub use place::place;
pub use placement::{Placement, Previous, Slot};
pub use request::{BoxRequest, EdgeRequest, Options, Request};
