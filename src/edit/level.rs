//! Levels of rules.
//!
//! In: a rule, and its level or none.  Out: the entry in `[rules]`, or `unassigned` where that is what is written.  Not
//! here: what the level is if nobody sets it.

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::{Refusal, block};
use crate::verdict::Level;

/// The rule that has a key of its own at the top.
const UNASSIGNED: (&str, &str) = ("unassigned-code", "unassigned");

pub(super) fn set(document: &mut DocumentMut, rule: &str, level: Option<Level>) -> Result<(), Refusal> {
    let rules = document.get("rules").and_then(Item::as_table_like);
    let is_in_rules = rules.is_some_and(|rules| rules.contains_key(rule));
    let (_, top) = UNASSIGNED;
    let is_at_top = rule == UNASSIGNED.0 && document.contains_key(top);
    match level {
        // `[rules]` outranks the key at the top.
        Some(level) if is_in_rules || !is_at_top => give(block::table(document, "rules")?, rule, level),
        Some(level) => give(document.as_table_mut(), top, level),
        None => {
            if is_in_rules {
                take(block::table(document, "rules")?, rule);
            }
            if is_at_top {
                take(document.as_table_mut(), top);
            }
        }
    }
    Ok(())
}

fn give(table: &mut dyn TableLike, key: &str, level: Level) {
    let Some(options) = table.get_mut(key).and_then(Item::as_table_like_mut) else {
        return block::set(table, key, Value::from(level.word()));
    };
    block::set(options, "level", Value::from(level.word()));
    // What denies already, or never, has no day from which it does.
    if matches!(level, Level::Deny | Level::Off) {
        block::remove(options, "deny_from");
    }
}

fn take(table: &mut dyn TableLike, key: &str) {
    if let Some(options) = table.get_mut(key).and_then(Item::as_table_like_mut) {
        block::remove(options, "level");
        block::remove(options, "deny_from");
        if !options.is_empty() {
            return;
        }
    }
    block::remove(table, key);
}
