//! Findings from what rules and notes say already, gathered so that each is one decision.
//!
//! In: violations without a riprap.toml, notes.  Out: rings by the lines that they hold together, `pub` that could shrink by
//! package, files that nothing compiles by folder.  Not here: what no rule looks at.

use std::collections::BTreeMap;

use super::{Finding, Kind, Known, Place, counted, place_at, place_of};
use crate::model::NodeId;
use crate::source::folder_of;
use crate::verdict::Judged;

/// So many details are told.
const SHOWN: usize = 4;

pub(super) fn findings(known: Known<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut exposed: BTreeMap<NodeId, Vec<&Judged>> = BTreeMap::new();
    for judged in known.violations.iter().filter(|judged| judged.accepted.is_none()) {
        let package = judged.violation.from_node.and_then(|node| known.model.package_of(node));
        match (judged.violation.rule, package) {
            ("module-cycle", _) => found.push(tangle(known, judged)),
            ("over-exposed", Some(package)) => exposed.entry(package).or_default().push(judged),
            _ => found.push(other(known, judged)),
        }
    }
    found.extend(exposed.into_iter().map(|(package, all)| shrinkable(known, package, &all)));
    found.extend(unused_files(known));
    found
}

fn tangle(known: Known<'_>, judged: &Judged) -> Finding {
    let (model, violation) = (known.model, &judged.violation);
    let members: Vec<NodeId> = violation.members.iter().filter_map(|path| model.find(path)).collect();
    let lines: u64 = members.iter().map(|member| model.total_lines(*member)).sum();
    let references = violation.cuts.iter().map(|cut| cut.references.len()).sum::<usize>();
    let cuts = violation.cheapest_cuts();
    let told = cuts.iter().take(SHOWN).map(|cut| {
        format!("`{}` -> `{}`: {}", last(&cut.from), last(&cut.to), counted(cut.references.len(), "reference"))
    });
    let mut details: Vec<String> = told.collect();
    if cuts.len() > SHOWN {
        details.push(format!("and {} more, {} in all", cuts.len() - SHOWN, counted(references, "reference")));
    }
    let first = violation.references.first().map(|id| model.reference(*id));
    Finding {
        kind: Kind::Tangle,
        title: violation.message.clone(),
        // Heavy rings that little holds together come first.
        gain: lines / (references.max(1) as u64),
        buys: format!("{lines} lines that can be read, tested and moved in parts"),
        details,
        advice: violation.remedies().into_iter().next().or_else(|| violation.route.clone()).unwrap_or_default(),
        place: first.map(|reference| place_at(known, reference)),
        about: members,
    }
}

fn shrinkable(known: Known<'_>, package: NodeId, all: &[&Judged]) -> Finding {
    let model = known.model;
    let name = &model.node(package).name;
    let details = all.iter().take(SHOWN).map(|judged| format!("`{}` {}", judged.violation.to, judged.violation.label));
    let mut details: Vec<String> = details.collect();
    if all.len() > SHOWN {
        details.push(format!("and {} more", all.len() - SHOWN));
    }
    let first = all[0].violation.to_node;
    Finding {
        kind: Kind::Exposed,
        title: format!("package `{name}` shows {} that nothing outside needs", counted(all.len(), "thing")),
        gain: all.len() as u64,
        buys: "an API that says what others may rely on, and dead code that the compiler can see".to_owned(),
        details,
        advice: "narrow them; the compiler then tells which of them nothing uses at all".to_owned(),
        place: first.and_then(|node| place_of(known, node)),
        about: vec![package],
    }
}

fn other(known: Known<'_>, judged: &Judged) -> Finding {
    let violation = &judged.violation;
    let evidence = violation.references.first().map(|id| known.model.reference(*id));
    let place = evidence.map(|reference| place_at(known, reference));
    Finding {
        kind: Kind::Other,
        title: violation.message.clone(),
        gain: violation.references.len() as u64,
        buys: violation.why.clone(),
        details: Vec::new(),
        advice: violation.route.clone().unwrap_or_default(),
        place: place.or_else(|| violation.from_node.and_then(|node| place_of(known, node))),
        about: violation.from_node.into_iter().collect(),
    }
}

/// Files side by side that nothing compiles are one finding.
fn unused_files(known: Known<'_>) -> Vec<Finding> {
    let mut by_folder: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let texts: Vec<&str> = known.sources.ids().map(|id| &*known.sources.file(id).text).collect();
    // Code may include it as text or as data, in ways that only running it would show.
    let is_named = |path: &str| {
        let end = format!("{}\"", path.rsplit('/').next().unwrap_or(path));
        texts.iter().any(|text| text.contains(&end))
    };
    let orphans: Vec<&str> =
        known.notes.iter().filter(|note| note.kind == "orphan-file").map(|note| &*note.path).collect();
    for path in orphans.iter().filter(|path| !is_named(path) && !is_declared(known, path, &orphans)) {
        by_folder.entry(folder_of(path)).or_default().push(path);
    }
    let lines =
        |path: &&str| known.sources.find(path).map_or(0, |file| u64::from(known.sources.file(file).line_count()));
    by_folder
        .into_values()
        .map(|paths| {
            let lines: u64 = paths.iter().map(lines).sum();
            let title = match &paths[..] {
                [path] => format!("nothing compiles `{path}`"),
                paths => format!("nothing compiles {} files in `{}`", paths.len(), folder_of(paths[0])),
            };
            Finding {
                kind: Kind::UnusedFile,
                title,
                gain: lines,
                buys: format!("{lines} lines that nobody has to keep in mind"),
                details: paths.iter().skip(1).take(SHOWN).map(|path| format!("`{path}`")).collect(),
                advice: "delete it, or name it in a `mod`: no target and no `mod` leads there".to_owned(),
                place: Some(Place { path: paths[0].to_owned(), line: 1 }),
                about: Vec::new(),
            }
        })
        .collect()
}

/// Whether a `mod` may lead to a file under another configuration: where `cfg_attr` gives it another path, say.
fn is_declared(known: Known<'_>, path: &str, orphans: &[&str]) -> bool {
    let (folder, name) = (folder_of(path), path.rsplit('/').next().unwrap_or(path));
    let name = match name {
        // Its name is that of its folder.
        "mod.rs" => return is_declared(known, &format!("{folder}.rs"), orphans),
        name => name.trim_end_matches(".rs"),
    };
    let is_around = |file: &str| folder_of(file) == folder || file.strip_suffix(".rs") == Some(folder);
    let declaration = format!("mod {name};");
    let mut files = known.sources.ids().map(|id| known.sources.file(id));
    files.any(|file| {
        let mut lines = file.text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        is_around(&file.path) && !orphans.contains(&&*file.path) && lines.any(|line| line.contains(&declaration))
    })
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
