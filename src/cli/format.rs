//! `--format F[=FILE]`: which reports are wanted, and where they go.
//!
//! In: words of the command line.  Out: [`Wanted`], or what is wrong with it.  Not here: the formats themselves.

use std::path::PathBuf;

use crate::boundary::spelling::did_you_mean;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Json,
    Sarif,
    Junit,
    Github,
    Markdown,
}

impl Format {
    const ALL: [Self; 6] = [Self::Text, Self::Json, Self::Sarif, Self::Junit, Self::Github, Self::Markdown];

    fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) format: Format,
    /// `None` for standard output.
    pub(super) file: Option<PathBuf>,
}

/// Reads one `F[=FILE]`.
pub(super) fn parse(text: &str) -> Result<Wanted, String> {
    let (word, file) = text.split_once('=').map_or((text, None), |(word, file)| (word, Some(file)));
    let Some(format) = Format::ALL.into_iter().find(|format| format.word() == word) else {
        let words = Format::ALL.map(Format::word);
        let hint = did_you_mean(word, words).map_or_else(String::new, |hint| format!("; {hint}"));
        return Err(format!("the formats are {}{hint}", words.join(", ")));
    };
    match file {
        Some("") => Err(format!("`{word}=` names no file: `{word}=FILE`, or `{word}` for standard output")),
        file => Ok(Wanted { format, file: file.map(PathBuf::from) }),
    }
}

/// What is wanted if anything is, else the text; an error if two reports would go to the same place.
pub(super) fn all(wanted: &[Wanted]) -> Result<Vec<Wanted>, String> {
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
        [] => Ok(vec![Wanted { format: Format::Text, file: None }]),
        wanted => Ok(wanted.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(words: &[&str]) -> Result<Vec<Wanted>, String> {
        words.iter().map(|word| parse(word)).collect::<Result<Vec<_>, _>>().and_then(|wanted| all(&wanted))
    }

    #[test]
    fn every_format_goes_to_standard_output_or_to_a_file() {
        for format in Format::ALL {
            assert_eq!(parse(format.word()), Ok(Wanted { format, file: None }));
            let file = Some(PathBuf::from("a=b.txt"));
            assert_eq!(parse(&format!("{}=a=b.txt", format.word())), Ok(Wanted { format, file }));
        }
    }

    #[test]
    fn without_a_wish_it_is_the_text() {
        assert_eq!(wanted(&[]), Ok(vec![Wanted { format: Format::Text, file: None }]));
    }

    #[test]
    fn an_unknown_format_lists_those_that_exist() {
        let formats = "the formats are text, json, sarif, junit, github, markdown";
        assert_eq!(parse("yaml"), Err(formats.to_owned()));
        assert_eq!(parse("sarfi=x"), Err(format!("{formats}; did you mean `sarif`?")));
        assert!(parse("json=").unwrap_err().contains("names no file"));
    }

    #[test]
    fn two_reports_do_not_go_to_one_place() {
        assert!(wanted(&["json", "sarif"]).unwrap_err().contains("standard output"));
        assert!(wanted(&["text", "text"]).unwrap_err().contains("standard output"));
        assert!(wanted(&["json=a", "sarif=a"]).unwrap_err().contains("`a`"));
        assert_eq!(wanted(&["json=a", "sarif=b", "text"]).map(|wanted| wanted.len()), Ok(3));
    }
}
