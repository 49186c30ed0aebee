pub const HAMMER: u8 = 4;
