//! From the stages' values to the document.
//!
//! In: everything an analysis found.  Out: [`Document`], sorted.  Not here: bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::Number;

use super::document::{
    Boundary, BoundaryEdge, Configuration, Crate, Document, EXTERNAL, Edge, External, Item, Metrics, Module, Note,
    Part, Place, Promise, Reference, Static, Tool, Violation,
};
use crate::boundary::{Boundaries, BoundaryId, Pattern, Placed, Shown};
use crate::facts::{ItemKind, PathSource};
use crate::metrics::{self, Measure, Value};
use crate::model::{Certainty, EdgeId, ExternalId, ListId, Model, Node, NodeId, NodeKind, Passage, Visibility};
use crate::rules::{Context, Evidence, PromisedPart};
use crate::source::{self, ConfigFiles, LineColumn, SourceTree};
use crate::verdict::{Acceptance, Judged, Verdict};
use crate::workspace::TargetKind;

/// What the document is made of.
pub struct Parts<'a> {
    pub workspace: &'a str,
    pub revision: &'a str,
    pub configuration: Configuration<'a>,
    pub sources: &'a SourceTree,
    pub model: &'a Model,
    pub boundaries: &'a Boundaries,
    pub verdict: &'a Verdict,
    /// What is declared in, for the places of violations that riprap.toml or a manifest itself proves.
    pub config: Option<&'a ConfigFiles>,
    /// Of all stages, sorted.
    pub notes: &'a [source::Note],
}

pub fn document<'a>(parts: &Parts<'a>) -> Document<'a> {
    let lowering = Lowering { model: parts.model, boundaries: parts.boundaries, sources: parts.sources };
    Document {
        boundaries: parts.boundaries.ids().map(|id| lowering.boundary(id)).collect(),
        boundary_edges: lowering.boundary_edges(parts.verdict),
        configuration: parts.configuration.clone(),
        crates: lowering.crates(),
        edges: lowering.edges(),
        events: Vec::new(),
        metrics: lowering.metrics(),
        modules: lowering.modules(),
        notes: parts.notes.iter().map(note).collect(),
        revision: parts.revision.into(),
        rules: parts.verdict.counts.iter().map(|count| (count.rule.into(), count.level.word().into())).collect(),
        schema: super::SCHEMA.into(),
        statics: lowering.statics(),
        tables: Vec::new(),
        tool: Tool::this(),
        violations: lowering.violations(parts.verdict),
        workspace: parts.workspace.into(),
    }
}

impl<'a> Place<'a> {
    /// Where evidence begins.
    pub fn of(sources: &'a SourceTree, evidence: &Evidence) -> Self {
        let file = sources.file(evidence.file);
        let LineColumn { line, column } = file.line_column(evidence.span.start);
        Self { column, file: file.path.as_str().into(), line }
    }
}

struct Lowering<'a> {
    model: &'a Model,
    boundaries: &'a Boundaries,
    sources: &'a SourceTree,
}

impl<'a> Lowering<'a> {
    fn path(&self, node: NodeId) -> Cow<'a, str> {
        self.model.path(node).into()
    }

    fn paths(&self, list: ListId) -> Vec<Cow<'a, str>> {
        let set: BTreeSet<&'a str> = self.model.nodes_of(list).iter().map(|node| self.model.path(*node)).collect();
        set.into_iter().map(Cow::from).collect()
    }

    fn boundary_of(&self, node: NodeId) -> Option<Cow<'a, str>> {
        self.boundaries.of(node).map(|id| self.boundaries.name(id).into())
    }

    fn crates(&self) -> Vec<Crate<'a>> {
        let mut crates: Vec<Crate<'a>> = Vec::new();
        for id in self.model.node_ids() {
            let node = self.model.node(id);
            let NodeKind::Target(kind) = node.kind else { continue };
            let package = self.model.package_of(id).map_or("", |package| &self.model.node(package).name);
            let krate = |kind: TargetKind, label: Cow<'a, str>| Crate {
                boundary: self.boundary_of(id),
                kind: kind.word().into(),
                label,
                name: (&*node.name).into(),
                package: package.into(),
            };
            crates.push(krate(kind, self.path(id)));
            if kind.is_library() && has_tests(self.model, id) {
                crates.push(krate(TargetKind::Test, format!("test:lib:{}", node.path).into()));
            }
        }
        crates.sort_by(|a, b| (&a.label, &a.package).cmp(&(&b.label, &b.package)));
        crates
    }

    fn visibility(&self, visibility: Visibility, module: NodeId) -> Cow<'a, str> {
        match visibility {
            Visibility::Public => "pub".into(),
            Visibility::Within(within) if within == module => "private".into(),
            Visibility::Within(within) if matches!(self.model.node(within).kind, NodeKind::Target(_)) => {
                "pub(crate)".into()
            }
            Visibility::Within(within) => format!("pub(in {})", self.model.path(within)).into(),
        }
    }

    fn modules(&self) -> Vec<Module<'a>> {
        let public = self.model.public_paths();
        let externals = self.externals();
        let promises = self.promises(&public);
        let module = |id: NodeId| Module {
            external: externals.get(&id).cloned().unwrap_or_default(),
            ..self.module(id, &public, &promises)
        };
        let mut modules: Vec<Module<'a>> = self.model.module_ids().map(module).collect();
        modules.sort_by(|a, b| a.path.cmp(&b.path));
        modules
    }

    /// Per module the third-party crates that it uses.
    fn externals(&self) -> FxHashMap<NodeId, Vec<External<'a>>> {
        let mut counts: BTreeMap<(NodeId, ExternalId), (u32, bool)> = BTreeMap::new();
        for used in self.model.external_uses() {
            let (references, test) = counts.entry((used.from, used.krate)).or_insert((0, true));
            *references += 1;
            *test &= used.test;
        }
        let mut externals: FxHashMap<NodeId, Vec<External<'a>>> = FxHashMap::default();
        for ((module, krate), (references, test)) in counts {
            let name = self.model.external_crate(krate).into();
            externals.entry(module).or_default().push(External { name, references, test });
        }
        externals
    }

    /// What each item of an API promises.
    fn promises(&self, public: &FxHashMap<NodeId, Vec<String>>) -> FxHashMap<NodeId, Promise<'a>> {
        let found = Context::new(self.model, self.boundaries).with_sources(self.sources).promises();
        let promises = found.into_iter().map(|(node, it)| {
            let names = if public.get(&node) == Some(&it.names) { Vec::new() } else { it.names };
            let promise = Promise {
                closed: it.closed,
                names: names.into_iter().map(Cow::from).collect(),
                parts: it.parts.into_iter().map(part).collect(),
                serde: it.serde.into(),
                text: it.text.into(),
                traits: it.traits.into_iter().map(Cow::from).collect(),
            };
            (node, promise)
        });
        promises.collect()
    }

    fn module(
        &self,
        id: NodeId,
        public: &FxHashMap<NodeId, Vec<String>>,
        promises: &FxHashMap<NodeId, Promise<'a>>,
    ) -> Module<'a> {
        let node = self.model.node(id);
        let api: BTreeSet<&'a str> =
            self.model.exports(id).iter().map(|export| self.model.symbol(export.name)).collect();
        let mut items: Vec<Item<'a>> = Vec::new();
        for child in self.model.children(id) {
            let item = self.model.node(*child);
            let NodeKind::Item(kind) = item.kind else { continue };
            if kind == ItemKind::Impl || &*item.name == "_" {
                continue;
            }
            items.push(Item {
                kind: kind.word().into(),
                line: item.line,
                name: (&*item.name).into(),
                promise: promises.get(child).cloned(),
                public_paths: public.get(child).into_iter().flatten().map(|path| path.clone().into()).collect(),
                visibility: self.visibility(item.visibility, id),
            });
        }
        items.sort_by(|a, b| (&a.name, &a.kind, a.line).cmp(&(&b.name, &b.kind, b.line)));
        Module {
            active: node.active,
            api: api.into_iter().map(Cow::from).collect(),
            boundary: self.boundary_of(id),
            digest: self.digest(node),
            external: Vec::new(),
            file: node.file.map(|file| self.sources.file(file).path.as_str().into()),
            items,
            lines: node.lines,
            path: self.path(id),
            test: node.test,
            visibility: self.visibility(node.visibility, node.parent.unwrap_or(id)),
        }
    }

    fn digest(&self, module: &Node) -> Cow<'a, str> {
        let text = module
            .file
            .and_then(|file| self.sources.file(file).text.get(module.span.start as usize..module.span.end as usize));
        text.map_or_else(String::new, |text| source::digest([text])).into()
    }

    /// Those between modules, and those that leave the workspace through another module.
    fn edges(&self) -> Vec<Edge<'a>> {
        let inner = self.model.edge_ids().map(|id| self.edge(id));
        let mut edges: Vec<Edge<'a>> =
            inner.chain(self.model.passages_by_end().map(|passages| self.outward_edge(passages))).collect();
        edges.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        edges
    }

    /// What one module names of one crate through others; there is one passage at least.
    fn outward_edge(&self, passages: &[Passage]) -> Edge<'a> {
        let known = self.model.external_crates().find(|(id, _)| *id == passages[0].krate);
        let to = format!("{EXTERNAL}{}", known.map_or("", |(_, name)| name));
        let (mut named, mut facades) = (BTreeSet::new(), BTreeSet::new());
        let mut kinds: BTreeMap<Cow<'a, str>, u32> = BTreeMap::new();
        let reference = |passage: &Passage| {
            let exit = self.model.exit_of(passage);
            let name = exit.map(|exit| format!("{}::{}", self.model.path(exit.module), self.model.symbol(exit.name)));
            Reference {
                active: passage.active,
                certainty: certainty(Certainty::Resolved),
                column: passage.column,
                facades: self.paths(passage.facades),
                file: self.sources.file(passage.file).path.as_str().into(),
                from_item: self.path(passage.from_item),
                kind: passage.kind.word().into(),
                line: passage.line,
                named: self.paths(passage.named),
                source: source_word(passage.source).into(),
                test: passage.test,
                to_item: name.unwrap_or_default().into(),
            }
        };
        let references: Vec<Reference<'a>> = passages.iter().map(reference).collect();
        for reference in &references {
            named.extend(reference.named.iter().cloned());
            facades.extend(reference.facades.iter().cloned());
            *kinds.entry(reference.kind.clone()).or_default() += 1;
        }
        Edge {
            active: references.iter().any(|reference| reference.active),
            certainty: certainty(Certainty::Resolved),
            facades: facades.into_iter().collect(),
            from: self.path(passages[0].from),
            kinds,
            named: named.into_iter().collect(),
            test: references.iter().all(|reference| reference.test),
            references,
            to: to.into(),
        }
    }

    fn edge(&self, id: EdgeId) -> Edge<'a> {
        let edge = self.model.edge(id);
        let (mut named, mut facades) = (BTreeSet::new(), BTreeSet::new());
        let mut kinds: BTreeMap<Cow<'a, str>, u32> = BTreeMap::new();
        let mut references = Vec::with_capacity(edge.references.len());
        for (_, reference) in self.model.references_of(id) {
            named.extend(self.model.nodes_of(reference.named).iter().map(|node| self.model.path(*node)));
            facades.extend(self.model.nodes_of(reference.facades).iter().map(|node| self.model.path(*node)));
            *kinds.entry(reference.kind.word().into()).or_default() += 1;
            references.push(Reference {
                active: reference.active,
                certainty: certainty(reference.certainty),
                column: reference.column,
                facades: self.paths(reference.facades),
                file: self.sources.file(reference.file).path.as_str().into(),
                from_item: self.path(reference.from_item),
                kind: reference.kind.word().into(),
                line: reference.line,
                named: self.paths(reference.named),
                source: source_word(reference.source).into(),
                test: reference.test,
                to_item: self.path(reference.to_item),
            });
        }
        Edge {
            active: edge.active,
            certainty: certainty(edge.certainty),
            facades: facades.into_iter().map(Cow::from).collect(),
            from: self.path(edge.from),
            kinds,
            named: named.into_iter().map(Cow::from).collect(),
            references,
            test: edge.test,
            to: self.path(edge.to),
        }
    }

    fn boundary(&self, id: BoundaryId) -> Boundary<'a> {
        let declaration = self.boundaries.declaration(id);
        let api = declaration.api.iter().map(|shown| match &shown.value {
            Shown::Root => "root".into(),
            Shown::Pub => "pub".into(),
            Shown::Path(pattern) => Cow::from(pattern.text()),
            Shown::Only { users, show } => {
                let users: Vec<&str> = users.iter().map(|user| user.value.as_str()).collect();
                let show: Vec<&str> = show.iter().map(Pattern::text).collect();
                format!("{} for {}", show.join(", "), users.join(", ")).into()
            }
        });
        Boundary {
            api: api.collect(),
            contains: declaration.contains.iter().map(|pattern| pattern.value.text().into()).collect(),
            events_only: texts(&declaration.events_only),
            may_use: declaration.may_use.as_deref().map(texts),
            name: declaration.name.as_str().into(),
            owner: declaration.owner.as_deref().map(Cow::from),
            parent: self.boundaries.parent(id).map(|parent| self.boundaries.name(parent).into()),
            stable: declaration.stable,
            tables: texts(&declaration.tables),
        }
    }

    fn boundary_edges(&self, verdict: &Verdict) -> Vec<BoundaryEdge<'a>> {
        let illegal: BTreeSet<u32> = verdict
            .violations
            .iter()
            .flat_map(|judged| &judged.violation.references)
            .map(|reference| reference.0)
            .collect();
        let mut edges: BTreeMap<(&'a str, &'a str), (u32, bool)> = BTreeMap::new();
        for (index, reference) in self.model.references().iter().enumerate() {
            let edge = self.model.edge(reference.edge);
            let ends = (self.boundaries.of(edge.from), self.boundaries.of(edge.to));
            let (Some(from), Some(to)) = ends else { continue };
            if from == to || reference.test || !reference.active {
                continue;
            }
            let ends = (self.boundaries.name(from), self.boundaries.name(to));
            let counted = edges.entry(ends).or_insert((0, true));
            counted.0 += 1;
            counted.1 &= !illegal.contains(&(index as u32));
        }
        let edge = |((from, to), (references, legal)): ((&'a str, &'a str), (u32, bool))| BoundaryEdge {
            from: from.into(),
            legal,
            references,
            to: to.into(),
        };
        edges.into_iter().map(edge).collect()
    }

    fn statics(&self) -> Vec<Static<'a>> {
        let statics = Context::new(self.model, self.boundaries).with_sources(self.sources).statics();
        let name = |id: BoundaryId| Cow::from(self.boundaries.name(id));
        let lowered = statics.into_iter().map(|it| Static {
            access: it.access.iter().map(|(user, references)| (name(*user), references.len() as u32)).collect(),
            holding: it.holding.word().into(),
            owner: it.owner.map(name),
            path: self.path(it.node),
            type_text: it.type_text.into(),
        });
        lowered.collect()
    }

    fn violations(&self, verdict: &Verdict) -> Vec<Violation<'a>> {
        let mut violations: Vec<Violation<'a>> = verdict
            .violations
            .iter()
            .map(|judged| {
                let violation = &judged.violation;
                let evidence = violation.all_evidence(self.model);
                let mut references: Vec<Place<'a>> =
                    evidence.iter().map(|evidence| Place::of(self.sources, evidence)).collect();
                references.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
                Violation {
                    baseline: judged.accepted == Some(Acceptance::Baseline),
                    excepted: excepted(judged),
                    from: violation.from.clone().into(),
                    id: violation.id.clone().into(),
                    introduced: None,
                    level: judged.level.word().into(),
                    members: violation.members.iter().cloned().map(Cow::from).collect(),
                    message: violation.message.clone().into(),
                    references,
                    route: violation.route.clone().map(Cow::from),
                    rule: violation.rule.into(),
                    to: violation.to.clone().into(),
                }
            })
            .collect();
        violations.sort_by(|a, b| (&a.rule, &a.from, &a.to, &a.id).cmp(&(&b.rule, &b.from, &b.to, &b.id)));
        violations
    }

    fn metrics(&self) -> Metrics<'a> {
        let numbers = |measures: &[Measure]| -> BTreeMap<Cow<'a, str>, Number> {
            measures.iter().map(|measure| (measure.metric.key.into(), number(measure.value))).collect()
        };
        let measured = metrics::measure(self.model, self.boundaries);
        let boundary = |id: BoundaryId| (self.boundaries.name(id).into(), numbers(measured.of_boundary(id)));
        Metrics {
            boundaries: self.boundaries.ids().map(boundary).collect(),
            modules: measured.modules.iter().map(|(id, measures)| (self.path(*id), numbers(measures))).collect(),
            workspace: numbers(&measured.workspace),
        }
    }
}

fn texts(entries: &[Placed<String>]) -> Vec<Cow<'_, str>> {
    entries.iter().map(|entry| entry.value.as_str().into()).collect()
}

/// A count as a whole number, a ratio with at most three digits after the point: the nearest double to a thousandth is
/// written, and read again, the same everywhere.
fn number(value: Value) -> Number {
    match value {
        Value::Count(count) => count.into(),
        Value::Ratio(ratio) => Number::from_f64(ratio.thousandths() as f64 / 1000.0).unwrap_or_else(|| 0.into()),
    }
}

fn part(part: PromisedPart) -> Part<'static> {
    let PromisedPart { kind, name, text, optional, serde, file, line } = part;
    let (name, serde, text) = (name.into(), serde.into(), text.into());
    Part { file: file.map(Cow::from), kind: kind.word().into(), line, name, optional, serde, text }
}

fn note(note: &source::Note) -> Note<'_> {
    Note {
        column: note.at.map(|at| at.column),
        detail: note.detail.as_str().into(),
        kind: note.kind.into(),
        line: note.at.map(|at| at.line),
        path: note.path.as_str().into(),
    }
}

/// Why a violation is excepted, if it is.
fn excepted(judged: &Judged) -> Option<Cow<'static, str>> {
    let accepted = judged.accepted.as_ref().filter(|accepted| **accepted != Acceptance::Baseline);
    accepted.map(|accepted| accepted.to_string().into())
}

fn certainty(certainty: Certainty) -> Cow<'static, str> {
    match certainty {
        Certainty::Resolved => "resolved",
        Certainty::Inferred => "inferred",
    }
    .into()
}

fn source_word(source: PathSource) -> &'static str {
    match source {
        PathSource::Written => "path",
        PathSource::MacroArgument => "macro-arg",
        PathSource::MacroBody => "macro-body",
        PathSource::MacroScan => "macro-scan",
        PathSource::Index => "scip",
    }
}

/// Something in a crate is built for tests alone: its unit-test build is a crate of its own.
fn has_tests(model: &Model, node: NodeId) -> bool {
    model.node(node).test || model.children(node).iter().any(|child| has_tests(model, *child))
}
