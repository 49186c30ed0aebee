pub mod stone {
    pub const WEIGHT: u32 = 5;
}
