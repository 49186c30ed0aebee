//! Macro calls and what is in their arguments.

use super::super::dump::{imports, items, macros, paths, scopes};
use super::*;

/// The calls, then the paths in arguments that are no names of macros.
#[track_caller]
fn check_call(text: &str, expected: &str) {
    let found = facts(text);
    assert_eq!(found.problems, []);
    let calls = macros(&found);
    let mut lines: Vec<String> = calls.lines().map(str::to_owned).collect();
    for line in paths(&found).lines() {
        let line = line.split(" of ").next().unwrap();
        if !line.starts_with("Macro ") {
            lines.push(line.replace(" (argument)", ""));
        }
    }
    let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, expected);
}

#[test]
fn format_strings_capture_what_is_no_local_and_no_argument() {
    check_call(
        r#"fn f(x: u8) { format!("{FOO} {x} {y:w$} {{z}}", y = a::B, c); }"#,
        "format! Statement Expressions; Type u8; Value FOO; Value w; Value a::B; Value c",
    );
    check_call(
        r#"fn f() { write!(out, "{A}", d::E)?; assert!(x == Y, "{B}"); assert_eq!("{no}", z, "{C}"); panic!("{D}"); }"#,
        "write! Expression Expressions; assert! Statement Expressions; assert_eq! Statement Expressions;
         panic! Statement Expressions;
         Value out; Value A; Value d::E; Value x; Value Y; Value B; Value z; Value C; Value D",
    );
    let text = r#"fn f() { print!(r"é{FOO}"); }"#;
    let found = facts(text);
    let span = found.paths.last().unwrap().span;
    assert_eq!(&text[span.start as usize..span.end as usize], "FOO");
}

#[test]
fn log_events_have_fields() {
    check_call(
        r#"fn f() { info!(target: T, a = b::C, d.e = %g, ?h, i = ?j::k(), "m {X}", l); debug!("{n} {}", o == p); }"#,
        "info! Statement Expressions; debug! Statement Expressions;
         Value T; Value b::C; Value g; Value h; Call j::k; Value X; Value l; Value n; Value o; Value p",
    );
    check_call(
        r#"fn f() { warn!(a = 1, b:? = c; "x"); tracing::error_span!(parent: &d, "s", e, g = field::Empty); }"#,
        "warn! Statement Expressions; tracing::error_span! Statement Expressions; Value c; Value d; Value e; Value field::Empty",
    );
}

#[test]
fn patterns_in_matches_bind_for_the_guard() {
    check_call(
        "fn f(x: u8) -> bool { matches!(x, S::K | T::L(y) if y > z) }",
        "matches! Statement Patterns; Type u8; Type bool; Pattern S::K; Pattern T::L; Value z",
    );
}

#[test]
fn arguments_of_known_macros_are_expressions() {
    check_call(
        "fn f() { vec![a::B; c::N]; vec![d(), E { }]; dbg!(g::h); offset_of!(m::S, field); concat!(env!(\"X\"), \"y\"); }",
        "vec! Statement Expressions; vec! Statement Expressions; dbg! Statement Expressions; offset_of! Statement Types;
         concat! Statement Expressions; env! Expression Expressions;
         Value a::B; Value c::N; Call d; Type E; Value g::h; Type m::S",
    );
    check_call(
        "fn f() { asm!(\"{} {x}\", sym m::q, x = in(reg) a::b, inout(\"eax\") c => d, const K::N, options(nostack)); quote!(a::b #c); stringify!(x::y); vec![]; T![,]; }",
        "asm! Statement Expressions; quote! Statement Ignored; stringify! Statement Ignored; vec! Statement Empty;
         T! Statement Empty; Value m::q; Value a::b; Value c; Value d; Value K::N",
    );
}

#[test]
fn calls_nest() {
    check_call(
        "fn f() { assert!(matches!(a!(b::c), D::E(g) if h!(g))); }",
        "assert! Statement Expressions; matches! Expression Patterns; a! Expression Expressions; h! Expression Expressions;
         Value b::c; Pattern D::E",
    );
}

#[test]
fn items_in_the_arguments_of_known_macros_are_items_where_the_call_stands() {
    let text = "thread_local! { pub static L: RefCell<C> = d::e() } lazy_static! { static ref X: T = g::h(); }";
    check(items, text, "pub static L\n static X");
    check_call(
        text,
        "thread_local! Item Items; lazy_static! Item Items;
         Type RefCell; GenericArgument C; Call d::e; Type T; Call g::h",
    );
}

#[test]
fn calls_among_items_wait_until_it_is_known_what_their_names_mean() {
    let text = "cfg_rt! { pub mod rt { pub fn spawn() {} } pub use rt::spawn; } my!(A, b::c);
        impl S { cfg_io! { pub fn m(&self) { a::b() } } } trait T { both!(); }";
    check(items, text, "impl _ [S]\n trait T");
    check_call(
        text,
        "cfg_rt! Item Deferred; my! Item Deferred; cfg_io! Associated { inherited: false } Deferred;
         both! Associated { inherited: true } Deferred; ImplType S",
    );
}

#[test]
fn conditional_items_have_the_negated_conditions_of_earlier_branches() {
    check(
        items,
        "cfg_if::cfg_if! { if #[cfg(unix)] { mod u; } else if #[cfg(feature = \"w\")] { mod w; } else { mod o; } }
         cfg_select! { unix => { fn a() {} } any(b, c) => { fn b() {} } _ => { fn c() {} } }",
        "
        module u; if unix
        module w; if all(not(unix), feature=w)
        module o; if all(not(unix), not(feature=w))
        function a if unix
        function b if all(not(unix), any(b, c))
        function c if all(not(unix), not(any(b, c)))
        ",
    );
}

#[test]
fn conditional_statements_join_the_block_around() {
    let text = "fn f() { cfg_if! { if #[cfg(a)] { use m::x; let y = 1; } else { z() } } x(); y }
        fn g() -> u8 { cfg_select! { a => 1, _ => b::c() } }";
    check(imports, text, "m::x as x in 1 of f if a");
    check(
        paths,
        text,
        "
        Macro cfg_if in 1 of f
        Call z (argument) in 1 of f if not(a)
        Call x in 1 of f
        Type u8 of g
        Macro cfg_select in 2 of g
        Call b::c (argument) in 2 of g if not(a)
    ",
    );
}

#[test]
fn select_has_arms() {
    check_call(
        "async fn f() { tokio::select! { biased; Some(x) = a::b() => { x; c() } y = &mut d, if e => g(y), else => h() } }",
        "tokio::select! Statement Expressions;
         Pattern Some; Call a::b; Call c; Value d; Value e; Call g; Call h",
    );
    check_call(
        "fn f() { select! { recv(r::x) -> m => k(m), default(t) => {} } }",
        "select! Statement Expressions; Value r::x; Call k; Value t",
    );
}

#[test]
fn flags_are_structs_with_constants() {
    let text = "bitflags! { #[derive(Clone)] pub struct F: a::Bits { const A = 1; const B = Self::A.bits() | c::D; } }";
    check(items, text, "pub struct F\n inherited associated constant A of F\n inherited associated constant B of F");
    check_call(text, "bitflags! Item Items; Derive Clone; Type a::Bits; Value c::D");
}

#[test]
fn included_files_are_told_from_included_expressions() {
    check_call(
        "include!(\"a.rs\"); include!(concat!(env!(\"OUT_DIR\"), \"/b.rs\")); const C: u8 = include!(concat!(\"c\", \".rs\"));",
        "include! Item Include; include! Item Include; include! Expression Expressions; concat! Expression Expressions; Type u8",
    );
}

#[test]
fn unknown_macros_are_read_as_what_they_parse_as() {
    check_call(
        "fn f(x: X) { my!(A, b::c, d(E)); stmt! { let y = g::h(x); y.z() } pass!(crate::i::j();) ; both!(k => l::M, n) }",
        "my! Statement Expressions; stmt! Statement Statements; pass! Statement Statements; both! Statement Expressions;
         Type X; GenericArgument A; Value b::c; Call d; Value E; Call g::h; Call crate::i::j; Value l::M",
    );
    check_call(
        "type T = Tok![a::B]; fn f(p!(c::D): u8) { html! { <div class={e::g()}> {H} i.j </div> } }",
        "Tok! Type Types; p! Pattern Patterns; html! Statement Scanned;
         Type a::B; Pattern c::D; Type u8; Call e::g (scan); GenericArgument H (scan)",
    );
}

#[test]
fn locals_and_generics_are_known_in_arguments() {
    check_call(
        "fn f<T>(x: u8) { m!(x, T::new(), T); m!(x y T::z U); }",
        "m! Statement Expressions; m! Statement Scanned; Type u8; GenericArgument U (scan)",
    );
}

#[test]
fn items_of_a_call_in_a_block_get_a_scope() {
    let text = "fn f() { g!(fn h() {} h()); } const X: u8 = k! { use a::b; b() };";
    check(scopes, text, "1: block in 0\n 2: block in 0");
    check(items, text, "function f\n function h in 1 of f\n constant X");
    check(imports, text, "a::b as b in 2 of X");
}
