//! What well-known macros of other crates declare, as rules of our own.
//!
//! In: the name of a macro that is not of this workspace.  Out: rules for what others can see of its result: modules,
//! items, re-exports.  A call that does not fit them is read like any other.  Not here: macros whose arguments are
//! plain Rust, which need no rules (`facts`), and those whose result has to be generated.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::facts::{Rules, TokenList};
use crate::workspace::Edition;

/// By the last name of the path: `diesel` (its documentation, "table!").
const DECLARING: [(&str, &str); 3] = [
    (
        "table",
        "{ ($($import:item)* $(#[$meta:meta])* $($schema:ident .)? $name:ident $(($($key:ident),* $(,)?))? {
            $($(#[$column_meta:meta])* $column:ident -> $type:ty),* $(,)?
        }) => {
            pub mod $name {
                $($import)*
                pub use self::columns::*;
                pub struct table;
                pub mod dsl { $(pub use super::columns::$column;)* pub use super::table as $name; }
                pub mod columns {
                    use super::*;
                    pub struct star;
                    $(pub struct $column; impl $column { const TYPE: $type = table; })*
                }
            }
        } }",
    ),
    (
        "joinable",
        "{ ($child:ident -> $parent:ident ($key:ident)) => {
            const _: ($child::table, $parent::table) = $child::$key;
        } }",
    ),
    (
        "allow_tables_to_appear_in_same_query",
        "{ ($($table:ident),* $(,)?) => { const _: ($($table::table),*) = (); } }",
    ),
];

/// The rules for a macro of this name.
pub(super) fn rules(name: &str) -> Option<Arc<Rules>> {
    static RULES: OnceLock<FxHashMap<&str, Arc<Rules>>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let read = |text| Rules::new(TokenList::new(text, Edition::E2021), Edition::E2021, false);
        DECLARING.iter().filter_map(|(name, text)| Some((*name, Arc::new(read(text)?)))).collect()
    });
    rules.get(name).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_read() {
        for (name, _) in DECLARING {
            assert!(rules(name).is_some(), "{name}");
        }
    }
}
