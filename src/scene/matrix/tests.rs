//! Matrices of small workspaces.
//!
//! In: workspaces of a few lines of text (`boundary::fixture`).  Out: nothing.

use super::*;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::scene::map::{MapView, arrange};
use crate::scene::thing::Thing;
use crate::verdict::{Levels, Style, judge};

const SHOP: &str = "
    package app app
    pub mod app::pages
    pub mod app::pages::cart
    pub mod app::pages::home
    package base base
    pub mod base::text
    pub fn base::text::upper
    package orders orders
    pub mod orders::a
    pub mod orders::b
    pub mod orders::c
    pub fn orders::a::f
    pub fn orders::b::f
    pub fn orders::c::f
    app::pages::cart -> orders::a::f
    app::pages::cart -> app::pages::home
    app::pages::home -> base::text::upper
    orders::a -> orders::b::f
    orders::b -> orders::a::f
    orders::b -> orders::a::f
    orders::b -> base::text::upper
    orders::c -> orders::b::f";

/// A matrix with everything open but the items, and its picture.
fn drawn(declared: &[(&str, &str)], reading: Reading) -> (Arrangement, Matrix, Vec<String>, Drawn) {
    let fixture = Fixture::new(SHOP);
    let boundaries = fixture.boundaries(declarations(declared));
    let verdict = judge(&Context::new(&fixture.model, &boundaries), &Levels::of_style(Style::ModularMonolith).into());
    let measurer = Measurer::new();
    let mut view = MapView::default();
    for node in fixture.model.node_ids() {
        if fixture.model.children(node).iter().any(|child| fixture.model.node(*child).kind.is_module()) {
            view.expand(node.into());
        }
    }
    let map = arrange(&fixture.model, &boundaries, &verdict, &view, &measurer, None);
    let matrix = Matrix::new(&fixture.model, &boundaries, &map, reading, &measurer);
    let rows = matrix.rows.iter().map(|index| matrix.names[*index as usize].clone()).collect();
    let picture = draw(&map, &matrix, &Highlight::default(), &measurer);
    assert_eq!(picture.scene.verify(&measurer), Vec::<String>::new());
    (map, matrix, rows, picture)
}

#[test]
fn what_is_used_comes_first_and_rings_stand_together() {
    let (map, matrix, rows, _) = drawn(&[], Reading::RowUsesColumn);
    assert_eq!(rows, ["base", "text", "orders", "a", "b", "c", "app", "pages", "home", "cart"]);
    let rings: Vec<(u32, u32)> = matrix.rings.iter().map(|ring| (ring.start, ring.end)).collect();
    assert_eq!(rings, [(3, 5)]);
    // `a -> b` is one reference, `b -> a` two: the lighter one stands above.
    let up: Vec<u32> = map.edges.iter().filter(|edge| matrix.points_up(edge)).map(|edge| edge.references).collect();
    assert_eq!(up, [1]);
    assert!((matrix.share_above(&map) - 0.125).abs() < 1e-9, "{}", matrix.share_above(&map));
}

#[test]
fn the_other_reading_has_users_first_and_the_same_cells_above_the_diagonal() {
    let (map, matrix, rows, _) = drawn(&[], Reading::ColumnUsesRow);
    assert_eq!(rows, ["app", "pages", "cart", "home", "orders", "c", "b", "a", "base", "text"]);
    let up: Vec<u32> = map.edges.iter().filter(|edge| matrix.points_up(edge)).map(|edge| edge.references).collect();
    assert_eq!(up, [1]);
}

#[test]
fn each_edge_of_the_map_is_a_cell_that_can_be_pointed_at() {
    let (map, _, _, picture) = drawn(&[("orders", "contains orders"), ("app", "contains app")], Reading::RowUsesColumn);
    let cells = picture.hits.iter().filter(|thing| matches!(thing, Thing::Edge { .. })).count();
    assert_eq!(cells, map.edges.len());
    assert!(cells > 4, "{cells}");
}
