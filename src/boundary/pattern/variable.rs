//! Patterns with a variable: `core/<name>/*`.
//!
//! In: such a pattern, and a model.  Out: what the variable may stand for, and the pattern with that in its place.  Not
//! here: what is made of it (`template`).

use std::collections::BTreeSet;

use super::{Form, Pattern, Segment, spelled};
use crate::model::{Model, NodeId};

impl Pattern {
    /// Reads a pattern that has `variable`, angle brackets and all.
    ///
    /// # Errors
    /// A sentence for the person who wrote it.
    pub fn with_variable(text: &str, variable: &str) -> Result<Self, String> {
        Self::read(text, Some(variable))
    }

    /// The pattern for one value of its variable; it stays as specific as it was written.
    pub(in crate::boundary) fn bound(&self, variable: &str, value: &str) -> Self {
        let written = self.text.clone();
        match Self::read(&self.text.replace(variable, value), None) {
            Ok(pattern) => Self { written: Some(written), ..pattern },
            // A name of the workspace that no pattern can have: it stays a pattern that matches nothing.
            Err(_) => self.clone(),
        }
    }

    /// All that the variable may stand for so that the pattern covers a package or a module outside tests.
    pub(in crate::boundary) fn values(&self, model: &Model, folders: &[(NodeId, String)]) -> BTreeSet<String> {
        let mut values = BTreeSet::new();
        match &self.form {
            Form::Folder(segments) => {
                for (_, folder) in folders {
                    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
                    bind(segments, &parts, None, &mut values);
                }
            }
            Form::Package(name) => {
                for (node, _) in folders {
                    bind(std::slice::from_ref(name), &[&*model.node(*node).name], None, &mut values);
                }
            }
            Form::Path { label, segments } => {
                for module in model.module_ids().filter(|module| !model.node(*module).test) {
                    for parts in spelled(model, module, label.as_deref()) {
                        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
                        bind(segments, &parts, None, &mut values);
                    }
                }
            }
        }
        values
    }
}

/// The values with which the segments cover the parts, or something above them.
fn bind(segments: &[Segment], parts: &[&str], bound: Option<&str>, values: &mut BTreeSet<String>) {
    let Some((segment, rest)) = segments.split_first() else {
        values.extend(bound.map(str::to_owned));
        return;
    };
    if *segment == Segment::Any {
        for skipped in 0..=parts.len() {
            bind(rest, &parts[skipped..], bound, values);
        }
        return;
    }
    let Some((part, parts)) = parts.split_first() else { return };
    if let Segment::Variable { prefix, suffix } = segment {
        let value = part.strip_prefix(prefix.as_str()).and_then(|part| part.strip_suffix(suffix.as_str()));
        if let Some(value) = value.filter(|value| !value.is_empty() && bound.is_none_or(|bound| bound == *value)) {
            bind(rest, parts, Some(value), values);
        }
    } else if segment.matches(part) {
        bind(rest, parts, bound, values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    #[track_caller]
    fn check(pattern: &str, expected: &[&str]) {
        let fixture = Fixture::new(
            "package a core/a/api\npackage b core/b\npackage b-db db/b\npackage app app lib bin\n\
             pub mod app::x\npub mod app::x::y\npub mod bin:app::cli\nmod app::z",
        );
        let pattern = Pattern::with_variable(pattern, "<n>").unwrap();
        assert_eq!(pattern.values(&fixture.model, &fixture.folders).into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_variable_is_a_folder_a_module_or_a_part_of_a_name() {
        check("core/<n>", &["a", "b"]);
        check("core/<n>/*", &["a"]);
        check("<n>-db", &["b"]);
        check("app::<n>", &["cli", "x", "z"]);
        check("bin:app::<n>", &["cli"]);
        check("app::**::<n>", &["cli", "x", "y", "z"]);
        check("<n>::x", &["app"]);
        check("services/<n>", &[]);
    }

    #[test]
    fn a_variable_that_stands_twice_is_the_same_both_times() {
        let fixture = Fixture::new("package a core/a/a\npackage b core/b/api");
        let pattern = Pattern::with_variable("core/<n>/<n>", "<n>").unwrap();
        assert_eq!(pattern.values(&fixture.model, &fixture.folders).into_iter().collect::<Vec<_>>(), ["a"]);
    }

    #[test]
    fn a_variable_stands_alone_in_its_name() {
        assert!(Pattern::with_variable("core/*-<n>", "<n>").unwrap_err().contains("`*`"));
        assert!(Pattern::with_variable("core/orders", "<n>").unwrap_err().contains("`<n>`"));
        assert!(Pattern::with_variable("core/<m>", "<n>").unwrap_err().contains("`<n>`"));
    }
}
