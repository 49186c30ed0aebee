//! Names that are in scope without being declared: the standard prelude, its macros, and primitive types.
//!
//! In: a name.  Out: whether the compiler knows it by itself.  Not here: what it is.

use super::scope::Namespace;

/// Primitive types; a module of the same name gives way to them in a type of one segment (N9).
pub(super) const PRIMITIVES: [&str; 19] = [
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

const TYPES: [&str; 39] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
];

const MORE_TYPES: [&str; 2] = ["Unpin", "Vec"];

const VALUES: [&str; 10] =
    ["Err", "None", "Ok", "Some", "align_of", "align_of_val", "drop", "size_of", "size_of_val", "Box"];

/// Macros, derives and attributes of the standard library and of the compiler.
const MACROS: [&str; 104] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "addr_of",
    "addr_of_mut",
    "alloc_error_handler",
    "allow",
    "arg",
    "asm",
    "assert",
    "assert_eq",
    "assert_ne",
    "automatically_derived",
    "bench",
    "cfg",
    "cfg_accessible",
    "cfg_attr",
    "cfg_eval",
    "cfg_select",
    "cold",
    "column",
    "compile_error",
    "concat",
    "concat_idents",
    "const_format_args",
    "coverage",
    "crate_name",
    "crate_type",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "debugger_visualizer",
    "deny",
    "deprecated",
    "derive",
    "derive_const",
    "diagnostic",
    "doc",
    "env",
    "eprint",
    "eprintln",
    "expect",
    "export_name",
    "feature",
    "file",
    "forbid",
    "format",
    "format_args",
    "format_args_nl",
    "global_allocator",
    "global_asm",
    "ignore",
    "include",
    "include_bytes",
    "include_str",
    "inline",
    "instruction_set",
    "is_x86_feature_detected",
    "line",
    "link",
    "link_name",
    "link_section",
    "log_syntax",
    "macro_export",
    "macro_use",
    "matches",
    "module_path",
    "must_use",
    "naked_asm",
    "no_link",
    "no_mangle",
    "non_exhaustive",
    "option_env",
    "panic",
    "path",
    "print",
    "println",
    "proc_macro",
    "proc_macro_attribute",
    "proc_macro_derive",
    "repr",
    "should_panic",
    "stringify",
    "target_feature",
    "test",
    "test_case",
    "thread_local",
    "todo",
    "trace_macros",
    "track_caller",
    "try",
    "type_length_limit",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Whether a name that no scope holds is the compiler's or the standard library's.
pub(super) fn knows(name: &str, namespace: Namespace) -> bool {
    let holds = |names: &[&str]| names.contains(&name);
    match namespace {
        Namespace::Types => holds(&PRIMITIVES) || holds(&TYPES) || holds(&MORE_TYPES),
        Namespace::Values => holds(&VALUES) || holds(&PRIMITIVES),
        Namespace::Macros => MACROS.binary_search(&name).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_macro_table_is_sorted() {
        assert!(MACROS.is_sorted());
    }

    #[test]
    fn prelude_names_are_known_in_their_namespace() {
        assert!(knows("Vec", Namespace::Types) && knows("Some", Namespace::Values) && knows("vec", Namespace::Macros));
        assert!(!knows("vec", Namespace::Types));
    }
}
