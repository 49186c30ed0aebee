//! What one file says, nothing resolved.
//!
//! In: the text of a file and its edition.  Out: [`FileFacts`]: items, `use` trees, paths with their role, macro
//! definitions and calls, attributes, cfg, block scopes.  A file's facts depend on its bytes and edition alone, so
//! they are computed in parallel and can be kept by content.  Locals, generic parameters, labels and lifetimes are
//! already removed; what remains are questions about modules.  Not here: other files, cfg decisions, name resolution.
//! The parser is known to `syntax` alone.

mod arms;
mod attributes;
mod bindings;
mod bodies;
mod collect;
mod coloring;
mod conditions;
mod declarations;
mod derive_arguments;
mod documentation;
mod expansion;
mod items;
mod known_macros;
mod literals;
mod locals;
mod macros;
mod matching;
mod origin;
mod patterns;
mod reparse;
mod rules;
mod signatures;
mod syntax;
mod token_list;
mod transcribe;
mod typing;
mod uses;
mod values;
mod word;

#[cfg(test)]
mod dump;
#[cfg(test)]
mod tests;

use crate::source::Span;
use crate::workspace::Edition;
use crate::workspace::cfg::CfgExpr;

pub use coloring::{Part, Shade, parts};
pub use declarations::{Version, declare_the_same, declaring_calls};
pub use documentation::Documentation;
pub use expansion::{expand, read_arguments, read_expansion};
pub use origin::FROM_BODY;
pub use rules::Rules;
pub use token_list::TokenList;
pub use typing::{
    Field, Generic, ImplTypes, Member, MemberBase, Signature, TypeFact, TypeId, Typing, UNKNOWN_TYPE, UNKNOWN_VALUE,
    ValueFact, ValueId,
};
pub use word::{KeptPieces, Word, places, words};

/// Reads one file.  Never fails: of a broken file there are the facts that can be had, and problems.
///
/// The parser and the walk call themselves for nested code, up to a fixed depth: whatever the text is, 4 MiB of stack
/// are enough.
pub fn read(text: &str, edition: Edition) -> FileFacts {
    let (mut syntax, mut problems) = syntax::Syntax::new(text, edition);
    let parsed = syntax.parse_file(&mut problems);
    let facts = FileFacts {
        scopes: vec![Scope { kind: ScopeKind::File, parent: None, span: Span::new(0, text.len() as u32) }],
        cfgs: vec![CfgExpr::always()],
        problems,
        documentation: documentation::count(text),
        ..FileFacts::default()
    };
    let mut collector = collect::Collector::new(syntax, facts);
    if parsed.root < parsed.end {
        collector.file(parsed.root);
    }
    collector.facts.typing.shrink();
    collector.facts
}

/// An index into [`FileFacts::names`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// An index into [`FileFacts::scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u32);

/// An index into [`FileFacts::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// An index into [`FileFacts::cfgs`]; `CfgId(0)` is the condition that always holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CfgId(pub u32);

/// The scope of the file's own items.
pub const FILE_SCOPE: ScopeId = ScopeId(0);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// Every identifier that the facts mention, once, without `r#`, in Unicode normalization form C.
    pub names: Vec<Box<str>>,
    /// The first is [`FILE_SCOPE`]; a scope stands after its parent.
    pub scopes: Vec<Scope>,
    /// In the order of the file; an item stands before what is inside it.
    pub items: Vec<Item>,
    /// Flattened: one per leaf of a `use` tree, and one per `extern crate`.
    pub imports: Vec<Import>,
    /// Every path outside `use` that is not a local, in the order of the file.
    pub paths: Vec<Path>,
    /// The segments of all paths and imports, and of all visibility paths.
    pub segments: Vec<Segment>,
    pub macro_defs: Vec<MacroDef>,
    pub macro_calls: Vec<MacroCall>,
    /// Of calls: which of their tokens are locals, counted from the opening bracket.
    pub local_tokens: Vec<u32>,
    /// The types of items and values, for the methods that are called on them.
    pub typing: Typing,
    /// Each distinct condition, conjoined with those around it within the file.
    pub cfgs: Vec<CfgExpr>,
    /// `#![cfg(..)]`, `#![no_std]`, `#![no_implicit_prelude]`, `#![macro_use]` of the file.
    pub file_attrs: FileAttrs,
    pub problems: Vec<Problem>,
    pub documentation: Documentation,
}

impl FileFacts {
    pub fn name(&self, id: NameId) -> &str {
        &self.names[id.0 as usize]
    }

    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0 as usize]
    }

    pub fn cfg(&self, id: CfgId) -> &CfgExpr {
        &self.cfgs[id.0 as usize]
    }

    pub fn segments(&self, range: SegmentRange) -> &[Segment] {
        &self.segments[range.start as usize..range.end as usize]
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileAttrs {
    /// Of `#![cfg(..)]` on the file itself; every item's own condition already contains it.
    pub cfg: CfgId,
    pub no_std: bool,
    pub no_core: bool,
    pub no_implicit_prelude: bool,
    pub macro_use: bool,
}

/// A region that names are looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub kind: ScopeKind,
    pub parent: Option<ScopeId>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    File,
    /// The braces of an inline module, or a module that exists only in the body of a function.
    Module(ItemId),
    /// A block that holds items, imports or macro definitions: its names are looked up before those around it.
    /// Blocks without any are not recorded.
    Block,
}

/// A half-open range of [`FileFacts::segments`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentRange {
    pub start: u32,
    pub end: u32,
}

/// One identifier of a path; `crate`, `self`, `super`, `Self` and a leading `::` are not segments but the path's
/// [`PathRoot`], except `Self`, which is resolved away (`Self::A` is not recorded at all).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub name: NameId,
    pub start: u32,
}

/// Where the look-up of a path's first segment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathRoot {
    /// A plain name: scopes, then preludes.
    Plain,
    /// A leading `::`.
    Global,
    /// `crate::`.
    Crate,
    /// `$crate::`: the crate that defines the macro, by the number that whoever expanded it gave.
    DollarCrate(u32),
    /// `self::` (0) and `super::` chains (n), also `self::super::`.
    Super(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    Module,
    Function,
    Struct,
    Enum,
    Union,
    Variant,
    Trait,
    TraitAlias,
    TypeAlias,
    Const,
    Static,
    /// `macro_rules!` and `macro`.
    Macro,
    /// `#[proc_macro]`, `#[proc_macro_attribute]`, `#[proc_macro_derive]` in a proc-macro crate.
    ProcMacro,
    Impl,
    /// Within an `impl` or a trait.
    Method,
    AssocConst,
    AssocType,
}

impl ItemKind {
    pub const ALL: [Self; 17] = [
        Self::Module,
        Self::Function,
        Self::Struct,
        Self::Enum,
        Self::Union,
        Self::Variant,
        Self::Trait,
        Self::TraitAlias,
        Self::TypeAlias,
        Self::Const,
        Self::Static,
        Self::Macro,
        Self::ProcMacro,
        Self::Impl,
        Self::Method,
        Self::AssocConst,
        Self::AssocType,
    ];

    /// The word that the window, the messages and the snapshot show.
    pub fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Function => "function",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Variant => "variant",
            Self::Trait => "trait",
            Self::TraitAlias => "trait alias",
            Self::TypeAlias => "type alias",
            Self::Const => "constant",
            Self::Static => "static",
            Self::Macro => "macro",
            Self::ProcMacro => "procedural macro",
            Self::Impl => "impl",
            Self::Method => "method",
            Self::AssocConst => "associated constant",
            Self::AssocType => "associated type",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    /// `None` for `impl` and `const _`.
    pub name: Option<NameId>,
    /// Of the name, else of the whole item.
    pub name_span: Span,
    /// From its first attribute to its end.
    pub span: Span,
    pub visibility: Visibility,
    /// The scope whose names it joins; for variants and associated items, that of the type, trait or impl.
    pub scope: ScopeId,
    /// For variants, associated items and items in a body: the enum, trait, impl or function around.  In the value of
    /// a constant or static: that item, if it has a name.
    pub parent: Option<ItemId>,
    pub cfg: CfgId,
    pub details: ItemDetails,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemDetails {
    None,
    Module(ModuleFacts),
    /// A struct or variant: `S;` and `S(..)` are also values, `S {..}` is not.
    Struct {
        constructor: bool,
    },
    Impl(ImplFacts),
    /// `#[proc_macro_derive(Name, attributes(..))]` exports `Name` and not the function's own name.
    ProcMacro {
        exported: NameId,
        derive: bool,
        attribute: bool,
    },
    /// A function: `#[test]`, `#[bench]`, `#[tokio::test]` and the like make everything in it test-only.
    Function {
        test: bool,
    },
}

/// `mod name;` and `mod name { .. }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleFacts {
    /// The scope of an inline module; `None` for `mod name;`.
    pub inline: Option<ScopeId>,
    /// Each `#[path = ".."]` with its condition: one for a plain attribute, several for `cfg_attr`.
    pub paths: Vec<(Box<str>, CfgId)>,
    pub macro_use: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImplFacts {
    /// Indices into [`FileFacts::paths`]: the type that the `impl` is for, if it is a path, and the trait.
    pub self_type: Option<u32>,
    pub trait_: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    Private,
    Public,
    /// `pub(crate)`.
    Crate,
    /// `pub(self)` (0), `pub(super)` (1).
    Super(u8),
    /// `pub(in path)`.
    In {
        root: PathRoot,
        segments: SegmentRange,
    },
    /// A variant, or an item of a trait or of an `impl` of a trait: as visible as what is around it.
    Inherited,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub root: PathRoot,
    /// Without the alias; for a glob, the path before `::*`; for `extern crate`, the crate's name.
    pub segments: SegmentRange,
    pub kind: ImportKind,
    pub visibility: Visibility,
    pub scope: ScopeId,
    /// The function around it, if it stands in a body.
    pub owner: Option<ItemId>,
    pub cfg: CfgId,
    /// The leaf within the `use` tree.
    pub span: Span,
    /// Of the whole `use` or `extern crate` item.
    pub item_span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportKind {
    /// Brings `name` (the alias if there is one) in all namespaces.
    Single {
        name: NameId,
    },
    /// `a::{self}` and `a::{self as b}`: the type namespace alone; `segments` ends with `a`.
    SelfOnly {
        name: NameId,
    },
    /// `as _`: a trait without a name.
    Unnamed,
    Glob,
    /// `extern crate x as name;`; `None` for `as _`.  `segments` is empty for `extern crate self`.
    ExternCrate {
        name: Option<NameId>,
        macro_use: bool,
    },
}

/// What a path is used as; it decides the namespace of its last segment and the kind of reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathRole {
    /// In a type, a bound, a struct literal or struct pattern: the type namespace.
    Type,
    /// In an expression: the value namespace.  With several segments the first may be a type (`S::new`).
    Value,
    /// The callee of a call expression: the value namespace.
    Call,
    /// `E::V`, `V(..)` in a pattern: the value namespace, but never a local.
    Pattern,
    /// A bare identifier in a pattern: a constant, static, unit struct or unit variant if one is in scope, else a
    /// binding and no reference at all.
    PatternName,
    /// `A<N>`: a type, or else a constant.
    GenericArgument,
    /// The type of an `impl` header.
    ImplType,
    /// The trait of an `impl` header.
    ImplTrait,
    /// The name before `!`.
    Macro,
    /// Inside `#[derive(..)]`.
    Derive,
    /// The path of an attribute.
    Attribute,
    /// Inside `pub(in ..)`.
    Visibility,
    /// In a documentation link: any namespace.
    Doc,
}

/// Where a path was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSource {
    Written,
    /// In the arguments of a macro, re-parsed as Rust.
    MacroArgument,
    /// Written, at least in part, by the body of a macro that was expanded here.
    MacroBody,
    /// Found by scanning tokens that did not parse as Rust.
    MacroScan,
    /// Not found in the text at all, but told by an index of it.
    Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Path {
    pub root: PathRoot,
    pub segments: SegmentRange,
    pub role: PathRole,
    pub source: PathSource,
    pub scope: ScopeId,
    /// The innermost item around it that has a name or is an `impl`, the item itself for its attributes and
    /// visibility; `None` directly in a module, inline ones too.
    pub owner: Option<ItemId>,
    pub cfg: CfgId,
    /// It stands where the owner's declaration shows it: in a signature, a `pub` field, a bound; in no body.
    pub shown: bool,
    /// From the first token to the last segment's name, generic arguments of the last segment left out.
    pub span: Span,
}

/// `macro_rules!` or `macro`: the item it belongs to has the name and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacroDef {
    pub item: ItemId,
    /// `#[macro_export]`.
    pub exported: bool,
    /// `macro_export(local_inner_macros)`.
    pub local_inner_macros: bool,
    /// Macros 2.0 follow path scope alone.
    pub textual: bool,
    /// Of the rules, with their outer braces.
    pub body: Span,
    /// The same in the list of tokens that was read.
    pub tokens: TokenRange,
}

/// A half-open range of the tokens of a file or list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenRange {
    pub start: u32,
    pub end: u32,
}

/// A half-open range of one of the lists of [`FileFacts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    pub start: u32,
    pub end: u32,
}

/// A bang macro call; its name is the path at `path`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MacroCall {
    /// An index into [`FileFacts::paths`].
    pub path: u32,
    pub position: MacroPosition,
    /// The token tree with its delimiters.
    pub arguments: Span,
    /// The same in the list of tokens that was read.
    pub tokens: TokenRange,
    pub reading: MacroReading,
    /// What the arguments gave, to be left out where the call is expanded: paths, items, and the calls among them.
    pub paths: Entries,
    pub items: Entries,
    pub calls: Entries,
    /// A range of [`FileFacts::local_tokens`].
    pub locals: Entries,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MacroPosition {
    Item,
    /// Among the items of a trait or `impl`; `inherited`: they have no visibility of their own.
    Associated {
        inherited: bool,
    },
    Statement,
    Expression,
    Pattern,
    Type,
}

/// How the arguments of a call were understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MacroReading {
    /// No arguments that could name anything.
    Empty,
    Items,
    Statements,
    Expressions,
    Patterns,
    Types,
    /// Not Rust: names found by scanning tokens.
    Scanned,
    /// Of a macro that is not known, among items or in the result of another: read once it is known what the name means.
    Deferred,
    /// `quote!` and the like: its paths belong to its output.
    Ignored,
    /// `include!("literal")`, or any path among items: the file's items join this scope.
    Include,
}

/// A place that the parser could not read; the facts around it are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub offset: u32,
    pub message: String,
}
