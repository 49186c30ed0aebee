//! Whole comparisons: what moves, what is marked, what is told.

use super::*;
use crate::compare::fixture::{AFTER, BEFORE, CONFIG, united};
use crate::compare::{Comparison, Fate, Union};
use crate::scene::map::{Budget, EdgeMode};
use crate::scene::shape::{BoxShape, Rect, Shape};
use crate::scene::thing::{Place, Thing};
use crate::theme::Role;

struct Two {
    comparison: Comparison,
    union: Union,
    measurer: Measurer,
}

fn two(before: &str, after: &str) -> Two {
    let (comparison, union) = united(CONFIG, before, after);
    Two { comparison, union, measurer: Measurer::new() }
}

impl Two {
    /// Everything that holds modules is open.
    fn open(&self) -> MapView {
        let mut view = initial_view(&self.union, Budget::default());
        view.expand_to_level(&self.union.model, 3);
        view
    }

    fn arrange(&self, view: &MapView) -> Compared {
        arrange(&self.union, view, &self.measurer, None)
    }

    /// `sign name` of each box that has a sign, and `sign from -> to` of each edge that nobody has to ask for.
    fn told(&self, compared: &Compared) -> Vec<String> {
        let name = |index: u32| match compared.map.cut.boxes[index as usize].place {
            Place::Node(node) => self.union.model.path(node).to_owned(),
            Place::Fragment { boundary, .. } => format!("[{}]", self.union.boundaries.name(boundary)),
        };
        let boxes = compared.boxes.iter().zip(0..).filter(|(mark, _)| mark.fate.differs());
        let boxes = boxes.map(|(mark, index)| format!("{}{}", mark.fate.sign(), name(index)));
        let edges = compared.edges.iter().zip(&compared.map.edges);
        let edges = edges.filter(|(mark, _)| mark.stands_out(EdgeMode::Quiet));
        let edges = edges.map(|(mark, edge)| {
            let broken = if mark.worse > 0 { " !" } else { "" };
            let fixed = if mark.fixed > 0 { " fixed" } else { "" };
            format!("{}{} -> {}{broken}{fixed}", mark.fate().sign(), name(edge.from), name(edge.to))
        });
        boxes.chain(edges).collect()
    }
}

/// Where the boxes of each thing are in a picture.
fn places(drawn: &Drawn) -> Vec<(Thing, Rect)> {
    let mut places: Vec<(Thing, Rect)> = Vec::new();
    for shape in drawn.scene.shapes() {
        let Shape::Box(BoxShape { rect, hit: Some(hit), .. }) = shape else { continue };
        let thing = drawn.hits[hit.0 as usize];
        if !matches!(thing, Thing::Edge { .. }) && !places.iter().any(|(other, _)| *other == thing) {
            places.push((thing, *rect));
        }
    }
    places.sort_by_key(|(thing, _)| *thing);
    places
}

#[test]
fn a_picture_says_what_became_of_boxes_and_edges() {
    let two = two(BEFORE, AFTER);
    let compared = two.arrange(&two.open());
    assert_eq!(
        two.told(&compared),
        [
            "~a",
            "+a::come",
            "−a::gone",
            "~a::kept",
            "→a::new_name",
            "~b",
            "+a::come -> a::kept",
            "−a::gone -> a::kept",
            "+b -> a::come !",
            "−b -> a::kept fixed",
            "+b -> a::new_name !",
        ]
    );
}

#[test]
fn nothing_stands_elsewhere_on_the_pictures_of_either_revision() {
    let two = two(BEFORE, AFTER);
    let compared = two.arrange(&two.open());
    let drawn = [Showing::Both, Showing::Only(Side::Before), Showing::Only(Side::After)]
        .map(|showing| draw(&compared, &Highlight::default(), showing));
    let [both, before, after] = drawn.each_ref().map(places);
    assert_eq!(both, before);
    assert_eq!(both, after);
    for drawn in &drawn {
        assert_eq!(drawn.scene.verify(&two.measurer), Vec::<String>::new());
    }
}

#[test]
fn a_picture_of_one_revision_has_no_edge_and_no_name_of_the_other() {
    let two = two(BEFORE, AFTER);
    let mut view = two.open();
    view.edges = EdgeMode::All;
    let compared = two.arrange(&view);
    let texts = |showing| {
        let drawn = draw(&compared, &Highlight::default(), showing);
        let texts = drawn.scene.shapes().filter_map(|shape| match shape {
            Shape::Label(label) => Some(label.text.clone()),
            _ => None,
        });
        (texts.collect::<Vec<_>>(), drawn.hits.len() - compared.boxes.len())
    };
    let (before, edges_before) = texts(Showing::Only(Side::Before));
    let (after, edges_after) = texts(Showing::Only(Side::After));
    assert!(before.contains(&"gone".to_owned()) && !before.contains(&"come".to_owned()), "{before:?}");
    assert!(after.contains(&"come".to_owned()) && !after.contains(&"gone".to_owned()), "{after:?}");
    assert_eq!((edges_before, edges_after), (2, 3));
}

#[test]
fn what_persists_stays_where_a_map_of_the_later_revision_had_it() {
    let two = two(BEFORE, BEFORE);
    let view = two.open();
    let map = two.arrange(&view).map;
    let (_, changed) = united(CONFIG, BEFORE, AFTER);
    let mut open = MapView { filter: view.filter, ..MapView::default() };
    open.expand_to_level(&changed.model, 3);
    let compared = arrange(&changed, &open, &two.measurer, Some(&map));
    let order = |map: &Arrangement, union: &Union| {
        let mut boxes: Vec<(Rect, String)> = map
            .cut
            .boxes
            .iter()
            .zip(&map.rects)
            .filter_map(|(visible, rect)| Some((*rect, union.model.path(visible.place.node()?).to_owned())))
            .filter(|(_, path)| ["a", "b", "a::kept"].contains(&path.as_str()))
            .collect();
        boxes.sort_by(|a, b| a.0.min.y.total_cmp(&b.0.min.y).then(a.0.min.x.total_cmp(&b.0.min.x)));
        boxes.into_iter().map(|(_, path)| path).collect::<Vec<_>>()
    };
    assert_eq!(order(&map, &two.union), order(&compared.map, &changed));
}

#[test]
fn closed_boxes_count_what_differs_inside() {
    let two = two(BEFORE, AFTER);
    let view = MapView::default();
    let compared = two.arrange(&view);
    let a = compared
        .map
        .cut
        .boxes
        .iter()
        .position(|it| it.place.node().is_some_and(|node| two.union.model.path(node) == "a"));
    let mark = compared.boxes[a.expect("package a is a box")];
    assert_eq!(mark.within.in_signs(), "+1 −1 ~2");
    let texts = &compared.map.faces[a.unwrap()].texts;
    assert!(texts.iter().any(|text| text.text.starts_with("+1 −1 ~2 of")), "{texts:?}");
}

#[test]
fn the_first_view_opens_what_holds_differences_and_nothing_else() {
    let shown = two(BEFORE, AFTER);
    let opened = |two: &Two| -> Vec<String> {
        let view = initial_view(&two.union, Budget::default());
        view.open.iter().map(|node| two.union.model.path(*node).to_owned()).collect()
    };
    assert_eq!(opened(&shown), ["a"]);
    assert_eq!(opened(&two(BEFORE, BEFORE)), Vec::<String>::new());
}

#[test]
fn the_list_names_what_differs_and_knows_its_place() {
    let two = two(BEFORE, AFTER);
    let list = differences(&two.comparison, &two.union);
    let spoken: Vec<String> = list.iter().map(Difference::spoken).collect();
    insta::assert_snapshot!(spoken.join("\n"));
    let placed = list.iter().filter(|it| it.section != Section::Boundaries && it.thing.is_none());
    assert_eq!(placed.map(Difference::spoken).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn the_legend_names_only_what_is_there() {
    let meanings = |two: &Two| {
        let compared = two.arrange(&two.open());
        legend(&compared, &Highlight::default(), 400.0, &two.measurer).meanings
    };
    assert_eq!(
        meanings(&two(BEFORE, AFTER)),
        ["added", "removed", "changed", "renamed or moved", "newly broken: denied", "no longer broken"]
    );
    assert_eq!(meanings(&two(BEFORE, BEFORE)), Vec::<&str>::new());
}

#[test]
fn what_differs_has_a_pattern_and_not_only_a_colour() {
    let dashes = [Fate::Added, Fate::Removed, Fate::Changed].map(sign::dash);
    assert!(dashes[0] != dashes[1] && dashes[1] != dashes[2] && dashes[0] != dashes[2]);
    let two = two(BEFORE, AFTER);
    let drawn = draw(&two.arrange(&two.open()), &Highlight::default(), Showing::Both);
    let strokes = drawn.scene.shapes().filter_map(|shape| match shape {
        Shape::Box(BoxShape { stroke: Some(stroke), .. }) => Some(*stroke),
        _ => None,
    });
    for stroke in strokes {
        let expected = match stroke.role {
            Role::Added => sign::dash(Fate::Added),
            Role::Removed => sign::dash(Fate::Removed),
            Role::Changed => sign::dash(Fate::Changed),
            _ => continue,
        };
        assert_eq!(stroke.dash, expected);
    }
}
