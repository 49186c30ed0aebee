//! A history as the picture that the window shows of it: the timeline.
//!
//! In: a history, an axis and a theme.  Out: SVG.  Not here: what the timeline looks like (`scene`).

use crate::export::story::Pictures;
use crate::export::svg::{self, PictureOptions};
use crate::history::History;
use crate::scene::timeline::{Axis, Course, View, draw};
use crate::theme::{Measurer, Theme};

/// In points: as wide as a page of a report.
const WIDTH: f32 = 1200.0;

/// Writes the picture.
pub fn svg(history: &History, axis: Axis, theme: &Theme) -> String {
    let course = Course::new(history);
    let drawn = draw(&course, &View::whole(&course, WIDTH, axis), &Measurer::new());
    svg::write(&drawn.scene, theme, &options(history, &course))
}

/// The picture in the colours of both themes.
pub(in crate::export) fn pictures(history: &History, axis: Axis) -> Pictures {
    let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| svg(history, axis, theme));
    Pictures { light, dark, description: in_words(history) }
}

/// What the picture is, for somebody who cannot see it.
fn in_words(history: &History) -> String {
    in_words_of(history, &Course::new(history))
}

fn in_words_of(history: &History, course: &Course) -> String {
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

fn options(history: &History, course: &Course) -> PictureOptions {
    PictureOptions {
        title: format!("{}: timeline", history.workspace),
        description: in_words_of(history, course),
        ..PictureOptions::default()
    }
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
