pub const LEAF: u8 = 6;
