//! Manifests and riprap.toml after the moves.
//!
//! In: which packages name which then, and what moved code names of crates outside.  Out: entries in `[dependencies]`, written
//! as the workspace writes them; riprap.toml with the paths that code has then.  Not here: whether Cargo allows a ring (`draft`).

use std::sync::Arc;

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

use super::{FileChange, NewDependency, Work};
use crate::edit::{Renames, renamed};
use crate::facts::PathRoot;
use crate::model::{By, Meaning, NodeId, Written};
use crate::source::{folder_of, seen_from};
use crate::workspace::{Dependency, DependencyKind, Package};

/// What a package depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum On {
    Package(NodeId),
    /// A crate outside, by the name that code writes, as the package of this node has it.
    Outside(String, NodeId),
}

impl<'a> Work<'a> {
    /// Crates outside that code names which is in another package then.
    fn see_outside(&mut self) {
        let written: &[Written] = self.subject.written;
        for path in written {
            let to = self.module_then(path);
            let (Some(old), Some(new)) = (self.today.package_of(path.from), self.after.package_of(to)) else {
                continue;
            };
            let Some(first) = path.names.first() else { continue };
            let is_crate = first.by == By::Elsewhere && first.meaning == Meaning::Outside;
            if old == new || !is_crate || !matches!(path.root, PathRoot::Plain | PathRoot::Global) {
                continue;
            }
            let is_product = !path.test && !self.after.node(to).test;
            let on = On::Outside(first.text.to_string(), old);
            *self.dependencies.entry((new, on)).or_default() |= is_product;
        }
    }

    pub(super) fn list_dependencies(&mut self) {
        self.see_outside();
        let wanted: Vec<((NodeId, On), bool)> =
            self.dependencies.iter().map(|(key, product)| (key.clone(), *product)).collect();
        for ((package, on), is_product) in wanted {
            let workspace = self.subject.workspace;
            let Some(own) = self.package(package) else { continue };
            let serves =
                |it: &&Dependency| it.kind == DependencyKind::Normal || !is_product && it.kind == DependencyKind::Dev;
            let is_listed = match &on {
                On::Package(other) => {
                    let name = &*self.after.node(*other).name;
                    let is_it = |it: &Dependency| it.local.is_some_and(|local| workspace.package(local).name == name);
                    own.dependencies.iter().filter(serves).any(is_it)
                }
                On::Outside(name, _) => own.dependencies.iter().filter(serves).any(|it| it.extern_name == *name),
            };
            if !is_listed {
                self.list(own, &on, is_product);
            }
        }
    }

    fn package(&self, node: NodeId) -> Option<&'a Package> {
        let name = &*self.after.node(node).name;
        self.subject.workspace.packages.iter().find(|package| package.name == name)
    }

    fn list(&mut self, own: &Package, on: &On, is_product: bool) {
        let kind = if is_product { DependencyKind::Normal } else { DependencyKind::Dev };
        let entry = match on {
            On::Package(other) => self.package(*other).map(|other| (other.name.clone(), self.entry(own, other))),
            On::Outside(name, old) => self.package(*old).and_then(|old| {
                let dependency = old.dependencies.iter().find(|it| it.extern_name == *name)?;
                let document = self.document(&old.manifest)?;
                let item = ["dependencies", "dev-dependencies", "build-dependencies"]
                    .iter()
                    .find_map(|table| document.get(table)?.get(&dependency.manifest_name).cloned())?;
                Some((dependency.manifest_name.clone(), item))
            }),
        };
        let Some((name, item)) = entry else {
            // The standard library is everywhere.
            if let On::Outside(name, _) = on
                && !["std", "core", "alloc", "proc_macro", "test"].contains(&name.as_str())
            {
                self.leave(None, format!("{} has to list `{name}`", own.manifest));
            }
            return;
        };
        let table = if is_product { "dependencies" } else { "dev-dependencies" };
        let Some(mut document) = self.document(&own.manifest) else {
            return self.leave(None, format!("{} has to list `{name}`, and cannot be read", own.manifest));
        };
        let dependencies = document.entry(table).or_insert_with(|| Item::Table(Table::new()));
        let Some(dependencies) = dependencies.as_table_mut() else {
            return self.leave(None, format!("{} has to list `{name}`: `{table}` is no table there", own.manifest));
        };
        let names: Vec<String> = dependencies.iter().map(|(name, _)| name.to_owned()).collect();
        if names.contains(&name) {
            return;
        }
        let is_sorted = names.is_sorted();
        // `name.workspace = true` and `name = { .. }` are both written as one line.
        dependencies.insert(&name, item);
        if is_sorted {
            dependencies.sort_values();
        }
        let old = (self.subject.manifest)(&own.manifest).unwrap_or_default();
        self.manifests.insert(own.manifest.clone(), (old, document.to_string()));
        if let On::Package(other) = on {
            let on = self.after.node(*other).name.to_string();
            self.new_dependencies.push(NewDependency { of: own.name.clone(), on, kind });
        }
    }

    /// The manifest with what was changed in it so far.
    fn document(&self, path: &str) -> Option<DocumentMut> {
        match self.manifests.get(path) {
            Some((_, text)) => text.parse().ok(),
            None => (self.subject.manifest)(path)?.parse().ok(),
        }
    }

    /// A dependency on another package of the workspace: as others have it, or by its folder.
    fn entry(&self, own: &Package, other: &Package) -> Item {
        let root = self.document("Cargo.toml");
        let shared = root.as_ref().and_then(|root| root.get("workspace")?.get("dependencies")?.get(&other.name));
        if shared.is_some() {
            let mut table = Table::new();
            table.set_dotted(true);
            table.insert("workspace", Item::Value(true.into()));
            return Item::Table(table);
        }
        let mut table = InlineTable::new();
        table.insert("path", seen_from(folder_of(&own.manifest), folder_of(&other.manifest)).into());
        Item::Value(Value::InlineTable(table))
    }

    /// riprap.toml with the paths that modules have then.
    pub(super) fn configuration(&self) -> Option<FileChange> {
        let (path, text) = self.subject.config?;
        let moved = self.roots.keys().filter(|root| !self.is_item(**root));
        let mut modules: Vec<(String, String)> =
            moved.map(|root| (self.after.path(*root).to_owned(), self.today.path(*root).to_owned())).collect();
        modules.sort_by(|a, b| a.1.cmp(&b.1));
        let new = renamed(text, &Renames { modules, ..Renames::default() });
        (new != text).then(|| FileChange {
            before: path.to_owned(),
            after: path.to_owned(),
            old: Arc::from(text),
            new: new.into(),
        })
    }
}
