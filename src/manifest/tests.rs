//! Small workspaces, as our reader and as Cargo see them.

#![expect(clippy::disallowed_methods, reason = "Cargo looks at files on disk")]

use std::fs;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::load;
use crate::source::Entry;

/// The files of a fixture: each starts with a line `//- path`; `//- path -> target` is a link.
fn files(fixture: &str) -> Vec<(&str, &str)> {
    fixture.split("//- ").skip(1).map(|file| file.split_once('\n').unwrap()).collect()
}

fn read(fixture: &str, at: &str) -> Result<Found, Refusal> {
    let files = files(fixture);
    let mut listing = Listing::default();
    for (number, (path, _)) in files.iter().enumerate() {
        let (path, entry) = match path.split_once(" -> ") {
            Some((path, target)) => (path, Entry::Link(target.to_owned())),
            None => (*path, Entry::File(ContentId([number as u8; 32]))),
        };
        listing.insert(path.to_owned(), entry);
    }
    let text = |_: &str, id: ContentId| Ok(Arc::from(files[usize::from(id.0[0])].1));
    workspace(&listing, &mut Manifests::default(), &text, at, "repository")
}

fn on_disk(fixture: &str, at: &str) -> Result<load::Loaded, load::LoadError> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap().join("repository");
    for (path, text) in files(fixture) {
        let (path, target) = path.split_once(" -> ").map_or((path, None), |(path, target)| (path, Some(target)));
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match target {
            #[cfg(unix)]
            Some(target) => std::os::unix::fs::symlink(target, path).unwrap(),
            #[cfg(not(unix))]
            Some(target) => panic!("no link to {target} here"),
            None => fs::write(path, text).unwrap(),
        }
    }
    load::workspace(&root.join(at), &|_| {}, &AtomicBool::new(false))
}

/// What we read at a place is what Cargo says there.
#[track_caller]
fn check(fixture: &str, at: &str) -> Found {
    let found = read(fixture, at).unwrap();
    let cargo = on_disk(fixture, at).unwrap();
    assert_eq!(found.workspace, cargo.workspace);
    // Sources are read by whoever reads a workspace from disk.
    let of_manifests = |note: &&Note| note.kind != "unreadable";
    let notes = |notes: &[Note]| {
        notes.iter().filter(of_manifests).map(|note| format!("{} {}", note.kind, note.path)).collect::<Vec<_>>()
    };
    assert_eq!(notes(&found.notes), notes(&cargo.notes));
    found
}

fn names(found: &Found) -> Vec<&str> {
    found.workspace.packages.iter().map(|package| package.name.as_str()).collect()
}

#[test]
fn members_come_from_globs_without_what_is_excluded() {
    let found = check(
        r#"
//- Cargo.toml
[workspace]
members = ["crates/*", "tools/**/gen", "other/[ab]?", "./one/"]
exclude = ["crates/old", "crates/kept"]
//- crates/app/Cargo.toml
[package]
name = "app"
version = "0.1.0"
edition = "2021"
//- crates/app/src/main.rs
//- crates/old/Cargo.toml
[package]
name = "old"
//- crates/old/src/lib.rs
//- crates/README.md
//- crates/kept/Cargo.toml
[package]
name = "kept"
//- crates/kept/src/lib.rs
//- tools/deep/down/gen/Cargo.toml
[package]
name = "gen"
//- tools/deep/down/gen/src/lib.rs
//- other/ax/Cargo.toml
[package]
name = "ax"
//- other/ax/src/lib.rs
//- other/cx/Cargo.toml
[package]
name = "cx"
//- other/cx/src/lib.rs
//- one/Cargo.toml
[package]
name = "one"
//- one/src/lib.rs
"#,
        "",
    );
    assert_eq!(names(&found), ["app", "one", "ax", "gen"]);
}

const MANY_TARGETS: &str = r#"
//- Cargo.toml
[package]
name = "my-app"
version = "0.1.0"
edition = "EDITION"
FLAGS
[lib]
crate-type = ["cdylib", "rlib"]
[[bin]]
name = "tool"
path = "./tools/tool.rs"
edition = "2021"
required-features = ["cli"]
[[bin]]
name = "more"
[[test]]
name = "given"
path = "tests/it.rs"
[[bench]]
name = "speed"
[features]
cli = []
//- src/lib.rs
//- src/main.rs
//- src/bin/more/main.rs
//- src/bin/one.rs
//- src/bin/.hidden.rs
//- src/bin/none/lib.rs
//- tools/tool.rs
//- tests/it.rs
//- tests/other.rs
//- tests/common/mod.rs
//- tests/big/main.rs
//- examples/show.rs
//- examples/link.rs -> show.rs
//- examples/folder -> ../tests/big
//- benches/speed.rs
//- benches/slow.rs
//- build.rs
"#;

#[test]
fn targets_are_found_by_the_rules_of_each_edition_and_flag() {
    for edition in ["2015", "2018", "2024"] {
        for flags in [
            "",
            "autobins = false\nautotests = true",
            "autotests = false\nautoexamples = false",
            "autobenches = true\nautobins = true",
            "build = false",
            "build = \"tools/tool.rs\"",
            "build = true\nautolib = false",
        ] {
            let fixture = MANY_TARGETS.replace("EDITION", edition).replace("FLAGS", flags);
            check(&fixture, "");
        }
    }
}

#[test]
fn the_first_edition_looks_at_more_places() {
    let package = |tables: &str, files: &str| {
        format!("\n//- Cargo.toml\n[package]\nname = \"old-one\"\nversion = \"0.1.0\"\n{tables}\n{files}")
    };
    check(&package("[lib]\nname = \"old_one\"", "//- src/old_one.rs\n"), "");
    check(&package("[[bin]]\nname = \"tool\"", "//- src/tool.rs\n"), "");
    check(&package("[[bin]]\nname = \"tool\"", "//- src/lib.rs\n//- src/tool.rs\n//- src/main.rs\n"), "");
    check(&package("[[bin]]\nname = \"tool\"", "//- src/lib.rs\n//- src/bin/main.rs\n"), "");
    check(&package("[[bench]]\nname = \"bench\"", "//- src/lib.rs\n//- src/bench.rs\n"), "");
    check(&package("[lib]\nproc_macro = true\npath = \"x/y.rs\"", "//- src/main.rs\n"), "");
    check(&package("[lib]\ncrate_type = [\"proc-macro\"]\n[dev_dependencies]\nx = \"1\"", "//- src/lib.rs\n"), "");
}

#[test]
fn what_the_workspace_says_is_inherited() {
    check(
        r#"
//- Cargo.toml
[workspace]
members = ["a", "b"]
resolver = "2"
[workspace.package]
version = "1.2.3"
edition = "2021"
license = "MIT"
description = "d"
publish = ["internal"]
[workspace.dependencies]
serde = { version = "1", default-features = false, features = ["derive"] }
plain = "0.3"
on = { version = "1", default-features = true }
b = { path = "b", version = "1" }
other-name = { package = "real", version = "2" }
//- a/Cargo.toml
[package]
name = "a"
version.workspace = true
edition = { workspace = true }
license.workspace = true
description.workspace = true
publish.workspace = true
[dependencies]
serde = { workspace = true, features = ["rc", "std"] }
plain = { workspace = true, optional = true }
on = { workspace = true, default-features = false }
b.workspace = true
other-name.workspace = true
[dev-dependencies]
serde = { workspace = true, default-features = true }
//- a/src/lib.rs
//- b/Cargo.toml
[package]
name = "b"
version = "1.0.0"
edition.workspace = true
description = "d"
license-file = "LICENSE"
[lib]
name = "bee"
//- b/src/lib.rs
//- b/LICENSE
"#,
        "",
    );
}

#[test]
fn dependencies_of_every_kind_are_read() {
    let found = check(
        r#"
//- Cargo.toml
[package]
name = "root"
version = "0.1.0"
edition = "2021"
description = "d"
license = "MIT"
[dependencies]
a = { path = "a", version = "0.1" }
bee = { package = "b", path = "./b" }
patched = "1"
unpatched = "2"
git = { git = "https://example.org/x" }
opt = { version = "1", optional = true }
named = { version = "1", optional = true, package = "real-name" }
same = { package = "same", version = "1" }
explicit = { version = "1", optional = true }
[dev-dependencies]
a = { path = "a", features = ["x"] }
[build-dependencies]
cc = { version = "1", default-features = false }
[target.'cfg(all(unix,not(target_os="macos")))'.dependencies]
nix = "0.26"
[target.'cfg( any( windows , feature = "x" ) )'.dev-dependencies]
win = "0.5"
[target.x86_64-pc-windows-msvc.build-dependencies]
exact = "1"
[features]
default = ["dep:explicit", "opt"]
opt = ["dep:opt", "a/x", "named?/y"]
[patch.crates-io]
patched = { path = "vendor/patched" }
unpatched = { path = "vendor/unpatched" }
//- src/lib.rs
//- a/Cargo.toml
[package]
name = "a"
version = "0.1.0"
[features]
x = []
[dependencies]
c = { path = "../c" }
//- a/src/lib.rs
//- b/Cargo.toml
[package]
name = "b"
version = "0.1.0"
[lib]
name = "bee_core"
[dev-dependencies]
d = { path = "../d" }
//- b/src/lib.rs
//- c/Cargo.toml
[package]
name = "c"
version = "0.1.0"
//- c/src/lib.rs
//- d/Cargo.toml
[package]
name = "d"
version = "0.1.0"
//- d/src/lib.rs
//- vendor/patched/Cargo.toml
[package]
name = "patched"
version = "1.4.0"
//- vendor/patched/src/lib.rs
//- vendor/unpatched/Cargo.toml
[package]
name = "unpatched"
version = "1.0.0"
//- vendor/unpatched/src/lib.rs
"#,
        "",
    );
    assert!(!found.workspace.packages[0].is_publishable());
}

const NESTED: &str = r#"
//- Cargo.toml
[workspace]
members = ["app"]
exclude = ["inner", "apart"]
[workspace.package]
edition = "2021"
//- app/Cargo.toml
[package]
name = "app"
edition.workspace = true
[dependencies]
joins = { path = "../joins" }
apart = { path = "../apart" }
inner = { path = "../inner/core" }
out = { path = "../../elsewhere" }
//- app/src/main.rs
//- joins/Cargo.toml
[package]
name = "joins"
[dependencies]
later = { path = "later" }
//- joins/src/lib.rs
//- joins/later/Cargo.toml
[package]
name = "later"
//- joins/later/src/lib.rs
//- apart/Cargo.toml
[package]
name = "apart"
[dev-dependencies]
unseen = { path = "../unseen" }
//- apart/src/lib.rs
//- unseen/Cargo.toml
[package]
name = "unseen"
//- unseen/src/lib.rs
//- inner/Cargo.toml
[workspace]
members = ["core", "extra"]
resolver = "2"
[workspace.package]
edition = "2018"
//- inner/core/Cargo.toml
[package]
name = "core-of-inner"
edition.workspace = true
//- inner/core/src/lib.rs
//- inner/extra/Cargo.toml
[package]
name = "extra"
//- inner/extra/src/lib.rs
//- far/pointing/Cargo.toml
[package]
name = "pointing"
workspace = "../../up"
//- far/pointing/src/lib.rs
//- up/Cargo.toml
[workspace]
members = ["../far/pointing"]
"#;

#[test]
fn each_package_belongs_to_the_workspace_that_cargo_finds() {
    assert_eq!(names(&check(NESTED, "app")), ["apart", "app", "core-of-inner", "joins", "later"]);
    assert_eq!(names(&check(NESTED, "inner/core/src")), ["core-of-inner", "extra"]);
    // `unseen` lies in a workspace that it is no member of.
    assert_eq!(names(&check(NESTED, "apart/Cargo.toml")), ["apart"]);
    assert_eq!(names(&check(NESTED, "far/pointing")), ["pointing"]);
    let found = read(NESTED, "inner/core/gone/since.rs").unwrap();
    assert_eq!((found.root.as_str(), found.workspace.name.as_str()), ("inner", "inner"));
}

#[test]
fn what_cargo_refuses_is_left_out_and_noted() {
    let found = check(
        r#"
//- Cargo.toml
[workspace]
members = ["good", "gone", "syntax", "empty", "uninherited"]
//- good/Cargo.toml
[package]
name = "good"
[dependencies]
missing = { path = "../missing" }
broken = { path = "../../broken-outside" }
//- good/src/lib.rs
//- syntax/Cargo.toml
[package
//- empty/Cargo.toml
[package]
name = "empty"
//- uninherited/Cargo.toml
[package]
name = "uninherited"
version.workspace = true
//- uninherited/src/lib.rs
"#,
        "",
    );
    assert_eq!(names(&found), ["good"]);
    let note = found.notes.iter().find(|note| note.path == "uninherited/Cargo.toml").unwrap();
    assert_eq!(
        note.detail,
        "the package is left out: `version` is to be inherited, and `workspace.package.version` is not there"
    );
}

#[test]
fn without_a_manifest_others_are_named() {
    let fixture =
        "\n//- README.md\n//- a/Cargo.toml\n[package]\nname = \"a\"\n//- a/b/Cargo.toml\n//- x/c/Cargo.toml\n";
    let candidates = |at: &str| match read(fixture, at) {
        Err(Refusal::NoManifest { candidates }) => candidates,
        other => panic!("{other:?}"),
    };
    assert_eq!(candidates(""), ["a/Cargo.toml", "x/c/Cargo.toml"]);
    assert_eq!(candidates("x"), ["x/c/Cargo.toml"]);
    assert_eq!(candidates("y/z"), ["a/Cargo.toml", "x/c/Cargo.toml"]);
    let broken = read("\n//- Cargo.toml\n[workspace\n", "");
    let Err(Refusal::Broken(broken)) = broken else { panic!("{broken:?}") };
    assert!(broken.to_string().starts_with("Cargo.toml: line 1: "), "{broken}");
}
