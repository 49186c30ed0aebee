//! A draft laid over today's code: the model, the boundaries and the verdict after its moves.
//!
//! In: a [`Ground`] and a [`Draft`].  Out: [`Drafted`].  A move that cannot be made is refused with its reason, and the others
//! are made.  Not here: what the difference is (`effect`), and what Rust insists on (`language`).

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::effect::{Effect, effect};
use super::ground::Ground;
use super::inner::inner_uses;
use super::intent::Declared;
use super::names::{End, code, end, place, unknown, with_impls};
use super::{Draft, Move};
use crate::boundary::{Boundaries, Pattern};
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, ReferenceId};
use crate::verdict::Verdict;

/// What would be.
#[derive(Debug)]
pub struct Drafted {
    pub draft: Draft,
    /// Its nodes have the numbers that they have today.
    pub model: Arc<Model>,
    pub boundaries: Boundaries,
    pub verdict: Verdict,
    pub effect: Effect,
    pub refusals: Vec<Refusal>,
    /// What lies elsewhere, with the number of the move that brought it there; `impl`s of moved types, too.
    pub relocated: Vec<(NodeId, usize)>,
    /// What is of another boundary and lies where it lay.
    pub assigned: Vec<(NodeId, usize)>,
    /// Today's references that are gone, with the number of the move that cuts them.
    pub cut: Vec<(ReferenceId, usize)>,
}

/// A move that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The number of the move.
    pub index: usize,
    pub message: String,
}

/// The moves so far.
struct Laying<'a> {
    ground: &'a Ground,
    parents: FxHashMap<NodeId, NodeId>,
    moves: Vec<(NodeId, NodeId, usize)>,
    assigned: Vec<(NodeId, usize)>,
    refusals: Vec<Refusal>,
}

impl Ground {
    /// Judges a draft.
    pub fn lay_draft(&self, draft: &Draft) -> Drafted {
        let model = self.model();
        let mut laying = Laying {
            ground: self,
            parents: FxHashMap::default(),
            moves: Vec::new(),
            assigned: Vec::new(),
            refusals: Vec::new(),
        };
        for (index, step) in draft.moves.iter().enumerate() {
            if let Move::Relocate { code, to } = step
                && let Err(message) = laying.relocate(code, to, index)
            {
                laying.refusals.push(Refusal { index, message });
            }
        }
        let moves = laying.net_moves();
        let none = FxHashSet::default();
        let moved = match moves.is_empty() {
            true => Arc::clone(model),
            false => Arc::new(model.rearranged(&moves, &none, &inner_uses(model, self.sources(), &moves))),
        };
        let mut declared = Declared { intent: self.intent(self.declarations.clone()) };
        // What is inside goes first: its path begins with that of what is around it.
        let mut followed: Vec<NodeId> = moves.iter().map(|(node, _)| *node).collect();
        followed.retain(|node| model.node(*node).kind.is_module());
        followed.sort_by_key(|node| std::cmp::Reverse(model.path(*node).len()));
        for node in &followed {
            declared.follow(model.path(*node), moved.path(*node));
        }
        for (index, step) in draft.moves.iter().enumerate() {
            if let Err(message) = laying.declare(step, index, &moved, &mut declared) {
                laying.refusals.push(Refusal { index, message });
            }
        }
        let is_declared = draft.moves.iter().any(|step| !matches!(step, Move::Cut { .. }));
        let laid = match is_declared {
            true => self.lay(&moved, declared.intent),
            false => Ok(self.boundaries.clone()),
        };
        let boundaries = laid.unwrap_or_else(|problems| {
            let message = problems.into_iter().next().map_or_else(String::new, |problem| problem.message);
            let last = draft.moves.len().saturating_sub(1);
            laying.refusals.push(Refusal { index: last, message });
            self.boundaries.clone()
        });
        let mut cut = Vec::new();
        for (index, step) in draft.moves.iter().enumerate() {
            if let Move::Cut { from, to } = step {
                match references_between(model, &moved, &boundaries, from, to) {
                    Ok(found) => cut.extend(found.into_iter().map(|id| (id, index))),
                    Err(message) => laying.refusals.push(Refusal { index, message }),
                }
            }
        }
        let gone: FxHashSet<ReferenceId> = cut.iter().map(|(id, _)| *id).collect();
        let after = match cut.is_empty() {
            true => Arc::clone(&moved),
            false => Arc::new(moved.rearranged(&[], &gone, &[])),
        };
        let mut verdict = self.judge(&after, &boundaries);
        let effect = effect(self, &after, &mut verdict);
        let is_made = |(node, _): &(NodeId, usize)| after.node(*node).parent != model.node(*node).parent;
        let mut relocated: Vec<(NodeId, usize)> =
            laying.moves.iter().map(|(node, _, index)| (*node, *index)).filter(is_made).collect();
        // Of a thing that was moved twice the last move counts.
        relocated.reverse();
        relocated.sort_by_key(|(node, _)| *node);
        relocated.dedup_by_key(|(node, _)| *node);
        let is_other = |(node, _): &(NodeId, usize)| {
            let name = |boundaries: &Boundaries| boundaries.of(*node).map(|id| boundaries.name(id).to_owned());
            name(&boundaries) != name(&self.boundaries)
        };
        let mut assigned: Vec<(NodeId, usize)> = laying.assigned.into_iter().filter(is_other).collect();
        assigned.sort();
        assigned.dedup_by_key(|(node, _)| *node);
        let mut refusals = laying.refusals;
        refusals.sort_by_key(|refusal| refusal.index);
        // References keep no number over a move: those of today are told by their places.
        let cut = if moves.is_empty() { cut } else { of_today(model, &moved, &cut) };
        Drafted { draft: draft.clone(), model: after, boundaries, verdict, effect, refusals, relocated, assigned, cut }
    }
}

/// Today's references at the places of others.
fn of_today(model: &Model, moved: &Model, cut: &[(ReferenceId, usize)]) -> Vec<(ReferenceId, usize)> {
    let wanted: FxHashMap<_, usize> = cut
        .iter()
        .map(|(id, index)| {
            let it = moved.reference(*id);
            ((it.file, it.span, it.to_item, it.kind), *index)
        })
        .collect();
    let numbered = model.references().iter().enumerate();
    let found = numbered.filter_map(|(id, it)| {
        let index = wanted.get(&(it.file, it.span, it.to_item, it.kind))?;
        Some((ReferenceId(id as u32), *index))
    });
    found.collect()
}

/// What one end uses of the other; code is named as it is today.
fn references_between(
    today: &Model,
    model: &Model,
    boundaries: &Boundaries,
    from: &str,
    to: &str,
) -> Result<Vec<ReferenceId>, String> {
    let (from, to) = (end(today, boundaries, from)?, end(today, boundaries, to)?);
    let is_in = |end: End, node: NodeId| match end {
        End::Boundary(boundary) => boundaries.contains(boundary, node),
        End::Code(code) => model.is_within(node, code),
    };
    let edges = model.edge_ids().filter(|id| {
        let edge = model.edge(*id);
        is_in(from, edge.from) && !is_in(to, edge.from) && !is_in(from, edge.to)
    });
    let all = edges.flat_map(|id| model.references_of(id));
    Ok(all.filter(|(_, reference)| is_in(to, reference.to_item)).map(|(id, _)| id).collect())
}

impl Laying<'_> {
    /// The parent of a node after the moves so far.
    fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.parents.get(&node).copied().or(self.ground.model().node(node).parent)
    }

    fn is_within(&self, node: NodeId, container: NodeId) -> bool {
        std::iter::successors(Some(node), |node| self.parent(*node)).any(|ancestor| ancestor == container)
    }

    fn relocate(&mut self, name: &str, to: &str, index: usize) -> Result<(), String> {
        let model = self.ground.model();
        let (node, to) = (code(model, name)?, place(model, to)?);
        let nodes = match model.node(node).kind {
            NodeKind::Module => vec![node],
            NodeKind::Item(
                ItemKind::Method
                | ItemKind::Variant
                | ItemKind::AssocConst
                | ItemKind::AssocType
                | ItemKind::Impl
                | ItemKind::ProcMacro,
            ) => return Err(format!("`{name}` cannot be moved by itself: it stays with what it is a part of")),
            NodeKind::Item(_) => with_impls(model, node),
            _ => {
                return Err(format!(
                    "`{name}` is a package or target: its modules can be moved, and it can be given to a boundary"
                ));
            }
        };
        if self.is_within(to, node) {
            return Err(format!("`{name}` cannot be moved into itself"));
        }
        if self.parent(node) == Some(to) {
            return Err(format!("`{name}` is there already"));
        }
        let data = model.node(node);
        let is_taken = model.node_ids().any(|other| {
            let it = model.node(other);
            other != node && it.name == data.name && it.kind == data.kind && self.parent(other) == Some(to)
        });
        if is_taken {
            return Err(format!("`{}` has a {} `{}` already", model.path(to), word(model, node), data.name));
        }
        for node in nodes {
            self.parents.insert(node, to);
            self.moves.push((node, to, index));
        }
        Ok(())
    }

    /// For each node its last move alone, and none that ends where it began.
    fn net_moves(&self) -> Vec<(NodeId, NodeId)> {
        let model = self.ground.model();
        let last = self
            .moves
            .iter()
            .enumerate()
            .filter(|(at, (node, _, _))| self.moves[at + 1..].iter().all(|(later, _, _)| later != node));
        let net: Vec<(NodeId, NodeId)> = last
            .map(|(_, (node, to, _))| (*node, *to))
            .filter(|(node, to)| model.node(*node).parent != Some(*to))
            .collect();
        // Between two moves of one thing another one may have gone through its old place.
        let mut parents: FxHashMap<NodeId, NodeId> = FxHashMap::default();
        let is_possible = net.iter().all(|(node, to)| {
            let up = |node: &NodeId| parents.get(node).copied().or(model.node(*node).parent);
            let is_free = std::iter::successors(Some(*to), up).all(|ancestor| ancestor != *node);
            parents.insert(*node, *to);
            is_free
        });
        if is_possible { net } else { self.moves.iter().map(|(node, to, _)| (*node, *to)).collect() }
    }

    /// What a move says of boundaries; paths are those after all code lies where it shall.
    fn declare(&mut self, step: &Move, index: usize, moved: &Model, declared: &mut Declared) -> Result<(), String> {
        let model = Arc::clone(self.ground.model());
        match step {
            Move::Relocate { .. } | Move::Cut { .. } => Ok(()),
            Move::Assign { code: name, boundary } => {
                let (node, pattern) = pattern(&model, moved, name)?;
                if !declared.has(boundary) {
                    return Err(unknown(boundary, declared.names()));
                }
                declared.assign(pattern, boundary);
                self.assigned.push((node, index));
                Ok(())
            }
            Move::Split { code: names, boundary } => {
                if boundary.is_empty() || !boundary.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_')) {
                    return Err(format!("`{boundary}` is no name for a boundary"));
                }
                if declared.has(boundary) {
                    return Err(format!("there is a boundary `{boundary}` already"));
                }
                let found: Vec<(NodeId, Pattern)> =
                    names.iter().map(|name| pattern(&model, moved, name)).collect::<Result<_, String>>()?;
                let Some((first, _)) = found.first() else {
                    return Err(format!("boundary `{boundary}` would contain nothing"));
                };
                let from = self.ground.boundaries.of(*first).map(|id| self.ground.boundaries.name(id));
                self.assigned.extend(found.iter().map(|(node, _)| (*node, index)));
                declared.split(found.into_iter().map(|(_, pattern)| pattern).collect(), boundary, from);
                Ok(())
            }
            Move::Merge { boundary, into } => {
                for name in [boundary, into] {
                    if !declared.has(name) {
                        return Err(unknown(name, declared.names()));
                    }
                }
                if boundary == into {
                    return Err(format!("`{boundary}` is one boundary already"));
                }
                let boundaries = &self.ground.boundaries;
                let members = boundaries.find(boundary).map_or(&[][..], |id| boundaries.members(id));
                self.assigned.extend(members.iter().map(|node| (*node, index)));
                declared.merge(boundary, into);
                Ok(())
            }
        }
    }
}

/// Code as riprap.toml names it.
fn pattern(model: &Model, moved: &Model, name: &str) -> Result<(NodeId, Pattern), String> {
    let mut node = code(model, name)?;
    // A crate is named by its package, where it has but one.
    if let (NodeKind::Target(_), Some(package)) = (model.node(node).kind, model.node(node).parent)
        && model.children(package).len() == 1
    {
        node = package;
    }
    if matches!(model.node(node).kind, NodeKind::Item(_) | NodeKind::Workspace) {
        return Err(format!("`{name}` is no module or package: boundaries consist of those"));
    }
    let text = match model.node(node).kind {
        NodeKind::Package => moved.node(node).name.to_string(),
        _ => moved.path(node).to_owned(),
    };
    Ok((node, Pattern::parse(&text)?))
}

/// What a node is, in a word.
fn word(model: &Model, node: NodeId) -> &'static str {
    match model.node(node).kind {
        NodeKind::Item(kind) => kind.word(),
        NodeKind::Package => "package",
        NodeKind::Target(_) => "target",
        NodeKind::Module | NodeKind::Workspace => "module",
    }
}
