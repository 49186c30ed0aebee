//! The list that opens above everything: type, choose, Enter.
//!
//! In: a [`Finder`] with what was found.  Out: the command or the visit that was chosen.  Not here: matching.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Area, Id, Key, Modifiers, Order, ScrollArea, Sense, TextEdit, Ui, pos2, vec2};

use crate::app::action::{Action, Actions};
use crate::app::command::Command;
use crate::app::drafting::{Destination, OnDraft};
use crate::app::finder::{Finder, Scope, Search};
use crate::app::found::{Found, Target};
use crate::app::pane::Pane;
use crate::app::sketch::OnSketch;
use crate::app::state::State;
use crate::app::style;
use crate::app::widgets::{sentence, text};
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize, radius};

const WIDTH: f32 = 640.0;
const ROW_HEIGHT: f32 = 30.0;
const MOST_HEIGHT: f32 = 420.0;

pub(crate) fn show(ui: &Ui, finder: &mut Finder, state: &State, actions: &mut Actions) {
    let ctx = ui.ctx().clone();
    // Before the field sees them: it would move its cursor instead.
    let (down, up, enter, escape) = ctx.input_mut(|input| {
        let mut pressed = |key| input.count_and_consume_key(Modifiers::NONE, key);
        (pressed(Key::ArrowDown), pressed(Key::ArrowUp), pressed(Key::Enter), pressed(Key::Escape))
    });
    let width = WIDTH.min(ctx.content_rect().width() - 32.0);
    let area = Area::new(Id::unique("finder"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 64.0))
        .accessible_name("Find");
    let shown = area.show(&ctx, |ui| {
        egui::Frame::popup(ui.style()).inner_margin(8.0).show(ui, |ui| {
            ui.set_width(width);
            let hint = match finder.scope {
                Scope::Everything => "Type a command, a module or an item",
                Scope::Code => "Type a part of a path, or a query such as kind:trait uses(orders)",
                Scope::Destinations => "Type where it shall go: a module, a package or a boundary",
                Scope::Boundaries | Scope::Merging => "Type the boundary that it shall be a part of",
            };
            let field = TextEdit::singleline(&mut finder.typed)
                .hint_text(hint)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(10, 8));
            let response = ui.add(field).accessible_name(hint);
            response.request_focus();
            let possible = Command::ALL.iter().copied().filter(|command| command.is_enabled(state));
            let analysis = state.document.as_ref().map(|document| &*document.analysis);
            let named = state.document.as_ref().map(|document| document.named.as_slice()).unwrap_or_default();
            match finder.update(possible.filter(|command| *command != Command::Palette), named, analysis) {
                Search::Done if finder.scope == Scope::Code || finder.told.is_some() => {
                    actions.push(Action::MarkFound(finder.marked.clone()));
                }
                Search::Asks => actions.push(Action::Ask(finder.typed.clone())),
                Search::Done | Search::Same => {}
            }
            let count = finder.found.len();
            if count > 0 {
                finder.row = (finder.row + down + count - up % count) % count;
            }
            ui.add_space(6.0);
            if let Some(told) = &finder.told {
                ui.label(text(ui, sentence(told), Face::Regular, TextSize::Small, Role::TextWeak));
                ui.add_space(4.0);
            }
            rows(ui, finder, state, down + up > 0, actions);
        });
    });
    let pressed_outside = ctx.input(|input| {
        input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
    });
    finder.hasty |= enter > 0 && finder.waiting;
    let is_chosen = (enter > 0 || finder.hasty) && !finder.waiting;
    if is_chosen && let Some(found) = finder.found.get(finder.row) {
        choose(finder, found, state, actions);
    } else if escape > 0 || pressed_outside {
        actions.push(Action::CloseOverlay);
    }
}

fn choose(finder: &Finder, found: &Found, state: &State, actions: &mut Actions) {
    actions.push(Action::CloseOverlay);
    match &found.target {
        Target::Boundary(name) if state.tiles.focused == Pane::Sketch => {
            let sketch = state.document.as_ref().and_then(|document| document.sketch.as_deref());
            let chosen = sketch.and_then(|sketch| sketch.chosen.clone());
            actions.push(Action::Sketch(match chosen.filter(|_| finder.scope == Scope::Merging) {
                Some(from) => OnSketch::Merge { from, into: name.clone() },
                None => OnSketch::PutSelection(name.clone()),
            }));
        }
        Target::Node(node) if finder.is_for_move() => {
            actions.push(Action::Draft(OnDraft::PutSelection(Destination::Code(*node))));
        }
        Target::Boundary(name) => {
            actions.push(Action::Draft(OnDraft::PutSelection(Destination::Boundary(name.clone()))));
        }
        Target::Command(command) => actions.run(*command),
        Target::Node(node) => actions.push(Action::Visit(Thing::Node(*node))),
        Target::Edge { from, to } => actions.push(Action::Visit(Thing::edge(*from, *to))),
        Target::All(nodes) => actions.push(Action::ShowAll(nodes.clone())),
        Target::View(file) => actions.push(Action::OpenView(file.clone())),
        Target::Link(text) => actions.push(Action::FollowLink(text.clone())),
    }
}

fn rows(ui: &mut Ui, finder: &Finder, state: &State, moved: bool, actions: &mut Actions) {
    if finder.found.is_empty() && finder.told.is_some() {
        return;
    }
    if finder.found.is_empty() {
        let nothing = if finder.typed.is_empty() { "Start typing" } else { "Nothing matches" };
        ui.label(text(ui, nothing, Face::Regular, TextSize::Body, Role::TextWeak));
        return;
    }
    // What floats is as high as it was; the list asks for what it needs now.
    let height = (finder.found.len() as f32 * ROW_HEIGHT).min(MOST_HEIGHT);
    let list = ScrollArea::vertical().max_height(MOST_HEIGHT).min_scrolled_height(height);
    list.auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, found) in finder.found.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::click());
            let selected = index == finder.row;
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, &found.text));
            if selected && moved {
                response.scroll_to_me(None);
            }
            if ui.is_rect_visible(rect) {
                paint_row(ui, rect, found, selected || response.hovered(), selected, state);
            }
            if response.clicked() {
                choose(finder, found, state, actions);
            }
        }
    });
}

fn paint_row(ui: &Ui, rect: egui::Rect, found: &Found, tinted: bool, selected: bool, state: &State) {
    if tinted {
        let role = if selected { Role::AccentMuted } else { Role::HoverFill };
        ui.painter().rect_filled(rect, radius::MEDIUM, style::color(ui, role));
    }
    let end = match &found.target {
        Target::Command(command) => command.shortcut_text(ui.ctx()).unwrap_or_default(),
        Target::Node(node) => {
            state.document.as_ref().map(|document| document.kind_word(*node).to_owned()).unwrap_or_default()
        }
        Target::Boundary(_) => "boundary".to_owned(),
        Target::Edge { .. } => "references".to_owned(),
        Target::View(_) => "named view".to_owned(),
        Target::All(_) | Target::Link(_) => String::new(),
    };
    let end = ui.painter().text(
        pos2(rect.right() - 10.0, rect.center().y),
        Align2::RIGHT_CENTER,
        end,
        style::font(Face::Regular, TextSize::Small),
        style::color(ui, Role::TextWeak),
    );
    let face = if matches!(found.target, Target::Command(_) | Target::View(_) | Target::Link(_)) {
        Face::Medium
    } else {
        Face::Mono
    };
    let mut job = LayoutJob::default();
    for (at, letter) in found.text.chars().enumerate() {
        let matched = found.matched.binary_search(&(at as u32)).is_ok();
        let mut format = TextFormat {
            font_id: style::font(face, TextSize::Body),
            color: style::color(ui, if matched { Role::TextStrong } else { Role::Text }),
            ..Default::default()
        };
        if matched {
            format.underline = egui::Stroke::new(1.5, style::color(ui, Role::SearchHit));
        }
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    job.wrap = TextWrapping::truncate_at_width((end.left() - rect.left() - 22.0).max(0.0));
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, style::color(ui, Role::Text));
}
