pub mod used;

pub mod user {
    pub fn read() -> u32 {
        crate::used::VALUE
    }
}
