//! What drafts are tried on: today's code with today's riprap.toml, judged.
//!
//! In: what an analysis knows.  Out: [`Ground`], made once; every draft is compared with its verdict.  Not here: moves.

use std::sync::Arc;

use crate::boundary::{self, Boundaries, Code, Declaration, Intent, Problem};
use crate::metrics::{self, Metrics};
use crate::model::{Model, NodeId};
use crate::rules::{Context, Options};
use crate::source::{Date, SourceTree};
use crate::verdict::{self, Baseline, Levels, Terms, Verdict};
use crate::workspace::Workspace;

/// What a ground is made of.
#[derive(Clone, Debug)]
pub struct Given {
    pub model: Arc<Model>,
    pub workspace: Arc<Workspace>,
    pub sources: Arc<SourceTree>,
    /// The folder of each package node.
    pub folders: Vec<(NodeId, String)>,
    /// Packages whose libraries code outside may use.
    pub published: Vec<NodeId>,
    /// What riprap.toml says beside its boundaries.
    pub intent: Intent,
    pub options: Options,
    pub levels: Levels,
    pub baseline: Option<Baseline>,
    pub date: Date,
}

/// Today's state, as drafts are judged.
#[derive(Debug)]
pub struct Ground {
    pub(super) given: Given,
    /// As they are declared today, templates and defaults put in.
    pub(super) declarations: Vec<Declaration>,
    pub boundaries: Boundaries,
    pub verdict: Verdict,
    pub metrics: Metrics,
}

impl Ground {
    /// `boundaries` are those of the analysis.
    pub fn new(given: Given, boundaries: &Boundaries) -> Self {
        let declarations: Vec<Declaration> = boundaries.ids().map(|id| boundaries.declaration(id).clone()).collect();
        let metrics = metrics::measure(&given.model, boundaries);
        let mut ground =
            Self { given, declarations, boundaries: boundaries.clone(), verdict: Verdict::default(), metrics };
        let intent = ground.intent(ground.declarations.clone());
        // What is declared held for this model before.
        if let Ok(boundaries) = ground.lay(&ground.given.model, intent) {
            ground.boundaries = boundaries;
        }
        ground.verdict = ground.judge(&ground.given.model, &ground.boundaries);
        ground
    }

    pub fn model(&self) -> &Arc<Model> {
        &self.given.model
    }

    pub fn sources(&self) -> &Arc<SourceTree> {
        &self.given.sources
    }

    /// With other boundaries: templates have made theirs already.
    pub(super) fn intent(&self, boundaries: Vec<Declaration>) -> Intent {
        let intent = self.given.intent.clone();
        Intent { boundaries, templates: Vec::new(), of_packages: Vec::new(), ..intent }
    }

    /// Names that mean nothing any more count for nothing.
    pub(super) fn lay(&self, model: &Model, intent: Intent) -> Result<Boundaries, Vec<Problem>> {
        let Given { folders, sources, .. } = &self.given;
        let code = Code { model, folders, sources, owners: self.boundaries.file_owners() };
        boundary::resolve_of_another_time(code, intent)
    }

    pub(super) fn judge(&self, model: &Model, boundaries: &Boundaries) -> Verdict {
        let Given { sources, published, options, levels, baseline, date, .. } = &self.given;
        let context =
            Context::new(model, boundaries).with_sources(sources).with_options(*options).with_published(published);
        let terms = Terms { levels: levels.clone(), baseline: baseline.as_ref(), date: *date };
        verdict::judge(&context, &terms)
    }
}
