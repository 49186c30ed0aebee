//! Boundaries for a workspace that has none: what its folders, names and dependencies suggest.
//!
//! In: packages, a model, and whether CODEOWNERS says whose the code is; then what those groups are as boundaries.  Out:
//! [`Groups`], and a [`Proposal`] with layers, roles and dependencies, as the text of a riprap.toml.  Nothing is proposed from
//! coupling alone: who moves code because a number says so moves it back.  Not here: reading, judging, writing.
//!
//! ```text
//! let groups = Groups::of(&workspace, &model);           // folders, names, modules
//! let boundaries = ...;                                  // what `groups.text(..)` is on the model
//! let proposal = Proposal::of(groups, &model, &boundaries, has_owners);
//! let text = proposal.text();                            // templates first
//! ```

mod group;
mod prefix;
mod shape;
mod text;

pub use group::{By, Group, Groups};
pub use shape::{Layer, Proposal, Shape};
