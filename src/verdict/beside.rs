//! Exceptions beside the code: `// riprap: allow(RULE, until = 2027-01-31, reason = "..")` on the line before.
//!
//! In: sources.  Out: [`Allowance`]s, with what is wrong with them.  Not here: what they excuse.
//!
//! One is good for the statement or the header of the item that follows: to the line of its first `;` or `{`, or, for
//! an element of a list, to the end of its line.  A `use` is one statement, braces and all.

use std::ops::RangeInclusive;

use memchr::memmem;
use rayon::prelude::*;

use crate::boundary::spelling::did_you_mean;
use crate::rules;
use crate::source::{Date, FileId, SourceFile, SourceTree, Span};

/// One exception beside the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) file: FileId,
    /// The comment.
    pub(super) span: Span,
    /// The rule, as written.
    pub(super) rule: String,
    /// The last day on which it is good.
    pub(super) until: Option<Date>,
    pub(super) reason: Option<String>,
    /// The lines that it is good for.
    pub(super) lines: Option<RangeInclusive<u32>>,
    /// What is wrong with it; then it is good for nothing.
    pub(super) problem: Option<String>,
}

/// What a comment starts with that says something to riprap.
const MARK: &str = "riprap:";

/// In the order of files and lines.
pub(super) fn allowances(sources: &SourceTree) -> Vec<Allowance> {
    let files: Vec<FileId> = sources.ids().collect();
    let of_file = |file: &FileId| {
        let text = &sources.file(*file).text;
        let found: Vec<usize> = memmem::find_iter(text.as_bytes(), MARK).collect();
        found.into_iter().filter_map(|at| allowance(sources.file(*file), *file, at)).collect::<Vec<_>>()
    };
    files.par_iter().flat_map_iter(of_file).collect()
}

fn allowance(source: &SourceFile, file: FileId, at: usize) -> Option<Allowance> {
    let text = &source.text;
    let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    // A comment of its own, and no documentation.
    let before = text[line_start..at].trim();
    let said = text[at + MARK.len()..line_end].trim();
    let arguments = said.strip_prefix("allow").filter(|_| before == "//")?.trim_start();
    let start = line_start + text[line_start..].find("//")?;
    let span = Span::new(start as u32, (line_start + text[line_start..line_end].trim_end().len()) as u32);
    let (rule, until, reason, lines, problem) = Default::default();
    let mut allowance = Allowance { file, span, rule, until, reason, lines, problem };
    match read(arguments, &mut allowance) {
        Ok(()) => allowance.lines = covered(source, source.line_at(start as u32)),
        Err(problem) => allowance.problem = Some(problem),
    }
    Some(allowance)
}

/// `(RULE, until = 2027-01-31, reason = "..")`
fn read(arguments: &str, allowance: &mut Allowance) -> Result<(), String> {
    let form = "it is written `riprap: allow(RULE, until = 2027-01-31, reason = \"why\")`";
    let inner = arguments.strip_prefix('(').and_then(|rest| Some(&rest[..rest.rfind(')')?])).ok_or(form)?;
    let (rule, rest) = inner.split_once(',').unwrap_or((inner, ""));
    rule.trim().clone_into(&mut allowance.rule);
    if rules::find(&allowance.rule).is_none() {
        let help = did_you_mean(&allowance.rule, rules::RULES.iter().map(|rule| rule.name));
        let help = help.map_or(String::new(), |help| format!("; {help}"));
        return Err(format!("no rule is called `{}`{help}", allowance.rule));
    }
    // The rest is written as in riprap.toml.
    let table: toml::Table = toml::from_str(&format!("allow = {{ {rest} }}")).map_err(|_| form)?;
    for (key, value) in table.get("allow").and_then(toml::Value::as_table).into_iter().flatten() {
        match (key.as_str(), value) {
            ("until", toml::Value::Datetime(date)) => allowance.until = Some(Date::parse(&date.to_string())?),
            ("until", _) => return Err("`until` is a day, without quotes: `until = 2027-01-31`".to_owned()),
            ("reason", toml::Value::String(reason)) => allowance.reason = Some(reason.clone()),
            ("reason", _) => return Err("`reason` is a text in quotes".to_owned()),
            _ => return Err(format!("`{key}` is nothing that can be said here; {form}")),
        }
    }
    Ok(())
}

/// The lines of the statement or header that follows a line: comments and attributes before it are part of it.
fn covered(source: &SourceFile, comment: u32) -> Option<RangeInclusive<u32>> {
    let is_before = |line: &u32| {
        let text = source.line_text(*line).trim();
        text.is_empty() || text.starts_with("//") || text.starts_with("#[")
    };
    let first = (comment + 1..=source.line_count()).find(|line| !is_before(line))?;
    let opening = source.line_text(first).trim_start();
    let is_import = opening.starts_with("use ") || (opening.starts_with("pub") && opening.contains(" use "));
    let ends = |line: &u32| {
        let text = source.line_text(*line);
        let code = text.split("//").next().unwrap_or_default().trim_end();
        let is_element = code.ends_with(',') && !code.contains('(');
        code.contains(';') || (!is_import && (code.contains(['{', '}']) || (*line == first && is_element)))
    };
    let last = (first..=source.line_count()).find(ends).unwrap_or_else(|| source.line_count());
    Some(comment + 1..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Allowance> {
        allowances(&SourceTree::new(vec![SourceFile::new("src/lib.rs".to_owned(), text.into())]))
    }

    #[track_caller]
    fn check_lines(text: &str, expected: &[Option<RangeInclusive<u32>>]) {
        assert_eq!(all(text).into_iter().map(|it| it.lines).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rule_day_and_reason_are_read() {
        let found = all("    // riprap: allow(internal-access, reason = \"a, (b)\", until = 2027-01-31)\nuse a::b;\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, "internal-access");
        assert_eq!(found[0].until, Date::new(2027, 1, 31));
        assert_eq!(found[0].reason.as_deref(), Some("a, (b)"));
        assert_eq!((found[0].span, found[0].problem.clone()), (Span::new(4, 76), None));
    }

    #[test]
    fn one_is_good_for_the_statement_that_follows() {
        check_lines("// riprap: allow(internal-access)\nuse a::b;\nuse a::c;\n", &[Some(2..=2)]);
        check_lines("// riprap: allow(internal-access)\nuse a::{\n    b,\n    c,\n};\nuse d;\n", &[Some(2..=5)]);
        check_lines(
            "// riprap: allow(internal-access)\n#[x]\nfn f(\n    a: a::B,\n) {\n    a::c();\n}\n",
            &[Some(2..=5)],
        );
        check_lines("// riprap: allow(internal-access)\nlet x = a\n    .b();\na::c();\n", &[Some(2..=3)]);
        check_lines(
            "struct S {\n    // riprap: allow(internal-access)\n    a: a::B,\n    b: a::C,\n}\n",
            &[Some(3..=3)],
        );
    }

    #[test]
    fn what_talks_about_riprap_or_quotes_it_is_none() {
        check_lines(
            "/// // riprap: allow(internal-access)\n// riprap: a tool\nlet s = \"// riprap: allow(x)\";\n",
            &[],
        );
        check_lines("use a::b; // riprap: allow(internal-access)\n", &[]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let problem =
            |arguments: &str| all(&format!("// riprap: allow{arguments}\nuse a::b;\n"))[0].problem.clone().unwrap();
        assert_eq!(problem("(internal-acess)"), "no rule is called `internal-acess`; did you mean `internal-access`?");
        assert!(problem("(internal-access, until = \"2027-01-31\")").starts_with("`until` is a day"));
        assert!(problem("(internal-access, until = 2027-01-31T00:00:00Z)").contains("is no day"));
        assert!(problem("(internal-access, because = \"x\")").starts_with("`because`"));
        assert!(problem("(internal-access, reason = \"x)").starts_with("it is written"));
        assert!(problem(" internal-access").starts_with("it is written"));
    }
}
