//! riprap.baseline: the violations that a team accepts today, each as a line that people can read and merge.
//!
//! In: the text of the file, or the violations of a revision.  Out: [`Baseline`], or every line that is none.  Not here:
//! what is accepted (`accept`), files.
//!
//! A line is `rule from -> to`; for a rule about one thing `rule from`; for a cycle `rule container: member, member`.
//! That is all that the identity of a violation is made of, so lines, kinds and spelling may change.  Empty lines and
//! lines that start with `#` mean nothing, order and repetition neither: two branches that each remove lines can be
//! merged by keeping the lines of both.

use std::collections::BTreeSet;
use std::fmt;

use crate::boundary::Problem;
use crate::boundary::spelling::did_you_mean;
use crate::rules::{self, Violation};
use crate::source::Span;

const HEAD: &str = "# Violations that are accepted today; `riprap baseline` takes out what is fixed.";

/// One accepted violation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    pub rule: String,
    /// The referring module; for a cycle its container.
    pub from: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The thing that is named; empty for a rule about one thing.
    Thing(String),
    /// The members of a cycle, sorted.
    Cycle(Vec<String>),
}

impl Entry {
    pub fn of(violation: &Violation) -> Self {
        let what = match violation.members.is_empty() {
            true => What::Thing(violation.to.clone()),
            false => What::Cycle(violation.members.clone()),
        };
        Self { rule: violation.rule.to_owned(), from: violation.from.clone(), what }
    }

    /// Whether a violation is this one: the same, or what is left of the same cycle.
    pub fn covers(&self, violation: &Violation) -> bool {
        self.rule == violation.rule
            && self.from == violation.from
            && match &self.what {
                What::Thing(to) => violation.members.is_empty() && *to == violation.to,
                What::Cycle(members) => {
                    !violation.members.is_empty() && violation.members.iter().all(|member| members.contains(member))
                }
            }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, from, what } = self;
        match what {
            What::Thing(to) if to.is_empty() => write!(f, "{rule} {from}"),
            What::Thing(to) => write!(f, "{rule} {from} -> {to}"),
            What::Cycle(members) => write!(f, "{rule} {from}: {}", members.join(", ")),
        }
    }
}

/// The accepted violations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    pub entries: BTreeSet<Entry>,
}

impl Baseline {
    /// Reads the text of a riprap.baseline.
    ///
    /// # Errors
    /// Every line that is no entry.
    pub fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let mut baseline = Self::default();
        let mut problems = Vec::new();
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let written = line.trim();
            if !written.is_empty() && !written.starts_with('#') {
                match entry(written) {
                    Ok(entry) => {
                        baseline.entries.insert(entry);
                    }
                    Err(mut problem) => {
                        let start = offset + (line.len() - line.trim_start().len());
                        problem.span = Span::new(start as u32, (start + written.len()) as u32);
                        problems.push(problem);
                    }
                }
            }
            offset += line.len();
        }
        if problems.is_empty() { Ok(baseline) } else { Err(problems) }
    }

    /// The text of the file: the same entries give the same bytes.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for entry in &self.entries {
            text += &format!("{entry}\n");
        }
        text
    }
}

impl FromIterator<Entry> for Baseline {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

fn entry(line: &str) -> Result<Entry, Problem> {
    let problem = |message: String, label: &str| Problem::new(Span::default(), message, label);
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        let help = "keep the lines of both sides and remove the marks; `riprap baseline` then takes out what is fixed";
        return Err(problem("a merge left a conflict in riprap.baseline".to_owned(), "conflict mark")
            .with_help(Some(help.to_owned())));
    }
    let (rule, rest) = line.split_once(' ').unwrap_or((line, ""));
    if !rules::names().any(|name| name == rule) {
        let help = did_you_mean(rule, rules::names());
        return Err(problem(format!("no rule is called `{rule}`"), "unknown rule").with_help(help));
    }
    let rest = rest.trim();
    if rest.is_empty() {
        let help = "a line is `rule from -> to`, `rule from`, or `rule container: member, member`";
        return Err(problem(format!("`{rule}` of what?"), "nothing follows the rule").with_help(Some(help.to_owned())));
    }
    let (from, what) = match (rest.split_once(" -> "), rest.split_once(": ")) {
        (Some((from, to)), _) => (from, What::Thing(to.trim().to_owned())),
        (None, Some((container, members))) => {
            let mut members: Vec<String> = members.split(", ").map(|member| member.trim().to_owned()).collect();
            members.sort();
            (container, What::Cycle(members))
        }
        (None, None) => (rest, What::Thing(String::new())),
    };
    Ok(Entry { rule: rule.to_owned(), from: from.trim().to_owned(), what })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Violations that are accepted today; `riprap baseline` takes out what is fixed.
internal-access web::cart -> orders::stock::Level
module-cycle app: app::a, app::b
unassigned-code tools
";

    #[test]
    fn what_is_written_is_read_again() {
        let baseline = Baseline::read(TEXT).unwrap();
        assert_eq!(baseline.entries.len(), 3);
        assert_eq!(baseline.text(), TEXT);
    }

    #[test]
    fn order_repetition_blanks_and_comments_mean_nothing() {
        let mixed = "\n module-cycle app: app::b, app::a\nunassigned-code tools\r\n# why\nunassigned-code tools\n\
                     internal-access web::cart -> orders::stock::Level";
        assert_eq!(Baseline::read(mixed), Baseline::read(TEXT));
    }

    #[test]
    fn a_line_that_is_no_entry_is_told_with_its_place() {
        let text = "internal-acess a -> b\nmodule-cycle\n<<<<<<< HEAD\n";
        let problems = Baseline::read(text).unwrap_err();
        let told: Vec<_> = problems
            .iter()
            .map(|it| (&text[it.span.start as usize..it.span.end as usize], it.message.as_str(), it.help.is_some()))
            .collect();
        assert_eq!(
            told,
            [
                ("internal-acess a -> b", "no rule is called `internal-acess`", true),
                ("module-cycle", "`module-cycle` of what?", true),
                ("<<<<<<< HEAD", "a merge left a conflict in riprap.baseline", true),
            ]
        );
    }
}
