//! A comparison as a picture: both revisions on one map, or side by side.
//!
//! In: a comparison, and what is arranged of its union.  Out: a [`Picture`] with its legend; for a page, in both themes.
//! Not here: what is drawn (`scene`).

use super::tell::headline;
use crate::compare::{Comparison, Side, Union};
use crate::export::picture::{Extent, Finish, Picture, sheet};
use crate::export::sheet::Sheet;
pub use crate::export::story::Pictures;
use crate::export::svg::PictureOptions;
use crate::scene::map::comparison::{Compared, Showing, arrange, draw, initial_view, legend};
use crate::scene::map::{Budget, Highlight};
use crate::theme::{Measurer, Theme};

impl Pictures {
    /// As the window would show it first.
    pub fn new(comparison: &Comparison, union: &Union) -> Self {
        let compared = arrange(union, &initial_view(union, Budget::default()), &Measurer::new(), None);
        let picture = picture(comparison, &compared, &Highlight::default(), false, Extent::default());
        let margin = PictureOptions::default().margin;
        let [light, dark] = [Theme::light(), Theme::dark()]
            .map(|theme| picture.svg(&Finish { theme, margin, transparent: false, scale: 1.0 }));
        Self { light, dark, description: picture.description }
    }
}

/// One revision over the other, or side by side.
pub fn picture(
    of: &Comparison,
    compared: &Compared,
    highlight: &Highlight,
    side_by_side: bool,
    extent: Extent,
) -> Picture {
    let measurer = Measurer::new();
    let area = extent.area.unwrap_or(compared.map.bounds);
    let width = if side_by_side { area.width() * 2.0 } else { area.width() };
    let legend = extent.legend.then(|| legend(compared, highlight, width, &measurer).scene);
    let scene = |showing| draw(compared, highlight, showing).scene;
    let sheet = if side_by_side {
        let (before, after) = (scene(Showing::Only(Side::Before)), scene(Showing::Only(Side::After)));
        Sheet::beside([(&of.before, &before), (&of.after, &after)], area, legend.as_ref(), &measurer)
    } else {
        sheet(scene(Showing::Both), extent.area, legend.as_ref(), &measurer)
    };
    Picture {
        sheet,
        title: format!("{}: {} to {}", of.workspace, of.before, of.after),
        description: headline(of).replace('`', ""),
    }
}
