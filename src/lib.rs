//! riprap: the modules of a Rust workspace, the boundaries between them, and what breaks those boundaries.
//!
//! The pipeline, in the order of the modules below:
//!
//! ```text
//! load | git ─► source + workspace ─► facts ─► resolve ─► model ─► boundary ─► metrics ─► rules ─► verdict ─► snapshot ─► compare, draft
//!                                                           └─► layout + theme ─► scene ─► app | export
//! ```
//!
//! `analysis` runs it; `app` (a window) and `cli` (commands) show what it found.

pub mod enrich;
pub mod source;
pub mod workspace;

pub mod manifest;

pub mod facts;
pub mod resolve;

pub mod order;

pub mod model;

pub mod query;

pub mod reasons;

pub mod boundary;
pub mod metrics;
pub mod rules;
pub mod verdict;

pub mod snapshot;

pub mod compare;
pub mod draft;

pub mod config;
pub mod edit;
pub mod patch;

pub mod layout;
pub mod theme;

pub mod scene;

pub mod viewpoint;

pub mod export;

pub mod history;

pub mod affected;
pub mod findings;
pub mod propose;

pub mod cache;
pub mod git;
#[cfg(feature = "gui")]
pub mod launch;
pub mod load;
pub mod save;

pub mod analysis;

#[cfg(feature = "gui")]
pub mod app;
pub mod cli;

#[cfg(test)]
mod fixture;
