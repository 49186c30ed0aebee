//! What hands and commands do with tiles.
//!
//! In: requests.  Out: the changed tiles, kept in the settings.  A part of `execute`, the one writer of state.  Layout is no
//! work: nothing here can be undone, but a closed tile can be opened again.  Not here: drawing tiles (`views::tiles`).

use serde_json::Value;

use super::changes::with_document;
use super::command::Command;
use super::notice::Notice;
use super::pane::Pane;
use super::plan::Plan;
use super::state::State;
use super::tiles::{Edge, OnTiles, Tiles};
use super::tiling;
use super::tools::Tools;
use super::whatif;

pub(super) fn grant(state: &mut State, wish: OnTiles, tools: &Tools<'_>) {
    match wish {
        OnTiles::Focus(pane) => enter(state, pane, tools),
        OnTiles::Split { at, pane, edge } => {
            refit_soon(state);
            state.tiles.split(at, pane, edge);
            tiling::settle(state, tools);
            enter(state, pane, tools);
        }
        OnTiles::Close(pane) => {
            refit_soon(state);
            state.tiles.close(pane);
            tiling::settle(state, tools);
        }
        OnTiles::Moved => {
            state.tiles.settle();
            tiling::settle(state, tools);
        }
    }
}

/// Does a command about tiles.
pub(super) fn run(state: &mut State, command: Command, tools: &Tools<'_>) {
    let at = state.tiles.focused;
    match command {
        Command::SplitRight | Command::SplitBelow => {
            let edge = if command == Command::SplitRight { Edge::Right } else { Edge::Below };
            if let Some(pane) = state.tiles.next() {
                grant(state, OnTiles::Split { at, pane, edge }, tools);
            }
        }
        Command::CloseTile => grant(state, OnTiles::Close(at), tools),
        Command::ReopenTile => {
            if let Some(plan) = state.tiles.before_close.take() {
                refit_soon(state);
                state.tiles = Tiles::of(&plan);
                tiling::settle(state, tools);
            }
        }
        Command::ResetLayout => {
            refit_soon(state);
            state.tiles = Tiles::only(at);
            tiling::settle(state, tools);
        }
        Command::NextTile | Command::PreviousTile => {
            state.tiles.step(command == Command::NextTile);
            let pane = state.tiles.focused;
            enter(state, pane, tools);
        }
        _ => {}
    }
}

/// Shows a view and does what comes with it.
pub(super) fn enter(state: &mut State, pane: Pane, tools: &Tools<'_>) {
    match pane {
        Pane::WhatIf => whatif::enter(state, tools),
        Pane::Canvas(_) => {
            with_document(state, |document| document.timeline.rewind.hurry());
            tiling::show(state, pane, tools);
        }
        _ => tiling::show(state, pane, tools),
    }
}

/// Where all of a picture is in sight, it will be so on its next canvas.
fn refit_soon(state: &mut State) {
    with_document(state, |document| {
        document.on_each_canvas(|document| document.canvas.refit |= document.canvas.shows_all());
    });
}

/// Keeps the tiles once no hand moves them.  One tile is the default: there is nothing to keep.
pub(crate) fn keep(state: &mut State, tools: &Tools<'_>) {
    if tools.ctx.input(|input| input.pointer.any_down()) {
        return;
    }
    let plan = if state.tiles.is_single() { Value::Null } else { state.tiles.plan().write() };
    if plan != state.kept_tiles {
        state.kept_tiles = plan.clone();
        state.settings.tiles = plan;
        tools.keep_settings(&state.settings);
    }
}

/// The tiles as they were kept.  What cannot be used stays in the settings until somebody moves a tile.
pub(crate) fn restore(state: &mut State) {
    if state.settings.tiles.is_null() {
        return;
    }
    match Plan::read(&state.settings.tiles) {
        Ok(plan) => {
            state.tiles = Tiles::of(&plan);
            state.kept_tiles = state.settings.tiles.clone();
        }
        Err(why) => {
            let said = format!("The kept layout of tiles was not used: {why}");
            state.notice = Some(Notice::failed(said, Vec::new()));
        }
    }
}
