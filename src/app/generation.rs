//! Which of several answers is the one that is waited for.

/// Numbers the things asked of other threads; an answer with an older number is stale.
pub(crate) type Generation = u64;
