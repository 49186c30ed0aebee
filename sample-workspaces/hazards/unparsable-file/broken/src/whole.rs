pub fn read() -> u32 {
    sound::user::read()
}
