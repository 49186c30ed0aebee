//! Which picture of the workspace the canvas shows, and how.
//!
//! In: nothing.  Out: [`Look`], a part of the state.  Not here: drawing it (`drawing`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::canvas::camera::Camera;
use super::command::Command;
use crate::history::Churn;
use crate::layout::Size;
use crate::scene::map::Arrangement;
use crate::scene::matrix::Reading;
use crate::scene::treemap::{Choice, Colouring, Sizing, Treemap};

/// What is drawn of the boxes that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Drawing {
    #[default]
    Map,
    Matrix,
    Treemap,
}

/// How a document is drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Look {
    /// Of the matrix.
    pub(crate) reading: Reading,
    /// Of the treemap.
    pub(crate) choice: Choice,
    /// Of the treemap, once it is known how large the canvas is.
    pub(crate) size: Option<Size>,
    /// The treemap as it was made last.
    pub(crate) made: Option<Made>,
    /// Of the pictures that are not shown, if they were before.
    pub(crate) resting: BTreeMap<Drawing, Camera>,
}

/// A treemap, and what it was made of.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) of: Ingredients,
    pub(crate) treemap: Arc<Treemap>,
}

#[derive(Clone, Debug)]
pub(crate) struct Ingredients {
    pub(crate) arrangement: Arc<Arrangement>,
    pub(crate) choice: Choice,
    pub(crate) size: Size,
    /// Or why it is not known.
    pub(crate) churn: Result<Arc<Churn>, String>,
    pub(crate) is_measured: bool,
}

impl Ingredients {
    /// Whether the same would be made of others.
    pub(crate) fn are(&self, other: &Self) -> bool {
        let same_churn = match (&self.churn, &other.churn) {
            (Ok(one), Ok(two)) => Arc::ptr_eq(one, two),
            (Err(one), Err(two)) => one == two,
            _ => false,
        };
        let same = (self.choice, self.size, self.is_measured) == (other.choice, other.size, other.is_measured);
        Arc::ptr_eq(&self.arrangement, &other.arrangement) && same && same_churn
    }
}

/// The commands that choose what areas say.
pub(crate) const SIZINGS: [(Command, Sizing); 2] =
    [(Command::SizeByLines, Sizing::Lines), (Command::SizeByItems, Sizing::Items)];

/// The commands that choose what colours say.
pub(crate) const COLOURINGS: [(Command, Colouring); 6] = [
    (Command::ColourByChurn, Colouring::Churn),
    (Command::ColourByAge, Colouring::Age),
    (Command::ColourByViolations, Colouring::Violations),
    (Command::ColourByOwner, Colouring::Owner),
    (Command::ColourByInstability, Colouring::Instability),
    (Command::ColourByLeak, Colouring::Leak),
];

impl Look {
    /// Whether the choice that a command stands for is made; `None` for one that stands for none.
    pub(crate) fn is_chosen(&self, command: Command) -> Option<bool> {
        let sizing = SIZINGS.iter().find(|(of, _)| *of == command).map(|(_, sizing)| *sizing == self.choice.sizing);
        let colouring = COLOURINGS.iter().find(|(of, _)| *of == command);
        sizing.or(colouring.map(|(_, colouring)| *colouring == self.choice.colouring))
    }

    /// Makes the choice that a command stands for.
    pub(crate) fn choose(&mut self, command: Command) {
        if let Some((_, sizing)) = SIZINGS.iter().find(|(of, _)| *of == command) {
            self.choice.sizing = *sizing;
        }
        if let Some((_, colouring)) = COLOURINGS.iter().find(|(of, _)| *of == command) {
            self.choice.colouring = *colouring;
        }
    }

    /// The treemap as it was made last.
    pub(crate) fn treemap(&self) -> Option<&Treemap> {
        self.made.as_ref().map(|made| &*made.treemap)
    }
}
