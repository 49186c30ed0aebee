//! What panels and the canvas ask for: commands, and actions that carry something.
//!
//! In: what a person did.  Out: values for `execute`.  Not here: doing any of it.

use std::path::PathBuf;

use super::amendment::Wish;
use super::command::Command;
use super::drafting::OnDraft;
use super::grouping::Grouping;
use super::leaving::LastWord;
use super::look::Drawing;
use super::samples::Sample;
use super::sketch::OnSketch;
use super::spot::Spot;
use super::state::Side;
use super::tiles::OnTiles;
use super::timeline::OnTimeline;
use super::trial::OnTrial;
use crate::model::NodeId;
use crate::scene::map::Pin;
use crate::scene::map::comparison::Section;
use crate::scene::shape::Point;
use crate::scene::thing::{Place, Thing};
use crate::source::Span;
use crate::verdict::Level;

/// One request to change the state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Run(Command),
    Open(PathBuf),
    /// What is typed as the path to open has changed.
    PathTyped(String),
    ForgetRecent(PathBuf),
    /// A workspace that comes with the program.
    OpenSample(&'static Sample),
    /// Selects where the thing is already in sight: the camera stays.
    Select(Option<Thing>),
    /// Selects, opens what is around it, and flies there.
    Visit(Thing),
    /// Selects a violation by its index in the verdict, and shows its references.
    VisitViolation(usize),
    /// Shows a reference of the selected edge, by its index in the relations.
    ShowReference(usize),
    Toggle(Place),
    /// What the pointer is on, and on which picture.
    Hover(Drawing, Option<Thing>),
    Tiles(OnTiles),
    /// Makes the relations of what is under the pointer, for its card.
    ExplainHover,
    /// Asks a query.
    Ask(String),
    /// What a search found so far, to mark it on the map.
    MarkFound(Vec<NodeId>),
    /// Marks things, and opens what is around them if they are few.
    ShowAll(Vec<NodeId>),
    MoveSelection(Direction),
    /// Moves the selected box a little, and pins it.
    Nudge(Direction),
    /// Holds a box of the map at a place in its container.
    Pin(Place, Pin),
    ShowSide(Side),
    /// Tells a finding in full and shows on the map what it is about, by its index.
    VisitFinding(usize),
    /// Takes a finding out of the list for good, or back, by its identity.
    DismissFinding(String),
    RestoreFindings,
    FilterViolations(String),
    GroupViolations(Grouping),
    /// Accepts a violation in riprap.baseline, or takes it out, by its index in the verdict.
    ToggleAccepted(usize),
    /// Takes a box up to make something of it, or lets it go.
    Gather(Thing),
    /// Takes up what is inside a line.
    GatherWithin(Vec<Point>),
    /// Begins a change of riprap.toml.
    Prepare(Wish),
    /// Makes the change that was prepared.
    Amend,
    /// Opens a place in the editor.
    OpenSpot(Spot),
    /// The template that editors are opened by; empty for the machine's own choice.
    SetEditor(String),
    DismissNotice,
    /// What is in the editor of riprap.toml.
    RulesTyped(String),
    /// Sets the level of a rule in the draft; `None` leaves it to the style.
    SetLevel(&'static str, Option<Level>),
    /// Shows a place of the draft, as bytes of it.
    ShowInRules(Span),
    /// Shows a line of the draft, from one.
    ShowLineInRules(u32),
    /// The file was changed by somebody else: drops the draft for it, or goes on with the draft.
    TakeTheirs,
    KeepMine,
    /// How a draft that is not saved ends before its workspace is left.
    Leave(LastWord),
    Timeline(OnTimeline),
    Trial(OnTrial),
    Draft(OnDraft),
    Sketch(OnSketch),
    /// Reads two revisions, each as git calls it or `WORKTREE`, and shows what differs.
    Compare {
        old: String,
        new: String,
    },
    /// Shows a difference by its number in the list.
    VisitDifference(usize),
    /// Selects on the picture of two revisions.
    SelectCompared(Option<Thing>),
    HoverCompared(Option<Thing>),
    ToggleCompared(Place),
    /// Shows or hides the lines of a section of the list.
    Fold(Section),
    /// Goes where a link leads.
    FollowLink(String),
    /// Looks as a named view says, by its file.
    OpenView(String),
    /// Opens the form about a named view.
    EditView(String),
    DeleteView(String),
    /// Writes what the form about a view says.
    SaveView,
    /// What the dialog says of the picture is another thing now.
    PictureChosen,
    /// Writes the picture of the dialog; over what is there, if somebody said so.
    WritePicture {
        replace: bool,
    },
    /// Asks the system for the file of the picture.
    PickPictureFile,
    /// Proposes folders for what is typed.
    Complete(String),
    CloseOverlay,
    Copy(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Left,
    Right,
    Up,
    Down,
}

/// The requests of one frame, in their order.
#[derive(Debug, Default)]
pub(crate) struct Actions {
    queue: Vec<Action>,
}

impl Actions {
    pub(crate) fn push(&mut self, action: Action) {
        self.queue.push(action);
    }

    pub(crate) fn extend(&mut self, actions: impl IntoIterator<Item = Action>) {
        self.queue.extend(actions);
    }

    pub(crate) fn run(&mut self, command: Command) {
        self.push(Action::Run(command));
    }

    pub(crate) fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.queue)
    }
}
