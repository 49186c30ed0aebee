//! What one entry of riprap.toml means that names code: in `may_use`, `from`, `to`, `unless_through`.
//!
//! In: the entry, a model, the boundaries on it.  Out: [`Selector`] and what it covers, or why it names nothing.  Not here: patterns of
//! `contains` and `api`, which decide what boundaries are.

use std::sync::Arc;

use super::boundaries::{Boundaries, Selector};
use super::pattern::{Coverage, glob_matches};
use super::spelling::did_you_mean;
use super::{BoundaryId, Code, Pattern, Placed, Problem, select};
use crate::model::{Model, NodeId};
use crate::query::Set;

impl Selector {
    /// Whether a package, target, module or item is meant.
    pub fn covers(&self, model: &Model, boundaries: &Boundaries, node: NodeId) -> bool {
        match self {
            Self::Everything => true,
            Self::Boundaries(meant) => boundaries.chain(node).any(|id| meant.contains(&id)),
            Self::Packages(meant) => model.package_of(node).is_some_and(|id| meant.contains(&id)),
            Self::Path(pattern) => pattern.covers_name(model, node, None) == Coverage::AtOrBelow,
            Self::Found(found) => found.has(node),
        }
    }
}

/// # Errors
/// A text that is no pattern, and a name that nothing has.  A path may mean nothing: that is for the caller to tell.
pub(super) fn resolve(
    code: Code<'_>,
    boundaries: &Boundaries,
    key: &str,
    entry: &Placed<String>,
) -> Result<Selector, Problem> {
    let text = entry.value.as_str();
    if text == "**" {
        return Ok(Selector::Everything);
    }
    if let Some(tag) = text.strip_prefix("tag:") {
        return tagged(boundaries, key, entry, tag);
    }
    if let Some(found) = queried(code, boundaries, key, entry) {
        return found;
    }
    let named: Vec<BoundaryId> = boundaries.ids().filter(|id| glob_matches(text, boundaries.name(*id))).collect();
    if !named.is_empty() {
        return Ok(Selector::Boundaries(named));
    }
    let pattern =
        Pattern::parse(text).map_err(|why| Problem::new(entry.span, format!("`{text}` in `{key}`: {why}"), why))?;
    if pattern.is_path() {
        return Ok(Selector::Path(pattern));
    }
    let Code { model, folders, .. } = code;
    let packages = pattern.packages(model, folders);
    if !packages.is_empty() {
        return Ok(Selector::Packages(packages));
    }
    let message = if pattern.is_folder() {
        format!("`{pattern}` in `{key}` holds no package")
    } else {
        format!("`{pattern}` in `{key}` is neither a boundary nor a package of this workspace")
    };
    let names = boundaries.ids().map(|id| boundaries.name(id));
    let packages = folders.iter().map(|(node, _)| &*model.node(*node).name);
    let help = did_you_mean(text, names.chain(packages));
    Err(Problem::new(entry.span, message, "unknown name").with_help(help))
}

/// What a query means that is more than a name; `None` for a name.
fn queried(
    code: Code<'_>,
    boundaries: &Boundaries,
    key: &str,
    entry: &Placed<String>,
) -> Option<Result<Selector, Problem>> {
    let text = entry.value.as_str();
    let found = match Set::parse(text) {
        Ok(Set::Named(_)) => return None,
        // What no query could begin like is for a pattern to tell.
        Err(_) if !text.contains([' ', '(', ')', '|', '&', '!', '>', '=', '"']) => return None,
        Ok(set) => select(code.ground(boundaries), &set).map(|found| found.with_below(code.model)),
        Err(mistake) => Err(mistake),
    };
    Some(found.map(|found| Selector::Found(Arc::new(found))).map_err(|mistake| {
        let message = format!("`{text}` in `{key}`, column {}: {}", mistake.column(text), mistake.message);
        Problem::new(entry.span, message, "not understood").with_help(mistake.help)
    }))
}

fn tagged(boundaries: &Boundaries, key: &str, entry: &Placed<String>, tag: &str) -> Result<Selector, Problem> {
    let has = |id: &BoundaryId| boundaries.declaration(*id).tags.iter().any(|known| known == tag);
    let tagged: Vec<BoundaryId> = boundaries.ids().filter(has).collect();
    if !tagged.is_empty() {
        return Ok(Selector::Boundaries(tagged));
    }
    let known = boundaries.ids().flat_map(|id| boundaries.declaration(id).tags.iter().map(String::as_str));
    let help = did_you_mean(tag, known);
    let message = format!("no boundary has the tag `{tag}` that `{key}` names");
    Err(Problem::new(entry.span, message, "unknown tag").with_help(help))
}
