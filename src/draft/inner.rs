//! What a moved item and the rest of its module use of each other.
//!
//! In: today's model and sources, and which items go.  Out: [`InnerUse`]s, found by the names of the items in the text of
//! their module: within one module a name that is declared there hardly means anything else.  Not here: everything that
//! goes from one module to another, which the model knows.

use rustc_hash::FxHashMap;

use crate::facts::{ItemKind, Word, words};
use crate::model::{InnerUse, Model, NodeId, NodeKind, ReferenceKind};
use crate::source::{SourceTree, Span};

pub(super) fn inner_uses(model: &Model, sources: &SourceTree, moves: &[(NodeId, NodeId)]) -> Vec<InnerUse> {
    let is_item = |(node, _): &&(NodeId, NodeId)| matches!(model.node(*node).kind, NodeKind::Item(_));
    let items: Vec<NodeId> = moves.iter().filter(is_item).map(|(node, _)| *node).collect();
    let mut modules: Vec<NodeId> = items.iter().filter_map(|item| model.node(*item).parent).collect();
    modules.sort_unstable();
    modules.dedup();
    modules.into_iter().flat_map(|module| of_module(model, sources, module, &items)).collect()
}

fn of_module(model: &Model, sources: &SourceTree, module: NodeId, items: &[NodeId]) -> Vec<InnerUse> {
    let node = model.node(module);
    let Some(file) = node.file.filter(|file| sources.ids().len() > file.0 as usize) else { return Vec::new() };
    let source = sources.file(file);
    let Some(text) = source.text.get(node.span.start as usize..node.span.end as usize) else { return Vec::new() };
    let children = model.children(module);
    let names: FxHashMap<&str, NodeId> = children
        .iter()
        .filter(|child| is_named(model, **child))
        .map(|child| (&*model.node(*child).name, *child))
        .collect();
    let in_file = |child: &&NodeId| {
        model.node(**child).file == Some(file) && model.node(**child).span.start < model.node(**child).span.end
    };
    // What stands in a module below is known, and what stands in a test is none of the product.
    let below: Vec<Span> = children
        .iter()
        .filter(in_file)
        .filter(|it| model.node(**it).kind.is_module())
        .map(|it| model.node(*it).span)
        .collect();
    let around: Vec<NodeId> =
        children.iter().filter(in_file).filter(|it| !model.node(**it).kind.is_module()).copied().collect();
    let words = words(text);
    let mut uses = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let Some(to_item) = names.get(word.text).copied() else { continue };
        let start = node.span.start + word.start;
        let span = Span::new(start, start + word.text.len() as u32);
        let holds = |around: &Span| around.start <= span.start && span.end <= around.end;
        if below.iter().any(holds) || is_other_name(&words, index) {
            continue;
        }
        let from_item = around.iter().copied().find(|item| holds(&model.node(*item).span)).unwrap_or(module);
        let goes = |item: NodeId| items.contains(&item);
        // The name in its own declaration is no use of it.
        if from_item == to_item || goes(from_item) == goes(to_item) {
            continue;
        }
        let place = source.line_column(span.start);
        let called = words.get(index + 1).is_some_and(|next| next.text == "(");
        let kind = match model.node(to_item).kind {
            NodeKind::Item(ItemKind::Function) if called => ReferenceKind::Call,
            NodeKind::Item(ItemKind::Function | ItemKind::Const | ItemKind::Static) => ReferenceKind::Value,
            NodeKind::Item(ItemKind::Macro) => ReferenceKind::Macro,
            _ => ReferenceKind::Type,
        };
        uses.push(InnerUse { from_item, to_item, kind, file, span, line: place.line, column: place.column });
    }
    uses
}

fn is_named(model: &Model, node: NodeId) -> bool {
    matches!(
        model.node(node).kind,
        NodeKind::Item(
            ItemKind::Function
                | ItemKind::Struct
                | ItemKind::Enum
                | ItemKind::Union
                | ItemKind::Trait
                | ItemKind::TraitAlias
                | ItemKind::TypeAlias
                | ItemKind::Const
                | ItemKind::Static
                | ItemKind::Macro
        )
    )
}

/// A field or method, the end of a path from elsewhere, or the name of a field before its value or type.
fn is_other_name(words: &[Word<'_>], index: usize) -> bool {
    let at = |back: usize| index.checked_sub(back).map_or("", |index| words[index].text);
    let next = |ahead: usize| words.get(index + ahead).map_or("", |word| word.text);
    let is_small = words[index].text.starts_with(|letter: char| letter.is_lowercase());
    match (at(1), at(2), at(3)) {
        (".", before, _) if before != "." => true,
        (":", ":", "self") | ("::", "self", _) => false,
        (":", ":", _) | ("::", _, _) => true,
        ("let" | "mut" | "'", _, _) => true,
        _ => is_small && next(1) == ":" && next(2) != ":",
    }
}
