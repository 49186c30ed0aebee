//! riprap.toml: what people declare, as the options of each stage.
//!
//! In: the text.  Out: [`Config`], or every problem with its place.  Not here: finding and reading the file, laying
//! declarations over a model (`boundary`), and showing problems.

mod boundary_table;
mod rule_options;
mod structure;
mod table;

use toml::de::{DeTable, DeValue};

use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Intent, Problem};
use crate::enrich::{self, Enrichment};
use crate::rules;
use crate::source::Span;
use crate::verdict::{Level, Levels, Style};
use crate::workspace::cfg::CfgOptions;
use crate::workspace::features::FeatureSelection;
use table::{Keys, Reader, Value, place};

/// What a riprap.toml says.  The default is a workspace without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    pub intent: Intent,
    pub levels: Levels,
    pub options: rules::Options,
    pub features: FeatureSelection,
    /// Whose cfg counts; `None` where it is left to the default.
    pub target: Option<String>,
    /// Files are named as seen from the folder of the riprap.toml.
    pub enrich: Enrichment,
}

/// The only version of the format there is.
const VERSION: &str = "1";

const KEYS: Keys = Keys {
    place: "riprap.toml",
    known: &["version", "style", "features", "target", "enrich", "layers", "boundary", "forbid", "unassigned", "rules"],
    later: &["strict", "crates", "defaults", "ratchet", "cycle-hint", "exception", "baseline"],
};

const STYLES_TO_COME: [&str; 4] = ["layered", "hexagonal", "library", "services"];

/// Reads the text of a riprap.toml.
///
/// # Errors
/// Every problem, sorted by place: text that is no TOML, unknown keys and values, and what is not supported yet.  What
/// only a model can tell (patterns that clash, unknown names in `may_use`) is found by [`crate::boundary::resolve`].
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::default();
    for error in &errors {
        let span = error.span().map_or_else(Span::default, place);
        let message = error.message().lines().next().unwrap_or_default();
        reader.problems.push(Problem::new(span, format!("riprap.toml is not valid TOML: {message}"), message));
    }
    if !errors.is_empty() {
        return Err(reader.sorted());
    }
    let config = configuration(&mut reader, document.get_ref());
    if reader.problems.is_empty() { Ok(config) } else { Err(reader.sorted()) }
}

fn configuration(reader: &mut Reader, table: &DeTable<'_>) -> Config {
    let mut config = Config { levels: Levels::of_style(Style::default()), ..Config::default() };
    let mut levels: Vec<(String, Level)> = Vec::new();
    let mut unassigned = None;
    for (key, value) in reader.known(&KEYS, table) {
        match key.value.as_str() {
            "version" => version(reader, &value),
            "style" => config.levels = Levels::of_style(style(reader, &value)),
            "features" => config.features = features(reader, &value),
            "target" => config.target = target(reader, &value),
            "enrich" => config.enrich = enrichment(reader, &value),
            "boundary" => config.intent.boundaries = boundary_table::read(reader, &value),
            "layers" => config.intent.layers = structure::layers(reader, &value),
            "forbid" => config.intent.forbids = structure::forbids(reader, &value),
            "unassigned" => unassigned = level(reader, "unassigned", &value),
            "rules" => levels = rule_levels(reader, &mut config.options, &value),
            _ => {}
        }
    }
    // After the style, wherever it stands.
    let unassigned = unassigned.map(|level| ("unassigned-code".to_owned(), level));
    for (rule, level) in unassigned.into_iter().chain(levels) {
        config.levels.set(&rule, level);
    }
    config.intent.boundaries.sort_by(|a, b| a.name.cmp(&b.name));
    config
}

fn version(reader: &mut Reader, value: &Value<'_>) {
    let is_known = matches!(value.toml, DeValue::Integer(number) if number.as_str() == VERSION);
    if !is_known {
        let message = format!("this riprap reads version {VERSION} of the format");
        reader.problem(value.span, message, "unknown version");
    }
}

fn style(reader: &mut Reader, value: &Value<'_>) -> Style {
    let Some(word) = reader.string("style", value) else { return Style::default() };
    let style = Style::ModularMonolith;
    if STYLES_TO_COME.contains(&word.as_str()) {
        reader.problem(value.span, format!("style `{word}` is not supported yet"), "not supported yet");
    } else if word != style.word() {
        let words = STYLES_TO_COME.iter().copied().chain([style.word()]);
        let help = did_you_mean(&word, words).or_else(|| Some(format!("`{}` is the one that is there", style.word())));
        let problem = Problem::new(value.span, format!("`{word}` is no style"), "unknown style");
        reader.problems.push(problem.with_help(help));
    }
    style
}

fn features(reader: &mut Reader, value: &Value<'_>) -> FeatureSelection {
    match value.toml {
        DeValue::String(word) if word == "default" => FeatureSelection::Default,
        DeValue::String(word) if word == "all" => FeatureSelection::All,
        DeValue::Array(_) => {
            let names = reader.strings("features", value);
            FeatureSelection::List(names.into_iter().map(|name| name.value).collect())
        }
        _ => {
            let message = "`features` is \"default\", \"all\", or a list of features".to_owned();
            reader.problem(value.span, message, "none of these");
            FeatureSelection::default()
        }
    }
}

fn target(reader: &mut Reader, value: &Value<'_>) -> Option<String> {
    let triple = reader.string("target", value)?;
    match CfgOptions::for_target(&triple, Default::default()) {
        Ok(_) => Some(triple),
        Err(error) => {
            reader.problem(value.span, error.to_string(), "unknown target");
            None
        }
    }
}

/// What to look at beyond the sources, word by word.
fn enrichment(reader: &mut Reader, value: &Value<'_>) -> Enrichment {
    let mut asked = Enrichment::default();
    for word in reader.strings("enrich", value) {
        if let Err(unknown) = asked.add(&word.value) {
            let help = match &unknown {
                enrich::UnknownWord::Unknown(word) => did_you_mean(word, enrich::words()),
                enrich::UnknownWord::Later(_) => None,
            };
            let problem = Problem::new(word.span, unknown.to_string(), "asks for nothing");
            reader.problems.push(problem.with_help(help));
        }
    }
    asked
}

/// `[rules]`: a level for each rule, as a word or as `{ level = ".." }` with the rule's options.
fn rule_levels(reader: &mut Reader, options: &mut rules::Options, value: &Value<'_>) -> Vec<(String, Level)> {
    let Some(table) = reader.table("rules", value) else { return Vec::new() };
    let mut levels = Vec::new();
    for (key, value) in Reader::entries(table) {
        let name = key.value.as_str();
        let level = rule_level(reader, options, name, &value);
        if rules::find(name).is_some() {
            levels.extend(level.map(|level| (name.to_owned(), level)));
        } else if rules::LATER.iter().any(|(later, _)| *later == name) {
            // What is off needs no rule to be.
            if level.is_some_and(|level| level != Level::Off) {
                reader.problem(key.span, format!("rule `{name}` is not supported yet"), "not supported yet");
            }
        } else {
            let problem = Problem::new(key.span, format!("no rule is called `{name}`"), "unknown rule");
            reader.problems.push(problem.with_help(did_you_mean(name, rules::names())));
        }
    }
    levels
}

/// A table may set options alone: then the level stays that of the style.
fn rule_level(reader: &mut Reader, options: &mut rules::Options, rule: &str, value: &Value<'_>) -> Option<Level> {
    let DeValue::Table(table) = value.toml else { return level(reader, rule, value) };
    let mut set = None;
    for (key, value) in reader.known(&rule_options::keys(rule), table) {
        match key.value.as_str() {
            "level" => set = level(reader, "level", &value),
            option => rule_options::read(reader, options, rule, option, &value),
        }
    }
    set
}

fn level(reader: &mut Reader, rule: &str, value: &Value<'_>) -> Option<Level> {
    let word = reader.string(rule, value)?;
    let level = Level::parse(&word);
    if level.is_none() {
        let words = Level::ALL.map(Level::word);
        let help = did_you_mean(&word, words).or_else(|| Some(format!("levels are {}", words.join(", "))));
        let problem = Problem::new(value.span, format!("`{word}` is no level"), "unknown level");
        reader.problems.push(problem.with_help(help));
    }
    level
}

#[cfg(test)]
mod tests;
