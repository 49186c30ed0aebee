//! A boundary whose owner is one for riprap.toml and another for CODEOWNERS.
//!
//! In: the declared owners, and the owners of files.  Out: one violation per boundary and other owner.  Not here:
//! boundaries without an owner, and those that take it from CODEOWNERS.

use std::collections::BTreeMap;

use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Origin};
use crate::source::{FileId, Span};

pub(super) const RULE: Rule = Rule {
    name: "codeowners-drift",
    group: "ownership",
    summary: "CODEOWNERS gives a boundary's code to somebody else",
    documentation: include_str!("codeowners_drift.md"),
    check,
};

/// Where nobody is named.
const NOBODY: &str = "nobody";

fn check(context: &Context<'_>) -> Vec<Violation> {
    context.boundaries.ids().flat_map(|id| of_boundary(context, id)).collect()
}

fn of_boundary(context: &Context<'_>, id: BoundaryId) -> Vec<Violation> {
    let boundaries = context.boundaries;
    let declaration = boundaries.declaration(id);
    let is_own = declaration.origin("owner") != Some(&Origin::Codeowners);
    let Some(declared) = declaration.owner.as_deref().filter(|_| is_own) else { return Vec::new() };
    let files = boundaries.files(context.model, id);
    let mut others: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for file in files.keys() {
        let Some(owners) = boundaries.owners_of_file(*file) else { return Vec::new() };
        if !owners.iter().any(|owner| names(declared, owner)) {
            let owners = if owners.is_empty() { NOBODY.to_owned() } else { owners.join(" ") };
            others.entry(owners).or_default().push(*file);
        }
    }
    let table = declaration.table("owner");
    let said = match declaration.origin("owner") {
        Some(Origin::Manifest(path)) => path,
        _ => "riprap.toml",
    };
    let violation = |(owners, of_them): (String, Vec<FileId>)| {
        let name = boundaries.name(id);
        let share = match of_them.len() == files.len() {
            true => format!("boundary `{name}`"),
            false => format!("{} of the {} files of boundary `{name}`", of_them.len(), files.len()),
        };
        Violation {
            message: format!("{share} is {declared}'s for {said}, and {owners}'s for CODEOWNERS"),
            label: format!("{owners} in CODEOWNERS"),
            why: "who is asked to review a change is not who decides what the boundary shows".to_owned(),
            route: Some(format!("correct one of the two, or write `owner = \"codeowners\"` in {table} to say it once")),
            places: of_them.into_iter().map(|file| (file, Span::default())).collect(),
            ..Violation::between(RULE.name, name, owners)
        }
    };
    others.into_iter().map(violation).collect()
}

/// Whether a declaration, which may name several, names an owner; as on the platforms, case does not matter.
fn names(declared: &str, owner: &str) -> bool {
    declared.split([' ', ',']).any(|word| word.eq_ignore_ascii_case(owner))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use crate::analysis::{Gathered, analyze};
    use crate::load::OwnersFile;
    use crate::source::SourceFile;

    #[track_caller]
    fn check(codeowners: Option<&str>, owner: &str, expected: &[&str]) {
        let fixture = crate::fixture::parse(
            "//- /src/lib.rs lib:k\nmod a;\nmod b;\n//- /src/a.rs\npub fn a() {}\n//- /src/b.rs\npub fn b() {}\n",
        );
        let config = format!("[boundary.a]\ncontains = [\"k::a\"]\n{owner}\n[boundary.b]\ncontains = [\"k::b\"]\n");
        let gathered = Gathered {
            workspace: fixture.workspace.into(),
            sources: fixture.sources.into(),
            config: Some(SourceFile::new("riprap.toml".to_owned(), config.into())),
            codeowners: codeowners.map(|text| OwnersFile { text: text.to_owned(), ..OwnersFile::default() }),
            ..Gathered::default()
        };
        let analysis = analyze(gathered, &|_| {}, &AtomicBool::new(false)).unwrap();
        assert_eq!(analysis.problems, []);
        let violations = analysis.verdict.violations.iter().map(|judged| &judged.violation);
        let found = violations.filter(|violation| violation.rule == super::RULE.name);
        assert_eq!(found.map(|violation| violation.message.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn another_owner_in_codeowners_is_found() {
        check(Some("* @b"), "owner = \"@a\"", &["boundary `a` is @a's for riprap.toml, and @b's for CODEOWNERS"]);
        check(
            Some("/docs/ @b"),
            "owner = \"@a\"",
            &["boundary `a` is @a's for riprap.toml, and nobody's for CODEOWNERS"],
        );
    }

    #[test]
    fn the_same_owner_in_any_case_and_company_is_fine() {
        check(Some("* @b @A"), "owner = \"@a\"", &[]);
    }

    #[test]
    fn without_codeowners_or_without_an_owner_nothing_drifts() {
        check(None, "owner = \"@a\"", &[]);
        check(Some("* @b"), "", &[]);
        check(Some("* @b"), "owner = \"codeowners\"", &[]);
    }
}
