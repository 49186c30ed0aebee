//! Files as text, and the places in them.
//!
//! In: paths and text, from `load` (a checkout) or `git` (a commit).  Out: `SourceTree`, the one shape every later
//! stage reads, and `Note`, what could not be seen.  Not here: reading anything from anywhere.

mod config_files;
mod date;
mod listing;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use config_files::ConfigFiles;
pub use date::Date;
pub use listing::{Child, ContentId, Entry, Listing};

/// Larger files are generated data rather than code that somebody could restructure.
pub const MAX_BYTES: usize = 8 << 20;

/// A file of a [`SourceTree`]; meaningful only together with that tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file, or in [`ConfigFiles`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}

/// A place that a person can go to: line and column count from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// One file: its path relative to the workspace root, with `/` (it may start with `../`), and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    pub path: String,
    pub text: Arc<str>,
    line_starts: Arc<[u32]>,
}

impl SourceFile {
    pub fn new(path: String, text: Arc<str>) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1));
        Self { path, text, line_starts: line_starts.into() }
    }

    /// A file as its bytes are stored, without a byte order mark.
    ///
    /// # Errors
    /// A note on a file that is too large to be code, or no UTF-8.
    pub fn from_bytes(path: String, bytes: Vec<u8>) -> Result<Self, Note> {
        let note = |kind, detail: String, path: &str| Note { kind, path: path.to_owned(), at: None, detail };
        if bytes.len() > MAX_BYTES {
            let detail = format!("the file is larger than {} MiB and is left out", MAX_BYTES >> 20);
            return Err(note("too-large", detail, &path));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(path, Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text)))),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                Err(note("not-utf8", format!("the file is left out: it is not UTF-8 from byte {at} on"), &path))
            }
        }
    }

    /// The same text elsewhere.
    #[must_use]
    pub fn at(self, path: String) -> Self {
        Self { path, ..self }
    }

    /// How many lines a person would count: a final line break starts no line.
    pub fn line_count(&self) -> u32 {
        let ended = self.text.is_empty() || self.text.ends_with('\n');
        self.line_starts.len() as u32 - u32::from(ended)
    }

    /// The line of a byte offset, from one; an offset past the end is on the last line.
    pub fn line_at(&self, offset: u32) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }

    /// The byte offset of a line (from one).
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts.get((line as usize).checked_sub(1)?).copied()
    }

    pub fn line_column(&self, offset: u32) -> LineColumn {
        let line = self.line_at(offset);
        let start = self.line_starts[line as usize - 1] as usize;
        let end = (offset as usize).clamp(start, self.text.len());
        let before = self.text.get(start..end).unwrap_or_default();
        LineColumn { line, column: before.chars().count() as u32 + 1 }
    }

    /// The text of a line (from one) without its line break; empty for a line that does not exist.
    pub fn line_text(&self, line: u32) -> &str {
        let Some(start) = line.checked_sub(1).and_then(|index| self.line_starts.get(index as usize)) else {
            return "";
        };
        let end = self.line_starts.get(line as usize).map_or(self.text.len(), |next| *next as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r'])
    }
}

/// All files that one analysis may look at, sorted by path.
#[derive(Clone, Debug, Default)]
pub struct SourceTree {
    files: Vec<SourceFile>,
    by_path: Arc<FxHashMap<String, FileId>>,
}

impl SourceTree {
    /// Files with the same path after [`normalize`] are one file: the first is kept.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        for file in &mut files {
            file.path = normalize(&file.path);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let by_path = files.iter().enumerate().map(|(id, file)| (file.path.clone(), FileId(id as u32))).collect();
        Self { files, by_path: Arc::new(by_path) }
    }

    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The same files, some of them with other texts.
    #[must_use]
    pub fn with_texts(&self, texts: impl IntoIterator<Item = (FileId, Arc<str>)>) -> Self {
        let mut tree = self.clone();
        for (id, text) in texts {
            let file = &mut tree.files[id.0 as usize];
            *file = SourceFile::new(std::mem::take(&mut file.path), text);
        }
        tree
    }

    /// Whether both have files at the same paths.
    pub fn has_paths_of(&self, other: &Self) -> bool {
        let is_same = |(a, b): (&SourceFile, &SourceFile)| a.path == b.path;
        Arc::ptr_eq(&self.by_path, &other.by_path)
            || (self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(is_same))
    }

    /// The file at a path relative to the workspace root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let known = self.by_path.get(path);
        known.or_else(|| if is_normal(path) { None } else { self.by_path.get(&normalize(path)) }).copied()
    }

    pub fn ids(&self) -> impl ExactSizeIterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// What riprap could not see, and where: always counted and shown, never an error.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Kebab-case, one word per kind of blind spot, for example `not-utf8`.
    pub kind: &'static str,
    pub path: String,
    /// `None` where the whole file is meant.
    pub at: Option<LineColumn>,
    /// One sentence for a person: what is missing because of it.
    pub detail: String,
}

/// `\` to `/`, no `.`, and `..` folded where a name stands before it (RESOLUTION.md F20, F21).
pub fn normalize(path: &str) -> String {
    if is_normal(path) {
        return path.to_owned();
    }
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let absolute = if path.starts_with('/') { "/" } else { "" };
    format!("{absolute}{}", parts.join("/"))
}

/// Whether a path has nothing to normalize: most have not.
fn is_normal(path: &str) -> bool {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.is_empty() || path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\\')
}

/// The path that a file in a package's `OUT_DIR` has here: where it lies differs from machine to machine.
pub fn in_out_dir(package: &str, file: &str) -> String {
    join(&format!("OUT_DIR/{package}"), file)
}

/// FNV-1a with 64 bits (draft-eastlake-fnv, section 2) over the parts, a zero byte after each, as 16 hexadecimal digits.
/// Baselines and documents keep these values: the function may never change.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// The folder that holds a file: everything before the last `/`, empty for a file at the root.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path as seen from a folder: both are told from the same place.
pub fn seen_from(folder: &str, path: &str) -> String {
    let parts = |path: &'_ str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    if path.starts_with('/') {
        return path.to_owned();
    }
    let (folder, path) = (parts(folder), parts(path));
    let shared = folder.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(path[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// `folder/name`, normalized.
pub fn join(folder: &str, name: &str) -> String {
    if name.starts_with('/') || folder.is_empty() { normalize(name) } else { normalize(&format!("{folder}/{name}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_character_columns() {
        let file = SourceFile::new("a.rs".into(), "é = 1;\r\nfn f() {}\n".into());
        assert_eq!(file.line_column(0), LineColumn { line: 1, column: 1 });
        assert_eq!(file.line_column(3), LineColumn { line: 1, column: 3 });
        assert_eq!(file.line_column(9), LineColumn { line: 2, column: 1 });
        assert_eq!(file.line_text(1), "é = 1;");
        assert_eq!(file.line_text(3), "");
        assert_eq!(file.line_count(), 2);
    }

    #[test]
    fn paths_are_compared_after_normalization() {
        assert_eq!(normalize(r"src\.\sub\..\x.rs"), "src/x.rs");
        assert_eq!(normalize("../../shared/x.rs"), "../../shared/x.rs");
        assert_eq!(join("src/a", "../b.rs"), "src/b.rs");
        assert_eq!(seen_from("a/b", "a/b/src/lib.rs"), "src/lib.rs");
        assert_eq!(seen_from("a/b", "a/c.rs"), "../c.rs");
        assert_eq!(
            (seen_from("", "a"), seen_from("a", "a"), seen_from("a", "../b")),
            ("a".into(), "".into(), "../../b".into())
        );
        let tree = SourceTree::new(vec![SourceFile::new("./src/lib.rs".into(), "".into())]);
        assert_eq!(tree.find("src/./lib.rs"), Some(FileId(0)));
    }
}
