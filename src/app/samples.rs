//! Workspaces to try riprap on, which come with the program and are written when somebody opens one.
//!
//! In: what git needs to have each, from `assets/samples`.  Out: a folder with the files of its newest commit and its whole
//! history.  Not here: the screen that offers them, and what is in them (`sample-workspaces`).

use std::path::{Path, PathBuf};

use crate::git::Repository;
use crate::history::CommitId;
use crate::source::{ContentId, Entry};
use crate::{load, save};

/// A workspace with its history, as git packs it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    /// What there is to see, in one line.
    pub(crate) says: &'static str,
    objects: &'static [u8],
    index_of_objects: &'static [u8],
    index: &'static [u8],
    /// A hash and a name on each line.
    refs: &'static str,
}

macro_rules! sample {
    ($name:literal, $says:literal) => {
        Sample {
            name: $name,
            says: $says,
            objects: include_bytes!(concat!("../../assets/samples/", $name, "/objects.pack")),
            index_of_objects: include_bytes!(concat!("../../assets/samples/", $name, "/objects.idx")),
            index: include_bytes!(concat!("../../assets/samples/", $name, "/index")),
            refs: include_str!(concat!("../../assets/samples/", $name, "/refs")),
        }
    };
}

pub(crate) static SAMPLES: [Sample; 2] = [
    sample!("shop", "A modular monolith that erodes over a year, commit by commit"),
    sample!("shop-services", "Services that are not apart: calls, shared state, cycles"),
];

const MANIFEST: &str = "Cargo.toml";

/// What every repository has.
const HEAD: &str = "ref: refs/heads/main\n";
const CONFIG: &str = "[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = false\n\tautocrlf = false\n";

/// Where samples are written: among the data of the user, or where nobody minds.
pub(crate) fn folder() -> PathBuf {
    let folders = directories::ProjectDirs::from("", "", "riprap");
    let data = folders.map(|folders| folders.data_local_dir().to_owned());
    data.unwrap_or_else(|| std::env::temp_dir().join("riprap")).join("samples")
}

impl Sample {
    /// Writes it into a folder of its own below `folder`, unless it is there: whoever changed it keeps that.
    ///
    /// # Errors
    /// What could not be written, in words.
    pub(crate) fn lay_out(&self, folder: &Path) -> Result<PathBuf, String> {
        let root = folder.join(self.name);
        // The last that is written.
        let manifest = root.join(MANIFEST);
        if load::is_there(&manifest) {
            return Ok(root);
        }
        let write =
            |path: PathBuf, bytes: &[u8]| save::write_with_folders(&path, bytes).map_err(|error| error.to_string());
        let git = root.join(".git");
        let pack = git.join("objects/pack");
        let hash: String = self.checksum().iter().map(|byte| format!("{byte:02x}")).collect();
        write(pack.join(format!("pack-{hash}.pack")), self.objects)?;
        write(pack.join(format!("pack-{hash}.idx")), self.index_of_objects)?;
        for (hash, name) in self.refs() {
            write(git.join(name), format!("{hash}\n").as_bytes())?;
        }
        write(git.join("config"), CONFIG.as_bytes())?;
        write(git.join("index"), self.index)?;
        write(git.join("HEAD"), HEAD.as_bytes())?;

        let repository = Repository::open(&root).map_err(|error| error.to_string())?;
        let head = self.refs().find(|(_, name)| HEAD.contains(name)).and_then(|(hash, _)| CommitId::parse(hash));
        let head = head.ok_or("the sample has no newest commit")?;
        let (listing, _) = repository.listing(head).map_err(|error| error.to_string())?;
        let file = |(path, entry): (&str, &Entry)| match entry {
            Entry::File(id) => Some((path.to_owned(), *id)),
            _ => None,
        };
        let files: Vec<(String, ContentId)> = listing.below("").filter_map(file).collect();
        let contents = repository.contents(&files, &|| false).map_err(|error| error.to_string())?;
        let mut text_of_manifest = None;
        for content in contents {
            let file = content.map_err(|note| format!("`{}` of the sample: {}", note.path, note.detail))?;
            if file.path == MANIFEST {
                text_of_manifest = Some(file.text);
            } else {
                write(root.join(&file.path), file.text.as_bytes())?;
            }
        }
        let text = text_of_manifest.ok_or("the sample has no Cargo.toml")?;
        write(manifest, text.as_bytes())?;
        Ok(root)
    }

    fn refs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.refs.lines().filter_map(|line| line.split_once(' '))
    }

    /// The name of a pack: its last bytes.
    fn checksum(&self) -> &[u8] {
        &self.objects[self.objects.len().saturating_sub(20)..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_laid_out_as_it_lies_in_the_repository_with_its_history() {
        let folder = tempfile::tempdir().expect("a folder");
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-workspaces");
        for (sample, as_in, n_commits) in [(&SAMPLES[0], "shop-eroded", 10), (&SAMPLES[1], "shop-services", 1)] {
            let root = sample.lay_out(folder.path()).expect("it is written");
            let mut n_files = 0;
            let repository = Repository::open(&root).expect("a repository");
            let head = repository.revision("HEAD").expect("a commit").id;
            for (path, _) in repository.listing(head).expect("files").0.below("") {
                let [ours, theirs] = [root.join(path), samples.join(as_in).join(path)].map(|path| load::bytes(&path));
                assert_eq!(ours.expect("ours"), theirs.expect("theirs"), "{path}");
                n_files += 1;
            }
            assert!(n_files > 20, "{n_files}");
            let walk = repository.walk(None, head, crate::git::Route::FirstParent).expect("commits");
            assert_eq!(walk.commits.len(), n_commits);
        }
    }

    #[test]
    fn what_somebody_changed_in_a_sample_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = SAMPLES[1].lay_out(folder.path()).expect("it is written");
        let readme = root.join("README.md");
        save::write(&readme, b"mine").expect("it can be written");
        assert_eq!(SAMPLES[1].lay_out(folder.path()), Ok(root));
        assert_eq!(load::bytes(&readme).ok().as_deref(), Some(b"mine".as_slice()));
    }
}
