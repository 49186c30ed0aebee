//! Links to views: copying one, and going where one leads.
//!
//! In: the state, or the text of a link.  Out: the link in the clipboard, or what it leads to.  A part of `execute`, the one
//! writer of state.  Not here: what a link looks like (`crate::viewpoint::link`), and looking as it says (`viewing`).

use super::command::Command;
use super::leaving::Leaving;
use super::notice::Notice;
use super::opening::leave;
use super::pane::Pane;
use super::state::{Side, State};
use super::tools::Tools;
use super::viewing;
use super::widgets::sentence;
use crate::load;
use crate::viewpoint::View;
use crate::viewpoint::link::Link;

/// The revision that is the files on disk has no name in a link.
const WORKTREE: &str = "WORKTREE";

pub(super) fn copy(state: &mut State, tools: &Tools<'_>) {
    let (Some(mut viewpoint), Some(document)) = (viewing::viewpoint(state), &state.document) else { return };
    if state.tiles.focused == Pane::MAP && state.side_open {
        viewpoint.view = match state.side {
            Side::Inspector => View::Map,
            Side::Findings => View::Findings,
            Side::Violations => View::Violations,
            Side::Notes => View::Notes,
        };
    }
    let path = document.analysis.root.to_string_lossy().into_owned();
    let rev = revision(&document.analysis.revision);
    let (text, is_whole) = Link { path, rev, viewpoint }.to_text();
    tools.ctx.copy_text(text);
    state.notice = Some(match is_whole {
        true => Notice::done("Copied a link to this view".to_owned(), tools.now()),
        false => Notice::done_with_offers(
            "Copied a link to this view, without what is open: that would be too long.  A named view keeps it"
                .to_owned(),
            vec![Command::SaveView],
            tools.now(),
        ),
    });
}

/// Goes where a link leads: in what is open, or in what has to be opened first.
pub(super) fn follow(state: &mut State, text: &str, tools: &Tools<'_>) {
    let link = match Link::parse(text) {
        Ok(link) => link,
        Err(error) => {
            let said = sentence(&error.to_string());
            match state.document.is_some() {
                true => state.notice = Some(Notice::failed(said, Vec::new())),
                false => state.hint = Some(said),
            }
            return;
        }
    };
    let path = load::typed_path(&link.path);
    let is_open = state.document.as_ref().is_some_and(|document| {
        let analysis = &document.analysis;
        (document.path == path || analysis.root == path) && revision(&analysis.revision) == link.rev
    });
    if is_open {
        viewing::take_up(state, link.viewpoint, tools);
    } else {
        state.link = Some(link);
        leave(state, Leaving::Open(path), tools);
    }
}

fn revision(name: &str) -> Option<String> {
    (name != WORKTREE).then(|| name.to_owned())
}
