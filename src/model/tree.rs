//! The frozen model of a resolution.
//!
//! In: Cargo's world, sources, and what `resolve` found.  Out: a [`Model`].  Not here: any decision about names.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::origins::Origins;
use super::references::{FileRead, Names, References};
use super::{Export, Model, ModelBuilder, Node, NodeId, NodeKind, Visibility};
use crate::facts::ItemKind;
use crate::resolve::{self, ModuleId, ModuleKind, Resolution};
use crate::source::{FileId, SourceTree, Span};
use crate::workspace::cfg::Activity;
use crate::workspace::{PackageId, Workspace};

impl Model {
    /// The model, and the node of each module and item of the resolution, for [`Model::patched`].
    pub fn new(workspace: &Workspace, sources: &SourceTree, resolution: &Resolution) -> (Self, Origins) {
        let mut tree = TreeBuilder {
            sources,
            resolution,
            builder: ModelBuilder::new(&workspace.name),
            packages: FxHashMap::default(),
            origins: Origins {
                modules: vec![None; resolution.modules.len()],
                items: vec![None; resolution.items.len()],
            },
        };
        tree.add_packages(workspace);
        tree.add_modules(workspace);
        tree.add_items();
        tree.add_exports();
        let TreeBuilder { mut builder, origins, .. } = tree;
        let order = builder.order();
        let reader = References { sources, resolution, origins: &origins };
        let mut files: Vec<FileRead> = resolution
            .references
            .par_iter()
            .map(|file| reader.read(file).sorted(|a, b| order.compare(builder.nodes(), a, b)))
            .collect();
        // Most files are a module each: one after another they are in order.
        files.sort_by_key(|file| file.first().map(|module| order.rank(module)));
        let mut names = Names::of(resolution);
        let mut references = Vec::with_capacity(files.iter().map(FileRead::len).sum());
        builder.set_external_crates(resolve::third_party(workspace));
        for mut file in files {
            for used in file.externals(resolution, builder.lists()) {
                builder.add_external_use(used);
            }
            let (new, passages) = file.enter(resolution, builder.lists(), &mut names);
            references.extend(new);
            passages.into_iter().for_each(|passage| builder.add_passage(passage));
        }
        references.sort_by(|a, b| order.compare(builder.nodes(), a, b));
        for note in &resolution.notes {
            builder.add_note(note.clone());
        }
        (builder.frozen(&order, references), origins)
    }
}

struct TreeBuilder<'a> {
    sources: &'a SourceTree,
    resolution: &'a Resolution,
    builder: ModelBuilder,
    packages: FxHashMap<PackageId, NodeId>,
    origins: Origins,
}

impl TreeBuilder<'_> {
    fn add_packages(&mut self, workspace: &Workspace) {
        for id in workspace.package_ids() {
            let package = workspace.package(id);
            let name = package.name.as_str();
            let node = self.builder.add_node(Node::new(NodeKind::Package, name, name, None));
            self.packages.insert(id, node);
        }
    }

    fn add_modules(&mut self, workspace: &Workspace) {
        for (index, module) in self.resolution.modules.iter().enumerate() {
            let krate = &self.resolution.crates[module.krate.0 as usize];
            let parent = match (module.kind, module.parent) {
                (ModuleKind::Block, _) => continue,
                (_, Some(parent)) => self.module(parent),
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
                // What a macro makes stands in the file of the module around.
                file: body.map(|body| body.file).or_else(|| self.builder.node(parent).file),
                span: body.map_or(Span::default(), |body| body.span),
                line,
                lines: own_lines(self.sources, self.resolution, ModuleId(index as u32)),
                test: module.activity == Activity::Test,
                active: module.activity != Activity::Inactive,
            });
            self.origins.modules[index] = Some(node);
        }
    }

    /// The node of the module around a scope.
    fn module(&self, scope: ModuleId) -> NodeId {
        self.origins.module(self.resolution, scope)
    }

    fn visibility(&self, visibility: resolve::Visibility) -> Visibility {
        match visibility {
            resolve::Visibility::Public => Visibility::Public,
            resolve::Visibility::Within(module) => {
                let module = self.resolution.enclosing_module(module);
                self.origins.modules[module.0 as usize].map_or(Visibility::Public, Visibility::Within)
            }
        }
    }

    fn add_items(&mut self) {
        let mut next = self.builder.next_id();
        for (item, node) in self.resolution.items.iter().zip(&mut self.origins.items) {
            if item.kind != ItemKind::Module {
                *node = Some(next);
                next.0 += 1;
            }
        }
        let mut paths: Vec<Arc<str>> = Vec::with_capacity(self.resolution.items.len());
        let mut path = String::new();
        for item in &self.resolution.items {
            path.clear();
            if item.kind != ItemKind::Module {
                self.write_path(item, &paths, &mut path);
            }
            paths.push(path.as_str().into());
        }
        let items = self.resolution.items.par_iter().zip(paths).filter(|(item, _)| item.kind != ItemKind::Module);
        let nodes = items.map(|(item, path)| self.item(item, path)).collect();
        self.builder.add_nodes(nodes);
    }

    fn item(&self, item: &resolve::Item, path: Arc<str>) -> Node {
        let source = self.sources.file(item.file);
        Node {
            kind: NodeKind::Item(item.kind),
            path,
            name: self.item_name(item),
            parent: Some(self.item_parent(item)),
            visibility: self.visibility(item.visibility),
            file: Some(item.file),
            span: item.span,
            line: source.line_at(item.name_span.start),
            lines: 0,
            test: item.activity == Activity::Test,
            active: item.activity != Activity::Inactive,
        }
    }

    fn item_parent(&self, item: &resolve::Item) -> NodeId {
        let around = item.parent.and_then(|parent| self.origins.items[parent.0 as usize]);
        around.unwrap_or_else(|| self.module(item.scope))
    }

    /// A method's path is that of its type or trait, then its name, as code writes it; `known` are those of the items before.
    fn write_path(&self, item: &resolve::Item, known: &[Arc<str>], path: &mut String) {
        match self.item_around(item) {
            Some(around) => match (around.kind, around.header) {
                (ItemKind::Impl, Some((Some(self_type), _))) => {
                    self.write_path_around(around, known, path);
                    path.push_str("::");
                    path.push_str(self.resolution.symbols.text(self_type));
                }
                _ => self.write_path_of(item.parent, around, known, path),
            },
            None => self.write_path_around(item, known, path),
        }
        path.push_str("::");
        self.write_name(item, path);
    }

    fn write_path_around(&self, item: &resolve::Item, known: &[Arc<str>], path: &mut String) {
        match self.item_around(item) {
            Some(around) => self.write_path_of(item.parent, around, known, path),
            None => path.push_str(&self.builder.node(self.module(item.scope)).path),
        }
    }

    fn write_path_of(&self, id: Option<resolve::ItemId>, item: &resolve::Item, known: &[Arc<str>], path: &mut String) {
        match id.and_then(|id| known.get(id.0 as usize)) {
            Some(known) => path.push_str(known),
            None => self.write_path(item, known, path),
        }
    }

    fn item_around(&self, item: &resolve::Item) -> Option<&resolve::Item> {
        let around = &self.resolution.items[item.parent?.0 as usize];
        (around.kind != ItemKind::Module).then_some(around)
    }

    fn item_name(&self, item: &resolve::Item) -> Arc<str> {
        if let Some(name) = item.name {
            return self.resolution.symbols.shared(name);
        }
        let mut name = String::new();
        self.write_name(item, &mut name);
        name.into()
    }

    fn write_name(&self, item: &resolve::Item, output: &mut String) {
        let text = |sym: Option<resolve::Sym>| sym.map_or("_", |sym| self.resolution.symbols.text(sym));
        match (item.name, item.header) {
            (None, Some((self_type, trait_))) => {
                output.push_str("impl ");
                if trait_.is_some() {
                    output.push_str(text(trait_));
                    output.push_str(" for ");
                }
                output.push_str(text(self_type));
            }
            (name, _) => output.push_str(text(name)),
        }
    }

    fn add_exports(&mut self) {
        for export in &self.resolution.exports {
            let Some(node) = self.origins.node_of(self.resolution, export.def) else { continue };
            let name = self.builder.symbol(self.resolution.symbols.text(export.name));
            let visibility = self.visibility(export.visibility);
            let module = self.module(export.module);
            self.builder.add_export(module, Export { name, node, visibility, reexport: export.reexport });
        }
    }
}

/// The lines of a module's own text: without those of the inline modules in it.
pub(super) fn own_lines(sources: &SourceTree, resolution: &Resolution, id: ModuleId) -> u32 {
    let lines = |file: FileId, span: Span| {
        let source = sources.file(file);
        source.line_at(span.end).min(source.line_count()).saturating_sub(source.line_at(span.start)) + 1
    };
    let module = resolution.module(id);
    let all: u32 = module.fragments.iter().map(|part| lines(part.file, part.span)).sum();
    all.saturating_sub(resolution.inline_lines(id, &lines))
}
