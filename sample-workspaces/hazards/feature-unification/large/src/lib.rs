pub mod race {
    pub fn quickly() -> u32 {
        engine::turbo::boost()
    }
}
