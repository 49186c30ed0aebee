//! Whether an edit changed what a file declares.
//!
//! In: the facts of a file before and after.  Out: yes or no.  What stands in bodies, and where anything stands, does
//! not count: names of other files cannot mean anything else because of it.  Not here: what is redone.

use super::typing::{TypeFact, TypeId};
use super::{
    CfgId, Entries, FileFacts, Import, ImportKind, Item, ItemDetails, MacroCall, MacroReading, NameId, Path, PathRoot,
    SegmentRange, Visibility,
};
use crate::source::Span;

/// A file's facts with its text.
#[derive(Clone, Copy)]
pub struct Version<'a> {
    pub facts: &'a FileFacts,
    pub text: &'a str,
}

/// Both versions declare the same items, imports, macros and modules, in the same order.
pub fn declare_the_same(before: Version<'_>, after: Version<'_>) -> bool {
    let (old, new) = (before.facts, after.facts);
    let attributes = |facts: &FileFacts| {
        let attrs = &facts.file_attrs;
        (attrs.no_std, attrs.no_core, attrs.no_implicit_prelude, attrs.macro_use, facts.cfg(attrs.cfg).clone())
    };
    attributes(old) == attributes(new)
        && same(&old.scopes, &new.scopes, |a, b| (a.kind, a.parent) == (b.kind, b.parent))
        && same(&old.items, &new.items, |a, b| same_item(before, a, after, b))
        && same(&old.imports, &new.imports, |a, b| same_import(before, a, after, b))
        && same(&old.macro_defs, &new.macro_defs, |a, b| {
            let flags = |it: &super::MacroDef| (it.item, it.exported, it.local_inner_macros, it.textual);
            flags(a) == flags(b) && before.slice(a.body) == after.slice(b.body)
        })
        && same(&declaring_calls(old), &declaring_calls(new), |a, b| same_call(before, a, after, b))
        && same_typing(before, after)
}

/// Items have the same types: methods that other files call depend on them.
fn same_typing(before: Version<'_>, after: Version<'_>) -> bool {
    let (old, new) = (&before.facts.typing, &after.facts.typing);
    let types = |a: TypeId, b: TypeId| same_type(before, a, after, b);
    let lists = |a: Entries, b: Entries| same(old.type_list(a), new.type_list(b), |a, b| types(*a, *b));
    same(&old.signatures, &new.signatures, |a, b| {
        (a.item, a.method) == (b.item, b.method) && lists(a.parameters, b.parameters) && types(a.result, b.result)
    }) && same(&old.generics, &new.generics, |a, b| {
        (a.item, a.declared) == (b.item, b.declared)
            && before.name(a.name) == after.name(b.name)
            && lists(a.bounds, b.bounds)
    }) && same(&old.fields, &new.fields, |a, b| {
        a.owner == b.owner && before.name(Some(a.name)) == after.name(Some(b.name)) && types(a.meaning, b.meaning)
    }) && same(&old.impls, &new.impls, |a, b| {
        a.item == b.item && types(a.self_type, b.self_type) && types(a.trait_, b.trait_)
    }) && same(&old.meanings, &new.meanings, |(a, meant), (b, means)| a == b && types(*meant, *means))
}

fn same_type(before: Version<'_>, a: TypeId, after: Version<'_>, b: TypeId) -> bool {
    let (old, new) = (&before.facts.typing, &after.facts.typing);
    let types = |a: TypeId, b: TypeId| same_type(before, a, after, b);
    let lists = |a: Entries, b: Entries| same(old.type_list(a), new.type_list(b), |a, b| types(*a, *b));
    let names = |a: NameId, b: NameId| before.name(Some(a)) == after.name(Some(b));
    match (old.type_fact(a), new.type_fact(b)) {
        (TypeFact::Unknown, TypeFact::Unknown) => true,
        (TypeFact::Path { path: a, arguments: x }, TypeFact::Path { path: b, arguments: y }) => {
            let scope = |version: Version<'_>, path: u32| version.facts.paths[path as usize].scope;
            before.path(Some(a)) == after.path(Some(b)) && scope(before, a) == scope(after, b) && lists(x, y)
        }
        (TypeFact::SelfType { owner: a }, TypeFact::SelfType { owner: b }) => a == b,
        (TypeFact::Parameter { name: a, owner: x }, TypeFact::Parameter { name: b, owner: y }) => names(a, b) && x == y,
        (TypeFact::Associated { base: a, name: x }, TypeFact::Associated { base: b, name: y }) => {
            types(a, b) && names(x, y)
        }
        (TypeFact::As { base: a, trait_: x }, TypeFact::As { base: b, trait_: y }) => types(a, b) && types(x, y),
        (TypeFact::Binding { name: a, meaning: x }, TypeFact::Binding { name: b, meaning: y }) => {
            names(a, b) && types(x, y)
        }
        (TypeFact::Tuple { parts: a }, TypeFact::Tuple { parts: b })
        | (TypeFact::Bounds { bounds: a }, TypeFact::Bounds { bounds: b }) => lists(a, b),
        (TypeFact::Slice { item: a }, TypeFact::Slice { item: b }) => types(a, b),
        (TypeFact::Function { parameters: a, result: x }, TypeFact::Function { parameters: b, result: y }) => {
            lists(a, b) && types(x, y)
        }
        _ => false,
    }
}

/// Calls whose results others can see.
pub fn declaring_calls(facts: &FileFacts) -> Vec<MacroCall> {
    let declares = |call: &&MacroCall| matches!(call.reading, MacroReading::Deferred | MacroReading::Include);
    facts.macro_calls.iter().filter(declares).copied().collect()
}

impl<'a> Version<'a> {
    fn slice(self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    fn name(self, name: Option<NameId>) -> Option<&'a str> {
        name.map(|name| self.facts.name(name))
    }

    fn names(self, range: SegmentRange) -> Vec<&'a str> {
        self.facts.segments(range).iter().map(|segment| self.facts.name(segment.name)).collect()
    }

    fn path(self, index: Option<u32>) -> Option<(PathRoot, Vec<&'a str>)> {
        let path: &Path = self.facts.paths.get(index? as usize)?;
        Some((path.root, self.names(path.segments)))
    }
}

fn same<T>(old: &[T], new: &[T], equal: impl Fn(&T, &T) -> bool) -> bool {
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| equal(old, new))
}

fn same_cfg(before: Version<'_>, a: CfgId, after: Version<'_>, b: CfgId) -> bool {
    before.facts.cfg(a) == after.facts.cfg(b)
}

fn same_visibility(before: Version<'_>, a: Visibility, after: Version<'_>, b: Visibility) -> bool {
    match (a, b) {
        (Visibility::In { root: a, segments: x }, Visibility::In { root: b, segments: y }) => {
            a == b && before.names(x) == after.names(y)
        }
        _ => a == b,
    }
}

fn same_item(before: Version<'_>, a: &Item, after: Version<'_>, b: &Item) -> bool {
    let details = match (&a.details, &b.details) {
        (ItemDetails::Module(x), ItemDetails::Module(y)) => {
            (x.inline, x.macro_use) == (y.inline, y.macro_use)
                && same(&x.paths, &y.paths, |(p, c), (q, d)| p == q && same_cfg(before, *c, after, *d))
        }
        (ItemDetails::Impl(x), ItemDetails::Impl(y)) => {
            before.path(x.self_type) == after.path(y.self_type) && before.path(x.trait_) == after.path(y.trait_)
        }
        (
            ItemDetails::ProcMacro { exported: x, derive: d, attribute: a },
            ItemDetails::ProcMacro { exported: y, derive: e, attribute: b },
        ) => before.facts.name(*x) == after.facts.name(*y) && (d, a) == (e, b),
        (x, y) => x == y,
    };
    details
        && (a.kind, a.scope, a.parent) == (b.kind, b.scope, b.parent)
        && before.name(a.name) == after.name(b.name)
        && same_visibility(before, a.visibility, after, b.visibility)
        && same_cfg(before, a.cfg, after, b.cfg)
}

fn same_import(before: Version<'_>, a: &Import, after: Version<'_>, b: &Import) -> bool {
    let kind = |version: Version<'_>, kind: ImportKind| match kind {
        ImportKind::Single { name } => (0, Some(version.facts.name(name).to_owned()), false),
        ImportKind::SelfOnly { name } => (1, Some(version.facts.name(name).to_owned()), false),
        ImportKind::Unnamed => (2, None, false),
        ImportKind::Glob => (3, None, false),
        ImportKind::ExternCrate { name, macro_use } => (4, version.name(name).map(str::to_owned), macro_use),
    };
    (a.root, a.scope, a.owner) == (b.root, b.scope, b.owner)
        && kind(before, a.kind) == kind(after, b.kind)
        && before.names(a.segments) == after.names(b.segments)
        && same_visibility(before, a.visibility, after, b.visibility)
        && same_cfg(before, a.cfg, after, b.cfg)
}

fn same_call(before: Version<'_>, a: &MacroCall, after: Version<'_>, b: &MacroCall) -> bool {
    let (x, y) = (&before.facts.paths[a.path as usize], &after.facts.paths[b.path as usize]);
    (a.position, a.reading, x.scope, x.owner) == (b.position, b.reading, y.scope, y.owner)
        && before.path(Some(a.path)) == after.path(Some(b.path))
        && before.slice(a.arguments) == after.slice(b.arguments)
        && same_cfg(before, x.cfg, after, y.cfg)
}
