//! Whether the rules find the same over the compiler's edges and over ours.
//!
//! `cargo bench --bench agreement -- WORKSPACE TRUTH`, with TRUTH from `tests/oracle/rustc_edges.py WORKSPACE --calls`: prints for each
//! rule how many violations, by identity, both have and only one.  Each package is a boundary that may use what its manifest lists for
//! its library and programs; each module below the root of a library is a boundary inside.  Both models have the same modules and carry
//! edges alone, each with a route of one step to the definer; counted is what `tests/oracle/compare.py` counts.
//! A module that only the compiler knows counts as the innermost module around it that riprap knows.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measuring program reads a file and prints")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use riprap::analysis::{self, Analysis, Gathered};
use riprap::facts::PathSource;
use riprap::load;
use riprap::model::{
    Certainty, EdgeId, ListId, Model, ModelBuilder, NewReference, NodeId, NodeKind, ReferenceKind, Step,
};
use riprap::rules::{Context, RULES};
use riprap::source::{FileId, SourceFile, Span};
use riprap::workspace::{DependencyKind, TargetKind, Workspace};

/// Kinds that the compiler does not print.
const UNSCORED: [ReferenceKind; 6] = [
    ReferenceKind::Macro,
    ReferenceKind::Derive,
    ReferenceKind::Attribute,
    ReferenceKind::Visibility,
    ReferenceKind::Doc,
    ReferenceKind::Operator,
];
const COMPARED: [&str; 3] = ["module-cycle", "boundary-cycle", "undeclared-dependency"];

type Edges = BTreeSet<(NodeId, NodeId)>;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let (Some(path), Some(truth)) = (arguments.next().map(PathBuf::from), arguments.next()) else {
        println!("usage: cargo bench --bench agreement -- WORKSPACE TRUTH");
        return;
    };
    let text = std::fs::read_to_string(&truth).expect("the compiler's answer can be read");
    let truth: serde_json::Value = serde_json::from_str(&text).expect("the compiler's answer is JSON");
    let cancel = AtomicBool::new(false);
    let loaded = load::workspace(&path, &|_| {}, &cancel).expect("the workspace can be loaded");
    let mut gathered = Gathered {
        root: loaded.root,
        workspace: loaded.workspace.into(),
        sources: loaded.sources.into(),
        config: None,
        notes: loaded.notes,
        ..Default::default()
    };
    let analysis = analysis::analyze(gathered.clone(), &|_| {}, &cancel).expect("nobody cancels");
    let config = boundaries(&analysis.workspace, &analysis.model);
    gathered.config = Some(SourceFile::new("riprap.toml".to_owned(), config.into()));
    let analysis = analysis::analyze(gathered, &|_| {}, &cancel).expect("nobody cancels");
    assert!(analysis.problems.is_empty(), "the boundaries are those of the manifests: {:?}", analysis.problems);
    let (ours, compilers) = (our_edges(&analysis.model, &truth), compilers_edges(&analysis.model, &truth));
    println!("{} boundaries", analysis.boundaries.len());
    println!(
        "edges: {} in both, {} only ours, {} only the compiler's",
        ours.intersection(&compilers).count(),
        ours.difference(&compilers).count(),
        compilers.difference(&ours).count()
    );
    for rule in COMPARED {
        let (ours, compilers) = (violations(&analysis, &ours, rule), violations(&analysis, &compilers, rule));
        println!(
            "{rule}: {} in both, {} only over ours, {} only over the compiler's",
            ours.intersection(&compilers).count(),
            ours.difference(&compilers).count(),
            compilers.difference(&ours).count()
        );
        for (side, one) in [("ours", ours.difference(&compilers)), ("the compiler's", compilers.difference(&ours))] {
            for (_, message) in one {
                println!("  only over {side}: {message}");
            }
        }
    }
}

/// One boundary per member, and one inside for each module below the root of its library.
fn boundaries(workspace: &Workspace, model: &Model) -> String {
    let mut text = "version = 1\n".to_owned();
    for package in workspace.packages.iter().filter(|package| package.member) {
        let normal = package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        let used: BTreeSet<&str> = normal
            .filter_map(|dependency| Some(workspace.package(dependency.local?)))
            .filter(|used| used.member)
            .map(|used| used.name.as_str())
            .collect();
        let used: Vec<&str> = used.into_iter().collect();
        let name = &package.name;
        text += &format!("[boundary.{name:?}]\ncontains = [{name:?}]\nmay_use = {used:?}\n");
    }
    for module in model.module_ids() {
        let parent = model.node(module).parent.map(|parent| model.node(parent).kind);
        if parent == Some(NodeKind::Target(TargetKind::Lib)) && model.node(module).file.is_some() {
            let path = model.path(module);
            text += &format!("[boundary.{:?}]\ncontains = [{path:?}]\n", path.replace("::", " "));
        }
    }
    text
}

fn our_edges(model: &Model, truth: &serde_json::Value) -> Edges {
    let labels = &truth["crates"];
    let compiled = |node| model.target_of(node).is_some_and(|target| labels.get(model.path(target)).is_some());
    let counts =
        |id: &EdgeId| model.references_of(*id).any(|(_, it)| !it.test && it.active && !UNSCORED.contains(&it.kind));
    let ends = |id| (model.edge(id).from, model.edge(id).to);
    model.edge_ids().filter(counts).map(ends).filter(|(from, to)| compiled(*from) && compiled(*to)).collect()
}

fn compilers_edges(model: &Model, truth: &serde_json::Value) -> Edges {
    let known = |path: &serde_json::Value| {
        let mut path = path.as_str()?;
        loop {
            match model.find(path) {
                Some(node) => return Some(node),
                None => path = path.rsplit_once("::")?.0,
            }
        }
    };
    let lists = ["definition", "macro", "call"].map(|list| truth[list].as_array().expect("the answer has the list"));
    let ends = |edge: &serde_json::Value| Some((known(&edge[0])?, known(&edge[1])?));
    lists.into_iter().flatten().filter_map(ends).filter(|(from, to)| from != to).collect()
}

/// Identity and message of what a rule finds if the modules depended on each other so.
fn violations(analysis: &Analysis, edges: &Edges, rule: &str) -> BTreeSet<(String, String)> {
    let mut builder = ModelBuilder::new(&analysis.workspace.name);
    // The same nodes in the same order have the same numbers: the boundaries fit both.
    for id in analysis.model.node_ids().skip(1) {
        builder.add_node(analysis.model.node(id).clone());
    }
    for (from, to) in edges {
        let name = builder.symbol(&analysis.model.node(*to).name);
        let route = builder.steps_list(&[Step { module: *to, name, node: *to }]);
        builder.add_reference(NewReference {
            from: *from,
            to: *to,
            kind: ReferenceKind::Value,
            source: PathSource::Written,
            certainty: Certainty::Resolved,
            test: false,
            active: true,
            shown: false,
            file: analysis.model.node(*from).file.unwrap_or(FileId(0)),
            span: Span::default(),
            line: 1,
            column: 1,
            from_item: *from,
            to_item: *to,
            named: ListId::default(),
            facades: ListId::default(),
            route,
        });
    }
    let model = builder.freeze();
    let context = Context::new(&model, &analysis.boundaries);
    let rule = RULES.iter().find(|it| it.name == rule).expect("the rule exists");
    (rule.check)(&context).into_iter().map(|it| (it.id, it.message)).collect()
}
