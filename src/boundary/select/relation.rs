//! What leads from node to node.
//!
//! In: a selection and a relation.  Out: the nodes at the other end.  Not here: ways step by step (`reasons`).

use super::Ground;
use crate::boundary::Selection;
use crate::model::{EdgeId, ExternalUse, Model, NodeId, Reference, ReferenceKind};
use crate::query::{Kinds, Relation};

pub(super) fn related(ground: Ground<'_>, relation: Relation, of: Selection, kinds: &Kinds) -> Selection {
    let model = ground.model;
    let whole = of.clone().with_below(model);
    let found = match relation {
        Relation::Uses => next(ground, &whole, kinds, Direction::Against),
        Relation::UsedBy => next(ground, &whole, kinds, Direction::Along),
        Relation::Reaches => reached(ground, &whole, kinds, Direction::Against),
        Relation::ReachedBy => reached(ground, &whole, kinds, Direction::Along),
        Relation::Below => return whole.combine(&of, |below, own| below && !own),
        Relation::Around => {
            let mut around = Selection::none(model);
            of.nodes().flat_map(|node| model.ancestors(node).skip(1)).for_each(|node| around.add(node));
            return around;
        }
    };
    found.combine(&whole, |found, own| found && !own)
}

/// On a way from one to the other: modules that the one leads to, and that lead to the other.
pub(super) fn between(ground: Ground<'_>, from: Selection, to: Selection) -> Selection {
    let (from, to) = (from.with_below(ground.model), to.with_below(ground.model));
    let any = Kinds::default();
    let along = reached(ground, &from, &any, Direction::Along);
    let against = reached(ground, &to, &any, Direction::Against);
    let is_module = |node: NodeId| ground.model.node(node).kind.is_module();
    let both = along.combine(&against, |along, against| along && against);
    Selection::of_nodes(ground.model, |node| is_module(node) && both.has(node))
}

/// What is at the other end of the references that begin or end in a selection; third-party packages only end one.
fn next(ground: Ground<'_>, whole: &Selection, kinds: &Kinds, direction: Direction) -> Selection {
    let model = ground.model;
    let mut found = Selection::none(model);
    for reference in model.references().iter().filter(|it| ground.counts(it, kinds)) {
        let edge = model.edge(reference.edge);
        let ((item, module), other) = match direction {
            Direction::Along => ((reference.from_item, edge.from), reference.to_item),
            Direction::Against => ((reference.to_item, edge.to), reference.from_item),
        };
        if whole.has(item) || whole.has(module) {
            add_code(model, &mut found, other);
        }
    }
    for used in model.external_uses().iter().filter(|it| ground.counts_outside(it, kinds)) {
        match direction {
            Direction::Along if whole.has(used.from_item) || whole.has(used.from) => found.add_crate(used.krate),
            Direction::Against if whole.has_crate(used.krate) => add_code(model, &mut found, used.from_item),
            _ => {}
        }
    }
    found
}

impl Ground<'_> {
    /// References of code that is built; links in comments and the like only where somebody asks for their kind.
    pub fn counts(&self, reference: &Reference, kinds: &Kinds) -> bool {
        self.is_asked(kinds, reference.kind) && reference.active && (self.tests || !reference.test)
    }

    /// The same of a use of a third-party package.
    pub fn counts_outside(&self, used: &ExternalUse, kinds: &Kinds) -> bool {
        self.is_asked(kinds, used.kind) && used.active && (self.tests || !used.test)
    }

    fn is_asked(&self, kinds: &Kinds, kind: ReferenceKind) -> bool {
        kinds.has(kind) && !(kinds.0.is_empty() && matches!(kind, ReferenceKind::Doc | ReferenceKind::Visibility))
    }
}

/// A node, what it stands in up to its module, and its package.
fn add_code(model: &Model, found: &mut Selection, node: NodeId) {
    for around in model.ancestors(node) {
        found.add(around);
        if model.node(around).kind.is_module() {
            break;
        }
    }
    if let Some(package) = model.package_of(node) {
        found.add(package);
    }
}

#[derive(Clone, Copy)]
enum Direction {
    /// From user to used.
    Along,
    /// From used to user.
    Against,
}

/// The modules that a selection leads to, its own included, and their packages.  An item leads on by its own references
/// alone, a module by all that is in it.
fn reached(ground: Ground<'_>, whole: &Selection, kinds: &Kinds, direction: Direction) -> Selection {
    let model = ground.model;
    let mut waiting: Vec<NodeId> = model.module_ids().filter(|module| whole.has(*module)).collect();
    for reference in model.references().iter().filter(|it| ground.counts(it, kinds)) {
        let edge = model.edge(reference.edge);
        match direction {
            Direction::Along if whole.has(reference.from_item) => waiting.push(edge.to),
            Direction::Against if whole.has(reference.to_item) => waiting.push(edge.from),
            _ => {}
        }
    }
    if let Direction::Against = direction {
        let uses = model.external_uses().iter().filter(|it| ground.counts_outside(it, kinds));
        waiting.extend(uses.filter(|it| whole.has_crate(it.krate)).map(|it| it.from));
    }
    let leads = |edge: &EdgeId| model.references_of(*edge).any(|(_, reference)| ground.counts(reference, kinds));
    let mut found = Selection::none(model);
    while let Some(module) = waiting.pop() {
        if found.has(module) {
            continue;
        }
        found.add(module);
        match direction {
            Direction::Along => waiting.extend(model.edges_from(module).filter(leads).map(|edge| model.edge(edge).to)),
            Direction::Against => {
                waiting.extend(model.edges_to(module).filter(leads).map(|edge| model.edge(edge).from))
            }
        }
    }
    let packages: Vec<NodeId> = found.nodes().filter_map(|module| model.package_of(module)).collect();
    packages.into_iter().for_each(|package| found.add(package));
    found
}
