//! Treemaps of small workspaces, and what every picture promises.
//!
//! In: workspaces of a few lines of text (`boundary::fixture`).  Out: nothing.

use proptest::prelude::*;

use super::labels::Kind;
use super::*;
use crate::boundary::Boundaries;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::scene::label_rect;
use crate::scene::map::{MapView, arrange};
use crate::scene::shape::{Label, Shape};
use crate::scene::thing::{Place, Thing};
use crate::theme::Role;
use crate::verdict::{Levels, Style, Verdict, judge};

const SHOP: &str = "
    package orders orders
    pub mod orders::placing
    pub struct orders::placing::Order
    pub fn orders::placing::inner
    pub mod orders::stock
    pub mod orders::stock::shelf
    pub struct orders::stock::shelf::Shelf
    pub fn orders::place
    package web web
    pub mod web::pages
    pub mod web::cart
    web::pages -> orders::place call
    web::pages -> orders::placing::Order type
    web::cart -> orders::stock::shelf::Shelf type";

const DECLARED: &[(&str, &str)] =
    &[("orders", "contains orders; owner @shop/orders"), ("web", "contains web; may_use orders")];

struct Shop {
    fixture: Fixture,
    boundaries: Boundaries,
    verdict: Verdict,
    view: MapView,
}

impl Shop {
    /// With so much open, items left out.
    fn new(text: &str, declared: &[(&str, &str)], level: u32) -> Self {
        let fixture = Fixture::new(text);
        let boundaries = fixture.boundaries(declarations(declared));
        let levels = Levels::of_style(Style::ModularMonolith);
        let verdict = judge(&Context::new(&fixture.model, &boundaries), &levels.into());
        let mut view = MapView::default();
        view.expand_to_level(&fixture.model, level);
        Self { fixture, boundaries, verdict, view }
    }

    fn map(&self) -> Arrangement {
        arrange(&self.fixture.model, &self.boundaries, &self.verdict, &self.view, &Measurer::new(), None)
    }

    fn treemap(&self, map: &Arrangement, choice: Choice, previous: Option<&Treemap>) -> Treemap {
        let below = Below::new(&self.fixture.model, &self.boundaries);
        let ground = Ground {
            model: &self.fixture.model,
            boundaries: &self.boundaries,
            sources: &self.fixture.sources,
            churn: Err("there is no git repository"),
            below: Some(&below),
        };
        Treemap::new(&ground, map, choice, Size::new(1000.0, 600.0), previous, &Measurer::new())
    }

    fn place(&self, path: &str) -> Place {
        Place::Node(self.fixture.node(path))
    }
}

fn by(colouring: Colouring) -> Choice {
    Choice { colouring, sizing: Sizing::Items }
}

fn labels(drawn: &Drawn) -> Vec<&Label> {
    drawn.scene.shapes().filter_map(|shape| if let Shape::Label(label) = shape { Some(label) } else { None }).collect()
}

/// What a box says of its colour, with its colour.
fn told(shop: &Shop, colouring: Colouring, path: &str) -> (Option<Role>, String) {
    let map = shop.map();
    let treemap = shop.treemap(&map, by(colouring), None);
    let index = map.cut.box_at(shop.place(path)).expect("it is shown");
    let tone = &treemap.tones[index as usize];
    (tone.fill, tone.words.clone())
}

#[test]
fn areas_are_sizes_and_an_open_box_has_a_tile_for_its_own_code() {
    let shop = Shop::new(SHOP, &[], 3);
    let map = shop.map();
    let treemap = shop.treemap(&map, by(Colouring::Violations), None);
    let index = |path: &str| map.cut.box_at(shop.place(path)).expect("it is shown");
    let size = |path: &str| treemap.size(index(path));
    assert_eq!([size("orders"), size("orders::placing"), size("orders::stock"), size("web")], [4, 2, 1, 0]);
    // The function of the root stands in no module below it.
    let own = treemap.own[index("orders") as usize].expect("the root has code of its own");
    let placing = treemap.rects[index("orders::placing") as usize];
    let area = |rect: Rect| rect.width() * rect.height();
    assert!((area(placing) / area(own) - 2.0).abs() < 0.01, "{placing:?} {own:?}");
    assert!(treemap.rects[index("orders") as usize].contains_rect(own));
}

#[test]
fn opening_a_box_moves_nothing_beside_it() {
    let mut shop = Shop::new(SHOP, &[], 2);
    let map = shop.map();
    let treemap = shop.treemap(&map, by(Colouring::Violations), None);
    shop.view.toggle(shop.place("orders::stock"));
    let open = shop.map();
    let opened = shop.treemap(&open, by(Colouring::Violations), Some(&treemap));
    for (visible, rect) in map.cut.boxes.iter().zip(&treemap.rects) {
        let index = open.cut.find(visible.place).expect("it is still shown");
        assert_eq!(opened.rects[index as usize], *rect, "{:?}", visible.place);
    }
}

#[test]
fn each_box_can_be_pointed_at_and_its_name_is_in_it() {
    for level in 1..5 {
        let shop = Shop::new(SHOP, DECLARED, level);
        let map = shop.map();
        let treemap = shop.treemap(&map, by(Colouring::Owner), None);
        let highlight = Highlight {
            selection: Some(Thing::Node(shop.fixture.node("orders"))),
            hover: Some(Thing::edge(shop.fixture.node("web::pages"), shop.fixture.node("orders"))),
            ..Highlight::default()
        };
        let drawn = draw(&map, &treemap, &highlight);
        assert_eq!(drawn.scene.verify(&Measurer::new()), Vec::<String>::new());
        assert_eq!(drawn.hits.len(), map.cut.boxes.len());
        assert!(labels(&drawn).iter().any(|label| label.text == "web"));
    }
}

#[test]
fn violations_count_where_they_begin_in_a_hotter_tile() {
    let shop = Shop::new(SHOP, DECLARED, 2);
    assert_eq!(told(&shop, Colouring::Violations, "web::pages"), (Some(Role::Heat6), "1 violation".to_owned()));
    assert_eq!(told(&shop, Colouring::Violations, "orders::placing"), (Some(Role::Heat1), "0 violations".to_owned()));
}

#[test]
fn who_owns_a_tile_is_said_and_who_owns_nothing_has_no_colour() {
    let shop = Shop::new(SHOP, DECLARED, 2);
    assert_eq!(told(&shop, Colouring::Owner, "orders::placing"), (Some(Role::Category1), "@shop/orders".to_owned()));
    assert_eq!(told(&shop, Colouring::Owner, "web::pages"), (None, "no owner".to_owned()));
}

#[test]
fn instability_and_leaks_are_those_of_a_box_with_all_in_it() {
    let shop = Shop::new(SHOP, DECLARED, 1);
    assert_eq!(told(&shop, Colouring::Instability, "web"), (Some(Role::Heat6), "instability 1.00".to_owned()));
    assert_eq!(told(&shop, Colouring::Instability, "orders"), (Some(Role::Heat1), "instability 0.00".to_owned()));
    let (_, words) = told(&shop, Colouring::Leak, "orders");
    assert_eq!(words, "2 of 3 around the API");
    assert_eq!(told(&shop, Colouring::Leak, "web"), (None, "not entered from outside".to_owned()));
}

#[test]
fn where_nothing_is_known_the_legend_says_why() {
    let shop = Shop::new(SHOP, &[], 2);
    let map = shop.map();
    let said = |colouring: Colouring| {
        let treemap = shop.treemap(&map, by(colouring), None);
        assert!(treemap.tones.iter().all(|tone| tone.fill.is_none()) && !treemap.is_known());
        legend(&treemap, 900.0, &Measurer::new()).meanings
    };
    assert_eq!(
        said(Colouring::Churn),
        ["Area: number of items, 4 shown", "Colour: commits: there is no git repository"]
    );
    assert!(said(Colouring::Age)[1].contains("there is no git repository"));
    assert!(said(Colouring::Leak)[1].ends_with("no boundary is declared"));
    assert!(said(Colouring::Owner)[1].contains("neither CODEOWNERS nor riprap.toml"));
}

#[test]
fn the_legend_names_each_colour_that_tiles_have() {
    let shop = Shop::new(SHOP, DECLARED, 2);
    let map = shop.map();
    for colouring in [Colouring::Violations, Colouring::Owner, Colouring::Instability, Colouring::Leak] {
        let treemap = shop.treemap(&map, by(colouring), None);
        let legend = legend(&treemap, 300.0, &Measurer::new());
        assert_eq!(legend.scene.verify(&Measurer::new()), Vec::<String>::new());
        for fill in treemap.tones.iter().filter_map(|tone| tone.fill) {
            assert!(treemap.scale.entries.iter().any(|(role, _)| *role == fill), "{colouring:?}: {fill:?}");
        }
    }
}

/// Workspaces with modules of many sizes.
fn workspaces() -> impl Strategy<Value = String> {
    prop::collection::vec((0usize..4, 0usize..9, 1usize..14), 1..24).prop_map(|modules| {
        let mut text =
            String::from("package part0 part0\npackage part1 part1\npackage part2 part2\npackage part3 part3\n");
        for (number, (package, items, letters)) in modules.into_iter().enumerate() {
            let name = format!("{}{number}", "long_name_".repeat(letters / 4 + 1));
            text += &format!("pub mod part{package}::{name}\n");
            text.extend((0..items).map(|item| format!("pub fn part{package}::{name}::f{item}\n")));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_leaves_its_tile_or_meets_another(text in workspaces(), level in 1u32..4) {
        let shop = Shop::new(&text, &[], level);
        let map = shop.map();
        let treemap = shop.treemap(&map, by(Colouring::Violations), None);
        let measurer = Measurer::new();
        let drawn = draw(&map, &treemap, &Highlight::default());
        prop_assert_eq!(drawn.scene.verify(&measurer), Vec::<String>::new());
        let places: Vec<Rect> = labels(&drawn).into_iter().map(|label| label_rect(label, &measurer)).collect();
        for ((place, text), index) in places.iter().zip(&treemap.texts).zip(0..) {
            let tile = treemap.rects[text.index as usize];
            prop_assert!(tile.expand(1.0).contains_rect(*place), "{text:?} is not in {tile:?}");
            if text.kind != Kind::Value && text.kind != Kind::Aside {
                for other in &places[index + 1..] {
                    // The room above the letters may be shared.
                    let letters = Rect { min: crate::scene::shape::Point::new(place.min.x, place.min.y + 3.0), ..*place };
                    prop_assert!(!letters.expand(-1.0).overlaps(*other), "{text:?}");
                }
            }
        }
    }
}
