//! The files in which people declare or accept, as one run of bytes.
//!
//! In: riprap.toml and the manifests, or every riprap.baseline.  Out: which file a span is in, and where there.  Not here:
//! what they say.

use super::{LineColumn, SourceFile, Span};

/// Of declarations riprap.toml first, if there is one, then manifests; a span of this run says which of them it is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFiles {
    files: Vec<SourceFile>,
    /// Where each file starts in the run.
    starts: Vec<u32>,
}

impl ConfigFiles {
    pub fn new(files: impl IntoIterator<Item = SourceFile>) -> Self {
        let mut run = Self::default();
        let mut start = 0u32;
        for file in files {
            // The end of a file is a place of its own, not the start of the next.
            let length = u32::try_from(file.text.len()).unwrap_or(u32::MAX).saturating_add(1);
            run.starts.push(start);
            run.files.push(file);
            start = start.saturating_add(length);
        }
        run
    }

    /// Each file, and where it starts in the run.
    pub fn files(&self) -> impl Iterator<Item = (u32, &SourceFile)> {
        self.starts.iter().copied().zip(&self.files)
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file of this path.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The file that a span starts in, and the span there; `None` without any file.
    pub fn locate(&self, span: Span) -> Option<(&SourceFile, Span)> {
        let index = self.starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
        let start = self.starts[index];
        Some((&self.files[index], Span::new(span.start - start, span.end.saturating_sub(start))))
    }

    /// The file that a span starts in, and the line and column there.
    pub fn line_column(&self, span: Span) -> Option<(&SourceFile, LineColumn)> {
        let (file, span) = self.locate(span)?;
        Some((file, file.line_column(span.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_in_the_file_that_it_starts_in() {
        let file = |path: &str, text: &str| SourceFile::new(path.to_owned(), text.into());
        let run =
            ConfigFiles::new([file("riprap.toml", "a\nb"), file("x/Cargo.toml", ""), file("y/Cargo.toml", "c\nde")]);
        let starts: Vec<u32> = run.files().map(|(start, _)| start).collect();
        assert_eq!(starts, [0, 4, 5]);
        let told = |start, end| {
            let (file, span) = run.locate(Span::new(start, end)).unwrap();
            let at = file.line_column(span.start);
            format!("{}:{}:{} {}..{}", file.path, at.line, at.column, span.start, span.end)
        };
        assert_eq!(told(2, 3), "riprap.toml:2:1 2..3");
        assert_eq!(told(3, 3), "riprap.toml:2:2 3..3");
        assert_eq!(told(4, 4), "x/Cargo.toml:1:1 0..0");
        assert_eq!(told(8, 9), "y/Cargo.toml:2:2 3..4");
        assert!(ConfigFiles::default().locate(Span::new(0, 0)).is_none());
    }
}
