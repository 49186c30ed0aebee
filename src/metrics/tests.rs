use super::*;
use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Extent, Intent, Keep, Placed};
use crate::source::Span;

/// The numbers of one thing as `key value` lines that contain any of the words.
fn told(measures: &[Measure], keys: &[&str]) -> Vec<String> {
    keys.iter()
        .map(|key| {
            let value = measures.iter().find(|measure| measure.metric.key == *key).map(|measure| measure.value);
            match value {
                Some(Value::Count(count)) => format!("{key} {count}"),
                Some(Value::Ratio(ratio)) => format!("{key} {ratio}"),
                None => format!("{key} -"),
            }
        })
        .collect()
}

fn measured(text: &str, declared: &[(&str, &str)]) -> (Fixture, Metrics, Boundaries) {
    let fixture = Fixture::new(text);
    let boundaries = fixture.boundaries(declarations(declared));
    let metrics = measure(&fixture.model, &boundaries);
    (fixture, metrics, boundaries)
}

const SHOP: &str = "
    package orders orders
    pub mod orders::stock
    pub struct orders::stock::Level
    pub fn orders::stock::count
    pub struct orders::Order
    pub struct orders::Unused
    mod orders::store
    pub struct orders::store::Row
    package web web
    mod web::cart
    pub struct web::cart::Cart
    mod web::menu
    pub struct web::menu::Menu
    package checks checks test:checks
    web::cart -> orders::Order
    web::menu -> orders::Order call
    web::cart -> orders::stock::Level type
    web::cart -> orders::stock::count call
    web::cart -> web::menu::Menu
    web::menu -> web::cart::Cart
    web::menu -> web::cart::Cart type
    test:checks -> orders::Order
    web::menu -> orders::Unused doc
    web::menu -> orders::store::Row inactive
";

const BOUNDARIES: &[(&str, &str)] = &[("orders", "contains orders"), ("web", "contains web")];

#[test]
fn modules_are_coupled_by_what_counts_alone() {
    let (fixture, metrics, _) = measured(SHOP, &[]);
    let of = |path: &str, keys: &[&str]| told(metrics.of_module(fixture.node(path)), keys);
    let keys = ["fan_in", "fan_out", "items_in", "items_out", "instability", "reaches", "reached_by", "tangle"];
    assert_eq!(
        of("orders", &keys),
        [
            "fan_in 2",
            "fan_out 0",
            "items_in 2",
            "items_out 0",
            "instability 0.000",
            "reaches 0",
            "reached_by 2",
            "tangle -"
        ]
    );
    assert_eq!(
        of("web::cart", &keys),
        [
            "fan_in 1",
            "fan_out 3",
            "items_in 1",
            "items_out 1",
            "instability 0.500",
            "reaches 3",
            "reached_by 1",
            "tangle 2"
        ]
    );
    // Only a link in a comment and code that is not built name it.
    assert_eq!(of("orders::store", &["fan_in", "instability"]), ["fan_in 0", "instability -"]);
}

#[test]
fn what_is_built_for_tests_alone_has_no_numbers_but_its_size() {
    let (fixture, metrics, _) = measured(SHOP, &[]);
    let keys: Vec<&str> =
        metrics.of_module(fixture.node("test:checks")).iter().map(|measure| measure.metric.key).collect();
    assert_eq!(keys, ["lines"]);
}

#[test]
fn a_container_shows_what_is_to_cut_among_its_children() {
    let (fixture, metrics, _) = measured(SHOP, &[]);
    assert_eq!(
        told(metrics.of_module(fixture.node("web")), &["child_edges", "references_to_cut", "tangle_share"]),
        ["child_edges 2", "references_to_cut 1", "tangle_share 0.333"]
    );
}

#[test]
fn a_workspace_is_measured_over_all_that_is_built() {
    let (_, metrics, _) = measured(SHOP, BOUNDARIES);
    // web::cart and web::menu reach each other, orders and orders::stock; the four others themselves alone.
    assert_eq!(
        told(
            &metrics.workspace,
            &[
                "measured_modules",
                "edges",
                "references",
                "references_to_cut",
                "largest_tangle",
                "tangled_modules",
                "acd",
                "propagation_cost",
                "leak_ratio",
                "sdp_violations",
            ]
        ),
        [
            "measured_modules 6",
            "edges 5",
            "references 7",
            "references_to_cut 1",
            "largest_tangle 2",
            "tangled_modules 2",
            "acd 2.000",
            "propagation_cost 0.333",
            "leak_ratio 0.500",
            "sdp_violations 0",
        ]
    );
}

#[test]
fn a_boundary_shows_its_surface_and_who_goes_around_it() {
    let (_, metrics, boundaries) = measured(SHOP, BOUNDARIES);
    let orders = metrics.of_boundary(boundaries.find("orders").unwrap());
    assert_eq!(
        told(orders, &["exposed", "used", "breadth", "references_in", "references_around", "leak_ratio"]),
        ["exposed 2", "used 1", "breadth 0.500", "references_in 4", "references_around 2", "leak_ratio 0.500"]
    );
    assert_eq!(
        told(orders, &["modules", "items", "cohesion", "fan_in", "items_in", "instability"]),
        ["modules 3", "items 5", "cohesion 0.333", "fan_in 1", "items_in 2", "instability 0.000"]
    );
    let web = metrics.of_boundary(boundaries.find("web").unwrap());
    assert_eq!(
        told(web, &["references_to_cut", "largest_tangle", "cohesion", "breadth", "leak_ratio"]),
        ["references_to_cut 1", "largest_tangle 2", "cohesion 1.000", "breadth -", "leak_ratio -"]
    );
}

#[test]
fn a_facade_is_a_way_through_the_api() {
    let text = format!("{SHOP}\npub use orders::Level = orders::stock::Level\nweb -> orders::Level");
    let (_, metrics, boundaries) = measured(&text, BOUNDARIES);
    assert_eq!(
        told(metrics.of_boundary(boundaries.find("orders").unwrap()), &["exposed", "used", "leak_ratio"]),
        ["exposed 3", "used 2", "leak_ratio 0.400"]
    );
}

#[test]
fn a_hint_moves_the_cut_to_what_is_not_meant_to_stay() {
    let text = format!("{SHOP}\npub struct web::Page\norders -> web::Page");
    let cuts = |keep: &[(&str, &str)]| {
        let fixture = Fixture::new(&text);
        let placed = |value: &str| Placed { value: value.to_owned(), span: Span::default() };
        let keeps = keep.iter().map(|(from, to)| Keep { from: placed(from), to: placed(to) }).collect();
        let intent = Intent { boundaries: declarations(BOUNDARIES), keeps, ..Intent::default() };
        let boundaries = fixture.boundaries(intent);
        let siblings = lift::siblings(&fixture.model);
        let of_modules = lift::module_rings(&fixture.model, &boundaries, &siblings);
        let modules =
            of_modules.iter().flat_map(|(_, ring)| &ring.cuts).map(|cut| format!("{} -> {}", cut.from.0, cut.to.0));
        let of_boundaries = lift::boundary_rings(&fixture.model, &boundaries, &Authors::new(&fixture.model));
        let between =
            of_boundaries.iter().flat_map(|(_, ring)| &ring.cuts).map(|cut| format!("{} -> {}", cut.from, cut.to));
        modules.chain(between).collect::<Vec<_>>()
    };
    assert_eq!(cuts(&[]), ["web::cart -> web::menu", "orders -> web"]);
    assert_eq!(cuts(&[("orders", "web")]), ["web::cart -> web::menu", "web -> orders"]);
    assert_eq!(cuts(&[("web::cart", "web::menu")]), ["web::menu -> web::cart", "orders -> web"]);
}

#[test]
fn a_ring_of_boundaries_is_cut_once() {
    let text = format!("{SHOP}\npub struct web::Page\norders -> web::Page\norders::store -> web::Page");
    let (_, metrics, _) = measured(&text, BOUNDARIES);
    // One inside web, two between the boundaries.
    assert_eq!(told(&metrics.workspace, &["references_to_cut"]), ["references_to_cut 3"]);
}

#[test]
fn a_more_stable_boundary_that_uses_a_less_stable_one_is_counted() {
    let text = format!(
        "{SHOP}\npackage base base\npub struct base::Id\npackage tools tools\npub fn tools::run\n\
         web -> base::Id\nweb::cart -> base::Id\nweb::menu -> base::Id\nbase -> tools::run call\ntools -> orders::Order"
    );
    let declared = [BOUNDARIES, &[("base", "contains base"), ("tools", "contains tools")]].concat();
    let (_, metrics, boundaries) = measured(&text, &declared);
    let of = |name: &str| told(metrics.of_boundary(boundaries.find(name).unwrap()), &["instability", "sdp_violations"]);
    assert_eq!(of("base"), ["instability 0.250", "sdp_violations 1"]);
    assert_eq!(of("tools"), ["instability 0.500", "sdp_violations 0"]);
    assert_eq!(told(&metrics.workspace, &["sdp_violations"]), ["sdp_violations 1"]);
}

#[test]
fn nested_code_belongs_to_the_boundaries_around_it() {
    let declared = [BOUNDARIES, &[("stock", "contains orders::stock")]].concat();
    let (_, metrics, boundaries) = measured(SHOP, &declared);
    let of = |name: &str| told(metrics.of_boundary(boundaries.find(name).unwrap()), &["modules", "fan_in"]);
    assert_eq!(of("orders"), ["modules 3", "fan_in 1"]);
    assert_eq!(of("stock"), ["modules 1", "fan_in 1"]);
}

#[test]
fn every_key_stands_once_and_every_meaning_is_one_line() {
    let mut keys: Vec<&str> = METRICS.iter().map(|metric| metric.key).collect();
    assert!(METRICS.iter().all(|metric| !metric.meaning.contains('\n') && !metric.meaning.ends_with('.')));
    keys.sort_unstable();
    let count = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), count);
}

#[test]
fn the_page_of_metrics_explains_every_one() {
    let page = include_str!("../../docs/metrics.md");
    let sections: Vec<&str> = page.split("\n### ").collect();
    for metric in METRICS {
        let section = sections.iter().find(|section| section.starts_with(&format!("{}\n", metric.name)));
        let section = section.unwrap_or_else(|| panic!("{} is missing", metric.name));
        let head = section.split(".  ").next().unwrap();
        let of = |extent: Extent| match extent {
            Extent::Workspace => "workspace",
            Extent::Boundary => "boundary",
            Extent::Module => "module",
        };
        assert!(head.contains(&format!("`{}`, per ", metric.key)), "{head}");
        for extent in [Extent::Workspace, Extent::Boundary, Extent::Module] {
            let words = head.split(" per ").nth(1).unwrap().split(", ");
            let is_said = words.into_iter().any(|word| word.split(' ').next() == Some(of(extent)));
            assert_eq!(is_said, metric.of.contains(&extent), "{} of {extent}", metric.key);
        }
        let ratchet = match metric.better {
            Better::Less => format!("- Ratchet: `{}`; less is better", metric.word()),
            Better::More => format!("- Ratchet: `{}`; more is better", metric.word()),
            Better::Neither => "- Ratchet: none; neither end is better".to_owned(),
        };
        assert!(section.contains(&ratchet), "{}: {ratchet}", metric.key);
    }
}

#[test]
fn a_number_is_measured_of_what_it_says() {
    let (_, metrics, _) = measured(SHOP, BOUNDARIES);
    let of_boundaries = metrics.boundaries.iter().flatten().map(|measure| (measure, Extent::Boundary));
    let of_modules = metrics.modules.values().flatten().map(|measure| (measure, Extent::Module));
    let of_workspace = metrics.workspace.iter().map(|measure| (measure, Extent::Workspace));
    for (measure, extent) in of_workspace.chain(of_boundaries).chain(of_modules) {
        assert!(measure.metric.of.contains(&extent), "{} of {extent}", measure.metric.key);
    }
}
