//! The query grammar: one way to name code, for search, for riprap.toml and for `riprap query` (docs/query.md).
//!
//! In: a text.  Out: [`Query`], or a [`Mistake`] with its place; every text gives one of them.  Not here: what a query
//! finds in a model (`boundary::selection`).

mod lower;
mod syntax;

use std::fmt;

use crate::facts::ItemKind;
use crate::model::ReferenceKind;
use crate::source::Span;

/// A part of a query's text that means something by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// In the text of the query.
    pub span: Span,
}

/// What a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Modules, items, packages and third-party crates.
    Set(Set),
    /// `A -> B`: references from the one to the other.
    Edges { from: Set, to: Set, by: Kinds },
    /// `path(A, B)` and nothing around it: why the one depends on the other.
    Ways { from: Set, to: Set },
}

/// Code, and crates that code may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// `**`
    Everything,
    /// What riprap.toml writes: a boundary, a package, a folder, a path.
    Named(Word),
    /// Nodes with one of these kinds.
    Kind(KindSet),
    Visibility(Access),
    Is(State),
    /// `key:value`, where the value is a name that may have `*` in it.
    Has(Key, Word),
    /// `lines > 500`
    Measured(Measure, Comparison, u64),
    /// `uses(A)` and the like.
    Related(Relation, Box<Self>, Kinds),
    /// What lies on any way from the one to the other.
    Between(Box<Self>, Box<Self>),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// Names with one meaning each, and the text that says so.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident: $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == text)
            }
        }
    };
}

words! {
    /// What kind of node.
    KindSet {
        Package: "package",
        /// A library, binary, test, example, benchmark or build script.
        Target: "target",
        /// A target's root is one.
        Module: "module",
        /// Whatever is no module, target or package.
        Item: "item",
        /// With methods.
        Function: "fn",
        Method: "method",
        Struct: "struct",
        Enum: "enum",
        Union: "union",
        Variant: "variant",
        Trait: "trait",
        /// A struct, enum, union or alias.
        Type: "type",
        Alias: "alias",
        Const: "const",
        Static: "static",
        Macro: "macro",
        Impl: "impl",
        /// A third-party package.
        Crate: "crate",
    }
}

impl KindSet {
    /// Whether items of this kind belong to it.
    pub fn has(self, kind: ItemKind) -> bool {
        match self {
            Self::Package | Self::Target | Self::Module | Self::Crate => false,
            Self::Item => true,
            Self::Function => matches!(kind, ItemKind::Function | ItemKind::Method),
            Self::Method => kind == ItemKind::Method,
            Self::Struct => kind == ItemKind::Struct,
            Self::Enum => kind == ItemKind::Enum,
            Self::Union => kind == ItemKind::Union,
            Self::Variant => kind == ItemKind::Variant,
            Self::Trait => kind == ItemKind::Trait,
            Self::Type => {
                matches!(kind, ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::TypeAlias)
            }
            Self::Alias => matches!(kind, ItemKind::TypeAlias | ItemKind::TraitAlias | ItemKind::AssocType),
            Self::Const => matches!(kind, ItemKind::Const | ItemKind::AssocConst),
            Self::Static => kind == ItemKind::Static,
            Self::Macro => matches!(kind, ItemKind::Macro | ItemKind::ProcMacro),
            Self::Impl => kind == ItemKind::Impl,
        }
    }
}

words! {
    /// From where a name can be used.
    Access {
        Public: "pub",
        /// Everywhere in its crate.
        Crate: "crate",
        /// In some module around its own.
        Restricted: "restricted",
        /// In its own module alone.
        Private: "private",
    }
}

words! {
    State {
        /// Shown by the boundary that it belongs to.
        Api: "api",
        /// In a boundary that does not show it.
        Internal: "internal",
        /// Built for tests alone.
        Test: "test",
        /// Not built in the analysed configuration.
        Inactive: "inactive",
        /// No other module refers to it.
        Unused: "unused",
        /// In a ring of modules that depend on each other.
        Tangled: "tangled",
    }
}

words! {
    Key {
        Name: "name",
        Boundary: "boundary",
        Package: "package",
        /// A third-party package.
        Crate: "crate",
        Layer: "layer",
        Tag: "tag",
        Owner: "owner",
        File: "file",
        /// An attribute that is written on the item, or a derive.
        Attribute: "attr",
    }
}

words! {
    /// A number that every module and item has.
    Measure {
        Lines: "lines",
        /// Directly below.
        Items: "items",
        /// Modules that use it.
        FanIn: "fan-in",
        /// Modules that it uses.
        FanOut: "fan-out",
    }
}

words! {
    Comparison {
        AtLeast: ">=",
        AtMost: "<=",
        More: ">",
        Less: "<",
        Equal: "=",
    }
}

impl Comparison {
    pub fn holds(self, left: u64, right: u64) -> bool {
        match self {
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::Less => left < right,
            Self::Equal => left == right,
        }
    }
}

words! {
    /// What is found from a set; none of its own members is.
    Relation {
        /// Whose own code names something of it.
        Uses: "uses",
        /// What its code names.
        UsedBy: "used_by",
        /// Modules that lead to it over any number of uses.
        Reaches: "reaches",
        /// Modules that it leads to.
        ReachedBy: "reached_by",
        /// Everything below it.
        Below: "below",
        /// Everything around it.
        Around: "around",
    }
}

/// Kinds of references; without any, all kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kinds(pub Vec<ReferenceKind>);

impl Kinds {
    pub fn has(&self, kind: ReferenceKind) -> bool {
        self.0.is_empty() || self.0.contains(&kind)
    }
}

/// Why a text is no query, or means nothing here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub message: String,
    /// In the text of the query.
    pub span: Span,
    pub help: Option<String>,
}

impl Mistake {
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, help: None }
    }

    #[must_use]
    pub fn with_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Counted in characters, from 1.
    pub fn column(&self, text: &str) -> usize {
        text.get(..self.span.start as usize).unwrap_or(text).chars().count() + 1
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl Query {
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        lower::query(syntax::parse(text)?)
    }
}

impl Set {
    /// # Errors
    /// The first thing that is wrong; references and ways are no set.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        match Query::parse(text)? {
            Query::Set(set) => Ok(set),
            Query::Ways { from, to } => Ok(Self::Between(Box::new(from), Box::new(to))),
            Query::Edges { .. } => {
                let whole = Span::new(0, text.len() as u32);
                Err(Mistake::new(whole, "references have no place here: `A -> B` is no set of modules and items"))
            }
        }
    }
}

#[cfg(test)]
mod tests;
