pub mod gear {
    pub const FIRST: u32 = 1;
}

#[cfg(feature = "turbo")]
pub mod turbo {
    pub fn boost() -> u32 {
        crate::gear::FIRST * 3
    }
}
