//! Whether the code after a patch is what its draft said.
//!
//! In: the draft's model and verdict, and what the patched texts were found to be.  Out: [`Promise`]: what differs.  Not here:
//! finding it out (`analysis`).

use std::collections::BTreeSet;

use crate::draft::Drafted;
use crate::model::{Model, NodeKind, ReferenceKind};
use crate::rules::Violation;
use crate::verdict::Verdict;

/// What differs between a draft and the patched code; nothing, if the draft kept its promise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// In words, sorted.
    pub differences: Vec<String>,
}

impl Promise {
    pub fn is_kept(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Compares code, edges and violations by their names.
pub fn promise(drafted: &Drafted, model: &Model, verdict: &Verdict) -> Promise {
    let mut differences = Vec::new();
    compare(&mut differences, "code", &code(&drafted.model), &code(model));
    compare(&mut differences, "edge", &edges(&drafted.model), &edges(model));
    compare(&mut differences, "violation", &violations(&drafted.verdict), &violations(verdict));
    differences.sort();
    Promise { differences }
}

/// For things that are less visible: all that was there is there, and nothing but these violations is gone.
pub fn promise_of_less(
    (today, then): (&Model, &Model),
    (before, after): (&Verdict, &Verdict),
    is_mended: &dyn Fn(&Violation) -> bool,
) -> Promise {
    let told = |verdict: &Verdict, is_wanted: &dyn Fn(&Violation) -> bool| -> BTreeSet<String> {
        verdict.violations.iter().map(|judged| &judged.violation).filter(|it| is_wanted(it)).map(name).collect()
    };
    let mut differences = Vec::new();
    compare(&mut differences, "code", &code(today), &code(then));
    compare(&mut differences, "edge", &edges(today), &edges(then));
    compare(&mut differences, "violation", &told(before, &|it| !is_mended(it)), &told(after, &|_| true));
    differences.sort();
    Promise { differences }
}

fn compare(differences: &mut Vec<String>, what: &str, promised: &BTreeSet<String>, found: &BTreeSet<String>) {
    differences.extend(promised.difference(found).map(|name| format!("{what} {name} is missing")));
    differences.extend(found.difference(promised).map(|name| format!("{what} {name} is new")));
}

fn code(model: &Model) -> BTreeSet<String> {
    let is_told = |kind: NodeKind| kind != NodeKind::Workspace;
    let nodes = model.node_ids().filter(|id| is_told(model.node(*id).kind));
    nodes.map(|id| format!("`{}`", model.path(id))).collect()
}

/// What uses what.  An import by itself is none: what is used by it is.
fn edges(model: &Model) -> BTreeSet<String> {
    let is_use = |kind| !matches!(kind, ReferenceKind::Use | ReferenceKind::Doc | ReferenceKind::Visibility);
    let used = model
        .edges()
        .iter()
        .filter(|edge| edge.references.clone().any(|index| is_use(model.references()[index as usize].kind)));
    used.map(|edge| format!("`{}` -> `{}`", model.path(edge.from), model.path(edge.to))).collect()
}

fn violations(verdict: &Verdict) -> BTreeSet<String> {
    verdict.violations.iter().map(|judged| name(&judged.violation)).collect()
}

fn name(violation: &Violation) -> String {
    let Violation { rule, from, to, members, .. } = violation;
    format!("{rule} {from} {to} {}", members.join(" ")).trim_end().to_owned()
}
