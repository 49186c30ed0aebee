//! Fields and functions of types, which no path names: who uses them is told by their names.
//!
//! In: what lies elsewhere then.  Out: wider visibilities for private members whose names stand behind a dot, or in braces
//! beside the name of their type, in code that is no longer below the module that may use them.  A name that means another
//! member shows one member too many, and breaks nothing.  Not here: what paths name (`visibility`).

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use super::visibility::{after_group, written_at};
use crate::facts::{ItemKind, Word, words};
use crate::model::{NodeId, NodeKind, Visibility};
use crate::source::{FileId, Span};

/// A member that not everybody sees.
struct Member {
    file: FileId,
    /// Where its visibility is written; empty where there is none.
    span: Span,
    name: String,
    of_type: String,
    /// The type of a field, or the function.
    of: NodeId,
    module: NodeId,
    /// The module within which it is seen today.
    within: NodeId,
    node: Option<NodeId>,
}

/// The module of a member then, its node if it has one, and the modules that use it.
type Wanted = (NodeId, Option<NodeId>, BTreeSet<NodeId>);

impl Work<'_> {
    pub(super) fn see_fields(&mut self) {
        let mut wanted: BTreeMap<(FileId, Span), Wanted> = BTreeMap::new();
        for root in self.roots.keys().copied().collect::<Vec<_>>() {
            let lost = self.lost(root);
            let is_narrower = |it: &Member| lost.contains(&it.within) || self.is_narrower_then(it);
            let members: Vec<Member> = self.members_below(root).into_iter().filter(is_narrower).collect();
            for member in members {
                let users = self.users_below(&member, member.within, Some(root));
                if !users.is_empty() {
                    let entry = wanted.entry((member.file, member.span));
                    entry.or_insert((member.module, member.node, BTreeSet::new())).2.extend(users);
                }
            }
            for module in &lost {
                for member in self.members_in(*module).into_iter().filter(|it| lost.contains(&it.within)) {
                    let users = self.users_below(&member, root, None);
                    if !users.is_empty() {
                        let entry = wanted.entry((member.file, member.span));
                        entry.or_insert((member.module, member.node, BTreeSet::new())).2.extend(users);
                    }
                }
            }
        }
        for ((file, span), (module, node, users)) in wanted {
            match node {
                Some(node) => users.iter().for_each(|user| self.need(node, *user)),
                None => {
                    let Some(visibility) = self.visible_from(module, &users) else { continue };
                    let text = if span.start == span.end { format!("{visibility} ") } else { visibility };
                    self.edits.replace(file, span, text);
                }
            }
        }
    }

    /// Its `pub(super)` means another module then.
    fn is_narrower_then(&self, member: &Member) -> bool {
        match member.node {
            Some(node) => self.visibility_then(node) != Visibility::Within(member.within),
            None => {
                let is_own = self.today.module_of(member.within) == self.today.module_of(member.of);
                !is_own && self.after.node(member.module).parent != Some(member.within)
            }
        }
    }

    /// The modules around something that are no longer around it then.
    fn lost(&self, root: NodeId) -> BTreeSet<NodeId> {
        let around: BTreeSet<NodeId> = self.after.ancestors(root).collect();
        let modules = self.today.ancestors(root).skip(1).filter(|it| self.today.node(*it).kind.is_module());
        modules.filter(|it| !around.contains(it)).collect()
    }

    fn members_below(&self, node: NodeId) -> Vec<Member> {
        let mut members = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            members.extend(self.members_of(node));
            open.extend_from_slice(self.today.children(node));
        }
        members
    }

    /// Of the types that a module declares, but for what lies elsewhere then.
    fn members_in(&self, module: NodeId) -> Vec<Member> {
        let stay = self.today.children(module).iter().filter(|it| self.is_item(**it) && !self.roots.contains_key(it));
        let mut members = Vec::new();
        for item in stay {
            members.extend(self.members_of(*item));
            members.extend(self.today.children(*item).iter().flat_map(|inner| self.members_of(*inner)));
        }
        members
    }

    /// The fields of a struct, or the function itself.
    fn members_of(&self, node: NodeId) -> Vec<Member> {
        let (today, data) = (self.today, self.today.node(node));
        let (Some(file), Some(parent)) = (data.file, data.parent) else { return Vec::new() };
        let Some(module) = today.module_of(node) else { return Vec::new() };
        let Some(then) = self.after.module_of(node) else { return Vec::new() };
        match data.kind {
            NodeKind::Item(ItemKind::Struct | ItemKind::Union) => {
                let text = self.sources.file(file).text.get(data.span.start as usize..data.span.end as usize);
                let fields = text.map(fields).unwrap_or_default();
                let hidden = fields.into_iter().filter_map(|(span, name, written)| {
                    let within = self.within(module, &written)?;
                    let span = Span::new(data.span.start + span.start, data.span.start + span.end);
                    Some(Member {
                        file,
                        span,
                        name,
                        of_type: data.name.to_string(),
                        of: node,
                        module: then,
                        within,
                        node: None,
                    })
                });
                hidden.collect()
            }
            NodeKind::Item(ItemKind::Method | ItemKind::AssocConst) => match data.visibility {
                Visibility::Within(within) => {
                    let of_type = today.node(parent).name.trim_start_matches("impl ").to_owned();
                    let name = data.name.to_string();
                    vec![Member {
                        file,
                        span: data.span,
                        name,
                        of_type,
                        of: node,
                        module: then,
                        within,
                        node: Some(node),
                    }]
                }
                Visibility::Public => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// The module that a written visibility of a field means; `None` for everybody and the crate.
    fn within(&self, module: NodeId, written: &[&str]) -> Option<NodeId> {
        let parent = || self.today.node(module).parent.filter(|it| self.today.node(*it).kind.is_module());
        match written {
            [] | ["pub", "(", "self", ")"] => Some(module),
            ["pub", "(", "super", ")"] => parent(),
            _ => None,
        }
    }

    /// The modules below a node whose text uses a member, as they lie then.
    fn users_below(&self, member: &Member, node: NodeId, without: Option<NodeId>) -> BTreeSet<NodeId> {
        let mut users = BTreeSet::new();
        for (module, text) in self.texts_below(node, without) {
            if mentions(&text, member) {
                users.insert(module);
            }
        }
        users
    }

    /// The texts of a node and what is below it, each with its module then; not those of other things that are moved.
    fn texts_below(&self, node: NodeId, without: Option<NodeId>) -> Vec<(NodeId, String)> {
        let today = self.today;
        if Some(node) == without {
            return Vec::new();
        }
        let data = today.node(node);
        let Some(file) = data.file else { return Vec::new() };
        let text = &self.sources.file(file).text;
        let mut holes: Vec<Span> = Vec::new();
        let mut found = Vec::new();
        if data.kind.is_module() {
            for child in today.children(node) {
                let inner = today.node(*child);
                let is_hole = inner.kind.is_module() || self.roots.contains_key(child);
                if is_hole && inner.file == Some(file) {
                    holes.push(inner.span);
                }
                let is_moved = self.roots.contains_key(child) && without.is_some();
                if inner.kind.is_module() && !is_moved {
                    found.extend(self.texts_below(*child, without));
                }
            }
        }
        holes.sort();
        let mut piece = String::new();
        let mut at = data.span.start;
        for hole in holes.into_iter().chain([Span::new(data.span.end, data.span.end)]) {
            if at < hole.start {
                piece.push_str(text.get(at as usize..hole.start as usize).unwrap_or_default());
            }
            at = at.max(hole.end);
        }
        let module = self.after.module_of(node).unwrap_or(node);
        found.push((module, piece));
        found
    }
}

/// Fields by the place of their visibility, their names and how visible they are written to be.
fn fields(text: &str) -> Vec<(Span, String, Vec<&str>)> {
    let words = words(text);
    let mut at = 0;
    // Behind attributes, name and generic parameters.
    while words.get(at).is_some_and(|word| word.text == "#") {
        match after_group(&words, at + 1) {
            Some(next) => at = next,
            None => return Vec::new(),
        }
    }
    let is_restricted = |at: usize| words.get(at).is_some_and(|word| word.text == "pub");
    if is_restricted(at) {
        let mut next = at;
        if written_at(&words, &mut next).is_none() {
            return Vec::new();
        }
        at = next;
    }
    let Some(open) = words[at..].iter().position(|word| matches!(word.text, "{" | "(" | ";")) else {
        return Vec::new();
    };
    let (mut at, is_tuple) = (at + open + 1, words[at + open].text == "(");
    let mut found = Vec::new();
    while let Some(word) = words.get(at) {
        if matches!(word.text, "}" | ")") {
            break;
        }
        let mut next = at;
        let Some(span) = written_at(&words, &mut next) else { break };
        let Some(name) = words.get(next) else { break };
        let name = if is_tuple { found.len().to_string() } else { name.text.to_owned() };
        let is_inside = |word: &&Word<'_>| span.start <= word.start && word.start < span.end;
        found.push((span, name, words.iter().filter(is_inside).map(|word| word.text).collect()));
        at = after_comma(&words, next);
    }
    found
}

/// The word behind the next comma that is in no brackets; the closing bracket if there is none.
fn after_comma(words: &[Word<'_>], from: usize) -> usize {
    let (mut at, mut angles) = (from, 0i32);
    while let Some(word) = words.get(at) {
        match word.text {
            "," if angles <= 0 => return at + 1,
            "(" | "[" | "{" => {
                at = after_group(words, at).unwrap_or(words.len());
                continue;
            }
            ")" | "]" | "}" => return at,
            "<" => angles += 1,
            ">" if at > 0 && words[at - 1].text != "-" => angles -= 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Whether a text uses a member, as far as names tell.
fn mentions(text: &str, member: &Member) -> bool {
    if !text.contains(&*member.name) {
        return false;
    }
    let words = words(text);
    let names_type = words.iter().any(|word| word.text == member.of_type);
    let is_use = |(index, word): (usize, &Word<'_>)| {
        let before = index.checked_sub(1).map_or("", |before| words[before].text);
        let after = words.get(index + 1).map_or("", |after| after.text);
        let is_it = word.text == member.name || is_float_field(word.text, &member.name);
        is_it
            && match member.node {
                Some(_) => before == "." || before == ":" && names_type,
                None => {
                    before == "."
                        || names_type && matches!(after, ":" | "," | "}") && !member.name.starts_with(char::is_numeric)
                }
            }
    };
    words.iter().enumerate().any(is_use) || is_tuple_pattern(&words, member)
}

/// `x.0.1` holds `0.1`.
fn is_float_field(text: &str, name: &str) -> bool {
    name.starts_with(char::is_numeric) && text.split('.').count() == 2 && text.split('.').any(|part| part == name)
}

/// `Type(..)` names all fields of a tuple.
fn is_tuple_pattern(words: &[Word<'_>], member: &Member) -> bool {
    let is_tuple = member.node.is_none() && member.name.starts_with(char::is_numeric);
    is_tuple && words.windows(2).any(|pair| pair[0].text == member.of_type && pair[1].text == "(")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_with_their_visibility() {
        let told = |text| -> Vec<String> {
            fields(text).into_iter().map(|(_, name, written)| format!("{} {name}", written.concat())).collect()
        };
        let text = "#[derive(A)]\npub(crate) struct S<T: Fn(u8)> { #[a(b, c)] x: Map<u8, T>, pub(super) y: fn() -> u8, pub z: (u8, u8) }";
        // The bound's parentheses are taken for a tuple's: such a type is left alone.
        assert!(told(text).len() <= 3);
        let text = "#[derive(A)]\npub(crate) struct S<T> { #[a(b, c)] x: Map<u8, T>, pub(super) y: fn() -> u8, pub z: (u8, u8) }";
        assert_eq!(told(text), [" x", "pub(super) y", "pub z"]);
        assert_eq!(told("struct T(u8, pub (u8, u8));"), [" 0", "pub 1"]);
        assert_eq!(told("struct U;"), Vec::<String>::new());
    }
}
