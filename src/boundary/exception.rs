//! `[[exception]]`: broken instances of a rule that are meant to be, for now.
//!
//! In: what riprap.toml declares, and the boundaries on a model.  Out: [`Excepted`] and what it covers.  Not here: what
//! follows for the verdict, and whether its time has run out.

use super::boundaries::{Boundaries, End, Excepted};
use super::pattern::glob_matches;
use super::{Code, Exception, Placed, selector};
use crate::model::{Model, NodeId};

impl Excepted {
    /// Whether a violation between these ends is meant.
    pub fn covers(
        &self,
        model: &Model,
        boundaries: &Boundaries,
        from: (&str, Option<NodeId>),
        to: (&str, Option<NodeId>),
    ) -> bool {
        let meant = |end: &Option<End>, (name, node): (&str, Option<NodeId>)| {
            end.as_ref().is_none_or(|end| {
                let code =
                    || end.code.as_ref().zip(node).is_some_and(|(code, node)| code.covers(model, boundaries, node));
                glob_matches(&end.text, name) || code()
            })
        };
        meant(&self.from, from) && meant(&self.to, to)
    }
}

pub(super) fn resolve(code: Code<'_>, boundaries: &Boundaries, declared: Vec<Exception>) -> Vec<Excepted> {
    let end = |key: &str, entry: &Placed<String>| End {
        text: entry.value.clone(),
        // A name that no code has may be that of a table or a crate; one that nothing has makes an exception that
        // nothing needs, and that is found.
        code: selector::resolve(code, boundaries, key, entry).ok(),
    };
    let resolved = declared.into_iter().map(|declared| Excepted {
        from: declared.from.as_ref().map(|entry| end("from", entry)),
        to: declared.to.as_ref().map(|entry| end("to", entry)),
        declared,
    });
    resolved.collect()
}

impl Boundaries {
    /// In the order of riprap.toml.
    pub fn exceptions(&self) -> &[Excepted] {
        &self.exceptions
    }
}
