//! The frozen model of a resolution.
//!
//! In: Cargo's world, sources, and what `resolve` found.  Out: a [`Model`].  Not here: any decision about names.

use std::borrow::Cow;

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
            references.extend(file.enter(resolution, builder.lists(), &mut names));
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
        let items = self.resolution.items.par_iter().filter(|item| item.kind != ItemKind::Module);
        let nodes = items.map(|item| self.item(item)).collect();
        self.builder.add_nodes(nodes);
    }

    fn item(&self, item: &resolve::Item) -> Node {
        let source = self.sources.file(item.file);
        Node {
            kind: NodeKind::Item(item.kind),
            path: self.item_path(item).into(),
            name: self.item_name(item).as_ref().into(),
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

    /// A method's path is that of its type or trait, then its name, as code writes it.
    fn item_path(&self, item: &resolve::Item) -> String {
        let mut path = match self.item_around(item) {
            Some(around) => match (around.kind, around.header) {
                (ItemKind::Impl, Some((Some(self_type), _))) => {
                    let mut path = self.path_around(around);
                    path.push_str("::");
                    path.push_str(self.resolution.symbols.text(self_type));
                    path
                }
                _ => self.item_path(around),
            },
            None => self.path_around(item),
        };
        path.push_str("::");
        path.push_str(&self.item_name(item));
        path
    }

    fn path_around(&self, item: &resolve::Item) -> String {
        match self.item_around(item) {
            Some(around) => self.item_path(around),
            None => self.builder.node(self.module(item.scope)).path.to_string(),
        }
    }

    fn item_around(&self, item: &resolve::Item) -> Option<&resolve::Item> {
        let around = &self.resolution.items[item.parent?.0 as usize];
        (around.kind != ItemKind::Module).then_some(around)
    }

    fn item_name(&self, item: &resolve::Item) -> Cow<'_, str> {
        let text = |sym: Option<resolve::Sym>| sym.map_or("_", |sym| self.resolution.symbols.text(sym));
        match (item.name, item.header) {
            (None, Some((self_type, Some(trait_)))) => {
                Cow::Owned(format!("impl {} for {}", text(Some(trait_)), text(self_type)))
            }
            (None, Some((self_type, None))) => Cow::Owned(format!("impl {}", text(self_type))),
            (name, _) => Cow::Borrowed(text(name)),
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
