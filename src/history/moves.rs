//! Modules that are known by another path in the next commit, as far as files tell.
//!
//! In: the modules that are gone and those that came, with their files.  Out: [`Moves`].  The evidence, the clearest first:
//! the same file (a crate or module that was renamed around it), the same text elsewhere, most of the same lines
//! elsewhere, and the same name within a module that moved.  Not here: which items and violations follow.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Identity;

/// Where a module's text is.
#[derive(Clone, Debug)]
pub struct Home {
    pub path: String,
    pub file: String,
    /// Of the whole file; `None` for a module within another one's file.
    pub text: Option<Arc<str>>,
}

/// Pairs of more modules than this are not compared line by line.
const MAX_COMPARED: usize = 80;

/// Of two files that are one, at least this share of lines is in both, in percent.
const ALIKE_PERCENT: usize = 50;

/// Old paths of modules, and what they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(BTreeMap<String, String>);

/// Whether an old identity and a new one are of one violation.
type IsOne<'a> = dyn Fn(&Identity, &Identity) -> bool + 'a;

impl Moves {
    /// Pairs the modules that are gone with those that came.  Nothing that is unclear is paired.
    pub fn new(gone: &[Home], came: &[Home]) -> Self {
        let mut pairing = Pairing { moves: BTreeMap::new(), taken: BTreeSet::new() };
        if gone.is_empty() || came.is_empty() {
            return Self::default();
        }
        pairing.by_key(gone, came, |home| home.text.as_ref().map(|_| home.file.clone()));
        pairing.by_key(gone, came, |home| home.text.as_ref().filter(|text| !text.trim().is_empty()).cloned());
        pairing.by_lines(gone, came);
        pairing.within(gone, came);
        Self(pairing.moves)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Old paths with what they are now, sorted.
    pub fn pairs(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.0.iter().map(|(old, new)| (old.clone(), new.clone()))
    }

    /// What a path of the commit before is now.
    pub fn path(&self, path: &str) -> String {
        let mut prefix = path;
        loop {
            if let Some(now) = self.0.get(prefix) {
                return format!("{now}{}", &path[prefix.len()..]);
            }
            match prefix.rsplit_once("::") {
                Some((outer, _)) => prefix = outer,
                None => return path.to_owned(),
            }
        }
    }

    /// Which of the violations that opened are ones that closed, as pairs of indices: each at most once.
    ///
    /// `exists` says whether a path is one in the commit after.
    pub fn continued(
        &self,
        closed: &[Identity],
        opened: &[Identity],
        exists: &dyn Fn(&str) -> bool,
    ) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let (mut old_left, mut new_left): (Vec<usize>, Vec<usize>) =
            ((0..closed.len()).collect(), (0..opened.len()).collect());
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        // By what moved; by a part of a ring that is left; by the thing alone that was moved or renamed.
        let same = |old: &Identity, new: &Identity| {
            self.path(&old.from) == new.from && self.path(&old.to) == new.to && self.members(old) == new.members
        };
        let smaller = |old: &Identity, new: &Identity| {
            let members = self.members(old);
            self.path(&old.from) == new.from
                && !new.members.is_empty()
                && new.members.iter().all(|member| members.contains(member))
        };
        let moved = |old: &Identity, new: &Identity| {
            let (from, to) = (self.path(&old.from), self.path(&old.to));
            let plain = old.members.is_empty() && new.members.is_empty() && !old.to.is_empty();
            let to_moved = from == new.from && last(&to) == last(&new.to) && !exists(&to);
            let from_moved = to == new.to && last(&from) == last(&new.from) && !exists(&from);
            plain && (to_moved || from_moved)
        };
        let tests: [&IsOne<'_>; 3] = [&same, &smaller, &moved];
        for is_one in tests {
            let fits =
                |old: usize, new: usize| closed[old].rule == opened[new].rule && is_one(&closed[old], &opened[new]);
            let mut found = Vec::new();
            for old in &old_left {
                let mut candidates = new_left.iter().filter(|new| fits(*old, **new));
                if let (Some(new), None) = (candidates.next(), candidates.next())
                    && old_left.iter().filter(|other| fits(**other, *new)).count() == 1
                {
                    found.push((*old, *new));
                }
            }
            old_left.retain(|old| !found.iter().any(|(it, _)| it == old));
            new_left.retain(|new| !found.iter().any(|(_, it)| it == new));
            pairs.extend(found);
        }
        pairs.sort_unstable();
        pairs
    }

    fn members(&self, identity: &Identity) -> Vec<String> {
        let mut members: Vec<String> = identity.members.iter().map(|member| self.path(member)).collect();
        members.sort();
        members
    }
}

struct Pairing {
    moves: BTreeMap<String, String>,
    /// New paths that stand for an old one.
    taken: BTreeSet<String>,
}

impl Pairing {
    fn pair(&mut self, old: &Home, new: &Home) {
        self.moves.insert(old.path.clone(), new.path.clone());
        self.taken.insert(new.path.clone());
    }

    fn is_open(&self, old: &Home, new: &Home) -> bool {
        !self.moves.contains_key(&old.path) && !self.taken.contains(&new.path)
    }

    /// Pairs those that are alone with a key on both sides.
    fn by_key<K: Ord>(&mut self, gone: &[Home], came: &[Home], key: impl Fn(&Home) -> Option<K>) {
        let mut by_key: BTreeMap<K, (Vec<&Home>, Vec<&Home>)> = BTreeMap::new();
        for old in gone.iter().filter(|old| !self.moves.contains_key(&old.path)) {
            if let Some(key) = key(old) {
                by_key.entry(key).or_default().0.push(old);
            }
        }
        for new in came.iter().filter(|new| !self.taken.contains(&new.path)) {
            if let Some(key) = key(new) {
                by_key.entry(key).or_default().1.push(new);
            }
        }
        for (old, new) in by_key.into_values() {
            if let ([old], [new]) = (&old[..], &new[..]) {
                self.pair(old, new);
            }
        }
    }

    /// Pairs files that are each other's most alike.
    fn by_lines(&mut self, gone: &[Home], came: &[Home]) {
        let lines = |home: &Home| -> Option<BTreeMap<String, usize>> {
            let mut counts = BTreeMap::new();
            for line in home.text.as_ref()?.lines().map(str::trim).filter(|line| line.len() > 3) {
                *counts.entry(line.to_owned()).or_insert(0) += 1;
            }
            Some(counts)
        };
        let open_old: Vec<&Home> = gone.iter().filter(|old| !self.moves.contains_key(&old.path)).collect();
        let open_new: Vec<&Home> = came.iter().filter(|new| !self.taken.contains(&new.path)).collect();
        if open_old.len() > MAX_COMPARED || open_new.len() > MAX_COMPARED {
            return;
        }
        let (old, new): (Vec<_>, Vec<_>) =
            (open_old.iter().map(|home| lines(home)).collect(), open_new.iter().map(|home| lines(home)).collect());
        let alike = |old: &Option<BTreeMap<String, usize>>, new: &Option<BTreeMap<String, usize>>| -> usize {
            let (Some(old), Some(new)) = (old, new) else { return 0 };
            let both: usize =
                old.iter().map(|(line, count)| new.get(line).copied().unwrap_or_default().min(*count)).sum();
            let all: usize = old.values().sum::<usize>() + new.values().sum::<usize>();
            (200 * both).checked_div(all).unwrap_or_default()
        };
        let table: Vec<Vec<usize>> = old.iter().map(|old| new.iter().map(|new| alike(old, new)).collect()).collect();
        for (row, old) in table.iter().zip(&open_old) {
            let Some((best, share)) = row.iter().enumerate().max_by_key(|(index, share)| (**share, usize::MAX - index))
            else {
                continue;
            };
            let is_best_of_column = table.iter().filter(|other| other[best] >= *share).count() == 1;
            let is_alone = row.iter().filter(|other| *other >= share).count() == 1;
            if *share >= ALIKE_PERCENT && is_best_of_column && is_alone {
                self.pair(old, open_new[best]);
            }
        }
    }

    /// Pairs modules of the same name within modules that are one.
    fn within(&mut self, gone: &[Home], came: &[Home]) {
        let mut old_by_depth: Vec<&Home> = gone.iter().collect();
        old_by_depth.sort_by_key(|home| home.path.matches("::").count());
        for old in old_by_depth {
            let Some((parent, name)) = old.path.rsplit_once("::") else { continue };
            let Some(parent) = self.moves.get(parent) else { continue };
            let path = format!("{parent}::{name}");
            if let Some(new) = came.iter().find(|new| new.path == path)
                && self.is_open(old, new)
            {
                self.pair(old, new);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `path file text`, or `path file` for a module within a file.
    fn homes(text: &str) -> Vec<Home> {
        let line = |line: &str| {
            let mut parts = line.trim().splitn(3, ' ');
            let mut part = || parts.next().map(str::to_owned);
            let (path, file) = (part().unwrap(), part().unwrap());
            Home { path, file, text: part().map(|text| Arc::from(text.replace('/', "\n"))) }
        };
        text.lines().filter(|line| !line.trim().is_empty()).map(line).collect()
    }

    #[track_caller]
    fn check(gone: &str, came: &str, expected: &[(&str, &str)]) -> Moves {
        let moves = Moves::new(&homes(gone), &homes(came));
        let told: Vec<(&str, &str)> = moves.0.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        assert_eq!(told, expected);
        moves
    }

    #[test]
    fn a_crate_that_is_renamed_takes_its_modules_along() {
        let moves = check(
            "old core/src/lib.rs one\nold::a core/src/a.rs two\nold::a::inline core/src/a.rs",
            "new core/src/lib.rs one!\nnew::a core/src/a.rs two\nnew::a::inline core/src/a.rs",
            &[("old", "new"), ("old::a", "new::a"), ("old::a::inline", "new::a::inline")],
        );
        assert_eq!(moves.path("old::a::Item"), "new::a::Item");
        assert_eq!((moves.path("old::gone::X"), moves.path("older")), ("new::gone::X".into(), "older".into()));
    }

    #[test]
    fn a_file_is_followed_by_its_text_or_most_of_its_lines() {
        check(
            "k::a src/a.rs same text\nk::b src/b.rs line one/line two/line three",
            "k::x::a src/x/a.rs same text\nk::x::b src/x/b.rs line one/line two/another",
            &[("k::a", "k::x::a"), ("k::b", "k::x::b")],
        );
    }

    #[test]
    fn what_is_not_clear_is_not_followed() {
        check("k::a src/a.rs same\nk::b src/b.rs same", "k::x src/x.rs same", &[]);
        check("k::a src/a.rs line one/line two/line 3333", "k::x src/x.rs line one/other/another", &[]);
        check("k::a src/a.rs", "k::x src/x.rs", &[]);
        check("k::a src/a.rs  ", "k::x src/x.rs  ", &[]);
    }

    fn identity(text: &str) -> Identity {
        let (rule, ends) = text.split_once(' ').unwrap();
        let rule = ["internal-access", "module-cycle"].into_iter().find(|known| *known == rule).unwrap();
        let (from, rest) = ends.split_once(' ').unwrap();
        let (to, members) = match rest.split_once(':').filter(|_| rule == "module-cycle") {
            Some((_, members)) => (String::new(), members.split(',').map(str::to_owned).collect()),
            None => (rest.to_owned(), Vec::new()),
        };
        Identity { id: text.to_owned(), rule, from: from.to_owned(), to, members }
    }

    fn continued(moves: &Moves, closed: &[&str], opened: &[&str], existing: &[&str]) -> Vec<(usize, usize)> {
        let all = |texts: &[&str]| texts.iter().map(|text| identity(text)).collect::<Vec<_>>();
        moves.continued(&all(closed), &all(opened), &|path| existing.contains(&path))
    }

    #[test]
    fn violations_follow_what_they_name() {
        let moves = Moves([("k::a".to_owned(), "k::b".to_owned())].into());
        assert_eq!(continued(&moves, &["internal-access k::a m::X"], &["internal-access k::b m::X"], &[]), [(0, 0)]);
        assert_eq!(continued(&moves, &["internal-access n k::a::X"], &["internal-access n k::b::X"], &[]), [(0, 0)]);
        let rings = (["module-cycle k :k::a,k::c"], ["module-cycle k :k::b,k::c"]);
        assert_eq!(continued(&moves, &rings.0, &rings.1, &[]), [(0, 0)]);
    }

    #[test]
    fn a_ring_that_lost_a_member_is_the_same() {
        let none = Moves::default();
        let (larger, smaller) = ("module-cycle k :a,b,c", "module-cycle k :a,b");
        assert_eq!(continued(&none, &[larger], &[smaller], &[]), [(0, 0)]);
        assert_eq!(continued(&none, &[smaller], &[larger], &[]), []);
    }

    #[test]
    fn a_thing_that_moved_is_followed_where_it_is_gone_and_alone() {
        let none = Moves::default();
        let (old, new, other) = ("internal-access n k::a::X", "internal-access n k::b::X", "internal-access n k::c::X");
        assert_eq!(continued(&none, &[old], &[new], &[]), [(0, 0)]);
        assert_eq!(continued(&none, &[old], &[new], &["k::a::X"]), []);
        assert_eq!(continued(&none, &[old], &[new, other], &[]), []);
    }
}
