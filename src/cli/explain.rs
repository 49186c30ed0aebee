//! `riprap explain`: a rule's page, the list of rules, or what holds for a boundary.
//!
//! In: the name of a rule, or of a boundary and the path of its workspace.  Out: text.  Not here: the pages, which stand
//! beside each rule, and where values come from (`boundary`).

use std::path::Path;

use super::progress::{analyze_configured, message};
use super::{ExplainArgs, Outcome};
use crate::analysis::{Analysis, Asked};
use crate::boundary::{BoundaryId, Origin, Placed, spelling};
use crate::model::NodeId;
use crate::rules::{LATER, RULES};

pub(super) fn run(args: &ExplainArgs, asked: &Asked, quiet: bool) -> Outcome {
    match &args.config {
        Some(boundary) => of_boundary(boundary, args.topic.as_deref().unwrap_or("."), asked, quiet),
        None => of_rule(args.topic.as_deref()),
    }
}

fn of_boundary(name: &str, path: &str, asked: &Asked, quiet: bool) -> Outcome {
    let analysis = match analyze_configured(Path::new(path), asked, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    let boundaries = &analysis.boundaries;
    if let Some(id) = boundaries.find(name) {
        anstream::println!("{}", effective(&analysis, id));
        return Outcome::Fine;
    }
    let known: Vec<&str> = boundaries.ids().map(|id| boundaries.name(id)).collect();
    let hint = spelling::did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match boundaries.len() {
        0 => "this workspace declares none".to_owned(),
        1..=20 => format!("there are {}", known.join(", ")),
        count => format!("there are {count}"),
    });
    message(&format!("no boundary is called `{name}`; {hint}"));
    Outcome::WrongUse
}

/// Every setting with its place, then what the boundary consists of.
fn effective(analysis: &Analysis, id: BoundaryId) -> String {
    let (model, boundaries) = (&analysis.model, &analysis.boundaries);
    let place = analysis.config_files.line_column(boundaries.declaration(id).span);
    let place = place.map_or_else(String::new, |(file, at)| format!(", declared at {}:{}", file.path, at.line));
    let mut text = format!("boundary `{}`{place}\n", boundaries.name(id));
    for setting in boundaries.effective(id) {
        text +=
            &format!("  {:9} = {}    # {}\n", setting.key, setting.value, origin(analysis, setting.origin.as_ref()));
    }
    let names = |ids: Vec<BoundaryId>| ids.iter().map(|id| boundaries.name(*id)).collect::<Vec<_>>().join(", ");
    let around: Vec<BoundaryId> = boundaries.outwards(id).skip(1).collect();
    let inside: Vec<BoundaryId> = boundaries.ids().filter(|other| boundaries.parent(*other) == Some(id)).collect();
    let paths = |nodes: &[NodeId]| nodes.iter().map(|node| model.path(*node)).collect::<Vec<_>>().join(", ");
    let modules = model.module_ids().filter(|module| boundaries.of(*module) == Some(id)).count();
    for (what, told) in [
        ("code", paths(boundaries.members(id))),
        ("roots", paths(boundaries.roots(id))),
        ("modules", modules.to_string()),
        ("around it", names(around)),
        ("inside it", names(inside)),
    ] {
        if !told.is_empty() {
            text += &format!("  {what}: {told}\n");
        }
    }
    text.trim_end().to_owned()
}

/// Where a value is said, with the line.
fn origin(analysis: &Analysis, said: Option<&Placed<Origin>>) -> String {
    let Some(Placed { value: origin, span }) = said else { return "nobody says otherwise".to_owned() };
    let place = analysis.config_files.line_column(*span).map(|(file, at)| format!("{}:{}", file.path, at.line));
    match (origin, place) {
        (Origin::Manifest(_), Some(place)) => format!("`[package.metadata.riprap]`, {place}"),
        (Origin::Codeowners, _) | (_, None) => origin.to_string(),
        (_, Some(place)) => format!("{origin}, {place}"),
    }
}

fn of_rule(name: Option<&str>) -> Outcome {
    let Some(name) = name else {
        for rule in RULES {
            anstream::println!("{:24} {}", rule.name, rule.summary);
        }
        let later: Vec<&str> = LATER.iter().map(|(name, _)| *name).collect();
        anstream::println!("\nNot there yet: {}", later.join(", "));
        return Outcome::Fine;
    };
    if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
        anstream::println!("{}", rule.documentation.trim_end());
        return Outcome::Fine;
    }
    if LATER.iter().any(|(later, _)| *later == name) {
        anstream::println!("`{name}` is planned and not there yet: nothing is checked under this name");
        return Outcome::Fine;
    }
    let known = RULES.iter().map(|rule| rule.name).chain(LATER.iter().map(|(name, _)| *name));
    let hint = spelling::did_you_mean(name, known).unwrap_or_else(|| "`riprap explain` lists all rules".to_owned());
    message(&format!("no rule is called `{name}`; {hint}"));
    Outcome::WrongUse
}
