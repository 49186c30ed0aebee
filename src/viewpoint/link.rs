//! A link to a view: one line that opens the same workspace in the same way.
//!
//! `riprap://open?path=…&rev=…&view=…&focus=…&…`: each value is percent-encoded, and what is left to the default is not
//! said.  In: a [`Link`].  Out: its text; from text the link, or which part of it is wrong.  Not here: opening it.

use std::fmt::Write as _;

use super::{Expansion, Region, View, Viewpoint};
use crate::scene::map::{EdgeMode, Filter};
use crate::scene::matrix::Reading;
use crate::scene::timeline::Axis;
use crate::scene::treemap::{Colouring, Sizing};

/// What every link begins with.
pub const BEGINNING: &str = "riprap://open?";

/// What is open is left out of a link that would be longer: mail programs and chats cut what is too long.
const LONGEST: usize = 2000;

/// A workspace and how to look at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// A folder or a Cargo.toml.
    pub path: String,
    /// The files on disk without.
    pub rev: Option<String>,
    pub viewpoint: Viewpoint,
}

/// Which part of a link is wrong, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    #[error("this is no link to a view: such a link begins with `{BEGINNING}`")]
    Beginning,
    #[error("the link has no `path`: say which workspace, as in `{BEGINNING}path=%2Fprojects%2Fshop`")]
    NoPath,
    #[error("`{key}` of the link is said twice")]
    Twice { key: String },
    #[error("the link says `{key}`, which riprap does not know; it knows {known}")]
    Key { key: String, known: String },
    #[error("`{key}` of the link is `{value}`, where {expected} was expected")]
    Value { key: &'static str, value: String, expected: String },
    #[error("`{key}` of the link is not text: after a `%` come two hexadecimal digits, and all of it is UTF-8")]
    Encoding { key: String },
}

const KEYS: [&str; 17] = [
    "path", "rev", "view", "from", "to", "focus", "open", "closed", "found", "pins", "show", "reading", "size",
    "colour", "layout", "axis", "region",
];

/// Words of `show`, which add to what is shown.
const ALL_EDGES: &str = "all-edges";
const TESTS: &str = "tests";
const INACTIVE: &str = "inactive";
/// A word of `show`, which takes away.
const NO_ITEMS: &str = "no-items";

const SHOW: [&str; 4] = [ALL_EDGES, TESTS, INACTIVE, NO_ITEMS];

/// Of the matrix, where columns use rows.
const COLUMNS: &str = "columns";
/// Of a comparison.
const SIDE_BY_SIDE: &str = "side-by-side";
/// Of the timeline.
const COMMITS: &str = "commits";

/// Whether somebody meant it to be a link.
pub fn is_link(text: &str) -> bool {
    text.trim_start().starts_with("riprap:")
}

impl Link {
    /// The text, and whether all of the viewpoint is in it: what is open may be too long to say.
    pub fn to_text(&self) -> (String, bool) {
        let whole = self.text_with(true);
        if whole.len() <= LONGEST || self.viewpoint.expansion.is_none() && self.viewpoint.pins.is_empty() {
            (whole, true)
        } else {
            (self.text_with(false), false)
        }
    }

    fn text_with(&self, expansion: bool) -> String {
        let Viewpoint {
            view,
            revisions,
            focus,
            expansion: open,
            filter,
            edges,
            found,
            pins,
            reading,
            choice,
            side_by_side,
            axis,
            region,
        } = &self.viewpoint;
        let mut text = format!("{BEGINNING}path={}", encoded(&self.path));
        let mut say = |key: &str, value: &str| {
            let _ = write!(text, "&{key}={value}");
        };
        if let Some(rev) = &self.rev {
            say("rev", &encoded(rev));
        }
        if *view != View::default() {
            say("view", view.word());
        }
        if let Some((from, to)) = revisions {
            say("from", &encoded(from));
            say("to", &encoded(to));
        }
        if let Some(focus) = focus {
            say("focus", &encoded(focus));
        }
        if let Some(Expansion { open, closed }) = open.as_ref().filter(|_| expansion) {
            say("open", &list(open));
            if !closed.is_empty() {
                say("closed", &list(closed));
            }
        }
        if !found.is_empty() {
            say("found", &list(found));
        }
        if !pins.is_empty() && expansion {
            let pins: Vec<String> = pins.iter().map(|(name, (x, y))| format!("{x} {y} {name}")).collect();
            say("pins", &list(&pins));
        }
        let switches = [
            (ALL_EDGES, *edges == EdgeMode::All),
            (TESTS, filter.tests),
            (INACTIVE, filter.inactive),
            (NO_ITEMS, !filter.items),
        ];
        let shown: Vec<&str> = switches.into_iter().filter(|(_, is_on)| *is_on).map(|(word, _)| word).collect();
        if !shown.is_empty() {
            say("show", &shown.join(","));
        }
        if *reading == Reading::ColumnUsesRow {
            say("reading", COLUMNS);
        }
        if choice.sizing != Sizing::default() {
            say("size", choice.sizing.word());
        }
        if choice.colouring != Colouring::default() {
            say("colour", choice.colouring.word());
        }
        if *side_by_side {
            say("layout", SIDE_BY_SIDE);
        }
        if *axis == Axis::Commits {
            say("axis", COMMITS);
        }
        if let Some(Region { at, x, y, width, height }) = region {
            let at = at.as_deref().map(encoded).unwrap_or_default();
            say("region", &format!("{at},{x},{y},{width},{height}"));
        }
        text
    }

    /// Reads a link.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let parts = text.trim().strip_prefix(BEGINNING).ok_or(LinkError::Beginning)?;
        let mut link = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        let (mut path, mut from, mut to) = (None, None, None);
        let (mut open, mut closed) = (None, None);
        for part in parts.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let Some(key) = KEYS.into_iter().find(|known| *known == key) else {
                return Err(LinkError::Key { key: key.to_owned(), known: KEYS.join(", ") });
            };
            if seen.contains(&key) {
                return Err(LinkError::Twice { key: key.to_owned() });
            }
            seen.push(key);
            let viewpoint = &mut link.viewpoint;
            match key {
                "path" => path = Some(decoded(key, value)?),
                "rev" => link.rev = Some(decoded(key, value)?),
                "view" => {
                    viewpoint.view =
                        View::parse(value).ok_or_else(|| wrong("view", value, &format!("one of {}", View::words())))?;
                }
                "from" => from = Some(decoded(key, value)?),
                "to" => to = Some(decoded(key, value)?),
                "focus" => viewpoint.focus = Some(decoded(key, value)?),
                "open" => open = Some(names(key, value)?),
                "closed" => closed = Some(names(key, value)?),
                "found" => viewpoint.found = names(key, value)?,
                "show" => (viewpoint.filter, viewpoint.edges) = shown(value)?,
                "reading" => {
                    one_word("reading", value, COLUMNS)?;
                    viewpoint.reading = Reading::ColumnUsesRow;
                }
                "size" => {
                    let expected = || wrong("size", value, &format!("one of {}", Sizing::words()));
                    viewpoint.choice.sizing = Sizing::parse(value).ok_or_else(expected)?;
                }
                "colour" => {
                    let expected = || wrong("colour", value, &format!("one of {}", Colouring::words()));
                    viewpoint.choice.colouring = Colouring::parse(value).ok_or_else(expected)?;
                }
                "pins" => viewpoint.pins = names(key, value)?.iter().map(|text| pin(text)).collect::<Result<_, _>>()?,
                "layout" => {
                    one_word("layout", value, SIDE_BY_SIDE)?;
                    viewpoint.side_by_side = true;
                }
                "axis" => {
                    one_word("axis", value, COMMITS)?;
                    viewpoint.axis = Axis::Commits;
                }
                _ => viewpoint.region = Some(region(value)?),
            }
        }
        link.path = path.filter(|path| !path.trim().is_empty()).ok_or(LinkError::NoPath)?;
        link.viewpoint.revisions = match (from, to) {
            (None, None) => None,
            (Some(from), Some(to)) => Some((from, to)),
            (Some(_), None) => return Err(wrong("to", "", "the later of two revisions")),
            (None, Some(_)) => return Err(wrong("from", "", "the earlier of two revisions")),
        };
        if open.is_some() || closed.is_some() {
            link.viewpoint.expansion =
                Some(Expansion { open: open.unwrap_or_default(), closed: closed.unwrap_or_default() });
        }
        Ok(link)
    }
}

fn wrong(key: &'static str, value: &str, expected: &str) -> LinkError {
    LinkError::Value { key, value: value.to_owned(), expected: expected.to_owned() }
}

fn one_word(key: &'static str, value: &str, word: &str) -> Result<(), LinkError> {
    if value == word { Ok(()) } else { Err(wrong(key, value, &format!("`{word}`"))) }
}

fn shown(value: &str) -> Result<(Filter, EdgeMode), LinkError> {
    let (mut filter, mut edges) = (Filter::default(), EdgeMode::default());
    for word in value.split(',') {
        match word {
            ALL_EDGES => edges = EdgeMode::All,
            TESTS => filter.tests = true,
            INACTIVE => filter.inactive = true,
            NO_ITEMS => filter.items = false,
            other => return Err(wrong("show", other, &format!("a list of {}", SHOW.join(", ")))),
        }
    }
    Ok((filter, edges))
}

fn pin(text: &str) -> Result<(String, (i32, i32)), LinkError> {
    let expected = || wrong("pins", text, "a list of places and boxes, as in `40 80 orders`,");
    let mut parts = text.splitn(3, ' ');
    let mut length = || parts.next().and_then(|part| part.parse().ok());
    let (x, y) = length().zip(length()).ok_or_else(expected)?;
    let name = parts.next().filter(|name| !name.is_empty()).ok_or_else(expected)?;
    Ok((name.to_owned(), (x, y)))
}

fn region(value: &str) -> Result<Region, LinkError> {
    let expected = || wrong("region", value, "a box and four whole numbers, as in `orders,-40,-20,800,600`,");
    let parts: Vec<&str> = value.split(',').collect();
    let [at, x, y, width, height] = parts[..] else { return Err(expected()) };
    let at = decoded("region", at)?;
    let read = || Some((x.parse().ok()?, y.parse().ok()?, width.parse().ok()?, height.parse().ok()?));
    let (x, y, width, height) =
        read().filter(|(_, _, width, height)| *width > 0 && *height > 0).ok_or_else(expected)?;
    Ok(Region { at: (!at.is_empty()).then_some(at), x, y, width, height })
}

/// Names between commas; a comma in a name is encoded.
fn list(names: &[String]) -> String {
    names.iter().map(|name| encoded(name)).collect::<Vec<_>>().join(",")
}

fn names(key: &str, value: &str) -> Result<Vec<String>, LinkError> {
    value.split(',').filter(|name| !name.is_empty()).map(|name| decoded(key, name)).collect()
}

/// Letters, digits and what no part of a link means stay as they are.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                encoded.push(byte as char)
            }
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

fn decoded(key: &str, text: &str) -> Result<String, LinkError> {
    let broken = || LinkError::Encoding { key: key.to_owned() };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit().ok_or_else(broken)?, digit().ok_or_else(broken)?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).map_err(|_| broken())
}

#[cfg(test)]
pub(in crate::viewpoint) mod tests;
