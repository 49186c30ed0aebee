use crate::boundary::fixture::declarations;
use crate::rules::fixture::Written;

/// `orders` uses `billing` without saying so; `app` wires both.
#[track_caller]
fn check(orders: &str, billing: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let text = format!(
        "//- /orders/src/lib.rs lib:orders deps:billing
{orders}
//- /billing/src/lib.rs lib:billing deps:ids,money,store
{billing}
//- /ids/src/lib.rs lib:ids
pub struct Id(pub u64);
//- /money/src/lib.rs lib:money
pub struct Money(pub i64);
//- /store/src/lib.rs lib:store
pub struct Row;
//- /app/src/lib.rs lib:app deps:orders,billing
"
    );
    let written = Written::new(&text, declarations(declared));
    let found = written.violations("undeclared-dependency").into_iter().map(|violation| {
        let route = violation.route.unwrap_or_default();
        route.split_once("; else ").map_or(route.clone(), |(_, change)| change.to_owned())
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

const DECLARED: [(&str, &str); 6] = [
    ("app", "contains app; role composition; may_use orders billing"),
    ("billing", "contains billing; may_use ids money store"),
    ("ids", "contains ids; role contracts; may_use"),
    ("money", "contains money; role contracts; may_use ids"),
    ("orders", "contains orders; may_use money"),
    ("store", "contains store; may_use"),
];

#[test]
fn plain_data_moves_to_the_contracts_that_both_may_use() {
    check(
        "fn f(_: billing::Price) {}",
        "pub struct Price { pub amount: u32 } impl Price { pub fn new(amount: u32) -> Self { Self { amount } } }",
        &DECLARED,
        &["move `Price` to the contracts `money`, which `orders` and `billing` may both use: it is plain data"],
    );
}

#[test]
fn what_data_is_made_of_moves_with_it_and_contracts_stay() {
    check(
        "fn f(_: billing::Invoice) {}",
        "pub struct Invoice { pub id: ids::Id, pub lines: Vec<Line>, pub sum: money::Money }
         pub struct Line { pub kind: kinds::Kind }
         pub mod kinds { pub enum Kind { Goods, Work } }",
        &DECLARED,
        &["move `Invoice` with `Line` and `Kind`, which it is made of, to the contracts `money`, which `orders` and \
             `billing` may both use: it is plain data"],
    );
}

#[test]
fn what_its_own_functions_name_moves_with_it() {
    check(
        "fn f(_: billing::Price) {}",
        "pub struct Price(u32); pub struct Text(pub String);
         impl Price { pub fn text(&self) -> Text { Text(self.0.to_string()) } }",
        &DECLARED,
        &["move `Price` with `Text`, which it is made of, to the contracts `money`, which `orders` and `billing` may \
             both use: it is plain data"],
    );
}

#[test]
fn a_variant_moves_as_its_enum() {
    check(
        "fn f() { let _ = billing::State::Open; }",
        "pub enum State { Open, Paid }",
        &DECLARED,
        &["move `State` to the contracts `money`, which `orders` and `billing` may both use: it is plain data"],
    );
}

const WAY_OUT: &str = "take what it needs as an argument";

#[test]
fn data_that_works_or_holds_what_contracts_must_not_have_stays() {
    let uses = "fn f(_: billing::Ledger) {}";
    check(
        uses,
        "pub struct Ledger { pub lines: Vec<u32> }
         impl Ledger { pub fn sum(&self) -> u32 { let mut n = 0; for line in &self.lines { n += line; } n } }",
        &DECLARED,
        &[WAY_OUT],
    );
    check(uses, "pub struct Ledger { pub row: store::Row }", &DECLARED, &[WAY_OUT]);
    check(uses, "pub struct Ledger { rows: std::sync::Mutex<Vec<u32>> }", &DECLARED, &[WAY_OUT]);
}

#[test]
fn behaviour_is_asked_for_through_a_trait_where_both_are_wired() {
    check(
        "fn f() { billing::charge(1); billing::refund(1); }",
        "pub fn charge(_: u32) {} pub fn refund(_: u32) {}",
        &DECLARED,
        &["declare a trait in `orders` with what it calls of `billing` (`charge` and `refund`), and implement it in \
           `app`, which may use both"; 2],
    );
}

#[test]
fn what_makes_a_thing_is_no_part_of_the_trait() {
    check(
        "fn f() { let desk: billing::Desk = billing::Desk::open(); desk.charge(); }",
        "pub struct Desk(std::sync::Mutex<u32>);
         impl Desk { pub fn open() -> Self { todo() } pub fn charge(&self) {} }",
        &DECLARED,
        &[
            "declare a trait in `orders` with what it calls of `billing` (`charge`), and implement it in `app`, which may use \
           both",
        ],
    );
}

#[test]
fn the_boundary_around_both_can_implement_it() {
    let text = "//- /app/src/lib.rs lib:app
pub mod a { pub fn f() { crate::b::g(); } }
pub mod b { pub fn g() {} }
";
    let declared =
        [("app", "contains app; may_use"), ("a", "contains app::a; may_use"), ("b", "contains app::b; may_use")];
    let written = Written::new(text, declarations(&declared));
    let found = written.violations("undeclared-dependency");
    let route = found[0].route.as_deref().unwrap();
    assert!(route.ends_with("(`g`), and implement it in `app`, which may use both"), "{route}");
}

#[test]
fn a_boundary_that_may_use_the_caller_implements_its_trait_itself() {
    let mut declared = DECLARED;
    declared[1] = ("billing", "contains billing; may_use orders");
    check(
        "fn f() { billing::charge(1); }",
        "pub fn charge(_: u32) {}",
        &declared,
        &["declare a trait in `orders` with what it calls of `billing` (`charge`), and implement it in `billing`"],
    );
}

#[test]
fn where_nobody_may_use_both_nothing_is_promised() {
    let mut declared = DECLARED;
    declared[0] = ("app", "contains app; may_use orders");
    check("fn f() { billing::charge(1); }", "pub fn charge(_: u32) {}", &declared, &[WAY_OUT]);
}
