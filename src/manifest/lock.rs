//! Cargo.lock: which version of each package a build takes, and from where.
//!
//! In: its text, of any version of the format.  Out: [`Locked`] packages, which know each other by index.  Not here: where
//! their sources lie on a machine.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A package that a build takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    pub name: String,
    pub version: String,
    pub origin: Origin,
    /// Indices into the list that this is in.
    pub dependencies: Vec<usize>,
}

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder, most often of the workspace itself.
    Path,
    Registry,
    /// A commit of a git repository: its identity.
    Git(String),
}

impl Origin {
    fn of(source: Option<&str>) -> Self {
        let Some(source) = source else { return Self::Path };
        match source.strip_prefix("git+").and_then(|git| git.rsplit_once('#')) {
            Some((_, commit)) => Self::Git(commit.to_owned()),
            None => Self::Registry,
        }
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    package: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    version: String,
    source: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// Reads a Cargo.lock.
///
/// # Errors
/// A text that is none, in one sentence.
pub fn locked(text: &str) -> Result<Vec<Locked>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, entry) in file.package.iter().enumerate() {
        by_name.entry(&entry.name).or_default().push(index);
    }
    // `name`, `name version` or `name version (source)`: no more than tells it from others.
    let find = |written: &String| {
        let mut words = written.split(' ');
        let (name, version) = (words.next()?, words.next());
        let source = words.next().map(|source| source.trim_matches(['(', ')']));
        let fits = |index: &&usize| {
            let entry = &file.package[**index];
            version.is_none_or(|version| entry.version == version)
                && source.is_none_or(|source| entry.source.as_deref().is_some_and(|it| it.starts_with(source)))
        };
        by_name.get(name)?.iter().find(fits).copied()
    };
    let package = |entry: &Entry| Locked {
        name: entry.name.clone(),
        version: entry.version.clone(),
        origin: Origin::of(entry.source.as_deref()),
        dependencies: entry.dependencies.iter().filter_map(find).collect(),
    };
    Ok(file.package.iter().map(package).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
version = 4

[[package]]
name = "app"
version = "0.1.0"
dependencies = ["rand 0.8.5", "other", "rand 0.7.3 (registry+https://example.org/index)", "gone"]

[[package]]
name = "other"
version = "1.0.0"
source = "git+https://example.org/other?rev=abc#abcdef0123"

[[package]]
name = "rand"
version = "0.7.3"
source = "registry+https://example.org/index"

[[package]]
name = "rand"
version = "0.8.5"
source = "registry+https://example.org/index"
"#;

    #[test]
    fn packages_know_each_other_by_name_and_version() {
        let packages = locked(TEXT).unwrap();
        assert_eq!(packages[0].dependencies, [3, 1, 2]);
        let origins: Vec<&Origin> = packages.iter().map(|package| &package.origin).collect();
        let git = Origin::Git("abcdef0123".to_owned());
        assert_eq!(origins, [&Origin::Path, &git, &Origin::Registry, &Origin::Registry]);
    }

    #[test]
    fn what_is_no_lock_file_is_refused() {
        assert!(locked("[[package]]\nname = 1").is_err());
        assert_eq!(locked("").unwrap(), []);
    }
}
