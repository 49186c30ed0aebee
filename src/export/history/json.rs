//! A history as JSON: `"schema": "riprap.history/1"`, described by assets/history.schema.json.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Number;

use crate::history::{Commit, Difference, Edge, History, Identity, JudgedBy, Life, Point, Span, Survival};
use crate::metrics::{Measure, Value};

const SCHEMA: &str = "riprap.history/1";

#[derive(Serialize)]
struct Document<'a> {
    commits: Vec<Entry<'a>>,
    judged_by: Judge<'a>,
    lives: BTreeMap<&'static str, Lives>,
    notes: &'a [String],
    schema: &'static str,
    tool: Tool,
    violations: Vec<Violation<'a>>,
    whole: bool,
    workspace: &'a str,
}

#[derive(Serialize)]
struct Judge<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    rules: &'static str,
}

#[derive(Serialize)]
struct Lives {
    fixed: usize,
    median_days: Option<u64>,
    open: usize,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Reference<'a> {
    author: &'a str,
    commit: String,
    date: String,
    subject: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    commit: Reference<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hole: Option<&'a str>,
    parents: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
}

#[derive(Serialize)]
struct State<'a> {
    allowed: Vec<Allowed<'a>>,
    assigned: Option<Number>,
    boundary_edges: Edges<'a>,
    closed: &'a [String],
    denied: usize,
    failing: &'a [String],
    metrics: BTreeMap<&'static str, Number>,
    module_edges: Edges<'a>,
    notes: &'a BTreeMap<&'static str, usize>,
    opened: Vec<&'a str>,
    renamed: Vec<[&'a str; 2]>,
    violations: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Allowed<'a> {
    kind: &'static str,
    what: &'a str,
}

#[derive(Serialize)]
struct Edges<'a> {
    added: Vec<[&'a str; 2]>,
    count: usize,
    removed: Vec<[&'a str; 2]>,
}

#[derive(Serialize)]
struct Violation<'a> {
    formerly: &'a [String],
    from: &'a str,
    id: &'a str,
    members: &'a [String],
    open: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    rule: &'static str,
    spans: Vec<Stay<'a>>,
    to: &'a str,
}

#[derive(Serialize)]
struct Stay<'a> {
    fixed: Option<Reference<'a>>,
    /// Null if it was there before the first commit that was looked at.
    introduced: Option<Reference<'a>>,
}

/// Writes the document; the same history gives the same bytes.
pub fn write(history: &History) -> Vec<u8> {
    let lives = history.lives();
    let document = Document {
        commits: history.points.iter().map(|point| entry(history, point)).collect(),
        judged_by: judge(&history.judged_by),
        lives: history
            .survival(&lives)
            .into_iter()
            .map(|(rule, Survival { median_days, fixed, open })| (rule, Lives { fixed, median_days, open }))
            .collect(),
        notes: &history.notes,
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        violations: lives.iter().map(|life| violation(history, life)).collect(),
        whole: history.is_whole,
        workspace: &history.workspace,
    };
    // Strings and numbers always become JSON.
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn judge(judged_by: &JudgedBy) -> Judge<'_> {
    match judged_by {
        JudgedBy::Today => Judge { file: None, rules: "today" },
        JudgedBy::Other(file) => Judge { file: Some(file), rules: "other" },
        JudgedBy::Own => Judge { file: None, rules: "own" },
    }
}

fn reference(commit: &Commit) -> Reference<'_> {
    Reference {
        author: &commit.author,
        commit: commit.id.to_string(),
        date: commit.committed.date().to_string(),
        subject: &commit.subject,
    }
}

fn entry<'a>(history: &'a History, point: &'a Point) -> Entry<'a> {
    let (state, hole) = match &point.state {
        Ok(state) => (Some(state), None),
        Err(hole) => (None, Some(hole.reason.as_str())),
    };
    Entry {
        commit: reference(&point.commit),
        hole,
        parents: point.commit.parents.iter().map(ToString::to_string).collect(),
        tags: history.tags.get(&point.commit.id).map_or(&[], Vec::as_slice),
        state: state.map(|state| State {
            allowed: state.intent.iter().map(|it| Allowed { kind: it.kind, what: &it.what }).collect(),
            assigned: state.assigned.map(|share| thousandths(share.thousandths())),
            boundary_edges: edges(&state.boundaries),
            closed: &state.closed,
            denied: state.denied,
            failing: &state.failing,
            metrics: state.measures.iter().map(|measure| (measure.metric.key, number(measure))).collect(),
            module_edges: edges(&state.modules),
            notes: &state.notes,
            opened: state.opened.iter().map(|identity| identity.id.as_str()).collect(),
            renamed: state.renamed.iter().map(|(before, now)| [before.as_str(), now.id.as_str()]).collect(),
            violations: state.violations.iter().copied().collect(),
        }),
    }
}

fn edges(difference: &Difference) -> Edges<'_> {
    Edges { added: pairs(&difference.added), count: difference.count, removed: pairs(&difference.removed) }
}

fn pairs(edges: &[Edge]) -> Vec<[&str; 2]> {
    edges.iter().map(|(from, to)| [from.as_str(), to.as_str()]).collect()
}

fn number(measure: &Measure) -> Number {
    match measure.value {
        Value::Count(count) => count.into(),
        Value::Ratio(ratio) => thousandths(ratio.thousandths()),
    }
}

/// A whole number of thousandths is a finite number.
fn thousandths(count: u64) -> Number {
    Number::from_f64(count as f64 / 1000.0).unwrap_or_else(|| 0.into())
}

fn violation<'a>(history: &'a History, life: &'a Life) -> Violation<'a> {
    let Identity { id, rule, from, to, members } = &life.identity;
    let stay = |span: &Span| Stay {
        fixed: span.fixed.map(|at| reference(&history.points[at].commit)),
        introduced: history.introducing(span).map(reference),
    };
    Violation {
        formerly: &life.formerly,
        from,
        id,
        members,
        open: life.is_open(),
        owner: life.owner.as_deref(),
        rule,
        spans: life.spans.iter().map(stay).collect(),
        to,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_document_follows_its_schema_and_tells_who_introduced_what() {
        let bytes = write(&fixture::history());
        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../../assets/history.schema.json")).unwrap();
        let errors: Vec<String> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&document)
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap());
    }
}
