//! Where a person has been: for undo and redo of what the map shows, and for back and forward through selections.
//!
//! In: values as they were before each change.  Out: the value before or after.  Not here: what the values mean.

/// No more steps than these are kept.
const MOST: usize = 100;

/// A line of values with a present that its owner holds.
#[derive(Clone, Debug)]
pub(crate) struct History<T> {
    before: Vec<T>,
    after: Vec<T>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { before: Vec::new(), after: Vec::new() }
    }
}

impl<T: PartialEq> History<T> {
    /// Remembers the present, before it changes; what was taken back is forgotten.
    pub(crate) fn record(&mut self, present: T) {
        self.after.clear();
        if self.before.last() != Some(&present) {
            self.before.push(present);
        }
        if self.before.len() > MOST {
            self.before.remove(0);
        }
    }

    pub(crate) fn back(&mut self, present: T) -> Option<T> {
        let earlier = self.before.pop()?;
        self.after.push(present);
        Some(earlier)
    }

    pub(crate) fn forward(&mut self, present: T) -> Option<T> {
        let later = self.after.pop()?;
        self.before.push(present);
        Some(later)
    }

    pub(crate) fn can_go_back(&self) -> bool {
        !self.before.is_empty()
    }

    pub(crate) fn can_go_forward(&self) -> bool {
        !self.after.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_and_forward_return_to_the_same_present() {
        let mut history = History::default();
        history.record(1);
        history.record(2);
        assert_eq!(history.back(3), Some(2));
        assert_eq!(history.back(2), Some(1));
        assert_eq!(history.back(1), None);
        assert_eq!(history.forward(1), Some(2));
        assert_eq!(history.forward(2), Some(3));
        assert!(!history.can_go_forward());
    }

    #[test]
    fn a_new_step_forgets_what_was_taken_back() {
        let mut history = History::default();
        history.record(1);
        history.back(2);
        history.record(1);
        assert!(!history.can_go_forward());
    }

    #[test]
    fn only_the_latest_steps_are_kept() {
        let mut history = History::default();
        (0..500).for_each(|step| history.record(step));
        let mut present = 500;
        let mut steps = 0;
        while let Some(earlier) = history.back(present) {
            present = earlier;
            steps += 1;
        }
        assert_eq!((steps, present), (MOST, 400));
    }
}
