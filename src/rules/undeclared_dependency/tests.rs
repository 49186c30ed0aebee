use crate::boundary::Intent;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;

const WORKSPACE: &str = "
    package orders core/orders
    pub mod orders::pay
    package billing core/billing
    pub struct billing::Ledger
    pub mod billing::quotes
    pub struct billing::quotes::Quote
    pub use billing::Quote = billing::quotes::Quote
    pub struct billing::quotesx
    package contracts contracts
    pub struct contracts::Id
    pub use billing::Id = contracts::Id
";

#[track_caller]
fn check(references: &str, orders: &str, expected: &[&str]) {
    let declared = [
        ("orders", format!("contains orders{orders}")),
        ("billing", "contains billing; api pub".to_owned()),
        ("contracts", "contains contracts".to_owned()),
    ];
    let declared: Vec<(&str, &str)> = declared.iter().map(|(name, text)| (*name, text.as_str())).collect();
    crate::rules::fixture::check("undeclared-dependency", &format!("{WORKSPACE}\n{references}"), &declared, expected);
}

const DECLARE_IT: &str = "if `orders` shall depend on `billing`, add \"billing\" to `may_use` of `[boundary.orders]`; else \
                          take what it needs as an argument";

#[test]
fn what_is_not_declared_is_found_once_for_each_module_and_item() {
    check(
        "orders::pay -> billing::Ledger
         orders::pay -> billing::Ledger call
         orders -> billing::Ledger",
        "; may_use contracts",
        &[
            &format!("orders -> billing::Ledger (1): {DECLARE_IT}"),
            &format!("orders::pay -> billing::Ledger (2): {DECLARE_IT}"),
        ],
    );
}

#[test]
fn what_supports_tests_is_used_by_tests_or_by_permission() {
    let check = |references: &str, orders: &str, expected: &[&str]| {
        let orders = format!("contains orders{orders}");
        let declared = [("orders", orders.as_str()), ("billing", "contains billing; role test-support")];
        crate::rules::fixture::check(
            "undeclared-dependency",
            &format!("{WORKSPACE}\n{references}"),
            &declared,
            expected,
        );
    };
    let from_tests = "orders -> billing::Ledger (1): use it from tests alone, or take `role = \"test-support\"` from \
                      `[boundary.billing]`";
    check("orders -> billing::Ledger", "", &[from_tests]);
    check("orders -> billing::Ledger type test", "", &[]);
    check("orders -> billing::Ledger", "; may_use billing", &[]);
    check("billing -> orders::pay", "; may_use", &[]);
}

#[test]
fn an_empty_list_allows_nothing() {
    check("orders -> billing::Ledger", "; may_use", &[&format!("orders -> billing::Ledger (1): {DECLARE_IT}")]);
}

#[test]
fn a_boundary_that_declares_nothing_may_use_anything() {
    check("orders -> billing::Ledger", "", &[]);
}

#[test]
fn a_boundary_a_package_a_folder_a_wildcard_and_a_path_allow() {
    for allowed in ["billing", "core/*", "b*", "*", "billing::**", "billing::Ledger"] {
        check("orders::pay -> billing::Ledger", &format!("; may_use {allowed}"), &[]);
    }
}

#[test]
fn a_path_allows_what_is_at_or_below_it_under_any_name_and_no_more() {
    check(
        "orders -> billing::quotes
         orders -> billing::quotes::Quote
         orders -> billing::Quote
         orders::pay -> billing::quotesx",
        "; may_use billing::quotes",
        &[&format!("orders::pay -> billing::quotesx (1): {DECLARE_IT}")],
    );
}

#[test]
fn a_module_on_the_way_to_what_is_allowed_may_be_named() {
    check("orders -> billing::quotes", "; may_use billing::quotes::Quote", &[]);
}

#[test]
fn the_boundary_entered_counts_and_not_the_one_behind_its_re_export() {
    check("orders -> billing::Id", "; may_use billing", &[]);
    check(
        "orders -> billing::Id",
        "; may_use contracts",
        &["orders -> contracts::Id (1): use `contracts::Id` instead: it is the same thing"],
    );
}

#[test]
fn an_own_facade_is_judged_once_where_it_is_written() {
    check(
        "pub use orders::pay::Ledger = billing::Ledger
         orders::pay -> billing::Ledger reexport
         orders -> orders::pay::Ledger",
        "; may_use contracts",
        &[&format!("orders::pay -> billing::Ledger (1): {DECLARE_IT}")],
    );
}

#[test]
fn tests_and_inferred_references_are_quiet() {
    check(
        "orders -> billing::Ledger test
         orders::pay -> billing::Ledger inferred method",
        "; may_use contracts",
        &[],
    );
}

#[test]
fn code_in_no_boundary_needs_no_permission_and_is_none_to_be_permitted() {
    crate::rules::fixture::check(
        "undeclared-dependency",
        "package orders orders
         pub struct orders::Order
         package loose loose
         pub struct loose::Thing
         loose -> orders::Order
         orders -> loose::Thing",
        &[("orders", "contains orders; may_use")],
        &[],
    );
}

const NESTED: &str = "
    package app app
    mod app::shop
    pub(crate) struct app::shop::Cart
    mod app::back
    pub(crate) struct app::back::Desk
    package db db
    pub struct db::Pool
";

#[test]
fn the_outer_boundarys_list_holds_for_nested_ones() {
    crate::rules::fixture::check(
        "undeclared-dependency",
        &format!("{NESTED}\napp::shop -> db::Pool"),
        &[("app", "contains app; may_use"), ("db", "contains db"), ("shop", "contains app::shop; may_use db")],
        &[
            "app::shop -> db::Pool (1): if `app` shall depend on `db`, add \"db\" to `may_use` of `[boundary.app]`; else \
           take what it needs as an argument",
        ],
    );
}

#[test]
fn a_boundary_needs_no_permission_for_those_around_and_inside_it() {
    crate::rules::fixture::check(
        "undeclared-dependency",
        &format!("{NESTED}\napp -> app::shop::Cart\napp::shop -> app::back::Desk"),
        &[("app", "contains app; may_use"), ("shop", "contains app::shop; may_use")],
        &[],
    );
}

#[test]
fn nested_siblings_need_permission_for_each_other() {
    crate::rules::fixture::check(
        "undeclared-dependency",
        &format!("{NESTED}\napp::shop -> app::back::Desk"),
        &[("app", "contains app; may_use"), ("back", "contains app::back"), ("shop", "contains app::shop; may_use")],
        &["app::shop -> app::back::Desk (1): if `shop` shall depend on `back`, add \"back\" to `may_use` of \
           `[boundary.shop]`; else take what it needs as an argument"],
    );
}

#[test]
fn where_all_must_be_declared_silence_allows_nothing() {
    let fixture = Fixture::new("package a a\npackage b b\npub struct b::B\na -> b::B");
    let found = |strict| {
        let boundaries = declarations(&[("a", "contains a"), ("b", "contains b")]);
        let boundaries = fixture.boundaries(Intent { boundaries, strict, ..Intent::default() });
        let found = super::check(&Context::new(&fixture.model, &boundaries));
        found.into_iter().map(|violation| violation.why).collect::<Vec<_>>()
    };
    assert_eq!(found(true), ["riprap.toml is `strict`, and `a` does not say what it uses"]);
    assert_eq!(found(false), Vec::<String>::new());
}

const RE_EXPORTED: &str = "//- /text/src/lib.rs lib:text deps:ropey
pub use ropey::Rope;
//- /vcs/src/lib.rs lib:vcs deps:text
pub fn f(_: text::Rope, _: &text::Rope) {}
#[cfg(test)]
mod tests { fn t(_: text::Rope) {} }
";

#[test]
fn what_another_boundary_re_exports_from_outside_is_a_use_of_it() {
    let found = |rule, vcs| {
        let declared = [("text", "contains text"), ("vcs", vcs)];
        let written = crate::rules::fixture::Written::new(RE_EXPORTED, declarations(&declared));
        let line = |it: crate::rules::Violation| format!("{} ({})", it.message, it.removal());
        written.violations(rule).into_iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(
        found("undeclared-dependency", "contains vcs; may_use vcs"),
        ["`vcs` uses `text::Rope`, but boundary `vcs` does not declare that it uses `text` (2)"]
    );
    assert_eq!(found("undeclared-dependency", "contains vcs; may_use text"), [""; 0]);
    assert_eq!(found("unused-permission", "contains vcs; may_use text"), [""; 0]);
}
