//! A comparison as a picture: both revisions on one map.
//!
//! In: a comparison and its union, a theme.  Out: SVG, with its legend.  Not here: what is drawn (`scene`), and pixels.

use super::tell::headline;
use crate::compare::{Comparison, Union};
pub use crate::export::story::Pictures;
use crate::export::svg::{self, PictureOptions};
use crate::scene::Scene;
use crate::scene::map::comparison::{Showing, arrange, draw, initial_view, legend};
use crate::scene::map::{Budget, Highlight, MapView};
use crate::scene::thing::Thing;
use crate::theme::{Measurer, Theme};

/// What a picture shows.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    pub scene: Scene,
    pub title: String,
    pub description: String,
}

impl Pictures {
    /// As the window would show it first.
    pub fn new(comparison: &Comparison, union: &Union) -> Self {
        let picture = Picture::new(comparison, union, &initial_view(union, Budget::default()), None);
        Self { light: picture.svg(Theme::light()), dark: picture.svg(Theme::dark()), description: picture.description }
    }
}

impl Picture {
    pub fn new(comparison: &Comparison, union: &Union, view: &MapView, selection: Option<Thing>) -> Self {
        let measurer = Measurer::new();
        let compared = arrange(union, view, &measurer, None);
        let highlight = Highlight { selection, ..Highlight::default() };
        let legend = legend(&compared, &highlight, compared.map.bounds.width(), &measurer);
        let scene = draw(&compared, &highlight, Showing::Both).scene.above(&legend.scene);
        let Comparison { workspace, before, after, .. } = comparison;
        Self {
            scene,
            title: format!("{workspace}: {before} to {after}"),
            description: headline(comparison).replace('`', ""),
        }
    }

    pub fn svg(&self, theme: &Theme) -> String {
        let (title, description) = (self.title.clone(), self.description.clone());
        svg::write(&self.scene, theme, &PictureOptions { title, description, ..PictureOptions::default() })
    }
}
