pub fn expected() -> u32 {
    nested_targets::parts::COUNT
}
