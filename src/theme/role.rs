//! Colour roles: what a colour means, never what it looks like.
//!
//! In: nothing.  Out: [`Role`], which scenes and the window name, and the keys that theme files use for them.
//! Not here: colours.

macro_rules! roles {
    ($($(#[doc = $doc:literal])* $role:ident = $key:literal,)*) => {
        /// What a colour is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[doc = $doc])* $role,)* }

        impl Role {
            /// Every role, in the order of the theme files.
            pub const ALL: &[Self] = &[$(Self::$role),*];

            /// The role's name in a theme file, in kebab-case.
            pub fn key(self) -> &'static str {
                match self { $(Self::$role => $key,)* }
            }
        }
    };
}

roles! {
    /// The canvas, behind everything.
    Background = "background",
    /// Lines or dots that structure an empty canvas or a chart.
    Grid = "grid",
    /// Side panels and bars of the window.
    Panel = "panel",
    /// What floats above the window: menus, cards, dialogs.
    Raised = "raised",
    /// What is cut into a panel: text fields, source excerpts.
    Sunken = "sunken",
    /// Hairlines between panels, and around them.
    Separator = "separator",
    /// Under what floats.
    Shadow = "shadow",
    /// Over the window while a dialog is open.
    Scrim = "scrim",

    /// An open container; the number is its depth from the outside.
    Surface1 = "surface-1",
    Surface2 = "surface-2",
    Surface3 = "surface-3",
    /// An open container at depth four and deeper.
    Surface4 = "surface-4",
    /// The outline of an open container.
    SurfaceStroke = "surface-stroke",

    /// A closed box that stands for a package.
    Package = "package",
    PackageStroke = "package-stroke",
    /// A closed box that stands for a crate target.
    Target = "target",
    TargetStroke = "target-stroke",
    /// A closed box that stands for a module.
    Module = "module",
    ModuleStroke = "module-stroke",
    /// A box that stands for an item.
    Item = "item",
    ItemStroke = "item-stroke",

    /// Outline and name of a boundary; the number only tells boundaries apart.
    Boundary1 = "boundary-1",
    Boundary2 = "boundary-2",
    Boundary3 = "boundary-3",
    Boundary4 = "boundary-4",
    Boundary5 = "boundary-5",
    Boundary6 = "boundary-6",
    Boundary7 = "boundary-7",
    Boundary8 = "boundary-8",
    /// The area of a boundary, thin enough for surfaces to show through.
    BoundaryFill1 = "boundary-fill-1",
    BoundaryFill2 = "boundary-fill-2",
    BoundaryFill3 = "boundary-fill-3",
    BoundaryFill4 = "boundary-fill-4",
    BoundaryFill5 = "boundary-fill-5",
    BoundaryFill6 = "boundary-fill-6",
    BoundaryFill7 = "boundary-fill-7",
    BoundaryFill8 = "boundary-fill-8",

    /// Headings and names.
    TextStrong = "text-strong",
    /// Running text.
    Text = "text",
    /// Counts, paths, hints.
    TextWeak = "text-weak",
    /// What cannot be used now; the only text that may fall below the contrast of the others.
    TextDisabled = "text-disabled",
    /// On buttons and marks filled with `accent`.
    TextOnAccent = "text-on-accent",
    /// On badges filled with `violation`.
    TextOnViolation = "text-on-violation",
    /// Text that goes somewhere.
    TextLink = "text-link",

    /// A band of a chart; the number only tells bands apart, and their names stand beside them.
    Series1 = "series-1",
    Series2 = "series-2",
    Series3 = "series-3",
    Series4 = "series-4",
    Series5 = "series-5",
    Series6 = "series-6",
    Series7 = "series-7",
    Series8 = "series-8",
    /// A band where its numbers mean little.
    SeriesUnsure = "series-unsure",

    /// A tile by how much of something it has, the first for the least; names are written on it.
    Heat1 = "heat-1",
    Heat2 = "heat-2",
    Heat3 = "heat-3",
    Heat4 = "heat-4",
    Heat5 = "heat-5",
    Heat6 = "heat-6",
    /// A tile by whose it is; the number only tells them apart, and names are written on it.
    Category1 = "category-1",
    Category2 = "category-2",
    Category3 = "category-3",
    Category4 = "category-4",
    Category5 = "category-5",
    Category6 = "category-6",
    /// A tile of one of those that have no colour of their own.
    CategoryOther = "category-other",

    /// An edge that nobody asked about.
    Edge = "edge",
    /// The edge under the pointer.
    EdgeHover = "edge-hover",
    /// What uses the selected thing: the edges into it and where they start.
    Caller = "caller",
    /// What the selected thing uses: the edges out of it and where they end.
    Callee = "callee",
    /// An edge against the direction of the levels.
    Upward = "upward",
    /// An edge or badge of a broken rule; always with a second sign beside the colour.
    Violation = "violation",
    /// An area that holds violations.
    ViolationFill = "violation-fill",
    /// Edges and boxes of tests.
    Test = "test",
    /// What the configuration (`cfg`) leaves out.
    Inactive = "inactive",

    /// In a comparison: what the later revision has and the earlier one has not.  Always with a sign and a pattern beside it.
    Added = "added",
    /// Laid over what was added.
    AddedFill = "added-fill",
    /// What the earlier revision has and the later one has not.
    Removed = "removed",
    /// Laid over what was removed.
    RemovedFill = "removed-fill",
    /// What both have, and not the same.
    Changed = "changed",

    /// Laid over a thing under the pointer: box, row, button.
    HoverFill = "hover-fill",
    /// The outline of the selected thing.
    Selected = "selected",
    /// Laid over the selected thing.
    SelectedFill = "selected-fill",
    /// The outline of what a search found.
    SearchHit = "search-hit",
    /// Laid over what a search found, and behind the letters that matched.
    SearchHitFill = "search-hit-fill",
    /// Around what the keyboard acts on.
    FocusRing = "focus-ring",

    /// The main action, a set switch, progress.
    Accent = "accent",
    AccentHover = "accent-hover",
    AccentPressed = "accent-pressed",
    /// The current row or tab.
    AccentMuted = "accent-muted",
    /// Any other button.
    Button = "button",
    ButtonHover = "button-hover",
    ButtonPressed = "button-pressed",
    /// Outline of buttons, fields and switches.
    ButtonStroke = "button-stroke",

    Success = "success",
    SuccessFill = "success-fill",
    Warning = "warning",
    WarningFill = "warning-fill",
    /// Something failed; for broken rules there is `violation`.
    Error = "error",
    ErrorFill = "error-fill",

    /// Behind the line of source that holds a reference.
    CodeLine = "code-line",
    /// Behind the reference itself.
    CodeMark = "code-mark",
    /// What is what in a source text.
    CodeKeyword = "code-keyword",
    CodeType = "code-type",
    CodeCall = "code-call",
    /// Macros, attributes, lifetimes.
    CodeSign = "code-sign",
    CodeLiteral = "code-literal",
    CodeComment = "code-comment",
}

impl Role {
    /// How many bands of a chart have a hue of their own.
    pub const N_SERIES: usize = 8;

    /// How many steps there are from the least to the most.
    pub const N_HEATS: usize = 6;

    /// How many categories have a colour of their own.
    pub const N_CATEGORIES: usize = 6;

    /// How many boundaries have a hue of their own.
    pub const N_BOUNDARIES: usize = 8;

    /// The surface of an open container with `depth` containers around it; deep ones share the last.
    pub fn surface(depth: usize) -> Self {
        [Self::Surface1, Self::Surface2, Self::Surface3, Self::Surface4][depth.min(3)]
    }

    /// Outline and name of the boundary with this index; the hues repeat.
    pub fn boundary(index: usize) -> Self {
        Self::ALL[Self::Boundary1 as usize + index % Self::N_BOUNDARIES]
    }

    /// The band of a chart with this index; the hues repeat.
    pub fn series(index: usize) -> Self {
        Self::ALL[Self::Series1 as usize + index % Self::N_SERIES]
    }

    /// The tile of so much, from 0 on; what is more than the most counts as the most.
    pub fn heat(step: usize) -> Self {
        Self::ALL[Self::Heat1 as usize + step.min(Self::N_HEATS - 1)]
    }

    /// The tile of a category; what has no colour of its own shares one.
    pub fn category(index: usize) -> Self {
        Self::ALL[Self::Category1 as usize + index.min(Self::N_CATEGORIES)]
    }

    /// The area of the boundary with this index.
    pub fn boundary_fill(index: usize) -> Self {
        Self::ALL[Self::BoundaryFill1 as usize + index % Self::N_BOUNDARIES]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_each_role_at_its_own_index() {
        for (index, role) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, index, "{role:?}");
        }
    }

    #[test]
    fn boundaries_repeat_their_hues_and_deep_surfaces_share_one() {
        assert_eq!(Role::boundary(0), Role::Boundary1);
        assert_eq!(Role::boundary(7), Role::Boundary8);
        assert_eq!(Role::boundary(8), Role::Boundary1);
        assert_eq!(Role::boundary_fill(9), Role::BoundaryFill2);
        assert_eq!(Role::surface(0), Role::Surface1);
        assert_eq!(Role::surface(9), Role::Surface4);
        assert_eq!([Role::heat(0), Role::heat(5), Role::heat(99)], [Role::Heat1, Role::Heat6, Role::Heat6]);
        assert_eq!([Role::category(5), Role::category(6)], [Role::Category6, Role::CategoryOther]);
    }
}
