//! Macros of the workspace: which one a call means, and what its result adds.

use super::{check, model};

#[test]
fn textual_macros_follow_the_order_of_the_text() {
    check(
        "//- /src/lib.rs lib:k
mod a { pub fn f() {} }
mod b { pub fn f() {} }
macro_rules! m { () => { $crate::a::f() } }
mod first { fn g() { m!() } }
mod early;
macro_rules! m { () => { $crate::b::f() } }
mod second { fn g() { m!() } }
mod file;
fn own() { macro_rules! m { () => { crate::a::f() } } m!() }
//- /src/early.rs
fn g() { m!() }
//- /src/file.rs
fn g() { m!() }
",
        &[
            "k -> k::a: call",
            "k::early -> k: macro",
            "k::early -> k::a: call",
            "k::file -> k: macro",
            "k::file -> k::b: call",
            "k::first -> k: macro",
            "k::first -> k::a: call",
            "k::second -> k: macro",
            "k::second -> k::b: call",
        ],
    );
}

#[test]
fn an_expression_that_was_passed_on_may_begin_a_longer_one() {
    check(
        "//- /src/lib.rs lib:k
macro_rules! outer { ($a:expr, $($b:expr),*) => { inner!(of: $a.key(), all: [$($b),*].len() + $a, then: $a) } }
macro_rules! inner { (of: $x:expr, all: $y:expr, then: $z:expr) => { crate::target::f($x, $y, $z) } }
mod target { pub fn f() {} }
mod value { pub const V: u8 = 1; }
mod user { fn g() { outer!(crate::value::V, 1, 2) } }
",
        &["k::user -> k: macro", "k::user -> k::target: call", "k::user -> k::value: value"],
    );
}

#[test]
fn macros_leak_from_modules_that_say_so() {
    check(
        "//- /src/lib.rs lib:k
#[macro_use]
mod inner { macro_rules! q { () => { crate::target::f() } } }
mod hidden { macro_rules! r { () => { crate::target::f() } } }
mod target { pub fn f() {} }
mod user { fn g() { q!(); r!(); } }
",
        &["k::user -> k::inner: macro", "k::user -> k::target: call"],
    );
}

#[test]
fn exported_macros_are_items_of_the_crate_root_and_mean_their_own_crate() {
    check(
        "//- /base/src/lib.rs lib:base
mod deep { #[macro_export] macro_rules! make { ($x:expr) => { $crate::inner::build($x) } } }
pub mod inner { pub fn build(_: u8) {} }
//- /app/src/lib.rs lib:app deps:base
mod value { pub const V: u8 = 1; }
mod facade { pub use base::make as build_it; }
mod user { fn g() { base::make!(crate::value::V); crate::facade::build_it!(2) } }
",
        &[
            "app::facade -> base::deep: reexport",
            "app::user -> app::value: value",
            "app::user -> base::deep: macro via app::facade",
            "app::user -> base::inner: call",
            "base::deep -> base::inner: call",
        ]
        .into_iter()
        .filter(|line| !line.starts_with("base::deep"))
        .collect::<Vec<_>>(),
    );
}

#[test]
fn names_of_a_body_are_those_of_the_caller() {
    check(
        "//- /src/lib.rs lib:k
macro_rules! call { () => { helper() } }
mod a { pub fn helper() {} }
mod b { pub fn helper() {} }
mod x { use crate::a::helper; fn g() { call!() } }
mod y { use crate::b::helper; fn g() { call!() } }
",
        &["k::x -> k: macro", "k::x -> k::a: call use", "k::y -> k: macro", "k::y -> k::b: call use"],
    );
}

#[test]
fn modules_imports_and_items_of_a_body_are_found_by_others() {
    check(
        "//- /src/lib.rs lib:k
macro_rules! table {
    ($name:ident { $($column:ident: $ty:ty),* }) => {
        pub mod $name { pub use crate::dsl::Base; pub struct Row { $(pub $column: $ty),* } mod file_of; }
    };
}
pub mod dsl { pub struct Base; }
pub mod kinds { pub struct Id; }
table! { orders { id: crate::kinds::Id } }
mod user { use crate::orders::{Base, Row}; }
//- /src/orders/file_of.rs
use crate::kinds::Id;
",
        &[
            "k::orders -> k::dsl: reexport",
            "k::orders -> k::kinds: type",
            "k::orders::file_of -> k::kinds: use",
            "k::user -> k::dsl: use via k::orders",
            "k::user -> k::orders: use",
        ],
    );
}

#[test]
fn macros_that_macros_define_are_expanded_too() {
    check(
        "//- /src/lib.rs lib:k
mod target { pub struct T; }
macro_rules! outer { ($name:ident) => { macro_rules! $name { ($d:ident) => { pub struct $d(crate::target::T); } } $name!(Inside); } }
outer!(made);
mod user { made!(Later); fn g() -> (crate::Inside, Later) { loop {} } }
",
        &["k -> k::target: type", "k::user -> k: macro type", "k::user -> k::target: type"],
    );
}

#[test]
fn expansion_ends() {
    let model = model(
        "//- /src/lib.rs lib:k
mod target { pub fn f() {} }
macro_rules! forever { ($($t:tt)*) => { forever!(x $($t)*); } }
macro_rules! twice { ($($t:tt)*) => { { crate::target::f(); twice!($($t)* $($t)*) } } }
forever!();
mod user { fn g() { twice!(a b) } }
",
    );
    let edges: Vec<&str> = model.edge_ids().map(|id| model.path(model.edge(id).to)).collect();
    assert!(edges.contains(&"k::target"), "{edges:?}");
}

#[test]
fn calls_that_fit_no_rule_are_read_as_they_stand_and_noted() {
    let model = model(
        "//- /src/lib.rs lib:k
macro_rules! only { (a) => {} }
pub mod t { pub fn f() {} pub struct S; }
only! { pub mod declared { use crate::t::S; } }
mod user { fn g() { only!(crate::t::f()) } }
",
    );
    let edges: Vec<String> = model
        .edge_ids()
        .map(|id| format!("{} -> {}", model.path(model.edge(id).from), model.path(model.edge(id).to)))
        .collect();
    assert_eq!(edges, ["k::declared -> k::t", "k::user -> k", "k::user -> k::t"]);
    let notes: Vec<(&str, u32)> = model.notes().iter().map(|note| (note.kind, note.at.unwrap().line)).collect();
    assert_eq!(notes, [("macro-not-expanded", 3), ("macro-not-expanded", 4)]);
}

#[test]
fn arguments_of_other_crates_macros_are_read_as_items() {
    check(
        "//- /src/lib.rs lib:k deps:other
mod t { pub struct S; }
other::wrap! { pub mod inner { pub struct X; use crate::t::S; } }
unknown! { pub fn f(_: inner::X) {} }
mod user { use crate::f; }
",
        &["k -> k::inner: type", "k::inner -> k::t: use", "k::user -> k: use"],
    );
}

#[test]
fn locals_are_no_references_of_an_expansion() {
    check(
        "//- /src/lib.rs lib:k
mod t { pub fn go(_: u8) {} pub const LIMIT: u8 = 1; }
mod user {
    use crate::t::{LIMIT, go};
    macro_rules! run { ($e:expr, $f:ident) => { { let go = 1; $f($e); $e } } }
    fn g(go: u8) { run!(go, drop); }
    fn h() { run!(LIMIT, go); }
}
",
        &["k::user -> k::t: call use value"],
    );
}

#[test]
fn items_of_a_macro_in_a_body_stay_there() {
    check(
        "//- /src/lib.rs lib:k
mod t { pub struct T; }
macro_rules! local { ($n:ident) => { struct $n(crate::t::T); impl $n { fn new() -> u8 { 0 } } } }
pub fn f() { local!(Here); }
mod user { use crate::*; fn g(_: Here) {} }
",
        &["k -> k::t: type", "k::user -> k: use"],
    );
}

#[test]
fn methods_of_a_macro_belong_to_the_impl_around() {
    let model = model(
        "//- /src/lib.rs lib:k
mod t { pub fn f() {} }
macro_rules! methods { ($($n:ident)*) => { $(pub fn $n(&self) { crate::t::f() })* } }
pub struct S;
impl S { methods!(one two); }
",
    );
    assert!(model.find("k::S::one").is_some() && model.find("k::S::two").is_some());
}

#[test]
fn a_generated_procedural_macro_belongs_to_its_crate() {
    check(
        "//- /derive/src/lib.rs proc-macro:derives
synstructure::decl_derive!([Fold] => fold_derive);
//- /app/src/lib.rs lib:app deps:derives
use derives::Fold;
#[derive(Fold)]
pub struct S;
",
        &["app -> derives: derive use"],
    );
}

#[test]
fn well_known_macros_of_other_crates_declare_what_they_declare() {
    check(
        "//- /src/lib.rs lib:k deps:diesel
pub mod schema {
    pub mod sql_types { pub struct Kind; }
    diesel::table! {
        use diesel::sql_types::*;
        use super::sql_types::Kind;
        person (id) { id -> Int4, #[max_length = 20] name -> Varchar, kind -> Nullable<Kind>, }
    }
    diesel::table! { post (id) { id -> Int4 } }
    diesel::joinable!(post -> person (id));
}
mod user { use crate::schema::{person, post::dsl::id}; fn f() { person::table; person::name; id; } }
mod row { #[derive(diesel::Insertable)] #[diesel(table_name = crate::schema::post)] struct New { id: i32 } }
",
        &[
            "k::row -> k::schema::post: type",
            "k::row -> k::schema::post::columns: type via k::schema::post",
            "k::schema -> k::schema::person: type",
            "k::schema -> k::schema::post: type",
            "k::schema -> k::schema::post::columns: value via k::schema::post",
            "k::schema::person -> k::schema::person::columns: reexport",
            "k::schema::person -> k::schema::sql_types: use",
            "k::schema::person::columns -> k::schema::person: use value",
            "k::schema::person::columns -> k::schema::sql_types: type via k::schema::person",
            "k::schema::person::dsl -> k::schema::person: reexport",
            "k::schema::person::dsl -> k::schema::person::columns: reexport",
            "k::schema::post -> k::schema::post::columns: reexport",
            "k::schema::post::columns -> k::schema::post: use value",
            "k::schema::post::dsl -> k::schema::post: reexport",
            "k::schema::post::dsl -> k::schema::post::columns: reexport",
            "k::user -> k::schema::person: use value",
            "k::user -> k::schema::person::columns: value via k::schema::person",
            "k::user -> k::schema::post::columns: use value via k::schema::post::dsl",
        ],
    );
}

#[test]
fn macros_of_one_name_that_one_call_defines_are_told_apart() {
    let text = "//- /src/lib.rs lib:k
macro_rules! if_same {
    ($a:tt $b:tt $then:tt else $otherwise:tt) => {
        macro_rules! __choose { ($a $a) => $then; ($a $b) => $otherwise }
        __choose!($a $b);
    };
}
macro_rules! all { ($($a:tt $b:tt $then:tt else $otherwise:tt)*) => { $(if_same! { $a $b $then else $otherwise })* } }
pub mod made {
    all! {
        x x { pub mod same { pub struct S; } } else { pub mod differs { pub struct S; } }
        y z { pub mod equal { pub struct E; } } else { pub mod unequal { pub struct E; } }
    }
}
pub mod user { fn f(_: crate::made::same::S, _: crate::made::unequal::E) {} }
";
    check(text, &["k::made -> k: macro", "k::user -> k::made::same: type", "k::user -> k::made::unequal: type"]);
    assert_eq!(model(text).notes(), []);
}
