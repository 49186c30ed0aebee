//! A boundary's internals named from outside.
//!
//! In: every written route.  Out: one violation per referring module and item.  Not here: what an API is
//! (`boundary::api`).

use super::legal_route::{another_name, named_thing};
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Pattern, Shown, Trespass};
use crate::model::{NodeId, Step};

pub(super) const RULE: Rule = Rule {
    name: "internal-access",
    group: "boundaries",
    summary: "a boundary names another's internals instead of its API",
    documentation: include_str!("internal_access.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    let found = context.collect(|from, steps| context.boundaries.trespass(context.model, from, steps));
    let mut violations: Vec<Violation> =
        found.into_iter().map(|((from, to), group)| violation(context, from, to, &group)).collect();
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

fn violation(
    context: &Context<'_>,
    from: NodeId,
    to: NodeId,
    group: &[(crate::model::ReferenceId, Trespass)],
) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let (from_path, to_path) = (model.path(from), model.path(to));
    let (evidence, Trespass { boundary, name }) = &group[0];
    let boundary_name = boundaries.name(*boundary);
    let steps = model.steps_of(model.reference(*evidence).route);
    // What is behind a re-export may belong to somebody else.
    let named = if boundaries.contains(*boundary, to) { to_path } else { name };
    let references = group.iter().map(|(id, _)| *id).collect();
    Violation {
        message: format!("`{from_path}` names `{named}`, which is internal to boundary `{boundary_name}`"),
        label: format!("`{name}` is not in the API of `{boundary_name}`"),
        why: format!("other code may name only the API of `{boundary_name}`: {}", api_in_words(context, *boundary)),
        route: Some(route(context, *boundary, from, steps)),
        ..Violation::of_reference(RULE.name, model, from, to, references)
    }
}

/// What a reader needs to know of an API to find the way in.
fn api_in_words(context: &Context<'_>, boundary: BoundaryId) -> String {
    let roots: Vec<String> =
        context.boundaries.roots(boundary).iter().map(|root| format!("`{}`", context.model.path(*root))).collect();
    let roots = match roots.len() {
        0 => "its roots".to_owned(),
        1..=3 => roots.join(", "),
        count => format!("its {count} root modules"),
    };
    let words: Vec<String> = context
        .boundaries
        .declaration(boundary)
        .api
        .iter()
        .map(|shown| match &shown.value {
            Shown::Root => format!("what can be named at {roots}"),
            Shown::Pub => "all that is `pub`, but for modules named `internal` or `private`".to_owned(),
            Shown::Path(pattern) => format!("`{pattern}`"),
            Shown::Only { users, show } => {
                let quoted =
                    |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                let shown = quoted(show.iter().map(Pattern::text).collect());
                format!("{shown} for {} alone", quoted(users.iter().map(|user| user.value.as_str()).collect()))
            }
        })
        .collect();
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

fn route(context: &Context<'_>, boundary: BoundaryId, from: NodeId, steps: &[Step]) -> String {
    let (model, boundaries) = (context.model, context.boundaries);
    let name = boundaries.name(boundary);
    let owner = boundaries.declaration(boundary).owner.as_ref().map_or(String::new(), |owner| format!(" ({owner})"));
    let Some((thing, rest)) = named_thing(model, steps) else {
        return format!("use what `{name}` shows");
    };
    if let Some(path) = context.legal_name(boundary, from, thing) {
        return another_name(&format!("{path}{rest}"));
    }
    if model.node(thing).kind.is_module() {
        return format!("name the things that `{name}` shows; nothing of this module has to be public");
    }
    let item = &model.node(thing).name;
    let ask = format!("use what `{name}` shows, or ask its owner{owner} to re-export `{item}` in its API");
    // A module that is `pub` all the way may have been meant for others, and only not been declared.
    let may_be_meant = |step: &&Step| {
        context.is_reachable(step.module, from)
            && boundaries.contains(boundary, step.module)
            && !boundaries.roots(boundary).contains(&step.module)
            && !boundaries.is_hidden(model, boundary, step)
    };
    match steps.iter().rfind(|step| step.node == thing).filter(may_be_meant) {
        Some(step) => {
            let table = boundaries.declaration(boundary).table("api");
            format!("{ask}, or to list `{}` in `api` of {table}", model.path(step.module))
        }
        None => ask,
    }
}

#[cfg(test)]
mod tests;
