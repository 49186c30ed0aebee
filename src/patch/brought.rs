//! What a module has to import, because code came to it or left it.
//!
//! In: paths whose first name is not known in the module that they stand in then.  Out: `use` items there; a path that stands
//! for the name in place where the name is taken, and where tests or links alone need it.  Imports that only moved code needed
//! go with it.  Not here: where in the text a `use` stands (`pieces`).

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::imports::Items;
use super::spelled::raw;
use super::uses::{Leaf, parts};
use crate::facts::{ItemKind, PathRole, words};
use crate::model::{By, Form, Meaning, Name, NodeId, NodeKind, Visibility, Written};
use crate::source::FileId;

/// By module and name: the paths that need it, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Brought {
    needed: BTreeMap<(NodeId, String), Vec<usize>>,
    /// `use` items by module, each with its attributes.
    pub(super) lines: BTreeMap<NodeId, BTreeSet<String>>,
}

impl Work<'_> {
    pub(super) fn need_name(&mut self, number: usize, to: NodeId) {
        let name = self.subject.written[number].names.first().map(|name| name.text.to_string()).unwrap_or_default();
        self.brought.needed.entry((to, name)).or_default().push(number);
    }

    /// Whether each name is imported, known already, or written with its path.
    pub(super) fn decide_brought(&mut self, items: &mut Items) {
        let written = self.subject.written;
        for ((to, name), numbers) in std::mem::take(&mut self.brought.needed) {
            let Some(path) = numbers.first().map(|number| &written[*number]) else { continue };
            let Some(first) = path.names.first() else { continue };
            let Some(way) = self.way(first, to) else {
                for number in numbers {
                    let path = &written[number];
                    let reason = format!("`{name}` is not known in `{}`, and no path leads there", self.after.path(to));
                    self.leave(Some((path.file, path.span.start)), reason);
                }
                continue;
            };
            if self.knows(to, &name, first, &way.path) {
                continue;
            }
            let is_test = self.after.node(to).test;
            let is_product = |path: &Written| (is_test || !path.test) && path.form != Form::Path(PathRole::Doc);
            let is_imported = numbers.iter().any(|number| is_product(&written[*number])) && self.is_free(to, &name);
            if is_imported {
                if let Some(node) = first.node() {
                    self.see_whole_way(node, to, &way);
                }
                let last = way.path.rsplit("::").next().unwrap_or_default();
                let alias = if last == raw(&name) { String::new() } else { format!(" as {}", raw(&name)) };
                let line = format!("{}use {}{alias};", way.attributes, way.path);
                self.brought.lines.entry(to).or_default().insert(line);
            } else {
                for number in numbers {
                    self.begin(&written[number], 1, &way.path, to, items);
                }
            }
        }
        self.bring_traits();
    }

    fn see_whole_way(&mut self, node: NodeId, to: NodeId, way: &Way) {
        match way.is_declared {
            true => self.see_whole(node, to, false),
            false => self.depend(to, node, false),
        }
    }

    /// The path by which the first name of a path is known elsewhere.
    fn way(&self, first: &Name, to: NodeId) -> Option<Way> {
        match first.by {
            By::Declaration | By::Glob(_) | By::Elsewhere => {
                Some(Way { path: self.spelled(first.node()?, to)?, attributes: String::new(), is_declared: true })
            }
            By::Import(file, at) | By::GlobOfImport(_, file, at) => {
                let import = self.import_at(file, at)?;
                Some(Way { path: self.portable(import, to)?, attributes: self.attributes(import), is_declared: false })
            }
        }
    }

    fn import_at(&self, file: FileId, at: u32) -> Option<&Written> {
        let is_it = |it: &&Written| it.file == file && it.span.start == at && matches!(it.form, Form::Use { .. });
        self.subject.written.iter().find(is_it)
    }

    /// The attributes of a `use`, with the space behind them.
    fn attributes(&self, import: &Written) -> String {
        let Form::Use { item, .. } = import.form else { return String::new() };
        let text = &self.sources.file(import.file).text;
        let Some(text) = text.get(item.start as usize..item.end as usize) else { return String::new() };
        let Some(parts) = parts(text) else { return String::new() };
        let lead = &text[..parts.keyword as usize];
        let end = words(lead).iter().rev().find(|word| word.text == "]").map_or(0, |word| word.start as usize + 1);
        if end == 0 { String::new() } else { format!("{}\n", &lead[..end]) }
    }

    /// Imports of a module by what they bring.
    fn imports_of<'s>(&'s self, module: NodeId, name: &'s str) -> impl Iterator<Item = &'s Written> {
        self.subject.written.iter().filter(move |it| {
            let brings = matches!(&it.form, Form::Use { brings: Some(brings), .. } if **brings == *name);
            brings && it.from == module && !it.in_block
        })
    }

    /// The module has the name already, and it means the same.
    fn knows(&self, module: NodeId, name: &str, wanted: &Name, path: &str) -> bool {
        let is_same = |import: &Written| match (import.names.last().map(|last| last.meaning), wanted.meaning) {
            (Some(Meaning::Node(a)), Meaning::Node(b)) => a == b,
            (Some(Meaning::Outside), Meaning::Outside) => self.portable(import, module).as_deref() == Some(path),
            _ => false,
        };
        let is_declared = |node| self.after.node(node).parent == Some(module) && *self.after.node(node).name == *name;
        wanted.node().is_some_and(is_declared) || self.imports_of(module, name).any(is_same)
    }

    fn is_free(&self, module: NodeId, name: &str) -> bool {
        let is_child = |child: &NodeId| {
            let node = self.after.node(*child);
            *node.name == *name && node.kind != NodeKind::Item(ItemKind::Impl)
        };
        !self.after.children(module).iter().any(is_child) && self.imports_of(module, name).next().is_none()
    }

    /// Traits that moved items need for their functions alone: no path names them there.
    fn bring_traits(&mut self) {
        let written = self.subject.written;
        let roots: Vec<NodeId> = self.roots.keys().copied().filter(|root| self.is_item(*root)).collect();
        for root in roots {
            let node = self.today.node(root);
            let (Some(module), Some(to), Some(file)) = (node.parent, self.after.node(root).parent, node.file) else {
                continue;
            };
            let text = self.sources.file(file).text.clone();
            let piece = text.get(node.span.start as usize..node.span.end as usize).unwrap_or_default();
            let calls = called(piece);
            let imports = written.iter().filter(|it| it.from == module && !it.in_block && !it.test);
            for import in imports.filter(|it| matches!(it.form, Form::Use { glob: false, .. })) {
                let is_needed = match import.names.last().map(|last| last.meaning) {
                    Some(Meaning::Node(node)) if self.today.node(node).kind == NodeKind::Item(ItemKind::Trait) => {
                        let functions = self.today.children(node);
                        functions.iter().any(|it| calls.contains(&*self.today.node(*it).name))
                    }
                    Some(Meaning::Outside) => !calls.is_empty() && !self.is_named(import),
                    _ => false,
                };
                self.bring_import(import, to, is_needed);
            }
            // A name that nobody knows may be from a glob that leads outside.
            let inside = |it: &&Written| self.today.is_within(it.from_item, root);
            let is_unknown = |it: &Written| it.names.first().is_some_and(|name| name.meaning == Meaning::Unknown);
            let has_unknown = !calls.is_empty() || written.iter().filter(inside).any(is_unknown);
            let is_outside = |it: &&Written| it.names.last().is_some_and(|last| last.meaning == Meaning::Outside);
            let globs = written.iter().filter(|it| it.from == module && !it.in_block && !it.test).filter(is_outside);
            for import in globs.filter(|it| matches!(it.form, Form::Use { glob: true, .. })) {
                self.bring_import(import, to, has_unknown);
            }
        }
    }

    /// Any path begins with what an import brings.
    fn is_named(&self, import: &Written) -> bool {
        let by = By::Import(import.file, import.span.start);
        self.subject.written.iter().any(|path| path.names.iter().any(|name| name.by == by))
    }

    fn bring_import(&mut self, import: &Written, to: NodeId, is_needed: bool) {
        let Form::Use { brings, glob, .. } = &import.form else { return };
        let Some(path) = self.portable(import, to).filter(|_| is_needed) else { return };
        let same = |it: &&Written| {
            let is_alike = matches!(&it.form, Form::Use { glob: other, .. } if other == glob);
            it.from == to && !it.in_block && is_alike && self.portable(it, to).as_deref() == Some(&path)
        };
        if self.subject.written.iter().any(|it| same(&it)) {
            return;
        }
        let last = path.rsplit("::").next().unwrap_or_default();
        let tail = match brings.as_deref() {
            _ if *glob => "::*".to_owned(),
            None => " as _".to_owned(),
            Some(name) if last == raw(name) && self.is_free(to, name) => String::new(),
            Some(_) => " as _".to_owned(),
        };
        let line = format!("{}use {path}{tail};", self.attributes(import));
        self.brought.lines.entry(to).or_default().insert(line);
    }

    /// Imports of old modules that only what left them needed.
    pub(super) fn tidy_imports(&mut self, items: &mut Items) {
        let written = self.subject.written;
        let left: BTreeSet<NodeId> =
            self.roots.keys().filter(|it| self.is_item(**it)).filter_map(|it| self.today.node(*it).parent).collect();
        for import in written.iter().filter(|it| left.contains(&it.from) && !it.in_block) {
            let Form::Use { item, glob: false, visibility: Visibility::Within(module), .. } = import.form else {
                continue;
            };
            let is_known = import.names.last().and_then(Name::node).is_some_and(|node| {
                // Of a trait nobody knows whether what stays calls its functions.
                self.today.node(node).kind != NodeKind::Item(ItemKind::Trait)
            });
            if module != import.from || !is_known {
                continue;
            }
            let place = (import.file, import.span.start);
            let is_by = |name: &Name| match name.by {
                By::Import(file, at) | By::GlobOfImport(_, file, at) => (file, at) == place,
                _ => false,
            };
            let mut users = written.iter().filter(|path| path.names.iter().any(is_by)).peekable();
            let is_used = users.peek().is_some();
            if is_used && users.all(|path| self.module_then(path) != path.from) {
                items.entry((import.file, item)).or_default().insert(import.span.start - item.start, Leaf::Gone);
            }
        }
    }
}

/// A path to what a name means, as an import.
struct Way {
    path: String,
    attributes: String,
    /// The path goes through what is declared, and not through an import.
    is_declared: bool,
}

/// The names behind a dot.
fn called(text: &str) -> BTreeSet<&str> {
    let words = words(text);
    words.windows(2).filter(|pair| pair[0].text == ".").map(|pair| pair[1].text).collect()
}
