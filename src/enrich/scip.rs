//! A SCIP index: where another tool found functions to be defined and used (RESOLUTION.md, "SCIP").
//!
//! In: its bytes, protobuf messages.  Out: [`Index`].  Functions alone are kept: what paths name is known better here.
//! A symbol names the package and not the target, so it is no identity: places are.  Not here: reading the file, and
//! whether the places are still those of the sources.

use std::collections::BTreeMap;

use prost::Message;

/// The bit of an occurrence's roles that says that the symbol is defined there.
const DEFINITION: i32 = 1;

/// What an index says of functions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The file that it was read from, as documents name it.
    pub file: String,
    pub documents: Vec<Document>,
    /// The name of each function.
    pub functions: Vec<String>,
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Relative to the root of the index, which should be the workspace's.
    pub path: String,
    pub columns: Columns,
    pub places: Vec<Place>,
}

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    Bytes,
    Utf16,
    Characters,
}

/// Where a function is named: within one line; all from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: u32,
    pub start: u32,
    pub end: u32,
    /// An index into [`Index::functions`].
    pub function: u32,
    pub is_definition: bool,
}

/// Reads an index.
///
/// # Errors
/// Bytes that are no such messages.
pub fn read(file: String, bytes: &[u8]) -> Result<Index, String> {
    let message = messages::Index::decode(bytes).map_err(|error| error.to_string())?;
    let mut index = Index { file, ..Index::default() };
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for document in message.documents {
        let mut places = Vec::new();
        for occurrence in document.occurrences {
            let Some((line, start, end)) = range(&occurrence) else { continue };
            let Some(name) = function_name(&occurrence.symbol) else { continue };
            let is_definition = occurrence.symbol_roles & DEFINITION != 0;
            let name = name.to_owned();
            let function = *known.entry(occurrence.symbol).or_insert_with(|| {
                index.functions.push(name);
                index.functions.len() as u32 - 1
            });
            places.push(Place { line, start, end, function, is_definition });
        }
        let columns = match document.position_encoding {
            2 => Columns::Utf16,
            3 => Columns::Characters,
            _ => Columns::Bytes,
        };
        index.documents.push(Document { path: document.relative_path, columns, places });
    }
    Ok(index)
}

/// Line, start and end; `None` for what spans lines, as no name does.
fn range(occurrence: &messages::Occurrence) -> Option<(u32, u32, u32)> {
    let (line, start, end) = match (&occurrence.single_line_range, occurrence.range.as_slice()) {
        (Some(range), _) => (range.line, range.start_character, range.end_character),
        (None, [line, start, end]) => (*line, *start, *end),
        (None, [line, start, last, end]) if line == last => (*line, *start, *end),
        _ => return None,
    };
    Some((line.try_into().ok()?, start.try_into().ok()?, end.try_into().ok()?))
}

/// The name of a symbol whose last descriptor is a function: `.. a/Type#name().`, `.. name(+1).`.
fn function_name(symbol: &str) -> Option<&str> {
    let (path, _) = symbol.strip_suffix(").")?.rsplit_once('(')?;
    let is_plain = |character: char| character.is_alphanumeric() || matches!(character, '_' | '+' | '-' | '$');
    let name = match path.strip_suffix('`') {
        Some(quoted) => quoted.rsplit_once('`')?.1,
        None => &path[path.trim_end_matches(is_plain).len()..],
    };
    let name = name.strip_prefix("r#").unwrap_or(name);
    (!name.is_empty() && !symbol.starts_with("local ")).then_some(name)
}

/// As much of the format as is read here; the numbers are those of its definition.
mod messages {
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Index {
        #[prost(message, repeated, tag = "2")]
        pub(super) documents: Vec<Document>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Document {
        #[prost(string, tag = "1")]
        pub(super) relative_path: String,
        #[prost(message, repeated, tag = "2")]
        pub(super) occurrences: Vec<Occurrence>,
        #[prost(int32, tag = "6")]
        pub(super) position_encoding: i32,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Occurrence {
        /// Line, start and end; or first line, start, last line and end.
        #[prost(int32, repeated, tag = "1")]
        pub(super) range: Vec<i32>,
        #[prost(string, tag = "2")]
        pub(super) symbol: String,
        #[prost(int32, tag = "3")]
        pub(super) symbol_roles: i32,
        /// The same as `range` in newer indexes.
        #[prost(message, optional, tag = "8")]
        pub(super) single_line_range: Option<SingleLineRange>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct SingleLineRange {
        #[prost(int32, tag = "1")]
        pub(super) line: i32,
        #[prost(int32, tag = "2")]
        pub(super) start_character: i32,
        #[prost(int32, tag = "3")]
        pub(super) end_character: i32,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A field of bytes: its number and wire type, the length, the bytes.
    fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
        let length = bytes.len();
        [&[number << 3 | 2, (length & 127) as u8 | 128, (length >> 7) as u8], bytes].concat()
    }

    fn occurrence(range: &[u8], symbol: &str, roles: u8) -> Vec<u8> {
        [field(1, range), field(2, symbol.as_bytes()), vec![3 << 3, roles]].concat()
    }

    #[test]
    fn functions_are_kept_with_their_places() {
        let typed = [field(8, &[1 << 3, 7, 2 << 3, 8, 3 << 3, 9]), field(2, b"s c k 0 a/T#go(+1).")].concat();
        let document = [
            field(1, b"src/lib.rs"),
            field(2, &occurrence(&[1, 2, 4], "s c k 0 f().", 1)),
            field(2, &occurrence(&[3, 4, 3, 6], "s c k 0 f().", 0)),
            field(2, &typed),
            field(2, &occurrence(&[3, 4, 5, 6], "s c k 0 f().", 0)),
            field(2, &occurrence(&[3, 4, 5], "s c k 0 T#", 0)),
            field(2, &occurrence(&[3, 4, 5], "local 3", 0)),
            vec![6 << 3, 3],
        ];
        let bytes = field(2, &document.concat());
        let place = |line, start, end, function, is_definition| Place { line, start, end, function, is_definition };
        let places = vec![place(1, 2, 4, 0, true), place(3, 4, 6, 0, false), place(7, 8, 9, 1, false)];
        let expected = Index {
            file: "index.scip".into(),
            documents: vec![Document { path: "src/lib.rs".into(), columns: Columns::Characters, places }],
            functions: vec!["f".into(), "go".into()],
        };
        assert_eq!(read("index.scip".into(), &bytes), Ok(expected));
    }

    #[test]
    fn the_last_descriptor_says_whether_a_symbol_is_a_function() {
        let check = |symbol: &str, expected: Option<&str>| assert_eq!(function_name(symbol), expected, "{symbol}");
        check("rust-analyzer cargo k 0.1.0 m/impl#[User]new().", Some("new"));
        check("rust-analyzer cargo k 0.1.0 m/impl#[`Vec<u8>`][Tr]go(+2).", Some("go"));
        check("rust-analyzer cargo k 0.1.0 m/`r#type`().", Some("type"));
        check("rust-analyzer cargo k 0.1.0 m/User#", None);
        check("rust-analyzer cargo k 0.1.0 m/LIMIT.", None);
        check("rust-analyzer cargo k 0.1.0 f().(x)", None);
        check("local 3", None);
        check("().", None);
        check(").", None);
        check("`().", None);
        check("", None);
    }

    #[test]
    fn bytes_that_are_no_messages_are_refused() {
        assert!(read("x".into(), b"no index at all").is_err());
        assert_eq!(read("x".into(), b"").unwrap().documents, []);
    }

    proptest! {
        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64), symbol in "[a-z`().+#\\[\\] ]{0,12}") {
            let _ = read("x".into(), &bytes);
            let _ = read("x".into(), &field(2, &field(2, &occurrence(&bytes[..bytes.len().min(9)], &symbol, 1))));
        }
    }
}
