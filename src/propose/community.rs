//! Communities of packages: those that refer to each other, and are changed together, more than chance would have it.
//!
//! In: a model, its packages, what was changed together.  Out: a [`Part`] for each community.  The communities themselves are
//! found by `order`.  What practitioners say of such proposals is that they are not trusted as they are: this is a choice that
//! somebody makes, and each part says what speaks for it.
//!
//! A tie is as strong as the logarithm of its references, for a hundred calls tie hardly more than fifty; and it counts less
//! the more others use the same thing, since what everybody uses tells nobody's place (inverse document frequency, as in
//! Andritsos, Tzerpos 2005: "Information-theoretic software clustering").  What is used by so many that it is a platform is set
//! aside, each piece for itself (the omnipresent modules of Mancoridis et al. 1999: "Bunch").  What is always changed together
//! counts as much as one usual tie more.  Not here: why a part is one (`reason`).

use std::collections::{BTreeMap, BTreeSet};

use super::group::{MODULES_AT_LEAST, has_code, largest, modules_at_top};
use super::prefix;
use super::shape::{PLATFORM_PERCENT, PLATFORM_USERS};
use super::ties::{References, Ties, Together};
use super::{By, Part};
use crate::model::{Model, NodeId};
use crate::order;

/// A word or a folder that this share of a community has names it.
const MOST_PERCENT: usize = 60;

/// The pieces that are put together: packages; of one that holds most of the code, its modules.
pub fn units(model: &Model, packages: &[NodeId]) -> Vec<NodeId> {
    let packages: Vec<NodeId> = packages.iter().copied().filter(|package| has_code(model, *package)).collect();
    let divided = largest(&packages, model).map(|root| modules_at_top(model, root));
    let modules = divided.filter(|modules| modules.len() >= MODULES_AT_LEAST).unwrap_or_default();
    packages.into_iter().chain(modules).collect()
}

/// From about this modularity on communities are distinct (Newman, Girvan 2004: "Finding and evaluating community structure in
/// networks").
const DISTINCT: f64 = 0.3;

/// The parts, and how distinct they are; `folders`: of packages; `together`: of units.
pub fn by_community(model: &Model, folders: &[(NodeId, String)], together: &[Together]) -> (Vec<Part>, String) {
    let packages: Vec<NodeId> = folders.iter().map(|(package, _)| *package).collect();
    let units = units(model, &packages);
    let references = Ties::of(model, &units).references;
    let users = users(&references);
    let is_everywhere = |unit: usize| {
        let enough = PLATFORM_USERS.max(units.len().saturating_sub(1) * PLATFORM_PERCENT / 100);
        users.get(&unit).is_some_and(|users| *users >= enough)
    };
    let mut ties = weighed(&references, &users, &units, together);
    ties.retain(|(a, b, _)| !is_everywhere(*a as usize) && !is_everywhere(*b as usize));
    let of = order::communities(units.len() as u32, &ties);
    let remark = remark(order::modularity(units.len() as u32, &ties, &of));
    let mut members: BTreeMap<u32, Vec<NodeId>> = BTreeMap::new();
    for (unit, community) in units.iter().zip(of) {
        members.entry(community).or_default().push(*unit);
    }
    let others = units.len().saturating_sub(1);
    let aside: BTreeMap<NodeId, String> = (0..units.len())
        .filter(|unit| is_everywhere(*unit))
        .map(|unit| (units[unit], format!("Set aside: {} of {others} others use it.", users[&unit])))
        .collect();
    let all: Vec<&str> = units.iter().map(|unit| &*model.node(*unit).name).collect();
    // The largest have the first choice of a name.
    let mut communities: Vec<Vec<NodeId>> = members.into_values().collect();
    let lines = |code: &Vec<NodeId>| code.iter().map(|node| model.total_lines(*node)).sum::<u64>();
    communities.sort_by_key(|code| std::cmp::Reverse(lines(code)));
    let mut parts: Vec<Part> = Vec::new();
    for code in communities {
        let names = names(model, folders, &code, &all);
        let is_free = |name: &String| !parts.iter().any(|part| part.name == *name);
        let numbered = (2..).map(|number| format!("{}-{number}", names[0]));
        let name = names.iter().cloned().chain(numbered).find(is_free).unwrap_or_default();
        let why = code.first().and_then(|first| aside.get(first)).cloned();
        let by = if why.is_some() { By::Everywhere } else { By::Community };
        parts.push(Part { name, code, by, why: why.unwrap_or_default() });
    }
    (parts, remark)
}

fn remark(modularity: f64) -> String {
    let is_distinct = modularity >= DISTINCT;
    let meaning = if is_distinct { "they are distinct" } else { "they are hardly distinct: other groups are as good" };
    format!("Modularity {modularity:.2}, where communities have {DISTINCT} and more: {meaning}.")
}

/// How many others use each unit.
fn users(references: &References) -> BTreeMap<usize, usize> {
    let mut users: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, used) in references.keys() {
        *users.entry(*used).or_default() += 1;
    }
    users
}

/// Ties between units with their weights.
fn weighed(
    references: &References,
    users: &BTreeMap<usize, usize>,
    units: &[NodeId],
    together: &[Together],
) -> Vec<order::Tie> {
    let rarity = |used: usize| (units.len() as f64 / users.get(&used).copied().unwrap_or(1) as f64).ln();
    let mut ties: Vec<order::Tie> = references
        .iter()
        .map(|((from, to), count)| (*from as u32, *to as u32, (*count as f64).ln_1p() * rarity(*to)))
        .collect();
    let usual = ties.iter().map(|(_, _, weight)| weight).sum::<f64>() / ties.len().max(1) as f64;
    let index = |node: NodeId| units.iter().position(|unit| *unit == node);
    for pair in together {
        if let (Some(a), Some(b)) = (index(pair.a), index(pair.b)) {
            ties.push((a as u32, b as u32, usual * pair.confidence()));
        }
    }
    ties
}

/// What a community may be called, the best first: what most of its names begin with, the folder that all lie in and others do
/// not, the largest member.
fn names(model: &Model, folders: &[(NodeId, String)], code: &[NodeId], all: &[&str]) -> Vec<String> {
    // What nearly all names begin with says nothing.
    let common = prefix::common(all);
    let name = |node: &NodeId| {
        let name = &*model.node(*node).name;
        common.and_then(|word| prefix::after(name, word)).unwrap_or(name).to_owned()
    };
    let all: Vec<&str> =
        all.iter().map(|name| common.and_then(|word| prefix::after(name, word)).unwrap_or(name)).collect();
    let mut found: Vec<String> = Vec::new();
    if code.len() > 1 {
        let own: Vec<String> = code.iter().map(name).collect();
        found.extend(shared_word(&own, &all));
        found.extend(shared_folder(folders, code));
    }
    let largest = code.iter().max_by_key(|node| (model.total_lines(**node), std::cmp::Reverse(**node)));
    found.extend(largest.map(name));
    found
}

/// The words that most names begin with, if no more than a few others do.
fn shared_word(own: &[String], all: &[&str]) -> Option<String> {
    let begins = |name: &str, word: &str| {
        name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    };
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for name in own {
        words.extend(name.match_indices(['-', '_']).map(|(at, _)| &name[..at]));
        words.insert(name);
    }
    let count = |names: &mut dyn Iterator<Item = &str>, word: &str| names.filter(|name| begins(name, word)).count();
    let is_shared = |word: &&str| {
        let ours = count(&mut own.iter().map(String::as_str), word);
        let theirs = count(&mut all.iter().copied(), word);
        ours > 1 && ours * 100 >= own.len() * MOST_PERCENT && ours * 100 >= theirs * MOST_PERCENT
    };
    let best = words.into_iter().filter(is_shared);
    best.max_by_key(|word| (count(&mut own.iter().map(String::as_str), word), word.len())).map(str::to_owned)
}

/// The last name of a folder that all packages of a community lie in, and most of what lies there.
fn shared_folder(folders: &[(NodeId, String)], code: &[NodeId]) -> Option<String> {
    let own: Vec<&String> = folders.iter().filter(|(node, _)| code.contains(node)).map(|(_, folder)| folder).collect();
    let (first, is_all) = (own.first()?, own.len() == code.len());
    let mut around = first.match_indices('/').map(|(at, _)| &first[..at]);
    let is_in = |folder: &String, around: &str| folder.strip_prefix(around).is_some_and(|rest| rest.starts_with('/'));
    let is_shared = |around: &&str| {
        let there = folders.iter().filter(|(_, folder)| is_in(folder, around)).count();
        own.iter().all(|folder| is_in(folder, around)) && own.len() * 100 >= there * MOST_PERCENT
    };
    let shared = around.rfind(is_shared).filter(|_| is_all)?;
    shared.rsplit('/').next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    const TWO: &str = "
        package shop-orders orders
        package shop-orders-db orders-db
        package billing billing
        package ledger ledger
        package kernel kernel
        pub fn shop_orders_db::f
        pub fn ledger::f
        pub fn kernel::f
        shop-orders -> shop_orders_db::f call
        billing -> ledger::f call
        shop-orders -> kernel::f call
        shop-orders-db -> kernel::f call
        billing -> kernel::f call
        ledger -> kernel::f call
    ";

    /// The names of what each part has.
    fn told(fixture: &Fixture, together: &[Together]) -> Vec<String> {
        let (parts, _) = by_community(&fixture.model, &fixture.folders, together);
        let told = |part: &Part| {
            let names: Vec<&str> = part.code.iter().map(|node| &*fixture.model.node(*node).name).collect();
            format!("{}: {}", part.name, names.join(" "))
        };
        let mut told: Vec<String> = parts.iter().map(told).collect();
        told.sort();
        told
    }

    #[test]
    fn what_everybody_uses_puts_nobody_together() {
        let fixture = Fixture::new(
            &TWO.replace("shop-orders ->", "shop_orders ->").replace("shop-orders-db ->", "shop_orders_db ->"),
        );
        let told = told(&fixture, &[]);
        assert!(told.iter().any(|part| part.starts_with("shop-orders: shop-orders shop-orders-db")), "{told:?}");
        assert!(!told.iter().any(|part| part.contains("billing") && part.contains("orders")), "{told:?}");
    }

    #[test]
    fn what_is_changed_together_is_tied() {
        let fixture = Fixture::new(
            "package a a\npackage b b\npackage c c\npackage d d\npub fn b::f\npub fn d::f\na -> b::f\nc -> d::f\n",
        );
        assert_eq!(told(&fixture, &[]), ["b: a b", "d: c d"]);
        let node = |name: &str| fixture.folders.iter().find(|(_, folder)| folder == name).unwrap().0;
        let pair = |a: &str, b: &str| Together { a: node(a), b: node(b), of: 10, together: 10, lift: 4.0 };
        // Two such pairs outweigh one reference.
        let moved = told(&fixture, &[pair("b", "c"), pair("b", "c")]);
        assert!(moved.iter().any(|part| part.contains("b c")), "{moved:?}");
    }

    #[test]
    fn a_community_is_called_by_what_its_members_share() {
        let word = |own: &[&str], all: &[&str]| {
            shared_word(&own.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), all)
        };
        let all = ["ide", "ide-db", "ide-ssr", "hir", "hir-def", "vfs", "syntax"];
        assert_eq!(word(&["ide", "ide-db", "vfs"], &all).as_deref(), Some("ide"));
        assert_eq!(word(&["ide", "vfs", "hir"], &all), None);
        assert_eq!(word(&["x-a", "x-b"], &["x-a", "x-b", "x-c", "x-d", "x-e"]), None);
        assert_eq!(word(&["x-db-a", "x-db-b"], &["x-db-a", "x-db-b", "x-c"]).as_deref(), Some("x-db"));
    }
}
