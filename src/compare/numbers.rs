//! Metrics that are not what they were.
//!
//! In: two documents.  Out: [`Numbers`].  Not here: whether more is better.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Number as Value;

use super::moves::Moves;
use crate::snapshot::{self, Document};

/// One metric at two revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Its key in the document, and `docs/metrics.md`.
    pub key: String,
    /// `None` where it has no such number.
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// By what they measure; of what is there at one revision alone there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    pub workspace: Vec<Number>,
    pub boundaries: BTreeMap<String, Vec<Number>>,
    pub modules: BTreeMap<String, Vec<Number>>,
}

impl Numbers {
    pub fn is_empty(&self) -> bool {
        self.workspace.is_empty() && self.boundaries.is_empty() && self.modules.is_empty()
    }
}

pub(super) fn numbers(before: &Document<'_>, after: &Document<'_>, moves: &Moves) -> Numbers {
    let of_each = |before: &BTreeMap<_, snapshot::Numbers<'_>>,
                   after: &BTreeMap<_, snapshot::Numbers<'_>>,
                   now: &dyn Fn(&str) -> String| {
        let mut all: BTreeMap<String, Vec<Number>> = BTreeMap::new();
        for (name, before) in before {
            let name: &std::borrow::Cow<'_, str> = name;
            let now = now(name);
            let Some(after) = after.get(now.as_str()) else { continue };
            let differ = differing(before, after);
            if !differ.is_empty() {
                all.insert(now, differ);
            }
        }
        all
    };
    let (old, new) = (&before.metrics, &after.metrics);
    Numbers {
        workspace: differing(&old.workspace, &new.workspace),
        boundaries: of_each(&old.boundaries, &new.boundaries, &|name| moves.boundary(name).to_owned()),
        modules: of_each(&old.modules, &new.modules, &|path| moves.path(path)),
    }
}

fn differing(before: &snapshot::Numbers<'_>, after: &snapshot::Numbers<'_>) -> Vec<Number> {
    let keys: BTreeSet<&str> = before.keys().chain(after.keys()).map(|key| &**key).collect();
    let number =
        |key: &str| Number { key: key.to_owned(), before: before.get(key).cloned(), after: after.get(key).cloned() };
    keys.into_iter().map(number).filter(|number| number.before != number.after).collect()
}
