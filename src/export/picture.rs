//! A view as a picture: how much of it, with or without a legend, and in which format.
//!
//! In: what a view has arranged, and what stands out in it.  Out: a [`Picture`], and its bytes.  The window and the
//! commands make their pictures here, so that the same view is the same bytes.  Not here: what is in a scene, and
//! comparisons and timelines (`comparison`, `history`).

use serde::{Deserialize, Serialize};

use super::pdf;
use super::png::{self, PictureError};
use super::sheet::Sheet;
use super::svg::{self, Fonts, PictureOptions};
use crate::model::Model;
use crate::scene::Scene;
use crate::scene::map::{self, Arrangement, Highlight};
use crate::scene::matrix::{self, Matrix};
use crate::scene::shape::{Point, Rect};
use crate::scene::treemap::{self, Treemap};
use crate::theme::{Measurer, Theme};
use crate::verdict::Verdict;

/// What a picture is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    #[default]
    Svg,
    Png,
    Pdf,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// Which part of a view becomes the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// All of it, in sight or not.
    #[default]
    Whole,
    /// What is in sight.
    Visible,
    /// The selection with its neighbours.
    Selection,
}

/// How much of a scene becomes a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// `None` for all of it.
    pub area: Option<Rect>,
    pub legend: bool,
}

impl Default for Extent {
    fn default() -> Self {
        Self { area: None, legend: true }
    }
}

/// How a picture is finished.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finish {
    pub theme: &'static Theme,
    /// Around the picture, in its units.
    pub margin: f32,
    /// Without the theme's background.
    pub transparent: bool,
    /// Pixels for each unit; only pixels have a scale.
    pub scale: f32,
}

/// A picture before it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub sheet: Sheet,
    pub title: String,
    pub description: String,
}

impl Picture {
    /// A workspace as a map.
    pub fn of_map(
        workspace: &str,
        model: &Model,
        verdict: &Verdict,
        map: &Arrangement,
        highlight: &Highlight,
        extent: Extent,
    ) -> Self {
        let measurer = Measurer::new();
        let width = extent.area.unwrap_or(map.bounds).width();
        let legend = extent.legend.then(|| map::legend(map, highlight, width, &measurer).scene);
        Self {
            sheet: sheet(map::draw(map, highlight).scene, extent.area, legend.as_ref(), &measurer),
            title: format!("{workspace}: modules and boundaries"),
            description: in_numbers(model, verdict, "dependencies point down"),
        }
    }

    /// A workspace as a matrix, which has no legend.
    pub fn of_matrix(
        workspace: &str,
        model: &Model,
        verdict: &Verdict,
        (map, matrix): (&Arrangement, &Matrix),
        highlight: &Highlight,
        extent: Extent,
    ) -> Self {
        let measurer = Measurer::new();
        Self {
            sheet: sheet(matrix::draw(map, matrix, highlight, &measurer).scene, extent.area, None, &measurer),
            title: format!("{workspace}: dependency structure matrix"),
            description: in_numbers(model, verdict, matrix.reading.words()),
        }
    }

    /// A workspace as a treemap.
    pub fn of_treemap(
        workspace: &str,
        model: &Model,
        verdict: &Verdict,
        (map, treemap): (&Arrangement, &Treemap),
        highlight: &Highlight,
        extent: Extent,
    ) -> Self {
        let measurer = Measurer::new();
        let width = extent.area.unwrap_or(treemap.bounds).width();
        let legend = extent.legend.then(|| treemap::legend(treemap, width, &measurer).scene);
        Self {
            sheet: sheet(treemap::draw(map, treemap, highlight).scene, extent.area, legend.as_ref(), &measurer),
            title: format!("{workspace}: treemap"),
            description: in_numbers(model, verdict, "the area of a tile is the size of its code"),
        }
    }

    /// As SVG text for any viewer.
    pub fn svg(&self, finish: &Finish) -> String {
        self.written(finish, Fonts::Named)
    }

    /// As SVG text that is drawn here.
    pub fn drawn(&self, finish: &Finish) -> String {
        self.written(finish, Fonts::AtHand)
    }

    fn written(&self, finish: &Finish, fonts: Fonts) -> String {
        let options = PictureOptions {
            background: !finish.transparent,
            margin: finish.margin,
            title: self.title.clone(),
            description: self.description.clone(),
            fonts,
            ..PictureOptions::default()
        };
        svg::write_sheet(&self.sheet, finish.theme, &options)
    }

    /// As a file.
    ///
    /// # Errors
    /// What is too large to be drawn.
    pub fn bytes(&self, format: Format, finish: &Finish) -> Result<Vec<u8>, PictureError> {
        match format {
            Format::Svg => Ok(self.svg(finish).into_bytes()),
            Format::Png => Ok(png::render(&self.drawn(finish), finish.scale)?.bytes),
            // A page is white: light letters need their ground.
            Format::Pdf => pdf::write(&self.drawn(&Finish { transparent: false, ..*finish })),
        }
    }

    /// In units, the margin included.
    pub fn size(&self, margin: f32) -> (f32, f32) {
        let bounds = self.sheet.bounds().expand(margin.max(0.0));
        (bounds.width(), bounds.height())
    }
}

/// What of an area has something on it; `None` where that is nothing.
pub fn in_sight(visible: Rect, bounds: Rect) -> Option<Rect> {
    let corner = |a: f32, b: f32| a.max(b);
    let min = Point::new(corner(visible.min.x, bounds.min.x), corner(visible.min.y, bounds.min.y));
    let max = Point::new(visible.max.x.min(bounds.max.x), visible.max.y.min(bounds.max.y));
    (min.x < max.x && min.y < max.y).then_some(Rect { min, max })
}

/// All of a scene or a part of it.
pub(in crate::export) fn sheet(scene: Scene, area: Option<Rect>, legend: Option<&Scene>, measurer: &Measurer) -> Sheet {
    match area {
        None => Sheet::whole(scene, legend),
        Some(area) => Sheet::part(&scene, area, legend, measurer),
    }
}

fn in_numbers(model: &Model, verdict: &Verdict, reading: &str) -> String {
    format!(
        "{} packages, {} modules, {} violations; {reading}",
        model.packages().count(),
        model.module_ids().count(),
        verdict.violations.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::demo;

    fn picture() -> Picture {
        Picture { sheet: Sheet::whole(demo::small(), None), ..Picture::default() }
    }

    #[test]
    fn the_size_has_the_margin_on_each_side() {
        let bounds = demo::small().bounds;
        assert_eq!(picture().size(10.0), (bounds.width() + 20.0, bounds.height() + 20.0));
        assert_eq!(picture().size(-5.0), (bounds.width(), bounds.height()));
    }

    #[test]
    fn a_transparent_picture_has_no_ground_and_a_page_always_has_one() {
        let theme = Theme::dark();
        let finish = Finish { theme, margin: 0.0, transparent: true, scale: 1.0 };
        let ground = theme.color(crate::theme::Role::Background).hex();
        let covers =
            |svg: &str| svg.lines().nth(1).is_some_and(|line| line.starts_with("<rect") && line.contains(&ground));
        assert!(!covers(&picture().svg(&finish)));
        assert!(covers(&picture().svg(&Finish { transparent: false, ..finish })));
        let page = |transparent| picture().bytes(Format::Pdf, &Finish { transparent, ..finish }).unwrap();
        assert_eq!(page(true), page(false));
    }

    #[test]
    fn what_is_in_sight_ends_where_the_picture_ends() {
        let bounds = Rect::new(0.0, 0.0, 100.0, 50.0);
        let sight = |x, y| in_sight(Rect::new(x, y, 60.0, 60.0), bounds);
        assert_eq!(sight(-20.0, -20.0), Some(Rect::new(0.0, 0.0, 40.0, 40.0)));
        assert_eq!(sight(80.0, 0.0), Some(Rect::new(80.0, 0.0, 20.0, 50.0)));
        assert_eq!(sight(200.0, 0.0), None);
        assert_eq!(sight(100.0, 0.0), None);
    }
}
