pub mod text {
    pub fn constant(name: &str, value: u32) -> String {
        format!("pub const {name}: u32 = {value};\n")
    }
}
