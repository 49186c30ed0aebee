//! `pub` that nothing outside needs.
//!
//! In: what crates and boundaries show, and what of it is needed outside (`need`).  Out: one violation per item, and per module of
//! which nothing is named outside.  Not here: methods, fields and variants, whose uses only types show, and macros.

use rustc_hash::FxHashSet;

use super::declaration::Declaration;
use super::need::{Need, Side};
use super::{Context, Rule, Violation};
use crate::boundary::Role;
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind};
use crate::workspace::TargetKind;

pub(super) const RULE: Rule = Rule {
    name: "over-exposed",
    group: "boundaries",
    summary: "something is `pub` that nothing outside needs",
    documentation: include_str!("over_exposed.md"),
    check,
};

/// The visibility that a violation of this rule says is enough; empty for none.
pub fn narrower(violation: &Violation) -> Option<&str> {
    let declared = violation.label.strip_prefix("could be `").filter(|_| violation.rule == RULE.name)?;
    // Keyword and name stand behind it.
    let mut words = declared.trim_end_matches('`').rsplitn(3, ' ');
    words.next()?;
    words.next()?;
    Some(words.next().unwrap_or_default())
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let mut violations = Vec::new();
    // What a signature shows is read from its text.
    if context.sources.is_none() {
        return violations;
    }
    let mut told: FxHashSet<NodeId> = FxHashSet::default();
    let libraries: Vec<NodeId> = context.model.module_ids().filter(|root| is_open_library(context, *root)).collect();
    if !libraries.is_empty() {
        let crates = Need::new(context, Side::Crates);
        for root in libraries.into_iter().filter(|root| crates.is_used_from_outside(*root)) {
            find(context, &crates, &[root], &mut told, &mut violations);
        }
    }
    if context.boundaries.ids().any(|id| is_of_modules(context, context.boundaries.roots(id))) {
        let boundaries = Need::new(context, Side::Boundaries);
        for id in context.boundaries.ids() {
            let roots = context.boundaries.roots(id);
            if is_of_modules(context, roots) && roots.iter().any(|root| boundaries.is_used_from_outside(*root)) {
                find(context, &boundaries, roots, &mut told, &mut violations);
            }
        }
    }
    violations.sort_by(|a: &Violation, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations.dedup_by(|a, b| a.id == b.id);
    violations
}

/// A library whose users are all in this workspace.
fn is_open_library(context: &Context<'_>, root: NodeId) -> bool {
    let is_library = context.model.node(root).kind == NodeKind::Target(TargetKind::Lib);
    is_library && context.model.package_of(root).is_some_and(|package| !context.published.contains(&package))
}

/// A boundary inside a crate: others may be in the same one.
fn is_of_modules(context: &Context<'_>, roots: &[NodeId]) -> bool {
    !roots.is_empty() && roots.iter().all(|root| context.model.node(*root).kind == NodeKind::Module)
}

/// Walks what is shown, from the roots on; what lies in a module that nobody names is told with that module.
fn find(
    context: &Context<'_>,
    need: &Need<'_>,
    roots: &[NodeId],
    told: &mut FxHashSet<NodeId>,
    violations: &mut Vec<Violation>,
) {
    let model = context.model;
    let mut modules: Vec<NodeId> = roots.to_vec();
    let mut seen: FxHashSet<NodeId> = roots.iter().copied().collect();
    while let Some(module) = modules.pop() {
        for export in model.exports(module) {
            let node = model.node(export.node);
            if !need.leaves(roots[0], export.visibility) || !need.is_inside(roots[0], export.node) {
                continue;
            }
            let is_own = !export.reexport && node.parent == Some(module);
            if !is_judged(context, export.node) || !seen.insert(export.node) {
                continue;
            }
            if node.kind.is_module() {
                // A module that a re-export shows is named by it.
                if need.is_needed(export.node) || !is_own {
                    modules.push(export.node);
                } else if has_items(context, export.node)
                    && is_everybodys(context, need, export.node)
                    && told.insert(export.node)
                {
                    violations.push(violation(context, need, roots, export.node, "mod"));
                }
            } else if !need.is_needed(export.node)
                && need.leaves(roots[0], node.visibility)
                && is_everybodys(context, need, export.node)
                && !told.contains(&export.node)
                && let Some(keyword) = writable(context, need, export.node)
            {
                told.insert(export.node);
                violations.push(violation(context, need, roots, export.node, keyword));
            }
        }
    }
}

/// Code of this configuration that people write, outside tests.
fn is_judged(context: &Context<'_>, node: NodeId) -> bool {
    let item = context.model.node(node);
    item.active && !item.test && !context.is_generated(node) && !context.boundaries.has_role(node, Role::TestSupport)
}

/// For boundaries of modules: what a published crate shows belongs to its users, too.
fn is_everybodys(context: &Context<'_>, need: &Need<'_>, node: NodeId) -> bool {
    let Some(package) = context.model.package_of(node) else { return false };
    !(context.published.contains(&package) && need.is_public_api(node))
}

/// The word that introduces an item whose visibility can be written narrower, or `None`.
fn writable(context: &Context<'_>, need: &Need<'_>, node: NodeId) -> Option<&'static str> {
    let NodeKind::Item(kind) = context.model.node(node).kind else { return None };
    let keyword = match kind {
        ItemKind::Function => "fn",
        ItemKind::Struct => "struct",
        ItemKind::Enum => "enum",
        ItemKind::Union => "union",
        ItemKind::Trait => "trait",
        ItemKind::TypeAlias => "type",
        ItemKind::Const => "const",
        ItemKind::Static => "static",
        _ => return None,
    };
    if is_named_by_a_derive(context, node) {
        return None;
    }
    let declaration = Declaration::of(context, node)?;
    (declaration.is_public() && !need.may_be_used_unseen(node, &declaration)).then_some(keyword)
}

/// What `DeriveEntityModel` of sea-orm names in what it makes public, of the module that it stands in.
const OF_ENTITIES: [&str; 6] = ["ActiveModel", "Column", "Entity", "Model", "PrimaryKey", "Relation"];

/// A derive that is not run may show the items beside it, by names that are agreed.
fn is_named_by_a_derive(context: &Context<'_>, node: NodeId) -> bool {
    OF_ENTITIES.contains(&&*context.model.node(node).name)
        && context.text_of(node).is_some_and(|text| text.contains("DeriveEntityModel"))
}

fn has_items(context: &Context<'_>, module: NodeId) -> bool {
    let model = context.model;
    model.children(module).iter().any(|child| match model.node(*child).kind {
        NodeKind::Item(kind) => kind != ItemKind::Impl && !model.node(*child).test,
        _ => has_items(context, *child),
    })
}

fn violation(context: &Context<'_>, need: &Need<'_>, roots: &[NodeId], node: NodeId, keyword: &str) -> Violation {
    let model = context.model;
    let (path, name) = (model.path(node), &model.node(node).name);
    let outside = need.name_of_inside(roots[0]);
    let narrower = enough(context, roots, node);
    let others = match keyword {
        "mod" if is_used_within(context, need, node) => "; what others use of it has another name, and keeps it",
        _ if is_reexported(context, node) => "; its re-export shrinks with it",
        _ => "",
    };
    let module = model.node(node).parent.map(|parent| model.path(parent).to_owned()).unwrap_or_default();
    let written =
        if narrower.is_empty() { format!("{keyword} {name}") } else { format!("{narrower} {keyword} {name}") };
    Violation {
        from_node: Some(node),
        places: context.place_of(node).into_iter().collect(),
        to_node: Some(node),
        message: format!("`{path}` can be named outside {outside}, and nothing there needs it"),
        label: format!("could be `{written}`"),
        why:
            "what can be named from outside is a promise: sooner or later somebody uses it, and it can no longer change"
                .to_owned(),
        route: Some(format!("write `{written}`{others}")),
        ..Violation::between(RULE.name, module, path)
    }
}

/// Something below a module is needed, by a re-export or as part of what something else shows.
fn is_used_within(context: &Context<'_>, need: &Need<'_>, module: NodeId) -> bool {
    let mut children = context.model.children(module).iter();
    children.any(|child| need.is_needed(*child) || is_used_within(context, need, *child))
}

/// The visibility that is enough inside.
fn enough(context: &Context<'_>, roots: &[NodeId], node: NodeId) -> String {
    let model = context.model;
    let Some(root) = roots.iter().copied().find(|root| model.is_within(node, *root)) else {
        return "pub(crate)".to_owned();
    };
    let parent = model.node(node).parent;
    if matches!(model.node(root).kind, NodeKind::Target(_)) {
        "pub(crate)".to_owned()
    } else if parent == Some(root) {
        // Private in a module is visible in all that is below it.
        String::new()
    } else if parent.and_then(|parent| model.node(parent).parent) == Some(root) {
        "pub(super)".to_owned()
    } else {
        format!("pub(in {})", context.spelled(root, node))
    }
}

fn is_reexported(context: &Context<'_>, node: NodeId) -> bool {
    let model = context.model;
    let Some(target) = model.target_of(node) else { return false };
    let mut modules = model.module_ids().filter(|module| model.is_within(*module, target));
    modules.any(|module| model.exports(module).iter().any(|export| export.node == node && export.reexport))
}

#[cfg(test)]
mod tests;
