//! What becomes of each written path.
//!
//! In: a path with what its names mean today, and where everything lies then.  Out: its [`Fate`]: it stays, begins otherwise,
//! or needs its first name brought to where it stands.  Not here: writing it.

use std::collections::BTreeSet;

use super::Work;
use crate::facts::{PathRole, PathRoot, PathSource};
use crate::model::{By, Form, Meaning, Name, NodeId, NodeKind, Visibility, Written};

/// What is done about a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// `prefix` stands for the root and so many names.
    Begins {
        names: usize,
        prefix: String,
    },
    /// Its first name has to be known in the module that it stands in then.
    Needs,
    /// It brings into a module what lies there then.
    Gone,
    Left(&'static str),
}

impl Work<'_> {
    /// Of every path, in its order.
    pub(super) fn fates(&mut self) -> Vec<Fate> {
        let written = self.subject.written;
        let mut brought: BTreeSet<(NodeId, String)> = BTreeSet::new();
        let mut fates = Vec::with_capacity(written.len());
        for path in written {
            let fate = self.fate(path, &brought);
            // For tests and links alone nothing is imported.
            if fate == Fate::Needs && !path.test && path.form != Form::Path(PathRole::Doc) {
                let name = path.names.first().map(|name| name.text.to_string()).unwrap_or_default();
                brought.insert((self.module_then(path), name));
            }
            fates.push(fate);
        }
        // What globs bring of a module is known when all is known that is brought there.
        for (path, fate) in written.iter().zip(&mut fates) {
            if path.names.first().is_some_and(|name| matches!(name.by, By::Glob(_))) {
                *fate = self.fate(path, &brought);
            }
        }
        fates
    }

    fn fate(&self, path: &Written, brought: &BTreeSet<(NodeId, String)>) -> Fate {
        let to = self.module_then(path);
        if self.is_gone(path, to) {
            return Fate::Gone;
        }
        let is_bare = path.root == PathRoot::Plain;
        let mut broken = None;
        for (index, name) in path.names.iter().enumerate() {
            if index == 0 && is_bare {
                match self.first_name(path, name, to, brought) {
                    First::Fine => {}
                    First::Broken => broken = Some(index),
                    First::Needed => broken = None,
                }
            } else if self.is_broken(name, path, to) {
                broken = Some(index);
            }
        }
        let needed = is_bare
            && path.names.first().is_some_and(|name| matches!(self.first_name(path, name, to, brought), First::Needed));
        // `pub(in path)` names something around it.
        let is_around = || path.names.last().and_then(Name::node).is_none_or(|node| self.after.is_within(to, node));
        if path.form == Form::Path(PathRole::Visibility) && !is_around() {
            return self.possible(path, Fate::Begins { names: path.names.len(), prefix: "crate".to_owned() });
        }
        let fate = match broken {
            Some(index) => self.begins(path, index, to),
            None if needed => Fate::Needs,
            None => self.start(path, to),
        };
        self.possible(path, fate)
    }

    /// What nobody wrote, nobody can write anew.
    fn possible(&self, path: &Written, fate: Fate) -> Fate {
        let names = match &fate {
            Fate::Begins { names, .. } => *names,
            Fate::Needs => 1,
            _ => return fate,
        };
        let is_written = matches!(path.source, PathSource::Written | PathSource::MacroArgument | PathSource::MacroScan);
        let text = &self.sources.file(path.file).text;
        let stands = |name: &Name| {
            let at = name.start.map(|start| start as usize);
            let rest = at.and_then(|at| text.get(at..));
            rest.is_some_and(|rest| rest.strip_prefix("r#").unwrap_or(rest).starts_with(&*name.text))
        };
        if is_written && path.names.iter().take(names.max(1)).all(stands) {
            return fate;
        }
        // What its body says is put right there.
        let is_corrected = |name: &Name| name.node().is_some_and(|node| self.corrected.contains(&node));
        if path.names.iter().take(names).any(is_corrected) {
            return Fate::Stays;
        }
        Fate::Left("a macro wrote this path")
    }

    /// `use` of what lies in the module itself then.
    fn is_gone(&self, path: &Written, to: NodeId) -> bool {
        let (Form::Use { brings: Some(brings), glob: false, .. }, Some(last)) = (&path.form, path.names.last()) else {
            return false;
        };
        let Some(node) = last.node().filter(|node| self.roots.contains_key(node)) else { return false };
        !path.in_block && self.after.node(node).parent == Some(to) && **brings == *self.after.node(node).name
    }

    fn first_name(&self, path: &Written, name: &Name, to: NodeId, brought: &BTreeSet<(NodeId, String)>) -> First {
        let goes = to != path.from;
        if name.in_block {
            return First::Fine;
        }
        let root = name.node().filter(|node| self.roots.contains_key(node));
        let is_there = root.is_some_and(|root| self.after.node(root).parent == Some(to));
        match name.by {
            _ if is_there
                && matches!(name.by, By::Declaration | By::Glob(_))
                && !matches!(path.form, Form::Use { .. }) =>
            {
                First::Fine
            }
            // Who names a module does not want to know the module alone: it is named on the way.
            By::Declaration if root.is_some() => match path.form {
                Form::Path(_) if root.is_some_and(|root| self.is_item(root)) => First::Needed,
                _ => First::Broken,
            },
            By::Declaration | By::Import(..) if !goes => First::Fine,
            By::Declaration if name.node().is_some_and(|node| !self.is_item(node)) => First::Broken,
            By::Declaration | By::Import(..) => First::Needed,
            By::Glob(_) | By::GlobOfImport(..) if goes => First::Needed,
            By::Glob(origin) => match root {
                None => First::Fine,
                Some(root) => {
                    let known = (origin, name.text.to_string());
                    if brought.contains(&known) && self.after.is_within(to, origin) {
                        First::Fine
                    } else if self.is_item(root) && matches!(path.form, Form::Path(_)) {
                        First::Needed
                    } else {
                        First::Broken
                    }
                }
            },
            By::GlobOfImport(..) => match self.is_hidden(name.visibility, path, to) {
                true => First::Needed,
                false => First::Fine,
            },
            // Nobody knows what it is; it can be from a glob that leads outside.
            By::Elsewhere => First::Fine,
        }
    }

    /// Whether a name behind another one is not found any more.
    fn is_broken(&self, name: &Name, path: &Written, to: NodeId) -> bool {
        let Some(node) = name.node() else { return false };
        let is_root = self.roots.contains_key(&node) || name.also.iter().any(|node| self.roots.contains_key(node));
        match name.by {
            By::Declaration | By::Glob(_) => is_root,
            By::Import(..) | By::GlobOfImport(..) => self.is_hidden(name.visibility, path, to),
            By::Elsewhere => false,
        }
    }

    /// It could be used today, and could not then.
    fn is_hidden(&self, visibility: Visibility, path: &Written, to: NodeId) -> bool {
        self.today.is_visible(visibility, path.from) && !self.after.is_visible(visibility, to)
    }

    fn begins(&self, path: &Written, index: usize, to: NodeId) -> Fate {
        let name = &path.names[index];
        if name.also.iter().any(|node| Some(*node) != name.node()) {
            return Fate::Left(
                "this import brings several things of one name, and not all of them lie in one place then",
            );
        }
        match name.node().and_then(|node| self.spelled(node, to)) {
            Some(prefix) => Fate::Begins { names: index + 1, prefix },
            None => Fate::Left("no path leads there: it is in no library"),
        }
    }

    /// Where a path begins is another place, or has another name.
    fn start(&self, path: &Written, to: NodeId) -> Fate {
        let (today, after) = (self.today, self.after);
        let crates = (today.target_of(path.from), after.target_of(to));
        let spelled = |node: Option<NodeId>, names: usize| match node.and_then(|node| self.spelled(node, to)) {
            Some(prefix) => Fate::Begins { names, prefix },
            None => Fate::Left("no path leads there: it is in no library"),
        };
        match path.root {
            PathRoot::Crate if crates.0 != crates.1 => spelled(crates.0, 0),
            PathRoot::Super(up) => {
                let base = |model: &crate::model::Model, module| {
                    let modules = model.ancestors(module).filter(|node| model.node(*node).kind.is_module());
                    modules.take(up as usize + 1).last()
                };
                let (old, new) = (base(today, path.from), base(after, to));
                if old == new { Fate::Stays } else { spelled(old, 0) }
            }
            PathRoot::Plain | PathRoot::Global if crates.0 != crates.1 => {
                let first = path.names.first();
                let is_crate = |node: &NodeId| matches!(today.node(*node).kind, NodeKind::Target(_));
                match first.filter(|name| name.by == By::Elsewhere).and_then(Name::node).filter(is_crate) {
                    Some(target) => match self.spelled(target, to) {
                        Some(prefix) if first.is_some_and(|name| *name.text != *prefix) => {
                            Fate::Begins { names: 1, prefix }
                        }
                        Some(_) => Fate::Stays,
                        None => Fate::Left("no path leads there: it is in no library"),
                    },
                    None => Fate::Stays,
                }
            }
            _ => Fate::Stays,
        }
    }

    /// A `use` path as it leads to the same from another module; `None` where nothing leads there.
    pub(super) fn portable(&self, import: &Written, to: NodeId) -> Option<String> {
        let mut prefix: Option<(usize, String)> = None;
        for (index, name) in import.names.iter().enumerate() {
            let is_first = index == 0 && import.root == PathRoot::Plain;
            let needs = match is_first {
                true => !matches!(name.by, By::Elsewhere),
                false => self.is_broken(name, import, to),
            };
            if needs {
                match name.meaning {
                    Meaning::Node(node) => prefix = Some((index + 1, self.spelled(node, to)?)),
                    _ if is_first => return None,
                    _ => {}
                }
            }
        }
        if prefix.is_none() {
            let moved = Written { from: import.from, ..import.clone() };
            prefix = match self.start(&moved, to) {
                Fate::Begins { names, prefix } => Some((names, prefix)),
                Fate::Left(_) => return None,
                _ => match import.root {
                    PathRoot::Crate => Some((0, "crate".to_owned())),
                    PathRoot::Plain => None,
                    PathRoot::Global => Some((0, String::new())),
                    PathRoot::Super(up) => {
                        let modules =
                            self.today.ancestors(import.from).filter(|it| self.today.node(*it).kind.is_module());
                        Some((0, self.spelled(modules.take(up as usize + 1).last()?, to)?))
                    }
                    PathRoot::DollarCrate(_) => return None,
                },
            };
        }
        let (names, prefix) = prefix.map_or((0, None), |(names, prefix)| (names, Some(prefix)));
        let rest = import.names[names..].iter().map(|name| super::spelled::raw(&name.text));
        Some(prefix.into_iter().chain(rest).collect::<Vec<_>>().join("::"))
    }
}

/// What is said of the first name of a path without a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Fine,
    /// It has to be written with a path.
    Broken,
    /// It has to be brought.
    Needed,
}
