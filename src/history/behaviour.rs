//! How people work with the structure: what they change together, and where.
//!
//! In: the files of each commit, and what each file belongs to today.  Out: [`Behaviour`].  Not here: which files a commit
//! changed (`git`), and what they belong to (`analysis`).
//!
//! Support, confidence and lift are those of association rules (Agrawal, Imielinski, Swami 1993), a commit being one
//! transaction; the limits on commits are those of code-maat.

mod pairs;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub use pairs::CoChange;
use pairs::MIN_TOGETHER;

/// A commit with more files than this says nothing about what belongs together: a rename, a format, a release.
pub const MAX_FILES_OF_COMMIT: usize = 30;

/// What a file belongs to today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// The paths of modules: of a file with modules inside it, the outermost.
    pub module: String,
    pub boundary: Option<String>,
    pub layer: Option<String>,
    /// As CODEOWNERS names them.
    pub teams: Vec<String>,
}

/// What is known of a module today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    pub lines: u64,
    /// Violations that come from it or its inner modules in the same file.
    pub violations: usize,
}

/// Everything that behaviour is told of.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// By path; only files that there are today.
    pub files: BTreeMap<String, Belonging>,
    pub modules: BTreeMap<String, Weight>,
    /// Pairs of which the first uses the second.
    pub module_edges: BTreeSet<(String, String)>,
    pub boundary_edges: BTreeSet<(String, String)>,
}

/// How often something is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hotspot {
    pub module: String,
    /// Commits that changed it.
    pub commits: usize,
    pub lines: u64,
    pub violations: usize,
}

/// Of so many commits, so many did it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub of: usize,
    pub did: usize,
}

/// The commits that changed a team's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub name: String,
    pub files: usize,
    /// How many of them changed files of another team, too.
    pub with_others: Share,
}

/// What commits tell about the structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Commits that changed between one and [`MAX_FILES_OF_COMMIT`] files that there are today.
    pub commits: usize,
    /// Commits that changed more.
    pub too_large: usize,
    /// Of the commits that changed code of a boundary, those that changed several boundaries.
    pub across_boundaries: Share,
    /// Of the commits that changed code of a layer, those that changed several layers.
    pub across_layers: Share,
    /// Boundaries that change together, the surest first.
    pub boundaries: Vec<CoChange>,
    /// Modules of different files that change together, the surest first.
    pub modules: Vec<CoChange>,
    /// Modules by how often they change and how long they are, the worst first: those that few commits touched are left out.
    pub hotspots: Vec<Hotspot>,
    /// Sorted by name; empty without CODEOWNERS.
    pub teams: Vec<Team>,
}

impl Behaviour {
    /// Judges commits by their files; paths that are not known today count for [`MAX_FILES_OF_COMMIT`] alone.
    pub fn new(ground: &Ground, commits: &[Vec<String>]) -> Self {
        let mut behaviour = Self::default();
        let mut modules: Vec<BTreeSet<&str>> = Vec::new();
        let mut boundaries: Vec<BTreeSet<&str>> = Vec::new();
        let mut teams: BTreeMap<&str, Share> = BTreeMap::new();
        for files in commits {
            let known: Vec<&Belonging> = files.iter().filter_map(|file| ground.files.get(file)).collect();
            if known.is_empty() {
                continue;
            }
            if files.len() > MAX_FILES_OF_COMMIT {
                behaviour.too_large += 1;
                continue;
            }
            behaviour.commits += 1;
            let layers: BTreeSet<&str> = known.iter().filter_map(|it| it.layer.as_deref()).collect();
            let in_boundaries: BTreeSet<&str> = known.iter().filter_map(|it| it.boundary.as_deref()).collect();
            behaviour.across_layers.count(layers.len());
            behaviour.across_boundaries.count(in_boundaries.len());
            let involved: BTreeSet<&str> = known.iter().flat_map(|it| it.teams.iter().map(String::as_str)).collect();
            for team in &involved {
                teams.entry(team).or_default().count(involved.len());
            }
            modules.push(known.iter().map(|it| it.module.as_str()).collect());
            boundaries.push(in_boundaries);
        }
        behaviour.modules = pairs::pairs(&modules, &ground.module_edges);
        behaviour.boundaries = pairs::pairs(&boundaries, &ground.boundary_edges);
        behaviour.hotspots = hotspots(ground, &modules);
        let files_of = |team: &str| ground.files.values().filter(|it| it.teams.iter().any(|name| name == team)).count();
        let team =
            |(name, with_others): (&str, Share)| Team { name: name.to_owned(), files: files_of(name), with_others };
        behaviour.teams = teams.into_iter().map(team).collect();
        behaviour
    }
}

impl Share {
    /// Counts a commit that concerned so many of them.
    fn count(&mut self, involved: usize) {
        self.of += usize::from(involved > 0);
        self.did += usize::from(involved > 1);
    }
}

/// Sorted by the sum of both ranks, so that neither a long file that nobody touches nor a short one that everybody does
/// comes first (Tornhill 2015); among equals, violations come first.
fn hotspots(ground: &Ground, commits: &[BTreeSet<&str>]) -> Vec<Hotspot> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for module in commits.iter().flatten() {
        *counts.entry(module).or_default() += 1;
    }
    let often = counts.into_iter().filter(|(_, commits)| *commits >= MIN_TOGETHER);
    let mut hotspots: Vec<Hotspot> = often
        .filter_map(|(module, commits)| {
            let Weight { lines, violations } = ground.modules.get(module)?.clone();
            Some(Hotspot { module: module.to_owned(), commits, lines, violations })
        })
        .collect();
    let rank =
        |key: &dyn Fn(&Hotspot) -> u64, of: &Hotspot| hotspots.iter().filter(|other| key(other) > key(of)).count();
    let ranks: BTreeMap<String, usize> = hotspots
        .iter()
        .map(|it| (it.module.clone(), rank(&|it| it.commits as u64, it) + rank(&|it| it.lines, it)))
        .collect();
    hotspots.sort_by_key(|it| (ranks[&it.module], std::cmp::Reverse(it.violations), it.module.clone()));
    hotspots
}
