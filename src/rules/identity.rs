//! The identity of a violation: the same in every revision in which the same thing is broken.
//!
//! In: what identifies it.  Out: 16 hexadecimal digits, which baselines and documents keep.  Not here: lines, kinds and spelling, which are evidence.

use crate::source::digest;

/// Of a violation by one module against one thing.
pub(super) fn of_reference(rule: &str, from: &str, to: &str) -> String {
    digest([rule, from, to])
}

/// Of a cycle; `members` are sorted.
pub(super) fn of_cycle(rule: &str, container: &str, members: &[String]) -> String {
    digest([rule, container].into_iter().chain(members.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_frozen() {
        assert_eq!(of_reference("internal-access", "web::cart", "orders::stock::Level"), "74c33c3ea930f63e");
        assert_eq!(of_cycle("module-cycle", "app", &["app::a".to_owned(), "app::b".to_owned()]), "50df96cd9cd524a0");
    }

    #[test]
    fn where_one_part_ends_matters() {
        assert_ne!(of_reference("r", "ab", "c"), of_reference("r", "a", "bc"));
    }
}
