//! Workspaces written as one string, for tests.
//!
//! In: text such as
//!
//! ```text
//! //- /orders/src/lib.rs lib:orders deps:contracts edition:2021
//! pub mod api;
//! //- /orders/src/api.rs
//! pub struct Order;
//! ```
//!
//! A file with `lib:`, `bin:`, `test:`, `example:`, `proc-macro:` or `build:` is the root of that target; it belongs to
//! `package:` or, without it, to the package of the target before, or else to one of its own name.
//! Out: the values that `load` would give.  Not here: reading real files.

use crate::source::{SourceFile, SourceTree, folder_of};
use crate::workspace::{
    Dependency, DependencyKind, Edition, Package, PackageId, Resolver, Target, TargetKind, Workspace,
};

/// Everything that a later stage needs from a checkout.
pub(crate) struct Fixture {
    pub(crate) workspace: Workspace,
    pub(crate) sources: SourceTree,
}

pub(crate) fn parse(text: &str) -> Fixture {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut workspace = Workspace { name: "fixture".into(), packages: Vec::new(), resolver: Resolver::Two };
    let mut wanted: Vec<(usize, DependencyKind, String)> = Vec::new();
    for line in text.lines() {
        let Some(header) = line.trim_start().strip_prefix("//- ") else {
            if let Some((_, text)) = files.last_mut() {
                text.push_str(line);
                text.push('\n');
            }
            continue;
        };
        let mut words = header.split_whitespace();
        let path = words.next().expect("a fixture names its files").trim_start_matches('/').to_owned();
        add_target(&mut workspace, &mut wanted, &path, words);
        files.push((path, String::new()));
    }
    for (package, kind, name) in wanted {
        let (extern_name, target) = name.split_once('=').unwrap_or((&name, &name));
        let local = workspace.packages.iter().position(|it| it.name == target);
        let dependency = Dependency {
            extern_name: extern_name.replace('-', "_"),
            manifest_name: extern_name.to_owned(),
            package: target.to_owned(),
            local: local.map(|index| PackageId(index as u32)),
            kind,
            target: None,
            optional: false,
            default_features: true,
            features: Vec::new(),
        };
        workspace.packages[package].dependencies.push(dependency);
    }
    let files = files.into_iter().map(|(path, text)| SourceFile::new(path, text.into())).collect();
    Fixture { workspace, sources: SourceTree::new(files) }
}

fn add_target<'a>(
    workspace: &mut Workspace,
    wanted: &mut Vec<(usize, DependencyKind, String)>,
    path: &str,
    words: impl Iterator<Item = &'a str>,
) {
    let mut target = None;
    let (mut package, mut edition) = (None, Edition::E2021);
    let mut dependencies = Vec::new();
    for word in words {
        let (key, value) = word.split_once(':').expect("a fixture's words are KEY:VALUE");
        let mut depend =
            |kind| dependencies.extend(value.split(',').map(|name| (kind, name.to_owned())).collect::<Vec<_>>());
        match key {
            "lib" => target = Some((TargetKind::Lib, value)),
            "bin" => target = Some((TargetKind::Bin, value)),
            "test" => target = Some((TargetKind::Test, value)),
            "example" => target = Some((TargetKind::Example, value)),
            "proc-macro" => target = Some((TargetKind::ProcMacro, value)),
            "build" => target = Some((TargetKind::BuildScript, value)),
            "package" => package = Some(value),
            "edition" => edition = Edition::parse(value).expect("a fixture's edition exists"),
            "deps" => depend(DependencyKind::Normal),
            "dev-deps" => depend(DependencyKind::Dev),
            "build-deps" => depend(DependencyKind::Build),
            other => panic!("a fixture has no `{other}:`"),
        }
    }
    let Some((kind, name)) = target else { return };
    let existing = match package {
        Some(package) => workspace.packages.iter().position(|it| it.name == package),
        None if kind == TargetKind::Lib || kind == TargetKind::ProcMacro => None,
        None => workspace.packages.len().checked_sub(1),
    };
    let index = existing.unwrap_or_else(|| {
        let folder = folder_of(path).trim_end_matches("/src").trim_end_matches("src").to_owned();
        workspace.packages.push(Package {
            name: package.unwrap_or(name).to_owned(),
            version: "0.1.0".into(),
            manifest: crate::source::join(&folder, "Cargo.toml"),
            folder,
            member: true,
            edition,
            targets: Vec::new(),
            dependencies: Vec::new(),
            features: Default::default(),
            publish: None,
            registry_ready: false,
        });
        workspace.packages.len() - 1
    });
    let root = path.to_owned();
    workspace.packages[index].targets.push(Target {
        name: name.to_owned(),
        kind,
        root,
        edition,
        required_features: Vec::new(),
    });
    wanted.extend(dependencies.into_iter().map(|(kind, name)| (index, kind, name)));
}
