use crate::boundary::fixture::declarations;
use crate::rules::fixture::Written;

/// What `orders` promises: each item with its names, its text and its parts.
#[track_caller]
fn check(lib: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let text =
        format!("//- /orders/src/lib.rs lib:orders deps:anyhow\n{lib}\n//- /web/src/lib.rs lib:web deps:orders\n");
    let written = Written::new(&text, declarations(declared));
    let mut found: Vec<String> = Vec::new();
    for (_, promise) in written.context().promises() {
        let closed = if promise.closed { " closed" } else { "" };
        let said = |serde: &str| if serde.is_empty() { String::new() } else { format!(" serde({serde})") };
        let traits = if promise.traits.is_empty() { String::new() } else { format!(" +{}", promise.traits.join(" +")) };
        found.push(format!("{}: {}{closed}{traits}{}", promise.names.join(" "), promise.text, said(&promise.serde)));
        for part in &promise.parts {
            let optional = if part.optional { " optional" } else { "" };
            found.push(format!("  {} {}: {}{optional}{}", part.kind.word(), part.name, part.text, said(&part.serde)));
        }
    }
    assert_eq!(found, expected, "{found:#?}");
}

const ORDERS: &[(&str, &str)] = &[("orders", "contains orders"), ("web", "contains web")];

#[test]
fn functions_are_told_by_their_types() {
    check(
        "/// Doc.\n#[must_use]\npub async fn place<T: Clone,>(mut order: model::Order,\n  (a, b): (u8, T),) -> anyhow::Result<std::io::Error> where T: Send { a }\n\
         mod model { pub struct Order; }\n\
         pub const fn two(_: u8) -> u8 { 2 }\npub unsafe extern \"C\" fn raw(x: *const u8) {}\n",
        ORDERS,
        &[
            "orders::place: async fn place<T: Clone>(orders::model::Order, (u8, T)) -> anyhow::Result<Error> where T: Send",
            "orders::raw: unsafe extern \"C\" fn raw(*const u8)",
            "orders::two: const fn two(u8) -> u8",
        ],
    );
}

#[test]
fn structs_are_told_by_what_others_see() {
    check(
        "pub struct Both { pub a: u8, b: u8 }\npub struct All<T> where T: Copy { pub a: Vec<T>, }\npub struct Pair(pub u8, Both);\n\
         #[non_exhaustive]\npub struct Open { pub a: Option<All<u8>> }\npub struct Unit;\npub struct Hidden(u8);\n\
         pub(crate) struct Own { pub a: u8 }\n",
        ORDERS,
        &[
            "orders::All: struct All<T> where T: Copy closed",
            "  field a: Vec<T>",
            "orders::Both: struct Both",
            "  field a: u8",
            "orders::Hidden: struct Hidden",
            "orders::Open: struct Open",
            "  field a: Option<orders::All<u8>>",
            "orders::Pair: struct Pair()",
            "  field 0: u8",
            "orders::Unit: struct Unit; closed",
        ],
    );
}

#[test]
fn enums_traits_and_the_rest_are_told_with_their_parts() {
    check(
        "#[derive(Clone, Copy)]\npub enum Kind { #[doc = \"x\"] A, B(u8,), C { a: u8 }, Store(Kind) = 4 }\n\
         pub trait Store: Send { type Key: Ord; const N: usize = 1; fn get(&self, key: Self::Key) -> u8; fn all(&self) {} }\n\
         pub trait Closed: sealed::Sealed {}\nmod sealed { pub trait Sealed {} }\n\
         pub type Map<K> = std::collections::BTreeMap<K, Kind>;\npub const LIMIT: u8 = 3;\npub static NAME: &str = \"x\";\n",
        ORDERS,
        &[
            "orders::Closed: trait Closed: orders::sealed::Sealed",
            "orders::Kind: enum Kind closed +Clone +Copy",
            "  variant A: A",
            "  variant B: B(u8)",
            "  variant C: C { a: u8 }",
            "  variant Store: Store(orders::Kind) = 4",
            "orders::LIMIT: const LIMIT: u8",
            "orders::Map: type Map<K> = BTreeMap<K, orders::Kind>",
            "orders::NAME: static NAME: &str",
            "orders::Store: trait Store: Send closed",
            "  function all: fn all(&self) optional",
            "  function get: fn get(&self, Self::Key) -> u8",
            "  type Key: type Key: Ord",
            "  constant N: const N: usize optional",
        ],
    );
}

#[test]
fn methods_and_implementations_belong_to_their_type() {
    check(
        "pub struct Order { total: u8 }\nimpl Order { pub fn total(&self) -> u8 { 0 } fn own(&self) {} pub(crate) fn near(&self) {} }\n\
         impl std::fmt::Display for Order {}\nimpl Private for Order {}\ntrait Private {}\n\
         mod other { pub struct Order; impl Order { pub fn wrong(&self) {} } impl Default for Order {}\n\
         impl super::Order { pub fn far(self: Box<Self>, mut other: Order) {} } }\n",
        ORDERS,
        &[
            "orders::Order: struct Order +Display",
            "  function far: fn far(self: Box<Self>, orders::other::Order)",
            "  function total: fn total(&self) -> u8",
        ],
    );
}

#[test]
fn what_is_on_the_wire_is_told_though_nobody_sees_it() {
    check(
        "#[derive(Debug, serde::Deserialize)]\n#[serde(rename_all = \"camelCase\", default)]\n\
         pub struct Invoice { id: u64, #[serde(rename = \"n\")] pub note: Option<String> }\n\
         #[cfg_attr(feature = \"serde\", derive(Serialize), serde(untagged))]\npub enum E { #[serde(other)] A }\n",
        ORDERS,
        &[
            "orders::E: enum E closed +Serialize serde(untagged)",
            "  variant A: A serde(other)",
            "orders::Invoice: struct Invoice +Debug +Deserialize serde(default, rename_all = \"camelCase\")",
            "  field note: Option<String> serde(rename = \"n\")",
            "  private field id: u64",
        ],
    );
}

#[test]
fn an_item_has_all_names_that_the_api_gives_it() {
    let lib = "pub use model::Order;\npub use model as things;\npub mod model { pub struct Order; pub struct Line; pub(crate) struct Own; }\n";
    check(lib, ORDERS, &["orders::Order: struct Order; closed"]);
    check(
        lib,
        &[("orders", "contains orders; api pub"), ("web", "contains web")],
        &[
            "orders::model::Line orders::things::Line: struct Line; closed",
            "orders::Order orders::model::Order orders::things::Order: struct Order; closed",
        ],
    );
}

#[test]
fn code_in_no_boundary_promises_what_its_library_shows() {
    check("pub mod a { pub fn f() {} }\nfn own() {}\n", &[], &["orders::a::f: fn f()"]);
}

#[test]
fn modules_that_re_export_each_other_have_few_names() {
    let lib = "pub mod a { pub use super::b::*; pub use super::b; pub struct A; }\npub mod b { pub use super::a::*; pub use super::a; }\n";
    let text = format!("//- /orders/src/lib.rs lib:orders\n{lib}\n");
    let written = Written::new(&text, declarations(&[("orders", "contains orders; api pub")]));
    let promises = written.context().promises();
    assert_eq!(promises.len(), 1);
    assert_eq!(promises[0].1.names.first().map(String::as_str), Some("orders::a::A"));
    assert!(promises[0].1.names.len() <= 8);
}
