//! One workspace at many revisions, each box in one place in all of them: what moves is what came or went.
//!
//! In: the model, the boundaries and the verdict of each revision, one at a time.  Out: [`Shot`]s, and from two that follow
//! each other a scene.  The places are those of all boxes and edges that there ever are, laid out once; an edge weighs as much
//! as it has references in all revisions together.  What was renamed is another box.  Not here: which revisions (`history`),
//! and bytes (`export`).

mod caption;
mod changes;
mod legend;
mod opened;
mod union;

use std::sync::Arc;

pub use caption::{Caption, INDENT, caption, strip};
pub use legend::legend;

use super::arrange::{Arrangement, Unplaced};
use crate::boundary::Boundaries;
use crate::model::Model;
use crate::scene::Scene;
use crate::theme::Measurer;
use crate::verdict::Verdict;
use opened::Opened;
use union::Union;

/// A revision as a film needs it.
#[derive(Debug)]
pub struct Seen {
    pub model: Arc<Model>,
    pub boundaries: Boundaries,
    pub verdict: Verdict,
}

/// A revision with the places of the whole film.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    pub map: Arrangement,
    /// By box: what it is called in all shots.
    ids: Vec<u32>,
    pub packages: usize,
    pub modules: usize,
}

/// Shoots `count` revisions; `look` gives each by its number, some of them more than once.
///
/// What is open is chosen by the first, the last, and the one with the most violations, which is `worst`.
///
/// # Errors
/// Those of `look`.
pub fn shoot<E>(
    count: usize,
    worst: usize,
    measurer: &Measurer,
    look: &mut dyn FnMut(usize) -> Result<Seen, E>,
) -> Result<Vec<Shot>, E> {
    let mut samples: Vec<usize> = [0, worst, count.saturating_sub(1)].into_iter().filter(|at| *at < count).collect();
    samples.sort_unstable();
    samples.dedup();
    let samples = samples.into_iter().map(&mut *look).collect::<Result<Vec<Seen>, E>>()?;
    let opened = Opened::of(&samples);
    drop(samples);
    let mut takes = Vec::with_capacity(count);
    for at in 0..count {
        let seen = look(at)?;
        let view = opened.view(&seen);
        let whole = (&*seen.model, &seen.boundaries, &seen.verdict);
        takes.push(Take {
            unplaced: Unplaced::new(whole, &view, measurer, &|_, _| {}),
            packages: seen.model.packages().count(),
            modules: seen.model.module_ids().count(),
        });
    }
    Ok(placed(takes, measurer))
}

struct Take {
    unplaced: Unplaced,
    packages: usize,
    modules: usize,
}

fn placed(takes: Vec<Take>, measurer: &Measurer) -> Vec<Shot> {
    let mut union = Union::default();
    // The order of the newest is that of the film; what is gone by then comes after it.
    let mut ids: Vec<Vec<u32>> = takes.iter().rev().map(|take| union.add(&take.unplaced)).collect();
    ids.reverse();
    let places = union.place();
    let mut shots: Vec<Shot> = takes
        .into_iter()
        .zip(ids)
        .map(|(take, ids)| {
            let Take { unplaced, packages, modules } = take;
            let (rects, upward) = places.of(&unplaced, &ids);
            Shot { map: unplaced.placed(&rects, places.size(), &upward, measurer), ids, packages, modules }
        })
        .collect();
    if let Some(bounds) = shots.iter().map(|shot| shot.map.bounds).reduce(|a, b| a.union(b)) {
        shots.iter_mut().for_each(|shot| shot.map.bounds = bounds);
    }
    shots
}

impl Shot {
    /// The picture, with what came and went since the shot before it.
    pub fn draw(&self, before: Option<&Self>) -> Scene {
        changes::draw(self, before)
    }
}
