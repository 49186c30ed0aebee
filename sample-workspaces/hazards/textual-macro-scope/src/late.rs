pub fn read() -> u32 {
    value!()
}
