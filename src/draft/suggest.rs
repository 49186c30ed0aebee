//! Moves that would mend what is broken.
//!
//! In: today's state and a draft.  Out: [`Suggestion`]s: moves that were tried on the draft, after which less is denied,
//! nothing new is broken, and nothing stands against them.  What is tried comes from violations alone, never from coupling:
//! code that merely has many neighbours elsewhere is where it is for a reason.  The best first: most mended for the least
//! moved.  Not here: showing them.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::ground::Ground;
use super::laid::Drafted;
use super::language::{Gravity, conditions};
use super::names::with_impls;
use super::{Draft, Move};
use crate::boundary::{Boundaries, Role};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind};
use crate::rules::Violation;

/// Moves that mend something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub moves: Vec<Move>,
    /// So many violations are gone, and so many of them were denied.
    pub gone: usize,
    pub denied: usize,
    /// Lines that are moved; for cuts, ten for each reference.
    pub size: u64,
    /// What has to be done beside it.
    pub needed: usize,
}

/// No more moves than these are tried: each is judged in full.
const MOST_TRIED: usize = 120;

/// No more than these are offered.
const MOST_OFFERED: usize = 12;

/// What riprap.toml says that nothing needs any more: it comes of mending.
const TIDYING: [&str; 3] = ["unused-permission", "empty-pattern", "boundary-count"];

/// The moves that help, for a draft that is laid already.  `progress` is told how many were tried of how many.
pub fn suggestions(
    ground: &Ground,
    drafted: &Drafted,
    progress: &dyn Fn(usize, usize),
    cancel: &AtomicBool,
) -> Vec<Suggestion> {
    let tried = candidates(ground, drafted);
    let total = tried.len();
    let mut offered: Vec<Suggestion> = Vec::new();
    for (done, moves) in tried.into_iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Vec::new();
        }
        progress(done, total);
        offered.extend(try_out(ground, drafted, moves));
    }
    // What mends the same with less comes first.
    offered.sort_by(|a, b| {
        let worth = |it: &Suggestion| (it.denied.max(it.gone.min(1)) as u64 * 1_000_000) / it.size.max(1);
        (worth(b), b.gone, a.needed).cmp(&(worth(a), a.gone, b.needed))
    });
    offered.truncate(MOST_OFFERED);
    offered
}

fn try_out(ground: &Ground, drafted: &Drafted, moves: Vec<Move>) -> Option<Suggestion> {
    let draft = Draft { moves: drafted.draft.moves.iter().chain(&moves).cloned().collect() };
    let then = ground.lay_draft(&draft);
    let first = drafted.draft.moves.len();
    if then.refusals.iter().any(|refusal| refusal.index >= first) {
        return None;
    }
    let is_configured = ground.verdict.configured;
    let less = match is_configured {
        true => drafted.effect.denied.1.checked_sub(then.effect.denied.1)?,
        false => drafted.effect.open.1.checked_sub(then.effect.open.1)?,
    };
    if less == 0 {
        return None;
    }
    let known: BTreeSet<(&str, &str, &str)> =
        drafted.effect.new.iter().map(|index| key(&drafted.verdict.violations[*index].violation)).collect();
    let comes = then.effect.new.iter().map(|index| &then.verdict.violations[*index].violation);
    let mut comes = comes.filter(|it| !TIDYING.contains(&it.rule));
    if comes.any(|it| !known.contains(&key(it))) {
        return None;
    }
    let conditions = conditions(ground, &then);
    let own = || conditions.iter().filter(|condition| condition.index >= first);
    if own().any(|condition| condition.gravity == Gravity::Refused) {
        return None;
    }
    Some(Suggestion {
        gone: drafted.effect.open.1.saturating_sub(then.effect.open.1),
        denied: if is_configured { less } else { 0 },
        size: size(ground, &then, first),
        needed: own().filter(|condition| condition.gravity == Gravity::Needed).count(),
        moves,
    })
}

fn key(violation: &Violation) -> (&str, &str, &str) {
    (violation.rule, &violation.from, &violation.to)
}

/// What the moves from one number on come to.
fn size(ground: &Ground, then: &Drafted, first: usize) -> u64 {
    let model = ground.model();
    let lines = |node: NodeId| match model.node(node).kind {
        NodeKind::Item(_) => {
            let data = model.node(node);
            let line = |source: &crate::source::SourceFile| {
                u64::from(source.line_at(data.span.end).saturating_sub(source.line_at(data.span.start)) + 1)
            };
            data.file.map_or(1, |file| line(ground.sources().file(file)))
        }
        _ => model.total_lines(node),
    };
    let moved = then.relocated.iter().chain(&then.assigned).filter(|(_, index)| *index >= first);
    let cut = then.cut.iter().filter(|(_, index)| *index >= first).count() as u64;
    moved.map(|(node, _)| lines(*node)).sum::<u64>() + cut * 10
}

/// What is worth trying.
fn candidates(ground: &Ground, drafted: &Drafted) -> Vec<Vec<Move>> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut tried: Vec<Vec<Move>> = Vec::new();
    let is_configured = ground.verdict.configured;
    for judged in &drafted.verdict.violations {
        let counts = if is_configured { judged.denied } else { judged.accepted.is_none() };
        if !counts {
            continue;
        }
        let of_violation = match judged.violation.cuts.is_empty() {
            false => of_ring(ground, drafted, &judged.violation),
            true => of_ends(ground, drafted, &judged.violation),
        };
        for moves in of_violation {
            let told: Vec<String> = moves.iter().map(ToString::to_string).collect();
            if tried.len() < MOST_TRIED && seen.insert(told.join("; ")) {
                tried.push(moves);
            }
        }
    }
    tried
}

/// The cheapest cuts of a ring, and the item of each that is all of it.
fn of_ring(ground: &Ground, drafted: &Drafted, violation: &Violation) -> Vec<Vec<Move>> {
    let (today, model) = (ground.model(), &drafted.model);
    // Moves name code as it is today; what is no code is a boundary.
    let name = |text: &str| model.find(text).map_or(text, |node| today.path(node)).to_owned();
    let cuts: Vec<Move> =
        violation.cuts.iter().map(|cut| Move::Cut { from: name(&cut.from), to: name(&cut.to) }).collect();
    let mut all = vec![cuts];
    for cut in &violation.cuts {
        let items = cut.references.iter().filter_map(|id| movable(today, model.reference(*id).to_item));
        let mut items: Vec<NodeId> = items.collect();
        items.sort_unstable();
        items.dedup();
        // One thing that is all of it goes to who needs it.
        if let [item] = items[..]
            && model.find(&cut.from).is_some()
        {
            all.push(vec![Move::Relocate { code: today.path(item).to_owned(), to: name(&cut.from) }]);
        }
    }
    all
}

/// For a module that uses a thing as it must not: the one to the other, to its boundary, or both to a third place.
fn of_ends(ground: &Ground, drafted: &Drafted, violation: &Violation) -> Vec<Vec<Move>> {
    let model = ground.model();
    let boundaries = &drafted.boundaries;
    let (Some(from), Some(to)) = (violation.from_node, violation.to_node) else { return Vec::new() };
    let (Some(user), Some(used)) = (drafted.model.module_of(from), drafted.model.module_of(to)) else {
        return Vec::new();
    };
    let (Some(of_user), Some(of_used)) = (boundaries.of(user), boundaries.of(used)) else { return Vec::new() };
    let path = |node: NodeId| model.path(node).to_owned();
    let is_root = |node: NodeId| matches!(model.node(node).kind, NodeKind::Target(_));
    let mut all = Vec::new();
    if !is_root(used) {
        all.push(Move::Assign { code: path(used), boundary: boundaries.name(of_user).to_owned() });
    }
    if !is_root(user) {
        all.push(Move::Assign { code: path(user), boundary: boundaries.name(of_used).to_owned() });
    }
    let thirds: Vec<NodeId> = shared(&drafted.model, boundaries, user, used);
    if let Some(item) = movable(model, to) {
        for place in thirds.iter().copied().chain([user]) {
            all.push(Move::Relocate { code: path(item), to: path(place) });
        }
    }
    for (module, other) in [(used, of_user), (user, of_used)] {
        if !is_root(module) {
            let roots = boundaries.roots(other).iter().copied().filter(|root| is_root(*root)).take(1);
            all.extend(roots.map(|root| Move::Relocate { code: path(module), to: path(root) }));
        }
    }
    all.into_iter().map(|step| vec![step]).collect()
}

/// The root modules of boundaries for what is shared: contracts.
fn shared(model: &Model, boundaries: &Boundaries, user: NodeId, used: NodeId) -> Vec<NodeId> {
    let is_contracts = |id: &crate::boundary::BoundaryId| boundaries.declaration(*id).role == Some(Role::Contracts);
    let own = [boundaries.of(user), boundaries.of(used)];
    let others = boundaries.ids().filter(is_contracts).filter(|id| !own.contains(&Some(*id)));
    let is_library = |node: &NodeId| {
        let kind = model.node(*node).kind;
        kind == NodeKind::Module || matches!(kind, NodeKind::Target(kind) if kind.is_library())
    };
    others.filter_map(|id| boundaries.roots(id).iter().copied().find(is_library)).collect()
}

/// The item that would have to move for a thing of it.
fn movable(model: &Model, thing: NodeId) -> Option<NodeId> {
    let is_part = |kind: ItemKind| {
        matches!(
            kind,
            ItemKind::Variant | ItemKind::Method | ItemKind::AssocConst | ItemKind::AssocType | ItemKind::Impl
        )
    };
    let outer = model.ancestors(thing).find(|node| match model.node(*node).kind {
        NodeKind::Item(kind) => !is_part(kind),
        _ => true,
    })?;
    if matches!(model.node(outer).kind, NodeKind::Item(kind) if kind != ItemKind::ProcMacro) {
        return Some(outer);
    }
    // A method's type is another item of the module.
    let block = model.ancestors(thing).find(|node| model.node(*node).kind == NodeKind::Item(ItemKind::Impl))?;
    let module = model.node(block).parent?;
    model.children(module).iter().copied().find(|item| *item != block && with_impls(model, *item).contains(&block))
}
