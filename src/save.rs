//! The only writer of user files.
//!
//! In: a path and bytes.  Out: the file, whole or not at all.  Not here: what is written, and where to.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "writing files that the user asked for is this module's purpose"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Why a file was not written; the old one, if there was one, is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error("failed to write `{}`: the folder `{}` does not exist; create it first", path.display(), folder.display())]
    NoFolder { path: PathBuf, folder: PathBuf },
    #[error("failed to write `{}`: it is a folder; name a file", path.display())]
    IsFolder { path: PathBuf },
    #[error("failed to write `{}`: {source}; check the permissions and the space left", path.display())]
    Failed { path: PathBuf, source: io::Error },
}

/// Writes a file whole: readers see the old bytes or the new ones, never a part.
///
/// A link stays a link, permissions stay; what is no regular file (a terminal, a pipe) is written to directly.
///
/// # Errors
/// A missing folder, a folder in place of the file, and what the system refuses.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    stream(path, |output| output.write_all(bytes))
}

/// [`write()`], for what is too large to be held as bytes.
///
/// # Errors
/// As [`write()`], and those of `content`.
pub fn stream(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), SaveError> {
    let failed = |source| SaveError::Failed { path: path.to_owned(), source };
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(SaveError::IsFolder { path: path.to_owned() });
    }
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        let file = OpenOptions::new().write(true).open(path);
        return file.and_then(|file| filled(file, content).map(drop)).map_err(failed);
    }
    // The place that a link points to, so that the rename replaces that and not the link.
    let place = if existing.is_some() { fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(SaveError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
    }
    let (draft, file) = create_beside(folder, &place).map_err(failed)?;
    let written = complete(file, content, existing.as_ref()).and_then(|()| fs::rename(&draft, &place));
    written.map_err(|source| {
        // The draft is of no use to anybody; that it could not be removed adds nothing to the first failure.
        let _ = fs::remove_file(&draft);
        failed(source)
    })
}

/// Takes a file away; none there is as good.
///
/// # Errors
/// What the system refuses.
pub fn remove(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result.map_err(|source| SaveError::Failed { path: path.to_owned(), source }),
    }
}

/// [`write()`], after creating the folders that lead to the file.
///
/// # Errors
/// As [`write()`].
pub fn write_with_folders(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|source| SaveError::Failed { path: path.to_owned(), source })?;
    }
    write(path, bytes)
}

/// A new file in the same folder, since a rename is atomic only within one file system.
fn create_beside(folder: &Path, place: &Path) -> io::Result<(PathBuf, File)> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let draft = folder.join(format!(".{name}.{}-{number}.draft", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&draft) {
            Ok(file) => return Ok((draft, file)),
            // Left behind by a process that had our number before us.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

fn filled(file: File, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut output = BufWriter::with_capacity(1 << 16, file);
    content(&mut output)?;
    output.into_inner().map_err(io::IntoInnerError::into_error)
}

fn complete(
    file: File,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    existing: Option<&fs::Metadata>,
) -> io::Result<()> {
    let file = filled(file, content)?;
    if let Some(existing) = existing {
        file.set_permissions(existing.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = entries.collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_and_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.svg");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["map.svg"]);
    }

    #[test]
    fn folders_are_created_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/map.svg");
        let message = write(&path, b"x").unwrap_err().to_string();
        assert!(message.contains("map.svg") && message.contains("does not exist"), "{message}");
        assert_eq!(names(folder.path()), [""; 0]);
        write_with_folders(&path, b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[test]
    fn a_folder_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let message = write(folder.path(), b"x").unwrap_err().to_string();
        assert!(message.contains("it is a folder"), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("real", &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(names(folder.path()), ["link", "real"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_regular_file_is_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt as _;
        let device = Path::new("/dev/null");
        write(device, b"x").unwrap();
        assert!(fs::metadata(device).unwrap().file_type().is_char_device());
    }
}
