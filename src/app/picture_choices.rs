//! How a person wants pictures: what is remembered, and the dialog while it is open.
//!
//! In: what was chosen last.  Out: [`PictureChoices`], [`PictureDialog`].  Not here: the dialog on the screen, making a
//! picture (`portraying`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::canvas::picture::Picture as CanvasPicture;
use crate::export::picture::{Area, Format};
use crate::scene::shape::Rect;
use crate::theme::Theme;

/// In which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PictureTheme {
    #[default]
    AsShown,
    Dark,
    Light,
}

/// Remembered from one picture to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PictureChoices {
    pub(crate) format: Format,
    pub(crate) area: Area,
    /// Pixels for each point of a PNG.
    pub(crate) scale: u8,
    pub(crate) theme: PictureTheme,
    pub(crate) legend: bool,
    /// Around the picture, in points.
    pub(crate) margin: u16,
    pub(crate) transparent: bool,
    /// Where the last one was written, by workspace; its own folder at first.
    pub(crate) folders: BTreeMap<PathBuf, PathBuf>,
}

pub(crate) const SCALES: [u8; 4] = [1, 2, 3, 4];
pub(crate) const MOST_MARGIN: u16 = 200;

impl Default for PictureChoices {
    fn default() -> Self {
        Self {
            format: Format::default(),
            area: Area::default(),
            scale: 2,
            theme: PictureTheme::default(),
            legend: true,
            margin: 24,
            transparent: false,
            folders: BTreeMap::new(),
        }
    }
}

impl PictureChoices {
    /// Whatever the settings file says, as it can be used.
    pub(crate) fn sound(mut self) -> Self {
        self.scale = self.scale.clamp(SCALES[0], SCALES[SCALES.len() - 1]);
        self.margin = self.margin.min(MOST_MARGIN);
        self
    }
}

/// The dialog while it is open.
pub(crate) struct PictureDialog {
    pub(crate) choices: PictureChoices,
    /// The file, as typed.
    pub(crate) path: String,
    /// What can be chosen of the view that is shown.
    pub(crate) areas: Vec<Area>,
    /// The picture as it would be written; or why there is none.
    pub(crate) preview: Result<Preview, String>,
    /// It is there already: shall it be replaced?
    pub(crate) existing: Option<PathBuf>,
    /// Why it was not written.
    pub(crate) failed: Option<String>,
    /// The field has had the focus.
    pub(crate) is_shown: bool,
}

/// What a picture will look like.
pub(crate) struct Preview {
    /// Each with the part that is shown and its place on the sheet.
    pub(crate) parts: Vec<(CanvasPicture, Rect, Rect)>,
    /// Of the sheet, the margin included.
    pub(crate) bounds: Rect,
    /// In points.
    pub(crate) size: (f32, f32),
    pub(crate) theme: &'static Theme,
}

impl std::fmt::Debug for PictureDialog {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PictureDialog").field("path", &self.path).field("choices", &self.choices).finish()
    }
}

impl PictureDialog {
    /// Another format: the file is called after it.
    pub(crate) fn set_format(&mut self, format: Format) {
        self.choices.format = format;
        let path = Path::new(&self.path);
        if path.file_stem().is_some() && !self.path.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            self.path = path.with_extension(format.extension()).to_string_lossy().into_owned();
        }
    }

    /// Another path: its ending says the format.  Whether that changed it.
    pub(crate) fn typed(&mut self) -> bool {
        self.existing = None;
        self.failed = None;
        let ending = Path::new(&self.path).extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        let format = Format::ALL.into_iter().find(|format| format.extension() == ending);
        format.is_some_and(|format| std::mem::replace(&mut self.choices.format, format) != format)
    }

    /// The file that is meant: with the ending of its format, and in the workspace where no folder is said.
    pub(crate) fn file(&self, root: &Path) -> Option<PathBuf> {
        let typed = self.path.trim();
        if typed.is_empty() || typed.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return None;
        }
        let mut path = root.join(crate::load::typed_path(typed));
        let ending = self.choices.format.extension();
        if !path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending)) {
            let name = format!("{}.{ending}", path.file_name()?.to_string_lossy());
            path.set_file_name(name);
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog(path: &str) -> PictureDialog {
        PictureDialog {
            choices: PictureChoices::default(),
            path: path.to_owned(),
            areas: vec![Area::Whole],
            preview: Err(String::new()),
            existing: None,
            failed: None,
            is_shown: false,
        }
    }

    #[test]
    fn the_ending_and_the_format_follow_each_other() {
        let mut dialog = dialog("/out/map.svg");
        dialog.set_format(Format::Png);
        assert_eq!(dialog.path, "/out/map.png");
        dialog.path = "/out/map.PDF".to_owned();
        assert!(dialog.typed() && dialog.choices.format == Format::Pdf);
        dialog.path = "/out/map".to_owned();
        assert!(!dialog.typed() && dialog.choices.format == Format::Pdf);
    }

    #[test]
    fn the_file_has_the_ending_and_lies_in_the_workspace_unless_said_otherwise() {
        let root = Path::new("/shop");
        let file = |path: &str| dialog(path).file(root);
        assert_eq!(file("map.svg"), Some("/shop/map.svg".into()));
        assert_eq!(file(" docs/map "), Some("/shop/docs/map.svg".into()));
        assert_eq!(file("/out/v1.2"), Some("/out/v1.2.svg".into()));
        assert_eq!(file("/out/"), None);
        assert_eq!(file("  "), None);
    }

    #[test]
    fn what_cannot_be_chosen_is_brought_into_its_range() {
        let choices = PictureChoices { scale: 0, margin: 60_000, ..PictureChoices::default() }.sound();
        assert_eq!((choices.scale, choices.margin), (1, MOST_MARGIN));
    }
}
