//! How code is named from a place after the moves.
//!
//! In: a node and the module that names it.  Out: a path from the root of a crate.  Not here: whether it may be named.

use super::Work;
use super::dependencies::On;
use crate::model::{NodeId, NodeKind};
use crate::workspace::TargetKind;

/// Names that are written `r#name` in a path.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

pub(super) fn raw(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("r#{name}") } else { name.to_owned() }
}

impl Work<'_> {
    /// The path of a node as code in `from` writes it; `None` where nothing leads there.
    pub(super) fn spelled(&self, node: NodeId, from: NodeId) -> Option<String> {
        let after = self.after;
        let target = after.target_of(node)?;
        let mut parts = vec![self.crate_name(target, from)?];
        let mut names: Vec<NodeId> = after.ancestors(node).take_while(|it| *it != target).collect();
        names.reverse();
        parts.extend(names.iter().map(|it| raw(&after.node(*it).name)));
        Some(parts.join("::"))
    }

    /// The name of a crate in the code of another one, or `crate`.
    fn crate_name(&self, target: NodeId, from: NodeId) -> Option<String> {
        let after = self.after;
        if after.target_of(from) == Some(target) {
            return Some("crate".to_owned());
        }
        let NodeKind::Target(kind @ (TargetKind::Lib | TargetKind::ProcMacro)) = after.node(target).kind else {
            return None;
        };
        let own = after.node(target).name.replace('-', "_");
        let (package, other) = (after.package_of(from)?, after.package_of(target)?);
        if package == other {
            return (kind == TargetKind::Lib).then_some(own);
        }
        let known = self.extern_name(package, other);
        Some(known.unwrap_or(own))
    }

    /// What a package calls another one of this workspace, if its manifest lists it.
    pub(super) fn extern_name(&self, package: NodeId, other: NodeId) -> Option<String> {
        let name = |node: NodeId| &*self.after.node(node).name;
        let workspace = self.subject.workspace;
        let package = workspace.packages.iter().find(|it| it.name == name(package))?;
        let is_it = |local| workspace.package(local).name == name(other);
        let dependency = package.dependencies.iter().find(|it| it.local.is_some_and(is_it))?;
        Some(dependency.extern_name.clone())
    }

    /// Code in `from` names a node: its package has to list that of the node.
    pub(super) fn depend(&mut self, from: NodeId, node: NodeId, test: bool) {
        let (Some(package), Some(other)) = (self.after.package_of(from), self.after.package_of(node)) else { return };
        if package != other {
            let product = self.dependencies.entry((package, On::Package(other))).or_default();
            *product |= !test;
        }
    }
}
