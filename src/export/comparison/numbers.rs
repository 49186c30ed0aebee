//! The numbers of a comparison as a table.
//!
//! In: metrics that changed.  Out: rows with their names, and which way they went.  Not here: what a number means
//! (docs/metrics.md).

use serde_json::Number as Value;

use crate::compare::{Comparison, Number};
use crate::export::story::{Chapter, Table, Tone};
use crate::metrics::{Better, METRICS, Metric};

/// Metrics that grow with the code.
const SIZES: [&str; 14] = [
    "packages",
    "modules",
    "measured_modules",
    "items",
    "edges",
    "references",
    "references_in",
    "lines",
    "exposed",
    "acd",
    "fan_in",
    "fan_out",
    "items_in",
    "items_out",
];

/// More of it is no news.
pub(in crate::export) fn is_size(metric: &Metric) -> bool {
    SIZES.contains(&metric.key)
}

pub(super) fn of_workspace(comparison: &Comparison) -> Option<Chapter> {
    let rows = rows(&comparison.numbers.workspace);
    let table = Table { head: vec!["number", "before", "after", "change"], rows };
    let title = "Numbers of the workspace".to_owned();
    let is_any = !table.rows.is_empty();
    is_any.then_some(Chapter { title, tone: Tone::Neutral, is_brief: false, groups: Vec::new(), table: Some(table) })
}

/// In the order of the documentation.
pub(super) fn rows(numbers: &[Number]) -> Vec<Vec<String>> {
    let position = |key: &str| METRICS.iter().position(|metric| metric.key == key).unwrap_or(usize::MAX);
    let mut numbers: Vec<&Number> = numbers.iter().collect();
    numbers.sort_by_key(|number| position(&number.key));
    numbers.into_iter().map(row).collect()
}

fn row(number: &Number) -> Vec<String> {
    let metric = METRICS.iter().find(|metric| metric.key == number.key);
    let name = metric.map_or(number.key.as_str(), |metric| metric.name);
    let text = |value: &Option<Value>| value.as_ref().map_or_else(|| "-".to_owned(), told);
    vec![
        name.to_owned(),
        text(&number.before),
        text(&number.after),
        format!("{}{}", change(number), verdict(number, metric)),
    ]
}

/// Whether it went where it should; of what only grows with the code nothing is said.
fn verdict(number: &Number, metric: Option<&&Metric>) -> &'static str {
    let as_f64 = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
    let (Some(before), Some(after)) = (as_f64(&number.before), as_f64(&number.after)) else { return "" };
    match metric.filter(|metric| !is_size(metric)).map(|metric| metric.better) {
        Some(Better::Less) => {
            if after > before {
                ", worse"
            } else {
                ", better"
            }
        }
        Some(Better::More) => {
            if after < before {
                ", worse"
            } else {
                ", better"
            }
        }
        Some(Better::Neither) | None => "",
    }
}

/// A count, or a ratio with its thousandths.
fn told(value: &Value) -> String {
    value.as_u64().map_or_else(|| value.as_f64().map_or_else(String::new, |it| format!("{it:.3}")), |it| it.to_string())
}

/// What was added, and how many hundredths of the former that is.
fn change(number: &Number) -> String {
    let (Some(before), Some(after)) = (&number.before, &number.after) else { return String::new() };
    let (Some(old), Some(new)) = (before.as_f64(), after.as_f64()) else { return String::new() };
    let difference = new - old;
    let sign = if difference > 0.0 { "+" } else { "" };
    let amount = match before.is_u64() && after.is_u64() {
        true => format!("{sign}{difference}"),
        false => format!("{sign}{difference:.3}"),
    };
    let percent = (100.0 * difference / old).round();
    if old == 0.0 || percent == 0.0 { amount } else { format!("{amount} ({sign}{percent} %)") }
}
