//! What a change adds: the verdict without what an earlier state has, and whose boundaries the change touches.
//!
//! In: an analysis, and an earlier state: a revision or the file of a snapshot.  Out: the analysis with the smaller
//! verdict, and a line on boundaries and their owners.  Not here: what a revision holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Outcome;
use super::progress::{self, message};
use crate::analysis::{Analysis, Asked};
use crate::load;
use crate::snapshot::{self, Document};

/// An earlier state, wherever it was read.
pub(super) enum Known {
    Document(Box<Document<'static>>),
    Analysis(Box<Analysis>),
}

impl Known {
    /// The file of a snapshot if its name ends in `.json`, else a revision, which is read as `asked` says.
    pub(super) fn read(revision: &str, path: &Path, asked: &Asked, quiet: bool) -> Result<Self, Outcome> {
        if !revision.ends_with(".json") {
            let asked = Asked { revision: Some(revision.to_owned()), ..asked.clone() };
            return Ok(Self::Analysis(Box::new(progress::analyze(path, &asked, quiet)?)));
        }
        let refused = |text: String| {
            message(&text);
            Outcome::WrongUse
        };
        let text = load::read_text(Path::new(revision)).map_err(|error| refused(error.to_string()))?;
        let document = snapshot::read(text.as_bytes()).map_err(|error| refused(format!("{revision}: {error}")))?;
        Ok(Self::Document(Box::new(document)))
    }

    pub(super) fn document(&self) -> Cow<'_, Document<'_>> {
        match self {
            Self::Document(document) => Cow::Borrowed(document),
            Self::Analysis(analysis) => Cow::Owned(analysis.document()),
        }
    }
}

/// The analysis with only what is new.
pub(super) fn judge(mut analysis: Analysis, earlier: &Document<'_>) -> Analysis {
    let modules = earlier.modules.iter();
    let items = modules.clone().flat_map(|it| it.items.iter().map(|item| format!("{}::{}", it.path, item.name)));
    let known: BTreeSet<String> = modules.map(|it| it.path.to_string()).chain(items).collect();
    let is_known = |path: &str| known.contains(path);
    analysis.verdict = analysis.verdict.since(&earlier.as_baseline(), &is_known, &analysis.model);
    analysis
}

/// The boundaries with edges that came or went, and who owns them.
pub(super) fn touched(analysis: &Analysis, earlier: &Document<'_>) -> String {
    let model = &analysis.model;
    let after: BTreeSet<(&str, &str)> =
        model.edges().iter().map(|edge| (model.path(edge.from), model.path(edge.to))).collect();
    let before: BTreeSet<(&str, &str)> =
        earlier.edges.iter().filter(|edge| edge.is_inner()).map(|edge| (&*edge.from, &*edge.to)).collect();
    let mut owners: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (from, to) in after.symmetric_difference(&before) {
        for boundary in [from, to].into_iter().filter_map(|path| analysis.boundaries.of(model.find(path)?)) {
            let declaration = analysis.boundaries.declaration(boundary);
            owners.insert(&declaration.name, declaration.owner.as_deref());
        }
    }
    if owners.is_empty() {
        return "no dependency between modules of a boundary came or went".to_owned();
    }
    let told = owners.into_iter().map(|(name, owner)| match owner {
        Some(owner) => format!("{name} ({owner})"),
        None => format!("{name} (no owner)"),
    });
    format!("dependencies changed in: {}", told.collect::<Vec<_>>().join(", "))
}
