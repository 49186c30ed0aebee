pub const SIZE: u32 = 4;
