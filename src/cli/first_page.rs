//! What `check` says of a workspace without a riprap.toml: what is worth knowing, and no list of everything.
//!
//! In: an analysis.  Out: text with ANSI colours.  Not here: which findings there are (`findings`).

use std::fmt::Write as _;

use crate::analysis::{Analysis, Worth};
use crate::export::report::wording;
use crate::findings::Finding;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// The findings that fit on a page, or all, and what to do next.
pub(super) fn text(analysis: &Analysis, all: bool) -> String {
    let Worth { first_page, rest } = analysis.findings(analysis.edits().as_ref());
    let shown = first_page.iter().chain(rest.iter().filter(|_| all));
    let mut text = String::new();
    for (number, finding) in shown.enumerate() {
        tell(&mut text, number + 1, finding);
    }
    match rest.len() {
        0 => {}
        _ if all => {}
        1 => text += "One more is worth less; `riprap check --all` tells it, too.\n\n",
        more => _ = writeln!(text, "{more} more are worth less; `riprap check --all` tells them, too.\n"),
    }
    _ = writeln!(text, "{}", wording::summary(&analysis.parts()));
    text +=
        "`riprap init` writes a riprap.toml for this workspace: from then on `riprap check` stops the next break.\n";
    text
}

fn tell(text: &mut String, number: usize, finding: &Finding) {
    _ = writeln!(text, "{BOLD}{number:>2}. {}{RESET}", finding.title);
    if let Some(place) = &finding.place {
        _ = writeln!(text, "    {DIM}{} --> {place}{RESET}", finding.kind.word());
    }
    for detail in &finding.details {
        _ = writeln!(text, "      {detail}");
    }
    _ = writeln!(text, "    buys: {}", finding.buys);
    if !finding.advice.is_empty() {
        _ = writeln!(text, "    do:   {}", finding.advice);
    }
    text.push('\n');
}
