//! A riprap.toml to begin with.
//!
//! In: a style.  Out: the text, with what may follow in comments.  Not here: boundaries; they are found by people, or by
//! what they choose on the map.

use crate::verdict::Style;

/// A riprap.toml that declares nothing yet.
pub fn fresh(style: Style) -> String {
    let others: Vec<String> =
        Style::ALL.into_iter().filter(|it| *it != style).map(|it| format!("\"{}\"", it.word())).collect();
    format!(
        "\
# What this workspace is held to.  `riprap explain RULE` tells what a rule finds, `riprap check` judges.
version = 1
style = \"{}\"    # a preset of levels; also {}

# A part of the system, what it consists of and what it may use:
#
# [boundary.orders]
# contains = [\"orders\"]    # packages, folders (with a /) or modules (with a ::)
# may_use = [\"catalog\"]    # boundaries; left out: everything
# owner = \"@team\"
",
        style.word(),
        others.join(", "),
    )
}
