//! Items: their names, kinds, visibility and conditions, and the walk into them.
//!
//! In: item nodes.  Out: [`Item`] entries, scopes of inline modules, and by way of the walk everything inside.
//! Not here: imports (`uses`), macro definitions and calls (`macros`).

use std::ops::Range;

use super::attributes::{Attributes, Procedural};
use super::collect::{Collector, Place};
use super::locals::Space;
use super::signatures::is_type;
use super::syntax::Kind;
use super::{
    ImplFacts, Item, ItemDetails, ItemId, ItemKind, MacroDef, MacroPosition, ModuleFacts, PathRole, PathRoot, Scope,
    ScopeId, ScopeKind, TokenRange, Visibility,
};
use crate::source::Span;

impl Collector<'_> {
    /// A whole file.
    pub(super) fn file(&mut self, root: u32) {
        let attributes = self.attributes(root, true);
        self.mention_macros(&attributes);
        self.at.cfg = attributes.cfg;
        let facts = &mut self.facts.file_attrs;
        facts.cfg = attributes.cfg;
        facts.no_std = attributes.no_std;
        facts.no_core = attributes.no_core;
        facts.no_implicit_prelude = attributes.no_implicit_prelude;
        facts.macro_use = attributes.macro_use;
        self.walk(self.syntax.after_attributes(root)..self.syntax.end(root));
    }

    pub(super) fn item(&mut self, id: u32) {
        match self.syntax.kind(id) {
            Kind::USE => self.use_item(id),
            Kind::EXTERN_CRATE => self.extern_crate(id),
            Kind::MACRO_CALL => self.macro_call(id, self.item_position()),
            Kind::MACRO_RULES | Kind::MACRO_DEF => self.macro_definition(id),
            Kind::EXTERN_BLOCK => {
                let attributes = self.attributes(id, true);
                self.mention_macros(&attributes);
                let inner = self.syntax.after_attributes(id)..self.syntax.end(id);
                self.under(attributes.cfg, |this| this.walk(inner));
            }
            Kind::MODULE => self.module(id),
            _ => self.definition(id),
        }
    }

    /// Where a macro call among items stands.
    fn item_position(&self) -> MacroPosition {
        match self.at.place {
            Place::Associated { inherited } => MacroPosition::Associated { inherited },
            Place::Module => MacroPosition::Item,
            Place::Body => MacroPosition::Statement,
        }
    }

    /// Records an item; what is inside it comes after.
    fn push_item(&mut self, id: u32, kind: ItemKind, attributes: &Attributes, details: ItemDetails) -> ItemId {
        let item = ItemId(self.facts.items.len() as u32);
        let token = self.name_token(id);
        let span = self.syntax.span(id);
        let name = token.map(|token| self.symbol(token));
        let name = name.map(|symbol| self.names.mention(symbol, &mut self.facts.names));
        let name_span = token.map_or(span, |token| self.syntax.token_span(token..token + 1));
        let parent = if self.at.place == Place::Module && kind != ItemKind::Variant { None } else { self.at.owner };
        let owner = self.at.owner.replace(item);
        self.mention_macros(attributes);
        let visibility = match self.at.place {
            Place::Associated { inherited: true } => Visibility::Inherited,
            _ if kind == ItemKind::Variant => Visibility::Inherited,
            _ => self.visibility_of(id),
        };
        let (scope, cfg) = (self.at.scope, attributes.cfg);
        self.facts.items.push(Item { kind, name, name_span, span, visibility, scope, parent, cfg, details });
        self.at.owner = owner;
        item
    }

    fn module(&mut self, id: u32) {
        let list = self.syntax.child(id, Kind::ITEM_LIST);
        let attributes = self.attributes_with(id, list);
        let inline = list.map(|_| ScopeId(self.facts.scopes.len() as u32));
        let details = ItemDetails::Module(ModuleFacts {
            inline,
            paths: attributes.paths.clone(),
            macro_use: attributes.macro_use,
        });
        let item = self.push_item(id, ItemKind::Module, &attributes, details);
        let Some(list) = list else { return };
        let span = self.syntax.span(list);
        self.facts.scopes.push(Scope { kind: ScopeKind::Module(item), parent: Some(self.at.scope), span });
        let before = self.at;
        let floor = self.locals.raise();
        self.at.scope = ScopeId(self.facts.scopes.len() as u32 - 1);
        self.at.scope_is_own = true;
        self.at.owner = None;
        self.at.cfg = attributes.cfg;
        self.at.place = Place::Module;
        (self.at.shown, self.at.declaring) = (false, true);
        self.walk(self.syntax.after_attributes(list)..self.syntax.end(list));
        self.locals.lower(floor);
        self.at = before;
    }

    fn definition(&mut self, id: u32) {
        let attributes = self.attributes(id, true);
        let associated = matches!(self.at.place, Place::Associated { .. });
        let (kind, details) = self.kind_of(id, associated, &attributes);
        let item = self.push_item(id, kind, &attributes, details);
        let before = self.at;
        let mark = self.locals.mark();
        // Associated items see the generic parameters of what is around them.
        let floor = (!associated).then(|| self.locals.raise());
        if self.facts.items[item.0 as usize].name.is_some() || kind == ItemKind::Impl {
            self.at.owner = Some(item);
        }
        self.at.cfg = attributes.cfg;
        self.at.scope_is_own = false;
        self.at.declaring |= !associated;
        self.at.shown = self.at.declaring && kind != ItemKind::Impl;
        if let Some(generics) = self.syntax.child(id, Kind::GENERIC_PARAM_LIST) {
            self.generics(generics);
        }
        let start = self.syntax.after_attributes(id);
        let end = self.syntax.end(id);
        match kind {
            ItemKind::Function | ItemKind::Method | ItemKind::ProcMacro => {
                self.at.place = Place::Body;
                let mut parameters = None;
                let mut at = start;
                while at < end {
                    let next = self.syntax.end(at);
                    match self.syntax.kind(at) {
                        Kind::PARAM_LIST => {
                            self.parameters(at);
                            parameters = Some(at);
                        }
                        Kind::VISIBILITY => {}
                        Kind::BLOCK_EXPR => {
                            // Its names are bound; now that all types were read, they get theirs.
                            if let Some(parameters) = parameters {
                                self.project_parameters(parameters);
                            }
                            self.at.shown = false;
                            self.walk(at..next);
                        }
                        _ => self.walk(at..next),
                    }
                    at = next;
                }
                self.signature(item, id);
            }
            ItemKind::Impl => self.implementation(id, item, start..end),
            ItemKind::Trait | ItemKind::Struct if self.syntax.kind(id) == Kind::TRAIT => {
                self.at.place = Place::Associated { inherited: true };
                self.walk_inside(start..end);
                self.trait_bounds(item, id);
            }
            _ => {
                self.at.place = Place::Body;
                match kind {
                    ItemKind::Const | ItemKind::Static | ItemKind::AssocConst => self.constant(start..end),
                    _ => self.walk_inside(start..end),
                }
                match kind {
                    ItemKind::Struct | ItemKind::Union | ItemKind::Enum => {
                        self.generic_parameters(item, id);
                        self.fields(item, id);
                    }
                    _ => {
                        self.generic_parameters(item, id);
                        self.meaning(item, id);
                    }
                }
            }
        }
        self.locals.leave(mark);
        if let Some(floor) = floor {
            self.locals.lower(floor);
        }
        self.at = before;
    }

    /// The type of a constant or static, then its value.
    fn constant(&mut self, nodes: Range<u32>) {
        let mut at = nodes.start;
        while at < nodes.end {
            let (kind, next) = (self.syntax.kind(at), self.syntax.end(at));
            self.at.shown &= is_type(kind) || matches!(kind, Kind::VISIBILITY | Kind::NAME);
            if kind != Kind::VISIBILITY {
                self.walk(at..next);
            }
            at = next;
        }
    }

    /// A field of a struct or union that is not `pub`; those of variants are as visible as these.
    pub(super) fn is_hidden_field(&self, id: u32) -> bool {
        let of_variant = self.at.owner.is_some_and(|owner| self.facts.item(owner).kind == ItemKind::Variant);
        let visibility = self.syntax.child(id, Kind::VISIBILITY);
        !of_variant && visibility.is_none_or(|it| self.syntax.child(it, Kind::VISIBILITY_INNER).is_some())
    }

    /// All but the item's own visibility, which is recorded with it.
    fn walk_inside(&mut self, nodes: Range<u32>) {
        let mut at = nodes.start;
        if at < nodes.end && self.syntax.kind(at) == Kind::VISIBILITY {
            at = self.syntax.end(at);
        }
        self.walk(at..nodes.end);
    }

    fn kind_of(&mut self, id: u32, associated: bool, attributes: &Attributes) -> (ItemKind, ItemDetails) {
        let constructor = self.syntax.child(id, Kind::RECORD_FIELD_LIST).is_none();
        match self.syntax.kind(id) {
            Kind::FN => {
                if let (Some(procedural), Some(token)) = (attributes.procedural, self.name_token(id)) {
                    let exported = match procedural {
                        Procedural::Derive(name) => name,
                        _ => token,
                    };
                    let symbol = self.symbol(exported);
                    let exported = self.names.mention(symbol, &mut self.facts.names);
                    let derive = matches!(procedural, Procedural::Derive(_));
                    let attribute = procedural == Procedural::Attribute;
                    return (ItemKind::ProcMacro, ItemDetails::ProcMacro { exported, derive, attribute });
                }
                let kind = if associated { ItemKind::Method } else { ItemKind::Function };
                (kind, ItemDetails::Function { test: attributes.test })
            }
            Kind::STRUCT => (ItemKind::Struct, ItemDetails::Struct { constructor }),
            Kind::ENUM => (ItemKind::Enum, ItemDetails::None),
            Kind::UNION => (ItemKind::Union, ItemDetails::None),
            Kind::TRAIT if self.syntax.child(id, Kind::ASSOC_ITEM_LIST).is_none() && self.is_alias(id) => {
                (ItemKind::TraitAlias, ItemDetails::None)
            }
            Kind::TRAIT if self.at.flags => (ItemKind::Struct, ItemDetails::Struct { constructor: false }),
            Kind::TRAIT => (ItemKind::Trait, ItemDetails::None),
            Kind::TYPE_ALIAS if associated => (ItemKind::AssocType, ItemDetails::None),
            Kind::TYPE_ALIAS => (ItemKind::TypeAlias, ItemDetails::None),
            Kind::CONST if associated => (ItemKind::AssocConst, ItemDetails::None),
            Kind::CONST => (ItemKind::Const, ItemDetails::None),
            Kind::STATIC => (ItemKind::Static, ItemDetails::None),
            _ => (ItemKind::Impl, ItemDetails::Impl(ImplFacts { self_type: None, trait_: None })),
        }
    }

    /// `trait A = B;`: an equals sign stands before the bounds.
    fn is_alias(&self, id: u32) -> bool {
        let before = self.syntax.child(id, Kind::TYPE_BOUND_LIST).map(|bounds| self.syntax.node(bounds).first);
        before.is_some_and(|first| self.syntax.token(first.saturating_sub(1)) == Kind::EQ)
    }

    pub(super) fn variant(&mut self, id: u32) {
        let attributes = self.attributes(id, false);
        if self.name_token(id).is_none() {
            return;
        }
        let constructor = self.syntax.child(id, Kind::RECORD_FIELD_LIST).is_none();
        let item = self.push_item(id, ItemKind::Variant, &attributes, ItemDetails::Struct { constructor });
        let before = self.at;
        self.at.owner = Some(item);
        self.at.cfg = attributes.cfg;
        self.walk(self.syntax.after_attributes(id)..self.syntax.end(id));
        self.fields(item, id);
        self.at = before;
    }

    fn implementation(&mut self, id: u32, item: ItemId, nodes: Range<u32>) {
        let mut types = Vec::with_capacity(2);
        for child in self.syntax.children(id) {
            if !matches!(
                self.syntax.kind(child),
                Kind::ATTR
                    | Kind::VISIBILITY
                    | Kind::GENERIC_PARAM_LIST
                    | Kind::WHERE_CLAUSE
                    | Kind::ASSOC_ITEM_LIST
                    | Kind::IMPL_RESTRICTION
                    | Kind::ERROR
            ) {
                types.push(child);
            }
        }
        let of_trait = types.len() > 1;
        let mut facts = ImplFacts { self_type: None, trait_: None };
        let mut at = nodes.start;
        while at < nodes.end {
            let next = self.syntax.end(at);
            let kind = self.syntax.kind(at);
            if types.first() == Some(&at) && of_trait {
                facts.trait_ = self.header_type(at, PathRole::ImplTrait);
            } else if types.contains(&at) {
                facts.self_type = self.header_type(at, PathRole::ImplType);
            } else if kind == Kind::ASSOC_ITEM_LIST {
                self.impl_types(item, id, &types);
                self.at.place = Place::Associated { inherited: of_trait };
                self.at.declaring = !of_trait;
                let cfg = self.attributes(at, false).cfg;
                let inner = self.syntax.after_attributes(at)..next;
                self.under(cfg, |this| this.walk(inner));
            } else if kind != Kind::VISIBILITY {
                self.walk(at..next);
            }
            at = next;
        }
        self.facts.items[item.0 as usize].details = ItemDetails::Impl(facts);
    }

    /// A type in the header of an `impl`; its path gets the role if it is one.
    fn header_type(&mut self, id: u32, role: PathRole) -> Option<u32> {
        let end = self.syntax.end(id);
        let mut at = id;
        while self.syntax.kind(at) == Kind::PAREN_TYPE && at + 1 < end {
            at += 1;
        }
        if self.syntax.kind(at) == Kind::PATH_TYPE && at + 1 < end && self.syntax.kind(at + 1) == Kind::PATH {
            return self.path(at + 1, role);
        }
        self.walk(id..end);
        None
    }

    /// Brings generic parameters into scope; their bounds and defaults are walked as the rest of the item.
    fn generics(&mut self, list: u32) {
        let end = self.syntax.end(list);
        let mut at = list + 1;
        while at < end {
            let space = match self.syntax.kind(at) {
                Kind::TYPE_PARAM => Some(Space::Types),
                Kind::CONST_PARAM => Some(Space::Values),
                _ => None,
            };
            if let (Some(space), Some(token)) = (space, self.name_token(at)) {
                let symbol = self.symbol(token);
                self.locals.bind(symbol, space);
            }
            at = self.syntax.end(at);
        }
    }

    /// `macro_rules! m { .. }`, `macro m { .. }`.
    fn macro_definition(&mut self, id: u32) {
        let attributes = self.attributes(id, true);
        let textual = self.syntax.kind(id) == Kind::MACRO_RULES;
        let trees: Vec<u32> =
            self.syntax.children(id).filter(|child| self.syntax.kind(*child) == Kind::TOKEN_TREE).collect();
        if self.name_token(id).is_none() {
            return;
        }
        let item = self.push_item(id, ItemKind::Macro, &attributes, ItemDetails::None);
        let first = trees.first().map_or(0, |tree| self.syntax.node(*tree).first);
        let last = trees.last().map_or(first, |tree| self.syntax.node(*tree).last);
        let body = if trees.is_empty() { Span::default() } else { self.syntax.token_span(first..last) };
        self.facts.macro_defs.push(MacroDef {
            item,
            exported: attributes.macro_export,
            local_inner_macros: attributes.local_inner_macros,
            textual,
            body,
            tokens: TokenRange { start: first, end: last },
        });
    }

    pub(super) fn visibility_of(&mut self, id: u32) -> Visibility {
        match self.syntax.child(id, Kind::VISIBILITY) {
            Some(visibility) => self.visibility(visibility),
            None => Visibility::Private,
        }
    }

    /// Records the path of `pub(in ..)`.
    pub(super) fn visibility(&mut self, id: u32) -> Visibility {
        let Some(inner) = self.syntax.child(id, Kind::VISIBILITY_INNER) else { return Visibility::Public };
        let Some(path) = self.syntax.child(inner, Kind::PATH) else { return Visibility::Public };
        let from = self.segments.len();
        let written = self.read_path(path);
        let visibility = match (written.root, self.segments.len() == from) {
            _ if written.relative => Visibility::Private,
            (PathRoot::Crate, true) => Visibility::Crate,
            (PathRoot::Super(up), true) => Visibility::Super(up),
            (_, true) => Visibility::Private,
            (root, false) => match self.record(from, written, PathRole::Visibility, self.at.source) {
                Some(path) => Visibility::In { root, segments: self.facts.paths[path as usize].segments },
                None => Visibility::Private,
            },
        };
        self.segments.truncate(from);
        visibility
    }
}
