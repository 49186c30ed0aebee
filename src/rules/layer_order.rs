//! A layer that uses a higher one, or, where layers are closed, one that is not the next.
//!
//! In: every written route, and the layers of boundaries.  Out: one violation per referring module and item.  Not here:
//! rings inside one layer, boundaries without a layer, and how the hexagonal form is judged (`hexagon`).

mod hexagon;

use super::smallest_change::Use;
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};
use crate::model::{NodeId, Passage, ReferenceId, Step};

pub(super) const RULE: Rule = Rule {
    name: "layer-order",
    group: "boundaries",
    summary: "a lower layer uses a higher one, or a domain what is around it",
    documentation: include_str!("layer_order.md"),
    check,
};

/// A use against the order.
#[derive(Clone, Copy, Debug)]
struct Disorder {
    user: BoundaryId,
    user_rank: u32,
    used: BoundaryId,
    used_rank: u32,
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let mut violations = of_layers(context);
    // Of one use that breaks both, the order of layers is told.
    violations.extend(hexagon::check(context));
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations.dedup_by(|later, first| later.id == first.id);
    violations
}

fn of_layers(context: &Context<'_>) -> Vec<Violation> {
    if context.boundaries.layers().order.is_empty() {
        return Vec::new();
    }
    let found = context.collect(|from, steps| disorder(context, from, steps));
    let passages = context.collect_passages(|from, steps| disorder(context, from, steps));
    let of_passages = passages.into_iter().map(|((_, name), group)| of_passages(context, &name, &group));
    found.into_iter().map(|((from, to), group)| violation(context, from, to, &group)).chain(of_passages).collect()
}

fn disorder(context: &Context<'_>, from: NodeId, steps: &[Step]) -> Option<Disorder> {
    let boundaries = context.boundaries;
    if boundaries.has_role(from, Role::Composition) {
        return None;
    }
    let entry = context.entry(from, steps)?;
    let (user, used) = (boundaries.of(from)?, entry.boundary);
    let (user_rank, used_rank) = (boundaries.layer(user)?, boundaries.layer(used)?);
    let skips = boundaries.layers().closed && used_rank > user_rank + 1;
    (used_rank < user_rank || skips).then_some(Disorder { user, user_rank, used, used_rank })
}

fn violation(context: &Context<'_>, from: NodeId, to: NodeId, group: &[(ReferenceId, Disorder)]) -> Violation {
    let disorder = group[0].1;
    let references: Vec<ReferenceId> = group.iter().map(|(id, _)| *id).collect();
    let change = context.smallest_change(Use { from, user: disorder.user, used: disorder.used, thing: to });
    told(context, disorder, change, Violation::of_reference(RULE.name, context.model, from, to, references))
}

/// Of what a layer re-exports and nobody in this workspace defines.
fn of_passages(context: &Context<'_>, name: &str, group: &[(&Passage, Disorder)]) -> Violation {
    let passages: Vec<&Passage> = group.iter().map(|(passage, _)| *passage).collect();
    let change = "name it in the crate that defines it, which is not of this workspace".to_owned();
    told(context, group[0].1, Some(change), Violation::of_passages(RULE.name, context.model, name, &passages))
}

/// A violation in words; `change` would make a use of a higher layer legal.
fn told(context: &Context<'_>, disorder: Disorder, change: Option<String>, violation: Violation) -> Violation {
    let boundaries = context.boundaries;
    let (from_path, to_path) = (&violation.from, &violation.to);
    let Disorder { user, user_rank, used, used_rank } = disorder;
    let layer = |rank: u32| boundaries.layers().order[rank as usize].value.as_str();
    let (user_layer, used_layer) = (layer(user_rank), layer(used_rank));
    let (user, used) = (boundaries.name(user), boundaries.name(used));
    let order: Vec<String> = boundaries.layers().order.iter().map(|layer| format!("`{}`", layer.value)).collect();
    let (message, label, route) = if used_rank < user_rank {
        (
            format!("`{from_path}` in layer `{user_layer}` uses `{to_path}` in the higher layer `{used_layer}`"),
            format!("`{used_layer}` is above `{user_layer}`"),
            change.unwrap_or_else(|| {
                format!(
                    "move what both need into `{user_layer}` or below, or let `{user}` declare a trait that `{used}` \
                     implements"
                )
            }),
        )
    } else {
        let next = layer(user_rank + 1);
        (
            format!("`{from_path}` in layer `{user_layer}` uses `{to_path}` in `{used_layer}`, past `{next}`"),
            format!("`{user_layer}` may use `{next}` alone"),
            format!("let `{next}` offer what `{user}` needs of `{used}`"),
        )
    };
    Violation {
        message,
        label,
        why: format!("layers are, from the top, {}", order.join(", ")),
        route: Some(route),
        ..violation
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::boundary::{Intent, Layers, Placed};
    use crate::rules::Context;
    use crate::source::Span;

    const WORKSPACE: &str = "
        package web web
        pub struct web::Page
        package orders orders
        pub struct orders::Order
        pub mod orders::price
        pub struct orders::price::Price
        package store store
        pub struct store::Row
    ";

    #[track_caller]
    fn check(references: &str, declared: &[(&str, &str)], closed: bool, expected: &[&str]) {
        let fixture = Fixture::new(&format!("{WORKSPACE}{references}"));
        let layer = |name: &str| Placed { value: name.to_owned(), span: Span::default() };
        let layers = Layers { order: ["apps", "domain", "platform"].map(layer).to_vec(), closed };
        let intent = Intent { boundaries: declarations(declared), layers, ..Intent::default() };
        let boundaries = fixture.boundaries(intent);
        let found = super::check(&Context::new(&fixture.model, &boundaries));
        let lines: Vec<String> =
            found.iter().map(|it| format!("{}; {}", it.message, it.route.clone().unwrap())).collect();
        assert_eq!(lines, expected);
    }

    const LAYERED: [(&str, &str); 3] = [
        ("web", "contains web; layer apps"),
        ("orders", "contains orders; layer domain"),
        ("store", "contains store; layer platform"),
    ];

    #[test]
    fn a_layer_may_use_itself_and_lower_ones() {
        check("web -> orders::Order\nweb -> store::Row\norders -> store::Row", &LAYERED, false, &[]);
    }

    #[test]
    fn a_higher_layer_is_out_of_reach() {
        check(
            "store -> orders::price::Price\norders -> web::Page",
            &LAYERED,
            false,
            &[
                "`orders` in layer `domain` uses `web::Page` in the higher layer `apps`; move what both need into \
                 `domain` or below, or let `orders` declare a trait that `web` implements",
                "`store` in layer `platform` uses `orders::price::Price` in the higher layer `domain`; move what both \
                 need into `platform` or below, or let `store` declare a trait that `orders` implements",
            ],
        );
    }

    #[test]
    fn closed_layers_use_the_next_alone() {
        check(
            "web -> orders::Order\nweb -> store::Row",
            &LAYERED,
            true,
            &[
                "`web` in layer `apps` uses `store::Row` in `platform`, past `domain`; let `domain` offer what `web` needs \
               of `store`",
            ],
        );
    }

    #[test]
    fn composition_roots_tests_and_boundaries_without_a_layer_are_exempt() {
        let declared = [
            ("web", "contains web; layer apps"),
            ("orders", "contains orders; layer domain; role composition"),
            ("store", "contains store"),
        ];
        check("orders -> web::Page\nstore -> web::Page", &declared, false, &[]);
        check("store -> orders::Order type test", &LAYERED, false, &[]);
    }

    #[test]
    fn a_nested_boundary_has_the_layer_of_the_one_around_it() {
        let declared = [
            ("web", "contains web; layer apps"),
            ("orders", "contains orders; layer domain"),
            ("price", "contains orders::price"),
            ("store", "contains store; layer platform"),
        ];
        check(
            "orders::price -> web::Page\norders::price -> orders::Order",
            &declared,
            false,
            &[
                "`orders::price` in layer `domain` uses `web::Page` in the higher layer `apps`; move what both need into \
               `domain` or below, or let `price` declare a trait that `web` implements",
            ],
        );
    }
}
