//! Loading small workspaces written to temporary folders.

use std::fs;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use super::*;
use crate::workspace::{Edition, Package, Resolver};

/// A temporary folder with the files of a fixture: each starts with a line `//- path`.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(fixture: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for file in fixture.split("//- ").skip(1) {
            let (path, text) = file.split_once('\n').unwrap();
            folder.write(path.trim(), text.as_bytes());
        }
        folder
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().canonicalize().unwrap().join(path)
    }

    fn load(&self, path: &str) -> Result<Loaded, LoadError> {
        workspace(&self.path(path), &|_| {}, &AtomicBool::new(false))
    }

    /// The error's text, with this folder written as `~`.
    fn error(&self, path: &str) -> String {
        let error = self.load(path).unwrap_err().to_string();
        error.replace(self.path("").to_str().unwrap(), "~/")
    }
}

fn packages(loaded: &Loaded) -> Vec<String> {
    let line = |p: &Package| format!("{}{} in {:?}", if p.member { "" } else { "~" }, p.name, p.folder);
    loaded.workspace.packages.iter().map(line).collect()
}

fn targets(loaded: &Loaded) -> Vec<String> {
    let lines = loaded.workspace.packages.iter().flat_map(|package| &package.targets);
    lines.map(|target| format!("{} {} {}", target.kind.word(), target.name, target.root)).collect()
}

fn dependencies(loaded: &Loaded) -> Vec<String> {
    let workspace = &loaded.workspace;
    let mut lines = Vec::new();
    for package in &workspace.packages {
        for dependency in &package.dependencies {
            let local = dependency.local.map_or("-", |id| &workspace.package(id).folder);
            let (name, manifest_name) = (&dependency.extern_name, &dependency.manifest_name);
            lines.push(format!("{}: {name} ({manifest_name}) {local}", package.name));
        }
    }
    lines
}

fn sources(loaded: &Loaded) -> Vec<&str> {
    loaded.sources.ids().map(|id| loaded.sources.file(id).path.as_str()).collect()
}

fn notes(loaded: &Loaded) -> Vec<String> {
    let place = |note: &Note| note.at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
    loaded.notes.iter().map(|note| format!("{} {}{}", note.kind, note.path, place(note))).collect()
}

const TWO_MEMBERS: &str = r#"
//- Cargo.toml
[workspace]
members = ["crates/*"]
exclude = ["crates/old"]
resolver = "2"
//- crates/app/Cargo.toml
[package]
name = "app"
version = "0.1.0"
edition = "2021"
//- crates/app/src/main.rs
fn main() {}
//- crates/base/Cargo.toml
[package]
name = "base"
version = "0.1.0"
edition = "2024"
//- crates/base/src/lib.rs
//- crates/old/Cargo.toml
[package]
name = "old"
version = "0.1.0"
//- crates/old/src/lib.rs
"#;

#[test]
fn members_come_from_globs_without_what_is_excluded() {
    let folder = Folder::new(TWO_MEMBERS);
    let loaded = folder.load("").unwrap();
    assert_eq!(packages(&loaded), [r#"app in "crates/app""#, r#"base in "crates/base""#]);
    assert_eq!(targets(&loaded), ["bin app crates/app/src/main.rs", "lib base crates/base/src/lib.rs"]);
    assert_eq!(sources(&loaded), ["crates/app/src/main.rs", "crates/base/src/lib.rs"]);
    assert_eq!(loaded.workspace.resolver, Resolver::Two);
    assert_eq!(loaded.workspace.name, loaded.root.file_name().unwrap().to_str().unwrap());
    assert_eq!(loaded.workspace.packages[1].edition, Edition::E2024);
    assert_eq!(notes(&loaded), [""; 0]);
    assert_eq!(loaded.config, None);
}

#[test]
fn every_way_to_name_a_workspace_opens_it_whole() {
    let folder = Folder::new(TWO_MEMBERS);
    for path in [
        "",
        "Cargo.toml",
        "crates",
        "crates/base",
        "crates/base/Cargo.toml",
        "crates/app/src",
        "crates/app/src/main.rs",
    ] {
        let loaded = folder.load(path).unwrap();
        assert_eq!(
            (loaded.root.clone(), packages(&loaded).len()),
            (folder.path("").components().collect(), 2),
            "{path}"
        );
    }
}

#[test]
fn two_loads_are_equal() {
    let folder = Folder::new(TWO_MEMBERS);
    let (a, b) = (folder.load("").unwrap(), folder.load("").unwrap());
    assert_eq!((sources(&a), &a.workspace, &a.notes), (sources(&b), &b.workspace, &b.notes));
}

#[test]
fn targets_of_every_kind_are_found() {
    let loaded = Folder::new(
        r#"
//- Cargo.toml
[package]
name = "my-app"
version = "0.1.0"
edition = "2018"
[lib]
name = "core_lib"
crate-type = ["cdylib", "rlib"]
[[bin]]
name = "tool"
path = "tools/tool.rs"
edition = "2021"
required-features = ["cli"]
[features]
cli = []
[workspace]
members = ["macros"]
//- src/lib.rs
//- src/main.rs
//- src/bin/more/main.rs
//- tools/tool.rs
//- tests/it.rs
//- tests/common/mod.rs
//- examples/show.rs
//- benches/speed.rs
//- build.rs
//- macros/Cargo.toml
[package]
name = "macros"
version = "0.1.0"
[lib]
proc-macro = true
//- macros/src/lib.rs
"#,
    );
    let loaded = loaded.load("").unwrap();
    assert_eq!(
        targets(&loaded),
        [
            "lib core_lib src/lib.rs",
            "bin more src/bin/more/main.rs",
            "bin my-app src/main.rs",
            "bin tool tools/tool.rs",
            "test it tests/it.rs",
            "example show examples/show.rs",
            "bench speed benches/speed.rs",
            "build build-script-build build.rs",
            "proc-macro macros macros/src/lib.rs",
        ]
    );
    let tool = &loaded.workspace.packages[0].targets[3];
    assert_eq!((tool.edition, &tool.required_features[..]), (Edition::E2021, &["cli".to_owned()][..]));
    assert_eq!(loaded.workspace.name, "my-app");
    assert_eq!(loaded.workspace.resolver, Resolver::One);
    assert!(sources(&loaded).contains(&"tests/common/mod.rs"));
}

const DEPENDENTS: &str = r#"
//- w/Cargo.toml
[workspace]
members = ["app", "my-base"]
[workspace.dependencies]
my-base = { path = "my-base" }
[patch.crates-io]
patched = { path = "../patched" }
too-old = { path = "../patched", package = "too-old" }
//- w/app/Cargo.toml
[package]
name = "app"
version = "0.1.0"
edition = "2021"
[dependencies]
my-base.workspace = true
renamed = { package = "other-base", path = "../../outside/other" }
left-pad = "1"
patched = "1"
[target.'cfg(windows)'.dependencies]
win-api = { version = "0.3", optional = true, default-features = false, features = ["a"] }
//- w/app/src/lib.rs
//- w/my-base/Cargo.toml
[package]
name = "my-base"
version = "0.1.0"
publish = false
[lib]
name = "base_core"
[features]
default = ["x"]
x = []
//- w/my-base/src/lib.rs
//- outside/Cargo.toml
[workspace]
members = ["other", "next", "unrelated"]
//- outside/other/Cargo.toml
[package]
name = "other-base"
version = "0.1.0"
[dependencies]
next = { path = "../next" }
[dev-dependencies]
unrelated = { path = "../unrelated" }
//- outside/other/src/lib.rs
//- outside/next/Cargo.toml
[package]
name = "next"
version = "0.1.0"
//- outside/next/src/lib.rs
//- outside/unrelated/Cargo.toml
[package]
name = "unrelated"
version = "0.1.0"
//- outside/unrelated/src/lib.rs
//- patched/Cargo.toml
[package]
name = "patched"
version = "1.2.0"
//- patched/src/lib.rs
"#;

#[test]
fn path_dependencies_outside_are_followed() {
    let folder = Folder::new(&DEPENDENTS.replace("too-old = { path = \"../patched\", package = \"too-old\" }\n", ""));
    let loaded = folder.load("w").unwrap();
    assert_eq!(
        packages(&loaded),
        [
            r#"~next in "../outside/next""#,
            r#"~other-base in "../outside/other""#,
            r#"~patched in "../patched""#,
            r#"app in "app""#,
            r#"my-base in "my-base""#,
        ]
    );
    assert_eq!(
        sources(&loaded),
        [
            "../outside/next/src/lib.rs",
            "../outside/other/src/lib.rs",
            "../patched/src/lib.rs",
            "app/src/lib.rs",
            "my-base/src/lib.rs"
        ]
    );
    assert_eq!(notes(&loaded), [""; 0]);
}

#[test]
fn dependencies_have_the_names_that_code_and_manifests_use() {
    let folder = Folder::new(&DEPENDENTS.replace("too-old = { path = \"../patched\", package = \"too-old\" }\n", ""));
    let loaded = folder.load("w").unwrap();
    assert_eq!(
        dependencies(&loaded),
        [
            "other-base: next (next) ../outside/next",
            "other-base: unrelated (unrelated) -",
            "app: left_pad (left-pad) -",
            "app: base_core (my-base) my-base",
            "app: patched (patched) ../patched",
            "app: renamed (renamed) ../outside/other",
            "app: win_api (win-api) -",
        ]
    );
    let app = &loaded.workspace.packages[3];
    let gated = &app.dependencies[4];
    assert_eq!(gated.target.as_deref(), Some("cfg(windows)"));
    assert!(gated.optional && !gated.default_features);
    assert_eq!(gated.features, ["a"]);
    assert_eq!(app.dependencies[3].package, "other-base");
    let base = &loaded.workspace.packages[4];
    assert_eq!((&base.publish, &base.features["default"][..]), (&Some(Vec::new()), &["x".to_owned()][..]));
}

#[test]
fn a_patch_of_a_version_that_nobody_wants_is_not_used() {
    let folder = Folder::new(
        &DEPENDENTS.replace("version = \"1.2.0\"", "version = \"2.0.0\"").replace("too-old =", "# too-old ="),
    );
    let loaded = folder.load("w").unwrap();
    assert!(dependencies(&loaded).contains(&"app: patched (patched) -".to_owned()));
}

#[test]
fn toolchain_files_and_configuration_of_the_workspace_do_not_act() {
    let folder = Folder::new(TWO_MEMBERS);
    folder.write("rust-toolchain.toml", b"[toolchain]\nchannel = \"no-such-channel\"\n");
    folder.write(".cargo/config.toml", b"[build]\nrustc = 3\n[[[");
    folder.write("crates/app/Cargo.toml", b"cargo-features = [\"per-package-target\"]\n[package]\nname = \"app\"\n");
    assert_eq!(packages(&folder.load("").unwrap()).len(), 2);
}

#[test]
fn broken_members_are_left_out_and_noted() {
    let folder = Folder::new(&format!(
        "{TWO_MEMBERS}{}",
        r#"
//- crates/no-table/Cargo.toml
[package]
name = "no-table"
[dependencies
//- crates/no-edition/Cargo.toml
[package]
name = "no-edition"
edition = "2099"
//- crates/no-edition/src/lib.rs
//- crates/empty/README.md
//- crates/user/Cargo.toml
[package]
name = "user"
version = "0.1.0"
[dependencies]
base = { path = "../base" }
gone = { path = "../../gone" }
no-table = { path = "../no-table" }
[[bin]]
name = "user"
path = "code/user.rs"
//- crates/user/code/user.rs
"#
    ));
    let loaded = folder.load("").unwrap();
    assert_eq!(packages(&loaded), [r#"app in "crates/app""#, r#"base in "crates/base""#, r#"user in "crates/user""#]);
    assert_eq!(
        notes(&loaded),
        [
            "member-manifest crates/no-edition/Cargo.toml",
            "member-manifest crates/no-table/Cargo.toml:3:14",
            "member-missing crates/empty/Cargo.toml",
            "member-missing gone/Cargo.toml",
        ]
    );
    let details: Vec<&str> = loaded.notes.iter().map(|note| note.detail.as_str()).collect();
    assert!(details[0].contains("`2099` is unknown"), "{details:?}");
    assert_eq!(details[1], "the package is left out: unclosed table, expected `]`");
    assert!(details[3].starts_with("the package is left out: failed to read `gone/Cargo.toml`: "), "{details:?}");
    assert!(details.iter().all(|detail| !detail.contains(folder.path("").to_str().unwrap())), "{details:?}");
    assert_eq!(
        dependencies(&loaded),
        ["user: base (base) crates/base", "user: gone (gone) -", "user: no_table (no-table) -"]
    );
    assert!(targets(&loaded).contains(&"bin user crates/user/code/user.rs".to_owned()));
    assert!(loaded.root == folder.path("").components().collect::<PathBuf>());
}

#[test]
fn a_folder_without_a_manifest_that_a_pattern_matches_is_noted() {
    let folder = Folder::new(&format!("{TWO_MEMBERS}//- crates/gone/target/debug/x\n//- .gitignore\ntarget/\n"));
    let loaded = folder.load("").unwrap();
    assert_eq!(packages(&loaded).len(), 2);
    assert_eq!(notes(&loaded), ["member-missing crates/gone/Cargo.toml"]);
}

#[test]
fn a_missing_dependency_outside_is_a_note() {
    let folder = Folder::new(
        r#"
//- w/Cargo.toml
[package]
name = "a"
version = "0.1.0"
[workspace]
[dependencies]
gone = { path = "../gone" }
here = { path = "../here" }
//- w/src/lib.rs
//- here/Cargo.toml
[package]
name = "here"
version = "0.1.0"
//- here/src/lib.rs
"#,
    );
    let loaded = folder.load("w").unwrap();
    assert_eq!(packages(&loaded), [r#"~here in "../here""#, r#"a in """#]);
    assert_eq!(notes(&loaded), ["dependency-missing ../gone/Cargo.toml"]);
}

#[test]
fn a_broken_member_that_is_opened_shows_the_rest() {
    let folder = Folder::new(TWO_MEMBERS);
    folder.write("crates/base/Cargo.toml", b"[package\n");
    let loaded = folder.load("crates/base").unwrap();
    assert_eq!(packages(&loaded), [r#"app in "crates/app""#]);
    assert_eq!(notes(&loaded), ["member-manifest crates/base/Cargo.toml:1:9"]);
}

#[test]
fn a_broken_root_manifest_is_an_error_with_its_line() {
    let folder = Folder::new("//- Cargo.toml\n[workspace]\nmembers = [\"a\"\n[x\n");
    let error = folder.error("");
    assert!(error.starts_with("~/Cargo.toml:3:1: missing comma"), "{error}");
    let folder = Folder::new("//- Cargo.toml\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n");
    let error = folder.error("");
    assert!(error.starts_with("~/Cargo.toml: no targets specified in the manifest"), "{error}");
    assert!(error.contains("correct it"), "{error}");
}

#[test]
fn a_package_that_the_workspace_above_does_not_list_is_an_error() {
    let folder = Folder::new(&format!(
        "{TWO_MEMBERS}//- stray/Cargo.toml\n[package]\nname = \"stray\"\nversion = \"0.1.0\"\n//- stray/src/lib.rs\n"
    ));
    let error = folder.error("stray");
    assert!(error.contains("believes it's in a workspace when it's not"), "{error}");
}

#[test]
fn paths_that_lead_nowhere_say_what_to_do() {
    let folder = Folder::new("//- notes.txt\nx\n//- b/w/Cargo.toml\n//- b/w/in/Cargo.toml\n//- a/Cargo.toml\n");
    assert_eq!(folder.error("no/such"), "no such file or folder: `~/no/such`; check the spelling");
    let LoadError::NoManifest { candidates, .. } = folder.load("").unwrap_err() else { panic!("no manifest") };
    assert_eq!(candidates, [folder.path("a/Cargo.toml"), folder.path("b/w/Cargo.toml")]);
    assert!(matches!(folder.load("notes.txt"), Err(LoadError::NoManifest { .. })));
}

#[test]
fn unreadable_files_are_noted_and_ignored_ones_are_not() {
    let folder = Folder::new(TWO_MEMBERS);
    folder.write(".gitignore", b"ignored.rs\n/crates/base/generated/\n");
    folder.write("crates/app/src/ignored.rs", b"");
    folder.write("crates/base/generated/a.rs", b"");
    folder.write("crates/app/src/latin.rs", b"// caf\xe9\n");
    folder.write("crates/app/src/huge.rs", &vec![b' '; (8 << 20) + 1]);
    folder.write("crates/app/src/bom.rs", b"\xef\xbb\xbffn f() {}");
    folder.write("crates/app/src/notes.txt", b"");
    folder.write("crates/app/.hidden/a.rs", b"");
    folder.write("crates/app/target/debug/build.rs", b"");
    folder.write("crates/app/src/target/mod.rs", b"");
    folder.write("crates/app/tests/data/Cargo.toml", b"");
    folder.write("crates/app/tests/data/src/lib.rs", b"");
    folder.write("crates/stray.rs", b"");
    let loaded = folder.load("").unwrap();
    assert_eq!(
        sources(&loaded),
        ["crates/app/src/bom.rs", "crates/app/src/main.rs", "crates/app/src/target/mod.rs", "crates/base/src/lib.rs"]
    );
    let bom = loaded.sources.find("crates/app/src/bom.rs").unwrap();
    assert_eq!(&*loaded.sources.file(bom).text, "fn f() {}");
    assert_eq!(notes(&loaded), ["not-utf8 crates/app/src/latin.rs", "too-large crates/app/src/huge.rs"]);
}

#[test]
fn members_in_hidden_or_ignored_folders_are_members() {
    let folder = Folder::new(
        r#"
//- Cargo.toml
[workspace]
members = [".tools/task", "generated/api"]
//- .gitignore
generated/
//- .tools/task/Cargo.toml
[package]
name = "task"
version = "0.1.0"
//- .tools/task/src/main.rs
//- .tools/task/src/a.rs
//- generated/api/Cargo.toml
[package]
name = "api"
version = "0.1.0"
//- generated/api/src/lib.rs
//- generated/api/src/a.rs
"#,
    );
    assert_eq!(
        sources(&folder.load("").unwrap()),
        [".tools/task/src/a.rs", ".tools/task/src/main.rs", "generated/api/src/a.rs", "generated/api/src/lib.rs"]
    );
}

#[test]
fn the_root_of_a_target_that_is_not_there_is_noted() {
    let folder = Folder::new(TWO_MEMBERS);
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[lib]\npath = \"none.rs\"\n";
    folder.write("crates/app/Cargo.toml", manifest.as_bytes());
    assert_eq!(notes(&folder.load("").unwrap()), ["unreadable crates/app/none.rs"]);
}

#[cfg(unix)]
#[test]
fn linked_files_are_read_and_folders_that_hold_the_link_are_not() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(TWO_MEMBERS);
    folder.write("shared.rs", b"fn shared() {}");
    symlink("../../../shared.rs", folder.path("crates/app/src/linked.rs")).unwrap();
    symlink("..", folder.path("crates/app/src/round")).unwrap();
    symlink("nowhere.rs", folder.path("crates/app/src/broken.rs")).unwrap();
    let loaded = folder.load("").unwrap();
    assert_eq!(sources(&loaded), ["crates/app/src/linked.rs", "crates/app/src/main.rs", "crates/base/src/lib.rs"]);
    symlink(folder.path(""), folder.path("crates/app/src/again.rs")).unwrap();
    assert_eq!(sources(&folder.load("").unwrap()).len(), 3);
}

#[cfg(unix)]
#[test]
fn a_linked_folder_shows_its_files_under_both_paths() {
    let folder = Folder::new(TWO_MEMBERS);
    std::os::unix::fs::symlink("../../base/src", folder.path("crates/app/src/base")).unwrap();
    let loaded = folder.load("").unwrap();
    assert_eq!(sources(&loaded), ["crates/app/src/base/lib.rs", "crates/app/src/main.rs", "crates/base/src/lib.rs"]);
}

#[cfg(unix)]
#[test]
fn a_workspace_opened_through_a_link_is_the_same() {
    let folder = Folder::new(TWO_MEMBERS);
    let links = tempfile::tempdir().unwrap();
    let link = links.path().join("w");
    std::os::unix::fs::symlink(folder.path(""), &link).unwrap();
    let loaded = workspace(&link, &|_| {}, &AtomicBool::new(false)).unwrap();
    assert_eq!(loaded.root, folder.path("").components().collect::<PathBuf>());
}

#[test]
fn extra_files_are_read_by_name() {
    let folder = Folder::new("//- w/Cargo.toml\n//- shared/a.rs\nfn a() {}\n");
    let paths = ["../shared/./a.rs", "../shared", "../none.rs"].map(str::to_owned);
    let found: Vec<String> = extra(&folder.path("w"), &paths)
        .into_iter()
        .map(|outcome| outcome.map_or_else(|note| format!("{} {}", note.kind, note.path), |file| file.path))
        .collect();
    assert_eq!(found, ["../shared/a.rs", "unreadable ../shared", "unreadable ../none.rs"]);
}

#[test]
fn the_configuration_lies_at_the_root() {
    let folder = Folder::new(&format!("{TWO_MEMBERS}//- riprap.toml\nversion = 1\n"));
    let loaded = folder.load("crates/base").unwrap();
    assert_eq!(loaded.config, Some(("riprap.toml".to_owned(), "version = 1\n".to_owned())));
    folder.write("riprap.toml", b"version = 1\n# \xff\n");
    let error = folder.error("");
    assert!(error.starts_with("failed to read `~/riprap.toml`: line 2 is not UTF-8"), "{error}");
}

#[test]
fn progress_is_told_in_order_and_cancelling_ends_it() {
    let folder = Folder::new(TWO_MEMBERS);
    let seen = Mutex::new(Vec::new());
    workspace(&folder.path(""), &|step| seen.lock().unwrap().push(step), &AtomicBool::new(false)).unwrap();
    let reading = |done| Progress::Reading { done, total: 2 };
    assert_eq!(*seen.lock().unwrap(), [Progress::Manifests, Progress::Files, reading(0), reading(2)]);
    let cancelled = workspace(&folder.path(""), &|_| {}, &AtomicBool::new(true)).map(|_| ());
    assert_eq!(cancelled, Err(LoadError::Cancelled));
    let cancel = AtomicBool::new(false);
    let at_files = |step| cancel.store(step == Progress::Files, Ordering::Relaxed);
    assert_eq!(workspace(&folder.path(""), &at_files, &cancel).map(|_| ()), Err(LoadError::Cancelled));
}
