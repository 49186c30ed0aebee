//! The ways an edge can take between two boxes, and the sides it leaves and enters by.
//!
//! In: nothing.  Out: [`Course`], [`Side`].  Not here: which edge takes which (`route`), and where on a side (`port`).

/// Which way an edge runs between the two boxes where its ends' surroundings meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Down,
    Up,
    /// Between boxes side by side, with the flow: out of the top, and into the top.
    Over,
    /// Between boxes side by side, against the flow: out of the bottom, and into the bottom.
    Under,
    /// Between neighbours side by side: straight across.
    Across,
    /// Into a box around the start.
    Outward,
    /// Out of a box around the end.
    Inward,
}

/// Where on a box's border an end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Top,
    Bottom,
    /// Left or right, whichever faces the other end.
    Flank,
    /// Within the box, below its header.
    Inside,
}

/// The side of its box that each end of a course is on.
pub(super) fn sides(course: Course) -> (Side, Side) {
    match course {
        Course::Down => (Side::Bottom, Side::Top),
        Course::Up => (Side::Top, Side::Bottom),
        Course::Over => (Side::Top, Side::Top),
        Course::Under => (Side::Bottom, Side::Bottom),
        Course::Across => (Side::Flank, Side::Flank),
        Course::Inward => (Side::Inside, Side::Top),
        Course::Outward => (Side::Top, Side::Inside),
    }
}
