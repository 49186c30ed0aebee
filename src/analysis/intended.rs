//! What a commit is judged by: what people say today, say in another file, or said in the commit itself.
//!
//! In: where that is to be taken from, and a commit's files.  Out: [`Intended`].  Not here: reading objects (`git`) and
//! the disk (`load`), and what the texts mean (`config`, `verdict`).

use std::path::Path;

use super::AnalysisError;
use super::baselines::{self, baselines};
use super::manifests::manifests;
use crate::config;
use crate::git::{GitError, Repository};
use crate::history::JudgedBy;
use crate::load::{self, Intent, OwnersFile};
use crate::manifest::{Found, Manifests};
use crate::source::{self, Listing, SourceFile, join, seen_from};

/// By what commits are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// By what riprap.toml and riprap.baseline say today.
    #[default]
    Today,
    /// By another riprap.toml, with nothing accepted: what would have been.
    Other {
        /// As a person called the file.
        name: String,
        text: String,
    },
    /// Each by its own.
    Own,
}

impl Rules {
    pub(super) fn judged_by(&self) -> JudgedBy {
        match self {
            Self::Today => JudgedBy::Today,
            Self::Other { name, .. } => JudgedBy::Other(name.clone()),
            Self::Own => JudgedBy::Own,
        }
    }
}

/// What one commit is judged by.
#[derive(Clone, Debug, Default)]
pub(super) struct Intended {
    pub(super) config: Option<SourceFile>,
    pub(super) codeowners: Option<OwnersFile>,
    /// What manifests say of the packages that are where they were.
    pub(super) manifests: Vec<SourceFile>,
    pub(super) baselines: Vec<SourceFile>,
}

/// Where that is taken from.
pub(super) struct Intents {
    rules: Rules,
    today: Intent,
    /// Where the files of today are, if they are not on disk.
    newest: Option<Newest>,
}

/// The newest commit, where no files are on disk.
struct Newest {
    listing: Listing,
    /// The folder of its workspace.
    root: String,
}

/// The files of a commit and its workspace.
pub(super) struct Place<'a> {
    pub(super) listing: &'a Listing,
    pub(super) found: &'a Found,
    /// Of its sources, from the root of the repository.
    pub(super) paths: &'a [String],
}

impl Intents {
    pub(super) fn new(path: &Path, repository: &Repository, rules: &Rules) -> Result<Self, AnalysisError> {
        let (mut today, newest) = match repository.is_bare() {
            true => of_newest(repository)?,
            false => (load::intent(path)?, None),
        };
        if let Rules::Other { text, .. } = rules {
            today.config = Some((load::CONFIG.to_owned(), text.clone()));
            today.baseline = None;
        }
        Ok(Self { rules: rules.clone(), today, newest })
    }

    pub(super) fn are_own(&self) -> bool {
        self.rules == Rules::Own
    }

    /// Whether a file is one that a commit is judged by.
    pub(super) fn are_told_by(&self, name: &str) -> bool {
        self.are_own() && matches!(name, load::CONFIG | load::BASELINE | "CODEOWNERS")
    }

    /// What the riprap.toml says for every commit, if one does.
    pub(super) fn config(&self) -> Option<SourceFile> {
        self.today.config.clone().filter(|_| !self.are_own()).map(file)
    }

    /// The folder of the riprap.toml, from the root of the repository.
    pub(super) fn folder(&self, repository: &Repository) -> String {
        let folder = self.today.root.strip_prefix(repository.root()).unwrap_or(Path::new(""));
        source::normalize(&folder.to_string_lossy())
    }

    /// Everything that the result for a commit depends on beside the commit, in an order that is always the same.
    pub(super) fn depends_on(&self, repository: &Repository) -> Vec<String> {
        let mut parts = vec![format!("{:?}", self.rules.judged_by())];
        if self.are_own() {
            return parts;
        }
        let file =
            |file: &Option<(String, String)>| file.clone().map_or_else(Vec::new, |(path, text)| vec![path, text]);
        parts.extend(file(&self.today.config));
        if let Some(OwnersFile { path, workspace, text }) = &self.today.codeowners {
            parts.extend([path.clone(), workspace.clone(), text.clone()]);
        }
        match &self.newest {
            // What a repository without files says today, its newest commit says.
            Some(_) => parts.extend(repository.revision("HEAD").map(|commit| commit.id.to_string())),
            None => parts.extend(load::speaking(&self.today.root).into_iter().flat_map(|(path, text)| [path, text])),
        }
        parts
    }

    /// What a commit is judged by.
    ///
    /// # Errors
    /// A file on disk that is there and cannot be read.
    pub(super) fn of(&self, repository: &Repository, place: &Place<'_>) -> Result<Intended, AnalysisError> {
        if self.are_own() {
            return Ok(own(repository, place));
        }
        let Place { found, paths, .. } = place;
        let root = &self.today.root;
        let on_disk = self.newest.is_none() && !root.as_os_str().is_empty();
        let manifests = match &self.newest {
            Some(newest) => told(repository, &newest.listing, &newest.root, found),
            None if on_disk => manifests(root, &found.workspace),
            None => Vec::new(),
        };
        let sources = || paths.iter().map(|path| seen_from(&found.root, path)).collect::<Vec<String>>();
        let baselines = match &self.newest {
            _ if self.rules != Rules::Today => Vec::new(),
            Some(newest) => accepted(repository, &newest.listing, &newest.root, place),
            None if on_disk => baselines(root, &found.workspace, sources().iter().map(String::as_str))?,
            None => Vec::new(),
        };
        let config = self.today.config.clone().map(file);
        Ok(Intended { config, codeowners: self.today.codeowners.clone(), manifests, baselines })
    }
}

fn file((path, text): (String, String)) -> SourceFile {
    SourceFile::new(path, text.into())
}

fn text(repository: &Repository, listing: &Listing, path: &str) -> Option<String> {
    let id = listing.file(path)?;
    repository.content(path, id).ok().map(|file| file.text.to_string())
}

/// What a commit says itself.
fn own(repository: &Repository, place: &Place<'_>) -> Intended {
    let Place { listing, found, .. } = place;
    let config = text(repository, listing, &join(&found.root, load::CONFIG));
    Intended {
        config: config.map(|text| file((load::CONFIG.to_owned(), text))),
        codeowners: owners(repository, listing, &found.root),
        manifests: told(repository, listing, &found.root, found),
        baselines: accepted(repository, listing, &found.root, place),
    }
}

/// What one commit accepts, in the folders of another.
fn accepted(repository: &Repository, listing: &Listing, root: &str, place: &Place<'_>) -> Vec<SourceFile> {
    let sources: Vec<String> = place.paths.iter().map(|path| seen_from(&place.found.root, path)).collect();
    let folders = baselines::folders(&place.found.workspace, sources.iter().map(String::as_str));
    let paths = folders.iter().map(|folder| join(folder, load::BASELINE));
    paths.filter_map(|path| Some(file((path.clone(), text(repository, listing, &join(root, &path))?)))).collect()
}

fn owners(repository: &Repository, listing: &Listing, root: &str) -> Option<OwnersFile> {
    load::OWNERS_PLACES.iter().find_map(|place| {
        let text = text(repository, listing, place)?;
        Some(OwnersFile { path: (*place).to_owned(), workspace: root.to_owned(), text })
    })
}

/// What the manifests of one commit say of the packages of another that are where they were.
fn told(repository: &Repository, listing: &Listing, root: &str, found: &Found) -> Vec<SourceFile> {
    let members = found.workspace.packages.iter().filter(|package| package.member);
    let read = |path: &String| Some(file((path.clone(), text(repository, listing, &join(root, path))?)));
    let texts = members.filter_map(|package| read(&package.manifest));
    texts.filter(|file| config::may_speak(&file.text)).collect()
}

/// What is wanted where no files are on disk: as the newest commit says.
fn of_newest(repository: &Repository) -> Result<(Intent, Option<Newest>), GitError> {
    let commit = repository.revision("HEAD")?;
    let (listing, _) = repository.listing(commit.id)?;
    let found = super::located::find(repository, &commit, &listing, &mut Manifests::default());
    let Ok((found, _)) = found else { return Ok((Intent::default(), None)) };
    let beside = |name: &str| Some((name.to_owned(), text(repository, &listing, &join(&found.root, name))?));
    let codeowners = owners(repository, &listing, &found.root);
    let (config, baseline) = (beside(load::CONFIG), beside(load::BASELINE));
    let intent = Intent { root: repository.root().join(&found.root), config, baseline, codeowners };
    Ok((intent, Some(Newest { listing, root: found.root })))
}
