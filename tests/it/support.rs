//! Ways to run riprap that several tests share.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use riprap::analysis::{self, Analysis, Asked};
use riprap::rules::Earlier;

/// The folder of this repository.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sample(name: &str) -> PathBuf {
    repository().join("sample-workspaces").join(name)
}

/// Runs the program to its end.
pub(crate) fn riprap(arguments: &[&str]) -> Output {
    riprap_under(&[], arguments)
}

/// Runs the program to its end, in an environment with these variables.
pub(crate) fn riprap_under(variables: &[(&str, &Path)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riprap"));
    // What is built of the samples is sought where these tests put it.
    let command = command.args(arguments).env_remove("CARGO_TARGET_DIR").envs(variables.iter().copied());
    // Nothing of these tests is kept for the user.
    command.env("RIPRAP_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/cache")).output().expect("the program starts")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Analyzes a workspace on disk.
pub(crate) fn analyze(path: &Path) -> Analysis {
    analyze_since(path, None)
}

/// Analyzes a workspace on disk, and judges what it changed.
pub(crate) fn analyze_since(path: &Path, earlier: Option<Arc<Earlier>>) -> Analysis {
    let asked = Asked { earlier, ..Asked::default() };
    analysis::open(path, &asked, &|_| {}, &AtomicBool::new(false)).expect("the workspace can be analyzed")
}

/// Writes files below a folder.
pub(crate) fn write_files(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }
}
