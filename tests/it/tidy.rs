//! What this repository asks of its own files.

use std::path::{Path, PathBuf};

use crate::support::repository;

/// Lines of a file without its tests.
const MAX_LINES: usize = 600;

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn check(rule: impl Fn(&Path, &str) -> Option<String>) {
    let mut broken = Vec::new();
    for folder in ["src", "tests/it", "benches"] {
        for file in rust_files(&repository().join(folder)) {
            let text = std::fs::read_to_string(&file).expect("sources are text");
            let name = file.strip_prefix(repository()).expect("the file is in the repository");
            broken.extend(rule(name, &text).map(|message| format!("{}: {message}", name.display())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    check(|path, text| {
        let documented = path.ends_with("tests.rs") || text.starts_with("//!");
        (!documented).then(|| "the first line is no module documentation".to_owned())
    });
}

#[test]
fn no_file_is_too_long_to_read_in_one_go() {
    check(|_, text| {
        let lines = text.lines().take_while(|line| !line.starts_with("mod tests {")).count();
        (lines > MAX_LINES).then(|| format!("{lines} lines, more than {MAX_LINES}"))
    });
}

#[test]
fn no_module_is_named_for_what_is_left_over() {
    check(|path, _| {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let vague = ["util", "utils", "common", "types", "errors", "helpers", "misc"].contains(&name);
        vague.then(|| "the name says nothing".to_owned())
    });
}

#[test]
fn colours_come_from_the_theme() {
    let raw = ["Color32::from_", "hex_color!", "Color32::RED", "Color32::BLACK"];
    check(|path, text| {
        let allowed = path.ends_with("src/app/style.rs") || path.ends_with("tests/it/tidy.rs");
        let found = raw.iter().find(|raw| !allowed && text.contains(**raw))?;
        Some(format!("`{found}`: name a role of the theme instead"))
    });
}

#[test]
fn nothing_is_left_unfinished() {
    let words = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("FIX", "ME"), concat!("X", "XX")];
    check(|_, text| {
        let line = text.lines().position(|line| words.iter().any(|word| line.contains(word)))?;
        Some(format!("line {} is unfinished", line + 1))
    });
}
