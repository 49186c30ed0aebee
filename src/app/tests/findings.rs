//! Findings and queries in the window.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::fixture::{open_shop, wait_for};
use super::{act, node};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::finding::shown;
use crate::app::found::Target;
use crate::app::state::Overlay;
use crate::findings::{Finding, Kind};
use crate::scene::thing::Thing;

#[test]
fn a_finding_is_told_shown_on_the_map_and_dismissed_for_good() {
    let mut harness = open_shop();
    wait_for(&mut harness, "the findings", |app| app.state.document.as_ref().is_some_and(|it| it.findings.is_some()));
    let Thing::Node(hub) = node(&harness, "orders::placing") else { panic!("a node") };
    let finding = Finding {
        kind: Kind::Hub,
        title: "`orders::placing` is used by many".to_owned(),
        gain: 1,
        buys: "peace".to_owned(),
        details: Vec::new(),
        advice: "part it".to_owned(),
        place: None,
        about: vec![hub],
    };
    if let Some(document) = &mut harness.state_mut().state.document {
        document.findings = Some(vec![finding]);
    }
    act(&mut harness, Action::Run(Command::ShowFindings));
    harness.run_steps(2);
    harness.get_by_label("`orders::placing` is used by many").click();
    harness.run_steps(3);
    let document = harness.state().state.document.as_ref().unwrap();
    assert_eq!((document.finding, document.selection), (Some(0), Some(Thing::Node(hub))));
    assert!(document.found.contains(&hub));
    assert!(harness.query_by_label_contains("Part it").is_some());
    harness.get_by_label("Dismiss `orders::placing` is used by many").click();
    harness.run_steps(3);
    let left = |app: &crate::app::App| shown(app.state.document.as_ref().unwrap(), &app.state).unwrap().len();
    assert_eq!(left(harness.state()), 0);
    harness.get_by_label("Bring back 1 dismissed finding").click();
    harness.run_steps(3);
    assert_eq!(left(harness.state()), 1);
    harness.check_accessibility();
}

/// Types into the search; the texts of the rows, and the word above them.
fn typed(text: &str) -> (Vec<String>, Option<String>) {
    let mut harness = open_shop();
    act(&mut harness, Action::Run(Command::Search));
    harness.run_steps(2);
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(3);
    let Overlay::Finder(finder) = &harness.state().state.overlay else { panic!("no finder") };
    (finder.found.iter().map(|found| found.text.clone()).collect(), finder.told.clone())
}

#[test]
fn a_search_takes_queries_and_says_where_they_are_wrong() {
    let (rows, told) = typed("kind:package");
    assert_eq!(told.as_deref(), Some("3 found"));
    assert_eq!(rows, ["Show all 3 on the map", "orders", "stock", "web"]);
    let (rows, told) = typed("kind:pakcage");
    assert!(rows.is_empty() && told.is_some_and(|told| told.starts_with("Column 6: `pakcage` is not a kind")));
    let (rows, told) = typed("orders -> stock");
    assert!(
        told.is_some_and(|told| told.starts_with("1 reference between 1 pair of modules")) && rows.len() == 1,
        "{rows:?}"
    );
    let (_, told) = typed("orders");
    assert_eq!(told, None);
}

#[test]
fn ways_are_asked_for_from_the_selection() {
    let mut harness = open_shop();
    let orders = node(&harness, "orders");
    act(&mut harness, Action::Select(Some(orders)));
    harness.key_press(Key::W);
    harness.run_steps(2);
    harness.event(egui::Event::Text("stock".to_owned()));
    harness.run_steps(2);
    let Overlay::Finder(finder) = &harness.state().state.overlay else { panic!("no finder") };
    assert_eq!(finder.typed, "path(orders, stock");
    assert!(matches!(&finder.found[0].target, Target::All(stops) if stops.len() == 2), "{:?}", finder.found);
    harness.key_press_modifiers(Modifiers::NONE, Key::Enter);
    harness.run_steps(3);
    assert_eq!(harness.state().state.document.as_ref().unwrap().found.len(), 2);
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert!(harness.state().state.document.as_ref().unwrap().found.is_empty());
}

#[test]
fn the_blast_radius_follows_the_selection_until_it_is_put_away() {
    let mut harness = open_shop();
    let stock = node(&harness, "stock");
    act(&mut harness, Action::Select(Some(stock)));
    harness.key_press_modifiers(Modifiers::SHIFT, Key::R);
    harness.run_steps(3);
    let rings = |harness: &egui_kittest::Harness<'_, crate::app::App>| {
        let document = harness.state().state.document.as_ref().unwrap();
        let blasting = document.blasting.as_ref()?;
        Some(blasting.blast.rings.iter().map(Vec::len).collect::<Vec<_>>())
    };
    assert_eq!(rings(&harness), Some(vec![2, 2]), "stock and its shelf; placing and pages name it");
    assert!(harness.query_by_label("Ring 1: 2 modules in orders, web").is_some());
    assert!(harness.query_by_label_contains("names what changes").is_some());
    harness.check_accessibility();
    let web = node(&harness, "web::pages");
    act(&mut harness, Action::Select(Some(web)));
    harness.run_steps(2);
    assert_eq!(rings(&harness), Some(vec![1]));
    harness.key_press(Key::Escape);
    harness.run_steps(2);
    assert_eq!(rings(&harness), None);
    assert_eq!(harness.state().state.document.as_ref().unwrap().selection, Some(web));
}
