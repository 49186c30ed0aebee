//! Functions that an index of the sources names and no path or type shows: what another tool's inference found.
//!
//! In: an index, files, references.  Out: references to functions of other modules at places that have none; and notes,
//! with their numbers, on what the index says of other sources than these.  Not here: reading an index (`enrich`), and
//! what it says of types, constants and operators.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tree::{Instance, Tree};
use super::{Certainty, CrateId, Def, FileReferences, ItemId, ModuleId, Reference, ReferenceKind, Trail};
use crate::enrich::scip::{Columns, Document, Index, Place};
use crate::facts::{self, ItemDetails, ItemKind, PathSource};
use crate::source::{FileId, Note, SourceFile, SourceTree, Span};

/// Adds what `index` knows; `parts`: the instances of each file, its own first.
pub(super) fn add(
    index: &Index,
    sources: &SourceTree,
    tree: &Tree,
    parts: &[Vec<usize>],
    files: &mut [FileReferences],
) -> Vec<Note> {
    let mut by_file: FxHashMap<FileId, Vec<usize>> = FxHashMap::default();
    for (place, file) in files.iter().enumerate() {
        by_file.entry(file.file).or_default().push(place);
    }
    let mut seen = Seen { definitions: vec![Vec::new(); index.functions.len()], ..Seen::default() };
    for document in &index.documents {
        match sources.find(&document.path).filter(|file| by_file.contains_key(file)) {
            Some(file) => seen.read(index, document, file, sources.file(file)),
            None => seen.unknown.push(&document.path),
        }
    }
    let functions = functions_by_place(tree);
    for uses in seen.uses.chunk_by(|a, b| a.file == b.file) {
        let Some(file) = uses.first().map(|it| it.file) else { continue };
        for place in &by_file[&file] {
            let instance = &tree.instances[parts[*place][0]];
            let mut known = Known::new(&files[*place].references);
            for Use { function, span, .. } in uses {
                // One symbol defined twice: the same name in several targets.
                let [definition] = seen.definitions[*function as usize].as_slice() else { continue };
                let Some(items) = functions.get(definition) else { continue };
                if known.insert(*span) {
                    refer(tree, instance, items, *span, sources.file(file), &mut files[*place]);
                }
            }
        }
    }
    seen.notes(index)
}

/// A place that names a function.
#[derive(Clone, Copy)]
struct Use {
    /// An index into [`Index::functions`].
    function: u32,
    file: FileId,
    span: Span,
}

/// The places of a file that refer to something.
struct Known {
    /// Sorted, and apart from each other.
    written: Vec<Span>,
    added: FxHashSet<Span>,
}

impl Known {
    fn new(references: &[Reference]) -> Self {
        let mut spans: Vec<Span> = references.iter().map(|reference| reference.span).collect();
        spans.sort_unstable();
        let mut written: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match written.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => written.push(span),
            }
        }
        Self { written, added: FxHashSet::default() }
    }

    /// False if something is known there already.
    fn insert(&mut self, span: Span) -> bool {
        let after = self.written.partition_point(|known| known.end <= span.start);
        self.written.get(after).is_none_or(|known| span.end <= known.start) && self.added.insert(span)
    }
}

/// What an index says of files that are there.
#[derive(Default)]
struct Seen<'a> {
    /// Per function.
    definitions: Vec<Vec<(FileId, Span)>>,
    /// Those of one file follow each other.
    uses: Vec<Use>,
    /// Files that are part of no crate.
    unknown: Vec<&'a str>,
    /// Places where something else stands.
    stale: usize,
    places: usize,
}

impl Seen<'_> {
    fn read(&mut self, index: &Index, document: &Document, file: FileId, source: &SourceFile) {
        for place in &document.places {
            self.places += 1;
            let name = &index.functions[place.function as usize];
            match span_of(place, document.columns, source) {
                Some((span, text)) if text.strip_prefix("r#").unwrap_or(text) == name => {
                    if place.is_definition {
                        self.definitions[place.function as usize].push((file, span));
                    } else {
                        self.uses.push(Use { function: place.function, file, span });
                    }
                }
                // An operator stands for the function that it calls, and another name may be an alias, as paths show.
                Some((span, text)) if !place.is_definition && is_one_token(source, span, text) => {}
                _ => self.stale += 1,
            }
        }
    }

    fn notes(&self, index: &Index) -> Vec<Note> {
        let note = |kind, detail| Note { kind, path: index.file.clone(), at: None, detail };
        let mut notes = Vec::new();
        if let Some(first) = self.unknown.iter().min() {
            let (count, of) = (self.unknown.len(), index.documents.len());
            let detail = format!("{count} of the {of} files in the index are part of no crate here, such as `{first}`");
            notes.push(note("index-unknown-file", detail));
        }
        if self.stale > 0 {
            let (count, of) = (self.stale, self.places);
            let detail = format!(
                "{count} of the {of} places in the index name other functions than the sources do: it is of another \
                 version and adds only what still fits"
            );
            notes.push(note("index-stale", detail));
        }
        notes
    }
}

/// The place in the text, and what stands there; `None` where the text has no such place.
fn span_of<'a>(place: &Place, columns: Columns, source: &'a SourceFile) -> Option<(Span, &'a str)> {
    let line = place.line.checked_add(1)?;
    let text = source.line_text(line);
    let byte = |column: u32| {
        let column = column as usize;
        match columns {
            Columns::Bytes => Some(column),
            Columns::Characters => text.char_indices().map(|(at, _)| at).chain([text.len()]).nth(column),
            Columns::Utf16 => {
                let mut units = 0;
                let ends = text.char_indices().map(|(at, character)| (at, character.len_utf16()));
                ends.chain([(text.len(), 0)]).find_map(|(at, width)| {
                    let found = units == column;
                    units += width;
                    found.then_some(at)
                })
            }
        }
    };
    let (start, end) = (byte(place.start)?, byte(place.end)?);
    let named = text.get(start..end)?;
    let first = source.line_start(line)?;
    Some((Span::new(first + start as u32, first + end as u32), named))
}

/// Whether a place holds a whole name, or nothing of any name.
fn is_one_token(source: &SourceFile, span: Span, text: &str) -> bool {
    let in_name = |character: char| character.is_alphanumeric() || character == '_';
    let before = source.text.get(..span.start as usize).and_then(|text| text.chars().next_back());
    let after = source.text.get(span.end as usize..).and_then(|text| text.chars().next());
    let is_apart = !before.is_some_and(in_name) && !after.is_some_and(in_name);
    let is_name = is_apart && text.chars().all(in_name);
    !text.is_empty() && (is_name || !text.contains(in_name))
}

/// All functions by the place of their name: several where a file is part of several crates.
fn functions_by_place(tree: &Tree) -> FxHashMap<(FileId, Span), Vec<ItemId>> {
    let mut functions: FxHashMap<(FileId, Span), Vec<ItemId>> = FxHashMap::default();
    for (id, item) in tree.items.iter().enumerate() {
        if matches!(item.kind, ItemKind::Function | ItemKind::Method) {
            functions.entry((item.file, item.name_span)).or_default().push(ItemId(id as u32));
        }
    }
    functions
}

/// Adds a use of one of `items`, unless it stays within its module.
fn refer(
    tree: &Tree,
    instance: &Instance,
    items: &[ItemId],
    span: Span,
    source: &SourceFile,
    output: &mut FileReferences,
) {
    let krate_of = |item: &ItemId| -> CrateId { tree.module(tree.item(*item).scope).krate };
    let is_library = |item: &&ItemId| tree.krate(krate_of(item)).kind.is_library();
    let own = items.iter().find(|item| krate_of(item) == instance.krate);
    let Some(to) = own.or_else(|| items.iter().find(is_library)).copied() else { return };
    let around = innermost(instance, span);
    let from = around.map_or(instance.scopes[0], |id| scope_within(instance, id));
    let from = tree.enclosing_module(from);
    if tree.module_of_item(to) == from {
        return;
    }
    let before = source.text.get(..span.start as usize).unwrap_or_default();
    let is_method = before.trim_end().ends_with('.');
    let owner = around.filter(|id| instance.facts.item(*id).kind != ItemKind::Module);
    output.trails.push(Trail::default());
    output.references.push(Reference {
        from,
        to: Def::Item(to),
        kind: if is_method { ReferenceKind::Method } else { ReferenceKind::Call },
        source: PathSource::Index,
        certainty: Certainty::Resolved,
        activity: around.map_or(tree.module(from).activity, |id| instance.activity(instance.facts.item(id).cfg)),
        shown: false,
        span,
        owner: instance.owner(owner),
        trail: output.trails.len() as u32 - 1,
    });
}

/// The smallest item around a place.
fn innermost(instance: &Instance, span: Span) -> Option<facts::ItemId> {
    let items = instance.facts.items.iter().enumerate();
    let around = items.filter(|(_, item)| item.span.start <= span.start && span.end <= item.span.end);
    let smallest = around.min_by_key(|(_, item)| item.span.end - item.span.start);
    smallest.map(|(id, _)| facts::ItemId(id as u32))
}

/// The scope of what stands in an item.
fn scope_within(instance: &Instance, id: facts::ItemId) -> ModuleId {
    let item = instance.facts.item(id);
    match &item.details {
        ItemDetails::Module(details) => instance.scope(details.inline.unwrap_or(item.scope)),
        _ => instance.scope(item.scope),
    }
}
