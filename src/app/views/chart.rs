//! The picture of a course, kept from frame to frame until something of it changes.
//!
//! In: a course and a view of it.  Out: the picture, where its commits are, and what its legend says.  Not here: what is
//! drawn (`scene::timeline`), and hands on it (`timeline`).

use std::sync::Arc;

use egui::{Id, Ui};

use crate::app::canvas::picture::Picture;
use crate::scene::timeline::{self, Course, Frame, View};
use crate::theme::Measurer;

pub(super) struct Chart {
    pub(super) picture: Picture,
    pub(super) frame: Frame,
    pub(super) meanings: Vec<String>,
}

/// The chart as it was drawn last.
#[derive(Clone)]
struct Kept {
    of: (u64, u32),
    view: View,
    drawn: Arc<Chart>,
}

/// The last one, if nothing of it is different; `of` tells one course from the next.
pub(super) fn kept(ui: &Ui, id: Id, of: (u64, u32), course: &Course, view: View, measurer: &Measurer) -> Arc<Chart> {
    let kept: Option<Kept> = ui.data(|data| data.get_temp(id));
    if let Some(kept) = kept.filter(|kept| kept.of == of && kept.view == view) {
        return kept.drawn;
    }
    let timeline::Drawn { scene, frame, meanings } = timeline::draw(course, &view, measurer);
    let drawn = Arc::new(Chart { picture: Picture::new(scene, Vec::new(), measurer), frame, meanings });
    ui.data_mut(|data| data.insert_temp(id, Kept { of, view, drawn: Arc::clone(&drawn) }));
    drawn
}
