//! The hexagonal form: a domain that uses what is around it, an adapter that somebody other than a composition root uses.
//!
//! In: every written route, and the sides of modules.  Out: one violation per referring module and item.  Not here: the
//! order of layers.

use super::super::{Context, Violation};
use super::RULE;
use crate::boundary::{BoundaryId, Role, Side, named_module};
use crate::model::{NodeId, ReferenceId, ReferenceKind, Step};

/// What is used from the wrong side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misuse {
    /// A domain uses an adapter.
    Adapter { domain: BoundaryId, adapter: BoundaryId },
    /// A domain uses another boundary.
    Outside { domain: BoundaryId, used: BoundaryId },
    /// An adapter is used by code that is neither a composition root nor an adapter of the same boundary.
    Unwired { adapter: BoundaryId },
}

pub(super) fn check(context: &Context<'_>) -> Vec<Violation> {
    if !context.boundaries.has_hexagons() {
        return Vec::new();
    }
    let found = context.collect(|from, steps| misuse(context, from, steps));
    let violations = found.into_iter().filter_map(|((from, to), group)| {
        // A boundary's root may show its adapters to those who wire them.
        let is_use = |(id, _): &&(ReferenceId, Misuse)| context.model.reference(*id).kind != ReferenceKind::Reexport;
        let uses: Vec<(ReferenceId, Misuse)> = group.iter().filter(is_use).copied().collect();
        let proven = uses.first().is_some_and(|(id, _)| context.model.reference(*id).proves());
        proven.then(|| violation(context, from, to, &uses))
    });
    violations.collect()
}

fn misuse(context: &Context<'_>, from: NodeId, steps: &[Step]) -> Option<Misuse> {
    let boundaries = context.boundaries;
    if boundaries.has_role(from, Role::Composition) {
        return None;
    }
    let mut places = steps.iter().flat_map(|step| [Some(step.module), named_module(context.model, step)]).flatten();
    let own = boundaries.side(from);
    places.find_map(|place| match (own, boundaries.side(place)) {
        (Some((domain, Side::Domain)), Some((adapter, Side::Adapter))) => Some(Misuse::Adapter { domain, adapter }),
        (Some((domain, Side::Domain)), _) => {
            let used = boundaries.of(place)?;
            let is_around = boundaries.chain(from).any(|id| id == used);
            (!is_around && !boundaries.contains(domain, place) && !boundaries.has_role(place, Role::Contracts))
                .then_some(Misuse::Outside { domain, used })
        }
        (own, Some((adapter, Side::Adapter))) if own != Some((adapter, Side::Adapter)) => {
            Some(Misuse::Unwired { adapter })
        }
        _ => None,
    })
}

fn violation(context: &Context<'_>, from: NodeId, to: NodeId, group: &[(ReferenceId, Misuse)]) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let (from_path, to_path) = (model.path(from), model.path(to));
    let name = |id: BoundaryId| boundaries.name(id);
    let (message, label, why, route) = match group[0].1 {
        Misuse::Adapter { domain, adapter } => (
            format!(
                "`{from_path}` in the domain of `{}` uses `{to_path}`, an adapter of `{}`",
                name(domain),
                name(adapter)
            ),
            "an adapter".to_owned(),
            "a domain that knows its adapters cannot be tested or moved without them".to_owned(),
            format!("declare a trait in the domain of `{}`, and let the adapter implement it", name(domain)),
        ),
        Misuse::Outside { domain, used } => (
            format!("`{from_path}` in the domain of `{}` uses `{to_path}` of boundary `{}`", name(domain), name(used)),
            format!("`{}` is outside the domain", name(used)),
            "a domain knows itself and shared contracts alone".to_owned(),
            format!(
                "take what it needs as an argument or through a trait of the domain of `{}`, or move the type to a boundary \
                 with `role = \"contracts\"`",
                name(domain)
            ),
        ),
        Misuse::Unwired { adapter } => (
            format!("`{from_path}` uses `{to_path}`, an adapter of `{}`, and is no composition root", name(adapter)),
            format!("an adapter of `{}`", name(adapter)),
            "adapters are put to use where a program is wired, so that everything else works with any of them"
                .to_owned(),
            format!(
                "use the trait of `{}` that the adapter implements, and hand the adapter in from a boundary with \
                 `role = \"composition\"`",
                name(adapter)
            ),
        ),
    };
    let references = group.iter().map(|(id, _)| *id).collect();
    Violation {
        message,
        label,
        why,
        route: Some(route),
        ..Violation::of_reference(RULE.name, model, from, to, references)
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const WORKSPACE: &str = "
        package pay pay
        pub mod pay::domain
        pub struct pay::domain::Money
        pub mod pay::pg
        pub struct pay::pg::Store
        pub mod pay::http
        pub struct pay::http::Route
        pub mod pay::app
        package orders orders
        pub struct orders::Order
        package shared shared
        pub struct shared::Id
        package server server
    ";
    const DECLARED: [(&str, &str); 4] = [
        ("orders", "contains orders"),
        ("pay", "contains pay; api pub; domain pay::domain; adapters pay::pg pay::http"),
        ("server", "contains server; role composition"),
        ("shared", "contains shared; role contracts"),
    ];

    #[track_caller]
    fn found(references: &str, expected: &[&str]) {
        check("layer-order", &format!("{WORKSPACE}{references}"), &DECLARED, expected);
    }

    #[test]
    fn a_domain_uses_neither_adapters_nor_the_outside() {
        found(
            "pay::domain -> pay::pg::Store\npay::domain -> orders::Order",
            &[
                "pay::domain -> orders::Order (1): take what it needs as an argument or through a trait of the domain of \
                 `pay`, or move the type to a boundary with `role = \"contracts\"`",
                "pay::domain -> pay::pg::Store (1): declare a trait in the domain of `pay`, and let the adapter implement it",
            ],
        );
    }

    #[test]
    fn adapters_are_used_where_a_program_is_wired_alone() {
        let route = "use the trait of `pay` that the adapter implements, and hand the adapter in from a boundary with \
                     `role = \"composition\"`";
        found(
            "pay::app -> pay::pg::Store\norders -> pay::http::Route",
            &[&format!("orders -> pay::http::Route (1): {route}"), &format!("pay::app -> pay::pg::Store (1): {route}")],
        );
    }

    #[test]
    fn what_points_inwards_is_wired_or_is_shared_is_fine() {
        found(
            "pay::pg -> pay::domain::Money\npay::pg -> pay::http::Route\npay::domain -> shared::Id\n\
             server -> pay::pg::Store\npay -> pay::pg::Store reexport\npay::app -> pay::domain::Money\n\
             orders -> pay::domain::Money\npay::domain -> pay::pg::Store type test",
            &[],
        );
    }
}
