//! The kinds of references, and how sure they are.
//!
//! In: nothing.  Out: [`ReferenceKind`], [`Certainty`].  Not here: which path has which kind.

/// What kind of use a reference is (PRODUCT.md, "The snapshot document").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    Use,
    Reexport,
    Type,
    Value,
    Call,
    Pattern,
    Impl,
    Method,
    Operator,
    Macro,
    Derive,
    Attribute,
    Visibility,
    Doc,
}

impl ReferenceKind {
    pub const ALL: [Self; 14] = [
        Self::Use,
        Self::Reexport,
        Self::Type,
        Self::Value,
        Self::Call,
        Self::Pattern,
        Self::Impl,
        Self::Method,
        Self::Operator,
        Self::Macro,
        Self::Derive,
        Self::Attribute,
        Self::Visibility,
        Self::Doc,
    ];

    /// The word of the snapshot document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Use => "use",
            Self::Reexport => "reexport",
            Self::Type => "type",
            Self::Value => "value",
            Self::Call => "call",
            Self::Pattern => "pattern",
            Self::Impl => "impl",
            Self::Method => "method",
            Self::Operator => "operator",
            Self::Macro => "macro",
            Self::Derive => "derive",
            Self::Attribute => "attribute",
            Self::Visibility => "visibility",
            Self::Doc => "doc",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Found by name resolution.
    Resolved,
    /// Found by inference; it never violates on its own.
    Inferred,
}
