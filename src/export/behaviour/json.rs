//! Behaviour as JSON: `"schema": "riprap.behaviour/1"`, described by assets/behaviour.schema.json.

use serde::Serialize;

use crate::history::{Behaviour, CoChange, Hotspot, MAX_FILES_OF_COMMIT, Share, Team};

const SCHEMA: &str = "riprap.behaviour/1";

#[derive(Serialize)]
struct Document<'a> {
    across_boundaries: Part,
    across_layers: Part,
    boundaries: Vec<Together<'a>>,
    commits: usize,
    from: &'a str,
    hotspots: Vec<Spot<'a>>,
    max_files: usize,
    modules: Vec<Together<'a>>,
    notes: &'a [String],
    schema: &'static str,
    teams: Vec<Work<'a>>,
    to: &'a str,
    too_large: usize,
    tool: Tool,
    workspace: &'a str,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Part {
    did: usize,
    of: usize,
}

#[derive(Serialize)]
struct Together<'a> {
    a: &'a str,
    b: &'a str,
    commits_of_a: usize,
    commits_of_b: usize,
    lift: f64,
    linked: bool,
    together: usize,
}

#[derive(Serialize)]
struct Spot<'a> {
    commits: usize,
    lines: u64,
    module: &'a str,
    violations: usize,
}

#[derive(Serialize)]
struct Work<'a> {
    commits: usize,
    files: usize,
    name: &'a str,
    with_others: usize,
}

/// Writes the document; the same behaviour gives the same bytes.
pub fn write(workspace: &str, days: (&str, &str), behaviour: &Behaviour, notes: &[String]) -> Vec<u8> {
    let part = |Share { of, did }: Share| Part { did, of };
    let document = Document {
        across_boundaries: part(behaviour.across_boundaries),
        across_layers: part(behaviour.across_layers),
        boundaries: behaviour.boundaries.iter().map(together).collect(),
        commits: behaviour.commits,
        from: days.0,
        hotspots: behaviour.hotspots.iter().map(spot).collect(),
        max_files: MAX_FILES_OF_COMMIT,
        modules: behaviour.modules.iter().map(together).collect(),
        notes,
        schema: SCHEMA,
        teams: behaviour.teams.iter().map(work).collect(),
        to: days.1,
        too_large: behaviour.too_large,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        workspace,
    };
    // Strings and finite numbers always become JSON.
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn together(pair: &CoChange) -> Together<'_> {
    Together {
        a: &pair.a,
        b: &pair.b,
        commits_of_a: pair.commits.0,
        commits_of_b: pair.commits.1,
        // Two digits are more than a chance is worth.
        lift: (pair.lift * 100.0).round() / 100.0,
        linked: pair.linked,
        together: pair.together,
    }
}

fn spot(it: &Hotspot) -> Spot<'_> {
    Spot { commits: it.commits, lines: it.lines, module: &it.module, violations: it.violations }
}

fn work(team: &Team) -> Work<'_> {
    let Share { of, did } = team.with_others;
    Work { commits: of, files: team.files, name: &team.name, with_others: did }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::behaviour;
    use super::*;

    #[test]
    fn the_document_has_everything_and_follows_its_schema() {
        let bytes = write("shop", ("2025-01-01", "2026-01-01"), &behaviour(), &["a note".to_owned()]);
        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let schema = serde_json::from_str(include_str!("../../../assets/behaviour.schema.json")).unwrap();
        let errors: Vec<String> =
            jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        insta::assert_snapshot!(String::from_utf8(bytes).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}
