//! Everything that the window knows, and nothing that it does.
//!
//! In: what `execute` writes.  Out: what `ui` reads.  Not here: changing anything (`execute` alone does), egui widgets.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::amendment::Amendment;
use super::blast::Blasting;
use super::canvas::camera::Camera;
use super::canvas::picture::Picture;
use super::churn::Churning;
use super::comparing::{Comparisons, RevisionChoice};
use super::drafting::Drafting;
use super::editor_choice::EditorChoice;
use super::edits::FileEdits;
use super::finder::Finder;
use super::generation::Generation;
use super::grouping::Grouping;
use super::history::History;
use super::lasso::Lasso;
use super::leaving::Leaving;
use super::look::Look;
use super::motion::{Arrival, Transition};
use super::named::{NamedFile, ViewForm};
use super::notice::Notice;
use super::picture_choices::PictureDialog;
use super::relations::{Evidence, Relations};
use super::rules_draft::RulesDraft;
use super::settings::Settings;
use super::sketch::Sketch;
use super::timeline::Timeline;
use super::trial::Trial;
use crate::analysis::{Analysis, Progress};
use crate::findings::Finding;
use crate::metrics::{Below, Metrics};
use crate::model::{Model, NodeId, NodeKind};
use crate::scene::map::{Arrangement, Highlight, MapView};
use crate::scene::thing::{Place, Thing};
use crate::verdict::Tally;
use crate::viewpoint::link::Link;
use crate::workspace::TargetKind;

/// What fills the window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Screen {
    Welcome,
    Loading(Loading),
    Failed(Failure),
    Map,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Loading {
    pub(crate) path: PathBuf,
    pub(crate) progress: Option<Progress>,
    pub(crate) since: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) path: PathBuf,
    /// What is wrong in the first line, then what to do.
    pub(crate) message: String,
}

/// What is in the middle of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Center {
    /// The canvas, with the map or another picture of it.
    #[default]
    Map,
    /// Two revisions on one picture.
    Compare,
    Rules,
    /// Violations over the commits.
    Timeline,
    /// The map of a draft.
    WhatIf,
    /// The first boundaries of a workspace that has none.
    Sketch,
}

/// What the side panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    #[default]
    Inspector,
    /// What is worth knowing, whether a rule says so or not.
    Findings,
    Violations,
    Notes,
}

/// What lies above everything else.
#[derive(Debug, Default)]
pub(crate) enum Overlay {
    #[default]
    None,
    Finder(Finder),
    Editor(EditorChoice),
    /// Which revisions to compare.
    Revisions(RevisionChoice),
    Amendment(Box<Amendment>),
    /// The named views.
    Views,
    SaveView(ViewForm),
    /// How what is shown becomes a picture.
    Picture(Box<PictureDialog>),
    Shortcuts,
    /// riprap.toml has changes that are not saved, and this comes next.
    Unsaved(Leaving),
}

pub(crate) struct State {
    pub(crate) screen: Screen,
    pub(crate) document: Option<Document>,
    pub(crate) settings: Settings,
    pub(crate) overlay: Overlay,
    /// What comes next once the draft of riprap.toml is saved.
    pub(crate) leaving: Option<Leaving>,
    pub(crate) center: Center,
    pub(crate) side: Side,
    pub(crate) side_open: bool,
    /// The view fills the window: neither bars nor panels.
    pub(crate) presenting: bool,
    /// What is typed as the path to open.
    pub(crate) path_entry: String,
    /// Folders that begin with what was typed, and what that was.
    pub(crate) completions: (String, Vec<String>),
    /// A word to the person on the first screen, for example that no dialog could be shown.
    pub(crate) hint: Option<String>,
    /// A word about what was just asked for.
    pub(crate) notice: Option<Notice>,
    /// The picture that is being made.
    pub(crate) portraying: Option<Generation>,
    /// The file of the picture that was made last.
    pub(crate) last_picture: Option<PathBuf>,
    /// The system's dialog is open.
    pub(crate) dialog_open: bool,
    /// What is typed to narrow the list of violations.
    pub(crate) violation_filter: String,
    pub(crate) violation_grouping: Grouping,
    /// Asked for on the command line, done once the first map is there.
    pub(crate) focus: Option<String>,
    /// Where a link leads, until its workspace is there.
    pub(crate) link: Option<Link>,
    /// The revision that workspaces are opened at; the files on disk without.
    pub(crate) looking_at: Option<String>,
    /// How an opened workspace is drawn at first.
    pub(crate) look: Look,
    /// How deep everything is opened at first, where somebody said so.
    pub(crate) level: Option<u32>,
    /// The number of the last thing asked of the worker.
    pub(crate) generation: Generation,
    pub(crate) cancel: Option<Arc<AtomicBool>>,
    pub(crate) comparisons: Comparisons,
    /// What paints, in words, where it matters to the person who looks.
    pub(crate) renderer_hint: Option<String>,
}

impl State {
    pub(crate) fn new(settings: Settings) -> Self {
        Self {
            screen: Screen::Welcome,
            document: None,
            settings,
            overlay: Overlay::None,
            leaving: None,
            center: Center::default(),
            side: Side::Inspector,
            side_open: true,
            presenting: false,
            path_entry: String::new(),
            completions: Default::default(),
            hint: None,
            notice: None,
            portraying: None,
            last_picture: None,
            dialog_open: false,
            violation_filter: String::new(),
            violation_grouping: Grouping::default(),
            focus: None,
            link: None,
            looking_at: None,
            look: Look::default(),
            level: None,
            generation: 0,
            cancel: None,
            comparisons: Comparisons::default(),
            renderer_hint: None,
        }
    }

    /// The eye on the picture that is shown.
    pub(crate) fn camera(&self) -> Option<&Camera> {
        let drafting = self.document.as_ref().and_then(|document| document.drafting.as_deref());
        match (self.center, &self.comparisons.shown) {
            (Center::Compare, Some(shown)) => Some(&shown.camera),
            (Center::WhatIf, _) => drafting.map(|drafting| &drafting.camera),
            (Center::Sketch, _) => Some(&self.document.as_ref()?.sketch.as_ref()?.camera),
            _ => self.document.as_ref().map(|document| &document.camera),
        }
    }

    pub(crate) fn next_generation(&mut self) -> Generation {
        self.generation += 1;
        self.generation
    }
}

/// An opened workspace with everything about how it is looked at.
pub(crate) struct Document {
    /// As it was asked for.
    pub(crate) path: PathBuf,
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) evidence: Evidence,
    pub(crate) counts: Counts,
    /// `None` until they are measured.
    pub(crate) metrics: Option<Box<Metrics>>,
    /// Numbers of nodes with all below them, measured with those.
    pub(crate) below: Option<Box<Below>>,
    pub(crate) churning: Churning,
    /// What is worth knowing, the first page first; `None` until they are found.
    pub(crate) findings: Option<Vec<Finding>>,
    /// The finding that is told in full.
    pub(crate) finding: Option<usize>,
    /// What the map shall show; the picture follows when it is arranged.
    pub(crate) view: MapView,
    pub(crate) arrangement: Arc<Arrangement>,
    pub(crate) look: Look,
    pub(crate) picture: Picture,
    pub(crate) legend: Picture,
    /// What the legend says, in words.
    pub(crate) meanings: Vec<&'static str>,
    /// What a search found so far.
    pub(crate) found: BTreeSet<NodeId>,
    /// Boxes that something will be made of.
    pub(crate) gathered: BTreeSet<Place>,
    pub(crate) lasso: Lasso,
    /// How far a change of the selection goes, while somebody wants to know.
    pub(crate) blasting: Option<Blasting>,
    /// What the picture was drawn with.
    pub(crate) highlight: Highlight,
    pub(crate) camera: Camera,
    pub(crate) selection: Option<Thing>,
    /// Of the selection.
    pub(crate) relations: Relations,
    /// The reference that is shown in the inspector, as an index into the relations' references.
    pub(crate) reference: usize,
    /// The inspector shall bring that reference into sight.
    pub(crate) scroll_to_reference: bool,
    pub(crate) hover: Option<Hover>,
    pub(crate) undo: History<MapView>,
    pub(crate) trail: History<Option<Thing>>,
    /// What to do with the camera when the next arrangement is there.
    pub(crate) arrival: Arrival,
    pub(crate) transition: Option<Transition>,
    /// An arrangement is asked for and not there yet.
    pub(crate) arranging: Option<Generation>,
    /// The violation that was chosen in the list or by its key.
    pub(crate) violation: Option<usize>,
    /// Whether the camera was ever put somewhere.
    pub(crate) placed: bool,
    /// Files that changed since the analysis was asked for.
    pub(crate) changed: BTreeSet<PathBuf>,
    /// The analysis of changed files that is under way.
    pub(crate) following: Option<Generation>,
    /// The analysis under way when the window itself wrote a file: it may not know what was written.
    pub(crate) overtaken: Option<Generation>,
    /// Why changes on disk are not followed.
    pub(crate) unwatched: Option<String>,
    /// What was written into files of the workspace.
    pub(crate) edits: FileEdits,
    /// The last of it in words, or why it failed.
    pub(crate) edited: Option<Result<String, String>>,
    /// Of riprap.toml.
    pub(crate) rules_draft: RulesDraft,
    /// Why the last change could not be followed: what is shown is older than what is on disk.
    pub(crate) stale: Option<String>,
    pub(crate) timeline: Timeline,
    /// What if; `None` until it is looked at.
    pub(crate) drafting: Option<Box<Drafting>>,
    /// First boundaries; `None` until they are looked for.
    pub(crate) sketch: Option<Box<Sketch>>,
    /// Of the draft.
    pub(crate) trial: Trial,
    /// Sorted by file.
    pub(crate) named: Vec<NamedFile>,
}

impl Document {
    /// The box that the selection is, if it can be opened or closed.
    pub(crate) fn expandable_selection(&self) -> Option<Place> {
        let place = self.selection?.place()?;
        self.is_expandable(place).then_some(place)
    }

    pub(crate) fn is_expandable(&self, place: Place) -> bool {
        let cut = &self.arrangement.cut;
        cut.find(place).is_some_and(|index| cut.boxes[index as usize].expandable)
    }

    /// The word for what a node is.
    pub(crate) fn kind_word(&self, node: NodeId) -> &'static str {
        match self.analysis.model.node(node).kind {
            NodeKind::Workspace => "workspace",
            NodeKind::Package => "package",
            NodeKind::Target(TargetKind::Lib) => "library",
            NodeKind::Target(TargetKind::ProcMacro) => "macro library",
            NodeKind::Target(TargetKind::Bin) => "binary",
            NodeKind::Target(TargetKind::Test) => "test",
            NodeKind::Target(TargetKind::Example) => "example",
            NodeKind::Target(TargetKind::Bench) => "benchmark",
            NodeKind::Target(TargetKind::BuildScript) => "build script",
            NodeKind::Module => "module",
            NodeKind::Item(kind) => kind.word(),
        }
    }

    /// A module without modules below it.
    pub(crate) fn is_leaf_module(&self, node: NodeId) -> bool {
        let model = &self.analysis.model;
        model.node(node).kind.is_module()
            && !model.children(node).iter().any(|child| model.node(*child).kind.is_module())
    }

    /// The violations that begin in a box of the map, or in one inside it.
    pub(crate) fn violations_within(&self, thing: Thing) -> Tally {
        let index = thing.place().and_then(|place| self.arrangement.cut.find(place));
        index.map_or(Tally::default(), |index| self.arrangement.violations_within[index as usize])
    }

    /// What the colour of a thing says while the treemap is shown; empty otherwise, and where nothing is known.
    pub(crate) fn treemap_words(&self, thing: Thing) -> &str {
        let index = thing.place().and_then(|place| self.arrangement.cut.find(place));
        self.look.treemap().zip(index).map_or("", |(treemap, index)| treemap.words(index))
    }

    /// What a query calls a thing; of an edge where it begins.
    pub(crate) fn query_name(&self, thing: Thing) -> String {
        match thing {
            Thing::Node(_) | Thing::Boundary { .. } => {
                let name = self.name_of(thing);
                let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || "_-:".contains(letter));
                if is_plain { name } else { format!("\"{name}\"") }
            }
            Thing::Edge { from, .. } => self.query_name(from.into()),
        }
    }

    /// What to call a thing: paths for nodes, `from → to` for edges.
    pub(crate) fn name_of(&self, thing: Thing) -> String {
        match thing {
            Thing::Node(node) => node_name(&self.analysis.model, node),
            Thing::Boundary { boundary, .. } => self.analysis.boundaries.name(boundary).to_owned(),
            Thing::Edge { from, to } => {
                format!("{} → {}", self.name_of(from.into()), self.name_of(to.into()))
            }
        }
    }
}

/// The path of a node, or the name of a workspace.
pub(crate) fn node_name(model: &Model, node: NodeId) -> String {
    let node = model.node(node);
    if node.path.is_empty() { node.name.to_string() } else { node.path.to_string() }
}

/// `a::b` of `a::b::c`; empty where the path is the name.
pub(crate) fn container_of<'a>(path: &'a str, name: &str) -> &'a str {
    path.strip_suffix(name).map_or("", |rest| rest.trim_end_matches("::"))
}

/// Numbers for the status bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) packages: usize,
    pub(crate) modules: usize,
    pub(crate) edges: usize,
    pub(crate) lines: u64,
}

/// The thing under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hover {
    pub(crate) thing: Thing,
    /// In egui's seconds.
    pub(crate) since: f64,
    /// For the card, made when it is first shown.
    pub(crate) relations: Option<Relations>,
}
