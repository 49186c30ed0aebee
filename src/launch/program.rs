//! Starting a program and looking after it.
//!
//! In: a [`Plan`].  Out: the running program, and whether it failed at once.  It outlives the window.  Not here: which
//! program that is.

#![expect(clippy::disallowed_methods, reason = "starting an editor is this module's purpose")]

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::LaunchError;

/// What will be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What a person calls it.
    pub name: String,
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
    /// Where it starts.
    pub folder: PathBuf,
}

/// A program that runs.
#[derive(Debug)]
pub struct Started {
    child: Child,
    command: String,
    since: Instant,
}

/// A program that fails later than this did what it was asked for.
const AT_ONCE: Duration = Duration::from_secs(10);

impl Plan {
    /// As it would be typed.
    pub fn command(&self) -> String {
        let words = std::iter::once(self.program.as_os_str()).chain(self.arguments.iter().map(OsString::as_os_str));
        let words: Vec<String> = words.map(|word| quoted(&word.to_string_lossy())).collect();
        words.join(" ")
    }

    /// # Errors
    /// Where the system refuses.
    pub fn start(&self) -> Result<Started, LaunchError> {
        let mut command = Command::new(&self.program);
        // What an editor prints is for nobody, and a pipe that nobody reads would stop it once the window is closed.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.args(&self.arguments).current_dir(&self.folder);
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            // Ctrl+C in the terminal that the window was started from is not meant for the editor.
            command.process_group(0);
        }
        match command.spawn() {
            Ok(child) => Ok(Started { child, command: self.command(), since: Instant::now() }),
            Err(error) => {
                Err(LaunchError::Failed { program: self.program.display().to_string(), reason: error.to_string() })
            }
        }
    }
}

impl Started {
    /// Waits for its end.
    ///
    /// # Errors
    /// Where it failed at once.
    pub fn wait(mut self) -> Result<(), LaunchError> {
        let ended = self.child.wait();
        match ended {
            Ok(status) if !status.success() && self.since.elapsed() < AT_ONCE => {
                Err(LaunchError::Ended { command: self.command, status: status.to_string() })
            }
            _ => Ok(()),
        }
    }
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:+=,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{word}'") }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn plan(program: &str, arguments: &[&str]) -> Plan {
        let arguments = arguments.iter().map(OsString::from).collect();
        Plan { name: "it".to_owned(), program: program.into(), arguments, folder: "/".into() }
    }

    #[test]
    fn a_program_gets_its_arguments_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a $(touch x); b.rs");
        plan("/usr/bin/touch", &[file.to_str().unwrap()]).start().unwrap().wait().unwrap();
        let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert_eq!(names, ["a $(touch x); b.rs"]);
    }

    #[test]
    fn what_fails_is_told_with_the_command() {
        let message = plan("/usr/bin/false", &["a b"]).start().unwrap().wait().unwrap_err().to_string();
        assert!(message.starts_with("`/usr/bin/false 'a b'` ended at once"), "{message}");
        let message = plan("/nowhere/editor", &[]).start().unwrap_err().to_string();
        assert!(message.starts_with("failed to start `/nowhere/editor`: "), "{message}");
    }
}
