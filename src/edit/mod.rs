//! riprap.toml after a wish: what is written by hand stays as it is written, comments, order, form and line ends.
//!
//! In: the text (or that there is none) and a [`Change`].  Out: the new text of [`apply`], which `config` reads as the old
//! one with exactly that difference, or a [`Refusal`] for a person to read.  [`Change::allow`] and [`Change::declare`] make
//! the changes that depend on what a model and its boundaries are; [`Change::what`] names one for a history of edits.
//! Not here: reading what the text means (`config`), writing it to disk (`save`), and whether the outcome is wanted.
//!
//! ```text
//! let change = Change::allow(&boundaries, orders, "billing")?;
//! let text = edit::apply(config.map(|file| &*file.text), &change)?;
//! ```

mod allow;
mod block;
mod declare;
mod fresh;
mod level;
mod list;
mod renamed;
mod text;

use toml_edit::{Datetime, Value};

use crate::source::{Date, Span};
use crate::verdict::Level;
use block::Keys;
use text::Text;

pub use fresh::fresh;
pub use renamed::{Renames, renamed};

/// Something that riprap.toml shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// One more entry in `may_use` of a boundary; [`Change::allow`] makes it.
    Allow {
        boundary: String,
        /// A boundary, a package, a folder, or the path of a module or item.
        uses: String,
        /// What it may use already where its own table does not say so: a `may_use` there replaces that of a template or
        /// of `[defaults]`.
        starts_from: Vec<String>,
    },
    /// One more `[[forbid]]`.
    Forbid { from: String, to: String, unless_through: Option<String>, reason: String },
    /// One more `[[exception]]`.
    Except(NewException),
    /// One more `[boundary.NAME]`; [`Change::declare`] makes it.
    Declare {
        name: String,
        contains: Vec<String>,
        /// Patterns that other boundaries list and lose to this one, each with the boundary's name: two that are equally
        /// specific on the same code would be an error.
        taken: Vec<(String, String)>,
    },
    /// The level of a rule; `None`: that of the style.
    SetLevel { rule: String, level: Option<Level> },
}

/// The keys of an `[[exception]]`; at least one of `from` and `to` is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewException {
    pub rule: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub max: Option<u64>,
    /// The last day on which it is good.
    pub until: Option<Date>,
    pub owner: Option<String>,
    pub reason: String,
}

/// Why there is no new text.  The message is whole sentences.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("riprap.toml is not valid TOML: {message}; correct that first")]
    NotToml {
        message: String,
        /// Bytes of the text.
        span: Span,
    },
    /// The new text would not be read as it is meant.
    #[error("{0}")]
    NotMeant(String),
    #[error("boundary `{0}` may use everything; a first entry in its `may_use` would forbid the rest")]
    UsesEverything(String),
    #[error("boundary `{boundary}` may use `{uses}` already")]
    AllowedAlready { boundary: String, uses: String },
    #[error("`{key}` of boundary `{boundary}` is set in {manifest}; change it there")]
    SaidInManifest { boundary: String, key: &'static str, manifest: String },
    #[error("a boundary `{0}` is declared already; choose another name")]
    NameTaken(String),
    #[error("boundary `{0}` would be left without code; rename that one instead")]
    NothingLeft(String),
    #[error("nothing is chosen that a boundary can consist of: packages, programs or modules")]
    NoCode,
    #[error("no patterns describe exactly this code: {0}")]
    NoPatterns(String),
    #[error("`{0}` is written in a way that cannot be extended; change riprap.toml by hand")]
    UnknownForm(String),
    #[error("a table of riprap.toml is written in several places; put its keys together first")]
    Scattered,
    #[error("riprap.toml already says so")]
    NoDifference,
}

impl Change {
    /// What a person did, in the past tense and without a full stop.
    pub fn what(&self) -> String {
        match self {
            Self::Allow { boundary, uses, .. } => format!("Allowed `{boundary}` to use `{uses}`"),
            Self::Forbid { from, to, .. } => format!("Forbade `{from}` to use `{to}`"),
            Self::Except(exception) => {
                let end = |end: &Option<String>| end.as_ref().map_or("anything".to_owned(), |end| format!("`{end}`"));
                let NewException { rule, from, to, .. } = exception;
                format!("Excepted {} to {} from `{rule}`", end(from), end(to))
            }
            Self::Declare { name, .. } => format!("Declared boundary `{name}`"),
            Self::SetLevel { rule, level: Some(level) } => format!("Set `{rule}` to {}", level.word()),
            Self::SetLevel { rule, level: None } => format!("Left the level of `{rule}` to the style"),
        }
    }
}

/// The text with a change.  Without a riprap.toml the change is made to a [`fresh`] one.
///
/// # Errors
/// Text that is no TOML, a change that says nothing new, and one that would not be read as it is meant.  Problems that the
/// text has already do not matter.
pub fn apply(text: Option<&str>, change: &Change) -> Result<String, Refusal> {
    let fresh = fresh(crate::verdict::Style::default());
    let text = text.unwrap_or(&fresh);
    let mut draft = Text::read(text)?;
    let document = draft.document();
    match change {
        Change::Allow { boundary, uses, starts_from } => allow::allow(document, boundary, uses, starts_from)?,
        Change::Forbid { from, to, unless_through, reason } => {
            let mut keys: Keys<'_> = vec![("from", from.as_str().into()), ("to", to.as_str().into())];
            keys.extend(unless_through.as_deref().map(|through| ("unless_through", through.into())));
            keys.push(("reason", reason.as_str().into()));
            block::push(document, "forbid", keys)?;
        }
        Change::Except(exception) => block::push(document, "exception", exception.keys()?)?,
        Change::Declare { name, contains, taken } => declare::declare(document, name, contains, taken)?,
        Change::SetLevel { rule, level } => level::set(document, rule, *level)?,
    }
    let changed = draft.written();
    if changed == text {
        return Err(Refusal::NoDifference);
    }
    let before = messages(text);
    match messages(&changed).into_iter().find(|message| !before.contains(message)) {
        Some(problem) => Err(Refusal::NotMeant(problem)),
        None => Ok(changed),
    }
}

/// What is wrong with a text, each with what to do about it.
fn messages(text: &str) -> Vec<String> {
    let problems = crate::config::read(text).err().unwrap_or_default();
    let message = |problem: crate::boundary::Problem| match problem.help {
        Some(help) => format!("{}; {help}", problem.message),
        None => problem.message,
    };
    problems.into_iter().map(message).collect()
}

impl NewException {
    fn keys(&self) -> Result<Keys<'_>, Refusal> {
        let Self { rule, from, to, max, until, owner, reason } = self;
        let text = |key, text: &Option<String>| text.as_deref().map(|text| (key, Value::from(text)));
        let mut keys = vec![("rule", Value::from(rule.as_str()))];
        keys.extend(text("from", from).into_iter().chain(text("to", to)));
        if let Some(max) = max {
            let max = i64::try_from(*max).map_err(|_| Refusal::NotMeant(format!("`max = {max}` is too large")))?;
            keys.push(("max", max.into()));
        }
        if let Some(until) = until {
            let day: Datetime =
                until.to_string().parse().map_err(|_| Refusal::NotMeant(format!("{until} is no day")))?;
            keys.push(("until", day.into()));
        }
        keys.extend(text("owner", owner));
        keys.push(("reason", reason.as_str().into()));
        Ok(keys)
    }
}

#[cfg(test)]
mod tests;
