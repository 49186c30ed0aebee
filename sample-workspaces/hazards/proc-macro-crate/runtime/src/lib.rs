pub mod describe {
    pub trait Describe {
        fn describe(&self) -> String;
    }
}

pub use derive::{Describe, traced};
