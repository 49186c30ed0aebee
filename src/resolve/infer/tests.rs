//! Calls that only types show, on small workspaces: which edges come out, and which near misses do not.

use super::super::tests::model;
use crate::model::Certainty;

/// The inferred references between modules, each once: `from -> to: kind function`.
fn inferred(text: &str) -> Vec<String> {
    let model = model(text);
    let mut lines = Vec::new();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        for (_, reference) in model.references_of(id) {
            if reference.certainty == Certainty::Inferred {
                let (from, to) = (model.path(edge.from), model.path(reference.to_item));
                lines.push(format!("{from} -> {to}: {}", reference.kind.word()));
            }
        }
    }
    lines.sort();
    lines.dedup();
    lines
}

/// `user` stands in a module that sees `a` (a type `S` with `go`), and the modules in `more`.
fn check(more: &str, user: &str, expected: &[&str]) {
    let text = format!(
        "//- /src/lib.rs lib:k
pub mod a {{ #[derive(Clone)] pub struct S; impl S {{ pub fn go(&self) {{}} pub fn new() -> S {{ S }} }} }}
pub mod far {{ pub fn make() -> crate::a::S {{ crate::a::S }} }}
{more}
mod user {{ {user} }}
"
    );
    let inferred = inferred(&text);
    let of_user: Vec<&str> = inferred.iter().filter_map(|line| line.strip_prefix("k::user -> ")).collect();
    assert_eq!(of_user, expected, "{user}");
}

const GO: [&str; 1] = ["k::a::S::go: method"];

/// `user` calls `S::go`, and nothing else beyond its module.
fn goes(user: &str) {
    check("", user, &GO);
}

#[test]
fn declared_types_show_methods() {
    goes("fn f(s: &crate::a::S) { s.go() }");
    goes("fn f(s: &mut Box<crate::a::S>) { s.go() }");
    goes("const C: crate::a::S = crate::a::S; fn f() { C.go() }");
    goes("struct T { s: Option<crate::a::S> } impl T { fn f(&self) { self.s.as_ref().unwrap().go() } }");
    goes("struct T(crate::a::S); fn f(t: T) { t.0.go() }");
    goes("type Alias<X> = Vec<X>; fn f(v: Alias<crate::a::S>) { v[0].go() }");
    goes("fn f(pair: (u8, crate::a::S)) { let (_, s) = pair; s.go() }");
    goes("fn f(x: &dyn std::any::Any) { (x as crate::a::S).go() }");
}

#[test]
fn results_of_functions_show_methods() {
    goes("fn f() { crate::far::make().go() }");
    goes("fn f() { let s = crate::a::S::new(); s.go() }");
    goes("fn f() { let s = crate::a::S; s.clone().go() }");
    goes("async fn g() -> Result<crate::a::S, ()> { loop {} } async fn f() { g().await?.go() }");
    goes("fn id<X>(x: X) -> X { x } fn f() { id(crate::a::S).go() }");
    goes("fn f(b: bool) { let s = if b { crate::a::S } else { return }; s.go() }");
    goes("fn f(n: u8) { let s = match n { 0 => panic!(), _ => { let x = crate::far::make(); x } }; s.go() }");
}

#[test]
fn patterns_and_loops_show_methods() {
    goes("fn f(v: Vec<crate::a::S>) { for s in &v { s.go() } }");
    goes("fn f(v: Vec<crate::a::S>) { for (i, s) in v.iter().enumerate() { s.go() } }");
    goes("fn f(m: std::collections::HashMap<u8, crate::a::S>) { for (_, s) in m { s.go() } }");
    goes("fn f(o: Option<crate::a::S>) { if let Some(s) = o { s.go() } }");
    goes("fn f(o: Option<crate::a::S>) { let Some(s) = o else { return }; s.go() }");
    goes("enum E { A { s: crate::a::S }, B(crate::a::S) } fn f(e: E) { match e { E::A { s } | E::B(s) => s.go() } }");
    goes("enum E { B(crate::a::S) } impl E { fn f(&self) { match self { Self::B(s) => s.go() } } }");
    goes("fn f(v: &[crate::a::S]) { if let [first, ..] = v { first.go() } }");
}

#[test]
fn closures_show_methods() {
    goes("fn f(v: Vec<crate::a::S>) { v.iter().filter(|s| true).for_each(|s| s.go()) }");
    goes("fn f(v: Vec<u8>) { v.iter().map(|_| crate::a::S).next().unwrap().go() }");
    goes("fn f(o: Option<u8>) { o.map(|_| crate::far::make()).unwrap().go() }");
    goes("fn with(run: impl FnOnce(&crate::a::S)) {} fn f() { with(|s| s.go()) }");
    goes("fn with<F>(run: F) where F: Fn(crate::a::S) {} fn f() { with(|s| s.go()) }");
    goes("fn f() { let make = || crate::a::S; make().go() }");
    goes("fn f(v: Vec<crate::a::S>) { let w: Vec<_> = v.into_iter().collect(); w[0].go() }");
}

#[test]
fn arguments_of_macros_are_read() {
    goes("fn f(s: crate::a::S) { println!(\"{:?}\", s.go()) }");
}

#[test]
fn a_trait_method_leads_to_the_trait() {
    let traits = "pub mod t { pub trait Tr { fn run(&self) {} } pub trait Sub: Tr {} }
mod imp { impl crate::t::Tr for crate::a::S {} }";
    check(traits, "use crate::t::Tr; fn f(s: crate::a::S) { s.run() }", &["k::t::Tr::run: method"]);
    check(traits, "fn f<T: crate::t::Tr>(t: T) { t.run() }", &["k::t::Tr::run: method"]);
    check(traits, "fn f<T>(t: T) where T: crate::t::Sub { t.run() }", &["k::t::Tr::run: method"]);
    check(traits, "fn f(t: &dyn crate::t::Tr) { t.run() }", &["k::t::Tr::run: method"]);
    check(traits, "fn f(t: impl crate::t::Tr) { t.run() }", &["k::t::Tr::run: method"]);
    check(traits, "trait Own: crate::t::Tr { fn f(&self) { self.run() } }", &["k::t::Tr::run: method"]);
    // Nothing brings the trait here.
    check(traits, "fn f(s: crate::a::S) { s.run() }", &[]);
}

#[test]
fn traits_for_types_of_others_are_meant_where_they_are_in_scope() {
    let traits = "pub mod t { pub trait Ext { fn shout(&self) {} } impl Ext for str {}
pub trait All { fn all(&self) {} } impl<T> All for T {} }";
    check(traits, "use crate::t::Ext as _; fn f(s: &str) { s.shout() }", &["k::t::Ext::shout: method"]);
    check(traits, "use crate::t::All; fn f(s: crate::a::S) { s.all() }", &["k::t::All::all: method"]);
    check(traits, "fn f(s: &str) { s.shout() }", &[]);
}

#[test]
fn associated_functions_lead_to_their_impl() {
    let split = "mod open { impl crate::a::S { pub fn open() -> u8 { 0 } } }
pub mod t { pub trait Tr { fn make() -> Self where Self: Sized; } }";
    check(split, "fn f() { crate::a::S::open(); }", &["k::open::S::open: call"]);
    check(split, "fn f<T: crate::t::Tr>() { T::make(); }", &["k::t::Tr::make: call"]);
    check(split, "struct U; impl U { fn f() { Self::g() } fn g() {} }", &[]);
    check(split, "impl crate::a::S { fn f() { Self::open(); } }", &["k::open::S::open: call"]);
}

#[test]
fn what_a_type_dereferences_to_is_asked_next() {
    let wrapper = "pub mod w { pub struct W(crate::a::S);
impl std::ops::Deref for W { type Target = crate::a::S; fn deref(&self) -> &crate::a::S { &self.0 } }
pub struct Own(crate::a::S); impl Own { pub fn go(&self) {} }
impl std::ops::Deref for Own { type Target = crate::a::S; fn deref(&self) -> &crate::a::S { &self.0 } } }";
    check(wrapper, "fn f(w: crate::w::W) { w.go() }", &GO);
    check(wrapper, "fn f(w: crate::w::Own) { w.go() }", &["k::w::Own::go: method"]);
    check(wrapper, "fn f(m: &std::sync::Mutex<crate::a::S>) { m.lock().unwrap().go() }", &GO);
}

#[test]
fn associated_types_are_followed() {
    let iterator = "pub mod i { pub struct It; impl Iterator for It { type Item = crate::a::S;
fn next(&mut self) -> Option<Self::Item> { None } } }";
    check(iterator, "fn f(it: crate::i::It) { for s in it { s.go() } }", &GO);
    check(iterator, "fn f(mut it: crate::i::It) { it.find(|s| true).unwrap().go() }", &GO);
    check(iterator, "fn f(it: impl Iterator<Item = crate::a::S>) { it.for_each(|s| s.go()) }", &GO);
}

#[test]
fn what_is_private_elsewhere_hides_nothing() {
    let shadow = "pub mod h { pub struct H; impl H { fn show(&self) {} } }
pub mod t { pub trait Show { fn show(&self) {} } impl Show for crate::h::H {} }";
    check(shadow, "use crate::t::Show; fn f(h: crate::h::H) { h.show() }", &["k::t::Show::show: method"]);
}

#[test]
fn nothing_is_guessed() {
    // The receiver is not known.
    check("", "fn f() { unknown().go() }", &[]);
    check("", "fn f(x: Foreign) { x.go() }", &[]);
    // The type has no such method.
    check("", "fn f(s: crate::a::S) { s.other() }", &[]);
    // Two traits of this name are in scope.
    let two = "pub mod t { pub trait A { fn run(&self) {} } impl A for crate::a::S {} }
pub mod u { pub trait B { fn run(&self) {} } impl B for crate::a::S {} }";
    check(two, "use crate::{t::A, u::B}; fn f(s: crate::a::S) { s.run() }", &[]);
    check(two, "use crate::t::A; fn f(s: crate::a::S) { s.run() }", &["k::t::A::run: method"]);
    // A function without `self` is no method.
    check("", "fn f(s: crate::a::S) { s.new() }", &[]);
    // The local hides the parameter.
    check("", "fn f(s: crate::a::S) { let s = 1; s.go() }", &[]);
    check("", "fn f(s: crate::a::S) { { let s = 1; } s.go() }", &GO);
}

#[test]
fn an_impl_for_other_arguments_is_not_meant() {
    let typed = "pub mod g { pub struct G<T>(T); }
mod one { impl crate::g::G<u8> { pub fn go(&self) {} } }
mod two { impl crate::g::G<String> { pub fn go(&self) {} } }";
    check(typed, "fn f(g: crate::g::G<u8>) { g.go() }", &["k::one::G::go: method"]);
    check(typed, "fn f<T>(g: crate::g::G<T>) { g.go() }", &[]);
}

#[test]
fn bounds_that_name_what_they_bound_end() {
    let traits = "pub mod q { pub trait Q { type A; type B; type C; fn run(&self) {} } pub trait W<X, Y, Z> {} }";
    let user = "use crate::q::{Q, W}; fn f<T: Q + W<T::A, T::B, T::C>>(t: T) { t.run() }";
    check(traits, user, &["k::q::Q::run: method"]);
    let user = "use crate::q::{Q, W}; fn f<T: W<T::A, T::B, T::C> + Q<A = crate::a::S>>(t: T, a: T::A) { a.go() }";
    check(traits, user, &GO);
    let user = "use crate::q::{Q, W}; fn f<T, U>(t: T) where T: Q + W<U::A, U::B, T::C>, U: Q + W<T::A, T::B, U::C> { t.run() }";
    check(traits, user, &["k::q::Q::run: method"]);
}

#[test]
fn types_that_contain_themselves_end() {
    check("", "type A = B; type B = A; fn f(a: A) { a.go() }", &[]);
    check("", "fn f() { let x = x; let g = || g(); g().go() }", &[]);
    check("", "trait A: B {} trait B: A {} fn f(a: impl A) { a.go() }", &[]);
    check("", "struct D; impl std::ops::Deref for D { type Target = D; } fn f(d: D) { d.go() }", &[]);
    check("", "struct T; impl Iterator for T { type Item = <T as Iterator>::Item; } fn f(t: T) { t.next().go() }", &[]);
}

#[test]
fn what_every_iterator_has_is_no_function_that_a_trait_gives_to_all_types() {
    let blanket =
        "pub mod e { pub trait Ex: Sized { fn eq(self, _: u8) {} fn wrap(self) {} } impl<T: Into<u8>> Ex for T {} }";
    check(blanket, "use crate::e::Ex; fn f(v: Vec<u8>) { v.iter().map(|x| x + 1).eq(v.iter()) }", &[]);
    check(blanket, "use crate::e::Ex; fn f(v: u8) { v.eq(1) }", &["k::e::Ex::eq: method"]);
    check(blanket, "use crate::e::Ex; fn f(v: Vec<u8>) { v.wrap() }", &["k::e::Ex::wrap: method"]);
}
