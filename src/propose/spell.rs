//! Patterns for a plan: few, short, and exact.
//!
//! In: a [`Plan`], a model, the folders of its packages.  Out: [`Groups`] that give each part its code and no other.  A
//! template is kept where it says much of the plan, a folder where all in it belongs together, a name with a star where all
//! that begin alike do.  Not here: comments.

use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Groups, Part, Plan};
use crate::boundary::{
    Boundaries, Code, Declaration, Intent, Pattern, Placed, Problem, Template, resolve_of_another_time,
};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::{SourceTree, Span};

/// What a template calls what it matches.
const VARIABLE: &str = "<name>";

/// A template says at least this part of what it matches as it stands; else tables say it all.
const WORTH: usize = 3;

type Folders<'a> = &'a [(NodeId, String)];

impl Plan {
    /// What the plan is in patterns.
    pub fn groups(&self, model: &Model, folders: Folders<'_>) -> Groups {
        let templates = self.worthy(model, folders);
        let attempts = [(templates.as_slice(), true), (templates.as_slice(), false), (&[][..], false)];
        let spelled =
            attempts.into_iter().map(|(templates, is_short)| self.spelled(templates, is_short, model, folders));
        let mut last = Groups::default();
        for groups in spelled {
            last = groups;
            if self.is_said_by(&last, model, folders) {
                break;
            }
        }
        last
    }

    fn spelled(&self, templates: &[String], is_short: bool, model: &Model, folders: Folders<'_>) -> Groups {
        let said = bound(templates, model, folders);
        let needs_table = |part: &&Part| said.get(&part.name) != Some(&part.code);
        let group = |part: &Part| Group {
            name: part.name.clone(),
            contains: if is_short { patterns(&part.code, model, folders) } else { exact(&part.code, model) },
            by: part.by,
            why: part.why.clone(),
        };
        Groups {
            templates: templates.to_vec(),
            groups: self.parts.iter().filter(needs_table).map(group).collect(),
            remark: self.remark.clone(),
        }
    }

    /// Templates that say much of the plan as it stands, and nothing that is in no part.
    fn worthy(&self, model: &Model, folders: Folders<'_>) -> Vec<String> {
        let is_worthy = |template: &&String| {
            let said = bound(std::slice::from_ref(template), model, folders);
            let same = self.parts.iter().filter(|part| said.get(&part.name) == Some(&part.code)).count();
            let mut all = said.values().flatten();
            same > 1 && same * WORTH >= said.len() && all.all(|node| self.part_of(model, *node).is_some())
        };
        self.templates.iter().filter(is_worthy).cloned().collect()
    }

    /// Whether groups give each module to the part that has it.
    fn is_said_by(&self, groups: &Groups, model: &Model, folders: Folders<'_>) -> bool {
        let declaration = |group: &Group| Declaration {
            name: group.name.clone(),
            contains: group.contains.iter().filter_map(|text| placed(Pattern::parse(text))).collect(),
            ..Declaration::default()
        };
        let intent = Intent {
            boundaries: groups.groups.iter().map(declaration).collect(),
            templates: template(&groups.templates).into_iter().collect(),
            ..Intent::default()
        };
        let Ok(boundaries) = on(model, folders, intent) else { return false };
        let mut modules = model.module_ids();
        modules.all(|module| {
            let said = boundaries.of(module).map(|id| boundaries.name(id));
            said == self.part_of(model, module).map(|part| &*part.name)
        })
    }
}

/// Patterns of plans name folders, packages and modules: no file has to be read.
fn on(model: &Model, folders: Folders<'_>, intent: Intent) -> Result<Boundaries, Vec<Problem>> {
    let sources = SourceTree::default();
    resolve_of_another_time(Code { model, folders, sources: &sources, owners: None }, intent)
}

fn placed(pattern: Result<Pattern, String>) -> Option<Placed<Pattern>> {
    pattern.ok().map(|value| Placed { value, span: Span::default() })
}

fn template(patterns: &[String]) -> Option<Template> {
    let contains: Vec<Placed<Pattern>> =
        patterns.iter().filter_map(|text| placed(Pattern::with_variable(text, VARIABLE))).collect();
    let declaration = Declaration { name: VARIABLE.to_owned(), contains, ..Declaration::default() };
    (!declaration.contains.is_empty()).then(|| Template { variable: VARIABLE.to_owned(), declaration })
}

/// The code of each boundary that templates alone would give.
fn bound(templates: &[String], model: &Model, folders: Folders<'_>) -> BTreeMap<String, Vec<NodeId>> {
    let intent = Intent { templates: template(templates).into_iter().collect(), ..Intent::default() };
    let boundaries: Boundaries = on(model, folders, intent).unwrap_or_default();
    let members = |id| {
        let mut members = boundaries.members(id).to_vec();
        members.sort();
        (boundaries.name(id).to_owned(), members)
    };
    boundaries.ids().map(members).filter(|(_, members)| !members.is_empty()).collect()
}

/// One pattern for each package and module.
fn exact(code: &[NodeId], model: &Model) -> Vec<String> {
    let text = |node: &NodeId| {
        let node = model.node(*node);
        match node.kind {
            NodeKind::Package => node.name.to_string(),
            // A bare name would be a package.
            _ if !node.path.contains(':') => format!("{}::**", node.path),
            _ => node.path.to_string(),
        }
    };
    let mut texts: Vec<String> = code.iter().map(text).collect();
    texts.sort();
    texts
}

/// Few patterns for all of it: what covers most comes first, of equals the shorter.
fn patterns(code: &[NodeId], model: &Model, folders: Folders<'_>) -> Vec<String> {
    let (packages, modules): (Vec<NodeId>, Vec<NodeId>) =
        code.iter().partition(|node| model.node(**node).kind == NodeKind::Package);
    let packages: BTreeSet<NodeId> = packages.into_iter().collect();
    let mut candidates: Vec<(BTreeSet<NodeId>, String)> = Vec::new();
    for text in candidate_texts(&packages, model, folders) {
        let Ok(pattern) = Pattern::parse(&text) else { continue };
        let covered = folders.iter().filter(|(node, folder)| pattern.covers_package(&model.node(*node).name, folder));
        let covered: BTreeSet<NodeId> = covered.map(|(node, _)| *node).collect();
        if !covered.is_empty() && covered.is_subset(&packages) {
            candidates.push((covered, text));
        }
    }
    candidates.sort_by_key(|(covered, text)| (std::cmp::Reverse(covered.len()), text.len(), text.clone()));
    let mut left = packages;
    let mut texts = exact(&modules, model);
    for (covered, text) in candidates {
        if !covered.is_disjoint(&left) {
            left.retain(|node| !covered.contains(node));
            texts.push(text);
        }
    }
    texts.extend(exact(&left.into_iter().collect::<Vec<_>>(), model));
    texts.sort();
    texts
}

/// Folders on the way to packages, beginnings of their names, and the packages themselves.
fn candidate_texts(packages: &BTreeSet<NodeId>, model: &Model, folders: Folders<'_>) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for (node, folder) in folders.iter().filter(|(node, _)| packages.contains(node)) {
        let ends = folder.match_indices('/').map(|(at, _)| at);
        texts.extend(ends.map(|end| format!("{}/*", &folder[..end])));
        let (container, name) = match folder.rsplit_once('/') {
            Some((container, name)) => {
                texts.insert(folder.clone());
                (format!("{container}/"), name)
            }
            None => {
                let name = &*model.node(*node).name;
                texts.insert(name.to_owned());
                (String::new(), name)
            }
        };
        let words = name.match_indices(['-', '_']).map(|(at, _)| format!("{container}{}*", &name[..=at]));
        texts.extend(words);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    const SHOP: &str = "
        package hir crates/hir
        package hir-def crates/hir-def
        package hir-ty crates/hir-ty
        package ide crates/ide
        package ide-db crates/ide-db
        package macros crates/ide/macros
        package db db
        package tool tools/tool
        package lint tools/lint
        mod hir::deep
    ";

    /// Parts as `name: paths`, in patterns.
    #[track_caller]
    fn check(templates: &[&str], parts: &[&str], expected: &[&str]) {
        let fixture = Fixture::new(SHOP);
        let mut plan = Plan { templates: templates.iter().map(|it| (*it).to_owned()).collect(), ..Plan::default() };
        let code = |path: &str| {
            let mut packages = fixture.model.packages();
            packages.find(|package| fixture.model.path(*package) == path).unwrap_or_else(|| fixture.node(path))
        };
        for part in parts {
            let (name, paths) = part.split_once(": ").unwrap();
            let code: Vec<NodeId> = paths.split(' ').map(code).collect();
            plan.put(&fixture.model, &code, name);
        }
        let groups = plan.groups(&fixture.model, &fixture.folders);
        let told = groups.groups.iter().map(|group| format!("{}: {}", group.name, group.contains.join(" ")));
        assert_eq!(groups.templates.iter().cloned().chain(told).collect::<Vec<_>>(), expected);
        assert!(plan.is_said_by(&groups, &fixture.model, &fixture.folders));
    }

    #[test]
    fn what_begins_alike_is_one_pattern_where_no_other_code_does() {
        check(&[], &["a: hir-def hir-ty", "b: hir ide ide-db"], &["a: crates/hir-*", "b: crates/hir crates/ide-* ide"]);
        check(&[], &["a: hir-def", "b: hir-ty"], &["a: crates/hir-def", "b: crates/hir-ty"]);
    }

    #[test]
    fn a_folder_is_named_where_all_in_it_belongs_together() {
        check(&[], &["a: tool lint db", "b: ide macros"], &["a: db tools/*", "b: crates/ide"]);
        check(&[], &["a: tool", "b: ide"], &["a: tools/tool", "b: ide"]);
    }

    #[test]
    fn modules_are_carved_out_of_packages() {
        check(&[], &["a: hir", "b: hir::deep db"], &["a: crates/hir", "b: db hir::deep"]);
    }

    #[test]
    fn a_template_stays_where_it_says_much_and_nothing_that_is_left_out() {
        let all = ["hir: hir", "hir-def: hir-def", "hir-ty: hir-ty", "ide: ide macros", "ide-db: ide-db"];
        check(&["crates/<name>"], &all, &["crates/<name>"]);
        let one_else = ["hir: hir", "types: hir-def hir-ty", "ide: ide macros", "ide-db: ide-db"];
        check(&["crates/<name>"], &one_else, &["crates/<name>", "types: crates/hir-*"]);
        check(&["crates/<name>"], &all[1..3], &["hir-def: crates/hir-def", "hir-ty: crates/hir-ty"]);
        let another_name = ["hir: ide macros", "hir-def: hir-def", "hir-ty: hir-ty", "x: hir", "ide-db: ide-db"];
        check(&["crates/<name>"], &another_name, &["crates/<name>", "hir: crates/ide", "x: crates/hir"]);
    }
}
