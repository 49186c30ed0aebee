//! riprap.baseline: the violations that a team accepts today, each as a line that people can read and merge.
//!
//! In: the text of the file, or the violations of a revision.  Out: [`Baseline`], or every line that is none.  Not here:
//! what is accepted (`accept`), files.
//!
//! A line is `rule from -> to`; for a rule about one thing `rule from`; for a cycle `rule container: member, member`.
//! That is all that the identity of a violation is made of, so lines, kinds and spelling may change.  A number that a
//! ratchet holds is `worsened-metric scope: metric <= value`; of several lines for one number the better value counts.
//! Empty lines and lines that start with `#` mean nothing, order and repetition neither: two branches that each remove
//! lines or make a value better can be merged by keeping the lines of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::boundary::Problem;
use crate::boundary::spelling::did_you_mean;
use crate::metrics::{self, Better, METRICS, Value};
use crate::rules::{self, Violation, WORSENED_METRIC};
use crate::source::{ConfigFiles, Span};

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
    /// A number that may not get worse than this.
    Limit(Limit),
}

/// What a number is held to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit {
    /// As riprap.toml names it.
    pub metric: String,
    /// [`Value::exact`]
    value: String,
}

impl Limit {
    pub fn new(metric: &str, value: Value) -> Self {
        Self { metric: metric.to_owned(), value: value.exact() }
    }

    pub fn value(&self) -> Option<Value> {
        Value::parse(&self.value)
    }
}

impl Entry {
    pub fn of(violation: &Violation) -> Self {
        let what = match (violation.value, violation.members.is_empty()) {
            (Some(value), _) => What::Limit(Limit::new(&violation.to, value)),
            (None, true) => What::Thing(violation.to.clone()),
            (None, false) => What::Cycle(violation.members.clone()),
        };
        Self { rule: violation.rule.to_owned(), from: violation.from.clone(), what }
    }

    /// Whether a violation is this one: the same, or what is left of the same cycle.
    pub fn covers(&self, violation: &Violation) -> bool {
        self.is(violation.rule, &violation.from, &violation.to, &violation.members)
    }

    /// The same for a violation that is an entry, too.
    pub fn covers_entry(&self, other: &Self) -> bool {
        match &other.what {
            What::Thing(to) => self.is(&other.rule, &other.from, to, &[]),
            What::Cycle(members) => self.is(&other.rule, &other.from, "", members),
            What::Limit(_) => false,
        }
    }

    fn is(&self, rule: &str, from: &str, to: &str, members: &[String]) -> bool {
        self.rule == rule
            && self.from == from
            && match &self.what {
                What::Thing(own) => members.is_empty() && own == to,
                What::Cycle(own) => !members.is_empty() && members.iter().all(|member| own.contains(member)),
                // A number that is within its limit is no violation.
                What::Limit(_) => false,
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
            What::Limit(Limit { metric, value }) => write!(f, "{rule} {from}: {metric} {} {value}", comparison(metric)),
        }
    }
}

/// The accepted violations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    pub entries: BTreeSet<Entry>,
}

impl Baseline {
    /// All that a verdict finds and would deny, accepted; numbers held to what they are.
    pub fn first(verdict: &super::Verdict) -> Self {
        let found = verdict.acceptable().map(|judged| Entry::of(&judged.violation));
        let held = verdict.held.iter().filter_map(|held| held.value.map(|value| held.entry(value)));
        Self { entries: found.chain(held).collect() }
    }

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

    /// Reads several files that count together; `None` without any.
    ///
    /// # Errors
    /// Every line that is no entry, as bytes of the run of files.
    pub fn read_all(files: &ConfigFiles) -> Result<Option<Self>, Vec<Problem>> {
        let mut all: Option<Self> = None;
        let mut problems = Vec::new();
        for (start, file) in files.files() {
            match Self::read(&file.text) {
                Ok(read) => all.get_or_insert_default().entries.extend(read.entries),
                Err(found) => problems.extend(found.into_iter().map(|problem| {
                    let span = Span::new(problem.span.start + start, problem.span.end + start);
                    Problem { span, ..problem }
                })),
            }
        }
        if problems.is_empty() { Ok(all) } else { Err(problems) }
    }

    /// The text of the file: the same entries give the same bytes.
    pub fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for entry in &self.entries {
            text += &format!("{entry}\n");
        }
        text
    }

    /// What numbers are held to, by scope and metric: of several values the best.
    pub fn limits(&self) -> BTreeMap<(&str, &str), (&Entry, Value)> {
        let mut limits: BTreeMap<(&str, &str), (&Entry, Value)> = BTreeMap::new();
        for entry in &self.entries {
            let What::Limit(limit) = &entry.what else { continue };
            let (Some(value), Some(metric)) = (limit.value(), metrics::find(&limit.metric)) else { continue };
            let best = limits.entry((&entry.from, &limit.metric)).or_insert((entry, value));
            if value.is_better_than(best.1, metric.better) {
                *best = (entry, value);
            }
        }
        limits
    }

    /// Accepts a violation; of a number, its value of today and no better one.
    pub fn accept(&mut self, violation: &Violation) {
        let entry = Entry::of(violation);
        if let What::Limit(new) = &entry.what {
            let is_same = |it: &Entry| matches!(&it.what, What::Limit(limit) if limit.metric == new.metric);
            self.entries.retain(|it| it.from != entry.from || !is_same(it));
        }
        self.entries.insert(entry);
    }
}

impl FromIterator<Entry> for Baseline {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

/// How a line compares a number with what it is held to.
fn comparison(metric: &str) -> &'static str {
    match metrics::find(metric).map(|metric| metric.better) {
        Some(Better::More) => ">=",
        _ => "<=",
    }
}

/// `scope: metric <= value`
fn limit(rest: &str) -> Result<(&str, Limit), Problem> {
    let form = || {
        let problem = Problem::new(Span::default(), format!("`{rest}` is no limit of a number"), "not a limit");
        problem.with_help(Some("a line is `worsened-metric scope: metric <= value`".to_owned()))
    };
    let (scope, limit) = rest.rsplit_once(": ").ok_or_else(form)?;
    let words: Vec<&str> = limit.split_whitespace().collect();
    let [metric, compared, value] = words[..] else { return Err(form()) };
    if metrics::find(metric).is_none() {
        let words: Vec<String> = METRICS.iter().map(|metric| metric.word()).collect();
        let help = did_you_mean(metric, words.iter().map(String::as_str));
        let problem = Problem::new(Span::default(), format!("no metric is called `{metric}`"), "unknown metric");
        return Err(problem.with_help(help));
    }
    let value = Value::parse(value).filter(|_| compared == comparison(metric)).ok_or_else(form)?;
    Ok((scope, Limit::new(metric, value)))
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
    if rule == WORSENED_METRIC {
        let (scope, limit) = limit(rest)?;
        return Ok(Entry { rule: rule.to_owned(), from: scope.to_owned(), what: What::Limit(limit) });
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
    fn of_several_limits_of_a_number_the_best_counts() {
        let text = "worsened-metric orders: breadth >= 3/4\nworsened-metric orders: breadth >= 1/2\n\
                    worsened-metric orders: leak-ratio <= 1/2\nworsened-metric orders: leak-ratio <= 1/3\n";
        let baseline = Baseline::read(text).unwrap();
        let limits = baseline.limits();
        let told: Vec<_> = limits.iter().map(|((_, metric), (_, value))| (*metric, value.exact())).collect();
        assert_eq!(told, [("breadth", "3/4".to_owned()), ("leak-ratio", "1/3".to_owned())]);
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline));
    }

    #[test]
    fn a_limit_that_means_nothing_is_told() {
        let told = |line: &str| {
            let problem = Baseline::read(&format!("worsened-metric {line}\n")).unwrap_err().remove(0);
            format!("{}; {}", problem.message, problem.help.unwrap_or_default())
        };
        let form = "a line is `worsened-metric scope: metric <= value`";
        assert_eq!(told("orders: leak-ratoi <= 1/3"), "no metric is called `leak-ratoi`; did you mean `leak-ratio`?");
        for line in ["orders leak-ratio <= 1/3", "orders: leak-ratio >= 1/3", "orders: leak-ratio <= 0.3"] {
            assert_eq!(told(line), format!("`{line}` is no limit of a number; {form}"));
        }
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
