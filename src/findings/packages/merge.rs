//! Packages that are one in two: they change together, and one of them is there for the other alone.
//!
//! In: packages and a history.  Out: pairs.  Confidence is that of association rules (Agrawal, Imielinski, Swami 1993), of
//! the commits of the one that is used.  Not here: what else changes together (`riprap history --behaviour`).

use super::{FEWEST_EDITS, Packages};
use crate::findings::{Finding, Kind};
use crate::workspace::PackageId;

/// Of the commits that change the one, this share changes the other, too.
const PERCENT_TOGETHER: usize = 75;

pub(super) fn findings(packages: &Packages<'_>) -> Vec<Finding> {
    let Some(edits) = packages.history() else { return Vec::new() };
    let only_user = |of: &PackageId| {
        let users = packages.dependents.get(of)?;
        let user = users.first().filter(|_| users.len() == 1)?;
        Some((*of, *user))
    };
    let pairs = packages.nodes.keys().filter_map(only_user);
    let finding = |(used, user): (PackageId, PackageId)| {
        let of = packages.edits(used);
        let both =
            packages.commits.iter().filter(|commit| commit.contains_key(&used) && commit.contains_key(&user)).count();
        if of < FEWEST_EDITS || both * 100 < of * PERCENT_TOGETHER {
            return None;
        }
        let (used_name, user_name) = (packages.name(used), packages.name(user));
        Some(Finding {
            kind: Kind::Merge,
            title: format!(
                "packages `{used_name}` and `{user_name}` change together, and only `{user_name}` uses `{used_name}`"
            ),
            gain: both as u64,
            buys: format!("one manifest and one API less to keep, in {both} commits since {}", edits.since),
            details: vec![format!("{both} of the {of} commits that changed `{used_name}` changed `{user_name}`, too")],
            advice: format!(
                "make `{used_name}` a module of `{user_name}`, unless it is a package to be built or published by itself"
            ),
            place: Some(packages.place(used)),
            about: [used, user].iter().filter_map(|id| packages.nodes.get(id)).copied().collect(),
        })
    };
    pairs.filter_map(finding).collect()
}
