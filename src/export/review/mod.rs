//! What became of a workspace since a day, for the people who decide about it.
//!
//! In: a history, and the newest commit as it stands.  Out: a story of two pages (`story`): what got worse, what was fixed, whose
//! code it is, which numbers moved, what to do next.  Not here: how a format shows a story.

mod next;
mod tell;
#[cfg(test)]
mod tests;

use super::history::picture;
use super::story::Pictures;
use super::story::markdown::markdown as as_markdown;
use super::story::page::page;
use crate::history::History;
use crate::scene::timeline::Axis;
use crate::snapshot::Parts;

pub use tell::Wanted;

/// For a terminal, a pull request or a wiki; what is folded there is still there.
pub fn markdown(history: &History, newest: &Parts<'_>, wanted: Wanted) -> String {
    as_markdown(&tell::tell(history, newest, wanted), "riprap review --output FILE.html")
}

/// A page that needs nothing beside itself; at its beginning stand the pictures, then the timeline.
pub fn html(history: &History, newest: &Parts<'_>, wanted: Wanted, pictures: &[Pictures]) -> String {
    // From one commit to none there is no way.
    let timeline = (history.chain().len() > 1).then(|| picture::pictures(history, Axis::Time));
    let pictures: Vec<Pictures> = pictures.iter().cloned().chain(timeline).collect();
    page(&tell::tell(history, newest, wanted), &pictures)
}
