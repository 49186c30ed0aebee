//! The lives of violations: when each came, how long it stayed, when it went.
//!
//! In: points, the oldest first.  Out: [`Life`], one per violation, whatever it was called.  Not here: judging a life.

use std::collections::BTreeMap;

use super::{Identity, Point};

/// One violation through time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// As it was known last.
    pub identity: Identity,
    /// Identities that it was known by before something was renamed, the oldest first.
    pub formerly: Vec<String>,
    /// Whose the code is that breaks the rule, as it was known last.
    pub owner: Option<String>,
    /// The times that it was there, the oldest first; never empty.
    pub spans: Vec<Span>,
}

/// A time that a violation was there, by indices of points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The identity that it came with.
    pub id: String,
    pub introduced: usize,
    /// The first point without it; `None` if it is still there.
    pub fixed: Option<usize>,
}

impl Life {
    /// It is there at the last point.
    pub fn is_open(&self) -> bool {
        self.spans.last().is_some_and(|span| span.fixed.is_none())
    }

    /// When it came to stay, or came last.
    pub fn introduced(&self) -> usize {
        self.spans.last().map_or(0, |span| span.introduced)
    }
}

/// All lives, by the point at which each came first.
///
/// `chain` are the indices of the points that follow each other, each the one before's difference.
pub fn lives(points: &[Point], chain: impl IntoIterator<Item = usize>) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    // By the identity that each has now, open or not: what comes again is the same violation.
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for at in chain {
        let Ok(state) = &points[at].state else { continue };
        for id in &state.closed {
            if let Some(span) = known.get(id).and_then(|life| lives[*life].spans.last_mut()) {
                span.fixed.get_or_insert(at);
            }
        }
        for (before, now) in &state.renamed {
            let Some(life) = known.remove(before) else { continue };
            // One that was fixed under the new name before ends here: it lives on as the one that was renamed.
            known.insert(now.id.clone(), life);
            lives[life].formerly.push(before.clone());
            lives[life].identity = now.clone();
            lives[life].owner = state.owner(&now.id).map(str::to_owned);
        }
        for identity in &state.opened {
            let span = Span { id: identity.id.clone(), introduced: at, fixed: None };
            let owner = state.owner(&identity.id).map(str::to_owned);
            match known.get(&identity.id) {
                Some(life) => {
                    lives[*life].spans.push(span);
                    lives[*life].owner = owner;
                }
                None => {
                    known.insert(identity.id.clone(), lives.len());
                    lives.push(Life { identity: identity.clone(), formerly: Vec::new(), owner, spans: vec![span] });
                }
            }
        }
    }
    lives
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Commit, CommitId, Hole, Moment, State};

    fn identity(id: &str) -> Identity {
        Identity { id: id.to_owned(), rule: "r", from: "f".to_owned(), to: "t".to_owned(), members: Vec::new() }
    }

    /// `+a` came, `-a` went, `a>b` was renamed, `?` is a hole.
    fn points(text: &[&str]) -> Vec<Point> {
        let point = |changes: &&str| {
            let mut state = State::default();
            for change in changes.split_whitespace() {
                if let Some(id) = change.strip_prefix('+') {
                    state.opened.push(identity(id));
                } else if let Some(id) = change.strip_prefix('-') {
                    state.closed.push(id.to_owned());
                } else if let Some((before, now)) = change.split_once('>') {
                    state.renamed.push((before.to_owned(), identity(now)));
                }
            }
            let (author, email, subject) = (String::new(), String::new(), String::new());
            let (authored, committed) = (Moment(0), Moment(0));
            let commit = Commit {
                id: CommitId::new(&[0; 20]),
                parents: Vec::new(),
                author,
                email,
                authored,
                committed,
                subject,
            };
            let hole = Hole { reason: "gone".to_owned() };
            Point { commit, before: None, state: if changes.contains('?') { Err(hole) } else { Ok(state) } }
        };
        text.iter().map(point).collect()
    }

    #[track_caller]
    fn check(text: &[&str], expected: &[&str]) {
        let points = points(text);
        let told: Vec<String> = lives(&points, 0..points.len())
            .iter()
            .map(|life| {
                let spans = life.spans.iter().map(|span| match span.fixed {
                    Some(fixed) => format!(" {}-{fixed}", span.introduced),
                    None => format!(" {}-", span.introduced),
                });
                let names: Vec<&str> = life.formerly.iter().map(String::as_str).chain([&*life.identity.id]).collect();
                format!("{}{}", names.join(">"), spans.collect::<String>())
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_violation_lives_from_where_it_came_to_where_it_went() {
        check(&["+a", "+b", "-a", ""], &["a 0-2", "b 1-"]);
    }

    #[test]
    fn a_violation_that_comes_again_is_the_same() {
        check(&["+a", "-a", "", "+a"], &["a 0-1 3-"]);
    }

    #[test]
    fn another_name_is_the_same_life() {
        check(&["+a", "a>b", "b>c", "-c"], &["a>b>c 0-3"]);
        check(&["+a +b", "-b", "a>b"], &["a>b 0-", "b 0-1"]);
    }

    #[test]
    fn holes_end_nothing() {
        check(&["+a", "?", "-a"], &["a 0-2"]);
    }
}
