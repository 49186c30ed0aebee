//! Why a workspace could not be loaded, in words that say what to do next.
//!
//! In: what the system or Cargo said.  Out: [`LoadError`].  Not here: what could be left out (a `Note`).

use std::path::{Path, PathBuf};

/// Every variant names the path it is about and the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    #[error("no such file or folder: `{}`; check the spelling", path.display())]
    NoSuchPath { path: PathBuf },
    #[error("no Cargo.toml in `{}` or any folder above it; {}", searched.display(), what_to_open(candidates))]
    NoManifest {
        searched: PathBuf,
        /// Manifests below the folder, each of another workspace.
        candidates: Vec<PathBuf>,
    },
    #[error("{}: {message}\n{hint}", place(path, *line, *column))]
    Manifest {
        path: PathBuf,
        /// From one, where Cargo says it.
        line: Option<u32>,
        column: Option<u32>,
        /// In Cargo's own words.
        message: String,
        hint: String,
    },
    #[error("failed to read `{}`: {reason}; check that it is a text file that you may read", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error(
        "`cargo` was not found: workspaces are read through it; install Rust (https://rustup.rs) or add it to PATH"
    )]
    CargoMissing,
    #[error("failed to run cargo: {message}; check that `cargo metadata --no-deps` works in `{}`", folder.display())]
    CargoFailed { folder: PathBuf, message: String },
    #[error("cancelled")]
    Cancelled,
}

fn place(path: &Path, line: Option<u32>, column: Option<u32>) -> String {
    let numbers = [line, line.and(column)].into_iter().flatten().map(|number| format!(":{number}"));
    format!("{}{}", path.display(), numbers.collect::<String>())
}

fn what_to_open(candidates: &[PathBuf]) -> String {
    if candidates.is_empty() {
        return "name the folder of a Cargo workspace".to_owned();
    }
    let names: Vec<String> = candidates.iter().map(|path| format!("`{}`", path.display())).collect();
    format!("open one of these instead: {}", names.join(", "))
}

/// Reads what Cargo wrote to standard error when it refused `opened`; `folder` is where Cargo ran.
pub(super) fn explain(stderr: &str, opened: &Path, folder: &Path) -> LoadError {
    if stderr.contains("rustup") && !stderr.contains("Cargo.toml") {
        let folder = opened.parent().unwrap_or(opened).to_owned();
        return LoadError::CargoFailed { folder, message: causes(stderr).join(": ") };
    }
    let pointed = stderr.lines().find_map(pointer);
    let mut causes = causes(stderr);
    // With a source excerpt the first line says it all; otherwise the last causes do, after those that only lead there.
    if pointed.is_some() {
        causes.truncate(1);
    } else if let Some(start) = causes.iter().position(|cause| !leads_on(cause)) {
        causes.drain(..start);
    }
    let (path, line, column) = match pointed {
        Some((path, line, column)) => (folder.join(path), Some(line), Some(column)),
        None => (named_manifest(stderr).unwrap_or_else(|| opened.to_owned()), None, None),
    };
    let hint = "Cargo refuses this manifest: correct it and open the workspace again".to_owned();
    LoadError::Manifest { path, line, column, message: causes.join(": "), hint }
}

/// ` --> tmp/w/Cargo.toml:3:5`.
fn pointer(line: &str) -> Option<(&str, u32, u32)> {
    let (rest, column) = line.trim().strip_prefix("--> ")?.rsplit_once(':')?;
    let (path, line) = rest.rsplit_once(':')?;
    Some((path, line.parse().ok()?, column.parse().ok()?))
}

/// The first paragraph and each `Caused by:`, every one on a line of its own, without excerpts.
fn causes(stderr: &str) -> Vec<String> {
    let mut causes: Vec<String> = vec![String::new()];
    for line in stderr.trim().lines() {
        let line = line.trim();
        if line == "Caused by:" || (line.starts_with("error: ") && causes.last().is_some_and(|c| !c.is_empty())) {
            causes.push(String::new());
        }
        let excerpt =
            line.starts_with("--> ") || line.starts_with('|') || line.split_once(" |").is_some_and(is_numbered);
        let said = line.strip_prefix("error: ").unwrap_or(line);
        if excerpt || line == "Caused by:" || said.is_empty() || said.starts_with("referenced ") {
            continue;
        }
        if let Some(cause) = causes.last_mut() {
            let separator = if cause.is_empty() { "" } else { " " };
            *cause = format!("{cause}{separator}{said}");
        }
    }
    causes.retain(|cause| !cause.is_empty());
    causes
}

fn is_numbered((number, _): (&str, &str)) -> bool {
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Says where, and leaves what to the next cause.
fn leads_on(cause: &str) -> bool {
    let leading = [
        "failed to load manifest for workspace member",
        "failed to load manifest for dependency",
        "failed to parse manifest at",
    ];
    leading.iter().any(|prefix| cause.starts_with(prefix))
}

/// The manifest that the innermost cause with a path names.
fn named_manifest(stderr: &str) -> Option<PathBuf> {
    let named = |line: &str| {
        let quoted = |prefix: &str| Some(line.trim().strip_prefix(prefix)?.split_once('`')?.0.to_owned());
        let manifest =
            ["failed to parse manifest at `", "failed to read `", "manifest path `"].into_iter().find_map(quoted);
        let member = || quoted("error: failed to load manifest for workspace member `");
        manifest.map(PathBuf::from).or_else(|| member().map(|member| Path::new(&member).join("Cargo.toml")))
    };
    stderr.lines().filter_map(named).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stderr: &str, expected: &str) {
        let LoadError::Manifest { path, line, column, message, .. } =
            explain(stderr, Path::new("/w/Cargo.toml"), Path::new("/"))
        else {
            panic!("a manifest is at fault");
        };
        assert_eq!(format!("{}: {message}", place(&path, line, column)), expected);
    }

    #[test]
    fn a_syntax_error_has_file_line_and_column() {
        check(
            "error: unclosed table, expected `]`\n --> w/bad/Cargo.toml:1:9\n  |\n1 | [package\n  |         ^\n\
             error: failed to load manifest for workspace member `/w/bad`\nreferenced by workspace at `/w/Cargo.toml`\n",
            "/w/bad/Cargo.toml:1:9: unclosed table, expected `]`",
        );
    }

    #[test]
    fn the_innermost_manifest_and_the_causes_behind_it_are_named() {
        check(
            "error: failed to load manifest for workspace member `/w/inh`\nreferenced by workspace at `/w/Cargo.toml`\n\n\
             Caused by:\n  failed to parse manifest at `/w/inh/Cargo.toml`\n\nCaused by:\n  error inheriting `version`\n\n\
             Caused by:\n  `workspace.package.version` was not defined\n",
            "/w/inh/Cargo.toml: error inheriting `version`: `workspace.package.version` was not defined",
        );
        check(
            "error: failed to load manifest for workspace member `/w/gone`\nreferenced via `*` by workspace at `/w/Cargo.toml`\n\n\
             Caused by:\n  failed to read `/w/gone/Cargo.toml`\n\nCaused by:\n  No such file or directory (os error 2)\n",
            "/w/gone/Cargo.toml: failed to read `/w/gone/Cargo.toml`: No such file or directory (os error 2)",
        );
    }

    #[test]
    fn what_names_no_manifest_is_about_the_opened_one() {
        check("error: two packages named `a`\n- /w/x\n", "/w/Cargo.toml: two packages named `a` - /w/x");
        check("", "/w/Cargo.toml: ");
    }

    #[test]
    fn candidates_are_listed() {
        let error = |candidates: &[&str]| LoadError::NoManifest {
            searched: PathBuf::from("/r"),
            candidates: candidates.iter().map(PathBuf::from).collect(),
        };
        let message = error(&["/r/a/Cargo.toml", "/r/b/Cargo.toml"]).to_string();
        assert!(message.ends_with("open one of these instead: `/r/a/Cargo.toml`, `/r/b/Cargo.toml`"), "{message}");
        assert!(error(&[]).to_string().ends_with("name the folder of a Cargo workspace"));
    }
}
