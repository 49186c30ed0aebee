pub const UNIT: &str = "m";

#[path = "../shared.rs"]
pub mod length;
