//! From the document back to the stages' values, as far as an earlier revision is judged against.
//!
//! In: a [`Document`].  Out: what it promises, what it accepts.  Not here: what differs.

use super::Document;
use super::document::{Crate, Item, Module, Violation};
use crate::rules::{Earlier, PartKind, Promise, PromisedPart};
use crate::verdict::{Baseline, Entry, What};

impl Document<'_> {
    /// What its APIs promise, sorted by owner and path.
    pub fn promises(&self) -> Vec<Promise> {
        let mut promises: Vec<Promise> = Vec::new();
        for module in &self.modules {
            promises.extend(module.items.iter().filter_map(|item| promise(&self.crates, module, item)));
        }
        promises.sort_by(|a, b| (&a.owner, &a.path, &a.kind, a.line).cmp(&(&b.owner, &b.path, &b.kind, b.line)));
        promises
    }

    /// What a later revision is held to.
    pub fn earlier(&self) -> Earlier {
        let paths = |module: &Module<'_>| -> Vec<String> {
            module.items.iter().map(|item| format!("{}::{}", module.path, item.name)).collect()
        };
        Earlier { promises: self.promises(), items: self.modules.iter().flat_map(paths).collect() }
    }

    /// Its violations as entries of a baseline.
    pub fn as_baseline(&self) -> Baseline {
        self.violations.iter().map(Violation::entry).collect()
    }
}

impl Violation<'_> {
    /// Its identity, in words.
    pub fn entry(&self) -> Entry {
        Entry {
            rule: self.rule.to_string(),
            from: self.from.to_string(),
            what: match self.members.is_empty() {
                true => What::Thing(self.to.to_string()),
                false => What::Cycle(self.members.iter().map(ToString::to_string).collect()),
            },
        }
    }
}

impl Module<'_> {
    /// The label of its crate.
    pub fn crate_label<'d>(&self, crates: &'d [Crate<'_>]) -> Option<&'d str> {
        // A label is a target's name, or `bin:NAME`: the first segment of the path either way.
        let labels = crates.iter().map(|krate| &*krate.label);
        let is_of =
            |label: &str| self.path.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        labels.filter(|label| is_of(label)).max_by_key(|label| label.len())
    }
}

fn promise(crates: &[Crate<'_>], module: &Module<'_>, item: &Item<'_>) -> Option<Promise> {
    let promise = item.promise.as_ref()?;
    let owner = module.boundary.as_deref().or_else(|| module.crate_label(crates)).unwrap_or_default();
    let names = if promise.names.is_empty() { &item.public_paths } else { &promise.names };
    let part = |part: &super::document::Part<'_>| {
        Some(PromisedPart {
            kind: PartKind::parse(&part.kind)?,
            name: part.name.to_string(),
            text: part.text.to_string(),
            optional: part.optional,
            serde: part.serde.to_string(),
            file: part.file.as_ref().map(ToString::to_string),
            line: part.line,
        })
    };
    Some(Promise {
        owner: owner.to_owned(),
        path: format!("{}::{}", module.path, item.name),
        kind: item.kind.to_string(),
        names: names.iter().map(ToString::to_string).collect(),
        text: promise.text.to_string(),
        closed: promise.closed,
        serde: promise.serde.to_string(),
        traits: promise.traits.iter().map(ToString::to_string).collect(),
        parts: promise.parts.iter().filter_map(part).collect(),
        file: module.file.as_deref().unwrap_or_default().to_owned(),
        line: item.line,
    })
}
