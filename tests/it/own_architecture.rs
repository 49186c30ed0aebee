//! riprap's own rules, checked by riprap on its own source.

use std::collections::BTreeSet;

use crate::support::{analyze, repository};

#[test]
fn riprap_keeps_its_own_boundaries() {
    let analysis = analyze(&repository());
    assert!(analysis.problems.is_empty(), "{:?}", analysis.problems);
    let ours: Vec<String> = analysis.verdict.violations.iter().map(|judged| judged.violation.message.clone()).collect();
    assert!(ours.is_empty(), "{}", ours.join("\n"));
}

#[test]
fn every_stage_is_a_declared_boundary() {
    let analysis = analyze(&repository());
    let root = analysis.model.find("riprap").expect("the library is there");
    let children = analysis.model.children(root).iter().copied();
    let undeclared: BTreeSet<&str> = children
        .filter(|id| analysis.model.node(*id).kind.is_module() && !analysis.model.node(*id).test)
        .filter(|id| analysis.boundaries.of(*id).is_none())
        .map(|id| analysis.model.path(id))
        .collect();
    assert!(undeclared.is_empty(), "in no boundary of riprap.toml: {undeclared:?}");
}

#[test]
fn the_modules_of_riprap_are_resolved() {
    let analysis = analyze(&repository());
    let edge = |from: &str, to: &str| {
        let find = |path| analysis.model.find(path).expect("the module is there");
        analysis.model.edge_between(find(from), find(to)).is_some()
    };
    assert!(edge("riprap::resolve::imports", "riprap::resolve::scope"));
    assert!(!edge("riprap::facts", "riprap::resolve"));
}
