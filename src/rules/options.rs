//! What riprap.toml sets of single rules beyond their levels.
//!
//! In: nothing; `config` fills it.  Out: [`Options`], one field per rule that has any.  Not here: levels (`verdict`), and what the
//! values mean, which stands beside each rule.

use super::{boundary_count, module_cycle, oversized_boundary};

/// The default is what a riprap.toml without `[rules]` means.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    pub boundary_count: boundary_count::Options,
    pub module_cycle: module_cycle::Options,
    pub oversized_boundary: oversized_boundary::Options,
}
