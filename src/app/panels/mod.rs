//! What stands around the map: bars, the side panel, and what opens above.
//!
//! In: the state.  Out: widgets, and requests in `Actions`.  Not here: changing the state.

pub(crate) mod amendment;
mod blast;
pub(crate) mod edge_menu;
pub(crate) mod editor;
pub(crate) mod finder;
pub(crate) mod picture;
pub(crate) mod revisions;
pub(crate) mod shortcuts;
pub(crate) mod side;
mod since;
pub(crate) mod status;
pub(crate) mod top_bar;
pub(crate) mod unsaved;
pub(crate) mod views;
pub(crate) mod violation;

mod edit_notice;
mod excerpt;
mod findings;
mod inspector;
mod notes;
mod numbers;
mod references;
mod violations;

pub(crate) use edit_notice::edit_notice;
