//! What a rule finds, as lines of text, for the tests of the rules.

use std::sync::Arc;

use super::{Context, Options, Violation, find};
use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{self, Boundaries, Code, Intent};
use crate::fixture;
use crate::model::{Model, NodeId};
use crate::source::SourceTree;
use crate::workspace::cfg::CfgOptions;
use crate::workspace::label;

/// The violations of one rule in a workspace of [`Fixture`] with boundaries of [`declarations`].
pub(super) fn violations(rule: &str, workspace: &str, declared: &[(&str, &str)]) -> Vec<Violation> {
    let fixture = Fixture::new(workspace);
    let boundaries = fixture.boundaries(declarations(declared));
    (find(rule).unwrap().check)(&Context::new(&fixture.model, &boundaries))
}

/// `from -> to (n): legal route`, and for a cycle `container: members: legal route`.
#[track_caller]
pub(super) fn check(rule: &str, workspace: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let line = |violation: &Violation| {
        let route = violation.route.as_deref().unwrap_or_default();
        if violation.members.is_empty() {
            format!("{} -> {} ({}): {route}", violation.from, violation.to, violation.removal())
        } else {
            format!("{}: {}: {route}", violation.from, violation.members.join(" "))
        }
    };
    let found: Vec<String> = violations(rule, workspace, declared).iter().map(line).collect();
    assert_eq!(found, expected);
}

/// A workspace with text, resolved as an analysis does it, for rules that read declarations.
pub(super) struct Written {
    pub(super) model: Model,
    pub(super) boundaries: Boundaries,
    sources: SourceTree,
    published: Vec<NodeId>,
}

impl Written {
    /// `text` as in [`crate::fixture`]; packages whose names begin with `published` are that.
    pub(super) fn new(text: &str, intent: impl Into<Intent>) -> Self {
        let fixture::Fixture { workspace, sources } = fixture::parse(text);
        let labels = label::labels(&workspace);
        let cfg = CfgOptions::for_target("x86_64-unknown-linux-gnu", Default::default()).unwrap();
        let resolution = crate::resolve::resolve(&crate::resolve::Input {
            workspace: &workspace,
            sources: &sources,
            labels: &labels,
            cfg: &vec![cfg; workspace.packages.len()],
            out_dir: false,
            index: None,
            outside: None,
            facts: &|file, edition| Arc::new(crate::facts::read(&sources.file(file).text, edition)),
            expansions: None,
            read: &|| {},
        });
        let (model, _) = Model::new(&workspace, &sources, &resolution);
        let folder = |node: NodeId| {
            let package = workspace.packages.iter().find(|package| package.name == *model.node(node).name);
            (node, package.map(|package| package.folder.clone()).unwrap_or_default())
        };
        let folders: Vec<(NodeId, String)> = model.packages().map(folder).collect();
        let code = Code { model: &model, folders: &folders, sources: &sources, owners: None };
        let boundaries = boundary::resolve(code, intent).unwrap();
        let published = model.packages().filter(|node| model.node(*node).name.starts_with("published")).collect();
        Self { model, boundaries, sources, published }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context::new(&self.model, &self.boundaries)
            .with_sources(&self.sources)
            .with_options(Options::default())
            .with_published(&self.published)
    }

    pub(super) fn violations(&self, rule: &str) -> Vec<Violation> {
        (find(rule).unwrap().check)(&self.context())
    }
}

/// The messages of one rule in a workspace with text.
#[track_caller]
pub(super) fn check_written(rule: &str, text: &str, declared: &[(&str, &str)], expected: &[&str]) {
    let written = Written::new(text, declarations(declared));
    let found: Vec<String> = written.violations(rule).into_iter().map(|violation| violation.message).collect();
    assert_eq!(found, expected);
}
