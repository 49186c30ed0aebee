//! Which code belongs together, by where it lies and what it is called.
//!
//! In: packages and their folders, and the modules of a package that holds most of the code.  Out: [`Groups`].  Not here:
//! what depends on what.

use std::collections::BTreeMap;

use super::prefix;
use crate::model::{Model, NodeId, NodeKind};
use crate::workspace::TargetKind;

/// From so many folders side by side on, those whose names begin alike are one group.
const FEW: usize = 12;

/// A package with this share of all lines is divided by its modules.
const MOST_PERCENT: u64 = 60;

/// A package is divided if it has at least so many modules at its top.
pub(super) const MODULES_AT_LEAST: usize = 4;

/// More modules than these are no list of boundaries; then a module counts that has others in it, or this share of lines.
const MODULES_AT_MOST: usize = 25;
const MODULE_PERCENT: u64 = 3;

/// What code is put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// Folders; of many side by side those whose names begin alike.
    #[default]
    Usual,
    Folder,
    /// Names that begin alike, however few there are.
    Prefix,
    /// Whom CODEOWNERS gives it to.
    Owner,
    /// What refers to each other, and is changed together, more than chance would have it.
    Community,
}

impl GroupBy {
    pub const ALL: [Self; 5] = [Self::Usual, Self::Folder, Self::Prefix, Self::Owner, Self::Community];

    /// From so many folders side by side on, those whose names begin alike are one group.
    fn few(self) -> usize {
        match self {
            Self::Folder => usize::MAX,
            Self::Prefix => 1,
            Self::Usual | Self::Owner | Self::Community => FEW,
        }
    }
}

/// Why code is one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A thing that a template matches.
    Template,
    /// Folders whose names begin alike.
    Prefix,
    /// A package that no template covers.
    Package,
    /// A large module.
    Module,
    Owner,
    Community,
    /// Nearly all use it: that tells nothing of where it belongs.
    Everywhere,
    /// A person says so.
    Hand,
}

/// A boundary with a table of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub contains: Vec<String>,
    pub by: By,
    /// What speaks for it, in a sentence; empty where nothing is to be said.
    pub why: String,
}

/// What code belongs together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Patterns with `<name>`: one boundary for each thing that they match.
    pub templates: Vec<String>,
    /// Sorted by name.
    pub groups: Vec<Group>,
    /// What there is to say of how they were found; empty for most.
    pub remark: String,
}

/// A package, and where it lies.
#[derive(Clone, Copy, Debug)]
struct Package<'a> {
    node: NodeId,
    name: &'a str,
    folder: &'a str,
}

impl Groups {
    /// What packages and modules suggest; `folders` has the folder of each package as seen from riprap.toml.
    pub fn of(model: &Model, folders: &[(NodeId, String)], by: GroupBy) -> Self {
        let packages: Vec<Package<'_>> = folders
            .iter()
            .filter(|(node, _)| has_code(model, *node))
            .map(|(node, folder)| Package { node: *node, name: &model.node(*node).name, folder })
            .collect();
        let few = by.few();
        let mut found = Self::default();
        let mut side_by_side: BTreeMap<&str, BTreeMap<&str, Vec<Package<'_>>>> = BTreeMap::new();
        for package in &packages {
            let thing = thing(&packages, package.folder);
            let container = thing.rsplit_once('/').map_or("", |(container, _)| container);
            side_by_side.entry(container).or_default().entry(thing).or_default().push(*package);
        }
        for (container, things) in &side_by_side {
            if container.is_empty() {
                found.add_at_the_root(things, few);
            } else {
                found.add_container(container, things, few);
            }
        }
        let nodes: Vec<NodeId> = packages.iter().map(|package| package.node).collect();
        if let Some(root) = largest(&nodes, model) {
            found.divide(root, model);
        }
        found.templates.sort();
        found.groups.sort_by(|a, b| a.name.cmp(&b.name));
        found.merge_namesakes();
        found
    }

    /// The same without groups of folders that only their names hold together: a boundary for each folder instead.
    #[must_use]
    pub fn without(mut self, names: &[String]) -> Self {
        let container = |group: &Group| {
            let is_named = group.by == By::Prefix && names.contains(&group.name);
            let first = group.contains.first().filter(|_| is_named)?;
            first.rsplit_once('/').map(|(container, _)| format!("{container}/<name>"))
        };
        let templates: Vec<String> = self.groups.iter().filter_map(container).collect();
        self.groups.retain(|group| container(group).is_none());
        self.templates.extend(templates);
        self.templates.sort();
        self.templates.dedup();
        self
    }

    /// Folders with packages, side by side in another one.
    fn add_container(&mut self, container: &str, things: &BTreeMap<&str, Vec<Package<'_>>>, few: usize) {
        if things.len() == 1 {
            self.groups.extend(things.values().flatten().map(of_package));
            return;
        }
        let names: Vec<&str> = things.keys().map(|thing| &thing[container.len() + 1..]).collect();
        let prefixes = if names.len() > few { prefix::shared(&names) } else { Vec::new() };
        if names.iter().any(|name| !prefixes.iter().any(|prefix| prefix.names.contains(name))) {
            self.templates.push(format!("{container}/<name>"));
        }
        self.groups.extend(prefixes.iter().map(|prefix| Group {
            name: prefix.group.clone(),
            contains: prefix.patterns(&names).iter().map(|pattern| format!("{container}/{pattern}")).collect(),
            by: By::Prefix,
            why: String::new(),
        }));
    }

    /// Packages in folders of the workspace's own: they are told by their names.
    fn add_at_the_root(&mut self, things: &BTreeMap<&str, Vec<Package<'_>>>, few: usize) {
        let (single, several): (Vec<_>, Vec<_>) = things.iter().partition(|(_, packages)| packages.len() == 1);
        for (thing, packages) in several {
            let contains = packages.iter().map(|package| package.name.to_owned()).collect();
            let name = if thing.is_empty() { packages[0].name } else { thing };
            self.groups.push(Group { name: name.to_owned(), contains, by: By::Package, why: String::new() });
        }
        let single: Vec<Package<'_>> = single.into_iter().flat_map(|(_, packages)| packages).copied().collect();
        let names: Vec<&str> = single.iter().map(|package| package.name).collect();
        let is_grouped = names.len() > few;
        if names.len() <= FEW && !is_grouped {
            self.groups.extend(single.iter().map(of_package));
            return;
        }
        let prefixes = if is_grouped { prefix::shared(&names) } else { Vec::new() };
        let template = prefix::common(&names).and_then(|word| prefix::begin(&names, word));
        for package in &single {
            let is_covered = template.as_ref().is_some_and(|begin| package.name.starts_with(begin));
            if !is_covered && !prefixes.iter().any(|prefix| prefix.names.contains(&package.name)) {
                self.groups.push(of_package(package));
            }
        }
        self.templates.extend(template.map(|begin| format!("{begin}<name>")));
        self.groups.extend(prefixes.iter().map(|prefix| Group {
            name: prefix.group.clone(),
            contains: prefix.patterns(&names),
            by: By::Prefix,
            why: String::new(),
        }));
    }

    /// The modules of a package that holds most of the code.
    fn divide(&mut self, root: NodeId, model: &Model) {
        let modules = modules_at_top(model, root);
        if modules.len() < MODULES_AT_LEAST {
            return;
        }
        let krate = model.node(root).name.replace('-', "_");
        if modules.len() <= MODULES_AT_MOST {
            self.templates.push(format!("{krate}::<name>"));
            return;
        }
        let all = model.total_lines(root);
        let is_large = |module: &NodeId| {
            let has_modules = model.children(*module).iter().any(|child| model.node(*child).kind.is_module());
            has_modules || model.total_lines(*module) * 100 >= all * MODULE_PERCENT
        };
        self.groups.extend(modules.iter().filter(|module| is_large(module)).map(|module| {
            let name = &model.node(*module).name;
            let contains = vec![format!("{krate}::{name}")];
            Group { name: name.to_string(), contains, by: By::Module, why: String::new() }
        }));
    }

    /// Two groups of one name are one.
    fn merge_namesakes(&mut self) {
        let mut merged: Vec<Group> = Vec::with_capacity(self.groups.len());
        for group in std::mem::take(&mut self.groups) {
            match merged.last_mut().filter(|last| last.name == group.name) {
                Some(last) => {
                    let is_new = |pattern: &String| !last.contains.contains(pattern);
                    let new: Vec<String> = group.contains.into_iter().filter(is_new).collect();
                    last.contains.extend(new);
                }
                None => merged.push(group),
            }
        }
        self.groups = merged;
    }
}

fn of_package(package: &Package<'_>) -> Group {
    let contains = vec![package.name.to_owned()];
    Group { name: package.name.to_owned(), contains, by: By::Package, why: String::new() }
}

/// The folder on the way to a package that is one thing: the first that is a package itself, or that has others beside it
/// in a folder below the root.
fn thing<'a>(packages: &[Package<'_>], folder: &'a str) -> &'a str {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    for end in ends {
        let here = &folder[..end];
        if packages.iter().any(|package| package.folder == here) {
            return here;
        }
        let Some((around, _)) = here.rsplit_once('/') else { continue };
        let is_company =
            |package: &Package<'_>| is_at_or_below(package.folder, around) && !is_at_or_below(package.folder, here);
        if packages.iter().any(is_company) {
            return here;
        }
    }
    folder
}

fn is_at_or_below(folder: &str, above: &str) -> bool {
    folder.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A package with more than tests, examples and benchmarks: those alone belong to nobody.
pub(super) fn has_code(model: &Model, package: NodeId) -> bool {
    let mut targets = model.children(package).iter().map(|target| model.node(*target).kind);
    targets.any(|kind| matches!(kind, NodeKind::Target(target) if target.is_library() || target == TargetKind::Bin))
}

/// The target that holds most of the code.
pub(super) fn largest(packages: &[NodeId], model: &Model) -> Option<NodeId> {
    let targets = |package: &NodeId| {
        let is_code = |kind| matches!(kind, NodeKind::Target(TargetKind::Lib | TargetKind::Bin));
        let children = model.children(*package).iter().copied();
        children.filter(|child| is_code(model.node(*child).kind)).collect::<Vec<NodeId>>()
    };
    let all: Vec<NodeId> = packages.iter().flat_map(targets).collect();
    let lines: u64 = all.iter().map(|target| model.total_lines(*target)).sum();
    let root = all.into_iter().max_by_key(|target| model.total_lines(*target))?;
    (model.total_lines(root) * 100 >= lines * MOST_PERCENT).then_some(root)
}

/// Modules that are built for more than tests.
pub(super) fn modules_at_top(model: &Model, root: NodeId) -> Vec<NodeId> {
    let is_built = |node: &NodeId| model.node(*node).active && !model.node(*node).test;
    let modules = model.children(root).iter().copied().filter(|child| model.node(*child).kind == NodeKind::Module);
    modules.filter(is_built).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    fn check(text: &str, expected: &[&str]) {
        check_by(GroupBy::Usual, text, expected);
    }

    #[track_caller]
    fn check_by(by: GroupBy, text: &str, expected: &[&str]) {
        let fixture = Fixture::new(text);
        let Groups { templates, groups, .. } = Groups::of(&fixture.model, &fixture.folders, by);
        let groups = groups.iter().map(|group| format!("{}: {}", group.name, group.contains.join(" ")));
        assert_eq!(templates.into_iter().chain(groups).collect::<Vec<_>>(), expected);
    }

    fn packages(folders: &[&str]) -> String {
        let line = |folder: &&str| format!("package {} {folder} lib\n", folder.rsplit('/').next().unwrap());
        folders.iter().map(line).collect()
    }

    #[test]
    fn folders_side_by_side_are_one_boundary_each() {
        check(&packages(&["core/orders", "core/billing", "web"]), &["core/<name>", "web: web"]);
        check(&packages(&["core/orders/api", "core/orders/db", "core/billing"]), &["core/<name>"]);
        check(&packages(&["core/orders"]), &["orders: orders"]);
    }

    #[test]
    fn a_package_and_those_in_its_folder_are_one_boundary() {
        check(&packages(&["server", "server/migration"]), &["server: server migration"]);
        check(&packages(&["crates/a", "crates/a/derive", "crates/b"]), &["crates/<name>"]);
    }

    #[test]
    fn many_folders_whose_names_begin_alike_are_one_boundary() {
        let names = ["hir", "hir-def", "hir-ty", "ide", "ide-db", "a", "b", "c", "d", "e", "f", "g", "h"];
        let folders: Vec<String> = names.iter().map(|name| format!("crates/{name}")).collect();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        check(&packages(&folders), &["crates/<name>", "hir: crates/hir crates/hir-*", "ide: crates/ide crates/ide-db"]);
    }

    #[test]
    fn folders_alone_or_names_alone_can_be_asked_for() {
        let names = ["hir", "hir-def", "hir-ty", "ide", "ide-db", "a", "b", "c", "d", "e", "f", "g", "h"];
        let folders: Vec<String> = names.iter().map(|name| format!("crates/{name}")).collect();
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        check_by(GroupBy::Folder, &packages(&folders), &["crates/<name>"]);
        let root = "x-a x-b x-c x-d x-e x-f x-g x-h x-i x-j x-k x-db x-db-1 tool";
        check_by(GroupBy::Folder, &packages(&root.split(' ').collect::<Vec<_>>()), &["x-<name>", "tool: tool"]);
        let few = packages(&["crates/hir", "crates/hir-def", "crates/ide"]);
        check(&few, &["crates/<name>"]);
        check_by(
            GroupBy::Prefix,
            &packages(&folders[..6]),
            &["crates/<name>", "hir: crates/hir crates/hir-*", "ide: crates/ide crates/ide-db"],
        );
    }

    #[test]
    fn a_group_of_folders_can_be_given_up() {
        let group = |name: &str, pattern: &str, by| Group {
            name: name.into(),
            contains: vec![pattern.into()],
            by,
            why: String::new(),
        };
        let groups =
            vec![group("a", "crates/a-*", By::Prefix), group("b", "b-*", By::Prefix), group("c", "c", By::Package)];
        let left = Groups { groups, ..Groups::default() }.without(&["a".into(), "b".into(), "c".into()]);
        let names: Vec<&str> = left.groups.iter().map(|group| &*group.name).collect();
        assert_eq!((left.templates, names), (vec!["crates/<name>".to_owned()], vec!["b", "c"]));
    }

    #[test]
    fn many_packages_at_the_root_are_told_by_their_names() {
        let names = "x-a x-b x-c x-d x-e x-f x-g x-h x-i x-j x-k x-db x-db-1 tool";
        check(&packages(&names.split(' ').collect::<Vec<_>>()), &["x-<name>", "db: x-db x-db-1", "tool: tool"]);
    }

    #[test]
    fn a_package_with_most_of_the_code_is_divided_by_its_modules() {
        let app = "package app app lib\nmod app::a\nmod app::b\nmod app::c\nmod app::d\npackage tool tools/tool lib\n";
        check(app, &["app::<name>", "app: app", "tool: tool"]);
        check("package app app lib\nmod app::a\nmod app::b\n", &["app: app"]);
    }
}
