//! Paths in the bodies of `macro_rules!`, which nobody reads before they are expanded.
//!
//! In: the text of the rules.  Out: edits of paths from a crate's root that name what lies elsewhere then, as far as every name on
//! the way is declared where it is looked up.  Not here: paths that begin otherwise: where they lead depends on the call.

use std::collections::BTreeSet;

use super::Work;
use super::imports::end_of_name;
use crate::facts::{Word, words};
use crate::model::NodeId;
use crate::source::{FileId, Span};

/// A path in the body of a macro.
struct InBody {
    file: FileId,
    /// From `crate` to the name of what lies elsewhere then.
    span: Span,
    root: NodeId,
    /// The module that the text belongs to.
    module: NodeId,
}

impl Work<'_> {
    /// Corrects bodies of macros; gives what is named there.
    pub(super) fn correct_macros(&mut self) -> BTreeSet<NodeId> {
        let mut found = Vec::new();
        for module in self.today.module_ids() {
            let node = self.today.node(module);
            let Some(file) = node.file else { continue };
            let text = &self.sources.file(file).text;
            // Most files have no macro, and need not be parsed again.
            if !text.contains("macro") {
                continue;
            }
            let facts = self.facts_of(file);
            let Some(scope) = self.scope_of(module, &facts) else { continue };
            for definition in &facts.macro_defs {
                let body = definition.body;
                if facts.item(definition.item).scope == scope
                    && let Some(piece) = text.get(body.start as usize..body.end as usize)
                {
                    found.extend(self.in_body(module, file, body.start, piece));
                }
            }
        }
        let mut corrected = BTreeSet::new();
        for InBody { file, span, root, module } in found {
            match self.spelled(root, module).filter(|path| path.starts_with("crate::")) {
                Some(path) => {
                    self.edits.replace(file, span, path);
                    corrected.insert(root);
                }
                None => {
                    self.leave(Some((file, span.start)), "this path of a macro leads to another crate then".to_owned())
                }
            }
        }
        corrected
    }

    fn in_body(&self, module: NodeId, file: FileId, start: u32, piece: &str) -> Vec<InBody> {
        let words = words(piece);
        let mut found = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.text == "crate") {
            let Some(mut here) = self.today.target_of(module) else { continue };
            let mut end = None;
            for name in names_behind(&words, at) {
                let is_it = |child: &&NodeId| *self.today.node(**child).name == *name.text.trim_start_matches("r#");
                let Some(child) = self.today.children(here).iter().find(is_it) else { break };
                here = *child;
                if self.roots.contains_key(&here) {
                    end = Some((here, end_of_name(piece, name.start)));
                }
                if !self.today.node(here).kind.is_module() {
                    break;
                }
            }
            if let Some((root, end)) = end {
                let span = Span::new(start + word.start, start + end);
                found.push(InBody { file, span, root, module });
            }
        }
        found
    }
}

/// The names of a path behind its first word.
fn names_behind<'w>(words: &'w [Word<'w>], first: usize) -> impl Iterator<Item = Word<'w>> {
    let mut at = first + 1;
    std::iter::from_fn(move || {
        let is_joined = words.get(at)?.text == ":" && words.get(at + 1)?.text == ":";
        let name = words.get(at + 2).filter(|_| is_joined)?;
        at += 3;
        name.text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_').then_some(*name)
    })
}
