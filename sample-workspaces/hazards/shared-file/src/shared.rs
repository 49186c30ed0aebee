use super::UNIT;

pub fn show(value: u32) -> String {
    format!("{value} {UNIT}")
}
