//! Whole maps: what is visible, what stands out, and what every picture promises.
//!
//! In: workspaces of a few lines of text (`boundary::fixture`).  Out: nothing.  Not here: single stages' own tests.

mod film;
mod properties;
mod standing;

use super::*;
use crate::boundary::Boundaries;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::scene::shape::{Emphasis, Shape};
use crate::scene::thing::{Place, Thing};
use crate::theme::{Measurer, Role, TextSize};
use crate::verdict::{Baseline, Levels, Style, Terms, Verdict, judge};

const SHOP: &str = "
    package orders core/orders
    pub mod orders::stock
    pub struct orders::stock::Level
    pub fn orders::stock::count
    pub mod orders::cart
    pub struct orders::Order
    package billing core/billing lib bin:invoice
    pub mod billing::quotes
    pub struct billing::quotes::Quote
    pub struct billing::Bill
    package web web lib test:smoke
    pub mod web::pages
    pub mod web::pages::start
    web::pages::start -> orders::stock::Level
    web::pages::start -> orders::Order call
    web::pages -> billing::Bill
    orders::cart -> billing::quotes::Quote
    orders::cart -> orders::stock::Level
    orders::stock -> orders::cart
    test:smoke -> web::pages::start test
    web::pages::start -> web::pages";

/// A workspace with its verdict, and pictures of it.
struct Shop {
    fixture: Fixture,
    boundaries: Boundaries,
    verdict: Verdict,
    measurer: Measurer,
}

impl Shop {
    fn new(workspace: &str, declared: &[(&str, &str)]) -> Self {
        Self::accepting(workspace, declared, "")
    }

    /// With a riprap.baseline, where the text of one is not empty.
    fn accepting(workspace: &str, declared: &[(&str, &str)], baseline: &str) -> Self {
        let fixture = Fixture::new(workspace);
        let boundaries = fixture.boundaries(declarations(declared));
        let baseline = Baseline::read(baseline).ok().filter(|baseline| !baseline.entries.is_empty());
        let terms = Terms { baseline: baseline.as_ref(), ..Levels::of_style(Style::ModularMonolith).into() };
        let verdict = judge(&Context::new(&fixture.model, &boundaries), &terms);
        Self { fixture, boundaries, verdict, measurer: Measurer::new() }
    }

    fn place(&self, path: &str) -> Place {
        let package = |name: &str| self.fixture.model.packages().find(|id| &*self.fixture.model.node(*id).name == name);
        let node = path.strip_prefix("package ").and_then(package);
        Place::Node(node.unwrap_or_else(|| self.fixture.node(path)))
    }

    fn thing(&self, path: &str) -> Thing {
        self.place(path).into()
    }

    fn view(&self, open: &[&str]) -> MapView {
        let mut view = MapView::default();
        open.iter().for_each(|path| view.expand(self.place(path)));
        view
    }

    fn arrange(&self, view: &MapView) -> Arrangement {
        arrange(&self.fixture.model, &self.boundaries, &self.verdict, view, &self.measurer, None)
    }

    fn name(&self, map: &Arrangement, index: u32) -> String {
        match map.cut.boxes[index as usize].place {
            Place::Node(node) if self.fixture.model.path(node).is_empty() => "workspace".to_owned(),
            Place::Node(node) => self.fixture.model.path(node).to_owned(),
            Place::Fragment { boundary, .. } => format!("[{}]", self.boundaries.name(boundary)),
        }
    }

    /// One line per box, indented: `-` is open, `+` can be opened; `*` after a box that wears a boundary's sign.
    fn boxes(&self, view: &MapView) -> Vec<String> {
        let map = self.arrange(view);
        let line = |index: u32| {
            let visible = &map.cut.boxes[index as usize];
            let sign = if visible.open { "-" } else { "+" };
            let sign = if visible.expandable { sign } else { "" };
            let worn = visible.boundary.is_some() && visible.kind != BoxKind::Boundary;
            let indent = "  ".repeat(visible.depth as usize);
            format!("{indent}{sign}{}{}", self.name(&map, index), if worn { "*" } else { "" })
        };
        (0..map.cut.boxes.len() as u32).map(line).collect()
    }

    /// `from -> to references`, then `!` for each broken rule, `^` for an edge that points up, `test`.
    fn edges(&self, view: &MapView) -> Vec<String> {
        let map = self.arrange(view);
        let line = |edge: &LiftedEdge| {
            let (from, to) = (self.name(&map, edge.from), self.name(&map, edge.to));
            let broken: String = edge.violating.iter().map(|(rule, count)| format!(" !{rule}:{count}")).collect();
            let up = if edge.upward { " ^" } else { "" };
            let test = if edge.test { " test" } else { "" };
            format!("{from} -> {to} {}{broken}{up}{test}", edge.references)
        };
        map.edges.iter().map(line).collect()
    }
}

#[test]
fn a_package_with_one_shown_target_is_one_box() {
    let shop = Shop::new(SHOP, &[]);
    assert_eq!(shop.boxes(&MapView::default()), ["+billing", "+orders", "+web"]);
    let open = shop.view(&["package billing", "package web"]);
    assert_eq!(
        shop.boxes(&open),
        ["-billing", "  +billing", "  bin:invoice", "+orders", "-web", "  +web::pages"],
        "billing has two targets, and each has a box; web's test is hidden, so its modules follow at once"
    );
}

#[test]
fn tests_are_boxes_only_when_they_are_shown() {
    let shop = Shop::new(SHOP, &[]);
    let mut view = shop.view(&["package web"]);
    assert_eq!(shop.arrange(&view).cut.hidden, Hidden { tests: 1, inactive: 0 });
    view.filter.tests = true;
    assert_eq!(shop.boxes(&view), ["+billing", "+orders", "-web", "  +web", "  test:smoke"]);
    assert_eq!(shop.arrange(&view).cut.hidden, Hidden::default());
    assert!(shop.edges(&view).contains(&"test:smoke -> web 1 test".to_owned()));
}

#[test]
fn a_module_without_modules_opens_into_its_items() {
    let shop = Shop::new(SHOP, &[]);
    let mut view = shop.view(&["package orders", "orders::stock"]);
    let with_items = [
        "+billing",
        "-orders",
        "  orders::cart",
        "  -orders::stock",
        "    orders::stock::count",
        "    orders::stock::Level",
        "+web",
    ];
    assert_eq!(shop.boxes(&view), with_items);
    assert!(shop.edges(&view).contains(&"orders::cart -> orders::stock::Level 1".to_owned()), "an edge finds its item");
    view.filter.items = false;
    assert_eq!(shop.boxes(&view), ["+billing", "-orders", "  orders::cart", "  orders::stock", "+web"]);
}

#[test]
fn a_boundary_is_a_box_around_its_siblings_and_a_sign_on_a_single_one() {
    let shop = Shop::new(SHOP, &[("core", "contains core/"), ("front", "contains web")]);
    assert_eq!(shop.boxes(&MapView::default()), ["-[core]", "  +billing", "  +orders", "+web*"]);
    let mut closed = MapView::default();
    let core = shop.arrange(&closed).cut.boxes[0].clone();
    assert_eq!(core.modules, 3, "a package is no module");
    closed.collapse(core.place);
    assert_eq!(shop.boxes(&closed), ["+[core]", "+web*"]);
    assert_eq!(shop.edges(&closed).len(), 1, "all edges into a closed boundary are one");
}

#[test]
fn a_nested_boundary_lies_in_the_outer_one_and_fragments_repeat() {
    let declared = [
        ("core", "contains core/"),
        ("money", "contains billing"),
        ("parts", "contains orders::stock orders::cart web::pages"),
    ];
    let shop = Shop::new(SHOP, &declared);
    assert_eq!(
        shop.boxes(&shop.view(&["package orders", "package web"])),
        [
            "-[core]",
            "  +billing*",
            "  -orders",
            "    -[parts]",
            "      orders::cart",
            "      +orders::stock",
            "-web",
            "  +web::pages*"
        ]
    );
}

#[test]
fn edges_are_lifted_to_what_is_visible_and_containment_is_none() {
    let shop = Shop::new(SHOP, &[]);
    assert_eq!(shop.edges(&MapView::default()), ["orders -> billing 1", "web -> billing 1", "web -> orders 2"]);
    let open = shop.view(&["package web", "web::pages"]);
    assert_eq!(
        shop.edges(&open),
        ["orders -> billing 1", "web::pages -> billing 1", "web::pages::start -> orders 2"],
        "that a module uses its own parent is no edge"
    );
}

#[test]
fn what_is_broken_is_on_the_edge_and_counted_where_it_begins() {
    let shop = Shop::new(SHOP, &[("orders", "contains orders"), ("web", "contains web")]);
    let closed = MapView::default();
    assert!(
        shop.edges(&closed).contains(&"web -> orders 2 !internal-access:1".to_owned()),
        "{:?}",
        shop.edges(&closed)
    );
    let map = shop.arrange(&closed);
    let count = |path: &str| map.violations[map.cut.find(shop.place(path)).unwrap() as usize].total();
    // Web's access, the ring of two modules that orders hides, and that billing is in no boundary.
    assert_eq!((count("package web"), count("package orders"), count("package billing")), (1, 1, 1));
    let open = shop.edges(&shop.view(&["package orders"]));
    let ring: Vec<&String> = open.iter().filter(|edge| edge.contains("!module-cycle")).collect();
    assert_eq!(ring.len(), 1, "{open:?}");
}

#[test]
fn against_the_flow_is_known_after_arranging() {
    let shop = Shop::new(SHOP, &[]);
    let map = shop.arrange(&shop.view(&["package orders"]));
    let upward = map.edges.iter().filter(|edge| edge.upward).count();
    assert_eq!(upward, 1, "of a ring of two, one points up");
    let edge = map.edges.iter().position(|edge| edge.upward).unwrap();
    let (first, last) = (map.routes[edge].first().unwrap(), map.routes[edge].last().unwrap());
    assert!(first.y > last.y, "it is drawn upwards");
}

#[test]
fn quiet_maps_draw_only_what_is_suspect_or_asked_for() {
    let shop = Shop::new(SHOP, &[]);
    let mut view = MapView::default();
    let n_edges = |map: &Arrangement, highlight: &Highlight| {
        draw(map, highlight).hits.iter().filter(|thing| matches!(thing, Thing::Edge { .. })).count()
    };
    let map = shop.arrange(&view);
    assert_eq!(n_edges(&map, &Highlight::default()), 0);
    let hover = Highlight { hover: Some(shop.thing("package billing")), ..Highlight::default() };
    assert_eq!(n_edges(&map, &hover), 2);
    let select = Highlight { selection: Some(shop.thing("web::pages::start")), ..Highlight::default() };
    assert_eq!(n_edges(&map, &select), 2, "the selection is in a closed box, and that box has two edges");
    view.edges = EdgeMode::All;
    assert_eq!(n_edges(&shop.arrange(&view), &Highlight::default()), 3);
}

#[test]
fn focus_reaches_as_many_steps_as_asked_along_the_arrows_and_against_them() {
    let shop = Shop::new(SHOP, &[]);
    let map = shop.arrange(&MapView::default());
    let selection = Some(shop.thing("package web"));
    let n_dimmed = |hops: Hops| {
        let drawn = draw(&map, &Highlight { selection, hops, ..Highlight::default() });
        let boxes = drawn.scene.shapes().filter_map(|shape| match shape {
            Shape::Box(shape) => shape.hit.map(|hit| (hit, shape.emphasis)),
            _ => None,
        });
        boxes.filter(|(_, emphasis)| *emphasis == Emphasis::Dimmed).count()
    };
    let one = n_dimmed(Hops::default());
    let most = n_dimmed(Hops::MOST);
    assert!(most <= one, "{most} {one}");
    assert_eq!(Hops::default().fewer(), Hops::default());
    assert_eq!(Hops::MOST.more(), Hops::MOST);
}

/// The role and emphasis of the ribbon of an edge.
fn strand(shop: &Shop, drawn: &Drawn, from: &str, to: &str) -> (Role, Emphasis) {
    let thing = Thing::Edge { from: shop.place(from), to: shop.place(to) };
    let ribbons = drawn.scene.shapes().filter_map(|shape| match shape {
        Shape::Ribbon(ribbon) => Some(ribbon),
        _ => None,
    });
    let of_edge = |hit: Option<crate::scene::shape::HitId>| hit.is_some_and(|hit| drawn.hits[hit.0 as usize] == thing);
    let ribbon = ribbons.into_iter().find(|ribbon| of_edge(ribbon.hit)).unwrap();
    (ribbon.stroke.role, ribbon.emphasis)
}

#[test]
fn a_selected_box_tells_callers_from_callees_and_dims_the_rest() {
    let shop = Shop::new(SHOP, &[]);
    let view = MapView { edges: EdgeMode::All, ..MapView::default() };
    let map = shop.arrange(&view);
    let highlight = Highlight { selection: Some(shop.thing("package orders")), ..Highlight::default() };
    let drawn = draw(&map, &highlight);
    let strand = |from, to| strand(&shop, &drawn, from, to);
    assert_eq!(strand("package web", "package orders"), (Role::Caller, Emphasis::Normal));
    assert_eq!(strand("package orders", "package billing"), (Role::Callee, Emphasis::Normal));
    assert_eq!(strand("package web", "package billing"), (Role::Edge, Emphasis::Dimmed));
}

#[test]
fn what_is_around_a_box_holds_its_neighbours_alone_and_cuts_no_name() {
    let shop = Shop::new(SHOP, &[]);
    let map = shop.arrange(&shop.view(&["package orders", "package billing", "package web", "web::pages"]));
    let rect = |path: &str| map.rect_of(shop.place(path)).unwrap();
    let area = map.surroundings(shop.thing("orders::stock")).unwrap();
    for neighbour in ["orders::stock", "orders::cart", "web::pages::start"] {
        assert!(area.contains_rect(rect(neighbour)), "{neighbour}");
    }
    let starts = map.rects.iter().filter(|rect| rect.overlaps(area)).map(|rect| rect.min.y);
    assert!(starts.clone().count() > 3);
    for start in starts {
        assert!(start >= area.min.y || start + size::HEADER <= area.min.y, "a name at {start} is cut by {area:?}");
    }
    let edge = Thing::edge(shop.fixture.node("orders::cart"), shop.fixture.node("orders::stock"));
    let area = map.surroundings(edge).unwrap();
    assert!(area.contains_rect(rect("orders::cart")) && !area.contains_rect(rect("web::pages::start")));
}

#[test]
fn a_selected_edge_may_be_named_by_modules_in_closed_boxes() {
    let shop = Shop::new(SHOP, &[("orders", "contains orders"), ("web", "contains web")]);
    let map = shop.arrange(&MapView::default());
    let edge = Thing::edge(shop.fixture.node("web::pages::start"), shop.fixture.node("orders::stock"));
    let shown = Thing::Edge { from: shop.place("package web"), to: shop.place("package orders") };
    assert_eq!(map.shown(edge), Some(shown));
    let drawn = draw(&map, &Highlight { selection: Some(edge), ..Highlight::default() });
    let (role, emphasis) = strand(&shop, &drawn, "package web", "package orders");
    assert_eq!((role, emphasis), (Role::Violation, Emphasis::Normal), "a broken edge keeps its colour");
    let within = Thing::edge(shop.fixture.node("orders::cart"), shop.fixture.node("orders::stock"));
    assert_eq!(map.shown(within), Some(shop.thing("package orders")), "an edge within a box is that box");
}

#[test]
fn what_a_search_found_in_a_closed_box_marks_the_box() {
    let shop = Shop::new(SHOP, &[]);
    let map = shop.arrange(&MapView::default());
    let search = [shop.fixture.node("orders::stock"), shop.fixture.node("orders::cart")].into();
    let drawn = draw(&map, &Highlight { search, ..Highlight::default() });
    let ringed =
        |shape: &&Shape| matches!(shape, Shape::Box(shape) if shape.stroke.is_some_and(|s| s.role == Role::SearchHit));
    assert_eq!(drawn.scene.shapes().filter(ringed).count(), 1);
}

#[test]
fn a_closed_box_is_in_the_ring_of_the_nearest_module_in_it() {
    let shop = Shop::new(SHOP, &[]);
    let map = shop.arrange(&MapView::default());
    let node = |path: &str| shop.fixture.node(path);
    let rings = [(node("orders::stock"), 0), (node("web::pages"), 2), (node("web::pages::start"), 1)].into();
    let drawn = draw(&map, &Highlight { rings, ..Highlight::default() });
    let numbers = drawn.scene.shapes().filter_map(|shape| match shape {
        Shape::Label(label) if label.role == Role::TextStrong && label.size == TextSize::Caption => Some(&*label.text),
        _ => None,
    });
    assert_eq!(numbers.collect::<Vec<_>>(), ["1"]);
    let is_dimmed = |path: &str| {
        let thing = shop.thing(path);
        drawn.scene.shapes().any(|shape| match shape {
            Shape::Box(shape) => {
                shape.hit.is_some_and(|hit| drawn.hits[hit.0 as usize] == thing) && shape.emphasis == Emphasis::Dimmed
            }
            _ => false,
        })
    };
    assert_eq!(["package orders", "package web", "package billing"].map(is_dimmed), [false, false, true]);
}

#[test]
fn revealing_a_node_opens_what_is_around_it() {
    let shop = Shop::new(SHOP, &[("core", "contains core/")]);
    let mut view = MapView::default();
    let core = shop.arrange(&view).cut.boxes[0].place;
    view.collapse(core);
    let node = shop.fixture.node("orders::stock::Level");
    assert_eq!(shop.arrange(&view).cut.find(Place::Node(node)), None);
    view.reveal(&shop.fixture.model, &shop.boundaries, node);
    assert!(shop.arrange(&view).cut.find(Place::Node(node)).is_some());
}

#[test]
fn levels_open_packages_then_their_targets_and_modules() {
    let shop = Shop::new(SHOP, &[]);
    let at = |level| {
        let mut view = MapView::default();
        view.expand_to_level(&shop.fixture.model, level);
        shop.boxes(&view).len()
    };
    assert_eq!((at(1), at(2), at(3), at(4)), (3, 8, 10, 10), "items stay closed");
}

#[test]
fn the_first_view_opens_violations_before_large_code_and_stays_in_the_budget() {
    let mut workspace = String::from("package big big\n");
    (0..30).for_each(|index| workspace += &format!("pub mod big::m{index}\n"));
    workspace +=
        "package small small\npub mod small::a\npub mod small::b\nsmall::a -> small::b\nsmall::b -> small::a\n";
    let shop = Shop::new(&workspace, &[]);
    let first = |preferred, limit| {
        let budget = Budget { preferred, limit };
        initial_expansion(&shop.fixture.model, &shop.boundaries, &shop.verdict, budget)
    };
    assert_eq!(shop.boxes(&first(10, 300)), ["+big", "-small", "  small::a", "  small::b"]);
    assert_eq!(shop.boxes(&first(120, 300)).len(), 34);
    assert_eq!(shop.boxes(&first(2, 2)), ["+big", "+small"]);
}
