//! Re-exports that some code goes through and other code goes around.
//!
//! In: references with the routes that are written, and what modules show.  Out: for each facade that is used as one, the
//! code outside that writes the longer path.  Code in the facade's own module tree is at home and may write what it likes.
//! Not here: facades that nobody uses (`over-exposed`), and illegal paths (`internal-access`).

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Finding, Kind, Known, counted, place_at};
use crate::model::{Model, NodeId, NodeKind, Reference, ReferenceKind, Visibility};

/// A facade is one if so many references go through it, and it is worth telling if so many go around.
const THROUGH: usize = 3;
const AROUND: usize = 3;

/// So many details are told.
const SHOWN: usize = 4;

/// References to what a facade shows, by those who write them.
#[derive(Default)]
struct Seen<'a> {
    through: usize,
    /// The module that writes it, what the facade shows, and the reference.
    around: Vec<(NodeId, NodeId, &'a Reference)>,
}

pub(super) fn findings(known: Known<'_>) -> Vec<Finding> {
    let model = known.model;
    let shown_by = reexports(model);
    let mut seen: BTreeMap<NodeId, Seen<'_>> = BTreeMap::new();
    for edge in model.edge_ids() {
        let ends = model.edge(edge);
        if !ends.active || ends.test {
            continue;
        }
        let is_written = |reference: &Reference| reference.active && !reference.test && writes_a_path(known, reference);
        for (_, reference) in model.references_of(edge).filter(|(_, reference)| is_written(reference)) {
            // The thing itself, as a module offers it: not a method or variant of it.
            let step = model.steps_of(reference.route).iter().rev().find(|step| shown_by.contains_key(&step.node));
            let Some(step) = step else { continue };
            // A module that shows what lies elsewhere, a prelude above all, was made to be named.
            let is_offered = !model.is_within(step.node, step.module);
            for facade in &shown_by[&step.node] {
                let is_outside = !model.is_within(ends.from, *facade);
                if !is_outside || *facade != step.module && !model.is_within(step.module, *facade) {
                    continue;
                }
                let seen = seen.entry(*facade).or_default();
                if *facade == step.module {
                    seen.through += 1;
                } else if !is_offered {
                    seen.around.push((ends.from, step.node, reference));
                }
            }
        }
    }
    let is_told = |seen: &Seen<'_>| {
        // Where most go around, the longer path is the custom.
        seen.through >= THROUGH && seen.around.len() >= AROUND && seen.around.len() <= seen.through
    };
    seen.into_iter().filter(|(_, seen)| is_told(seen)).map(|(facade, seen)| finding(known, facade, &seen)).collect()
}

/// A path of its own, not a name that an import brought: an import counts once, however often what it brings is named.
fn writes_a_path(known: Known<'_>, reference: &Reference) -> bool {
    let text = &known.sources.file(reference.file).text;
    let written = text.get(reference.span.start as usize..reference.span.end as usize);
    reference.kind == ReferenceKind::Use || written.is_none_or(|written| written.contains("::"))
}

/// The modules around a thing that re-export it to everybody, by the thing.
fn reexports(model: &Model) -> FxHashMap<NodeId, Vec<NodeId>> {
    let mut found: FxHashMap<NodeId, Vec<NodeId>> = FxHashMap::default();
    for module in model.module_ids().filter(|module| is_reachable(model, *module)) {
        for export in model.exports(module) {
            let is_item = matches!(model.node(export.node).kind, NodeKind::Item(_));
            let is_of_below = model.is_within(export.node, module);
            // Another name is another thing to read.
            let keeps_name = model.symbol(export.name) == &*model.node(export.node).name;
            if export.reexport && export.visibility == Visibility::Public && is_item && is_of_below && keeps_name {
                found.entry(export.node).or_default().push(module);
            }
        }
    }
    found
}

/// `pub` all the way from the crate's root.
fn is_reachable(model: &Model, module: NodeId) -> bool {
    model
        .ancestors(module)
        .take_while(|node| model.node(*node).kind.is_module())
        .all(|node| model.node(node).visibility == Visibility::Public)
}

fn finding(known: Known<'_>, facade: NodeId, seen: &Seen<'_>) -> Finding {
    let model = known.model;
    let modules: BTreeSet<NodeId> = seen.around.iter().map(|(from, ..)| *from).collect();
    // By the path that is written, which may be another one than that of the definition.
    let mut things: BTreeMap<(String, NodeId), usize> = BTreeMap::new();
    for (_, thing, reference) in &seen.around {
        let step = model.steps_of(reference.route).iter().rev().find(|step| step.node == *thing);
        let module = step.map_or_else(|| model.path(*thing).to_owned(), |step| model.path(step.module).to_owned());
        *things.entry((format!("{module}::{}", model.node(*thing).name), *thing)).or_default() += 1;
    }
    let mut things: Vec<((String, NodeId), usize)> = things.into_iter().collect();
    things.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let path = model.path(facade);
    let told = things.iter().take(SHOWN).map(|((written, thing), count)| {
        let count = counted(*count, "place");
        format!("`{written}`: {count}, could be `{path}::{}`", model.node(*thing).name)
    });
    let mut told: Vec<String> = told.collect();
    if things.len() > SHOWN {
        told.push(format!("and {} more", things.len() - SHOWN));
    }
    let first = seen.around.first().map(|(.., reference)| *reference);
    Finding {
        kind: Kind::BypassedFacade,
        title: format!(
            "{} in {} go around what `{path}` re-exports; {} go through it",
            counted(seen.around.len(), "path"),
            counted(modules.len(), "module"),
            seen.through
        ),
        gain: seen.around.len() as u64,
        buys: "modules below that can be moved and renamed without touching their users".to_owned(),
        details: told,
        advice: format!(
            "write the shorter path, and make the modules below `{path}` private where nothing else needs them"
        ),
        place: first.map(|reference| place_at(known, reference)),
        about: vec![facade],
    }
}
