//! A boundary without an owner, where others have one.
//!
//! In: declarations.  Out: one violation per boundary.  Not here: what CODEOWNERS says.

use super::{Context, Rule, Violation};
use crate::boundary::Origin;

pub(super) const RULE: Rule = Rule {
    name: "unowned-boundary",
    group: "ownership",
    summary: "a declared boundary has no owner",
    documentation: include_str!("unowned_boundary.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let owned = |id| boundaries.outwards(id).any(|id| boundaries.declaration(id).owner.is_some());
    // A team that names no owners at all has not asked for them.
    if !boundaries.ids().any(owned) {
        return Vec::new();
    }
    let unowned = boundaries.ids().filter(|id| !owned(*id));
    unowned
        .map(|id| {
            let name = boundaries.name(id);
            Violation {
                message: format!("boundary `{name}` has no owner"),
                label: "no `owner`".to_owned(),
                why: "nobody decides what its API is, and nobody is asked when it breaks".to_owned(),
                route: Some(match boundaries.declaration(id).origin("owner") {
                    Some(Origin::Codeowners) => "give its files an owner in CODEOWNERS".to_owned(),
                    _ => format!(
                        "say who it belongs to: `owner = \"@team\"` in {}",
                        boundaries.declaration(id).table("owner")
                    ),
                }),
                declared: Some(boundaries.declaration(id).span),
                ..Violation::between(RULE.name, name, "")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check;

    const WORKSPACE: &str = "package a a\nmod a::deep\npackage b b";

    #[test]
    fn a_boundary_without_an_owner_is_found_where_others_have_one() {
        check(
            "unowned-boundary",
            WORKSPACE,
            &[("a", "contains a; owner @a"), ("b", "contains b")],
            &["b ->  (0): say who it belongs to: `owner = \"@team\"` in `[boundary.b]`"],
        );
    }

    #[test]
    fn a_nested_boundary_belongs_to_the_owner_around_it() {
        check("unowned-boundary", WORKSPACE, &[("a", "contains a; owner @a"), ("deep", "contains a::deep")], &[]);
    }

    #[test]
    fn where_nobody_owns_anything_nothing_is_missing() {
        check("unowned-boundary", WORKSPACE, &[("a", "contains a"), ("b", "contains b")], &[]);
    }
}
