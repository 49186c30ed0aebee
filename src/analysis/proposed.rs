//! A riprap.toml for a workspace that has none, tried before it is offered; and what one that there is lacks.
//!
//! In: an analysed workspace, and what its code shall be put together by, or a plan that a person made.  Out: [`Proposed`],
//! and the text with what is new.  Not here: what is proposed (`propose`), and writing it.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::analyze::published;
use super::{Analysis, AnalysisError, Live};
use crate::boundary::Boundaries;
use crate::edit::{self, Change, Refusal};
use crate::findings::Edits;
use crate::history::{Behaviour, Belonging, Ground};
use crate::model::NodeId;
use crate::propose::{GroupBy, Groups, Plan, Proposal, Together, by_community, by_owner, give_reasons, units};
use crate::source::FileId;

/// What a riprap.toml is asked from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    By(GroupBy),
    /// As a person put it together.
    Plan(Plan),
}

/// A riprap.toml, and what it would lead to.
#[derive(Debug)]
pub struct Proposed {
    pub plan: Plan,
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
    /// Boundaries for a workspace that has none; `None` where no workspace is analysed.  `edits`: what was changed of late.
    ///
    /// # Errors
    /// `cancel` alone.
    pub fn propose(
        &self,
        analysis: &Analysis,
        wish: Wish,
        edits: Option<&Edits>,
        cancel: &AtomicBool,
    ) -> Result<Option<Proposed>, AnalysisError> {
        let (model, folders) = (&analysis.model, member_folders(analysis));
        let packages: Vec<NodeId> = folders.iter().map(|(package, _)| *package).collect();
        let by_parts = |(parts, remark)| {
            let templates = Groups::of(model, &folders, GroupBy::Folder).templates;
            let mut plan = Plan { remark, ..Plan::new(templates, parts) };
            give_reasons(&mut plan, model, &together(analysis, &packages, edits));
            plan
        };
        let plan = match wish {
            Wish::By(by @ (GroupBy::Usual | GroupBy::Folder | GroupBy::Prefix)) => {
                let grouped = self.grouped(analysis, &folders, by, cancel)?;
                let Some((mut groups, boundaries)) = grouped else { return Ok(None) };
                let mut plan = Plan::of(&groups, &boundaries);
                if by == GroupBy::Prefix {
                    give_reasons(&mut plan, model, &together(analysis, &packages, edits));
                    plan.tell_reasons(&mut groups);
                }
                return self.laid(analysis, plan, &groups, cancel);
            }
            Wish::By(GroupBy::Owner) => {
                let owners = |file: FileId| self.owners_of(&analysis.sources.file(file).path);
                by_parts((by_owner(model, &packages, &owners), String::new()))
            }
            Wish::By(GroupBy::Community) => {
                by_parts(by_community(model, &folders, &together(analysis, &packages, edits)))
            }
            Wish::Plan(plan) => plan,
        };
        let groups = plan.groups(model, &folders);
        self.laid(analysis, plan, &groups, cancel)
    }

    /// What folders, names and modules suggest.
    fn grouped(
        &self,
        analysis: &Analysis,
        folders: &[(NodeId, String)],
        by: GroupBy,
        cancel: &AtomicBool,
    ) -> Result<Option<(Groups, Boundaries)>, AnalysisError> {
        let groups = Groups::of(&analysis.model, folders, by);
        let Some(grouped) = self.tried(analysis, &groups, cancel)? else { return Ok(None) };
        // What is put together by its name alone must not close a ring.
        let rings = grouped.verdict.violations.iter().filter(|judged| judged.violation.rule == "boundary-cycle");
        let in_rings: Vec<String> = rings.flat_map(|judged| judged.violation.members.iter().cloned()).collect();
        let apart = groups.clone().without(&in_rings);
        if apart == groups {
            return Ok(Some((groups, grouped.boundaries)));
        }
        let again = self.tried(analysis, &apart, cancel)?;
        Ok(again.map(|again| (apart, again.boundaries)))
    }

    /// Groups alone, judged: which code a pattern wins is known only on the model.
    fn tried(
        &self,
        analysis: &Analysis,
        groups: &Groups,
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, AnalysisError> {
        self.under(&self.proposal(analysis, groups, &Boundaries::default(), &[]).text(), cancel)
    }

    /// Groups with what they are to each other, judged.
    fn laid(
        &self,
        analysis: &Analysis,
        plan: Plan,
        groups: &Groups,
        cancel: &AtomicBool,
    ) -> Result<Option<Proposed>, AnalysisError> {
        let Some(grouped) = self.tried(analysis, groups, cancel)? else { return Ok(None) };
        let violations = grouped.verdict.violations.iter().map(|judged| &judged.violation);
        let internals = violations.filter(|violation| violation.rule == "internal-access");
        let internals: Vec<NodeId> = internals.filter_map(|violation| violation.to_node).collect();
        // The model is the same under every riprap.toml.
        let text = self.proposal(analysis, groups, &grouped.boundaries, &internals).text();
        Ok(self.under(&text, cancel)?.map(|analysis| Proposed { plan, text, analysis }))
    }

    fn proposal(
        &self,
        analysis: &Analysis,
        groups: &Groups,
        boundaries: &Boundaries,
        internals: &[NodeId],
    ) -> Proposal {
        let published = published(&analysis.workspace, &analysis.model);
        Proposal::of(groups.clone(), &analysis.model, boundaries, internals, &published, self.has_owners())
    }
}

/// What was changed together, of the pieces that are put together.
fn together(analysis: &Analysis, packages: &[NodeId], edits: Option<&Edits>) -> Vec<Together> {
    let Some(edits) = edits else { return Vec::new() };
    let model = &analysis.model;
    let units = units(model, packages);
    let unit_of = |node: NodeId| model.ancestors(node).find_map(|node| units.iter().position(|unit| *unit == node));
    let mut ground = Ground::default();
    // Of several modules in one file, the outermost comes first.
    let mut modules: Vec<NodeId> = model.module_ids().filter(|module| !model.node(*module).test).collect();
    modules.sort_by_key(|module| std::cmp::Reverse(model.depth(*module)));
    for module in modules {
        if let (Some(file), Some(unit)) = (model.node(module).file, unit_of(module)) {
            let belonging = Belonging { boundary: Some(unit.to_string()), ..Belonging::default() };
            ground.files.insert(analysis.sources.file(file).path.clone(), belonging);
        }
    }
    let index: BTreeMap<String, NodeId> = units.iter().enumerate().map(|(at, unit)| (at.to_string(), *unit)).collect();
    let behaviour = Behaviour::new(&ground, &edits.commits);
    let pairs = behaviour.boundaries.iter().filter_map(|pair| {
        let (a, b) = (*index.get(&pair.a)?, *index.get(&pair.b)?);
        Some(Together { a, b, of: pair.commits.0, together: pair.together, lift: pair.lift })
    });
    pairs.collect()
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
