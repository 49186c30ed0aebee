//! What lies beyond the sources: code in `OUT_DIR`, and an index that another tool made.

use super::*;
use crate::enrich::scip::{Columns, Document, Index, Place};
use crate::facts::PathSource;

const GENERATED: &str = "//- /k/build.rs build:build-script-build package:k
fn main() {}
//- /k/src/lib.rs lib:k package:k
pub mod made { include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\")); }
pub mod user { pub fn f() -> u8 { crate::made::deep::LIMIT } }
";

fn with_out_dir(text: &str, out_dir: bool) -> Model {
    model_beyond(text, &Beyond { out_dir, ..Beyond::default() })
}

fn notes(model: &Model) -> Vec<String> {
    model.notes().iter().map(|note| format!("{}: {}", note.kind, note.detail)).collect()
}

#[test]
fn a_generated_file_becomes_part_of_the_module_that_includes_it() {
    let files = "//- /OUT_DIR/k/x.rs
pub mod deep;
fn g() { crate::user::f(); }
//- /OUT_DIR/k/deep.rs
pub const LIMIT: u8 = 1;
//- /OUT_DIR/other/x.rs
pub fn not_this_one() {}
";
    let model = with_out_dir(&format!("{GENERATED}{files}"), true);
    assert_eq!(edges(&model), ["k::made -> k::user: call", "k::user -> k::made::deep: value"]);
    assert_eq!(notes(&model), Vec::<String>::new());
}

#[test]
fn a_generated_file_that_is_not_there_is_noted_with_what_was_tried() {
    let told = notes(&with_out_dir(GENERATED, false));
    assert!(told[0].starts_with("generated-code: the included file `x.rs` is generated"), "{told:?}");
    assert!(told[0].contains("--enrich out-dir"), "{told:?}");
    let told = notes(&with_out_dir(GENERATED, true));
    assert!(told[0].contains("`x.rs` was looked for in the output of `k`'s build script"), "{told:?}");
}

#[test]
fn a_macro_may_write_the_path_of_an_included_file() {
    let text = "//- /k/build.rs build:build-script-build package:k
fn main() {}
//- /k/src/lib.rs lib:k package:k
macro_rules! made { ($name:tt) => { include!(concat!(env!(\"OUT_DIR\"), concat!(\"/\", $name, \".rs\"))); } }
macro_rules! beside { ($file:expr) => { include!($file); } }
pub mod made { made!(\"x\"); }
pub mod user { beside!(\"more.rs\"); }
//- /k/src/more.rs
pub fn f() -> u8 { crate::made::LIMIT }
//- /OUT_DIR/k/x.rs
pub const LIMIT: u8 = 1;
";
    let model = with_out_dir(text, true);
    assert_eq!(edges(&model), ["k::made -> k: macro", "k::user -> k: macro", "k::user -> k::made: value"]);
    assert_eq!(notes(&model), Vec::<String>::new());
}

#[test]
fn a_generated_expression_is_no_list_of_items() {
    let text = "//- /k/src/lib.rs lib:k
pub const N: u8 = include!(concat!(env!(\"OUT_DIR\"), \"/x.rs\"));
//- /OUT_DIR/k/x.rs
1 + 2
";
    assert_eq!(notes(&with_out_dir(text, true)), Vec::<String>::new());
}

/// The lines count from zero.
const CALLS: &str = "pub mod a { pub struct S; impl S { pub fn go(&self) {} pub fn r#in(&self) {} } pub fn free() {} }
pub mod b {
    pub fn f() {
        ext::any().go();
        /* é𝄞 */ ext::any().r#in();
        let known = crate::a::S; known.go();
        crate::a::free();
    }
}
#[cfg(test)] mod tests { fn t() { ext::any().go(); } }
";

/// Where a word stands the n-th time, in columns of some kind.
fn place(word: &str, nth: usize, columns: Columns, function: u32) -> Place {
    let (at, _) = CALLS.match_indices(word).nth(nth).expect("the word is in the text");
    let start = CALLS[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = CALLS[..at].matches('\n').count() as u32;
    let count = |text: &str| match columns {
        Columns::Bytes => text.len() as u32,
        Columns::Characters => text.chars().count() as u32,
        Columns::Utf16 => text.encode_utf16().count() as u32,
    };
    let (start, end) = (count(&CALLS[start..at]), count(&CALLS[start..at + word.len()]));
    Place { line, start, end, function, is_definition: nth == 0 }
}

fn index(columns: Columns) -> Index {
    let go = |nth| place("go", nth, columns, 0);
    let others = [place("r#in", 0, columns, 1), place("r#in", 1, columns, 1)];
    let free = [place("free", 0, columns, 2), place("free", 1, columns, 2)];
    let places = (0..4).map(go).chain(others).chain(free).collect();
    Index {
        file: "index.scip".into(),
        documents: vec![Document { path: "src/lib.rs".into(), columns, places }],
        functions: vec!["go".into(), "in".into(), "free".into()],
    }
}

fn indexed(text: &str, index: &Index) -> Model {
    let text = format!("//- /src/lib.rs lib:k deps:ext\n{text}");
    model_beyond(&text, &Beyond { index: Some(index), ..Beyond::default() })
}

/// `line: kind from -> to` of what the index told.
fn told(model: &Model) -> Vec<String> {
    let all = model.edge_ids().flat_map(|id| model.references_of(id).map(move |(_, it)| (model.edge(id), it)));
    let told = all.filter(|(_, it)| it.source == PathSource::Index);
    let mut lines: Vec<String> = told
        .map(|(edge, it)| {
            assert_eq!(it.certainty, Certainty::Resolved);
            let (from, to) = (model.path(edge.from), model.path(it.to_item));
            format!("{}: {} {from} -> {to}{}", it.line, it.kind.word(), if it.test { " [test]" } else { "" })
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn an_index_adds_calls_at_places_that_show_none() {
    for columns in [Columns::Bytes, Columns::Characters, Columns::Utf16] {
        let model = indexed(CALLS, &index(columns));
        assert_eq!(
            told(&model),
            [
                "10: method k::tests -> k::a::S::go [test]",
                "4: method k::b -> k::a::S::go",
                "5: method k::b -> k::a::S::in",
            ]
        );
        assert_eq!(notes(&model), Vec::<String>::new());
    }
}

#[test]
fn an_index_of_other_sources_adds_what_still_fits_and_is_noted() {
    let mut index = index(Columns::Bytes);
    let elsewhere = Document { path: "src/gone.rs".into(), columns: Columns::Bytes, places: Vec::new() };
    index.documents.push(elsewhere);
    let far = |line, start, end| Place { line, start, end, function: 0, is_definition: false };
    let beyond = [far(u32::MAX, 0, 1), far(3, 5, 4), far(3, u32::MAX, u32::MAX), far(4, 12, 13), far(99, 0, 2)];
    index.documents[0].places.extend(beyond);
    let model = indexed(&CALLS.replacen("    pub fn f() {\n        ext::any().go();", "    pub fn f() {\n", 1), &index);
    assert_eq!(told(&model), ["10: method k::tests -> k::a::S::go [test]", "5: method k::b -> k::a::S::in"]);
    let notes = notes(&model);
    assert_eq!(
        notes[0],
        "index-stale: 6 of the 13 places in the index name other functions than the sources do: it is of another version and adds only what still fits"
    );
    assert_eq!(
        notes[1],
        "index-unknown-file: 1 of the 2 files in the index are part of no crate here, such as `src/gone.rs`"
    );
}

#[test]
fn an_alias_in_a_fresh_index_makes_it_no_older() {
    let mut index = index(Columns::Bytes);
    index.documents[0].places.push(Place { is_definition: false, ..place("known", 1, Columns::Bytes, 0) });
    let model = indexed(CALLS, &index);
    assert_eq!((told(&model).len(), notes(&model)), (3, Vec::new()));
}

#[test]
fn a_symbol_that_is_defined_twice_is_no_guess() {
    let mut index = index(Columns::Bytes);
    index.documents[0].places.push(Place { is_definition: true, ..place("go", 1, Columns::Bytes, 0) });
    assert_eq!(told(&indexed(CALLS, &index)), ["5: method k::b -> k::a::S::in"]);
}
