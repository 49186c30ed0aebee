use anstream::adapter::strip_str;

use super::fixture::{NOTHING, YEAR, many};
use super::{html, json, markdown, text};

#[test]
fn text_begins_with_what_got_worse() {
    insta::assert_snapshot!(strip_str(&text::write(&YEAR)).to_string());
}

#[test]
fn markdown_folds_what_is_neither_worse_nor_fixed() {
    insta::assert_snapshot!(markdown::write(&YEAR));
}

#[test]
fn json_has_everything() {
    insta::assert_snapshot!(json::write(&YEAR).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn html_is_well_formed_and_says_what_the_text_says() {
    let page = html::write(&YEAR, None);
    let body = &page[page.find("<body>").unwrap()..page.find("</body>").unwrap() + "</body>".len()];
    let document = roxmltree::Document::parse(body).unwrap();
    let told: String = document.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
    for chapter in super::tell::tell(&YEAR).chapters {
        let entries = chapter.groups.iter().flat_map(|group| &group.entries);
        for sentence in entries.flat_map(|entry| entry.details.iter().chain([&entry.text])).chain([&chapter.title]) {
            assert!(told.contains(&sentence.replace('`', "")), "{sentence} is not on the page");
        }
    }
    assert!(!page.contains("http") && !page.contains("<script"), "it needs nothing beside itself");
}

#[test]
fn nothing_that_differs_is_one_sentence() {
    assert_eq!(strip_str(&text::write(&NOTHING)).to_string(), "fixture: v1 -> v2\nnothing differs\n");
    assert_eq!(markdown::write(&NOTHING), "### riprap: fixture: v1 -> v2\n\nnothing differs\n");
}

#[test]
fn a_comment_stays_short_however_much_there_is() {
    let comment = markdown::write(&many(500));
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.contains("more: `riprap diff --format html=FILE` lists all"));
    assert!(!comment.contains("<b>"), "names are no markup");
    let shown = strip_str(&text::write(&many(500))).to_string().lines().count();
    assert!(shown < 150, "{shown} lines");
    assert_eq!(html::write(&many(500), None).matches("longlong").count() / 200, 500, "the page has all");
}

#[test]
fn keys_are_sorted() {
    let text = json::write(&YEAR);
    // Parsing into a map sorts keys, so writing it again must change nothing.
    let sorted: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string_pretty(&sorted).unwrap() + "\n", text);
}
