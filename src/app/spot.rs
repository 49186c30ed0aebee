//! A place in a file of the workspace, as people read it and editors open it.
//!
//! In: references, violations, spans, declarations.  Out: a [`Spot`].  Not here: opening it (`launch`).

use std::fmt;

use crate::analysis::Analysis;
use crate::boundary::BoundaryId;
use crate::launch::Place;
use crate::model::{NodeId, Reference};
use crate::source::{LineColumn, SourceFile, Span};
use crate::verdict::Judged;

/// `path:line:column`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// As the workspace's folder sees it.
    pub(crate) path: String,
    pub(crate) at: LineColumn,
}

const START: LineColumn = LineColumn { line: 1, column: 1 };

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.at.line, self.at.column)
    }
}

impl Spot {
    pub(crate) fn new(path: impl Into<String>, at: Option<LineColumn>) -> Self {
        Self { path: path.into(), at: at.unwrap_or(START) }
    }

    pub(crate) fn of_span(file: &SourceFile, span: Span) -> Self {
        Self::new(file.path.as_str(), Some(file.line_column(span.start)))
    }

    pub(crate) fn of_reference(analysis: &Analysis, reference: &Reference) -> Self {
        let at = LineColumn { line: reference.line, column: reference.column };
        Self::new(analysis.sources.file(reference.file).path.as_str(), Some(at))
    }

    /// Where a module or an item is declared; a package has no place of its own.
    pub(crate) fn of_node(analysis: &Analysis, node: NodeId) -> Option<Self> {
        let node = analysis.model.node(node);
        let at = LineColumn { line: node.line.max(1), column: 1 };
        Some(Self::new(analysis.sources.file(node.file?).path.as_str(), Some(at)))
    }

    /// Where a boundary is declared, in riprap.toml or in a manifest.
    pub(crate) fn of_boundary(analysis: &Analysis, boundary: BoundaryId) -> Option<Self> {
        Self::of_declared(analysis, analysis.boundaries.declaration(boundary).span)
    }

    /// A place in what is declared.
    pub(crate) fn of_declared(analysis: &Analysis, span: Span) -> Option<Self> {
        let (file, span) = analysis.config_files.locate(span)?;
        Some(Self::of_span(file, span))
    }

    /// The best evidence of a violation; what riprap.toml itself says wrong is there.
    pub(crate) fn of_violation(analysis: &Analysis, judged: &Judged) -> Option<Self> {
        let violation = &judged.violation;
        if let Some(reference) = violation.references.first() {
            return Some(Self::of_reference(analysis, analysis.model.reference(*reference)));
        }
        if let Some((file, span)) = violation.places.first() {
            return Some(Self::of_span(analysis.sources.file(*file), *span));
        }
        let declared = violation.declared.and_then(|span| Self::of_declared(analysis, span));
        declared.or_else(|| Self::of_node(analysis, violation.from_node?))
    }

    pub(crate) fn in_workspace(&self, analysis: &Analysis) -> Place {
        let folder = analysis.root.clone();
        Place { file: folder.join(&self.path), folder, line: self.at.line, column: self.at.column }
    }
}
