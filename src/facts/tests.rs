//! What `read` finds, by construct.

mod bodies;
mod expansion;
mod items;
mod macros;
mod robustness;

use super::*;

fn facts(text: &str) -> FileFacts {
    read(text, Edition::E2024)
}

/// The dump of the facts, line by line without indentation, as the fixture below the code has it.
#[track_caller]
fn check(dump: fn(&FileFacts) -> String, text: &str, expected: &str) {
    let found = facts(text);
    assert_eq!(found.problems, []);
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    assert_eq!(lines(&dump(&found)), lines(expected), "\n{}", dump(&found));
}
