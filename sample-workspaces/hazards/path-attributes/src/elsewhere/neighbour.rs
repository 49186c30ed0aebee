pub const NEIGHBOUR: u8 = 7;
