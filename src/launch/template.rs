//! How an editor is told to open a place: words with `{file}`, `{line}`, `{column}` and `{folder}` in them.
//!
//! In: the text that a person wrote, and a place.  Out: a program's name and its arguments.  Pure.  Not here: where the
//! program is, and starting it.

use std::ffi::OsString;
use std::path::PathBuf;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The workspace's folder, absolute.
    pub folder: PathBuf,
    /// Absolute, so that no name is taken for an option.
    pub file: PathBuf,
    /// From one.
    pub line: u32,
    /// From one, in characters.
    pub column: u32,
}

/// A command in words, of which the first is the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    words: Vec<String>,
}

const PLACEHOLDERS: [&str; 4] = ["{file}", "{line}", "{column}", "{folder}"];

impl Template {
    /// Reads a template; the error is a sentence for the person who wrote it.
    ///
    /// Spaces part words; quotes, single or double, keep a word together.  Nothing else means anything.
    pub fn parse(text: &str) -> Result<Self, String> {
        let template = Self { words: words(text)? };
        let Some(program) = template.words.first().filter(|program| !program.is_empty()) else {
            return Err("it names no program".to_owned());
        };
        if program.contains('{') {
            return Err("the first word names the program, and cannot have a placeholder".to_owned());
        }
        for word in &template.words {
            if let Some(unknown) = unknown_placeholder(word) {
                return Err(format!("`{unknown}` is no placeholder; there are {}", PLACEHOLDERS.join(", ")));
            }
        }
        if !template.words.iter().any(|word| word.contains("{file}")) {
            return Err("`{file}` is missing".to_owned());
        }
        Ok(template)
    }

    pub fn program(&self) -> &str {
        &self.words[0]
    }

    /// What follows the program, as written.
    pub fn arguments(&self) -> &[String] {
        &self.words[1..]
    }

    /// The program's arguments for a place.  A name with spaces, quotes or anything else stays within its argument.
    pub fn filled(&self, place: &Place) -> Vec<OsString> {
        self.arguments().iter().map(|word| fill(word, place)).collect()
    }
}

fn fill(word: &str, place: &Place) -> OsString {
    let mut filled = OsString::new();
    let mut rest = word;
    while let Some(start) = rest.find('{') {
        filled.push(&rest[..start]);
        let end = rest[start..].find('}').map_or(rest.len(), |end| start + end + 1);
        match &rest[start..end] {
            "{file}" => filled.push(&place.file),
            "{folder}" => filled.push(&place.folder),
            "{line}" => filled.push(place.line.to_string()),
            "{column}" => filled.push(place.column.to_string()),
            other => filled.push(other),
        }
        rest = &rest[end..];
    }
    filled.push(rest);
    filled
}

/// The first `{..}` of a word that stands for nothing.
fn unknown_placeholder(word: &str) -> Option<&str> {
    let mut rest = word;
    while let Some(start) = rest.find('{') {
        let end = rest[start..].find('}').map_or(rest.len(), |end| start + end + 1);
        if !PLACEHOLDERS.contains(&&rest[start..end]) {
            return Some(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    None
}

pub(super) fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in text.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.get_or_insert_default().push(letter),
            None if letter == '"' || letter == '\'' => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(letter),
        }
    }
    if quote.is_some() {
        return Err("a quote is opened and not closed".to_owned());
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, file: &str) -> Vec<String> {
        let place = Place { folder: "/work".into(), file: file.into(), line: 7, column: 3 };
        let template = Template::parse(template).unwrap();
        let arguments = template.filled(&place).into_iter().map(|word| word.into_string().unwrap());
        std::iter::once(template.program().to_owned()).chain(arguments).collect()
    }

    #[test]
    fn a_place_is_put_into_the_words_of_a_template() {
        assert_eq!(filled("code --goto {file}:{line}:{column}", "/a/b.rs"), ["code", "--goto", "/a/b.rs:7:3"]);
        assert_eq!(
            filled("vim \"+call cursor({line}, {column})\" -- {file}", "/a/b.rs"),
            ["vim", "+call cursor(7, 3)", "--", "/a/b.rs"]
        );
        assert_eq!(filled("'/opt/my editor' {folder} {file}", "/a"), ["/opt/my editor", "/work", "/a"]);
        assert_eq!(filled("  e   '' {file}", "/a"), ["e", "", "/a"]);
    }

    #[test]
    fn a_file_s_name_is_one_argument_whatever_is_in_it() {
        for name in ["/a b/c d.rs", "/a;rm -rf x/$(b)`c`.rs", "/a\"b'c.rs", "/{line}/{file}.rs", "/a\nb.rs", "/--x\\y"]
        {
            assert_eq!(filled("e -g {file}", name), ["e", "-g", name]);
            assert_eq!(filled("e {file}:{line}", name), ["e".to_owned(), format!("{name}:7")]);
        }
    }

    #[test]
    fn a_template_that_cannot_work_says_why() {
        for (template, problem) in [
            ("", "it names no program"),
            ("   ", "it names no program"),
            ("'' {file}", "it names no program"),
            ("code", "`{file}` is missing"),
            ("{file}", "the first word names the program"),
            ("code {path}", "`{path}` is no placeholder; there are {file}, {line}, {column}, {folder}"),
            ("code {file", "`{file` is no placeholder"),
            ("code \"{file}", "a quote is opened and not closed"),
        ] {
            let message = Template::parse(template).unwrap_err();
            assert!(message.starts_with(problem), "{template}: {message}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_stays_as_it_is() {
        use std::os::unix::ffi::OsStringExt as _;
        let file: PathBuf = OsString::from_vec(b"/a/\xff.rs".to_vec()).into();
        let place = Place { folder: "/work".into(), file, line: 1, column: 1 };
        let expected = OsString::from_vec(b"/a/\xff.rs:1".to_vec());
        assert_eq!(Template::parse("e {file}:{line}").unwrap().filled(&place), [expected]);
    }
}
