pub const UNIT: &str = "ft";

#[path = "shared.rs"]
pub mod length;
