//! `pub` that nothing outside needs, written narrower.
//!
//! In: things with the visibility that is enough, and every written path.  Out: a [`Patch`] of their declarations and of the
//! re-exports that would show more than they do then.  Not here: what is enough (`rules`).

use std::collections::BTreeMap;

use super::edits::Edits;
use super::uses::{self, Leaf, Leaves};
use super::visibility::{words_of, written};
use super::{FileChange, Left, Patch};
use crate::facts::{ItemDetails, read};
use crate::model::{Form, Model, Name, NodeId, NodeKind, Visibility, Written};
use crate::source::{FileId, SourceTree, Span};
use crate::workspace::Edition;

/// What shall be narrower: a thing, and its new visibility, empty for none.
pub struct Narrower<'a> {
    pub node: NodeId,
    pub visibility: &'a str,
}

/// The edits that make things less visible.
pub fn narrowed(model: &Model, sources: &SourceTree, paths: &[Written], things: &[Narrower<'_>]) -> Patch {
    let mut edits = Edits::default();
    let mut left = Vec::new();
    let mut by_node: BTreeMap<NodeId, &str> = BTreeMap::new();
    for thing in things {
        let node = model.node(thing.node);
        match declaration(model, sources, thing.node) {
            Some((file, span)) => {
                // The white space behind a visibility goes with it.
                let text = &sources.file(file).text;
                let end = match thing.visibility {
                    "" => text[span.end as usize..]
                        .find(|it: char| !it.is_whitespace())
                        .map_or(span.end, |at| span.end + at as u32),
                    _ => span.end,
                };
                edits.replace(file, Span::new(span.start, end), thing.visibility);
                by_node.insert(thing.node, thing.visibility);
            }
            None => left.push(Left {
                place: node.file.map(|file| (sources.file(file).path.clone(), node.line)),
                reason: format!("`{}` is not written as `pub`", node.path),
            }),
        }
    }
    let mut items: BTreeMap<(FileId, Span), Vec<(&Written, &str)>> = BTreeMap::new();
    for path in paths {
        let Form::Use { item, visibility, .. } = path.form else { continue };
        let Some(node) = path.names.last().and_then(Name::node) else { continue };
        let Some(narrow) = by_node.get(&node).filter(|_| visibility == Visibility::Public) else { continue };
        items.entry((path.file, item)).or_default().push((path, narrow));
    }
    for ((file, item), leaves) in items {
        shrink(sources, &mut edits, (file, item), &leaves, &mut left);
    }
    let (texts, clashes) = edits.apply(sources);
    left.extend(clashes.into_iter().map(|(file, offset)| {
        let source = sources.file(file);
        let place = Some((source.path.clone(), source.line_at(offset)));
        Left { place, reason: "two changes are of the same text".to_owned() }
    }));
    let files = texts.into_iter().map(|(file, new)| {
        let source = sources.file(file);
        FileChange {
            before: source.path.clone(),
            after: source.path.clone(),
            old: source.text.clone(),
            new: new.into(),
        }
    });
    let mut files: Vec<FileChange> = files.filter(|change| change.old != change.new).collect();
    files.sort();
    left.sort();
    left.dedup();
    Patch { files, left, dependencies: Vec::new() }
}

/// A `use` whose leaves are shown to fewer: where all of them are, itself; else those in an item of their own.
fn shrink(
    sources: &SourceTree,
    edits: &mut Edits,
    (file, item): (FileId, Span),
    leaves: &[(&Written, &str)],
    left: &mut Vec<Left>,
) {
    let source = sources.file(file);
    let Some(text) = source.text.get(item.start as usize..item.end as usize) else { return };
    let narrow = leaves[0].1;
    let is_single = uses::parts(text).is_some_and(|parts| parts.brace.is_none());
    let is_whole = is_single || uses::leaf_count(text) == Some(leaves.len());
    if let Some(at) = written(text).filter(|_| is_whole && leaves.iter().all(|(_, it)| *it == narrow)) {
        let end = if narrow.is_empty() { at.end + 1 } else { at.end };
        edits.replace(file, Span::new(item.start + at.start, item.start + end), narrow);
        return;
    }
    let gone: Leaves = leaves.iter().map(|(path, _)| (path.span.start - item.start, Leaf::Gone)).collect();
    let Some(rest) = uses::rewritten(text, &gone, None, "") else { return };
    let Some(at) = written(text) else { return };
    let mut lines = vec![rest];
    for (path, narrow) in leaves {
        let Some(full) = uses::full_path(text, path.span.start - item.start) else {
            left.push(Left {
                place: Some((source.path.clone(), source.line_at(item.start))),
                reason: "this re-export shows more than it can".to_owned(),
            });
            return;
        };
        let lead = &text[..at.start as usize];
        let narrow = if narrow.is_empty() { String::new() } else { format!("{narrow} ") };
        lines.push(format!("{lead}{narrow}use {full};"));
    }
    lines.retain(|line| !line.is_empty());
    edits.replace(file, item, lines.join("\n"));
}

/// Where the visibility of a thing is written, if it is `pub`.
fn declaration(model: &Model, sources: &SourceTree, node: NodeId) -> Option<(FileId, Span)> {
    let data = model.node(node);
    let (file, span) = match data.kind {
        NodeKind::Module => {
            let file = model.node(data.parent?).file?;
            let source = sources.file(file);
            let facts = read(&source.text, Edition::E2024);
            let mut items = facts.items.iter().filter(|item| {
                let is_module = matches!(item.details, ItemDetails::Module(_));
                is_module && item.name.is_some_and(|name| facts.name(name) == &*data.name)
            });
            let item = items.find(|item| source.line_at(item.name_span.start) == data.line)?;
            (file, item.span)
        }
        _ => (data.file?, data.span),
    };
    let text = sources.file(file).text.get(span.start as usize..span.end as usize)?;
    let at = written(text)?;
    let is_public = words_of(text, at) == "pub";
    is_public.then(|| (file, Span::new(span.start + at.start, span.start + at.end)))
}
