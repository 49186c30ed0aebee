//! What crates of other people show, where their sources are at hand.

use std::collections::BTreeMap;

use super::*;

/// Every crate of a fixture, by its package's name.
fn crates(text: &str) -> Arc<Outside> {
    let fixture = fixture::parse(text);
    let options = CfgOptions::for_target("x86_64-unknown-linux-gnu", BTreeSet::new()).unwrap();
    let (workspace, sources) = (fixture.workspace, fixture.sources);
    let names = workspace.packages.iter().map(|it| it.name.clone());
    let named: BTreeMap<String, PackageId> = names.zip(workspace.package_ids()).collect();
    let cfg = vec![options; workspace.packages.len()];
    Arc::new(surfaces(&OtherCrates { workspace, sources, named }, &cfg))
}

/// The workspace `text`, beside `others`.
fn enriched(text: &str, others: &str) -> Model {
    model_beyond(text, &Beyond { outside: Some(&crates(others)), ..Beyond::default() })
}

/// `module: path kind` of what is used of other crates, imports left out.
fn used(model: &Model) -> Vec<String> {
    let uses = model.external_uses().iter().filter(|used| used.kind != ReferenceKind::Use);
    let line = |used: &crate::model::ExternalUse| {
        let (krate, path) = (model.external_crate(used.krate), model.symbol(used.path));
        format!("{}: {krate} {path} {}", model.path(used.from), used.kind.word())
    };
    uses.map(line).collect()
}

fn notes(model: &Model) -> Vec<String> {
    model.notes().iter().map(|note| format!("{}: {}", note.kind, note.detail)).collect()
}

const MACROS: &str = "//- /dep/src/lib.rs lib:dep
#[macro_export]
macro_rules! wrapper {
    ($name:ident of $inner:ty) => { $crate::make_module!($name); pub struct Wrapped($inner); };
}
#[doc(hidden)]
#[macro_export]
macro_rules! make_module {
    ($name:ident) => { pub mod $name { pub struct Made; pub use $crate::inner::Thing; } };
}
pub mod inner { pub struct Thing; }
";

#[test]
fn a_foreign_macro_declares_what_its_rules_say_however_it_is_named() {
    for (import, call) in [
        ("", "dep::wrapper!"),
        ("use dep::wrapper;", "wrapper!"),
        ("use dep::wrapper as w;", "w!"),
        ("use dep::*;", "wrapper!"),
        ("use crate::facade::wrapper;", "wrapper!"),
        ("use crate::facade::again::*;", "wrapper!"),
    ] {
        let text = format!(
            "//- /src/lib.rs lib:k deps:dep
pub mod a {{ pub struct Inner; }}
pub mod facade {{ pub use dep::wrapper; pub use dep as again; }}
pub mod b {{ {import} {call}(deep of crate::a::Inner); }}
pub mod c {{ use crate::b::deep::*; fn f(_: Made, _: crate::b::Wrapped) {{}} }}
"
        );
        let model = enriched(&text, MACROS);
        let edges = edges(&model);
        for expected in ["k::b -> k::a: type", "k::c -> k::b: type", "k::c -> k::b::deep: type use"] {
            assert!(edges.contains(&expected.to_owned()), "{import}: {edges:?}");
        }
        // What the macro's body names is its own business.
        assert_eq!(used(&model).iter().filter(|line| line.contains("Thing")).count(), 0, "{:?}", used(&model));
        assert_eq!(notes(&model), Vec::<String>::new(), "{import}");
    }
}

#[test]
fn macros_of_an_extern_crate_with_macro_use_are_known_everywhere() {
    let text = "//- /src/lib.rs lib:k deps:dep
#[macro_use] extern crate dep;
pub mod b { make_module!(deep); }
pub mod c { fn f() { crate::b::deep::Made; } }
";
    assert_eq!(edges(&enriched(text, MACROS)), ["k::c -> k::b::deep: value"]);
    assert_eq!(edges(&model(text)), ["k::c -> k::b::deep: value"], "it is a name that a macro makes");
    let made = |model: &Model| notes(model).iter().any(|note| note.starts_with("generated-name"));
    assert!(made(&model(text)) && !made(&enriched(text, MACROS)));
}

#[test]
fn a_call_that_no_foreign_rule_fits_is_noted_and_read_as_it_stands() {
    let text = "//- /src/lib.rs lib:k deps:dep
pub mod b { dep::wrapper! { pub struct S; } }
pub mod c { fn f(_: crate::b::S) {} }
";
    let model = enriched(text, MACROS);
    assert_eq!(edges(&model), ["k::c -> k::b: type"]);
    assert!(notes(&model)[0].starts_with("macro-not-expanded"), "{:?}", notes(&model));
}

#[test]
fn a_foreign_macro_may_include_what_a_build_script_wrote() {
    let others = "//- /rpc/src/lib.rs lib:rpc
#[macro_export]
macro_rules! include_contract { ($name:tt) => { include!(concat!(env!(\"OUT_DIR\"), concat!(\"/\", $name, \".rs\"))); } }
";
    let text = "//- /k/src/lib.rs lib:k deps:rpc
pub mod contract { rpc::include_contract!(\"shop\"); }
pub mod user { fn f(_: crate::contract::orders::Order) {} }
//- /OUT_DIR/k/shop.rs
pub mod orders { pub struct Order; }
";
    let outside = crates(others);
    let model = model_beyond(text, &Beyond { out_dir: true, outside: Some(&outside), ..Beyond::default() });
    assert_eq!(edges(&model), ["k::user -> k::contract::orders: type"]);
    assert!(model.find("k::contract::orders").is_some_and(|id| model.node(id).lines > 0));
    assert_eq!(notes(&model), Vec::<String>::new());
}

const PRELUDE: &str = "//- /dep/src/lib.rs lib:dep deps:other
pub mod prelude { pub use crate::deep::{Thing, make}; pub use other::*; struct Private; #[cfg(windows)] pub struct Win; }
mod deep { pub struct Thing; pub fn make() {} }
pub enum Choice { Yes, No }
//- /other/src/lib.rs lib:other
pub struct Other;
";

#[test]
fn a_glob_of_a_foreign_module_brings_its_public_names() {
    let text = "//- /src/lib.rs lib:k deps:dep
pub mod a { use dep::prelude::*; fn f(_: Thing, _: Other) { make(); } }
pub mod b { use dep::Choice::*; fn f() { Yes; } }
pub mod facade { pub use dep::prelude; pub use dep::prelude::Thing; }
pub mod c { use crate::facade::prelude::*; fn f(_: Thing) {} }
pub mod d { use crate::facade::*; fn f(_: Thing) {} }
";
    assert_eq!(
        used(&enriched(text, PRELUDE)),
        [
            "k::a: dep prelude::Thing type",
            "k::a: dep prelude::Other type",
            "k::a: dep prelude::make call",
            "k::b: dep Choice::Yes value",
            "k::c: dep prelude::Thing type",
            "k::d: dep prelude::Thing type",
            "k::facade: dep prelude reexport",
            "k::facade: dep prelude::Thing reexport",
        ]
    );
    assert_eq!(
        used(&model(text)),
        ["k::d: dep prelude::Thing type", "k::facade: dep prelude reexport", "k::facade: dep prelude::Thing reexport"]
    );
}

#[test]
fn a_name_that_no_known_glob_brings_is_told_to_be_missing() {
    let text = "//- /src/lib.rs lib:k deps:dep\nuse dep::prelude::*;\nfn f(_: Thing, _: Private, _: Win) {}\n";
    let missing = |name: &str| format!("unresolved-name: `{name}` was not found in any scope");
    assert_eq!(notes(&enriched(text, PRELUDE)), [missing("Private"), missing("Win")]);
    assert_eq!(notes(&model(text)), Vec::<String>::new());
}

#[test]
fn a_module_that_may_hold_more_than_is_known_stays_open() {
    let text = "//- /src/lib.rs lib:k deps:dep\nuse dep::*;\nfn f(_: Thing, _: Anything) {}\n";
    for hidden in ["pub use std::fmt::*;", "unknown::declare!(x);", "pub use crate::inner::*; mod inner { gone!(); }"] {
        let others = format!("//- /dep/src/lib.rs lib:dep\npub struct Thing;\n{hidden}\n");
        let model = enriched(text, &others);
        assert_eq!(notes(&model), Vec::<String>::new(), "{hidden}");
        assert_eq!(used(&model), ["k: dep Thing type"], "{hidden}");
    }
}

#[test]
fn a_name_of_the_workspace_hides_a_foreign_one_of_a_glob() {
    let text = "//- /src/lib.rs lib:k deps:dep
pub mod a { pub struct Thing; pub struct Other; }
pub mod b { use crate::a::*; use dep::prelude::*; fn f(_: Other) {} }
pub mod c { use crate::a::Thing; use dep::prelude::*; fn f(_: Thing) {} }
";
    let expected = ["k::b -> k::a: type use", "k::c -> k::a: type use"];
    assert_eq!(edges(&enriched(text, PRELUDE)), expected);
}
