//! Files that lie elsewhere, because their modules do.
//!
//! In: the modules that are moved.  Out: where their files go, with everything in their folders.  Not here: their texts.

use super::Work;
use crate::facts::ItemDetails;
use crate::model::{NodeId, NodeKind};
use crate::source::{FileId, folder_of, join};

impl Work<'_> {
    /// Modules and items to where they go, the outermost places first.
    pub(super) fn relocate(&mut self) {
        let mut roots: Vec<NodeId> = self.roots.keys().copied().collect();
        roots.sort_by_key(|root| (self.after.depth(*root), self.today.node(*root).file, self.today.node(*root).span));
        // What is inside something that is cut out goes first.
        let mut inner_first: Vec<NodeId> = roots.iter().copied().filter(|root| self.is_item(*root)).collect();
        roots.retain(|root| !self.is_item(*root));
        for root in roots {
            match self.mod_item(root) {
                Ok((_, item)) if matches!(&item.details, ItemDetails::Module(it) if it.inline.is_some()) => {
                    if self.has_files_below(root) {
                        self.leave(
                            None,
                            format!("`{}` is written in braces and has files below it", self.today.path(root)),
                        );
                    } else {
                        inner_first.push(root);
                    }
                }
                Ok((file, item)) => self.move_module(root, file, &item),
                Err(reason) => self.leave(None, format!("`{}` stays where it is: {reason}", self.today.path(root))),
            }
        }
        inner_first.sort_by_key(|root| std::cmp::Reverse(self.today.depth(*root)));
        self.add_uses();
        self.take_pieces(&inner_first);
    }

    fn has_files_below(&self, module: NodeId) -> bool {
        let file = self.today.node(module).file;
        let is_other = |child: &NodeId| {
            self.today.node(*child).kind.is_module()
                && (self.today.node(*child).file != file || self.has_files_below(*child))
        };
        self.today.children(module).iter().any(is_other)
    }

    fn move_module(&mut self, module: NodeId, declared_in: FileId, item: &crate::facts::Item) {
        let path = self.today.path(module).to_owned();
        let ItemDetails::Module(details) = &item.details else { return };
        let place = Some((declared_in, item.name_span.start));
        let stays = |reason: &str| format!("`{path}` stays where it is: {reason}");
        if !details.paths.is_empty() {
            return self.leave(place, stays("`#[path]` says where its file is"));
        }
        let (Some(file), Some(to)) = (self.today.node(module).file, self.after.node(module).parent) else { return };
        let is_shared = self.today.module_ids().any(|other| {
            let node = self.today.node(other);
            other != module && node.file == Some(file) && node.span == self.today.node(module).span
        });
        if is_shared {
            return self.leave(place, stays("its file is that of another module, too"));
        }
        let old = self.sources.file(file).path.clone();
        let Some(folder) = self.folder_then(to) else { return self.leave(place, stays("its new place has no file")) };
        let name = &*self.today.node(module).name;
        let (old_folder, new) = match old.strip_suffix("/mod.rs") {
            Some(folder_of_it) => (folder_of_it.to_owned(), format!("{}/mod.rs", join(&folder, name))),
            None => (old.trim_end_matches(".rs").to_owned(), format!("{}.rs", join(&folder, name))),
        };
        let new_folder = join(&folder, name);
        let mut goes = vec![(file, new)];
        for other in self.sources.ids() {
            let path = &self.sources.file(other).path;
            let rest = path.strip_prefix(&*old_folder).and_then(|rest| rest.strip_prefix('/'));
            if let Some(rest) = rest.filter(|_| other != file) {
                goes.push((other, join(&new_folder, rest)));
            }
        }
        let taken =
            goes.iter().find(|(_, new)| self.sources.find(new).is_some_and(|at| !goes.iter().any(|(it, _)| *it == at)));
        if let Some((_, taken)) = taken {
            let reason = stays(&format!("there is a file {taken} already"));
            return self.leave(place, reason);
        }
        if details.macro_use {
            let reason =
                format!("`{path}` has `#[macro_use]`: its macros are known in the text after its new place alone");
            self.leave(place, reason);
        }
        for (file, new) in goes {
            self.look_for_paths(file);
            // A file of something that was moved out of here already goes there.
            self.moved_files.entry(file).or_insert(new);
        }
        self.declare_elsewhere(module, declared_in, item.span);
    }

    /// What is told by the place of the file itself.
    fn look_for_paths(&mut self, file: FileId) {
        let text = self.sources.file(file).text.clone();
        for what in ["include!(", "include_str!(", "include_bytes!(", "#[path"] {
            if let Some(at) = text.find(what) {
                let what = what.trim_end_matches('(');
                self.leave(Some((file, at as u32)), format!("`{what}` names a file by its place from here"));
            }
        }
    }

    /// The folder in which the files of a module's children are then.
    fn folder_then(&self, module: NodeId) -> Option<String> {
        let node = self.after.node(module);
        let file = node.file?;
        let path = self.moved_files.get(&file).unwrap_or(&self.sources.file(file).path);
        let folder = folder_of(path);
        let parent = node.parent.map(|parent| self.after.node(parent));
        let is_inline = node.kind == NodeKind::Module && parent.is_some_and(|parent| parent.file == Some(file));
        if is_inline {
            return Some(join(&self.folder_then(node.parent?)?, &node.name));
        }
        let is_root = matches!(node.kind, NodeKind::Target(_)) || path.ends_with("/mod.rs");
        Some(if is_root { folder.to_owned() } else { path.trim_end_matches(".rs").to_owned() })
    }
}
