//! `[boundary.NAME]`: one declaration each.
//!
//! In: the table of boundaries.  Out: declarations.  Not here: whether their patterns match anything.

use toml::de::DeValue;

use super::table::{Keys, Reader, Value};
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Declaration, Pattern, Placed, Problem, Role, Shown};

const KEYS: Keys = Keys {
    place: "a boundary",
    known: &["contains", "api", "may_use", "owner", "layer", "tags", "role"],
    later: &["tables", "events_only", "stable", "domain", "adapters", "external", "baseline"],
};

pub(super) fn read(reader: &mut Reader, value: &Value<'_>) -> Vec<Declaration> {
    let Some(table) = reader.table("boundary", value) else { return Vec::new() };
    let mut declarations = Vec::new();
    for (name, value) in Reader::entries(table) {
        check_name(reader, &name);
        declarations.extend(declaration(reader, name, &value));
    }
    declarations
}

/// A name must be able to stand in `may_use`, where `::`, `/` and `*` mean something else.
fn check_name(reader: &mut Reader, name: &Placed<String>) {
    if name.value.contains(['<', '>']) {
        reader.problem(name.span, "templates with `<name>` are not supported yet".to_owned(), "not supported yet");
    } else if name.value.trim().is_empty() || name.value.contains(['/', '*', ':', '"', '@']) {
        let message =
            format!("`{}` cannot name a boundary: `/`, `*`, `:`, `@` and quotes mean something else", name.value);
        reader.problem(name.span, message, "not a name");
    }
}

fn declaration(reader: &mut Reader, name: Placed<String>, value: &Value<'_>) -> Option<Declaration> {
    let table = reader.table(&name.value, value)?;
    let mut declaration = Declaration {
        name: name.value,
        span: name.span,
        api: vec![Placed { value: Shown::Root, span: name.span }],
        ..Declaration::default()
    };
    let mut contains = None;
    let problems_before = reader.problems.len();
    for (key, value) in reader.known(&KEYS, table) {
        match key.value.as_str() {
            "contains" => contains = Some((value.span, patterns(reader, &value))),
            "api" => declaration.api = api(reader, &value),
            "may_use" => declaration.may_use = Some(reader.strings("may_use", &value)),
            "owner" => declaration.owner = reader.string("owner", &value),
            "layer" => {
                let layer = reader.string("layer", &value);
                declaration.layer = layer.map(|layer| Placed { value: layer, span: value.span });
            }
            "tags" => declaration.tags = reader.strings("tags", &value).into_iter().map(|tag| tag.value).collect(),
            "role" => declaration.role = role(reader, &value),
            _ => {}
        }
    }
    match contains {
        Some((_, patterns)) if !patterns.is_empty() => declaration.contains = patterns,
        // An entry that could not be read, or a key that may have meant it, has its own problem.
        _ if reader.problems.len() > problems_before => {}
        other => {
            let span = other.map_or(declaration.span, |(span, _)| span);
            let message = format!("boundary `{}` contains nothing", declaration.name);
            let example = format!("say what it consists of: `contains = [\"{}\"]`", declaration.name);
            reader
                .problems
                .push(Problem::new(span, message, "`contains` is missing or empty").with_help(Some(example)));
        }
    }
    Some(declaration)
}

fn role(reader: &mut Reader, value: &Value<'_>) -> Option<Role> {
    let word = reader.string("role", value)?;
    let role = Role::parse(&word);
    if role.is_none() {
        let words = Role::ALL.map(Role::word);
        let help = did_you_mean(&word, words).or_else(|| Some(format!("roles are {}", words.join(", "))));
        let problem = Problem::new(value.span, format!("`{word}` is no role"), "unknown role");
        reader.problems.push(problem.with_help(help));
    }
    role
}

fn patterns(reader: &mut Reader, value: &Value<'_>) -> Vec<Placed<Pattern>> {
    let texts = reader.strings("contains", value);
    texts.into_iter().filter_map(|text| pattern(reader, "contains", &text)).collect()
}

fn pattern(reader: &mut Reader, key: &str, text: &Placed<String>) -> Option<Placed<Pattern>> {
    match Pattern::parse(&text.value) {
        Ok(pattern) => Some(Placed { value: pattern, span: text.span }),
        Err(why) => {
            reader.problem(text.span, format!("`{}` in `{key}`: {why}", text.value), &why);
            None
        }
    }
}

/// "root", "pub", or a list of patterns.
fn api(reader: &mut Reader, value: &Value<'_>) -> Vec<Placed<Shown>> {
    let entries = match value.toml {
        DeValue::Array(values) => values.iter().map(Value::from).collect(),
        _ => vec![*value],
    };
    let mut api = Vec::new();
    for entry in entries {
        let shown = match entry.toml {
            DeValue::String(text) if text == "root" => Some(Shown::Root),
            DeValue::String(text) if text == "pub" => Some(Shown::Pub),
            DeValue::String(text) => {
                let text = Placed { value: text.to_string(), span: entry.span };
                pattern(reader, "api", &text).map(|pattern| Shown::Path(pattern.value))
            }
            DeValue::Table(_) => {
                let message = "an API for single consumers (`only`, `show`) is not supported yet".to_owned();
                reader.problem(entry.span, message, "not supported yet");
                None
            }
            _ => {
                reader.wrong_kind("api", "\"root\", \"pub\", or a list of paths", &entry);
                None
            }
        };
        api.extend(shown.map(|value| Placed { value, span: entry.span }));
    }
    api
}
