//! How a person wants pictures: what is remembered, and the dialog while it is open.
//!
//! In: what was chosen last.  Out: [`PictureChoices`], [`PictureDialog`].  Not here: the dialog on the screen, making a
//! picture (`portraying`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::canvas::picture::Picture as CanvasPicture;
use crate::export::film;
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

/// What is written: what is shown, or of the timeline a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Picture(Format),
    Film(film::Format),
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Picture(Format::Svg),
        Self::Picture(Format::Png),
        Self::Picture(Format::Pdf),
        Self::Film(film::Format::Html),
        Self::Film(film::Format::Apng),
    ];

    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Picture(format) => format.extension(),
            Self::Film(film::Format::Html) => "html",
            Self::Film(film::Format::Apng) => "apng",
        }
    }
}

/// The dialog while it is open.
pub(crate) struct PictureDialog {
    pub(crate) choices: PictureChoices,
    /// A film is wanted instead of a picture.
    pub(crate) film: Option<film::Format>,
    /// Commits were gone through: there can be a film.
    pub(crate) can_film: bool,
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
    pub(crate) fn kind(&self) -> Kind {
        self.film.map_or(Kind::Picture(self.choices.format), Kind::Film)
    }

    /// What can be chosen.
    pub(crate) fn kinds(&self) -> &'static [Kind] {
        if self.can_film { &Kind::ALL } else { &Kind::ALL[..Format::ALL.len()] }
    }

    /// Another format: the file is called after it.
    pub(crate) fn set_kind(&mut self, kind: Kind) {
        self.take_kind(kind);
        let path = Path::new(&self.path);
        if path.file_stem().is_some() && !self.path.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            self.path = path.with_extension(kind.extension()).to_string_lossy().into_owned();
        }
    }

    fn take_kind(&mut self, kind: Kind) {
        match kind {
            Kind::Picture(format) => (self.film, self.choices.format) = (None, format),
            Kind::Film(format) => self.film = Some(format),
        }
    }

    /// Another path: its ending says the format.  Whether that changed it.
    pub(crate) fn typed(&mut self) -> bool {
        self.existing = None;
        self.failed = None;
        let ending = Path::new(&self.path).extension().and_then(|it| it.to_str()).unwrap_or_default().to_lowercase();
        let kind = self.kinds().iter().copied().find(|kind| kind.extension() == ending);
        kind.is_some_and(|kind| {
            let before = self.kind();
            self.take_kind(kind);
            before != kind
        })
    }

    /// The file that is meant: with the ending of its format, and in the workspace where no folder is said.
    pub(crate) fn file(&self, root: &Path) -> Option<PathBuf> {
        let typed = self.path.trim();
        if typed.is_empty() || typed.ends_with(['/', std::path::MAIN_SEPARATOR]) {
            return None;
        }
        let mut path = root.join(crate::load::typed_path(typed));
        let ending = self.kind().extension();
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
            film: None,
            can_film: false,
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
        dialog.set_kind(Kind::Picture(Format::Png));
        assert_eq!(dialog.path, "/out/map.png");
        dialog.path = "/out/map.PDF".to_owned();
        assert!(dialog.typed() && dialog.choices.format == Format::Pdf);
        dialog.path = "/out/map".to_owned();
        assert!(!dialog.typed() && dialog.choices.format == Format::Pdf);
    }

    #[test]
    fn a_film_has_its_own_endings_where_there_can_be_one() {
        let mut dialog = dialog("/out/timeline.svg");
        dialog.set_kind(Kind::Film(film::Format::Html));
        assert_eq!(dialog.path, "/out/timeline.html");
        dialog.path = "/out/timeline.png".to_owned();
        assert!(dialog.typed() && dialog.film.is_none());
        dialog.path = "/out/timeline.apng".to_owned();
        assert!(!dialog.typed());
        dialog.can_film = true;
        assert!(dialog.typed() && dialog.kind() == Kind::Film(film::Format::Apng));
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
