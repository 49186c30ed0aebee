//! A boundary that is there for shared types, and does or keeps something.
//!
//! In: boundaries with `role = "contracts"`.  Out: one violation per function with logic, per static with state, and per other
//! boundary that it depends on.  Not here: which types a signature shows.

use std::collections::BTreeMap;

use super::declaration::Declaration;
use super::logic::logic;
use super::shown::header;
use super::statics::Holding;
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind, ReferenceId, Step};
use crate::workspace::TargetKind;

pub(super) const RULE: Rule = Rule {
    name: "impure-contracts",
    group: "contracts",
    summary: "the contracts have logic, state, SQL, or depend on another boundary",
    documentation: include_str!("impure_contracts.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let is_contracts = |id: &BoundaryId| boundaries.declaration(*id).role == Some(Role::Contracts);
    if !boundaries.ids().any(|id| is_contracts(&id)) {
        return Vec::new();
    }
    let mut violations = dependencies(context);
    violations.extend(state(context));
    violations.extend(functions(context));
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

/// The innermost boundary of contracts around a node.
fn contracts_of(context: &Context<'_>, node: NodeId) -> Option<BoundaryId> {
    let boundaries = context.boundaries;
    boundaries.chain(node).find(|id| boundaries.declaration(*id).role == Some(Role::Contracts))
}

/// One violation per pair of boundaries: to remove it, all of its references must go.
fn dependencies(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let used = |from: NodeId, steps: &[Step]| {
        let contracts = contracts_of(context, from).filter(|_| is_written_contract(context, from))?;
        let used = context.entry(from, steps)?.boundary;
        let is_pure = boundaries.outwards(used).any(|id| boundaries.declaration(id).role == Some(Role::Contracts));
        (!is_pure).then_some((contracts, used))
    };
    let mut pairs: BTreeMap<(BoundaryId, BoundaryId), Vec<ReferenceId>> = BTreeMap::new();
    for (id, pair) in context.collect(used).into_values().flatten() {
        pairs.entry(pair).or_default().push(id);
    }
    let violation = |((contracts, used), mut references): ((BoundaryId, BoundaryId), Vec<ReferenceId>)| {
        let (name, used) = (boundaries.name(contracts), boundaries.name(used));
        references.sort_by_key(|id| (!context.model.reference(*id).proves(), *id));
        Violation {
            message: format!("the contracts `{name}` depend on boundary `{used}`"),
            label: format!("`{name}` depends on `{used}`"),
            why: format!("whoever uses a type of `{name}` now depends on `{used}`, too"),
            route: Some(format!("move what both need into `{name}`, or move this part of `{name}` into `{used}`")),
            references,
            ..Violation::between(RULE.name, name, used)
        }
    };
    pairs.into_iter().map(violation).collect()
}

/// Part of what others use: no build script, and written by people.
fn is_written_contract(context: &Context<'_>, node: NodeId) -> bool {
    let target = context.model.target_of(node).map(|target| context.model.node(target).kind);
    target != Some(NodeKind::Target(TargetKind::BuildScript)) && !context.is_generated(node)
}

fn state(context: &Context<'_>) -> Vec<Violation> {
    let statics = context.statics().into_iter().filter(|it| it.holding != Holding::Constant);
    let violation = |it: super::statics::Static| {
        let contracts = contracts_of(context, it.node)?;
        let type_text = &it.type_text;
        Some(of_item(context, contracts, it.node, &format!("keeps state (`{type_text}`)"), "state"))
    };
    statics.filter_map(violation).collect()
}

fn functions(context: &Context<'_>) -> Vec<Violation> {
    let model = context.model;
    let mut found = Vec::new();
    for node in model.node_ids() {
        let is_function = matches!(model.node(node).kind, NodeKind::Item(ItemKind::Function | ItemKind::Method))
            && model.node(node).active;
        let Some(contracts) = contracts_of(context, node).filter(|_| is_function) else { continue };
        if context.is_in_test(node) || !is_written_contract(context, node) {
            continue;
        }
        let Some(declaration) = Declaration::of(context, node) else { continue };
        if let Some(what) = logic(&declaration, is_of_trait(context, node)) {
            found.push(of_item(context, contracts, node, &what, "logic"));
        }
    }
    found
}

/// A function in an `impl` of a trait, or in a function there: the trait asked for it.
fn is_of_trait(context: &Context<'_>, node: NodeId) -> bool {
    context.model.ancestors(node).skip(1).any(|above| {
        let above = context.model.node(above);
        let is_impl = above.kind == NodeKind::Item(ItemKind::Impl);
        is_impl && header(&above.name).is_some_and(|(trait_, _)| trait_.is_some())
    })
}

fn of_item(context: &Context<'_>, contracts: BoundaryId, node: NodeId, what: &str, label: &str) -> Violation {
    let path = context.model.path(node);
    let name = context.boundaries.name(contracts);
    Violation {
        from_node: Some(node),
        places: context.place_of(node).into_iter().collect(),
        message: format!("`{path}` in the contracts `{name}` {what}"),
        label: label.to_owned(),
        why: format!(
            "every boundary depends on `{name}`: what it does changes for all of them at once, and belongs to none"
        ),
        route: Some(format!("move it to the boundary that decides it, and leave the types in `{name}`")),
        ..Violation::between(RULE.name, path, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check_written;

    #[track_caller]
    fn check(code: &str, expected: &[&str]) {
        let text = format!(
            "//- /contracts/src/lib.rs lib:contracts deps:orders,ids
pub struct Day(pub u32);
{code}
//- /orders/src/lib.rs lib:orders
pub struct Order;
//- /ids/src/lib.rs lib:ids
pub struct Id;
"
        );
        let declared = [
            ("contracts", "contains contracts; role contracts"),
            ("ids", "contains ids; role contracts"),
            ("orders", "contains orders"),
        ];
        check_written("impure-contracts", &text, &declared, expected);
    }

    #[test]
    fn logic_is_found() {
        check(
            "pub fn total(lines: &[u8]) -> u8 { let mut sum = 0; for line in lines { sum += line; } sum }",
            &["`contracts::total` in the contracts `contracts` has a body with `for`"],
        );
        check(
            "impl Day { pub async fn load() -> u8 { fetch().await } }",
            &["`contracts::Day::load` in the contracts `contracts` has a body with `await`"],
        );
    }

    #[test]
    fn state_is_found_and_constants_are_not() {
        check(
            "pub static TAX: AtomicI64 = AtomicI64::new(0); fn set() { TAX.store(1, R); }",
            &["`contracts::TAX` in the contracts `contracts` keeps state (`AtomicI64`)"],
        );
        check("pub static NAMES: [&str; 1] = [\"a\"]; pub const N: u8 = 1;", &[]);
    }

    #[test]
    fn another_boundary_is_found_and_other_contracts_are_not() {
        check("pub struct Placed(pub orders::Order);", &["the contracts `contracts` depend on boundary `orders`"]);
        check("pub struct Placed(pub ids::Id);", &[]);
    }

    #[test]
    fn constructors_conversions_and_tests_are_fine() {
        check(
            "impl Day { pub fn new(n: u32) -> Self { Self(n) } pub fn n(&self) -> u32 { self.0 } }
             impl std::fmt::Display for Day { fn fmt(&self, f: &mut F) -> R { for x in 0..3 { write!(f, \"{x}\")?; } Ok(()) } }
             impl From<u32> for Day { fn from(n: u32) -> Self { loop { if n > 3 { return Day(n * 3); } } } }
             #[cfg(test)] mod tests { fn f() { for x in 0..3 { orders::Order; } } }",
            &[],
        );
    }
}
