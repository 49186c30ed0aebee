//! Rings of siblings in the words of a violation.
//!
//! In: a ring of things of one container.  Out: names, cuts with their remedies, advice.  Not here: finding rings and what
//! to cut (`metrics::cycles`).

use super::remedy::{Wanted, remedy};
use super::{Context, Cut};
use crate::metrics::cycles::Ring;
use crate::model::NodeId;

/// A ring's members and cuts by name; cuts stay sorted by their ends.  `holds` tells the modules of a member.
pub(super) fn named<K>(
    context: &Context<'_>,
    container: &str,
    ring: Ring<K>,
    name: impl Fn(&K) -> String,
    holds: impl Fn(&K, NodeId) -> bool,
) -> (Vec<String>, Vec<Cut>) {
    let members = ring.members.iter().map(&name).collect();
    let member_of = |module: NodeId| {
        let member = ring.members.iter().find(|member| holds(member, module))?;
        Some(short(container, &name(member)).to_owned())
    };
    let cuts = ring
        .cuts
        .iter()
        .map(|cut| {
            let (from, to) = (name(&cut.from), name(&cut.to));
            let wanted = Wanted {
                from: short(container, &from),
                to: short(container, &to),
                references: &cut.references,
                is_from: &|module| holds(&cut.from, module),
                member: &member_of,
            };
            let remedy = remedy(context, &wanted);
            Cut { from, to, references: cut.references.clone(), remedy }
        })
        .collect();
    (members, cuts)
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
    let cuts = cheapest_first(cuts);
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

pub(super) fn cheapest_first(cuts: &[Cut]) -> Vec<&Cut> {
    let mut cuts: Vec<&Cut> = cuts.iter().collect();
    cuts.sort_by_key(|cut| (cut.references.len(), &cut.from, &cut.to));
    cuts
}

pub(super) fn references(count: usize) -> String {
    if count == 1 { "1 reference".to_owned() } else { format!("{count} references") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ReferenceId;

    #[test]
    fn long_lists_are_cut_short() {
        let names: Vec<String> = ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned).into();
        assert_eq!(listed("app", &names[..1]), "`a`");
        assert_eq!(listed("app", &["app::x".to_owned(), "apple".to_owned()]), "`x` and `apple`");
        assert_eq!(listed("app", &names[..3]), "`a`, `b` and `c`");
        assert_eq!(listed("app", &names), "`a`, `b`, `c`, `d`, `e` and 2 more");
    }

    #[test]
    fn the_cheapest_cut_is_advised_first_and_counted() {
        let cut = |from: &str, to: &str, count: u32| Cut {
            from: from.to_owned(),
            to: to.to_owned(),
            references: (0..count).map(ReferenceId).collect(),
            remedy: String::new(),
        };
        assert_eq!(
            advice("app", &[cut("app::a", "app::b", 2), cut("app::c", "app::a", 1)]),
            "the cheapest way out is to cut `c` -> `a` (1 reference), `a` -> `b` (2 references)"
        );
    }
}
