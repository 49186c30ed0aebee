//! The frozen model of a resolution.
//!
//! In: Cargo's world, sources, and what `resolve` found.  Out: a [`Model`].  Not here: any decision about names.

use rustc_hash::FxHashMap;

use super::{Certainty, Export, ListId, Model, ModelBuilder, NewReference, Node, NodeId, NodeKind, Step, Visibility};
use crate::facts::ItemKind;
use crate::resolve::{self, Def, ItemId, ModuleId, ModuleKind, Resolution};
use crate::source::{FileId, SourceTree, Span};
use crate::workspace::cfg::Activity;
use crate::workspace::{PackageId, Workspace};

impl Model {
    pub fn new(workspace: &Workspace, sources: &SourceTree, resolution: &Resolution) -> Self {
        let mut tree = TreeBuilder {
            sources,
            resolution,
            builder: ModelBuilder::new(&workspace.name),
            packages: FxHashMap::default(),
            modules: FxHashMap::default(),
            items: vec![None; resolution.items.len()],
        };
        tree.add_packages(workspace);
        tree.add_modules(workspace);
        tree.add_items();
        tree.add_exports();
        tree.add_references();
        let mut builder = tree.builder;
        for note in &resolution.notes {
            builder.add_note(note.clone());
        }
        builder.freeze()
    }
}

struct TreeBuilder<'a> {
    sources: &'a SourceTree,
    resolution: &'a Resolution,
    builder: ModelBuilder,
    packages: FxHashMap<PackageId, NodeId>,
    /// Named modules alone: blocks belong to the module around them.
    modules: FxHashMap<ModuleId, NodeId>,
    items: Vec<Option<NodeId>>,
}

impl TreeBuilder<'_> {
    fn add_packages(&mut self, workspace: &Workspace) {
        for id in workspace.package_ids() {
            let package = workspace.package(id);
            let node = self.builder.add_node(Node {
                kind: NodeKind::Package,
                name: package.name.as_str().into(),
                path: package.name.as_str().into(),
                parent: None,
                visibility: Visibility::Public,
                file: None,
                span: Span::default(),
                line: 0,
                lines: 0,
                test: false,
                active: true,
            });
            self.packages.insert(id, node);
        }
    }

    fn add_modules(&mut self, workspace: &Workspace) {
        for (index, module) in self.resolution.modules.iter().enumerate() {
            let krate = &self.resolution.crates[module.krate.0 as usize];
            let parent = match (module.kind, module.parent) {
                (ModuleKind::Block, _) => continue,
                (_, Some(parent)) => self.modules[&self.resolution.enclosing_module(parent)],
                (_, None) => self.packages[&krate.package],
            };
            let (kind, name) = match module.kind {
                ModuleKind::Root => {
                    let target = &workspace.package(krate.package).targets[krate.target];
                    (NodeKind::Target(krate.kind), target.name.as_str())
                }
                _ => (NodeKind::Module, self.resolution.symbols.text(module.name)),
            };
            let body = module.fragments.first();
            let line = module.declared.map_or(1, |(file, span)| self.sources.file(file).line_at(span.start));
            let node = self.builder.add_node(Node {
                kind,
                name: name.into(),
                path: module.path.as_str().into(),
                parent: Some(parent),
                visibility: self.visibility(module.visibility),
                file: body.map(|body| body.file),
                span: body.map_or(Span::default(), |body| body.span),
                line,
                lines: self.own_lines(ModuleId(index as u32)),
                test: module.activity == Activity::Test,
                active: module.activity != Activity::Inactive,
            });
            self.modules.insert(ModuleId(index as u32), node);
        }
    }

    /// The lines of a module's own text: without those of the inline modules in it.
    fn own_lines(&self, id: ModuleId) -> u32 {
        let lines = |file: FileId, span: Span| {
            let source = self.sources.file(file);
            source.line_at(span.end).min(source.line_count()).saturating_sub(source.line_at(span.start)) + 1
        };
        let module = self.resolution.module(id);
        let all: u32 = module.fragments.iter().map(|part| lines(part.file, part.span)).sum();
        all.saturating_sub(self.resolution.inline_lines(id, &lines))
    }

    fn visibility(&self, visibility: resolve::Visibility) -> Visibility {
        match visibility {
            resolve::Visibility::Public => Visibility::Public,
            resolve::Visibility::Within(module) => {
                let module = self.resolution.enclosing_module(module);
                self.modules.get(&module).map_or(Visibility::Public, |node| Visibility::Within(*node))
            }
        }
    }

    fn add_items(&mut self) {
        for (index, item) in self.resolution.items.iter().enumerate() {
            if item.kind == ItemKind::Module {
                continue;
            }
            let module = self.modules[&self.resolution.enclosing_module(item.scope)];
            let around = item.parent.and_then(|parent| self.items[parent.0 as usize]);
            let name = self.item_name(item);
            // A method's path is that of its type or trait, then its name, as code writes it.
            let (parent, prefix) = match around {
                Some(around) => (around, self.path_prefix(around, item)),
                None => (module, self.builder.node(module).path.to_string()),
            };
            let source = self.sources.file(item.file);
            let node = self.builder.add_node(Node {
                kind: NodeKind::Item(item.kind),
                path: format!("{prefix}::{name}").into(),
                name: name.into(),
                parent: Some(parent),
                visibility: self.visibility(item.visibility),
                file: Some(item.file),
                span: item.span,
                line: source.line_at(item.name_span.start),
                lines: 0,
                test: item.activity == Activity::Test,
                active: item.activity != Activity::Inactive,
            });
            self.items[index] = Some(node);
        }
    }

    fn path_prefix(&self, around: NodeId, item: &resolve::Item) -> String {
        let node = self.builder.node(around);
        let header = item.parent.and_then(|parent| self.resolution.items[parent.0 as usize].header);
        match (node.kind, header, node.parent) {
            (NodeKind::Item(ItemKind::Impl), Some((Some(self_type), _)), Some(parent)) => {
                format!("{}::{}", self.builder.node(parent).path, self.resolution.symbols.text(self_type))
            }
            _ => node.path.to_string(),
        }
    }

    fn item_name(&self, item: &resolve::Item) -> String {
        let text = |sym: Option<resolve::Sym>| sym.map_or("_", |sym| self.resolution.symbols.text(sym));
        match (item.name, item.header) {
            (None, Some((self_type, Some(trait_)))) => format!("impl {} for {}", text(Some(trait_)), text(self_type)),
            (None, Some((self_type, None))) => format!("impl {}", text(self_type)),
            (name, _) => text(name).to_owned(),
        }
    }

    /// The node of a meaning: items that have none are shown as their module.
    fn node_of(&self, def: Def) -> Option<NodeId> {
        match def {
            Def::Module(module) => self.modules.get(&self.resolution.enclosing_module(module)).copied(),
            Def::Item(ItemId(item)) => self.items[item as usize],
            Def::External => None,
        }
    }

    fn add_exports(&mut self) {
        for export in &self.resolution.exports {
            let Some(node) = self.node_of(export.def) else { continue };
            let name = self.builder.symbol(self.resolution.symbols.text(export.name));
            let visibility = self.visibility(export.visibility);
            let module = self.modules[&export.module];
            self.builder.add_export(module, Export { name, node, visibility, reexport: export.reexport });
        }
    }

    fn add_references(&mut self) {
        for file in &self.resolution.references {
            let source = self.sources.file(file.file);
            let trails: Vec<[ListId; 3]> = file.trails.iter().map(|trail| self.add_trail(trail)).collect();
            for reference in &file.references {
                let from = self.modules[&reference.from];
                let Some(to_item) = self.node_of(reference.to) else { continue };
                let to = match reference.to {
                    Def::Item(item) => {
                        let scope = self.resolution.items[item.0 as usize].scope;
                        self.modules[&self.resolution.enclosing_module(scope)]
                    }
                    _ => to_item,
                };
                let owner = reference.owner.and_then(|owner| self.items[owner.0 as usize]);
                let place = source.line_column(reference.span.start);
                let [named, facades, route] = trails[reference.trail as usize];
                self.builder.add_reference(NewReference {
                    from,
                    to,
                    kind: reference.kind,
                    source: reference.source,
                    certainty: Certainty::Resolved,
                    test: reference.activity == Activity::Test,
                    active: reference.activity != Activity::Inactive,
                    file: file.file,
                    span: reference.span,
                    line: place.line,
                    column: place.column,
                    from_item: owner.unwrap_or(from),
                    to_item,
                    named,
                    facades,
                    route,
                });
            }
        }
    }

    fn add_trail(&mut self, trail: &resolve::Trail) -> [ListId; 3] {
        let nodes = |tree: &Self, modules: &[ModuleId]| -> Vec<NodeId> {
            modules.iter().filter_map(|module| tree.node_of(Def::Module(*module))).collect()
        };
        let named = nodes(self, &trail.named);
        let facades = nodes(self, &trail.facades);
        let mut route = Vec::with_capacity(trail.route.len());
        for step in &trail.route {
            let Some(node) = self.node_of(step.def) else { continue };
            let name = self.builder.symbol(self.resolution.symbols.text(step.name));
            route.push(Step { module: self.modules[&self.resolution.enclosing_module(step.module)], name, node });
        }
        [self.builder.nodes_list(&named), self.builder.nodes_list(&facades), self.builder.steps_list(&route)]
    }
}
