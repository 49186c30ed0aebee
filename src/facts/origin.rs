//! Where the tokens of a list come from that is no file.
//!
//! In: nothing.  Out: [`Origin`], one per token of a list.  Not here: lists (`token_list`), and what is made of them.

use crate::source::Span;

/// The offset of what stands nowhere in the calling file: it comes from the body of the macro.
pub const FROM_BODY: u32 = u32::MAX;

/// Where a token comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// In the arguments of the outermost call, relative to their start; [`FROM_BODY`] twice for the rest.
    pub(super) span: Span,
    /// Names of different contexts are different locals (The Rust Reference, "Hygiene").
    pub(super) context: u32,
    /// For `$crate`: the number that whoever expands gave to the crate of the macro.
    pub(super) krate: u32,
    /// A local of the function around the call.
    pub(super) local: bool,
}
