//! The blast radius in the inspector: what a change of the selection reaches, ring by ring.
//!
//! In: a document whose blast radius is on.  Out: the section.  Not here: finding it (`affected`), and the map.

use std::collections::BTreeMap;

use egui::Ui;

use crate::app::action::{Action, Actions};
use crate::app::state::Document;
use crate::app::widgets::{Mark, Row, counted, fact, number, row, section, text};
use crate::model::NodeId;
use crate::scene::map::ring_role;
use crate::theme::{Face, Role, TextSize};
use crate::workspace::PackageId;

/// As many names as tell where a ring lies.
const NAMES: usize = 3;

pub(super) fn show(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let Some(blasting) = &document.blasting else { return };
    let blast = &blasting.blast;
    let reached: usize = blast.rings.iter().skip(1).map(Vec::len).sum();
    section(ui, "A change reaches", Some(reached));
    if blast.rings.is_empty() {
        let hint = "Select or gather what would change";
        ui.label(text(ui, hint, Face::Regular, TextSize::Small, Role::TextWeak));
        return;
    }
    let value = |ui: &mut Ui, said: String| {
        ui.add(egui::Label::new(text(ui, said, Face::Regular, TextSize::Body, Role::Text)).wrap());
    };
    fact(ui, "Named by", |ui| value(ui, naming(blast.naming.len(), blast.showing.len())));
    fact(ui, "Built again", |ui| value(ui, built(document, &blast.built, &blast.tested)));
    for (distance, ring) in blast.rings.iter().enumerate().skip(1) {
        let (where_, count) = (places(document, ring), number(ring.len() as u64));
        let name = match distance {
            1 => "Names it".to_owned(),
            2 => "Names those".to_owned(),
            _ => format!("{distance} steps away"),
        };
        let modules = counted(ring.len() as u64, "module", "modules");
        let line = Row {
            spoken: &format!("Ring {distance}: {modules} in {where_}"),
            name: &name,
            detail: &where_,
            end: &count,
            mark: Some(Mark::Dot(ring_role(distance))),
            ..Row::default()
        };
        if row(ui, &line).on_hover_text(format!("{modules} in {where_}: show them on the map")).clicked() {
            actions.push(Action::ShowAll(ring.clone()));
        }
    }
    let caution = "Who names it is exact.  Further rings say what can be reached, and not what will break.";
    ui.label(text(ui, caution, Face::Regular, TextSize::Small, Role::TextWeak));
}

fn naming(items: usize, showing: usize) -> String {
    let items = counted(items as u64, "item", "items");
    match showing {
        0 => items,
        1 => format!("{items}; 1 shows it to its own users"),
        _ => format!("{items}; {showing} show it to their own users"),
    }
}

fn built(document: &Document, built: &[PackageId], tested: &[PackageId]) -> String {
    let model = &document.analysis.model;
    let names: Vec<&str> = built.iter().map(|id| document.analysis.workspace.package(*id).name.as_str()).collect();
    let is_built = |node: &NodeId| names.contains(&&*model.node(*node).name);
    let lines: u64 = model.packages().filter(is_built).map(|node| model.total_lines(node)).sum();
    let packages = counted(built.len() as u64, "package", "packages");
    let mut said = format!("{packages}, {} lines", number(lines));
    if !tested.is_empty() {
        said += &format!("; tests of {} more", number(tested.len() as u64));
    }
    said
}

/// The packages that hold most modules of a ring.
fn places(document: &Document, ring: &[NodeId]) -> String {
    let model = &document.analysis.model;
    let mut packages: BTreeMap<&str, usize> = BTreeMap::new();
    for package in ring.iter().filter_map(|module| model.package_of(*module)) {
        *packages.entry(&model.node(package).name).or_default() += 1;
    }
    let mut packages: Vec<(&str, usize)> = packages.into_iter().collect();
    packages.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let mut names: Vec<&str> = packages.iter().take(NAMES).map(|(name, _)| *name).collect();
    let more = (packages.len() > NAMES).then(|| format!("{} more", packages.len() - NAMES));
    names.extend(more.as_deref());
    names.join(", ")
}
