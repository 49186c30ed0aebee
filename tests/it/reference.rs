//! The reference pages below `docs/` say what the program says.  `RIPRAP_WRITE_DOCS=1` writes them anew.

use std::path::Path;

use crate::support::{repository, riprap, stdout};

#[track_caller]
fn holds(page: &str, expected: &str) {
    let path = repository().join("docs").join(page);
    if std::env::var_os("RIPRAP_WRITE_DOCS").is_some() {
        std::fs::write(&path, expected).expect("the page can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let advice = "`RIPRAP_WRITE_DOCS=1 cargo test --test it reference` writes what the program says";
    assert!(written == expected, "docs/{page} is out of date: {advice}");
}

#[test]
fn every_rule_has_its_page_in_the_reference() {
    let list = stdout(&riprap(&["explain"]));
    let (rules, later) = list.split_once("\n\n").expect("the rules that are not there yet come last");
    let rules: Vec<(&str, &str)> = rules.lines().filter_map(|line| line.split_once(' ')).collect();
    assert!(rules.len() > 20, "{list}");
    let mut page =
        "# Rules\n\nWhat `riprap explain RULE` prints, for all rules; a test holds this page to it.\n\n".to_owned();
    page += "| rule | broken when |\n|---|---|\n";
    for (rule, meaning) in &rules {
        page += &format!("| [`{rule}`](#{rule}) | {} |\n", meaning.trim().replace('|', "\\|"));
    }
    page += &format!("\n{later}");
    for (rule, _) in &rules {
        let text = stdout(&riprap(&["explain", rule]));
        assert!(text.starts_with(&format!("# {rule}\n")), "{text}");
        page += &format!("\n{}", deeper(&text));
    }
    holds("rules.md", &page);
}

/// Headings one level down; what stands in a block of code is none.
fn deeper(text: &str) -> String {
    let mut in_code = false;
    let mut lines = String::new();
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        let deeper = if line.starts_with('#') && !in_code { "#" } else { "" };
        lines += &format!("{deeper}{line}\n");
    }
    lines
}

#[test]
fn every_command_has_its_options_in_the_reference() {
    let help = stdout(&riprap(&["--help"]));
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"check") && commands.contains(&"history"), "{help}");
    let mut page = "# Commands\n\nWhat `riprap help COMMAND` prints, for all commands; a test holds this page to it.  Every command ends with status 0 if \
                    nothing is\ndenied, 1 if something is, 2 for wrong use or a wrong configuration, 3 where the workspace cannot be analysed.\n"
        .to_owned();
    page += &format!("\n## riprap\n\n```text\n{}```\n", trimmed(&help));
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = stdout(&riprap(&["help", command]));
        page += &format!("\n## riprap {command}\n\n```text\n{}```\n", trimmed(&help));
    }
    holds("commands.md", &page);
}

/// Without the spaces at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn every_page_is_reached_from_the_guide() {
    let docs = repository().join("docs");
    let guide = std::fs::read_to_string(docs.join("README.md")).expect("there is a guide");
    for entry in std::fs::read_dir(&docs).expect("the folder can be listed") {
        let name = entry.expect("the entry can be read").file_name().to_string_lossy().into_owned();
        let is_page = Path::new(&name).extension().is_some_and(|extension| extension == "md") && name != "README.md";
        assert!(!is_page || guide.contains(&format!("]({name}")), "docs/README.md does not lead to {name}");
    }
}
