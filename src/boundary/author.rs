//! Who wrote a reference: the module that it stands in, or a macro of another boundary that was called there.
//!
//! In: a model, and the boundaries on it.  Out: whether the caller answers for a reference.  Not here: whether it is
//! right.

use rustc_hash::FxHashMap;

use super::Boundaries;
use crate::facts::PathSource;
use crate::model::{Model, NodeId, Reference};
use crate::source::FileId;

/// The modules of each file.
#[derive(Clone, Debug, Default)]
pub struct Authors {
    modules_by_file: FxHashMap<FileId, Vec<NodeId>>,
}

impl Authors {
    pub fn new(model: &Model) -> Self {
        let mut modules_by_file: FxHashMap<FileId, Vec<NodeId>> = FxHashMap::default();
        for module in model.module_ids() {
            if let Some(file) = model.node(module).file {
                modules_by_file.entry(file).or_default().push(module);
            }
        }
        Self { modules_by_file }
    }

    /// False for what a macro of another boundary wrote into `from`: its author is judged by that boundary's tests, and
    /// the caller wrote no more than the macro's name.
    pub fn is_written_in(&self, model: &Model, boundaries: &Boundaries, from: NodeId, reference: &Reference) -> bool {
        if reference.source != PathSource::MacroBody {
            return true;
        }
        let modules = self.modules_by_file.get(&reference.file).map_or(&[][..], Vec::as_slice);
        let around = modules.iter().filter(|module| {
            let span = model.node(**module).span;
            span.start <= reference.span.start && reference.span.end <= span.end
        });
        let author = around.max_by_key(|module| model.depth(**module));
        author.is_none_or(|author| boundaries.of(*author) == boundaries.of(from))
    }
}
