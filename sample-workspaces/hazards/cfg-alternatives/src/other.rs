pub mod registry {
    pub const KEY: u32 = 1;
}

pub fn separator() -> &'static str {
    "\\"
}
