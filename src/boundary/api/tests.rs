use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Boundaries, Placed, Shown};
use crate::model::{NodeId, WORKSPACE};
use crate::source::Span;

/// Names of the boundary `b` that its API offers, of all names that code outside can look up there.
#[track_caller]
fn check(workspace: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let fixture = Fixture::new(workspace);
    let boundaries = fixture.boundaries(declarations(declared));
    check_from(&fixture, &boundaries, WORKSPACE, expected);
}

/// The same for code in one module.
#[track_caller]
fn check_from(fixture: &Fixture, boundaries: &Boundaries, from: NodeId, expected: &[&str]) {
    let boundary = boundaries.find("b").unwrap();
    let model = &fixture.model;
    let modules: Vec<NodeId> = model.module_ids().filter(|id| boundaries.contains(boundary, *id)).collect();
    let mut offered = Vec::new();
    for module in modules {
        for export in model.exports(module) {
            let step = crate::model::Step { module, name: export.name, node: export.node };
            if boundaries.is_api_step(model, boundary, from, &step) {
                offered.push(format!("{}::{}", model.path(module), model.symbol(export.name)));
            }
        }
    }
    offered.sort();
    assert_eq!(offered, expected);
}

const CRATE: &str = "
    package b b
    pub struct b::Order
    pub(crate) struct b::Draft
    struct b::Secret
    pub mod b::stock
    pub struct b::stock::Level
    mod b::rules
    pub struct b::rules::Rule
    pub use b::Rule = b::rules::Rule
    pub mod b::internal
    pub struct b::internal::Cache
    pub use b::Cache = b::internal::Cache
";

#[test]
fn by_default_the_api_is_what_can_be_named_at_the_root() {
    check(CRATE, &[("b", "contains b")], &["b::Cache", "b::Order", "b::Rule", "b::stock"]);
}

#[test]
fn pub_is_everything_but_modules_named_internal_or_private() {
    check(
        CRATE,
        &[("b", "contains b; api pub")],
        &[
            "b::Cache",
            "b::Draft",
            "b::Order",
            "b::Rule",
            "b::Secret",
            "b::rules",
            "b::rules::Rule",
            "b::stock",
            "b::stock::Level",
        ],
    );
}

#[test]
fn patterns_list_the_api_and_what_leads_to_it() {
    check(CRATE, &[("b", "contains b; api b::stock")], &["b::stock", "b::stock::Level"]);
    check(CRATE, &[("b", "contains b; api b::stock::Level")], &["b::stock", "b::stock::Level"]);
    check(CRATE, &[("b", "contains b; api b::Order root")], &["b::Cache", "b::Order", "b::Rule", "b::stock"]);
}

#[test]
fn a_pattern_covers_an_item_under_every_name_that_it_has() {
    check(CRATE, &[("b", "contains b; api b::rules::Rule")], &["b::Rule", "b::rules", "b::rules::Rule"]);
}

#[test]
fn a_module_named_internal_is_never_api_even_if_listed() {
    check(CRATE, &[("b", "contains b; api b::internal")], &["b::Cache"]);
}

#[test]
fn a_module_shows_what_its_crate_can_see() {
    let workspace = "
        package app app
        mod app::orders
        pub(crate) struct app::orders::Order
        struct app::orders::Secret
        mod app::orders::deep
        pub struct app::orders::deep::Line
    ";
    check(workspace, &[("b", "contains app::orders")], &["app::orders::Order"]);
}

#[test]
fn a_package_pattern_shows_that_package_and_not_the_other() {
    let workspace = "
        package billing billing
        pub mod billing::quotes
        pub struct billing::quotes::Quote
        package ledger ledger
        pub struct ledger::Entry
    ";
    check(workspace, &[("b", "contains billing ledger; api billing")], &["billing::quotes", "billing::quotes::Quote"]);
    check(workspace, &[("b", "contains billing ledger")], &["billing::quotes", "ledger::Entry"]);
}

const NESTED: &str = "
    package b b
    pub mod b::orders
    pub struct b::orders::Order
    pub mod b::orders::deep
    pub struct b::orders::deep::Line
    mod b::hidden
    pub struct b::hidden::Thing
";

#[test]
fn a_nested_boundary_is_shown_if_the_outer_one_shows_its_root() {
    check(
        NESTED,
        &[("b", "contains b"), ("orders", "contains b::orders"), ("hidden", "contains b::hidden")],
        &["b::orders", "b::orders::Order", "b::orders::deep", "b::orders::deep::Line"],
    );
    check(
        NESTED,
        &[("b", "contains b; api b::hidden"), ("orders", "contains b::orders")],
        &["b::hidden", "b::hidden::Thing"],
    );
}

#[test]
fn without_a_nested_boundary_the_same_code_is_deeper_than_the_root() {
    check(NESTED, &[("b", "contains b")], &["b::orders"]);
}

#[test]
fn variants_follow_their_enum() {
    let fixture = Fixture::new(
        "
        package b b
        mod b::status
        pub enum b::status::Status
        variant b::status::Status::Open
        pub use b::Status = b::status::Status
        package web web
        web -> b::Status::Open
        ",
    );
    let boundaries = fixture.boundaries(declarations(&[("b", "contains b")]));
    let b = boundaries.find("b").unwrap();
    let route = fixture.model.steps_of(fixture.model.references()[0].route);
    assert_eq!(route.len(), 2);
    assert!(route.iter().all(|step| boundaries.is_api_step(&fixture.model, b, WORKSPACE, step)));
}

#[test]
fn what_is_shown_to_some_is_hidden_from_the_others() {
    let fixture = Fixture::new(&format!("{CRATE}package web web\nmod web::cart\npackage app app"));
    let mut declared = declarations(&[("b", "contains b; api b::Order"), ("web", "contains web")]);
    let users = vec![Placed { value: "web".to_owned(), span: Span::default() }];
    let show = vec![crate::boundary::Pattern::parse("b::stock").unwrap()];
    declared[0].api.push(Placed { value: Shown::Only { users, show }, span: Span::default() });
    let boundaries = fixture.boundaries(declared);
    check_from(&fixture, &boundaries, fixture.node("app"), &["b::Order"]);
    check_from(&fixture, &boundaries, fixture.node("web::cart"), &["b::Order", "b::stock", "b::stock::Level"]);
    let b = boundaries.find("b").unwrap();
    let stock = fixture.node("b::stock");
    assert!(boundaries.shows_module(&fixture.model, b, fixture.node("web"), stock));
    assert!(!boundaries.shows_module(&fixture.model, b, fixture.node("app"), stock));
}

#[test]
fn a_package_may_be_shown_to_some() {
    let fixture = Fixture::new("package b-api b/api\npub struct b_api::Order\npackage web web\npackage app app");
    let mut declared = declarations(&[("b", "contains b-api; api b::gone"), ("web", "contains web")]);
    let users = vec![Placed { value: "web".to_owned(), span: Span::default() }];
    let show = vec![crate::boundary::Pattern::parse("b_api").unwrap()];
    declared[0].api = vec![Placed { value: Shown::Only { users, show }, span: Span::default() }];
    let boundaries = fixture.boundaries(declared);
    check_from(&fixture, &boundaries, fixture.node("app"), &[]);
    check_from(&fixture, &boundaries, fixture.node("web"), &["b_api::Order"]);
}
