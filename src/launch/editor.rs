//! The editors and terminals that riprap knows how to ask.
//!
//! In: nothing.  Out: [`EDITORS`], and what is known of a command.  Not here: which of them this machine has.

/// An editor, and how it is told to open a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editor {
    pub name: &'static str,
    /// What its program is called, on one system or another.
    pub programs: &'static [&'static str],
    /// What follows the program.
    pub arguments: &'static str,
    /// It has no window of its own.
    pub in_terminal: bool,
}

const fn window(name: &'static str, programs: &'static [&'static str], arguments: &'static str) -> Editor {
    Editor { name, programs, arguments, in_terminal: false }
}

const fn terminal(name: &'static str, programs: &'static [&'static str], arguments: &'static str) -> Editor {
    Editor { name, programs, arguments, in_terminal: true }
}

const AT: &str = "{file}:{line}:{column}";
const GOTO: &str = "--goto {file}:{line}:{column}";
const JETBRAINS: &str = "--line {line} --column {column} {file}";
const VIM: &str = "\"+call cursor({line}, {column})\" -- {file}";

/// In the order in which they are looked for: those with a window first.
pub const EDITORS: &[Editor] = &[
    window("VS Code", &["code", "code-insiders"], GOTO),
    window("VSCodium", &["codium"], GOTO),
    window("Cursor", &["cursor"], GOTO),
    window("Zed", &["zed", "zeditor"], AT),
    window("RustRover", &["rustrover", "rustrover.sh", "rustrover64"], JETBRAINS),
    window("IntelliJ IDEA", &["idea", "idea.sh", "idea64"], JETBRAINS),
    window("Sublime Text", &["subl", "sublime_text"], AT),
    window("GVim", &["gvim", "mvim"], VIM),
    window("Emacs (client)", &["emacsclient"], "--no-wait --alternate-editor=emacs +{line}:{column} {file}"),
    window("Emacs", &["emacs"], "+{line}:{column} {file}"),
    terminal("Helix", &["hx", "helix"], AT),
    terminal("Neovim", &["nvim"], VIM),
    terminal("Vim", &["vim", "vi"], VIM),
    terminal("Kakoune", &["kak"], "+{line}:{column} {file}"),
    terminal("nano", &["nano"], "+{line},{column} {file}"),
];

/// Terminals that take a program with its arguments as they are, and what stands before it.
pub(super) const TERMINALS: &[(&str, &[&str])] = &[
    ("kitty", &[]),
    ("alacritty", &["-e"]),
    ("ghostty", &["-e"]),
    ("wezterm", &["start", "--"]),
    ("foot", &[]),
    ("konsole", &["-e"]),
    ("gnome-terminal", &["--"]),
    ("xfce4-terminal", &["-x"]),
    ("xterm", &["-e"]),
];

/// The editor that a program is.
pub(super) fn known(program: &str) -> Option<&'static Editor> {
    let name = base_name(program);
    EDITORS.iter().find(|editor| editor.programs.contains(&name))
}

/// Whether a command has no window of its own, as far as that is known.
pub(super) fn runs_in_terminal(program: &str, arguments: &[String]) -> bool {
    let has = |options: &[&str]| arguments.iter().any(|argument| options.contains(&argument.as_str()));
    match base_name(program) {
        "emacs" => has(&["-nw", "--no-window-system"]),
        "emacsclient" => has(&["-t", "-nw", "--tty"]),
        _ => known(program).is_some_and(|editor| editor.in_terminal),
    }
}

/// `code` of `/usr/bin/code` and of `C:\Programs\code.cmd`.
pub(super) fn base_name(program: &str) -> &str {
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    [".exe", ".cmd", ".bat"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

impl Editor {
    /// The template for one of its programs.
    pub fn template(&self, program: &str) -> String {
        format!("{program} {}", self.arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::launch::Template;

    #[test]
    fn every_known_editor_has_a_template_that_can_be_read() {
        for editor in EDITORS {
            for program in editor.programs {
                let template = Template::parse(&editor.template(program)).unwrap();
                assert_eq!(known(template.program()), Some(editor));
                let has_line = template.arguments().iter().any(|word| word.contains("{line}"));
                assert!(has_line, "{}", editor.name);
            }
        }
    }

    #[test]
    fn a_program_is_known_wherever_it_lies() {
        let name = |program: &str| known(program).map(|editor| editor.name);
        assert_eq!(name("/usr/local/bin/hx"), Some("Helix"));
        assert_eq!(name(r"C:\Users\x\bin\code.cmd"), Some("VS Code"));
        assert_eq!(name("coder"), None);
    }

    #[test]
    fn an_editor_with_and_without_a_window_is_told_apart() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(runs_in_terminal("/usr/bin/vim", &[]));
        assert!(!runs_in_terminal("emacs", &words("+3:1 x")));
        assert!(runs_in_terminal("emacs", &words("-nw x")));
        assert!(runs_in_terminal("emacsclient", &words("-t")));
        assert!(!runs_in_terminal("kitty", &words("hx x")), "a terminal has a window");
    }
}
