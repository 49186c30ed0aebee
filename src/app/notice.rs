//! A word to the person about what was just asked for.
//!
//! In: what came of it.  Out: a [`Notice`] for the map to show.  Not here: showing it.

use super::command::Command;

/// How long a good word stays, in seconds; longer where it offers something.
const STAYS_SECS: f64 = 4.0;
const OFFERS_SECS: f64 = 12.0;

/// More names than these are only counted.
const MOST_NAMES: usize = 4;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) said: String,
    pub(crate) failed: bool,
    /// When it goes by itself, in egui's seconds; a failure stays until it is dismissed.
    pub(crate) until: Option<f64>,
    /// What helps now.
    pub(crate) offers: Vec<Command>,
}

impl Notice {
    pub(crate) fn done(said: String, now: f64) -> Self {
        Self { said, failed: false, until: Some(now + STAYS_SECS), offers: Vec::new() }
    }

    pub(crate) fn done_with_offers(said: String, offers: Vec<Command>, now: f64) -> Self {
        Self { said, failed: false, until: Some(now + OFFERS_SECS), offers }
    }

    /// A viewpoint names what is no longer there.
    pub(crate) fn missing(names: &[String]) -> Self {
        let some: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
        let more = names.len().saturating_sub(MOST_NAMES);
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        Self::failed(format!("Not there any more: {}{rest}", some.join(", ")), Vec::new())
    }

    pub(crate) fn failed(said: String, offers: Vec<Command>) -> Self {
        Self { said, failed: true, until: None, offers }
    }
}
