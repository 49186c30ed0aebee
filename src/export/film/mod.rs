//! A film of a history: how the map of a workspace came to be what it is.
//!
//! In: a history, the points that are shown, and a shot of each.  Out: a page that plays it, or an animated PNG.  Both draw
//! each shot by what every other export draws with.  Not here: which points (`history`), and what a shot looks like (`scene`).

mod apng;
mod html;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::png::PictureError;
use super::sheet::Sheet;
use super::svg::{self, Fonts, PictureOptions};
use crate::history::{History, State};
use crate::scene::Scene;
use crate::scene::map::film::{Caption, INDENT, Shot, caption, legend, strip};
use crate::scene::shape::{Point, Rect};
use crate::theme::{Measurer, Theme};

/// How many shots a film has where nobody says.
pub const USUAL_SHOTS: usize = 60;

/// What a film is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Html,
    /// In the colours of one theme.
    Apng,
}

/// A film before it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Film {
    workspace: String,
    /// How many commits were looked at.
    commits: usize,
    frames: Vec<Frame>,
}

#[derive(Clone, Debug, PartialEq)]
struct Frame {
    shot: Shot,
    caption: Caption,
    /// Violations that came and went since the frame before, in words.
    came: Vec<String>,
    went: Vec<String>,
}

impl Film {
    /// `shots` are those of `stills`.
    pub fn new(history: &History, stills: &[usize], shots: Vec<Shot>) -> Self {
        let told = told(history, stills);
        let frames = stills.iter().zip(shots).zip(told).map(|((at, shot), (came, went))| {
            let commit = &history.points[*at].commit;
            let state = history.points[*at].state.as_ref().ok();
            let caption = Caption {
                date: commit.committed.date().to_string(),
                commit: commit.id.short(),
                subject: commit.subject.clone(),
                violations: state.map_or(0, State::total),
                denied: state.map_or(0, |state| state.denied),
                came: came.len(),
                went: went.len(),
                packages: shot.packages,
                modules: shot.modules,
            };
            Frame { shot, caption, came, went }
        });
        Self { workspace: history.workspace.clone(), commits: history.chain().len(), frames: frames.collect() }
    }

    /// Writes the film.
    ///
    /// # Errors
    /// A picture that is too large to be drawn.
    pub fn bytes(&self, format: Format, theme: &'static Theme) -> Result<Vec<u8>, PictureError> {
        match format {
            Format::Html => Ok(html::write(self).into_bytes()),
            Format::Apng => apng::write(self, theme),
        }
    }

    fn title(&self) -> String {
        format!("{}: how it came to be", self.workspace)
    }

    /// What it shows, in one sentence.
    fn said(&self) -> String {
        let (Some(first), Some(last)) = (self.frames.first(), self.frames.last()) else {
            return "nothing is known of any commit".to_owned();
        };
        let (first, last) = (&first.caption, &last.caption);
        format!(
            "{} of {} commits from {} to {}: {} at first, {} in the end",
            self.frames.len(),
            self.commits,
            first.date,
            last.date,
            first.counted(),
            last.counted()
        )
    }

    /// The map at a frame.
    fn scene(&self, at: usize) -> Scene {
        let before = at.checked_sub(1).map(|before| &self.frames[before].shot);
        self.frames[at].shot.draw(before)
    }

    fn width(&self) -> f32 {
        self.frames.first().map_or(0.0, |frame| frame.shot.map.bounds.width())
    }

    fn legend(&self, width: f32, measurer: &Measurer) -> Scene {
        let shots: Vec<Shot> = self.frames.iter().map(|frame| frame.shot.clone()).collect();
        legend(&shots, width, measurer).scene
    }

    /// How many violations there are at each frame.
    fn strip(&self, at: Option<usize>, width: f32) -> Scene {
        let captions: Vec<Caption> = self.frames.iter().map(|frame| frame.caption.clone()).collect();
        strip(&captions, at, width, at.is_some())
    }

    /// A frame with its words, its place in the film and the legend below it.
    fn whole(&self, at: usize, legend: &Scene, measurer: &Measurer) -> Scene {
        let width = self.width().max(legend.bounds.width() + INDENT);
        let map = self.scene(at);
        let map = Scene { bounds: map.bounds.union(map.bounds.translate(width - map.bounds.width(), 0.0)), ..map };
        let (min, max) = (Point::new(legend.bounds.min.x - INDENT, legend.bounds.min.y - 8.0), legend.bounds.max);
        let legend = Scene { bounds: Rect { min, max }, ..legend.clone() };
        map.above(&caption(&self.frames[at].caption, width, measurer))
            .above(&self.strip(Some(at), width))
            .above(&legend)
    }
}

fn svg(scene: Scene, theme: &'static Theme, margin: f32, fonts: Fonts) -> String {
    svg::write_sheet(&Sheet::whole(scene, None), theme, &PictureOptions { margin, fonts, ..PictureOptions::default() })
}

/// By still: the violations that came and went since the one before it, in words.  What was renamed did neither, and nobody
/// knows when what the first has came.
fn told(history: &History, stills: &[usize]) -> Vec<(Vec<String>, Vec<String>)> {
    let mut told = Vec::with_capacity(stills.len());
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    let mut then: BTreeMap<String, String> = BTreeMap::new();
    for at in history.chain() {
        let Ok(state) = &history.points[at].state else { continue };
        for id in &state.closed {
            now.remove(id);
        }
        for (before, identity) in &state.renamed {
            for known in [&mut now, &mut then] {
                if known.remove(before).is_some() {
                    known.insert(identity.id.clone(), identity.in_words());
                }
            }
        }
        now.extend(state.opened.iter().map(|identity| (identity.id.clone(), identity.in_words())));
        if stills.binary_search(&at).is_ok() {
            let missing = |of: &BTreeMap<String, String>, from: &BTreeMap<String, String>| -> Vec<String> {
                let mut words: Vec<String> =
                    of.iter().filter(|(id, _)| !from.contains_key(*id)).map(|(_, words)| words.clone()).collect();
                words.sort_unstable();
                words
            };
            let is_first = told.is_empty();
            told.push(if is_first { (Vec::new(), Vec::new()) } else { (missing(&now, &then), missing(&then, &now)) });
            then.clone_from(&now);
        }
    }
    told
}
