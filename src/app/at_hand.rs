//! The canvases of a document: one at hand, which commands act on, and the others in sight.
//!
//! In: a document.  Out: what is done with each of its canvases, and what is known of them.  Not here: which are in sight
//! (`tiling`), and drawing them (`drawing`).

use super::canvases::Canvas;
use super::look::Drawing;
use super::state::Document;
use crate::scene::thing::Thing;

impl Document {
    /// Does the same for each canvas: as `document.canvas` it is at hand, while the others lie beside.
    pub(crate) fn on_each_canvas(&mut self, mut act: impl FnMut(&mut Self)) {
        act(self);
        for index in 0..self.beside.len() {
            self.swap_canvas(index);
            act(self);
            self.swap_canvas(index);
        }
    }

    /// Takes another canvas to hand; the same again puts it back.
    pub(crate) fn swap_canvas(&mut self, index: usize) {
        std::mem::swap(&mut self.canvas, &mut self.beside[index]);
    }

    /// The one at hand first.
    pub(crate) fn canvases(&self) -> impl Iterator<Item = &Canvas> {
        std::iter::once(&self.canvas).chain(&self.beside)
    }

    pub(crate) fn shows(&self, drawing: Drawing) -> bool {
        self.canvases().any(|canvas| canvas.drawing == drawing)
    }

    /// What the colour of a thing says while the treemap is shown; empty otherwise, and where nothing is known.
    pub(crate) fn treemap_words(&self, thing: Thing) -> &str {
        let treemap = self.look.treemap().filter(|_| self.canvas.drawing == Drawing::Treemap);
        let index = thing.place().and_then(|place| self.arrangement.cut.find(place));
        treemap.zip(index).map_or("", |(treemap, index)| treemap.words(index))
    }

    /// Whether the commits have to be gone through for what is in sight.
    pub(crate) fn needs_churn(&self) -> bool {
        self.shows(Drawing::Treemap) && self.look.choice.colouring.needs_churn()
    }
}
