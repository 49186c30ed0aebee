//! Boundaries for a workspace that has none: what its folders, names, owners, references and dependencies suggest.
//!
//! In: packages, a model, whose the code is, what was changed together; then what those groups are as boundaries.  Out:
//! [`Groups`], and a [`Proposal`] with layers, roles and dependencies, as the text of a riprap.toml; and a [`Plan`] that a
//! person goes on with.  Nothing is proposed from coupling alone unless somebody asks for it: who moves code because a number
//! says so moves it back.  Not here: reading, judging, writing.
//!
//! ```text
//! let groups = Groups::of(&model, &folders, by);         // folders, names, modules
//! let boundaries = ...;                                  // what `groups.text(..)` is on the model
//! let proposal = Proposal::of(groups, &model, &boundaries, has_owners);
//! let text = proposal.text();                            // templates first
//!
//! let plan = Plan { parts: by_owner(..), .. };           // or by_community, or what the groups above are
//! let groups = plan.groups(&model, &folders);            // in patterns as short as they can be
//! ```

mod community;
mod group;
mod owner;
mod plan;
mod prefix;
mod reason;
mod shape;
mod spell;
mod text;
mod ties;

pub use community::{by_community, units};
pub use group::{By, Group, GroupBy, Groups};
pub use owner::by_owner;
pub use plan::{Part, Plan};
pub use reason::give_reasons;
pub use shape::{Layer, Proposal, Shape};
pub use ties::Together;
