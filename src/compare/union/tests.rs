//! Unions of two small workspaces.

use super::*;
use crate::compare::fixture::{AFTER, BEFORE, CONFIG, united};

fn union(before: &str, after: &str) -> Union {
    united(CONFIG, before, after).1
}

/// One line per node that is not as it was, and per edge with its references before and after.
fn told(union: &Union) -> Vec<String> {
    let model = &union.model;
    let differing = model.node_ids().filter(|node| union.fate(*node).differs());
    let node = |node: NodeId| {
        let was = union.was(node).map_or(String::new(), |was| format!(" was {was}"));
        format!("{}{}{was}", union.fate(node).sign(), model.path(node))
    };
    let edge = |id: crate::model::EdgeId| {
        let edge = model.edge(id);
        let count = |side| model.references_of(id).filter(|(_, it)| Union::side(it) == side).count();
        let (from, to) = (model.path(edge.from), model.path(edge.to));
        format!("{from} -> {to} {}:{}", count(Side::Before), count(Side::After))
    };
    differing.map(node).chain(model.edge_ids().map(edge)).collect()
}

#[test]
fn what_persists_is_one_node_and_what_is_gone_stands_beside_it() {
    assert_eq!(
        told(&union(BEFORE, AFTER)),
        [
            "~a",
            "+a::come",
            "+a::come::found",
            "~a::kept",
            "+a::kept::came",
            "→a::new_name was a::old_name",
            "~b",
            "−a::gone",
            "−a::gone::lost",
            "−a::kept::left",
            "a::come -> a::kept 0:1",
            "a::gone -> a::kept 1:0",
            "b -> a::come 0:1",
            "b -> a::kept 1:0",
            "b -> a::new_name 0:1",
        ]
    );
}

#[test]
fn nothing_differs_from_itself() {
    let same = union(BEFORE, BEFORE);
    assert!(same.model.node_ids().all(|node| !same.fate(node).differs()));
    assert!(same.findings.is_empty());
    assert!(same.boundaries.ids().all(|id| !same.fate_of_boundary(id).differs()));
}

#[test]
fn a_new_violation_is_proved_by_references_of_the_later_revision_and_a_fixed_one_of_the_earlier() {
    let union = union(BEFORE, AFTER);
    let mut seen = Vec::new();
    for finding in union.findings.iter().filter(|finding| !finding.evidence.is_empty()) {
        let side = if finding.fate == Fate::Removed { Side::Before } else { Side::After };
        assert!(finding.evidence.iter().all(|id| Union::side(union.model.reference(*id)) == side));
        seen.push(finding.fate);
    }
    assert!(seen.contains(&Fate::Added) && seen.contains(&Fate::Removed), "{seen:?}");
}

#[test]
fn every_reference_knows_where_it_stands() {
    let union = union(BEFORE, AFTER);
    for reference in union.model.references() {
        assert_eq!(union.place(reference).line, reference.line);
        assert!(union.place(reference).file.ends_with(".rs"));
    }
}

#[test]
fn a_swapped_union_has_the_same_code_the_other_way_round() {
    let (there, back) = (union(BEFORE, AFTER), union(AFTER, BEFORE));
    let carried = back.carried_over(there.model.node_ids().skip(1), &there);
    assert_eq!(carried.len(), there.model.node_ids().len() - 1);
    for (node, other) in there.model.node_ids().skip(1).zip(carried) {
        let turned = match there.fate(node) {
            Fate::Added => Fate::Removed,
            Fate::Removed => Fate::Added,
            fate => fate,
        };
        assert_eq!(back.fate(other), turned, "{}", there.model.path(node));
    }
}
