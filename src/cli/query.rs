//! `riprap query`: modules, items, references and ways, for people and for programs.
//!
//! In: a query and a workspace.  Out: text or JSON (docs/query.md) on standard output.  Not here: what a query finds
//! (`analysis`).

use serde::Serialize;

use super::progress::{analyze, configured};
use super::{AnswerFormat, Outcome, QueryArgs, diagnostic};
use crate::analysis::{Analysis, Asked, Crossing, Found};
use crate::boundary::Selection;
use crate::export::report::wording::counted;
use crate::model::{EdgeId, NodeId, NodeKind, ReferenceId};
use crate::reasons::Reasons;

pub(super) fn run(args: &QueryArgs, asked: Asked, quiet: bool) -> Outcome {
    let analysis = match analyze(&args.path, &args.rev.of(asked), quiet).and_then(configured) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    let found = match analysis.query(&args.expression, args.tests) {
        Ok(found) => found,
        Err(mistake) => {
            anstream::eprintln!("{}", diagnostic::mistake(&mistake, &args.expression));
            return Outcome::WrongUse;
        }
    };
    let told = Telling(&analysis).told(found);
    match args.format {
        AnswerFormat::Text => anstream::println!("{}", told.text()),
        AnswerFormat::Json => anstream::println!("{}", serde_json::to_string_pretty(&told).unwrap_or_default()),
    }
    Outcome::Fine
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Told<'a> {
    Nodes(Vec<Node<'a>>),
    Edges(Vec<Edge<'a>>),
    Ways {
        /// Modules that every way goes through.
        unavoidable: Vec<&'a str>,
        ways: Vec<Vec<Edge<'a>>>,
        /// There are more ways than these.
        more: bool,
    },
}

#[derive(Serialize)]
struct Node<'a> {
    path: &'a str,
    kind: &'static str,
    /// `FILE:LINE`; packages have none.
    place: Option<String>,
}

#[derive(Serialize)]
struct Edge<'a> {
    from: &'a str,
    /// A module, or a third-party package.
    to: &'a str,
    references: Vec<Reference>,
}

#[derive(Serialize)]
struct Reference {
    /// `FILE:LINE:COLUMN`
    place: String,
    kind: &'static str,
    /// What is named.
    to: String,
}

/// An answer in the words of the analysis that it is of.
struct Telling<'a>(&'a Analysis);

impl<'a> Telling<'a> {
    fn told(&self, found: Found) -> Told<'a> {
        let model = &self.0.model;
        match found {
            Found::Nodes(selection) => Told::Nodes(self.nodes(&selection)),
            Found::Crossing(crossing) => Told::Edges(self.crossing(&crossing)),
            Found::Ways(Reasons { ways, more, unavoidable }) => Told::Ways {
                unavoidable: unavoidable.into_iter().map(|module| model.path(module)).collect(),
                ways: ways.iter().map(|way| way.iter().map(|edge| self.whole(*edge)).collect()).collect(),
                more,
            },
        }
    }

    fn nodes(&self, selection: &Selection) -> Vec<Node<'a>> {
        let model = &self.0.model;
        let node = |id: NodeId| {
            let it = model.node(id);
            let kind = match it.kind {
                NodeKind::Workspace => "workspace",
                NodeKind::Package => "package",
                NodeKind::Target(kind) => kind.word(),
                NodeKind::Module => "module",
                NodeKind::Item(kind) => kind.word(),
            };
            let place = it.file.map(|file| format!("{}:{}", self.0.sources.file(file).path, it.line.max(1)));
            Node { path: model.path(id), kind, place }
        };
        let krate = |id| Node { path: model.external_crate(id), kind: "third-party package", place: None };
        let mut nodes: Vec<Node<'a>> = selection.nodes().map(node).chain(selection.crates().map(krate)).collect();
        nodes.sort_by(|a, b| (a.path, a.kind).cmp(&(b.path, b.kind)));
        nodes
    }

    fn crossing(&self, crossing: &Crossing) -> Vec<Edge<'a>> {
        let model = &self.0.model;
        let mut edges: Vec<Edge<'a>> = crossing.edges.iter().map(|(edge, meant)| self.edge(*edge, meant)).collect();
        for used in crossing.outside.iter().map(|index| &model.external_uses()[*index]) {
            let (from, to) = (model.path(used.from), model.external_crate(used.krate));
            let path = match model.symbol(used.path) {
                "" => to.to_owned(),
                path => format!("{to}::{path}"),
            };
            let place = format!("{}:{}:{}", self.0.sources.file(used.file).path, used.line, used.column);
            let reference = Reference { place, kind: used.kind.word(), to: path };
            match edges.last_mut().filter(|edge| (edge.from, edge.to) == (from, to)) {
                Some(edge) => edge.references.push(reference),
                None => edges.push(Edge { from, to, references: vec![reference] }),
            }
        }
        edges
    }

    /// An edge with all its references that count.
    fn whole(&self, edge: EdgeId) -> Edge<'a> {
        let counting = self.0.model.references_of(edge).filter(|(_, it)| it.counts() && it.active);
        let counting: Vec<ReferenceId> = counting.map(|(id, _)| id).collect();
        self.edge(edge, &counting)
    }

    fn edge(&self, edge: EdgeId, references: &[ReferenceId]) -> Edge<'a> {
        let model = &self.0.model;
        let reference = |id: &ReferenceId| {
            let it = model.reference(*id);
            let place = format!("{}:{}:{}", self.0.sources.file(it.file).path, it.line, it.column);
            Reference { place, kind: it.kind.word(), to: model.path(it.to_item).to_owned() }
        };
        let it = model.edge(edge);
        Edge {
            from: model.path(it.from),
            to: model.path(it.to),
            references: references.iter().map(reference).collect(),
        }
    }
}

/// References shown of each edge.
const SHOWN: usize = 5;

impl Told<'_> {
    fn text(&self) -> String {
        match self {
            Told::Nodes(nodes) if nodes.is_empty() => "nothing found".to_owned(),
            Told::Nodes(nodes) => {
                let width = nodes.iter().map(|node| node.path.chars().count()).max().unwrap_or_default().min(60);
                let kinds = nodes.iter().map(|node| node.kind.len()).max().unwrap_or_default();
                let line = |node: &Node<'_>| {
                    let place = node.place.as_deref().unwrap_or_default();
                    format!("{:width$}  {:kinds$}  {place}", node.path, node.kind).trim_end().to_owned()
                };
                let lines: Vec<String> = nodes.iter().map(line).collect();
                format!("{}\n\n{} found", lines.join("\n"), nodes.len())
            }
            Told::Edges(edges) if edges.is_empty() => "no references found".to_owned(),
            Told::Edges(edges) => {
                let references: usize = edges.iter().map(|edge| edge.references.len()).sum();
                let lines: Vec<String> = edges.iter().map(|edge| edge.text(SHOWN)).collect();
                let told = format!(
                    "{} between {}",
                    counted(references, "reference", "references"),
                    counted(edges.len(), "pair of modules", "pairs of modules")
                );
                format!("{}\n\n{told}", lines.join("\n"))
            }
            Told::Ways { ways, .. } if ways.is_empty() => "no way found".to_owned(),
            Told::Ways { unavoidable, ways, more } => ways_text(unavoidable, ways, *more),
        }
    }
}

impl Edge<'_> {
    fn text(&self, most: usize) -> String {
        let mut text = format!("{} -> {}", self.from, self.to);
        for reference in self.references.iter().take(most) {
            text += &format!("\n  {}  {}  {}", reference.place, reference.kind, reference.to);
        }
        if self.references.len() > most {
            text += &format!("\n  and {} more", self.references.len() - most);
        }
        text
    }
}

fn ways_text(unavoidable: &[&str], ways: &[Vec<Edge<'_>>], more: bool) -> String {
    let shortest = &ways[0];
    let mut text = format!("the shortest way, {}:", counted(shortest.len(), "step", "steps"));
    for edge in shortest {
        text += &format!("\n{}", edge.text(1));
    }
    text += &match unavoidable {
        [] => "\n\nno module is on every way".to_owned(),
        modules => format!("\n\nevery way goes through: {}", modules.join(", ")),
    };
    if ways.len() > 1 {
        text += &format!("\n\nother ways, {}{}:", if more { "more than " } else { "" }, ways.len() - 1);
        for way in &ways[1..] {
            let stops = way.iter().map(|edge| edge.to);
            let stops: Vec<&str> = way.first().map(|edge| edge.from).into_iter().chain(stops).collect();
            text += &format!("\n  {}", stops.join(" > "));
        }
    }
    text
}
