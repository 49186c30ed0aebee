//! One test per rule of feature unification, on small text fixtures.

use super::*;
use crate::workspace::{Edition, Target};

/// Packages as paragraphs:
///
/// ```text
/// [app]                      a member; `[~x]` is none, `[app macro]` a procedural macro
/// x -> y features dep:z      feature x
/// lib: f g                   a dependency with features; flags: optional no-default build dev `as name` `for cfg(..)`
/// ```
fn parse(fixture: &str, resolver: Resolver) -> Workspace {
    let mut packages: Vec<Package> = Vec::new();
    for line in fixture.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (name, kind) = head.split_once(' ').unwrap_or((head, "lib"));
            let kind = if kind == "macro" { TargetKind::ProcMacro } else { TargetKind::Lib };
            let outside = name.starts_with('~');
            let name = name.trim_start_matches('~');
            let target = Target {
                name: name.to_owned(),
                kind,
                root: format!("{name}/src/lib.rs"),
                edition: Edition::E2021,
                required_features: Vec::new(),
            };
            packages.push(Package {
                name: name.to_owned(),
                version: "0.1.0".to_owned(),
                manifest: format!("{name}/Cargo.toml"),
                folder: name.to_owned(),
                member: !outside,
                edition: Edition::E2021,
                targets: vec![target],
                dependencies: Vec::new(),
                features: BTreeMap::new(),
                publish: None,
                registry_ready: false,
            });
            continue;
        }
        let package = packages.last_mut().unwrap();
        if let Some((name, values)) = line.split_once("->") {
            let values = values.split_whitespace().map(str::to_owned).collect();
            package.features.insert(name.trim().to_owned(), values);
            continue;
        }
        let (name, rest) = line.split_once(':').unwrap();
        let (rest, target) = rest.split_once("for ").map_or((rest, None), |(rest, gate)| (rest, Some(gate.to_owned())));
        let mut dependency = Dependency {
            extern_name: name.to_owned(),
            manifest_name: name.to_owned(),
            package: name.to_owned(),
            local: None,
            kind: DependencyKind::Normal,
            target,
            optional: false,
            default_features: true,
            features: Vec::new(),
        };
        let mut words = rest.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "optional" => dependency.optional = true,
                "no-default" => dependency.default_features = false,
                "build" => dependency.kind = DependencyKind::Build,
                "dev" => dependency.kind = DependencyKind::Dev,
                "as" => dependency.manifest_name = words.next().unwrap().to_owned(),
                feature => dependency.features.push(feature.to_owned()),
            }
        }
        package.dependencies.push(dependency);
    }
    let names: Vec<String> = packages.iter().map(|package| package.name.clone()).collect();
    for dependency in packages.iter_mut().flat_map(|package| &mut package.dependencies) {
        let local = names.iter().position(|name| *name == dependency.package);
        dependency.local = local.map(|idx| PackageId(idx as u32));
    }
    Workspace { name: "w".to_owned(), packages, resolver }
}

/// One line per package with something on: `name: features | optional dependencies`.
fn check_with(fixture: &str, resolver: Resolver, selection: &FeatureSelection, expected: &[&str]) {
    let workspace = parse(fixture, resolver);
    let platform = CfgOptions::for_target("x86_64-unknown-linux-gnu", BTreeSet::new()).unwrap();
    let mut found = Vec::new();
    for (package, on) in workspace.packages.iter().zip(unify(&workspace, selection, &platform)) {
        if on != Activated::default() {
            let words = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" ");
            let (features, optional) = (words(on.features), words(on.optional));
            found.push(format!("{}: {features} | {optional}", package.name).trim_end_matches([' ', '|']).to_owned());
        }
    }
    assert_eq!(found, expected);
}

fn check(fixture: &str, expected: &[&str]) {
    check_with(fixture, Resolver::Two, &FeatureSelection::Default, expected);
}

#[test]
fn a_member_has_its_default_features_and_what_they_turn_on() {
    check("[a]\ndefault -> x\nx -> y\ny ->\nz ->", &["a: default x y"]);
    check("[a]\nx ->", &[]);
}

#[test]
fn features_that_turn_each_other_on_end() {
    check("[a]\ndefault -> x\nx -> y\ny -> x default", &["a: default x y"]);
}

#[test]
fn a_dependency_gets_default_features_and_those_asked_for() {
    check("[a]\nb: f\n[~b]\ndefault -> d\nd ->\nf ->\ng ->", &["b: d default f"]);
    check("[a]\nb: no-default f\n[~b]\ndefault ->\nf ->", &["b: f"]);
    check("[a]\nb: no-default\n[c]\nb:\n[~b]\ndefault ->", &["b: default"]);
}

#[test]
fn a_member_keeps_its_default_features_even_if_no_dependent_wants_them() {
    check("[a]\nb: no-default\n[b]\ndefault ->", &["b: default"]);
}

#[test]
fn asking_passes_through_packages_between() {
    check("[a]\ndefault -> b/f\nb:\n[~b]\nf -> c/g\nc:\n[~c]\ng ->", &["a: default", "b: f", "c: g"]);
}

#[test]
fn an_optional_dependency_is_off_until_a_feature_names_it() {
    check("[a]\nb: optional f\n[~b]\nf ->", &[]);
    check("[a]\ndefault -> dep:b\nb: optional f\n[~b]\nf ->", &["a: default | b", "b: f"]);
}

#[test]
fn an_optional_dependency_is_a_feature_of_its_name() {
    check("[a]\ndefault -> b\nb: optional f\n[~b]\nf ->", &["a: b default | b", "b: f"]);
    check("[a]\nb: optional\n[c]\na: b\n[~b]", &["a: b | b"]);
}

#[test]
fn a_dep_value_takes_the_implicit_feature_away() {
    check("[a]\nx -> dep:b\nb: optional\n[c]\na: b\n[~b]", &[]);
    check("[a]\nb -> dep:b\nb: optional\n[c]\na: b\n[~b]", &["a: b | b"]);
}

#[test]
fn a_slash_turns_the_dependency_on_and_a_weak_one_waits_for_it() {
    check("[a]\ndefault -> b/f\nb: optional\n[~b]\nf ->", &["a: b default | b", "b: f"]);
    check("[a]\ndefault -> b/f\nx -> dep:b\nb: optional\n[~b]\nf ->", &["a: default | b", "b: f"]);
    check("[a]\ndefault -> b?/f\nb: optional\n[~b]\nf ->", &["a: default"]);
    check("[a]\ndefault -> b?/f x\nx -> dep:b\nb: optional\n[~b]\nf ->", &["a: default x | b", "b: f"]);
    check("[a]\ndefault -> x b?/f\nx -> dep:b\nb: optional\n[~b]\nf ->", &["a: default x | b", "b: f"]);
}

#[test]
fn features_use_the_name_of_the_manifest() {
    check("[a]\ndefault -> renamed/f\nb: as renamed\n[~b]\nf ->", &["a: default", "b: f"]);
    check("[a]\ndefault -> b/f\nb: as renamed\n[~b]\nf ->", &["a: default"]);
}

#[test]
fn resolver_two_leaves_out_dev_dependencies_and_other_targets() {
    let fixture = "[a]\nb: dev f\nb: g for cfg(windows)\nb: h for cfg(unix)\n[~b]\nf ->\ng ->\nh ->";
    check(fixture, &["b: h"]);
    check_with(fixture, Resolver::One, &FeatureSelection::Default, &["b: f g h"]);
}

#[test]
fn dev_dependencies_of_packages_outside_never_count() {
    let fixture = "[a]\nb:\n[~b]\nc: dev f\n[~c]\nf ->";
    check_with(fixture, Resolver::One, &FeatureSelection::Default, &[]);
}

#[test]
fn resolver_two_keeps_what_build_scripts_and_macros_ask_for_apart() {
    let fixture = "[a]\nb: build f\nm:\nb:\n[m macro]\ndefault ->\nb: g\n[~b]\nf ->\ng ->\nh ->\n[c]\nb: h";
    // What a macro among the members asks for counts for the target too: its own tests are built for it.
    check(fixture, &["m: default", "b: g h"]);
    check_with(fixture, Resolver::One, &FeatureSelection::Default, &["m: default", "b: f g h"]);
    check("[a]\nm:\nb: h\n[~m macro]\nb: g\n[~b]\ng ->\nh ->", &["b: h"]);
    check("[a]\nb: build f\n[~b]\nf ->", &["b: f"]);
    check("[a]\nm: f\n[m macro]\nf ->", &["m: f"]);
}

#[test]
fn all_features_of_members_alone_can_be_asked_for() {
    let fixture = "[a]\nx ->\nb: optional\n[~b]\ny ->";
    check_with(fixture, Resolver::Two, &FeatureSelection::All, &["a: b x | b"]);
}

#[test]
fn listed_features_go_to_the_members_that_have_them() {
    let list = |names: &[&str]| FeatureSelection::List(names.iter().map(|name| (*name).to_owned()).collect());
    let fixture = "[a]\ndefault ->\nx ->\nb:\n[c]\nx ->\ny ->\n[~b]\nz ->";
    check_with(fixture, Resolver::Two, &list(&["x"]), &["a: default x", "c: x"]);
    check_with(fixture, Resolver::Two, &list(&["c/y", "b/z"]), &["a: default", "c: y", "b: z"]);
    check_with(fixture, Resolver::Two, &list(&["none", "b/none", "q/x"]), &["a: default"]);
}

#[test]
fn a_dependency_on_itself_for_tests_adds_nothing() {
    check("[a]\na: dev t\nt ->", &[]);
}

#[test]
fn the_optional_dependencies_that_are_on_can_be_asked_for() {
    let workspace = parse("[a]\ndefault -> dep:b\nb: optional\nc: optional\nd:", Resolver::Two);
    let on = unify(&workspace, &FeatureSelection::Default, &CfgOptions::default());
    let has: Vec<bool> = workspace.packages[0].dependencies.iter().map(|d| on[0].has(d)).collect();
    assert_eq!(has, [true, false, true]);
}
