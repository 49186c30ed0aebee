//! What texts mean, and what is said of those that mean nothing.

use proptest::prelude::*;

use super::*;

/// The query in few words.
fn told(text: &str) -> String {
    fn words(set: &Set) -> String {
        let list = |sets: &[Set]| sets.iter().map(words).collect::<Vec<_>>().join(" ");
        let by = |kinds: &Kinds| kinds.0.iter().map(|kind| format!(" by {}", kind.word())).collect::<String>();
        match set {
            Set::Everything => "everything".to_owned(),
            Set::Named(word) => word.text.clone(),
            Set::Kind(kind) => format!("kind={}", kind.word()),
            Set::Visibility(access) => format!("vis={}", access.word()),
            Set::Is(state) => format!("is={}", state.word()),
            Set::Has(key, word) => format!("{}={}", key.word(), word.text),
            Set::Measured(measure, comparison, number) => {
                format!("{}{}{number}", measure.word(), comparison.word())
            }
            Set::Related(relation, of, kinds) => format!("{}({}{})", relation.word(), words(of), by(kinds)),
            Set::Between(from, to) => format!("between({}, {})", words(from), words(to)),
            Set::Not(set) => format!("not[{}]", words(set)),
            Set::All(sets) => format!("all[{}]", list(sets)),
            Set::Any(sets) => format!("any[{}]", list(sets)),
        }
    }
    match Query::parse(text) {
        Ok(Query::Set(set)) => words(&set),
        Ok(Query::Edges { from, to, by }) => {
            let by: String = by.0.iter().map(|kind| format!(" by {}", kind.word())).collect();
            format!("{} -> {}{by}", words(&from), words(&to))
        }
        Ok(Query::Ways { from, to }) => format!("ways from {} to {}", words(&from), words(&to)),
        Err(mistake) => format!("{}: {mistake}", mistake.column(text)),
    }
}

fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn a_name_is_what_riprap_toml_writes() {
    for name in ["orders", "shop-orders", "orders::stock", "core/orders/*", "bin:app::cli", "test:lib:app", "a::**::b"]
    {
        check(name, name);
    }
    check("**", "everything");
    check("\"a name\"", "a name");
}

#[test]
fn a_key_has_its_value_right_behind_it() {
    check("kind:trait", "kind=trait");
    check("owner:@shop/billing", "owner=@shop/billing");
    check("owner:\"the shop\"", "owner=the shop");
    check("file:src/*.rs", "file=src/*.rs");
    check("kind: trait", "1: `kind:` needs a value right behind it");
}

#[test]
fn things_beside_each_other_are_both_meant() {
    check("orders kind:fn", "all[orders kind=fn]");
    check("orders and kind:fn & vis:pub", "all[orders kind=fn vis=pub]");
}

#[test]
fn not_binds_tighter_than_and_and_that_tighter_than_or() {
    check("a b | -c d", "any[all[a b] all[not[c] d]]");
    check("not a or b", "any[not[a] b]");
    check("a - b", "all[a not[b]]");
    check("!!a", "a");
    check("(a | b) c", "all[any[a b] c]");
}

#[test]
fn operators_that_begin_a_longer_word_are_names() {
    check("orders notes android by-hand", "all[orders notes android by-hand]");
    check("or-tools", "or-tools");
}

#[test]
fn numbers_are_compared() {
    check("lines > 500", "lines>500");
    check("fan-in>=1_000 kind:module", "all[fan-in>=1000 kind=module]");
    check("lines > many", "9: `many` is no number: whole numbers are compared");
    check("liens > 5", "1: `liens` is not a number; known are lines, items, fan-in, fan-out");
}

#[test]
fn functions_take_sets_and_kinds_of_references() {
    check("uses(orders | billing)", "uses(any[orders billing])");
    check("uses(crate:sqlx by type|call) -layer:db", "all[uses(crate=sqlx by type by call) not[layer=db]]");
    check("reaches(uses(a))", "reaches(uses(a))");
    check("path(a, b)", "ways from a to b");
    check("path(a, b) kind:module", "all[between(a, b) kind=module]");
}

#[test]
fn an_arrow_asks_for_references() {
    check("orders -> billing", "orders -> billing");
    check("orders->billing by call|impl", "orders -> billing by call by impl");
    check("a | b -> ** - a", "any[a b] -> all[everything not[a]]");
}

#[test]
fn a_mistake_is_told_with_its_column() {
    check("", "1: a query needs something to look for");
    check("  ", "3: a query needs something to look for");
    check("(a", "3: `)` is missing at the end");
    check("a)", "2: this `)` closes nothing");
    check("a |", "4: a name, a condition or `(` is missing at the end");
    check("a ->", "5: a name, a condition or `(` is missing at the end");
    check("ü | | b", "5: a name, a condition or `(` is missing before `|`");
    check("a ~ b", "3: `~` has no meaning here");
    check("\"a", "3: the closing `\"` is missing at the end");
    check("path(a)", "1: `path` takes two arguments, from where and to where");
    check("uses(a, b)", "1: `uses` takes one argument");
    check("uses a)", "7: this `)` closes nothing");
    check("a by call", "6: `by` belongs to references: `A -> B by call`, or `uses(A by call)`");
    check(
        "a -> b by magic",
        "11: `magic` is not a kind of reference; known are use, reexport, type, value, call, pattern, impl, method, \
         operator, macro, derive, attribute, visibility, doc",
    );
    check(
        "usage(a)",
        "1: `usage` is not a function; known are uses, used_by, reaches, reached_by, below, around, path",
    );
    check(
        "team:shop",
        "1: `team` is not a key; known are kind, vis, is, name, boundary, package, crate, layer, tag, owner, file, attr",
    );
}

#[test]
fn no_depth_is_too_much() {
    check(&"(".repeat(50_000), "41: more than 40 parentheses are open here");
    check(&format!("{}a", "!".repeat(50_000)), "a");
}

proptest! {
    #[test]
    fn every_text_gives_a_query_or_a_place_in_it(text in "[a-c:|&!()<>=\", *by-]{0,24}") {
        if let Err(mistake) = Query::parse(&text) {
            prop_assert!(text.get(mistake.span.start as usize..mistake.span.end as usize).is_some());
            prop_assert!(!mistake.message.is_empty());
        }
    }
}
