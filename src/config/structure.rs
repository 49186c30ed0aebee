//! `layers`, `[[cycle-hint]]`, `[[forbid]]`, `[[exception]]` and `deployables`: statements about more than one boundary.
//!
//! In: their values.  Out: [`Layers`], [`Forbid`]s, [`Exception`]s, [`Deployable`]s.  Not here: whether the names mean
//! anything.

use toml::de::DeValue;

use super::table::{Keys, Reader, Value};
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Deployable, Exception, Forbid, Keep, Layers, Placed, Problem};
use crate::rules;

const LAYERS: Keys = Keys { place: "`layers`", known: &["order", "closed"], later: &[] };
const FORBID: Keys = Keys { place: "`[[forbid]]`", known: &["from", "to", "unless_through", "reason"], later: &[] };

const CYCLE_HINT: Keys = Keys { place: "`[[cycle-hint]]`", known: &["keep"], later: &[] };
const EXCEPTION: Keys =
    Keys { place: "`[[exception]]`", known: &["rule", "from", "to", "max", "until", "owner", "reason"], later: &[] };

/// A list, the highest first, or `{ order = [..], closed = true }`.
pub(super) fn layers(reader: &mut Reader, value: &Value<'_>) -> Layers {
    let mut layers = Layers::default();
    if let DeValue::Table(table) = value.toml {
        for (key, value) in reader.known(&LAYERS, table) {
            match key.value.as_str() {
                "order" => layers.order = reader.strings("order", &value),
                _ => layers.closed = reader.boolean("closed", &value).unwrap_or_default(),
            }
        }
    } else {
        layers.order = reader.strings("layers", value);
    }
    for (index, layer) in layers.order.iter().enumerate() {
        if let Some(first) = layers.order[..index].iter().find(|first| first.value == layer.value) {
            let mut problem = Problem::new(layer.span, format!("layer `{}` stands twice", layer.value), "again");
            problem.others.push((first.span, "first here".to_owned()));
            reader.problems.push(problem);
        }
    }
    layers
}

/// Names, and the binaries of each.
pub(super) fn deployables(reader: &mut Reader, value: &Value<'_>) -> Vec<Deployable> {
    let Some(table) = reader.table("deployables", value) else { return Vec::new() };
    let mut deployables = Vec::new();
    for (name, value) in reader.entries(table) {
        let targets = reader.strings(&name.value, &value);
        deployables.push(Deployable { name: name.value, targets });
    }
    deployables
}

pub(super) fn forbids(reader: &mut Reader, value: &Value<'_>) -> Vec<Forbid> {
    reader.each("forbid", value).iter().filter_map(|entry| forbid(reader, entry)).collect()
}

pub(super) fn exceptions(reader: &mut Reader, value: &Value<'_>) -> Vec<Exception> {
    reader.each("exception", value).iter().filter_map(|entry| exception(reader, entry)).collect()
}

fn exception(reader: &mut Reader, entry: &Value<'_>) -> Option<Exception> {
    let table = reader.table("exception", entry)?;
    let mut exception = Exception { span: entry.span, ..Exception::default() };
    let problems_before = reader.problems.len();
    for (key, value) in reader.known(&EXCEPTION, table) {
        let mut text = || reader.string(&key.value, &value);
        match key.value.as_str() {
            "rule" => exception.rule = rule(reader, &value).unwrap_or_default(),
            "from" => exception.from = text().map(|text| Placed { value: text, span: value.span }),
            "to" => exception.to = text().map(|text| Placed { value: text, span: value.span }),
            "max" => exception.max = reader.count("max", &value),
            "until" => exception.until = reader.date("until", &value),
            "owner" => exception.owner = text(),
            _ => exception.reason = text(),
        }
    }
    if reader.problems.len() > problems_before {
        return None;
    }
    if exception.rule.is_empty() || (exception.from.is_none() && exception.to.is_none()) {
        let message = "an `[[exception]]` needs `rule`, and `from` or `to`";
        let help =
            "say what is excepted: `rule = \"internal-access\"`, `from = \"billing::*\"`, `to = \"orders::price\"`";
        let problem = Problem::new(entry.span, message, "it would except everything");
        reader.problems.push(problem.with_help(Some(help.to_owned())));
        return None;
    }
    Some(exception)
}

/// `[[cycle-hint]]`: `keep = "orders -> inventory"`.
pub(super) fn keeps(reader: &mut Reader, value: &Value<'_>) -> Vec<Keep> {
    reader.each("cycle-hint", value).iter().filter_map(|entry| keep(reader, entry)).collect()
}

fn keep(reader: &mut Reader, entry: &Value<'_>) -> Option<Keep> {
    let table = reader.table("cycle-hint", entry)?;
    let problems_before = reader.problems.len();
    let mut known = reader.known(&CYCLE_HINT, table);
    let help = Some("say which dependency stays: `keep = \"orders -> inventory\"`".to_owned());
    let Some((_, value)) = known.pop() else {
        if reader.problems.len() == problems_before {
            let problem = Problem::new(entry.span, "a `[[cycle-hint]]` needs `keep`", "`keep` is missing");
            reader.problems.push(problem.with_help(help));
        }
        return None;
    };
    let text = reader.string("keep", &value)?;
    let placed = |text: &str| Placed { value: text.trim().to_owned(), span: value.span };
    match text.split_once("->") {
        Some((from, to)) if !from.trim().is_empty() && !to.trim().is_empty() => {
            Some(Keep { from: placed(from), to: placed(to) })
        }
        _ => {
            let problem = Problem::new(value.span, format!("`{text}` is no dependency"), "not `FROM -> TO`");
            reader.problems.push(problem.with_help(help));
            None
        }
    }
}

/// The name of a rule that this version has.
fn rule(reader: &mut Reader, value: &Value<'_>) -> Option<String> {
    let name = reader.string("rule", value)?;
    if rules::find(&name).is_some() {
        return Some(name);
    }
    if rules::names().any(|known| known == name) {
        reader.problem(value.span, format!("rule `{name}` is not supported yet"), "not supported yet");
    } else {
        let problem = Problem::new(value.span, format!("no rule is called `{name}`"), "unknown rule");
        reader.problems.push(problem.with_help(did_you_mean(&name, rules::names())));
    }
    None
}

fn forbid(reader: &mut Reader, entry: &Value<'_>) -> Option<Forbid> {
    let table = reader.table("forbid", entry)?;
    let (mut from, mut to, mut unless_through, mut reason) = (None, None, None, None);
    let problems_before = reader.problems.len();
    for (key, value) in reader.known(&FORBID, table) {
        let place = match key.value.as_str() {
            "from" => &mut from,
            "to" => &mut to,
            "unless_through" => &mut unless_through,
            _ => &mut reason,
        };
        *place = reader.string(&key.value, &value).map(|text| Placed { value: text, span: value.span });
    }
    match (from, to) {
        (Some(from), Some(to)) => {
            let reason = reason.map(|reason: Placed<String>| reason.value);
            Some(Forbid { span: entry.span, from, to, unless_through, reason })
        }
        // A key that may have meant one of them has its own problem.
        _ if reader.problems.len() > problems_before => None,
        _ => {
            let problem = Problem::new(entry.span, "a `[[forbid]]` needs `from` and `to`", "`from` or `to` is missing");
            let help = "say who must not use what: `from = \"**\"`, `to = \"tag:pci\"`";
            reader.problems.push(problem.with_help(Some(help.to_owned())));
            None
        }
    }
}
