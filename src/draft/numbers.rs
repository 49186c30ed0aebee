//! The numbers that a draft changes.
//!
//! In: today's state and the draft's.  Out: [`Change`]s.  Not here: what the numbers are (`metrics`).

use super::ground::Ground;
use super::laid::Drafted;
use crate::metrics::{self, Measure, Metric, Value};

/// A number that is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// A boundary; `None` for the workspace.
    pub boundary: Option<String>,
    pub metric: &'static Metric,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// The numbers that the draft changes: of the workspace first, then of each boundary.
pub fn changes(ground: &Ground, drafted: &Drafted) -> Vec<Change> {
    let after = metrics::measure(&drafted.model, &drafted.boundaries);
    let mut changes = changed(None, &ground.metrics.workspace, &after.workspace);
    let mut names: Vec<&str> = ground.boundaries.ids().map(|id| ground.boundaries.name(id)).collect();
    names.extend(drafted.boundaries.ids().map(|id| drafted.boundaries.name(id)));
    names.sort_unstable();
    names.dedup();
    for name in names {
        let before = ground.boundaries.find(name).map_or(&[][..], |id| ground.metrics.of_boundary(id));
        let after = drafted.boundaries.find(name).map_or(&[][..], |id| after.of_boundary(id));
        changes.extend(changed(Some(name), before, after));
    }
    changes
}

fn changed(boundary: Option<&str>, before: &[Measure], after: &[Measure]) -> Vec<Change> {
    let value = |list: &[Measure], metric: &'static Metric| {
        list.iter().find(|measure| measure.metric.key == metric.key).map(|measure| measure.value)
    };
    let mut metrics: Vec<&'static Metric> = before.iter().map(|measure| measure.metric).collect();
    let more = after.iter().map(|measure| measure.metric);
    metrics.extend(more.filter(|metric| before.iter().all(|measure| measure.metric.key != metric.key)));
    let change = |metric: &'static Metric| Change {
        boundary: boundary.map(str::to_owned),
        metric,
        before: value(before, metric),
        after: value(after, metric),
    };
    metrics.into_iter().map(change).filter(|change| change.before != change.after).collect()
}
