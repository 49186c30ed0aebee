//! Asking Cargo: `cargo metadata --no-deps --offline`, where nothing of the opened workspace acts on Cargo itself.
//!
//! In: a manifest.  Out: what Cargo says of its workspace, or Cargo's words.  Not here: what to do about a refusal.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use cargo_metadata::{Metadata, MetadataCommand};

use super::LoadError;

/// How often a running Cargo is looked at.
const POLL: Duration = Duration::from_millis(2);

/// Why there is no answer.
pub(super) enum Failure {
    /// Cargo ran and refused: its standard error.
    Refused(String),
    /// No other manifest will fare better.
    Fatal(LoadError),
}

impl Failure {
    /// As the error of the manifest that was asked about.
    pub(super) fn into_error(self, manifest: &Path) -> LoadError {
        match self {
            Self::Refused(stderr) => super::failure::explain(&stderr, manifest, &neutral_folder()),
            Self::Fatal(error) => error,
        }
    }
}

/// Where Cargo runs: no toolchain file and no configuration of the opened workspace is above the root folder.
pub(super) fn neutral_folder() -> PathBuf {
    let temporary = std::env::temp_dir();
    temporary.ancestors().last().map_or_else(|| temporary.clone(), Path::to_owned)
}

/// What Cargo says of the workspace that a manifest belongs to.
pub(super) fn metadata(manifest: &Path, cancel: &AtomicBool) -> Result<Metadata, Failure> {
    let failed = |message: String| {
        let folder = manifest.parent().unwrap_or(manifest).to_owned();
        Failure::Fatal(LoadError::CargoFailed { folder, message })
    };
    let mut child = command(manifest).spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Fatal(LoadError::CargoMissing),
        _ => failed(error.to_string()),
    })?;
    let stdout = read_aside(child.stdout.take());
    let stderr = read_aside(child.stderr.take());
    let status = loop {
        if cancel.load(Ordering::Relaxed) {
            // Both fail only if the process has ended by itself.
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::Fatal(LoadError::Cancelled));
        }
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) => thread::sleep(POLL),
            Err(error) => return Err(failed(error.to_string())),
        }
    };
    let stdout = stdout.and_then(finish).map_err(|error| failed(error.to_string()))?;
    let stderr = stderr.and_then(finish).map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(Failure::Refused(String::from_utf8_lossy(&stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&stdout);
    let answer = text.lines().find(|line| line.starts_with('{')).unwrap_or_default();
    MetadataCommand::parse(answer).map_err(|error| failed(format!("its answer could not be read: {error}")))
}

fn command(manifest: &Path) -> Command {
    // Set where Cargo itself started this program; saves the detour over rustup.
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1", "--color", "never", "--quiet"];
    command.args(arguments).arg("--manifest-path").arg(manifest).current_dir(neutral_folder());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Configuration can come by the environment too; where Cargo lives is the user's business.
    let configuration = std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| name.to_str().is_some_and(|name| name.starts_with("CARGO_") && name != "CARGO_HOME"));
    for name in configuration {
        command.env_remove(name);
    }
    // Manifests that want a nightly toolchain can be read by any: nothing is compiled.
    command.env("RUSTC_BOOTSTRAP", "1");
    command
}

type Reader = thread::JoinHandle<std::io::Result<Vec<u8>>>;

/// Reads a pipe on a thread of its own, since a full pipe would stop the process at the other end.
fn read_aside(pipe: Option<impl Read + Send + 'static>) -> std::io::Result<Reader> {
    thread::Builder::new().name("cargo-output".to_owned()).spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    })
}

fn finish(reader: Reader) -> std::io::Result<Vec<u8>> {
    reader.join().unwrap_or_else(|_| Err(std::io::Error::other("the reader of its output panicked")))
}
