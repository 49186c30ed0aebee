//! What speaks for a part, in a sentence that somebody can check.
//!
//! In: a plan, a model, what was changed together.  Out: the plan with its reasons: how many of the references between its
//! pieces and others stay inside, and what was changed together.  Not here: finding parts.

use super::ties::{Ties, Together};
use super::{By, Plan};
use crate::model::{Model, NodeId};

/// Adds to the reason of each part that consists of several pieces.
pub fn give_reasons(plan: &mut Plan, model: &Model, together: &[Together]) {
    let pieces: Vec<(usize, NodeId)> =
        plan.parts.iter().enumerate().flat_map(|(at, part)| part.code.iter().map(move |node| (at, *node))).collect();
    let part = |piece: usize| pieces[piece].0;
    let nodes: Vec<NodeId> = pieces.iter().map(|(_, node)| *node).collect();
    let mut inside = vec![0_u64; plan.parts.len()];
    let mut across = vec![0_u64; plan.parts.len()];
    for ((from, to), count) in Ties::of(model, &nodes).references {
        let is_aside = |piece: usize| plan.parts[part(piece)].by == By::Everywhere;
        if is_aside(from) || is_aside(to) {
            continue;
        }
        if part(from) == part(to) {
            inside[part(from)] += count;
        } else {
            across[part(from)] += count;
            across[part(to)] += count;
        }
    }
    let is_any_aside = plan.parts.iter().any(|part| part.by == By::Everywhere);
    let besides = if is_any_aside { ", what is set aside not counted" } else { "" };
    for (at, part) in plan.parts.iter_mut().enumerate().filter(|(_, part)| part.code.len() > 1) {
        let all = inside[at] + across[at];
        let mut said: Vec<String> = Vec::new();
        if let Some(share) = (inside[at] * 100).checked_div(all) {
            said.push(format!("{share} % of the references between these and others stay inside{besides}"));
        }
        let is_ours = |pair: &&Together| part.code.contains(&pair.a) && part.code.contains(&pair.b);
        let surest = together.iter().filter(is_ours).max_by_key(|pair| (pair.together, std::cmp::Reverse(pair.a)));
        if let Some(Together { a, b, of, together, lift }) = surest {
            let name = |node: &NodeId| &model.node(*node).name;
            let (a, b) = (name(a), name(b));
            said.push(format!("`{a}` changed with `{b}` in {together} of {of} commits, {lift:.1} times chance"));
        }
        if !said.is_empty() {
            let space = if part.why.is_empty() { "" } else { " " };
            part.why += &format!("{space}{}.", said.join("; "));
        }
    }
}
