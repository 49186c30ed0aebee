//! Paths and `use` items, written as they lead to the same then.
//!
//! In: the [`Fate`] of each path.  Out: edits in place; of a `use` tree, leaves that go elsewhere stand in an item of their own.
//! Not here: what is brought to a module (`brought`).

use std::collections::BTreeMap;

use super::Work;
use super::fate::Fate;
use super::spelled::raw;
use super::uses::{self, Leaf, Leaves};
use crate::facts::{PathRole, PathRoot, words};
use crate::model::{Form, Model, NodeId, Visibility, Written};
use crate::source::{FileId, Span};

/// What becomes of the leaves of each `use` item.
pub(super) type Items = BTreeMap<(FileId, Span), Leaves>;

impl Work<'_> {
    pub(super) fn rewrite(&mut self, fates: &[Fate]) {
        let subject = self.subject;
        let mut items = Items::new();
        for (number, (path, fate)) in subject.written.iter().zip(fates).enumerate() {
            let to = self.module_then(path);
            match fate {
                Fate::Stays => self.see(path, 0, to),
                Fate::Begins { names, prefix } => self.begin(path, *names, prefix, to, &mut items),
                Fate::Needs => {
                    self.see(path, 0, to);
                    self.need_name(number, to);
                }
                Fate::Gone => self.let_go(path, to, &mut items),
                Fate::Left(reason) => self.leave(Some((path.file, path.span.start)), (*reason).to_owned()),
            }
        }
        self.decide_brought(&mut items);
        self.tidy_imports(&mut items);
        self.write_items(items);
    }

    /// A path that begins otherwise.
    pub(super) fn begin(&mut self, path: &Written, names: usize, prefix: &str, to: NodeId, items: &mut Items) {
        let last = path.names.last().and_then(crate::model::Name::node);
        if path.form == Form::Path(PathRole::Visibility) && last.is_none_or(|last| !self.after.is_within(to, last)) {
            self.show_in_crate(path);
            return;
        }
        self.see(path, names, to);
        if let Form::Use { item, brings, glob, .. } = &path.form
            && !self.is_before_braces(path, *item, names)
        {
            let leaf = leaf(path, names, prefix, brings.as_deref(), *glob);
            items.entry((path.file, *item)).or_default().insert(path.span.start - item.start, leaf);
            return;
        }
        if let Some((span, text)) = self.beginning(path, names, prefix) {
            self.edits.replace(path.file, span, text);
        }
    }

    /// Whether the part that is replaced is shared by all leaves of a `use`.
    fn is_before_braces(&self, path: &Written, item: Span, names: usize) -> bool {
        let text = &self.sources.file(path.file).text;
        let Some(item_text) = text.get(item.start as usize..item.end as usize) else { return false };
        let Some(parts) = uses::parts(item_text) else { return false };
        let last = names.checked_sub(1).and_then(|last| path.names.get(last)?.start);
        parts.brace.is_none_or(|brace| brace != parts.path && last.is_none_or(|last| last < item.start + brace))
    }

    /// The bytes of the beginning, and what stands there then.
    fn beginning(&self, path: &Written, names: usize, prefix: &str) -> Option<(Span, String)> {
        let text = &self.sources.file(path.file).text;
        let start = match &path.form {
            Form::Use { item, .. } => {
                let item_text = text.get(item.start as usize..item.end as usize)?;
                item.start + uses::parts(item_text)?.path
            }
            Form::Path(_) => path.span.start,
        };
        let end = match names.checked_sub(1) {
            Some(last) => end_of_name(text, path.names[last].start?),
            None => end_of_root(text, start, path.root),
        };
        (start <= end).then(|| (Span::new(start, end), prefix.to_owned()))
    }

    /// `pub(in path)` of a module that is not around any more.
    fn show_in_crate(&mut self, path: &Written) {
        let text = &self.sources.file(path.file).text;
        if let Some(open) = text[..path.span.start as usize].rfind('(') {
            self.edits.replace(path.file, Span::new(open as u32 + 1, path.span.end), "crate");
        }
    }

    /// A `use` of what is declared in the module then; what it showed to others has to be shown by the declaration.
    fn let_go(&mut self, path: &Written, to: NodeId, items: &mut Items) {
        let Form::Use { item, visibility, .. } = path.form else { return };
        if let Some(node) = path.names.last().and_then(crate::model::Name::node) {
            self.show(node, visibility, to);
        }
        items.entry((path.file, item)).or_default().insert(path.span.start - item.start, Leaf::Gone);
    }

    fn show(&mut self, node: NodeId, visibility: Visibility, to: NodeId) {
        match visibility {
            Visibility::Public => self.needs.publish(node),
            Visibility::Within(module) if !self.after.is_within(to, module) || module == to => {}
            Visibility::Within(module) => self.need(node, module),
        }
    }

    /// The names that a path goes through have to be visible from where it stands then.
    pub(super) fn see(&mut self, path: &Written, names: usize, to: NodeId) {
        let (today, after) = (self.today, self.after);
        for (index, name) in path.names.iter().enumerate() {
            let Some(node) = name.node() else { continue };
            let is_last_replaced = index + 1 == names;
            if is_last_replaced {
                self.see_whole(node, to, path.test);
            } else if index >= names && today.is_visible(today.node(node).visibility, path.from) {
                self.need(node, to);
            }
            if let Form::Use { visibility, .. } = path.form
                && index + 1 == path.names.len()
                && (self.root_of(node).is_some() || self.root_of(path.from).is_some())
                && shows(today, today.node(node).visibility, visibility)
                && !shows(after, self.visibility_then(node), visibility)
            {
                self.show(node, visibility, to);
            }
        }
        let last = path.names.iter().rev().find_map(crate::model::Name::node);
        let is_moved = |node: &NodeId| self.root_of(*node).is_some() || self.root_of(path.from_item).is_some();
        if let Some(node) = last.filter(is_moved) {
            self.depend(to, node, path.test || self.after.node(to).test);
        }
    }

    /// A node with all that is around it in its crate.
    pub(super) fn see_whole(&mut self, node: NodeId, from: NodeId, test: bool) {
        let way: Vec<NodeId> = self.after.ancestors(node).collect();
        for node in way.into_iter().take_while(|it| self.after.target_of(*it) != Some(*it)) {
            self.need(node, from);
        }
        self.depend(from, node, test);
    }

    fn write_items(&mut self, items: Items) {
        for ((file, item), leaves) in items {
            let source = self.sources.file(file);
            let Some(text) = source.text.get(item.start as usize..item.end as usize) else { continue };
            let line_start = source.text[..item.start as usize].rfind('\n').map_or(0, |at| at + 1);
            let indent: String = source.text[line_start..].chars().take_while(|it| it.is_whitespace()).collect();
            let beginning = self.edits.take(file, item);
            let beginning = beginning.map(|(span, new)| (span.end - item.start, new));
            match uses::rewritten(text, &leaves, beginning, &indent) {
                Some(new) if new.is_empty() => self.remove_lines(file, item),
                Some(new) => self.edits.replace(file, item, new),
                None => self.leave(Some((file, item.start)), "this `use` cannot be read".to_owned()),
            }
        }
    }

    /// An item with its line, if it has one of its own.
    pub(super) fn remove_lines(&mut self, file: FileId, span: Span) {
        let text = &self.sources.file(file).text;
        self.edits.replace(file, with_line(text, span), "");
    }
}

/// Whether something of one visibility can be shown with the other.
fn shows(model: &Model, visibility: Visibility, shown: Visibility) -> bool {
    match (visibility, shown) {
        (Visibility::Public, _) => true,
        (Visibility::Within(_), Visibility::Public) => false,
        (Visibility::Within(_), Visibility::Within(module)) => model.is_visible(visibility, module),
    }
}

fn leaf(path: &Written, names: usize, prefix: &str, brings: Option<&str>, glob: bool) -> Leaf {
    let rest = path.names[names..].iter().map(|name| raw(&name.text));
    let mut parts: Vec<String> = prefix.split("::").map(str::to_owned).chain(rest).collect();
    let last = if glob { "*".to_owned() } else { parts.pop().unwrap_or_default() };
    let name = match brings {
        _ if glob => last,
        Some(name) if raw(name) == last => last,
        Some(name) => format!("{last} as {}", raw(name)),
        None => format!("{last} as _"),
    };
    Leaf::Elsewhere { path: parts.join("::"), name }
}

/// The end of an identifier.
pub(super) fn end_of_name(text: &str, start: u32) -> u32 {
    let rest = &text[start as usize..];
    let skipped = if rest.starts_with("r#") { 2 } else { 0 };
    let length = rest[skipped..].find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    start + (skipped + length.unwrap_or(rest.len() - skipped)) as u32
}

/// The end of `crate`, `self` or `super::super`.
fn end_of_root(text: &str, start: u32, root: PathRoot) -> u32 {
    let piece = &text[start as usize..];
    let piece = &piece[..piece.find([';', '\n']).unwrap_or(piece.len())];
    let words = words(piece);
    let mut end = start;
    for word in &words {
        match word.text {
            "crate" | "self" | "super" => end = start + word.start + word.text.len() as u32,
            ":" => {}
            _ => break,
        }
        if root == PathRoot::Crate {
            break;
        }
    }
    end
}

/// A span with the white space before it on its line and the line break after it, if nothing else is on its lines.
pub(super) fn with_line(text: &str, span: Span) -> Span {
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let start = before.trim_end_matches([' ', '\t']);
    let is_alone = start.is_empty() || start.ends_with('\n');
    let rest = after.trim_start_matches([' ', '\t', '\r']);
    match (is_alone, rest.strip_prefix('\n')) {
        (true, Some(next)) => Span::new(start.len() as u32, (text.len() - next.len()) as u32),
        (true, None) if rest.is_empty() => Span::new(start.len() as u32, text.len() as u32),
        _ => span,
    }
}
