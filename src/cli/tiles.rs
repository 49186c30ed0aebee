//! What the command line says of a treemap.
//!
//! In: words.  Out: a [`Choice`].  Not here: drawing it (`scene::treemap`).

use clap::{Args, ValueEnum};

use crate::scene::treemap::{Choice, Colouring, Sizing};

/// How the treemap is drawn.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Tiles {
    /// Of the treemap: what the area of a tile says
    #[arg(long, default_value = "lines")]
    size_by: SizeBy,
    /// Of the treemap: what the colour of a tile says
    #[arg(long, default_value = "churn", alias = "color-by")]
    colour_by: ColourBy,
}

impl Tiles {
    pub(super) fn choice(self) -> Choice {
        let sizing = match self.size_by {
            SizeBy::Lines => Sizing::Lines,
            SizeBy::Items => Sizing::Items,
        };
        let colouring = match self.colour_by {
            ColourBy::Churn => Colouring::Churn,
            ColourBy::Age => Colouring::Age,
            ColourBy::Violations => Colouring::Violations,
            ColourBy::Owner => Colouring::Owner,
            ColourBy::Instability => Colouring::Instability,
            ColourBy::Leak => Colouring::Leak,
        };
        Choice { sizing, colouring }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SizeBy {
    /// Lines of code
    Lines,
    /// How many items there are
    Items,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourBy {
    /// How many commits of the last year changed it
    Churn,
    /// Since when it was not changed
    Age,
    /// How many violations begin in it, without accepted ones
    Violations,
    /// Whose it is, as CODEOWNERS and riprap.toml say
    Owner,
    /// 0 only serves others, 1 only uses others
    Instability,
    /// How much of what enters its boundary goes around the API
    Leak,
}
