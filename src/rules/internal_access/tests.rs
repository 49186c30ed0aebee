use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::rules::fixture::violations;

const ORDERS: &str = "
    package orders orders
    pub struct orders::Order
    pub mod orders::stock
    pub struct orders::stock::Level
    pub struct orders::stock::Hidden
    pub use orders::Level = orders::stock::Level
    pub enum orders::stock::Status
    variant orders::stock::Status::Open
    pub use orders::Status = orders::stock::Status
    package web web
    mod web::cart
    mod web::prelude
";

const DECLARED: &[(&str, &str)] = &[("orders", "contains orders; owner @shop/sales"), ("web", "contains web")];

#[track_caller]
fn check(references: &str, declared: &[(&str, &str)], expected: &[&str]) {
    crate::rules::fixture::check("internal-access", &format!("{ORDERS}\n{references}"), declared, expected);
}

#[test]
fn a_deeper_name_is_internal_and_the_shown_name_of_the_same_thing_is_the_route() {
    check(
        "web::cart -> orders::stock::Level",
        DECLARED,
        &["web::cart -> orders::stock::Level (1): use `orders::Level` instead: it is the same thing"],
    );
}

#[test]
fn what_the_api_does_not_show_needs_its_owner() {
    check(
        "web::cart -> orders::stock::Hidden",
        DECLARED,
        &[
            "web::cart -> orders::stock::Hidden (1): use what `orders` shows, or ask its owner (@shop/sales) to re-export \
           `Hidden` in its API, or to list `orders::stock` in `api` of `[boundary.orders]`",
        ],
    );
}

#[test]
fn a_module_named_internal_and_a_private_one_are_not_proposed_as_api() {
    crate::rules::fixture::check(
        "internal-access",
        "package b b
         pub mod b::internal
         pub struct b::internal::Cache
         package web web
         web -> b::internal::Cache",
        &[("b", "contains b")],
        &["web -> b::internal::Cache (1): use what `b` shows, or ask its owner to re-export `Cache` in its API"],
    );
}

#[test]
fn the_api_may_be_named() {
    check(
        "web::cart -> orders::Order
         web::cart -> orders::Level call
         web::cart -> orders::stock
         web::cart -> orders",
        DECLARED,
        &[],
    );
}

#[test]
fn a_name_from_a_glob_of_an_internal_module_is_judged() {
    check(
        "web::cart -> orders::stock::Hidden glob
         web::cart -> orders::Level glob",
        DECLARED,
        &[
            "web::cart -> orders::stock::Hidden (1): use what `orders` shows, or ask its owner (@shop/sales) to re-export \
           `Hidden` in its API, or to list `orders::stock` in `api` of `[boundary.orders]`",
        ],
    );
}

#[test]
fn several_references_to_one_item_are_one_violation() {
    check(
        "web::cart -> orders::stock::Level
         web::cart -> orders::stock::Level call
         web::cart -> orders::stock::Level type inactive",
        DECLARED,
        &["web::cart -> orders::stock::Level (3): use `orders::Level` instead: it is the same thing"],
    );
}

#[test]
fn tests_inferred_references_links_and_code_that_is_never_built_are_quiet() {
    check(
        "web::cart -> orders::stock::Level test
         web::cart -> orders::stock::Hidden inferred
         web::prelude -> orders::stock::Hidden doc
         web -> orders::stock::Hidden inactive",
        DECLARED,
        &[],
    );
}

#[test]
fn what_an_own_facade_renames_is_judged_at_the_facade_alone() {
    check(
        "pub use web::prelude::Level = orders::stock::Level
         web::prelude -> orders::stock::Level reexport
         web::cart -> web::prelude::Level",
        DECLARED,
        &["web::prelude -> orders::stock::Level (1): use `orders::Level` instead: it is the same thing"],
    );
}

#[test]
fn another_api_may_re_export_internals() {
    check(
        "package shop shop
         pub use shop::Hidden = orders::stock::Hidden
         web::cart -> shop::Hidden",
        &[("orders", "contains orders"), ("web", "contains web"), ("shop", "contains shop")],
        &[],
    );
}

#[test]
fn a_route_through_one_api_into_the_depth_of_another_is_judged_there() {
    check(
        "package shop shop
         pub use shop::orders = orders
         web::cart -> shop::orders::Order
         web::cart -> shop::orders::stock::Hidden",
        &[("orders", "contains orders"), ("web", "contains web"), ("shop", "contains shop")],
        &[
            "web::cart -> orders::stock::Hidden (1): use what `orders` shows, or ask its owner to re-export `Hidden` in \
           its API, or to list `orders::stock` in `api` of `[boundary.orders]`",
        ],
    );
}

#[test]
fn code_in_no_boundary_is_held_to_the_api_too() {
    check(
        "web::cart -> orders::stock::Level",
        &[("orders", "contains orders")],
        &["web::cart -> orders::stock::Level (1): use `orders::Level` instead: it is the same thing"],
    );
}

#[test]
fn variants_go_with_their_enum() {
    check(
        "web::cart -> orders::Status::Open
         web::prelude -> orders::stock::Status::Open",
        DECLARED,
        &["web::prelude -> orders::stock::Status::Open (1): use `orders::Status::Open` instead: it is the same thing"],
    );
}

#[test]
fn own_code_and_nested_code_may_name_everything() {
    check(
        "orders -> orders::stock::Hidden
         orders::stock -> orders::Order",
        &[("orders", "contains orders"), ("stock", "contains orders::stock")],
        &[],
    );
}

#[test]
fn the_outer_boundary_is_held_to_the_api_of_a_nested_one() {
    check(
        "pub mod orders::stock::deep
         pub struct orders::stock::deep::Line
         orders -> orders::stock::deep::Line",
        &[("orders", "contains orders"), ("stock", "contains orders::stock")],
        &[
            "orders -> orders::stock::deep::Line (1): use what `stock` shows, or ask its owner to re-export `Line` in its \
           API, or to list `orders::stock::deep` in `api` of `[boundary.stock]`",
        ],
    );
}

#[test]
fn a_nested_boundary_that_the_outer_one_hides_is_internal() {
    check(
        "web::cart -> orders::stock::Level",
        &[
            ("orders", "contains orders; api orders::Order"),
            ("stock", "contains orders::stock"),
            ("web", "contains web"),
        ],
        &[
            "web::cart -> orders::stock::Level (1): use what `orders` shows, or ask its owner to re-export `Level` in its \
           API, or to list `orders::stock` in `api` of `[boundary.orders]`",
        ],
    );
    check(
        "web::cart -> orders::stock::Level",
        &[("orders", "contains orders"), ("stock", "contains orders::stock"), ("web", "contains web")],
        &[],
    );
}

#[test]
fn a_crate_that_the_api_does_not_list_is_internal() {
    crate::rules::fixture::check(
        "internal-access",
        "package billing billing
         pub struct billing::Invoice
         package ledger ledger
         pub struct ledger::Entry
         package web web
         web -> ledger::Entry
         web -> ledger extern
         web -> billing::Invoice extern",
        &[("billing", "contains billing ledger; api billing")],
        &[
            "web -> ledger (1): name the things that `billing` shows; nothing of this module has to be public",
            "web -> ledger::Entry (1): use what `billing` shows, or ask its owner to re-export `Entry` in its API",
        ],
    );
}

#[test]
fn siblings_in_one_crate_are_held_to_each_others_api_and_told_the_way_from_their_crate() {
    crate::rules::fixture::check(
        "internal-access",
        "package app app
         mod app::orders
         mod app::orders::model
         pub struct app::orders::model::Order
         pub(crate) fn app::orders::place
         pub use app::orders::Order = app::orders::model::Order
         mod app::billing
         app::billing -> app::orders::model::Order
         app::billing -> app::orders::place",
        &[("orders", "contains app::orders"), ("billing", "contains app::billing")],
        &["app::billing -> app::orders::model::Order (1): use `crate::orders::Order` instead: it is the same thing"],
    );
}

#[test]
fn without_boundaries_there_is_nothing_to_break() {
    check("web::cart -> orders::stock::Level", &[], &[]);
}

#[test]
fn the_message_names_the_step_that_leaves_the_api() {
    let found = violations("internal-access", &format!("{ORDERS}\nweb::cart -> orders::stock::Hidden"), DECLARED);
    assert_eq!(found[0].message, "`web::cart` names `orders::stock::Hidden`, which is internal to boundary `orders`");
    assert_eq!(found[0].label, "`orders::stock::Hidden` is not in the API of `orders`");
    assert_eq!(found[0].why, "other code may name only the API of `orders`: what can be named at `orders`");
}

#[test]
fn the_identity_does_not_depend_on_lines_kinds_and_spelling() {
    let id =
        |references: &str| violations("internal-access", &format!("{ORDERS}\n{references}"), DECLARED).remove(0).id;
    let one = id("web::cart -> orders::stock::Level");
    assert_eq!(one, id("web::cart -> orders::Order\nweb::cart -> orders::stock::Level call\nweb -> orders::Order"));
    assert_ne!(one, id("web::prelude -> orders::stock::Level"));
}

#[test]
fn a_hidden_name_is_never_offered_as_the_legal_route() {
    let fixture = Fixture::new(&format!("{ORDERS}\nweb::cart -> orders::stock::Level"));
    let boundaries = fixture.boundaries(declarations(&[("orders", "contains orders; api orders::Order")]));
    let context = Context::new(&fixture.model, &boundaries);
    let orders = boundaries.find("orders").unwrap();
    let (cart, level) = (fixture.node("web::cart"), fixture.node("orders::stock::Level"));
    assert_eq!(context.legal_name(orders, cart, level), None);
    assert_eq!(context.legal_name(orders, cart, fixture.node("orders::Order")).as_deref(), Some("orders::Order"));
}
