pub const PLAIN_ODD: u8 = 3;
