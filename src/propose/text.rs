//! A proposal as riprap.toml: what holds for many first, then what differs.
//!
//! In: a [`Proposal`].  Out: its text, with a comment for each part that says where it comes from.  Not here: writing it.

use std::fmt::Write as _;

use super::group::By;
use super::{Layer, Proposal, Shape};
use crate::boundary::Role;

impl Proposal {
    /// The text of a riprap.toml.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        text += "\nversion = 1\n";
        let style = if self.is_library { "library" } else { "modular-monolith" };
        _ = writeln!(text, "style = \"{style}\"");
        self.layers(&mut text);
        self.defaults(&mut text);
        self.templates(&mut text);
        self.tables(&mut text);
        text
    }

    fn layers(&self, text: &mut String) {
        if !self.has_layers() {
            return;
        }
        let is_used = |layer: &Layer| self.shapes.values().any(|shape| shape.layer == Some(*layer));
        let words: Vec<String> = Layer::ALL.into_iter().filter(is_used).map(|layer| quoted(layer.word())).collect();
        *text += "\n# The highest first: none may use a higher one.  Programs are on top, what most others use is at the bottom.\n";
        _ = writeln!(text, "layers = [{}]", words.join(", "));
    }

    /// Whether more than one layer is told apart.
    fn has_layers(&self) -> bool {
        let mut layers = self.shapes.values().filter_map(|shape| shape.layer);
        let first = layers.next();
        layers.any(|layer| Some(layer) != first)
    }

    fn defaults(&self, text: &mut String) {
        let mut keys = String::new();
        if self.is_open() {
            keys += "api = \"pub\"  # much below root modules is used today; leave it out to hold others to what these show\n";
        }
        if self.has_owners {
            keys += "owner = \"codeowners\"\n";
        }
        if !keys.is_empty() {
            _ = write!(text, "\n[defaults]\n{keys}");
        }
    }

    fn templates(&self, text: &mut String) {
        let templates = &self.groups.templates;
        if templates.is_empty() {
            return;
        }
        let patterns: Vec<String> = templates.iter().map(|pattern| quoted(pattern)).collect();
        *text += "\n# One boundary for each thing that these match; a new one needs no edit here.\n";
        _ = writeln!(text, "[boundary.\"<name>\"]\ncontains = [{}]", patterns.join(", "));
        if let Some(layer) = self.usual_layer().filter(|_| self.has_layers()) {
            _ = writeln!(text, "layer = {}", quoted(layer.word()));
        }
    }

    /// What is more to say of single boundaries.
    fn tables(&self, text: &mut String) {
        let lists = self.shapes.values().any(|shape| shape.may_use.is_some());
        if lists {
            *text += "\n# `may_use` is what each uses today: anything else is denied until somebody allows it here.\n";
        }
        let mut told: Vec<By> = Vec::new();
        for group in &self.groups.groups {
            let reason = match group.by {
                By::Prefix => "Folders whose names begin alike.",
                By::Module => "Large modules.",
                By::Community => COMMUNITY,
                By::Owner => "What CODEOWNERS gives to one owner.",
                By::Template | By::Package | By::Everywhere | By::Hand => "",
            };
            *text += "\n";
            if !told.contains(&group.by) && !reason.is_empty() {
                _ = writeln!(text, "# {reason}");
                if group.by == By::Community && !self.groups.remark.is_empty() {
                    _ = writeln!(text, "# {}", self.groups.remark);
                }
            }
            told.push(group.by);
            if !group.why.is_empty() {
                _ = writeln!(text, "# {}", group.why);
            }
            _ = writeln!(text, "[boundary.{}]\ncontains = {}", key(&group.name), list(&group.contains));
            if let Some(shape) = self.shapes.get(&group.name) {
                self.differences(text, shape, None);
            }
        }
        let usual = self.usual_layer();
        let mut is_first = true;
        for (name, shape) in &self.shapes {
            if self.groups.groups.iter().any(|group| group.name == *name) {
                continue;
            }
            let mut differs = String::new();
            self.differences(&mut differs, shape, usual);
            if !differs.is_empty() {
                // Many short tables are a list: a line between each would only make it longer.
                *text += if is_first { "\n# What differs from the template.\n" } else { "" };
                _ = write!(text, "[boundary.{}]\n{differs}", key(name));
                is_first = false;
            }
        }
    }

    /// The keys of a boundary that say something else than its template, which has this layer.
    fn differences(&self, text: &mut String, shape: &Shape, of_template: Option<Layer>) {
        if let Some(layer) = shape.layer.filter(|layer| self.has_layers() && Some(*layer) != of_template) {
            _ = writeln!(text, "layer = {}", quoted(layer.word()));
        }
        if shape.is_open && !self.is_open() {
            *text += "api = \"pub\"  # much below its root modules is used today\n";
        }
        if let Some(role) = shape.role {
            let why = match role {
                Role::Composition => "  # puts the rest together",
                Role::TestSupport => "  # only tests use it",
                _ => "",
            };
            _ = writeln!(text, "role = {}{why}", quoted(role.word()));
        }
        if let Some(uses) = &shape.may_use {
            let uses: Vec<String> = uses.iter().map(|name| quoted(name)).collect();
            _ = writeln!(text, "may_use = [{}]", uses.join(", "));
        }
    }
}

/// As long as a list in one line gets.
const LINE: usize = 112;

const HEAD: &str = "\
# The boundaries of this workspace, as its folders, names and dependencies suggest them.  From here on this file is yours:
# rename, split and merge until it says what you mean.  `riprap check` judges by it, `riprap open` edits it.
";

const COMMUNITY: &str =
    "Found by how the code refers to itself and changes together: a first guess that needs a name and a reason.";

/// In one line, or one line for each few where that would be long.
fn list(entries: &[String]) -> String {
    let entries: Vec<String> = entries.iter().map(|entry| quoted(entry)).collect();
    let line = format!("[{}]", entries.join(", "));
    if line.len() <= LINE {
        return line;
    }
    let mut lines = vec![String::new()];
    for entry in entries {
        let is_full = lines.last().is_some_and(|last| !last.is_empty() && last.len() + entry.len() > LINE);
        if is_full {
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            *last += &format!("{}{entry},", if last.is_empty() { "    " } else { " " });
        }
    }
    format!("[\n{}\n]", lines.join("\n"))
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Names that TOML takes as they are need no quotes.
fn key(name: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    if !name.is_empty() && name.chars().all(is_bare) { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::propose::{Group, Groups};

    fn shape(layer: Option<Layer>, role: Option<Role>, uses: Option<&[&str]>) -> Shape {
        Shape {
            role,
            layer,
            is_open: false,
            is_used: true,
            may_use: uses.map(|uses| uses.iter().map(|name| (*name).to_owned()).collect()),
        }
    }

    #[test]
    fn templates_come_first_and_tables_say_what_differs() {
        let group = |name: &str, contains: &[&str], by| Group {
            name: name.to_owned(),
            contains: contains.iter().map(|pattern| (*pattern).to_owned()).collect(),
            by,
            why: String::new(),
        };
        let groups = Groups {
            templates: vec!["crates/<name>".to_owned()],
            groups: vec![
                group("ide", &["crates/ide", "crates/ide-*"], By::Prefix),
                group("x.y", &["x.y"], By::Package),
            ],
            remark: String::new(),
        };
        let shapes = BTreeMap::from([
            ("a".to_owned(), shape(Some(Layer::Features), None, None)),
            ("b".to_owned(), shape(Some(Layer::Features), None, Some(&["kernel"]))),
            ("ide".to_owned(), shape(Some(Layer::Features), None, Some(&[]))),
            ("kernel".to_owned(), shape(Some(Layer::Platform), None, None)),
            ("server".to_owned(), shape(Some(Layer::Apps), Some(Role::Composition), None)),
            ("x.y".to_owned(), shape(None, Some(Role::TestSupport), None)),
        ]);
        let proposal = Proposal { groups, shapes, has_owners: true, is_library: false };
        insta::assert_snapshot!(proposal.text());
    }

    #[test]
    fn what_is_open_is_said_once_where_most_are() {
        let text = |open: usize| {
            let shape =
                |at: usize| (format!("b{at}"), Shape { is_open: at < open, is_used: at < 4, ..Shape::default() });
            Proposal { shapes: (0..9).map(shape).collect(), ..Proposal::default() }.text()
        };
        assert_eq!(text(0).matches("api = ").count(), 0);
        assert!(text(1).contains("[boundary.b0]\napi = \"pub\""), "{}", text(1));
        assert!(text(3).contains("[defaults]\napi = \"pub\"") && !text(3).contains("[boundary."), "{}", text(3));
    }

    #[test]
    fn one_layer_alone_is_none() {
        let shapes = BTreeMap::from([("a".to_owned(), shape(Some(Layer::Features), None, None))]);
        let text = Proposal { shapes, ..Proposal::default() }.text();
        assert!(!text.contains("layer"), "{text}");
    }
}
