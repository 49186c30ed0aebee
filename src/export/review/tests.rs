use super::tell::{Wanted, tell};
use super::{html, markdown};
use crate::export::history::fixture::history;
use crate::export::report::fixture::{CLEAN, ERODED};
use crate::history::History;

#[test]
fn the_pages_tell_what_got_worse_what_was_fixed_and_what_comes_next() {
    insta::assert_snapshot!(markdown(&history(), &ERODED.parts(), Wanted::default()));
}

#[test]
fn persons_are_named_only_where_somebody_asks() {
    let told = |persons| markdown(&history(), &ERODED.parts(), Wanted { persons });
    assert!(told(true).contains("Ada") && !told(false).contains("Ada"));
}

#[test]
fn what_one_change_mends_is_one_thing_to_do_and_five_are_enough() {
    let story = tell(&history(), &ERODED.parts(), Wanted::default());
    let next = &story.chapters[0];
    assert_eq!(next.title, "Next");
    let entries = &next.groups[0].entries;
    assert!((1..=5).contains(&entries.len()), "{}", entries.len());
    let denied = entries.iter().take_while(|entry| entry.mark.sign() == "!").count();
    assert!(entries[denied..].iter().all(|entry| entry.mark.sign() != "!"), "what denies comes first");
}

#[test]
fn where_nothing_is_wrong_nothing_is_to_be_done() {
    let story = tell(&History::default(), &CLEAN.parts(), Wanted::default());
    assert!(story.chapters.is_empty());
}

#[test]
fn a_page_needs_nothing_beside_itself() {
    let page = html(&history(), &ERODED.parts(), Wanted::default(), &[]);
    let body = &page[page.find("<body>").unwrap()..page.find("</body>").unwrap() + "</body>".len()];
    roxmltree::Document::parse(body).unwrap();
    assert!(!page.contains("http") && !page.contains("<script"));
}

#[test]
fn a_page_shows_the_way_from_the_first_commit_to_the_newest() {
    let told = |history: &History| html(history, &ERODED.parts(), Wanted::default(), &[]);
    let whole = history();
    let page = told(&whole);
    assert_eq!(page.matches("<figure>").count(), 1);
    let caption = format!("open violations by rule over {} commits", whole.chain().len());
    assert!(page.contains(&format!("<figcaption>{caption}")), "{caption}");
    let first = History { points: whole.points[..1].to_vec(), ..History::default() };
    assert!(!told(&first).contains("<figure>"), "one commit is no way");
}
