//! A patch as a file: what it is, whether it keeps its promise, what it leaves, then the diff.
//!
//! In: a draft or a wish, its patch and the proof.  Out: text that `git apply` takes: what stands before the first file is for
//! people.  Not here: what is edited (`patch`).

use std::fmt::Write as _;

use crate::patch::{Patch, Promise, unified};

/// More of one kind than this is counted, not listed.
const MOST: usize = 100;

/// `wishes`: what the patch does, a line each.
pub fn write(wishes: &[String], patch: &Patch, promise: &Promise) -> String {
    let mut text = String::from("What it does:\n");
    list(&mut text, wishes.iter().cloned());
    let _ = writeln!(text, "\n{}", verdict(patch, promise));
    list(&mut text, promise.differences.iter().cloned());
    if !patch.left.is_empty() {
        text.push_str("\nLeft for a person:\n");
        list(
            &mut text,
            patch.left.iter().map(|left| match &left.place {
                Some((file, line)) => format!("{file}:{line}: {}", left.reason),
                None => left.reason.clone(),
            }),
        );
    }
    text.push('\n');
    text.push_str(&unified(&patch.files));
    text
}

/// Whether the code after the patch is what was promised, in one sentence.
pub fn verdict(patch: &Patch, promise: &Promise) -> String {
    let kept = match promise.differences.len() {
        0 => "It keeps its promise: analysed again, code, edges and violations are as promised".to_owned(),
        1 => "It does not keep its promise: analysed again, 1 thing differs from what was promised".to_owned(),
        n => format!("It does not keep its promise: analysed again, {n} things differ from what was promised"),
    };
    match patch.left.len() {
        0 => format!("{kept}."),
        1 => format!("{kept}.  1 thing is left for a person."),
        n => format!("{kept}.  {n} things are left for a person."),
    }
}

fn list(text: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(MOST);
    for line in lines.take(MOST) {
        let _ = writeln!(text, "- {line}");
    }
    if more > 0 {
        let _ = writeln!(text, "- and {more} more");
    }
}
