//! Repositories in every state that a person may meet.

use std::fs;

use super::fixture::Made;
use super::*;
use crate::history::Moment;
use crate::source::{Entry, Listing, Note};

fn paths(listing: &Listing) -> Vec<&str> {
    listing.below("").map(|(path, _)| path).collect()
}

/// The text of a file of a commit.
fn text(repository: &Repository, listing: &Listing, path: &str) -> Result<String, Note> {
    let id = listing.file(path).expect("the file is listed");
    repository.content(path, id).map(|file| file.text.to_string())
}

#[test]
fn a_commit_shows_its_files_and_who_made_it() {
    let mut made = Made::new();
    let first = made.commit("//- a.rs\none\n//- b/c.rs\ntwo\n");
    let second = made.commit("//- a.rs\nthree\n//- b.rs\nfour\n");
    let repository = made.open("");
    let (listing, notes) = repository.listing(first).unwrap();
    assert_eq!((paths(&listing), notes), (vec!["a.rs", "b/c.rs"], Vec::new()));
    assert_eq!(text(&repository, &listing, "b/c.rs").unwrap(), "two\n");
    let commit = repository.revision("HEAD").unwrap();
    assert_eq!((commit.id, commit.parents.as_slice()), (second, &[first][..]));
    assert_eq!((commit.author.as_str(), commit.email.as_str()), ("Ada", "ada@example.org"));
    assert_eq!((commit.subject.as_str(), commit.committed.date().to_string().as_str()), ("Commit 2", "2024-01-02"));
    assert_eq!(repository.commit(first).unwrap().parents, []);
}

#[test]
fn what_a_person_writes_is_understood() {
    let mut made = Made::new();
    let first = made.commit("//- a.rs\n");
    let second = made.commit("//- b.rs\n");
    let repository = made.open("");
    let id = |revision: &str| repository.revision(revision).unwrap().id;
    assert_eq!([id("HEAD~1"), id("HEAD^"), id(&first.to_string()), id(&first.short())], [first; 4]);
    assert_eq!([id("HEAD"), id("main"), id("@")], [second; 3]);
    let unknown = repository.revision("v9.9").unwrap_err().to_string();
    assert!(unknown.starts_with("no revision `v9.9`: `git log`"), "{unknown}");
    let remote = repository.revision("origin/main").unwrap_err().to_string();
    assert!(remote.contains("`git fetch origin`"), "{remote}");
    let tree = repository.revision("HEAD^{tree}").unwrap_err().to_string();
    assert_eq!(tree, "`HEAD^{tree}` is a tree, and not a commit; name a commit, a branch or a tag");
}

#[test]
fn changes_are_what_listings_differ_in() {
    let fixtures = [
        "//- a\n1\n//- b/x\n2\n//- b/y/z\n3\n//- c-d\n4\n//- c/e\n5\n",
        "//- a\n1\n//- b/x\n9\n//- c\n5\n//- c-d\n4\n//- d\n6\n",
        "//- a/b\n1\n//- b\n2\n//- c -> a\n//- l @\n",
    ];
    let mut made = Made::new();
    let commits = fixtures.map(|fixture| made.commit(fixture));
    let repository = made.open("");
    for (before, after) in [(0, 1), (1, 0), (1, 2), (2, 0), (0, 0)] {
        let mut listing = repository.listing(commits[before]).unwrap().0;
        for change in repository.changes(commits[before], commits[after]).unwrap() {
            assert_eq!(listing.entry(&change.path), change.before.as_ref());
            match change.after {
                Some(entry) => listing.insert(change.path, entry),
                None => listing.remove(&change.path),
            }
        }
        assert_eq!(listing, repository.listing(commits[after]).unwrap().0);
    }
}

#[test]
fn links_and_submodules_are_told_apart_from_files() {
    let mut made = Made::new();
    let commit = made.commit("//- src/a.rs\ntext\n//- b.rs -> src/a.rs\n//- c -> src\n//- vendor/x @\n");
    let repository = made.open("");
    let (listing, _) = repository.listing(commit).unwrap();
    assert_eq!(listing.entry("vendor/x"), Some(&Entry::Submodule));
    assert_eq!(text(&repository, &listing, "b.rs").unwrap(), "text\n");
    assert_eq!(text(&repository, &listing, "c/a.rs").unwrap(), "text\n");
}

#[test]
fn a_place_in_a_repository_is_told_from_its_root() {
    let mut made = Made::new();
    made.commit("//- ws/src/a.rs\n");
    assert_eq!(made.open("ws/src").at(), "ws/src");
    assert_eq!(made.open("ws/src/a.rs").at(), "ws/src/a.rs");
    assert_eq!(made.open("ws/gone/since.rs").at(), "ws/gone/since.rs");
    let root = made.open("");
    assert_eq!((root.at(), root.name().as_str(), root.is_bare()), ("", "repository", false));
    assert_eq!(root.root(), made.root());
}

#[test]
fn a_bare_repository_has_its_commits() {
    let mut made = Made::new();
    let commit = made.commit("//- a.rs\n");
    let bare = made.root().with_file_name("project.git");
    fs::rename(made.git_dir(), &bare).unwrap();
    fs::write(bare.join("config"), "[core]\nrepositoryformatversion = 0\nbare = true\n").unwrap();
    let repository = Repository::open(&bare).unwrap();
    assert!(repository.is_bare());
    assert_eq!((repository.at(), repository.name().as_str()), ("", "project"));
    assert_eq!(repository.revision("HEAD").unwrap().id, commit);
}

#[test]
fn where_there_is_no_repository_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let error = Repository::open(folder.path()).unwrap_err();
    assert!(matches!(error, GitError::NoRepository { .. }), "{error}");
    let made = Made::new();
    let error = made.open("").revision("HEAD").unwrap_err().to_string();
    assert_eq!(error, "no revision `HEAD`: the repository has no commit yet");
    fs::write(
        made.git_dir().join("config"),
        "[core]\nrepositoryformatversion = 9\n[extensions]\nrefStorage = reftable\n",
    )
    .unwrap();
    let error = Repository::open(&made.root()).err().map(|error| error.to_string());
    assert!(error.as_ref().is_none_or(|error| error.starts_with("failed to read the git repository")), "{error:?}");
}

#[test]
fn a_missing_file_is_a_note_and_a_missing_folder_an_error() {
    let mut made = Made::new();
    let commit = made.commit("//- a/b.rs\nlost\n//- c.rs\nkept\n");
    fs::remove_file(made.object_file(&made.hash_of("lost\n"))).unwrap();
    let repository = made.open("");
    let (listing, _) = repository.listing(commit).unwrap();
    let note = text(&repository, &listing, "a/b.rs").unwrap_err();
    assert_eq!((note.kind, note.path.as_str()), ("missing-object", "a/b.rs"));
    assert!(note.detail.contains("is not in this clone; `git fsck` tells"), "{}", note.detail);
    assert_eq!(text(&repository, &listing, "c.rs").unwrap(), "kept\n");

    let partial = made.git_dir().join("config");
    let config = fs::read_to_string(&partial).unwrap();
    fs::write(&partial, config + "[remote \"origin\"]\nurl = x\npromisor = true\npartialclonefilter = blob:none\n")
        .unwrap();
    let note = text(&made.open(""), &listing, "a/b.rs").unwrap_err();
    assert!(note.detail.contains("`git fetch --refetch --no-filter` brings everything"), "{}", note.detail);

    let tree = repository.local().rev_parse_single("HEAD:a").unwrap().to_string();
    fs::remove_file(made.object_file(&tree)).unwrap();
    let error = made.open("").listing(commit).unwrap_err().to_string();
    assert!(error.starts_with(&format!("folder `a` of commit {} is not in this clone; ", commit.short())), "{error}");
}

#[test]
fn a_broken_file_is_a_note_and_a_broken_commit_an_error() {
    let mut made = Made::new();
    let commit = made.commit("//- a.rs\nbroken soon\n");
    let write = |hash: &str| {
        let path = made.object_file(hash);
        fs::remove_file(&path).unwrap();
        fs::write(path, b"this is not what zlib writes").unwrap();
    };
    write(&made.hash_of("broken soon\n"));
    let repository = made.open("");
    let (listing, _) = repository.listing(commit).unwrap();
    let note = text(&repository, &listing, "a.rs").unwrap_err();
    assert_eq!(note.kind, "corrupt-object");
    write(&commit.to_string());
    let error = made.open("").listing(commit).unwrap_err();
    assert!(matches!(error, GitError::Corrupt { .. }), "{error}");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let mut made = Made::new();
    let first = made.commit("//- a.rs\n");
    let second = made.commit("//- b.rs\n");
    fs::write(made.git_dir().join("shallow"), format!("{second}\n")).unwrap();
    fs::remove_file(made.object_file(&first.to_string())).unwrap();
    let repository = made.open("");
    assert!(repository.is_shallow());
    let unknown = repository.revision("v1.0").unwrap_err().to_string();
    assert!(unknown.contains("`git fetch --unshallow` brings the rest"), "{unknown}");
    let missing = repository.commit(first).unwrap_err().to_string();
    assert!(missing.contains("`git fetch --unshallow`"), "{missing}");
    assert_eq!(paths(&repository.listing(second).unwrap().0), ["b.rs"]);
}

#[test]
fn a_pointer_to_content_elsewhere_is_noted() {
    let mut made = Made::new();
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    let commit = made.commit(&format!("//- a.rs\n{pointer}"));
    let repository = made.open("");
    let (listing, _) = repository.listing(commit).unwrap();
    assert_eq!(text(&repository, &listing, "a.rs").unwrap_err().kind, "lfs-pointer");
}

#[test]
fn tags_are_known_by_the_commits_that_they_lead_to() {
    let mut made = Made::new();
    let first = made.commit("//- a.rs\n");
    let second = made.commit("//- b.rs\n");
    made.tag("v1", first);
    made.annotated_tag("release/1.0", first);
    made.annotated_tag("v2", second);
    let tags = made.open("").tags();
    let names = |commit| tags.get(&commit).cloned().unwrap_or_default();
    assert_eq!((names(first), names(second)), (vec!["release/1.0".to_owned(), "v1".to_owned()], vec!["v2".to_owned()]));
    // A tag on a file is no tag on a commit.
    let blob = made.hash_of("");
    fs::write(made.git_dir().join("refs/tags/file"), format!("{blob}\n")).unwrap();
    assert_eq!(made.open("").tags(), tags);
}

#[test]
fn the_newest_commits_are_those_since_a_moment_and_no_more_than_asked_for() {
    let mut made = Made::new();
    let [first, second, third] = ["//- a.rs\n", "//- b.rs\n", "//- c.rs\n"].map(|files| made.commit(files));
    let repository = made.open("");
    let of_second = repository.commit(second).unwrap().committed;
    let newest = |since, at_most| {
        let commits = repository.newest(third, since, at_most).unwrap();
        commits.into_iter().map(|commit| commit.id).collect::<Vec<_>>()
    };
    assert_eq!(newest(Moment(0), usize::MAX), [third, second, first]);
    assert_eq!(newest(of_second, usize::MAX), [third, second]);
    assert_eq!(newest(Moment(0), 1), [third]);
}
