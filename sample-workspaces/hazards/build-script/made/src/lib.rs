pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/constants.rs"));
}

#[cfg(has_answer)]
pub mod known {
    pub fn read() -> u32 {
        crate::generated::ANSWER
    }
}
