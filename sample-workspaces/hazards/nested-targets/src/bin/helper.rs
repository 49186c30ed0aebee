// A module of `single`, and a binary of its own, since it lies in `src/bin`.
#[allow(dead_code, reason = "used where this file is a module")]
pub fn read() -> u32 {
    nested_targets::parts::COUNT
}

#[allow(dead_code, reason = "used where this file is a binary")]
fn main() {
    println!("{}", read());
}
