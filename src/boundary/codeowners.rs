//! CODEOWNERS: whom a file belongs to.
//!
//! In: the text of the file, and where the workspace lies in its repository.  Out: [`Codeowners`], and through it the
//! owners of boundaries.  Not here: finding the file, and what follows where riprap.toml says otherwise (`rules`).
//!
//! A line is a pattern of .gitignore and owners; the last line that matches wins; a line without owners gives its files
//! to nobody.  `docs/*` means the files in that folder alone.  A heading `[Part] @owner` of GitLab gives its owners to
//! the lines below that name none.  (GitHub, "About code owners"; GitLab, "Syntax of CODEOWNERS file".)

use std::collections::BTreeMap;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Boundaries, Code, FileOwners, Origin};
use crate::model::{Model, NodeKind};
use crate::source::{FileId, LineColumn, Note, SourceTree};

/// The word of riprap.toml for "as CODEOWNERS says".
pub(super) const FROM_CODEOWNERS: &str = "codeowners";

/// What a CODEOWNERS file says.
#[derive(Clone, Debug, Default)]
pub struct Codeowners {
    /// The folder of the workspace as seen from the repository; empty or with `/` at the end.
    prefix: String,
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    pattern: Gitignore,
    /// It means files in one folder, and none below.
    shallow: bool,
    owners: Vec<String>,
}

impl Codeowners {
    /// Reads the text of the file at `path`; lines that cannot be read are noted and left out.
    pub fn read(path: &str, prefix: &str, text: &str) -> (Self, Vec<Note>) {
        let prefix = if prefix.is_empty() { String::new() } else { format!("{}/", prefix.trim_end_matches('/')) };
        let mut codeowners = Self { prefix, lines: Vec::new() };
        let mut notes = Vec::new();
        let mut of_part: Vec<String> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(heading) = heading(line) {
                of_part = heading.split_whitespace().map(str::to_owned).collect();
                continue;
            }
            let (pattern, owners) = split(line);
            let owners: Vec<String> = owners.split_whitespace().map(str::to_owned).collect();
            let mut builder = GitignoreBuilder::new("");
            match builder.add_line(None, pattern).and_then(|builder| builder.build()) {
                Ok(matcher) => codeowners.lines.push(Line {
                    pattern: matcher,
                    shallow: pattern.ends_with("/*"),
                    owners: if owners.is_empty() { of_part.clone() } else { owners },
                }),
                Err(error) => notes.push(Note {
                    kind: "codeowners",
                    path: path.to_owned(),
                    at: Some(LineColumn { line: number as u32 + 1, column: 1 }),
                    detail: format!("`{pattern}` is no pattern: {error}"),
                }),
            }
        }
        (codeowners, notes)
    }

    /// The owners of a file of the workspace; none where no line gives it to anybody.
    pub fn owners(&self, path: &str) -> &[String] {
        let path = format!("{}{path}", self.prefix);
        let matches = |line: &&Line| match line.shallow {
            true => line.pattern.matched(&path, false).is_ignore(),
            false => line.pattern.matched_path_or_any_parents(&path, false).is_ignore(),
        };
        // A file above the workspace is none that a pattern can name.
        let known = !path.starts_with('/') && !path.split('/').any(|part| part == "..");
        self.lines.iter().rev().filter(|_| known).find(matches).map_or(&[], |line| &line.owners)
    }

    /// The owners of all files.
    pub fn of_files(&self, sources: &SourceTree) -> FileOwners {
        FileOwners::new(sources.ids().map(|file| self.owners(&sources.file(file).path).to_vec()).collect())
    }
}

/// `[Part]`, `^[Part][2]` and the like: what follows the brackets.
fn heading(line: &str) -> Option<&str> {
    let line = line.strip_prefix('^').unwrap_or(line);
    let mut rest = line.strip_prefix('[').and_then(|rest| rest.split_once(']'))?.1;
    if let Some(count) = rest.strip_prefix('[').and_then(|count| count.split_once(']')) {
        rest = count.1;
    }
    Some(rest)
}

/// Pattern and owners; a space in the pattern has a backslash before it.
fn split(line: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() && !escaped {
            return (&line[..at], &line[at..]);
        }
        escaped = c == '\\' && !escaped;
    }
    (line, "")
}

impl Boundaries {
    /// Takes over what CODEOWNERS says: of every file, and of each boundary whose `owner` is `codeowners`.
    pub(super) fn own(&mut self, code: Code<'_>) {
        self.file_owners = code.owners.cloned();
        for id in self.ids() {
            if self.declaration(id).owner.as_deref() == Some(FROM_CODEOWNERS) {
                let owner = self.main_owners(code.model, id);
                let declaration = &mut self.declarations[id.0 as usize];
                declaration.owner = owner;
                declaration.origins.entry("owner").and_modify(|said| said.value = Origin::Codeowners);
            }
        }
    }

    /// Whom a file belongs to; `None` without CODEOWNERS.
    pub fn owners_of_file(&self, file: FileId) -> Option<&[String]> {
        self.file_owners.as_ref().map(|owners| owners.of(file))
    }

    /// Whom each file belongs to; `None` without CODEOWNERS.
    pub fn file_owners(&self) -> Option<&Arc<FileOwners>> {
        self.file_owners.as_ref()
    }

    /// The files that hold a boundary's own modules, tests aside, with the lines of it in each.
    pub fn files(&self, model: &Model, id: super::BoundaryId) -> BTreeMap<FileId, u64> {
        let mut files: BTreeMap<FileId, u64> = BTreeMap::new();
        for module in model.module_ids().filter(|module| self.of(*module) == Some(id)) {
            let node = model.node(module);
            let is_offered = !node.test && !matches!(node.kind, NodeKind::Target(kind) if kind.is_test());
            if let Some(file) = node.file.filter(|_| is_offered) {
                *files.entry(file).or_default() += u64::from(node.lines);
            }
        }
        files
    }

    /// The owners of most of its lines.
    fn main_owners(&self, model: &Model, id: super::BoundaryId) -> Option<String> {
        let mut lines: BTreeMap<String, u64> = BTreeMap::new();
        for (file, count) in self.files(model, id) {
            let owners = self.owners_of_file(file)?;
            if !owners.is_empty() {
                *lines.entry(owners.join(" ")).or_default() += count;
            }
        }
        lines.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).map(|(owners, _)| owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, prefix: &str, expected: &[(&str, &str)]) {
        let (codeowners, notes) = Codeowners::read("CODEOWNERS", prefix, text);
        assert!(notes.is_empty(), "{notes:?}");
        for (path, owners) in expected {
            assert_eq!(codeowners.owners(path).join(" "), *owners, "{path}");
        }
    }

    #[test]
    fn the_last_line_that_matches_wins() {
        let text = "* @all\n/crates/orders/ @orders @sales\n*.sql @data\n/crates/orders/legacy/ \n# @nobody\n";
        check(
            text,
            "",
            &[
                ("src/lib.rs", "@all"),
                ("crates/orders/src/deep/lib.rs", "@orders @sales"),
                ("crates/orders/x.sql", "@data"),
                ("crates/orders/legacy/src/lib.rs", ""),
                ("app/crates/orders/lib.rs", "@all"),
            ],
        );
    }

    #[test]
    fn a_star_at_the_end_means_the_folder_alone() {
        check(
            "docs/* @docs\napps/ @apps",
            "",
            &[("docs/a.md", "@docs"), ("docs/x/a.md", ""), ("x/apps/y/z.rs", "@apps")],
        );
    }

    #[test]
    fn a_workspace_in_a_folder_is_seen_from_the_repository() {
        check("/backend/core/ @core\n/core/ @other", "backend", &[("core/src/lib.rs", "@core"), ("../core/x.rs", "")]);
    }

    #[test]
    fn headings_spaces_and_comments_are_understood() {
        check(
            "[Docs][2] @docs\n/a\\ b/ @x # why\n/guide/\n^[Code]\n/src/\n",
            "",
            &[("a b/c.rs", "@x"), ("guide/x.md", "@docs"), ("src/lib.rs", "")],
        );
    }

    #[test]
    fn without_a_line_a_file_belongs_to_nobody() {
        check("", "", &[("src/lib.rs", "")]);
        let (_, notes) = Codeowners::read("CODEOWNERS", "", "a[z-a @x\n");
        assert_eq!(notes.iter().map(|note| note.at.map(|at| at.line)).collect::<Vec<_>>(), [Some(1)]);
    }
}
