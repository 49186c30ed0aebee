//! A named view as a file of `riprap.views/`: small, for people to read and for git to merge.
//!
//! In: a [`NamedView`].  Out: its text, with what is open sorted and one name on each line; from text the view, or what is
//! wrong and where.  Not here: the disk.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{Expansion, Region, View, Viewpoint};
use crate::scene::map::{EdgeMode, Filter};
use crate::scene::matrix::Reading;
use crate::scene::timeline::Axis;
use crate::scene::treemap::{Choice, Colouring, Sizing};

/// The only version of the format there is.
const VERSION: u32 = 1;

/// A name of a file has no more letters.
const MOST_LETTERS: usize = 60;

/// A viewpoint that somebody has named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NamedView {
    pub name: String,
    /// What there is to see; may be empty.
    pub note: String,
    pub viewpoint: Viewpoint,
}

/// Why a text is no named view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct FileError {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

/// The views that are pictures, and can be named.
const PICTURES: [View; 5] = [View::Map, View::Matrix, View::Treemap, View::Timeline, View::Compare];

impl View {
    /// Whether it is drawn, and so can be exported.
    pub fn is_picture(self) -> bool {
        PICTURES.contains(&self)
    }
}

/// As it is written; unknown keys are errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: Spanned<i64>,
    name: Spanned<String>,
    #[serde(default)]
    note: String,
    view: Option<Spanned<String>>,
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
    focus: Option<String>,
    open: Option<Vec<String>>,
    closed: Option<Vec<String>>,
    #[serde(default)]
    found: Vec<String>,
    #[serde(default)]
    all_edges: bool,
    #[serde(default)]
    tests: bool,
    #[serde(default)]
    inactive: bool,
    #[serde(default = "yes")]
    items: bool,
    #[serde(default)]
    columns_use_rows: bool,
    size: Option<Spanned<String>>,
    colour: Option<Spanned<String>>,
    #[serde(default)]
    side_by_side: bool,
    axis: Option<Spanned<String>>,
    #[serde(default)]
    pins: BTreeMap<String, (i32, i32)>,
    region: Option<WrittenRegion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRegion {
    at: Option<String>,
    x: i32,
    y: i32,
    width: u32,
    height: u32,
}

fn yes() -> bool {
    true
}

impl NamedView {
    /// The text of the file.
    pub fn to_text(&self) -> String {
        let Self { name, note, viewpoint } = self;
        let Viewpoint {
            view,
            revisions,
            focus,
            expansion,
            filter,
            edges,
            found,
            pins,
            reading,
            choice,
            side_by_side,
            axis,
            region,
        } = viewpoint;
        let mut text = format!("version = {VERSION}\nname = {}\n", quoted(name));
        if !note.is_empty() {
            say(&mut text, "note", &quoted(note));
        }
        say(&mut text, "view", &quoted(view.word()));
        if let Some((from, to)) = revisions {
            say(&mut text, "from", &quoted(from));
            say(&mut text, "to", &quoted(to));
        }
        if let Some(focus) = focus {
            say(&mut text, "focus", &quoted(focus));
        }
        for (key, is_on) in [
            ("all_edges", *edges == EdgeMode::All),
            ("tests", filter.tests),
            ("inactive", filter.inactive),
            ("columns_use_rows", *reading == Reading::ColumnUsesRow),
            ("side_by_side", *side_by_side),
        ] {
            if is_on {
                say(&mut text, key, "true");
            }
        }
        if !filter.items {
            say(&mut text, "items", "false");
        }
        if choice.sizing != Sizing::default() {
            say(&mut text, "size", &quoted(choice.sizing.word()));
        }
        if choice.colouring != Colouring::default() {
            say(&mut text, "colour", &quoted(choice.colouring.word()));
        }
        if *axis == Axis::Commits {
            say(&mut text, "axis", &quoted("commits"));
        }
        if let Some(Expansion { open, closed }) = expansion {
            say(&mut text, "open", &list(open));
            if !closed.is_empty() {
                say(&mut text, "closed", &list(closed));
            }
        }
        if !found.is_empty() {
            say(&mut text, "found", &list(found));
        }
        if !pins.is_empty() {
            text.push_str("\n[pins]\n");
            for (name, (x, y)) in pins {
                let _ = writeln!(text, "{} = [{x}, {y}]", toml_edit::Key::new(name.as_str()).display_repr());
            }
        }
        if let Some(Region { at, x, y, width, height }) = region {
            text.push_str("\n[region]\n");
            if let Some(at) = at {
                say(&mut text, "at", &quoted(at));
            }
            let _ = write!(text, "x = {x}\ny = {y}\nwidth = {width}\nheight = {height}\n");
        }
        text
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// The first thing that is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        let at = |span: Range<usize>, message: String| problem(text, span.start, message);
        let written: Written = toml::from_str(text).map_err(|error| {
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            problem(text, error.span().map_or(0, |span| span.start), message)
        })?;
        if *written.version.get_ref() != i64::from(VERSION) {
            let message = format!("this riprap reads version {VERSION} of named views");
            return Err(at(written.version.span(), message));
        }
        if written.name.get_ref().trim().is_empty() {
            return Err(at(written.name.span(), "a named view has a name".to_owned()));
        }
        let view = match &written.view {
            Some(word) => View::parse(word.get_ref()).filter(|view| view.is_picture()).ok_or_else(|| {
                let words = PICTURES.map(View::word).join(", ");
                at(word.span(), format!("`{}` is no view with a picture; these are {words}", word.get_ref()))
            })?,
            None => View::default(),
        };
        let revisions = match (written.from, written.to) {
            (Some(from), Some(to)) => Some((from.into_inner(), to.into_inner())),
            (None, None) if view == View::Compare => {
                let span = written.view.map_or(0..0, |word| word.span());
                return Err(at(span, "say which two revisions, with `from` and `to`".to_owned()));
            }
            (None, None) => None,
            (Some(one), None) | (None, Some(one)) => {
                return Err(at(one.span(), "`from` and `to` are said together, or neither is".to_owned()));
            }
        };
        let axis = match &written.axis {
            None => Axis::Time,
            Some(word) => match word.get_ref().as_str() {
                "time" => Axis::Time,
                "commits" => Axis::Commits,
                other => return Err(at(word.span(), format!("`{other}` is no axis; it is `time` or `commits`"))),
            },
        };
        let unknown = |word: &Spanned<String>, what: &str, words: String| {
            at(word.span(), format!("`{}` is no {what}; it is one of {words}", word.get_ref()))
        };
        let sizing = written
            .size
            .as_ref()
            .map(|word| Sizing::parse(word.get_ref()).ok_or_else(|| unknown(word, "size of tiles", Sizing::words())));
        let colouring = written.colour.as_ref().map(|word| {
            Colouring::parse(word.get_ref()).ok_or_else(|| unknown(word, "colour of tiles", Colouring::words()))
        });
        let choice = Choice {
            sizing: sizing.transpose()?.unwrap_or_default(),
            colouring: colouring.transpose()?.unwrap_or_default(),
        };
        let expansion = (written.open.is_some() || written.closed.is_some())
            .then(|| Expansion { open: written.open.unwrap_or_default(), closed: written.closed.unwrap_or_default() });
        let region = written.region.map(|WrittenRegion { at, x, y, width, height }| Region {
            at,
            x,
            y,
            width: width.max(1),
            height: height.max(1),
        });
        let viewpoint = Viewpoint {
            view,
            revisions,
            focus: written.focus,
            expansion,
            filter: Filter { tests: written.tests, inactive: written.inactive, items: written.items },
            edges: if written.all_edges { EdgeMode::All } else { EdgeMode::Quiet },
            found: written.found,
            pins: written.pins,
            reading: if written.columns_use_rows { Reading::ColumnUsesRow } else { Reading::RowUsesColumn },
            choice,
            side_by_side: written.side_by_side,
            axis,
            region,
        };
        Ok(Self { name: written.name.into_inner(), note: written.note, viewpoint })
    }
}

/// The name of the file for a view, without a folder.
pub fn file_name(name: &str) -> String {
    let mut letters = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            letters.push(letter);
        } else if !letters.is_empty() && !letters.ends_with('-') {
            letters.push('-');
        }
    }
    let kept: String = letters.chars().take(MOST_LETTERS).collect();
    let kept = kept.trim_end_matches('-');
    format!("{}.toml", if kept.is_empty() { "view" } else { kept })
}

fn say(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {value}");
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}

/// Each on a line of its own: what one person opens and another closes does not conflict.
fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "[]".to_owned();
    }
    let lines: String = names.iter().map(|name| format!("    {},\n", quoted(name))).collect();
    format!("[\n{lines}]")
}

fn problem(text: &str, at: usize, message: String) -> FileError {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    FileError { line, column, message }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::viewpoint::link::tests::viewpoint;

    proptest! {
        #[test]
        fn a_file_reads_back_as_the_view_that_was_written(
            name in any::<String>().prop_filter("it has a name", |name| !name.trim().is_empty()),
            note in any::<String>(),
            viewpoint in viewpoint(),
        ) {
            let view = if viewpoint.view.is_picture() { viewpoint.view } else { View::Map };
            let revisions = viewpoint.revisions.clone().or(Some(("HEAD".to_owned(), "WORKTREE".to_owned())));
            let named = NamedView { name, note, viewpoint: Viewpoint { view, revisions, ..viewpoint } };
            prop_assert_eq!(NamedView::parse(&named.to_text()), Ok(named));
        }
    }

    #[test]
    fn a_file_is_short_and_can_be_read_by_people() {
        let expansion = Expansion { open: vec!["orders".to_owned(), "package:web".to_owned()], closed: Vec::new() };
        let region = Region { at: Some("orders".to_owned()), x: -40, y: -20, width: 800, height: 600 };
        let viewpoint = Viewpoint {
            focus: Some("orders -> stock".to_owned()),
            expansion: Some(expansion),
            edges: EdgeMode::All,
            region: Some(region),
            ..Viewpoint::default()
        };
        let named = NamedView { name: "Orders".to_owned(), note: "Why stock is called twice".to_owned(), viewpoint };
        insta::assert_snapshot!(named.to_text(), @r#"
        version = 1
        name = "Orders"
        note = "Why stock is called twice"
        view = "map"
        focus = "orders -> stock"
        all_edges = true
        open = [
            "orders",
            "package:web",
        ]

        [region]
        at = "orders"
        x = -40
        y = -20
        width = 800
        height = 600
        "#);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told_with_its_place() {
        let good = "version = 1\nname = \"x\"\n";
        for (text, said) in [
            ("version = 1\nname = ", "line 2, column"),
            ("name = \"x\"\n", "line 1, column 1: missing field `version`"),
            ("version = 2\nname = \"x\"\n", "line 1, column 11: this riprap reads version 1 of named views"),
            ("version = 1\nname = \" \"\n", "line 2, column 8: a named view has a name"),
            (&format!("{good}opn = []\n"), "line 3, column 1: unknown field `opn`"),
            (&format!("{good}view = \"rules\"\n"), "line 3, column 8: `rules` is no view with a picture"),
            (&format!("{good}view = \"compare\"\n"), "line 3, column 8: say which two revisions"),
            (&format!("{good}from = \"v1\"\n"), "line 3, column 8: `from` and `to` are said together"),
            (&format!("{good}axis = \"time-line\"\n"), "line 3, column 8: `time-line` is no axis"),
            (&format!("{good}open = \"orders\"\n"), "line 3, column 8: invalid type"),
        ] {
            let error = NamedView::parse(text).expect_err(text).to_string();
            assert!(error.starts_with(said), "{text}: {error}");
        }
        assert!(NamedView::parse(good).is_ok());
    }

    #[test]
    fn a_name_gives_a_name_of_a_file() {
        for (name, file) in [
            ("Orders and stock", "orders-and-stock.toml"),
            ("../../etc", "etc.toml"),
            ("  ", "view.toml"),
            ("Über uns!", "über-uns.toml"),
        ] {
            assert_eq!(file_name(name), file);
        }
        assert!(file_name(&"x".repeat(500)).len() < 80);
    }
}
