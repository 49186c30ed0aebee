pub mod tokens {
    pub fn count() -> u32 {
        7
    }
}

pub use tokens::count;
