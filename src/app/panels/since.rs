//! Since when something is there, and who brought it: one line in the inspector and below a violation.
//!
//! In: a [`Since`], or what keeps it from being known.  Out: words, and requests to go there or to find out.  Not here: how it
//! is found (`provenance`).

use egui::{Button, CursorIcon, Label, Sense, Ui, WidgetInfo};
use egui_material_icons::icons;

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::provenance::{Provenance, Since};
use crate::app::state::Document;
use crate::app::timeline::OnTimeline;
use crate::app::told::Told;
use crate::app::widgets::{icon, text};
use crate::history::Commit;
use crate::theme::{Face, Role, TextSize};

/// Of a violation, by its identity.
pub(super) fn of_violation(ui: &mut Ui, document: &Document, id: &str, actions: &mut Actions) {
    show(ui, document, actions, |provenance, told, at| provenance.of_violation(&told.history, at, id));
}

/// Of the selected edge.  As long as nothing is known, one that breaks a rule is silent: its violation offers to find out.
pub(super) fn of_edge(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let is_known = document.timeline.told.as_ref().is_some_and(|told| told.provenance().is_some());
    if !is_known && !document.relations.violations.is_empty() {
        return;
    }
    let model = &document.analysis.model;
    let edges = || {
        let edges = document.relations.edges.iter().map(|edge| model.edge(*edge));
        edges.map(|edge| (model.path(edge.from), model.path(edge.to)))
    };
    show(ui, document, actions, |provenance, told, at| provenance.of_edges(&told.history, at, edges()));
}

fn show(
    ui: &mut Ui,
    document: &Document,
    actions: &mut Actions,
    since: impl for<'a> Fn(&Provenance, &'a Told, usize) -> Since<'a>,
) {
    let timeline = &document.timeline;
    let told = timeline.told.as_ref().and_then(|told| Some((told, told.provenance()?)));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(icon(ui, icons::ICON_HISTORY, 13.0, Role::TextWeak));
        match told {
            Some((told, provenance)) => match since(provenance, told, shown_point(document, told)) {
                Since::Commit { commit, point } => brought(ui, commit, told.step_at(point), actions),
                Since::Before(commit) => {
                    weak(ui, format!("Since before {}, where the timeline begins", commit.committed.date()));
                }
                Since::NotCommitted => weak(ui, "In no commit so far"),
            },
            None => unknown(ui, document, actions),
        }
    });
}

/// The point of what is shown: a commit, or the files on disk, which follow the last one.
fn shown_point(document: &Document, told: &Told) -> usize {
    let commit = document.analysis.commit.as_ref().and_then(|commit| told.point_of(commit.id));
    commit.unwrap_or_else(|| told.history.points.len().saturating_sub(1))
}

fn brought(ui: &mut Ui, commit: &Commit, step: Option<usize>, actions: &mut Actions) {
    let said = format!("Since {}, by {}: {}", commit.committed.date(), commit.author, commit.subject);
    let label = text(ui, &said, Face::Regular, TextSize::Small, Role::TextLink);
    let link = ui.add(Label::new(label).sense(Sense::click()).truncate());
    link.widget_info(|| WidgetInfo::labeled(egui::Role::Link, true, format!("{said}. Show it on the timeline")));
    let link = link.on_hover_cursor(CursorIcon::PointingHand);
    let hover = format!("{}\n{} <{}>\n{}", commit.id, commit.author, commit.email, commit.subject);
    if link.on_hover_text(hover).clicked() {
        if let Some(step) = step {
            actions.push(Action::Timeline(OnTimeline::PointAt(step)));
        }
        actions.run(Command::ShowTimeline);
    }
}

fn unknown(ui: &mut Ui, document: &Document, actions: &mut Actions) {
    let timeline = &document.timeline;
    match (&timeline.running, &timeline.failed) {
        (Some(running), _) => {
            let progress = running.progress.as_ref().map(|it| format!(": {} of {}", it.done, it.total));
            weak(ui, format!("Going through commits{}", progress.unwrap_or_default()));
        }
        (None, Some(reason)) => {
            let reason = reason.lines().next().unwrap_or_default();
            weak(ui, format!("Since when is not known: {reason}"));
        }
        (None, None) => {
            let label = text(ui, "Since when, and by whom?", Face::Regular, TextSize::Small, Role::TextLink);
            ui.spacing_mut().button_padding.x = 0.0;
            let hint = "Go through the commits, while you look at other things";
            if ui.add(Button::new(label).frame_when_inactive(false)).on_hover_text(hint).clicked() {
                actions.push(Action::Timeline(OnTimeline::Ask));
            }
        }
    }
}

fn weak(ui: &mut Ui, said: impl Into<String>) {
    let said = text(ui, said.into(), Face::Regular, TextSize::Small, Role::TextWeak);
    ui.add(Label::new(said).truncate());
}
