//! IO: other programs of this machine: an editor, at a place in a file.
//!
//! In: a place, and the template that a person chose.  Out: the started program, or why there is none.  Not here: which
//! place is meant, and telling a person.
//!
//! Nothing goes through a shell: a template is split into arguments before a file's name is put into one of them.

mod editor;
mod machine;
mod program;
mod template;

pub use editor::{EDITORS, Editor};
pub use machine::{Machine, Survey};
pub use program::{Plan, Started};
pub use template::{Place, Template};

/// Why no editor shows the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    #[error(
        "no editor was found: $VISUAL and $EDITOR are not set, and none that riprap knows is on the PATH; choose one"
    )]
    NoEditor,
    #[error("`{template}` does not say how to open a file: {problem}")]
    Template { template: String, problem: String },
    #[error("`{program}` was not found on the PATH; correct its name, or choose another editor")]
    NoProgram { program: String },
    #[error(
        "`{program}` runs in a terminal, and none that riprap knows is on the PATH; set $TERMINAL to one of {known}, or \
         write one before it: `kitty {program} {{file}}`"
    )]
    NoTerminal { program: String, known: String },
    #[error("`{program}` was not found on the PATH: open `{file}` by other means")]
    NoOpener { program: String, file: String },
    #[error("`{file}` is no longer there; reload the workspace")]
    NoFile { file: String },
    #[error("failed to start `{program}`: {reason}")]
    Failed { program: String, reason: String },
    #[error("`{command}` ended at once with {status}; run it in a terminal to see why")]
    Ended { command: String, status: String },
}
