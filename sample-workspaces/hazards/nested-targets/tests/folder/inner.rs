pub fn run() -> u32 {
    nested_targets::engine::run()
}
