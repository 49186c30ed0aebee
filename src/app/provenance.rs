//! Since when violations and dependencies are there, and who brought them.
//!
//! In: a history of which all is known.  Out: [`Since`], by the identity of a violation or the modules of a dependency.  Not
//! here: going through commits, and telling it.

use rustc_hash::FxHashMap;

use crate::history::{Commit, History, Life, Span};

/// Since when something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since<'a> {
    /// A commit brought it: of a merge, the one on the branch that was merged, where that is known.  The point is one of the
    /// branch itself.
    Commit { commit: &'a Commit, point: usize },
    /// It was there before this commit, the first that was gone through.
    Before(&'a Commit),
    /// No commit has it.
    NotCommitted,
}

#[derive(Debug)]
pub(crate) struct Provenance {
    lives: Vec<Life>,
    /// Lives, by every identity that each was known by.
    known: FxHashMap<String, usize>,
    /// The points that brought a dependency, the last one alone: by what uses, then by what is used.
    brought: FxHashMap<String, FxHashMap<String, usize>>,
}

impl Provenance {
    pub(crate) fn new(history: &History) -> Self {
        let lives = history.lives();
        let mut known = FxHashMap::default();
        for (index, life) in lives.iter().enumerate() {
            let ids = life.formerly.iter().chain([&life.identity.id]);
            known.extend(ids.map(|id| (id.clone(), index)));
        }
        let mut brought: FxHashMap<String, FxHashMap<String, usize>> = FxHashMap::default();
        for at in history.chain() {
            let Ok(state) = &history.points[at].state else { continue };
            for (from, to) in state.modules.added.iter().chain(&state.boundaries.added) {
                brought.entry(from.clone()).or_default().insert(to.clone(), at);
            }
        }
        Self { lives, known, brought }
    }

    /// Of a violation that is there at a point.
    pub(crate) fn of_violation<'a>(&self, history: &'a History, at: usize, id: &str) -> Since<'a> {
        let spans = self.known.get(id).map_or(&[][..], |index| &self.lives[*index].spans);
        let is_there = |span: &&Span| span.introduced <= at && span.fixed.is_none_or(|fixed| fixed > at);
        let Some(span) = spans.iter().rev().find(is_there) else { return Since::NotCommitted };
        match history.introducing(span) {
            Some(commit) => Since::Commit { commit, point: span.introduced },
            None => Since::Before(&history.points[span.introduced].commit),
        }
    }

    /// Of a dependency that consists of these at a point, by their modules: since when at least one of them is there.
    pub(crate) fn of_edges<'a, 'b>(
        &self,
        history: &'a History,
        at: usize,
        edges: impl Iterator<Item = (&'b str, &'b str)>,
    ) -> Since<'a> {
        let brought = edges.filter_map(|(from, to)| self.brought.get(from)?.get(to).copied());
        let Some(point) = brought.filter(|point| *point <= at).min() else { return Since::NotCommitted };
        let Some(found) = history.points.get(point) else { return Since::NotCommitted };
        let is_first = found.before.is_none() && !history.is_whole;
        if is_first { Since::Before(&found.commit) } else { Since::Commit { commit: &found.commit, point } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{CommitId, Difference, Identity, Moment, Point, State};

    fn identity(id: &str) -> Identity {
        Identity { id: id.to_owned(), rule: "r", from: "f".to_owned(), to: "t".to_owned(), members: Vec::new() }
    }

    /// A point for each text: `+v` brings a violation, `-v` fixes it, `a>b` brings a dependency.
    fn history(texts: &[&str], is_whole: bool) -> History {
        let point = |(at, text): (usize, &&str)| {
            let mut state = State::default();
            for change in text.split_whitespace() {
                if let Some(id) = change.strip_prefix('+') {
                    state.opened.push(identity(id));
                } else if let Some(id) = change.strip_prefix('-') {
                    state.closed.push(id.to_owned());
                } else if let Some((from, to)) = change.split_once('>') {
                    let added = vec![(from.to_owned(), to.to_owned())];
                    state.modules = Difference { added, ..Difference::default() };
                }
            }
            let commit = Commit {
                id: CommitId::new(&[at as u8; 20]),
                parents: Vec::new(),
                author: String::new(),
                email: String::new(),
                authored: Moment(0),
                committed: Moment(0),
                subject: at.to_string(),
            };
            Point { commit, before: at.checked_sub(1), state: Ok(state) }
        };
        History { points: texts.iter().enumerate().map(point).collect(), is_whole, ..History::default() }
    }

    fn said(since: Since<'_>) -> String {
        match since {
            Since::Commit { commit, point } => format!("{} at {point}", commit.subject),
            Since::Before(commit) => format!("before {}", commit.subject),
            Since::NotCommitted => "not committed".to_owned(),
        }
    }

    #[test]
    fn a_violation_is_there_since_it_came_to_stay() {
        let history = history(&["+v", "-v", "+v", "+w"], true);
        let provenance = Provenance::new(&history);
        let since = |at, id| said(provenance.of_violation(&history, at, id));
        assert_eq!([since(3, "v"), since(3, "w"), since(3, "x")], ["2 at 2", "3 at 3", "not committed"]);
        // As the commits before saw it.
        assert_eq!([since(0, "v"), since(1, "v"), since(2, "w")], ["0 at 0", "not committed", "not committed"]);
    }

    #[test]
    fn a_dependency_is_there_since_the_oldest_of_what_is_left_of_it() {
        let history = history(&["a>b", "a>c", "a>b"], true);
        let provenance = Provenance::new(&history);
        let since = |edges: &[(&str, &str)]| said(provenance.of_edges(&history, 2, edges.iter().copied()));
        assert_eq!(since(&[("a", "b")]), "2 at 2");
        assert_eq!(since(&[("a", "b"), ("a", "c")]), "1 at 1");
        assert_eq!(since(&[("b", "a")]), "not committed");
    }

    #[test]
    fn what_the_first_commit_of_a_part_has_was_there_before() {
        let history = history(&["+v a>b", ""], false);
        let provenance = Provenance::new(&history);
        assert_eq!(said(provenance.of_violation(&history, 1, "v")), "before 0");
        assert_eq!(said(provenance.of_edges(&history, 1, [("a", "b")].into_iter())), "before 0");
    }
}
