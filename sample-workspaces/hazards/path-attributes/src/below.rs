pub const BELOW: u8 = 2;
