//! Third-party crates: `[crates]`, the `external` of a boundary, and the options of `leaky-contract`.
//!
//! In: their values.  Out: [`CrateGroup`]s, [`External`], [`Leaks`].  Not here: whether the workspace depends on them.

use toml::de::DeValue;

use super::table::{Keys, Reader, Value};
use crate::boundary::{CrateGroup, External, Leaks, Placed};

const EXTERNAL: Keys = Keys { place: "`external`", known: &["allow", "deny"], later: &[] };

/// The rule whose options name crates.
pub(super) const LEAKS: &str = "leaky-contract";

/// `[crates]`: names for groups.
pub(super) fn groups(reader: &mut Reader, value: &Value<'_>) -> Vec<CrateGroup> {
    let Some(table) = reader.table("crates", value) else { return Vec::new() };
    let mut groups = Vec::new();
    for (name, value) in reader.entries(table) {
        let patterns = patterns(reader, &name.value, &value, None);
        if let Some(group) = patterns.iter().find(|pattern| pattern.value.starts_with('@')) {
            let message = format!("`{}` stands in a group: a group names crates, and no other group", group.value);
            reader.problem(group.span, message, "a group in a group");
        }
        groups.push(CrateGroup { name, patterns });
    }
    groups
}

/// `external = { allow = [..], deny = [..] }`; in a template the names may have its variable.
pub(super) fn external(reader: &mut Reader, value: &Value<'_>, variable: Option<&str>) -> Option<External> {
    let table = reader.table("external", value)?;
    let mut external = External { span: value.span, ..External::default() };
    for (key, value) in reader.known(&EXTERNAL, table) {
        let patterns = patterns(reader, &key.value, &value, variable);
        match key.value.as_str() {
            "allow" => external.allow = Some(patterns),
            _ => external.deny = patterns,
        }
    }
    Some(external)
}

/// The options of `leaky-contract` in `[rules]`; what is wrong with its keys was told with its level.
pub(super) fn leaks(reader: &mut Reader, rules: &Value<'_>) -> Leaks {
    let mut leaks = Leaks::default();
    let Some((_, rule)) = entries(reader, rules).into_iter().find(|(rule, _)| rule.value == LEAKS) else {
        return leaks;
    };
    for (key, value) in entries(reader, &rule) {
        match key.value.as_str() {
            "crates" => leaks.crates = Some(patterns(reader, "crates", &value, None)),
            "allow" => leaks.allow = patterns(reader, "allow", &value, None),
            "strict" => leaks.strict = reader.boolean("strict", &value).unwrap_or_default(),
            _ => {}
        }
    }
    leaks
}

fn entries<'a>(reader: &Reader, value: &Value<'a>) -> Vec<(Placed<String>, Value<'a>)> {
    match value.toml {
        DeValue::Table(table) => reader.entries(table),
        _ => Vec::new(),
    }
}

/// Names of crates with `*`, and `@group`.
fn patterns(reader: &mut Reader, key: &str, value: &Value<'_>, variable: Option<&str>) -> Vec<Placed<String>> {
    let mut patterns = reader.strings(key, value);
    patterns.retain(|pattern| {
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        let bound = variable.map_or_else(|| pattern.value.clone(), |variable| pattern.value.replace(variable, "x"));
        let ok = match bound.strip_prefix('@') {
            Some(group) => is_name(group),
            None => is_name(&bound.replace('*', "x")),
        };
        if !ok {
            let message =
                format!("`{}` in `{key}` is neither the name of a crate, `*` inside it, nor `@group`", pattern.value);
            reader.problem(pattern.span, message, "not a name");
        }
        ok
    });
    patterns
}
