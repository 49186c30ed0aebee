//! What build scripts left in their `OUT_DIR`, from builds that somebody made before.
//!
//! In: the folder of build output, packages with a build script.  Out: their generated `.rs` files, under paths that are
//! the same on every machine.  Not here: running a build script, and which of the files code includes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::files;
use crate::source::{self, Note, SourceFile};

/// Where Cargo puts the output of its two usual profiles.
const PROFILES: [&str; 2] = ["debug", "release"];

/// Generated sources lie at the top, or a few folders below it.
const MAX_DEPTH: usize = 4;

/// Per output folder: what has more files is a foreign source tree that was unpacked there.
const MAX_FILES: usize = 2000;

/// Of several builds of a package, the newest version of each file; sorted by path.
///
/// `packages` are names.  What cannot be listed is seen as absent: code that includes it is noted.
pub fn out_dirs(target_folder: &Path, packages: &[&str]) -> Vec<Result<SourceFile, Note>> {
    let mut newest: BTreeMap<String, (SystemTime, PathBuf)> = BTreeMap::new();
    for build in PROFILES.map(|profile| target_folder.join(profile).join("build")) {
        for folder in entries(&build) {
            let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let Some(package) = packages.iter().find(|package| is_build_of(name, package)) else { continue };
            let out = folder.join("out");
            for file in sources_below(&out) {
                let Some(below) = file.strip_prefix(&out).ok().and_then(Path::to_str) else { continue };
                let path = source::in_out_dir(package, &source::normalize(below));
                let modified = std::fs::metadata(&file).and_then(|it| it.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
                let found = (modified, file);
                let known = newest.entry(path).or_insert_with(|| found.clone());
                if *known < found {
                    *known = found;
                }
            }
        }
    }
    newest.into_iter().map(|(path, (_, file))| files::read_as(&file, path)).collect()
}

/// `NAME-HASH`; the hash tells `a-b` from a build of `a`.
fn is_build_of(folder: &str, package: &str) -> bool {
    let hash = folder.strip_prefix(package).and_then(|rest| rest.strip_prefix('-'));
    hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.standard_filters(false).max_depth(Some(MAX_DEPTH));
    let paths = walk.build().filter_map(Result::ok).map(ignore::DirEntry::into_path);
    let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs") && path.is_file();
    paths.filter(is_source).take(MAX_FILES).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries.filter_map(Result::ok).map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn write(root: &Path, path: &str, text: &str, age_in_secs: u64) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 - age_in_secs)).unwrap();
    }

    #[test]
    fn of_several_builds_the_newest_version_of_each_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        write(root, "debug/build/k-0123456789abcdef/out/x.rs", "old", 9);
        write(root, "release/build/k-fedcba9876543210/out/x.rs", "new", 1);
        write(root, "debug/build/k-0123456789abcdef/out/deep/y.rs", "only one", 9);
        write(root, "debug/build/k-0123456789abcdef/out/z.txt", "no source", 1);
        write(root, "debug/build/k-x-0123456789abcdef/out/x.rs", "of k-x", 0);
        write(root, "debug/build/other-0123456789abcdef/out/x.rs", "not asked for", 0);
        let read: Vec<(String, String)> = out_dirs(root, &["k", "gone"])
            .into_iter()
            .map(Result::unwrap)
            .map(|file| (file.path.clone(), file.text.to_string()))
            .collect();
        let expected = [("OUT_DIR/k/deep/y.rs", "only one"), ("OUT_DIR/k/x.rs", "new")];
        assert_eq!(read, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn without_build_output_there_is_nothing() {
        assert!(out_dirs(Path::new("/no/such/place"), &["k"]).is_empty());
    }
}
