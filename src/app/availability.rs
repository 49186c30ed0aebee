//! What is possible now: which commands would do something, and which switches are on.
//!
//! In: the state.  Out: answers for menus, palette and keys.  Not here: what commands are (`command`) and do (`execute`).

use super::amendment::Wish;
use super::command::Command;
use super::drafting::Drafting;
use super::look::Drawing;
use super::pane::Pane;
use super::placing::pinnable;
use super::sketch_commands;
use super::state::{Document, Screen, State};
use super::timeline::Step;
use crate::scene::map::EdgeMode;
use crate::scene::thing::Thing;

impl Command {
    /// Whether it would do something now.
    pub(crate) fn is_enabled(self, state: &State) -> bool {
        if let Some(is_enabled) = sketch_commands::is_enabled(state, self) {
            return is_enabled;
        }
        let document = state.document.as_ref();
        let shown = document.filter(|_| state.screen == Screen::Map);
        let focused = state.tiles.focused;
        let on_map = shown.filter(|_| focused.is_canvas());
        let on_timeline = shown.filter(|_| focused == Pane::Timeline);
        // What is written is about the files on disk, and must be judged by them.
        let at_present = |document: &&Document| document.timeline.rewind.present.is_none();
        let compared = state.comparisons.shown.as_ref().filter(|_| shown.is_some());
        let on_whatif = shown.filter(|_| focused == Pane::WhatIf).and_then(|document| document.drafting.as_deref());
        let on_compared = compared.filter(|_| focused == Pane::Compare);
        match self {
            Self::OpenFolder
            | Self::ChooseEditor
            | Self::Quit
            | Self::Palette
            | Self::Shortcuts
            | Self::ThemeDark
            | Self::ThemeLight
            | Self::ThemeDarkHighContrast
            | Self::ThemeLightHighContrast
            | Self::ThemeSystem
            | Self::ToggleTheme
            | Self::ToggleMotion
            | Self::LargerText
            | Self::SmallerText
            | Self::NormalText => true,
            Self::Cancel => matches!(state.screen, Screen::Loading(_)) || state.comparisons.asking.is_some(),
            Self::Reload => shown.is_some() || matches!(state.screen, Screen::Failed(_)),
            Self::CloseWorkspace => state.screen != Screen::Welcome,
            Self::TryRules => shown.filter(at_present).is_some_and(|document| {
                let outcome = document.rules_draft.outcome.as_ref().filter(|_| !document.rules_draft.is_pending());
                let is_sound = outcome.is_some_and(|outcome| outcome.then.problems.is_empty());
                is_sound && document.rules_draft.text.is_some() && document.trial.running.is_none()
            }),
            Self::ExportPicture | Self::CopyPng | Self::CopySvg => {
                on_map.is_some()
                    || on_compared.is_some()
                    || on_timeline.is_some_and(|document| document.timeline.told.is_some())
            }
            Self::SaveFilm => on_timeline.is_some_and(|document| document.timeline.told.is_some()),
            // Of commits that are gone through there is nothing to keep but the axis.
            Self::SaveView => on_map.is_some() || on_compared.is_some() || on_timeline.is_some(),
            Self::ShowViews => shown.is_some(),
            Self::Present => state.presenting || on_map.is_some() || on_compared.is_some() || on_timeline.is_some(),
            Self::CopyLink => shown.is_some_and(|_| focused != Pane::Compare || on_compared.is_some()),
            Self::OpenPicture | Self::OpenPictureFolder => state.last_picture.is_some(),
            Self::UndoEdit => shown.is_some_and(|document| document.edits.can_undo()),
            Self::RedoEdit => shown.is_some_and(|document| document.edits.can_redo()),
            Self::Back => shown.is_some_and(|document| document.trail.can_go_back()),
            Self::Forward => shown.is_some_and(|document| document.trail.can_go_forward()),
            Self::Undo => {
                on_map.is_some_and(|document| document.undo.can_go_back())
                    || on_whatif.is_some_and(|drafting| drafting.undo.can_go_back())
            }
            Self::Redo => {
                on_map.is_some_and(|document| document.undo.can_go_forward())
                    || on_whatif.is_some_and(|drafting| drafting.undo.can_go_forward())
            }
            Self::ClearSelection => {
                let anything = |document: &Document| {
                    document.selection.is_some()
                        || !document.found.is_empty()
                        || !document.gathered.is_empty()
                        || !document.lasso.is_idle()
                };
                let drafted = |it: &Drafting| it.selection.is_some() || !it.gathered.is_empty() || it.drag.is_some();
                on_map.is_some_and(anything)
                    || on_whatif.is_some_and(drafted)
                    || on_compared.is_some_and(|compared| compared.selection.is_some())
            }
            Self::AllowEdge | Self::ForbidEdge | Self::ExceptEdge => {
                on_map.filter(at_present).is_some_and(|document| {
                    let Some(Thing::Edge { from, to }) = document.selection else { return false };
                    let wish = match self {
                        Self::AllowEdge => Wish::Allow { from, to },
                        Self::ForbidEdge => Wish::Forbid { from, to },
                        _ => Wish::ExceptEdge { from, to },
                    };
                    wish.form(document).is_ok()
                })
            }
            Self::MakeBoundary => on_map.filter(at_present).is_some_and(|document| {
                let selected = document.selection.and_then(|thing| document.gatherable(thing));
                !document.gathered.is_empty() || selected.is_some()
            }),
            Self::Gather => {
                let is_box = |selection: Option<Thing>| selection.is_some_and(|it| it.place().is_some());
                on_map.is_some_and(|document| is_box(document.selection))
                    || on_whatif.is_some_and(|drafting| is_box(drafting.selection))
            }
            Self::SelectParent => {
                on_map.is_some_and(|document| document.selection.is_some())
                    || on_whatif.is_some_and(|drafting| drafting.selection.is_some())
            }
            Self::MoveTo => on_whatif.is_some_and(|it| matches!(it.selection, Some(Thing::Node(_)))),
            Self::MergeInto => {
                on_whatif.is_some_and(|it| it.selection.is_some_and(|thing| it.boundary_of(thing).is_some()))
            }
            Self::CutEdge => on_whatif.is_some_and(|it| matches!(it.selection, Some(Thing::Edge { .. }))),
            Self::SplitOff => {
                on_whatif.is_some_and(|it| !it.gathered.is_empty() || matches!(it.selection, Some(Thing::Node(_))))
            }
            Self::DropMoves | Self::CopyMoves | Self::WriteMoves | Self::WritePatch => {
                on_whatif.is_some_and(|drafting| !drafting.draft.moves.is_empty())
            }
            Self::SaveDraft => on_whatif.is_some_and(Drafting::is_unsaved),
            Self::CopyPath | Self::FindWays | Self::FindReached => {
                on_map.is_some_and(|document| document.selection.is_some())
            }
            Self::FitSelection => {
                on_map.is_some_and(|document| document.selection.is_some())
                    || on_whatif.is_some_and(|drafting| drafting.selection.is_some())
                    || on_compared.is_some_and(|compared| compared.selection.is_some())
            }
            Self::OpenInEditor => shown.is_some_and(|document| document.spot().is_some()),
            Self::ToggleExpanded => {
                on_map.is_some_and(|document| document.expandable_selection().is_some())
                    || on_whatif.is_some_and(|drafting| drafting.expandable_selection().is_some())
                    || on_compared.is_some_and(|compared| compared.expandable_selection().is_some())
            }
            Self::NextDifference | Self::PreviousDifference => {
                on_compared.is_some_and(|compared| !compared.pair.differences.is_empty())
            }
            Self::SwapRevisions | Self::SideBySide => on_compared.is_some(),
            Self::NextViolation | Self::PreviousViolation => {
                shown.is_some_and(|document| !document.analysis.verdict.violations.is_empty())
            }
            Self::NextReference | Self::PreviousReference => {
                on_map.is_some_and(|document| document.relations.references.len() > 1)
            }
            Self::SketchBoundaries => {
                shown.filter(at_present).is_some_and(|document| document.analysis.config.is_none())
            }
            Self::BeginRules | Self::ProposeRules => shown.is_some_and(|document| document.rules_draft.text.is_none()),
            Self::SaveRules => shown.is_some_and(|document| document.rules_draft.is_changed()),
            Self::RevertRules => shown.is_some_and(|document| document.rules_draft.is_changed()),
            Self::EarlierCommit
            | Self::LaterCommit
            | Self::FirstCommit
            | Self::LastCommit
            | Self::PlayHistory
            | Self::WholeHistory => on_timeline.is_some_and(|document| document.timeline.told.is_some()),
            Self::NextChange => on_timeline.is_some_and(|it| it.timeline.stepped(Step::LaterChange).is_some()),
            Self::PreviousChange => on_timeline.is_some_and(|it| it.timeline.stepped(Step::EarlierChange).is_some()),
            Self::PickCommit => on_timeline.is_some_and(|document| document.timeline.marks.cursor.is_some()),
            Self::ComparePicked => on_timeline.is_some_and(|document| document.timeline.pair().is_some()),
            Self::CancelHistory => shown.is_some_and(|document| document.timeline.running.is_some()),
            Self::ReturnFromCommit => shown.is_some_and(|document| document.timeline.rewind.is_away()),
            Self::Blast => on_map.is_some_and(|document| {
                document.selection.is_some() || !document.gathered.is_empty() || document.blasting.is_some()
            }),
            Self::FocusMore | Self::FocusLess => on_map.filter(|_| focused == Pane::MAP).is_some_and(|document| {
                let hops = if self == Self::FocusMore { document.hops.more() } else { document.hops.fewer() };
                document.selection.is_some_and(|thing| thing.place().is_some()) && hops != document.hops
            }),
            Self::TogglePin => {
                on_map.filter(|_| focused == Pane::MAP).is_some_and(|document| pinnable(document).is_some())
            }
            Self::UnpinAll => on_map.is_some_and(|document| !document.view.pins.is_empty()),
            Self::ArrangeAnew => on_map.is_some() && focused == Pane::MAP,
            Self::ToggleMinimap => on_map.is_some(),
            Self::Lasso => on_map.is_some() && focused == Pane::MAP,
            Self::SizeByLines
            | Self::SizeByItems
            | Self::ColourByChurn
            | Self::ColourByAge
            | Self::ColourByViolations
            | Self::ColourByOwner
            | Self::ColourByInstability
            | Self::ColourByLeak => on_map.is_some_and(|document| document.shows(Drawing::Treemap)),
            Self::TurnMatrix => on_map.is_some_and(|document| document.shows(Drawing::Matrix)),
            Self::ZoomIn
            | Self::ZoomOut
            | Self::ZoomReset
            | Self::Fit
            | Self::ExpandToPackages
            | Self::ExpandToLevel2
            | Self::ExpandToLevel3
            | Self::ExpandToLevel4
            | Self::ToggleEdges
            | Self::ToggleTests
            | Self::ToggleInactive => on_map.is_some() || on_compared.is_some() || on_whatif.is_some(),
            Self::SplitRight | Self::SplitBelow => shown.is_some() && state.tiles.next().is_some(),
            Self::CloseTile | Self::ResetLayout => shown.is_some() && !state.tiles.is_single(),
            Self::ReopenTile => shown.is_some() && state.tiles.before_close.is_some(),
            Self::NextTile | Self::PreviousTile => shown.is_some() && state.tiles.in_sight().len() > 1,
            Self::ToggleSidePanel => on_map.or(on_timeline).is_some() || on_whatif.is_some(),
            Self::Search
            | Self::ShowMap
            | Self::ShowMatrix
            | Self::ShowTreemap
            | Self::ShowTimeline
            | Self::ShowCompare
            | Self::CompareWith
            | Self::ShowRules
            | Self::ShowWhatIf
            | Self::ShowInspector
            | Self::ShowFindings
            | Self::ShowViolations
            | Self::ShowNotes => shown.is_some(),
        }
    }

    /// For a switch: whether it is on.
    pub(crate) fn is_on(self, state: &State) -> Option<bool> {
        let focused = state.tiles.focused;
        let view = match (focused, &state.comparisons.shown) {
            (Pane::Compare, Some(compared)) => Some(&compared.view),
            (Pane::WhatIf, _) => state.document.as_ref().and_then(|document| Some(&document.drafting.as_deref()?.view)),
            (Pane::Sketch, _) => state.document.as_ref().and_then(|it| it.sketch.as_deref()?.view.as_ref()),
            _ => state.document.as_ref().map(|document| &document.view),
        };
        let look = state.document.as_ref().map_or(&state.look, |document| &document.look);
        match self {
            Self::ToggleEdges => view.map(|view| view.edges == EdgeMode::All),
            Self::ToggleTests => view.map(|view| view.filter.tests),
            Self::ToggleInactive => view.map(|view| view.filter.inactive),
            Self::ShowMap => Some(focused == Pane::MAP),
            Self::ShowMatrix => Some(focused == Pane::Canvas(Drawing::Matrix)),
            Self::ShowTreemap => Some(focused == Pane::Canvas(Drawing::Treemap)),
            Self::ShowRules => Some(focused == Pane::Rules),
            Self::ShowWhatIf => Some(focused == Pane::WhatIf),
            Self::ShowTimeline => Some(focused == Pane::Timeline),
            Self::PlayHistory => state.document.as_ref().map(|document| document.timeline.playing.is_some()),
            Self::ShowCompare => Some(focused == Pane::Compare),
            Self::SideBySide => Some(state.comparisons.is_split),
            Self::Blast => state.document.as_ref().map(|document| document.blasting.is_some()),
            Self::TogglePin => {
                state.document.as_ref().and_then(|document| Some(document.view.pins.contains_key(&pinnable(document)?)))
            }
            Self::ToggleMinimap => Some(state.settings.minimap),
            Self::Lasso if focused == Pane::Sketch => {
                state.document.as_ref().and_then(|it| Some(it.sketch.as_ref()?.lasso.armed))
            }
            Self::Lasso => state.document.as_ref().map(|document| document.lasso.armed),
            Self::Gather => state
                .document
                .as_ref()
                .and_then(|document| Some(document.gathered.contains(&document.gatherable(document.selection?)?))),
            Self::Present => Some(state.presenting),
            Self::ToggleSidePanel => Some(state.side_open),
            Self::ToggleMotion => Some(state.settings.reduced_motion),
            _ => look.is_chosen(self),
        }
    }
}
