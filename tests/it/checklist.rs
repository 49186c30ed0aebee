//! The list of cases of name resolution says what tests each.

use std::path::Path;

use crate::support::repository;

/// The groups of the list, and how many cases each has.
const GROUPS: [(char, u32); 5] = [('F', 25), ('P', 22), ('N', 35), ('B', 26), ('G', 24)];

fn rust_text(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            text += &rust_text(&path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text += &String::from_utf8_lossy(&std::fs::read(&path).expect("the file can be read"));
        }
    }
    text
}

#[test]
fn every_case_names_a_test_that_exists() {
    let list = std::fs::read_to_string(repository().join("docs/resolution.md")).expect("the list is there");
    let functions = rust_text(&repository().join("src")) + &rust_text(&repository().join("tests/it"));
    let exists = |name: &str| {
        repository().join(format!("tests/oracle/fixtures/{name}.rs")).is_file()
            || repository().join(format!("sample-workspaces/hazards/{name}")).is_dir()
            || functions.contains(&format!("#[test]\nfn {name}()"))
            || functions.contains(&format!("#[test]\n    fn {name}()"))
    };
    let mut wrong = Vec::new();
    for (group, count) in GROUPS {
        for id in (1..=count).map(|number| format!("{group}{number}")) {
            let Some(row) = list.lines().find(|line| line.starts_with(&format!("| {id} | "))) else {
                wrong.push(format!("{id} has no row"));
                continue;
            };
            let tests = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
            let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
            if names.is_empty() && !row.contains("*open*") {
                wrong.push(format!("{id} has no test and is not open"));
            }
            wrong.extend(names.iter().filter(|name| !exists(name)).map(|name| format!("{id}: {name} does not exist")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
