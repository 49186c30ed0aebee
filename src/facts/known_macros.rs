//! Macros whose arguments have a known grammar, by the last segment of their path.
//!
//! In: a name.  Out: how to read the arguments.  Not here: the reading (`macros`), and whether the name means the
//! macro that it usually means: a reading that does not fit falls back to the general one.

/// How the arguments of a macro are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Expressions, of which the one at this place is a format string if it is a literal; later ones may be named.
    Format(usize),
    /// The macros of `log` and `tracing`: fields, then a format string.
    Event,
    /// Expressions.
    Expressions,
    /// `vec![a, b]`, `vec![a; n]`.
    Array,
    /// An expression, a pattern and a guard.
    Matches,
    /// Items.
    Items,
    /// `static ref X: T = e;`.
    LazyStatic,
    /// `struct F: u32 { const A = 1; }`.
    BitFlags,
    /// `if #[cfg(..)] { .. } else { .. }`.
    CfgIf,
    /// `predicate => { .. }`.
    CfgSelect,
    /// `pattern = expression => body`.
    Select,
    /// A type and its fields.
    OffsetOf,
    /// A template and operands.
    Assembly,
    /// `include!("file.rs")`.
    Include,
    /// Tokens for someone else.
    Ignored,
}

pub(super) fn known(name: &str) -> Option<Known> {
    Some(match name {
        "format" | "print" | "println" | "eprint" | "eprintln" | "panic" | "unreachable" | "todo" | "unimplemented"
        | "format_args" | "anyhow" | "bail" | "format_ident" => Known::Format(0),
        "write" | "writeln" | "assert" | "debug_assert" | "ensure" => Known::Format(1),
        "assert_eq" | "assert_ne" | "debug_assert_eq" | "debug_assert_ne" => Known::Format(2),
        "trace" | "debug" | "info" | "warn" | "error" | "event" | "log" | "span" | "trace_span" | "debug_span"
        | "info_span" | "warn_span" | "error_span" => Known::Event,
        "dbg" | "concat" | "env" | "option_env" | "include_str" | "include_bytes" | "line" | "column" | "file"
        | "module_path" | "join" | "try_join" | "compile_error" | "addr_of" | "addr_of_mut" | "try" => {
            Known::Expressions
        }
        "vec" => Known::Array,
        "matches" | "assert_matches" | "debug_assert_matches" => Known::Matches,
        "thread_local" => Known::Items,
        "lazy_static" => Known::LazyStatic,
        "bitflags" => Known::BitFlags,
        "cfg_if" => Known::CfgIf,
        "cfg_select" => Known::CfgSelect,
        "select" | "select_biased" => Known::Select,
        "offset_of" => Known::OffsetOf,
        "asm" | "global_asm" | "naked_asm" => Known::Assembly,
        "include" => Known::Include,
        "quote" | "quote_spanned" | "parse_quote" | "parse_quote_spanned" | "stringify" | "cfg" => Known::Ignored,
        _ => return None,
    })
}

/// The reading defines items where the call stands.
pub(super) fn defines_items(known: Known) -> bool {
    matches!(known, Known::Items | Known::LazyStatic | Known::BitFlags | Known::CfgIf | Known::CfgSelect)
}
