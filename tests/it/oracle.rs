//! Our edges against the compiler's (tests/oracle).

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use riprap::analysis::{Analysis, Gathered, analyze};
use riprap::model::ReferenceKind;
use riprap::source::{SourceFile, SourceTree};
use riprap::workspace::{Edition, Package, Resolver, Target, TargetKind, Workspace};

use crate::support::{repository, riprap, stderr};

/// Kinds that the compiler does not print.
const UNSCORED: [ReferenceKind; 6] = [
    ReferenceKind::Macro,
    ReferenceKind::Derive,
    ReferenceKind::Attribute,
    ReferenceKind::Visibility,
    ReferenceKind::Doc,
    ReferenceKind::Operator,
];

/// Cases that differ from the compiler, each with its reason.  A case that agrees must leave this list.
const DIFFERENT: &[(&str, &str)] = &[];

type Edges = BTreeSet<(String, String)>;

fn analyze_file(name: &str, text: &str) -> Analysis {
    let edition = text.lines().next().and_then(|line| Edition::parse(line.trim_start_matches("// edition: ").trim()));
    let edition = edition.expect("a fixture names its edition");
    let root = format!("{name}.rs");
    let target =
        Target { name: name.into(), kind: TargetKind::Lib, root: root.clone(), edition, required_features: Vec::new() };
    let package = Package {
        name: name.into(),
        version: "0.1.0".into(),
        manifest: "Cargo.toml".into(),
        folder: String::new(),
        member: true,
        edition,
        targets: vec![target],
        dependencies: Vec::new(),
        features: Default::default(),
        registry_ready: false,
        publish: None,
    };
    let gathered = Gathered {
        workspace: Arc::new(Workspace { name: name.into(), packages: vec![package], resolver: Resolver::Two }),
        sources: Arc::new(SourceTree::new(vec![SourceFile::new(root, text.into())])),
        ..Gathered::default()
    };
    analyze(gathered, &|_| {}, &AtomicBool::new(false)).expect("nobody cancels")
}

fn counted_edges(analysis: &Analysis) -> Edges {
    let model = &analysis.model;
    let counted = |id| model.references_of(id).any(|(_, it)| !it.test && it.active && !UNSCORED.contains(&it.kind));
    let path = |node| model.path(node).to_owned();
    model.edge_ids().filter(|id| counted(*id)).map(|id| (path(model.edge(id).from), path(model.edge(id).to))).collect()
}

fn edges_in(truth: &serde_json::Value, keys: &[&str]) -> Edges {
    let text = |value: &serde_json::Value| value.as_str().expect("an edge is two paths").to_owned();
    let lists = keys.iter().map(|key| truth[key].as_array().expect("the compiler's answer has this list"));
    lists.flatten().map(|edge| (text(&edge[0]), text(&edge[1]))).collect()
}

#[test]
fn every_fixture_gives_the_compilers_edges() {
    let folder = repository().join("tests/oracle/fixtures");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the fixtures are there")
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.strip_suffix(".rs")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() >= 85, "fixtures are missing: {}", names.len());
    let mut wrong = Vec::new();
    for name in &names {
        let read = |suffix| std::fs::read_to_string(folder.join(format!("{name}{suffix}"))).expect("a fixture is text");
        let truth: serde_json::Value = serde_json::from_str(&read(".edges.json")).expect("the answer is JSON");
        let ours = counted_edges(&analyze_file(name, &read(".rs")));
        let missed: Vec<_> = edges_in(&truth, &["definition"]).difference(&ours).cloned().collect();
        let extra: Vec<_> = ours.difference(&edges_in(&truth, &["definition", "macro", "call"])).cloned().collect();
        let known = DIFFERENT.iter().any(|(known, _)| known == name);
        if (missed.is_empty() && extra.is_empty()) == known {
            wrong.push(format!("{name}: missed {missed:?}, extra {extra:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), names.len(), wrong.join("\n"));
}

/// Gated by `RIPRAP_TEST_ORACLE=FOLDER[:FOLDER]`, workspaces that build: compares with the compiler there.
#[test]
fn a_workspace_that_builds_gives_the_compilers_edges() {
    let Ok(workspaces) = std::env::var("RIPRAP_TEST_ORACLE") else { return };
    for workspace in workspaces.split(':') {
        compare_with_the_compiler(workspace);
    }
}

fn compare_with_the_compiler(workspace: &str) {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let (ours, truth) = (scratch.path().join("ours.json"), scratch.path().join("truth.json"));
    let output = riprap(&["snapshot", workspace, "--output", ours.to_str().expect("the path is text")]);
    assert!(output.status.success(), "{}", stderr(&output));
    let python = |script: &str, arguments: &[&Path]| {
        let script = repository().join("tests/oracle").join(script);
        Command::new("python3").arg(script).args(arguments).output().expect("python3 is installed")
    };
    let compiler = python("rustc_edges.py", &[Path::new(workspace), Path::new("--calls")]);
    assert!(compiler.status.success(), "{}", stderr(&compiler));
    std::fs::write(&truth, &compiler.stdout).expect("the answer can be written");
    let compared = python("compare.py", &[&ours, &truth, Path::new("20")]);
    let numbers = String::from_utf8_lossy(&compared.stdout).into_owned();
    let number = |name: &str| -> f64 {
        let word = numbers.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        word.expect("compare.py prints the number").parse().expect("a number")
    };
    let enough = number("definition_recall") >= 0.95 && number("precision") >= 0.98;
    assert!(enough, "{workspace}: {numbers}\n{}", stderr(&compared));
}
