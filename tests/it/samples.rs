//! The sample workspaces show what their READMEs promise, and give the compiler's edges.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use riprap::analysis::Analysis;
use riprap::model::ReferenceKind;
use riprap::rules::RULES;

use crate::support::{analyze, analyze_since, repository, riprap, sample, stderr, stdout};

type Pairs = BTreeSet<(String, String)>;

/// Samples with breaks: the README of each lists all that riprap finds, in a table below `## RULE`.  The second is what the
/// first was earlier.
const BROKEN: [(&str, Option<&str>); 2] = [("shop-eroded", Some("shop")), ("shop-services", None)];

fn readme(sample_name: &str) -> String {
    std::fs::read_to_string(sample(sample_name).join("README.md")).expect("the sample has a README")
}

/// The first two columns of the table below `## RULE` in a sample's README; empty without one.
fn promised(readme: &str, rule: &str) -> Pairs {
    let section = readme.split("\n## ").find(|section| section.starts_with(&format!("{rule}\n"))).unwrap_or_default();
    let rows = section.lines().filter(|line| line.starts_with("| "));
    rows.skip(1)
        .map(|row| {
            let mut cells = row.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('`', ""));
            (cells.next().unwrap_or_default(), cells.next().unwrap_or_default())
        })
        .collect()
}

/// From and to of each violation; of a cycle the last names of its container and members.
fn found(analysis: &Analysis, rule: &str) -> Pairs {
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let violations = analysis.verdict.violations.iter().map(|judged| &judged.violation);
    violations
        .filter(|it| it.rule == rule)
        .map(|it| match &it.members[..] {
            [] => (it.from.clone(), it.to.clone()),
            members => (last(&it.from), members.iter().map(|member| last(member)).collect::<Vec<_>>().join(", ")),
        })
        .collect()
}

#[test]
fn the_shop_is_clean() {
    let output = riprap(&["check", sample("shop").to_str().expect("the path is text")]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    let analysis = analyze(&sample("shop"));
    assert!(analysis.problems.is_empty() && analysis.verdict.violations.is_empty());
    assert_eq!(analysis.model.verify(), Vec::<String>::new());
}

#[test]
fn what_a_sample_breaks_is_exactly_what_its_readme_lists() {
    for (name, earlier) in BROKEN {
        let earlier = earlier.map(|earlier| Arc::new(analyze(&sample(earlier)).document().earlier()));
        let (readme, analysis) = (readme(name), analyze_since(&sample(name), earlier));
        assert!(analysis.problems.is_empty(), "{name}: {:?}", analysis.problems);
        for rule in RULES {
            assert_eq!(found(&analysis, rule.name), promised(&readme, rule.name), "{} in {name}", rule.name);
        }
        let output = riprap(&["check", sample(name).to_str().expect("the path is text")]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", stderr(&output));
    }
}

#[test]
fn every_rule_is_documented_sampled_and_explained() {
    let overview = std::fs::read_to_string(repository().join("README.md")).expect("the README is there");
    let samples: Vec<String> = BROKEN.iter().map(|(name, _)| readme(name)).collect();
    let mut missing: Vec<String> = Vec::new();
    for rule in RULES {
        let mut must = |holds: bool, what: &str| {
            if !holds {
                missing.push(format!("{} {what}", rule.name));
            }
        };
        must(samples.iter().any(|readme| !promised(readme, rule.name).is_empty()), "is broken in no sample");
        must(overview.contains(&format!("\n| `{}` | ", rule.name)), "is not in the table of README.md");
        let file = repository().join(format!("src/rules/{}.md", rule.name.replace('-', "_")));
        must(std::fs::read_to_string(file).is_ok_and(|page| page == rule.documentation), "has no page beside its code");
        must(stdout(&riprap(&["explain", rule.name])).trim_end() == rule.documentation.trim_end(), "is not explained");
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn hazards() -> Vec<PathBuf> {
    let folder = repository().join("sample-workspaces/hazards");
    let entries = std::fs::read_dir(folder).expect("the hazards are there");
    let mut hazards: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|it| it.is_dir()).collect();
    hazards.sort();
    hazards
}

fn differences(folder: &Path) -> Option<String> {
    let truth = std::fs::read_to_string(folder.join("edges.json")).ok()?;
    let truth: serde_json::Value = serde_json::from_str(&truth).expect("the compiler's answer is JSON");
    let list = |key: &str| -> Pairs {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let edges = truth[key].as_array().expect("the answer has the list");
        edges.iter().map(|edge| (text(&edge[0]), text(&edge[1]))).collect()
    };
    let labels: BTreeSet<&str> = truth["crates"].as_object().expect("crates").keys().map(String::as_str).collect();
    let analysis = analyze(folder);
    let model = &analysis.model;
    assert_eq!(model.verify(), Vec::<String>::new());
    let unscored = [ReferenceKind::Macro, ReferenceKind::Derive, ReferenceKind::Attribute, ReferenceKind::Visibility];
    let known = |path: &str| {
        let target = model.find(path).and_then(|id| model.target_of(id)).expect("an end of an edge is in a target");
        labels.contains(model.path(target))
    };
    let ours: Pairs = model
        .edge_ids()
        .filter(|id| model.references_of(*id).any(|(_, it)| !it.test && it.active && !unscored.contains(&it.kind)))
        .map(|id| (model.path(model.edge(id).from).to_owned(), model.path(model.edge(id).to).to_owned()))
        .filter(|(from, to)| known(from) && known(to))
        .collect();
    let missed: Vec<_> = list("definition").difference(&ours).cloned().collect();
    let every: Pairs = list("definition").into_iter().chain(list("macro")).chain(list("call")).collect();
    let extra: Vec<_> = ours.difference(&every).cloned().collect();
    (!missed.is_empty() || !extra.is_empty()).then(|| format!("missed {missed:?}, extra {extra:?}"))
}

#[test]
fn the_samples_give_the_compilers_edges() {
    let mut wrong = Vec::new();
    for folder in
        hazards().into_iter().chain(["shop"].iter().chain(BROKEN.iter().map(|(name, _)| name)).map(|name| sample(name)))
    {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        wrong.extend(differences(&folder).map(|differences| format!("{name}: {differences}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sample_says_what_it_shows() {
    for folder in
        hazards().into_iter().chain(["shop"].iter().chain(BROKEN.iter().map(|(name, _)| name)).map(|name| sample(name)))
    {
        assert!(folder.join("README.md").is_file(), "{} has no README.md", folder.display());
    }
}
