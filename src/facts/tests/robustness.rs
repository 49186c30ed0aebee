//! Broken, odd and hostile text.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::super::dump;
use super::*;

/// What must hold whatever the text is.
fn verify(text: &str, facts: &FileFacts) {
    let inside = |span: Span| {
        assert!(span.start <= span.end, "{span:?}");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {}", text.len());
    };
    for (at, scope) in facts.scopes.iter().enumerate() {
        inside(scope.span);
        assert!(scope.parent.is_none_or(|parent| (parent.0 as usize) < at));
    }
    for (at, item) in facts.items.iter().enumerate() {
        inside(item.span);
        inside(item.name_span);
        assert!(item.parent.is_none_or(|parent| (parent.0 as usize) < at));
        assert!((item.scope.0 as usize) < facts.scopes.len());
    }
    for import in &facts.imports {
        inside(import.span);
        inside(import.item_span);
    }
    for path in &facts.paths {
        inside(path.span);
        assert!(path.segments.start < path.segments.end);
        assert!(path.owner.is_none_or(|owner| (owner.0 as usize) < facts.items.len()));
        for segment in facts.segments(path.segments) {
            assert!(text.is_char_boundary(segment.start as usize));
            let written = text[segment.start as usize..].trim_start_matches("r#");
            assert!(written.nfc().collect::<String>().starts_with(facts.name(segment.name)));
        }
    }
    for call in &facts.macro_calls {
        inside(call.arguments);
        assert_eq!(facts.paths[call.path as usize].role, PathRole::Macro);
    }
    for definition in &facts.macro_defs {
        inside(definition.body);
        Rules::new(
            TokenList::new(&text[definition.body.start as usize..definition.body.end as usize], Edition::E2024),
            Edition::E2024,
            false,
        );
    }
    verify_typing(facts, &inside);
    let _ = [dump::scopes(facts), dump::items(facts), dump::imports(facts), dump::paths(facts), dump::macros(facts)];
}

/// Every number leads somewhere.
fn verify_typing(facts: &FileFacts, inside: &impl Fn(Span)) {
    let typing = &facts.typing;
    let type_ = |id: TypeId| assert!((id.0 as usize) < typing.types.len());
    let value = |id: ValueId| assert!((id.0 as usize) < typing.values.len());
    let path = |path: u32| assert!((path as usize) < facts.paths.len());
    let item = |item: ItemId| assert!((item.0 as usize) < facts.items.len());
    typing.type_lists.iter().for_each(|id| type_(*id));
    typing.value_lists.iter().for_each(|id| value(*id));
    for fact in &typing.types {
        match *fact {
            TypeFact::Path { path: index, arguments } => {
                path(index);
                typing.type_list(arguments);
            }
            TypeFact::SelfType { owner } => owner.into_iter().for_each(item),
            TypeFact::Parameter { owner, .. } => item(owner),
            TypeFact::Associated { base, .. } | TypeFact::Slice { item: base } => type_(base),
            TypeFact::As { base, trait_ } => [base, trait_].into_iter().for_each(type_),
            TypeFact::Binding { meaning, .. } => type_(meaning),
            TypeFact::Tuple { parts: list } | TypeFact::Bounds { bounds: list } => {
                typing.type_list(list);
            }
            TypeFact::Function { parameters, result } => {
                typing.type_list(parameters);
                type_(result);
            }
            TypeFact::Unknown => {}
        }
    }
    for fact in &typing.values {
        match *fact {
            ValueFact::Typed(id) => type_(id),
            ValueFact::Path { path: index, .. } => path(index),
            ValueFact::Method(member) => assert!((member as usize) < typing.members.len()),
            ValueFact::Closure { result, user, .. } => [result, user].into_iter().for_each(value),
            ValueFact::Either(first, second) => [first, second].into_iter().for_each(value),
            _ => {}
        }
    }
    for member in &typing.members {
        inside(member.span);
        match member.base {
            MemberBase::Value(id) => value(id),
            MemberBase::Type(id) => type_(id),
        }
        typing.value_list(member.arguments);
        typing.type_list(member.types);
        member.owner.into_iter().for_each(item);
    }
    typing.signatures.iter().for_each(|signature| item(signature.item));
    typing.fields.iter().for_each(|field| item(field.owner));
}

const SNIPPETS: [&str; 12] = [
    "#[cfg(all(a, not(b)))] pub(in crate::x) mod m { use a::{self, b::*}; }",
    "fn f<T: A, const N: usize>(x: &T) -> impl B { let Some(y) = x else { return g(y) }; y.z::<C>() }",
    "match x { A::B(c) | D { c, .. } if c > 1 => \"é\", E..=F => 2.0.1, _ => m!(a => b, [c; d]) }",
    "macro_rules! m { ($($x:ident),*) => { $crate::a::$x!() }; }",
    "format!(\"{x:?} {Y} \\u{e9} {{\", z = 1); info!(a = %b, ?c, \"{d}\");",
    "cfg_if! { if #[cfg(unix)] { mod u; } else { use w::*; } }",
    "tokio::select! { Some(x) = y() => { x } else => z }",
    "impl<'a, T> a::Tr<X = Y> for <S as Q>::R where for<'b> T: Fn(&'b u8) -> Z { type A = B; }",
    "bitflags! { struct F: u8 { const A = 1; } } lazy_static! { static ref B: C = d(); }",
    "let c = |x, (y, Z): W| async move { x.await?; loop { break 'l } }; S { a, b: c, ..d }",
    "use ::{a::b as c, super::*}; extern crate self as me; extern \"C\" { fn x(); }",
    "r#\"raw\"# 'c' b\"x\" 1_000u8 1..2 ..= :: -> => && || <<= /* c */ // d\n",
];

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        verify(&text, &facts(&text));
    }

    #[test]
    fn mutilated_code_is_read(
        picks in prop::collection::vec((0..SNIPPETS.len(), 0usize..120, 0usize..40), 1..6),
        edition in 0..4u8,
    ) {
        let mut text = String::new();
        for (snippet, cut, length) in picks {
            let characters: Vec<char> = SNIPPETS[snippet].chars().collect();
            let kept = characters.iter().enumerate().filter(|(at, _)| *at < cut || *at >= cut + length);
            text.extend(kept.map(|(_, character)| *character));
            text.push(' ');
        }
        let edition = [Edition::E2015, Edition::E2018, Edition::E2021, Edition::E2024][edition as usize];
        for text in [format!("fn f() {{ {text} }}"), text] {
            verify(&text, &read(&text, edition));
        }
    }
}

/// Rules and calls that are nearly right.
const RULES: [&str; 7] = [
    "{ ($($x:expr),* $(,)?) => { $( f($x); )* } ; }",
    "{ ($v:vis $n:ident : $t:ty = $e:expr) => { $v static $n: $t = $e; } ; ($($t:tt)*) => { m!($($t)*); } }",
    "{ ($(#[$m:meta])* $p:path, $l:literal) => { $(#[$m])* const C: $p = $l; } }",
    "{ ($($k:ident => { $($s:stmt;)* $b:block }),+) => { $( fn $k() { $($s;)* $b } )+ } }",
    "{ ($p:pat => $i:item) => { $i fn x() { let $p = $crate::y; } } }",
    "($a:expr) { $a + $crate::b!($a) }",
    "{ (@x $($rest:tt)*) => { macro_rules! n { ($y:ty) => { $y } } $($rest)* } }",
];

proptest! {
    #[test]
    fn mutilated_macros_are_expanded_or_not(
        rule in 0..RULES.len(), call in 0..SNIPPETS.len(), cut in 0usize..60, length in 0usize..30, of_rule in any::<bool>(),
        position in 0usize..5,
    ) {
        let keep = |text: &str, cuts: bool| -> String {
            text.chars().enumerate().filter(|(at, _)| !cuts || *at < cut || *at >= cut + length).map(|(_, c)| c).collect()
        };
        let edition = Edition::E2024;
        let list = TokenList::new(&keep(RULES[rule], of_rule), edition);
        let arguments = TokenList::new(&format!("({})", keep(SNIPPETS[call], !of_rule)), edition).with_locals(&[1, 900]);
        let position = [
            MacroPosition::Item, MacroPosition::Statement, MacroPosition::Expression, MacroPosition::Pattern,
            MacroPosition::Type,
        ][position];
        if let Some(rules) = Rules::new(list, edition, of_rule)
            && let Some(result) = expand(&rules, &arguments, 1)
        {
            let facts = read_expansion(&result, position, edition);
            for call in &facts.macro_calls {
                let part = result.part(call.tokens.start..call.tokens.end);
                read_arguments(&part, call.position, edition);
            }
        }
        read_arguments(&arguments, position, edition);
    }
}

#[test]
fn broken_files_give_the_facts_that_can_be_had_and_problems() {
    let found = facts("fn a() { b(; }\nstruct ;\nfn c( { d::e( }\nuse x::y;");
    assert!(!found.problems.is_empty());
    assert!(dump::items(&found).starts_with("function a\n"));
    assert!(dump::paths(&found).contains("Call b of a"));
    let lost = facts("mod a; impl { fn f() {} \n fn g() { \"open");
    assert!(dump::items(&lost).starts_with("module a;"));
    assert!(!lost.problems.is_empty());
}

#[test]
fn marks_and_shebangs_are_no_code() {
    for text in ["\u{feff}mod a;", "#!/usr/bin/env rust\nmod a;", "\u{feff}#!/bin/x\r\nmod a;\r\n"] {
        let found = facts(text);
        assert_eq!(found.problems, [], "{text:?}");
        let item = &found.items[0];
        assert_eq!(&text[item.span.start as usize..item.span.end as usize], "mod a;");
    }
}

#[test]
fn deep_nesting_is_a_problem_and_no_crash() {
    let run = || {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("m!(", ")"),
            ("|| ", ""),
            ("&", ""),
            ("if a {} else ", "{}"),
            ("mod a {", "}"),
            ("match a { _ => ", "}"),
            ("Vec<", ">"),
            ("fn f() {", "}"),
            ("a::<", ">()"),
            ("x = ", ""),
            ("!", ""),
            ("S { a: ", "}"),
        ] {
            for count in [200, 1_000, 20_000] {
                let nested = format!("{}x{}", open.repeat(count), close.repeat(count));
                for text in [format!("fn f() {{ {nested} }}"), format!("type X = {nested};"), nested] {
                    verify(&text, &facts(&text));
                }
            }
        }
        let found = facts(&format!("fn f() {{ {}{} }}", "(".repeat(20_000), ")".repeat(20_000)));
        assert_eq!(found.problems[0].message, "nested too deeply to be read");
        let chain = format!("fn f() {{ a{} }}", ".b().c::<D>()".repeat(5_000));
        assert_eq!(facts(&chain).paths.len(), 5_001);
        let sum = format!("fn f() {{ {} 1 }}", "A + ".repeat(5_000));
        assert_eq!(facts(&sum).paths.len(), 5_000);
    };
    std::thread::Builder::new().stack_size(8 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn old_editions_have_other_keywords() {
    let found = read("pub fn async() {} fn f(x: Box<dyn_m::T>) { async(); dyn::x() }", Edition::E2015);
    assert_eq!(found.problems, []);
    assert_eq!(dump::paths(&found), "Type Box of f\nType dyn_m::T of f\nCall async of f\nCall dyn::x of f\n");
}

#[test]
fn arguments_without_content_are_no_crash() {
    for arguments in
        [";", "x;;", "; ;", "#[a]", "=>", "a =>", ", ,", "..", "unsafe", "if", "a = ", ":", "a:", "::", "$crate", "'a"]
    {
        for name in
            ["m", "format", "info", "matches", "vec", "select", "cfg_if", "cfg_select", "asm", "bitflags", "offset_of"]
        {
            for (open, close) in [("(", ");"), ("{", "}"), ("[", "];")] {
                let call = format!("{name}!{open}{arguments}{close}");
                for text in [format!("fn f() {{ {call} let x = {call}; }}"), format!("fn f({call}: {call}) {{}}"), call]
                {
                    verify(&text, &facts(&text));
                }
            }
        }
    }
}
