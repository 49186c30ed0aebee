//! Finding by typing: commands, modules and items, best matches first.
//!
//! In: what is typed, the commands that are possible, an analysis.  Out: [`Found`] with the letters that matched.
//! Fuzzy, each word in any order, upper case only where typed so.  A query is asked elsewhere, and its answer taken.  Not
//! here: queries (`queried`), and the list on the screen.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::command::Command;
use super::found::{Found, Target};
use super::named::NamedFile;
use super::queried::{self, Queried};
use crate::analysis::Analysis;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::viewpoint::link::{Link, is_link};

/// As many rows as a person scans.
pub(crate) const MOST: usize = 60;

/// What may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Commands, modules and items.
    Everything,
    /// Modules and items.
    Code,
    /// What something can be put into: packages, modules and boundaries.
    Destinations,
    Boundaries,
    /// The boundary that the chosen one is merged into.
    Merging,
}

/// A list that narrows while one types.
#[derive(Debug)]
pub(crate) struct Finder {
    pub(crate) scope: Scope,
    pub(crate) typed: String,
    /// Which row Enter takes.
    pub(crate) row: usize,
    pub(crate) found: Vec<Found>,
    /// To be marked on the map.
    pub(crate) marked: Vec<NodeId>,
    /// A word about what a query finds.
    pub(crate) told: Option<String>,
    /// Names of boundaries, where those can be chosen.
    boundaries: Vec<String>,
    /// What `found` was made for, or is asked for.
    searched: Option<String>,
    /// A query is asked, and what is listed is that of an earlier text.
    pub(crate) waiting: bool,
    /// Enter was pressed meanwhile: it takes the first row of the answer.
    pub(crate) hasty: bool,
}

/// What came of something typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// It is what was typed before.
    Same,
    Done,
    /// It is a query, which nobody waits for here.
    Asks,
}

impl Finder {
    pub(crate) fn new(scope: Scope) -> Self {
        Self::asking(scope, String::new())
    }

    /// With something typed already.
    pub(crate) fn asking(scope: Scope, typed: String) -> Self {
        Self {
            scope,
            typed,
            row: 0,
            found: Vec::new(),
            marked: Vec::new(),
            told: None,
            boundaries: Vec::new(),
            searched: None,
            waiting: false,
            hasty: false,
        }
    }

    /// For something that goes to one of these boundaries, or into code.
    pub(crate) fn among(scope: Scope, boundaries: Vec<String>) -> Self {
        Self { boundaries, ..Self::new(scope) }
    }

    /// What is chosen is where something goes, and not looked at.
    pub(crate) fn is_for_move(&self) -> bool {
        matches!(self.scope, Scope::Destinations | Scope::Boundaries | Scope::Merging)
    }

    /// Searches among commands and the nodes of a model if something else is typed now.
    pub(crate) fn update(
        &mut self,
        commands: impl Iterator<Item = Command>,
        named: &[NamedFile],
        analysis: Option<&Analysis>,
    ) -> Search {
        if self.searched.as_ref() == Some(&self.typed) {
            return Search::Same;
        }
        self.row = 0;
        self.searched = Some(self.typed.clone());
        (self.waiting, self.hasty) = (false, false);
        if is_link(&self.typed) && !self.is_for_move() {
            self.marked.clear();
            (self.found, self.told) = linked(&self.typed);
            return Search::Done;
        }
        if analysis.is_some() && !self.is_for_move() && queried::is_query(&self.typed) {
            self.waiting = true;
            return Search::Asks;
        }
        let model = analysis.map(|analysis| &*analysis.model);
        self.found = find(self.scope, &self.typed, commands, named, &self.boundaries, model);
        self.told = None;
        let nodes = self.found.iter().filter_map(|found| match found.target {
            Target::Node(node) if !self.typed.is_empty() => Some(node),
            _ => None,
        });
        self.marked = nodes.collect();
        Search::Done
    }

    /// Takes the answer to a query, if it is still what is typed; true if it is.
    pub(crate) fn answer(&mut self, typed: &str, answer: Queried) -> bool {
        let is_awaited = self.waiting && self.searched.as_deref() == Some(typed);
        if is_awaited {
            let Queried { rows, marked, told } = answer;
            (self.found, self.marked, self.told) = (rows, marked, Some(told));
            self.waiting = false;
        }
        is_awaited
    }

    /// What was found is of a model that is no longer shown.
    pub(crate) fn forget(&mut self) {
        self.found.clear();
        self.marked.clear();
        self.searched = None;
        self.waiting = false;
    }
}

/// Where a link leads, or what is wrong with it.
fn linked(typed: &str) -> (Vec<Found>, Option<String>) {
    match Link::parse(typed) {
        Ok(link) => {
            let what = link.viewpoint.focus.map(|focus| format!(", at {focus}")).unwrap_or_default();
            let at = link.rev.map(|rev| format!(" as of {rev}")).unwrap_or_default();
            let text = format!("Open the {} of {}{at}{what}", link.viewpoint.view.word(), link.path);
            (vec![Found { target: Target::Link(typed.to_owned()), text, matched: Vec::new() }], None)
        }
        Err(error) => (Vec::new(), Some(error.to_string())),
    }
}

fn find(
    scope: Scope,
    typed: &str,
    commands: impl Iterator<Item = Command>,
    named: &[NamedFile],
    boundaries: &[String],
    model: Option<&Model>,
) -> Vec<Found> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
    let mut scored: Vec<(u32, usize, Found)> = Vec::new();
    let mut buffer = Vec::new();
    let mut add = |target: Target, text: &str, bonus: u32| {
        let haystack = Utf32Str::new(text, &mut buffer);
        let Some(score) = pattern.score(haystack, &mut matcher) else { return };
        let order = scored.len();
        scored.push((score + bonus, order, Found { target, text: text.to_owned(), matched: Vec::new() }));
    };
    if scope == Scope::Everything {
        for command in commands {
            add(Target::Command(command), command.label(), 4);
        }
        for named in named.iter().filter(|named| named.view.is_ok()) {
            add(Target::View(named.file.clone()), &format!("View: {}", named.name()), 4);
        }
    }
    for boundary in boundaries {
        add(Target::Boundary(boundary.clone()), boundary, 12);
    }
    let is_wanted = |model: &Model, node: NodeId| match scope {
        Scope::Everything | Scope::Code => true,
        Scope::Destinations => !matches!(model.node(node).kind, NodeKind::Item(_)),
        Scope::Boundaries | Scope::Merging => false,
    };
    // Without a word, commands alone are worth a look: there are too many of the others.
    if let Some(model) = model.filter(|_| !(typed.is_empty() && scope == Scope::Everything)) {
        for node in model.node_ids().filter(|node| *node != WORKSPACE && is_wanted(model, *node)) {
            add(Target::Node(node), model.path(node), rank(model, node, typed));
        }
    }
    // Best first; the order of the lists decides between equals, so that the same typing finds the same.
    scored.sort_by(|a, b| b.0.cmp(&a.0).then(a.2.text.len().cmp(&b.2.text.len())).then(a.1.cmp(&b.1)));
    scored.truncate(MOST);
    scored
        .into_iter()
        .map(|(_, _, mut found)| {
            pattern.indices(Utf32Str::new(&found.text, &mut buffer), &mut matcher, &mut found.matched);
            found.matched.sort_unstable();
            found.matched.dedup();
            found
        })
        .collect()
}

/// What is named as typed comes before what merely contains the letters, and modules before items.
fn rank(model: &Model, node: NodeId, typed: &str) -> u32 {
    let node = model.node(node);
    let kind = match node.kind {
        NodeKind::Item(_) => 0,
        NodeKind::Module => 6,
        _ => 8,
    };
    let named = if node.name.eq_ignore_ascii_case(typed.trim()) { 40 } else { 0 };
    kind + named
}
