//! What would remove a dependency that should go.
//!
//! In: its references.  Out: advice in one sentence, chosen by what they name and how: behaviour is inverted, shapes are
//! moved.  Not here: which dependency should go (`metrics::cycles`), and doing it.

use std::collections::BTreeMap;

use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind};

/// From this share of the references on, one item is the whole story: in hundredths.
const MOST_OF_ALL: usize = 70;

/// How one side depends on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Manner {
    /// Runs the other's code.
    Behaviour,
    /// Names a type, a constant, a trait.
    Shape,
    Macro,
    /// Passes it on.
    Reexport,
}

/// `from` and `to` as readers call them.
pub(super) fn remedy(model: &Model, from: &str, to: &str, references: &[ReferenceId]) -> String {
    let mut items: BTreeMap<NodeId, usize> = BTreeMap::new();
    let mut manners: BTreeMap<Manner, usize> = BTreeMap::new();
    for reference in references.iter().map(|id| model.reference(*id)) {
        *items.entry(movable_item(model, reference.to_item)).or_default() += 1;
        *manners.entry(manner(model, reference)).or_default() += 1;
    }
    let has = |manner| manners.contains_key(&manner);
    let most = items.iter().max_by_key(|(item, count)| (**count, std::cmp::Reverse(**item)));
    if let Some((item, count)) = most
        && count * 100 >= references.len() * MOST_OF_ALL
        && !model.node(*item).kind.is_module()
        && !has(Manner::Reexport)
    {
        let name = &model.node(*item).name;
        let share = if *count == references.len() { "all that" } else { "most of what" };
        let place = format!("move it to `{from}`, or to a third place that both may use");
        return match model.node(*item).kind {
            NodeKind::Item(ItemKind::Trait | ItemKind::TraitAlias) => {
                format!("the trait `{name}` is {share} `{from}` needs of `{to}`; {place}")
            }
            _ if has(Manner::Behaviour) => format!(
                "`{name}` is {share} `{from}` needs of `{to}`; {place}, or let `{from}` define a trait that `{to}` \
                 implements"
            ),
            _ => format!("`{name}` is {share} `{from}` needs of `{to}`; {place}"),
        };
    }
    if has(Manner::Behaviour) {
        return format!(
            "`{from}` calls into `{to}`; invert it, with a trait in `{from}` that `{to}` implements, or with an event that \
             `{to}` listens to"
        );
    }
    if has(Manner::Macro) {
        return format!("`{from}` uses macros of `{to}`; move them to a third place that both may use");
    }
    if !has(Manner::Shape) {
        return format!("`{from}` only passes on what `{to}` defines; let its users name it in `{to}`");
    }
    let mut names: Vec<String> = items.keys().map(|item| format!("`{}`", model.node(*item).name)).collect::<Vec<_>>();
    names.sort();
    names.dedup();
    let shown = match names.len() {
        0..=4 => names.join(", "),
        count => format!("{} and {} more", names[..3].join(", "), count - 3),
    };
    format!("`{from}` needs no more of `{to}` than types ({shown}); move them to a third place that both may use")
}

/// The item that would have to move: the type of a variant or of an associated item.
pub(super) fn movable_item(model: &Model, item: NodeId) -> NodeId {
    let is_part = |node: &NodeId| {
        matches!(
            model.node(*node).kind,
            NodeKind::Item(
                ItemKind::Variant | ItemKind::Method | ItemKind::AssocConst | ItemKind::AssocType | ItemKind::Impl
            )
        )
    };
    let outer = model.ancestors(item).find(|node| !is_part(node));
    // What stands in an `impl` has no type above it in the tree: then the method itself is named.
    outer.filter(|node| matches!(model.node(*node).kind, NodeKind::Item(_))).unwrap_or(item)
}

fn manner(model: &Model, reference: &Reference) -> Manner {
    match (reference.kind, model.node(reference.to_item).kind) {
        (ReferenceKind::Reexport, _) => Manner::Reexport,
        (_, NodeKind::Item(ItemKind::Macro | ItemKind::ProcMacro))
        | (ReferenceKind::Macro | ReferenceKind::Derive | ReferenceKind::Attribute, _) => Manner::Macro,
        (_, NodeKind::Item(ItemKind::Function | ItemKind::Method | ItemKind::Static))
        | (ReferenceKind::Call | ReferenceKind::Method | ReferenceKind::Operator, _) => Manner::Behaviour,
        _ => Manner::Shape,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    const WORKSPACE: &str = "
        package app app
        mod app::low
        mod app::high
        pub fn app::high::run
        pub fn app::high::stop
        pub struct app::high::Plan
        pub struct app::high::Step
        pub enum app::high::Mode
        pub variant app::high::Mode::Fast
        pub trait app::high::Hook
    ";

    #[track_caller]
    fn check(uses: &[&str], expected: &str) {
        let lines: Vec<String> = uses.iter().map(|what| format!("app::low -> app::high::{what}")).collect();
        let fixture = Fixture::new(&format!("{WORKSPACE}\n{}", lines.join("\n")));
        let all: Vec<ReferenceId> = (0..fixture.model.references().len() as u32).map(ReferenceId).collect();
        assert_eq!(remedy(&fixture.model, "low", "high", &all), expected);
    }

    #[test]
    fn one_item_that_is_all_moves() {
        check(
            &["Plan", "Plan type"],
            "`Plan` is all that `low` needs of `high`; move it to `low`, or to a third place that both may use",
        );
    }

    #[test]
    fn a_variant_stands_for_its_type() {
        check(
            &["Mode", "Mode::Fast pattern"],
            "`Mode` is all that `low` needs of `high`; move it to `low`, or to a third place that both may use",
        );
    }

    #[test]
    fn a_function_that_is_most_of_it_moves_or_hides_behind_a_trait() {
        check(
            &["run call", "run call", "run call", "Plan type"],
            "`run` is most of what `low` needs of `high`; move it to `low`, or to a third place that both may use, or \
             let `low` define a trait that `high` implements",
        );
    }

    #[test]
    fn a_trait_alone_moves_to_its_user() {
        check(
            &["Hook"],
            "the trait `Hook` is all that `low` needs of `high`; move it to `low`, or to a third place that both may use",
        );
    }

    #[test]
    fn types_alone_move() {
        check(
            &["Plan type", "Step type"],
            "`low` needs no more of `high` than types (`Plan`, `Step`); move them to a third place that both may use",
        );
    }

    #[test]
    fn calls_are_inverted() {
        check(
            &["run call", "stop call", "Plan type"],
            "`low` calls into `high`; invert it, with a trait in `low` that `high` implements, or with an event that \
             `high` listens to",
        );
    }

    #[test]
    fn what_is_only_passed_on_is_named_where_it_is() {
        check(
            &["Plan reexport", "Step reexport"],
            "`low` only passes on what `high` defines; let its users name it in `high`",
        );
    }
}
