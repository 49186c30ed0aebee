//! A comparison as a page that needs nothing beside itself.
//!
//! In: a comparison.  Out: HTML.  Nothing is left out.  Not here: what is told, and how a page looks (`story::page`).

use super::numbers;
use super::tell::tell;
use crate::compare::Comparison;
use crate::export::story::page::page;
use crate::export::story::{Chapter, Pictures, Table, Tone};

/// `pictures` stand at the beginning.
pub fn write(comparison: &Comparison, pictures: Option<&Pictures>) -> String {
    let mut story = tell(comparison);
    story.chapters.extend(of_boundaries(comparison));
    page(&story, pictures.map_or(&[], std::slice::from_ref))
}

/// The numbers of each boundary, which the other formats have no room for.
fn of_boundaries(comparison: &Comparison) -> Vec<Chapter> {
    let boundaries = comparison.numbers.boundaries.iter();
    let chapter = |(name, numbers): (&String, &Vec<crate::compare::Number>)| Chapter {
        title: format!("Numbers of `{name}`"),
        tone: Tone::Neutral,
        is_brief: false,
        groups: Vec::new(),
        table: Some(Table { head: vec!["number", "before", "after", "change"], rows: numbers::rows(numbers) }),
    };
    boundaries.map(chapter).collect()
}
