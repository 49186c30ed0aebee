use proptest::prelude::*;

use super::*;
use crate::scene::treemap::Choice;

fn name() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z]{1,6}(::[a-z_]{1,6}){0,3}", Just("a -> b, c & d = 50%".to_owned())]
        .prop_filter("a name is not empty", |name: &String| !name.is_empty())
}

fn names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(name(), 0..4)
}

fn region() -> impl Strategy<Value = Region> {
    (prop::option::of(name()), any::<i32>(), any::<i32>(), 1_u32.., 1_u32..)
        .prop_map(|(at, x, y, width, height)| Region { at, x, y, width, height })
}

prop_compose! {
    pub(in crate::viewpoint) fn viewpoint()(
        view in prop::sample::select(View::ALL.to_vec()),
        revisions in prop::option::of((name(), name())),
        focus in prop::option::of(name()),
        expansion in prop::option::of((names(), names()).prop_map(|(open, closed)| Expansion { open, closed })),
        (tests, inactive, items) in any::<(bool, bool, bool)>(),
        (all, columns, side_by_side, commits) in any::<(bool, bool, bool, bool)>(),
        (sizing, colouring) in (prop::sample::select(Sizing::ALL.to_vec()), prop::sample::select(Colouring::ALL.to_vec())),
        found in names(),
        pins in prop::collection::btree_map(name(), any::<(i32, i32)>(), 0..3),
        region in prop::option::of(region()),
    ) -> Viewpoint {
        Viewpoint {
            view,
            revisions,
            focus,
            expansion,
            filter: Filter { tests, inactive, items },
            edges: if all { EdgeMode::All } else { EdgeMode::Quiet },
            found,
            pins,
            reading: if columns { Reading::ColumnUsesRow } else { Reading::RowUsesColumn },
            choice: Choice { sizing, colouring },
            side_by_side,
            axis: if commits { Axis::Commits } else { Axis::Time },
            region,
        }
    }
}

proptest! {
    #[test]
    fn a_link_leads_back_to_what_it_was_made_of(
        path in name().prop_filter("a path is said", |path| !path.trim().is_empty()),
        rev in prop::option::of(name()),
        viewpoint in viewpoint(),
    ) {
        let link = Link { path, rev, viewpoint };
        let text = link.text_with(true);
        prop_assert!(text.is_ascii() && !text.contains(char::is_whitespace), "{}", text);
        prop_assert_eq!(Link::parse(&text), Ok(link));
    }

    #[test]
    fn no_text_makes_reading_fail_otherwise_than_by_an_error(text in any::<String>()) {
        let _ = Link::parse(&text);
        let _ = Link::parse(&format!("{BEGINNING}{text}"));
    }
}

#[test]
fn a_link_says_only_what_is_not_as_usual() {
    let viewpoint = Viewpoint { focus: Some("orders::place -> stock".to_owned()), ..Viewpoint::default() };
    let link = Link { path: "/projects/shop".to_owned(), rev: None, viewpoint };
    let text = "riprap://open?path=/projects/shop&focus=orders::place%20-%3E%20stock";
    assert_eq!(link.to_text(), (text.to_owned(), true));
}

#[test]
fn what_is_open_is_left_out_where_the_link_would_be_too_long() {
    let open: Vec<String> = (0..500).map(|number| format!("orders::module_{number}")).collect();
    let expansion = Some(Expansion { open, closed: Vec::new() });
    let viewpoint = Viewpoint { expansion, focus: Some("orders".to_owned()), ..Viewpoint::default() };
    let (text, is_whole) = Link { path: "/shop".to_owned(), rev: None, viewpoint }.to_text();
    assert_eq!((text.as_str(), is_whole), ("riprap://open?path=/shop&focus=orders", false));
}

#[test]
fn what_is_wrong_with_a_link_is_told_by_its_part() {
    for (text, said) in [
        ("http://example.com", "this is no link to a view: such a link begins with `riprap://open?`"),
        ("riprap://open?view=map", "the link has no `path`"),
        ("riprap://open?path=", "the link has no `path`"),
        ("riprap://open?path=/a&path=/b", "`path` of the link is said twice"),
        ("riprap://open?path=/a&zoom=2", "the link says `zoom`, which riprap does not know; it knows path, rev, view"),
        ("riprap://open?path=/a&view=mapp", "`view` of the link is `mapp`, where one of map, matrix"),
        ("riprap://open?path=/a&show=tests,all", "`show` of the link is `all`, where a list of all-edges"),
        ("riprap://open?path=/a%2", "`path` of the link is not text"),
        ("riprap://open?path=/a%FF", "`path` of the link is not text"),
        ("riprap://open?path=/a&region=orders,1,2,3", "`region` of the link is `orders,1,2,3`"),
        ("riprap://open?path=/a&region=orders,1,2,3,0", "`region` of the link is `orders,1,2,3,0`"),
        ("riprap://open?path=/a&from=v1", "`to` of the link is ``, where the later of two revisions was expected"),
        ("riprap://open?path=/a&axis=time", "`axis` of the link is `time`, where `commits` was expected"),
    ] {
        let error = Link::parse(text).expect_err(text).to_string();
        assert!(error.starts_with(said), "{text}: {error}");
    }
}
