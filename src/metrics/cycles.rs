//! Cycles among the things of one container, and the cheapest way to open them.
//!
//! In: dependencies with their references; which of them shall stay.  Out: the strongly connected sets of more than one
//! thing, each with the references to cut: the minimum weighted feedback arc set (exact up to
//! [`order::EXACT_LIMIT`] things, beyond that Eades, Lin and Smyth 1993 with sifting), a reference weighing one.
//! Not here: words for people, and whether a cycle is a violation (`rules`).

use std::collections::BTreeMap;

use crate::model::ReferenceId;
use crate::order;

/// References from one thing to another.
pub type Dependencies<K> = BTreeMap<(K, K), Vec<ReferenceId>>;

/// Things that all depend on each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ring<K> {
    /// Sorted.
    pub members: Vec<K>,
    /// The cheapest dependencies without which no two members depend on each other; sorted by ends.
    pub cuts: Vec<Cut<K>>,
    /// How many references the dependencies between the members have.
    pub references: usize,
}

/// One dependency of a ring that should go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut<K> {
    pub from: K,
    pub to: K,
    pub references: Vec<ReferenceId>,
}

impl<K> Ring<K> {
    pub fn references_to_cut(&self) -> usize {
        self.cuts.iter().map(|cut| cut.references.len()).sum()
    }
}

/// The rings, in the order of their first members.
///
/// A dependency of which `keeps` accepts any reference is cut only where such dependencies alone form a ring.  Where
/// cuts are equally cheap, the sorted order of the things decides.
pub fn rings<K: Ord + Clone>(dependencies: &Dependencies<K>, keeps: impl Fn(ReferenceId) -> bool) -> Vec<Ring<K>> {
    let mut things: Vec<&K> = dependencies.keys().flat_map(|(from, to)| [from, to]).collect();
    things.sort_unstable();
    things.dedup();
    let number = |thing: &K| things.partition_point(|other| *other < thing) as u32;
    let count = things.len() as u32;
    let mut edges: Vec<order::Edge> = dependencies
        .iter()
        .map(|((from, to), references)| (number(from), number(to), references.len() as u64))
        .collect();
    let mut components: Vec<Vec<u32>> =
        order::components(count, &edges).into_iter().filter(|members| members.len() > 1).collect();
    if components.is_empty() {
        return Vec::new();
    }
    components.sort();
    let dependencies: Vec<(&(K, K), &Vec<ReferenceId>)> = dependencies.iter().collect();
    for (edge, (_, references)) in edges.iter_mut().zip(&dependencies) {
        if references.iter().any(|reference| keeps(*reference)) {
            edge.2 = order::KEEP;
        }
    }
    let cut = order::feedback(count, &edges).cut;
    let ring = |members: Vec<u32>| {
        let is_inside = |index: usize| {
            let (from, to, _) = edges[index];
            members.binary_search(&from).is_ok() && members.binary_search(&to).is_ok()
        };
        let cuts = cut.iter().filter(|index| is_inside(**index)).map(|index| {
            let ((from, to), references) = dependencies[*index];
            Cut { from: from.clone(), to: to.clone(), references: references.clone() }
        });
        let inner = (0..edges.len()).filter(|index| is_inside(*index));
        Ring {
            cuts: cuts.collect(),
            references: inner.map(|index| dependencies[index].1.len()).sum(),
            members: members.iter().map(|member| things[*member as usize].clone()).collect(),
        }
    };
    components.into_iter().map(ring).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dependencies(uses: &[(char, char, u32)]) -> Dependencies<char> {
        let mut next = 0;
        let mut number = |count: u32| {
            next += count;
            (next - count..next).map(ReferenceId).collect()
        };
        uses.iter().map(|(from, to, count)| ((*from, *to), number(*count))).collect()
    }

    #[track_caller]
    fn check(uses: &[(char, char, u32)], kept: &[u32], expected: &[(&str, &str, usize)]) {
        let found = rings(&dependencies(uses), |reference| kept.contains(&reference.0));
        let told: Vec<(String, String, usize)> = found
            .iter()
            .map(|ring| {
                let cuts: Vec<String> = ring.cuts.iter().map(|cut| format!("{}{}", cut.from, cut.to)).collect();
                (ring.members.iter().collect(), cuts.join(" "), ring.references)
            })
            .collect();
        let told: Vec<(&str, &str, usize)> = told.iter().map(|(a, b, n)| (a.as_str(), b.as_str(), *n)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_lighter_direction_is_cut_and_what_leaves_a_ring_is_no_part_of_it() {
        check(&[('a', 'b', 3), ('b', 'a', 1), ('b', 'c', 7)], &[], &[("ab", "ba", 4)]);
    }

    #[test]
    fn what_shall_stay_stays_however_cheap_it_is_to_cut() {
        check(&[('a', 'b', 3), ('b', 'a', 1)], &[3], &[("ab", "ab", 4)]);
    }

    #[test]
    fn where_all_shall_stay_one_goes_nevertheless() {
        check(&[('a', 'b', 1), ('b', 'a', 1)], &[0, 1], &[("ab", "ba", 2)]);
    }

    #[test]
    fn what_depends_in_one_direction_is_no_ring() {
        check(&[('a', 'b', 1), ('b', 'c', 1), ('a', 'c', 1)], &[], &[]);
    }
}
