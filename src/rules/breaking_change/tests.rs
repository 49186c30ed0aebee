use crate::boundary::fixture::declarations;
use crate::rules::fixture::Written;
use crate::rules::{Earlier, Violation, find};

fn written(lib: &str, declared: &str) -> Written {
    let text = format!(
        "//- /orders/src/lib.rs lib:orders deps:serde,anyhow,eyre\n{lib}\n//- /web/src/lib.rs lib:web deps:orders\n"
    );
    Written::new(&text, declarations(&[("orders", declared), ("web", "contains web")]))
}

fn violations(before: &str, after: &str, declared: &str) -> Vec<Violation> {
    let (before, after) = (written(before, declared), written(after, declared));
    let earlier = Earlier::of(&before.context());
    (find("breaking-change").unwrap().check)(&after.context().with_earlier(Some(&earlier)))
}

/// The messages, without what is the same in all.
#[track_caller]
fn check(before: &str, after: &str, expected: &[&str]) {
    let found = violations(before, after, "contains orders; stable true");
    let told: Vec<String> =
        found.iter().map(|it| it.message.replace(" in the stable API of `orders`", "").replace("the ", "")).collect();
    assert_eq!(told, expected, "{told:#?}");
}

#[test]
fn what_is_removed_breaks() {
    check(
        "pub fn f() {}\npub struct S;",
        "pub struct S;",
        &["function `orders::f` was removed (it stood at orders/src/lib.rs:1)"],
    );
    check("pub fn f() {}", "fn f() {}", &["function `orders::f` was removed (it stood at orders/src/lib.rs:1)"]);
    check("pub struct S { pub a: u8, b: u8 }", "pub struct S { b: u8 }", &["struct `orders::S` field `a` was removed"]);
    check("pub enum E { A, B }", "pub enum E { A }", &["enum `orders::E` variant `B` was removed"]);
    check(
        "pub struct S;\nimpl S { pub fn f(&self) {} }",
        "pub struct S;\nimpl S { pub(crate) fn f(&self) {} }",
        &["struct `orders::S` function `f` was removed"],
    );
    check("#[derive(Clone)]\npub struct S;", "pub struct S;", &["struct `orders::S` no longer implements `Clone`"]);
}

#[test]
fn what_is_added_is_quiet() {
    check("pub struct S;", "pub struct S;\npub fn f() {}\nimpl S { pub fn f() {} }\nimpl Clone for S {}", &[]);
    check("#[non_exhaustive] pub enum E { A }", "#[non_exhaustive] pub enum E { A, B }", &[]);
    check("pub struct S { pub a: u8, b: u8 }", "pub struct S { pub a: u8, b: u8, pub c: u8 }", &[]);
    check(
        "#[non_exhaustive] pub struct S { pub a: u8 }",
        "#[non_exhaustive] pub struct S { pub a: u8, pub c: u8 }",
        &[],
    );
    check("pub trait T {}", "pub trait T { fn f(&self) {} const N: u8 = 1; }", &[]);
    check(
        "pub trait T: p::Sealed {}\nmod p { pub trait Sealed {} }",
        "pub trait T: p::Sealed { fn f(&self); }\nmod p { pub trait Sealed {} }",
        &[],
    );
    check("pub fn f() {}", "pub const fn f() {}", &[]);
    check("pub unsafe fn f() {}", "pub fn f() {}", &[]);
}

#[test]
fn what_is_added_and_must_be_known_breaks() {
    check(
        "pub enum E { A }",
        "pub enum E { A, B }",
        &["enum `orders::E` variant `B` was added, and enum is not `#[non_exhaustive]`"],
    );
    check(
        "pub struct S { pub a: u8 }",
        "pub struct S { pub a: u8, pub b: u8 }",
        &["struct `orders::S` field `b` was added, and others may build or match struct field by field"],
    );
    check(
        "pub struct S { pub a: u8 }",
        "pub struct S { pub a: u8, b: u8 }",
        &["struct `orders::S` can no longer be built or matched field by field: not all of its fields can be seen"],
    );
    check(
        "pub trait T {}",
        "pub trait T { fn f(&self); }",
        &["trait `orders::T` function `f` was added, and who implements trait does not have it"],
    );
    check(
        "pub trait T { fn f(&self) {} }",
        "pub trait T { fn f(&self); }",
        &["trait `orders::T` function `f` must be implemented now"],
    );
    check(
        "pub enum E { A }",
        "#[non_exhaustive] pub enum E { A, B }",
        &["enum `orders::E` is `#[non_exhaustive]` now: every `match` on it needs an arm for rest"],
    );
}

#[test]
fn a_signature_that_changed_breaks() {
    check("pub fn f(a: u8) {}", "pub fn f(a: u16) {}", &["function `orders::f` is `fn f(u16)`, was `fn f(u8)`"]);
    check("pub fn f() {}", "pub async fn f() {}", &["function `orders::f` is `async fn f()`, was `fn f()`"]);
    check(
        "pub fn f() {}",
        "pub struct f { pub a: u8 }",
        &["function `orders::f` was removed (it stood at orders/src/lib.rs:1)"],
    );
    check("pub struct S { pub a: u8 }", "pub enum S { A }", &["struct `orders::S` is an enum, was a struct"]);
    check(
        "pub struct S { pub a: u8 }",
        "pub struct S { pub a: u16 }",
        &["struct `orders::S` field `a` is `u16`, was `u8`"],
    );
    check("pub type T = u8;", "pub type T = u16;", &["type alias `orders::T` is `type T = u16`, was `type T = u8`"]);
    check(
        "pub const N: u8 = 1;",
        "pub const N: u16 = 1;",
        &["constant `orders::N` is `const N: u16`, was `const N: u8`"],
    );
    check(
        "pub fn f() -> anyhow::Result<()> { loop {} }",
        "use eyre::Result;\npub fn f() -> Result<()> { loop {} }",
        &["function `orders::f` is `fn f() -> eyre::Result<()>`, was `fn f() -> anyhow::Result<()>`"],
    );
}

#[test]
fn what_nobody_sees_is_quiet() {
    check("pub fn f(a: u8) -> u8 { a }", "/// Doc.\n#[inline]\npub fn f(\n    b: u8,\n) -> u8 {\n    b + 1\n}", &[]);
    check("pub const N: u8 = 1;", "pub const N: u8 = 2;", &[]);
    check("pub struct S { a: u8 }", "pub struct S(u16, u8);", &[]);
    check(
        "pub fn f() -> anyhow::Result<()> { loop {} }",
        "use anyhow::Result;\npub fn f() -> Result<()> { loop {} }",
        &[],
    );
    check("pub struct S;\ntrait P {}\nimpl P for S {}", "pub struct S;", &[]);
    check("#[derive(Clone)]\npub struct S;", "pub struct S;\nimpl Clone for S {}", &[]);
}

#[test]
fn what_moved_and_kept_its_name_is_quiet() {
    check(
        "pub fn f(a: Order) {}\npub struct Order;",
        "pub fn f(a: Order) {}\nmod model { pub struct Order; }\npub use model::Order;",
        &[],
    );
    check(
        "pub mod v1 { pub struct Order; }\npub mod v2 { pub struct Order; }\npub fn f(a: v1::Order) {}",
        "pub mod v1 { pub struct Order; }\npub mod v2 { pub struct Order; }\npub fn f(a: v2::Order) {}",
        &["function `orders::f` is `fn f(orders::v2::Order)`, was `fn f(orders::v1::Order)`"],
    );
}

#[test]
fn a_new_name_is_told_as_such() {
    check(
        "pub struct Order { pub id: u8, pub total: u8 }",
        "pub struct Purchase { pub id: u8, pub total: u8 }",
        &["struct `orders::Order` can no longer be named `orders::Order`, only `orders::Purchase`"],
    );
}

#[test]
fn what_is_on_the_wire_is_part_of_the_promise() {
    let of =
        |fields: &str| format!("#[derive(serde::Serialize, serde::Deserialize)]\npub struct S {{ a: u8, {fields} }}");
    let check = |before: &str, after: &str, expected: &[&str]| check(&of(before), &of(after), expected);
    check("", "b: Option<u8>", &[]);
    check("", "#[serde(default)] b: u8", &[]);
    check("", "#[serde(skip)] b: u8", &[]);
    check(
        "",
        "b: u8",
        &["struct `orders::S` private field `b` was added, and it is required in what others wrote or send without it"],
    );
    check("b: u8", "", &["struct `orders::S` private field `b` was removed"]);
    check("b: u8", "b: u16", &["struct `orders::S` private field `b` is `u16`, was `u8`"]);
    check("b: u8", "#[serde(alias = \"c\")] b: u8", &[]);
    check(
        "b: u8",
        "#[serde(rename = \"c\")] b: u8",
        &[
            "struct `orders::S` private field `b` is written otherwise: `#[serde(rename = \"c\")]`, was without an attribute",
        ],
    );
}

#[test]
fn without_an_earlier_revision_or_a_stable_boundary_nothing_is_found() {
    let (before, after) = ("pub fn f() {}", "");
    assert_eq!(violations(before, after, "contains orders").len(), 0);
    assert_eq!(violations(before, after, "contains orders; stable true").len(), 1);
    let alone = written(after, "contains orders; stable true");
    assert_eq!(alone.violations("breaking-change"), []);
}

#[test]
fn each_thing_that_changed_has_its_place() {
    let found = violations(
        "pub struct S {\n    pub a: u8,\n    pub b: u8,\n}\nimpl S {\n    pub fn f(&self) {}\n}",
        "pub struct S {\n    pub a: u8,\n    pub b: u16,\n}\nimpl S {\n    pub fn f(&self, n: u8) {}\n}",
        "contains orders; stable true",
    );
    let lib = written(
        "pub struct S {\n    pub a: u8,\n    pub b: u16,\n}\nimpl S {\n    pub fn f(&self, n: u8) {}\n}",
        "contains orders",
    );
    let sources = lib.context().sources.unwrap();
    let [violation] = &found[..] else { panic!("{found:?}") };
    let text = |(file, span): &(crate::source::FileId, crate::source::Span)| {
        sources.file(*file).text[span.start as usize..span.end as usize].to_owned()
    };
    assert_eq!(violation.places.iter().map(text).collect::<Vec<_>>(), ["pub b: u16,", "pub fn f(&self, n: u8) {}"]);
    assert_eq!((violation.from.as_str(), violation.to.as_str()), ("orders", "orders::S"));
}
