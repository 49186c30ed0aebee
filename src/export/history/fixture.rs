//! A short history for tests.

use std::collections::BTreeMap;

use crate::history::{Commit, CommitId, Difference, Edge, History, Hole, Identity, Moment, Point, State};
use crate::metrics::{METRICS, Ratio};

fn commit(number: u8, subject: &str) -> Commit {
    let parents = number.checked_sub(1).map(|parent| CommitId::new(&[parent; 20])).into_iter().collect();
    let day = Moment(1_704_067_200 + u64::from(number) * 86_400);
    Commit {
        id: CommitId::new(&[number; 20]),
        parents,
        author: "Ada \"the first\" L., Esq.".to_owned(),
        email: "ada@example.org".to_owned(),
        authored: day,
        committed: day,
        subject: subject.to_owned(),
    }
}

fn identity(id: u8, from: &str, to: &str) -> Identity {
    let id = format!("{id:016x}");
    Identity { id, rule: "internal-access", from: from.to_owned(), to: to.to_owned(), members: Vec::new() }
}

fn edge(from: &str, to: &str) -> Edge {
    (from.to_owned(), to.to_owned())
}

/// Four commits: two violations come, one of them is renamed and one goes; the third cannot be analysed.
pub(in crate::export) fn history() -> History {
    let (a, b, renamed) =
        (identity(1, "web", "orders::A"), identity(2, "web", "orders::B"), identity(3, "web::cart", "orders::B"));
    let ring = Identity {
        id: "00000000000000ff".to_owned(),
        rule: "module-cycle",
        from: "web".to_owned(),
        to: String::new(),
        members: vec!["web::a".to_owned(), "web::b".to_owned()],
    };
    let measures = |modules: u64| vec![METRICS[1].count(modules)];
    let states = [
        Ok(State {
            failing: vec![a.id.clone()],
            opened: vec![a],
            violations: vec![("internal-access", 1)],
            denied: 1,
            modules: Difference { added: vec![edge("web", "orders")], count: 1, ..Difference::default() },
            boundaries: Difference { added: vec![edge("web", "orders")], count: 1, ..Difference::default() },
            measures: measures(3),
            assigned: Ratio::of(2, 3),
            ..State::default()
        }),
        Ok(State {
            failing: vec![b.id.clone()],
            opened: vec![b.clone(), ring],
            violations: vec![("internal-access", 2), ("module-cycle", 1)],
            denied: 2,
            modules: Difference { count: 1, ..Difference::default() },
            boundaries: Difference { count: 1, ..Difference::default() },
            measures: measures(4),
            assigned: Ratio::of(1, 1),
            notes: BTreeMap::from([("orphan-file", 2)]),
            ..State::default()
        }),
        Err(Hole { reason: "commit 0202020202 has no Cargo.toml".to_owned() }),
        Ok(State {
            closed: vec!["00000000000000ff".to_owned()],
            renamed: vec![(b.id, renamed)],
            violations: vec![("internal-access", 2)],
            denied: 2,
            modules: Difference { removed: vec![edge("web", "orders")], ..Difference::default() },
            measures: measures(4),
            assigned: Ratio::of(1, 1),
            ..State::default()
        }),
    ];
    let subjects = ["Begin", "Add a cart, \"quickly\"", "Break the manifest", "Move the cart"];
    let points = states.into_iter().zip(subjects).enumerate().map(|(at, (state, subject))| Point {
        commit: commit(at as u8, subject),
        before: at.checked_sub(1),
        state,
    });
    History { workspace: "shop".to_owned(), points: points.collect(), is_whole: true, ..History::default() }
}
