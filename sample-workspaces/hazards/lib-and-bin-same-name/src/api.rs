use crate::store::Store;

pub fn count(store: &Store) -> usize {
    store.names.len()
}
