//! References of a resolution as those of a model.
//!
//! In: the references of one file, and the nodes.  Out: [`NewReference`]s.  Files are read in parallel; what they share
//! is entered one after another.  Not here: edges.

use std::cmp::Ordering;

use smallvec::SmallVec;

use super::externals::ExternalUse;
use super::lists::Lists;
use super::origins::Origins;
use super::passages::Passage;
use super::{ListId, NewReference, NodeId, Step, Symbol};
use crate::resolve::{self, Def, FileReferences, ModuleId, Resolution, Sym, Trail};
use crate::source::SourceTree;
use crate::workspace::cfg::Activity;

/// What references are read with.
#[derive(Clone, Copy)]
pub(super) struct References<'a> {
    pub(super) sources: &'a SourceTree,
    pub(super) resolution: &'a Resolution,
    pub(super) origins: &'a Origins,
}

/// The references of a file: their lists are numbers of its own trails until they are entered.
pub(super) struct FileRead {
    references: Vec<NewReference>,
    trails: Vec<TrailRead>,
    /// Their paths are numbers of `ways` until they are entered.
    externals: Vec<ExternalUse>,
    /// Like the references.
    passages: Vec<Passage>,
    ways: Vec<SmallVec<[Sym; 4]>>,
}

struct TrailRead {
    named: SmallVec<[NodeId; 4]>,
    facades: SmallVec<[NodeId; 4]>,
    route: SmallVec<[(NodeId, Sym, NodeId); 2]>,
}

impl References<'_> {
    pub(super) fn read(&self, file: &FileReferences) -> FileRead {
        let source = self.sources.file(file.file);
        let mut references = Vec::with_capacity(file.references.len());
        for reference in &file.references {
            let from = self.origins.module(self.resolution, reference.from);
            let Some(to_item) = self.origins.node_of(self.resolution, reference.to) else { continue };
            let to = match reference.to {
                Def::Item(item) => self.origins.module(self.resolution, self.resolution.items[item.0 as usize].scope),
                _ => to_item,
            };
            if to == from {
                continue;
            }
            let owner = reference.owner.and_then(|owner| self.origins.items[owner.0 as usize]);
            let place = source.line_column(reference.span.start);
            let trail = ListId(reference.trail);
            references.push(NewReference {
                from,
                to,
                kind: reference.kind,
                source: reference.source,
                certainty: reference.certainty,
                test: reference.activity == Activity::Test,
                active: reference.activity != Activity::Inactive,
                shown: reference.shown,
                file: file.file,
                span: reference.span,
                line: place.line,
                column: place.column,
                from_item: owner.unwrap_or(from),
                to_item,
                named: trail,
                facades: trail,
                route: trail,
            });
        }
        FileRead {
            references,
            trails: file.trails.iter().map(|trail| self.trail(trail)).collect(),
            externals: file.externals.iter().map(|used| self.external(file, used)).collect(),
            passages: file.passages.iter().map(|passage| self.passage(file, passage)).collect(),
            ways: file.ways.iter().map(|way| way.path.clone()).collect(),
        }
    }

    fn external(&self, file: &FileReferences, used: &resolve::ExternalUse) -> ExternalUse {
        let from = self.origins.module(self.resolution, used.from);
        let owner = used.owner.and_then(|owner| self.origins.items[owner.0 as usize]);
        let place = self.sources.file(file.file).line_column(used.span.start);
        let way = &file.ways[used.way as usize];
        ExternalUse {
            from,
            from_item: owner.unwrap_or(from),
            krate: way.krate,
            path: Symbol(used.way),
            facade: way.facade.map(|module| self.origins.module(self.resolution, module)),
            whole: way.whole,
            kind: used.kind,
            source: used.source,
            test: used.activity == Activity::Test,
            active: used.activity != Activity::Inactive,
            shown: used.shown,
            file: file.file,
            span: used.span,
            line: place.line,
            column: place.column,
        }
    }

    fn passage(&self, file: &FileReferences, passage: &resolve::Passage) -> Passage {
        let from = self.origins.module(self.resolution, passage.from);
        let owner = passage.owner.and_then(|owner| self.origins.items[owner.0 as usize]);
        let place = self.sources.file(file.file).line_column(passage.span.start);
        Passage {
            from,
            from_item: owner.unwrap_or(from),
            krate: passage.krate,
            named: ListId(passage.trail),
            facades: ListId(passage.trail),
            route: ListId(passage.trail),
            kind: passage.kind,
            source: passage.source,
            test: passage.activity == Activity::Test,
            active: passage.activity != Activity::Inactive,
            file: file.file,
            span: passage.span,
            line: place.line,
            column: place.column,
        }
    }

    fn trail(&self, trail: &Trail) -> TrailRead {
        let nodes = |modules: &[ModuleId]| -> SmallVec<[NodeId; 4]> {
            modules.iter().map(|module| self.origins.module(self.resolution, *module)).collect()
        };
        let steps = trail.route.iter().filter_map(|step| {
            let module = self.origins.module(self.resolution, step.module);
            // What is outside is no node: the step stays in its module.
            let node = match step.def {
                Def::External(_) => module,
                def => self.origins.node_of(self.resolution, def)?,
            };
            Some((module, step.name, node))
        });
        TrailRead { named: nodes(&trail.named), facades: nodes(&trail.facades), route: steps.collect() }
    }
}

impl FileRead {
    pub(super) fn sorted(mut self, compare: impl Fn(&NewReference, &NewReference) -> Ordering) -> Self {
        self.references.sort_by(compare);
        self
    }

    pub(super) fn len(&self) -> usize {
        self.references.len()
    }

    /// The module that the first reference comes from.
    pub(super) fn first(&self) -> Option<NodeId> {
        self.references.first().map(|reference| reference.from)
    }

    /// The uses of third-party crates, their paths entered.
    pub(super) fn externals(&mut self, resolution: &Resolution, lists: &mut Lists) -> Vec<ExternalUse> {
        let text = |way: &SmallVec<[Sym; 4]>| {
            let names: SmallVec<[&str; 4]> = way.iter().map(|name| resolution.symbols.text(*name)).collect();
            names.join("::")
        };
        let paths: Vec<Symbol> = self.ways.iter().map(|way| lists.symbol(&text(way))).collect();
        let mut uses = std::mem::take(&mut self.externals);
        for used in &mut uses {
            used.path = paths[used.path.0 as usize];
        }
        uses
    }

    /// The references and passages, their lists entered.
    /// References within one module are not among them.
    pub(super) fn enter(
        self,
        resolution: &Resolution,
        lists: &mut Lists,
        names: &mut Names,
    ) -> (Vec<NewReference>, Vec<Passage>) {
        let mut steps: SmallVec<[Step; 8]> = SmallVec::new();
        let trails: Vec<[ListId; 3]> = self
            .trails
            .iter()
            .map(|trail| {
                steps.clear();
                for (module, name, node) in &trail.route {
                    let name = names.symbol(*name, resolution, lists);
                    steps.push(Step { module: *module, name, node: *node });
                }
                [
                    lists.nodes_list(&trail.named),
                    lists.nodes_list(&trail.facades),
                    lists.steps_list(steps.iter().copied()),
                ]
            })
            .collect();
        let mut references = self.references;
        for reference in &mut references {
            [reference.named, reference.facades, reference.route] = trails[reference.named.0 as usize];
        }
        let mut passages = self.passages;
        for passage in &mut passages {
            [passage.named, passage.facades, passage.route] = trails[passage.route.0 as usize];
        }
        (references, passages)
    }
}

/// The model's number of each name, as far as it has one.
pub(super) struct Names(Vec<Option<Symbol>>);

impl Names {
    pub(super) fn of(resolution: &Resolution) -> Self {
        Self(vec![None; resolution.symbols.len()])
    }

    fn symbol(&mut self, name: Sym, resolution: &Resolution, lists: &mut Lists) -> Symbol {
        *self.0[name.0 as usize].get_or_insert_with(|| lists.symbol(resolution.symbols.text(name)))
    }
}
