pub mod user {
    pub fn read() -> u32 {
        beside::stone::WEIGHT
    }
}
