//! The public names of crates, found by resolving those crates alone.
//!
//! In: [`OtherCrates`].  Out: [`Outside`].  Bodies are not looked at: nobody outside can see what they hold.  Macros among items
//! are expanded as far as they can be; where one cannot, what its module shows is not taken to be all.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::expand::{self, Extent, Macros};
use super::grow::Grower;
use super::outside::{Macro, MacroNumber, ModuleNumber, OtherCrates, Outside, Shown, Surface};
use super::scope::{Binding, Namespace, Scopes};
use super::tree::Tree;
use super::{Def, Input, ItemId, ModuleId, Sym, Visibility, externs};
use crate::facts::{self, ItemKind, Rules};
use crate::workspace::cfg::{Activity, CfgOptions};
use crate::workspace::label;

/// What these crates show; `cfg` says for each package what it is compiled with.
pub fn surfaces(crates: &OtherCrates, cfg: &[CfgOptions]) -> Outside {
    let OtherCrates { workspace, sources, named } = crates;
    let input = Input {
        workspace,
        sources,
        labels: &label::labels(workspace),
        cfg,
        out_dir: false,
        index: None,
        outside: None,
        facts: &|file, edition| Arc::new(facts::read(&sources.file(file).text, edition)),
        expansions: None,
        read: &|| {},
    };
    let mut grower = Grower::new(&input);
    let mut tree = grower.grow(false);
    let externs = externs::preludes(&input, &mut tree);
    let (expanded, _) = expand::all(&input, &mut grower, &mut tree, externs, Extent::Items);
    let expand::Expanded { scopes, mut macros, .. } = expanded;
    let rules = rules(&input, &tree, &mut macros);
    let mut reader = Reader::new(&tree, &scopes, &macros);
    for krate in tree.crates.iter().filter(|krate| krate.kind.is_library()) {
        let root = reader.number(Place::Module(krate.root));
        let package = &workspace.package(krate.package).name;
        if named.get(package) == Some(&krate.package) {
            reader.outside.roots.insert(package.clone(), root);
        }
    }
    reader.read(&rules);
    reader.outside
}

/// The rules of every macro that a crate exports.
fn rules(input: &Input<'_>, tree: &Tree, macros: &mut Macros) -> FxHashMap<ItemId, Arc<Rules>> {
    let mut rules = FxHashMap::default();
    for instance in &tree.instances {
        for definition in instance.facts.macro_defs.iter().filter(|definition| definition.exported) {
            let item = instance.item(definition.item);
            rules.extend(macros.rules(input, tree, item).map(|rules| (item, rules)));
        }
    }
    rules
}

/// What has names of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place {
    Module(ModuleId),
    Enum(ItemId),
}

struct Reader<'a> {
    tree: &'a Tree,
    scopes: &'a Scopes,
    macros: &'a Macros,
    outside: Outside,
    numbers: FxHashMap<Place, ModuleNumber>,
    /// By number.
    places: Vec<Place>,
    macro_numbers: FxHashMap<ItemId, MacroNumber>,
}

impl<'a> Reader<'a> {
    fn new(tree: &'a Tree, scopes: &'a Scopes, macros: &'a Macros) -> Self {
        let (numbers, macro_numbers) = (FxHashMap::default(), FxHashMap::default());
        Self { tree, scopes, macros, outside: Outside::default(), numbers, places: Vec::new(), macro_numbers }
    }

    fn number(&mut self, place: Place) -> ModuleNumber {
        *self.numbers.entry(place).or_insert_with(|| {
            self.places.push(place);
            self.places.len() as ModuleNumber - 1
        })
    }

    /// Reads every place that can be reached.
    fn read(&mut self, rules: &FxHashMap<ItemId, Arc<Rules>>) {
        let mut next = 0;
        while let Some(place) = self.places.get(next).copied() {
            next += 1;
            let surface = match place {
                Place::Module(module) => self.module(module, rules),
                Place::Enum(item) => self.variants(item),
            };
            self.outside.modules.push(surface);
        }
    }

    fn module(&mut self, module: ModuleId, rules: &FxHashMap<ItemId, Arc<Rules>>) -> Surface {
        let mut names: Vec<(Box<str>, Shown)> = Vec::new();
        for (name, namespace) in self.scopes.names_of(module) {
            let Some(binding) = self.public(module, name, namespace) else { continue };
            let text = self.tree.symbols.text(name);
            if names.last().is_none_or(|(last, _)| **last != *text) {
                names.push((text.into(), Shown::default()));
            }
            let Some((_, shown)) = names.last_mut() else { continue };
            match namespace {
                Namespace::Types => shown.types = true,
                Namespace::Values => shown.values = true,
                Namespace::Macros => shown.macros = true,
            }
            let (of_module, of_macro) = self.within(namespace, binding.def, rules);
            let Some((_, shown)) = names.last_mut() else { continue };
            shown.module = shown.module.or(of_module);
            shown.rules = shown.rules.or(of_macro);
        }
        names.sort_by(|(a, _), (b, _)| a.cmp(b));
        Surface { names, is_whole: self.is_whole(module, &mut Vec::new()) }
    }

    /// What everybody sees by a name.
    fn public(&self, module: ModuleId, name: Sym, namespace: Namespace) -> Option<Binding> {
        let slot = self.scopes.slot(module, name, namespace)?;
        let mut bindings = slot.declared.iter().chain(&slot.globbed);
        let is_seen = |it: &&Binding| it.visibility == Visibility::Public && it.activity == Activity::Active;
        bindings.find(is_seen).copied()
    }

    /// The names within a meaning, and its rules.
    fn within(
        &mut self,
        namespace: Namespace,
        def: Def,
        rules: &FxHashMap<ItemId, Arc<Rules>>,
    ) -> (Option<ModuleNumber>, Option<MacroNumber>) {
        match (namespace, def) {
            (Namespace::Types, Def::Module(module)) => (Some(self.number(Place::Module(module))), None),
            (Namespace::Types, Def::Item(item)) if self.tree.item(item).kind == ItemKind::Enum => {
                (Some(self.number(Place::Enum(item))), None)
            }
            (Namespace::Macros, Def::Item(item)) => (None, rules.get(&item).map(|rules| self.macro_of(item, rules))),
            _ => (None, None),
        }
    }

    fn macro_of(&mut self, item: ItemId, rules: &Arc<Rules>) -> MacroNumber {
        if let Some(known) = self.macro_numbers.get(&item) {
            return *known;
        }
        let root = self.tree.krate(self.tree.module(self.tree.item(item).scope).krate).root;
        let krate = self.number(Place::Module(root));
        let number = MacroNumber(self.outside.macros.len() as u32);
        self.outside.macros.push(Macro { rules: Arc::clone(rules), krate });
        self.macro_numbers.insert(item, number);
        number
    }

    fn variants(&self, item: ItemId) -> Surface {
        let variants = self.scopes.variants.get(&item).map_or(&[][..], Vec::as_slice);
        let shown = Shown { types: true, values: true, ..Shown::default() };
        let text = |(name, _): &(_, ItemId)| (Box::from(self.tree.symbols.text(*name)), shown);
        let mut names: Vec<(Box<str>, Shown)> = variants.iter().map(text).collect();
        names.sort_by(|(a, _), (b, _)| a.cmp(b));
        Surface { names, is_whole: true }
    }

    /// Whether no name can be missing, also not behind public globs.
    fn is_whole(&self, module: ModuleId, around: &mut Vec<ModuleId>) -> bool {
        if around.contains(&module) {
            return true;
        }
        if self.macros.opaque.contains(&module) {
            return false;
        }
        around.push(module);
        let globs = self.scopes.globs_of(module).iter().filter(|glob| glob.visibility == Visibility::Public);
        let whole = |source: Option<ModuleId>| source.is_some_and(|source| self.is_whole(source, around));
        globs.map(|glob| glob.source).all(whole)
    }
}
