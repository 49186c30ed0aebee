pub mod source {
    pub const VALUE: u32 = 1;
}

pub mod user {
    pub fn read() -> u32 {
        crate::source::VALUE
    }
}
