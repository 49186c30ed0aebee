//! Ways in small workspaces.

use super::*;
use crate::boundary::fixture::Fixture;

const SHOP: &str = "
    package a a
    mod a::inner
    fn a::inner::run
    package b b
    pub fn b::go
    package c c
    pub fn c::go
    package d d
    pub fn d::go
    package e e
    pub fn e::go
";

/// The ways from `a` to `e`, and what all go through.
fn told(edges: &str) -> String {
    let fixture = Fixture::new(&format!("{SHOP}{edges}"));
    let model = &fixture.model;
    let within = |package: &'static str| {
        let root = fixture.node(package);
        move |node: NodeId| model.is_within(node, root)
    };
    let found = reasons(model, &within("a"), &within("e"));
    let way = |way: &Way| {
        let stops = way.iter().map(|edge| model.path(model.edge(*edge).to));
        let first = way.first().map(|edge| model.path(model.edge(*edge).from));
        first.into_iter().chain(stops).collect::<Vec<_>>().join(" > ")
    };
    let ways: Vec<String> = found.ways.iter().map(way).collect();
    let through: Vec<&str> = found.unavoidable.iter().map(|node| model.path(*node)).collect();
    format!("{}; through [{}]{}", ways.join(", "), through.join(" "), if found.more { "; more" } else { "" })
}

#[test]
fn what_is_used_directly_needs_no_other_reason() {
    assert_eq!(told("a::inner -> e::go call"), "a::inner > e; through []");
}

#[test]
fn the_shortest_way_comes_first_and_what_all_go_through_is_named() {
    let edges = "a -> b::go\n b -> c::go\n b -> d::go\n c -> d::go\n d -> e::go";
    assert_eq!(told(edges), "a > b > d > e, a > b > c > d > e; through [b d]");
}

#[test]
fn ways_within_a_part_and_through_tests_lead_nowhere() {
    assert_eq!(told("a -> a::inner::run\n a::inner -> b::go\n b -> e::go test"), "; through []");
}

#[test]
fn rings_are_gone_through_once() {
    assert_eq!(told("a -> b::go\n b -> c::go\n c -> b::go\n c -> e::go"), "a > b > c > e; through [b c]");
}

#[test]
fn nobody_gets_more_ways_than_can_be_read() {
    // Eight layers of three modules each, all of one using all of the next: 6561 ways.
    let mut text = "package a a\npackage e e\npub fn e::go\n".to_owned();
    for layer in 0..8 {
        text += &format!("package l{layer} l{layer}\n");
        text.extend((0..3).map(|at| format!("pub mod l{layer}::m{at}\npub fn l{layer}::m{at}::go\n")));
    }
    for to in 0..3 {
        text += &format!("a -> l0::m{to}::go\nl7::m{to} -> e::go\n");
        for layer in 0..7 {
            text.extend((0..3).map(|from| format!("l{layer}::m{from} -> l{}::m{to}::go\n", layer + 1)));
        }
    }
    let fixture = Fixture::new(&text);
    let model = &fixture.model;
    let (a, e) = (fixture.node("a"), fixture.node("e"));
    let found = reasons(model, &|node| model.is_within(node, a), &|node| model.is_within(node, e));
    assert_eq!((found.ways.len(), found.more, found.unavoidable.len()), (MOST_WAYS, true, 0));
    assert!(found.ways.iter().all(|way| way.len() == 9));
}
