//! From commits to what analyses start from: each commit's files, judged by what is wanted today.
//!
//! In: a path in a repository, and commits.  Out: [`Gathered`], as if the commit were checked out beside today's
//! riprap.toml, riprap.baseline and CODEOWNERS.  From one commit to the next, only what differs is read.  Not here: reading
//! git objects (`git`) and manifests.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::intended::{self, Intended, Intents, Rules};
use super::past::Past;
use super::{AnalysisError, Asked, Beyond, Gathered, Phase, Progress, located, outside};
use crate::cache;
use crate::config;
use crate::git::{self, GitError, Repository};
use crate::history::{Commit, CommitId};
use crate::manifest::{Found, Manifests};
use crate::source::{ContentId, Date, Entry, Listing, Note, SourceFile, SourceTree, join, seen_from};
use crate::workspace::Workspace;

/// Reads a workspace as it is in a revision.
pub(super) fn gather(
    path: &Path,
    revision: &str,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Gathered, AnalysisError> {
    progress(Progress { phase: Phase::Manifests, done: 0, total: 0 });
    let mut commits = Commits::open(path, asked, revision, &Rules::Today)?;
    let commit = commits.repository.revision(revision)?;
    progress(Progress { phase: Phase::Reading, done: 0, total: 0 });
    commits.gathered(&commit, cancel)
}

/// A repository whose commits are read one after the other.
pub(super) struct Commits {
    pub(super) repository: Repository,
    pub(super) intents: Intents,
    /// The day for what holds until or from one; without it, that of each commit.
    date: Option<Date>,
    /// What the rules were called at earlier commits.
    pub(super) past: Arc<Past>,
    /// What commits that it does not know are like.
    pub(super) like: Option<CommitId>,
    /// Many commits of one history are looked at, old ones among them.
    in_a_row: bool,
    manifests: Manifests,
    /// What the last commit was; `None` before the first, and after one that could not be listed.
    last: Option<Last>,
}

/// A commit's files.
struct Last {
    commit: CommitId,
    listing: Listing,
    /// On links that could not be read.
    notes: Vec<Note>,
    /// `None` if there was no workspace.
    workspace: Option<Place>,
    /// What was read of it, by path from the root of the repository; at most those of `touched` are another commit's.
    read: BTreeMap<String, Read>,
    /// The same of files that code names and no package has.
    beyond: BTreeMap<String, Read>,
    sources: Arc<SourceTree>,
    /// What differs since; `None` if all may.
    touched: Option<BTreeSet<String>>,
}

/// Where the workspace of a commit lies, and which sources it has.
struct Place {
    found: Found,
    /// That of `found`.
    workspace: Arc<Workspace>,
    /// On it, and on what it is judged by.
    notes: Vec<Note>,
    /// From the root of the repository.
    paths: Vec<String>,
    intended: Intended,
}

/// A source file.
#[derive(Clone)]
struct Read {
    id: ContentId,
    /// Its path is told from the workspace's root.
    file: Result<SourceFile, Note>,
    /// Files that it names and no package may hold, from the root of the repository.
    outside: Arc<[String]>,
}

impl Commits {
    /// `revision` is what errors call that which is asked for.
    pub(super) fn open(path: &Path, asked: &Asked, revision: &str, rules: &Rules) -> Result<Self, AnalysisError> {
        if asked.enrich != Default::default() {
            return Err(AnalysisError::NothingBeyond { revision: revision.to_owned() });
        }
        let repository = Repository::open(path)?;
        let intents = Intents::new(path, &repository, rules)?;
        Ok(Self {
            repository,
            intents,
            date: asked.date,
            past: Arc::default(),
            like: None,
            in_a_row: false,
            manifests: Manifests::default(),
            last: None,
        })
    }

    /// For a history, most of whose commits are older than what they are judged by.
    pub(super) fn in_a_row(self) -> Self {
        Self { in_a_row: true, ..self }
    }

    /// Everything that the result for a commit depends on beside the commit: this program, the place in the repository,
    /// the day, and what commits are judged by.
    pub(super) fn depends_on(&self) -> Vec<String> {
        let date = self.date.map_or_else(String::new, |date| date.to_string());
        let mut parts = vec![cache::version(), self.repository.at().to_owned(), date];
        parts.extend(self.intents.depends_on(&self.repository));
        parts
    }

    /// What an analysis of a commit starts from.
    ///
    /// # Errors
    /// A commit without a workspace, one whose files are not known, and `cancel`.
    pub(super) fn gathered(&mut self, commit: &Commit, cancel: &AtomicBool) -> Result<Gathered, AnalysisError> {
        let mut last = self.listed(commit)?;
        if last.workspace.is_none() {
            match self.place(commit, &last.listing) {
                Ok(place) => last.workspace = Some(place),
                Err(error) => {
                    self.last = Some(last);
                    return Err(error);
                }
            }
        }
        let gathered = self.read(commit, &mut last, cancel);
        self.last = Some(last);
        gathered
    }

    /// The files of a commit, with as much as is still true of the commit before.
    fn listed(&mut self, commit: &Commit) -> Result<Last, GitError> {
        let Some(mut last) = self.last.take() else {
            let (listing, notes) = self.repository.listing(commit.id)?;
            return Ok(Last {
                commit: commit.id,
                listing,
                notes,
                workspace: None,
                read: BTreeMap::new(),
                beyond: BTreeMap::new(),
                sources: Arc::default(),
                touched: None,
            });
        };
        for change in self.repository.changes(last.commit, commit.id)? {
            let name = change.path.rsplit('/').next().unwrap_or_default();
            let is_source =
                || last.workspace.as_ref().is_some_and(|place| place.paths.binary_search(&change.path).is_ok());
            let comes_or_goes = change.before.is_none() || change.after.is_none();
            if shapes_the_workspace(&change) || self.intents.are_told_by(name) || comes_or_goes && is_source() {
                (last.workspace, last.touched) = (None, None);
            }
            if let Some(touched) = &mut last.touched {
                touched.insert(change.path.clone());
            }
            match change.after {
                Some(entry) => last.listing.insert(change.path, entry),
                None => last.listing.remove(&change.path),
            }
        }
        last.commit = commit.id;
        Ok(last)
    }

    fn place(&mut self, commit: &Commit, listing: &Listing) -> Result<Place, AnalysisError> {
        let (found, moved) = located::find(&self.repository, commit, listing, &mut self.manifests)?;
        let ignores = |path: &str| Some(self.repository.content(path, listing.file(path)?).ok()?.text.to_string());
        let paths = git::source_paths(listing, &found.root, &found.workspace, &ignores);
        let place = intended::Place { listing, found: &found, paths: &paths };
        let intended = self.intents.of(&self.repository, &place)?;
        let mut notes = found.notes.clone();
        notes.extend(moved);
        notes.extend(unseen(listing, &found));
        notes.extend(not_enriched(intended.config.as_ref()));
        Ok(Place { workspace: Arc::new(found.workspace.clone()), found, notes, paths, intended })
    }

    fn read(&self, commit: &Commit, last: &mut Last, cancel: &AtomicBool) -> Result<Gathered, AnalysisError> {
        let Last { listing, notes, workspace, read, beyond, sources, touched, .. } = last;
        let Some(Place { found, workspace, notes: own_notes, paths, intended }) = workspace else {
            return Err(AnalysisError::Cancelled);
        };
        let mut notes: Vec<Note> = notes.clone();
        notes.iter_mut().for_each(|note| note.path = seen_from(&found.root, &note.path));
        let reader = Reader { repository: &self.repository, root: &found.root, listing };
        // What stands at a path may be elsewhere, behind a link.
        let again = touched.as_ref().filter(|_| listing.links().next().is_none());
        let again =
            again.map(|again| again.iter().filter(|path| read.contains_key(*path)).cloned().collect::<Vec<_>>());
        match &again {
            Some(again) => {
                let new = reader.read(again, read, cancel)?;
                again.iter().for_each(|path| _ = read.remove(path));
                read.extend(new);
            }
            None => *read = reader.read(paths, read, cancel)?,
        }
        let missing = paths.iter().filter(|path| !read.contains_key(*path)).map(|path| Note {
            kind: "unreadable",
            path: seen_from(&found.root, path),
            at: None,
            detail: "the file cannot be read: it is not in the commit".to_owned(),
        });
        notes.extend(missing);
        let mut outside: Vec<String> = read.values().flat_map(|read| read.outside.iter().cloned()).collect();
        outside.sort();
        outside.dedup();
        outside.retain(|path| !read.contains_key(path));
        let named = reader.read(&outside, beyond, cancel)?;
        let is_same =
            named.len() == beyond.len() && named.iter().zip(&*beyond).all(|(now, then)| now.1.id == then.1.id);
        *beyond = named;
        let all = || read.values().chain(beyond.values());
        notes.extend(all().filter_map(|read| read.file.as_ref().err().cloned()));
        let edited = again.filter(|_| is_same).and_then(|again| edited(sources, read, &again));
        *sources = edited.unwrap_or_else(|| {
            Arc::new(SourceTree::new(all().filter_map(|read| read.file.as_ref().ok().cloned()).collect()))
        });
        *touched = Some(BTreeSet::new());
        notes.extend(own_notes.iter().cloned());
        notes.sort();
        notes.dedup();
        let Intended { config, codeowners, manifests, baselines } = intended.clone();
        let then = self.past.config(commit.id).or_else(|| self.past.config(self.like?));
        Ok(Gathered {
            root: self.repository.root().join(&found.root),
            workspace: Arc::clone(workspace),
            sources: Arc::clone(sources),
            codeowners,
            beyond: Beyond::default(),
            date: self.date.unwrap_or_else(|| commit.committed.date()),
            manifests,
            config: then.cloned().or(config),
            baselines,
            commit: Some(commit.clone()),
            earlier: None,
            of_another_time: self.in_a_row && !self.intents.are_own(),
            notes,
        })
    }
}

/// Whether a change can be one of packages, targets, or which files belong to them.
fn shapes_the_workspace(change: &git::Change) -> bool {
    let name = change.path.rsplit('/').next().unwrap_or_default();
    let is_file = |entry: &Option<Entry>| matches!(entry, Some(Entry::File(_)));
    let leads_elsewhere = |entry: &Option<Entry>| matches!(entry, Some(Entry::Link(_) | Entry::Submodule));
    leads_elsewhere(&change.before)
        || leads_elsewhere(&change.after)
        || matches!(name, "Cargo.toml" | ".gitignore" | ".ignore")
        || (name.ends_with(".rs") && !(is_file(&change.before) && is_file(&change.after)))
}

/// The sources with the new texts of some files; `None` if others than these are in them.
fn edited(sources: &SourceTree, read: &BTreeMap<String, Read>, again: &[String]) -> Option<Arc<SourceTree>> {
    let mut texts = Vec::new();
    for path in again {
        let file = read.get(path)?.file.as_ref().ok()?;
        texts.push((sources.find(&file.path)?, Arc::clone(&file.text)));
    }
    Some(Arc::new(sources.with_texts(texts)))
}

/// Reads sources, those that are known already from memory.
struct Reader<'a> {
    repository: &'a Repository,
    /// Of the workspace.
    root: &'a str,
    listing: &'a Listing,
}

impl Reader<'_> {
    /// What is at each path, where anything is.
    fn read(
        &self,
        paths: &[String],
        known: &BTreeMap<String, Read>,
        cancel: &AtomicBool,
    ) -> Result<BTreeMap<String, Read>, GitError> {
        let mut now: BTreeMap<String, Read> = BTreeMap::new();
        let mut wanted: Vec<(String, ContentId)> = Vec::new();
        for path in paths {
            let Some(id) = self.listing.file(path) else { continue };
            match known.get(path).filter(|read| read.id == id && self.is_named_so(read, path)) {
                Some(read) => {
                    now.insert(path.clone(), read.clone());
                }
                None => wanted.push((path.clone(), id)),
            }
        }
        // What was moved or copied is known already.
        let moved = |id: ContentId| known.values().find(|read| read.id == id && read.file.is_ok());
        wanted.retain(|(path, id)| {
            let Some(Ok(file)) = moved(*id).map(|read| &read.file) else { return true };
            now.insert(path.clone(), self.named(path, *id, Ok(file.clone())));
            false
        });
        let contents = self.repository.contents(&wanted, &|| cancel.load(Ordering::Relaxed))?;
        for ((path, id), file) in wanted.into_iter().zip(contents) {
            let read = self.named(&path, id, file);
            now.insert(path, read);
        }
        Ok(now)
    }

    /// A file under its path from the workspace's root.
    fn named(&self, path: &str, id: ContentId, file: Result<SourceFile, Note>) -> Read {
        let file = file.map(|file| file.at(path.to_owned()));
        let outside = file.as_ref().map_or_else(|_| Vec::new(), outside::named_in);
        let named = seen_from(self.root, path);
        let file = match file {
            Ok(file) => Ok(file.at(named)),
            Err(note) => Err(Note { path: named, ..note }),
        };
        Read { id, file, outside: outside.into() }
    }

    /// The workspace may have moved since.
    fn is_named_so(&self, read: &Read, path: &str) -> bool {
        let named = match &read.file {
            Ok(file) => &file.path,
            Err(note) => &note.path,
        };
        *named == seen_from(self.root, path)
    }
}

/// What lies in packages and is not in this repository.
fn unseen(listing: &Listing, found: &Found) -> Vec<Note> {
    let folders: Vec<String> =
        found.workspace.packages.iter().map(|package| join(&found.root, &package.folder)).collect();
    let mut notes = Vec::new();
    for (path, entry) in listing.below("") {
        let in_package = || {
            folders.iter().any(|folder| {
                folder.is_empty() || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
        };
        let (kind, detail) = match entry {
            Entry::Submodule if in_package() => {
                ("submodule", "another repository, whose files are not looked at in a commit of this one".to_owned())
            }
            Entry::Link(target) if path.ends_with(".rs") && listing.real(path).is_none() && in_package() => {
                ("link-outside", format!("it is a link to `{target}`, outside the repository"))
            }
            _ => continue,
        };
        notes.push(Note { kind, path: seen_from(&found.root, path), at: None, detail });
    }
    notes
}

/// What riprap.toml asks to look at is of the files on disk.
fn not_enriched(config: Option<&SourceFile>) -> Option<Note> {
    let config = config?;
    let asked = config::read(&config.text).ok()?.enrich;
    let words = asked.words(|file| file.display().to_string());
    (!words.is_empty()).then(|| Note {
        kind: "not-enriched",
        path: config.path.clone(),
        at: None,
        detail: format!("`{}` was not looked at: it is of the files on disk, and this is a commit", words.join(",")),
    })
}

#[cfg(test)]
mod tests;
