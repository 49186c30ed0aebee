use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::fixture::ground;
use super::*;
use crate::boundary::Declaration;
use crate::boundary::fixture::declarations;

const SHOP: &str = "
    package contracts contracts
    pub struct contracts::Id
    package orders orders
    pub mod orders::storage
    pub struct orders::storage::Row
    pub mod orders::placing
    pub fn orders::place
    package billing billing
    pub mod billing::invoices
    pub fn billing::bill
    pub mod billing::reconcile
    billing::reconcile -> orders::storage::Row type
    billing::invoices -> contracts::Id type
    orders::placing -> orders::storage::Row type
    orders::placing -> contracts::Id type
";

fn declared() -> Vec<Declaration> {
    declarations(&[
        ("billing", "contains billing; may_use contracts"),
        ("contracts", "contains contracts; api pub; role contracts"),
        ("orders", "contains orders; may_use contracts"),
    ])
}

fn shop() -> Ground {
    ground(SHOP, declared())
}

fn name(text: &str) -> String {
    text.to_owned()
}

fn relocate(code: &str, to: &str) -> Move {
    Move::Relocate { code: name(code), to: name(to) }
}

fn assign(code: &str, boundary: &str) -> Move {
    Move::Assign { code: name(code), boundary: name(boundary) }
}

fn lay(ground: &Ground, moves: &[Move]) -> Drafted {
    let drafted = ground.lay_draft(&Draft { moves: moves.to_vec() });
    assert_eq!(drafted.model.verify(), Vec::<String>::new());
    drafted
}

/// What goes, with `-`, and what comes, with `+`.
fn told(ground: &Ground, drafted: &Drafted) -> Vec<String> {
    let line = |sign: char, judged: &crate::verdict::Judged| {
        let violation = &judged.violation;
        format!("{sign} {} {} {}", violation.rule, violation.from, violation.to).trim_end().to_owned()
    };
    let gone = drafted.effect.gone.iter().map(|index| line('-', &ground.verdict.violations[*index]));
    gone.chain(drafted.effect.new.iter().map(|index| line('+', &drafted.verdict.violations[*index]))).collect()
}

#[track_caller]
fn check(moves: &[Move], expected: &[&str]) {
    let ground = shop();
    let drafted = lay(&ground, moves);
    assert_eq!(drafted.refusals, []);
    assert_eq!(told(&ground, &drafted), expected);
}

#[test]
fn an_empty_draft_changes_nothing() {
    let ground = shop();
    let drafted = lay(&ground, &[]);
    assert_eq!(drafted.verdict, ground.verdict);
    assert!(drafted.effect.is_empty() && changes(&ground, &drafted).is_empty());
    assert_eq!(drafted.effect.denied, (2, 2));
}

#[test]
fn code_that_is_given_to_its_user_is_named_through_the_old_boundary_still() {
    check(
        &[assign("orders::storage", "billing")],
        &[
            "- internal-access billing::reconcile orders::storage::Row",
            "+ undeclared-dependency orders::placing orders::storage::Row",
            "+ boundary-cycle workspace",
        ],
    );
}

#[test]
fn a_violation_of_moved_code_stays_the_same_violation() {
    let ground = shop();
    let drafted = lay(&ground, &[relocate("billing::reconcile", "billing::invoices")]);
    assert_eq!(told(&ground, &drafted), Vec::<String>::new());
    assert_eq!(drafted.effect.denied, (2, 2));
    assert!(drafted.model.find("billing::invoices::reconcile").is_some());
}

#[test]
fn what_both_need_moves_to_the_contracts() {
    check(
        &[relocate("orders::storage::Row", "contracts")],
        &[
            "- internal-access billing::reconcile orders::storage::Row",
            "- undeclared-dependency billing::reconcile orders::storage::Row",
        ],
    );
}

#[test]
fn a_cut_is_as_if_nobody_had_written_it() {
    let ground = shop();
    let cut = Move::Cut { from: name("billing"), to: name("orders") };
    let drafted = lay(&ground, &[cut]);
    assert_eq!(drafted.effect.denied, (2, 0));
    assert_eq!(drafted.cut.len(), 1);
}

#[test]
fn what_is_cut_is_named_as_it_is_today() {
    let ground = shop();
    let cut = Move::Cut { from: name("billing::reconcile"), to: name("orders::storage") };
    let drafted = lay(&ground, &[relocate("billing::reconcile", "contracts"), cut]);
    assert_eq!((drafted.refusals.as_slice(), drafted.cut.len()), (&[][..], 1));
}

#[test]
fn a_boundary_of_a_module_goes_with_it_and_what_is_inside_goes_first() {
    let mut all = declared();
    all.extend(declarations(&[("stock", "contains orders::storage"), ("pages", "contains orders::placing")]));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    let ground = ground(SHOP, all);
    let moves = [relocate("orders::placing", "orders::storage"), relocate("orders::storage", "billing")];
    let drafted = lay(&ground, &moves);
    assert_eq!(drafted.refusals, []);
    let boundary = |path: &str| {
        let node = drafted.model.find(path).unwrap();
        drafted.boundaries.name(drafted.boundaries.of(node).unwrap()).to_owned()
    };
    assert_eq!(boundary("billing::storage"), "stock");
    assert_eq!(boundary("billing::storage::placing"), "pages");
}

#[test]
fn boundaries_are_split_and_merged() {
    let ground = shop();
    let split = Move::Split { code: vec![name("orders::storage")], boundary: name("stock") };
    let drafted = lay(&ground, &[split]);
    assert!(drafted.boundaries.find("stock").is_some());
    assert_eq!(drafted.refusals, []);
    // It shows what its root shows, and may be used by what is around it.
    assert_eq!(told(&ground, &drafted), ["- internal-access billing::reconcile orders::storage::Row"]);
    let drafted = lay(&ground, &[Move::Merge { boundary: name("orders"), into: name("billing") }]);
    assert!(drafted.boundaries.find("orders").is_none());
    assert_eq!(drafted.effect.denied, (2, 0));
}

#[test]
fn a_move_that_cannot_be_made_is_refused_and_the_others_are_made() {
    let ground = shop();
    let moves = [
        relocate("orders::storage", "orders::storage::Row"),
        relocate("orders::storage", "orders"),
        relocate("orders::storag", "billing"),
        relocate("orders", "billing"),
        assign("orders::storage", "bilinng"),
        Move::Split { code: vec![name("orders::storage")], boundary: name("a b") },
        assign("orders::storage", "billing"),
    ];
    let drafted = lay(&ground, &moves);
    let told: Vec<String> =
        drafted.refusals.iter().map(|refusal| format!("{}: {}", refusal.index, refusal.message)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    0: `orders::storage::Row` is no module: nothing can be put into it
    1: `orders::storage` is there already
    2: nothing here is called `orders::storag`; did you mean `orders::storage`?
    3: `orders` is a package or target: its modules can be moved, and it can be given to a boundary
    4: nothing here is called `bilinng`; did you mean `billing`?
    5: `a b` is no name for a boundary
    ");
    assert_eq!(drafted.assigned.len(), 1);
}

#[test]
fn what_is_suggested_mends_and_breaks_nothing() {
    let ground = shop();
    let found = suggestions(&ground, &lay(&ground, &[]), &|_, _| {}, &AtomicBool::new(false));
    let told: Vec<String> = found
        .iter()
        .map(|it| {
            let moves: Vec<String> = it.moves.iter().map(ToString::to_string).collect();
            format!("{}: {} denied fewer", moves.join(", "), it.denied)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    Give `billing::reconcile` to boundary `orders`: 2 denied fewer
    Move `orders::storage::Row` to `contracts`: 2 denied fewer
    Move `billing::reconcile` to `orders`: 2 denied fewer
    ");
    for suggestion in found {
        let drafted = lay(&ground, &suggestion.moves);
        assert!(drafted.effect.denied.1 < drafted.effect.denied.0);
    }
}

const PLACES: [&str; 6] =
    ["orders", "billing", "contracts", "orders::placing", "billing::invoices", "billing::reconcile"];
const CODE: [&str; 5] =
    ["orders::storage", "orders::placing", "billing::invoices", "billing::reconcile", "orders::storage::Row"];

proptest! {
    #[test]
    fn a_move_and_the_move_back_give_the_judgement_of_today(code in 0..CODE.len(), to in 0..PLACES.len()) {
        let ground = shop();
        let model = ground.model();
        let back = model.node(model.find(CODE[code]).unwrap()).parent.unwrap();
        let moves = [relocate(CODE[code], PLACES[to]), relocate(CODE[code], model.path(back))];
        let drafted = ground.lay_draft(&Draft { moves: moves.to_vec() });
        prop_assert_eq!(&drafted.verdict, &ground.verdict);
        prop_assert!(drafted.effect.is_empty());
        prop_assert!(changes(&ground, &drafted).is_empty());
    }

    #[test]
    fn a_draft_of_any_moves_is_a_sound_model(
        moves in proptest::collection::vec((0..CODE.len(), 0..PLACES.len()), 0..6)
    ) {
        let ground = shop();
        let moves: Vec<Move> = moves.into_iter().map(|(code, to)| relocate(CODE[code], PLACES[to])).collect();
        let drafted = ground.lay_draft(&Draft { moves });
        prop_assert_eq!(drafted.model.verify(), Vec::<String>::new());
    }
}
