//! Whole workspaces in one string, and the edges that must come out.

mod checklist;
mod enriched;
mod externals;
mod generated;
mod macros;
mod properties;
mod registry;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::enrich::scip::Index;
use crate::fixture;
use crate::model::Model;
use crate::workspace::cfg::CfgOptions;

/// The frozen model of a fixture, verified.
pub(super) fn model(text: &str) -> Model {
    model_beyond(text, &Beyond::default())
}

/// What is looked at beside the sources.
#[derive(Default)]
struct Beyond<'a> {
    out_dir: bool,
    index: Option<&'a Index>,
    outside: Option<&'a Arc<Outside>>,
}

fn model_beyond(text: &str, beyond: &Beyond<'_>) -> Model {
    let fixture = fixture::parse(text);
    let labels = crate::workspace::label::labels(&fixture.workspace);
    let options = CfgOptions::for_target("x86_64-unknown-linux-gnu", BTreeSet::new()).unwrap();
    let resolution = resolve(&Input {
        workspace: &fixture.workspace,
        sources: &fixture.sources,
        labels: &labels,
        cfg: &vec![options; fixture.workspace.packages.len()],
        out_dir: beyond.out_dir,
        index: beyond.index,
        outside: beyond.outside,
        facts: &|file, edition| Arc::new(crate::facts::read(&fixture.sources.file(file).text, edition)),
        expansions: None,
        read: &|| {},
    });
    let (model, _) = Model::new(&fixture.workspace, &fixture.sources, &resolution);
    assert_eq!(model.verify(), Vec::<String>::new());
    model
}

/// Each edge with its kinds; `[test]` and `[inactive]` where they apply; `via` its facades.
fn edges(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for id in model.edge_ids() {
        let edge = model.edge(id);
        let kinds: BTreeSet<&str> = model.references_of(id).map(|(_, reference)| reference.kind.word()).collect();
        let facades: BTreeSet<&str> = model
            .references_of(id)
            .flat_map(|(_, reference)| model.nodes_of(reference.facades))
            .map(|node| model.path(*node))
            .collect();
        let kinds = kinds.into_iter().collect::<Vec<_>>().join(" ");
        let mut line = format!("{} -> {}: {kinds}", model.path(edge.from), model.path(edge.to));
        if !facades.is_empty() {
            line += &format!(" via {}", facades.into_iter().collect::<Vec<_>>().join(", "));
        }
        line += if edge.test { " [test]" } else { "" };
        line += if edge.active { "" } else { " [inactive]" };
        lines.push(line);
    }
    lines
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(edges(&model(text)), expected);
}

#[test]
fn re_exports_lead_to_the_definer_and_name_the_facades() {
    check(
        "//- /src/lib.rs lib:k
mod a { pub mod b { pub struct X; } pub use self::b::X; }
pub mod facade { pub use crate::a::X; }
pub fn f(_: facade::X) {}
",
        &[
            "k -> k::a::b: type via k::a, k::facade",
            "k::a -> k::a::b: reexport",
            "k::facade -> k::a::b: reexport via k::a",
        ],
    );
}

#[test]
fn crates_are_seen_by_their_extern_name() {
    check(
        "//- /base/src/lib.rs lib:base
pub mod hidden { pub struct Secret; }
pub use hidden::Secret;
//- /app/src/lib.rs lib:app deps:renamed=base
pub fn f() -> renamed::Secret { loop {} }
//- /app/src/main.rs bin:app
fn main() { app::f(); }
",
        &["app -> base::hidden: type via base", "base -> base::hidden: reexport", "bin:app -> app: call"],
    );
}

#[test]
fn private_imports_are_seen_by_children_alone() {
    check(
        "//- /src/lib.rs lib:k
mod dep { pub struct D; }
use dep::D;
mod child { use super::*; fn t() -> D { D } }
mod other { fn t() -> crate::child::D { loop {} } }
",
        &[
            "k -> k::dep: use",
            "k::child -> k: use",
            "k::child -> k::dep: type value via k",
            "k::other -> k::dep: type via k, k::child",
        ],
    );
}

#[test]
fn globs_that_read_each_other_end() {
    check(
        "//- /src/lib.rs lib:k
mod a { pub use super::b::*; pub struct X; }
mod b { pub use super::a::*; pub struct Y; }
pub fn f(_: a::Y, _: b::X) {}
",
        &["k -> k::a: type via k::b", "k -> k::b: type via k::a", "k::a -> k::b: reexport", "k::b -> k::a: reexport"],
    );
}

#[test]
fn test_code_is_kept_and_marked() {
    check(
        "//- /src/lib.rs lib:k
pub mod a { pub fn f() {} }
#[cfg(test)]
mod tests { use crate::a; #[test] fn t() { a::f() } }
#[cfg(windows)]
mod win { use crate::a::f; }
//- /tests/it.rs test:it
use k::a::f;
",
        &["k::tests -> k::a: call use [test]", "k::win -> k::a: use [inactive]", "test:it -> k::a: use [test]"],
    );
}

#[test]
fn the_built_alternative_is_meant() {
    check(
        "//- /src/lib.rs lib:k
#[cfg(unix)]
#[path = \"unix.rs\"]
mod imp;
#[cfg(not(unix))]
#[path = \"other.rs\"]
mod imp;
mod u { pub fn f() {} }
mod o { pub fn f() {} }
#[cfg(unix)]
use u::f as chosen;
#[cfg(not(unix))]
use o::f as chosen;
mod user { fn g() { crate::chosen() } }
//- /src/unix.rs
pub use crate::u::f;
//- /src/other.rs
pub use crate::o::f;
",
        &[
            "k -> k::o: use [inactive]",
            "k -> k::u: use",
            "k::imp -> k::o: reexport [inactive]",
            "k::imp -> k::u: reexport",
            "k::user -> k::u: call via k",
        ],
    );
}

#[test]
fn a_macro_that_puts_a_condition_on_items_is_a_condition() {
    check(
        "//- /src/lib.rs lib:k
#[macro_use]
mod macros;
pub mod real { pub fn f() {} }
pub mod mock { pub fn f() {} }
cfg_win! { pub mod win; pub use real::f as chosen; }
cfg_not_win! { pub use mock::f as chosen; }
mod user { fn g() { crate::chosen() } }
//- /src/macros.rs
#[macro_use]
mod cfg;
//- /src/macros/cfg.rs
macro_rules! cfg_win { ($($item:item)*) => { $( #[cfg(windows)] $item )* } }
macro_rules! cfg_not_win { ($($item:item)*) => { $( #[cfg(not(windows))] $item )* } }
//- /src/win.rs
use crate::real::f;
",
        &[
            "k -> k::macros::cfg: macro",
            "k -> k::mock: reexport",
            "k -> k::real: reexport [inactive]",
            "k::user -> k::mock: call via k",
            "k::win -> k::real: use [inactive]",
        ],
    );
}

#[test]
fn a_module_that_is_left_out_hides_no_crate() {
    check(
        "//- /base/src/lib.rs lib:base
pub mod m { pub struct Id; }
//- /app/src/lib.rs lib:app deps:base
#[cfg(windows)]
mod base { pub mod m { pub struct Id; } }
pub fn f(_: base::m::Id) {}
",
        &["app -> base::m: type"],
    );
}

#[test]
fn files_follow_declarations_and_missing_ones_are_noted() {
    let model = model(
        "//- /src/lib.rs lib:k
mod a;
mod gone;
#[path = \"odd/place.rs\"]
mod here;
#[path = \"lib.rs\"]
mod again;
//- /src/a.rs
pub mod b;
//- /src/a/b.rs
//- /src/odd/place.rs
mod beside;
//- /src/odd/beside.rs
",
    );
    let modules: Vec<&str> = model.module_ids().map(|id| model.path(id)).collect();
    for path in ["k::a::b", "k::gone", "k::here::beside", "k::again"] {
        assert!(modules.contains(&path), "{path} in {modules:?}");
    }
    let notes: Vec<(&str, u32)> = model.notes().iter().map(|note| (note.kind, note.at.unwrap().line)).collect();
    assert_eq!(notes, [("module-file-circular", 6), ("module-file-missing", 2)]);
}

#[test]
fn a_missing_file_is_sought_in_other_letter_cases() {
    let model = model("//- /src/lib.rs lib:k\nmod Orders;\n//- /src/orders.rs\n");
    let detail = &model.notes().iter().find(|note| note.kind == "module-file-missing").unwrap().detail;
    assert!(detail.contains("`src/orders.rs` differs in letter case"), "{detail}");
}

#[test]
fn composed_and_decomposed_letters_are_one_name() {
    check(
        "//- /src/lib.rs lib:k\nmod cafe\u{301} { pub struct Menu; }\nmod guest { fn f(_: crate::caf\u{e9}::Menu) {} }\n",
        &["k::guest -> k::caf\u{e9}: type"],
    );
}

#[test]
fn the_written_route_contains_the_import_that_brought_the_first_name() {
    let model = model(
        "//- /orders/src/lib.rs lib:orders
mod store { pub struct Order; }
pub use store::Order;
pub mod details { pub struct Line; }
//- /app/src/lib.rs lib:app deps:orders
use orders::Order;
use orders::details::*;
fn f(_: Order, _: Line) {}
",
    );
    let mut routes: Vec<String> = model
        .references()
        .iter()
        .filter(|reference| reference.kind.word() == "type")
        .map(|reference| {
            let steps = model.steps_of(reference.route).iter();
            let steps: Vec<String> =
                steps.map(|step| format!("{}.{}", model.path(step.module), model.symbol(step.name))).collect();
            steps.join(" ")
        })
        .collect();
    routes.sort();
    assert_eq!(routes, ["orders.Order", "orders.details orders::details.Line"]);
}

#[test]
fn only_unit_tests_see_dev_dependencies_and_a_cycle_of_them_loses_nothing() {
    check(
        "//- /base/src/lib.rs lib:base dev-deps:app
pub mod inner { pub fn f() {} }
#[cfg(test)]
mod tests { fn t() { app::api::go(); } }
mod other { fn g() { app::api::go(); } }
//- /base/tests/it.rs test:it dev-deps:app
fn t() { app::api::go(); base::inner::f(); }
//- /app/src/lib.rs lib:app deps:base
pub mod api { pub fn go() { base::inner::f() } }
",
        &[
            "app::api -> base::inner: call",
            "base::tests -> app::api: call [test]",
            "test:it -> app::api: call [test]",
            "test:it -> base::inner: call [test]",
        ],
    );
}

#[test]
fn tests_in_a_crate_of_their_own_see_the_library_as_everybody_does() {
    check(
        "//- /src/lib.rs lib:k
mod real { pub fn f() {} }
mod mock { pub fn f() {} }
#[cfg(not(test))]
pub use real::f;
#[cfg(test)]
pub use mock::f;
#[cfg(test)]
mod tests { fn t() { crate::f() } }
//- /tests/it.rs test:it
fn t() { k::f() }
",
        &[
            "k -> k::mock: reexport [test]",
            "k -> k::real: reexport",
            "k::tests -> k::mock: call via k [test]",
            "test:it -> k::real: call via k [test]",
        ],
    );
}
