//! How people work with the structure, from the commits of a repository.
//!
//! In: a path in a repository, and which commits.  Out: [`Behaviour`], told by the modules and boundaries of the newest
//! commit, which alone is analysed.  Not here: what follows from it (`history::behaviour`), and going through structure
//! commit by commit (`evolve`).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::evolve::list;
use super::{Analysis, AnalysisError, Asked, Follower, Phase, Progress, Stretch};
use crate::git::Route;

use crate::history::{Behaviour, Belonging, Commit, Ground, History, Weight};
use crate::model::{NodeId, NodeKind};
use crate::source::{FileId, join};

/// Behaviour, and where it was found.
#[derive(Clone, Debug, Default)]
pub struct Behaved {
    pub workspace: String,
    /// The days of the first and the last commit.
    pub days: (String, String),
    pub behaviour: Behaviour,
    /// What could not be looked at, in sentences.
    pub notes: Vec<String>,
}

/// Goes through the files of commits.
///
/// # Errors
/// No repository, no such commits, a newest commit that cannot be analysed, and `cancel`.
pub fn behave(
    path: &Path,
    asked: &Asked,
    stretch: &Stretch,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Behaved, AnalysisError> {
    let mut follower = Follower::open(path, asked)?;
    let mut history = History::default();
    let commits = list(follower.repository(), stretch, &mut history)?;
    let (Some(first), Some(newest)) = (commits.first(), commits.last()) else { return Ok(Behaved::default()) };
    let analysis = follower.look(newest, progress, cancel)?;
    let repository = follower.repository();
    let prefix = analysis.root.strip_prefix(repository.root()).unwrap_or(Path::new(""));
    let ground = ground(&analysis, &prefix.to_string_lossy().replace('\\', "/"));
    let mut changed: Vec<Vec<String>> = Vec::new();
    let mut missing = 0;
    for (done, commit) in commits.iter().enumerate() {
        if cancel.load(Ordering::Relaxed) {
            return Err(AnalysisError::Cancelled);
        }
        if done % 100 == 0 {
            progress(Progress { phase: Phase::Commits, done, total: commits.len() });
        }
        // The first commit of all brings everything; with branches, a merge repeats what they did.
        let is_merge = commit.parents.len() > 1;
        let Some(parent) = commit.parents.first().filter(|_| !is_merge || stretch.route == Route::FirstParent) else {
            continue;
        };
        match repository.changes(*parent, commit.id) {
            Ok(changes) => changed.push(changes.into_iter().map(|change| change.path).collect()),
            Err(_) => missing += 1,
        }
    }
    if missing > 0 {
        history.notes.push(format!("the files of {missing} commits are not in this clone; they are left out"));
    }
    let day = |commit: &Commit| commit.committed.date().to_string();
    Ok(Behaved {
        workspace: repository.name(),
        days: (day(first), day(newest)),
        behaviour: Behaviour::new(&ground, &changed),
        notes: history.notes,
    })
}

/// What files and modules are today; paths of files are told from the repository's root, `prefix` leads to the workspace.
fn ground(analysis: &Analysis, prefix: &str) -> Ground {
    let Analysis { model, boundaries, sources, verdict, .. } = analysis;
    // That tests change with what they test says nothing.
    let is_test = |module: NodeId| {
        let target = model.target_of(module).map(|target| model.node(target).kind);
        model.node(module).test || matches!(target, Some(NodeKind::Target(kind)) if kind.is_test())
    };
    // Of several modules in one file, the outermost stands for it.
    let mut module_of: BTreeMap<FileId, NodeId> = BTreeMap::new();
    for module in model.module_ids().filter(|module| !is_test(*module)) {
        if let Some(file) = model.node(module).file {
            let outermost = module_of.entry(file).or_insert(module);
            if model.depth(module) < model.depth(*outermost) {
                *outermost = module;
            }
        }
    }
    let mut ground = Ground::default();
    for (file, module) in &module_of {
        let boundary = boundaries.of(*module);
        let name = |id| boundaries.name(id).to_owned();
        let owner =
            || boundary.and_then(|id| boundaries.outwards(id).find_map(|id| boundaries.declaration(id).owner.clone()));
        let teams = match boundaries.owners_of_file(*file) {
            Some(owners) if !owners.is_empty() => owners.to_vec(),
            _ => owner().into_iter().collect(),
        };
        let source = sources.file(*file);
        let path = model.path(*module).to_owned();
        let lines = source.text.lines().count() as u64;
        ground.modules.entry(path.clone()).or_default().lines += lines;
        let layer = boundary.and_then(|id| boundaries.layer(id));
        let belonging = Belonging {
            module: path,
            boundary: boundary.map(name),
            layer: layer.map(|rank| boundaries.layers().order[rank as usize].value.clone()),
            teams,
        };
        ground.files.insert(join(prefix, &source.path), belonging);
    }
    let standing_for = |node: NodeId| {
        let file = model.module_of(node).and_then(|module| model.node(module).file)?;
        module_of.get(&file).map(|module| model.path(*module).to_owned())
    };
    for judged in &verdict.violations {
        let module = judged.violation.from_node.and_then(standing_for);
        if let Some(weight) = module.and_then(|module| ground.modules.get_mut(&module)) {
            *weight = Weight { violations: weight.violations + 1, ..weight.clone() };
        }
    }
    for edge in model.edges() {
        if let (Some(from), Some(to)) = (standing_for(edge.from), standing_for(edge.to)) {
            ground.module_edges.insert((from, to));
        }
        if let (Some(from), Some(to)) = (boundaries.of(edge.from), boundaries.of(edge.to)) {
            ground.boundary_edges.insert((boundaries.name(from).to_owned(), boundaries.name(to).to_owned()));
        }
    }
    ground
}
