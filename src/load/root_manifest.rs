//! What `cargo metadata` does not tell of the root manifest.
//!
//! In: the text of a `Cargo.toml`.  Out: the resolver it names and the packages it patches in.  Not here: everything
//! that Cargo tells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::workspace::Resolver;

#[derive(Debug, Default)]
pub(super) struct RootManifest {
    /// `None` leaves it to the root package's edition.
    pub(super) resolver: Option<Resolver>,
    /// Package name → folder, from `[patch.*]` entries with a path (RESOLUTION.md P19).
    pub(super) patches: BTreeMap<String, PathBuf>,
}

impl RootManifest {
    /// Cargo has judged the manifest before: what cannot be read here counts as absent.
    pub(super) fn parse(text: &str, folder: &Path) -> Self {
        let Ok(manifest) = text.parse::<Table>() else { return Self::default() };
        let table = |name: &str| manifest.get(name).and_then(Value::as_table);
        let named = ["workspace", "package"].into_iter().find_map(|name| table(name)?.get("resolver")?.as_str());
        let resolver = named.map(|version| if version == "1" { Resolver::One } else { Resolver::Two });
        let mut patches = BTreeMap::new();
        let registries = table("patch").into_iter().flat_map(Table::values).filter_map(Value::as_table);
        for (name, entry) in registries.flatten() {
            if let Some(path) = entry.get("path").and_then(Value::as_str) {
                let package = entry.get("package").and_then(Value::as_str).unwrap_or(name);
                patches.insert(package.to_owned(), folder.join(path));
            }
        }
        Self { resolver, patches }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_resolver_is_the_workspaces_or_the_packages() {
        let resolver = |text: &str| RootManifest::parse(text, Path::new("/w")).resolver;
        assert_eq!(resolver("[workspace]\nresolver = \"1\""), Some(Resolver::One));
        assert_eq!(resolver("[package]\nresolver = \"2\""), Some(Resolver::Two));
        assert_eq!(resolver("[workspace]\nresolver = \"3\""), Some(Resolver::Two));
        assert_eq!(resolver("[workspace]"), None);
        assert_eq!(resolver("[[["), None);
    }

    #[test]
    fn patches_with_a_path_are_known_by_the_packages_name() {
        let text = "[patch.crates-io]\na = { path = \"vendor/a\" }\nb2 = { path = \"b\", package = \"b\" }\nc = { git = \"x\" }";
        let patches = RootManifest::parse(text, Path::new("/w")).patches;
        let expected = [("a", "/w/vendor/a"), ("b", "/w/b")].map(|(name, path)| (name.to_owned(), PathBuf::from(path)));
        assert_eq!(patches, BTreeMap::from(expected));
    }
}
