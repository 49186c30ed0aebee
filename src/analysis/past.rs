//! What today's riprap.toml would have said at each commit: its names, followed back through what was renamed and moved.
//!
//! In: pairs of commits that follow each other, and the text of today.  Out: [`Past`], a text per commit.  Only files and
//! manifests are compared, nothing is analysed: a module is where its file's path says it is.  Not here: which files are one
//! (`history`), and writing other names into a text (`edit`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::AnalysisError;
use crate::config;
use crate::edit::{self, Renames};
use crate::git::{Change, GitError, Repository};
use crate::history::{CommitId, Home, Moves};
use crate::manifest::Manifest;
use crate::source::{self, ContentId, Entry, SourceFile, folder_of, seen_from};

/// More files than these are not compared line by line: it is a reorganisation, whose files mostly stay as they are.
const MAX_READ: usize = 80;

/// A riprap.toml per commit.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Of commits at which it is another one than today, each with its digest.
    texts: FxHashMap<CommitId, Arc<(SourceFile, String)>>,
}

impl Past {
    /// `links` are commits with the ones that came next, the newest first; what nothing comes after is today.
    ///
    /// # Errors
    /// Folders of a commit that are not in this clone, and `cancel`.
    pub(super) fn new(
        repository: &Repository,
        root: &str,
        config: &SourceFile,
        links: &[(CommitId, CommitId)],
        cancel: &AtomicBool,
    ) -> Result<Self, AnalysisError> {
        let mut past = Self::default();
        let Some((_, newest)) = links.first() else { return Ok(past) };
        let reader = Reader { repository };
        let mut waiting: FxHashMap<CommitId, usize> = FxHashMap::default();
        for (_, newer) in links {
            *waiting.entry(*newer).or_default() += 1;
        }
        let mut then: FxHashMap<CommitId, Arc<Then>> = FxHashMap::default();
        then.insert(*newest, Arc::new(Then { packages: reader.packages(*newest)?, ..Then::default() }));
        for (older, newer) in links {
            if cancel.load(Ordering::Relaxed) {
                return Err(AnalysisError::Cancelled);
            }
            let Some(after) = then.get(newer).cloned() else { continue };
            if let Some(left) = waiting.get_mut(newer) {
                *left -= 1;
                if *left == 0 {
                    then.remove(newer);
                }
            }
            if then.contains_key(older) {
                continue;
            }
            // Where a clone has no folders to compare, nothing is known to have moved.
            let step = match repository.changes(*older, *newer) {
                Ok(changes) => reader.step(&after, &changes),
                Err(_) => None,
            };
            let text = match step {
                None => past.texts.get(newer).cloned(),
                Some(ref before) => {
                    let text = edit::renamed(&config.text, &before.renames(root));
                    // Names of then may make no sense in the text of today: then those of today are the better guess.
                    let text = if config::read(&text).is_ok() { text } else { config.text.to_string() };
                    let digest = source::digest([text.as_str()]);
                    let file = |text: String| SourceFile::new(config.path.clone(), text.into());
                    (*text != *config.text).then(|| Arc::new((file(text), digest)))
                }
            };
            past.texts.extend(text.map(|text| (*older, text)));
            then.insert(*older, step.map_or(after, Arc::new));
        }
        Ok(past)
    }

    /// What holds at a commit, if it is not what holds today.
    pub(super) fn config(&self, commit: CommitId) -> Option<&SourceFile> {
        self.texts.get(&commit).map(|text| &text.0)
    }

    /// What tells the text that holds at a commit from others; nothing for that of today.
    pub(super) fn digest(&self, commit: CommitId) -> &str {
        self.texts.get(&commit).map_or("", |text| &text.1)
    }
}

/// A package as its manifest names it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Package {
    name: String,
    /// As code names its library.
    krate: String,
}

/// A commit, and what its things are called today.
#[derive(Clone, Debug, Default)]
struct Then {
    /// By folder, from the root of the repository.
    packages: BTreeMap<String, Package>,
    /// Names of then, and those of today.
    modules: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    folders: BTreeMap<String, String>,
}

impl Then {
    /// The package that a file is of, and the path of the module that the file is by the rules of Cargo and rustc.
    fn module(&self, path: &str) -> Option<String> {
        let mut folder = folder_of(path);
        let package = loop {
            match self.packages.get(folder) {
                Some(package) => break package,
                None if folder.is_empty() => return None,
                None => folder = folder_of(folder),
            }
        };
        let inside = path[folder.len()..].trim_start_matches('/').strip_prefix("src/")?.strip_suffix(".rs")?;
        let mut parts: Vec<&str> = inside.split('/').collect();
        if matches!(parts.last(), Some(&("lib" | "main"))) && parts.len() == 1 || parts.last() == Some(&"mod") {
            parts.pop();
        }
        (parts.first() != Some(&"bin"))
            .then(|| std::iter::once(&*package.krate).chain(parts).collect::<Vec<_>>().join("::"))
    }

    /// What the text of today has to be written with; folders as seen from that of the workspace.
    fn renames(&self, root: &str) -> Renames {
        let pairs = |names: &BTreeMap<String, String>| -> Vec<(String, String)> {
            let mut pairs: Vec<_> = names.iter().map(|(then, today)| (then.clone(), today.clone())).collect();
            pairs.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
            pairs
        };
        let (mut folders, mut at_root) = (Vec::new(), Vec::new());
        for (then, today) in pairs(&self.folders) {
            let (seen, today) = (seen_from(root, &then), seen_from(root, &today));
            match self.packages.get(&then) {
                Some(package) if seen.is_empty() => at_root.push((package.name.clone(), today)),
                _ if seen.is_empty() || today.is_empty() => {}
                _ => folders.push((seen, today)),
            }
        }
        Renames { packages: pairs(&self.names), folders, at_root, modules: pairs(&self.modules) }
    }
}

/// Compares commits.
struct Reader<'a> {
    repository: &'a Repository,
}

impl Reader<'_> {
    fn packages(&self, commit: CommitId) -> Result<BTreeMap<String, Package>, GitError> {
        let (listing, _) = self.repository.listing(commit)?;
        let manifests = listing.below("").filter(|(path, _)| is_manifest(path));
        let package = |(path, entry): (&str, &Entry)| {
            let Entry::File(id) = entry else { return None };
            Some((folder_of(path).to_owned(), self.package(path, *id)?))
        };
        Ok(manifests.filter_map(package).collect())
    }

    fn package(&self, path: &str, id: ContentId) -> Option<Package> {
        let text = self.repository.content(path, id).ok()?.text;
        let (name, krate) = Manifest::parse(&text).ok()?.names()?;
        Some(Package { name, krate })
    }

    /// The commit before one, given what is different; `None` if everything is called as it is there.
    fn step(&self, after: &Then, changes: &[Change]) -> Option<Then> {
        let counts = |change: &&Change| change.path.ends_with(".rs") || is_manifest(&change.path);
        let changes: Vec<&Change> = changes.iter().filter(counts).collect();
        let is_new = |change: &&&Change| change.before.is_none() || change.after.is_none();
        if !changes.iter().any(|change| is_manifest(&change.path)) && changes.iter().filter(is_new).count() == 0 {
            return None;
        }
        let mut before = after.clone();
        for change in changes.iter().filter(|change| is_manifest(&change.path)) {
            let folder = folder_of(&change.path).to_owned();
            let package = match &change.before {
                Some(Entry::File(id)) => self.package(&change.path, *id),
                _ => None,
            };
            match package {
                Some(package) => before.packages.insert(folder, package),
                None => before.packages.remove(&folder),
            };
        }
        let (modules, came) = self.modules(&before, after, &changes);
        let (names, folders) = packages(&before, after, &modules);
        before.modules = followed(&after.modules, &modules, &came, "::");
        before.names = followed(&after.names, &names, &[], "\0");
        before.folders = followed(&after.folders, &folders, &[], "/");
        Some(before)
    }

    /// Modules that have another path after than before, and those that only came.
    fn modules(&self, before: &Then, after: &Then, changes: &[&Change]) -> (Vec<(String, String)>, Vec<String>) {
        let only = |of: &Then, had: fn(&Change) -> &Option<Entry>, has: fn(&Change) -> &Option<Entry>| {
            let gone = changes.iter().filter(|change| has(change).is_none() && change.path.ends_with(".rs"));
            let file = gone.filter_map(|change| match had(change) {
                Some(Entry::File(id)) => Some((of.module(&change.path)?, change.path.clone(), *id)),
                _ => None,
            });
            file.collect::<Vec<(String, String, ContentId)>>()
        };
        let mut gone = only(before, |change| &change.before, |change| &change.after);
        let mut came = only(after, |change| &change.after, |change| &change.before);
        let mut pairs: Vec<(String, String)> = Vec::new();
        // The same content, once on each side.
        let mut by_content: BTreeMap<ContentId, [Vec<String>; 2]> = BTreeMap::new();
        for (side, files) in [&gone, &came].into_iter().enumerate() {
            for (module, _, id) in files {
                by_content.entry(*id).or_default()[side].push(module.clone());
            }
        }
        for [old, new] in by_content.values() {
            if let ([old], [new]) = (&old[..], &new[..]) {
                pairs.push((old.clone(), new.clone()));
            }
        }
        let is_open = |side: usize, module: &String| !pairs.iter().any(|pair| [&pair.0, &pair.1][side] == module);
        gone.retain(|(module, ..)| is_open(0, module));
        came.retain(|(module, ..)| is_open(1, module));
        if gone.len() <= MAX_READ && came.len() <= MAX_READ && !gone.is_empty() && !came.is_empty() {
            let home = |(path, file, id): &(String, String, ContentId)| {
                let text = self.repository.content(file, *id).ok().map(|file| file.text);
                Home { path: path.clone(), file: file.clone(), text }
            };
            let homes = |files: &[(String, String, ContentId)]| files.iter().map(home).collect::<Vec<Home>>();
            pairs.extend(Moves::new(&homes(&gone), &homes(&came)).pairs());
        }
        for (folder, package) in &before.packages {
            if let Some(now) = after.packages.get(folder).filter(|now| now.krate != package.krate) {
                pairs.push((package.krate.clone(), now.krate.clone()));
            }
        }
        let came = came.into_iter().map(|(module, ..)| module);
        let came = came.filter(|module| !pairs.iter().any(|(_, new)| new == module)).collect();
        pairs.retain(|(old, new)| old != new);
        pairs.sort();
        pairs.dedup();
        (pairs, came)
    }
}

/// Names and folders of packages that are others after than before.
type Pairs = Vec<(String, String)>;

fn packages(before: &Then, after: &Then, modules: &[(String, String)]) -> (Pairs, Pairs) {
    let (mut names, mut folders) = (Vec::new(), Vec::new());
    let gone = before.packages.iter().filter(|(folder, _)| !after.packages.contains_key(*folder));
    let came: Vec<_> = after.packages.iter().filter(|(folder, _)| !before.packages.contains_key(*folder)).collect();
    for (folder, package) in gone {
        let is_same = |(_, other): &&(&String, &Package)| {
            other.name == package.name || modules.iter().any(|(old, new)| *old == package.krate && *new == other.krate)
        };
        let mut same = came.iter().filter(is_same);
        if let (Some((new, other)), None) = (same.next(), same.next()) {
            folders.push((folder.clone(), (*new).clone()));
            if other.name != package.name {
                names.push((package.name.clone(), other.name.clone()));
            }
        }
    }
    for (folder, package) in &before.packages {
        if let Some(now) = after.packages.get(folder).filter(|now| now.name != package.name) {
            names.push((package.name.clone(), now.name.clone()));
        }
    }
    (names, folders)
}

/// What things are called today, one step further back: `after` are the names of after and today, `pairs` those of before
/// and after, `came` what was not there before.
fn followed(
    after: &BTreeMap<String, String>,
    pairs: &[(String, String)],
    came: &[String],
    separator: &str,
) -> BTreeMap<String, String> {
    let within = |name: &str, outer: &str| {
        let rest = name.strip_prefix(outer)?;
        (rest.is_empty() || rest.starts_with(separator)).then(|| rest.to_owned())
    };
    let through = |name: &str, pairs: &mut dyn Iterator<Item = (&String, &String)>| {
        let fits = pairs.filter_map(|(from, to)| Some((from.len(), to, within(name, from)?)));
        fits.max_by_key(|(length, ..)| *length).map_or_else(|| name.to_owned(), |(_, to, rest)| format!("{to}{rest}"))
    };
    let mut before = BTreeMap::new();
    for (then, today) in after.iter().filter(|(then, _)| !came.contains(then)) {
        let older = through(then, &mut pairs.iter().map(|(old, new)| (new, old)));
        before.insert(older, today.clone());
    }
    for (old, new) in pairs {
        let today = through(new, &mut after.iter());
        before.entry(old.clone()).or_insert(today);
    }
    // What is called the same says something only within what is not.
    let outer: BTreeSet<String> = before.keys().cloned().collect();
    before.retain(|then, today| {
        then != today || outer.iter().any(|outer| outer.len() < then.len() && within(then, outer).is_some())
    });
    before
}

fn is_manifest(path: &str) -> bool {
    path == "Cargo.toml" || path.ends_with("/Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(after: &[(&str, &str)], pairs: &[(&str, &str)], came: &[&str], expected: &[(&str, &str)]) {
        let owned = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        let pairs: Vec<_> = pairs.iter().map(owned).collect();
        let came: Vec<String> = came.iter().map(|name| (*name).to_owned()).collect();
        let before = followed(&after.iter().map(owned).collect(), &pairs, &came, "::");
        assert_eq!(before, expected.iter().map(owned).collect());
    }

    #[test]
    fn names_are_followed_from_step_to_step() {
        check(&[], &[("k::a", "k::b")], &[], &[("k::a", "k::b")]);
        check(&[("k::b", "k::c")], &[("k::a", "k::b")], &[], &[("k::a", "k::c")]);
        check(&[("k::b", "k::c")], &[("old", "k")], &[], &[("old", "k"), ("old::b", "k::c")]);
        check(&[("k::b", "k::c")], &[("k::a::x", "k::b::x")], &[], &[("k::a::x", "k::c::x"), ("k::b", "k::c")]);
    }

    #[test]
    fn what_came_back_to_its_name_and_what_was_not_there_say_nothing() {
        check(&[("k::b", "k::a")], &[("k::a", "k::b")], &[], &[]);
        check(&[("k::b", "k::c")], &[], &["k::b"], &[]);
    }
}
