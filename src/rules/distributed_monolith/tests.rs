use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Deployable, Intent, Placed};
use crate::rules::Context;
use crate::source::Span;

const WORKSPACE: &str = "
    package api apps/api bin
    package worker apps/worker bin
    package ledger apps/ledger bin
    package orders orders
    pub mod orders::storage
    pub struct orders::storage::Row
    package books books
    pub struct books::Book
    package contracts contracts
    pub struct contracts::Id
    bin:api -> orders::storage::Row
    bin:worker -> orders::storage::Row
    bin:ledger -> books::Book
    orders -> contracts::Id
    books -> contracts::Id
";

const INDEPENDENT: [(&str, &str); 2] = [("shop", "bin:api bin:worker"), ("books", "bin:ledger")];

#[track_caller]
fn check(references: &str, orders: &str, deployables: &[(&str, &str)], expected: &[&str]) {
    let fixture = Fixture::new(&format!("{WORKSPACE}{references}"));
    let orders = format!("contains orders{orders}");
    let declared =
        [("books", "contains books"), ("contracts", "contains contracts; role contracts"), ("orders", &orders)];
    let entry = |text: &str| Placed { value: text.to_owned(), span: Span::default() };
    let deployables = deployables
        .iter()
        .map(|(name, targets)| Deployable {
            name: (*name).to_owned(),
            targets: targets.split_whitespace().map(entry).collect(),
        })
        .collect();
    let boundaries =
        fixture.boundaries(Intent { boundaries: declarations(&declared), deployables, ..Intent::default() });
    let found = super::check(&Context::new(&fixture.model, &boundaries));
    let lines: Vec<String> =
        found.iter().map(|it| format!("{} -> {} ({}): {}", it.from, it.to, it.references.len(), it.message)).collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_boundary_that_two_independent_programs_run_is_found_with_both_ways() {
    check(
        "books -> orders::storage::Row",
        "",
        &INDEPENDENT,
        &["orders -> books + shop (3): the independent programs `books` and `shop` all run boundary `orders`: \
           `bin:ledger` -> `books` -> `orders::storage` and `bin:api` -> `orders::storage`"],
    );
}

#[test]
fn contracts_and_programs_of_one_deployable_are_shared() {
    check("", "", &INDEPENDENT, &[]);
}

#[test]
fn without_two_deployables_nothing_is_independent() {
    check("books -> orders::storage::Row", "", &[], &[]);
    check("books -> orders::storage::Row", "", &[("all", "bin:api bin:worker bin:ledger")], &[]);
}

#[test]
fn plain_technology_is_tagged() {
    check("books -> orders::storage::Row", "; tags platform", &INDEPENDENT, &[]);
}

#[test]
fn tests_and_guesses_lead_nowhere() {
    check(
        "books -> orders::storage::Row type test\nbin:ledger -> orders::storage::Row call inferred",
        "",
        &INDEPENDENT,
        &[],
    );
}
