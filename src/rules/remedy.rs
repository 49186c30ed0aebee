//! What would remove a dependency that should go.
//!
//! In: its references.  Out: advice in one sentence, chosen by what they name and how: behaviour is inverted, shapes are
//! moved, if what they use themselves lets them.  Not here: which dependency should go (`metrics::cycles`), and doing it.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::luggage::{Luggage, luggage};
use super::shown::header;
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind};

/// From this share of the references on, one item is the whole story: in hundredths.
const MOST_OF_ALL: usize = 70;

/// So many items are moved together.
const MOST_TOGETHER: usize = 3;

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

/// A dependency of a ring that should go.
pub(super) struct Wanted<'a> {
    /// Both ends as readers call them.
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) references: &'a [ReferenceId],
    /// Whether a module is a part of `from`.
    pub(super) is_from: &'a dyn Fn(NodeId) -> bool,
    /// The member of the ring that a module is a part of, as readers call it.
    pub(super) member: &'a dyn Fn(NodeId) -> Option<String>,
}

pub(super) fn remedy(context: &Context<'_>, wanted: &Wanted<'_>) -> String {
    let (model, Wanted { from, to, references, .. }) = (context.model, wanted);
    let mut items: BTreeMap<NodeId, usize> = BTreeMap::new();
    let mut manners: BTreeMap<Manner, usize> = BTreeMap::new();
    let mut written_in: BTreeSet<NodeId> = BTreeSet::new();
    for reference in references.iter().map(|id| model.reference(*id)) {
        *items.entry(movable_item(model, reference.to_item)).or_default() += 1;
        *manners.entry(manner(model, reference)).or_default() += 1;
        if reference.kind != ReferenceKind::Use {
            written_in.extend(implementation_around(model, reference.from_item).or(Some(reference.from_item)));
        }
    }
    let has = |manner| manners.contains_key(&manner);
    // Nobody names the implementation of a trait: it may stand on either side.
    if let [only] = written_in.iter().copied().collect::<Vec<_>>()[..]
        && let NodeKind::Item(ItemKind::Impl) = model.node(only).kind
    {
        return format!("all of it stands in `{}`; move that to `{to}`", model.node(only).name);
    }
    let moving = moving(model, &items, references.len());
    if let Some((moving, share)) = moving.filter(|_| !has(Manner::Reexport) && !has(Manner::Macro)) {
        return moved(context, wanted, &moving, share, has(Manner::Behaviour));
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

/// The few items that are the whole story, and how much of it they are.
fn moving(model: &Model, items: &BTreeMap<NodeId, usize>, references: usize) -> Option<(Vec<NodeId>, &'static str)> {
    let is_item = |item: &NodeId| !model.node(*item).kind.is_module();
    if items.len() <= MOST_TOGETHER && items.keys().all(is_item) {
        return Some((items.keys().copied().collect(), "all that"));
    }
    let (most, count) = items.iter().max_by_key(|(item, count)| (**count, std::cmp::Reverse(**item)))?;
    (is_item(most) && count * 100 >= references * MOST_OF_ALL).then(|| (vec![*most], "most of what"))
}

/// What it takes to move them.
fn moved(context: &Context<'_>, wanted: &Wanted<'_>, items: &[NodeId], share: &str, is_behaviour: bool) -> String {
    let (model, Wanted { from, to, is_from, member, .. }) = (context.model, wanted);
    let (is, it) = if items.len() == 1 { ("is", "it") } else { ("are", "them") };
    let is_trait =
        |item: &NodeId| matches!(model.node(*item).kind, NodeKind::Item(ItemKind::Trait | ItemKind::TraitAlias));
    let kind = if items.len() == 1 && is_trait(&items[0]) { "the trait " } else { "" };
    let needed = format!("{kind}{} {is} {share} `{from}` needs of `{to}`", listed(model, items.iter().copied()));
    let Luggage { beside, uses } = luggage(context, items);
    let in_ring: BTreeSet<String> =
        uses.iter().filter(|module| !is_from(**module)).filter_map(|it| member(*it)).collect();
    if let Some(first) = in_ring.first() {
        return format!(
            "{needed}, but what {it} takes along uses `{first}`: part that first, or let `{from}` define a trait"
        );
    }
    if beside.len() > MOST_TOGETHER {
        return format!(
            "{needed}, but {} more of `{to}` would have to move along: part {it} from those first, or let `{from}` define a trait",
            beside.len()
        );
    }
    let along =
        if beside.is_empty() { String::new() } else { format!(", with {}", listed(model, beside.iter().copied())) };
    // A third place that used `from` would be part of the ring.
    let third = if uses.iter().any(|module| is_from(*module)) { "" } else { ", or to a third place that both may use" };
    let inverted = match is_behaviour && items.len() == 1 && kind.is_empty() {
        true => format!(", or let `{from}` define a trait that `{to}` implements"),
        false => String::new(),
    };
    format!("{needed}; move {it} to `{from}`{along}{third}{inverted}")
}

/// "`a`, `b` and `c`".
fn listed(model: &Model, items: impl Iterator<Item = NodeId>) -> String {
    let mut names: Vec<String> = items.map(|item| format!("`{}`", model.node(item).name)).collect();
    names.sort();
    names.dedup();
    match &names[..] {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The implementation of a trait that an item is part of.
fn implementation_around(model: &Model, item: NodeId) -> Option<NodeId> {
    let mut around = model.ancestors(item);
    around.find(|node| header(&model.node(*node).name).is_some_and(|(of_trait, _)| of_trait.is_some()))
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
    if let Some(outer) = outer.filter(|node| matches!(model.node(*node).kind, NodeKind::Item(_))) {
        return outer;
    }
    // What stands in an `impl` has the type's name in its path, and no type above it in the tree.
    let path = model.path(item).rsplit_once("::").map_or("", |(path, _)| path);
    let of_type = model.find(path).filter(|it| matches!(model.node(*it).kind, NodeKind::Item(_)));
    of_type.filter(|it| model.module_of(*it) == model.module_of(item)).unwrap_or(item)
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
    use crate::boundary::Boundaries;
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
        let boundaries = Boundaries::default();
        let context = Context::new(&fixture.model, &boundaries);
        let member = |module: NodeId| {
            let path = fixture.model.path(module);
            ["low", "high", "ring"]
                .into_iter()
                .find(|name| path.starts_with(&format!("app::{name}")))
                .map(str::to_owned)
        };
        let is_from = |module: NodeId| fixture.model.path(module) == "app::low";
        let wanted = Wanted { from: "low", to: "high", references: &all, is_from: &is_from, member: &member };
        assert_eq!(remedy(&context, &wanted), expected);
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
            &[
                "run call",
                "run call",
                "run call",
                "run call",
                "run call",
                "run call",
                "run call",
                "Plan type",
                "Step type",
                "Mode type",
            ],
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
            "`Plan` and `Step` are all that `low` needs of `high`; move them to `low`, or to a third place that both may use",
        );
    }

    #[test]
    fn calls_are_inverted() {
        check(
            &["run call", "stop call", "Plan type", "Mode type"],
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
