pub mod drive {
    pub fn slowly() -> u32 {
        engine::gear::FIRST
    }

    #[cfg(windows)]
    pub fn quickly() -> u32 {
        large::race::quickly()
    }
}
