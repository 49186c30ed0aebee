//! What is done.

#[derive(Debug)]
pub(crate) struct Archive<T>(Vec<T>);

impl<T> Default for Archive<T> {
    fn default() -> Self {
        Archive(Vec::new())
    }
}

impl<T: Clone> Archive<T> {
    pub(crate) fn add(&mut self, closed: Vec<T>) {
        self.0.extend(closed);
    }

    pub(crate) fn last(&self) -> Option<T> {
        self.0.last().cloned()
    }
}
