// No `mod` names this file: it is compiled by nobody, and what it says is no edge.
pub fn read() -> u32 {
    crate::used::VALUE
}
