//! A boundary that uses another one without saying so.
//!
//! In: every written route.  Out: one violation per referring module and item.  Not here: boundaries that say nothing
//! about what they use.

use super::legal_route::{another_name, named_thing};
use super::smallest_change::Use;
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};
use crate::model::{NodeId, Passage, ReferenceId, Step};

pub(super) const RULE: Rule = Rule {
    name: "undeclared-dependency",
    group: "boundaries",
    summary: "a boundary uses one it does not declare",
    documentation: include_str!("undeclared_dependency.md"),
    check,
};

/// A use that nobody declared.
#[derive(Clone, Copy, Debug)]
struct Undeclared {
    user: BoundaryId,
    used: BoundaryId,
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let found = context.collect(|from, steps| undeclared(context, from, steps));
    let mut violations: Vec<Violation> =
        found.into_iter().map(|((from, to), group)| violation(context, from, to, &group)).collect();
    let passages = context.collect_passages(|from, steps| undeclared(context, from, steps));
    violations.extend(passages.into_iter().map(|((_, name), group)| of_passages(context, &name, &group)));
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

/// The innermost boundary around `from` that does not allow what the route enters.
fn undeclared(context: &Context<'_>, from: NodeId, steps: &[Step]) -> Option<Undeclared> {
    let boundaries = context.boundaries;
    let entry = context.entry(from, steps)?;
    // Who declares nothing may use anything, but for what is there for tests alone.
    let for_tests = boundaries.has_role(entry.place, Role::TestSupport);
    let user = boundaries.chain(from).find(|user| {
        let is_free = !for_tests && !boundaries.declares_dependencies(*user);
        let mut permitting = boundaries.permitting(context.model, *user, entry.place, &steps[entry.step..]);
        !boundaries.contains(*user, entry.place) && !is_free && permitting.next().is_none()
    })?;
    // Nested boundaries are declared as the one that is seen from the user's side.
    Some(Undeclared { user, used: entry.boundary })
}

fn violation(context: &Context<'_>, from: NodeId, to: NodeId, group: &[(ReferenceId, Undeclared)]) -> Violation {
    let model = context.model;
    let (evidence, undeclared) = group[0];
    let Undeclared { user, used } = undeclared;
    let steps = model.steps_of(model.reference(evidence).route);
    let references: Vec<ReferenceId> = group.iter().map(|(id, _)| *id).collect();
    let route = route(context, Use { from, user, used, thing: to }, steps);
    told(context, undeclared, route, Violation::of_reference(RULE.name, model, from, to, references))
}

/// Of what `used` re-exports and nobody in this workspace defines.
fn of_passages(context: &Context<'_>, name: &str, group: &[(&Passage, Undeclared)]) -> Violation {
    let undeclared = group[0].1;
    let boundaries = context.boundaries;
    let table = boundaries.declaration(undeclared.user).table("may_use");
    let (user, used) = (boundaries.name(undeclared.user), boundaries.name(undeclared.used));
    let route = format!(
        "if `{user}` shall depend on `{used}`, add \"{used}\" to `may_use` of {table}; else name it in the crate that \
         defines it, which is not of this workspace"
    );
    let passages: Vec<&Passage> = group.iter().map(|(passage, _)| *passage).collect();
    told(context, undeclared, route, Violation::of_passages(RULE.name, context.model, name, &passages))
}

/// A violation in words.
fn told(context: &Context<'_>, undeclared: Undeclared, route: String, violation: Violation) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let Undeclared { user, used } = undeclared;
    let (from_path, to_path) = (&violation.from, &violation.to);
    let (user_name, used_name) = (boundaries.name(user), boundaries.name(used));
    let declared = boundaries.declaration(user).may_use.as_deref().unwrap_or_default();
    let in_part = declared.iter().any(|entry| {
        entry.value.contains("::")
            && boundaries.roots(used).iter().any(|root| {
                let crate_name = model.path(*root).split("::").next().unwrap_or_default();
                entry.value.split("::").next() == Some(crate_name)
            })
    });
    let label = if in_part {
        format!("not in the part of `{used_name}` that `{user_name}` may use")
    } else {
        format!("`{used_name}` is not in `may_use` of `{user_name}`")
    };
    let for_tests = boundaries.outwards(used).any(|id| boundaries.declaration(id).role == Some(Role::TestSupport));
    Violation {
        message: format!(
            "`{from_path}` uses `{to_path}`, but boundary `{user_name}` does not declare that it uses `{used_name}`"
        ),
        label,
        why: match declared {
            _ if for_tests => format!("`{used_name}` supports tests, and this is no test"),
            [] if boundaries.declaration(user).may_use.is_none() => {
                format!("riprap.toml is `strict`, and `{user_name}` does not say what it uses")
            }
            [] => format!("`{user_name}` declares that it uses no other boundary"),
            entries => {
                let names: Vec<String> = entries.iter().map(|entry| format!("`{}`", entry.value)).collect();
                format!("`{user_name}` may use {}", names.join(", "))
            }
        },
        route: Some(if for_tests {
            format!(
                "use it from tests alone, or take `role = \"test-support\"` from {}",
                boundaries.declaration(used).table("role")
            )
        } else {
            route
        }),
        ..violation
    }
}

/// Another name of the same thing in a boundary that may be used, or what to declare.
fn route(context: &Context<'_>, undeclared: Use, steps: &[Step]) -> String {
    let (model, boundaries) = (context.model, context.boundaries);
    let Use { from, user, used, .. } = undeclared;
    if let Some((thing, rest)) = named_thing(model, steps) {
        let allowed = boundaries.ids().filter(|other| {
            *other != used
                && boundaries.roots(*other).first().is_some_and(|root| {
                    !boundaries.contains(*other, from)
                        && boundaries.declares_dependencies(user)
                        && boundaries.permits(model, user, *root, &[])
                })
        });
        if let Some(path) = allowed.filter_map(|other| context.legal_name(other, from, thing)).min() {
            return another_name(&format!("{path}{rest}"));
        }
    }
    let table = boundaries.declaration(user).table("may_use");
    let (user, used) = (boundaries.name(user), boundaries.name(used));
    let change = context.smallest_change(undeclared);
    let change = change.unwrap_or_else(|| "take what it needs as an argument".to_owned());
    format!("if `{user}` shall depend on `{used}`, add \"{used}\" to `may_use` of {table}; else {change}")
}

#[cfg(test)]
mod tests;
