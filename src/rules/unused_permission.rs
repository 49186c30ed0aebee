//! A dependency that is declared and that no code uses.
//!
//! In: what each boundary says it may use, and every written route, also one to what is re-exported from outside, those of tests and of code that is left out included.
//! Out: one violation per entry.  Not here: entries that mean nothing (`empty_pattern`).

use super::{Context, Rule, Violation};
use crate::boundary::BoundaryId;

pub(super) const RULE: Rule = Rule {
    name: "unused-permission",
    group: "boundaries",
    summary: "a boundary declares a dependency that no code uses",
    documentation: include_str!("unused_permission.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let used = used(context);
    let mut violations = Vec::new();
    for user in boundaries.ids() {
        let unmatched = |entry: &str| {
            let name = boundaries.name(user);
            let is_use = |key: &str| ["may_use", "events_only"].contains(&key);
            boundaries.unmatched().iter().any(|it| is_use(it.key) && it.boundary == name && it.pattern == entry)
        };
        for ((key, entry), used) in boundaries.declaration(user).permitted().zip(&used[user.0 as usize]) {
            if !used && !unmatched(&entry.value) {
                let violation = violation(context, user, key, &entry.value);
                violations.push(Violation { declared: Some(entry.span), ..violation });
            }
        }
    }
    violations
}

/// Per boundary and entry of what it may use: whether any code needs it.
fn used(context: &Context<'_>) -> Vec<Vec<bool>> {
    let (model, boundaries) = (context.model, context.boundaries);
    let entries = |id| boundaries.declaration(id).permitted().count();
    let mut used: Vec<Vec<bool>> = boundaries.ids().map(|id| vec![false; entries(id)]).collect();
    let mut need = |from, route| {
        let steps = model.steps_of(route);
        let Some(entry) = context.entry(from, steps) else { return };
        for user in boundaries.chain(from).filter(|user| !boundaries.contains(*user, entry.place)) {
            for index in boundaries.permitting(model, user, entry.place, &steps[entry.step..]) {
                used[user.0 as usize][index] = true;
            }
        }
    };
    for edge in model.edge_ids() {
        let from = model.edge(edge).from;
        model.references_of(edge).for_each(|(_, reference)| need(from, reference.route));
    }
    model.passages().iter().for_each(|passage| need(passage.from, passage.route));
    used
}

/// A permission that nothing needs; the words are up to whoever found it.
pub fn unused_permission(from: String, to: String) -> Violation {
    Violation::between(RULE.name, from, to)
}

fn violation(context: &Context<'_>, user: BoundaryId, key: &str, entry: &str) -> Violation {
    let name = context.boundaries.name(user);
    Violation {
        message: format!("boundary `{name}` may use `{entry}`, and no code of it does"),
        label: "nothing uses it".to_owned(),
        why: "a permission that nobody needs is a door that stands open: the next dependency through it is decided by nobody"
            .to_owned(),
        route: Some(format!("take \"{entry}\" out of `{key}` of {}", context.boundaries.declaration(user).table(key))),
        ..unused_permission(name.to_owned(), entry.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const WORKSPACE: &str = "
        package orders orders
        package stock stock
        pub struct stock::Level
        pub mod stock::deep
        pub struct stock::deep::Row
        package web web
        pub struct web::Page
    ";

    #[track_caller]
    fn unused(references: &str, may_use: &str, expected: &[&str]) {
        let orders = format!("contains orders; may_use {may_use}");
        let declared = [("orders", orders.as_str()), ("stock", "contains stock"), ("web", "contains web")];
        check("unused-permission", &format!("{WORKSPACE}{references}"), &declared, expected);
    }

    #[test]
    fn what_no_code_needs_is_found() {
        unused(
            "orders -> stock::Level",
            "stock web",
            &["orders -> web (0): take \"web\" out of `may_use` of `[boundary.orders]`"],
        );
    }

    #[test]
    fn tests_and_code_that_is_left_out_need_it_too() {
        unused("orders -> stock::Level type test\norders -> web::Page type inactive", "stock web", &[]);
    }

    #[test]
    fn a_path_is_used_where_something_at_or_below_it_is() {
        unused(
            "orders -> stock::deep::Row",
            "stock::deep stock::Level",
            &["orders -> stock::Level (0): take \"stock::Level\" out of `may_use` of `[boundary.orders]`"],
        );
    }

    #[test]
    fn of_two_entries_that_allow_the_same_both_are_used() {
        unused("orders -> stock::Level", "stock sto*", &[]);
    }
}
