//! The commits that a film of a history shows.
//!
//! In: a history.  Out: points.  Not here: what each looks like (`scene`).

use super::{History, State};

impl History {
    /// The points at which something came or went between modules and boundaries, or broke a rule or stopped to, the oldest
    /// first; always the first and the last that something is known of.  Of more than `most`, those at which most did:
    /// violations before boundaries, and these before modules.
    pub fn stills(&self, most: usize) -> Vec<usize> {
        let known: Vec<(usize, &State)> =
            self.chain().into_iter().filter_map(|at| Some((at, self.points[at].state.as_ref().ok()?))).collect();
        let Some(last) = known.len().checked_sub(1) else { return Vec::new() };
        let mut chosen: Vec<(bool, [usize; 3], usize)> = Vec::new();
        for (index, (at, state)) in known.iter().enumerate() {
            let is_end = index == 0 || index == last;
            let changes = changes(state);
            if is_end || changes != [0; 3] {
                chosen.push((is_end, changes, *at));
            }
        }
        // Of those that weigh the same, the later ones: a film is watched for how things came to be as they are.
        chosen.sort_by(|a, b| b.cmp(a));
        chosen.truncate(most.max(2));
        let mut stills: Vec<usize> = chosen.into_iter().map(|(_, _, at)| at).collect();
        // Points stand after their parents.
        stills.sort_unstable();
        stills
    }

    /// Which of some points has the most violations, the first of several, by its number among them.
    pub fn worst_of(&self, stills: &[usize]) -> usize {
        let total = |at: usize| self.points[at].state.as_ref().map_or(0, State::total);
        (0..stills.len()).rev().max_by_key(|number| total(stills[*number])).unwrap_or(0)
    }
}

fn changes(state: &State) -> [usize; 3] {
    [
        state.opened.len() + state.closed.len(),
        state.boundaries.added.len() + state.boundaries.removed.len(),
        state.modules.added.len() + state.modules.removed.len(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Commit, CommitId, Difference, Hole, Identity, Moment, Point};

    /// A history of commits as text: `v` for a violation, `b` for an edge between boundaries, `m` for one between modules,
    /// `.` for nothing, `?` for a hole.
    fn check(commits: &str, most: usize, expected: &[usize]) {
        let point = |(at, signs): (usize, &str)| {
            let edges = |sign| Difference {
                added: signs.matches(sign).map(|_| (String::new(), String::new())).collect(),
                ..Difference::default()
            };
            let identity = |_| Identity {
                id: at.to_string(),
                rule: "layering",
                from: String::new(),
                to: String::new(),
                members: Vec::new(),
            };
            let state = State {
                opened: signs.matches('v').map(identity).collect(),
                boundaries: edges('b'),
                modules: edges('m'),
                ..State::default()
            };
            let state = if signs == "?" { Err(Hole { reason: String::new() }) } else { Ok(state) };
            let moment = Moment::default();
            let commit = Commit {
                id: CommitId::new(&[at as u8; 20]),
                parents: Vec::new(),
                author: String::new(),
                email: String::new(),
                authored: moment,
                committed: moment,
                subject: String::new(),
            };
            Point { commit, before: at.checked_sub(1), state }
        };
        let points = commits.split_whitespace().enumerate().map(point).collect();
        assert_eq!(History { points, ..History::default() }.stills(most), expected);
    }

    #[test]
    fn a_film_shows_the_ends_and_every_change_between() {
        check(". m . v b .", 60, &[0, 1, 3, 4, 5]);
        check("? . m ?", 60, &[1, 2]);
        check("?", 60, &[]);
        check(".", 60, &[0]);
    }

    #[test]
    fn a_long_film_is_thinned_to_what_changed_most() {
        check(". m v mm b vv .", 5, &[0, 2, 4, 5, 6]);
        check(". m m m m .", 4, &[0, 3, 4, 5]);
        check(". v .", 0, &[0, 2]);
    }
}
