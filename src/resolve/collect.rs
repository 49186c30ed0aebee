//! Items into the scopes of their modules.
//!
//! In: the tree.  Out: [`Scopes`] with everything that is declared in place.  Not here: imports.

use super::scope::{Binding, Namespace, Scopes, TextualMacro};
use super::tree::{Instance, Tree};
use super::{Def, ItemId, ModuleId, ModuleKind, Sym, Visibility};
use crate::facts::{self, ItemDetails, ItemKind, MacroDef};

pub(super) fn scopes(tree: &Tree) -> Scopes {
    let mut scopes = Scopes::new(tree.modules.len());
    for instance in &tree.instances {
        for (index, item) in instance.facts.items.iter().enumerate() {
            let id = facts::ItemId(index as u32);
            add_item(tree, &mut scopes, instance, id, item);
        }
        for definition in &instance.facts.macro_defs {
            add_macro(tree, &mut scopes, instance, definition);
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    for macros in scopes.textual_macros.values_mut() {
        macros.sort_by_key(|textual| (textual.file, textual.after));
    }
    scopes
}

fn add_item(tree: &Tree, scopes: &mut Scopes, instance: &Instance, id: facts::ItemId, item: &facts::Item) {
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

fn add_macro(tree: &Tree, scopes: &mut Scopes, instance: &Instance, definition: &MacroDef) {
    let global = instance.item(definition.item);
    let data = tree.item(global);
    let Some(name) = data.name else { return };
    let root = tree.krate(instance.krate).root;
    if definition.exported {
        let binding = Binding {
            def: Def::Item(global),
            visibility: Visibility::Public,
            activity: data.activity,
            import: None,
            distance: 0,
        };
        scopes.slot_mut(root, name, Namespace::Macros).declared.push(binding);
    } else if !definition.textual {
        let binding = Binding {
            def: Def::Item(global),
            visibility: data.visibility,
            activity: data.activity,
            import: None,
            distance: 0,
        };
        scopes.slot_mut(data.scope, name, Namespace::Macros).declared.push(binding);
    }
    if definition.textual {
        let textual = TextualMacro { item: global, file: instance.file, after: data.span.end };
        scopes.textual_macros.entry((data.scope, name)).or_default().push(textual);
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
        scopes.textual_macros.entry((parent, name)).or_default().push(TextualMacro { item, file, after: span.end });
        module = parent;
    }
}
