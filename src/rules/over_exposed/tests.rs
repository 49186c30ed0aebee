use crate::boundary::fixture::declarations;
use crate::rules::fixture::Written;

/// `from -> to: route` of what is found in a library `orders` that `web` uses.
#[track_caller]
fn check(orders: &str, web: &str, expected: &[&str]) {
    check_declared(orders, web, &[], expected);
}

#[track_caller]
fn check_declared(orders: &str, web: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let text = format!("//- /orders/src/lib.rs lib:orders\n{orders}\n//- /web/src/lib.rs lib:web deps:orders\n{web}\n");
    let written = Written::new(&text, declarations(declared));
    let found: Vec<String> = written
        .violations("over-exposed")
        .into_iter()
        .map(|it| format!("{}: {}", it.to, it.route.unwrap_or_default()))
        .collect();
    assert_eq!(found, expected);
}

const USES_ORDER: &str = "use orders::Order;";

#[test]
fn what_no_other_crate_needs_is_found() {
    check(
        "pub struct Order; pub fn next() -> u64 { 1 } pub const MOST: u8 = 1; fn own() { next(); }",
        USES_ORDER,
        &["orders::MOST: write `pub(crate) const MOST`", "orders::next: write `pub(crate) fn next`"],
    );
}

#[test]
fn a_module_that_nobody_names_is_told_once_and_what_it_re_exports_stays() {
    check(
        "pub mod storage { pub struct Order; pub struct Row; pub struct Table; } pub use storage::Order;",
        USES_ORDER,
        &["orders::storage: write `pub(crate) mod storage`; what others use of it has another name, and keeps it"],
    );
    check(
        "pub struct Order; pub mod storage { pub struct Row; }",
        USES_ORDER,
        &["orders::storage: write `pub(crate) mod storage`"],
    );
    check(
        "pub mod storage { pub struct Order; pub struct Row; }",
        "use orders::storage::Order;",
        &["orders::storage::Row: write `pub(crate) struct Row`"],
    );
}

#[test]
fn what_is_shown_by_something_needed_is_needed() {
    let shown = "
        pub struct Order { pub line: Line, price: Price }
        pub struct Line; pub struct Price; pub struct Error; pub trait Bound {} pub struct Item; pub struct Made;
        impl Order { pub fn pay<B: Bound>(&self) -> Result<(), Error> { Price; Ok(()) } fn own(&self) -> Price { Price } }
        impl Iterator for Order { type Item = Item; fn next(&mut self) -> Option<Item> { None } }
        impl From<Made> for Order { fn from(made: Made) -> Self { loop {} } }
    ";
    check(shown, USES_ORDER, &["orders::Price: write `pub(crate) struct Price`"]);
}

#[test]
fn signatures_reach_into_other_modules() {
    check(
        "mod parts; pub use parts::*; pub fn order() -> Part { loop {} }
//- /orders/src/parts.rs
pub struct Part; pub struct Other; impl Part { pub fn inner(&self) -> Inner { Inner } } pub struct Inner;",
        "fn f() { orders::order(); }",
        &["orders::parts::Other: write `pub(crate) struct Other`; its re-export shrinks with it"],
    );
}

#[test]
fn tests_examples_and_inactive_code_need_things_too() {
    check(
        "pub struct Order; pub fn next() {}",
        "use orders::Order; #[cfg(test)] mod tests { fn f() { orders::next(); } }",
        &[],
    );
    check("pub struct Order; pub fn next() {}", "use orders::Order; #[cfg(windows)] fn f() { orders::next(); }", &[]);
    check("pub struct Order;\n/// ```\n/// orders::next();\n/// ```\npub fn next() {}", USES_ORDER, &[]);
}

#[test]
fn what_a_linker_or_a_macro_may_use_is_left_alone() {
    check(
        "pub struct Order; #[no_mangle] pub extern \"C\" fn next() {} #[route(get)] pub fn index() {}",
        USES_ORDER,
        &[],
    );
    check(
        "pub struct Order; pub fn next() {} #[macro_export] macro_rules! order { () => { $crate::next() } }",
        USES_ORDER,
        &[],
    );
}

#[test]
fn private_code_and_crates_that_nobody_uses_are_quiet() {
    check("pub struct Order; mod own { pub fn next() {} } pub(crate) fn more() {}", USES_ORDER, &[]);
    check("pub struct Order; pub fn next() {}", "", &[]);
}

#[test]
fn published_libraries_are_quiet() {
    let text = "//- /o/src/lib.rs lib:published_orders\npub struct Order; pub fn next() {}\n\
                //- /web/src/lib.rs lib:web deps:published_orders\nuse published_orders::Order;\n";
    assert!(Written::new(text, declarations(&[])).violations("over-exposed").is_empty());
}

#[test]
fn a_boundary_of_one_module_shows_too_much_to_its_own_crate() {
    check_declared(
        "pub mod pay; mod page; use pay::Pay; pub struct Order;
//- /orders/src/pay.rs
pub struct Pay; pub(crate) fn next() {} mod deep; pub(crate) use deep::{far, Near}; fn own() { next(); }
//- /orders/src/pay/deep.rs
pub(crate) fn far() {} pub struct Near; mod deeper { pub(crate) fn hidden() {} }",
        "use orders::Order; use orders::pay::Pay;",
        &[("pay", "contains orders::pay"), ("orders", "contains orders")],
        &[
            "orders::pay::next: write `fn next`",
            "orders::pay::deep::Near: write `pub(super) struct Near`; its re-export shrinks with it",
            "orders::pay::deep::far: write `pub(super) fn far`; its re-export shrinks with it",
        ],
    );
}

#[test]
fn generated_code_and_test_support_are_quiet() {
    for role in ["generated", "test-support"] {
        let declared = format!("contains orders; role {role}");
        check_declared("pub struct Order; pub fn next() {}", USES_ORDER, &[("orders", &declared)], &[]);
    }
}

#[test]
fn what_a_literal_names_is_needed() {
    let orders = "pub struct Order; pub static MIGRATIONS: u8 = 1; pub mod deep { pub static OTHER: u8 = 1; } pub use deep::OTHER;";
    let web = "use orders::Order; #[migrated(by = \"orders::MIGRATIONS\", and = \"orders::OTHER\")] fn t() {}";
    check(
        orders,
        web,
        &["orders::deep: write `pub(crate) mod deep`; what others use of it has another name, and keeps it"],
    );
}

#[test]
fn what_a_derive_of_entities_names_is_needed() {
    let orders = "pub struct Order; pub mod row { #[derive(DeriveEntityModel)] pub struct Model; pub enum Relation {} \
                  pub enum Other {} }";
    check(orders, "use orders::Order; use orders::row::Model;", &["orders::row::Other: write `pub(crate) enum Other`"]);
}
