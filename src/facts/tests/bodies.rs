//! Paths in types, expressions and patterns, and the locals that are no paths.

use super::super::dump::paths;
use super::*;

/// The paths in the body and signature of a function.
#[track_caller]
fn check_body(text: &str, expected: &str) {
    let found = facts(text);
    assert_eq!(found.problems, []);
    let lines: Vec<String> = paths(&found)
        .lines()
        .map(|line| line.split(" of ").next().unwrap().split(" in ").next().unwrap().to_owned())
        .collect();
    let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected);
}

#[test]
fn paths_in_types_are_found_at_every_depth() {
    check_body(
        "fn f<T: a::B + ?Sized, const N: c::D>(x: &[e::F; g::H], y: (I, *const J), z: fn(k: K) -> L) -> impl M<N, Item = O>
            + use<'a, T> where for<'a> T: P<'a>, Q<T>: dyn_::R {}",
        "Type a::B; Type Sized; Type c::D; Type e::F; Value g::H; Type I; Type J; Type K; Type L; Type M; Type O; Type P;
         Type Q; Type dyn_::R",
    );
    check_body(
        "type X = Box<dyn Fn(A, &B) -> C + Send>; struct S<T = d::E, const N: usize = { f::G }>(T);",
        "Type Box; Type Fn; Type A; Type B; Type C; Type Send; Type d::E; Type usize; Value f::G",
    );
}

#[test]
fn generic_arguments_that_are_plain_names_may_be_constants() {
    check_body(
        "fn f(_: A<N>, _: A<{ k::N }>, _: a::A<b::C, D<E>, Item = G, 3>, _: Fn(H)) { A::<I>::j(); x.y::<K>() }",
        "Type A; GenericArgument N; Type A; Value k::N; Type a::A; Type b::C; Type D; GenericArgument E; Type G;
         Type Fn; Type H; Call A::j; GenericArgument I; Value x; GenericArgument K",
    );
}

#[test]
fn qualified_types_give_the_type_and_the_trait() {
    check_body(
        "fn f<T>() { <S as t::Tr<A>>::m::<B>(); <U>::n(); T::X; Self::Y; let _: <T as Q>::R; }",
        "Type S; Type t::Tr; GenericArgument A; GenericArgument B; Type U; Type Q",
    );
}

#[test]
fn expressions_have_roles() {
    check_body(
        "fn f() { a::b; c::d(e); S { x: g::h, ..t }; j!(); k.l(m).n; &o[p..q]; r as s::T; (u)(v); |w: W| w; return y; }",
        "Value a::b; Call c::d; Value e; Type S; Value g::h; Value t; Macro j; Value k; Value m; Value o; Value p; Value q;
         Value r; Type s::T; Value u; Value v; Type W; Value y",
    );
    check_body(
        "async fn f() { async move { a::b().await }; const { c() }; unsafe { d() }; 'l: loop { break 'l e; } g?.0.1; }",
        "Call a::b; Call c; Call d; Value e; Value g",
    );
    check_body(
        "enum E { A = c::N } static S: [u8; c::k()] = [0; c::k()]; trait T: s::Sup { const N: usize = d::e(); fn f(&self) -> g::H { g::H } }",
        "Value c::N; Type u8; Call c::k; Call c::k; Type s::Sup; Type usize; Call d::e; Type g::H; Value g::H",
    );
}

#[test]
fn roots_and_keywords_of_paths() {
    check_body(
        "fn f(self) { crate::a(); super::super::b(); self::c(); self.d(); ::e::f(); self::super::g(); r#h::r#fn(); }",
        "Call crate::a; Call super::super::b; Call self::c; Call ::e::f; Call super::g; Call h::fn",
    );
}

#[test]
fn spans_and_offsets_are_those_of_the_names() {
    let text = "fn f() { é::a :: b::<C>(); }";
    let found = facts(text);
    let path = &found.paths[0];
    assert_eq!(&text[path.span.start as usize..path.span.end as usize], "é::a :: b");
    let starts: Vec<&str> =
        found.segments(path.segments).iter().map(|segment| &text[segment.start as usize..][..2]).collect();
    assert_eq!(starts, ["é", "a ", "b:"]);
}

#[test]
fn patterns_name_and_bind() {
    check_body(
        "fn f(x: X) { match x { FOO => 1, other => other, a::B(c) | D { c, e: F::G, .. } => c, 1..=K::L => 2, M..N => 3,
            ref P => P, Q @ R => Q, &[g, .., H] => g, (i, box_) if i > j => box_, <T>::U => 4, m!(z) => z } }",
        "Type X; PatternName FOO; Pattern a::B; Type D; Pattern F::G; Pattern K::L; Pattern M; Pattern N; PatternName R;
         PatternName H; Value j; Type T; Macro m",
    );
}

#[test]
fn locals_shadow_items_only_after_their_let() {
    check_body("fn f() { foo(); let foo = foo; fn foo() {} foo(); foo }", "Call foo; Value foo");
    check_body(
        "fn f() { { let a = 1; a; } a; let Some(b) = c else { return b }; b }",
        "Value a; Pattern Some; Value c; Value b",
    );
}

#[test]
fn items_and_imports_of_a_block_beat_the_locals_around_it() {
    check_body("fn f(x: u8) { x; { x; const x: u8 = 1; } x }", "Type u8; Value x; Type u8");
    check_body("fn f(y: u8) { { use m::y; y(); fn inner() { y } } y }", "Type u8; Call y; Value y");
    check_body("fn f(z: u8) { { use m::*; z } }", "Type u8");
}

#[test]
fn inner_items_see_no_locals_and_no_generics_of_the_function_around() {
    check_body(
        "fn o<T, const N: usize>(x: T) { fn i(_: T) { x; N } x; N; T::y(); let _: T; const C: T = x; struct S<U>(T, U); }",
        "Type usize; Type T; Value x; Value N; Type T; Value x; Type T",
    );
    check_body("impl<T> S<T> { fn m<U>(&self, _: T, _: U) { T::a; U::b; fn n(_: T) {} } }", "ImplType S; Type T");
}

#[test]
fn conditions_bind_for_their_branch_alone() {
    check_body(
        "fn f(o: O) { if let Some(x) = o && x > 1 && let Some(y) = g(x) { x; y } else if let Z(x) = x { x } else { x; y } x }",
        "Type O; Pattern Some; Pattern Some; Call g; Pattern Z; Value x; Value x; Value y; Value x",
    );
    check_body(
        "fn f() { while let Some(x) = next(x) { x; } x; for i in i { i; } i; if { a } { b } }",
        "Pattern Some; Call next; Value x; Value x; Value i; Value i; Value a; Value b",
    );
}

#[test]
fn closures_and_arms_bind_for_themselves() {
    check_body(
        "fn f() { |a, B(b): C<a>| -> D { a; b }; a; match x { y if y => y, z => y } let g = move |(h, _)| h; h }",
        "Pattern B; Type C; GenericArgument a; Type D; Value a; Value x; Value y; Value h",
    );
}

#[test]
fn field_shorthand_is_a_value_unless_local() {
    check_body(
        "fn f(a: A) { S { a, b, c: d } } fn g(S { a, b: B }: S) { a; b }",
        "Type A; Type S; Value b; Value d; Type S; PatternName B; Type S; Value b",
    );
}

#[test]
fn labels_and_lifetimes_name_nothing() {
    check_body("fn f<'m>(x: &'m u8) -> &'m u8 { 'm2: loop { break 'm2; } x }", "Type u8; Type u8");
}
