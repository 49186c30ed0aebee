//! `[[ratchet]]`: numbers that may not get worse, and how bad it is if one does.
//!
//! In: the entries.  Out: [`Ratchet`]s, with the level of those that have their own.  Not here: whether a scope means
//! anything (`boundary`), and the numbers (`metrics`).

use super::level;
use super::table::{Keys, Reader, Value};
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Placed, Problem, Ratchet};
use crate::metrics::{self, Better, FOUND, METRICS, Metric};
use crate::verdict::Level;

const RATCHET: Keys = Keys { place: "`[[ratchet]]`", known: &["metric", "query", "scope", "level"], later: &[] };

pub(super) fn ratchets(reader: &mut Reader, value: &Value<'_>) -> Vec<(Ratchet, Option<Level>)> {
    let mut ratchets: Vec<(Ratchet, Option<Level>)> = Vec::new();
    for entry in reader.each("ratchet", value) {
        let Some((ratchet, level)) = ratchet(reader, &entry) else { continue };
        let is_same = |other: &Ratchet| other.metric == ratchet.metric && other.scope_name() == ratchet.scope_name();
        if let Some((first, _)) = ratchets.iter().find(|(other, _)| is_same(other)) {
            let message = format!("`{}` of `{}` is ratcheted twice", ratchet.metric, ratchet.scope_name());
            let mut problem = Problem::new(ratchet.span, message, "again");
            problem.others.push((first.span, "first here".to_owned()));
            reader.problems.push(problem);
        }
        ratchets.push((ratchet, level));
    }
    ratchets
}

fn ratchet(reader: &mut Reader, entry: &Value<'_>) -> Option<(Ratchet, Option<Level>)> {
    let table = reader.table("ratchet", entry)?;
    let (mut metric, mut query, mut scope, mut own_level) = (None, None, None, None);
    let problems_before = reader.problems.len();
    for (key, value) in reader.known(&RATCHET, table) {
        match key.value.as_str() {
            "metric" => metric = self::metric(reader, &value),
            "query" => query = reader.string("query", &value).map(|text| Placed { value: text, span: value.span }),
            "level" => own_level = level(reader, "level", &value),
            _ => scope = reader.string("scope", &value).map(|text| Placed { value: text, span: value.span }),
        }
    }
    if reader.problems.len() > problems_before {
        return None;
    }
    if let Some(query) = query {
        if metric.is_some() || scope.is_some() {
            let problem = Problem::new(entry.span, "a `[[ratchet]]` has a `metric` or a `query`", "has more than that");
            let help = "a query counts what it finds; say in it where to look: `query = \"orders vis:pub\"`";
            reader.problems.push(problem.with_help(Some(help.to_owned())));
            return None;
        }
        let ratchet = Ratchet { span: entry.span, metric: FOUND.word(), of: FOUND.of, scope: Some(query) };
        return Some((ratchet, own_level));
    }
    let Some(metric) = metric else {
        let problem = Problem::new(entry.span, "a `[[ratchet]]` needs `metric` or `query`", "`metric` is missing");
        let help = "say which number may not get worse: `metric = \"leak-ratio\"`, `scope = \"orders\"`";
        reader.problems.push(problem.with_help(Some(help.to_owned())));
        return None;
    };
    Some((Ratchet { span: entry.span, metric: metric.word(), of: metric.of, scope }, own_level))
}

fn metric(reader: &mut Reader, value: &Value<'_>) -> Option<&'static Metric> {
    let word = reader.string("metric", value)?;
    let found = metrics::find(&word).filter(|metric| **metric != FOUND);
    let problem = match found {
        Some(metric) if metric.better != Better::Neither => return Some(metric),
        Some(metric) => {
            let message = format!("`{word}` cannot be ratcheted: neither more nor less of it is better");
            let help = format!("docs/metrics.md says what it is for: {}", metric.meaning);
            Problem::new(value.span, message, "has no better end").with_help(Some(help))
        }
        None => {
            let words: Vec<String> = METRICS.iter().map(|metric| metric.word()).collect();
            let help = did_you_mean(&word, words.iter().map(String::as_str));
            let help = help.or_else(|| Some("docs/metrics.md lists all".to_owned()));
            Problem::new(value.span, format!("no metric is called `{word}`"), "unknown metric").with_help(help)
        }
    };
    reader.problems.push(problem);
    None
}

#[cfg(test)]
mod tests {
    use crate::config::read;
    use crate::verdict::Level;

    #[test]
    fn a_query_stands_alone() {
        let config = read("[[ratchet]]\nquery = \"vis:pub is:unused\"\n").unwrap();
        let told: Vec<_> = config.intent.ratchets.iter().map(|it| (it.metric.as_str(), it.scope_name())).collect();
        assert_eq!(told, [("found", "vis:pub is:unused")]);
        let problems = read("[[ratchet]]\nquery = \"a\"\nscope = \"b\"\n").unwrap_err();
        assert_eq!(problems[0].message, "a `[[ratchet]]` has a `metric` or a `query`");
    }

    #[test]
    fn metric_scope_and_level_are_read() {
        let config = read(
            "[[ratchet]]\nmetric = \"leak-ratio\"\nscope = \"orders\"\nlevel = \"deny\"\n\
             [[ratchet]]\nmetric = \"acd\"\n",
        )
        .unwrap();
        let told: Vec<_> = config.intent.ratchets.iter().map(|it| (it.metric.as_str(), it.scope_name())).collect();
        assert_eq!(told, [("leak-ratio", "orders"), ("acd", "workspace")]);
        let level = |from: &str, to: &str| config.levels.of_one("worsened-metric", from, to);
        assert_eq!(level("orders", "leak-ratio"), Level::Deny);
        assert_eq!(level("workspace", "acd"), Level::Ratchet);
    }
}
