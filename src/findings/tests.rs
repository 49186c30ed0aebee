//! Small workspaces without a riprap.toml, and what is told of them.

use super::*;
use crate::compare::fixture::analyzed;

fn told(workspace: &str) -> Vec<Finding> {
    told_after(workspace, None)
}

pub(super) fn told_after(workspace: &str, edits: Option<&Edits>) -> Vec<Finding> {
    let analysis = analyzed("", workspace);
    findings(Known {
        workspace: &analysis.workspace,
        target: &analysis.target,
        model: &analysis.model,
        sources: &analysis.sources,
        notes: &analysis.notes,
        violations: &analysis.verdict.violations,
        edits,
    })
}

fn check(workspace: &str, kind: Kind, expected: &[&str]) {
    let told = told(workspace);
    let titles: Vec<&str> = told.iter().filter(|it| it.kind == kind).map(|it| &*it.title).collect();
    assert_eq!(titles, expected);
}

/// A library with a facade, and users that write these paths.
fn with_users(paths: &[&str]) -> String {
    let library =
        "//- /a/src/lib.rs lib:a\npub mod deep;\npub use deep::S;\n//- /a/src/deep.rs\npub struct S;\npub struct T;\n";
    let uses: String =
        paths.iter().enumerate().map(|(at, path)| format!("pub mod m{at} {{ pub fn f(_: {path}) {{}} }}\n")).collect();
    format!("{library}//- /b/src/lib.rs lib:b deps:a\n{uses}")
}

#[test]
fn paths_around_a_facade_that_others_go_through_are_told() {
    let told = "3 paths in 3 modules go around what `a` re-exports; 4 go through it";
    let around = ["a::deep::S"; 3];
    check(&with_users(&[&["a::S"; 4][..], &around].concat()), Kind::BypassedFacade, &[told]);
    check(&with_users(&[&["a::S"; 2][..], &around].concat()), Kind::BypassedFacade, &[]);
    check(&with_users(&[&["a::S"; 4][..], &["a::deep::T"; 3]].concat()), Kind::BypassedFacade, &[]);
}

#[test]
fn a_module_that_uses_many_and_is_used_by_many_is_a_hub() {
    let hub = |users: usize, used: usize| -> String {
        let uses: String = (0..used).map(|at| format!("crate::u{at}::S, ")).collect();
        let below: String = (0..used).map(|at| format!("pub mod u{at} {{ pub struct S; }}\n")).collect();
        let above: String =
            (0..users).map(|at| format!("pub mod a{at} {{ pub fn f(_: crate::hub::H) {{}} }}\n")).collect();
        format!("//- /a/src/lib.rs lib:a\npub mod hub {{ pub struct H({uses}); }}\n{below}{above}")
    };
    check(&hub(12, 12), Kind::Hub, &["`a::hub` is used by 12 modules and uses 12"]);
    check(&hub(12, 11), Kind::Hub, &[]);
    check(&hub(11, 12), Kind::Hub, &[]);
}

#[test]
fn what_could_shrink_is_one_finding_for_each_package() {
    let workspace = "//- /a/src/lib.rs lib:a\npub struct S;\npub struct T;\npub struct Used;\n\
                     //- /b/src/lib.rs lib:b deps:a\nuse a::Used;\n";
    check(workspace, Kind::Exposed, &["package `a` shows 2 things that nothing outside needs"]);
}

#[test]
fn rings_that_hold_most_lines_together_by_least_come_first() {
    let ring = |name: &str, lines: usize| {
        let body = "    pub fn f() {}\n".repeat(lines).replace("f()", "g()");
        let body: String =
            body.lines().enumerate().map(|(at, line)| line.replace("g()", &format!("g{at}()")) + "\n").collect();
        format!(
            "pub mod {name} {{\npub mod x {{\npub struct X(super::y::Y);\n{body}}}\npub mod y {{ pub struct Y(Box<super::x::X>); }}\n}}\n"
        )
    };
    let workspace = format!("//- /a/src/lib.rs lib:a\n{}{}", ring("small", 5), ring("large", 50));
    let rings: Vec<Finding> = told(&workspace).into_iter().filter(|it| it.kind == Kind::Tangle).collect();
    let titles: Vec<bool> = rings.iter().map(|it| it.title.contains("a::large")).collect();
    assert_eq!(titles, [true, false], "{rings:?}");
}

#[test]
fn files_that_nothing_compiles_are_told_by_folder() {
    let workspace = "//- /a/src/lib.rs lib:a\n//- /a/src/old/x.rs\nfn f() {}\n\n//- /a/src/old/y.rs\nfn g() {}\n//- /a/src/z.rs\nfn h() {}\n";
    check(workspace, Kind::UnusedFile, &["nothing compiles 2 files in `a/src/old`", "nothing compiles `a/src/z.rs`"]);
}

#[test]
fn a_file_that_code_names_in_a_literal_is_used() {
    let workspace =
        "//- /a/src/lib.rs lib:a\nconst S: &str = include_str!(\"mini.rs\");\n//- /a/src/mini.rs\nfn f() {}\n";
    check(workspace, Kind::UnusedFile, &[]);
}

#[test]
fn kinds_take_turns() {
    let workspace = "//- /a/src/lib.rs lib:a\npub struct S;\npub struct Used;\n//- /a/src/z.rs\n//- /a/src/old/y.rs\n\
                     //- /b/src/lib.rs lib:b deps:a\nuse a::Used;\n";
    let kinds: Vec<Kind> = told(workspace).iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::Exposed, Kind::UnusedFile, Kind::UnusedFile]);
}

#[test]
fn a_path_through_a_prelude_goes_around_no_facade() {
    let library = "//- /a/src/lib.rs lib:a\npub mod deep;\npub mod prelude { pub use crate::deep::S; }\npub use deep::S;\n\
                   //- /a/src/deep.rs\npub struct S;\n";
    let paths = ["a::S", "a::S", "a::S", "a::prelude::S", "a::prelude::S", "a::prelude::S"];
    let uses: String =
        paths.iter().enumerate().map(|(at, path)| format!("pub mod m{at} {{ pub fn f(_: {path}) {{}} }}\n")).collect();
    check(&format!("{library}//- /b/src/lib.rs lib:b deps:a\n{uses}"), Kind::BypassedFacade, &[]);
}

#[test]
fn an_import_around_a_facade_counts_once_and_is_told_as_it_is_written() {
    let around = "use a::deep::S;\npub fn f(_: S, _: S, _: S, _: S) {}\n";
    let through: String = (0..4).map(|at| format!("pub mod t{at} {{ pub fn f(_: a::S) {{}} }}\n")).collect();
    let library = "//- /a/src/lib.rs lib:a\npub mod deep { mod deeper { pub struct S; } pub use self::deeper::S; }\npub use deep::S;\n";
    let user =
        |modules: usize| -> String { (0..modules).map(|at| format!("pub mod m{at} {{ {around} }}\n")).collect() };
    let workspace = |modules: usize| format!("{library}//- /b/src/lib.rs lib:b deps:a\n{through}{}", user(modules));
    check(&workspace(2), Kind::BypassedFacade, &[]);
    let told = told(&workspace(3));
    let facade = told.iter().find(|it| it.kind == Kind::BypassedFacade).expect("three modules go around it");
    assert_eq!(facade.details, ["`a::deep::S`: 3 places, could be `a::S`"]);
}

#[test]
fn a_file_that_another_configuration_may_compile_is_used() {
    let workspace = "//- /a/src/lib.rs lib:a\n#[cfg_attr(not(feature = \"x\"), path = \"off.rs\")]\nmod on;\n\
                     //- /a/src/on.rs\nfn f() {}\n//- /a/src/off.rs\nfn g() {}\n//- /a/src/gone.rs\nfn h() {}\n";
    check(workspace, Kind::UnusedFile, &["nothing compiles `a/src/gone.rs`"]);
}

#[test]
fn a_module_that_could_shrink_is_told_where_it_is_declared() {
    let workspace = "//- /a/src/lib.rs lib:a\npub struct Used;\npub mod inner;\n//- /a/src/inner.rs\n\npub fn f() {}\n\
                     //- /b/src/lib.rs lib:b deps:a\nuse a::Used;\n";
    let told = told(workspace);
    let places: Vec<String> = told.iter().filter_map(|it| it.place.as_ref()).map(ToString::to_string).collect();
    assert_eq!(places, ["a/src/lib.rs:2"]);
}
