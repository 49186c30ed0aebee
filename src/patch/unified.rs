//! A patch as `git apply` takes it.
//!
//! In: files before and after.  Out: one text, file by file.  Not here: what is changed.

use std::fmt::Write as _;

use similar::TextDiff;

use super::FileChange;

/// Lines around each change.
const CONTEXT: usize = 3;

/// Paths are told from the workspace's folder.
pub fn unified(files: &[FileChange]) -> String {
    let mut text = String::new();
    for FileChange { before, after, old, new } in files {
        let (a, b) = (quoted("a/", before), quoted("b/", after));
        let _ = writeln!(text, "diff --git {a} {b}");
        let diff = TextDiff::from_lines(&**old, &**new);
        if before != after {
            let similarity = if old == new { 100 } else { ((diff.ratio() * 100.0) as u32).min(99) };
            let _ = writeln!(text, "similarity index {similarity}%");
            let _ = writeln!(text, "rename from {}\nrename to {}", quoted("", before), quoted("", after));
        }
        if old != new {
            let _ = writeln!(text, "--- {a}\n+++ {b}");
            let _ = write!(text, "{}", diff.unified_diff().context_radius(CONTEXT));
        }
    }
    text
}

/// A path as git writes it: in quotes if there is anything unusual in it.
fn quoted(side: &str, path: &str) -> String {
    let is_usual = |byte: u8| (b' '..0x7f).contains(&byte) && byte != b'"' && byte != b'\\';
    let path = format!("{side}{path}");
    if path.bytes().all(is_usual) {
        return path;
    }
    let mut quoted = String::from("\"");
    for byte in path.bytes() {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', byte as char]),
            _ if is_usual(byte) => quoted.push(byte as char),
            _ => {
                let _ = write!(quoted, "\\{byte:03o}");
            }
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_file_is_a_rename_with_its_changes() {
        let change = |before: &str, after: &str, old: &str, new: &str| FileChange {
            before: before.into(),
            after: after.into(),
            old: old.into(),
            new: new.into(),
        };
        let text = unified(&[
            change("src/a.rs", "src/b/a.rs", "use super::X;\nfn f() {}\n", "use crate::X;\nfn f() {}\n"),
            change("src/é.rs", "src/c.rs", "", ""),
        ]);
        insta::assert_snapshot!(text, @r#"
        diff --git a/src/a.rs b/src/b/a.rs
        similarity index 50%
        rename from src/a.rs
        rename to src/b/a.rs
        --- a/src/a.rs
        +++ b/src/b/a.rs
        @@ -1,2 +1,2 @@
        -use super::X;
        +use crate::X;
         fn f() {}
        diff --git "a/src/\303\251.rs" b/src/c.rs
        similarity index 100%
        rename from "src/\303\251.rs"
        rename to src/c.rs
        "#);
    }
}
