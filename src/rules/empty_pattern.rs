//! A pattern of riprap.toml that matches nothing.
//!
//! In: what the overlay could not match.  Out: one violation per pattern.  Not here: names that are certainly wrong,
//! which are problems of the configuration.

use super::{Context, Rule, Violation};
use crate::boundary::Unmatched;

pub(super) const RULE: Rule = Rule {
    name: "empty-pattern",
    group: "boundaries",
    summary: "a pattern matches no code",
    documentation: include_str!("empty_pattern.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let mut violations: Vec<Violation> = context
        .boundaries
        .unmatched()
        .iter()
        .map(|unmatched| Violation {
            message: unmatched.to_string(),
            label: "matches nothing".to_owned(),
            why:
                "code that was renamed or moved takes no pattern along: what it was meant to cover is covered by nobody"
                    .to_owned(),
            route: Some(format!(
                "correct `{}` in `{}` of {}, or take it out",
                unmatched.pattern,
                unmatched.key,
                table(context, unmatched)
            )),
            declared: Some(unmatched.span),
            ..Violation::between(RULE.name, unmatched.boundary.clone(), unmatched.pattern.clone())
        })
        .collect();
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations.dedup_by(|a, b| a.id == b.id);
    violations
}

/// Where somebody would look for it.
fn table(context: &Context<'_>, unmatched: &Unmatched) -> String {
    let boundaries = context.boundaries;
    match (unmatched.key, boundaries.find(&unmatched.boundary)) {
        ("crates" | "allow", _) => format!("`{}` of `[rules]`", unmatched.boundary),
        (key, Some(id)) => boundaries.declaration(id).table(key),
        (_, None) => format!("`[boundary.\"{}\"]`", unmatched.boundary),
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    #[test]
    fn patterns_of_each_key_that_match_nothing_are_found() {
        check(
            "empty-pattern",
            "package orders orders\npub mod orders::stock\npackage web web",
            &[
                ("orders", "contains orders orders::gone; api orders::nothing orders::stock"),
                ("web", "contains web; may_use orders::nobody orders::stock"),
            ],
            &[
                "orders -> orders::gone (0): correct `orders::gone` in `contains` of `[boundary.orders]`, or take it out",
                "orders -> orders::nothing (0): correct `orders::nothing` in `api` of `[boundary.orders]`, or take it out",
                "web -> orders::nobody (0): correct `orders::nobody` in `may_use` of `[boundary.web]`, or take it out",
            ],
        );
    }
}
