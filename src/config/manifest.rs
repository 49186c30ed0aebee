//! `[package.metadata.riprap]`: what a package says of the boundary that it is in.
//!
//! In: the text of a manifest.  Out: [`OfPackage`], or what is wrong with it.  Not here: everything else in a manifest, which
//! Cargo reads.

use toml::de::{DeTable, DeValue};

use super::boundary_table;
use super::table::{Reader, Value};
use crate::boundary::{OfPackage, Placed, Problem};
use crate::source::SourceFile;

/// What a manifest is called.
pub(super) const NAME: &str = "Cargo.toml";

/// Cargo leaves this key to us.
const KEY: &str = "riprap";

/// Whether a manifest may say anything.
pub fn may_speak(text: &str) -> bool {
    text.contains(KEY) && text.contains("metadata")
}

/// `None` for a manifest that says nothing, and for one that is no TOML: Cargo tells of that.
pub(super) fn read(file: &SourceFile, start: u32, problems: &mut Vec<Problem>) -> Option<OfPackage> {
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    if !errors.is_empty() {
        return None;
    }
    let mut reader = Reader { start, ..Reader::default() };
    let said = of_package(&mut reader, file, document.get_ref());
    problems.append(&mut reader.problems);
    said
}

fn of_package(reader: &mut Reader, file: &SourceFile, document: &DeTable<'_>) -> Option<OfPackage> {
    let (_, package) = entry(reader, document, "package")?;
    let (_, name) = entry(reader, table(&package)?, "name")?;
    let DeValue::String(name) = name.toml else { return None };
    let (_, metadata) = entry(reader, table(&package)?, "metadata")?;
    let (key, value) = entry(reader, table(&metadata)?, KEY)?;
    let table = reader.table(KEY, &value)?;
    let (boundary, declaration) = boundary_table::of_package(reader, &file.path, key, table);
    Some(OfPackage { package: name.to_string(), manifest: file.path.clone(), boundary, declaration })
}

fn table<'a>(value: &Value<'a>) -> Option<&'a DeTable<'a>> {
    match value.toml {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn entry<'a>(reader: &Reader, table: &'a DeTable<'a>, key: &str) -> Option<(Placed<String>, Value<'a>)> {
    reader.entries(table).into_iter().find(|(name, _)| name.value == key)
}

#[cfg(test)]
mod tests {
    use crate::boundary::Origin;
    use crate::config::read_all;
    use crate::source::{ConfigFiles, SourceFile};

    fn files(riprap_toml: &str, manifest: &str) -> ConfigFiles {
        let file = |path: &str, text: &str| SourceFile::new(path.to_owned(), text.into());
        ConfigFiles::new([file("riprap.toml", riprap_toml), file("orders/Cargo.toml", manifest)])
    }

    #[test]
    fn the_keys_of_a_boundary_are_read() {
        let manifest = "[package]\nname = \"orders-db\"\n[package.metadata.riprap]\nboundary = \"orders\"\n\
                        may_use = [\"billing\"]\nowner = \"@sales\"\n";
        let files = files("version = 1\n", manifest);
        let config = read_all(&files).unwrap();
        let said = &config.intent.of_packages[0];
        assert_eq!((said.package.as_str(), said.manifest.as_str()), ("orders-db", "orders/Cargo.toml"));
        assert_eq!(said.boundary.as_ref().map(|name| name.value.as_str()), Some("orders"));
        assert_eq!(said.declaration.owner.as_deref(), Some("@sales"));
        assert_eq!(said.declaration.origin("owner"), Some(&Origin::Manifest("orders/Cargo.toml".to_owned())));
        let may_use = said.declaration.may_use.as_ref().unwrap()[0].span;
        let (file, at) = files.line_column(may_use).unwrap();
        assert_eq!((file.path.as_str(), at.line, at.column), ("orders/Cargo.toml", 5, 12));
        assert!(config.levels.is_configured());
    }

    #[test]
    fn a_mistake_has_its_place_in_its_file() {
        let manifest = "[package]\nname = \"orders\"\nmetadata.riprap = { mayuse = [], boundary = \"a/b\" }\n";
        let files = files("verson = 1\n", manifest);
        let told: Vec<String> = read_all(&files)
            .unwrap_err()
            .iter()
            .map(|problem| {
                let (file, at) = files.line_column(problem.span).unwrap();
                format!("{}:{}:{} {}", file.path, at.line, at.column, problem.message)
            })
            .collect();
        assert_eq!(
            told,
            [
                "riprap.toml:1:1 `verson` is no key of riprap.toml",
                "orders/Cargo.toml:3:21 `mayuse` is no key of `[package.metadata.riprap]`",
                "orders/Cargo.toml:3:45 `a/b` cannot name a boundary: `/`, `*`, `:`, `@` and quotes mean something else",
            ]
        );
    }

    #[test]
    fn without_a_riprap_toml_nothing_is_denied() {
        let manifest = "[package]\nname = \"orders\"\n[package.metadata.riprap]\nmay_use = []\n";
        let file = SourceFile::new("orders/Cargo.toml".to_owned(), manifest.into());
        let config = read_all(&ConfigFiles::new([file])).unwrap();
        assert_eq!(config.intent.of_packages.len(), 1);
        assert!(!config.levels.is_configured());
    }

    #[test]
    fn what_belongs_to_others_is_left_alone() {
        for manifest in
            ["", "[package]\nname = \"a\"\nmetadata = 3\n", "[workspace]\n[package]\nmetadata.x = 1\n", "[["]
        {
            assert_eq!(read_all(&files("", manifest)).unwrap().intent.of_packages, []);
        }
    }
}
