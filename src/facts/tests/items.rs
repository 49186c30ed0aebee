//! Items, imports, attributes and conditions.

use super::super::dump::{imports, items, macros, paths, scopes};
use super::*;

#[test]
fn every_kind_of_item_is_found_with_its_visibility() {
    check(
        items,
        "
        pub mod a; mod b { pub(super) struct S; }
        pub(crate) struct T(u8); struct R { x: u8 } union U { x: u8 }
        pub(in crate::a) enum E { A, B(u8), C { x: u8 } }
        trait Tr { type A; const B: u8; fn c(); } trait Al = Tr;
        impl R { pub fn m(&self) {} const K: u8 = 1; }
        impl Tr for R { type A = u8; fn c() {} }
        type X = u8; const Y: u8 = 1; const _: () = (); static Z: u8 = 1;
        extern \"C\" { pub fn c_fn(); static C: u8; }
        macro_rules! mr { () => {} } pub macro m2() {}
        pub async unsafe fn f() {}
        ",
        "
        pub module a;
        module b
        pub(super) struct S [value] in 1
        pub(crate) struct T [value]
        struct R
        union U
        pub(in crate::a) enum E
        inherited variant A [value] of E
        inherited variant B [value] of E
        inherited variant C of E
        trait Tr
        inherited associated type A of Tr
        inherited associated constant B of Tr
        inherited method c of Tr
        trait alias Al
        impl _ [R]
        pub method m of impl
        associated constant K of impl
        impl _ [Tr for R]
        inherited associated type A of impl
        inherited method c of impl
        type alias X
        constant Y
        constant _
        static Z
        pub function c_fn
        static C
        macro mr
        pub macro m2
        pub function f
        ",
    );
}

#[test]
fn names_have_their_place_and_items_theirs() {
    let text = "/// doc\n#[inline]\npub fn r#fn() {}\n";
    let found = facts(text);
    let item = &found.items[0];
    assert_eq!(found.name(item.name.unwrap()), "fn");
    assert_eq!(&text[item.name_span.start as usize..item.name_span.end as usize], "r#fn");
    assert_eq!(&text[item.span.start as usize..item.span.end as usize], "#[inline]\npub fn r#fn() {}");
}

#[test]
fn use_trees_are_flattened() {
    check(
        imports,
        "
        use a; use a::b as c; pub use a::{b::{self as bb, c as d}, e::*, self};
        use {x::y, ::z}; use ::{core::mem, std::fmt}; use *; use crate::*;
        use crate as r; use super as parent; use self::super::q; use super::super::{s, self as up};
        use Tr as _; use r#type::r#fn; use m::E::self; pub(crate) use crate::{a, b::{c}};
        ",
        "
        a as a
        a::b as c
        pub a::b::{self} as bb
        pub a::b::c as d
        pub a::e::*
        pub a::{self} as a
        x::y as y
        ::z as z
        ::core::mem as mem
        ::std::fmt as fmt
        ::*
        crate::*
        crate as r
        super as parent
        super::q as q
        super::super::s as s
        super::super::{self} as up
        Tr as _
        type::fn as fn
        m::E::{self} as E
        pub(crate) crate::a as a
        pub(crate) crate::b::c as c
        ",
    );
}

#[test]
fn extern_crates_are_imports() {
    check(
        imports,
        "extern crate a; pub extern crate b as c; extern crate self as me; #[macro_use(x)] extern crate d as _;",
        "
        crate a as a
        pub crate b as c
        crate crate as me
        crate d as _ [macro_use]
        ",
    );
}

#[test]
fn conditions_are_conjoined_with_those_around() {
    check(
        items,
        "
        #![cfg(unix)]
        #[cfg(feature = \"x\")] mod a { #[cfg(all(not(y), any(z, unix)))] fn f() {} }
        mod b { #![cfg(inner)] fn g() {} }
        #[cfg_attr(c, cfg(d))] fn h() {}
        #[cfg(false)] enum E { #[cfg(v)] V }
        #[cfg(e)] impl S { #[cfg(f)] fn m() {} }
        #[cfg(g)] extern { #[cfg(h)] fn i(); }
        ",
        "
        module a if all(unix, feature=x)
        function f in 1 if all(unix, feature=x, not(y), any(z, unix))
        module b if all(unix, inner)
        function g in 2 if all(unix, inner)
        function h if all(unix, any(not(c), d))
        enum E if all(unix, false)
        inherited variant V [value] of E if all(unix, false, v)
        impl _ [S] if all(unix, e)
        method m of impl if all(unix, e, f)
        function i if all(unix, g, h)
        ",
    );
}

#[test]
fn test_functions_are_built_for_tests_alone() {
    check(
        items,
        "
        #[test] fn a() {} #[tokio::test(flavor = \"x\")] async fn b() {} #[rstest] fn c() {}
        #[cfg_attr(x, test)] fn d() {} #[cfg(test)] mod t { #[bench] fn e() {} } #[inline] fn f() {}
        ",
        "
        function a [test] if test
        function b [test] if test
        function c [test] if test
        function d [test] if any(not(x), test)
        module t if test
        function e [test] in 1 if test
        function f
        ",
    );
}

#[test]
fn conditions_of_smaller_parts_hold_for_the_paths_in_them() {
    check(
        paths,
        "
        struct S<#[cfg(p)] T: P> { #[cfg(a)] x: A, #[cfg(b)] y: B }
        fn f(#[cfg(q)] z: Q) {
            #[cfg(c)] let v = C;
            #[cfg(d)] d::d();
            match z { #[cfg(e)] E::E => e::e(), _ => S2 { #[cfg(g)] g: G, ..H } };
            #[cfg(i)] { i::i(); }
            #[cfg(j)] j!(J);
            let R { #[cfg(k)] k: K(_), .. } = z;
        }
        ",
        "
        Type P of S if p
        Type A of S if a
        Type B of S if b
        Type Q of f if q
        Value C of f if c
        Call d::d of f if d
        Pattern E::E of f if e
        Call e::e of f if e
        Type S2 of f
        Value G of f if g
        Value H of f
        Call i::i of f if i
        Macro j of f if j
        GenericArgument J (argument) of f if j
        Type R of f
        Pattern K of f if k
        ",
    );
}

#[test]
fn modules_have_their_path_attributes() {
    check(
        items,
        r##"
        #[path = "x\\y.rs"] mod a; #[macro_use] mod b; #[cfg_attr(unix, path = "u.rs")] #[cfg_attr(windows, path = r"w.rs")] mod c;
        #[cfg(k)] #[path = "d"] mod d { mod e; }
        "##,
        r"
        module a; [path x\y.rs]
        module b; [macro_use]
        module c; [path u.rs if unix] [path w.rs if windows]
        module d [path d if k] if k
        module e; in 1 if k
        ",
    );
}

#[test]
fn attributes_name_the_macros_that_are_not_built_in() {
    check(
        paths,
        "
        #[derive(Clone, serde::Serialize, ::std::fmt::Debug)] #[serde(rename = \"x\")] #[cfg_attr(f, derive(F), own::attr)]
        #[allow(x)] #[rustfmt::skip] #[clippy::y] struct S { #[helper] x: u8 }
        #[tokio::main] #[unsafe(no_mangle)] fn f() {}
        ",
        "
        Derive Clone of S
        Derive serde::Serialize of S
        Derive ::std::fmt::Debug of S
        Attribute serde of S
        Derive F of S if f
        Attribute own::attr of S if f
        Type u8 of S
        Attribute tokio::main of f
        ",
    );
}

#[test]
fn procedural_macros_export_their_names() {
    check(
        items,
        "
        #[proc_macro] pub fn a(i: T) -> T {} #[proc_macro_attribute] pub fn b() {}
        #[proc_macro_derive(Name, attributes(x))] pub fn c() {}
        ",
        "
        pub procedural macro a [function a]
        pub procedural macro b [attribute b]
        pub procedural macro c [derive Name]
        ",
    );
}

#[test]
fn file_attributes_are_found() {
    let found = facts("#![no_std]\n#![no_implicit_prelude]\n#![macro_use]\n#![cfg(x)]\n#![cfg_attr(y, no_core)]");
    let attrs = &found.file_attrs;
    assert!(attrs.no_std && attrs.no_implicit_prelude && attrs.macro_use && !attrs.no_core);
    assert_eq!(found.cfg(attrs.cfg), &CfgExpr::Flag("x".into()));
}

#[test]
fn the_header_of_an_impl_has_roles() {
    check(
        paths,
        "
        impl<T: B> a::Tr<X> for (b::S<T, Y>) where T: C {} impl !Send for Z {} impl Q for &R {} impl<T> W for T {}
        impl crate::a::S { fn f(self: Box<Self>) -> Self::X {} }
        ",
        "
        Type B of impl
        ImplTrait a::Tr of impl
        GenericArgument X of impl
        ImplType b::S of impl
        GenericArgument Y of impl
        Type C of impl
        ImplTrait Send of impl
        ImplType Z of impl
        ImplTrait Q of impl
        Type R of impl
        ImplTrait W of impl
        ImplType crate::a::S of impl
        Type Box of f
        ",
    );
}

#[test]
fn blocks_with_items_are_scopes() {
    let text = "
        fn f() { g(); fn g() {} { h(); } { use a::h; h(); } mod m { fn i() {} } }
        const _: () = { use t::Tr; impl Tr for S {} };
    ";
    check(
        scopes,
        text,
        "
        1: block in 0
        2: block in 1
        3: module m in 1
        4: block in 0
        ",
    );
    check(
        items,
        text,
        "
        function f
        function g in 1 of f
        module m in 1 of f
        function i in 3
        constant _
        impl _ [Tr for S] in 4
        ",
    );
    check(
        paths,
        text,
        "
        Call g in 1 of f
        Call h in 1 of f
        Call h in 2 of f
        ImplTrait Tr in 4 of impl
        ImplType S in 4 of impl
        ",
    );
    check(imports, text, "a::h as h in 2 of f\n t::Tr as Tr in 4");
}

#[test]
fn visibility_paths_are_references() {
    check(
        paths,
        "pub(in crate::a) fn f() {} struct S { pub(in super::b) x: u8, pub(super) y: u8 }",
        "
        Visibility crate::a of f
        Visibility super::b of S
        Type u8 of S
        Type u8 of S
    ",
    );
}

#[test]
fn macro_definitions_name_nothing_until_they_are_expanded() {
    let text = "
        #[macro_export(local_inner_macros)]
        macro_rules! m { ($a:ident) => { $crate::a::b::<$a>() }; () => ( self::g::H { } ) }
        pub macro n($x:expr) { $crate::inner!($x) }
    ";
    check(macros, text, "macro m exported inner textual\n macro n");
    check(paths, text, "");
}

#[test]
fn attributes_for_derive_macros_name_what_their_values_are() {
    check(
        paths,
        r#"
        #[derive(D)]
        #[cfg_attr(full, diesel(table_name = orders, belongs_to(Parent, key = x)))]
        #[diesel(belongs_to(super::post::Post), check_for_backend(diesel::pg::Pg))]
        #[serde(rename = "a::b", default = "crate::f", bound(serialize = "no"))]
        struct S {
            #[serde(with = "super::m", rename = "url")] a: u8,
            #[schemars(with = "Option<self::Id>", flatten)] b: u8,
            #[arg(long, value_parser = parse::it, help = "x", default_value_t = 1 + y)] c: u8,
        }
        enum E { #[serde(skip_serializing_if = "g")] A }
        #[instrument(fields(user = user))] fn f(user: u8) {}
        "#,
        "
        GenericArgument orders (scan) of S if full
        GenericArgument orders::star (scan) of S if full
        GenericArgument Parent (scan) of S if full
        GenericArgument x (scan) of S if full
        GenericArgument super::post::Post (scan) of S
        GenericArgument diesel::pg::Pg (scan) of S
        GenericArgument crate::f (scan) of S
        Derive D of S
        Attribute diesel of S if full
        Attribute diesel of S
        Attribute serde of S
        GenericArgument super::m (scan) of S
        Type u8 of S
        GenericArgument Option (scan) of S
        GenericArgument self::Id (scan) of S
        Type u8 of S
        GenericArgument parse::it (scan) of S
        Type u8 of S
        GenericArgument g (scan) of A
        Attribute instrument of f
        Type u8 of f
        ",
    );
}
