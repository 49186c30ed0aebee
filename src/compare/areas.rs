//! Areas: the boundaries, or where none are declared the packages, and what is said of them.
//!
//! In: a document.  Out: [`Areas`], which area a module is in, and what differs.  Not here: the dependencies between them.

use std::collections::BTreeMap;

use super::Changes;
use super::moves::Moves;
use crate::snapshot::{Boundary, Document};

/// A boundary, or where none are declared a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub name: String,
    pub owner: Option<String>,
    pub modules: usize,
    pub lines: u64,
    /// What riprap.toml says of it, in the order of the keys.
    pub settings: Vec<Setting>,
}

/// One key of a boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub key: &'static str,
    /// The entries of a list; `None` where nothing is said.
    pub values: Option<Vec<String>>,
}

impl Area {
    /// The settings that are not the same: before and after, by key.
    pub fn said_otherwise<'a>(&'a self, after: &'a Self) -> Vec<(&'a Setting, &'a Setting)> {
        self.settings.iter().zip(&after.settings).filter(|(before, after)| before != after).collect()
    }
}

pub(super) struct Areas {
    areas: BTreeMap<String, Area>,
    of_module: BTreeMap<String, String>,
}

impl Areas {
    pub(super) fn new(document: &Document<'_>, has_boundaries: bool) -> Self {
        let packages: BTreeMap<&str, &str> =
            document.crates.iter().map(|krate| (&*krate.label, &*krate.package)).collect();
        let mut areas = Self { areas: BTreeMap::new(), of_module: BTreeMap::new() };
        for boundary in document.boundaries.iter().filter(|_| has_boundaries) {
            areas.areas.insert(boundary.name.to_string(), area(boundary));
        }
        for module in &document.modules {
            let name = match has_boundaries {
                true => module.boundary.as_deref(),
                false => module.crate_label(&document.crates).and_then(|label| packages.get(label).copied()),
            };
            let Some(name) = name else { continue };
            let area = areas.areas.entry(name.to_owned()).or_default();
            name.clone_into(&mut area.name);
            area.modules += 1;
            area.lines += u64::from(module.lines);
            areas.of_module.insert(module.path.to_string(), name.to_owned());
        }
        areas
    }

    pub(super) fn of(&self, module: &str) -> Option<&str> {
        self.of_module.get(module).map(String::as_str)
    }

    /// The area of a module or an item, or that has this very name.
    pub(super) fn around<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        if self.areas.contains_key(name) {
            return Some(name);
        }
        let mut path = name;
        loop {
            if let Some(area) = self.of(path) {
                return Some(area);
            }
            path = path.rsplit_once("::")?.0;
        }
    }

    pub(super) fn owner(&self, name: &str) -> Option<&str> {
        self.areas.get(name)?.owner.as_deref()
    }
}

fn area(boundary: &Boundary<'_>) -> Area {
    let list = |values: &[std::borrow::Cow<'_, str>]| Some(values.iter().map(ToString::to_string).collect());
    let one = |value: &Option<std::borrow::Cow<'_, str>>| value.as_ref().map(|value| vec![value.to_string()]);
    let settings = vec![
        Setting { key: "contains", values: list(&boundary.contains) },
        Setting { key: "api", values: list(&boundary.api) },
        Setting { key: "may_use", values: boundary.may_use.as_deref().and_then(list) },
        Setting { key: "owner", values: one(&boundary.owner) },
        Setting { key: "stable", values: boundary.stable.then(|| vec!["true".to_owned()]) },
    ];
    let owner = boundary.owner.as_ref().map(ToString::to_string);
    Area { name: boundary.name.to_string(), owner, settings, ..Area::default() }
}

/// Areas that are new, gone, or of which riprap.toml says something else; sizes alone are numbers.
pub(super) fn changes(before: &Areas, after: &Areas, moves: &Moves) -> Changes<Area> {
    let old = before.areas.iter().map(|(name, area)| (moves.boundary(name).to_owned(), area.clone())).collect();
    let new = after.areas.clone();
    Changes::of(old, new, |before, after| before.name != after.name || before.settings != after.settings)
}
