//! From commits to what analyses start from: each commit's files, judged by what is wanted today.
//!
//! In: a path in a repository, and commits.  Out: [`Gathered`], as if the commit were checked out beside today's
//! riprap.toml, riprap.baseline and CODEOWNERS.  From one commit to the next, only what differs is read.  Not here: reading
//! git objects (`git`) and manifests.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::baselines::baselines;
use super::manifests::manifests;
use super::{AnalysisError, Asked, Beyond, Gathered, Phase, Progress, outside};
use crate::config;
use crate::git::{self, GitError, Repository};
use crate::history::{Commit, CommitId};
use crate::load::{self, Intent, OwnersFile};
use crate::manifest::{self, Found, Manifests, Refusal};
use crate::source::{self, ContentId, Date, Entry, Listing, Note, SourceFile, SourceTree, join, seen_from};

/// Reads a workspace as it is in a revision.
pub(super) fn gather(
    path: &Path,
    revision: &str,
    asked: &Asked,
    progress: &(dyn Fn(Progress) + Sync),
    cancel: &AtomicBool,
) -> Result<Gathered, AnalysisError> {
    progress(Progress { phase: Phase::Manifests, done: 0, total: 0 });
    let mut commits = Commits::open(path, asked, revision)?;
    let commit = commits.repository.revision(revision)?;
    progress(Progress { phase: Phase::Reading, done: 0, total: 0 });
    commits.gathered(&commit, cancel)
}

/// A repository whose commits are read one after the other.
pub(super) struct Commits {
    pub(super) repository: Repository,
    intent: Intent,
    /// Where the manifests of today are, if no files are on disk.
    newest: Option<Newest>,
    /// The day for what holds until or from one; without it, that of each commit.
    date: Option<Date>,
    manifests: Manifests,
    /// What the last commit was; `None` before the first, and after one that could not be listed.
    last: Option<Last>,
}

/// The newest commit, where no files are on disk.
struct Newest {
    listing: Listing,
    /// The folder of its workspace.
    root: String,
}

/// A commit's files.
struct Last {
    commit: CommitId,
    listing: Listing,
    /// On links that could not be read.
    notes: Vec<Note>,
    /// `None` if there was no workspace.
    workspace: Option<Place>,
    /// What was read of it, by path from the root of the repository.
    read: BTreeMap<String, Read>,
}

/// Where the workspace of a commit lies, and which sources it has.
struct Place {
    found: Found,
    /// Where it lay, if that was elsewhere than the place that was opened.
    moved: Option<Note>,
    /// From the root of the repository.
    paths: Vec<String>,
    /// What today's manifests say of the packages that are where they were.
    manifests: Vec<SourceFile>,
    /// Today's accepted violations.
    baselines: Vec<SourceFile>,
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
    pub(super) fn open(path: &Path, asked: &Asked, revision: &str) -> Result<Self, AnalysisError> {
        if asked.enrich != Default::default() {
            return Err(AnalysisError::NothingBeyond { revision: revision.to_owned() });
        }
        let repository = Repository::open(path)?;
        let (intent, newest) = match repository.is_bare() {
            true => intent_of_newest(&repository)?,
            false => (load::intent(path)?, None),
        };
        Ok(Self { repository, intent, newest, date: asked.date, manifests: Manifests::default(), last: None })
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
            return Ok(Last { commit: commit.id, listing, notes, workspace: None, read: BTreeMap::new() });
        };
        for change in self.repository.changes(last.commit, commit.id)? {
            if shapes_the_workspace(&change) {
                last.workspace = None;
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
        let (found, moved) = find(&self.repository, commit, listing, &mut self.manifests)?;
        let ignores = |path: &str| Some(self.repository.content(path, listing.file(path)?).ok()?.text.to_string());
        let paths = git::source_paths(listing, &found.root, &found.workspace, &ignores);
        let root = &self.intent.root;
        let manifests = match &self.newest {
            Some(newest) => self.manifests_of(newest, &found),
            None if root.as_os_str().is_empty() => Vec::new(),
            None => manifests(root, &found.workspace),
        };
        let baselines = if root.as_os_str().is_empty() {
            let file = |(path, text): (String, String)| SourceFile::new(path, text.into());
            self.intent.baseline.clone().map(file).into_iter().collect()
        } else {
            let sources: Vec<String> = paths.iter().map(|path| seen_from(&found.root, path)).collect();
            baselines(root, &found.workspace, sources.iter().map(String::as_str))?
        };
        Ok(Place { found, moved, paths, manifests, baselines })
    }

    /// What the manifests of the newest commit say of the packages of another that are where they were.
    fn manifests_of(&self, newest: &Newest, found: &Found) -> Vec<SourceFile> {
        let members = found.workspace.packages.iter().filter(|package| package.member);
        let read = |path: &String| {
            let there = join(&newest.root, path);
            Some(self.repository.content(&there, newest.listing.file(&there)?).ok()?.at(path.clone()))
        };
        let texts = members.filter_map(|package| read(&package.manifest));
        texts.filter(|file| config::may_speak(&file.text)).collect()
    }

    fn read(&self, commit: &Commit, last: &mut Last, cancel: &AtomicBool) -> Result<Gathered, AnalysisError> {
        let Last { listing, notes, workspace, read, .. } = last;
        let Some(Place { found, moved, paths, manifests, baselines }) = workspace else {
            return Err(AnalysisError::Cancelled);
        };
        let mut notes: Vec<Note> = notes.clone();
        notes.iter_mut().for_each(|note| note.path = seen_from(&found.root, &note.path));
        let reader = Reader { repository: &self.repository, root: &found.root, listing };
        let mut now = reader.read(paths, read, cancel)?;
        let missing = paths.iter().filter(|path| !now.contains_key(*path)).map(|path| Note {
            kind: "unreadable",
            path: seen_from(&found.root, path),
            at: None,
            detail: "the file cannot be read: it is not in the commit".to_owned(),
        });
        notes.extend(missing);
        let mut outside: Vec<String> = now.values().flat_map(|read| read.outside.iter().cloned()).collect();
        outside.sort();
        outside.dedup();
        outside.retain(|path| !now.contains_key(path));
        now.extend(reader.read(&outside, read, cancel)?);
        let mut files = Vec::with_capacity(now.len());
        for one in now.values() {
            match &one.file {
                Ok(file) => files.push(file.clone()),
                Err(note) => notes.push(note.clone()),
            }
        }
        *read = now;
        notes.extend(found.notes.iter().cloned());
        notes.extend(moved.clone());
        notes.extend(unseen(listing, found));
        notes.extend(not_enriched(&self.intent));
        notes.sort();
        notes.dedup();
        let file = |(path, text): (String, String)| SourceFile::new(path, text.into());
        Ok(Gathered {
            root: self.repository.root().join(&found.root),
            workspace: found.workspace.clone(),
            sources: SourceTree::new(files),
            codeowners: self.intent.codeowners.clone(),
            beyond: Beyond::default(),
            date: self.date.unwrap_or_else(|| commit.committed.date()),
            manifests: manifests.clone(),
            config: self.intent.config.clone().map(file),
            baselines: baselines.clone(),
            commit: Some(commit.clone()),
            earlier: None,
            notes,
        })
    }
}

/// Whether a change can be one of packages, targets, or which files belong to them.
fn shapes_the_workspace(change: &git::Change) -> bool {
    let is_file = |entry: &Option<Entry>| matches!(entry, Some(Entry::File(_)));
    let name = change.path.rsplit('/').next().unwrap_or_default();
    !is_file(&change.before) || !is_file(&change.after) || matches!(name, "Cargo.toml" | ".gitignore" | ".ignore")
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

/// The workspace of a commit; with a note if it lay elsewhere than the place that was opened.
fn find(
    repository: &Repository,
    commit: &Commit,
    listing: &Listing,
    manifests: &mut Manifests,
) -> Result<(Found, Option<Note>), GitError> {
    let read =
        |path: &str, id: ContentId| repository.content(path, id).map(|file| file.text).map_err(|note| note.detail);
    let name = repository.name();
    let at = repository.at();
    let found = match manifest::workspace(listing, manifests, &read, at, &name) {
        // Where there was one workspace alone, it is the one that came to lie here.
        Err(Refusal::NoManifest { candidates }) if candidates.len() == 1 => {
            let place = source::folder_of(&candidates[0]).to_owned();
            let detail = format!("the workspace lay in `{place}`: there was no Cargo.toml here");
            let note = Note { kind: "moved-root", path: "Cargo.toml".to_owned(), at: None, detail };
            manifest::workspace(listing, manifests, &read, &place, &name).map(|found| (found, Some(note)))
        }
        found => found.map(|found| (found, None)),
    };
    found.map_err(|refusal| match refusal {
        Refusal::NoManifest { candidates } => {
            let place = if at.is_empty() { "the root of the repository".to_owned() } else { format!("`{at}`") };
            GitError::NoManifest { commit: commit.id.short(), place, candidates }
        }
        Refusal::Broken(broken) => {
            GitError::Manifest { commit: commit.id.short(), path: broken.path, message: broken.message }
        }
    })
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
fn not_enriched(intent: &Intent) -> Option<Note> {
    let (path, text) = intent.config.as_ref()?;
    let asked = config::read(text).ok()?.enrich;
    let words = asked.words(|file| file.display().to_string());
    (!words.is_empty()).then(|| Note {
        kind: "not-enriched",
        path: path.clone(),
        at: None,
        detail: format!("`{}` was not looked at: it is of the files on disk, and this is a commit", words.join(",")),
    })
}

/// What is wanted where no files are on disk: as the newest commit says.
fn intent_of_newest(repository: &Repository) -> Result<(Intent, Option<Newest>), GitError> {
    let commit = repository.revision("HEAD")?;
    let (listing, _) = repository.listing(commit.id)?;
    let Ok((found, _)) = find(repository, &commit, &listing, &mut Manifests::default()) else {
        return Ok((Intent::default(), None));
    };
    let text = |path: &str| -> Option<String> {
        let id = listing.file(path)?;
        repository.content(path, id).ok().map(|file| file.text.to_string())
    };
    let beside = |name: &str| text(&join(&found.root, name)).map(|text| (name.to_owned(), text));
    let codeowners = load::OWNERS_PLACES.iter().find_map(|place| {
        text(place).map(|text| OwnersFile { path: (*place).to_owned(), workspace: found.root.clone(), text })
    });
    let (config, baseline) = (beside(load::CONFIG), beside(load::BASELINE));
    let intent = Intent { root: repository.root().join(&found.root), config, baseline, codeowners };
    Ok((intent, Some(Newest { listing, root: found.root })))
}

#[cfg(test)]
mod tests;
