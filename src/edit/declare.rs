//! A new boundary: its name, and patterns that cover exactly the code that it shall consist of.
//!
//! In: nodes of a model.  Out: the table, and the other boundaries without the patterns that claim the same code.  Code
//! inside that a more specific pattern gives to another boundary stays there.  Not here: what the boundary may use.

use toml_edit::{Array, DocumentMut, Item};

use super::{Change, Refusal, block, list};
use crate::boundary::{self, Boundaries, Code, Declaration, Origin, Pattern, Placed};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::{SourceTree, Span};
use crate::workspace::TargetKind;

/// From so many packages on, the folder that holds them and no others is named instead.
const FOLDER: usize = 3;

impl Change {
    /// A boundary that consists of these packages, targets and modules, each with all below it.
    ///
    /// `folders` has the folder of each package as seen from riprap.toml.
    ///
    /// # Errors
    /// A name that is taken, nodes that are no code, code that patterns cannot tell from other code, and all the code of
    /// another boundary.
    pub fn declare(
        model: &Model,
        folders: &[(NodeId, String)],
        boundaries: &Boundaries,
        name: &str,
        nodes: &[NodeId],
    ) -> Result<Self, Refusal> {
        if boundaries.find(name).is_some() {
            return Err(Refusal::NameTaken(name.to_owned()));
        }
        let tops = tops(model, nodes);
        if tops.is_empty() {
            return Err(Refusal::NoCode);
        }
        let mut why = Refusal::NoCode;
        for patterns in [with_folders(model, folders, &tops), spelled(model, &tops)] {
            match taken(model, folders, boundaries, &tops, &patterns) {
                Ok(taken) if is_exact(model, folders, boundaries, &tops, (name, &patterns, &taken)) => {
                    let contains = patterns.iter().map(|pattern| pattern.text().to_owned()).collect();
                    return Ok(Self::Declare { name: name.to_owned(), contains, taken });
                }
                Ok(_) => {
                    let texts: Vec<String> = patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
                    why = Refusal::NoPatterns(format!("{} would mean other code, too, or less", texts.join(", ")));
                }
                Err(refusal) => why = refusal,
            }
        }
        Err(why)
    }
}

pub(super) fn declare(
    document: &mut DocumentMut,
    name: &str,
    contains: &[String],
    taken: &[(String, String)],
) -> Result<(), Refusal> {
    let tables = document.get("boundary").and_then(Item::as_table_like);
    if tables.is_some_and(|tables| tables.contains_key(name)) {
        return Err(Refusal::NameTaken(name.to_owned()));
    }
    for (boundary, pattern) in taken {
        let tables = document.get_mut("boundary").and_then(Item::as_table_like_mut);
        let table = tables.and_then(|tables| tables.get_mut(boundary)?.as_table_like_mut());
        let patterns = table.and_then(|table| table.get_mut("contains")?.as_array_mut());
        let patterns: &mut Array = patterns.ok_or_else(|| Refusal::UnknownForm(boundary.clone()))?;
        list::remove(patterns, pattern);
    }
    let contains = list::new(contains.iter().map(String::as_str));
    block::insert(document, "boundary", name, vec![("contains", contains)])
}

/// The topmost packages, targets and modules among the nodes; a package where all its programs and its library are.
fn tops(model: &Model, nodes: &[NodeId]) -> Vec<NodeId> {
    let is_code = |id: &NodeId| {
        let kind = model.node(*id).kind;
        kind == NodeKind::Package || kind.is_module()
    };
    let mut chosen: Vec<NodeId> = nodes.iter().copied().filter(is_code).collect();
    let is_root = |id: &NodeId| matches!(model.node(*id).kind, NodeKind::Target(kind) if kind.is_library() || kind == TargetKind::Bin);
    for package in model.packages() {
        let mut roots = model.children(package).iter().filter(|child| is_root(child)).peekable();
        if roots.peek().is_some() && roots.all(|root| chosen.contains(root)) {
            chosen.push(package);
        }
    }
    chosen.sort();
    chosen.dedup();
    let is_below = |id: NodeId| std::iter::successors(model.node(id).parent, |id| model.node(*id).parent);
    chosen.iter().copied().filter(|id| !is_below(*id).any(|above| chosen.contains(&above))).collect()
}

/// One pattern for each node.
fn spelled(model: &Model, tops: &[NodeId]) -> Vec<Pattern> {
    let text = |id: NodeId| {
        let node = model.node(id);
        match node.kind {
            NodeKind::Package => node.name.to_string(),
            // A bare name would be a package.
            _ if !node.path.contains(':') => format!("{}::**", node.path),
            _ => node.path.to_string(),
        }
    };
    tops.iter().filter_map(|id| Pattern::parse(&text(*id)).ok()).collect()
}

/// [`spelled`], with folders for packages where a folder holds no others.
fn with_folders(model: &Model, folders: &[(NodeId, String)], tops: &[NodeId]) -> Vec<Pattern> {
    let mut rest = tops.to_vec();
    let mut patterns = Vec::new();
    let above = |folder: &str| -> Vec<String> {
        let ends = folder.match_indices('/').map(|(end, _)| folder[..end].to_owned());
        ends.collect()
    };
    let mut candidates: Vec<String> = folders.iter().flat_map(|(_, folder)| above(folder)).collect();
    // The outermost first.
    candidates.sort_by_key(|folder| (folder.matches('/').count(), folder.clone()));
    candidates.dedup();
    for folder in candidates {
        let Ok(pattern) = Pattern::parse(&format!("{folder}/*")) else { continue };
        let covered = folders.iter().filter(|(node, folder)| pattern.covers_package(&model.node(*node).name, folder));
        let covered: Vec<NodeId> = covered.map(|(node, _)| *node).collect();
        if covered.len() >= FOLDER && covered.iter().all(|node| rest.contains(node)) {
            rest.retain(|node| !covered.contains(node));
            patterns.push(pattern);
        }
    }
    patterns.extend(spelled(model, &rest));
    patterns
}

/// The patterns of other boundaries that are as specific as one of these on the same node.
fn taken(
    model: &Model,
    folders: &[(NodeId, String)],
    boundaries: &Boundaries,
    tops: &[NodeId],
    patterns: &[Pattern],
) -> Result<Vec<(String, String)>, Refusal> {
    let covers = |pattern: &Pattern, node: &NodeId| match folders.iter().find(|(package, _)| package == node) {
        Some((_, folder)) => pattern.covers_package(&model.node(*node).name, folder),
        None => pattern.covers_name(model, *node, None) == boundary::Coverage::AtOrBelow,
    };
    let clashes = |other: &Placed<Pattern>| {
        patterns.iter().any(|pattern| {
            pattern.specificity() == other.value.specificity()
                && tops.iter().any(|node| covers(pattern, node) && covers(&other.value, node))
        })
    };
    let mut taken = Vec::new();
    for id in boundaries.ids() {
        let declaration = boundaries.declaration(id);
        let lost = declaration.contains.iter().filter(|other| clashes(other));
        let lost: Vec<String> = lost.map(|pattern| pattern.value.text().to_owned()).collect();
        if lost.is_empty() {
            continue;
        }
        if lost.len() == declaration.contains.len() {
            return Err(Refusal::NothingLeft(declaration.name.clone()));
        }
        if let Some(Origin::Manifest(manifest)) = declaration.origin("contains") {
            let (boundary, manifest) = (declaration.name.clone(), manifest.clone());
            return Err(Refusal::SaidInManifest { boundary, key: "contains", manifest });
        }
        if declaration.origin("contains") != Some(&Origin::Own) {
            let claim = format!("the template of `{}` claims it as exactly", declaration.name);
            return Err(Refusal::NoPatterns(claim));
        }
        taken.extend(lost.into_iter().map(|pattern| (declaration.name.clone(), pattern)));
    }
    Ok(taken)
}

type New<'a> = (&'a str, &'a [Pattern], &'a [(String, String)]);

/// Whether the new boundary has all these nodes, and no code that is not below one of them.
fn is_exact(
    model: &Model,
    folders: &[(NodeId, String)],
    boundaries: &Boundaries,
    tops: &[NodeId],
    (name, patterns, taken): New<'_>,
) -> bool {
    let declaration = |name: &str, contains: Vec<Placed<Pattern>>| Declaration {
        name: name.to_owned(),
        contains,
        ..Declaration::default()
    };
    let mut declarations: Vec<Declaration> = Vec::new();
    for id in boundaries.ids() {
        let name = boundaries.name(id);
        let is_taken = |it: &&Placed<Pattern>| taken.iter().any(|(of, text)| of == name && text == it.value.text());
        let contains = boundaries.declaration(id).contains.iter().filter(|it| !is_taken(it)).cloned().collect();
        declarations.push(declaration(name, contains));
    }
    let placed = |pattern: &Pattern| Placed { value: pattern.clone(), span: Span::default() };
    declarations.push(declaration(name, patterns.iter().map(placed).collect()));
    // What a boundary contains is told by names and folders, and by no text.
    let code = Code { model, folders, sources: &SourceTree::default(), owners: None };
    let Ok(after) = boundary::resolve(code, declarations) else { return false };
    let Some(id) = after.find(name) else { return false };
    let is_top = |node: &NodeId| tops.contains(node);
    let is_meant = |node| std::iter::successors(Some(node), |id| model.node(*id).parent).any(|id| is_top(&id));
    tops.iter().all(|node| after.of(*node) == Some(id))
        && model.node_ids().filter(|node| after.contains(id, *node)).all(is_meant)
}
