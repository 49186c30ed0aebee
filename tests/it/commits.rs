//! Commits of real repositories, gated by `RIPRAP_TEST_REPOSITORIES=FOLDER[:FOLDER]`: folders of workspaces in clones.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::{env, fs};

use riprap::analysis::{self, Analysis, Asked, Follower};
use riprap::git::{Repository, Route};
use riprap::history::Commit;
use riprap::load;
use riprap::manifest::{self, Manifests, Refusal};
use riprap::source::{ContentId, Entry, Listing};

/// How many commits of each repository are looked at.
const SAMPLES: usize = 30;

fn repositories() -> Vec<Repository> {
    let Ok(folders) = env::var("RIPRAP_TEST_REPOSITORIES") else { return Vec::new() };
    folders.split(':').map(|folder| Repository::open(Path::new(folder)).expect("a folder in a clone")).collect()
}

/// Commits spread over the whole history, the newest among them.
fn sampled(repository: &Repository) -> Vec<Commit> {
    let head = repository.revision("HEAD").expect("a clone has a newest commit");
    let commits = repository.walk(None, head.id, Route::FirstParent).expect("the clone is whole").commits;
    let step = (commits.len() / SAMPLES).max(1);
    commits.into_iter().rev().step_by(step).take(SAMPLES).collect()
}

/// Everything that a commit holds, with nothing in it but for manifests.
fn write_out(repository: &Repository, listing: &Listing, root: &Path) {
    for (path, entry) in listing.below("") {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("it lies in the root")).expect("the folder is ours");
        match entry {
            Entry::File(id) if path.ends_with("Cargo.toml") => {
                let text = repository.content(path, *id).expect("a manifest is text").text;
                fs::write(file, &*text).expect("the folder is ours");
            }
            Entry::File(_) => fs::write(file, "").expect("the folder is ours"),
            #[cfg(unix)]
            Entry::Link(target) => std::os::unix::fs::symlink(target, file).expect("the folder is ours"),
            #[cfg(not(unix))]
            Entry::Link(_) => {}
            Entry::Submodule => fs::create_dir_all(file).expect("the folder is ours"),
        }
    }
}

#[test]
fn old_commits_have_the_workspace_that_cargo_sees() {
    let mut told: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut different = Vec::new();
    for repository in repositories() {
        let mut manifests = Manifests::default();
        for commit in sampled(&repository) {
            let (listing, _) = repository.listing(commit.id).expect("the clone is whole");
            let read = |path: &str, id: ContentId| {
                repository.content(path, id).map(|file| file.text).map_err(|note| note.detail)
            };
            let mut place = repository.at().to_owned();
            let mut ours = manifest::workspace(&listing, &mut manifests, &read, &place, "repository");
            // A workspace that lay elsewhere.
            if let Err(Refusal::NoManifest { candidates }) = &ours
                && let [candidate] = &candidates[..]
            {
                candidate.trim_end_matches("Cargo.toml").clone_into(&mut place);
                ours = manifest::workspace(&listing, &mut manifests, &read, &place, "repository");
            }
            let folder = tempfile::tempdir().expect("a temporary folder can be made");
            let root = folder.path().canonicalize().expect("it was just made").join("repository");
            fs::create_dir(&root).expect("the folder is ours");
            write_out(&repository, &listing, &root);
            let at = root.join(&place);
            let at = at.ancestors().find(|folder| folder.exists()).expect("the root exists");
            let theirs = load::workspace(at, &|_| {}, &AtomicBool::new(false));
            let count = told.entry(format!("{}/{}", repository.name(), repository.at())).or_default();
            match (ours, theirs) {
                (Ok(ours), Ok(theirs)) if ours.workspace == theirs.workspace => count.0 += 1,
                (Err(_), Err(_)) => count.1 += 1,
                (ours, theirs) => {
                    let ours = ours.map(|found| found.workspace);
                    let theirs = theirs.map(|loaded| loaded.workspace);
                    different.push(format!("{} {}:\n{ours:#?}\n{theirs:#?}", repository.name(), commit.id));
                }
            }
        }
    }
    for (repository, (equal, refused)) in told {
        // Shown with `--nocapture`: the numbers of BENCHMARKS.md.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stdout(),
            format_args!("{repository}: {equal} equal, {refused} without a workspace\n"),
        );
    }
    if let Some(first) = different.first() {
        let file = env::temp_dir().join("riprap-differences.txt");
        fs::write(&file, different.join("\n\n")).expect("a temporary file can be written");
        panic!(
            "{} differ, all in {}; the first is {}",
            different.len(),
            file.display(),
            first.lines().next().unwrap_or_default()
        );
    }
}

/// Commits that follow each other: so many times from one sample to the next.
const FOLLOWED: usize = 6;

#[test]
fn commits_one_after_the_other_are_what_fresh_analyses_of_them_are() {
    let mut different = Vec::new();
    for repository in repositories() {
        let path = repository.root().join(repository.at());
        let head = repository.revision("HEAD").expect("a clone has a newest commit");
        let commits = repository.walk(None, head.id, Route::FirstParent).expect("the clone is whole").commits;
        let mut follower = Follower::open(&path, &Asked::default()).expect("it is a repository");
        for from in (0..8).map(|part| commits.len() * (part + 1) / 9) {
            for commit in commits.iter().skip(from).take(FOLLOWED) {
                let go_on = AtomicBool::new(false);
                let asked = Asked { revision: Some(commit.id.to_string()), ..Asked::default() };
                let fresh = analysis::open(&path, &asked, &|_| {}, &go_on);
                let followed = follower.look(commit, &|_| {}, &go_on);
                let text = |analysis: Analysis| serde_json::to_string(&analysis.document()).expect("it is JSON");
                match (fresh.map(text), followed.map(text)) {
                    (Ok(fresh), Ok(followed)) if fresh == followed => {}
                    (Err(fresh), Err(followed)) if fresh.to_string() == followed.to_string() => {}
                    _ => different.push(format!("{} {}", repository.name(), commit.id)),
                }
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
}
