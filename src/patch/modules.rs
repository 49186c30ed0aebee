//! `mod` lines: where modules are declared, and where they are declared then.
//!
//! In: the modules that lie elsewhere.  Out: edits.  A module with a file of its own takes its `mod` line along, with its
//! attributes; one in braces is a piece of text like an item (`pieces`).  Not here: the files (`files`).

use super::Work;
use super::imports::with_line;
use crate::facts::{FILE_SCOPE, FileFacts, Item, ItemDetails, Scope, ScopeId, ScopeKind, words};
use crate::model::{NodeId, NodeKind};
use crate::source::{FileId, Span};

impl Work<'_> {
    /// Where a module or item is declared: the `mod` item, or the item.
    pub(super) fn declaration(&self, node: NodeId) -> Option<(FileId, Span)> {
        let data = self.today.node(node);
        match data.kind {
            NodeKind::Item(_) => Some((data.file?, data.span)),
            NodeKind::Module => self.mod_item(node).ok().map(|(file, item)| (file, item.span)),
            _ => None,
        }
    }

    /// The `mod` item of a module, or why there is not just one.
    pub(super) fn mod_item(&self, module: NodeId) -> Result<(FileId, Item), &'static str> {
        let data = self.today.node(module);
        let parent = data.parent.ok_or("it is declared nowhere")?;
        let file = self.today.node(parent).file.ok_or("it is declared nowhere")?;
        let facts = self.facts_of(file);
        let scope = self.scope_of(parent, &facts).ok_or("a macro declares it, or it is one of several under `cfg`")?;
        let mut items = facts.items.iter().filter(|item| {
            let is_module = matches!(item.details, ItemDetails::Module(_));
            is_module && item.scope == scope && item.name.is_some_and(|name| facts.name(name) == &*data.name)
        });
        match (items.next(), items.next()) {
            (Some(item), None) => Ok((file, item.clone())),
            (Some(_), Some(_)) => Err("it is declared more than once, under `cfg`"),
            _ => Err("a macro declares it"),
        }
    }

    /// The scope of a module in the facts of its file.
    pub(super) fn scope_of(&self, module: NodeId, facts: &FileFacts) -> Option<ScopeId> {
        let span = self.today.node(module).span;
        if facts.scope(FILE_SCOPE).span == span {
            return Some(FILE_SCOPE);
        }
        let is_it = |scope: &Scope| match scope.kind {
            ScopeKind::Module(item) => scope.span == span || facts.item(item).span == span,
            _ => false,
        };
        facts.scopes.iter().position(is_it).map(|at| ScopeId(at as u32))
    }

    /// Takes the `mod` line of a module with a file of its own to where it goes.
    pub(super) fn declare_elsewhere(&mut self, module: NodeId, file: FileId, item: Span) {
        let Some(to) = self.after.node(module).parent else { return };
        let text = &self.sources.file(file).text;
        let span = with_line(text, Span::new(with_comments(text, item.start), item.end));
        let line = self.edits.cut(file, span, self.sources);
        let line = line.trim().to_owned();
        match self.place_for(to, Place::Modules) {
            Some(place) => place.insert(&mut self.edits, &[line]),
            None => {
                self.leave(Some((file, item.start)), format!("`{}` has no text to declare it in", self.after.path(to)))
            }
        }
    }

    /// Where something goes in the text of a module.
    pub(super) fn place_for(&self, module: NodeId, place: Place) -> Option<Spot> {
        let file = self.today.node(module).file?;
        let facts = self.facts_of(file);
        let scope = self.scope_of(module, &facts)?;
        let text = &self.sources.file(file).text;
        let own = |item: &&Item| item.scope == scope && item.parent.is_none();
        let is_mod_line = |item: &&Item| matches!(&item.details, ItemDetails::Module(it) if it.inline.is_none());
        let is_gone = |span: Span| self.roots.keys().any(|root| self.declaration(*root) == Some((file, span)));
        let modules =
            facts.items.iter().filter(own).filter(is_mod_line).map(|item| item.span).filter(|it| !is_gone(*it));
        let uses: Vec<Span> =
            facts.imports.iter().filter(|it| it.scope == scope && it.owner.is_none()).map(|it| it.item_span).collect();
        let items = facts.items.iter().filter(own).map(|item| item.span).filter(|it| !is_gone(*it));
        let body = if scope == FILE_SCOPE { None } else { Some(facts.scope(scope).span) };
        let indent = match body {
            Some(body) => format!("{}    ", indent_at(text, body.start)),
            None => String::new(),
        };
        let after = |span: Span| Spot { file, at: line_after(text, span.end), indent: indent.clone(), gap: Gap::None };
        let first = items.chain(uses.iter().copied()).map(|span| with_comments(text, span.start)).min();
        let start = match (first, body) {
            (Some(first), _) => Some(first),
            (None, Some(body)) => Some(line_after(text, body.start + 1)),
            (None, None) => None,
        };
        let before = |start: u32| {
            let line = text[..start as usize].rfind('\n').map_or(0, |at| at as u32 + 1);
            Spot { file, at: line, indent: indent.clone(), gap: Gap::After }
        };
        let end = || {
            let gap = if text.is_empty() { Gap::None } else { Gap::Before };
            Spot { file, at: text.len() as u32, indent: indent.clone(), gap }
        };
        match place {
            Place::Modules => {
                let last = modules.max_by_key(|span| span.end);
                Some(last.map(after).or_else(|| start.map(before)).unwrap_or_else(end))
            }
            Place::Uses => {
                let last_use = uses.iter().copied().max_by_key(|span| span.end);
                let last_mod = modules.max_by_key(|span| span.end);
                let behind = last_mod.map(|span| Spot { gap: Gap::Before, ..after(span) });
                Some(last_use.map(after).or(behind).or_else(|| start.map(before)).unwrap_or_else(end))
            }
            Place::Items => {
                let tests = facts.items.iter().filter(own).max_by_key(|item| item.span.end).filter(|item| {
                    let is_inline = matches!(&item.details, ItemDetails::Module(it) if it.inline.is_some());
                    is_inline && item.name.is_some_and(|name| facts.name(name) == "tests")
                });
                if let Some(tests) = tests {
                    return Some(before(with_comments(text, tests.span.start)));
                }
                Some(match body {
                    Some(body) => {
                        let line = text[..body.end as usize].rfind('\n').map_or(body.end - 1, |at| at as u32 + 1);
                        Spot { file, at: line, indent, gap: Gap::Before }
                    }
                    None => end(),
                })
            }
        }
    }
}

/// What goes into the text of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Modules,
    Uses,
    Items,
}

/// Where an empty line goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    None,
    Before,
    After,
}

/// A place in a text, at the start of a line or at its end.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    file: FileId,
    at: u32,
    pub(super) indent: String,
    gap: Gap,
}

impl Spot {
    pub(super) fn insert(self, edits: &mut super::Edits, pieces: &[String]) {
        let indent = &self.indent;
        let lines: Vec<String> = pieces.iter().map(|piece| indented(piece, indent)).collect();
        let text = format!("{}\n", lines.join("\n"));
        edits.insert_lines(
            self.file,
            self.at,
            match self.gap {
                Gap::None => text,
                Gap::Before => format!("\n{text}"),
                Gap::After => format!("{text}\n"),
            },
        );
    }
}

/// A piece whose lines begin behind an indent.  A string over several lines keeps its text.
fn indented(piece: &str, indent: &str) -> String {
    if indent.is_empty() || has_long_token(piece) {
        return format!("{indent}{piece}");
    }
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{indent}{line}") };
    piece.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A string over several lines, whose white space counts.
pub(super) fn has_long_token(piece: &str) -> bool {
    words(piece).iter().any(|word| word.text.contains('\n'))
}

/// Where the comments right before an item begin.
pub(super) fn with_comments(text: &str, start: u32) -> u32 {
    let line_start = text[..start as usize].rfind('\n').map_or(0, |at| at + 1);
    if !text[line_start..start as usize].trim().is_empty() {
        return start;
    }
    let mut first = line_start;
    while let Some(before) = first.checked_sub(1) {
        let line = text[..before].rfind('\n').map_or(0, |at| at + 1);
        let comment = text[line..before].trim();
        if !comment.starts_with("//") || comment.starts_with("//!") {
            break;
        }
        first = line;
    }
    if first == line_start { start } else { first as u32 + indent_at(text, first as u32).len() as u32 }
}

fn indent_at(text: &str, at: u32) -> String {
    let start = text[..at as usize].rfind('\n').map_or(0, |at| at + 1);
    text[start..].chars().take_while(|it| *it == ' ' || *it == '\t').collect()
}

/// The start of the line after a place.
fn line_after(text: &str, at: u32) -> u32 {
    text[at as usize..].find('\n').map_or(text.len() as u32, |next| at + next as u32 + 1)
}
