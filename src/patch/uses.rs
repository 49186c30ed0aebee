//! A `use` item without some of its leaves, and with other paths for them.
//!
//! In: the text of the item, and what becomes of leaves.  Out: its new text.  Not here: what a path is now.

use std::collections::BTreeMap;

use crate::facts::{Word, words};

/// What becomes of a leaf, by the place of its first byte in the text.
pub(super) type Leaves = BTreeMap<u32, Leaf>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    Gone,
    /// The path before the last name, and that name with what follows it: `*`, `X as Y`.
    Elsewhere {
        path: String,
        name: String,
    },
}

/// A `use` tree in its text.
struct Tree {
    start: u32,
    end: u32,
    /// What is in braces, and where they open.
    group: Option<(u32, Vec<Self>)>,
}

/// Where the parts of a `use` item begin: its first word, `use`, and its path.
pub(super) struct Parts {
    pub(super) keyword: u32,
    pub(super) path: u32,
    /// The first brace of the tree.
    pub(super) brace: Option<u32>,
}

/// `None` if the text is no `use` item.
pub(super) fn parts(text: &str) -> Option<Parts> {
    let words = words(text);
    let at = keyword(&words)?;
    let brace = words[at..].iter().find(|word| word.text == "{").map(|word| word.start);
    Some(Parts { keyword: words[at].start, path: words.get(at + 1)?.start, brace })
}

/// The index of `use`, behind attributes and visibility.
fn keyword(words: &[Word<'_>]) -> Option<usize> {
    let mut depth = 0usize;
    for (index, word) in words.iter().enumerate() {
        match word.text {
            "[" | "(" => depth += 1,
            "]" | ")" => depth = depth.saturating_sub(1),
            "use" if depth == 0 => return Some(index),
            _ => {}
        }
    }
    None
}

/// The new text; empty if nothing is left.  `beginning`: what stands there then for the path up to a place before all
/// braces.  `indent` stands before each line but the first.
pub(super) fn rewritten(text: &str, leaves: &Leaves, beginning: Option<(u32, String)>, indent: &str) -> Option<String> {
    let words = words(text);
    let at = keyword(&words)?;
    let mut next = at + 1;
    let tree = tree(&words, &mut next)?;
    let lead = &text[..words[at].start as usize];
    let mut lines = Vec::new();
    if let Some(mut rest) = render(&tree, text, leaves) {
        if let Some((end, new)) = beginning {
            rest.replace_range(..(end - tree.start) as usize, &new);
        }
        lines.push(format!("{lead}use {rest};"));
    }
    let mut moved: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for leaf in leaves.values() {
        if let Leaf::Elsewhere { path, name } = leaf {
            moved.entry(path).or_default().push(name);
        }
    }
    for (path, mut names) in moved {
        names.sort_unstable();
        names.dedup();
        let path = if path.is_empty() { String::new() } else { format!("{path}::") };
        lines.push(match names.as_slice() {
            [one] => format!("{lead}use {path}{one};"),
            several => format!("{lead}use {path}{{{}}};", several.join(", ")),
        });
    }
    Some(lines.join(&format!("\n{indent}")))
}

/// How many leaves there are.
pub(super) fn leaf_count(text: &str) -> Option<usize> {
    fn leaves(tree: &Tree) -> usize {
        tree.group.as_ref().map_or(1, |(_, inner)| inner.iter().map(leaves).sum())
    }
    let words = words(text);
    let mut next = keyword(&words)? + 1;
    Some(leaves(&tree(&words, &mut next)?))
}

/// The whole path of the leaf at a place, with what it is called.
pub(super) fn full_path(text: &str, at: u32) -> Option<String> {
    fn find(tree: &Tree, text: &str, at: u32) -> Option<String> {
        match &tree.group {
            None => (tree.start == at).then(|| text[tree.start as usize..tree.end as usize].to_owned()),
            Some((open, inner)) => {
                let rest = inner.iter().find_map(|inner| find(inner, text, at))?;
                let before = &text[tree.start as usize..*open as usize];
                // `a::{self}` is `a`.
                Some(match rest.strip_prefix("self") {
                    Some(alias) if alias.is_empty() || alias.starts_with(' ') => {
                        format!("{}{alias}", before.trim_end_matches("::"))
                    }
                    _ => format!("{before}{rest}"),
                })
            }
        }
    }
    let words = words(text);
    let mut next = keyword(&words)? + 1;
    find(&tree(&words, &mut next)?, text, at)
}

fn tree(words: &[Word<'_>], next: &mut usize) -> Option<Tree> {
    let start = words.get(*next)?.start;
    let mut tree = Tree { start, end: start, group: None };
    while let Some(word) = words.get(*next) {
        match word.text {
            "," | "}" | ";" => break,
            "{" => {
                let mut inner = Vec::new();
                *next += 1;
                while words.get(*next)?.text != "}" {
                    if words[*next].text == "," {
                        *next += 1;
                        continue;
                    }
                    inner.push(self::tree(words, next)?);
                }
                tree.group = Some((word.start, inner));
                tree.end = words[*next].start + 1;
                *next += 1;
            }
            text => {
                tree.end = word.start + text.len() as u32;
                *next += 1;
            }
        }
    }
    Some(tree)
}

/// `None` if nothing of it is left.
fn render(tree: &Tree, text: &str, leaves: &Leaves) -> Option<String> {
    let written = &text[tree.start as usize..tree.end as usize];
    let Some((open, inner)) = &tree.group else {
        return (!leaves.contains_key(&tree.start)).then(|| written.to_owned());
    };
    let left: Vec<String> = inner.iter().filter_map(|tree| render(tree, text, leaves)).collect();
    let is_same = left.len() == inner.len()
        && left.iter().zip(inner).all(|(left, tree)| *left == text[tree.start as usize..tree.end as usize]);
    if is_same {
        return Some(written.to_owned());
    }
    let before = &text[tree.start as usize..*open as usize];
    match left.as_slice() {
        [] => None,
        [one] if one != "self" && !one.starts_with("self ") => Some(format!("{before}{one}")),
        several => Some(format!("{before}{{{}}}", several.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, changes: &[(&str, Option<(&str, &str)>)], expected: &str) {
        let leaf = |(at, becomes): &(&str, Option<(&str, &str)>)| {
            let leaf = match becomes {
                Some((path, name)) => Leaf::Elsewhere { path: (*path).to_owned(), name: (*name).to_owned() },
                None => Leaf::Gone,
            };
            (text.find(at).unwrap() as u32, leaf)
        };
        let leaves: Leaves = changes.iter().map(leaf).collect();
        assert_eq!(rewritten(text, &leaves, None, "").unwrap(), expected);
    }

    #[test]
    fn one_leaf_of_a_group_goes_elsewhere() {
        check(
            "pub(crate) use crate::{a::{Row, Key as K}, b};",
            &[("Row", Some(("crate::c", "Row")))],
            "pub(crate) use crate::{a::Key as K, b};\npub(crate) use crate::c::Row;",
        );
    }

    #[test]
    fn what_goes_to_one_place_is_one_group() {
        check(
            "#[cfg(test)]\nuse a::{X, Y};",
            &[("X", Some(("crate::c", "X"))), ("Y", Some(("crate::c", "Y")))],
            "#[cfg(test)]\nuse crate::c::{X, Y};",
        );
    }

    #[test]
    fn what_is_gone_leaves_no_empty_braces() {
        check("use crate::{a::{X}, b::{self, Y}};", &[("X", None)], "use crate::b::{self, Y};");
        check("use crate::{a::{X}};", &[("X", None)], "");
        check("use a::{self, X};", &[("X", None)], "use a::{self};");
    }
}
