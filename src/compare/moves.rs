//! What only has another name: modules, boundaries and items that are the same under another path.
//!
//! In: two documents.  Out: [`Moves`].  A pair is made where only one reading is possible: the same text, mostly the same items,
//! or the place that its module moved to.  Not here: what else changed in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::snapshot::{Document, Module};

/// Shorter texts may be the same by accident.
const TELLING_LINES: usize = 3;
/// Of the items of both, in hundredths, and how many at least: the same module with another name.
const ALIKE_PERCENT: usize = 60;
const ALIKE_ITEMS: usize = 2;

/// One thing under two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: String,
    pub to: String,
    pub is_boundary: bool,
    pub evidence: Evidence,
    /// Modules below that went along.
    pub below: usize,
}

/// Why two names are taken for one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    SameText,
    SameItems,
    /// It kept its name in a module that moved.
    Within,
}

impl Evidence {
    pub fn word(self) -> &'static str {
        match self {
            Self::SameText => "same text",
            Self::SameItems => "same items",
            Self::Within => "same place in a module that moved",
        }
    }
}

/// From the names of the earlier revision to those of the later one.
pub(super) struct Moves {
    /// Of every module that is there at both.
    modules: BTreeMap<String, String>,
    evidence: BTreeMap<String, Evidence>,
    items: BTreeMap<String, String>,
    boundaries: BTreeMap<String, String>,
}

impl Moves {
    pub(super) fn new(before: &Document<'_>, after: &Document<'_>) -> Self {
        let matching = Matching::new(before, after);
        let mut modules: BTreeMap<String, String> = matching.kept();
        let evidence = matching.evidence.iter().map(|(from, (_, evidence))| ((*from).to_owned(), *evidence)).collect();
        modules.extend(matching.evidence.iter().map(|(from, (to, _))| ((*from).to_owned(), (*to).to_owned())));
        let mut moves = Self { modules, evidence, items: BTreeMap::new(), boundaries: BTreeMap::new() };
        moves.items = items(before, after, &moves);
        moves.boundaries = boundaries(before, after, &moves);
        moves
    }

    /// The later path of a module or item of the earlier revision.
    pub(super) fn path(&self, path: &str) -> String {
        let mut end = path.len();
        loop {
            let beginning = &path[..end];
            if let Some(now) = self.items.get(beginning).or_else(|| self.modules.get(beginning)) {
                return format!("{now}{}", &path[end..]);
            }
            match beginning.rfind("::") {
                Some(cut) => end = cut,
                None => return path.to_owned(),
            }
        }
    }

    /// Of a module that is there at both.
    pub(super) fn module(&self, path: &str) -> Option<&str> {
        self.modules.get(path).map(String::as_str)
    }

    pub(super) fn boundary<'a>(&'a self, name: &'a str) -> &'a str {
        self.boundaries.get(name).map_or(name, String::as_str)
    }

    /// A module, a boundary or an item, whichever has the name.
    pub(super) fn name(&self, name: &str) -> String {
        match self.boundaries.get(name) {
            Some(now) => now.clone(),
            None => self.path(name),
        }
    }

    /// What has another name, the modules that went along with one left out.
    pub(super) fn told(&self) -> Vec<Move> {
        let moved = |from: &str| self.evidence.contains_key(from);
        let went_along = |from: &str, to: &str| {
            let (Some((above, name)), Some((now_above, now))) = (from.rsplit_once("::"), to.rsplit_once("::")) else {
                return false;
            };
            name == now && moved(above) && self.modules.get(above).is_some_and(|it| it == now_above)
        };
        let mut told: Vec<Move> = Vec::new();
        for (from, evidence) in &self.evidence {
            let to = &self.modules[from];
            if went_along(from, to) {
                // A module stands before those below it.
                let top = told.iter_mut().rev().find(|it| from.starts_with(&format!("{}::", it.from)));
                top.into_iter().for_each(|top| top.below += 1);
                continue;
            }
            told.push(Move { from: from.clone(), to: to.clone(), is_boundary: false, evidence: *evidence, below: 0 });
        }
        told.extend(self.boundaries.iter().map(|(from, to)| Move {
            from: from.clone(),
            to: to.clone(),
            is_boundary: true,
            evidence: Evidence::SameItems,
            below: 0,
        }));
        told
    }
}

/// The modules of two revisions.
struct Matching<'a> {
    before: BTreeMap<&'a str, &'a Module<'a>>,
    after: BTreeMap<&'a str, &'a Module<'a>>,
    /// Pairs under two names.
    evidence: BTreeMap<&'a str, (&'a str, Evidence)>,
    /// Later names that are in a pair.
    taken: BTreeSet<&'a str>,
}

impl<'a> Matching<'a> {
    fn new(before: &'a Document<'a>, after: &'a Document<'a>) -> Self {
        let by_path = |document: &'a Document<'a>| -> BTreeMap<&'a str, &'a Module<'a>> {
            document.modules.iter().map(|module| (&*module.path, module)).collect()
        };
        let (before, after) = (by_path(before), by_path(after));
        let mut matching = Self { before, after, evidence: BTreeMap::new(), taken: BTreeSet::new() };
        matching.by_text();
        matching.by_items();
        matching.by_place();
        matching
    }

    fn kept(&self) -> BTreeMap<String, String> {
        let kept = self.before.keys().filter(|path| self.after.contains_key(*path));
        kept.map(|path| ((*path).to_owned(), (*path).to_owned())).collect()
    }

    /// Of the earlier revision alone, as far as nothing is known of them.
    fn gone(&self) -> Vec<&'a Module<'a>> {
        let is_gone = |path: &str| !self.after.contains_key(path) && !self.evidence.contains_key(path);
        self.before.values().copied().filter(|module| is_gone(&module.path)).collect()
    }

    fn come(&self) -> Vec<&'a Module<'a>> {
        let is_new = |path: &str| !self.before.contains_key(path) && !self.taken.contains(path);
        self.after.values().copied().filter(|module| is_new(&module.path)).collect()
    }

    fn pair(&mut self, from: &'a Module<'a>, to: &'a Module<'a>, evidence: Evidence) {
        self.evidence.insert(&from.path, (&to.path, evidence));
        self.taken.insert(&to.path);
    }

    fn by_text(&mut self) {
        type Sides<'a> = (Vec<&'a Module<'a>>, Vec<&'a Module<'a>>);
        let mut texts: BTreeMap<&'a str, Sides<'a>> = BTreeMap::new();
        let is_telling = |module: &&&Module<'_>| module.lines as usize >= TELLING_LINES && !module.digest.is_empty();
        for module in self.gone().iter().filter(is_telling) {
            texts.entry(&module.digest).or_default().0.push(module);
        }
        for module in self.come().iter().filter(is_telling) {
            texts.entry(&module.digest).or_default().1.push(module);
        }
        for (gone, come) in texts.into_values() {
            if let ([from], [to]) = (&gone[..], &come[..]) {
                self.pair(from, to, Evidence::SameText);
            }
        }
    }

    fn by_items(&mut self) {
        let (gone, come) = (self.gone(), self.come());
        let contents = |modules: &[&'a Module<'a>], all: &BTreeMap<&'a str, &'a Module<'a>>| -> Vec<BTreeSet<String>> {
            modules.iter().map(|module| content(module, all)).collect()
        };
        let (of_gone, of_come) = (contents(&gone, &self.before), contents(&come, &self.after));
        let mut with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, content) in of_come.iter().enumerate() {
            for entry in content {
                with.entry(entry).or_default().push(index);
            }
        }
        // For each of the gone the likeness of each that came and has anything in common with it.
        let mut likeness: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (at, content) in of_gone.iter().enumerate() {
            for entry in content {
                for index in with.get(entry.as_str()).into_iter().flatten() {
                    *likeness.entry((at, *index)).or_default() += 1;
                }
            }
        }
        let percent =
            |shared: usize, at: usize, index: usize| 200 * shared / (of_gone[at].len() + of_come[index].len()).max(1);
        let percents: BTreeMap<(usize, usize), usize> =
            likeness.iter().map(|((at, index), shared)| ((*at, *index), percent(*shared, *at, *index))).collect();
        let (mut rivals_of_gone, mut rivals_of_come) =
            (vec![Rivals::default(); gone.len()], vec![Rivals::default(); come.len()]);
        for ((at, index), percent) in &percents {
            rivals_of_gone[*at].enter(*percent);
            rivals_of_come[*index].enter(*percent);
        }
        for ((at, index), percent) in percents {
            let is_alone = rivals_of_gone[at].is_won_by(percent) && rivals_of_come[index].is_won_by(percent);
            if likeness[&(at, index)] >= ALIKE_ITEMS && percent >= ALIKE_PERCENT && is_alone {
                self.pair(gone[at], come[index], Evidence::SameItems);
            }
        }
    }

    /// What keeps its name in a module that moved.
    fn by_place(&mut self) {
        // A module stands before those below it.
        for module in self.gone() {
            let Some((above, name)) = module.path.rsplit_once("::") else { continue };
            let Some((now_above, _)) = self.evidence.get(above) else { continue };
            let place = format!("{now_above}::{name}");
            let Some((path, now)) = self.after.get_key_value(place.as_str()) else { continue };
            let now = *now;
            let is_free = !self.before.contains_key(path) && !self.taken.contains(path);
            let (old, new) = (content(module, &self.before), content(now, &self.after));
            if is_free && (old.is_empty() || new.is_empty() || !old.is_disjoint(&new)) {
                self.pair(module, now, Evidence::Within);
            }
        }
    }
}

/// The two greatest likenesses that one module has.
#[derive(Clone, Copy, Default)]
struct Rivals {
    first: usize,
    second: usize,
}

impl Rivals {
    fn enter(&mut self, percent: usize) {
        let (low, high) = (percent.min(self.first), percent.max(self.first));
        *self = Self { first: high, second: self.second.max(low) };
    }

    fn is_won_by(&self, percent: usize) -> bool {
        percent == self.first && percent > self.second
    }
}

/// The items of a module, and the modules in it.
fn content(module: &Module<'_>, all: &BTreeMap<&str, &Module<'_>>) -> BTreeSet<String> {
    let beginning = format!("{}::", module.path);
    let below = all.range(beginning.as_str()..).map(|(path, _)| *path).take_while(|path| path.starts_with(&beginning));
    let children = below.map(|path| &path[beginning.len()..]).filter(|rest| !rest.contains("::"));
    let children = children.map(|name| format!("module {name}"));
    module.items.iter().map(|item| format!("{} {}", item.kind, item.name)).chain(children).collect()
}

/// Items that are gone from one module and stand in another, the only ones of their kind and name on both sides.
fn items(before: &Document<'_>, after: &Document<'_>, moves: &Moves) -> BTreeMap<String, String> {
    let all = |document: &Document<'_>, now: &dyn Fn(&str) -> String| -> BTreeMap<(String, String), (String, String)> {
        let mut items = BTreeMap::new();
        for module in &document.modules {
            for item in &module.items {
                let path = format!("{}::{}", module.path, item.name);
                items.insert((now(&path), item.kind.to_string()), (path, item.name.to_string()));
            }
        }
        items
    };
    let (old, new) = (all(before, &|path| moves.path(path)), all(after, &str::to_owned));
    type Sides = (Vec<String>, Vec<String>);
    let mut names: BTreeMap<(String, String), Sides> = BTreeMap::new();
    for ((_, kind), (path, name)) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        names.entry((kind.clone(), name.clone())).or_default().0.push(path.clone());
    }
    for ((_, kind), (path, name)) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
        names.entry((kind.clone(), name.clone())).or_default().1.push(path.clone());
    }
    let single = |(gone, come): Sides| match (&gone[..], &come[..]) {
        ([from], [to]) => Some((from.clone(), to.clone())),
        _ => None,
    };
    names.into_values().filter_map(single).collect()
}

/// Boundaries with other names that have mostly the same modules.
fn boundaries(before: &Document<'_>, after: &Document<'_>, moves: &Moves) -> BTreeMap<String, String> {
    let names = |document: &Document<'_>| -> BTreeSet<String> {
        document.boundaries.iter().map(|boundary| boundary.name.to_string()).collect()
    };
    let (old, new) = (names(before), names(after));
    let modules = |document: &Document<'_>, name: &str, now: &dyn Fn(&str) -> String| -> BTreeSet<String> {
        let of_boundary = document.modules.iter().filter(|module| module.boundary.as_deref() == Some(name));
        of_boundary.map(|module| now(&module.path)).collect()
    };
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for from in old.difference(&new) {
        let had = modules(before, from, &|path| moves.path(path));
        let mut alike = new.difference(&old).filter(|to| {
            let has = modules(after, to, &str::to_owned);
            let shared = had.intersection(&has).count();
            shared > 0 && 200 * shared / (had.len() + has.len()) >= ALIKE_PERCENT
        });
        if let (Some(to), None) = (alike.next(), alike.next()) {
            renamed.insert(from.clone(), to.clone());
        }
    }
    renamed
}
