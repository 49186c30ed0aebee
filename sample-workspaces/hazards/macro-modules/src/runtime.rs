pub mod limits {
    pub const MOST: u32 = 7;
}

pub fn start() -> u32 {
    assert_eq!(limits::MOST, 7);
    limits::MOST
}
