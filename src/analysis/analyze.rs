//! One revision, from sources to verdict; pure.
//!
//! In: Cargo's world, sources, riprap.toml's text.  Out: [`Analysis`].  Not here: reading anything, and what an edit
//! leaves as it was (`incremental`).

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Analysis, AnalysisError, DEFAULT_TARGET, Phase, Progress, WORKTREE, package_folders};
use crate::boundary::{self, Boundaries, Code, Codeowners, Problem};
use crate::config::{self, Config};
use crate::enrich::scip::Index;
use crate::facts::FileFacts;
use crate::history::Commit;
use crate::load::OwnersFile;
use crate::model::{Model, NodeId};
use crate::resolve::{self, Expansions, OtherCrates, Outside, Resolution};
use crate::rules::{self, Earlier};
use crate::source::{ConfigFiles, Date, FileId, Note, SourceFile, SourceTree, Span};
use crate::verdict::{self, Baseline, Terms};
use crate::workspace::cfg::CfgOptions;
use crate::workspace::features::{self, FeatureSelection};
use crate::workspace::{Edition, TargetKind, Workspace, label};
use crate::{facts, source};

/// What an analysis starts from, wherever it was read.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub root: PathBuf,
    pub workspace: Arc<Workspace>,
    pub sources: Arc<SourceTree>,
    pub config: Option<SourceFile>,
    /// Members' manifests that may speak of riprap, sorted by path.
    pub manifests: Vec<SourceFile>,
    /// Every riprap.baseline, sorted by path.
    pub baselines: Vec<SourceFile>,
    pub codeowners: Option<OwnersFile>,
    pub beyond: Beyond,
    /// The day for what holds until or from one.
    pub date: Date,
    /// Where the sources are from; `None` for the files on disk.
    pub commit: Option<Commit>,
    /// What an earlier revision promised, for `breaking-change`.
    pub earlier: Option<Arc<Earlier>>,
    /// riprap.toml was written for another time than that of the sources.
    pub of_another_time: bool,
    pub notes: Vec<Note>,
}

/// What was looked at beyond the sources, because somebody asked for it.
#[derive(Clone, Debug, Default)]
pub struct Beyond {
    /// As the document names it, sorted.
    pub words: Vec<String>,
    /// The sources hold what build scripts left in `OUT_DIR`.
    pub out_dir: bool,
    /// What another tool found in the sources.
    pub index: Option<Arc<Index>>,
    /// Crates of other people.
    pub registry: Option<Arc<OtherCrates>>,
}

/// Runs every stage.
///
/// # Errors
/// `cancel` alone: everything else that is wrong is a note or a problem in the result.
pub fn analyze(
    gathered: Gathered,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Analysis, AnalysisError> {
    let plan = Plan::new(gathered);
    go_on(cancel)?;
    let read = |file, edition| Arc::new(facts::read(&plan.sources.file(file).text, edition));
    let resolution = plan.resolve(&read, None, None, progress, cancel)?.finished();
    progress(Progress { phase: Phase::Judging, done: 0, total: 0 });
    let (model, _) = Model::new(&plan.workspace, &plan.sources, &resolution);
    plan.judge(&resolution, Arc::new(model), None, cancel)
}

/// # Errors
/// If the analysis is cancelled.
pub(super) fn go_on(cancel: &AtomicBool) -> Result<(), AnalysisError> {
    if cancel.load(Ordering::Relaxed) { Err(AnalysisError::Cancelled) } else { Ok(()) }
}

/// What is known before any file is parsed.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) root: PathBuf,
    pub(super) workspace: Arc<Workspace>,
    pub(super) sources: Arc<SourceTree>,
    pub(super) configured: Configured,
    baselines: ConfigFiles,
    baseline: Option<Baseline>,
    baseline_problems: Vec<Problem>,
    labels: Vec<Vec<String>>,
    owners_file: Option<OwnersFile>,
    codeowners: Option<Codeowners>,
    beyond: Beyond,
    /// What the crates of `beyond` show.
    outside: Option<Arc<Outside>>,
    date: Date,
    commit: Option<Commit>,
    earlier: Option<Arc<Earlier>>,
    of_another_time: bool,
    /// On what was gathered, and on CODEOWNERS.
    notes: Vec<Note>,
    unread: Vec<Note>,
}

impl Plan {
    pub(super) fn new(gathered: Gathered) -> Self {
        let Gathered {
            root,
            workspace,
            sources,
            config: config_file,
            manifests,
            baselines,
            codeowners: owners_file,
            beyond,
            date,
            commit,
            earlier,
            of_another_time,
            notes,
        } = gathered;
        let read = owners_file.as_ref().map(|file| Codeowners::read(&file.path, &file.workspace, &file.text));
        let (codeowners, unread) = read.map_or((None, Vec::new()), |(read, unread)| (Some(read), unread));
        let baselines = ConfigFiles::new(baselines);
        // What is accepted is not known if a line cannot be read: then nothing is denied, and `check` refuses to judge.
        let (baseline, baseline_problems) = match Baseline::read_all(&baselines) {
            Ok(baseline) => (baseline, Vec::new()),
            Err(problems) => (None, problems),
        };
        let configured = Configured::new(config_file, manifests, &workspace, &sources);
        let labels = label::labels(&workspace);
        let outside = configured.outside(&beyond);
        Self {
            root,
            workspace,
            sources,
            configured,
            baselines,
            baseline,
            baseline_problems,
            labels,
            owners_file,
            codeowners,
            beyond,
            outside,
            date,
            commit,
            earlier,
            of_another_time,
            notes,
            unread,
        }
    }

    pub(super) fn has_owners(&self) -> bool {
        self.codeowners.is_some()
    }

    pub(super) fn owners_of(&self, path: &str) -> String {
        self.codeowners.as_ref().map(|codeowners| codeowners.owners(path).join(" ")).unwrap_or_default()
    }

    /// The same with another riprap.toml.
    pub(super) fn under(&self, config: Option<SourceFile>) -> Self {
        let manifests = self.configured.manifests.clone();
        let configured = Configured::new(config, manifests, &self.workspace, &self.sources);
        let outside = match configured.resolves_like(&self.configured) {
            true => self.outside.clone(),
            false => configured.outside(&self.beyond),
        };
        Self { configured, outside, ..self.clone() }
    }

    /// Whether another state is judged by the same.
    pub(super) fn is_judged_like(&self, other: &Gathered) -> bool {
        let same = |a: &Option<SourceFile>, b: &Option<SourceFile>| {
            a.as_ref().map(|file| (&file.path, &file.text)) == b.as_ref().map(|file| (&file.path, &file.text))
        };
        same(&self.configured.file, &other.config)
            && self.configured.manifests == other.manifests
            && self.baselines == ConfigFiles::new(other.baselines.clone())
            && self.owners_file == other.codeowners
    }

    /// The files with other texts in another state, if nothing else is different that names depend on beside what it is
    /// judged by.
    pub(super) fn edits(&self, other: &Gathered) -> Option<Vec<SourceFile>> {
        let reads_alike = self.beyond.words.is_empty() && other.beyond.words.is_empty();
        if !reads_alike || self.root != other.root || *self.workspace != *other.workspace {
            return None;
        }
        if !self.sources.has_paths_of(&other.sources) {
            return None;
        }
        let mut edited = Vec::new();
        for (old, new) in self.sources.ids().map(|id| (self.sources.file(id), other.sources.file(id))) {
            if !Arc::ptr_eq(&old.text, &new.text) && old.text != new.text {
                edited.push(new.clone());
            }
        }
        // The names that a build script sets under `cfg` count for its whole package.
        let scripts = self.workspace.packages.iter().flat_map(|package| &package.targets);
        let mut scripts = scripts.filter(|target| target.kind == TargetKind::BuildScript);
        let is_script = scripts.any(|script| edited.iter().any(|file| file.path == script.root));
        (!is_script).then_some(edited)
    }

    /// Whether files that are the same mean the same under both, as far as names go.
    pub(super) fn reads_like(&self, other: &Self) -> bool {
        self.beyond.words.is_empty()
            && other.beyond.words.is_empty()
            && *self.workspace == *other.workspace
            && self.configured.cfg == other.configured.cfg
    }

    /// The same with other files, as a patch leaves them.
    pub(super) fn patched(
        &self,
        workspace: Arc<Workspace>,
        sources: Arc<SourceTree>,
        config: Option<SourceFile>,
    ) -> Self {
        let manifests = self.configured.manifests.clone();
        let configured = Configured::new(config, manifests, &workspace, &sources);
        let labels = label::labels(&workspace);
        Self { workspace, sources, configured, labels, ..self.clone() }
    }

    pub(super) fn reads_outside(&self) -> bool {
        self.outside.is_some()
    }

    /// What could not be seen is the same.
    pub(super) fn notes_are(&self, notes: &[Note]) -> bool {
        self.notes == notes
    }

    /// The same in another commit.
    pub(super) fn move_to(&mut self, date: Date, commit: Option<Commit>, notes: Vec<Note>) {
        (self.date, self.commit, self.notes) = (date, commit, notes);
    }

    /// What `resolve` reads; `facts` is called once per file and edition.
    pub(super) fn input<'a>(
        &'a self,
        facts: &'a (dyn Fn(FileId, Edition) -> Arc<FileFacts> + Sync),
        expansions: Option<&'a Expansions>,
        read: &'a (dyn Fn() + Sync),
    ) -> resolve::Input<'a> {
        let Self { workspace, sources, labels, configured, beyond, outside, .. } = self;
        resolve::Input {
            workspace,
            sources,
            labels,
            cfg: &configured.cfg,
            out_dir: beyond.out_dir,
            index: beyond.index.as_deref(),
            outside: outside.as_ref(),
            facts,
            expansions,
            read,
        }
    }

    /// Parses what the module trees lead to, and resolves every name.
    pub(super) fn resolve(
        &self,
        facts: &(dyn Fn(FileId, Edition) -> Arc<FileFacts> + Sync),
        expansions: Option<&Expansions>,
        before: Option<&resolve::Before>,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Resolution, AnalysisError> {
        let done = AtomicUsize::new(0);
        let counted = |file, edition| {
            // A cancelled run reads nothing more; what it would find is thrown away below.
            if cancel.load(Ordering::Relaxed) {
                return Arc::default();
            }
            let done = done.fetch_add(1, Ordering::Relaxed);
            if done.is_multiple_of(64) {
                // How many files the module trees lead to is not known before.
                progress(Progress { phase: Phase::Facts, done, total: 0 });
            }
            facts(file, edition)
        };
        let read = || progress(Progress { phase: Phase::Resolving, done: 0, total: 0 });
        let resolution = resolve::resolve_after(before, &self.input(&counted, expansions, &read));
        go_on(cancel)?;
        Ok(resolution)
    }

    /// From a model to a verdict; `memory` holds what was read for earlier revisions.
    pub(super) fn judge(
        &self,
        resolution: &Resolution,
        model: Arc<Model>,
        memory: Option<&rules::Memory>,
        cancel: &AtomicBool,
    ) -> Result<Analysis, AnalysisError> {
        let (workspace, sources) = (&self.workspace, &self.sources);
        let Configured { file, files, config, problems, target, .. } = &self.configured;
        let mut notes: Vec<Note> = self.notes.iter().chain(&self.unread).cloned().collect();
        let mut problems = problems.clone();
        notes.extend(orphans(workspace, sources, &resolution.reached));
        let folders = package_folders(workspace, &model);
        let intent = config.intent.clone();
        let owners = self.codeowners.as_ref().map(|codeowners| Arc::new(codeowners.of_files(sources)));
        let code = Code { model: &model, folders: &folders, sources, owners: owners.as_ref() };
        let laid = match self.of_another_time {
            true => boundary::resolve_of_another_time(code, intent),
            false => boundary::resolve(code, intent),
        };
        let boundaries = laid.unwrap_or_else(|found| {
            problems.extend(found);
            Boundaries::default()
        });
        // A configuration with problems judges nothing: half an intent is worse than none.
        let sound = problems.is_empty();
        let levels = if sound { config.levels.clone() } else { Config::default().levels };
        let boundaries = if sound { boundaries } else { Boundaries::default() };
        let published = published(workspace, &model);
        let context = rules::Context::new(&model, &boundaries)
            .with_sources(sources)
            .with_memory(memory)
            .with_options(config.options)
            .with_published(&published)
            .with_earlier(self.earlier.as_deref());
        let terms = Terms { levels, baseline: self.baseline.as_ref(), date: self.date };
        let verdict = verdict::judge(&context, &terms);
        go_on(cancel)?;
        notes.extend(model.notes().iter().cloned());
        notes.sort();
        notes.dedup();
        Ok(Analysis {
            root: self.root.clone(),
            commit: self.commit.clone(),
            revision: self.commit.as_ref().map_or_else(|| WORKTREE.to_owned(), |commit| commit.id.to_string()),
            workspace: Arc::clone(workspace),
            sources: Arc::clone(sources),
            model,
            boundaries,
            verdict,
            config: file.clone(),
            config_files: files.clone(),
            problems,
            filing: config.filing,
            baselines: self.baselines.clone(),
            baseline_problems: self.baseline_problems.clone(),
            features: selection_text(&config.features),
            target: target.clone(),
            enrich: self.beyond.words.clone(),
            notes,
        })
    }
}

/// What riprap.toml and manifests say, and which `cfg` branches count because of it.
#[derive(Clone)]
pub(super) struct Configured {
    pub(super) file: Option<SourceFile>,
    manifests: Vec<SourceFile>,
    /// Both.
    files: ConfigFiles,
    config: Config,
    /// Of the texts alone; more may be found when it meets the model.
    problems: Vec<Problem>,
    target: String,
    cfg: Vec<CfgOptions>,
}

impl Configured {
    fn new(file: Option<SourceFile>, manifests: Vec<SourceFile>, workspace: &Workspace, sources: &SourceTree) -> Self {
        let files = ConfigFiles::new(file.iter().chain(&manifests).cloned());
        let (config, mut problems) = match config::read_all(&files) {
            Ok(config) => (config, Vec::new()),
            Err(problems) => (Config::default(), problems),
        };
        let target = config.target.clone().unwrap_or_else(|| DEFAULT_TARGET.to_owned());
        let cfg = cfg_options(workspace, sources, &config.features, &target).unwrap_or_else(|message| {
            problems.extend(target_problem(&config, message));
            cfg_options(workspace, sources, &config.features, DEFAULT_TARGET).unwrap_or_default()
        });
        Self { file, manifests, files, config, problems, target, cfg }
    }

    /// Whether names mean the same under both.
    pub(super) fn resolves_like(&self, other: &Self) -> bool {
        self.config.features == other.config.features && self.target == other.target
    }

    /// What crates of other people show under this configuration.
    fn outside(&self, beyond: &Beyond) -> Option<Arc<Outside>> {
        let crates = beyond.registry.as_deref()?;
        let options = |target| cfg_options(&crates.workspace, &crates.sources, &self.config.features, target);
        let cfg = options(&self.target).or_else(|_| options(DEFAULT_TARGET)).unwrap_or_default();
        Some(Arc::new(resolve::surfaces(crates, &cfg)))
    }

    pub(super) fn is_readable(&self) -> bool {
        self.problems.is_empty()
    }
}

fn target_problem(config: &Config, message: String) -> Option<Problem> {
    config.target.as_ref()?;
    Some(Problem::new(Span::default(), message, "no such target"))
}

/// Per package: the target's cfg, its features, and the names that its build script may set.
fn cfg_options(
    workspace: &Workspace,
    sources: &SourceTree,
    selection: &FeatureSelection,
    target: &str,
) -> Result<Vec<CfgOptions>, String> {
    let platform = CfgOptions::for_target(target, Default::default()).map_err(|error| error.to_string())?;
    let activated = features::unify(workspace, selection, &platform);
    Ok(workspace
        .packages
        .par_iter()
        .zip(activated)
        .map(|(package, activated)| {
            let mut options = platform.clone();
            options.features = activated.features;
            let build_scripts = package.targets.iter().filter(|it| it.kind == TargetKind::BuildScript);
            for script in build_scripts.filter_map(|script| sources.find(&script.root)) {
                options.unknown.extend(emitted_cfgs(&sources.file(script).text));
            }
            options
        })
        .collect())
}

/// The names in `cargo::rustc-cfg=NAME` of a build script's text (RESOLUTION.md G5).
fn emitted_cfgs(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split("rustc-cfg=").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    })
}

/// Files below a package's `src` that no `mod` names (RESOLUTION.md F19).  A copy or link of a file that is used is none.
fn orphans(workspace: &Workspace, sources: &SourceTree, reached: &[FileId]) -> Vec<Note> {
    let folders: Vec<String> =
        workspace.packages.iter().map(|package| format!("{}/", source::join(&package.folder, "src"))).collect();
    let in_package = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
    let unreached = sources.ids().filter(|id| reached.binary_search(id).is_err()).map(|id| sources.file(id));
    let unreached: Vec<&SourceFile> = unreached.filter(|file| in_package(&file.path)).collect();
    let lengths: FxHashSet<usize> = unreached.iter().map(|file| file.text.len()).collect();
    let used = reached.iter().map(|id| &*sources.file(*id).text).filter(|text| lengths.contains(&text.len()));
    let used: FxHashSet<&str> = used.collect();
    let note = |file: &&SourceFile| Note {
        kind: "orphan-file",
        path: file.path.clone(),
        at: None,
        detail: "no target and no `mod` that could be read names this file".to_owned(),
    };
    unreached.iter().filter(|file| !used.contains(&*file.text)).map(note).collect()
}

/// The packages that a registry may have.
pub(super) fn published(workspace: &Workspace, model: &Model) -> Vec<NodeId> {
    let is_published = |node: &NodeId| {
        let name = &*model.node(*node).name;
        workspace.packages.iter().any(|package| package.name == name && package.is_publishable())
    };
    model.packages().filter(is_published).collect()
}

fn selection_text(selection: &FeatureSelection) -> String {
    match selection {
        FeatureSelection::Default => "default".to_owned(),
        FeatureSelection::All => "all".to_owned(),
        FeatureSelection::List(names) => names.join(","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_scripts_announce_their_cfgs() {
        let text = r#"println!("cargo::rustc-cfg=has_x"); println!("cargo:rustc-cfg=nightly={}", 1); "rustc-cfg={n}""#;
        assert_eq!(emitted_cfgs(text).collect::<Vec<_>>(), ["has_x", "nightly"]);
    }
}
