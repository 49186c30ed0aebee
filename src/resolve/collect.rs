//! Items into the scopes of their modules.
//!
//! In: the tree.  Out: [`Scopes`] with everything that is declared in place.  Not here: imports.

use super::scope::{Binding, Namespace, Scopes, TextualMacro};
use super::tree::{Instance, Tree};
use super::{Def, ItemId, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{self, ItemDetails, ItemKind, MacroDef};

/// A name that got a meaning.
pub(super) type Named = (ModuleId, Sym, Namespace);

/// Enters what instances declare, from the one at `from` on; gives the names that got a meaning.
pub(super) fn enter(tree: &Tree, scopes: &mut Scopes, from: usize) -> Vec<Named> {
    scopes.grow(tree.modules.len());
    let mut named = Vec::new();
    for instance in &tree.instances[from..] {
        for (index, item) in instance.facts.items.iter().enumerate() {
            let id = facts::ItemId(index as u32);
            add_item(tree, scopes, instance, id, item, &mut named);
        }
        for definition in &instance.facts.macro_defs {
            add_macro(tree, scopes, instance, definition, &mut named);
        }
    }
    named
}

fn add_item(
    tree: &Tree,
    scopes: &mut Scopes,
    instance: &Instance,
    id: facts::ItemId,
    item: &facts::Item,
    named: &mut Vec<Named>,
) {
    let global = instance.item(id);
    let data = tree.item(global);
    let Some(name) = data.name else { return };
    if item.kind == ItemKind::Variant {
        if let Some(parent) = data.parent {
            scopes.variants.entry(parent).or_default().push((name, global));
        }
        return;
    }
    let module = tree.declared.get(&global).copied();
    let binding =
        |def| Binding { def, visibility: data.visibility, activity: data.activity, import: None, distance: 0 };
    let mut bind = |namespace| {
        let def = module.map_or(Def::Item(global), Def::Module);
        scopes.slot_mut(data.scope, name, namespace).declared.push(binding(def));
        named.push((data.scope, name, namespace));
    };
    match item.kind {
        ItemKind::Module
        | ItemKind::Enum
        | ItemKind::Union
        | ItemKind::Trait
        | ItemKind::TraitAlias
        | ItemKind::TypeAlias => bind(Namespace::Types),
        ItemKind::Struct => {
            bind(Namespace::Types);
            if matches!(item.details, ItemDetails::Struct { constructor: true }) {
                bind(Namespace::Values);
            }
        }
        ItemKind::Function | ItemKind::Const | ItemKind::Static => bind(Namespace::Values),
        ItemKind::ProcMacro => bind(Namespace::Macros),
        // Macros have an order and a scope of their own; the rest has no name in a scope.
        ItemKind::Macro
        | ItemKind::Variant
        | ItemKind::Impl
        | ItemKind::Method
        | ItemKind::AssocConst
        | ItemKind::AssocType => {}
    }
}

fn add_macro(tree: &Tree, scopes: &mut Scopes, instance: &Instance, definition: &MacroDef, named: &mut Vec<Named>) {
    let global = instance.item(definition.item);
    let data = tree.item(global);
    let Some(name) = data.name else { return };
    let root = tree.krate(instance.krate).root;
    let shown = match (definition.exported, definition.textual) {
        (true, _) => Some((root, Visibility::Public)),
        (false, false) => Some((data.scope, data.visibility)),
        (false, true) => None,
    };
    if let Some((scope, visibility)) = shown {
        let (def, activity) = (Def::Item(global), data.activity);
        let binding = Binding { def, visibility, activity, import: None, distance: 0 };
        scopes.slot_mut(scope, name, Namespace::Macros).declared.push(binding);
        named.push((scope, name, Namespace::Macros));
    }
    if definition.textual {
        // What a macro defines can be called by the rest of its own result, too.
        let after = instance.expansion.as_ref().map_or(data.span.end, |expansion| expansion.call.start);
        scopes.add_textual(data.scope, name, TextualMacro { item: global, file: instance.file, after });
        leak(tree, scopes, data.scope, name, global);
    }
}

/// `#[macro_use] mod m`: its macros are in the textual scope of what follows `m` (G8).
fn leak(tree: &Tree, scopes: &mut Scopes, from: ModuleId, name: Sym, item: ItemId) {
    let mut module = from;
    while let Some(parent) = tree.module(module).parent {
        if tree.module(module).kind == ModuleKind::Block || !tree.macro_use.contains(&module) {
            return;
        }
        let Some((file, span)) = tree.module(module).declared else { return };
        scopes.add_textual(parent, name, TextualMacro { item, file, after: span.end });
        module = parent;
    }
}
