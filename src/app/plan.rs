//! Where the tiles are, as the settings keep it.
//!
//! In: the value in the settings file.  Out: a [`Plan`], or why it cannot be used.  The version is this format's own: a file
//! of a later riprap is left alone.  Not here: the tiles themselves (`tiles`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::viewpoint::View;

const VERSION: u64 = 1;

/// The tiles of a window.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// The view that keys and commands act on.
    pub(crate) focused: View,
    pub(crate) tiles: Branch,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Branch {
    View(View),
    /// Behind one another; `front` is the index of the one that is seen.
    Tabs {
        front: usize,
        tiles: Vec<Branch>,
    },
    /// From left to right, each with its share of the width.
    Row(Vec<(f32, Branch)>),
    /// From top to bottom, each with its share of the height.
    Column(Vec<(f32, Branch)>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanText {
    version: u64,
    focused: String,
    tiles: BranchText,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum BranchText {
    View(String),
    Tabs { front: usize, tiles: Vec<BranchText> },
    Row(Vec<(f32, BranchText)>),
    Column(Vec<(f32, BranchText)>),
}

impl Plan {
    /// # Errors
    /// What is wrong with it, in words for a person.
    pub(crate) fn read(value: &Value) -> Result<Self, String> {
        let version = value.get("version").and_then(Value::as_u64);
        if version.is_some_and(|version| version > VERSION) {
            return Err("it is of a later version of riprap".to_owned());
        }
        let text: PlanText = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
        let plan = Self { focused: view(&text.focused)?, tiles: branch(text.tiles)? };
        let views = plan.tiles.views();
        let is_twice = |view: &View| views.iter().filter(|other| *other == view).count() > 1;
        match views.iter().find(|view| is_twice(view)) {
            Some(view) => Err(format!("it shows `{}` twice", view.word())),
            None if !views.contains(&plan.focused) => {
                Err(format!("it has no tile for `{}`, which it acts on", plan.focused.word()))
            }
            None => Ok(plan),
        }
    }

    pub(crate) fn write(&self) -> Value {
        let text =
            PlanText { version: VERSION, focused: self.focused.word().to_owned(), tiles: branch_text(&self.tiles) };
        serde_json::to_value(text).expect("a plan holds only names and numbers")
    }
}

impl Branch {
    /// All views, hidden ones too.
    pub(crate) fn views(&self) -> Vec<View> {
        match self {
            Self::View(view) => vec![*view],
            Self::Tabs { tiles, .. } => tiles.iter().flat_map(Self::views).collect(),
            Self::Row(parts) | Self::Column(parts) => parts.iter().flat_map(|(_, part)| part.views()).collect(),
        }
    }
}

fn view(word: &str) -> Result<View, String> {
    match View::parse(word) {
        Some(View::Findings | View::Violations | View::Notes) | None => Err(format!("there is no tile `{word}`")),
        Some(view) => Ok(view),
    }
}

fn branch(text: BranchText) -> Result<Branch, String> {
    let parts = |parts: Vec<(f32, BranchText)>| {
        let part = |(share, part): (f32, BranchText)| match share.is_finite() && share > 0.0 {
            true => Ok((share, branch(part)?)),
            false => Err(format!("{share} is no share of a window")),
        };
        match parts.is_empty() {
            true => Err("there is nothing in one of its parts".to_owned()),
            false => parts.into_iter().map(part).collect(),
        }
    };
    Ok(match text {
        BranchText::View(word) => Branch::View(view(&word)?),
        BranchText::Tabs { front, tiles } if front < tiles.len() => {
            Branch::Tabs { front, tiles: tiles.into_iter().map(branch).collect::<Result<_, _>>()? }
        }
        BranchText::Tabs { .. } => return Err("no tab of one of its parts is in front".to_owned()),
        BranchText::Row(text) => Branch::Row(parts(text)?),
        BranchText::Column(text) => Branch::Column(parts(text)?),
    })
}

fn branch_text(branch: &Branch) -> BranchText {
    let parts = |parts: &[(f32, Branch)]| parts.iter().map(|(share, part)| (*share, branch_text(part))).collect();
    match branch {
        Branch::View(view) => BranchText::View(view.word().to_owned()),
        Branch::Tabs { front, tiles } => {
            BranchText::Tabs { front: *front, tiles: tiles.iter().map(branch_text).collect() }
        }
        Branch::Row(row) => BranchText::Row(parts(row)),
        Branch::Column(column) => BranchText::Column(parts(column)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_survives_being_written_and_read() {
        let tabs = Branch::Tabs { front: 1, tiles: vec![Branch::View(View::Matrix), Branch::View(View::Rules)] };
        let column = Branch::Column(vec![(1.0, tabs), (2.5, Branch::View(View::Timeline))]);
        let plan =
            Plan { focused: View::Rules, tiles: Branch::Row(vec![(1.0, Branch::View(View::Map)), (0.5, column)]) };
        assert_eq!(Plan::read(&plan.write()), Ok(plan));
    }

    #[test]
    fn a_plan_that_makes_no_sense_says_why() {
        let read = |text: &str| Plan::read(&serde_json::from_str(text).unwrap()).unwrap_err();
        assert_eq!(
            read(r#"{"version": 2, "focused": "map", "tiles": {"cube": []}}"#),
            "it is of a later version of riprap"
        );
        for (tiles, why) in [
            (r#"{"view": "data"}"#, "there is no tile `data`"),
            (r#"{"row": [[1.0, {"view": "map"}], [1.0, {"view": "map"}]]}"#, "it shows `map` twice"),
            (r#"{"row": []}"#, "there is nothing in one of its parts"),
            (r#"{"row": [[-1.0, {"view": "map"}]]}"#, "-1 is no share of a window"),
            (r#"{"tabs": {"front": 2, "tiles": [{"view": "map"}]}}"#, "no tab of one of its parts is in front"),
            (r#"{"view": "rules"}"#, "it has no tile for `map`, which it acts on"),
        ] {
            assert_eq!(read(&format!(r#"{{"version": 1, "focused": "map", "tiles": {tiles}}}"#)), why);
        }
    }
}
