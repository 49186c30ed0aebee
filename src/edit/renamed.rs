//! riprap.toml as it would have been written before things were renamed and moved.
//!
//! In: the text, and what is called otherwise at another time.  Out: a text that means the same code there.  Names of
//! boundaries stay, and so do patterns with a variable.  Not here: finding out what was renamed (`analysis`).

use toml_edit::{Array, DocumentMut, Item, Value};

use crate::boundary::Pattern;

/// What things are called at another time: pairs of the name then and the name in the text, sorted by the latter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    /// Of packages.
    pub packages: Vec<(String, String)>,
    /// The folders of packages, from that of the workspace.
    pub folders: Vec<(String, String)>,
    /// Packages that lay in the folder of the workspace itself, which no pattern can name: their names then, and their
    /// folders in the text.
    pub at_root: Vec<(String, String)>,
    /// The paths of modules and crates, as code writes them.
    pub modules: Vec<(String, String)>,
}

/// Keys whose strings name code.
const KEYS: [&str; 13] = [
    "contains",
    "api",
    "only",
    "show",
    "may_use",
    "events_only",
    "domain",
    "adapters",
    "from",
    "to",
    "unless_through",
    "scope",
    "keep",
];

/// The text with other names; as it is where nothing in it is called otherwise, and where it is no TOML.
pub fn renamed(text: &str, renames: &Renames) -> String {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return text.to_owned() };
    let before = document.to_string();
    let boundaries = boundaries(&document);
    let writer = Writer { renames, boundaries: boundaries.iter().map(|(name, _)| name.as_str()).collect() };
    let more = writer.moved_in(&boundaries);
    for (key, item) in document.iter_mut() {
        writer.item(key.get(), item);
    }
    for (boundary, pattern) in more {
        let contains = document.get_mut("boundary").and_then(|table| table.get_mut(&boundary)?.get_mut("contains"));
        if let Some(Value::Array(list)) = contains.and_then(Item::as_value_mut) {
            list.push(pattern);
        }
    }
    let after = document.to_string();
    if after == before { text.to_owned() } else { after }
}

/// Each boundary with the patterns of its own table.
fn boundaries(document: &DocumentMut) -> Vec<(String, Vec<Pattern>)> {
    let tables = document.get("boundary").and_then(Item::as_table_like);
    let tables = tables.into_iter().flat_map(|table| table.iter());
    let patterns = |item: &Item| -> Vec<Pattern> {
        let list = item.get("contains").and_then(Item::as_array);
        let texts = list.into_iter().flat_map(Array::iter).filter_map(Value::as_str);
        texts.filter_map(|text| Pattern::parse(text).ok()).collect()
    };
    tables.map(|(name, item)| (name.to_owned(), patterns(item))).collect()
}

struct Writer<'a> {
    renames: &'a Renames,
    boundaries: Vec<&'a str>,
}

impl Writer<'_> {
    fn item(&self, key: &str, item: &mut Item) {
        match item {
            Item::Value(value) => self.value(key, value),
            Item::Table(table) => table.iter_mut().for_each(|(key, item)| self.item(key.get(), item)),
            Item::ArrayOfTables(tables) => {
                for table in tables.iter_mut() {
                    table.iter_mut().for_each(|(key, item)| self.item(key.get(), item));
                }
            }
            Item::None => {}
        }
    }

    fn value(&self, key: &str, value: &mut Value) {
        match value {
            Value::String(text) if KEYS.contains(&key) => {
                if let Some(new) = self.name(key, text.value()) {
                    *value = new.into();
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| self.value(key, value)),
            Value::InlineTable(table) => table.iter_mut().for_each(|(key, value)| self.value(key.get(), value)),
            _ => {}
        }
    }

    fn name(&self, key: &str, text: &str) -> Option<String> {
        if key == "keep" {
            let (from, to) = text.split_once(" -> ")?;
            let name = |text: &str| self.name("from", text).unwrap_or_else(|| text.to_owned());
            return Some(format!("{} -> {}", name(from), name(to)));
        }
        let may_be_boundary = !matches!(key, "contains" | "api" | "show" | "domain" | "adapters");
        if may_be_boundary && self.boundaries.contains(&text) || key == "api" && matches!(text, "root" | "pub") {
            return None;
        }
        self.renames.then(text)
    }

    /// What lies elsewhere at the other time than where its boundary's pattern looks for it: boundary and pattern.
    fn moved_in(&self, boundaries: &[(String, Vec<Pattern>)]) -> Vec<(String, String)> {
        let Renames { packages, folders, at_root, modules } = self.renames;
        let renamed: Vec<(&String, Vec<Pattern>)> = boundaries
            .iter()
            .map(|(name, patterns)| {
                let renamed = |pattern: &Pattern| {
                    let text = self.renames.then(pattern.text());
                    text.and_then(|text| Pattern::parse(&text).ok()).unwrap_or_else(|| pattern.clone())
                };
                (name, patterns.iter().map(renamed).collect())
            })
            .collect();
        let mut found: Vec<(String, String)> = Vec::new();
        let mut add = |covers: &dyn Fn(&Pattern) -> bool, covered: &dyn Fn(&Pattern) -> bool, then: &str| {
            let claims = boundaries.iter().zip(&renamed).flat_map(|((name, patterns), (_, then))| {
                patterns.iter().zip(then).filter(|(pattern, _)| covers(pattern)).map(move |(it, then)| (name, it, then))
            });
            let owner = claims.max_by_key(|(_, pattern, _)| pattern.specificity());
            let is_taken = renamed.iter().any(|(_, patterns)| patterns.iter().any(|pattern| pattern.text() == then));
            if let Some((name, _, pattern)) = owner
                && !covered(pattern)
                && !is_taken
                && !found.iter().any(|(_, known)| known == then)
            {
                found.push((name.clone(), then.to_owned()));
            }
        };
        for (then, today) in modules {
            // A name alone would mean a package.
            if then.contains("::") {
                add(&|pattern| pattern.covers_path(today), &|pattern| pattern.covers_path(then), then);
            }
        }
        for (then, today) in packages {
            let covers = |name: &str| {
                let name = name.to_owned();
                move |pattern: &Pattern| !pattern.is_folder() && pattern.covers_package(&name, "")
            };
            add(&covers(today), &covers(then), then);
        }
        for (then, today) in folders {
            let covers = |folder: &str| {
                let folder = folder.to_owned();
                move |pattern: &Pattern| pattern.is_folder() && pattern.covers_package("", &folder)
            };
            add(&covers(today), &covers(then), &format!("{}/", then.trim_end_matches('/')));
        }
        for (then, today) in at_root {
            let covers = |pattern: &Pattern| pattern.is_folder() && pattern.covers_package("", today);
            add(&covers, &|pattern| !pattern.is_folder() && pattern.covers_package(then, ""), then);
        }
        found
    }
}

impl Renames {
    /// What a name or pattern was then, if it was another one.
    fn then(&self, text: &str) -> Option<String> {
        if text.contains("::") {
            return before(&self.modules, text, "::");
        }
        if text.contains('/') {
            let same = |(_, today): &&(String, String)| today == text.trim_end_matches('/');
            let at_root = self.at_root.iter().find(same).map(|(then, _)| then.clone());
            return at_root.or_else(|| before(&self.folders, text, "/"));
        }
        let same = self.packages.iter().find(|(_, today)| today == text || today.replace('-', "_") == text);
        same.map(|(then, _)| then.clone()).filter(|then| then != text)
    }
}

/// The longest beginning that has another name is replaced.
fn before(pairs: &[(String, String)], text: &str, separator: &str) -> Option<String> {
    let rest = |today: &str| {
        let rest = text.strip_prefix(today)?;
        (rest.is_empty() || rest.starts_with(separator)).then_some(rest)
    };
    let fits = pairs.iter().filter_map(|(then, today)| Some((today.len(), then, rest(today)?)));
    let (_, then, rest) = fits.max_by_key(|(length, then, _)| (*length, std::cmp::Reverse(*then)))?;
    let new = format!("{then}{rest}");
    // A crate's name alone would mean a package.
    (new != text && (separator != "::" || new.contains("::"))).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(then, today)| ((*then).to_owned(), (*today).to_owned())).collect()
    }

    fn modules(of_modules: &[(&str, &str)]) -> Renames {
        Renames { modules: pairs(of_modules), ..Renames::default() }
    }

    #[track_caller]
    fn check(text: &str, renames: &Renames, expected: &str) {
        assert_eq!(renamed(text, renames), expected);
    }

    #[test]
    fn names_of_code_are_those_of_then() {
        check(
            "[boundary.orders]\ncontains = [\"k::orders\"]\nmay_use = [\"k::stock::api\", \"orders\"] # why\n[[forbid]]\nfrom = \
             \"k::orders::*\"\nto = \"other\"\n",
            &modules(&[("k::shop::orders", "k::orders"), ("k::goods", "k::stock")]),
            "[boundary.orders]\ncontains = [\"k::shop::orders\"]\nmay_use = [\"k::goods::api\", \"orders\"] # why\n[[forbid]]\nfrom = \
             \"k::shop::orders::*\"\nto = \"other\"\n",
        );
    }

    #[test]
    fn packages_and_folders_are_followed_and_boundaries_keep_their_names() {
        let renames = Renames {
            packages: pairs(&[("shop-orders", "orders")]),
            folders: pairs(&[("core/orders", "domain/orders")]),
            ..Renames::default()
        };
        check(
            "[boundary.orders]\ncontains = [\"orders\", \"domain/orders/*\"]\n[boundary.web]\nmay_use = [\"orders\"]\n",
            &renames,
            "[boundary.orders]\ncontains = [\"shop-orders\", \"core/orders/*\"]\n[boundary.web]\nmay_use = [\"orders\"]\n",
        );
    }

    #[test]
    fn a_package_that_lay_in_the_root_is_called_by_its_name() {
        let renames = Renames { at_root: pairs(&[("shop", "crates/server")]), ..Renames::default() };
        check(
            "[boundary.a]\ncontains = [\"crates/server\"]\n[boundary.b]\ncontains = [\"crates/*\"]\n",
            &renames,
            "[boundary.a]\ncontains = [\"shop\"]\n[boundary.b]\ncontains = [\"crates/*\"]\n",
        );
        let other = "[boundary.b]\ncontains = [\"crates/*\"]\n";
        check(other, &renames, "[boundary.b]\ncontains = [\"crates/*\", \"shop\"]\n");
    }

    #[test]
    fn what_moved_into_a_boundary_belonged_to_it_before() {
        check(
            "[boundary.orders]\ncontains = [\"k::orders\"]\n[boundary.all]\ncontains = [\"k::**\"]\n",
            &modules(&[("k::stock", "k::orders::stock")]),
            "[boundary.orders]\ncontains = [\"k::orders\", \"k::stock\"]\n[boundary.all]\ncontains = [\"k::**\"]\n",
        );
    }

    #[test]
    fn what_is_called_the_same_stays_as_it_is_written() {
        let text = "[boundary.orders]\r\ncontains = ['k::orders']\r\n";
        check(text, &modules(&[("k::a", "k::b"), ("k::orders", "k::orders")]), text);
        check("no toml [", &modules(&[("k::a", "k::b")]), "no toml [");
    }
}
