pub mod fresh {
    pub fn async_name() -> u32 {
        2
    }
}
