pub fn read() -> u32 {
    nested_targets::engine::run()
}
