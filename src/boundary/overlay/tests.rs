use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Boundaries, resolve};

const WORKSPACE: &str = "
    package app apps/app lib bin
    pub mod app::orders
    pub mod app::orders::pricing
    pub mod app::billing
    pub mod bin:app::cli
    package stock core/stock
    pub mod stock::api
    package returns core/returns lib test:smoke
";

/// One line per boundary: `name < parent: roots`, and what it is the innermost boundary of.
fn dump(fixture: &Fixture, boundaries: &Boundaries) -> Vec<String> {
    let paths = |ids: &[crate::model::NodeId]| -> String {
        let words: Vec<&str> = ids.iter().map(|id| fixture.model.path(*id)).collect();
        words.join(" ")
    };
    boundaries
        .ids()
        .map(|id| {
            let parent = boundaries.parent(id).map(|parent| format!(" < {}", boundaries.name(parent)));
            let (roots, members) = (paths(boundaries.roots(id)), paths(boundaries.members(id)));
            format!("{}{}: roots {roots}; members {members}", boundaries.name(id), parent.unwrap_or_default())
        })
        .collect()
}

#[track_caller]
fn check(declared: &[(&str, &str)], expected: &[&str]) {
    let fixture = Fixture::new(WORKSPACE);
    let boundaries = fixture.boundaries(declarations(declared));
    assert_eq!(dump(&fixture, &boundaries), expected);
}

#[test]
fn a_package_has_its_library_and_binaries_as_roots() {
    check(&[("app", "contains app")], &["app: roots app bin:app; members app"]);
    check(&[("returns", "contains returns")], &["returns: roots returns; members returns"]);
}

#[test]
fn a_folder_is_the_union_of_its_packages() {
    check(&[("core", "contains core/*")], &["core: roots stock returns; members stock returns"]);
}

#[test]
fn a_module_may_be_carved_out_of_a_package_and_is_nested_in_it() {
    check(
        &[("app", "contains app"), ("orders", "contains app::orders"), ("pricing", "contains app::orders::pricing")],
        &[
            "app: roots app bin:app; members app",
            "orders < app: roots app::orders; members app::orders",
            "pricing < orders: roots app::orders::pricing; members app::orders::pricing",
        ],
    );
}

#[test]
fn a_package_beats_the_folder_around_it_and_stays_one_of_its_roots() {
    check(
        &[("core", "contains core/*"), ("stock", "contains stock")],
        &["core: roots stock returns; members returns", "stock < core: roots stock; members stock"],
    );
}

#[test]
fn what_takes_only_part_of_another_is_beside_it() {
    check(
        &[("core", "contains core/*"), ("mixed", "contains stock app::orders")],
        &["core: roots returns; members returns", "mixed: roots app::orders stock; members app::orders stock"],
    );
}

#[test]
fn the_longer_literal_prefix_wins() {
    check(
        &[("all", "contains app::*"), ("orders", "contains app::orders")],
        &[
            "all: roots app::orders app::billing bin:app::cli; members app::billing bin:app::cli",
            "orders < all: roots app::orders; members app::orders",
        ],
    );
}

#[test]
fn code_in_no_boundary_has_none() {
    let fixture = Fixture::new(WORKSPACE);
    let boundaries = fixture.boundaries(declarations(&[("orders", "contains app::orders")]));
    assert_eq!(boundaries.of(fixture.node("app::billing")), None);
    assert_eq!(boundaries.of(fixture.node("app")), None);
    assert_eq!(boundaries.of(fixture.node("app::orders::pricing")), boundaries.find("orders"));
    assert_eq!(Boundaries::default().of(fixture.node("app")), None);
}

#[test]
fn equally_specific_patterns_on_the_same_code_are_a_problem_with_both_places() {
    let fixture = Fixture::new(WORKSPACE);
    let declared = declarations(&[("one", "contains app::orders"), ("two", "contains app::billing app::orders")]);
    let (first, second) = (declared[0].contains[0].span, declared[1].contains[1].span);
    let problems = resolve(fixture.code(), declared).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].message, "boundaries `one` and `two` claim the same code");
    assert_eq!((problems[0].span, problems[0].others[0].0), (second, first));
}

#[test]
fn equally_specific_patterns_on_different_code_are_fine() {
    check(
        &[("one", "contains app::orders"), ("two", "contains stock::api")],
        &["one: roots app::orders; members app::orders", "two: roots stock::api; members stock::api"],
    );
}

#[test]
fn one_boundary_may_name_its_code_twice() {
    check(&[("app", "contains app apps/*")], &["app: roots app bin:app; members app"]);
}

#[test]
fn a_pattern_that_matches_nothing_is_kept_with_its_place() {
    let fixture = Fixture::new(WORKSPACE);
    let boundaries = fixture.boundaries(declarations(&[("orders", "contains app::order app::orders; api app::gone")]));
    let told: Vec<String> = boundaries.unmatched().iter().map(|it| format!("{}: {it}", it.span.start)).collect();
    assert_eq!(
        told,
        [
            "30: `app::order` of boundary `orders` matches no code",
            "60: the API pattern `app::gone` of boundary `orders` matches nothing",
        ]
    );
}

#[test]
fn a_boundary_that_consists_of_nothing_is_a_problem() {
    let fixture = Fixture::new(WORKSPACE);
    let problems = resolve(fixture.code(), declarations(&[("orders", "api pub")])).unwrap_err();
    assert_eq!(problems[0].message, "boundary `orders` contains nothing");
    assert!(problems[0].help.as_ref().unwrap().contains("`contains = [\"orders\"]`"));
}
