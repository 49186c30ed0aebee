//! Names that begin alike: `hir`, `hir-def` and `hir-ty` are one thing.
//!
//! In: the names of folders side by side.  Out: groups of two and more.  Not here: what lies in the folders.

use std::collections::BTreeMap;

/// Names that begin with the same word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prefix<'n> {
    pub(super) group: String,
    /// As they are written, with what all names begin with.
    prefix: String,
    pub(super) names: Vec<&'n str>,
}

/// A word that this share of all names begin with says nothing.
const COMMON_PERCENT: usize = 60;

/// The groups of two and more names whose first word, after what nearly all begin with, is the same.
pub(super) fn shared<'n>(names: &[&'n str]) -> Vec<Prefix<'n>> {
    let common = common(names);
    let mut by_word: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in names {
        let rest = common.and_then(|common| after(name, common)).unwrap_or(name);
        by_word.entry(first_word(rest)).or_default().push(name);
    }
    let several = by_word.into_values().filter(|names| names.len() > 1);
    several
        .map(|names| {
            let prefix = words_of_all(&names).to_owned();
            let group = common.and_then(|common| after(&prefix, common)).unwrap_or(&prefix).to_owned();
            Prefix { group, prefix, names }
        })
        .collect()
}

/// The words that all names begin with, as the first has them; what separates them is all the same.
fn words_of_all<'n>(names: &[&'n str]) -> &'n str {
    let alike: Vec<String> = names.iter().map(|name| name.replace('_', "-")).collect();
    let ends = alike[0].match_indices('-').map(|(at, _)| at).chain([alike[0].len()]);
    let begins = |name: &String, end: usize| {
        let rest = name.strip_prefix(&alike[0][..end]);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let shared = ends.filter(|end| alike.iter().all(|name| begins(name, *end))).max();
    &names[0][..shared.unwrap_or_default()]
}

impl Prefix<'_> {
    /// Patterns that match these of `all` names and no others.
    pub(super) fn patterns(&self, all: &[&str]) -> Vec<String> {
        let mut patterns = Vec::new();
        let mut left: Vec<&str> = self.names.clone();
        for separator in ['-', '_'] {
            let begin = format!("{}{separator}", self.prefix);
            let matched = all.iter().filter(|name| name.starts_with(&begin));
            let (ours, others): (Vec<&str>, Vec<&str>) = matched.partition(|name| self.names.contains(name));
            if ours.len() > 1 && others.is_empty() {
                left.retain(|name| !ours.contains(name));
                patterns.push(format!("{begin}*"));
            }
        }
        let mut all: Vec<String> = left.into_iter().map(str::to_owned).chain(patterns).collect();
        all.sort();
        all
    }
}

fn first_word(name: &str) -> &str {
    name.split(['-', '_']).next().unwrap_or(name)
}

/// The rest of a name after a word and what separates it.
pub(super) fn after<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    name.strip_prefix(word)?.strip_prefix(['-', '_']).filter(|rest| !rest.is_empty())
}

/// What names begin with that begin with a word: the word and what separates it, if that is the same for all of them.
pub(super) fn begin(names: &[&str], word: &str) -> Option<String> {
    let with = |separator: char| {
        let begin = format!("{word}{separator}");
        let has_other = names.iter().any(|name| after(name, word).is_some() && !name.starts_with(&begin));
        (!has_other).then_some(begin)
    };
    ['-', '_'].into_iter().find_map(with)
}

/// The word that nearly all names begin with: the product's, most often.
pub(super) fn common<'n>(names: &[&'n str]) -> Option<&'n str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(first_word(name)).or_default() += 1;
    }
    let (word, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 100 >= names.len() * COMMON_PERCENT).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], expected: &[&str]) {
        let told = |prefix: &Prefix<'_>| format!("{}: {}", prefix.group, prefix.patterns(names).join(" "));
        assert_eq!(shared(names).iter().map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn names_that_begin_with_the_same_word_are_one_group() {
        check(&["hir", "hir-def", "hir-ty", "syntax", "ide", "ide-db"], &["hir: hir hir-*", "ide: ide ide-db"]);
        check(&["a", "b", "c"], &[]);
        check(&["x", "y", "proc-macro-api", "proc-macro-srv"], &["proc-macro: proc-macro-*"]);
    }

    #[test]
    fn what_nearly_all_names_begin_with_is_passed_over() {
        check(
            &["shop-api", "shop-api-client", "shop-db", "shop_db_views", "shop", "tool"],
            &["api: shop-api shop-api-client", "db: shop-db shop_db_views"],
        );
    }

    #[test]
    fn a_pattern_matches_no_name_of_another_group() {
        let names = ["x-a", "x-a-1", "x-a-2", "x-b"];
        let a = Prefix { group: "a".into(), prefix: "x-a".into(), names: vec!["x-a", "x-a-1", "x-a-2"] };
        assert_eq!(a.patterns(&names), ["x-a", "x-a-*"]);
        let part = Prefix { group: "a".into(), prefix: "x-a".into(), names: vec!["x-a", "x-a-1"] };
        assert_eq!(part.patterns(&names), ["x-a", "x-a-1"]);
    }
}
