use crate::rules::fixture::violations;

const WORKSPACE: &str = "
    package a a
    pub struct a::Thing
    pub mod a::inner
    pub struct a::inner::Part
    package b b
    pub struct b::Thing
    pub use b::Part = a::inner::Part
    package c c
    pub struct c::Thing
";

const DECLARED: &[(&str, &str)] = &[("a", "contains a"), ("b", "contains b"), ("c", "contains c")];

#[track_caller]
fn check(references: &str, declared: &[(&str, &str)], expected: &[&str]) {
    crate::rules::fixture::check("boundary-cycle", &format!("{WORKSPACE}\n{references}"), declared, expected);
}

#[test]
fn a_ring_is_found_with_the_fewest_references_to_cut() {
    check(
        "a -> b::Thing
         a::inner -> b::Thing
         b -> c::Thing
         b -> c::Thing call
         c -> a::Thing",
        DECLARED,
        &["workspace: a b c: the cheapest way out is to cut `c` -> `a` (1 reference)"],
    );
}

#[test]
fn use_in_one_direction_is_no_ring() {
    check("a -> b::Thing\nb -> c::Thing\na -> c::Thing", DECLARED, &[]);
}

#[test]
fn what_is_behind_a_re_export_is_not_used() {
    // `c` names `b`'s API, and what it stands for happens to be defined in `a`.
    check("c -> b::Part\na -> c::Thing", DECLARED, &[]);
}

#[test]
fn a_way_back_in_tests_alone_is_no_ring() {
    check("a -> b::Thing\nb -> a::Thing test", DECLARED, &[]);
    check("a -> b::Thing\nb -> a::Thing inferred\nb -> a::Thing inactive", DECLARED, &[]);
}

#[test]
fn references_that_are_not_built_still_have_to_go() {
    let found = violations(
        "boundary-cycle",
        &format!(
            "{WORKSPACE}\na -> b::Thing\na -> b::Thing call\na -> b::Thing type\nb -> a::Thing\nb -> a::Thing call inactive"
        ),
        DECLARED,
    );
    assert_eq!(found[0].removal(), 2);
    assert_eq!(found[0].label_of(found[0].references[0]), "`b` uses `a`");
}

const NESTED: &str = "
    package app app
    pub mod app::shop
    pub struct app::shop::Cart
    pub mod app::back
    pub struct app::back::Desk
    pub struct app::Root
";

#[test]
fn a_boundary_and_one_nested_in_it_are_no_ring() {
    check(
        &format!("{NESTED}\napp -> app::shop::Cart\napp::shop -> app::Root"),
        &[("app", "contains app"), ("shop", "contains app::shop")],
        &[],
    );
}

#[test]
fn nested_siblings_are_judged_inside_the_boundary_around_them() {
    check(
        &format!("{NESTED}\napp::back -> app::shop::Cart\napp::shop -> app::back::Desk"),
        &[("app", "contains app"), ("shop", "contains app::shop"), ("back", "contains app::back")],
        &["app: back shop: the cheapest way out is to cut `shop` -> `back` (1 reference)"],
    );
}

#[test]
fn a_use_by_nested_code_counts_for_the_boundary_beside_the_other() {
    check(
        &format!("{NESTED}\napp::shop -> a::Thing\na -> app::Root"),
        &[("app", "contains app"), ("shop", "contains app::shop"), ("a", "contains a")],
        &["workspace: a app: the cheapest way out is to cut `app` -> `a` (1 reference)"],
    );
}

#[test]
fn the_identity_is_that_of_the_members() {
    let id =
        |references: &str| violations("boundary-cycle", &format!("{WORKSPACE}\n{references}"), DECLARED).remove(0).id;
    let one = id("a -> b::Thing\nb -> a::Thing");
    assert_eq!(one, id("a::inner -> b::Thing call\nb -> a::Thing\nb -> a::Thing call\na -> c::Thing"));
    assert_ne!(one, id("a -> c::Thing\nc -> a::Thing"));
}

#[test]
fn help_for_tests_may_use_anything_and_makes_no_ring() {
    let declared = |role: &str| [("a", format!("contains a{role}")), ("b", "contains b".to_owned())];
    let check_role = |role: &str, expected: &[&str]| {
        let declared = declared(role);
        let declared: Vec<(&str, &str)> = declared.iter().map(|(name, text)| (*name, text.as_str())).collect();
        check("a -> b::Thing\nb -> a::Thing", &declared, expected);
    };
    check_role("", &["workspace: a b: the cheapest way out is to cut `b` -> `a` (1 reference)"]);
    check_role("; role test-support", &[]);
}
