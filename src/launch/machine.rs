//! What this machine has: the programs on its PATH, and what its variables ask for.
//!
//! In: the environment.  Out: [`Machine`], and the [`Plan`] of what would be started.  Not here: starting it.

#![expect(clippy::disallowed_methods, reason = "this module reads the environment and looks for programs")]

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::LaunchError;
use super::editor::{self, EDITORS, Editor, TERMINALS};
use super::program::Plan;
use super::template::{self, Place, Template};

/// What decides which editor opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    /// The folders that programs are looked for in.
    folders: Vec<PathBuf>,
    /// $VISUAL, $EDITOR.
    wanted: Vec<String>,
    /// $TERMINAL.
    terminal: Option<String>,
}

/// What a person can choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// Editors with the program that was found.
    pub installed: Vec<(&'static Editor, &'static str)>,
    /// The template where nobody chooses.
    pub default: Option<String>,
    /// Where editors without a window are shown.
    pub terminal: Option<&'static str>,
}

impl Machine {
    /// As the environment says it is.
    pub fn look() -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self {
            folders: std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect(),
            wanted: ["VISUAL", "EDITOR"].iter().filter_map(|name| text(name)).collect(),
            terminal: text("TERMINAL"),
        }
    }

    /// The file of a program: a name is looked for on the PATH, anything else is a path.
    fn find(&self, program: &str) -> Option<PathBuf> {
        let endings: &[&str] = if cfg!(windows) { &["", ".exe", ".cmd", ".bat"] } else { &[""] };
        if program.contains(['/', '\\']) {
            return Some(PathBuf::from(program)).filter(|path| path.is_absolute() && is_program(path));
        }
        let files =
            self.folders.iter().flat_map(|folder| endings.iter().map(move |it| folder.join(format!("{program}{it}"))));
        files.into_iter().find(|file| is_program(file))
    }

    /// What opens a file or a folder with the program that the system has for it.
    ///
    /// # Errors
    /// A system without one.
    pub fn opener(&self, file: &Path) -> Result<Plan, LaunchError> {
        let name = match () {
            () if cfg!(target_os = "macos") => "open",
            () if cfg!(windows) => "explorer",
            () => "xdg-open",
        };
        let program = self
            .find(name)
            .ok_or_else(|| LaunchError::NoOpener { program: name.to_owned(), file: file.display().to_string() })?;
        let folder = file.parent().unwrap_or(file).to_owned();
        Ok(Plan { name: name.to_owned(), program, arguments: vec![file.as_os_str().to_owned()], folder })
    }

    /// The name under which an editor is installed.
    pub fn program_of(&self, editor: &Editor) -> Option<&'static str> {
        editor.programs.iter().copied().find(|program| self.find(program).is_some())
    }

    /// What a person can choose from.
    pub fn survey(&self) -> Survey {
        Survey {
            installed: EDITORS.iter().filter_map(|editor| Some((editor, self.program_of(editor)?))).collect(),
            default: self.default_template(),
            terminal: self.terminal().map(|(name, _)| name),
        }
    }

    /// The template where nobody chose one: what the variables ask for, else the first editor that there is.
    pub fn default_template(&self) -> Option<String> {
        if let Some(wanted) = self.wanted.first() {
            return Some(as_template(wanted));
        }
        EDITORS.iter().find_map(|editor| Some(editor.template(self.program_of(editor)?)))
    }

    /// What opening a place would start; an empty template leaves the choice to the machine.
    ///
    /// # Errors
    /// Where nothing can be started, with what to do about it.
    pub fn plan(&self, template: &str, place: &Place) -> Result<Plan, LaunchError> {
        let chosen = !template.trim().is_empty();
        let text = if chosen { template.to_owned() } else { self.default_template().ok_or(LaunchError::NoEditor)? };
        let template =
            Template::parse(&text).map_err(|problem| LaunchError::Template { template: text.clone(), problem })?;
        if !place.file.is_file() {
            return Err(LaunchError::NoFile { file: place.file.display().to_string() });
        }
        let program = template.program();
        let found = self.find(program).ok_or_else(|| LaunchError::NoProgram { program: program.to_owned() })?;
        let name =
            editor::known(program).map_or_else(|| editor::base_name(program).to_owned(), |it| it.name.to_owned());
        let arguments = template.filled(place);
        // A variable names an editor for terminals, unless it is known to be another one.
        let is_in_terminal =
            editor::runs_in_terminal(program, template.arguments()) || (!chosen && editor::known(program).is_none());
        let plan = Plan { name, program: found, arguments, folder: place.folder.clone() };
        if is_in_terminal { self.in_terminal(plan, program) } else { Ok(plan) }
    }

    fn in_terminal(&self, plan: Plan, program: &str) -> Result<Plan, LaunchError> {
        let found = self.terminal().and_then(|(name, before)| Some((self.find(name)?, before)));
        let Some((terminal, before)) = found else {
            let names: Vec<&str> = TERMINALS.iter().map(|(name, _)| *name).collect();
            return Err(LaunchError::NoTerminal { program: program.to_owned(), known: names.join(", ") });
        };
        let before = before.iter().map(OsString::from);
        let arguments = before.chain([plan.program.into_os_string()]).chain(plan.arguments).collect();
        Ok(Plan { program: terminal, arguments, ..plan })
    }
}

impl Machine {
    /// The terminal that a variable names, else the first one that there is; with what stands before a command.
    fn terminal(&self) -> Option<(&'static str, &'static [&'static str])> {
        let wanted = self.terminal.as_deref();
        let wanted = TERMINALS.iter().filter(|(name, _)| wanted.is_some_and(|it| editor::base_name(it) == *name));
        wanted.chain(TERMINALS).find(|(name, _)| self.find(name).is_some()).copied()
    }
}

/// `code --wait` and the like, as a template.
fn as_template(wanted: &str) -> String {
    let words = template::words(wanted).unwrap_or_default();
    let known = words.first().and_then(|program| editor::known(program));
    format!("{wanted} {}", known.map_or("{file}", |editor| editor.arguments))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A machine with these programs, and a file to open.
    fn machine(programs: &[&str], wanted: &[&str]) -> (tempfile::TempDir, Machine, Place) {
        let folder = tempfile::tempdir().unwrap();
        for program in programs {
            let file = folder.path().join(program);
            std::fs::write(&file, "").unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let file = folder.path().join("a b.rs");
        std::fs::write(&file, "").unwrap();
        let place = Place { folder: folder.path().to_owned(), file, line: 2, column: 5 };
        let machine = Machine {
            folders: vec![folder.path().to_owned()],
            wanted: wanted.iter().map(|it| (*it).to_owned()).collect(),
            terminal: None,
        };
        (folder, machine, place)
    }

    /// The words of what would be started; folders left out.
    fn planned(programs: &[&str], wanted: &[&str], template: &str) -> Result<String, String> {
        let (folder, machine, place) = machine(programs, wanted);
        let plan = machine.plan(template, &place).map_err(|error| error.to_string())?;
        Ok(plan.command().replace(&format!("{}/", folder.path().display()), ""))
    }

    #[test]
    fn what_a_variable_names_comes_first_and_keeps_its_own_arguments() {
        assert_eq!(planned(&["code", "zed"], &["zed --wait"], "").unwrap(), "zed --wait 'a b.rs:2:5'");
        assert_eq!(planned(&["code", "zed"], &[], "").unwrap(), "code --goto 'a b.rs:2:5'");
        assert_eq!(planned(&["hx", "subl"], &[], "").unwrap(), "subl 'a b.rs:2:5'", "a window before a terminal");
    }

    #[test]
    fn an_editor_without_a_window_gets_a_terminal() {
        assert_eq!(planned(&["vim", "xterm"], &["vim"], "").unwrap(), "xterm -e vim '+call cursor(2, 5)' -- 'a b.rs'");
        assert_eq!(planned(&["myed", "foot"], &["myed -x"], "").unwrap(), "foot myed -x 'a b.rs'");
        assert_eq!(planned(&["myed"], &[], "myed {file}").unwrap(), "myed 'a b.rs'", "who writes a template knows");
        let problem = planned(&["hx"], &[], "").unwrap_err();
        assert!(problem.starts_with("`hx` runs in a terminal") && problem.contains("`kitty hx {file}`"), "{problem}");
    }

    #[test]
    fn the_terminal_that_a_variable_names_comes_first() {
        let (_folder, mut machine, place) = machine(&["hx", "kitty", "konsole"], &[]);
        machine.terminal = Some("/usr/bin/konsole".to_owned());
        assert!(machine.plan("", &place).unwrap().program.ends_with("konsole"));
        machine.terminal = Some("another".to_owned());
        assert!(machine.plan("", &place).unwrap().program.ends_with("kitty"));
    }

    #[test]
    fn what_cannot_be_started_says_what_to_do() {
        assert!(planned(&[], &[], "").unwrap_err().starts_with("no editor was found"));
        assert_eq!(
            planned(&[], &[], "code {file}").unwrap_err(),
            "`code` was not found on the PATH; correct its name, or choose another editor"
        );
        assert!(planned(&["code"], &[], "code").unwrap_err().contains("`{file}` is missing"));
        let (_folder, machine, place) = machine(&["code"], &[]);
        let gone = Place { file: "/nowhere/x.rs".into(), ..place };
        assert!(machine.plan("", &gone).unwrap_err().to_string().contains("no longer there"));
    }

    #[test]
    fn a_file_that_cannot_be_run_is_no_program() {
        let (folder, machine, place) = machine(&["code"], &[]);
        std::fs::set_permissions(folder.path().join("code"), std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(machine.plan("", &place), Err(LaunchError::NoEditor));
    }
}
