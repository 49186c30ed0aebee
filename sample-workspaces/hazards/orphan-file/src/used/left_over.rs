pub fn read() -> u32 {
    super::VALUE
}
