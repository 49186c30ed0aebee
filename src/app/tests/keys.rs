//! `docs/keys.md` lists the commands of the window.  `RIPRAP_WRITE_DOCS=1` writes it anew.

#![expect(clippy::disallowed_methods, reason = "it reads and writes a page of this repository")]

use std::path::Path;

use crate::app::command::{Command, Group};
use crate::app::panels::shortcuts::ON_THE_MAP;

#[test]
fn every_command_stands_in_the_reference_with_its_keys() {
    let ctx = egui::Context::default();
    ctx.set_os(egui::os::OperatingSystem::Nix);
    let mut page = "# Keys\n\nEverything that the window can be asked for, by menu; `Ctrl+P` finds each by its name.  On a Mac `Ctrl` is the command \
                    key.  A test\nholds this page to the program.  One key may mean several things, each in its own view.\n"
        .to_owned();
    for group in Group::ALL {
        page += &format!("\n## {}\n\n| command | keys | does |\n|---|---|---|\n", group.label());
        for command in Command::ALL.iter().filter(|command| command.group() == group) {
            let keys: Vec<String> =
                command.shortcuts().iter().map(|keys| format!("`{}`", ctx.format_shortcut(keys))).collect();
            page += &format!("| {} | {} | {} |\n", command.label(), keys.join(", "), command.tooltip());
        }
    }
    page += "\n## With the pointer, on the map\n\n| hand | does |\n|---|---|\n";
    for (hand, meaning) in ON_THE_MAP {
        page += &format!("| {hand} | {meaning} |\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md");
    if std::env::var_os("RIPRAP_WRITE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/keys.md is out of date: `RIPRAP_WRITE_DOCS=1 cargo test --lib keys` writes it");
}
