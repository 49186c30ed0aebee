//! What holds for every workspace and every view.

use proptest::prelude::*;

use super::*;
use crate::scene::shape::Rect;
use crate::scene::{label_rect, shape};

/// A random workspace and which of its nodes are open.
#[derive(Clone, Debug)]
struct Case {
    workspace: String,
    declared: Vec<(String, String)>,
    open: Vec<bool>,
    edges: EdgeMode,
    selected: usize,
}

fn case() -> impl Strategy<Value = Case> {
    let module = (0usize..40, 0usize..4);
    let modules = prop::collection::vec(module, 0..36);
    let references = prop::collection::vec((0usize..64, 0usize..64), 0..70);
    let packages = prop::collection::vec(0usize..4, 1..7);
    let open = prop::collection::vec(prop::bool::weighted(0.7), 64);
    (packages, modules, references, open, any::<bool>(), 0usize..64).prop_map(
        |(packages, modules, references, open, all, selected)| {
            let mut workspace = String::new();
            let mut paths: Vec<String> = Vec::new();
            for index in 0..packages.len() {
                workspace += &format!("package p{index} p{index}\n");
                paths.push(format!("p{index}"));
            }
            for (index, (parent, length)) in modules.iter().enumerate() {
                let parent = &paths[parent % paths.len()];
                // Names of all lengths, some far too long for a box.
                let path = format!("{parent}::m{index}_{}", "configuration_".repeat(*length));
                workspace += &format!("pub mod {path}\n");
                paths.push(path);
            }
            for (from, to) in references {
                let (from, to) = (&paths[from % paths.len()], &paths[to % paths.len()]);
                if from != to {
                    workspace += &format!("{from} -> {to}\n");
                }
            }
            // Each package is in one of three boundaries or in none.
            let declared = (0..3)
                .map(|boundary| {
                    let members = packages.iter().enumerate().filter(|(_, of)| **of == boundary);
                    let members: Vec<String> = members.map(|(index, _)| format!("p{index}")).collect();
                    (format!("b{boundary}"), members)
                })
                .filter(|(_, members)| !members.is_empty())
                .map(|(name, members)| (name, format!("contains {}; owner @a", members.join(" "))))
                .collect();
            let edges = if all { EdgeMode::All } else { EdgeMode::Quiet };
            Case { workspace, declared, open, edges, selected }
        },
    )
}

impl Case {
    fn shop(&self) -> Shop {
        let declared: Vec<(&str, &str)> = self.declared.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        Shop::new(&self.workspace, &declared)
    }

    fn view(&self, shop: &Shop) -> MapView {
        let open = shop.fixture.model.node_ids().filter(|id| self.open[id.0 as usize % self.open.len()]);
        MapView { open: open.collect(), edges: self.edges, ..MapView::default() }
    }
}

fn overlaps(a: Rect, b: Rect) -> bool {
    a.expand(-0.01).overlaps(b.expand(-0.01))
}

fn assert_sound(map: &Arrangement) {
    for (index, visible) in map.cut.boxes.iter().enumerate() {
        let rect = map.rects[index];
        if let Some(parent) = visible.parent {
            assert!(map.rects[parent as usize].contains_rect(rect), "{visible:?} is outside of its parent");
            assert!(rect.min.y >= map.rects[parent as usize].min.y + 30.0, "{visible:?} covers its parent's header");
        }
        for (other, beside) in map.cut.boxes.iter().enumerate().skip(index + 1) {
            if beside.parent == visible.parent {
                assert!(!overlaps(rect, map.rects[other]), "{visible:?} and {beside:?} overlap");
            }
        }
    }
    for (edge, route) in map.edges.iter().zip(&map.routes) {
        let ends = [(edge.from, route.first()), (edge.to, route.last())];
        for (index, end) in ends {
            let rect = map.rects[index as usize].expand(0.1);
            assert!(rect.contains(*end.unwrap()), "an edge of {index} does not touch it");
        }
    }
}

fn assert_drawn(shop: &Shop, map: &Arrangement, drawn: &Drawn) {
    assert_eq!(drawn.scene.verify(&shop.measurer), Vec::<String>::new());
    for index in 0..map.cut.boxes.len() {
        assert_eq!(drawn.hits[index], map.thing(index as u32));
        let hits = drawn.scene.shapes().filter(|shape| shape.hit() == Some(shape::HitId(index as u32)));
        let rects = hits.filter_map(|shape| match shape {
            Shape::Box(shape) => Some(shape.rect),
            _ => None,
        });
        assert!(rects.into_iter().any(|rect| rect == map.rects[index]), "box {index} cannot be hit");
    }
    let labels = drawn.scene.layers.iter().find(|layer| layer.name == "labels").unwrap();
    for shape in &labels.shapes {
        if let Shape::Label(label) = shape
            && let Some(hit) = label.hit
        {
            let text = label_rect(label, &shop.measurer);
            let rect = map.rects[hit.0 as usize].expand(0.5);
            assert!(rect.contains_rect(text), "`{}` leaves its box", label.text);
        }
    }
}

/// The boxes directly in `parent` that an edge connects with another of them.
fn connected_siblings(map: &Arrangement, parent: Option<u32>) -> Vec<Place> {
    let sibling = |end: u32| map.cut.ancestors(end).find(|index| map.cut.boxes[*index as usize].parent == parent);
    let ends = map.edges.iter().filter_map(|edge| Some((sibling(edge.from)?, sibling(edge.to)?)));
    let mut connected: Vec<u32> = ends.filter(|(from, to)| from != to).flat_map(|(from, to)| [from, to]).collect();
    connected.sort_unstable();
    connected.dedup();
    connected.into_iter().map(|index| map.cut.boxes[index as usize].place).collect()
}

/// For each pair of places: whether the first is above, and whether it is left of the other.
fn is_turned_around(a: Rect, b: Rect, a_later: Rect, b_later: Rect) -> bool {
    let above = |a: Rect, b: Rect| a.max.y <= b.min.y;
    let left = |a: Rect, b: Rect| a.max.x <= b.min.x && !above(a, b) && !above(b, a);
    (above(a, b) && above(b_later, a_later)) || (left(a, b) && left(b_later, a_later))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn boxes_neither_overlap_nor_leave_their_parents_and_say_only_what_fits(case in case()) {
        let shop = case.shop();
        let map = shop.arrange(&case.view(&shop));
        assert_sound(&map);
        let boxes = map.cut.boxes.len();
        let selection = Some(map.thing((case.selected % boxes) as u32));
        for highlight in [Highlight::default(), Highlight { selection, ..Highlight::default() }] {
            let drawn = draw(&map, &highlight);
            assert_drawn(&shop, &map, &drawn);
            prop_assert_eq!(&drawn, &draw(&map, &highlight));
        }
        prop_assert_eq!(&map, &shop.arrange(&case.view(&shop)));
    }

    #[test]
    fn closing_what_was_opened_gives_the_same_picture_and_opening_turns_nothing_around(case in case()) {
        let shop = case.shop();
        let mut view = case.view(&shop);
        let closed = shop.arrange(&view);
        let next = |view: &MapView, previous: &Arrangement| {
            arrange(&shop.fixture.model, &shop.boundaries, &shop.verdict, view, &shop.measurer, Some(previous))
        };
        let expandable = closed.cut.boxes.iter().filter(|it| it.expandable && !it.open).map(|it| it.place);
        let expandable: Vec<Place> = expandable.collect();
        prop_assume!(!expandable.is_empty());
        let place = expandable[case.selected % expandable.len()];
        view.expand(place);
        let opened = next(&view, &closed);
        assert_sound(&opened);
        let closed_box = &closed.cut.boxes[closed.cut.find(place).unwrap() as usize];
        // Boxes without edges fill what room there is; the others keep their order.
        let siblings = connected_siblings(&closed, closed_box.parent);
        let rect = |map: &Arrangement, place: Place| map.rect_of(place).unwrap();
        for a in &siblings {
            for b in &siblings {
                prop_assert!(
                    a == b
                        || !is_turned_around(
                            rect(&closed, *a), rect(&closed, *b), rect(&opened, *a), rect(&opened, *b)
                        ),
                    "{:?} and {:?} are turned around", a, b
                );
            }
        }
        view.collapse(place);
        let again = next(&view, &opened);
        prop_assert_eq!(&again.rects, &closed.rects);
        prop_assert_eq!(draw(&again, &Highlight::default()), draw(&closed, &Highlight::default()));
    }

    #[test]
    fn the_first_view_never_exceeds_its_limit_beyond_packages(case in case(), preferred in 1u32..60, more in 0u32..30) {
        let shop = case.shop();
        let budget = Budget { preferred, limit: preferred + more };
        let view = initial_expansion(&shop.fixture.model, &shop.boundaries, &shop.verdict, budget);
        let n_boxes = shop.arrange(&view).cut.boxes.len() as u32;
        let least = MapView { closed: view.closed, ..MapView::default() };
        let n_least = shop.arrange(&least).cut.boxes.len() as u32;
        prop_assert!(n_boxes <= budget.limit.max(n_least), "{n_boxes} boxes");
    }
}
