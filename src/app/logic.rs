//! What happens in each frame before anything is drawn.
//!
//! In: messages of the worker, requests of the last frame, keys.  Out: a state that is ready to be drawn.
//! Not here: drawing, and how a request changes the state.

use egui::{Context, Key, Modifiers};

use super::App;
use super::action::{Action, Direction};
use super::amending;
use super::churning;
use super::command::Command;
use super::editing::judge_draft;
use super::execute::execute;
use super::mail::Message;
use super::opening::hold_window;
use super::receive::receive;
use super::remembering;
use super::rewinding;
use super::splitting;
use super::state::{Overlay, Screen, State};
use super::tools::Tools;

pub(crate) fn run(app: &mut App, ctx: &Context, frame: &eframe::Frame) {
    if app.state.renderer_hint.is_none() {
        app.state.renderer_hint = Some(renderer_hint(frame));
    }
    hold_window(&mut app.state, ctx);
    let mut requests = app.actions.take();
    requests.extend(dropped_folder(ctx));
    requests.extend(pressed_keys(ctx, &app.state));
    {
        let App { state, worker, measurer, settings_file, screenshot, .. } = app;
        let tools = Tools { ctx, worker, measurer, settings_file: settings_file.as_ref() };
        // Requests name what the last frame showed: a message may bring another model.
        for request in requests {
            execute(state, request, &tools);
        }
        for message in worker.messages.try_iter().collect::<Vec<_>>() {
            if let Message::Screenshot(image) = &message
                && let Some(taking) = screenshot
            {
                taking.keep(image, ctx);
            }
            receive(state, message, &tools);
        }
        judge_draft(state, &tools);
        rewinding::go_on(state, &tools);
        churning::go_on(state, &tools);
        amending::follow(state, &tools);
        splitting::keep(state, &tools);
        remembering::go_on(state, &tools);
    }
    if let Some(taking) = &mut app.screenshot {
        taking.follow(&app.state, ctx, &app.worker);
    }
}

fn dropped_folder(ctx: &Context) -> Option<Action> {
    let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
    dropped.map(Action::Open)
}

/// Shortcuts; while something is typed only those with a modifier count.
fn pressed_keys(ctx: &Context, state: &State) -> Vec<Action> {
    let typing = ctx.text_edit_focused();
    let covered = !matches!(state.overlay, Overlay::None) || egui::Popup::is_any_open(ctx);
    let mut actions = Vec::new();
    if state.presenting && !covered && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        actions.push(Action::Run(Command::Present));
    }
    // Shortcuts with more modifiers first: egui takes Ctrl+Shift+P for Ctrl+P otherwise.
    let mut shortcuts: Vec<_> =
        Command::ALL.iter().flat_map(|command| command.shortcuts().iter().map(move |keys| (*keys, *command))).collect();
    shortcuts.sort_by_key(|(keys, _)| std::cmp::Reverse(weight(keys.modifiers)));
    for (keys, command) in shortcuts {
        let plain = !(keys.modifiers.command || keys.modifiers.alt || keys.modifiers.ctrl);
        let function_key = keys.logical_key.name().starts_with('F') && keys.logical_key.name().len() > 1;
        if (plain && (typing || covered) && !function_key) || !command.is_enabled(state) {
            continue;
        }
        // A focused button takes Enter and Space for itself.
        let activates = plain && matches!(keys.logical_key, Key::Enter | Key::Space);
        if activates && ctx.memory(|memory| memory.focused()).is_some() {
            continue;
        }
        if ctx.input_mut(|input| input.consume_shortcut(&keys)) {
            actions.push(Action::Run(command));
        }
    }
    let on_map = state.screen == Screen::Map && state.tiles.focused.is_canvas();
    if !typing && !covered && on_map && ctx.memory(|memory| memory.focused()).is_none() {
        for (key, direction) in [
            (Key::ArrowLeft, Direction::Left),
            (Key::ArrowRight, Direction::Right),
            (Key::ArrowUp, Direction::Up),
            (Key::ArrowDown, Direction::Down),
        ] {
            // With more modifiers first: egui takes Shift+Left for Left otherwise.
            if ctx.input_mut(|input| input.consume_key(Modifiers::SHIFT, key)) {
                actions.push(Action::Nudge(direction));
            } else if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                actions.push(Action::MoveSelection(direction));
            }
        }
    }
    actions
}

fn weight(modifiers: Modifiers) -> u32 {
    u32::from(modifiers.alt)
        + u32::from(modifiers.shift)
        + u32::from(modifiers.command || modifiers.ctrl || modifiers.mac_cmd)
}

/// Says what paints where that explains slowness; empty for a graphics card.
fn renderer_hint(frame: &eframe::Frame) -> String {
    match frame.wgpu_render_state() {
        Some(render) if render.adapter.get_info().device_type == eframe::wgpu::DeviceType::Cpu => {
            "software rendering".to_owned()
        }
        _ => String::new(),
    }
}
