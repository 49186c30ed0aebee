//! How often files change, and when they last did.
//!
//! In: the commits of a branch, the newest first, each with what it changed.  Out: [`Churn`], by today's path of a file.  A
//! file that was moved as it was keeps what it had before.  Not here: reading commits (`git`), and what a file belongs to.

use rustc_hash::FxHashMap;

use super::Moment;
use crate::source::{ContentId, Entry, join};

/// As far back as is looked, in days before the newest commit: what changed often long ago says little of today.
pub const CHURN_DAYS: u64 = 365;

const SECONDS_OF_DAY: u64 = 86_400;

/// The commits that changed each file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Churn {
    /// From the root of the repository to the workspace.
    folder: String,
    newest: Moment,
    /// When each commit came, the newest first.
    commits: Vec<Moment>,
    /// By path from the root of the repository: indices of commits, ascending.
    by_path: FxHashMap<String, Vec<u32>>,
    /// The paths of today, by the paths of earlier.
    today: FxHashMap<String, String>,
    /// Commits whose files are not known.
    missing: usize,
}

impl Churn {
    /// `newest` is the last commit of the branch; `folder` leads from the root of the repository to the workspace.
    pub fn new(folder: &str, newest: Moment) -> Self {
        Self { folder: folder.to_owned(), newest, ..Self::default() }
    }

    /// From when on commits count.
    pub fn since(&self) -> Moment {
        Moment(self.newest.0.saturating_sub(CHURN_DAYS * SECONDS_OF_DAY))
    }

    /// Takes what a commit changed: paths with what was there before and after.  The newest commit comes first.
    pub fn add<'a>(
        &mut self,
        at: Moment,
        changes: impl Iterator<Item = (&'a str, Option<&'a Entry>, Option<&'a Entry>)>,
    ) {
        let number = self.commits.len() as u32;
        self.commits.push(at);
        let mut gone: Vec<(ContentId, &str)> = Vec::new();
        let mut new: Vec<(ContentId, String)> = Vec::new();
        for (path, before, after) in changes {
            let now = self.today.get(path).map_or(path, String::as_str).to_owned();
            match (before, after) {
                (Some(Entry::File(content)), None) => gone.push((*content, path)),
                (None, Some(Entry::File(content))) => new.push((*content, now.clone())),
                _ => {}
            }
            let commits = self.by_path.entry(now).or_default();
            if commits.last() != Some(&number) {
                commits.push(number);
            }
        }
        // What went in one place and came in another was moved, if there is one reading of it.
        for (content, path) in &gone {
            let mut same = new.iter().filter(|(other, _)| other == content);
            if let (Some((_, now)), None) = (same.next(), same.next()) {
                self.today.insert((*path).to_owned(), now.clone());
            }
        }
    }

    /// Takes a commit of which nothing is known.
    pub fn add_missing(&mut self) {
        self.missing += 1;
    }

    /// The commits that changed a file, by its path from the workspace's folder: numbers for [`Self::days`], ascending.
    pub fn commits_of(&self, path: &str) -> &[u32] {
        let path = join(&self.folder, path);
        let today = self.today.get(&path).unwrap_or(&path);
        self.by_path.get(today).map_or(&[], Vec::as_slice)
    }

    /// How many days before the newest commit one came.
    pub fn days(&self, commit: u32) -> u64 {
        self.commits.get(commit as usize).map_or(0, |moment| self.days_before(*moment))
    }

    /// How many days back the commits go.
    pub fn days_known(&self) -> u64 {
        self.commits.last().map_or(0, |oldest| self.days_before(*oldest))
    }

    /// How many commits there are.
    pub fn len(&self) -> usize {
        self.commits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    /// Commits whose files are not in this clone.
    pub fn missing(&self) -> usize {
        self.missing
    }

    /// When the newest commit came.
    pub fn newest(&self) -> Moment {
        self.newest
    }

    fn days_before(&self, moment: Moment) -> u64 {
        self.newest.0.saturating_sub(moment.0) / SECONDS_OF_DAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(content: u8) -> Entry {
        Entry::File(ContentId([content; 32]))
    }

    fn day(day: u64) -> Moment {
        Moment(1_000_000_000 + day * SECONDS_OF_DAY)
    }

    /// Changes as `path before after`, a content being a number and `-` nothing.
    fn add(churn: &mut Churn, at: Moment, changes: &[&str]) {
        let parsed: Vec<(String, Option<Entry>, Option<Entry>)> = changes
            .iter()
            .map(|change| {
                let mut words = change.split(' ');
                let path = words.next().unwrap().to_owned();
                let mut entry = || words.next().unwrap().parse().ok().map(file);
                (path, entry(), entry())
            })
            .collect();
        churn.add(at, parsed.iter().map(|(path, before, after)| (path.as_str(), before.as_ref(), after.as_ref())));
    }

    #[test]
    fn commits_are_counted_by_file_and_dated_from_the_newest_one() {
        let mut churn = Churn::new("app", day(100));
        add(&mut churn, day(100), &["app/a.rs 1 2"]);
        add(&mut churn, day(90), &["app/a.rs 3 1", "app/b.rs - 4", "other/c.rs 5 6"]);
        assert_eq!((churn.commits_of("a.rs"), churn.commits_of("b.rs")), (&[0, 1][..], &[1][..]));
        assert_eq!(churn.commits_of("c.rs"), &[] as &[u32]);
        assert_eq!(churn.commits_of("../other/c.rs"), [1]);
        assert_eq!((churn.days(0), churn.days(1), churn.days_known()), (0, 10, 10));
    }

    #[test]
    fn a_file_that_was_moved_keeps_what_it_had() {
        let mut churn = Churn::new("", day(10));
        add(&mut churn, day(10), &["new.rs 1 2"]);
        add(&mut churn, day(9), &["new.rs - 1", "old.rs 1 -"]);
        add(&mut churn, day(8), &["old.rs 7 1"]);
        assert_eq!(churn.commits_of("new.rs"), [0, 1, 2]);
        // A commit of then knows it by its name of then.
        assert_eq!(churn.commits_of("old.rs"), [0, 1, 2]);
    }

    #[test]
    fn of_two_copies_nobody_knows_which_was_moved() {
        let mut churn = Churn::new("", day(10));
        add(&mut churn, day(9), &["one.rs - 1", "two.rs - 1", "old.rs 1 -"]);
        add(&mut churn, day(8), &["old.rs 7 1"]);
        assert_eq!((churn.commits_of("one.rs"), churn.commits_of("old.rs")), (&[0][..], &[0, 1][..]));
    }

    #[test]
    fn only_a_year_is_looked_at() {
        let churn = Churn::new("", day(1000));
        assert_eq!(churn.since(), day(1000 - CHURN_DAYS));
    }
}
