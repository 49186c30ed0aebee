use super::*;
use crate::boundary::fixture::Fixture;
use crate::source::Span;

fn placed(texts: &[&str]) -> Vec<Placed<String>> {
    let at = |(index, text): (usize, &&str)| {
        let start = 10 * index as u32;
        Placed { value: (*text).to_owned(), span: Span::new(start, start + 5) }
    };
    texts.iter().enumerate().map(at).collect()
}

fn ruling(external: &External, krate: &str) -> Ruling {
    let fixture = Fixture::new("package orders orders\nexternal sea-orm sqlx sqlx-core");
    let mut declaration = crate::boundary::fixture::declare("orders", "contains orders");
    declaration.external = Some(external.clone());
    let boundaries = fixture.boundaries(vec![declaration]);
    let (id, _) = fixture.model.external_crates().find(|(_, name)| *name == krate).unwrap();
    boundaries.ruling(BoundaryId(0), id).unwrap().1
}

#[test]
fn deny_wins_where_both_are_equally_exact() {
    let both = External { allow: Some(placed(&["sqlx"])), deny: placed(&["sqlx"]), ..External::default() };
    assert_eq!(ruling(&both, "sqlx"), Ruling::Denied(0));
    assert_eq!(ruling(&both, "sea-orm"), Ruling::NotListed);
}

#[test]
fn the_longer_literal_part_is_more_exact_and_no_wildcard_more_than_that() {
    let external = External { allow: Some(placed(&["sqlx"])), deny: placed(&["*", "sqlx*"]), ..External::default() };
    assert_eq!(ruling(&external, "sqlx"), Ruling::Allowed);
    assert_eq!(ruling(&external, "sqlx-core"), Ruling::Denied(1));
    assert_eq!(ruling(&external, "sea-orm"), Ruling::Denied(0));
}

#[test]
fn hyphens_and_underscores_are_the_same() {
    let external = External { deny: placed(&["sea_orm"]), ..External::default() };
    assert_eq!(ruling(&external, "sea-orm"), Ruling::Denied(0));
}

#[test]
fn groups_that_nobody_named_are_problems_and_crates_that_nobody_has_are_told() {
    let fixture = Fixture::new("package orders orders\nexternal sqlx");
    let mut declaration = crate::boundary::fixture::declare("orders", "contains orders");
    let deny = placed(&["@bd", "@db", "@web", "sqlxx"]);
    declaration.external = Some(External { deny, ..External::default() });
    let group =
        |name: &str, pattern: &str| CrateGroup { name: placed(&[name]).remove(0), patterns: placed(&[pattern]) };
    let intent = crate::boundary::Intent {
        boundaries: vec![declaration.clone()],
        crate_groups: vec![group("db", "sqlx"), group("web", "axum*")],
        ..Default::default()
    };
    let problems = crate::boundary::resolve(fixture.code(), intent.clone()).unwrap_err();
    let told: Vec<(&str, Option<&str>)> = problems.iter().map(|it| (&*it.message, it.help.as_deref())).collect();
    assert_eq!(told, [("`[crates]` has no group `bd`", Some("did you mean `db`?"))]);
    declaration.external.as_mut().unwrap().deny.remove(0);
    let boundaries = fixture.boundaries(crate::boundary::Intent { boundaries: vec![declaration], ..intent });
    let told: Vec<String> = boundaries.unmatched().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "`@web` in `external` of boundary `orders` is no dependency of this workspace",
            "`sqlxx` in `external` of boundary `orders` is no dependency of this workspace",
        ]
    );
}

#[test]
fn what_holds_is_told_with_who_says_it() {
    let fixture = Fixture::new("package orders orders\nmod orders::store\nexternal sqlx");
    let mut declared =
        crate::boundary::fixture::declarations(&[("orders", "contains orders"), ("store", "contains orders::store")]);
    declared[0].external =
        Some(External { allow: Some(placed(&["*"])), deny: placed(&["sqlx"]), ..External::default() });
    let boundaries = fixture.boundaries(declared);
    let told = |id: u32| {
        let settings = boundaries.effective(BoundaryId(id));
        settings.into_iter().find(|setting| setting.key == "external").map(|setting| setting.value)
    };
    assert_eq!(told(0).as_deref(), Some("{ allow = [\"*\"], deny = [\"sqlx\"] }"));
    assert_eq!(told(1).as_deref(), Some("{ allow = [\"*\"], deny = [\"sqlx\"] }, as `orders` around it"));
}
