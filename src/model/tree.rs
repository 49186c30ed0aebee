//! The frozen model of a resolution.
//!
//! In: Cargo's world, sources, and what `resolve` found.  Out: a [`Model`].  Not here: any decision about names.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::origins::Origins;
use super::references::References;
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
        let reader = References { sources, resolution, origins: &origins };
        let files: Vec<_> = resolution.references.par_iter().map(|file| reader.read(file)).collect();
        for file in files {
            for reference in file.enter(resolution, builder.lists()) {
                builder.add_reference(reference);
            }
        }
        for note in &resolution.notes {
            builder.add_note(note.clone());
        }
        (builder.freeze(), origins)
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
                file: body.map(|body| body.file),
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
        for (index, item) in self.resolution.items.iter().enumerate() {
            if item.kind == ItemKind::Module {
                continue;
            }
            let module = self.module(item.scope);
            let around = item.parent.and_then(|parent| self.origins.items[parent.0 as usize]);
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
            self.origins.items[index] = Some(node);
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
