//! Macros expanded: what the result says.

use super::super::dump::{imports, items, macros, paths};
use super::*;

/// Expands the call behind the rules, as `position`, and compares a dump of what the result says.
#[track_caller]
fn check_expansion(dump: fn(&FileFacts) -> String, rules: &str, call: &str, position: MacroPosition, expected: &str) {
    let edition = Edition::E2021;
    let rules = Rules::new(TokenList::new(rules, edition), edition, false).expect("the rules can be read");
    let arguments = TokenList::new(call, edition);
    let found = match expand(&rules, &arguments, 7) {
        Some(list) => dump(&read_expansion(&list, position, edition)),
        None => "no rule fits".into(),
    };
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(lines(&found), lines(expected));
}

const ITEM: MacroPosition = MacroPosition::Item;
const EXPRESSION: MacroPosition = MacroPosition::Expression;

#[test]
fn the_first_rule_that_fits_is_taken() {
    let rules = "{ (a $x:ident) => { $x::one() }; ($x:ident $($rest:tt)*) => { $x::two() }; }";
    check_expansion(paths, rules, "(a b)", EXPRESSION, "Call b::one (body)");
    check_expansion(paths, rules, "(b a)", EXPRESSION, "Call b::two (body)");
    check_expansion(paths, rules, "[b]", EXPRESSION, "Call b::two (body)");
    check_expansion(paths, rules, "{1}", EXPRESSION, "no rule fits");
}

#[test]
fn items_modules_and_imports_of_a_body_are_declared() {
    check_expansion(
        items,
        "{ ($v:vis $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
            $v struct $name { $($field: $ty),* } mod inner { pub const N: usize = 0; } impl $name {} } }",
        "(pub(crate) Foo { a: Vec<x::Y>, b: u8, })",
        ITEM,
        "pub(crate) struct Foo\n module inner\n pub constant N in 1\n impl _ [Foo]",
    );
    check_expansion(
        imports,
        "{ ($($item:item)*) => { $( #[cfg(unix)] $item )* } }",
        "{ pub use a::b; use c::{d, e as f}; }",
        ITEM,
        "pub a::b as b if unix\n c::d as d if unix\n c::e as f if unix",
    );
}

#[test]
fn names_of_arguments_and_of_the_body_are_told_apart() {
    check_expansion(
        paths,
        "{ ($e:expr, $t:path) => { { let x = $crate::a::B; other(x, $e, <$t>::new()) } } }",
        "(y + c::D, e::F)",
        EXPRESSION,
        "Value $crate7::a::B (body)\n Call other (body)\n Value y (argument)\n Value c::D (argument)\n Type e::F (argument)",
    );
    // A local of the body is not seen by the arguments.
    check_expansion(paths, "{ ($e:expr) => { { let x = 1; $e } } }", "(x)", EXPRESSION, "Value x (argument)");
    check_expansion(paths, "{ ($e:expr) => { |x| { x; $e } } }", "(x)", EXPRESSION, "Value x (argument)");
}

#[test]
fn locals_around_the_call_stay_locals() {
    let edition = Edition::E2021;
    let rules = Rules::new(TokenList::new("{ ($f:ident $e:expr) => { $f($e, y) } }", edition), edition, false).unwrap();
    let arguments = TokenList::new("(f x.z + y)", edition).with_locals(&[2]);
    let facts = read_expansion(&expand(&rules, &arguments, 0).unwrap(), EXPRESSION, edition);
    assert_eq!(paths(&facts), "Call f (argument)\nValue y (argument)\nValue y (body)\n");
}

#[test]
fn repetitions_nest_and_are_separated() {
    check_expansion(
        paths,
        "{ ($($k:ident => [$($v:expr),*]);+ $(;)?) => { f($($k($($v),*)),+) } }",
        "(a => [1, b::C]; d => []; )",
        EXPRESSION,
        "Call f (body)\n Call a (argument)\n Value b::C (argument)\n Call d (argument)",
    );
    check_expansion(
        items,
        "{ ($($(#[$m:meta])* $vis:vis fn $name:ident() -> $t:ty $body:block)*) => { $($(#[$m])* $vis fn $name() -> $t $body)* } }",
        "(fn a() -> u8 { 1 } #[inline] pub fn b() -> Vec<u8> { vec![] })",
        ITEM,
        "function a\n pub function b",
    );
}

#[test]
fn fragments_are_taken_whole() {
    let rules = "{ ($a:expr => $t:ty, $p:pat, $l:literal, $lt:lifetime, $s:stmt) => { ok::a(); } ; ($($t:tt)*) => { no::b() } }";
    check_expansion(
        paths,
        rules,
        "(|a, b| a::<B, C>(b) => dyn D + 'static, Some(x) | None, -1, 'a, let y = z)",
        EXPRESSION,
        "Call ok::a (body)",
    );
    // An operator is one token tree.
    check_expansion(
        paths,
        "{ ($a:tt $b:tt) => { two::x() }; ($($a:tt)*) => { more::y() } }",
        "(:: =>)",
        EXPRESSION,
        "Call two::x (body)",
    );
    // A fragment that another macro is given cannot be taken apart.
    check_expansion(macros, "{ ($e:expr) => { inner!($e) } }", "(a + b)", EXPRESSION, "inner! Statement Deferred");
}

#[test]
fn a_fragment_is_one_token_tree_for_the_next_macro() {
    let edition = Edition::E2021;
    let outer = Rules::new(TokenList::new("{ ($e:expr) => { inner!($e c) } }", edition), edition, false).unwrap();
    let inner = Rules::new(TokenList::new("{ ($a:tt $b:tt) => { x::two() } }", edition), edition, false).unwrap();
    let list = expand(&outer, &TokenList::new("(a + b)", edition), 0).unwrap();
    let facts = read_expansion(&list, EXPRESSION, edition);
    let call = facts.macro_calls[0];
    let result = expand(&inner, &list.part(call.tokens.start..call.tokens.end), 0).unwrap();
    assert_eq!(paths(&read_expansion(&result, EXPRESSION, edition)), "Call x::two (body)\n");
}

#[test]
fn macros_can_define_macros() {
    check_expansion(
        macros,
        "{ ($name:ident) => { macro_rules! $name { ($x:ident) => { $x::go() } } } }",
        "(made)",
        ITEM,
        "macro made textual",
    );
}

#[test]
fn local_inner_macros_are_those_of_their_own_crate() {
    let edition = Edition::E2021;
    let rules = Rules::new(TokenList::new("{ () => { b!(); c::d!() } }", edition), edition, true).unwrap();
    let list = expand(&rules, &TokenList::new("()", edition), 3).unwrap();
    assert_eq!(
        macros(&read_expansion(&list, MacroPosition::Statement, edition)),
        "$crate3::b! Statement Deferred\nc::d! Statement Deferred\n"
    );
}

#[test]
fn broken_rules_and_endless_results_give_nothing() {
    let edition = Edition::E2021;
    for rules in ["{ ($x:nonsense) => {} }", "{ () -> {} }", "{ (", "", "{ ($(a)) => {} }"] {
        let read = Rules::new(TokenList::new(rules, edition), edition, false);
        assert!(
            read.is_none() || read.is_some_and(|rules| expand(&rules, &TokenList::new("()", edition), 0).is_none()),
            "{rules}"
        );
    }
    check_expansion(paths, "{ ($($a:ident)*) => { $($b)* } }", "(a)", EXPRESSION, "no rule fits");
}

#[test]
fn spans_are_those_of_the_arguments() {
    let edition = Edition::E2021;
    let rules = Rules::new(TokenList::new("{ ($p:path) => { f($p) } }", edition), edition, false).unwrap();
    let text = "( a::b )";
    let facts = read_expansion(&expand(&rules, &TokenList::new(text, edition), 0).unwrap(), EXPRESSION, edition);
    let spans: Vec<_> = facts.paths.iter().map(|path| (path.span.start, path.span.end)).collect();
    assert_eq!(spans, [(FROM_BODY, FROM_BODY), (2, 6)]);
}
