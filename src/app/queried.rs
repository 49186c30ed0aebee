//! Finding by a query (docs/query.md): nodes, edges and ways as rows of the list.
//!
//! In: what is typed, an analysis.  Out: [`Queried`].  A text that is only names is no query: those are found by their
//! letters.  Not here: what queries mean (`analysis`), and who waits for the answer.

use super::found::{Found, Target};

use crate::analysis::{self, Analysis};
use crate::export::report::wording::counted;
use crate::model::{Model, NodeId};
use crate::query::{Query, Set};
use crate::reasons::{Reasons, Way};

/// What a query finds, as rows.
#[derive(Debug, Default)]
pub(crate) struct Queried {
    pub(crate) rows: Vec<Found>,
    /// Everything that is found, to be marked on the map.
    pub(crate) marked: Vec<NodeId>,
    /// A word above the rows: how much it is, or what is wrong.
    pub(crate) told: String,
}

/// `most`: of the rows.
pub(super) fn query(analysis: &Analysis, typed: &str, most: usize) -> Queried {
    let found = analysis.query(typed, false).or_else(|mistake| match mistake.span.start as usize == typed.len() {
        // Who is still typing has not closed it yet.
        true => analysis.query(&format!("{typed})"), false).map_err(|_| mistake),
        false => Err(mistake),
    });
    let model = &analysis.model;
    match found {
        Err(mistake) => Queried { told: format!("Column {}: {mistake}", mistake.column(typed)), ..Queried::default() },
        Ok(analysis::Found::Nodes(selection)) => {
            let mut marked: Vec<NodeId> = selection.nodes().collect();
            marked.sort_by_key(|node| model.path(*node));
            let crates = selection.crates().count();
            let rows = marked.iter().take(most).map(|node| row(Target::Node(*node), model.path(*node).to_owned()));
            let mut rows: Vec<Found> = rows.collect();
            if marked.len() > 1 {
                rows.insert(0, row(Target::All(marked.clone()), format!("Show all {} on the map", marked.len())));
            }
            let mut told = format!("{} found", marked.len());
            if marked.len() > most {
                told += &format!(", the first {most} are listed");
            }
            if crates > 0 {
                told += &format!(", and {}", counted(crates, "third-party package", "third-party packages"));
            }
            Queried { rows, marked, told }
        }
        Ok(analysis::Found::Crossing(crossing)) => {
            let references: usize = crossing.edges.iter().map(|(_, references)| references.len()).sum();
            let rows = crossing.edges.iter().take(most).map(|(edge, references)| {
                let edge = model.edge(*edge);
                let text = format!("{} → {}  ({})", model.path(edge.from), model.path(edge.to), references.len());
                row(Target::Edge { from: edge.from, to: edge.to }, text)
            });
            let ends = crossing.edges.iter().map(|(edge, _)| model.edge(*edge));
            let told = format!(
                "{} between {}, {}",
                counted(references, "reference", "references"),
                counted(crossing.edges.len(), "pair of modules", "pairs of modules"),
                counted(crossing.outside.len(), "use of a third-party package", "uses of third-party packages")
            );
            Queried { rows: rows.collect(), marked: ends.flat_map(|edge| [edge.from, edge.to]).collect(), told }
        }
        Ok(analysis::Found::Ways(reasons)) => ways(model, &reasons),
    }
}

fn ways(model: &Model, reasons: &Reasons) -> Queried {
    let stops = |way: &Way| -> Vec<NodeId> {
        let first = way.first().map(|edge| model.edge(*edge).from);
        first.into_iter().chain(way.iter().map(|edge| model.edge(*edge).to)).collect()
    };
    let rows = reasons.ways.iter().map(|way| {
        let stops = stops(way);
        let names: Vec<&str> = stops.iter().map(|stop| model.path(*stop)).collect();
        row(Target::All(stops), names.join(" → "))
    });
    let told = match (&reasons.ways[..], &reasons.unavoidable[..]) {
        ([], _) => "No way leads there".to_owned(),
        (ways, []) => {
            format!("{}{}, and no module is on all of them", more(reasons), counted(ways.len(), "way", "ways"))
        }
        (ways, modules) => {
            let modules: Vec<&str> = modules.iter().map(|module| model.path(*module)).collect();
            format!("{}{} through {}", more(reasons), counted(ways.len(), "way", "ways"), modules.join(" and "))
        }
    };
    Queried { rows: rows.collect(), marked: reasons.ways.iter().flat_map(stops).collect(), told }
}

fn more(reasons: &Reasons) -> &'static str {
    if reasons.more { "More than " } else { "" }
}

fn row(target: Target, text: String) -> Found {
    Found { target, text, matched: Vec::new() }
}

/// Names alone, one or several, are found by their letters.
pub(super) fn is_query(typed: &str) -> bool {
    let is_name = |set: &Set| matches!(set, Set::Named(_));
    match Query::parse(typed) {
        Ok(Query::Set(Set::All(sets))) => !sets.iter().all(is_name),
        Ok(Query::Set(set)) => !is_name(&set),
        Ok(_) => true,
        Err(_) => typed.contains(['(', ')', '|', '&', '!', '<', '>', '=', '"', ':']) && !typed.ends_with("::"),
    }
}
