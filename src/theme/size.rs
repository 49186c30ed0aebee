//! Lengths of the design: spacing, radii, line widths, text sizes.
//!
//! In: nothing.  Out: constants in points (world units at zoom 1), the same in both themes.  Not here: colours.

/// Gaps and paddings: each step is for things one level less related than those of the step before.
pub mod spacing {
    pub const SMALL: f32 = 4.0;
    pub const LARGE: f32 = 12.0;
    pub const HUGE: f32 = 20.0;
}

/// Radii of corners: an outer corner is rounder than what lies in it.
pub mod radius {
    /// Badges, items, marks.
    pub const SMALL: f32 = 3.0;
    /// Closed boxes, buttons, fields.
    pub const MEDIUM: f32 = 5.0;
    /// Open containers, cards.
    pub const LARGE: f32 = 8.0;
    /// Boundaries, dialogs.
    pub const HUGE: f32 = 12.0;
}

/// Widths of lines.
pub mod line {
    /// Separators, outlines of containers.
    pub const HAIR: f32 = 1.0;
    /// Outlines of boxes, quiet edges.
    pub const THIN: f32 = 1.25;
    /// Boundaries, callers and callees.
    pub const MEDIUM: f32 = 2.0;
    /// Violations, the selection.
    pub const THICK: f32 = 3.0;
}

/// Opacity of a shape that is not in the foreground while another is selected (DESKTOP.md 5.3, item 3).
pub const DIMMED_OPACITY: f32 = 0.15;

/// Steps of text size.  There are few, since the window lays text out again for each new size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextSize {
    /// Counts in boxes, ticks of charts.
    Caption,
    /// Secondary lines, names of items.
    Small,
    /// Running text, names of modules.
    Body,
    /// Names of open containers and of panels.
    Title,
    /// Names of boundaries and pages.
    Heading,
    /// A picture's or the welcome screen's own title.
    Display,
}

impl TextSize {
    pub const ALL: [Self; 6] = [Self::Caption, Self::Small, Self::Body, Self::Title, Self::Heading, Self::Display];

    /// Height of the em square in points.
    pub fn points(self) -> f32 {
        match self {
            Self::Caption => 10.5,
            Self::Small => 11.5,
            Self::Body => 13.0,
            Self::Title => 15.0,
            Self::Heading => 19.0,
            Self::Display => 26.0,
        }
    }
}
