//! The document as bytes: JSON with one entry of each list on its own line, so that two revisions can be compared.
//!
//! In: a document, or bytes.  Out: bytes, or a document.  Not here: files.

use std::io::{self, Write};

use serde::Serialize as _;
use serde_json::ser::Formatter;

use super::{Document, SCHEMA};

/// Lists and maps deeper than this stay on one line.
const BROKEN_DEPTH: usize = 2;

/// Why bytes are no snapshot document.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("line {line}, column {column}: {message}; this is no snapshot document that riprap wrote")]
    Shape { line: usize, column: usize, message: String },
    #[error("the document has schema `{found}`, and this riprap reads `{SCHEMA}`: write it again with this version")]
    Schema { found: String },
}

/// Writes the same bytes for the same document.
pub fn write(document: &Document<'_>, output: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *output, Lines::default());
    document.serialize(&mut serializer).map_err(io::Error::from)?;
    output.write_all(b"\n")
}

pub fn read(bytes: &[u8]) -> Result<Document<'static>, ReadError> {
    let shape = |error: serde_json::Error| ReadError::Shape {
        line: error.line(),
        column: error.column(),
        message: error.to_string().split(" at line").next().unwrap_or_default().to_owned(),
    };
    #[derive(serde::Deserialize)]
    struct Version {
        schema: String,
    }
    let version: Version = serde_json::from_slice(bytes).map_err(shape)?;
    if version.schema != SCHEMA {
        return Err(ReadError::Schema { found: version.schema });
    }
    serde_json::from_slice(bytes).map_err(shape)
}

/// Breaks lines between the entries of the outer lists and maps alone.
#[derive(Default)]
struct Lines {
    depth: usize,
}

impl Lines {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(bracket)
    }

    fn entry<W: ?Sized + Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if !first {
            writer.write_all(b",")?;
        }
        if self.depth <= BROKEN_DEPTH { writer.write_all(b"\n") } else { Ok(()) }
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.entry(writer, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.entry(writer, first)
    }
}
