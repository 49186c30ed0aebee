//! What is denied, only warned of and accepted, on boxes, edges and in the legend.

use super::*;
use crate::verdict::{Entry, Tally};

const DECLARED: [(&str, &str); 2] = [("orders", "contains orders; owner @shop/orders"), ("web", "contains web")];

/// The one access of web to internals of orders.
const ACCEPTED: &str = "internal-access web::pages::start -> orders::stock::Level\n";

fn told(shop: &Shop, map: &Arrangement, path: &str) -> String {
    map.told[map.cut.find(shop.place(path)).unwrap() as usize].in_words()
}

fn has_role(drawn: &Drawn, role: Role) -> bool {
    drawn.scene.shapes().any(|shape| match shape {
        Shape::Box(shape) => shape.fill == Some(role) || shape.stroke.is_some_and(|stroke| stroke.role == role),
        Shape::Polygon(shape) => shape.fill == Some(role) || shape.stroke.is_some_and(|stroke| stroke.role == role),
        Shape::Ribbon(shape) => shape.stroke.role == role,
        Shape::Label(label) => label.role == role,
    })
}

#[test]
fn a_box_tells_what_is_denied_warned_of_and_accepted_in_it() {
    let shop = Shop::new(SHOP, &DECLARED);
    let map = shop.arrange(&MapView::default());
    // That nobody owns web is said of the boundary, and stands on its box.
    assert_eq!(told(&shop, &map, "package web"), "1 denied, 1 only warned of");
    let shop = Shop::accepting(SHOP, &DECLARED, ACCEPTED);
    let map = shop.arrange(&MapView::default());
    assert_eq!(told(&shop, &map, "package web"), "1 only warned of, 1 accepted");
}

#[test]
fn an_open_boundary_tells_of_all_in_it_and_any_other_open_box_of_its_own() {
    let shop = Shop::new(SHOP, &DECLARED);
    let map = shop.arrange(&shop.view(&["package web", "web::pages"]));
    assert_eq!(told(&shop, &map, "package web"), "1 denied, 1 only warned of");
    assert_eq!(told(&shop, &map, "web::pages"), "");
    assert_eq!(told(&shop, &map, "web::pages::start"), "1 denied");
    let web = map.cut.find(shop.place("web::pages")).unwrap() as usize;
    assert_eq!(map.violations_within[web], Tally { denied: 1, ..Tally::default() });
}

/// A workspace before and after everything that is wrong with it stands in riprap.baseline.
fn all_accepted() -> (Shop, Shop) {
    let declared = [
        ("orders", "contains orders; owner @a"),
        ("web", "contains web; owner @b"),
        ("rest", "contains billing; owner @c"),
    ];
    let open = Shop::new(SHOP, &declared);
    let entries = open.verdict.violations.iter().map(|judged| Entry::of(&judged.violation)).collect();
    let accepted = Shop::accepting(SHOP, &declared, &Baseline { entries }.text());
    (open, accepted)
}

#[test]
fn what_is_accepted_looks_like_no_broken_rule_and_moves_no_box() {
    let (open, accepted) = all_accepted();
    let view = open.view(&["package web", "web::pages", "package orders"]);
    let (before, after) = (open.arrange(&view), accepted.arrange(&view));
    let tally = accepted.verdict.tally();
    assert_eq!((tally.accepted, tally.denied, tally.warned), (tally.total(), 0, 0));
    assert!(has_role(&draw(&before, &Highlight::default()), Role::Violation));
    assert!(!has_role(&draw(&after, &Highlight::default()), Role::Violation));
    assert_eq!(before.rects, after.rects);
}

#[test]
fn an_accepted_edge_is_drawn_when_it_is_asked_for_with_its_tick() {
    let shop = Shop::accepting(SHOP, &DECLARED, ACCEPTED);
    let map = shop.arrange(&MapView::default());
    let edge = Thing::Edge { from: shop.place("package web"), to: shop.place("package orders") };
    assert!(!draw(&map, &Highlight::default()).hits.contains(&edge));
    let map = shop.arrange(&MapView { edges: EdgeMode::All, ..MapView::default() });
    let drawn = draw(&map, &Highlight::default());
    assert_eq!(strand(&shop, &drawn, "package web", "package orders").0, Role::Edge);
    let hit = drawn.hits.iter().position(|thing| *thing == edge).unwrap() as u32;
    let marks = drawn.scene.shapes().filter(|shape| matches!(shape, Shape::Polygon(_)));
    assert_eq!(marks.filter(|shape| shape.hit().is_some_and(|it| it.0 == hit)).count(), 1);
}

#[test]
fn a_legend_explains_what_its_picture_has_and_no_more() {
    let meanings = |shop: &Shop, highlight: &Highlight| {
        legend(&shop.arrange(&MapView::default()), highlight, 1000.0, &shop.measurer).meanings
    };
    let clean = Shop::new("package a a\npackage b b\na -> b", &[]);
    assert_eq!(meanings(&clean, &Highlight::default()), Vec::<&str>::new());
    assert_eq!(meanings(&all_accepted().1, &Highlight::default()), ["breaks a rule: accepted"]);
    let shop = Shop::new(SHOP, &DECLARED);
    assert_eq!(meanings(&shop, &Highlight::default()), ["breaks a rule: denied", "breaks a rule: only warned of"]);
    let selection = Some(shop.thing("package orders"));
    let selected = meanings(&shop, &Highlight { selection, ..Highlight::default() });
    assert_eq!(selected[..2], ["uses the selection", "used by the selection"]);
}

#[test]
fn a_legend_stands_below_its_picture_in_as_few_rows_as_fit() {
    let shop = Shop::new(SHOP, &DECLARED);
    let map = shop.arrange(&MapView::default());
    let of_width = |width| legend(&map, &Highlight::default(), width, &shop.measurer).scene;
    let (wide, narrow) = (of_width(1000.0), of_width(1.0));
    assert!(wide.bounds.width() > narrow.bounds.width() && wide.bounds.height() < narrow.bounds.height());
    let drawn = draw(&map, &Highlight::default());
    let height = drawn.scene.bounds.height();
    for legend in [wide, narrow] {
        assert_eq!(legend.verify(&shop.measurer), Vec::<String>::new());
        let whole = drawn.scene.clone().above(&legend);
        assert_eq!(whole.verify(&shop.measurer), Vec::<String>::new());
        assert_eq!(whole.bounds.height(), height + legend.bounds.height());
    }
}
