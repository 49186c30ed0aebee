//! What the window remembers between two runs: the recent workspaces, the theme, and how it moves.
//!
//! In: the text of the settings file.  Out: [`Settings`], and the text to keep.  A file that cannot be read is as good
//! as none: nothing in it is work.  Not here: reading and writing files, and anything that belongs to a workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::picture_choices::PictureChoices;
use super::style::ThemeChoice;

/// As many recent workspaces as fit the first screen.
const MOST_RECENT: usize = 8;

const VERSION: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub(crate) version: u32,
    /// Absolute, the latest first.
    pub(crate) recent: Vec<PathBuf>,
    pub(crate) theme: ThemeChoice,
    /// Changes are shown at once.
    pub(crate) reduced_motion: bool,
    /// All of the picture is shown in a corner.
    pub(crate) minimap: bool,
    /// Scale of the whole interface.
    pub(crate) scale: f32,
    /// The template that editors are opened by; empty for the machine's own choice.
    pub(crate) editor: String,
    /// Findings that nobody wants to see again, by workspace.
    pub(crate) dismissed: BTreeMap<PathBuf, BTreeSet<String>>,
    /// Where the tiles are (`plan`); nothing where there is but one.
    pub(crate) tiles: serde_json::Value,
    /// How the last picture was exported.
    pub(crate) picture: PictureChoices,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION,
            recent: Vec::new(),
            theme: ThemeChoice::default(),
            reduced_motion: false,
            minimap: false,
            scale: 1.0,
            editor: String::new(),
            dismissed: BTreeMap::new(),
            tiles: serde_json::Value::Null,
            picture: PictureChoices::default(),
        }
    }
}

impl Settings {
    pub(crate) fn parse(text: &str) -> Self {
        let settings: Self = serde_json::from_str(text).unwrap_or_default();
        if settings.version != VERSION || !(0.5..=3.0).contains(&settings.scale) {
            return Self::default();
        }
        Self { picture: settings.picture.clone().sound(), ..settings }
    }

    pub(crate) fn to_text(&self) -> String {
        let text = serde_json::to_string_pretty(self).expect("the settings hold only text, numbers and switches");
        text + "\n"
    }

    /// Puts a workspace at the head of the recent ones.
    pub(crate) fn remember(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }
}

/// Where the settings are kept on this system; `None` for a user without a home.
pub(crate) fn file() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "riprap").map(|folders| folders.config_dir().join("window.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_being_written_and_read() {
        let mut settings = Settings { theme: ThemeChoice::Light, reduced_motion: true, ..Settings::default() };
        settings.editor = "kitty hx {file}".to_owned();
        settings.remember(Path::new("/a"));
        settings.remember(Path::new("/b"));
        settings.remember(Path::new("/a"));
        assert_eq!(settings.recent, [Path::new("/a"), Path::new("/b")]);
        assert_eq!(Settings::parse(&settings.to_text()), settings);
    }

    #[test]
    fn a_file_that_makes_no_sense_gives_the_defaults() {
        for text in ["", "{", "[]", r#"{"version": 99}"#, r#"{"scale": 1e9}"#, r#"{"theme": "pink"}"#] {
            assert_eq!(Settings::parse(text), Settings::default(), "{text}");
        }
    }
}
