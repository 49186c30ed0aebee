//! What became of a promise from one revision to the next, and what of it breaks those who relied on it.
//!
//! In: the promises of one owner at two revisions.  Out: [`Revision`]s: what was added, what was removed, what differs and how.
//! Not here: who is held to it (`breaking_change`).

use std::collections::{BTreeMap, BTreeSet};

use super::spelling::{shortened, tokens};
use super::{PartKind, Promise, PromisedPart, is_serialised};

/// What there is to know of the rest of two revisions.
pub struct Surroundings<'a> {
    /// Whether the earlier one has an item of this path.
    pub was: &'a dyn Fn(&str) -> bool,
    /// Whether the later one has.
    pub is: &'a dyn Fn(&str) -> bool,
    /// What the path of an earlier item is in the later revision, if it went with a module that moved.
    pub moved: &'a dyn Fn(&str) -> String,
}

/// One item of an API at two revisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision<'a> {
    pub before: Option<&'a Promise>,
    pub after: Option<&'a Promise>,
    /// Nothing for what was added.
    pub differences: Vec<Difference>,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// A clause about the item: "the field `total` was removed".
    pub what: String,
    pub aspect: Aspect,
    /// Code or data of others that relied on it no longer works.
    pub breaks: bool,
    /// In the later revision; of an item that is gone, in the earlier one.
    pub file: String,
    pub line: u32,
}

/// What of an item differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// By which others name it; or that it is there at all.
    Name,
    /// Its declaration, what it implements, how it is written.
    Whole,
    Part,
}

impl Revision<'_> {
    pub fn breaks(&self) -> bool {
        self.differences.iter().any(|difference| difference.breaks)
    }
}

/// Everything that is not the same, by the paths of the later items, else of the earlier ones.
pub fn revisions<'a>(before: &[&'a Promise], after: &[&'a Promise], world: &Surroundings<'_>) -> Vec<Revision<'a>> {
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut pairs: Vec<(&'a Promise, Option<usize>)> = Vec::new();
    let matching = Matching::new(after, world);
    for promise in before {
        let found = matching.of(promise).filter(|index| !taken.contains(index));
        taken.extend(found);
        pairs.push((promise, found));
    }
    rename(&mut pairs, after, &mut taken);
    let mut revisions: Vec<Revision<'a>> = Vec::new();
    for (before, found) in pairs {
        let after = found.map(|index| after[index]);
        let differences = match after {
            Some(after) => differences(before, after, world),
            None => vec![removed(before)],
        };
        if !differences.is_empty() {
            revisions.push(Revision { before: Some(before), after, differences });
        }
    }
    let added = (0..after.len()).filter(|index| !taken.contains(index));
    revisions.extend(added.map(|index| Revision { before: None, after: Some(after[index]), differences: Vec::new() }));
    revisions.sort_by(|a, b| {
        let key =
            |it: &Revision<'a>| it.after.or(it.before).map(|promise| (&promise.path, &promise.kind, promise.line));
        key(a).cmp(&key(b))
    });
    revisions
}

fn removed(before: &Promise) -> Difference {
    let (file, line) = (before.file.clone(), before.line);
    Difference { what: "was removed".to_owned(), aspect: Aspect::Name, breaks: true, file, line }
}

/// The later items by what an earlier one can be found by.
struct Matching<'a, 'w> {
    by_name: BTreeMap<(Space, &'a str), usize>,
    by_path: BTreeMap<(Space, &'a str), usize>,
    world: &'w Surroundings<'w>,
}

/// Two items may have one name if they are of different sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Type,
    Value,
    Macro,
}

impl Space {
    fn of(promise: &Promise) -> Self {
        match promise.kind.as_str() {
            "function" | "constant" | "static" => Self::Value,
            "macro" | "procedural macro" => Self::Macro,
            _ => Self::Type,
        }
    }
}

impl<'a, 'w> Matching<'a, 'w> {
    fn new(after: &[&'a Promise], world: &'w Surroundings<'w>) -> Self {
        let (mut by_name, mut by_path) = (BTreeMap::new(), BTreeMap::new());
        for (index, promise) in after.iter().enumerate() {
            let space = Space::of(promise);
            by_path.entry((space, promise.path.as_str())).or_insert(index);
            for name in &promise.names {
                by_name.entry((space, name.as_str())).or_insert(index);
            }
        }
        Self { by_name, by_path, world }
    }

    /// The same name leads to it, or it is still where it was, or where its module moved to.
    fn of(&self, promise: &Promise) -> Option<usize> {
        let space = Space::of(promise);
        let named = promise.names.iter().find_map(|name| self.by_name.get(&(space, name.as_str())));
        let moved = (self.world.moved)(&promise.path);
        let at = |path: &str| self.by_path.get(&(space, path)).copied();
        named.copied().or_else(|| at(&promise.path)).or_else(|| at(&moved))
    }
}

/// Pairs what is the same but for its name, where only one reading is possible.
fn rename<'a>(pairs: &mut [(&'a Promise, Option<usize>)], after: &[&'a Promise], taken: &mut BTreeSet<usize>) {
    let mut by_form: BTreeMap<Form, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, (promise, _)) in pairs.iter().enumerate().filter(|(_, (_, found))| found.is_none()) {
        by_form.entry(Form::of(promise)).or_default().0.push(at);
    }
    for (index, promise) in after.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
        by_form.entry(Form::of(promise)).or_default().1.push(index);
    }
    for (form, (gone, come)) in by_form {
        if let ([at], [index]) = (&gone[..], &come[..])
            && form.is_telling()
        {
            pairs[*at].1 = Some(*index);
            taken.insert(*index);
        }
    }
}

/// All of an item but its name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    kind: String,
    text: Vec<String>,
    parts: Vec<(PartKind, String, String)>,
}

impl Form {
    fn of(promise: &Promise) -> Self {
        let name = promise.path.rsplit("::").next().unwrap_or_default();
        let without_name = |text: &str| -> Vec<String> {
            let itself = |token: &str| token == name || token == promise.path;
            tokens(text)
                .into_iter()
                .map(|token| if itself(token) { "Self".to_owned() } else { token.to_owned() })
                .collect()
        };
        let part = |part: &PromisedPart| (part.kind, part.name.clone(), without_name(&part.text).concat());
        Self {
            kind: promise.kind.clone(),
            text: without_name(&promise.text),
            parts: promise.parts.iter().map(part).collect(),
        }
    }

    /// Enough for two of the same form to be no accident.
    fn is_telling(&self) -> bool {
        let parameters = self.text.iter().filter(|token| token.contains("::")).count();
        self.parts.len() > 1 || parameters > 1
    }
}

fn differences(before: &Promise, after: &Promise, world: &Surroundings<'_>) -> Vec<Difference> {
    let mut found = Differences { before, after, world, found: Vec::new() };
    found.names();
    if before.kind != after.kind {
        let article = |kind: &str| if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let (new, old) = (&after.kind, &before.kind);
        found.breaks(format!("is {} {new}, was {} {old}", article(new), article(old)));
        return found.found;
    }
    found.text();
    found.openness();
    found.traits();
    found.serde();
    found.parts();
    found.found
}

struct Differences<'a> {
    before: &'a Promise,
    after: &'a Promise,
    world: &'a Surroundings<'a>,
    found: Vec<Difference>,
}

impl Differences<'_> {
    /// At the item itself.
    fn add(&mut self, what: String, breaks: bool) {
        self.add_of(Aspect::Whole, what, breaks);
    }

    fn add_of(&mut self, aspect: Aspect, what: String, breaks: bool) {
        let (file, line) = (self.after.file.clone(), self.after.line);
        self.found.push(Difference { what, aspect, breaks, file, line });
    }

    fn breaks(&mut self, what: String) {
        self.add(what, true);
    }

    fn add_at(&mut self, part: &PromisedPart, what: String, breaks: bool) {
        let file = part.file.clone().unwrap_or_else(|| self.after.file.clone());
        self.found.push(Difference { what, aspect: Aspect::Part, breaks, file, line: part.line });
    }

    fn names(&mut self) {
        let gone: Vec<&String> = self.before.names.iter().filter(|name| !self.after.names.contains(name)).collect();
        let Some(now) = self.after.names.first() else { return };
        for name in gone {
            self.add_of(Aspect::Name, format!("can no longer be named `{name}`, only `{now}`"), true);
        }
        if self.before.names.iter().any(|name| self.after.names.contains(name)) {
            for name in self.after.names.iter().filter(|name| !self.before.names.contains(name)) {
                self.add_of(Aspect::Name, format!("can be named `{name}`, too"), false);
            }
        }
    }

    fn text(&mut self) {
        let (old, new) = (&self.before.text, &self.after.text);
        if old.is_empty() || new.is_empty() || self.are_alike(old, new) {
            return;
        }
        self.add(told(old, new), !self.is_wider(old, new));
    }

    fn openness(&mut self) {
        if !self.before.closed || self.after.closed {
            return;
        }
        let what = match self.after.kind.as_str() {
            "enum" => "is `#[non_exhaustive]` now: every `match` on it needs an arm for the rest",
            "trait" => "can no longer be implemented by others",
            _ => "can no longer be built or matched field by field: not all of its fields can be seen",
        };
        self.breaks(what.to_owned());
    }

    fn traits(&mut self) {
        let (before, after) = (self.before, self.after);
        for gone in before.traits.iter().filter(|name| !after.traits.contains(name)) {
            self.breaks(format!("no longer implements `{gone}`"));
        }
        for new in after.traits.iter().filter(|name| !before.traits.contains(name)) {
            self.add(format!("implements `{new}`"), false);
        }
    }

    fn serde(&mut self) {
        let (old, new) = (&self.before.serde, &self.after.serde);
        if is_serialised(self.before) && changes_wire(old, new) {
            self.breaks(format!("is written otherwise: {}, was {}", serde_attribute(new), serde_attribute(old)));
        }
    }

    fn parts(&mut self) {
        type Key<'a> = (PartKind, &'a str);
        fn by_key(promise: &Promise) -> BTreeMap<Key<'_>, Vec<&PromisedPart>> {
            let mut parts: BTreeMap<Key<'_>, Vec<&PromisedPart>> = BTreeMap::new();
            for part in &promise.parts {
                let kind = if part.kind == PartKind::WireField { PartKind::Field } else { part.kind };
                parts.entry((kind, part.name.as_str())).or_default().push(part);
            }
            parts
        }
        let (before, after) = (by_key(self.before), by_key(self.after));
        for (key, parts) in &before {
            match after.get(key) {
                None => {
                    let part = parts[0];
                    let what = format!("the {} `{}` was removed", part.kind.word(), part.name);
                    self.breaks(what);
                }
                Some(now) => self.part(parts, now),
            }
        }
        for (_, parts) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
            self.added(parts[0]);
        }
    }

    /// Of several that have one name (in `impl`s for several types), only those that are not the same.
    fn part(&mut self, before: &[&PromisedPart], after: &[&PromisedPart]) {
        let old = before.iter().find(|old| !after.iter().any(|new| self.are_alike(&old.text, &new.text)));
        let new = after.iter().find(|new| !before.iter().any(|old| self.are_alike(&old.text, &new.text)));
        match (old, new) {
            (Some(old), Some(new)) if !old.text.is_empty() && !new.text.is_empty() => {
                let what = format!("the {} `{}` {}", new.kind.word(), new.name, told(&old.text, &new.text));
                self.add_at(new, what, !self.is_wider(&old.text, &new.text));
            }
            (Some(old), None) if before.len() > after.len() => {
                self.add_at(after[0], format!("the function `{}` was removed", shortened(&old.text)), true);
            }
            _ => {}
        }
        let (old, new) = (before[0], after[0]);
        if old.kind == PartKind::Field && new.kind == PartKind::WireField {
            self.add_at(new, format!("the field `{}` can no longer be seen", new.name), true);
        }
        if old.optional && !new.optional && self.before.closed {
            self.add_at(new, format!("the {} `{}` must be implemented now", new.kind.word(), new.name), true);
        }
        if is_serialised(self.before) && changes_wire(&old.serde, &new.serde) {
            let (was, is) = (serde_attribute(&old.serde), serde_attribute(&new.serde));
            let what = format!("the {} `{}` is written otherwise: {is}, was {was}", new.kind.word(), new.name);
            self.add_at(new, what, true);
        }
    }

    fn added(&mut self, part: &PromisedPart) {
        let was_closed = self.before.closed && self.after.closed;
        let reason = match part.kind {
            PartKind::Field | PartKind::WireField if self.is_required(part) => {
                Some("it is required in what others wrote or send without it")
            }
            PartKind::Field if was_closed => Some("others may build or match the struct field by field"),
            PartKind::Variant if was_closed => Some("the enum is not `#[non_exhaustive]`"),
            PartKind::Function | PartKind::Type | PartKind::Constant
                if self.after.kind == "trait" && was_closed && !part.optional =>
            {
                Some("who implements the trait does not have it")
            }
            _ => None,
        };
        let because = reason.map_or_else(String::new, |reason| format!(", and {reason}"));
        let what = format!("the {} `{}` was added{because}", part.kind.word(), part.name);
        self.add_at(part, what, reason.is_some());
    }

    /// Whether a field that was added must stand in what is read.
    fn is_required(&self, part: &PromisedPart) -> bool {
        let is_read = self.after.traits.iter().any(|name| name == "Deserialize");
        let may_lack = |said: &str| {
            let mut words = said.split(", ").map(|entry| entry.split([' ', '(']).next().unwrap_or_default());
            words.any(|word| ["default", "skip", "skip_deserializing", "flatten"].contains(&word))
        };
        is_read
            && self.before.traits.iter().any(|name| name == "Deserialize")
            && !part.text.starts_with("Option<")
            && !may_lack(&part.serde)
            && !may_lack(&self.after.serde)
    }

    /// Whoever could use the old one can use the new one: it became `const`, or is no longer `unsafe`.  Who implements a
    /// trait repeats what it says.
    fn is_wider(&self, old: &str, new: &str) -> bool {
        let (old, new) = (tokens(old), tokens(new));
        let is_const = new.strip_prefix(&["const"]).is_some_and(|rest| rest == old);
        let is_safe = old.strip_prefix(&["unsafe"]).is_some_and(|rest| rest == new);
        self.after.kind != "trait" && (is_const || is_safe)
    }

    /// Two texts that say the same, though an item that they name may have moved.
    fn are_alike(&self, old: &str, new: &str) -> bool {
        if old == new {
            return true;
        }
        let (old, new) = (tokens(old), tokens(new));
        old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| self.is_same(old, new))
    }

    fn is_same(&self, old: &str, new: &str) -> bool {
        // Its own name may be another.
        if self.before.path.ends_with(&format!("::{old}")) && self.after.path.ends_with(&format!("::{new}")) {
            return true;
        }
        let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
        let krate = |path: &str| path.split("::").next().unwrap_or_default().to_owned();
        let Surroundings { was, is, moved } = self.world;
        if old == new || moved(old) == *new {
            return true;
        }
        if last(old) != last(new) || !old.contains("::") || !new.contains("::") {
            return false;
        }
        match (was(old), is(new)) {
            // If both stand beside each other at either revision, they are two things.
            (true, true) => !(is(old) || was(new)),
            // Of other workspaces: what a crate shows at several places is one thing.
            (false, false) => krate(old) == krate(new),
            _ => false,
        }
    }
}

fn told(old: &str, new: &str) -> String {
    let (short_old, short_new) = (shortened(old), shortened(new));
    match short_old == short_new {
        true => format!("is `{new}`, was `{old}`"),
        false => format!("is `{short_new}`, was `{short_old}`"),
    }
}

/// Whether data that was written under `old` may not be read under `new`, or the other way round.
fn changes_wire(old: &str, new: &str) -> bool {
    let entries = |text: &str| -> BTreeSet<String> {
        text.split(", ").filter(|entry| !entry.is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (entries(old), entries(new));
    let begins = |entry: &str, words: &[&str]| words.iter().any(|word| entry.starts_with(word));
    let costs = new.difference(&old).any(|entry| !begins(entry, &["default", "alias", "bound", "crate", "expecting"]));
    let lacks =
        old.difference(&new).any(|entry| !begins(entry, &["deny_unknown_fields", "bound", "crate", "expecting"]));
    costs || lacks
}

fn serde_attribute(said: &str) -> String {
    if said.is_empty() { "without an attribute".to_owned() } else { format!("`#[serde({said})]`") }
}
