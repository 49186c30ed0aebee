//! Edits against fresh analyses.

use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::analysis::analyze;
use crate::fixture;
use crate::model::ExternalUse;

/// Several texts for each file: bodies, places, declarations and macros differ, and some are broken.
const FILES: [(&str, &[&str]); 5] = [
    (
        "/src/lib.rs lib:k deps:sqlx,serde",
        &[
            "#[macro_use]\nmod macros;\npub mod a;\nmod b;\npub use a::shown;\nmake!(Made, crate::b::Hidden);\n",
            "// moved down\n\n#[macro_use]\nmod macros;\npub mod a;\nmod b;\npub use a::shown;\nmake!(Made, crate::b::Hidden);\n",
            "#[macro_use]\nmod macros;\npub mod a;\nmod b;\npub use a::{shown, other};\npub use sqlx::Pool;\nmake!(Made, crate::a::Open);\n",
            "mod a;\nmod b;\nmod gone;\nfn f( {\n",
        ],
    ),
    (
        "/src/macros.rs",
        &[
            "macro_rules! make { ($n:ident, $t:path) => { pub struct $n($t); mod inner { pub fn g() { crate::a::shown() } } } }\nmacro_rules! call { ($e:expr) => { { let x = $e; $crate::b::used(); x } } }\n",
            "// before\nmacro_rules! make { ($n:ident, $t:path) => { pub struct $n($t); mod inner { pub fn g() { crate::a::shown() } } } }\nmacro_rules! call { ($e:expr) => { { let x = $e; $crate::b::used(); x } } }\n",
            "macro_rules! make { ($n:ident, $t:path) => { pub enum $n { A($t) } } }\nmacro_rules! call { ($e:expr) => { $e } }\n",
        ],
    ),
    (
        "/src/a.rs",
        &[
            "use sqlx::Pool;\npub fn shown() { sqlx::query() }\npub fn other(p: &Pool) { crate::b::used() }\npub struct Open;\n",
            "use sqlx::Pool;\npub fn shown() { call!(crate::b::used()); let y = crate::Made; }\n\npub fn other(p: Pool) { call!(sqlx::query()) }\n#[derive(serde::Serialize)]\npub struct Open;\n",
            "pub fn shown() { fn local() { super::b::used() } local() }\npub fn other() {}\npub struct Open;\n",
            "pub fn shown() {}\nimpl Open { pub fn new() -> crate::b::Hidden { missing() } }\npub struct Open;\n",
            "pub fn shown() { call!(call!(crate::b::used())) }\npub fn other() { crate::b::deep::deeper() }\n\n\npub struct Open;\n",
        ],
    ),
    (
        "/src/b.rs",
        &[
            "use crate::shown;\npub struct Hidden;\npub fn used() { shown() }\npub mod deep { pub fn deeper() {} }\n",
            "use crate::shown;\npub struct Hidden;\npub fn used() {}\n\npub mod deep { pub fn deeper() { super::used(); crate::inner::g() } }\n",
            "use crate::a::*;\npub struct Hidden(crate::Pool);\npub fn used() { other() }\n",
            "",
        ],
    ),
    (
        "/app/src/main.rs bin:app deps:k",
        &[
            "fn main() { k::shown(); k::a::other() }\n",
            "use k::a;\n#[cfg(test)]\nmod tests { use super::*; #[test] fn t() { a::shown() } }\nfn main() { let _: a::Open; }\n",
            "use k::*;\nfn main() { shown() }\n",
        ],
    ),
];

fn gathered(texts: &[usize; 5]) -> Gathered {
    let mut text = String::new();
    for ((header, versions), chosen) in FILES.iter().zip(texts) {
        text += &format!("//- {header}\n{}", versions[chosen % versions.len()]);
    }
    let fixture = fixture::parse(&text);
    Gathered { workspace: fixture.workspace.into(), sources: fixture.sources.into(), ..Gathered::default() }
}

fn document(analysis: &Analysis) -> String {
    assert_eq!(analysis.model.verify(), Vec::<String>::new());
    let model = &analysis.model;
    let external = |used: &ExternalUse| {
        let ends = (model.path(used.from), model.path(used.from_item), model.external_crate(used.krate));
        let facade = used.facade.map(|facade| model.path(facade));
        format!("{ends:?} {} {facade:?} {:?}\n", model.symbol(used.path), (used.shown, used.kind, used.file, used.span))
    };
    let externals: String = model.external_uses().iter().map(external).collect();
    serde_json::to_string_pretty(&analysis.document()).expect("a document is JSON") + &externals
}

fn fresh(texts: &[usize; 5]) -> String {
    document(&analyze(gathered(texts), &|_| {}, &AtomicBool::new(false)).expect("nobody cancels"))
}

/// The file of the fixture with its chosen text.
fn file(texts: &[usize; 5], index: usize) -> SourceFile {
    let path = FILES[index].0.split(' ').next().unwrap_or_default().trim_start_matches('/');
    let gathered = gathered(texts);
    let id = gathered.sources.find(path).expect("the file is there");
    gathered.sources.file(id).clone()
}

#[track_caller]
fn check(edits: &[(usize, usize)]) {
    let (go_on, mut texts) = (AtomicBool::new(false), [0; 5]);
    let (mut session, first) = Session::start(gathered(&texts), &|_| {}, &go_on).expect("nobody cancels");
    assert_eq!(document(&first), fresh(&texts));
    for (index, version) in edits {
        texts[*index] = *version;
        let files = vec![file(&texts, *index)];
        assert!(session.knows(&files));
        let analysis = session.edit(files, &|_| {}, &go_on).expect("nobody cancels");
        assert!(document(&analysis) == fresh(&texts), "after {edits:?} at {index}, {version}");
    }
}

#[test]
fn edits_of_bodies_and_of_declarations_give_what_a_fresh_analysis_gives() {
    check(&[(2, 1), (2, 4), (2, 1), (2, 0), (1, 1), (0, 1), (3, 1), (3, 0)]);
    check(&[(2, 2), (2, 1), (2, 3), (0, 2), (1, 2), (4, 1), (4, 2), (3, 2), (3, 3), (0, 3), (0, 0)]);
}

#[test]
fn an_edit_of_a_body_keeps_the_names_of_all_other_files() {
    let go_on = AtomicBool::new(false);
    let mut texts = [0; 5];
    let (mut session, _) = Session::start(gathered(&texts), &|_| {}, &go_on).expect("nobody cancels");
    texts[2] = 1;
    let id = session.plan.sources.find("src/a.rs").expect("the file is there");
    let before = Arc::clone(&session.plan.sources);
    let edit = Edit { file: id, old: Arc::clone(&before.file(id).text), new: file(&texts, 2).text };
    session.plan.sources = Arc::new(before.with_texts([(id, Arc::clone(&edit.new))]));
    let last = session.last.take().expect("the first run ended");
    assert!(session.patched(last, &before, &[edit]).is_some());
}

#[test]
fn several_files_are_edited_at_once() {
    let go_on = AtomicBool::new(false);
    let (mut session, _) = Session::start(gathered(&[0; 5]), &|_| {}, &go_on).expect("nobody cancels");
    for texts in [[0, 0, 1, 1, 0], [0, 0, 4, 0, 1], [1, 1, 1, 0, 0], [2, 2, 2, 2, 2]] {
        let files = (0..5).map(|index| file(&texts, index)).collect();
        let analysis = session.edit(files, &|_| {}, &go_on).expect("nobody cancels");
        assert_eq!(document(&analysis), fresh(&texts));
    }
}

#[test]
fn another_state_gives_what_a_fresh_analysis_gives() {
    let go_on = AtomicBool::new(false);
    let (mut session, _) = Session::start(gathered(&[0; 5]), &|_| {}, &go_on).expect("nobody cancels");
    let without_a_file = |texts: &[usize; 5]| {
        let mut gathered = gathered(texts);
        let all = gathered.sources.ids().map(|id| gathered.sources.file(id).clone());
        gathered.sources = Arc::new(SourceTree::new(all.filter(|file| file.path != "src/b.rs").collect()));
        gathered
    };
    for texts in [[0, 0, 1, 0, 0], [0, 0, 1, 0, 1], [0, 2, 0, 0, 0], [0, 0, 4, 3, 2]] {
        let analysis = session.next(gathered(&texts), &|_| {}, &go_on).expect("nobody cancels");
        assert_eq!(document(&analysis), fresh(&texts));
        let analysis = session.next(without_a_file(&texts), &|_| {}, &go_on).expect("nobody cancels");
        let fresh = analyze(without_a_file(&texts), &|_| {}, &go_on).expect("nobody cancels");
        assert_eq!(document(&analysis), document(&fresh));
    }
}

/// riprap.toml, in versions of which two choose other `cfg` branches and one cannot be read.
const CONFIGS: [Option<&str>; 5] = [
    None,
    Some("version = 1\n[boundary.a]\ncontains = [\"k::a\"]\nmay_use = []\n"),
    Some("target = \"x86_64-pc-windows-msvc\"\n[boundary.a]\ncontains = [\"k::a\"]\n[rules]\nmodule-cycle = \"off\"\n"),
    Some("features = \"all\"\n[boundary.b]\ncontains = [\"k::b\"]\nmay_use = [\"gone\"]\n"),
    Some("features = \"all\"\n[boundary"),
];

#[test]
fn another_configuration_gives_what_a_fresh_analysis_gives_whether_it_is_tried_or_taken_over() {
    let go_on = AtomicBool::new(false);
    let config = |text: &str| SourceFile::new("riprap.toml".to_owned(), text.into());
    let fresh = |text: Option<&str>| {
        let gathered = Gathered { config: text.map(config), ..gathered(&[0; 5]) };
        let analysis = analyze(gathered, &|_| {}, &go_on).expect("nobody cancels");
        (document(&analysis), analysis.problems)
    };
    let (mut session, _) = Session::start(gathered(&[0; 5]), &|_| {}, &go_on).expect("nobody cancels");
    for text in CONFIGS.into_iter().chain(CONFIGS.into_iter().rev()) {
        for tried in CONFIGS {
            let analysis = session.under(tried.map(config), &go_on).expect("nobody cancels");
            let (document_of_fresh, problems) = fresh(tried);
            assert_eq!(analysis.problems, problems);
            assert!(!problems.is_empty() || document(&analysis) == document_of_fresh, "{text:?} {tried:?}");
        }
        let analysis = session.configure(text.map(config), &|_| {}, &go_on).expect("nobody cancels");
        assert!((document(&analysis), analysis.problems) == fresh(text), "{text:?}");
    }
}

#[test]
fn a_cancelled_edit_is_not_lost() {
    let (go_on, stop, mut texts) = (AtomicBool::new(false), AtomicBool::new(true), [0; 5]);
    let (mut session, _) = Session::start(gathered(&texts), &|_| {}, &go_on).expect("nobody cancels");
    texts[2] = 3;
    assert!(session.edit(vec![file(&texts, 2)], &|_| {}, &stop).is_err());
    let analysis = session.edit(Vec::new(), &|_| {}, &go_on).expect("nobody cancels");
    assert_eq!(document(&analysis), fresh(&texts));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_sequence_of_edits_gives_what_a_fresh_analysis_gives(
        edits in prop::collection::vec((0usize..5, 0usize..5), 1..8)
    ) {
        check(&edits);
    }
}

#[test]
fn an_edit_of_the_types_of_items_changes_what_the_methods_of_other_files_mean() {
    let workspace = |result: &str| {
        let text = format!(
            "//- /src/lib.rs lib:k
mod a;
mod b;
mod first {{ pub struct First; impl First {{ pub fn act(&self) {{}} }} }}
mod second {{ pub struct Second; impl Second {{ pub fn act(&self) {{}} }} }}
//- /src/a.rs
fn f() {{ crate::b::make().act() }}
//- /src/b.rs
pub fn make() -> {result} {{ loop {{}} }}
"
        );
        let fixture = fixture::parse(&text);
        Gathered { workspace: fixture.workspace.into(), sources: fixture.sources.into(), ..Gathered::default() }
    };
    let (first, second) = ("crate::first::First", "crate::second::Second");
    let go_on = AtomicBool::new(false);
    let (mut session, analysis) = Session::start(workspace(first), &|_| {}, &go_on).expect("nobody cancels");
    let calls = |analysis: &Analysis, to: &str| {
        let find = |path| analysis.model.find(path).expect("the module is there");
        analysis.model.edge_between(find("k::a"), find(to)).is_some()
    };
    assert!(calls(&analysis, "k::first") && !calls(&analysis, "k::second"));
    let edited = workspace(second);
    let id = edited.sources.find("src/b.rs").expect("the file is there");
    let files = vec![edited.sources.file(id).clone()];
    let analysis = session.edit(files, &|_| {}, &go_on).expect("nobody cancels");
    assert!(calls(&analysis, "k::second") && !calls(&analysis, "k::first"));
    let fresh = analyze(edited, &|_| {}, &go_on).expect("nobody cancels");
    assert_eq!(document(&analysis), document(&fresh));
}

/// Texts whose declarations differ: renamed and retyped items, other re-exports, globs, traits, enums, macros, `cfg`.
const DECLARING: [(&str, &[&str]); 7] = [
    (
        "/src/lib.rs lib:k",
        &[
            "#[macro_use]\nmod macros;\npub mod a;\npub mod b;\npub mod c;\npub mod prelude;\npub use a::Thing;\n",
            "pub mod c;\n#[macro_use]\nmod macros;\npub mod prelude;\npub mod a;\npub mod b;\npub use b::Other as Thing;\n",
            "#[macro_use]\nmod macros;\npub mod a;\npub mod b;\npub mod c;\npub mod prelude;\npub mod new;\npub use prelude::*;\n",
        ],
    ),
    (
        "/src/macros.rs",
        &[
            "macro_rules! touch { () => { $crate::a::touched() } }\n",
            "macro_rules! touch { () => { $crate::b::touched() } }\nmacro_rules! more { () => {} }\n",
            "fn before() {}\nmacro_rules! touch { () => { $crate::a::touched() } }\n",
        ],
    ),
    (
        "/src/a.rs",
        &[
            "pub struct Thing { pub inner: crate::b::Other }\nimpl Thing { pub fn act(&self) {} }\npub fn touched() {}\n",
            "pub fn first() {}\npub struct Thing { pub inner: crate::c::Third }\nimpl Thing { pub fn act(&self) {} }\npub fn touched() {}\n",
            "pub struct Renamed;\nimpl Renamed { pub fn act(&self) {} }\npub use Renamed as Thing;\npub fn touched() {}\n",
            "#[cfg(windows)]\npub struct Thing;\n#[cfg(not(windows))]\npub enum Thing { One, Two }\npub fn touched() {}\n",
        ],
    ),
    (
        "/src/b.rs",
        &[
            "pub struct Other;\nimpl crate::c::Act for Other { fn act_so(&self) {} }\npub fn touched() {}\npub enum Kind { One }\n",
            "pub struct Other;\nimpl Other { pub fn act_so(&self) {} }\npub fn touched() {}\npub enum Kind { One, Two }\n",
            "use crate::c::Act;\npub struct Other;\nimpl Act for Other { fn act_so(&self) {} }\nimpl Clone for Other { fn clone(&self) -> Self { Other } }\npub enum Kind { Two }\n",
        ],
    ),
    (
        "/src/c.rs",
        &[
            "pub trait Act { fn act_so(&self); }\npub struct Third;\nimpl Third { pub fn only(&self) {} }\n",
            "pub trait Act { fn act_so(&self); fn more(&self) {} }\npub struct Third;\nimpl std::ops::Deref for Third { type Target = crate::b::Other; fn deref(&self) -> &crate::b::Other { loop {} } }\n",
            "pub mod deep { pub trait Act { fn act_so(&self); } }\npub use deep::Act;\npub struct Third;\n",
        ],
    ),
    (
        "/src/prelude.rs",
        &[
            "pub use crate::a::*;\npub use crate::c::Act;\n",
            "pub use crate::b::*;\npub use crate::c::*;\n",
            "pub use crate::c::Act as _;\npub use crate::a::Thing;\n",
        ],
    ),
    (
        "/app/src/main.rs bin:app deps:k",
        &[
            "use k::prelude::*;\nfn main() { touched(); let t: k::Thing; t.act(); t.inner.act_so(); }\n",
            "use k::prelude::*;\nfn f(t: &k::a::Thing) { t.inner.only(); t.inner.act_so(); t.inner.more() }\nfn g() { k::b::Kind::One; k::b::Kind::Two; Kind::Two }\nfn main() {}\n",
            "fn main() { k::new::thing(); k::a::Thing::One; k::b::touched() }\nfn f(o: &k::b::Other) { use k::c::Act; o.act_so(); o.clone().act_so() }\n",
        ],
    ),
];

fn declaring(texts: [usize; 7]) -> Gathered {
    let of_file = |((header, versions), chosen): (&(&str, &[&str]), usize)| {
        format!("//- {header}\n{}", versions[chosen % versions.len()])
    };
    let text: String = DECLARING.iter().zip(texts).map(of_file).collect();
    let fixture = fixture::parse(&text);
    Gathered { workspace: fixture.workspace.into(), sources: fixture.sources.into(), ..Gathered::default() }
}

/// The files whose references were taken over at each edit.
fn check_declaring(edits: &[(usize, usize)]) -> Vec<usize> {
    let (go_on, mut texts) = (AtomicBool::new(false), [0; 7]);
    let (mut session, _) = Session::start(declaring(texts), &|_| {}, &go_on).expect("nobody cancels");
    let mut taken_over = Vec::new();
    for (index, version) in edits {
        texts[*index] = *version;
        let all = declaring(texts);
        let files = all.sources.ids().map(|id| all.sources.file(id).clone()).collect();
        let analysis = session.edit(files, &|_| {}, &go_on).expect("nobody cancels");
        let fresh = analyze(all, &|_| {}, &go_on).expect("nobody cancels");
        assert!(document(&analysis) == document(&fresh), "after {edits:?} at {index}, {version}");
        taken_over.push(session.last.as_ref().map_or(0, |last| last.resolution.taken_over));
    }
    taken_over
}

#[test]
fn a_declaration_that_nobody_names_keeps_the_references_of_all_other_files() {
    // `first` is new in `a`, whose names `prelude` shows.
    assert_eq!(check_declaring(&[(1, 2), (3, 1)])[0], 6);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sequence_of_edits_of_declarations_gives_what_a_fresh_analysis_gives(
        edits in prop::collection::vec((0usize..7, 0usize..4), 1..8)
    ) {
        check_declaring(&edits);
    }
}
