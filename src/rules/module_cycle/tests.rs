use super::Options;
use crate::rules::fixture::{Written, violations};

const WORKSPACE: &str = "
    package app app
    pub struct app::Root
    mod app::store
    pub struct app::store::Row
    mod app::store::index
    pub struct app::store::index::Key
    mod app::store::pages
    pub struct app::store::pages::Page
    mod app::query
    pub struct app::query::Plan
    mod app::query::run
    pub struct app::query::run::Step
    mod app::net
    pub struct app::net::Socket
";

#[track_caller]
fn check(references: &str, declared: &[(&str, &str)], expected: &[&str]) {
    crate::rules::fixture::check("module-cycle", &format!("{WORKSPACE}\n{references}"), declared, expected);
}

#[test]
fn edges_count_between_the_children_of_the_lowest_common_ancestor() {
    check(
        "app::store::index -> app::query::run::Step
         app::query::run -> app::store::pages::Page
         app::query -> app::store::Row call",
        &[],
        &["app: app::query app::store: the cheapest way out is to cut `store` -> `query` (1 reference)"],
    );
}

#[test]
fn a_module_and_its_own_parent_or_child_are_never_a_ring() {
    check(
        "app::store -> app::store::index::Key
         app::store::index -> app::store::Row
         app::store::index -> app::Root
         app -> app::store::index::Key",
        &[],
        &[],
    );
}

#[test]
fn rings_of_different_containers_are_different_findings() {
    check(
        "app::store::index -> app::store::pages::Page
         app::store::pages -> app::store::index::Key
         app::store -> app::net::Socket
         app::net -> app::store::pages::Page",
        &[],
        &[
            "app: app::net app::store: the cheapest way out is to cut `store` -> `net` (1 reference)",
            "app::store: app::store::index app::store::pages: the cheapest way out is to cut `pages` -> \
             `index` (1 reference)",
        ],
    );
}

#[test]
fn a_way_back_in_tests_links_or_code_that_is_not_built_is_no_ring() {
    for word in ["test", "doc", "visibility", "inferred", "inactive"] {
        check(&format!("app::store -> app::query::Plan\napp::query -> app::store::Row {word}"), &[], &[]);
    }
}

#[test]
fn siblings_of_different_boundaries_are_left_to_the_boundary_rules() {
    let references = "app::store -> app::query::Plan\napp::query -> app::store::Row";
    check(references, &[("store", "contains app::store"), ("query", "contains app::query")], &[]);
    check(references, &[("store", "contains app::store")], &[]);
    check(
        references,
        &[("app", "contains app")],
        &["app: app::query app::store: the cheapest way out is to cut `store` -> `query` (1 reference)"],
    );
}

#[test]
fn crates_are_left_to_cargo() {
    check(
        "package lib lib
         pub struct lib::Thing
         package other other
         pub struct other::Thing
         lib -> other::Thing
         other -> lib::Thing",
        &[],
        &[],
    );
}

#[test]
fn the_references_to_cut_are_the_evidence() {
    let found = violations(
        "module-cycle",
        &format!(
            "{WORKSPACE}\napp::store -> app::query::Plan\napp::store -> app::query::Plan call\napp::query -> app::store::Row"
        ),
        &[],
    );
    assert_eq!(found[0].message, "modules `query` and `store` of `app` depend on each other");
    assert_eq!((found[0].removal(), found[0].cuts[0].from.as_str()), (1, "app::query"));
    assert_eq!(found[0].label_of(found[0].references[0]), "`query` uses `store`");
}

#[test]
fn nobody_decides_the_rings_of_generated_code() {
    let ring = "app::store -> app::query::Plan\napp::query -> app::store::Row";
    check(ring, &[("app", "contains app; role generated")], &[]);
    assert_eq!(violations("module-cycle", &format!("{WORKSPACE}\n{ring}"), &[("app", "contains app")]).len(), 1);
}

#[test]
fn a_ring_that_can_be_read_in_one_go_is_left_alone_if_riprap_toml_says_so() {
    let text = "//- /app/src/lib.rs lib:app
mod a;
mod b;
//- /app/src/a.rs
pub struct A(crate::b::B);
//- /app/src/b.rs
pub struct B;
fn f(_: crate::a::A) {}
#[cfg(test)]
mod tests {
}
";
    let written = Written::new(text, crate::boundary::Intent::default());
    let found = |min_lines| {
        let options = crate::rules::Options { module_cycle: Options { min_lines }, ..Default::default() };
        super::check(&written.context().with_options(options)).len()
    };
    assert_eq!((found(0), found(3), found(6)), (1, 1, 0));
}
