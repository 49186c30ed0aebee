//! riprap.toml and `[package.metadata.riprap]`: what people declare, as the options of each stage.
//!
//! In: the texts.  Out: [`Config`], or every problem with its place.  Not here: finding and reading the files, laying
//! declarations over a model (`boundary`), and showing problems.

mod boundary_table;
mod crates;
mod manifest;
mod ratchets;
mod rule_options;
mod structure;
mod table;

use toml::de::{DeTable, DeValue};

use crate::boundary::spelling::did_you_mean;
use crate::boundary::{Intent, Problem};
use crate::enrich::{self, Enrichment};
use crate::rules;
use crate::source::{ConfigFiles, Date, Span};
use crate::verdict::{Filing, Level, Levels, Style};
use crate::workspace::cfg::CfgOptions;
use crate::workspace::features::FeatureSelection;
use table::{Keys, Reader, Value};

/// What a riprap.toml says.  The default is a workspace without one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    pub intent: Intent,
    pub levels: Levels,
    pub options: rules::Options,
    pub features: FeatureSelection,
    /// Whose cfg counts; `None` where it is left to the default.
    pub target: Option<String>,
    pub filing: Filing,
    /// Files are named as seen from the folder of the riprap.toml.
    pub enrich: Enrichment,
}

/// The only version of the format there is.
const VERSION: &str = "1";

const KEYS: Keys = Keys {
    place: "riprap.toml",
    known: &[
        "version",
        "style",
        "strict",
        "features",
        "target",
        "enrich",
        "layers",
        "defaults",
        "crates",
        "boundary",
        "forbid",
        "exception",
        "cycle-hint",
        "ratchet",
        "deployables",
        "unassigned",
        "baseline",
        "rules",
    ],
    later: &[],
};

/// What may speak of riprap among the manifests: the others need not be read.
pub use manifest::may_speak;

/// Reads the text of a riprap.toml.
///
/// # Errors
/// As [`read_all`].
pub fn read(text: &str) -> Result<Config, Vec<Problem>> {
    let mut problems = Vec::new();
    let config = riprap_toml(text, 0, &mut problems);
    finished(config, problems)
}

/// Reads riprap.toml, if there is one, and what manifests say.
///
/// # Errors
/// Every problem, sorted by place: text that is no TOML, unknown keys and values, and what is not supported yet.  What
/// only a model can tell (patterns that clash, unknown names in `may_use`) is found by [`crate::boundary::resolve`].
pub fn read_all(files: &ConfigFiles) -> Result<Config, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut config = Config::default();
    for (start, file) in files.files() {
        if file.path.ends_with(manifest::NAME) {
            config.intent.of_packages.extend(manifest::read(file, start, &mut problems));
        } else {
            let of_packages = std::mem::take(&mut config.intent.of_packages);
            config = riprap_toml(&file.text, start, &mut problems);
            config.intent.of_packages = of_packages;
        }
    }
    finished(config, problems)
}

fn finished(config: Config, mut problems: Vec<Problem>) -> Result<Config, Vec<Problem>> {
    problems.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

fn riprap_toml(text: &str, start: u32, problems: &mut Vec<Problem>) -> Config {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { start, ..Reader::default() };
    for error in &errors {
        let span = error.span().map_or_else(Span::default, |span| reader.place(span));
        let message = error.message().lines().next().unwrap_or_default();
        reader.problems.push(Problem::new(span, format!("riprap.toml is not valid TOML: {message}"), message));
    }
    let config = match errors.is_empty() {
        true => configuration(&mut reader, document.get_ref()),
        false => Config::default(),
    };
    problems.append(&mut reader.problems);
    config
}

fn configuration(reader: &mut Reader, table: &DeTable<'_>) -> Config {
    let mut config = Config { levels: Levels::of_style(Style::default()), ..Config::default() };
    let mut settings: Vec<(String, Setting)> = Vec::new();
    let mut unassigned = None;
    let mut ratchets = Vec::new();
    for (key, value) in reader.known(&KEYS, table) {
        match key.value.as_str() {
            "version" => version(reader, &value),
            "style" => config.levels = Levels::of_style(style(reader, &value)),
            "features" => config.features = features(reader, &value),
            "target" => config.target = target(reader, &value),
            "baseline" => config.filing = filing(reader, &value),
            "enrich" => config.enrich = enrichment(reader, &value),
            "boundary" => {
                let declared = boundary_table::read(reader, &value);
                (config.intent.boundaries, config.intent.templates) = (declared.boundaries, declared.templates);
            }
            "defaults" => config.intent.defaults = boundary_table::defaults(reader, &value),
            "strict" => config.intent.strict = reader.boolean("strict", &value).unwrap_or_default(),
            "layers" => config.intent.layers = structure::layers(reader, &value),
            "crates" => config.intent.crate_groups = crates::groups(reader, &value),
            "forbid" => config.intent.forbids = structure::forbids(reader, &value),
            "deployables" => config.intent.deployables = structure::deployables(reader, &value),
            "cycle-hint" => config.intent.keeps = structure::keeps(reader, &value),
            "ratchet" => ratchets = ratchets::ratchets(reader, &value),
            "exception" => config.intent.exceptions = structure::exceptions(reader, &value),
            "unassigned" => unassigned = Some(setting(reader, &mut config.options, "unassigned-code", &value)),
            "rules" => {
                settings = rule_settings(reader, &mut config.options, &value);
                config.intent.leaks = crates::leaks(reader, &value);
            }
            _ => {}
        }
    }
    // After the style, wherever it stands.
    let unassigned = unassigned.map(|setting| ("unassigned-code".to_owned(), setting));
    for (rule, Setting { level, deny_from }) in unassigned.into_iter().chain(settings) {
        if let Some(level) = level {
            config.levels.set(&rule, level);
        }
        if let Some(date) = deny_from {
            config.levels.set_deny_from(&rule, date);
        }
    }
    for (ratchet, level) in ratchets {
        if let Some(level) = level {
            config.levels.set_one(rules::WORSENED_METRIC, ratchet.scope_name(), &ratchet.metric, level);
        }
        config.intent.ratchets.push(ratchet);
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
    Style::parse(&word).unwrap_or_else(|| {
        let words = Style::ALL.map(Style::word);
        let help = did_you_mean(&word, words).or_else(|| Some(format!("styles are {}", words.join(", "))));
        let problem = Problem::new(value.span, format!("`{word}` is no style"), "unknown style");
        reader.problems.push(problem.with_help(help));
        Style::default()
    })
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

fn filing(reader: &mut Reader, value: &Value<'_>) -> Filing {
    let Some(word) = reader.string("baseline", value) else { return Filing::default() };
    Filing::parse(&word).unwrap_or_else(|| {
        let words = Filing::ALL.map(Filing::word);
        let help = did_you_mean(&word, words).or_else(|| Some(format!("it is {}", words.join(" or "))));
        let message = format!("`{word}` is no way to keep accepted violations");
        reader.problems.push(Problem::new(value.span, message, "unknown word").with_help(help));
        Filing::default()
    })
}

/// What to look at beyond the sources, word by word.
fn enrichment(reader: &mut Reader, value: &Value<'_>) -> Enrichment {
    let mut asked = Enrichment::default();
    for word in reader.strings("enrich", value) {
        if let Err(unknown) = asked.add(&word.value) {
            let help = did_you_mean(&unknown.0, enrich::words());
            let problem = Problem::new(word.span, unknown.to_string(), "asks for nothing");
            reader.problems.push(problem.with_help(help));
        }
    }
    asked
}

/// What `[rules]` says of a rule.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    level: Option<Level>,
    /// The day from which it denies.
    deny_from: Option<Date>,
}

/// `[rules]`: a level for each rule, as a word or as `{ level = "..", deny_from = 2027-01-31 }` with its
/// options.
fn rule_settings(reader: &mut Reader, options: &mut rules::Options, value: &Value<'_>) -> Vec<(String, Setting)> {
    let Some(table) = reader.table("rules", value) else { return Vec::new() };
    let mut settings = Vec::new();
    for (key, value) in reader.entries(table) {
        let name = key.value.as_str();
        let setting = setting(reader, options, name, &value);
        if rules::find(name).is_some() {
            settings.push((name.to_owned(), setting));
        } else if rules::LATER.iter().any(|(later, _)| *later == name) {
            // What is off needs no rule to be.
            if setting.level != Some(Level::Off) {
                reader.problem(key.span, format!("rule `{name}` is not supported yet"), "not supported yet");
            }
        } else {
            let problem = Problem::new(key.span, format!("no rule is called `{name}`"), "unknown rule");
            reader.problems.push(problem.with_help(did_you_mean(name, rules::names())));
        }
    }
    settings
}

/// A table may set options alone: then the level stays that of the style.
fn setting(reader: &mut Reader, options: &mut rules::Options, rule: &str, value: &Value<'_>) -> Setting {
    let DeValue::Table(table) = value.toml else {
        return Setting { level: level(reader, rule, value), deny_from: None };
    };
    let mut setting = Setting::default();
    let mut dated = None;
    for (key, value) in reader.known(&rule_options::keys(rule), table) {
        match key.value.as_str() {
            "level" => setting.level = level(reader, "level", &value),
            "deny_from" => (setting.deny_from, dated) = (reader.date("deny_from", &value), Some(key.span)),
            option => rule_options::read(reader, options, rule, option, &value),
        }
    }
    if let (Some(level @ (Level::Deny | Level::Off)), Some(span)) = (setting.level, dated) {
        let message = format!("`deny_from` changes nothing for a rule whose level is `{}`", level.word());
        let help = "give the rule the level it has until then: `level = \"warn\"`".to_owned();
        reader.problems.push(Problem::new(span, message, "no effect").with_help(Some(help)));
    }
    setting
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
