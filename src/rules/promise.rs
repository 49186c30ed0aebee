//! What APIs promise: their items as those see them who use them.
//!
//! In: the boundaries and the text of declarations.  Out: [`Promise`]s, in an order and a spelling that formatting, the
//! names of parameters and the ways of imports do not change.  Not here: what breaks one (`breach`).

pub(super) mod breach;
mod names;
mod offers;
mod spelling;
mod text;

use names::Names;
use offers::Offer;
use text::Reading;

use super::Context;
use super::declaration::Declaration;
use super::shown::header;
use crate::facts::ItemKind;
use crate::model::{NodeId, NodeKind};
use rustc_hash::FxHashSet;

/// An item of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// The boundary; for code in no boundary its library.
    pub owner: String,
    /// Where it is defined.
    pub path: String,
    /// [`ItemKind::word`]
    pub kind: String,
    /// The names by which others may get at it, the shortest first.
    pub names: Vec<String>,
    /// Its declaration without its parts; empty for what a macro made.
    pub text: String,
    /// Others can list its parts, so that one more changes something for them: a struct whose fields they all see, an enum,
    /// a trait that they may implement.
    pub closed: bool,
    /// What `#[serde(..)]` says of the whole type.
    pub serde: String,
    /// The traits that it derives or implements, those left out that others cannot name; sorted.
    pub traits: Vec<String>,
    /// In the order of their kinds and names; the variants of an enum and unnamed fields as they stand.
    pub parts: Vec<PromisedPart>,
    pub file: String,
    pub line: u32,
}

impl Promise {
    /// For people: its declaration without its parts, types without the modules that they are in.
    pub fn declaration(&self) -> String {
        spelling::shortened(&self.text)
    }
}

/// What an item of an API consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromisedPart {
    pub kind: PartKind,
    pub name: String,
    pub text: String,
    /// Of a trait: who implements it may leave it out.
    pub optional: bool,
    /// What `#[serde(..)]` says of it.
    pub serde: String,
    /// `None` for the file of the whole item.
    pub file: Option<String>,
    pub line: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    Field,
    /// A field that others do not see, of a type that is serialised.
    WireField,
    Variant,
    Function,
    Type,
    Constant,
}

impl PartKind {
    pub const ALL: [Self; 6] =
        [Self::Field, Self::WireField, Self::Variant, Self::Function, Self::Type, Self::Constant];

    /// As messages and documents name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::WireField => "private field",
            Self::Variant => "variant",
            Self::Function => "function",
            Self::Type => "type",
            Self::Constant => "constant",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The promises of an earlier revision, and what there was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Sorted by owner and path.
    pub promises: Vec<Promise>,
    /// The paths of all items of that revision.
    pub items: FxHashSet<String>,
}

impl Earlier {
    /// What one revision promises, for a later one.
    pub fn of(context: &Context<'_>) -> Self {
        let is_item = |id: &NodeId| matches!(context.model.node(*id).kind, NodeKind::Item(_));
        let items = context.model.node_ids().filter(is_item).map(|id| context.model.path(id).to_owned()).collect();
        Self { promises: context.promises().into_iter().map(|(_, promise)| promise).collect(), items }
    }
}

impl Context<'_> {
    /// Everything that APIs offer, sorted by owner and path.  Without sources, names alone.
    pub fn promises(&self) -> Vec<(NodeId, Promise)> {
        let offers = self.offers();
        let promising = Promising::new(self, &offers);
        let mut promises: Vec<(NodeId, Promise)> =
            offers.iter().map(|offer| (offer.node, promising.promise(offer))).collect();
        promises
            .sort_by(|(_, a), (_, b)| (&a.owner, &a.path, &a.kind, a.line).cmp(&(&b.owner, &b.path, &b.kind, b.line)));
        promises
    }
}

struct Promising<'a> {
    context: &'a Context<'a>,
    names: Names<'a>,
    /// Names of traits of this workspace that no API offers.
    own_traits: FxHashSet<&'a str>,
}

impl<'a> Promising<'a> {
    fn new(context: &'a Context<'a>, offers: &[Offer]) -> Self {
        let model = context.model;
        let is_trait = |id: &NodeId| model.node(*id).kind == NodeKind::Item(ItemKind::Trait);
        let mut own_traits: FxHashSet<&str> =
            model.node_ids().filter(is_trait).map(|id| &*model.node(id).name).collect();
        for offer in offers.iter().filter(|offer| is_trait(&offer.node)) {
            own_traits.remove(&*model.node(offer.node).name);
        }
        let offered = offers.iter().map(|offer| offer.node);
        let methods = offers.iter().flat_map(|offer| parts_elsewhere(context, offer.node));
        let names = Names::new(model, offered.chain(methods).collect());
        Self { context, names, own_traits }
    }

    fn promise(&self, offer: &Offer) -> Promise {
        let model = self.context.model;
        let node = model.node(offer.node);
        let NodeKind::Item(kind) = node.kind else { return Promise::default() };
        let mut promise = Promise {
            owner: offer.owner.clone(),
            path: node.path.to_string(),
            kind: kind.word().to_owned(),
            names: offer.names.clone(),
            file: self.file_of(offer.node),
            line: node.line,
            ..Promise::default()
        };
        let Some(declaration) = Declaration::of(self.context, offer.node) else { return promise };
        let reading = self.reading(offer.node, &declaration);
        promise.text = reading.header(kind);
        promise.serde = reading.serde();
        promise.traits = self.traits(offer.node, &reading);
        promise.closed = reading.is_closed(kind);
        promise.parts = reading.fields_or_variants(kind, is_serialised(&promise));
        promise.parts.extend(self.associated(offer.node));
        promise.parts.sort_by(|a, b| {
            let name =
                |part: &PromisedPart| if part.kind < PartKind::Function { String::new() } else { part.name.clone() };
            (a.kind, name(a), &a.text).cmp(&(b.kind, name(b), &b.text))
        });
        promise
    }

    fn reading<'t>(&'t self, node: NodeId, declaration: &'t Declaration<'t>) -> Reading<'t> {
        let model = self.context.model;
        let file = model.node(node).file;
        let sees = move |restriction: &str| self.sees(node, restriction);
        let line = move |offset: u32| {
            let source = self.context.sources.zip(file).map(|(sources, file)| sources.file(file));
            source.map_or(0, |source| source.line_at(offset))
        };
        let known = move |offset: u32, words: &[&str]| self.names.of(node, offset, words);
        Reading { declaration, known: Box::new(known), sees: Box::new(sees), line: Box::new(line) }
    }

    /// Whether code outside its boundary can use a field of this visibility.
    fn sees(&self, node: NodeId, restriction: &str) -> bool {
        let (model, boundaries) = (self.context.model, self.context.boundaries);
        let Some(boundary) = boundaries.of(node) else { return restriction.is_empty() };
        let within = match restriction {
            "" => return true,
            "crate" => model.target_of(node),
            "super" => model.module_of(node).and_then(|module| model.node(module).parent),
            _ => None,
        };
        within.is_some_and(|within| !boundaries.contains(boundary, within))
    }

    fn file_of(&self, node: NodeId) -> String {
        let file = self.context.sources.zip(self.context.model.node(node).file);
        file.map(|(sources, file)| sources.file(file).path.clone()).unwrap_or_default()
    }

    fn traits(&self, node: NodeId, reading: &Reading<'_>) -> Vec<String> {
        let model = self.context.model;
        let mut traits = reading.derives();
        for implementation in self.context.implementations(node) {
            traits.extend(header(&model.node(implementation).name).and_then(|(of, _)| of).map(str::to_owned));
        }
        traits.retain(|name| !self.own_traits.contains(name.as_str()));
        traits.sort();
        traits.dedup();
        traits
    }

    /// Functions, types and constants of a trait, and of a type's own `impl`s.
    fn associated(&self, node: NodeId) -> Vec<PromisedPart> {
        let model = self.context.model;
        let is_trait = model.node(node).kind == NodeKind::Item(ItemKind::Trait);
        let mut parts = Vec::new();
        for id in parts_elsewhere(self.context, node) {
            let NodeKind::Item(kind) = model.node(id).kind else { continue };
            let kind = match kind {
                ItemKind::Method => PartKind::Function,
                ItemKind::AssocType => PartKind::Type,
                ItemKind::AssocConst => PartKind::Constant,
                _ => continue,
            };
            let declaration = Declaration::of(self.context, id);
            let (text, optional) = declaration.as_ref().map_or_else(Default::default, |declaration| {
                (self.reading(id, declaration).associated(kind), is_trait && declaration.has_default())
            });
            let (name, line) = (model.node(id).name.to_string(), model.node(id).line);
            let file = (model.node(id).file != model.node(node).file).then(|| self.file_of(id));
            parts.push(PromisedPart { kind, name, text, optional, serde: String::new(), file, line });
        }
        parts
    }
}

/// What belongs to an item of an API and is a node of its own: the items of a trait, and of a type's own `impl`s what
/// others can use.
fn parts_elsewhere(context: &Context<'_>, node: NodeId) -> Vec<NodeId> {
    let model = context.model;
    let is_built = |id: &NodeId| model.node(*id).active && !context.is_in_test(*id);
    let mut parts: Vec<NodeId> = model.children(node).iter().copied().filter(is_built).collect();
    let boundary = context.boundaries.of(node);
    for implementation in context.implementations(node) {
        if header(&model.node(implementation).name).is_some_and(|(of, _)| of.is_none()) {
            parts.extend(model.children(implementation).iter().copied().filter(is_built).filter(|id| {
                let visibility = model.node(*id).visibility;
                match boundary {
                    Some(boundary) => context.boundaries.is_outside_visibility(boundary, visibility),
                    None => visibility == crate::model::Visibility::Public,
                }
            }));
        }
    }
    parts
}

/// What others may have written to disk or may send.
pub(super) fn is_serialised(promise: &Promise) -> bool {
    promise.traits.iter().any(|name| name == "Serialize" || name == "Deserialize")
}

#[cfg(test)]
mod tests;
