//! A draft as work: what to do in which order, each step such that the code still compiles after it where that is possible.
//!
//! In: today's state and the draft's.  Out: [`Step`]s with the places to edit.  Code goes first and leaves its old name
//! behind as a `use`; then its users are edited; then that `use` goes.  Not here: writing it down (`export`), and doing it.

use std::collections::BTreeMap;

use super::Move;
use super::ground::Ground;
use super::laid::Drafted;
use super::language::{Condition, Gravity, Look, conditions};
use crate::model::{Model, NodeId, NodeKind, Reference, Visibility};

/// One thing to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub title: String,
    /// What to do, in this order.
    pub lines: Vec<String>,
    pub edits: Vec<Edit>,
}

/// A place to edit, and what for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub file: String,
    pub line: u32,
    pub what: String,
}

/// What to do, by move.
pub fn steps(ground: &Ground, drafted: &Drafted) -> Vec<Step> {
    let look = Look::new(ground, drafted);
    let conditions = conditions(ground, drafted);
    let mut steps = Vec::new();
    for (index, step) in drafted.draft.moves.iter().enumerate() {
        if let Some(refusal) = drafted.refusals.iter().find(|refusal| refusal.index == index) {
            let lines = vec![format!("It cannot be done: {}.", refusal.message)];
            steps.push(Step { title: step.to_string(), lines, edits: Vec::new() });
            continue;
        }
        match step {
            Move::Relocate { .. } => steps.extend(look.relocation(index, step, &conditions)),
            Move::Cut { .. } => steps.push(look.cut(index, step)),
            Move::Assign { code, boundary } => {
                let line = format!("In riprap.toml, add `\"{code}\"` to `contains` of `[boundary.{boundary}]`.");
                steps.push(Step { title: step.to_string(), lines: vec![line], edits: Vec::new() });
            }
            Move::Split { code, boundary } => {
                let list: Vec<String> = code.iter().map(|name| format!("\"{name}\"")).collect();
                let line =
                    format!("In riprap.toml, declare `[boundary.{boundary}]` with `contains = [{}]`.", list.join(", "));
                steps.push(Step { title: step.to_string(), lines: vec![line], edits: Vec::new() });
            }
            Move::Merge { boundary, into } => {
                let lines = vec![
                    format!("In riprap.toml, add what `[boundary.{boundary}]` contains to `[boundary.{into}]`."),
                    format!("Write `{into}` where `{boundary}` is named, and take `[boundary.{boundary}]` out."),
                ];
                steps.push(Step { title: step.to_string(), lines, edits: Vec::new() });
            }
        }
    }
    steps
}

impl Look<'_> {
    fn edit(&self, reference: &Reference, what: String) -> Edit {
        Edit { file: self.ground.sources().file(reference.file).path.clone(), line: reference.line, what }
    }

    fn cut(&self, index: usize, step: &Move) -> Step {
        let today = self.today();
        let own = self.drafted.cut.iter().filter(|(_, of)| *of == index).map(|(id, _)| today.reference(*id));
        let mut edits: Vec<Edit> = own.map(|it| self.edit(it, format!("`{}`", today.path(it.to_item)))).collect();
        edits.sort();
        edits.dedup();
        let line = match edits.len() {
            0 => "There is nothing to cut.".to_owned(),
            count => format!("Do without {count} uses; nothing else changes."),
        };
        Step { title: step.to_string(), lines: vec![line], edits }
    }

    /// Prepare, move, edit the users, tidy up.
    fn relocation(&self, index: usize, step: &Move, conditions: &[Condition]) -> Vec<Step> {
        let (today, after) = (self.today(), self.after());
        let nodes: Vec<NodeId> =
            self.drafted.relocated.iter().filter(|(_, of)| *of == index).map(|(node, _)| *node).collect();
        let main =
            nodes.iter().copied().find(|node| !matches!(&*today.node(*node).name, name if name.starts_with("impl ")));
        let Some(node) = main else { return Vec::new() };
        let own = || conditions.iter().filter(|condition| condition.index == index);
        let place = |condition: &Condition| {
            let (file, line) = condition.place?;
            Some(format!("{}:{line}", self.ground.sources().file(file).path))
        };
        let mut steps = Vec::new();
        let refused: Vec<String> =
            own().filter(|it| it.gravity == Gravity::Refused).map(|it| sentence(&it.message)).collect();
        if !refused.is_empty() {
            steps.push(Step { title: format!("{step}: solve this first"), lines: refused, edits: Vec::new() });
        }
        let prepare = own().filter(|it| it.gravity == Gravity::Needed).map(|it| match place(it) {
            Some(place) => format!("{} ({place})", sentence(&it.message)),
            None => sentence(&it.message),
        });
        let prepare: Vec<String> = prepare.collect();
        let prepared = prepare.clone();
        if !prepare.is_empty() {
            steps.push(Step { title: format!("Prepare: {}", lower(step)), lines: prepare, edits: Vec::new() });
        }
        steps.push(Step { title: step.to_string(), lines: self.going(node, &nodes, &prepared), edits: Vec::new() });
        let edits = self.users(index);
        if !edits.is_empty() {
            let line = format!("`{}` is `{}` now.", today.path(node), after.path(node));
            steps.push(Step {
                title: format!("Name `{}` where it is", after.node(node).name),
                lines: vec![line],
                edits,
            });
            let line = format!("Remove the `use` that stands for `{}` in its old place.", today.path(node));
            steps.push(Step { title: "Tidy up".to_owned(), lines: vec![line], edits: Vec::new() });
        }
        let unknown: Vec<String> =
            own().filter(|it| it.gravity == Gravity::Unknown).map(|it| sentence(&it.message)).collect();
        if !unknown.is_empty() {
            steps.push(Step { title: "Look at what riprap cannot tell".to_owned(), lines: unknown, edits: Vec::new() });
        }
        steps
    }

    /// Files, `mod` lines, and the name that stays behind.
    fn going(&self, node: NodeId, nodes: &[NodeId], needed: &[String]) -> Vec<String> {
        let (today, after) = (self.today(), self.after());
        let data = today.node(node);
        let path_of = |model: &Model, node: NodeId| {
            model.node(node).file.map(|file| self.ground.sources().file(file).path.clone()).unwrap_or_default()
        };
        let (old, new) = (data.parent.unwrap_or(node), after.node(node).parent.unwrap_or(node));
        let (old_file, new_file) = (path_of(today, old), path_of(after, new));
        let mut lines = Vec::new();
        let is_widened = needed.iter().any(|it| it.starts_with(&format!("`{}` would", after.path(node))));
        let shown_as = if is_widened || data.visibility == Visibility::Public { "pub " } else { "" };
        let is_same_package = today.package_of(node) == after.package_of(node);
        let name = &data.name;
        match data.kind {
            NodeKind::Module => {
                let file = path_of(today, node);
                if file == old_file {
                    let to = format!("{}/{name}.rs", folder_of(after, new, &new_file));
                    lines.push(format!("Put what is inside `mod {name}` of {file} into a new file {to}."));
                } else {
                    let folder = folder_of(after, new, &new_file);
                    let is_folder_style = file.ends_with("/mod.rs");
                    let has_files = today
                        .children(node)
                        .iter()
                        .any(|child| today.node(*child).kind.is_module() && path_of(today, *child) != file);
                    let old_folder = file.trim_end_matches("/mod.rs").trim_end_matches(".rs").to_owned();
                    if is_folder_style {
                        lines.push(format!("`git mv {old_folder} {folder}/{name}`"));
                    } else {
                        lines.push(format!("`git mv {file} {folder}/{name}.rs`"));
                        if has_files {
                            lines.push(format!("`git mv {old_folder} {folder}/{name}`"));
                        }
                    }
                }
                lines.push(format!("Remove `mod {name};` from {old_file}:{}.", data.line));
                lines.push(format!("Add `{shown_as}mod {name};` to {new_file}."));
            }
            _ => {
                let source = data.file.map(|file| self.ground.sources().file(file));
                let mut spans: Vec<_> = nodes.iter().map(|node| today.node(*node).span).collect();
                spans.sort();
                let parts = spans.iter().filter_map(|span| {
                    let source = source?;
                    let (first, last) = (source.line_at(span.start), source.line_at(span.end));
                    Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
                });
                let parts: Vec<String> = parts.collect();
                lines.push(format!("Move lines {} of {old_file} to {new_file}.", parts.join(", ")));
            }
        }
        let shown = match is_same_package {
            true => format!(
                "crate{}",
                after.path(node)[after.target_of(node).map_or(0, |it| after.path(it).len())..].to_owned()
            ),
            false => after.path(node).to_owned(),
        };
        lines.push(format!("Leave `pub(crate) use {shown};` in {old_file} (with the visibility that it had), so that all else still compiles."));
        lines.push(
            "In the moved text, let paths with `super::`, `self::` and `crate::` lead where they led.".to_owned(),
        );
        lines
    }

    /// The lines that name what was moved by its old path, and the imports of what it needs.
    fn users(&self, index: usize) -> Vec<Edit> {
        let after = self.after();
        let mut edits: BTreeMap<(String, u32), Edit> = BTreeMap::new();
        for edge in after.edges() {
            for number in edge.references.clone() {
                let it = &after.references()[number as usize];
                let ends = (self.moved.get(&it.from_item) == Some(&index), self.moved.get(&it.to_item) == Some(&index));
                let what = match ends {
                    (false, true) => format!("`{}`", after.path(it.to_item)),
                    (true, false) => format!("what was moved needs `{}`", after.path(it.to_item)),
                    _ => continue,
                };
                let is_edited = match ends.1 {
                    true => self.names_old_place(it),
                    false => self.leads_elsewhere(edge.from, it),
                };
                if it.facades == crate::model::ListId::default() && is_edited {
                    let file = self.ground.sources().file(it.file).path.clone();
                    edits.entry((file, it.line)).or_insert_with(|| self.edit(it, what));
                }
            }
        }
        edits.into_values().collect()
    }
}

/// The folder in which the files of a module's children are.
fn folder_of(model: &Model, module: NodeId, file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let is_root = matches!(model.node(module).kind, NodeKind::Target(_));
    match is_root || name == "mod.rs" {
        true => folder.to_owned(),
        false => format!("{folder}/{}", name.trim_end_matches(".rs")),
    }
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn lower(step: &Move) -> String {
    let text = step.to_string();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>()).unwrap_or_default() + letters.as_str()
}
