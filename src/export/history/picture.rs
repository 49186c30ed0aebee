//! A history as the picture that the window shows of it: the timeline.
//!
//! In: a history, an axis and a theme.  Out: SVG.  Not here: what the timeline looks like (`scene`).

use crate::export::picture::{Finish, Picture};
use crate::export::sheet::Sheet;
use crate::export::story::Pictures;
use crate::export::svg::PictureOptions;
use crate::history::History;
use crate::scene::timeline::{Axis, Course, Drawn, Marks, View, draw, marks};
use crate::theme::{Measurer, Theme};

/// In points: as wide as a page of a report.
const WIDTH: f32 = 1200.0;

/// As much of a history as a view shows, with what somebody points out in it.
pub fn picture(history: &History, course: &Course, view: &View, pointed: &Marks) -> Picture {
    let measurer = Measurer::new();
    let Drawn { mut scene, frame, .. } = draw(course, view, &measurer);
    if *pointed != Marks::default() {
        scene.layers.extend(marks(course, history, &frame, pointed, &measurer).layers);
    }
    Picture {
        sheet: Sheet::whole(scene, None),
        title: format!("{}: timeline", history.workspace),
        description: in_words(history, course),
    }
}

/// All of a history, as wide as a page.
pub fn whole(course: &Course, axis: Axis) -> View {
    View::whole(course, WIDTH, axis)
}

/// Writes the picture.
pub fn svg(history: &History, axis: Axis, theme: &'static Theme) -> String {
    let margin = PictureOptions::default().margin;
    let course = Course::new(history);
    let picture = picture(history, &course, &whole(&course, axis), &Marks::default());
    picture.svg(&Finish { theme, margin, transparent: false, scale: 1.0 })
}

/// The picture in the colours of both themes.
pub(in crate::export) fn pictures(history: &History, axis: Axis) -> Pictures {
    let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| svg(history, axis, theme));
    Pictures { light, dark, description: in_words(history, &Course::new(history)) }
}

/// What the picture is, for somebody who cannot see it.
fn in_words(history: &History, course: &Course) -> String {
    let (Some(first), Some(last)) = (course.steps.first(), course.steps.last()) else { return "no commits".to_owned() };
    let date = |point: usize| history.points[point].commit.committed.date();
    format!(
        "open violations by rule over {} commits from {} to {}: {} at first, {} in the end, {} of them denied",
        course.steps.len(),
        date(first.point),
        date(last.point),
        first.total,
        last.total,
        last.denied
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_timeline_is_written_as_it_is_drawn() {
        insta::assert_snapshot!(svg(&fixture::history(), Axis::Commits, Theme::light()));
    }
}
