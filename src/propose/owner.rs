//! Code by whom it belongs to.
//!
//! In: a model, its packages, and the owners of files.  Out: a [`Part`] for each owner.  A package belongs to whom most of its
//! lines belong to, a module inside it to somebody else where its file does.  What belongs to nobody is in no part.
//! Not here: reading CODEOWNERS (`boundary`).

use std::collections::BTreeMap;

use super::group::has_code;
use super::{By, Part};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::FileId;

/// `owners` says whose a file is, as CODEOWNERS writes it: several with a space between.
pub fn by_owner(model: &Model, packages: &[NodeId], owners: &dyn Fn(FileId) -> String) -> Vec<Part> {
    let mut code: BTreeMap<String, Vec<NodeId>> = BTreeMap::new();
    let mut waiting: Vec<(NodeId, Option<String>)> = Vec::new();
    for package in packages.iter().filter(|package| has_code(model, **package)) {
        let main = main_owner(model, *package, owners);
        if let Some(main) = main.clone() {
            code.entry(main).or_default().push(*package);
        }
        waiting.push((*package, main));
    }
    while let Some((node, around)) = waiting.pop() {
        for child in model.children(node).iter().copied().filter(|child| is_offered(model, *child)) {
            // A module inside the file of another one belongs to whom that belongs to.
            let own_file = model.node(child).file.filter(|file| model.node(node).file != Some(*file));
            let own = own_file.map(owners).filter(|own| !own.is_empty()).or_else(|| around.clone());
            if let Some(own) = own.clone().filter(|own| around.as_ref() != Some(own)) {
                code.entry(own).or_default().push(child);
            }
            waiting.push((child, own));
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for (owner, code) in code {
        let name = name(&owner);
        let taken = parts.iter().filter(|part| part.name == name || part.name.starts_with(&format!("{name}-"))).count();
        let name = if parts.iter().any(|part| part.name == name) { format!("{name}-{}", taken + 1) } else { name };
        parts.push(Part { name, code, by: By::Owner, why: format!("{owner} in CODEOWNERS.") });
    }
    parts
}

/// Whom most lines of a package belong to.
fn main_owner(model: &Model, package: NodeId, owners: &dyn Fn(FileId) -> String) -> Option<String> {
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for module in model.module_ids().filter(|module| is_offered(model, *module) && model.is_within(*module, package)) {
        let node = model.node(module);
        if let Some(file) = node.file {
            *lines.entry(owners(file)).or_default() += u64::from(node.lines);
        }
    }
    let most = lines.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
    most.map(|(owner, _)| owner).filter(|owner| !owner.is_empty())
}

/// Modules with more than tests, examples and benchmarks: those say nothing of whose the code is.
fn is_offered(model: &Model, node: NodeId) -> bool {
    if !model.node(node).kind.is_module() {
        return false;
    }
    let target = model.target_of(node).map(|target| model.node(target).kind);
    !model.node(node).test && !matches!(target, Some(NodeKind::Target(kind)) if kind.is_test())
}

/// A name for a boundary: `orders` for `@shop/orders`, `ada` for `ada@example.org`, two names for two owners.
fn name(owner: &str) -> String {
    let of_one = |owner: &str| {
        let name = match owner.strip_prefix('@') {
            Some(handle) => handle.rsplit('/').next().unwrap_or(handle),
            None => owner.split('@').next().unwrap_or(owner),
        };
        name.chars().map(|letter| if letter.is_alphanumeric() || letter == '-' { letter } else { '-' }).collect()
    };
    let names: Vec<String> = owner.split_whitespace().map(of_one).collect();
    match names.len() {
        0..=2 => names.join("-"),
        more => format!("{}-and-{}", names[0], more - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_belongs_to_whom_its_files_belong_to() {
        let (fixture, files) =
            with_files("package a crates/a\nmod a::x\nmod a::x::y\nmod a::z\npackage b crates/b\npackage c c\n");
        let owners = |file: FileId| match &*files[file.0 as usize] {
            path if path.contains("a/src/x/y") => "@shop/b".to_owned(),
            path if path.contains("a/src") => "@shop/a".to_owned(),
            path if path.contains("b/src") => "@shop/b".to_owned(),
            _ => String::new(),
        };
        let packages: Vec<NodeId> = fixture.packages().collect();
        let parts = by_owner(&fixture, &packages, &owners);
        let told = |part: &Part| {
            let paths: Vec<&str> = part.code.iter().map(|node| fixture.path(*node)).collect();
            format!("{}: {} ({})", part.name, paths.join(" "), part.why)
        };
        assert_eq!(
            parts.iter().map(told).collect::<Vec<_>>(),
            ["a: a (@shop/a in CODEOWNERS.)", "b: b a::x::y (@shop/b in CODEOWNERS.)"]
        );
    }

    /// The model of a fixture with a file for each module, by its path.
    fn with_files(text: &str) -> (Model, Vec<String>) {
        let before = crate::boundary::fixture::Fixture::new(text);
        let mut builder = crate::model::ModelBuilder::new("fixture");
        let mut files: Vec<String> = Vec::new();
        let mut ids: BTreeMap<NodeId, NodeId> = BTreeMap::new();
        for id in before.model.top_down().into_iter().filter(|id| *id != crate::model::WORKSPACE) {
            let node = before.model.node(id).clone();
            let file = node.kind.is_module().then(|| {
                let path = node.path.split_once("::").map_or_else(String::new, |(_, rest)| rest.replace("::", "/"));
                let krate = node.path.split("::").next().unwrap_or_default().to_owned();
                files.push(format!("{krate}/src/{path}"));
                FileId(files.len() as u32 - 1)
            });
            let parent = node.parent.and_then(|parent| ids.get(&parent).copied());
            let made =
                builder.add_node(crate::model::Node { parent: parent.or(Some(crate::model::WORKSPACE)), file, ..node });
            ids.insert(id, made);
        }
        (builder.freeze(), files)
    }

    #[test]
    fn an_owner_has_a_name_that_a_boundary_can_have() {
        let owners = ["@shop/orders", "ada@example.org", "@ada", "@shop/a_b @ada", "@a @b @c"];
        assert_eq!(owners.map(name), ["orders", "ada", "ada", "a-b-ada", "a-and-2"]);
    }
}
