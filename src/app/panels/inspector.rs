//! The inspector: everything about the selected thing.
//!
//! In: the selection and its relations.  Out: requests to visit what is named.  Not here: finding the relations.

use egui::{Button, ScrollArea, Ui};
use egui_material_icons::icons;

use super::blast;
use super::edge_menu::edge_menu;
use super::numbers;
use super::references;
use super::violation::{Beside, violation_row};
use crate::app::action::{Action, Actions};
use crate::app::relations::Neighbour;
use crate::app::spot::Spot;
use crate::app::state::{Document, container_of, node_name};
use crate::app::widgets::{
    Mark, Row, badge, counted, fact, icon, number, place_buttons, place_link, row, section, text,
};
use crate::model::{Node, NodeId, NodeKind, Visibility, WORKSPACE};
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize};
use crate::verdict::Tally;

/// As many neighbours as are shown before one asks for all.
const FIRST_NEIGHBOURS: usize = 12;

pub(crate) fn show(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    match document.selection {
        None => workspace(ui, document, actions),
        Some(Thing::Edge { from, to }) => {
            blast::show(ui, document, actions);
            let ends = (document.name_of(from.into()), document.name_of(to.into()));
            references::show(ui, document, (from.into(), &ends.0), (to.into(), &ends.1), actions);
        }
        Some(thing) => {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| match thing {
                Thing::Node(node) => node_ui(ui, document, node, actions),
                _ => boundary(ui, document, thing, actions),
            });
        }
    }
}

fn workspace(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let model = &document.analysis.model;
        title(ui, &node_name(model, WORKSPACE), "workspace");
        let root = document.analysis.root.display().to_string();
        fact(ui, "Folder", |ui| path_value(ui, &root, actions));
        let counts = &document.counts;
        for (name, value) in [
            ("Packages", counts.packages as u64),
            ("Modules", counts.modules as u64),
            ("Edges", counts.edges as u64),
            ("References", model.references().len() as u64),
            ("Lines", counts.lines),
            ("Boundaries", document.analysis.boundaries.len() as u64),
        ] {
            fact(ui, name, |ui| value_label(ui, number(value)));
        }
        if let Some(metrics) = &document.metrics {
            numbers::show(ui, &metrics.workspace);
        }
        blast::show(ui, document, actions);
        section(ui, "Violations", Some(document.analysis.verdict.violations.len()));
        let mut by_rule: Vec<(&str, Tally, usize)> = Vec::new();
        for (index, judged) in document.analysis.verdict.violations.iter().enumerate() {
            let standing = judged.standing();
            match by_rule.iter_mut().find(|(rule, _, _)| *rule == judged.violation.rule) {
                Some((_, tally, _)) => tally.add(standing),
                None => by_rule.push((judged.violation.rule, [standing].into_iter().collect(), index)),
            }
        }
        if by_rule.is_empty() {
            ui.label(text(ui, "No rule is broken", Face::Regular, TextSize::Body, Role::Success));
        }
        for (rule, tally, first) in by_rule {
            let count = tally.total();
            let line = Row {
                name: rule,
                end: &number(u64::from(count)),
                mark: tally.worst().map(Mark::Broken),
                spoken: &format!("First of {count} violations of {rule}: {}", tally.in_words()),
                ..Row::default()
            };
            if row(ui, &line).clicked() {
                actions.push(Action::VisitViolation(first));
            }
        }
        ui.add_space(12.0);
        ui.label(text(
            ui,
            "Click a box for its callers and callees, an edge for its references; double-click to open a box",
            Face::Regular,
            TextSize::Small,
            Role::TextWeak,
        ));
    });
}

fn node_ui(ui: &mut Ui, document: &Document, id: NodeId, actions: &mut Actions) {
    let model = &document.analysis.model;
    let node = model.node(id);
    title(ui, &node.name, document.kind_word(id));
    marks(ui, node);
    fact(ui, "Path", |ui| path_value(ui, &node.path, actions));
    if let Some(spot) = Spot::of_node(&document.analysis, id) {
        fact(ui, "File", |ui| spot_value(ui, &spot, actions));
    }
    let lines = model.total_lines(id);
    let own = u64::from(node.lines);
    let said = if lines == own { number(lines) } else { format!("{}, {} of them its own", number(lines), number(own)) };
    fact(ui, "Lines", |ui| value_label(ui, said));
    if node.kind.is_module() || matches!(node.kind, NodeKind::Item(_)) {
        let visibility = match node.visibility {
            Visibility::Public => "public".to_owned(),
            Visibility::Within(around) if Some(around) == node.parent => "private".to_owned(),
            Visibility::Within(around) => format!("within {}", node_name(model, around)),
        };
        fact(ui, "Visibility", |ui| value_label(ui, visibility));
    }
    let boundaries: Vec<&str> =
        document.analysis.boundaries.chain(id).map(|boundary| document.analysis.boundaries.name(boundary)).collect();
    if !boundaries.is_empty() {
        fact(ui, "Boundary", |ui| value_label(ui, boundaries.join(" in ")));
    }
    blast::show(ui, document, actions);
    violations(ui, document, actions);
    neighbours(ui, document, Thing::Node(id), actions);
    if let Some(metrics) = &document.metrics {
        numbers::show(ui, metrics.of_module(id));
    }
    contents(ui, document, id, actions);
}

fn boundary(ui: &mut Ui, document: &Document, thing: Thing, actions: &mut Actions) {
    let Thing::Boundary { boundary, .. } = thing else { return };
    let boundaries = &document.analysis.boundaries;
    title(ui, boundaries.name(boundary), "boundary");
    let declaration = boundaries.declaration(boundary);
    let owner = declaration.owner.as_deref().unwrap_or("nobody declared");
    fact(ui, "Owner", |ui| value_label(ui, owner.to_owned()));
    if let Some(spot) = Spot::of_boundary(&document.analysis, boundary) {
        fact(ui, "Declared", |ui| spot_value(ui, &spot, actions));
    }
    if let Some(allowed) = &declaration.may_use {
        let names: Vec<&str> = allowed.iter().map(|name| name.value.as_str()).collect();
        let said = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        fact(ui, "May use", |ui| value_label(ui, said));
    }
    blast::show(ui, document, actions);
    violations(ui, document, actions);
    neighbours(ui, document, thing, actions);
    if let Some(metrics) = &document.metrics {
        numbers::show(ui, metrics.of_boundary(boundary));
    }
    let members = boundaries.members(boundary);
    section(ui, "Contains", Some(members.len()));
    for member in members.iter().take(60) {
        visit_row(ui, document, *member, "", actions);
    }
}

pub(super) fn title(ui: &mut Ui, name: &str, kind: &str) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(text(ui, name, Face::SemiBold, TextSize::Heading, Role::TextStrong));
        ui.label(text(ui, kind, Face::Regular, TextSize::Body, Role::TextWeak));
    });
    ui.add_space(4.0);
}

fn marks(ui: &mut Ui, node: &Node) {
    if node.test || !node.active {
        ui.horizontal(|ui| {
            if node.test {
                badge(ui, "tests only", Role::Sunken, Role::TextWeak);
            }
            if !node.active {
                badge(ui, "inactive", Role::Sunken, Role::TextWeak);
            }
        });
    }
}

fn value_label(ui: &mut Ui, value: String) {
    let value = text(ui, value, Face::Regular, TextSize::Body, Role::Text);
    ui.add(egui::Label::new(value).truncate());
}

/// A path that can be copied.
fn path_value(ui: &mut Ui, path: &str, actions: &mut Actions) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let copy = Button::new(icon(ui, icons::ICON_CONTENT_COPY, 14.0, Role::TextWeak)).frame_when_inactive(false);
        if ui.add(copy).accessible_name(format!("Copy {path}")).on_hover_text("Copy").clicked() {
            actions.push(Action::Copy(path.to_owned()));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            let value = text(ui, path, Face::Mono, TextSize::Small, Role::Text);
            ui.add(egui::Label::new(value).truncate()).on_hover_text(path);
        });
    });
}

/// A place that can be opened.
fn spot_value(ui: &mut Ui, spot: &Spot, actions: &mut Actions) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        place_buttons(ui, spot, actions);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| place_link(ui, spot, actions));
    });
}

fn violations(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let indices = &document.relations.violations;
    if indices.is_empty() {
        return;
    }
    section(ui, "Violations", Some(indices.len()));
    for index in indices.iter().take(30) {
        violation_row(ui, document, *index, Beside::Rule, actions);
    }
    if indices.len() > 30 {
        let more = format!("and {} more in the list of violations", indices.len() - 30);
        ui.label(text(ui, more, Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

fn neighbours(ui: &mut Ui, document: &Document, thing: Thing, actions: &mut Actions) {
    let relations = &document.relations;
    for (name, neighbours, callers) in [("Used by", &relations.callers, true), ("Uses", &relations.callees, false)] {
        section(ui, name, Some(neighbours.len()));
        if neighbours.is_empty() {
            let nothing = match (callers, relations.through.is_empty()) {
                (true, true) => "Nothing outside names it",
                (true, false) => "Nothing outside names what it defines itself",
                (false, _) => "No path in it leads outside",
            };
            ui.label(text(ui, nothing, Face::Regular, TextSize::Small, Role::TextWeak));
        }
        let all_id = ui.make_persistent_id((name, thing));
        let all = neighbours.len() <= FIRST_NEIGHBOURS || ui.data(|data| data.get_temp(all_id).unwrap_or(false));
        let shown = if all { neighbours.len() } else { FIRST_NEIGHBOURS };
        for neighbour in &neighbours[..shown] {
            neighbour_row(ui, document, thing, neighbour, callers, actions);
        }
        if !all {
            let more = format!("Show all {}", number(neighbours.len() as u64));
            if ui.button(more).clicked() {
                ui.data_mut(|data| data.insert_temp(all_id, true));
            }
        }
    }
    if !relations.through.is_empty() {
        section(ui, "Facade for", Some(relations.through.len()));
        for neighbour in relations.through.iter().take(FIRST_NEIGHBOURS) {
            let count = number(u64::from(neighbour.references));
            visit_row(ui, document, neighbour.node, &count, actions);
        }
    }
}

fn neighbour_row(
    ui: &mut Ui,
    document: &Document,
    thing: Thing,
    neighbour: &Neighbour,
    callers: bool,
    actions: &mut Actions,
) {
    let model = &document.analysis.model;
    let node = model.node(neighbour.node);
    let container = container_of(&node.path, &node.name);
    let count = number(u64::from(neighbour.references));
    let mark = match neighbour.broken.worst() {
        Some(worst) => Mark::Broken(worst),
        None if callers => Mark::Dot(Role::Caller),
        None => Mark::Dot(Role::Callee),
    };
    let name = node_name(model, neighbour.node);
    let verb = if callers { "used by" } else { "uses" };
    let references = counted(u64::from(neighbour.references), "reference", "references");
    let line = Row {
        spoken: &format!("{verb} {name}, {references}"),
        name: &node.name,
        detail: container,
        end: &count,
        mark: Some(mark),
        ..Row::default()
    };
    let response = row(ui, &line);
    let Some(place) = thing.place() else { return };
    let other = neighbour.node.into();
    let (from, to) = if callers { (other, place) } else { (place, other) };
    response.context_menu(|ui| edge_menu(ui, document, from, to, actions));
    if response.clicked() {
        actions.push(Action::Select(Some(Thing::Edge { from, to })));
    }
    if response.double_clicked() {
        actions.push(Action::Visit(Thing::Node(neighbour.node)));
    }
}

/// What a module or package holds.
fn contents(ui: &mut Ui, document: &Document, id: NodeId, actions: &mut Actions) {
    let model = &document.analysis.model;
    let children = model.children(id);
    if children.is_empty() {
        return;
    }
    section(ui, "Contains", Some(children.len()));
    let all_id = ui.make_persistent_id(("contents", id));
    let all = children.len() <= FIRST_NEIGHBOURS || ui.data(|data| data.get_temp(all_id).unwrap_or(false));
    let shown = if all { children.len().min(400) } else { FIRST_NEIGHBOURS };
    for child in &children[..shown] {
        visit_row(ui, document, *child, document.kind_word(*child), actions);
    }
    if !all && ui.button(format!("Show all {}", number(children.len() as u64))).clicked() {
        ui.data_mut(|data| data.insert_temp(all_id, true));
    }
}

fn visit_row(ui: &mut Ui, document: &Document, node: NodeId, end: &str, actions: &mut Actions) {
    let model = &document.analysis.model;
    let path = node_name(model, node);
    let name = &model.node(node).name;
    let line = Row {
        spoken: &format!("Go to {path}"),
        name,
        detail: if end.is_empty() { container_of(&path, name) } else { "" },
        end,
        ..Row::default()
    };
    if row(ui, &line).clicked() {
        actions.push(Action::Visit(Thing::Node(node)));
    }
}
