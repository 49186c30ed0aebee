//! Whether a dependency that nobody has written yet would be right.
//!
//! In: an analysed workspace, and two names.  Out: [`Answer`]: what the compiler, Cargo and the rules would say.  The
//! rules are those of `check`, over the model with one reference more.  Not here: printing it.

use std::sync::atomic::AtomicBool;

use rustc_hash::FxHashSet;

use super::{Analysis, AnalysisError, Session};
use crate::boundary::spelling::did_you_mean;
use crate::model::{NodeId, NodeKind, Visibility, Way};
use crate::verdict::Judged;
use crate::workspace::{DependencyKind, PackageId, Workspace};

/// What would happen.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The path of the module that would refer.
    pub from: String,
    /// The path as code would write it.
    pub to: String,
    /// Why the program would not compile, whatever the rules say.
    pub impossible: Option<String>,
    /// What has to be added to a Cargo.toml first.
    pub needs: Option<String>,
    /// What it would break, as `check` would tell it.
    pub violations: Vec<Judged>,
    /// There is a riprap.toml.
    pub configured: bool,
}

impl Answer {
    pub fn is_allowed(&self) -> bool {
        self.impossible.is_none() && !self.violations.iter().any(|judged| judged.denied)
    }
}

/// A name that means nothing here, with what may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing here is called `{name}`{}", hint.as_deref().map_or_else(String::new, |hint| format!("; {hint}")))]
pub struct UnknownName {
    name: String,
    hint: Option<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum MayError {
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

/// May `from` use `to`?  Both name a module, an item, a package or a boundary; `to` may be a path through re-exports.
///
/// # Errors
/// Names that mean nothing, and `cancel`.
pub(super) fn may(
    session: &Session,
    analysis: &Analysis,
    from: &str,
    to: &str,
    cancel: &AtomicBool,
) -> Result<Answer, MayError> {
    let module = referring(analysis, from)?;
    let way = way(analysis, to)?;
    let model = &analysis.model;
    let mut answer = Answer {
        from: model.path(module).to_owned(),
        to: written(analysis, &way),
        configured: analysis.verdict.configured,
        ..Answer::default()
    };
    answer.impossible = refused(analysis, module, &way);
    if answer.impossible.is_none() {
        answer.needs = missing_dependency(analysis, module, way.to);
    }
    let known: FxHashSet<&str> = analysis.verdict.violations.iter().map(|judged| &*judged.violation.id).collect();
    if let Some((supposed, reference)) = session.supposing(module, &way, cancel)? {
        let concerns = |judged: &Judged| {
            !known.contains(&*judged.violation.id) || judged.violation.references.contains(&reference)
        };
        answer.violations = supposed.verdict.violations.into_iter().filter(concerns).collect();
    }
    Ok(answer)
}

/// The module that a name stands for where it refers to something.
fn referring(analysis: &Analysis, name: &str) -> Result<NodeId, UnknownName> {
    let way = analysis.model.way(&path(analysis, name));
    way.and_then(|way| analysis.model.module_of(way.to)).ok_or_else(|| unknown(analysis, name))
}

/// The path that a name stands for; a bare target name is that of a library, or else of a program.
fn path(analysis: &Analysis, name: &str) -> String {
    let model = &analysis.model;
    let in_program = format!("bin:{name}");
    match named(analysis, name) {
        Some(node) => model.path(node).to_owned(),
        None if model.way(name).is_none() && model.way(&in_program).is_some() => in_program,
        None => name.to_owned(),
    }
}

/// A crate alone is not used yet: the first thing that it shows stands for it.
fn way(analysis: &Analysis, name: &str) -> Result<Way, UnknownName> {
    let model = &analysis.model;
    let path = path(analysis, name);
    let way = model.way(&path).ok_or_else(|| unknown(analysis, name))?;
    if !way.steps.is_empty() {
        return Ok(way);
    }
    let shown = model.exports(way.to).iter().find(|export| export.visibility == Visibility::Public);
    let first = shown.and_then(|export| model.way(&format!("{path}::{}", model.symbol(export.name))));
    Ok(first.unwrap_or(way))
}

/// Of a boundary the root of its own name or else the first, of a package its library or else the first program.
fn named(analysis: &Analysis, name: &str) -> Option<NodeId> {
    let (model, boundaries) = (&analysis.model, &analysis.boundaries);
    if let Some(boundary) = boundaries.find(name) {
        let roots = boundaries.roots(boundary);
        let own = roots.iter().find(|root| *model.node(**root).name == *name);
        return own.or_else(|| roots.first()).and_then(|root| crate_of(analysis, *root));
    }
    let package = model.packages().find(|package| &*model.node(*package).name == name)?;
    crate_of(analysis, package)
}

/// A module as it is; of a package its library, or what comes first.
fn crate_of(analysis: &Analysis, node: NodeId) -> Option<NodeId> {
    let model = &analysis.model;
    if model.node(node).kind != NodeKind::Package {
        return Some(node);
    }
    let targets = model.children(node);
    let is_library = |node: &&NodeId| matches!(model.node(**node).kind, NodeKind::Target(kind) if kind.is_library());
    targets.iter().find(is_library).or_else(|| targets.first()).copied()
}

fn unknown(analysis: &Analysis, name: &str) -> UnknownName {
    let model = &analysis.model;
    let boundaries = analysis.boundaries.ids().map(|id| analysis.boundaries.name(id));
    let nodes = model.node_ids().map(|id| model.path(id)).filter(|path| !path.is_empty());
    let shown: Vec<String> = model
        .module_ids()
        .flat_map(|module| model.exports(module).iter().map(move |export| (module, export)))
        .filter(|(_, export)| export.reexport)
        .map(|(module, export)| format!("{}::{}", model.path(module), model.symbol(export.name)))
        .collect();
    let known = boundaries.chain(nodes).chain(shown.iter().map(String::as_str));
    UnknownName { name: name.to_owned(), hint: did_you_mean(name, known) }
}

fn written(analysis: &Analysis, way: &Way) -> String {
    let model = &analysis.model;
    let Some(first) = way.steps.first() else { return model.path(way.to).to_owned() };
    let names: Vec<&str> = way.steps.iter().map(|step| step.name.as_str()).collect();
    let below = match way.steps.last() {
        Some(last) if last.node != way.to => model.path(way.to).strip_prefix(model.path(last.node)).unwrap_or_default(),
        _ => "",
    };
    format!("{}::{}{below}", model.path(first.module), names.join("::"))
}

/// What the compiler or Cargo would refuse.
fn refused(analysis: &Analysis, from: NodeId, way: &Way) -> Option<String> {
    let model = &analysis.model;
    let (own, other) = (model.target_of(from)?, model.target_of(way.to)?);
    if own != other && !matches!(model.node(other).kind, NodeKind::Target(kind) if kind.is_library()) {
        return Some(format!("`{}` is no library: only its own code can name what is in it", model.path(other)));
    }
    if let Some(step) = way.hidden_from(model, from) {
        return Some(format!(
            "the compiler refuses it: `{}` is not visible outside `{}`",
            step.name,
            match step.visibility {
                Visibility::Within(module) => model.path(module),
                Visibility::Public => model.path(step.module),
            }
        ));
    }
    let (from, to) = (package(analysis, from)?, package(analysis, way.to)?);
    (from != to && reaches(&analysis.workspace, to, from)).then(|| {
        let name = |id: PackageId| &analysis.workspace.package(id).name;
        format!("Cargo allows no ring of packages: `{}` depends on `{}` already", name(to), name(from))
    })
}

fn missing_dependency(analysis: &Analysis, from: NodeId, to: NodeId) -> Option<String> {
    let (from, to) = (package(analysis, from)?, package(analysis, to)?);
    let workspace = &analysis.workspace;
    let lists = || {
        workspace
            .package(from)
            .dependencies
            .iter()
            .any(|dependency| dependency.local == Some(to) && dependency.kind == DependencyKind::Normal)
    };
    (from != to && !lists()).then(|| {
        format!("the Cargo.toml of `{}` has to list `{}`", workspace.package(from).name, workspace.package(to).name)
    })
}

fn package(analysis: &Analysis, node: NodeId) -> Option<PackageId> {
    let name = &*analysis.model.node(analysis.model.package_of(node)?).name;
    analysis.workspace.package_ids().find(|id| analysis.workspace.package(*id).name == name)
}

/// Whether a package needs another one to be built, directly or not; what only tests need makes no ring.
fn reaches(workspace: &Workspace, from: PackageId, to: PackageId) -> bool {
    let (mut open, mut seen) = (vec![from], FxHashSet::from_iter([from]));
    while let Some(package) = open.pop() {
        let dependencies = workspace.package(package).dependencies.iter();
        for next in dependencies.filter(|it| it.kind != DependencyKind::Dev).filter_map(|it| it.local) {
            if next == to {
                return true;
            }
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}
