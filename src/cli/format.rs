//! `--format F[=FILE]` and `--output FILE`: which formats are wanted, and where they go.
//!
//! In: words of the command line, and the reports.  Out: [`Wanted`], or what is wrong with it; each report on standard output
//! or in its file; the formats that extensions of files say.  Not here: the formats themselves.

use std::io::{self, Write};
use std::path::PathBuf;

use anstream::adapter::strip_str;

use crate::boundary::spelling::did_you_mean;
use crate::save;

/// The formats that a command has; the first is what is wanted where nothing is said.
pub(super) trait Format: Copy + PartialEq + Send + Sync + 'static {
    const ALL: &'static [Self];

    /// On the command line.
    fn word(self) -> &'static str;
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted<F> {
    pub(super) format: F,
    /// `None` for standard output.
    pub(super) file: Option<PathBuf>,
}

/// Reads one `F[=FILE]`.
pub(super) fn parse<F: Format>(text: &str) -> Result<Wanted<F>, String> {
    let (word, file) = text.split_once('=').map_or((text, None), |(word, file)| (word, Some(file)));
    let Some(format) = F::ALL.iter().copied().find(|format| format.word() == word) else {
        let words: Vec<&str> = F::ALL.iter().map(|format| format.word()).collect();
        let hint = did_you_mean(word, words.iter().copied()).map_or_else(String::new, |hint| format!("; {hint}"));
        return Err(format!("the formats are {}{hint}", words.join(", ")));
    };
    match file {
        Some("") => Err(format!("`{word}=` names no file: `{word}=FILE`, or `{word}` for standard output")),
        file => Ok(Wanted { format, file: file.map(PathBuf::from) }),
    }
}

/// What is wanted if anything is, else the text; an error if two reports would go to the same place.
pub(super) fn all<F: Format>(wanted: &[Wanted<F>]) -> Result<Vec<Wanted<F>>, String> {
    for (index, one) in wanted.iter().enumerate() {
        let Some(other) = wanted[..index].iter().find(|other| other.file == one.file) else { continue };
        let (first, second) = (other.format.word(), one.format.word());
        return Err(match &one.file {
            None => format!(
                "`--format {first}` and `--format {second}` both go to standard output; name a file for one of them: `--format {second}=FILE`"
            ),
            Some(file) => format!(
                "`--format {first}` and `--format {second}` both go to `{}`; name another file for one of them",
                file.display()
            ),
        });
    }
    match wanted {
        [] => Ok(F::ALL.iter().take(1).map(|format| Wanted { format: *format, file: None }).collect()),
        wanted => Ok(wanted.to_vec()),
    }
}

/// What each file is to be written in, by its extension; `what` is what nothing else can be written in.
pub(super) fn of_files<F: Copy>(files: &[PathBuf], formats: &[(&str, F)], what: &str) -> Result<Vec<F>, String> {
    let of = |file: &PathBuf| {
        let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let found = formats.iter().find(|(known, _)| *known == extension).map(|(_, format)| *format);
        found.ok_or_else(|| {
            let known: Vec<String> = formats.iter().map(|(extension, _)| format!(".{extension}")).collect();
            let all = known.join(", ");
            let list = all.rsplit_once(", ").map_or(all.clone(), |(first, last)| format!("{first} or {last}"));
            format!("`{}` has no format that {what} is written in: use {list}", file.display())
        })
    };
    files.iter().map(of).collect()
}

impl<F> Wanted<F> {
    /// Writes a report to its place; colours are for a terminal alone.
    pub(super) fn put(&self, text: &str, is_coloured: bool) -> Result<(), String> {
        let written = match &self.file {
            Some(file) if is_coloured => {
                return save::write(file, strip_str(text).to_string().as_bytes()).map_err(|error| error.to_string());
            }
            Some(file) => return save::write(file, text.as_bytes()).map_err(|error| error.to_string()),
            None if is_coloured => print(&mut anstream::stdout().lock(), text),
            None => print(&mut io::stdout().lock(), text),
        };
        written.map_err(|error| format!("failed to write to standard output: {error}"))
    }
}

/// A reader that has seen enough closes its end; that is no failure.
fn print(output: &mut dyn Write, text: &str) -> io::Result<()> {
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::check::Report;

    fn wanted(words: &[&str]) -> Result<Vec<Wanted<Report>>, String> {
        words.iter().map(|word| parse(word)).collect::<Result<Vec<_>, _>>().and_then(|wanted| all(&wanted))
    }

    #[test]
    fn every_format_goes_to_standard_output_or_to_a_file() {
        for format in Report::ALL {
            let format = *format;
            assert_eq!(parse(format.word()), Ok(Wanted { format, file: None }));
            let file = Some(PathBuf::from("a=b.txt"));
            assert_eq!(parse(&format!("{}=a=b.txt", format.word())), Ok(Wanted { format, file }));
        }
    }

    #[test]
    fn without_a_wish_it_is_the_text() {
        assert_eq!(wanted(&[]), Ok(vec![Wanted { format: Report::Text, file: None }]));
    }

    #[test]
    fn an_unknown_format_lists_those_that_exist() {
        let formats = "the formats are text, json, sarif, junit, github, markdown";
        assert_eq!(parse::<Report>("yaml"), Err(formats.to_owned()));
        assert_eq!(parse::<Report>("sarfi=x"), Err(format!("{formats}; did you mean `sarif`?")));
        assert!(parse::<Report>("json=").unwrap_err().contains("names no file"));
    }

    #[test]
    fn two_reports_do_not_go_to_one_place() {
        assert!(wanted(&["json", "sarif"]).unwrap_err().contains("standard output"));
        assert!(wanted(&["text", "text"]).unwrap_err().contains("standard output"));
        assert!(wanted(&["json=a", "sarif=a"]).unwrap_err().contains("`a`"));
        assert_eq!(wanted(&["json=a", "sarif=b", "text"]).map(|wanted| wanted.len()), Ok(3));
    }

    #[test]
    fn the_extension_of_a_file_says_its_format() {
        let of = |file: &str| of_files(&[file.into()], &[("json", 1), ("svg", 2), ("png", 3)], "a map");
        assert_eq!((of("a/b.svg"), of("x.json")), (Ok(vec![2]), Ok(vec![1])));
        let refused = "`map.gif` has no format that a map is written in: use .json, .svg or .png";
        assert_eq!(of("map.gif"), Err(refused.to_owned()));
        assert!(of("svg").is_err() && of_files(&["x".into()], &[("md", 1)], "it").unwrap_err().ends_with(": use .md"));
    }

    struct Closed(io::ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_seen_enough_is_no_failure() {
        assert!(print(&mut Closed(io::ErrorKind::BrokenPipe), "text").is_ok());
        assert!(print(&mut Closed(io::ErrorKind::StorageFull), "text").is_err());
    }
}
