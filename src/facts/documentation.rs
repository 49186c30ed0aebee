//! What stands in documentation and is not read as code: its tests and its links.
//!
//! In: the text of a file.  Out: how many there are.  Not here: reading them; they count for no edge.

use memchr::{memmem, memrchr};

/// Counts over the `///` and `//!` lines of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Documentation {
    /// Blocks of code that rustdoc would compile.
    pub tests: u32,
    /// Names in code style and brackets, which rustdoc resolves.
    pub links: u32,
}

pub(super) fn count(text: &str) -> Documentation {
    let mut count = Documentation::default();
    let mut in_block = false;
    for at in memmem::find_iter(text.as_bytes(), "```") {
        let Some(content) = documentation_before(text, at) else { continue };
        if content.trim().is_empty() {
            let tag = text[at..].lines().next().unwrap_or_default().trim_start_matches('`');
            count.tests += u32::from(!in_block && is_rust(tag));
            in_block = !in_block;
        }
    }
    let links = memmem::find_iter(text.as_bytes(), "[`").filter(|at| documentation_before(text, *at).is_some());
    count.links = links.count() as u32;
    count
}

/// The text before a place on its line, if that is a line of documentation.
fn documentation_before(text: &str, at: usize) -> Option<&str> {
    let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1);
    let line = text[start..at].trim_start();
    let content = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))?;
    (!content.starts_with('/')).then_some(content)
}

/// Whether rustdoc compiles a block with this tag (The rustdoc book, "Documentation tests").
fn is_rust(tag: &str) -> bool {
    tag.split([',', ' ', '\t']).map(str::trim).filter(|word| !word.is_empty()).all(|word| {
        matches!(word, "rust" | "should_panic" | "no_run" | "compile_fail" | "standalone_crate" | "test_harness")
            || word.starts_with("edition")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_blocks_that_rustdoc_would_compile() {
        let text = "//! ```\n//! use a::b;\n//! ```\n/// ```rust,no_run\n/// f()\n/// ```\n/// ```text\n/// drawing\n/// ```\n\
                    fn f() { \"```\"; } // ```\n//// ```\n/// Says ``` in passing.\n";
        assert_eq!(count(text).tests, 2);
    }

    #[test]
    fn links_are_names_in_brackets() {
        assert_eq!(count("/// [`a::B`] and [`c`](d)\nfn f() { x[`y`] }\n//! [not a name]\n").links, 2);
    }
}
