pub mod hidden {
    pub fn depth() -> u32 {
        3
    }
}

pub use hidden::depth;
