//! Files that sources name and no package holds (RESOLUTION.md F21).
//!
//! In: sources.  Out: paths that are worth looking at.  Not here: whether anything is there.

use std::collections::BTreeSet;

use crate::source::{self, SourceFile, SourceTree};

/// Files that `#[path = "../x.rs"]` or `include!("../x.rs")` name and no package folder holds (RESOLUTION.md F21).
pub(super) fn named(sources: &SourceTree) -> Vec<String> {
    let named: BTreeSet<String> = sources.ids().flat_map(|id| named_in(sources.file(id))).collect();
    named.into_iter().filter(|path| sources.find(path).is_none()).collect()
}

/// Files that a text names by a path that leads out of its folder.
pub(super) fn named_in(file: &SourceFile) -> Vec<String> {
    let mut named = Vec::new();
    for opening in ["path = \"", "path=\"", "include!(\""] {
        for rest in file.text.split(opening).skip(1) {
            let literal = rest.split('"').next().unwrap_or_default();
            if literal.contains("..") && literal.ends_with(".rs") && !literal.contains(['\n', '{', '\\']) {
                named.push(source::join(source::folder_of(&file.path), literal));
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_named_and_not_there_are_asked_for() {
        let text =
            "#[path = \"../../shared/x.rs\"]\nmod x;\n#[path = \"../b.rs\"]\nmod b;\ninclude!(\"../../gen.rs\");\n";
        let file = |path: &str, text: &str| SourceFile::new(path.into(), text.into());
        let sources = SourceTree::new(vec![file("k/src/lib.rs", text), file("k/b.rs", "")]);
        assert_eq!(named(&sources), ["gen.rs", "shared/x.rs"]);
    }
}
