//! The rebuild tax: what changes often times what is built again each time.
//!
//! In: packages.  Out: those that cost most, with the files that change, and the dependencies whose end would save much.  The measure is lines, not seconds: BENCHMARKS.md tells how near that comes.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{FEWEST_EDITS, Packages};
use crate::findings::{Finding, Kind, counted, grouped};
use crate::model::Model;
use crate::workspace::PackageId;

/// So many packages are told, and of each so many files and uses.
const TOLD: usize = 3;

/// So many others are built again, at least.
const FEWEST_OTHERS: usize = 3;

/// A package that has less of the tax of all is not worth telling.
const PERCENT: u64 = 10;

/// A use that so few references make may be ended, if that saves this share of the lines.
const FEW_REFERENCES: usize = 10;
const PERCENT_SAVED: u64 = 5;

struct Tax {
    package: PackageId,
    edits: usize,
    others: usize,
    lines: u64,
}

impl Tax {
    /// Lines built again, over all edits.  Without a history, as if each line were as likely to change as any other.
    fn amount(&self, packages: &Packages<'_>) -> u64 {
        let edits = packages.history().map_or_else(|| packages.lines_of([&self.package]), |_| self.edits as u64);
        self.lines * edits
    }
}

pub(super) fn findings(packages: &Packages<'_>) -> Vec<Finding> {
    let tax = |package: &PackageId| {
        let rebuilt = packages.rebuilt(*package, None);
        Tax {
            package: *package,
            edits: packages.edits(*package),
            others: rebuilt.len() - 1,
            lines: packages.lines_of(&rebuilt),
        }
    };
    let mut all: Vec<Tax> = packages.nodes.keys().map(tax).collect();
    let least = all.iter().map(|tax| tax.amount(packages)).sum::<u64>() * PERCENT / 100;
    let is_known_to_change = |tax: &Tax| packages.history().is_none() || tax.edits >= FEWEST_EDITS;
    all.retain(|tax| tax.others >= FEWEST_OTHERS && is_known_to_change(tax) && tax.amount(packages) >= least);
    all.sort_by_key(|tax| (Reverse(tax.amount(packages)), tax.package));
    all.iter().take(TOLD).map(|tax| finding(packages, tax)).collect()
}

fn finding(packages: &Packages<'_>, tax: &Tax) -> Finding {
    let rebuilt = format!("{}, with itself {} lines", counted(tax.others, "other package"), grouped(tax.lines));
    let name = packages.name(tax.package);
    let (title, buys) = match packages.history() {
        Some(edits) => (
            format!(
                "a change of package `{name}` rebuilds {rebuilt}; {} of the last {} commits changed it",
                tax.edits,
                edits.commits.len()
            ),
            format!(
                "a part of the {} lines that were built again since {}",
                grouped(tax.amount(packages)),
                edits.since
            ),
        ),
        None => (
            format!("a change of package `{name}` rebuilds {rebuilt}"),
            format!("a part of the {} lines that are built again after each change", grouped(tax.lines)),
        ),
    };
    let details = files(packages, tax.package).into_iter().chain(cheap_ends(packages, tax)).collect();
    Finding {
        kind: Kind::RebuildTax,
        title,
        gain: tax.amount(packages),
        buys,
        details,
        advice: "move what changes most out of it, or what others need of it into a small package below".to_owned(),
        place: Some(packages.place(tax.package)),
        about: packages.nodes.get(&tax.package).copied().into_iter().collect(),
    }
}

/// The files that most of the commits changed.
fn files(packages: &Packages<'_>, package: PackageId) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in packages.commits.iter().filter_map(|commit| commit.get(&package)).flatten() {
        *counts.entry(file).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().filter(|(_, commits)| *commits > 1).collect();
    counts.sort_by_key(|(file, commits)| (Reverse(*commits), *file));
    counts.into_iter().take(TOLD).map(|(file, commits)| format!("`{file}`: in {commits} of them")).collect()
}

/// Dependents that hardly use the package, and make much to be built after it.
fn cheap_ends(packages: &Packages<'_>, tax: &Tax) -> Vec<String> {
    let model = packages.known.model;
    let direct = packages.dependents.get(&tax.package).into_iter().flatten();
    let mut ends: Vec<(u64, usize, PackageId)> = direct
        .filter_map(|dependent| {
            let left = packages.rebuilt(tax.package, Some((*dependent, tax.package)));
            let saved = tax.lines - packages.lines_of(&left);
            let uses = uses(model, packages, *dependent, tax.package);
            let is_in_vain = uses == 0 && !is_named(packages, *dependent, tax.package);
            let is_worth_it = saved * 100 >= tax.lines * PERCENT_SAVED;
            (is_worth_it && (is_in_vain || (1..=FEW_REFERENCES).contains(&uses))).then_some((saved, uses, *dependent))
        })
        .collect();
    ends.sort_by_key(|(saved, uses, dependent)| (Reverse(*saved), *uses, *dependent));
    let end = |(saved, uses, dependent)| {
        let (name, saved) = (packages.name(dependent), grouped(saved));
        match uses {
            0 => format!("`{name}` depends on it, and no code names it: without that {saved} lines less"),
            _ => format!("`{name}` uses it in {}: without them {saved} lines less", counted(uses, "reference")),
        }
    };
    ends.into_iter().take(TOLD).map(end).collect()
}

/// Whether code of one package, its tests among it, may name another one, in ways that only a macro could tell: comments do not.
fn is_named(packages: &Packages<'_>, from: PackageId, to: PackageId) -> bool {
    let Packages { known, .. } = packages;
    let dependencies = &known.workspace.package(from).dependencies;
    let names: Vec<&str> =
        dependencies.iter().filter(|it| it.local == Some(to)).map(|it| it.extern_name.as_str()).collect();
    let files = known.sources.ids().map(|id| known.sources.file(id));
    let mut own = files.filter(|file| known.workspace.package_holding(&file.path) == Some(from));
    own.any(|file| {
        let mut code = file.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.any(|line| names.iter().any(|name| line.contains(name)))
    })
}

/// How many references one package makes to another, tests left out.
fn uses(model: &Model, packages: &Packages<'_>, from: PackageId, to: PackageId) -> usize {
    let (from, to) = (packages.nodes.get(&from), packages.nodes.get(&to));
    let (Some(from), Some(to)) = (from, to) else { return 0 };
    let between = model.edge_ids().filter(|edge| {
        let edge = model.edge(*edge);
        model.is_within(edge.from, *from) && model.is_within(edge.to, *to)
    });
    between.flat_map(|edge| model.references_of(edge)).filter(|(_, reference)| reference.counts()).count()
}
