//! The files that a file asks for: `mod name;` and `include!`.
//!
//! In: a file's facts, and where it stands.  Out: files that are to become part of a module, and notes on those that are
//! missing, ambiguous or contain themselves.  Not here: the paths to try (`files`).

use std::borrow::Cow;

use super::files::Place;
use super::tree::{Instance, Tree};
use super::{CrateId, Input, ModuleId, out_dir};
use crate::facts::{self, ItemDetails, MacroReading};
use crate::source::{self, FileId, Note};
use crate::workspace::cfg::Activity;

/// A file that is to become part of a module.
pub(super) struct Pending {
    pub(super) module: ModuleId,
    pub(super) krate: CrateId,
    pub(super) file: FileId,
    pub(super) place: Place,
    pub(super) activity: Activity,
    pub(super) parent: Option<usize>,
}

/// Queues the file of `mod name;`, and the alternatives that `cfg_attr` names.
#[expect(clippy::too_many_arguments, reason = "one call site; a struct would only rename the locals")]
pub(super) fn find_files(
    input: &Input<'_>,
    tree: &mut Tree,
    instance: &Instance,
    index: usize,
    place: &Place,
    id: facts::ItemId,
    module: ModuleId,
    next: &mut Vec<Pending>,
) {
    let item = instance.facts.item(id);
    let ItemDetails::Module(details) = &item.details else { return };
    let activity = instance.activity(item.cfg);
    let mut wanted: Vec<(Vec<(String, Place)>, Activity)> = details
        .paths
        .iter()
        .map(|(path, cfg)| (vec![place.at_path(path)], activity.and(instance.activity(*cfg))))
        .collect();
    // Without a `#[path]` that holds whenever the module is built, the name decides.
    if !wanted.iter().any(|(_, built)| *built <= activity) {
        let name = item.name.map_or("_", |name| instance.facts.name(name));
        wanted.insert(0, (place.candidates(name).to_vec(), activity));
    }
    for (candidates, activity) in wanted {
        let found: Vec<(FileId, &Place)> =
            candidates.iter().filter_map(|(path, place)| Some((input.sources.find(path)?, place))).collect();
        let note = |kind, detail| note_at(input, instance.file, instance.span(item.name_span).start, kind, detail);
        if found.len() > 1 {
            let (first, second) = (&candidates[0].0, &candidates[1].0);
            let detail = format!("both `{first}` and `{second}` exist: the first is shown");
            tree.notes.push(note("module-file-ambiguous", detail));
        }
        let Some((file, place)) = found.first() else {
            if activity != Activity::Inactive {
                let sought: Vec<String> = candidates.iter().map(|(path, _)| format!("`{path}`")).collect();
                let mut detail = format!("module has no file: looked for {}", sought.join(" and "));
                if let Some(other) = in_other_case(input, &candidates) {
                    detail += &format!("; `{other}` differs in letter case, which only some systems overlook");
                }
                tree.notes.push(note("module-file-missing", detail));
            }
            continue;
        };
        if is_within_itself(tree, instance, index, *file) {
            let detail = format!("`{}` would contain itself", input.sources.file(*file).path);
            tree.notes.push(note("module-file-circular", detail));
            continue;
        }
        let place = (*place).clone();
        next.push(Pending { module, krate: instance.krate, file: *file, place, activity, parent: Some(index) });
    }
}

/// A file that would have been found if letter case did not matter.
fn in_other_case<'i>(input: &Input<'i>, candidates: &[(String, Place)]) -> Option<&'i str> {
    let files = input.sources.ids().map(|id| input.sources.file(id).path.as_str());
    files.into_iter().find(|path| candidates.iter().any(|(sought, _)| sought.eq_ignore_ascii_case(path)))
}

fn note_at(input: &Input<'_>, file: FileId, offset: u32, kind: &'static str, detail: String) -> Note {
    let source = input.sources.file(file);
    Note { kind, path: source.path.clone(), at: Some(source.line_column(offset)), detail }
}

/// Whether a file is already on the way from the crate's root to this instance.
fn is_within_itself(tree: &Tree, instance: &Instance, index: usize, file: FileId) -> bool {
    debug_assert_eq!(index, tree.instances.len(), "the instance is pushed after its modules are declared");
    instance.file == file
        || std::iter::successors(instance.parent, |index| tree.instances[*index].parent)
            .any(|index| tree.instances[index].file == file)
}

/// Queues the files of `include!("..")`: their items join the scope of the call.
pub(super) fn include_files(
    input: &Input<'_>,
    tree: &mut Tree,
    instance: &Instance,
    index: usize,
    places: &[Place],
    next: &mut Vec<Pending>,
) {
    for call in instance.facts.macro_calls.iter().filter(|call| call.reading == MacroReading::Include) {
        let Some(path) = instance.facts.paths.get(call.path as usize) else { continue };
        let source = input.sources.file(instance.file);
        let note = |kind, detail| note_at(input, instance.file, instance.span(path.span).start, kind, detail);
        let text = match &instance.expansion {
            // Written by a macro, at least in part.
            Some(expansion) => Cow::Owned(expansion.tokens.text_of(call.tokens.start..call.tokens.end)),
            None => {
                let arguments = call.arguments.start as usize..call.arguments.end as usize;
                Cow::Borrowed(source.text.get(arguments).unwrap_or_default())
            }
        };
        let (file, place, found) = match string_literal(&text) {
            Some(literal) => {
                let (file, place) = places[path.scope.0 as usize].included(literal);
                let Some(found) = input.sources.find(&file) else {
                    // Expressions and data are included too: only Rust files are looked for.
                    if file.ends_with(".rs") {
                        tree.notes.push(note("include-file-missing", format!("included file `{file}` was not found")));
                    }
                    continue;
                };
                (file, place, found)
            }
            None => match generated_file(input, tree, instance, &text) {
                Ok((file, found)) => (file.clone(), Place::of_owner(&file), found),
                Err(detail) => {
                    if instance.activity(path.cfg) != Activity::Inactive {
                        tree.notes.push(note("generated-code", detail));
                    }
                    continue;
                }
            },
        };
        if is_within_itself(tree, instance, index, found) {
            tree.notes.push(note("module-file-circular", format!("`{file}` would include itself")));
            continue;
        }
        next.push(Pending {
            module: instance.scope(path.scope),
            krate: instance.krate,
            file: found,
            place,
            activity: instance.activity(path.cfg),
            parent: Some(index),
        });
    }
}

/// A file in `OUT_DIR`, if it was looked for and was there; or what to tell instead.
fn generated_file(
    input: &Input<'_>,
    tree: &Tree,
    instance: &Instance,
    arguments: &str,
) -> Result<(String, FileId), String> {
    let Some(below) = out_dir::included(arguments).filter(|below| below.ends_with(".rs")) else {
        return Err("the included file is generated or computed: its items are not shown".to_owned());
    };
    let package = &input.workspace.package(tree.krate(instance.krate).package).name;
    let file = source::in_out_dir(package, &below);
    match input.sources.find(&file) {
        Some(found) => Ok((file, found)),
        None if input.out_dir => Err(format!(
            "the included file is generated: `{below}` was looked for in the output of `{package}`'s build script and is \
             not there, as before a build; its items are not shown"
        )),
        None => Err(format!("the included file `{below}` is generated: its items are shown with `--enrich out-dir`")),
    }
}

/// The contents of `("..")`, whatever the delimiters.
fn string_literal(arguments: &str) -> Option<&str> {
    let inner = arguments.trim().strip_prefix(['(', '[', '{'])?.strip_suffix([')', ']', '}'])?.trim();
    let inner = inner.strip_suffix(',').unwrap_or(inner).trim_end();
    let literal = inner.strip_prefix('"')?.strip_suffix('"')?;
    (!literal.contains(['"', '\\'])).then_some(literal)
}
