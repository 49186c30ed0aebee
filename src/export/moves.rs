//! A draft as Markdown: what it mends, and what to do in which order.
//!
//! In: today's state and the draft's, with its numbers.  Out: text for an issue or a pull request.  Not here: what is to be
//! done (`draft`).

use std::fmt::Write as _;

use crate::draft::{Change, Drafted, Ground, steps};
use crate::verdict::Judged;

/// More places of one step than this are counted, not listed.
const MOST_EDITS: usize = 200;

/// More violations than this are counted, not listed.
const MOST_VIOLATIONS: usize = 40;

pub fn moves(ground: &Ground, drafted: &Drafted, changes: &[Change]) -> String {
    let effect = &drafted.effect;
    let mut text = String::from("# What if\n\n");
    for (index, step) in drafted.draft.moves.iter().enumerate() {
        let _ = writeln!(text, "{}. {step}", index + 1);
    }
    text.push_str("\n## Effect\n\n| | today | then |\n|---|---|---|\n");
    for (name, (today, then)) in
        [("denied violations", effect.denied), ("open violations", effect.open), ("rings", effect.rings)]
    {
        let _ = writeln!(text, "| {name} | {today} | {then} |");
    }
    for change in changes.iter().filter(|change| change.boundary.is_none()) {
        let value = |value: Option<crate::metrics::Value>| value.map_or_else(|| "–".to_owned(), |it| it.to_string());
        let _ = writeln!(text, "| {} | {} | {} |", change.metric.name, value(change.before), value(change.after));
    }
    violations(&mut text, "Mended", &effect.gone, &ground.verdict.violations);
    violations(&mut text, "Newly broken", &effect.new, &drafted.verdict.violations);
    text.push_str("\n## Steps\n");
    for (index, step) in steps(ground, drafted).iter().enumerate() {
        let _ = writeln!(text, "\n### {}. {}\n", index + 1, step.title);
        for line in &step.lines {
            let _ = writeln!(text, "- {line}");
        }
        for edit in step.edits.iter().take(MOST_EDITS) {
            let _ = writeln!(text, "- [ ] {}:{}: {}", edit.file, edit.line, edit.what);
        }
        if step.edits.len() > MOST_EDITS {
            let _ = writeln!(text, "- [ ] and {} more places", step.edits.len() - MOST_EDITS);
        }
    }
    text
}

fn violations(text: &mut String, title: &str, indices: &[usize], all: &[Judged]) {
    if indices.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## {title}\n");
    for judged in indices.iter().take(MOST_VIOLATIONS).map(|index| &all[*index]) {
        let _ = writeln!(text, "- {}: {}", judged.violation.rule, judged.violation.message);
    }
    if indices.len() > MOST_VIOLATIONS {
        let _ = writeln!(text, "- and {} more", indices.len() - MOST_VIOLATIONS);
    }
}
