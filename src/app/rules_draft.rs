//! The draft of riprap.toml: what is in the editor, until it is saved or dropped.
//!
//! In: what is typed or chosen, what is on disk, outcomes.  Out: what to judge, and what to write.  A draft outlives every
//! change on disk, and is never written over what somebody else wrote.  Not here: judging (`worker`), writing (`editing`),
//! the editor (`views::rules`).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::generation::Generation;
use super::outcome::Outcome;
use crate::edit::{self, Change, Refusal};
use crate::source::Span;
use crate::verdict::Style;

/// While somebody types no faster than this, each letter is judged; in seconds.
const PAUSE_SECS: f64 = 0.25;

#[derive(Clone, Debug, Default)]
pub(crate) struct RulesDraft {
    /// What is in the editor; `None` where there is no riprap.toml, and none was begun.
    pub(crate) text: Option<String>,
    /// What it starts from: the file as it was; `None` where there was none.
    pub(crate) base: Option<String>,
    /// What the file says by now, where that is something else than the base.
    pub(crate) on_disk: Option<Option<String>>,
    /// Of the text, or of an earlier one while that is judged.
    pub(crate) outcome: Option<Arc<Outcome>>,
    /// Why there is no outcome, or no change.
    pub(crate) told: Option<String>,
    /// A place that the editor shall show, as bytes of the text.
    pub(crate) shown: Option<Span>,
    judging: Option<Judging>,
    /// Somebody waits for a text where there is none.
    proposing: Option<Generation>,
    /// When the text changed, in egui's seconds; `None` once it is being judged.
    changed_at: Option<f64>,
}

/// A text that is being judged.
#[derive(Clone, Debug)]
struct Judging {
    generation: Generation,
    cancel: Arc<AtomicBool>,
}

impl RulesDraft {
    pub(crate) fn new(on_disk: Option<&str>) -> Self {
        let text = on_disk.map(str::to_owned);
        Self { base: text.clone(), text, changed_at: Some(0.0), ..Self::default() }
    }

    /// Whether something would be lost without it.
    pub(crate) fn is_changed(&self) -> bool {
        self.text != self.base
    }

    /// Whether the outcome is not yet that of the text.
    pub(crate) fn is_pending(&self) -> bool {
        self.text.is_some() && (self.changed_at.is_some() || self.judging.is_some())
    }

    pub(crate) fn set(&mut self, text: String, now: f64) {
        self.told = None;
        if self.text.as_ref() != Some(&text) {
            self.text = Some(text);
            self.judge_again(now);
        }
    }

    /// Takes a text whose outcome is known.
    pub(crate) fn take(&mut self, text: String, outcome: Arc<Outcome>, now: f64) {
        self.set(text, now);
        self.changed_at = None;
        self.outcome = Some(outcome);
    }

    pub(crate) fn change(&mut self, change: &Change, now: f64) {
        match edit::apply(self.text.as_deref(), change) {
            Ok(text) => self.set(text, now),
            Err(Refusal::NoDifference) => self.told = None,
            Err(refusal) => self.told = Some(refusal.to_string()),
        }
    }

    /// Where there is no riprap.toml.
    pub(crate) fn begin(&mut self, now: f64) {
        self.set(edit::fresh(Style::default()), now);
    }

    /// A text is on its way.
    pub(crate) fn propose(&mut self, generation: Generation) {
        self.proposing = Some(generation);
    }

    pub(crate) fn is_proposing(&self) -> bool {
        self.proposing.is_some()
    }

    /// Takes a text, unless one was begun meanwhile.
    pub(crate) fn proposed(&mut self, generation: Generation, text: Result<String, String>) {
        if self.proposing.take_if(|asked| *asked == generation).is_none() || self.text.is_some() {
            return;
        }
        match text {
            Ok(text) => self.set(text, 0.0),
            Err(why) => self.told = Some(why),
        }
    }

    /// Back to what it started from.
    pub(crate) fn revert(&mut self, now: f64) {
        self.told = None;
        self.text.clone_from(&self.base);
        self.judge_again(now);
    }

    /// Takes what the file says now; a draft stays.
    pub(crate) fn follow(&mut self, file: Option<&str>) {
        let file = file.map(str::to_owned);
        if !self.is_changed() {
            self.text.clone_from(&file);
        }
        if self.text == file || self.base == file {
            self.base = file;
            self.on_disk = None;
        } else {
            self.on_disk = Some(file);
        }
        // The code may be another one, too.
        self.judge_again(0.0);
    }

    /// Drops the draft for what the file says.
    pub(crate) fn take_theirs(&mut self, now: f64) {
        if let Some(theirs) = self.on_disk.take() {
            self.base = theirs;
            self.revert(now);
        }
    }

    /// Goes on with the draft: saving it replaces what the file says.
    pub(crate) fn keep_mine(&mut self) {
        if let Some(theirs) = self.on_disk.take() {
            self.base = theirs;
        }
    }

    /// `line`: from one; one that the text has no more is its end.
    pub(crate) fn show_line(&mut self, line: u32) {
        let Some(text) = &self.text else { return };
        let mut lines = text.split_inclusive('\n');
        let start: usize = lines.by_ref().take(line.saturating_sub(1) as usize).map(str::len).sum();
        let length = lines.next().map_or(0, |line| line.trim_end().len());
        self.shown = Some(Span::new(start as u32, (start + length) as u32));
    }

    /// What is to be judged now; `None` while somebody types, and where all is judged.
    pub(crate) fn due(&mut self, now: f64, generation: Generation) -> Option<(String, Arc<AtomicBool>)> {
        let text = self.text.clone()?;
        self.changed_at.filter(|at| now - at >= PAUSE_SECS)?;
        self.changed_at = None;
        let cancel = Arc::new(AtomicBool::new(false));
        self.judging = Some(Judging { generation, cancel: Arc::clone(&cancel) });
        Some((text, cancel))
    }

    /// How long until something is due, in seconds.
    pub(crate) fn pause(&self, now: f64) -> Option<f64> {
        self.text.as_ref()?;
        self.changed_at.map(|at| (at + PAUSE_SECS - now).max(0.0))
    }

    /// Takes an outcome, unless the text changed since it was asked for.
    pub(crate) fn judged(&mut self, generation: Generation, outcome: Result<Arc<Outcome>, String>) {
        if self.judging.as_ref().is_none_or(|judging| judging.generation != generation) {
            return;
        }
        self.judging = None;
        match outcome {
            Ok(outcome) => self.outcome = Some(outcome),
            Err(message) => self.told = Some(message),
        }
    }

    fn judge_again(&mut self, now: f64) {
        if let Some(judging) = self.judging.take() {
            judging.cancel.store(true, Ordering::Relaxed);
        }
        if self.text.is_none() {
            self.outcome = None;
        }
        self.changed_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(base: Option<&str>, text: &str) -> RulesDraft {
        let mut draft = RulesDraft::new(base);
        draft.set(text.to_owned(), 1.0);
        draft
    }

    #[test]
    fn a_text_is_judged_once_nobody_types() {
        let mut draft = typed(Some("a"), "b");
        assert!(draft.is_changed() && draft.is_pending());
        assert!(draft.due(1.1, 1).is_none());
        assert_eq!(draft.pause(1.1).map(|secs| (secs * 100.0).round()), Some(15.0));
        let (text, cancel) = draft.due(1.3, 2).unwrap();
        assert_eq!(text, "b");
        assert!(draft.due(9.0, 3).is_none() && draft.is_pending());
        draft.set("c".to_owned(), 2.0);
        assert!(cancel.load(Ordering::Relaxed), "what is typed over needs no judgement");
        draft.judged(2, Err("too late".to_owned()));
        assert_eq!(draft.told, None);
        assert!(draft.due(3.0, 4).is_some());
        draft.judged(4, Err("it failed".to_owned()));
        assert_eq!((draft.told.as_deref(), draft.is_pending()), (Some("it failed"), false));
    }

    #[test]
    fn an_unchanged_draft_follows_the_file_and_a_changed_one_stays() {
        let mut draft = RulesDraft::new(Some("a"));
        draft.follow(Some("b"));
        assert_eq!((draft.text.as_deref(), draft.is_changed()), (Some("b"), false));
        draft.follow(None);
        assert_eq!((&draft.text, draft.is_changed()), (&None, false));

        let mut draft = typed(Some("a"), "mine");
        draft.follow(Some("a"));
        assert_eq!((draft.text.as_deref(), &draft.on_disk), (Some("mine"), &None));
        draft.follow(Some("theirs"));
        assert_eq!(draft.text.as_deref(), Some("mine"));
        assert_eq!((draft.base.as_deref(), &draft.on_disk), (Some("a"), &Some(Some("theirs".to_owned()))));
        // It is what is saved in the end.
        draft.follow(Some("mine"));
        assert_eq!((draft.is_changed(), &draft.on_disk), (false, &None));
    }

    #[test]
    fn the_choice_between_two_versions_is_made_by_a_person() {
        let conflict = || {
            let mut draft = typed(Some("a"), "mine");
            draft.follow(Some("theirs"));
            draft
        };
        let mut draft = conflict();
        draft.take_theirs(2.0);
        assert_eq!((draft.text.as_deref(), draft.is_changed()), (Some("theirs"), false));
        let mut draft = conflict();
        draft.keep_mine();
        assert_eq!((draft.text.as_deref(), draft.base.as_deref()), (Some("mine"), Some("theirs")));
        draft.revert(2.0);
        assert_eq!(draft.text.as_deref(), Some("theirs"));
    }

    #[test]
    fn a_line_is_shown_without_its_end() {
        let mut draft = RulesDraft::new(Some("é\r\nsecond\r\nlast"));
        let mut shown = |line| {
            draft.show_line(line);
            draft.shown.map(|span| (span.start, span.end))
        };
        assert_eq!(
            [shown(1), shown(2), shown(3), shown(9)],
            [Some((0, 2)), Some((4, 10)), Some((12, 16)), Some((16, 16))]
        );
    }

    #[test]
    fn a_level_is_set_in_the_text_and_a_refusal_is_told() {
        let set = |rule: &str| Change::SetLevel { rule: rule.to_owned(), level: Some(crate::verdict::Level::Off) };
        let mut draft = RulesDraft::new(None);
        draft.begin(1.0);
        draft.change(&set("module-cycle"), 2.0);
        assert!(draft.text.as_ref().unwrap().ends_with("\n[rules]\nmodule-cycle = \"off\"\n"));
        draft.set("[rules".to_owned(), 3.0);
        draft.change(&set("module-cycle"), 4.0);
        assert!(draft.told.as_ref().unwrap().contains("not valid TOML"));
        assert_eq!(draft.text.as_deref(), Some("[rules"));
    }
}
