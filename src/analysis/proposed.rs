//! A riprap.toml for a workspace that has none, tried before it is offered; and what one that there is lacks.
//!
//! In: an analysed workspace.  Out: [`Proposed`], and the text with what is new.  Not here: what is proposed (`propose`), and
//! writing it.

use std::sync::atomic::AtomicBool;

use super::analyze::published;
use super::{Analysis, AnalysisError, Live};
use crate::boundary::Boundaries;
use crate::edit::{self, Change, Refusal};
use crate::model::NodeId;
use crate::propose::{Groups, Proposal};

/// A riprap.toml, and what it would lead to.
#[derive(Debug)]
pub struct Proposed {
    pub text: String,
    pub analysis: Analysis,
}

/// What an existing riprap.toml lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// `None` if nothing could be added.
    pub text: Option<String>,
    /// Each new boundary with what it contains.
    pub boundaries: Vec<(String, Vec<String>)>,
    /// Packages for which no boundary could be added, and why.
    pub refused: Vec<(String, Refusal)>,
}

impl Live {
    /// Boundaries for a workspace that has none; `None` where no workspace is analysed.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn propose(&self, analysis: &Analysis, cancel: &AtomicBool) -> Result<Option<Proposed>, AnalysisError> {
        let mut groups = Groups::of(&analysis.model, &member_folders(analysis));
        let has_owners = self.has_owners();
        let published = published(&analysis.workspace, &analysis.model);
        let of = |groups: &Groups, boundaries: &Boundaries, internals: &[NodeId]| {
            Proposal::of(groups.clone(), &analysis.model, boundaries, internals, &published, has_owners)
        };
        // Which code a pattern wins is known only on the model: groups first, then what they are to each other.
        let tried = |groups: &Groups| self.under(&of(groups, &Boundaries::default(), &[]).text(), cancel);
        let Some(mut grouped) = tried(&groups)? else { return Ok(None) };
        // What is put together by its name alone must not close a ring.
        let rings = grouped.verdict.violations.iter().filter(|judged| judged.violation.rule == "boundary-cycle");
        let in_rings: Vec<String> = rings.flat_map(|judged| judged.violation.members.iter().cloned()).collect();
        let apart = groups.clone().without(&in_rings);
        if apart != groups {
            groups = apart;
            let Some(again) = tried(&groups)? else { return Ok(None) };
            grouped = again;
        }
        let violations = grouped.verdict.violations.iter().map(|judged| &judged.violation);
        let internals = violations.filter(|violation| violation.rule == "internal-access");
        let internals: Vec<NodeId> = internals.filter_map(|violation| violation.to_node).collect();
        // The model is the same under every riprap.toml.
        let text = of(&groups, &grouped.boundaries, &internals).text();
        Ok(self.under(&text, cancel)?.map(|analysis| Proposed { text, analysis }))
    }
}

/// The riprap.toml of an analysis with a boundary for each package that has none; nothing else is changed.
pub fn add_missing(analysis: &Analysis) -> Added {
    let (model, boundaries, folders) = (&analysis.model, &analysis.boundaries, analysis.package_folders());
    let mut added = Added::default();
    let Some(config) = &analysis.config else { return added };
    let mut text = config.text.to_string();
    for (package, folder) in member_folders(analysis) {
        let name = model.node(package).name.to_string();
        if has_boundary(analysis, package) {
            continue;
        }
        let of_folder = folder.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(&name).to_owned();
        let is_taken =
            |name: &String| boundaries.find(name).is_some() || added.boundaries.iter().any(|(taken, _)| taken == name);
        let free = [of_folder, name.clone()].into_iter().find(|name| !is_taken(name)).unwrap_or_else(|| name.clone());
        let declared = Change::declare(model, &folders, boundaries, &free, &[package]);
        match declared.and_then(|change| Ok((edit::apply(Some(&text), &change)?, change))) {
            Ok((with, Change::Declare { name, contains, .. })) => {
                text = with;
                added.boundaries.push((name, contains));
            }
            Ok(_) => {}
            Err(refusal) => added.refused.push((name, refusal)),
        }
    }
    added.text = (!added.boundaries.is_empty()).then_some(text);
    added
}

/// The members of a workspace, each with its folder.
fn member_folders(analysis: &Analysis) -> Vec<(NodeId, String)> {
    let is_member = |node: NodeId| {
        let name = &*analysis.model.node(node).name;
        analysis.workspace.packages.iter().any(|package| package.member && package.name == name)
    };
    analysis.package_folders().into_iter().filter(|(node, _)| is_member(*node)).collect()
}

/// Any code of a package belongs to a boundary.
fn has_boundary(analysis: &Analysis, package: NodeId) -> bool {
    let mut modules = analysis.model.module_ids().filter(|module| analysis.model.is_within(*module, package));
    modules.any(|module| analysis.boundaries.of(module).is_some())
}
