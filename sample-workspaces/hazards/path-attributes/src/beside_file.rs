pub mod below;

pub const BESIDE: u8 = 1;
