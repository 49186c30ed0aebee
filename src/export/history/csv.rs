//! A history as a table: one line per commit, for spreadsheets and plots (RFC 4180).

use std::fmt::Write as _;

use crate::history::{History, Point};
use crate::metrics::{Measure, Value};
use crate::rules::RULES;

/// Writes the table, with a line of names first.
pub fn write(history: &History) -> String {
    let seen = || history.points.iter().filter_map(|point| point.state.as_ref().ok());
    let mut metrics: Vec<&'static str> = Vec::new();
    for measure in seen().flat_map(|state| &state.measures) {
        if !metrics.contains(&measure.metric.key) {
            metrics.push(measure.metric.key);
        }
    }
    let is_broken = |rule: &str| seen().any(|state| state.violations.iter().any(|(name, _)| *name == rule));
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).filter(|name| is_broken(name)).collect();
    let fixed = [
        "commit",
        "date",
        "author",
        "subject",
        "hole",
        "violations",
        "denied",
        "opened",
        "closed",
        "failing",
        "allowed",
        "boundary-edges",
        "boundary-edges-added",
        "boundary-edges-removed",
        "module-edges",
        "module-edges-added",
        "module-edges-removed",
        "assigned",
        "notes",
    ];
    let mut text = String::new();
    line(&mut text, fixed.into_iter().chain(rules.iter().copied()).chain(metrics.iter().copied()).map(str::to_owned));
    for point in &history.points {
        line(&mut text, cells(point, &rules, &metrics).into_iter());
    }
    text
}

fn cells(point: &Point, rules: &[&str], metrics: &[&str]) -> Vec<String> {
    let commit = &point.commit;
    let mut cells =
        vec![commit.id.to_string(), commit.committed.date().to_string(), commit.author.clone(), commit.subject.clone()];
    let state = match &point.state {
        Ok(state) => state,
        Err(hole) => {
            cells.push(hole.reason.clone());
            cells.resize(19 + rules.len() + metrics.len(), String::new());
            return cells;
        }
    };
    cells.push(String::new());
    let counts = [
        state.total(),
        state.denied,
        state.opened.len(),
        state.closed.len(),
        state.failing.len(),
        state.intent.len(),
        state.boundaries.count,
        state.boundaries.added.len(),
        state.boundaries.removed.len(),
        state.modules.count,
        state.modules.added.len(),
        state.modules.removed.len(),
    ];
    cells.extend(counts.iter().map(usize::to_string));
    cells.push(state.assigned.map_or_else(String::new, |share| share.to_string()));
    cells.push(state.notes.values().sum::<usize>().to_string());
    for rule in rules {
        let count = state.violations.iter().find(|(name, _)| name == rule).map_or(0, |(_, count)| *count);
        cells.push(count.to_string());
    }
    for key in metrics {
        let measure = state.measures.iter().find(|measure| measure.metric.key == *key);
        cells.push(measure.map_or_else(String::new, value));
    }
    cells
}

fn value(measure: &Measure) -> String {
    match measure.value {
        Value::Count(count) => count.to_string(),
        Value::Ratio(ratio) => ratio.to_string(),
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn each_commit_is_a_line_and_every_line_has_all_columns() {
        let text = write(&fixture::history());
        insta::assert_snapshot!(text.replace("\r\n", "\n"));
        // No cell of the fixture that is quoted holds a line break.
        let columns = |line: &str| {
            let mut quoted = false;
            line.chars()
                .filter(|c| {
                    quoted ^= *c == '"';
                    *c == ',' && !quoted
                })
                .count()
        };
        let widths: Vec<usize> = text.trim_end().split("\r\n").map(columns).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{widths:?}");
    }
}
