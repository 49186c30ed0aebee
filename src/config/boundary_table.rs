//! `[boundary.NAME]`, templates among them, and `[defaults]`.
//!
//! In: their tables.  Out: declarations.  Not here: whether their patterns match anything.

use toml::de::{DeTable, DeValue};

use super::crates;
use super::table::{Keys, Reader, Value};
use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Declaration, Origin, Pattern, Placed, Problem, Role, Shown, Template};

const KEYS: Keys = Keys {
    place: "a boundary",
    known: &[
        "contains",
        "api",
        "may_use",
        "events_only",
        "stable",
        "tables",
        "external",
        "owner",
        "layer",
        "tags",
        "role",
        "domain",
        "adapters",
    ],
    later: &[],
};

/// What a package says of its boundary.
const OF_PACKAGE: Keys = Keys {
    place: "`[package.metadata.riprap]`",
    known: &[
        "boundary",
        "contains",
        "api",
        "may_use",
        "events_only",
        "stable",
        "tables",
        "external",
        "owner",
        "layer",
        "tags",
        "role",
        "domain",
        "adapters",
    ],
    later: &[],
};

/// What a boundary is made of cannot be the same for all.
const DEFAULTS: Keys = Keys {
    place: "`[defaults]`",
    known: &["api", "may_use", "events_only", "stable", "owner", "layer", "tags", "role", "external"],
    later: &[],
};

const FOR_SOME: Keys = Keys { place: "an API for single users", known: &["only", "show"], later: &[] };

/// What `[boundary]` and `[defaults]` declare.
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) boundaries: Vec<Declaration>,
    pub(super) templates: Vec<Template>,
}

pub(super) fn read(reader: &mut Reader, value: &Value<'_>) -> Declared {
    let mut declared = Declared::default();
    let Some(table) = reader.table("boundary", value) else { return declared };
    for (name, value) in reader.entries(table) {
        let variable = variable(reader, &name);
        let Some(table) = reader.table(&name.value, &value) else { continue };
        let Ok(variable) = variable else { continue };
        let origin = Origin::Own;
        let declaration = declaration(reader, &KEYS, name, table, variable.as_deref(), &origin);
        match variable {
            None => declared.boundaries.push(declaration),
            Some(variable) => declared.templates.push(template(reader, variable, declaration)),
        }
    }
    declared
}

/// `[defaults]`: what every boundary starts from.
pub(super) fn defaults(reader: &mut Reader, value: &Value<'_>) -> Declaration {
    let Some(table) = reader.table("defaults", value) else { return Declaration::default() };
    let name = Placed { value: "defaults".to_owned(), span: value.span };
    declaration(reader, &DEFAULTS, name, table, None, &Origin::Defaults)
}

/// `[package.metadata.riprap]`: the boundary that it names, and what it says of it.
pub(super) fn of_package(
    reader: &mut Reader,
    manifest: &str,
    key: Placed<String>,
    table: &DeTable<'_>,
) -> (Option<Placed<String>>, Declaration) {
    let declaration = declaration(reader, &OF_PACKAGE, key, table, None, &Origin::Manifest(manifest.to_owned()));
    let named = reader.entries(table).into_iter().find(|(key, _)| key.value == "boundary");
    let boundary = named.and_then(|(_, value)| {
        let name = Placed { value: reader.string("boundary", &value)?, span: value.span };
        match variable(reader, &name) {
            Ok(None) => Some(name),
            Ok(Some(_)) => {
                let message = format!("`{}` is a template, and a package is in one boundary", name.value);
                reader.problem(name.span, message, "not a boundary");
                None
            }
            Err(()) => None,
        }
    });
    (boundary, declaration)
}

/// The variable of a template's name, angle brackets and all; `Err` for what cannot name a boundary.  A name must be able
/// to stand in `may_use`, where `::`, `/` and `*` mean something else.
fn variable(reader: &mut Reader, name: &Placed<String>) -> Result<Option<String>, ()> {
    let brackets = name.value.find('<').zip(name.value.find('>'));
    let variable = brackets.and_then(|(open, close)| name.value.get(open..=close));
    let rest = variable.map_or_else(|| name.value.clone(), |variable| name.value.replacen(variable, "x", 1));
    let is_word = |variable: &str| {
        let word = &variable[1..variable.len() - 1];
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
    };
    if rest.contains(['<', '>']) || variable.is_some_and(|variable| !is_word(variable)) {
        let message = format!("`{}` is no template: its name has one variable, as in `<name>-api`", name.value);
        reader.problem(name.span, message, "not a template");
        return Err(());
    }
    if rest.trim().is_empty() || rest.contains(['/', '*', ':', '"', '@']) {
        let message =
            format!("`{}` cannot name a boundary: `/`, `*`, `:`, `@` and quotes mean something else", name.value);
        reader.problem(name.span, message, "not a name");
    }
    Ok(variable.map(str::to_owned))
}

fn template(reader: &mut Reader, variable: String, declaration: Declaration) -> Template {
    if declaration.contains.is_empty() && !declaration.origins.contains_key("contains") {
        let message = format!("template `{}` contains nothing", declaration.name);
        let example = format!("say what makes a boundary: `contains = [\"core/{variable}/*\"]`");
        let problem = Problem::new(declaration.span, message, "`contains` is missing");
        reader.problems.push(problem.with_help(Some(example)));
    }
    Template { variable, declaration }
}

fn declaration(
    reader: &mut Reader,
    keys: &Keys,
    name: Placed<String>,
    table: &DeTable<'_>,
    variable: Option<&str>,
    origin: &Origin,
) -> Declaration {
    let mut declaration = Declaration {
        name: name.value,
        span: name.span,
        api: vec![Placed { value: Shown::Root, span: name.span }],
        ..Declaration::default()
    };
    for (key, value) in reader.known(keys, table) {
        match key.value.as_str() {
            // Says which boundary this is, and nothing of it.
            "boundary" => continue,
            "contains" => declaration.contains = patterns(reader, &value, variable),
            "api" => declaration.api = api(reader, &value, variable),
            "may_use" => declaration.may_use = Some(reader.strings("may_use", &value)),
            "events_only" => declaration.events_only = reader.strings("events_only", &value),
            "stable" => declaration.stable = reader.boolean("stable", &value).unwrap_or_default(),
            "tables" => declaration.tables = tables(reader, &value, variable),
            "owner" => declaration.owner = reader.string("owner", &value),
            "layer" => {
                let layer = reader.string("layer", &value);
                declaration.layer = layer.map(|layer| Placed { value: layer, span: value.span });
            }
            "tags" => declaration.tags = reader.strings("tags", &value).into_iter().map(|tag| tag.value).collect(),
            "external" => declaration.external = crates::external(reader, &value, variable),
            "role" => declaration.role = role(reader, &value),
            "domain" => declaration.domain = paths(reader, "domain", &value, variable),
            "adapters" => declaration.adapters = paths(reader, "adapters", &value, variable),
            _ => {}
        }
        let known = keys.known.iter().find(|known| **known == key.value);
        let said = Placed { value: origin.clone(), span: key.span };
        declaration.origins.extend(known.map(|known| (*known, said)));
    }
    declaration
}

/// Names as SQL writes them, `*` inside: `orders.*`, `invoices`.
fn tables(reader: &mut Reader, value: &Value<'_>, variable: Option<&str>) -> Vec<Placed<String>> {
    let mut tables = reader.strings("tables", value);
    tables.retain(|table| {
        let bound = variable.map_or_else(|| table.value.clone(), |variable| table.value.replace(variable, "x"));
        let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_$*".contains(c));
        let ok = bound.split('.').count() <= 3 && bound.split('.').all(is_name);
        if !ok {
            let message = format!("`{}` in `tables` is no table", table.value);
            let help = "name tables or schemas, `*` inside the name: `orders.*`, `invoices`".to_owned();
            reader.problems.push(Problem::new(table.span, message, "not a table").with_help(Some(help)));
        }
        ok
    });
    tables
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

fn patterns(reader: &mut Reader, value: &Value<'_>, variable: Option<&str>) -> Vec<Placed<Pattern>> {
    let texts = reader.strings("contains", value);
    texts.into_iter().filter_map(|text| pattern(reader, "contains", &text, variable)).collect()
}

/// One path or several.
fn paths(reader: &mut Reader, key: &str, value: &Value<'_>, variable: Option<&str>) -> Vec<Placed<Pattern>> {
    let texts = match value.toml {
        DeValue::String(text) => vec![Placed { value: text.to_string(), span: value.span }],
        _ => reader.strings(key, value),
    };
    let mut paths = Vec::new();
    for text in texts {
        match pattern(reader, key, &text, variable) {
            Some(path) if path.value.is_path() => paths.push(path),
            Some(_) => {
                let message = format!("`{}` in `{key}` is no module path", text.value);
                let help = format!("write the path of a module: `{}::{key}`", text.value.replace(['-', '/'], "_"));
                reader.problems.push(Problem::new(text.span, message, "not a path").with_help(Some(help)));
            }
            None => {}
        }
    }
    paths
}

/// In `contains` of a template every pattern has the variable; elsewhere in it a pattern may have it.
fn pattern(reader: &mut Reader, key: &str, text: &Placed<String>, variable: Option<&str>) -> Option<Placed<Pattern>> {
    let variable = variable.filter(|variable| key == "contains" || text.value.contains(*variable));
    let read = match variable {
        Some(variable) => Pattern::with_variable(&text.value, variable),
        None => Pattern::parse(&text.value),
    };
    match read {
        Ok(pattern) => Some(Placed { value: pattern, span: text.span }),
        Err(why) => {
            reader.problem(text.span, format!("`{}` in `{key}`: {why}", text.value), &why);
            None
        }
    }
}

/// "root", "pub", or a list of patterns, some of them for single users.
fn api(reader: &mut Reader, value: &Value<'_>, variable: Option<&str>) -> Vec<Placed<Shown>> {
    let entries = match value.toml {
        DeValue::Array(values) => values.iter().map(|value| reader.value(value)).collect(),
        _ => vec![*value],
    };
    let mut api = Vec::new();
    for entry in entries {
        let shown = match entry.toml {
            DeValue::String(text) if text == "root" => Some(Shown::Root),
            DeValue::String(text) if text == "pub" => Some(Shown::Pub),
            DeValue::String(text) => {
                let text = Placed { value: text.to_string(), span: entry.span };
                pattern(reader, "api", &text, variable).map(|pattern| Shown::Path(pattern.value))
            }
            DeValue::Table(table) => shown_to_some(reader, &entry, table, variable),
            _ => {
                reader.wrong_kind("api", "\"root\", \"pub\", or a list of paths", &entry);
                None
            }
        };
        api.extend(shown.map(|value| Placed { value, span: entry.span }));
    }
    api
}

/// `{ only = ["orders"], show = ["payments::capture"] }`
fn shown_to_some(reader: &mut Reader, entry: &Value<'_>, table: &DeTable<'_>, variable: Option<&str>) -> Option<Shown> {
    let (mut users, mut show) = (Vec::new(), Vec::new());
    let problems_before = reader.problems.len();
    for (key, value) in reader.known(&FOR_SOME, table) {
        let texts = reader.strings(&key.value, &value);
        match key.value.as_str() {
            "only" => users = texts,
            _ => show = texts.iter().filter_map(|text| Some(pattern(reader, "show", text, variable)?.value)).collect(),
        }
    }
    if reader.problems.len() == problems_before && (users.is_empty() || show.is_empty()) {
        let message = "an API for single users needs `only` and `show`";
        let help = "say who may name what: `{ only = [\"orders\"], show = [\"payments::capture\"] }`".to_owned();
        reader.problems.push(Problem::new(entry.span, message, "`only` or `show` is missing").with_help(Some(help)));
    }
    (!users.is_empty() && !show.is_empty()).then_some(Shown::Only { users, show })
}
