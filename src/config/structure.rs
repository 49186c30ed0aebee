//! `layers` and `[[forbid]]`: statements about more than one boundary.
//!
//! In: their values.  Out: [`Layers`], [`Forbid`]s.  Not here: whether the names mean anything.

use toml::de::DeValue;

use super::table::{Keys, Reader, Value};
use crate::boundary::{Forbid, Layers, Placed, Problem};

const LAYERS: Keys = Keys { place: "`layers`", known: &["order", "closed"], later: &[] };
const FORBID: Keys = Keys { place: "`[[forbid]]`", known: &["from", "to", "unless_through", "reason"], later: &[] };

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

pub(super) fn forbids(reader: &mut Reader, value: &Value<'_>) -> Vec<Forbid> {
    let DeValue::Array(entries) = value.toml else {
        reader.wrong_kind("forbid", "tables, each written as `[[forbid]]`", value);
        return Vec::new();
    };
    entries.iter().map(Value::from).filter_map(|entry| forbid(reader, &entry)).collect()
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
