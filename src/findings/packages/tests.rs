//! Small workspaces with what was changed in them, and what is told of their packages.

use super::super::tests::told_after;
use crate::findings::{Edits, Finding, Kind};
use crate::source::Date;

/// A commit for each of `times`, with these files.
fn edits(commits: &[(usize, &[&str])]) -> Edits {
    let commit = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect::<Vec<String>>();
    let commits = commits.iter().flat_map(|(times, files)| std::iter::repeat_n(commit(files), *times)).collect();
    Edits { since: Date::parse("2025-11-28").unwrap(), commits }
}

fn of_kind(workspace: &str, edits: Option<&Edits>, kind: Kind) -> Vec<Finding> {
    told_after(workspace, edits).into_iter().filter(|finding| finding.kind == kind).collect()
}

#[track_caller]
fn check(workspace: &str, edits: Option<&Edits>, kind: Kind, expected: &[&str]) {
    let told = of_kind(workspace, edits, kind);
    assert_eq!(told.iter().map(|it| &*it.title).collect::<Vec<_>>(), expected);
}

/// `base` below `middle`, which two programs use; `odd` names one thing of `base` alone.
const TOWER: &str = "
//- /base/src/lib.rs lib:base
pub mod id;
pub mod log { pub fn log() {} }
//- /base/src/id.rs
pub struct Id;
//- /base/tests/all.rs test:all
#[test]
fn it_works() {}
//- /middle/src/lib.rs lib:middle deps:base
pub fn f(_: base::id::Id) {}
pub fn g(_: base::id::Id) {}
//- /one/src/lib.rs lib:one deps:middle
//- /two/src/lib.rs lib:two deps:middle
//- /odd/src/lib.rs lib:odd deps:base
pub fn f() { base::log::log(); }
pub fn long_one() {}
pub fn long_two() {}
pub fn long_three() {}
//- /island/src/lib.rs lib:island
";

#[test]
fn what_changes_often_below_many_is_taxed() {
    let often = edits(&[(12, &["base/src/id.rs", "base/src/lib.rs"]), (8, &["island/src/lib.rs"])]);
    let title = "a change of package `base` rebuilds 4 other packages, with itself 11 lines; 12 of the last 20 commits changed it";
    check(TOWER, Some(&often), Kind::RebuildTax, &[title]);
    let told = &of_kind(TOWER, Some(&often), Kind::RebuildTax)[0];
    assert_eq!(told.buys, "a part of the 132 lines that were built again since 2025-11-28");
    assert_eq!(
        told.details,
        [
            "`base/src/id.rs`: in 12 of them",
            "`base/src/lib.rs`: in 12 of them",
            "`odd` uses it in 1 reference: without them 4 lines less",
            "`middle` uses it in 2 references: without them 4 lines less",
        ]
    );
}

#[test]
fn what_changes_seldom_or_for_tests_alone_is_not_taxed() {
    check(TOWER, Some(&edits(&[(11, &["base/src/id.rs"])])), Kind::RebuildTax, &[]);
    check(TOWER, Some(&edits(&[(20, &["base/tests/all.rs"])])), Kind::RebuildTax, &[]);
    check(TOWER, Some(&edits(&[(20, &["base/README.md", "base/Cargo.toml"])])), Kind::RebuildTax, &[]);
    check(TOWER, Some(&edits(&[(20, &["middle/src/lib.rs"])])), Kind::RebuildTax, &[]);
}

#[test]
fn without_a_history_long_code_below_many_is_taxed() {
    check(
        TOWER,
        None,
        Kind::RebuildTax,
        &["a change of package `base` rebuilds 4 other packages, with itself 11 lines"],
    );
}

/// A library of two long modules, of which `joined` makes the one use the other, and three users.
fn halves(joined: &str, users: [&str; 3]) -> String {
    let long: String = (0..200).map(|at| format!("pub fn f{at}() {{}}\n")).collect();
    let users: String = users
        .iter()
        .enumerate()
        .map(|(at, path)| format!("//- /u{at}/src/lib.rs lib:u{at} deps:kit\npub fn f() {{ {path}(); }}\n"))
        .collect();
    format!(
        "//- /kit/src/lib.rs lib:kit\npub mod left;\npub mod right;\npub use left::f1;\n\
         //- /kit/src/left.rs\n{long}{joined}//- /kit/src/right.rs\n{long}{users}"
    )
}

#[test]
fn parts_that_different_packages_use_are_to_be_split() {
    let split = halves("", ["kit::left::f0", "kit::f1", "kit::right::f0"]);
    let title =
        "package `kit` has 2 parts of 200 lines or more that do not use each other; 3 of 3 packages use one alone";
    check(&split, None, Kind::Split, &[title]);
    let told = of_kind(&split, Some(&edits(&[(15, &["kit/src/left.rs"]), (12, &["kit/src/right.rs"])])), Kind::Split);
    // One package has nothing to do with the left part, two with the right one.
    assert_eq!(told[0].gain, 15 + 12 * 2);
    assert_eq!(told[0].details, ["`left`: 200 lines, used by 2 packages", "`right`: 200 lines, used by 1 package"]);
}

#[test]
fn parts_that_use_each_other_or_that_all_use_stay_together() {
    let joined = halves("pub fn g() { crate::right::f0(); }\n", ["kit::left::f0", "kit::f1", "kit::right::f0"]);
    check(&joined, None, Kind::Split, &[]);
    check(&halves("", ["kit::left::f0"; 3]), None, Kind::Split, &[]);
}

#[test]
fn packages_that_change_together_are_to_be_merged() {
    let both: &[&str] = &["base/src/lib.rs", "middle/src/lib.rs"];
    let pair = "//- /base/src/lib.rs lib:base\n//- /middle/src/lib.rs lib:middle deps:base\n";
    let title = "packages `base` and `middle` change together, and only `middle` uses `base`";
    let alone: &[&str] = &["base/src/lib.rs"];
    check(pair, Some(&edits(&[(12, both), (4, alone)])), Kind::Merge, &[title]);
    check(pair, Some(&edits(&[(12, both), (5, alone)])), Kind::Merge, &[]);
    check(pair, Some(&edits(&[(11, both)])), Kind::Merge, &[]);
    let other = format!("{pair}//- /other/src/lib.rs lib:other deps:base\n");
    check(&other, Some(&edits(&[(12, both)])), Kind::Merge, &[]);
}

#[test]
fn a_dependency_that_no_code_names_is_told_with_what_it_costs() {
    let tower = |comment: &str| {
        format!("{TOWER}//- /top/src/lib.rs lib:top deps:base\n{comment}\npub fn f() {{}}\npub fn g() {{}}\n")
    };
    let often = edits(&[(12, &["base/src/id.rs"])]);
    let told = |comment: &str| of_kind(&tower(comment), Some(&often), Kind::RebuildTax)[0].details.join("\n");
    let expected = "`top` depends on it, and no code names it: without that 3 lines less";
    assert!(told("//! As `base` does.").contains(expected), "{}", told("//! As `base` does."));
    assert!(!told("some_macro!(base);").contains("no code names it"));
}

#[test]
fn tests_are_neither_built_again_nor_edits() {
    let with_tests = TOWER.replace("pub mod id;\n", "pub mod id;\n#[cfg(test)]\nmod tests;\n");
    let with_tests = format!("{with_tests}//- /base/src/tests.rs\nfn a() {{}}\nfn b() {{}}\nfn c() {{}}\n");
    let title = "a change of package `base` rebuilds 4 other packages, with itself 13 lines; 12 of the last 20 commits changed it";
    let often = edits(&[(12, &["base/src/id.rs"]), (8, &["base/src/tests.rs"])]);
    check(&with_tests, Some(&often), Kind::RebuildTax, &[title]);
    check(&with_tests, Some(&edits(&[(20, &["base/src/tests.rs"])])), Kind::RebuildTax, &[]);
}

#[test]
fn who_is_built_after_a_user_of_a_part_is_not_spared() {
    // `u2` uses the right half, and is built after `u0`, which uses the left one.
    let chained =
        halves("", ["kit::left::f0", "kit::f1", "kit::right::f0"]).replace("lib:u2 deps:kit", "lib:u2 deps:kit,u0");
    let often = edits(&[(12, &["kit/src/left.rs"])]);
    check(&chained, Some(&often), Kind::Split, &[]);
}
