//! Drafts on the eroded shop: what is suggested mends, and the list of moves can be followed.

use std::sync::atomic::AtomicBool;

use riprap::draft::{Draft, Drafted, Ground, Move, changes, conditions, suggestions};
use riprap::export::moves::moves;

use crate::support::{analyze, sample};

fn eroded() -> Ground {
    analyze(&sample("shop-eroded")).ground()
}

fn relocate(code: &str, to: &str) -> Move {
    Move::Relocate { code: code.to_owned(), to: to.to_owned() }
}

fn lay(ground: &Ground, moves: &[Move]) -> Drafted {
    let drafted = ground.lay_draft(&Draft { moves: moves.to_vec() });
    assert_eq!(drafted.model.verify(), Vec::<String>::new());
    drafted
}

#[test]
fn an_empty_draft_is_judged_as_the_shop_is() {
    for name in ["shop", "shop-eroded"] {
        let analysis = analyze(&sample(name));
        let ground = analysis.ground();
        let drafted = lay(&ground, &[]);
        assert_eq!(ground.verdict, analysis.verdict, "{name}");
        assert_eq!(drafted.verdict, analysis.verdict, "{name}");
        assert!(changes(&ground, &drafted).is_empty());
    }
}

#[test]
fn what_is_suggested_for_the_eroded_shop_mends_it_and_breaks_nothing() {
    let ground = eroded();
    let found = suggestions(&ground, &lay(&ground, &[]), &|_, _| {}, &AtomicBool::new(false));
    let told: Vec<String> = found
        .iter()
        .map(|it| {
            let moves: Vec<String> = it.moves.iter().map(ToString::to_string).collect();
            format!("{}: {} denied fewer, size {}, {} to prepare", moves.join(" + "), it.denied, it.size, it.needed)
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    for suggestion in found {
        let drafted = lay(&ground, &suggestion.moves);
        assert!(drafted.effect.denied.1 < drafted.effect.denied.0);
    }
}

/// Modules of the shop to one package each: a sound model, and a judgement that is undone by the way back.
#[test]
fn a_move_of_any_module_and_its_way_back_are_judged_as_today() {
    let ground = eroded();
    let model = ground.model().clone();
    let modules = model.module_ids().filter(|id| model.node(*id).kind == riprap::model::NodeKind::Module);
    for (index, module) in modules.enumerate().step_by(4) {
        let code = model.path(module);
        let back = model.path(model.node(module).parent.expect("a module is in another one"));
        let packages: Vec<&str> = model.packages().map(|package| &*model.node(package).name).collect();
        let to = packages[index % packages.len()];
        let there = ground.lay_draft(&Draft { moves: vec![relocate(code, to)] });
        assert_eq!(there.model.verify(), Vec::<String>::new(), "{code} to {to}");
        let drafted = lay(&ground, &[relocate(code, to), relocate(code, back)]);
        assert!(drafted.effect.is_empty(), "{code} to {to} and back");
    }
}

#[test]
fn a_module_that_goes_to_another_package_is_told_in_steps() {
    let ground = eroded();
    let drafted = lay(&ground, &[relocate("billing::reconcile", "orders")]);
    let conditions = conditions(&ground, &drafted);
    let told: Vec<String> = conditions.iter().map(|it| format!("{:?}: {}", it.gravity, it.message)).collect();
    insta::assert_snapshot!("conditions", told.join("\n"));
    insta::assert_snapshot!("steps", moves(&ground, &drafted, &changes(&ground, &drafted)));
}

#[test]
fn a_ring_of_packages_is_refused() {
    let ground = eroded();
    let drafted = lay(&ground, &[relocate("orders::storage", "contracts")]);
    let told: Vec<String> =
        conditions(&ground, &drafted).iter().map(|it| format!("{:?}: {}", it.gravity, it.message)).collect();
    insta::assert_snapshot!(told.join("\n"));
}
