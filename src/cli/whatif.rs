//! `riprap export --view whatif`: the draft beside riprap.toml, as a patch or as a list of moves; `--view exposed`: what
//! `over-exposed` finds, as a patch.
//!
//! In: a path and the files to write.  Out: the files; exit status 1 where the patched code is not what was promised.
//! Not here: what is edited (`patch`), and proving it (`analysis`).

use std::path::Path;
use std::sync::atomic::AtomicBool;

use super::format::of_files;
use super::progress::{configured, message, with_bar};
use super::{ExportArgs, Outcome, Picture};
use crate::analysis::{Analysis, Asked, Live, Patched};
use crate::draft::{self, Draft, changes};
use crate::export::{moves, patch};
use crate::load;
use crate::save;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Patch,
    Markdown,
}

const FORMATS: [(&str, Format); 2] = [("patch", Format::Patch), ("md", Format::Markdown)];

pub(super) fn run(args: &ExportArgs, asked: &Asked, quiet: bool) -> Outcome {
    write(args, asked, quiet).unwrap_or_else(|failure| match failure {
        Failure::Refused(error) => {
            message(&error);
            Outcome::WrongUse
        }
        Failure::Told(outcome) => outcome,
    })
}

enum Failure {
    Refused(String),
    Told(Outcome),
}

impl From<Outcome> for Failure {
    fn from(outcome: Outcome) -> Self {
        Self::Told(outcome)
    }
}

impl From<String> for Failure {
    fn from(error: String) -> Self {
        Self::Refused(error)
    }
}

fn write(args: &ExportArgs, asked: &Asked, quiet: bool) -> Result<Outcome, Failure> {
    let is_draft = args.view == Some(Picture::Whatif);
    let formats = of_files(&args.outputs, if is_draft { &FORMATS } else { &FORMATS[..1] }, "this view")?;
    if args.rev.rev.is_some() {
        return Err("a patch is of the files on disk: leave out `--rev`".to_owned().into());
    }
    let mut live = Live::new(asked.clone());
    let go_on = AtomicBool::new(false);
    let opened = with_bar(quiet, |progress| live.open(&args.path, progress, &go_on)).and_then(configured)?;
    if !is_draft {
        let patched = with_bar(quiet, |_| live.narrow(&opened, &go_on))?;
        let patched = patched.ok_or_else(|| "`over-exposed` finds nothing here".to_owned())?;
        let wishes = ["Narrow what `over-exposed` finds".to_owned()];
        let mut outcome = told(&patched);
        for path in &args.outputs {
            outcome =
                worse(outcome, finish(path, &patch::write(&wishes, &patched.patch, &patched.promise), args.check)?);
        }
        return Ok(outcome);
    }
    let draft = read(&opened)?;
    let ground = opened.ground();
    let drafted = ground.lay_draft(&draft);
    let mut outcome = Outcome::Fine;
    for (path, format) in args.outputs.iter().zip(formats) {
        let text = match format {
            Format::Markdown => moves::moves(&ground, &drafted, &changes(&ground, &drafted)),
            Format::Patch => {
                let patched = with_bar(quiet, |_| live.patch(&ground, &drafted, &go_on))?;
                let patched = patched.ok_or_else(|| "the workspace could not be analysed".to_owned())?;
                outcome = worse(outcome, told(&patched));
                let wishes: Vec<String> = draft.moves.iter().map(ToString::to_string).collect();
                patch::write(&wishes, &patched.patch, &patched.promise)
            }
        };
        outcome = worse(outcome, finish(path, &text, args.check)?);
    }
    Ok(outcome)
}

/// A patch that does not keep its promise is written, and told.
fn told(patched: &Patched) -> Outcome {
    if patched.promise.is_kept() {
        return Outcome::Fine;
    }
    message(&patch::verdict(&patched.patch, &patched.promise));
    Outcome::Denied
}

fn worse(one: Outcome, other: Outcome) -> Outcome {
    if one == Outcome::Fine { other } else { one }
}

/// Writes a file, or says that it is not what would be written.
fn finish(path: &Path, text: &str, is_check: bool) -> Result<Outcome, String> {
    if !is_check {
        save::write(path, text.as_bytes()).map_err(|error| error.to_string())?;
    } else if load::bytes(path).map_err(|error| error.to_string())? != text.as_bytes() {
        message(&format!("`{}` is out of date: export it again", path.display()));
        return Ok(Outcome::Denied);
    }
    Ok(Outcome::Fine)
}

fn read(analysis: &Analysis) -> Result<Draft, String> {
    let path = analysis.root.join(draft::FILE);
    let text = load::read_text_if_any(&path).map_err(|error| error.to_string())?;
    let Some(text) = text else {
        return Err(format!("there is no {}: draft moves in the what-if view and save them", draft::FILE));
    };
    draft::read(&text).map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}
