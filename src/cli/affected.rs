//! `riprap affected`: what a change reaches, for people, for programs, and as arguments of Cargo.
//!
//! In: a path and a revision.  Out: text, JSON, or `-p NAME ...` on standard output.  Not here: how far a change reaches.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::progress::with_bar;
use super::{AffectedArgs, AffectedFormat, Outcome};
use crate::affected::{Affected, Cause};
use crate::analysis::{Analysis, Asked, affected_since};
use crate::boundary::BoundaryId;
use crate::workspace::{Package, PackageId, TargetKind};

pub(super) fn run(args: &AffectedArgs, asked: Asked, quiet: bool) -> Outcome {
    let asked = args.rev.of(asked);
    let cancel = AtomicBool::new(false);
    let found = with_bar(quiet, |progress| affected_since(&args.path, &asked, &args.since, progress, &cancel));
    let (analysis, affected) = match found {
        Ok(found) => found,
        Err(outcome) => return outcome,
    };
    let written = Written::new(&analysis, &affected, &args.since);
    match args.format {
        AffectedFormat::Text => anstream::println!("{}", written.text()),
        AffectedFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&written).unwrap_or_default()),
        AffectedFormat::Cargo => anstream::println!("{}", written.cargo()),
    }
    Outcome::Fine
}

#[derive(Serialize)]
struct Written<'a> {
    since: &'a str,
    /// Files, relative to the workspace; `../` leads out of it.
    changed: &'a [String],
    /// A file that everything depends on.
    everywhere: Option<&'a str>,
    boundaries: Boundaries<'a>,
    packages: Vec<Reached<'a>>,
    binaries: Vec<Target<'a>>,
    /// Tests, examples and benchmarks that are built again; the unit tests of a library or binary have its name.
    tests: Vec<Target<'a>>,
    /// Of all packages.
    of: usize,
}

#[derive(Serialize)]
struct Boundaries<'a> {
    changed: Vec<&'a str>,
    reached: Vec<&'a str>,
}

#[derive(Serialize)]
struct Reached<'a> {
    name: &'a str,
    cause: String,
    /// Nothing but its tests, examples and benchmarks.
    tests_alone: bool,
}

#[derive(Serialize)]
struct Target<'a> {
    package: &'a str,
    name: &'a str,
    kind: &'static str,
}

impl<'a> Written<'a> {
    fn new(analysis: &'a Analysis, affected: &'a Affected, since: &'a str) -> Self {
        let Analysis { workspace, boundaries, .. } = analysis;
        let package = |id: PackageId| workspace.package(id);
        let name = |id: &BoundaryId| boundaries.name(*id);
        let built = affected.packages.iter().map(|(id, cause)| (id, cause, false));
        let tested = affected.tests_alone.iter().map(|(id, cause)| (id, cause, true));
        let mut packages: Vec<Reached<'_>> = built
            .chain(tested)
            .map(|(id, cause, tests_alone)| Reached {
                name: &package(*id).name,
                cause: match cause {
                    Cause::Changed(path) => format!("{path} changed"),
                    Cause::DependsOn(nearer) => format!("depends on {}", package(*nearer).name),
                    Cause::Everywhere => "everything depends on it".to_owned(),
                },
                tests_alone,
            })
            .collect();
        packages.sort_by(|a, b| (a.tests_alone, a.name).cmp(&(b.tests_alone, b.name)));
        let targets = |ids: &mut dyn Iterator<Item = PackageId>, wanted: &dyn Fn(TargetKind) -> bool| {
            let of = |package: &'a Package| package.targets.iter().map(move |target| (package, target));
            let all = ids.flat_map(|id| of(package(id))).filter(|(_, target)| wanted(target.kind));
            all.map(|(package, target)| Target { package: &package.name, name: &target.name, kind: target.kind.word() })
                .collect::<Vec<_>>()
        };
        Self {
            since,
            changed: &affected.changed,
            everywhere: affected.everywhere.as_deref(),
            boundaries: Boundaries {
                changed: affected.boundaries.iter().map(name).collect(),
                reached: affected.reached.iter().map(name).collect(),
            },
            packages,
            binaries: targets(&mut affected.packages.keys().copied(), &|kind| kind == TargetKind::Bin),
            tests: targets(&mut affected.all_packages(), &|kind| kind != TargetKind::BuildScript),
            of: workspace.packages.len(),
        }
    }

    fn text(&self) -> String {
        let count = self.changed.len();
        let mut text = match count {
            0 => return format!("nothing changed since {}", self.since),
            1 => format!("1 file changed since {}", self.since),
            _ => format!("{count} files changed since {}", self.since),
        };
        if let Some(path) = self.everywhere {
            text += &format!("; every package depends on {path}");
        }
        let Boundaries { changed, reached } = &self.boundaries;
        if !changed.is_empty() {
            text += &format!("\n\nboundaries changed: {}", changed.join(", "));
            let told = if reached.is_empty() { "none".to_owned() } else { reached.join(", ") };
            text += &format!("\nboundaries that use them: {told}");
        }
        text += &format!("\n\npackages: {} of {}", self.packages.len(), self.of);
        let width = self.packages.iter().map(|package| package.name.len()).max().unwrap_or_default();
        // A file that reaches all is the reason for each of them.
        for package in self.packages.iter().filter(|_| self.everywhere.is_none()) {
            let alone = if package.tests_alone { "tests alone: " } else { "" };
            text += &format!("\n  {:width$}  {alone}{}", package.name, package.cause);
        }
        let binaries: Vec<&str> = self.binaries.iter().map(|target| target.name).collect();
        if !binaries.is_empty() {
            text += &format!("\n\nbinaries: {}", binaries.join(", "));
        }
        text
    }

    /// Arguments for `cargo test` or `cargo build`.
    fn cargo(&self) -> String {
        if self.everywhere.is_some() {
            return "--workspace".to_owned();
        }
        let names: BTreeSet<&str> = self.packages.iter().map(|package| package.name).collect();
        names.iter().map(|name| format!("-p {name}")).collect::<Vec<_>>().join(" ")
    }
}
