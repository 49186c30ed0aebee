//! Films: what persists stays where it is, and what came and went is told.

use std::sync::Arc;

use super::*;
use crate::scene::map::film::{Seen, Shot, shoot};

const BEFORE: &str = "
    package orders core/orders
    pub mod orders::stock
    pub struct orders::stock::Level
    pub mod orders::cart
    package web web
    pub mod web::pages
    pub mod web::old
    web::pages -> orders::stock::Level";

const AFTER: &str = "
    package orders core/orders
    pub mod orders::stock
    pub struct orders::stock::Level
    pub mod orders::cart
    pub mod orders::credit
    pub struct orders::credit::Limit
    package web web
    pub mod web::pages
    web::pages -> orders::stock::Level
    orders::stock -> web::pages";

const DECLARED: &[(&str, &str)] = &[("orders", "contains orders; may_use"), ("web", "contains web; may_use orders")];

fn film(workspaces: &[&str]) -> Vec<Shot> {
    let mut look = |at: usize| {
        let Shop { fixture, boundaries, verdict, .. } = Shop::new(workspaces[at], DECLARED);
        Ok::<Seen, ()>(Seen { model: Arc::new(fixture.model), boundaries, verdict })
    };
    shoot(workspaces.len(), 0, &Measurer::new(), &mut look).expect("nothing fails")
}

/// The names of boxes and where they are.
fn places(shot: &Shot) -> Vec<(String, crate::scene::shape::Rect)> {
    let faces = shot.map.faces.iter().map(|face| face.texts[0].text.clone());
    faces.zip(shot.map.rects.iter().copied()).collect()
}

#[test]
fn what_persists_has_one_place_in_all_of_a_film() {
    let shots = film(&[BEFORE, AFTER, BEFORE]);
    let (before, after) = (places(&shots[0]), places(&shots[1]));
    let kept: Vec<_> = before.iter().filter(|place| after.contains(place)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(kept, ["orders", "cart", "stock", "web", "pages"]);
    assert_eq!(before.len(), 6);
    assert_eq!(shots[0], shots[2]);
    assert!(shots.iter().all(|shot| shot.map.bounds == shots[0].map.bounds));
}

#[test]
fn what_comes_goes_breaks_and_is_mended_is_told_by_the_shot_that_brings_it() {
    let shots = film(&[BEFORE, AFTER, BEFORE]);
    let layer = |scene: &crate::scene::Scene, name: &str| {
        let shapes = scene.layers.iter().find(|layer| layer.name == name).map(|layer| layer.shapes.clone());
        shapes.unwrap_or_default()
    };
    let has = |shapes: &[Shape], role: Role| {
        shapes.iter().any(|shape| match shape {
            Shape::Box(shape) => shape.stroke.is_some_and(|stroke| stroke.role == role),
            Shape::Ribbon(ribbon) => ribbon.stroke.role == role,
            Shape::Polygon(polygon) => polygon.fill == Some(role),
            Shape::Label(_) => false,
        })
    };
    assert!(layer(&shots[0].draw(None), "changes").is_empty());
    let broken = shots[1].draw(Some(&shots[0]));
    let changes = layer(&broken, "changes");
    assert!(has(&changes, Role::Added) && has(&changes, Role::Removed));
    assert!(has(&layer(&broken, "glow"), Role::ViolationFill));
    let mended = layer(&shots[2].draw(Some(&shots[1])), "changes");
    assert!(has(&mended, Role::Success));
    let nothing = layer(&shots[2].draw(Some(&shots[2])), "changes");
    assert!(nothing.is_empty());
    for (shot, before) in [(0, None), (1, Some(0)), (2, Some(1))] {
        let scene = shots[shot].draw(before.map(|before: usize| &shots[before]));
        assert_eq!(scene.verify(&Measurer::new()), Vec::<String>::new());
    }
}

#[test]
fn a_film_of_nothing_has_no_shots() {
    assert!(film(&[]).is_empty());
}
