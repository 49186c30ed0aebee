//! `[rules]`: what a rule can be told beside its level.
//!
//! In: the keys of `RULE = { .. }`.  Out: [`Options`].  Not here: levels, and what the values mean (`rules`).

use super::crates;
use super::table::{Keys, Reader, Value};
use crate::rules::Options;

/// The keys of one rule; `level` and `deny_from` are keys of each.
pub(super) fn keys(rule: &str) -> Keys {
    let known: &'static [&'static str] = match rule {
        "boundary-count" => &["level", "deny_from", "max"],
        crates::LEAKS => &["level", "deny_from", "crates", "allow", "strict"],
        "module-cycle" => &["level", "deny_from", "min_lines"],
        "oversized-boundary" => &["level", "deny_from", "max_lines", "max_share"],
        _ => &["level", "deny_from"],
    };
    Keys { place: "this rule", known, later: &[] }
}

pub(super) fn read(reader: &mut Reader, options: &mut Options, rule: &str, key: &str, value: &Value<'_>) {
    match (rule, key) {
        ("boundary-count", "max") => set(&mut options.boundary_count.max, reader.count(key, value)),
        ("module-cycle", "min_lines") => set(&mut options.module_cycle.min_lines, reader.count(key, value)),
        ("oversized-boundary", "max_lines") => set(&mut options.oversized_boundary.max_lines, reader.count(key, value)),
        ("oversized-boundary", "max_share") => set(&mut options.oversized_boundary.max_share, reader.share(key, value)),
        // The options of `leaky-contract` are read with what else is said of crates.
        _ => {}
    }
}

/// What could not be read has its own problem.
fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
