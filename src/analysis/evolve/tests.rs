//! Histories of small workspaces, made without git.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::*;
use crate::analysis::{self, Analysis};
use crate::git::fixture::Made;
use crate::history::Identity;

const HEAD: &str = r#"
//- riprap.toml
version = 1
style = "modular-monolith"
[boundary.orders]
contains = ["orders"]
may_use = []
[boundary.web]
contains = ["web"]
//- Cargo.toml
[workspace]
members = ["*"]
//- orders/Cargo.toml
[package]
name = "orders"
edition = "2021"
//- orders/src/lib.rs
pub mod stock;
pub struct Order;
//- orders/src/stock.rs
pub struct Level;
pub struct Unit;
"#;

/// A commit with this text in the crate `web`.
fn web(files: &str) -> String {
    format!(
        "{HEAD}//- web/Cargo.toml\n[package]\nname = \"web\"\nedition = \"2021\"\n[dependencies]\norders = {{ path = \"../orders\" \
         }}\n{files}"
    )
}

fn asked() -> Asked {
    Asked::default()
}

fn history(made: &Made, stretch: &Stretch) -> History {
    evolve(&made.root(), &asked(), stretch, &|_: Progress| {}, &AtomicBool::new(false)).unwrap()
}

/// Each violation of a rule with the commit that introduced it and, if it is gone, the one that fixed it.
fn lives(history: &History) -> Vec<String> {
    let name = |commit: Option<&Commit>| {
        commit.map_or_else(|| "before".to_owned(), |commit| commit.subject.replace("Commit ", ""))
    };
    let told = history.lives().into_iter().map(|life| {
        let spans = life.spans.iter().map(|span| {
            let fixed = span.fixed.map_or_else(String::new, |at| name(Some(&history.points[at].commit)));
            format!("{}-{fixed}", name(history.introducing(span)))
        });
        let Identity { rule, from, to, .. } = &life.identity;
        format!("{rule} {from} -> {to} {}", spans.collect::<Vec<_>>().join(" "))
    });
    told.filter(|life| life.starts_with("internal-access")).collect()
}

const CLEAN: &str = "//- web/src/lib.rs\npub use orders::Order;\n";
const BROKEN: &str = "//- web/src/lib.rs\npub use orders::Order;\npub fn f(_: orders::stock::Level) {}\n";
const WORSE: &str =
    "//- web/src/lib.rs\npub use orders::Order;\npub fn f(_: orders::stock::Level, _: orders::stock::Unit) {}\n";

#[test]
fn each_violation_has_the_commits_that_introduced_and_fixed_it() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, WORSE, BROKEN, CLEAN, BROKEN] {
        made.commit(&web(web_files));
    }
    let history = history(&made, &Stretch::default());
    assert_eq!(
        lives(&history),
        ["internal-access web -> orders::stock::Level 2-5 6-", "internal-access web -> orders::stock::Unit 3-4"]
    );
    let counts: Vec<usize> =
        history.points.iter().filter_map(|point| Some(point.state.as_ref().ok()?.denied)).collect();
    assert_eq!(counts, [0, 1, 2, 1, 0, 1]);
}

#[test]
fn a_violation_survives_the_renaming_of_files_modules_and_crates() {
    let module = |name: &str| {
        format!(
            "//- web/src/lib.rs\npub mod {name};\n//- web/src/{name}.rs\npub struct Page;\npub fn f(_: orders::stock::Level) {{}}\n"
        )
    };
    let mut made = Made::new();
    made.commit(&web(&module("cart")));
    made.commit(&web(&module("basket")));
    let nested = "//- web/src/lib.rs\npub mod shop;\n//- web/src/shop/mod.rs\npub mod basket;\n//- web/src/shop/basket.rs\npub struct \
                  Page;\npub fn f(_: orders::stock::Level) {}\npub fn g() {}\n";
    made.commit(&web(nested));
    made.commit(
        &web(nested)
            .replace("name = \"web\"", "name = \"site\"")
            .replace("contains = [\"web\"]", "contains = [\"site\"]"),
    );
    made.commit(
        &web(nested)
            .replace("name = \"web\"", "name = \"site\"")
            .replace("contains = [\"web\"]", "contains = [\"site\", \"web\"]")
            .replace("pub mod stock;", "pub mod goods;")
            .replace("stock.rs", "goods.rs")
            .replace("stock::", "goods::"),
    );
    let history = history(&made, &Stretch::default());
    assert_eq!(lives(&history), ["internal-access site::shop::basket -> orders::goods::Level 1-"]);
}

#[test]
fn a_range_starts_from_the_commit_before_it() {
    let mut made = Made::new();
    for web_files in [BROKEN, BROKEN, WORSE, WORSE] {
        made.commit(&web(web_files));
    }
    let stretch = |range: &str| Stretch { range: Some(range.to_owned()), ..Stretch::default() };
    let open = history(&made, &stretch("HEAD~2..HEAD"));
    assert_eq!(open.points.len(), 3);
    assert_eq!(
        lives(&open),
        ["internal-access web -> orders::stock::Level before-", "internal-access web -> orders::stock::Unit 3-"]
    );
    assert_eq!(history(&made, &stretch("HEAD~3..")).points.len(), 4);
    assert_eq!(history(&made, &stretch("HEAD~2")).points.len(), 2);
    let empty = evolve(&made.root(), &asked(), &stretch("HEAD..HEAD~1"), &|_: Progress| {}, &AtomicBool::new(false));
    assert!(empty.unwrap_err().to_string().starts_with("no commits in `HEAD..HEAD~1`"));
}

#[test]
fn steps_are_counted_from_the_newest() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, CLEAN, BROKEN, WORSE, WORSE] {
        made.commit(&web(web_files));
    }
    let history = history(&made, &Stretch { every: 3, ..Stretch::default() });
    let subjects: Vec<&str> = history.points.iter().map(|point| point.commit.subject.as_str()).collect();
    assert_eq!(subjects, ["Commit 1", "Commit 3", "Commit 6"]);
    assert_eq!(lives(&history).len(), 2);
}

#[test]
fn of_the_newest_commits_it_is_not_told_who_brought_what_was_there() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, BROKEN, WORSE] {
        made.commit(&web(web_files));
    }
    let newest = |n| history(&made, &Stretch { last: Some(n), ..Stretch::default() });
    assert_eq!(
        lives(&newest(2)),
        ["internal-access web -> orders::stock::Level before-", "internal-access web -> orders::stock::Unit 4-"]
    );
    assert_eq!((newest(2).points.len(), newest(0).points.len()), (2, 1));
    let all = newest(4);
    assert!(all.is_whole && all.points.len() == 4 && newest(100) == all);
}

#[test]
fn of_a_merge_the_commit_on_the_branch_is_told() {
    let mut made = Made::new();
    let base = made.commit(&web(CLEAN));
    let side = made.commit_after(&web(CLEAN), &[base]);
    let side = made.commit_after(&web(BROKEN), &[side]);
    let side = made.commit_after(&web(&format!("{BROKEN}// more\n")), &[side]);
    made.merge(&web(BROKEN), &[base, side]);
    let first_parent = history(&made, &Stretch::default());
    assert_eq!(first_parent.points.len(), 2);
    assert_eq!(lives(&first_parent), ["internal-access web -> orders::stock::Level 3-"]);
    let all = history(&made, &Stretch { route: Route::All, ..Stretch::default() });
    assert_eq!(all.points.len(), 5);
    assert_eq!(lives(&all), ["internal-access web -> orders::stock::Level 3-"]);
}

#[test]
fn a_commit_that_cannot_be_analysed_is_a_hole() {
    let mut made = Made::new();
    made.commit("//- README.md\n");
    made.commit(&web(BROKEN));
    made.commit(&web(BROKEN).replace("[workspace]", "[workspace"));
    made.commit(&web(BROKEN));
    let history = history(&made, &Stretch::default());
    let holes: Vec<bool> = history.points.iter().map(|point| point.state.is_err()).collect();
    assert_eq!(holes, [true, false, true, false]);
    assert_eq!(lives(&history), ["internal-access web -> orders::stock::Level 2-"]);
    assert_eq!(history.points[3].state.as_ref().unwrap().modules.added, []);
}

#[test]
fn a_history_can_be_cancelled() {
    let mut made = Made::new();
    made.commit(&web(CLEAN));
    let result = evolve(&made.root(), &asked(), &Stretch::default(), &|_: Progress| {}, &AtomicBool::new(true));
    assert!(matches!(result, Err(AnalysisError::Cancelled | AnalysisError::Git(GitError::Cancelled))), "{result:?}");
}

/// Everything that a history tells, with and without what an earlier run kept, and after one that was stopped.
#[test]
fn what_an_earlier_run_kept_is_what_would_be_found() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, WORSE] {
        made.commit(&web(web_files));
    }
    made.commit(&web(BROKEN).replace("[workspace]", "[workspace"));
    let base = made.commit(&web(CLEAN));
    let side = made.commit_after(&web(WORSE), &[base]);
    made.merge(&web(WORSE), &[base, side]);
    let cache = tempfile::tempdir().unwrap();
    for (range, route) in [("HEAD~2", Route::FirstParent), ("HEAD", Route::FirstParent), ("HEAD", Route::All)] {
        let stretch = Stretch { range: Some(range.to_owned()), route, ..Stretch::default() };
        let fresh = history(&made, &stretch);
        let stretch = Stretch { cache: Some(cache.path().to_owned()), ..stretch };
        assert_eq!(history(&made, &stretch), fresh);
        assert_eq!(history(&made, &stretch), fresh);
    }
}

#[test]
fn a_run_goes_on_where_another_one_was_stopped() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, WORSE, BROKEN, CLEAN, WORSE] {
        made.commit(&web(web_files));
    }
    let cache = tempfile::tempdir().unwrap();
    let stretch = Stretch { cache: Some(cache.path().to_owned()), ..Stretch::default() };
    let cancel = AtomicBool::new(false);
    let stop = |progress: Progress| cancel.store(progress.done >= 3, Ordering::Relaxed);
    assert!(evolve(&made.root(), &asked(), &stretch, &stop, &cancel).is_err());
    let told = Mutex::new(Vec::new());
    let tell = |progress: Progress| told.lock().unwrap().push(progress.done);
    let resumed = evolve(&made.root(), &asked(), &stretch, &tell, &AtomicBool::new(false)).unwrap();
    assert_eq!(resumed, history(&made, &Stretch::default()));
    assert_eq!(told.lock().unwrap().last(), Some(&6));
}

/// Writes down what it hears.
#[derive(Default)]
struct Heard {
    listed: Mutex<Vec<CommitId>>,
    found: Mutex<BTreeMap<usize, Result<State, Hole>>>,
}

impl Listener for Heard {
    fn progress(&self, _: Progress) {}

    fn listed(&self, _: &History, commits: &[Commit]) {
        *self.listed.lock().unwrap() = commits.iter().map(|commit| commit.id).collect();
    }

    fn found(&self, at: usize, found: &Result<State, Hole>) {
        self.found.lock().unwrap().insert(at, found.clone());
    }
}

#[test]
fn what_is_told_on_the_way_is_what_is_known_in_the_end() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, WORSE, CLEAN] {
        made.commit(&web(web_files));
    }
    made.commit("//- readme\nnothing\n");
    made.commit(&web(WORSE));
    let cache = tempfile::tempdir().unwrap();
    let stretch = Stretch { cache: Some(cache.path().to_owned()), ..Stretch::default() };
    // The second time everything comes from the first.
    for _ in 0..2 {
        let heard = Heard::default();
        let history = evolve(&made.root(), &asked(), &stretch, &heard, &AtomicBool::new(false)).unwrap();
        let ids: Vec<CommitId> = history.points.iter().map(|point| point.commit.id).collect();
        assert_eq!(*heard.listed.lock().unwrap(), ids);
        let known: BTreeMap<usize, Result<State, Hole>> =
            history.points.iter().map(|point| point.state.clone()).enumerate().collect();
        assert_eq!(*heard.found.lock().unwrap(), known);
    }
}

/// For each commit what `check` would have stopped it for, and how many violations of one rule it has.
fn failing(history: &History, rule: &str) -> Vec<(usize, usize)> {
    let states = history.points.iter().map(|point| point.state.as_ref().unwrap());
    let count =
        |state: &crate::history::State| state.violations.iter().find(|(name, _)| *name == rule).map_or(0, |it| it.1);
    states.map(|state| (state.failing.len(), count(state))).collect()
}

#[test]
fn other_rules_tell_which_commits_they_would_have_stopped() {
    let mut made = Made::new();
    for web_files in [CLEAN, BROKEN, WORSE, CLEAN, BROKEN] {
        made.commit(&web(web_files).replace("contains = [\"web\"]", "contains = [\"web\"]\nmay_use = [\"orders\"]"));
    }
    let text = "version = 1\nstyle = \"modular-monolith\"\n[boundary.orders]\ncontains = [\"orders\"]\n[boundary.web]\ncontains = \
                [\"web\"]\nmay_use = [\"not-yet\"]\n[boundary.not-yet]\ncontains = [\"later\"]\n[rules]\ninternal-access = \"off\"\n";
    let rules = Rules::Other { name: "strict.toml".to_owned(), text: text.to_owned() };
    let history = history(&made, &Stretch { rules, ..Stretch::default() });
    assert_eq!(history.judged_by, crate::history::JudgedBy::Other("strict.toml".to_owned()));
    assert!(history.points.iter().all(|point| point.state.is_ok()), "{:?}", history.points);
    // Each reference to what is no permission, and each in an API, from the commit that brought it.
    assert_eq!(failing(&history, "undeclared-dependency"), [(1, 1), (2, 2), (2, 3), (0, 1), (2, 2)]);
    assert_eq!(failing(&history, "internal-access").iter().map(|it| it.1).collect::<Vec<_>>(), [0; 5]);
}

#[test]
fn by_their_own_rules_commits_are_told_that_allow_more() {
    let strict = web(BROKEN).replace("may_use = []", "may_use = []\nstable = true");
    let mut made = Made::new();
    made.commit(&web(BROKEN).replacen("//- riprap.toml", "//- notes.txt", 1));
    made.commit(&strict);
    made.commit(&strict);
    made.commit(&web(BROKEN).replace("may_use = []", "may_use = [\"web\"]"));
    made.commit(&web(CLEAN).replace("[boundary.web]", "[rules]\ninternal-access = \"warn\"\n[boundary.web]"));
    let history = history(&made, &Stretch { rules: Rules::Own, ..Stretch::default() });
    let allowed = history.points.iter().map(|point| {
        let changes = &point.state.as_ref().unwrap().intent;
        changes.iter().map(|change| format!("{}: {}", change.kind, change.what)).collect::<Vec<_>>()
    });
    assert_eq!(
        allowed.collect::<Vec<_>>(),
        [
            vec![],
            vec![],
            vec![],
            vec![
                "boundary: `orders` is not stable any more".to_owned(),
                "permission: `orders` may use `web`".to_owned()
            ],
            vec!["level: `internal-access` went from deny to warn".to_owned()],
        ]
    );
    let denied = history.points.iter().map(|point| point.state.as_ref().unwrap().denied);
    assert_eq!(denied.collect::<Vec<_>>(), [0, 1, 1, 1, 0]);
}

/// The share of lines that boundaries own at each commit, in percent.
fn assigned(history: &History) -> Vec<u64> {
    let share = |point: &crate::history::Point| point.state.as_ref().unwrap().assigned.unwrap().thousandths() / 10;
    history.points.iter().map(share).collect()
}

#[test]
fn todays_rules_follow_crates_folders_and_modules_back_to_what_they_were() {
    let page = "pub struct Page;\npub fn f(_: orders::stock::Level) {}\npub fn long() -> u32 { 1 + 2 + 3 }\n";
    let intent = "//- riprap.toml\nversion = 1\nstyle = \"modular-monolith\"\n[boundary.orders]\ncontains = \
                  [\"core/orders/\"]\n[boundary.cart]\ncontains = [\"site::shop::cart\"]\n[boundary.rest]\ncontains = \
                  [\"site\"]\n";
    let at = |orders: &str, krate: &str, modules: &str| {
        format!(
            "{intent}//- Cargo.toml\n[workspace]\nmembers = [\"web\", \"{orders}\"]\n//- {orders}/Cargo.toml\n[package]\nname = \
             \"orders\"\nedition = \"2021\"\n//- {orders}/src/lib.rs\npub mod stock {{ pub struct Level; }}\n//- \
             web/Cargo.toml\n[package]\nname = \"{krate}\"\nedition = \"2021\"\n[dependencies]\norders = {{ path = \"../{orders}\" \
             }}\n{modules}"
        )
    };
    let flat = format!("//- web/src/lib.rs\npub mod basket;\n//- web/src/basket.rs\n{page}");
    let nested = format!(
        "//- web/src/lib.rs\npub mod shop;\n//- web/src/shop/mod.rs\npub mod cart;\n//- web/src/shop/cart.rs\n{page}"
    );
    let mut made = Made::new();
    made.commit(&at("orders", "web", &flat));
    made.commit(&at("orders", "web", &nested));
    made.commit(&at("orders", "site", &nested));
    made.commit(&at("core/orders", "site", &nested));
    let history = history(&made, &Stretch::default());
    assert_eq!(assigned(&history), [100; 4]);
    let edges = history.points.iter().map(|point| point.state.as_ref().unwrap().boundaries.count);
    assert_eq!(edges.collect::<Vec<_>>(), [1; 4]);
    assert_eq!(lives(&history), ["internal-access site::shop::cart -> orders::stock::Level 1-"]);
}

/// Everything that is known.
fn document(analysis: &Analysis) -> String {
    serde_json::to_string_pretty(&analysis.document()).unwrap()
}

#[test]
fn every_commit_is_what_a_fresh_analysis_of_it_is() {
    let mut made = Made::new();
    let web_files = [
        CLEAN,
        BROKEN,
        "//- web/src/lib.rs\npub use orders::Order;\npub fn f(_: orders::stock::Level) { let x = 1; }\n",
        "//- web/src/lib.rs\nmod a;\npub use a::*;\n//- web/src/a.rs\npub use orders::stock::*;\n",
        "//- web/src/lib.rs\nmod a;\npub use a::*;\n//- web/src/a.rs\npub use orders::stock::*;\nfn broken( {\n",
        "//- web/src/lib.rs\nmod a { pub fn f() { crate::b::g() } }\nmod b { pub fn g() { super::a::f() } }\n",
        "//- web/src/lib.rs\nmod a { pub fn f() { crate::b::g() } }\nmod b { pub fn g() {} }\n//- web/build.rs\nfn main() { \
         println!(\"cargo::rustc-cfg=x\") }\n",
        "//- web/src/main.rs\nfn main() { orders::stock::Level; }\n//- web/tests/it.rs\nuse web as _;\n",
        "//- web/src/main.rs\nfn main() {}\n//- web/tests/it.rs\nuse web as _;\n//- README.md\nnothing\n",
        CLEAN,
    ];
    let commits: Vec<CommitId> = web_files.iter().map(|files| made.commit(&web(files))).collect();
    let go_on = AtomicBool::new(false);
    let mut follower = Follower::open(&made.root(), &asked()).unwrap();
    let order = (0..commits.len()).chain([3, 8, 0, 5]);
    for at in order {
        let commit = follower.repository().commit(commits[at]).unwrap();
        let analysis = follower.look(&commit, &|_| {}, &go_on).unwrap();
        let asked = Asked { revision: Some(commits[at].to_string()), ..asked() };
        let fresh = analysis::open(&made.root(), &asked, &|_| {}, &go_on).unwrap();
        assert!(document(&analysis) == document(&fresh), "commit {at}");
    }
}
