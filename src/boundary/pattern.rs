//! Patterns: how riprap.toml names code (PRODUCT.md, "Patterns").
//!
//! In: the text of a pattern.  Out: which packages, modules and names it covers, and how specific it is.  Not here:
//! which of several patterns wins on a model.

mod variable;

use std::fmt;

use crate::model::{Model, NodeId, NodeKind};
use crate::workspace::TargetKind;

/// With `::` or a label a module path, else with `/` a folder, else a package name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// With its variable, where it had one.
    written: Option<String>,
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// Relative to the riprap.toml: every package in or below it.
    Folder(Vec<Segment>),
    /// `*` stands for any characters.
    Package(Segment),
    /// A module or item, and everything below it.
    Path {
        /// `bin:` and the like; `None` covers library and binaries.
        label: Option<String>,
        segments: Vec<Segment>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// A name with `*` in it.
    Glob(String),
    /// A name with a variable in it.
    Variable {
        prefix: String,
        suffix: String,
    },
    /// `*`: exactly one segment.
    One,
    /// `**`: any number of segments.
    Any,
}

/// The more specific pattern wins: a module path over a package over a folder, then the longest literal prefix, then the
/// one without a wildcard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Specificity {
    form: u8,
    literal_prefix: usize,
    exact: bool,
}

/// How a path pattern relates to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    None,
    /// The name leads to what the pattern covers.
    OnTheWay,
    /// The pattern covers the name: it is at the pattern or below.
    AtOrBelow,
}

/// The kinds of targets that a label names; libraries have none.
const LABELS: [&str; 6] = ["bin:", "test:lib:", "test:", "example:", "bench:", "build:"];

impl Pattern {
    /// Reads a pattern; the error is a sentence for the person who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::read(text, None)
    }

    fn read(text: &str, variable: Option<&str>) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("a pattern cannot be empty".to_owned());
        }
        if text.trim() != text {
            return Err("a pattern cannot begin or end with a space".to_owned());
        }
        if let Some(variable) = variable.filter(|variable| !text.contains(*variable)) {
            return Err(format!(
                "in a template every pattern has `{variable}`: without it all boundaries would claim the same code"
            ));
        }
        let without = variable.map_or_else(|| text.to_owned(), |variable| text.replace(variable, ""));
        if without.contains(['<', '>']) {
            return Err(match variable {
                Some(variable) => format!("the only variable here is `{variable}`"),
                None => "a variable has a meaning in templates alone: `[boundary.\"<name>\"]`".to_owned(),
            });
        }
        if text.starts_with('@') {
            return Err("a group of crates is no code of this workspace".to_owned());
        }
        if text.starts_with("tag:") {
            return Err("a tag names boundaries, and these are what is declared here".to_owned());
        }
        let label = LABELS.iter().find(|label| text.starts_with(**label));
        let form = if text.contains("::") || label.is_some() {
            let path = label.map_or(text, |label| &text[label.len()..]);
            Form::Path { label: label.map(|label| (*label).to_owned()), segments: path_segments(path, variable)? }
        } else if text.contains('/') {
            Form::Folder(folder_segments(text, variable)?)
        } else {
            Form::Package(name_segment(text, variable)?)
        };
        Ok(Self { text: text.to_owned(), written: None, form })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// A module or item path, rather than a folder or a package.
    pub fn is_path(&self) -> bool {
        matches!(self.form, Form::Path { .. })
    }

    pub fn is_folder(&self) -> bool {
        matches!(self.form, Form::Folder(_))
    }

    pub fn specificity(&self) -> Specificity {
        let text = self.written.as_ref().unwrap_or(&self.text);
        let exact = !text.contains(['*', '<']);
        let literal_prefix = text.find(['*', '<']).unwrap_or(text.trim_end_matches('/').len());
        let form = match self.form {
            Form::Folder(_) => 0,
            Form::Package(_) => 1,
            Form::Path { .. } => 2,
        };
        Specificity { form, literal_prefix, exact }
    }

    /// Whether a folder or package pattern covers a package of this name in this folder.
    pub fn covers_package(&self, name: &str, folder: &str) -> bool {
        match &self.form {
            // Code writes a package's name with `_`.
            Form::Package(segment) => segment.matches(name) || segment.matches(&name.replace('-', "_")),
            Form::Folder(segments) => {
                let folder: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
                coverage(segments, &folder) == Coverage::AtOrBelow
            }
            Form::Path { .. } => false,
        }
    }

    /// Whether a module path as riprap.toml writes it is at the pattern or below, whatever there is at it.
    pub fn covers_path(&self, path: &str) -> bool {
        let Form::Path { label, segments } = &self.form else { return false };
        let path = label.as_deref().map_or(Some(path), |label| path.strip_prefix(label));
        let parts: Option<Vec<&str>> = path.map(|path| path.split("::").collect());
        parts.is_some_and(|parts| coverage(segments, &parts) == Coverage::AtOrBelow)
    }

    /// The package nodes that the pattern covers; `folders` has the folder of each.
    pub(super) fn packages(&self, model: &Model, folders: &[(NodeId, String)]) -> Vec<NodeId> {
        let covered = folders.iter().filter(|(node, folder)| self.covers_package(&model.node(*node).name, folder));
        covered.map(|(node, _)| *node).collect()
    }

    /// Whether a path pattern covers a module, an item, or a name that some module shows.
    pub(super) fn covers_any_name(&self, model: &Model) -> bool {
        self.is_path()
            && model.node_ids().any(|id| {
                self.covers_name(model, id, None) == Coverage::AtOrBelow
                    || model.exports(id).iter().any(|export| {
                        self.covers_name(model, id, Some(model.symbol(export.name))) == Coverage::AtOrBelow
                    })
            })
    }

    /// How a path pattern relates to `name` in `module`, or to the node itself without a name; a node outside every
    /// target is never covered.
    pub fn covers_name(&self, model: &Model, node: NodeId, name: Option<&str>) -> Coverage {
        let Form::Path { label, segments } = &self.form else { return Coverage::None };
        let Some(target) = model.target_of(node) else { return Coverage::None };
        let target_label = model.path(target);
        let inner = model.path(node)[target_label.len()..].split("::").filter(|part| !part.is_empty());
        let mut parts: Vec<&str> = std::iter::once("").chain(inner).chain(name).collect();
        let spellings = target_spellings(model, target, label.as_deref());
        let covered = spellings.iter().flatten().map(|spelling| {
            parts[0] = spelling.as_str();
            coverage(segments, &parts)
        });
        covered.max().unwrap_or(Coverage::None)
    }
}

/// How a path may begin that leads into a target: after a label the target's name, without one also its crate's.
fn target_spellings(model: &Model, target: NodeId, label: Option<&str>) -> [Option<String>; 2] {
    let target_label = model.path(target);
    match (label, model.node(target).kind) {
        (Some(label), _) => [target_label.strip_prefix(label).map(str::to_owned), None],
        (None, NodeKind::Target(kind)) if kind.is_library() || kind == TargetKind::Bin => {
            let bare = target_label.strip_prefix("bin:").unwrap_or(target_label).to_owned();
            [Some(bare), Some(model.node(target).name.replace('-', "_"))]
        }
        _ => [None, None],
    }
}

/// The segments of a module's path, for each way to begin it.
fn spelled(model: &Model, module: NodeId, label: Option<&str>) -> Vec<Vec<String>> {
    let Some(target) = model.target_of(module) else { return Vec::new() };
    let inner = model.path(module)[model.path(target).len()..].split("::").filter(|part| !part.is_empty());
    let inner: Vec<&str> = inner.collect();
    let path = |first: String| std::iter::once(first).chain(inner.iter().map(|part| (*part).to_owned())).collect();
    target_spellings(model, target, label).into_iter().flatten().map(path).collect()
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn path_segments(path: &str, variable: Option<&str>) -> Result<Vec<Segment>, String> {
    let mut segments: Vec<Segment> = Vec::new();
    for part in path.split("::") {
        segments.push(match part {
            "" => return Err("a module path cannot begin or end with `::`, or have an empty segment".to_owned()),
            "crate" | "self" | "super" => {
                return Err(format!("`{part}` means nothing here: a module path starts with the crate's name"));
            }
            "*" => Segment::One,
            // Two in a row say the same as one.
            "**" if segments.last() == Some(&Segment::Any) => continue,
            "**" => Segment::Any,
            part if variable.is_some_and(|variable| part.contains(variable)) => name_segment(part, variable)?,
            part if part.contains('*') => {
                return Err(format!("in a module path `*` stands for a whole segment, not for a part of `{part}`"));
            }
            part if part.contains(char::is_whitespace) || part.contains(':') => {
                return Err(format!("`{part}` is not a name that a module can have"));
            }
            part => Segment::Literal(part.strip_prefix("r#").unwrap_or(part).to_owned()),
        });
    }
    Ok(segments)
}

fn folder_segments(text: &str, variable: Option<&str>) -> Result<Vec<Segment>, String> {
    if text.starts_with('/') || text.contains('\\') {
        return Err("a folder is given relative to the riprap.toml, with `/`".to_owned());
    }
    let mut segments: Vec<Segment> = Vec::new();
    for part in text.split('/') {
        segments.push(match part {
            "" | "." => continue,
            "*" => Segment::One,
            "**" if segments.last() == Some(&Segment::Any) => continue,
            "**" => Segment::Any,
            part => name_segment(part, variable)?,
        });
    }
    Ok(segments)
}

/// A name that may have `*` or the variable in it.
fn name_segment(part: &str, variable: Option<&str>) -> Result<Segment, String> {
    match variable.and_then(|variable| part.split_once(variable)) {
        Some((_, suffix)) if variable.is_some_and(|variable| suffix.contains(variable)) || part.contains('*') => {
            Err(format!("`{part}` must have the variable once and no `*` beside it"))
        }
        Some((prefix, suffix)) => Ok(Segment::Variable { prefix: prefix.to_owned(), suffix: suffix.to_owned() }),
        None if part.contains('*') => Ok(Segment::Glob(part.to_owned())),
        None => Ok(Segment::Literal(part.to_owned())),
    }
}

impl Segment {
    fn matches(&self, part: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == part,
            Self::Glob(glob) => glob_matches(glob, part),
            // A variable that nothing is put in for matches nothing.
            Self::Variable { .. } => false,
            Self::One | Self::Any => true,
        }
    }
}

/// Walks all ways to read the pattern at once: `alive[i]` says that the first `i` segments may be used up.
fn coverage(pattern: &[Segment], parts: &[&str]) -> Coverage {
    let mut alive = vec![false; pattern.len() + 1];
    alive[0] = true;
    skip_any(pattern, &mut alive);
    for part in parts {
        if alive[pattern.len()] {
            return Coverage::AtOrBelow;
        }
        let mut next = vec![false; pattern.len() + 1];
        for (index, segment) in pattern.iter().enumerate().filter(|(index, _)| alive[*index]) {
            if segment.matches(part) {
                next[if *segment == Segment::Any { index } else { index + 1 }] = true;
            }
        }
        skip_any(pattern, &mut next);
        alive = next;
    }
    match alive.iter().rposition(|alive| *alive) {
        Some(last) if last == pattern.len() => Coverage::AtOrBelow,
        Some(_) => Coverage::OnTheWay,
        None => Coverage::None,
    }
}

/// `**` also stands for no segment.
fn skip_any(pattern: &[Segment], alive: &mut [bool]) {
    for index in 0..pattern.len() {
        alive[index + 1] |= alive[index] && pattern[index] == Segment::Any;
    }
}

/// `*` stands for any characters, none included.
pub(super) fn glob_matches(glob: &str, text: &str) -> bool {
    let mut pieces = glob.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::boundary::fixture::Fixture;

    const WORKSPACE: &str = "
        package app apps/app lib bin test:smoke
        pub mod app::orders
        pub mod app::orders::pricing
        pub mod app::billing
        pub mod bin:app::cli
        package shop-orders core/shop/orders
        pub mod shop_orders::api
    ";

    /// Module paths that a pattern covers, of the workspace above.
    fn covered(pattern: &str) -> Vec<String> {
        let fixture = Fixture::new(WORKSPACE);
        let pattern = Pattern::parse(pattern).unwrap();
        let model = &fixture.model;
        let covers = |id: NodeId| {
            let package = model.package_of(id).unwrap();
            let folder = &fixture.folders.iter().find(|(node, _)| *node == package).unwrap().1;
            pattern.covers_name(model, id, None) == Coverage::AtOrBelow
                || pattern.covers_package(&model.node(package).name, folder)
        };
        let mut paths: Vec<String> =
            model.module_ids().filter(|id| covers(*id)).map(|id| model.path(id).to_owned()).collect();
        paths.sort();
        paths
    }

    #[test]
    fn a_module_path_covers_the_module_and_all_below() {
        assert_eq!(covered("app::orders"), ["app::orders", "app::orders::pricing"]);
        assert_eq!(covered("app::*::pricing"), ["app::orders::pricing"]);
        assert_eq!(covered("**::pricing"), ["app::orders::pricing"]);
        assert_eq!(covered("shop_orders::**"), ["shop_orders", "shop_orders::api"]);
        assert_eq!(covered("*::api"), ["shop_orders::api"]);
    }

    #[test]
    fn a_near_name_is_not_covered() {
        assert!(covered("app::order").is_empty());
        assert!(covered("app::orders::*::deeper").is_empty());
        assert!(covered("shop-orders::api").is_empty());
        assert!(covered("core/sho").is_empty());
        assert!(covered("shop").is_empty());
    }

    #[test]
    fn a_bare_target_name_covers_library_and_binary_and_a_label_picks_one() {
        assert_eq!(covered("app::cli"), ["bin:app::cli"]);
        assert_eq!(covered("bin:app"), ["bin:app", "bin:app::cli"]);
        assert_eq!(covered("test:smoke"), ["test:smoke"]);
        assert_eq!(
            covered("app::**"),
            ["app", "app::billing", "app::orders", "app::orders::pricing", "bin:app", "bin:app::cli"]
        );
    }

    #[test]
    fn a_folder_covers_every_package_below_it() {
        assert_eq!(covered("core/"), ["shop_orders", "shop_orders::api"]);
        assert_eq!(covered("core/*/orders"), ["shop_orders", "shop_orders::api"]);
        assert_eq!(covered("./core/sh*"), ["shop_orders", "shop_orders::api"]);
    }

    #[test]
    fn a_package_name_covers_all_targets_of_the_package() {
        assert_eq!(covered("shop-*"), ["shop_orders", "shop_orders::api"]);
        assert_eq!(covered("shop_orders"), ["shop_orders", "shop_orders::api"]);
        assert_eq!(covered("app").last().map(String::as_str), Some("test:smoke"));
    }

    #[test]
    fn patterns_that_mean_nothing_say_why() {
        for (text, expected) in [
            ("", "cannot be empty"),
            ("crate::orders", "starts with the crate's name"),
            ("app::ord*", "whole segment"),
            ("app::", "empty segment"),
            ("::app", "empty segment"),
            ("core/<name>", "templates"),
            ("@web", "group"),
            ("tag:pci", "tag"),
            ("/abs/path", "relative"),
        ] {
            let message = Pattern::parse(text).unwrap_err();
            assert!(message.contains(expected), "{text}: {message}");
        }
    }

    #[test]
    fn the_more_specific_pattern_is_known() {
        let order = ["a/*", "a/b*", "a/b", "*", "ap*", "app", "*::x", "app::*", "app::x", "bin:app::x"];
        let specificities: Vec<Specificity> = order.iter().map(|p| Pattern::parse(p).unwrap().specificity()).collect();
        assert!(specificities.is_sorted_by(|a, b| a < b), "{specificities:?}");
        assert!(Pattern::parse("app::x").unwrap().specificity() < Pattern::parse("app::x::*").unwrap().specificity());
    }

    #[test]
    fn what_leads_to_a_covered_name_is_on_the_way() {
        let fixture = Fixture::new(WORKSPACE);
        let pattern = Pattern::parse("app::orders::pricing").unwrap();
        let of = |path: &str| pattern.covers_name(&fixture.model, fixture.node(path), None);
        assert_eq!(of("app"), Coverage::OnTheWay);
        assert_eq!(of("app::orders"), Coverage::OnTheWay);
        assert_eq!(of("app::orders::pricing"), Coverage::AtOrBelow);
        assert_eq!(of("app::billing"), Coverage::None);
        assert_eq!(
            pattern.covers_name(&fixture.model, fixture.node("app::orders"), Some("pricing")),
            Coverage::AtOrBelow
        );
        assert_eq!(pattern.covers_name(&fixture.model, fixture.node("app::orders"), Some("price")), Coverage::None);
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in "[a-z*:/<@ .#é-]{0,12}") {
            let _ = Pattern::parse(&text);
        }

        /// The walk over all readings against the obvious recursion.
        #[test]
        fn coverage_agrees_with_its_definition(pattern in "[ab*+]{0,5}", parts in "[ab]{0,6}") {
            let segments: Vec<Segment> = pattern.chars().map(|c| match c {
                '*' => Segment::One,
                '+' => Segment::Any,
                other => Segment::Literal(other.to_string()),
            }).collect();
            let parts: Vec<String> = parts.chars().map(String::from).collect();
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            fn at_or_below(pattern: &[Segment], parts: &[&str]) -> bool {
                match pattern {
                    [] => true,
                    [Segment::Any, rest @ ..] => at_or_below(rest, parts) || (!parts.is_empty() && at_or_below(pattern, &parts[1..])),
                    [first, rest @ ..] => !parts.is_empty() && first.matches(parts[0]) && at_or_below(rest, &parts[1..]),
                }
            }
            prop_assert_eq!(coverage(&segments, &parts) == Coverage::AtOrBelow, at_or_below(&segments, &parts));
        }

        #[test]
        fn a_glob_of_stars_only_matches_everything(text in ".{0,8}", stars in 1..4usize) {
            prop_assert!(glob_matches(&"*".repeat(stars), &text));
            let literal = text.replace('*', "");
            let prefix_glob = format!("{literal}*");
            prop_assert!(glob_matches(&prefix_glob, &literal));
        }
    }
}
