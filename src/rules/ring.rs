//! Rings among siblings, and the cheapest way to open them.
//!
//! In: dependencies between named things of one container, with their references.  Out: the strongly connected sets of
//! more than one, each with the smallest set of references to cut.  Not here: what the things are.

use std::collections::BTreeMap;

use super::Cut;
use crate::model::ReferenceId;
use crate::order;

/// Sorted names that all depend on each other.
pub(super) struct Ring {
    pub(super) members: Vec<String>,
    /// Sorted by ends.
    pub(super) cuts: Vec<Cut>,
}

/// References from one name to another.
pub(super) type Dependencies = BTreeMap<(String, String), Vec<ReferenceId>>;

/// In the order of their first members.
pub(super) fn rings(dependencies: &Dependencies) -> Vec<Ring> {
    let mut names: Vec<&str> = dependencies.keys().flat_map(|(from, to)| [from.as_str(), to.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    // Names are sorted, so where cuts are equally cheap the answer does not depend on where things were found.
    let number = |name: &str| names.partition_point(|other| *other < name) as u32;
    let edges: Vec<order::Edge> = dependencies
        .iter()
        .map(|((from, to), references)| (number(from), number(to), references.len() as u64))
        .collect();
    let count = names.len() as u32;
    let mut components: Vec<Vec<u32>> =
        order::components(count, &edges).into_iter().filter(|members| members.len() > 1).collect();
    if components.is_empty() {
        return Vec::new();
    }
    for members in &mut components {
        members.sort_unstable();
    }
    components.sort();
    let cut = order::feedback(count, &edges).cut;
    let dependencies: Vec<_> = dependencies.iter().collect();
    components
        .into_iter()
        .map(|members| {
            let cuts = cut
                .iter()
                .filter(|index| members.binary_search(&edges[**index].0).is_ok())
                .map(|index| {
                    let ((from, to), references) = dependencies[*index];
                    Cut { from: from.clone(), to: to.clone(), references: references.clone() }
                })
                .collect();
            Ring { members: members.into_iter().map(|member| names[member as usize].to_owned()).collect(), cuts }
        })
        .collect()
}

/// "`a`, `b` and `c`"; of many the first five.
pub(super) fn listed(container: &str, names: &[String]) -> String {
    const MOST: usize = 6;
    let names: Vec<&str> = names.iter().map(|name| short(container, name)).collect();
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match &names[..] {
        [] => String::new(),
        [only] => format!("`{only}`"),
        names if names.len() > MOST => format!("{} and {} more", quoted(&names[..MOST - 1]), names.len() - MOST + 1),
        [first @ .., last] => format!("{} and `{last}`", quoted(first)),
    }
}

/// A member's name as those of its container call it: for a module its path below the container.
pub(super) fn short<'a>(container: &str, member: &'a str) -> &'a str {
    member.strip_prefix(container).and_then(|rest| rest.strip_prefix("::")).unwrap_or(member)
}

/// "cut `b` -> `a` (2 references)", the cheapest cuts first; of many the first five.
pub(super) fn advice(container: &str, cuts: &[Cut]) -> String {
    const MOST: usize = 6;
    let mut cuts: Vec<&Cut> = cuts.iter().collect();
    cuts.sort_by_key(|cut| (cut.references.len(), &cut.from, &cut.to));
    let shown = if cuts.len() > MOST { MOST - 1 } else { cuts.len() };
    let words: Vec<String> = cuts[..shown]
        .iter()
        .map(|cut| {
            let (from, to) = (short(container, &cut.from), short(container, &cut.to));
            format!("`{from}` -> `{to}` ({})", references(cut.references.len()))
        })
        .collect();
    let rest = if cuts.len() > shown { format!(" and {} more", cuts.len() - shown) } else { String::new() };
    format!("the cheapest way out is to cut {}{rest}", words.join(", "))
}

pub(super) fn references(count: usize) -> String {
    if count == 1 { "1 reference".to_owned() } else { format!("{count} references") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dependencies: &[(&str, &str, u32)], expected: &[&str]) {
        let dependencies: Dependencies = dependencies
            .iter()
            .map(|(from, to, n)| (((*from).to_owned(), (*to).to_owned()), (0..*n).map(ReferenceId).collect()))
            .collect();
        let found: Vec<String> = rings(&dependencies)
            .iter()
            .map(|ring| format!("{}: {}", ring.members.join(" "), advice("app", &ring.cuts)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_lighter_direction_is_cut() {
        check(
            &[("a", "b", 3), ("b", "a", 1), ("b", "c", 1)],
            &["a b: the cheapest way out is to cut `b` -> `a` (1 reference)"],
        );
    }

    #[test]
    fn separate_rings_are_separate() {
        check(
            &[("a", "b", 1), ("b", "a", 2), ("c", "d", 2), ("d", "e", 2), ("e", "c", 1), ("b", "c", 9)],
            &[
                "a b: the cheapest way out is to cut `a` -> `b` (1 reference)",
                "c d e: the cheapest way out is to cut `e` -> `c` (1 reference)",
            ],
        );
    }

    #[test]
    fn what_depends_in_one_direction_is_no_ring() {
        check(&[("a", "b", 1), ("b", "c", 1), ("a", "c", 1)], &[]);
    }

    #[test]
    fn long_lists_are_cut_short() {
        let names: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).into();
        assert_eq!(listed("app", &names[..1]), "`a`");
        assert_eq!(listed("app", &["app::x".to_owned(), "apple".to_owned()]), "`x` and `apple`");
        assert_eq!(listed("app", &names[..3]), "`a`, `b` and `c`");
        assert_eq!(listed("app", &names), "`a`, `b`, `c`, `d`, `e` and 2 more");
    }
}
