//! What is needed from outside: named there, or part of what something needed shows.
//!
//! In: all references, and the text of declarations.  Out: [`Need`].  Not here: what to do about the rest.  Whatever is unclear
//! counts as needed: a wrong finding costs more than a missed one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use super::declaration::Declaration;
use super::memory::Mentioned;
use super::shown::header;
use crate::boundary::BoundaryId;
use crate::facts::ItemKind;
use crate::model::{Model, NodeId, NodeKind, ReferenceId, Visibility};
use crate::source::Span;
use crate::workspace::TargetKind;

/// Between what it counts as outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Crates,
    /// The innermost boundaries.
    Boundaries,
}

pub(super) struct Need<'a> {
    context: &'a Context<'a>,
    side: Side,
    /// By node.
    needed: Vec<bool>,
    /// Crates or boundaries' members that somebody outside names.
    used: FxHashSet<Place>,
    places: Vec<Option<Place>>,
    inside: Inside,
    /// Of the modules that were asked for: what is declared there, by name.
    declared: FxHashMap<NodeId, FxHashMap<&'a str, Vec<NodeId>>>,
    /// What macros write, by crate.
    in_macros: FxHashMap<NodeId, FxHashSet<&'a str>>,
    /// What examples in the documentation write, by crate.
    in_examples: FxHashMap<NodeId, Vec<Mentioned<'a>>>,
    /// What procedural macros of this workspace may write anywhere.
    everywhere: Vec<Mentioned<'a>>,
}

/// References by the item around them.
#[derive(Default)]
struct Inside {
    /// Where each node's begin, and where the last one's end.
    starts: Vec<u32>,
    references: Vec<ReferenceId>,
}

impl Inside {
    fn new(model: &Model) -> Self {
        let mut starts = vec![0; model.node_ids().len() + 1];
        for reference in model.references() {
            starts[reference.from_item.0 as usize + 1] += 1;
        }
        for node in 1..starts.len() {
            starts[node] += starts[node - 1];
        }
        let mut next = starts.clone();
        let mut references = vec![ReferenceId(0); model.references().len()];
        for (id, reference) in model.references().iter().enumerate() {
            let place = &mut next[reference.from_item.0 as usize];
            references[*place as usize] = ReferenceId(id as u32);
            *place += 1;
        }
        Self { starts, references }
    }

    fn of(&self, node: NodeId) -> &[ReferenceId] {
        let at = node.0 as usize;
        &self.references[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// A crate's root, or a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Crate(NodeId),
    Boundary(BoundaryId),
}

/// Attributes that change nothing about who uses a function.
const HARMLESS: [&str; 24] = [
    "allow",
    "async_trait",
    "automatically_derived",
    "cfg",
    "cfg_attr",
    "cold",
    "const_trait",
    "deny",
    "deprecated",
    "derive",
    "doc",
    "expect",
    "inline",
    "instrument",
    "must_use",
    "non_exhaustive",
    "optimize",
    "repr",
    "target_feature",
    "track_caller",
    "tracing",
    "warn",
    "forbid",
    "rustfmt",
];

impl<'a> Need<'a> {
    pub(super) fn new(context: &'a Context<'a>, side: Side) -> Self {
        let model = context.model;
        let mut need = Self {
            context,
            side,
            needed: vec![false; model.node_ids().len()],
            used: FxHashSet::default(),
            places: Vec::new(),
            inside: Inside::new(model),
            declared: FxHashMap::default(),
            in_macros: FxHashMap::default(),
            in_examples: FxHashMap::default(),
            everywhere: Vec::new(),
        };
        need.places = model.node_ids().map(|node| need.place_of(node)).collect();
        need.mention();
        let mut waiting = need.named_outside();
        while let Some(node) = waiting.pop() {
            need.follow(node, &mut waiting);
        }
        need
    }

    pub(super) fn is_needed(&self, node: NodeId) -> bool {
        self.needed[node.0 as usize]
    }

    /// Whether anything outside names anything in the crate or boundary of this root: else its users are not here.
    pub(super) fn is_used_from_outside(&self, root: NodeId) -> bool {
        self.place(root).is_some_and(|place| self.used.contains(&place))
    }

    /// Whether the node is on the same side as the root.
    pub(super) fn is_inside(&self, root: NodeId, node: NodeId) -> bool {
        match self.place(root) {
            Some(Place::Boundary(boundary)) => self.context.boundaries.contains(boundary, node),
            place => place.is_some() && self.place(node) == place,
        }
    }

    /// Whether a name of this visibility can be used outside.
    pub(super) fn leaves(&self, root: NodeId, visibility: Visibility) -> bool {
        match (visibility, self.side) {
            (Visibility::Public, _) => true,
            (Visibility::Within(_), Side::Crates) => false,
            (Visibility::Within(around), Side::Boundaries) => !self.is_inside(root, around),
        }
    }

    /// In a message.
    pub(super) fn name_of_inside(&self, root: NodeId) -> String {
        match self.place(root) {
            Some(Place::Boundary(id)) => format!("boundary `{}`", self.context.boundaries.name(id)),
            _ => format!("crate `{}`", self.context.model.path(root)),
        }
    }

    /// `pub` all the way from the crate's root, or shown by something that is.
    pub(super) fn is_public_api(&self, node: NodeId) -> bool {
        let model = self.context.model;
        model.ancestors(node).all(|above| model.node(above).visibility == Visibility::Public)
            || self
                .context
                .shown_by(node)
                .iter()
                .any(|(_, export)| export.reexport && export.visibility == Visibility::Public)
    }

    /// Something may use it that no reference shows: a linker, a macro, an example in the documentation.
    pub(super) fn may_be_used_unseen(&self, node: NodeId, declaration: &Declaration<'_>) -> bool {
        let model = self.context.model;
        let item = model.node(node);
        let name: &str = &item.name;
        let target = model.target_of(node);
        let macros = target.and_then(|target| self.in_macros.get(&target));
        let examples = target.and_then(|target| self.in_examples.get(&target)).map_or(&[][..], Vec::as_slice);
        let exported = |words: &[crate::facts::Word<'_>]| {
            words.iter().any(|word| ["no_mangle", "export_name", "link_section", "used"].contains(&word.text))
        };
        let is_plain =
            |words: &[crate::facts::Word<'_>]| words.first().is_some_and(|word| HARMLESS.contains(&word.text));
        let is_called = matches!(item.kind, NodeKind::Item(ItemKind::Function | ItemKind::Static));
        let attributes = declaration.attributes();
        macros.is_some_and(|names| names.contains(name))
            || self.everywhere.iter().chain(examples).any(|text| text.contains(name))
            || attributes.iter().any(|words| exported(words) || (is_called && !is_plain(words)))
    }

    fn place_of(&self, node: NodeId) -> Option<Place> {
        match self.side {
            Side::Crates => self.context.model.target_of(node).map(Place::Crate),
            Side::Boundaries => self.context.boundaries.of(node).map(Place::Boundary),
        }
    }

    fn place(&self, node: NodeId) -> Option<Place> {
        self.places[node.0 as usize]
    }

    /// Whether code in `from` is outside of where `node` is.
    fn is_outside(&self, from: NodeId, node: NodeId) -> bool {
        match (self.place(from), self.place(node)) {
            (_, Some(Place::Boundary(boundary))) => !self.context.boundaries.contains(boundary, from),
            (from, Some(place)) => from != Some(place),
            (_, None) => true,
        }
    }

    /// Names in the bodies of macros, in procedural macros, and in examples in the documentation.
    fn mention(&mut self) {
        let (context, model) = (self.context, self.context.model);
        for module in model.module_ids() {
            let (node, Some(target)) = (model.node(module), model.target_of(module)) else { continue };
            let Some(file) = node.file else { continue };
            if model.node(target).kind == NodeKind::Target(TargetKind::ProcMacro) {
                self.everywhere.extend(context.mentioned_in(file, false));
                continue;
            }
            let examples = context.mentioned_in(file, true).filter(|examples| !examples.is_empty());
            if let Some(examples) = examples {
                self.in_examples.entry(target).or_default().push(examples);
            }
            for child in model.children(module) {
                let item = model.node(*child);
                if item.kind == NodeKind::Item(ItemKind::Macro) && item.file == node.file {
                    let words = context.words(file, item.span);
                    self.in_macros.entry(target).or_default().extend(words.iter().map(|word| word.text));
                }
            }
        }
    }

    /// Everything that a reference from outside names or leads to.
    fn named_outside(&mut self) -> Vec<NodeId> {
        let model = self.context.model;
        let mut waiting = Vec::new();
        for edge in model.edge_ids() {
            let ends = model.edge(edge);
            for (_, reference) in model.references_of(edge) {
                if self.is_outside(ends.from, reference.to_item) {
                    self.used.extend(self.place(reference.to_item));
                    self.need(reference.to_item, &mut waiting);
                }
                for step in model.steps_of(reference.route) {
                    // A name that only a macro can have made, most often a derive on what the module declares.
                    if step.module == step.node && self.is_outside(ends.from, step.node) {
                        for child in model.children(step.node) {
                            self.need(*child, &mut waiting);
                        }
                    }
                    for node in [step.module, step.node] {
                        if self.is_outside(ends.from, node) {
                            self.need(node, &mut waiting);
                        }
                    }
                }
            }
        }
        self.quoted_outside(&mut waiting);
        waiting
    }

    /// What literals name, as attributes of macros do: `#[sqlx::test(migrator = "storage::MIGRATOR")]`.
    fn quoted_outside(&mut self, waiting: &mut Vec<NodeId>) {
        let (context, model) = (self.context, self.context.model);
        let Some(sources) = context.sources else { return };
        let crates = model.module_ids().filter(|node| model.node(*node).kind == NodeKind::Target(TargetKind::Lib));
        let crates: FxHashSet<&str> = crates.map(|root| model.path(root)).collect();
        let is_of_crate = |path: &&str| path.split_once("::").is_some_and(|(first, _)| crates.contains(first));
        let mut quoted: Vec<&str> =
            sources.ids().flat_map(|file| context.quoted_in(file)).filter(is_of_crate).collect();
        quoted.sort_unstable();
        quoted.dedup();
        for path in quoted {
            let Some((module, name)) = path.rsplit_once("::") else { continue };
            if let Some(node) = model.find(path) {
                self.need(node, waiting);
            }
            let exports = model.find(module).map_or(&[][..], |module| model.exports(module));
            for export in exports.iter().filter(|export| model.symbol(export.name) == name) {
                self.need(export.node, waiting);
            }
        }
    }

    /// Marks a node, and the items around it; the module around an item may still be hidden behind a re-export.
    fn need(&mut self, node: NodeId, waiting: &mut Vec<NodeId>) {
        let model = self.context.model;
        let items_around =
            model.ancestors(node).skip(1).take_while(|above| matches!(model.node(*above).kind, NodeKind::Item(_)));
        for node in std::iter::once(node).chain(items_around) {
            if !std::mem::replace(&mut self.needed[node.0 as usize], true) {
                waiting.push(node);
            }
        }
    }

    /// Marks what a needed item shows.
    fn follow(&mut self, node: NodeId, waiting: &mut Vec<NodeId>) {
        let model = self.context.model;
        let NodeKind::Item(kind) = model.node(node).kind else { return };
        if kind == ItemKind::Impl {
            // Something in the block is used: its type is.
            self.follow_header(node, waiting);
            return;
        }
        self.follow_text(node, waiting);
        for block in self.context.impls().of(self.context.model, node).to_vec() {
            self.follow_header(block, waiting);
            let of_trait = header(&model.node(block).name).is_some_and(|(trait_, _)| trait_.is_some());
            for child in model.children(block) {
                if of_trait || model.node(*child).visibility == Visibility::Public || self.side == Side::Boundaries {
                    self.follow_text(*child, waiting);
                }
            }
        }
    }

    /// The names in the part of an item that its users see.
    fn follow_text(&mut self, node: NodeId, waiting: &mut Vec<NodeId>) {
        let context = self.context;
        let Some((seen, text)) = context.seen_of(node).zip(context.text_of(node)) else { return };
        let named = seen.named.iter().filter_map(|span| text.get(span.start as usize..span.end as usize));
        self.need_named(node, named, &|offset| seen.is_in_body(offset), waiting);
    }

    fn follow_header(&mut self, block: NodeId, waiting: &mut Vec<NodeId>) {
        let (context, item) = (self.context, self.context.model.node(block));
        let (Some(text), Some(file)) = (context.text_of(block), item.file) else { return };
        let piece = text.get(item.span.start as usize..item.span.end as usize).unwrap_or_default();
        let length = piece.find('{').unwrap_or(piece.len()) as u32;
        let words = context.words(file, Span::new(item.span.start, item.span.start + length));
        self.need_named(block, words.iter().map(|word| word.text), &|_| false, waiting);
    }

    fn need_named<'t>(
        &mut self,
        node: NodeId,
        named: impl Iterator<Item = &'t str>,
        in_body: &dyn Fn(u32) -> bool,
        waiting: &mut Vec<NodeId>,
    ) {
        let model = self.context.model;
        let Some(module) = model.module_of(node) else { return };
        let declared = self.declared.entry(module).or_insert_with(|| {
            let mut by_name: FxHashMap<&str, Vec<NodeId>> = FxHashMap::default();
            for child in model.children(module) {
                by_name.entry(&*model.node(*child).name).or_default().push(*child);
            }
            by_name
        });
        let names = named.filter(|word| word.starts_with(|first: char| first == '_' || first.is_alphabetic()));
        let mut meant: Vec<NodeId> = names.filter_map(|name| declared.get(name)).flatten().copied().collect();
        let mut around = vec![node];
        while let Some(item) = around.pop() {
            around.extend(model.children(item));
            for id in self.inside.of(item) {
                let reference = model.reference(*id);
                if !in_body(reference.span.start) {
                    meant.push(reference.to_item);
                }
            }
        }
        for node in meant {
            self.need(node, waiting);
        }
    }
}
