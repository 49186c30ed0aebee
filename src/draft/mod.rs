//! What if: moves that nobody has made yet, judged as if somebody had.
//!
//! In: a frozen model, what riprap.toml says of it, and a [`Draft`]: an ordered list of moves.  Out: [`Drafted`], the model
//! and the boundaries after the moves with their verdict, what went and what came, and on what Rust would insist; and
//! suggestions.  Nothing here changes a source.  Not here: showing it (`scene`, `app`), and the list of moves as Markdown
//! (`export`).
//!
//! Names are those that the code has today, also in a move that follows another one: a move can be dropped from the list
//! without changing what the others say.

mod cargo;
mod effect;
mod ground;
mod inner;
mod intent;
mod laid;
mod language;
mod names;
mod numbers;
mod steps;
mod suggest;
mod text;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use effect::Effect;
pub use ground::{Given, Ground};
pub use laid::{Drafted, Refusal};
pub use language::{Condition, Gravity, conditions};
pub use numbers::{Change, changes};
pub use steps::{Edit, Step, steps};
pub use suggest::{Suggestion, suggestions};
pub use text::{FILE, Mistake, read, write};

use std::fmt;

/// What somebody would do, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub moves: Vec<Move>,
}

/// One move.  Code is named by its path, a package by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// A module with everything below it, or an item with its `impl`s, goes below another module; of a package that is
    /// the root of its library.
    Relocate { code: String, to: String },
    /// A package or a module becomes a part of another boundary, where it is: riprap.toml says so.
    Assign { code: String, boundary: String },
    /// Packages and modules become a boundary of their own.
    Split { code: Vec<String>, boundary: String },
    /// Two boundaries become one.
    Merge { boundary: String, into: String },
    /// Nothing in the one uses anything in the other any more, whatever is in them in the end.  Each is a boundary, a
    /// package or a module.
    Cut { from: String, to: String },
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Relocate { code, to } => write!(f, "Move `{code}` to `{to}`"),
            Self::Assign { code, boundary } => write!(f, "Give `{code}` to boundary `{boundary}`"),
            Self::Split { code, boundary } => match code.as_slice() {
                [one] => write!(f, "Make `{one}` the boundary `{boundary}`"),
                [first, rest @ ..] => {
                    write!(f, "Make `{first}` and {} more the boundary `{boundary}`", rest.len())
                }
                [] => write!(f, "Make nothing the boundary `{boundary}`"),
            },
            Self::Merge { boundary, into } => write!(f, "Merge boundary `{boundary}` into `{into}`"),
            Self::Cut { from, to } => write!(f, "Cut `{from}` from `{to}`"),
        }
    }
}
