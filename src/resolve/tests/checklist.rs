//! Cases of `docs/resolution.md` that neither the compiler's fixtures nor the sample workspaces show.

use super::{check, model};

#[test]
fn spellings_of_a_path_attribute_are_one_file() {
    check(
        "//- /k/src/lib.rs lib:k
#[path = \"./sub/x.rs\"]
mod dotted;
#[path = \".\\\\sub\\\\y.rs\"]
mod backwards;
#[path = \"../../shared/z.rs\"]
mod outside;
mod a { pub fn f() {} }
//- /k/src/sub/x.rs
use crate::a::f;
//- /k/src/sub/y.rs
use crate::a::f;
//- /shared/z.rs
use crate::a::f;
",
        &["k::backwards -> k::a: use", "k::dotted -> k::a: use", "k::outside -> k::a: use"],
    );
}

#[test]
fn two_files_for_one_module_are_noted() {
    let model = model(
        "//- /src/lib.rs lib:k
mod a;
mod b { pub fn f() {} }
//- /src/a.rs
use crate::b::f;
//- /src/a/mod.rs
",
    );
    let notes: Vec<&str> = model.notes().iter().map(|note| note.kind).collect();
    assert_eq!((model.edge_ids().count(), notes), (1, vec!["module-file-ambiguous"]));
}

#[test]
fn texts_and_documentation_that_are_included_are_no_code() {
    let model = model(
        "//- /src/lib.rs lib:k
#![doc = include_str!(\"../README.md\")]
pub const TEXT: &str = include_str!(\"nowhere.txt\");
pub const BYTES: &[u8] = include_bytes!(\"nowhere.bin\");
",
    );
    assert_eq!((model.edge_ids().count(), model.notes().len()), (0, 0));
}

#[test]
fn variants_and_associated_functions_count_for_their_type() {
    check(
        "//- /src/lib.rs lib:k
mod m { pub enum E { V, W } pub trait T { fn make() -> i32; } }
mod globbed { use crate::m::E::*; fn f() { let _ = W; } }
mod named { use crate::m::E::V; fn f() { let _ = V; } }
mod trailing { use crate::m::E::{self}; fn f(_: E) {} }
mod of_trait { use crate::m::T::make; }
mod aliased { type A = crate::m::E; fn f() { let _ = A::V; } }
",
        &[
            "k::aliased -> k::m: type",
            "k::globbed -> k::m: use value",
            "k::named -> k::m: use value",
            "k::of_trait -> k::m: use",
            "k::trailing -> k::m: type use",
        ],
    );
}

#[test]
fn of_globs_with_one_name_the_same_definition_is_no_conflict() {
    check(
        "//- /src/lib.rs lib:k
mod a { pub fn x() {} pub fn both() {} }
mod b { pub use crate::a::x; pub fn both() {} }
mod user { use crate::a::*; use crate::b::*; fn f() { x() } }
",
        &["k::b -> k::a: reexport", "k::user -> k::a: call use", "k::user -> k::b: use"],
    );
}

#[test]
fn an_import_of_a_module_and_a_use_behind_it_are_two_edges() {
    check(
        "//- /src/lib.rs lib:k
mod outer { pub mod inner { pub fn f() {} } pub use self::inner::f; }
mod user { use crate::outer; fn g() { outer::f() } }
",
        &[
            "k::outer -> k::outer::inner: reexport",
            "k::user -> k::outer: use",
            "k::user -> k::outer::inner: call via k::outer",
        ],
    );
}

#[test]
fn constants_in_types_discriminants_and_statics_belong_to_their_item() {
    check(
        "//- /src/lib.rs lib:k
mod n { pub const N: usize = 3; }
mod array { pub struct S([u8; crate::n::N]); }
mod discriminant { pub enum E { A = crate::n::N as isize } }
mod fixed { pub static S: usize = crate::n::N; }
mod block { fn f() -> usize { const { crate::n::N } } }
",
        &[
            "k::array -> k::n: value",
            "k::block -> k::n: value",
            "k::discriminant -> k::n: value",
            "k::fixed -> k::n: value",
        ],
    );
}

#[test]
fn macros_of_another_crate_are_known_where_they_are_taken_from() {
    check(
        "//- /base/src/lib.rs lib:base
#[macro_export]
macro_rules! one { () => { $crate::m::f() } }
pub mod m { pub fn f() {} }
//- /app/src/lib.rs lib:app deps:base
#[macro_use(one)]
extern crate base;
mod a { fn f() { one!() } }
",
        &["app::a -> base: macro", "app::a -> base::m: call"],
    );
}

#[test]
fn items_under_foreign_attribute_macros_are_read_as_written() {
    check(
        "//- /src/lib.rs lib:k
mod t { pub trait T {} pub struct S; pub fn f() {} }
#[foreign::rewriting(args)]
impl t::T for t::S {}
mod a { #[foreign::main] async fn main() { crate::t::f() } }
",
        &["k -> k::t: impl", "k::a -> k::t: call"],
    );
}

#[test]
fn names_that_a_foreign_glob_may_bring_are_no_guess() {
    check(
        "//- /src/lib.rs lib:k
mod m { pub struct Known; }
mod user { use foreign::prelude::*; use crate::m::Known; fn f(_: Known, _: Elsewhere) {} }
",
        &["k::user -> k::m: type use"],
    );
}

#[test]
fn macros_that_are_items_have_paths_alone() {
    check(
        "//- /src/lib.rs lib:k
pub mod m { pub macro made() {} }
mod a { fn f() { crate::m::made!() } }
",
        &["k::a -> k::m: macro"],
    );
}

#[test]
fn code_that_is_never_built_stays_and_is_inactive() {
    check(
        "//- /src/lib.rs lib:k
mod m { pub fn f() {} }
#[cfg(any())]
mod never;
#[cfg(any())]
mod old { use crate::m::f; }
",
        &["k::old -> k::m: use [inactive]"],
    );
}

#[test]
fn two_dependencies_of_one_name_mean_the_one_that_can_be_shown() {
    check(
        "//- /base/src/lib.rs lib:base
pub mod m { pub struct X; }
//- /app/src/lib.rs lib:app deps:name=foreign,name=base
pub fn f(_: name::m::X) {}
",
        &["app -> base::m: type"],
    );
}

#[test]
fn an_import_takes_no_private_module_beside_a_public_function_of_the_same_name() {
    let model = model(
        "//- /src/lib.rs lib:k
mod m { mod x { pub fn x() {} } pub use x::x; }
mod n { use crate::m::x; fn f() { x(); } }
",
    );
    let from_n = |edge: &crate::model::EdgeId| model.path(model.edge(*edge).from) == "k::n";
    let references = model.edge_ids().filter(from_n).flat_map(|edge| model.references_of(edge));
    let named: Vec<&str> = references.map(|(_, reference)| model.path(reference.to_item)).collect();
    assert_eq!(named, ["k::m::x::x", "k::m::x::x"]);
}

#[test]
fn an_import_brings_what_is_not_built_only_where_that_is_built() {
    check(
        "//- /src/lib.rs lib:k
mod traits { pub trait Make { fn make(&self) {} } }
mod derives { pub mod deep { pub fn Make() {} } }
mod facade {
    pub use crate::traits::Make;
    #[cfg(feature = \"derive\")]
    pub(crate) use crate::derives::deep::Make;
}
mod user { use crate::facade::Make; }
mod passed_on { pub use super::user2::Make; }
mod user2 { pub(crate) use crate::facade::Make; }
",
        &[
            "k::facade -> k::derives::deep: reexport [inactive]",
            "k::facade -> k::traits: reexport",
            "k::passed_on -> k::derives::deep: reexport via k::facade, k::user2 [inactive]",
            "k::passed_on -> k::traits: reexport via k::facade, k::user2",
            "k::user -> k::derives::deep: use via k::facade [inactive]",
            "k::user -> k::traits: use via k::facade",
            "k::user2 -> k::derives::deep: reexport via k::facade [inactive]",
            "k::user2 -> k::traits: reexport via k::facade",
        ],
    );
}

#[test]
fn super_within_the_braces_of_super_goes_further_up() {
    check(
        "//- /src/lib.rs lib:k
mod errors { pub struct E; pub struct F; pub struct G; }
mod a {
    mod b { mod c { use super::{super::{super::errors::E, own::O}, super::super::errors::*}; fn f(_: F) {} } }
    mod own { pub struct O; use self::super::super::errors::G; }
}
",
        &["k::a::b::c -> k::a::own: use", "k::a::b::c -> k::errors: type use", "k::a::own -> k::errors: use"],
    );
}
