//! The level of each child of one container.
//!
//! In: the arcs between children, and the levels they had.  Out: levels in which as little as possible points upwards.
//! Not here: places within a level.

use crate::order::{self, Edge};

use super::tree::Arc;

/// Levels for the children `0..n`, from nothing: the cheapest arcs turn upwards, all others go down.
pub(super) fn fresh_levels(n: u32, arcs: &[Arc], exact_limit: usize) -> Vec<u32> {
    let edges: Vec<Edge> = arcs.iter().map(|arc| (arc.from, arc.to, arc.cost)).collect();
    let feedback = order::feedback_within(n, &edges, exact_limit);
    let kept: Vec<Edge> =
        (0..edges.len()).filter(|edge| feedback.cut.binary_search(edge).is_err()).map(|edge| edges[edge]).collect();
    let mut levels = order::levels(n, &kept);
    order::tighten(n, &kept, &mut levels);
    levels
}

/// Levels near to those of `before`: a child leaves its level only if the arcs that point down leave no other way.
///
/// May be negative, and have gaps; only the order of levels has a meaning.
pub(super) fn near_levels(n: u32, arcs: &[Arc], before: &[Option<i64>], exact_limit: usize) -> Vec<i64> {
    let wanted = wanted_levels(arcs, before);
    // The order before decides every tie, and turning an arc around must be worth a tenth of its cost.
    let mut by_level: Vec<u32> = (0..n).collect();
    by_level.sort_by_key(|&child| (std::cmp::Reverse(wanted[child as usize]), child));
    let mut place = vec![0u32; n as usize];
    for (position, &child) in by_level.iter().enumerate() {
        place[child as usize] = position as u32;
    }
    let edges: Vec<Edge> = arcs
        .iter()
        .map(|arc| {
            let went_down = match (before[arc.from as usize], before[arc.to as usize]) {
                (Some(from), Some(to)) => from > to,
                _ => false,
            };
            let bias = if went_down { 11 } else { 10 };
            (place[arc.from as usize], place[arc.to as usize], arc.cost.saturating_mul(bias))
        })
        .collect();
    let feedback = order::feedback_within(n, &edges, exact_limit);
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    let mut users: Vec<Vec<u32>> = vec![Vec::new(); n as usize];
    for (_, arc) in arcs.iter().enumerate().filter(|(index, _)| feedback.cut.binary_search(index).is_err()) {
        targets[arc.from as usize].push(arc.to);
        users[arc.to as usize].push(arc.from);
    }
    let users_first: Vec<u32> = feedback.order.iter().map(|&position| by_level[position as usize]).collect();

    let mut pushed_up = wanted.clone();
    for &child in users_first.iter().rev() {
        let highest = targets[child as usize].iter().map(|&target| pushed_up[target as usize] + 1).max();
        pushed_up[child as usize] = pushed_up[child as usize].max(highest.unwrap_or(i64::MIN));
    }
    let mut pushed_down = wanted;
    for &child in &users_first {
        let lowest = users[child as usize].iter().map(|&user| pushed_down[user as usize] - 1).min();
        pushed_down[child as usize] = pushed_down[child as usize].min(lowest.unwrap_or(i64::MAX));
    }
    let moved =
        |levels: &[i64]| levels.iter().zip(before).filter(|(level, old)| old.is_some_and(|it| it != **level)).count();
    if moved(&pushed_down) < moved(&pushed_up) { pushed_down } else { pushed_up }
}

/// The levels before; what is new stands above what it uses, or below what uses it.
fn wanted_levels(arcs: &[Arc], before: &[Option<i64>]) -> Vec<i64> {
    let mut above: Vec<Option<i64>> = vec![None; before.len()];
    let mut below: Vec<Option<i64>> = vec![None; before.len()];
    for arc in arcs {
        let (from, to) = (arc.from as usize, arc.to as usize);
        if let Some(level) = before[to] {
            above[from] = above[from].max(Some(level + 1));
        }
        if let Some(level) = before[from] {
            below[to] = Some(below[to].map_or(level - 1, |known| known.min(level - 1)));
        }
    }
    before
        .iter()
        .zip(above.iter().zip(&below))
        .map(|(old, (above, below))| old.or(*above).or(*below).unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(text: &str) -> Vec<Arc> {
        let end = |it: &str| it.trim().parse().unwrap();
        let arc = |line: &str| {
            let (ends, cost) = line.split_once(':').unwrap_or((line, "10"));
            let (from, to) = ends.split_once('>').unwrap();
            Arc { from: end(from), to: end(to), cost: cost.trim().parse().unwrap() }
        };
        text.split(',').map(arc).collect()
    }

    #[test]
    fn the_cheap_arc_of_a_ring_points_up() {
        assert_eq!(fresh_levels(3, &arcs("0>1, 1>2, 2>0:1"), 13), [2, 1, 0]);
    }

    #[test]
    fn levels_stay_when_an_arc_agrees_with_them() {
        let before = [Some(5), Some(3), Some(1)];
        assert_eq!(near_levels(3, &arcs("0>1, 0>2"), &before, 13), [5, 3, 1]);
    }

    #[test]
    fn the_fewest_leave_their_level_for_a_new_arc() {
        // 3 shall now use 0: either 3 rises above 0, or 0 and all below it sink.
        let before = [Some(2), Some(1), Some(0), Some(1)];
        assert_eq!(near_levels(4, &arcs("0>1, 1>2, 3>0"), &before, 13), [2, 1, 0, 3]);
    }

    #[test]
    fn what_is_new_and_used_stands_below_its_users() {
        assert_eq!(near_levels(2, &arcs("0>1"), &[Some(0), None], 13), [0, -1]);
    }

    #[test]
    fn a_ring_that_closes_keeps_the_old_direction() {
        let before = [Some(1), Some(0)];
        assert_eq!(near_levels(2, &arcs("0>1:100, 1>0:105"), &before, 13), [1, 0]);
        assert_eq!(near_levels(2, &arcs("0>1:100, 1>0:200"), &before, 13), [1, 2]);
    }
}
