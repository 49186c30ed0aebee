//! What a picture consists of: scenes, each with the part of it that is shown, on one sheet.
//!
//! In: scenes, an area, a legend.  Out: a [`Sheet`].  Not here: what is in a scene, and bytes.

use crate::scene::shape::{Align, Emphasis, Label, Point, Rect};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize};

/// Scenes side by side or one below the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub parts: Vec<Part>,
}

/// A scene on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Tells its layers from those of other parts; empty where there is nothing to tell apart.
    pub name: &'static str,
    pub scene: Scene,
    /// What of it is shown.
    pub area: Rect,
    /// Where the upper left corner of that is on the sheet.
    pub at: Point,
}

/// Between two scenes, and above a legend that lies below a part of a scene.
const GAP: f32 = 12.0;

/// From a name down to its scene.
const BELOW_NAME: f32 = 8.0;

impl Sheet {
    /// All of a scene, with its legend as part of the same picture.
    pub fn whole(scene: Scene, legend: Option<&Scene>) -> Self {
        let scene = match legend {
            Some(legend) => scene.above(legend),
            None => scene,
        };
        let (area, at) = (scene.bounds, scene.bounds.min);
        Self { parts: vec![Part { name: "", scene, area, at }] }
    }

    /// As much of a scene as lies in an area, with its legend below.
    pub fn part(scene: &Scene, area: Rect, legend: Option<&Scene>, measurer: &Measurer) -> Self {
        let scene = scene.within(area, measurer);
        // A name, so that the edge of the area cuts.
        let sheet = Self { parts: vec![Part { name: "part", scene, area, at: area.min }] };
        sheet.above(legend)
    }

    /// Two scenes of the same places, each below its name.
    pub fn beside(scenes: [(&str, &Scene); 2], area: Rect, legend: Option<&Scene>, measurer: &Measurer) -> Self {
        let mut parts = Vec::new();
        for (index, (name, scene)) in scenes.into_iter().enumerate() {
            let part_name = ["before", "after"][index];
            let at = Point::new(area.min.x + index as f32 * (area.width() + GAP), area.min.y);
            let title = title(name, area.width(), measurer);
            let up = title.bounds.height() + BELOW_NAME;
            let (of_title, at_title) = (title.bounds, Point::new(at.x, at.y - up));
            let scene = scene.within(area, measurer);
            parts.push(Part { name: part_name, scene, area, at });
            parts.push(Part { name: ["before-name", "after-name"][index], scene: title, area: of_title, at: at_title });
        }
        Self { parts }.above(legend)
    }

    /// The rectangle around everything.
    pub fn bounds(&self) -> Rect {
        let rects =
            self.parts.iter().map(|part| part.area.translate(part.at.x - part.area.min.x, part.at.y - part.area.min.y));
        rects.reduce(Rect::union).unwrap_or_default()
    }

    fn above(mut self, legend: Option<&Scene>) -> Self {
        if let Some(legend) = legend.filter(|legend| !legend.layers.is_empty()) {
            let bounds = self.bounds();
            let at = Point::new(bounds.min.x, bounds.max.y + GAP);
            self.parts.push(Part { name: "legend-below", scene: legend.clone(), area: legend.bounds, at });
        }
        self
    }
}

/// What a scene shows, in one line.
fn title(name: &str, width: f32, measurer: &Measurer) -> Scene {
    let (face, size) = (Face::SemiBold, TextSize::Body);
    let text = measurer.ellipsize(name, face, size, width).into_owned();
    let label = Label {
        anchor: Point::new(0.0, measurer.ascent(face, size)),
        align: Align::Start,
        text,
        whole: None,
        face,
        size,
        role: Role::TextStrong,
        hit: None,
        emphasis: Emphasis::Normal,
    };
    let bounds = Rect::new(0.0, 0.0, width, measurer.line_height(face, size));
    Scene { bounds, layers: vec![Layer { name: "title", shapes: vec![label.into()] }], ..Scene::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::svg::{self, PictureOptions};
    use crate::export::{demo, png};
    use crate::theme::Theme;

    fn written(sheet: &Sheet) -> String {
        svg::write_sheet(sheet, Theme::light(), &PictureOptions { margin: 10.0, ..PictureOptions::default() })
    }

    #[test]
    fn a_whole_scene_is_written_as_it_always_was() {
        let scene = demo::small();
        let options = PictureOptions { margin: 10.0, ..PictureOptions::default() };
        assert_eq!(written(&Sheet::whole(scene.clone(), None)), svg::write(&scene, Theme::light(), &options));
    }

    #[test]
    fn a_part_has_the_size_of_its_area_and_holds_nothing_from_outside() {
        let scene = demo::small();
        let first = scene.bounds;
        let area = Rect::new(first.min.x, first.min.y, first.width() / 3.0, first.height() / 3.0);
        let sheet = Sheet::part(&scene, area, None, &Measurer::new());
        assert_eq!(sheet.bounds(), area);
        assert!(sheet.parts[0].scene.shapes().count() < scene.shapes().count());
        let svg = written(&sheet);
        assert!(svg.contains("clip-path=\"url(#part-area)\""), "{svg}");
        let picture = png::render(&svg, 1.0).unwrap();
        let with_margin = |length: f32| (length + 20.0).round() as u32;
        assert_eq!((picture.width, picture.height), (with_margin(area.width()), with_margin(area.height())));
    }

    #[test]
    fn two_scenes_stand_beside_each_other_with_their_names_and_no_id_twice() {
        let scene = demo::small();
        let area = scene.bounds;
        let sheet = Sheet::beside([("v1", &scene), ("v2", &scene)], area, Some(&scene), &Measurer::new());
        let bounds = sheet.bounds();
        assert_eq!(bounds.width(), area.width() * 2.0 + GAP);
        assert!(bounds.min.y < area.min.y && bounds.max.y > area.max.y);
        let svg = written(&sheet);
        assert!(svg.contains(">v1</text>") && svg.contains(">v2</text>"));
        let document = resvg::usvg::roxmltree::Document::parse(&svg).unwrap();
        let mut ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{ids:?}");
        for id in ids.iter().filter(|id| id.ends_with("-area")) {
            assert!(svg.contains(&format!("url(#{id})")), "{id}");
        }
    }
}
