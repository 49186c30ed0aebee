//! Visibilities, wide enough for who uses a thing then, and no wider.
//!
//! In: from which modules things have to be visible.  Out: edits of their declarations.  Not here: fields, and functions that
//! only their names tell (`members`).

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use crate::facts::{ItemKind, Word, words};
use crate::model::{Certainty, NodeId, NodeKind, Visibility};
use crate::source::Span;

/// From where things have to be visible.
#[derive(Debug, Default)]
pub(super) struct Needs {
    users: BTreeMap<NodeId, BTreeSet<NodeId>>,
    public: BTreeSet<NodeId>,
}

impl Needs {
    pub(super) fn publish(&mut self, node: NodeId) {
        self.public.insert(node);
        self.users.entry(node).or_default();
    }
}

impl Work<'_> {
    /// A node has to be visible from a module.
    pub(super) fn need(&mut self, node: NodeId, from: NodeId) {
        let data = self.after.node(node);
        let (node, has_one) = match data.kind {
            // Variants are as visible as their enum.
            NodeKind::Item(ItemKind::Variant) => (data.parent.unwrap_or(node), true),
            NodeKind::Item(ItemKind::Impl | ItemKind::AssocType | ItemKind::ProcMacro) => (node, false),
            NodeKind::Module | NodeKind::Item(_) => (node, true),
            _ => (node, false),
        };
        if has_one && !self.after.is_visible(self.visibility_then(node), from) {
            self.needs.users.entry(node).or_default().insert(from);
        }
    }

    /// From where a thing can be used then, if its declaration stays as it is written.
    pub(super) fn visibility_then(&self, node: NodeId) -> Visibility {
        let (after, known) = (self.after, self.after.node(node).visibility);
        if known == Visibility::Public || self.root_of(node).is_none() {
            return known;
        }
        let module = after.node(node).parent.and_then(|parent| after.module_of(parent));
        let declared = self.declaration(node).and_then(|(file, span)| {
            let text = self.sources.file(file).text.get(span.start as usize..span.end as usize)?;
            let at = written(text)?;
            Some(words_of(text, at))
        });
        // What is private at the root of a crate is known in all of it, and `pub(crate)` is written otherwise.
        let within = match declared.as_deref() {
            Some("" | "pub(self)") => module,
            Some("pub(super)") => module.and_then(|module| after.node(module).parent),
            _ => None,
        };
        within.map_or(known, Visibility::Within)
    }

    /// Functions and constants of types, as far as types tell who uses them.
    fn see_members(&mut self) {
        let (today, after) = (self.today, self.after);
        for edge in after.edges() {
            for index in edge.references.clone() {
                let reference = &after.references()[index as usize];
                let seen_today = today.module_of(reference.from_item);
                let is_visible = |from| today.is_visible(today.node(reference.to_item).visibility, from);
                if reference.certainty != Certainty::Resolved && seen_today.is_some_and(is_visible) {
                    self.need(reference.to_item, edge.from);
                }
            }
        }
    }

    pub(super) fn widen(&mut self) {
        self.see_members();
        self.see_fields();
        let Needs { users, public } = std::mem::take(&mut self.needs);
        for (node, users) in users {
            if self.visibility_then(node) == Visibility::Public {
                continue;
            }
            let Some(module) = self.after.node(node).parent.and_then(|parent| self.after.module_of(parent)) else {
                continue;
            };
            let wanted =
                if public.contains(&node) { Some("pub".to_owned()) } else { self.visible_from(module, &users) };
            let place = self.declaration(node);
            let Some(wanted) = wanted else { continue };
            let edit = place.and_then(|(file, span)| {
                let text = self.sources.file(file).text.get(span.start as usize..span.end as usize)?;
                let at = written(text)?;
                Some((file, Span::new(span.start + at.start, span.start + at.end)))
            });
            match edit {
                Some((file, span)) if span.start == span.end => {
                    self.edits.insert(file, span.start, format!("{wanted} "))
                }
                Some((file, span)) => self.edits.replace(file, span, wanted),
                None => {
                    let reason = format!("`{}` has to be `{wanted}`, and it stands in no text", self.after.path(node));
                    self.leave(None, reason);
                }
            }
        }
    }

    /// The narrowest visibility in a module that lets all of these use a thing; `None` if it needs none.
    pub(super) fn visible_from(&self, module: NodeId, users: &BTreeSet<NodeId>) -> Option<String> {
        let after = self.after;
        let target = after.target_of(module);
        if users.iter().any(|user| after.target_of(*user) != target) {
            return Some("pub".to_owned());
        }
        let around = users.iter().fold(module, |around, user| after.common_ancestor(around, *user));
        if around == module {
            return None;
        }
        Some(if Some(around) == target {
            "pub(crate)".to_owned()
        } else if Some(around) == after.node(module).parent {
            "pub(super)".to_owned()
        } else {
            format!("pub(in {})", self.spelled(around, module)?)
        })
    }
}

/// The words of a piece of a text, without space between them.
pub(super) fn words_of(text: &str, piece: Span) -> String {
    words(&text[piece.start as usize..piece.end as usize]).iter().map(|word| word.text).collect()
}

/// Where a declaration says its visibility: an empty span where it says none.
pub(super) fn written(text: &str) -> Option<Span> {
    let words = words(text);
    written_at(&words, &mut 0)
}

/// The visibility behind attributes; `next` is then the word after it.
pub(super) fn written_at(words: &[Word<'_>], next: &mut usize) -> Option<Span> {
    while words.get(*next)?.text == "#" {
        *next += 1;
        *next = after_group(words, *next)?;
    }
    let first = words.get(*next)?;
    if first.text != "pub" {
        return Some(Span::new(first.start, first.start));
    }
    let mut end = first.start + 3;
    *next += 1;
    // `pub (A, B)` of a tuple is no visibility.
    let is_restricted = words.get(*next).is_some_and(|word| word.text == "(")
        && words.get(*next + 1).is_some_and(|word| matches!(word.text, "crate" | "super" | "self" | "in"));
    if is_restricted {
        *next = after_group(words, *next)?;
        end = words[*next - 1].start + 1;
    }
    Some(Span::new(first.start, end))
}

/// The word behind the bracket that closes the one here.
pub(super) fn after_group(words: &[Word<'_>], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (index, word) in words.iter().enumerate().skip(open) {
        match word.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visibility_is_found_behind_attributes() {
        let check = |text: &str, expected: &str| {
            let span = written(text).unwrap();
            assert_eq!(&text[span.start as usize..span.end as usize], expected);
        };
        check("#[derive(Debug)]\n/// Text.\npub(in crate::a) struct S;", "pub(in crate::a)");
        check("#[cfg(test)] fn f() {}", "");
        check("pub (u8, u8)", "pub");
    }
}
