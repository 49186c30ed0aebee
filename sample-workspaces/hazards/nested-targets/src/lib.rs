pub mod engine {
    pub fn run() -> u32 {
        crate::parts::COUNT
    }
}

pub mod parts {
    pub const COUNT: u32 = 4;
}
