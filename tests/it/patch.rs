//! Drafts as patches: the patched code is what the draft said, and, gated by `RIPRAP_TEST_PATCH=1`, the compiler takes it.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use riprap::analysis::{Analysis, Asked, Live};
use riprap::draft::{Draft, Move};
use riprap::facts::ItemKind;
use riprap::model::{Model, NodeId, NodeKind};

use crate::support::{riprap, sample, stderr};

fn relocate(code: &str, to: &str) -> Move {
    Move::Relocate { code: code.to_owned(), to: to.to_owned() }
}

fn open(path: &Path) -> (Live, Analysis) {
    let mut live = Live::new(Asked::default());
    let analysis = live.open(path, &|_| {}, &AtomicBool::new(false)).expect("the workspace can be analyzed");
    (live, analysis)
}

/// Modules and items, each to some other modules of its package.
fn moves(model: &Model, is_moved: impl Fn(NodeKind) -> bool, every: usize) -> Vec<Move> {
    let is_product = |id: &NodeId| !model.node(*id).test && model.node(*id).active;
    let code = model.node_ids().filter(is_product).filter(|id| is_moved(model.node(*id).kind));
    let code: Vec<NodeId> =
        code.filter(|id| model.node(*id).parent.is_some_and(|it| model.node(it).kind.is_module())).collect();
    let mut moves = Vec::new();
    for (index, code) in code.iter().enumerate() {
        let places: Vec<NodeId> = model
            .module_ids()
            .filter(is_product)
            .filter(|to| model.target_of(*to) == model.target_of(*code) && !model.is_within(*to, *code))
            .filter(|to| model.node(*code).parent != Some(*to))
            .collect();
        moves.extend(
            places.iter().skip(index % every).step_by(every).map(|to| relocate(model.path(*code), model.path(*to))),
        );
    }
    moves
}

fn is_item(kind: NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Item(ItemKind::Function | ItemKind::Struct | ItemKind::Enum | ItemKind::Trait | ItemKind::Const)
    )
}

/// What does not come out as it was drafted.
fn broken(name: &str, moves: &[Move]) -> Vec<String> {
    let (mut live, analysis) = open(&sample(name));
    let ground = analysis.ground();
    let mut broken = Vec::new();
    for step in moves {
        let drafted = ground.lay_draft(&Draft { moves: vec![step.clone()] });
        if !drafted.refusals.is_empty() {
            continue;
        }
        let patched = live.patch(&ground, &drafted, &AtomicBool::new(false));
        let patched = patched.expect("nothing is cancelled").expect("the code is the same");
        let told = patched.promise.differences.iter().cloned();
        let left = patched.patch.left.iter().map(|left| format!("left: {:?} {}", left.place, left.reason));
        broken.extend(told.chain(left).map(|what| format!("{step}: {what}")));
    }
    broken
}

#[test]
fn modules_of_the_shop_move_within_their_packages_as_drafted() {
    let (_, analysis) = open(&sample("shop"));
    let moves = moves(&analysis.model, |kind| kind == NodeKind::Module, 3);
    assert!(moves.len() > 20);
    let broken = broken("shop", &moves);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn items_of_the_shop_move_within_their_packages_as_drafted() {
    let (_, analysis) = open(&sample("shop"));
    let moves = moves(&analysis.model, is_item, 11);
    let broken = broken("shop", &moves);
    let program =
        "Move `bin:app::main` to `bin:app::backoffice`: not possible: a program begins with the `main` of its root";
    // Others need it there: it becomes visible, and what is visible is no internal.
    let shown = "Move `bin:app::backoffice::sales::turnover` to `bin:app::storefront`: violation internal-access \
                 bin:app::backoffice bin:app::storefront::turnover is missing";
    assert_eq!(broken, [program, shown]);
}

/// What `git apply` and the compiler say of a patch; empty where they say nothing, `None` where it is not offered as one that
/// keeps its promise.
fn compiled(name: &str, steps: &[Move], target: &Path) -> Option<String> {
    let folder = tempfile::tempdir().expect("there is room");
    copy(&sample(name), folder.path());
    std::fs::write(folder.path().join("riprap.draft.toml"), riprap::draft::write(&Draft { moves: steps.to_vec() }))
        .expect("the draft can be written");
    let patch = folder.path().join("x.patch");
    let at = |path: &Path| path.to_str().expect("paths here are text").to_owned();
    let output = riprap(&["export", &at(folder.path()), "--view", "whatif", "--output", &at(&patch)]);
    if output.status.code() == Some(1) {
        // It says itself that it does not keep its promise.
        return None;
    }
    assert!(output.status.success(), "{}", stderr(&output));
    for arguments in
        [&["git", "apply", "x.patch"][..], &["cargo", "check", "--offline", "--workspace", "--all-targets", "--quiet"]]
    {
        let run = Command::new(arguments[0])
            .args(&arguments[1..])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", target)
            .output();
        let run = run.expect("the program starts");
        if !run.status.success() {
            return Some(stderr(&run));
        }
    }
    Some(String::new())
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder can be listed") {
        let entry = entry.expect("the entry can be read");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("the file can be copied");
        }
    }
}

#[test]
fn patches_of_the_samples_compile() {
    if std::env::var("RIPRAP_TEST_PATCH").as_deref() != Ok("1") {
        return;
    }
    let target = tempfile::tempdir().expect("there is room");
    let (mut told, mut tried, mut kept) = (Vec::new(), 0, 0);
    for name in ["shop", "shop-eroded"] {
        let (_, analysis) = open(&sample(name));
        let mut all = moves(&analysis.model, |kind| kind == NodeKind::Module, 9);
        all.extend(moves(&analysis.model, is_item, 41));
        for step in all {
            let said = compiled(name, std::slice::from_ref(&step), target.path());
            kept += usize::from(said.is_some());
            told.extend(said.filter(|said| !said.is_empty()).map(|said| format!("== {name}: {step}\n{said}")));
            tried += 1;
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert!(2 * kept > tried, "{kept} of {tried} patches are offered");
}
