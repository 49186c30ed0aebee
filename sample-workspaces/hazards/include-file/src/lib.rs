pub mod tables {
    include!("generated/codes.rs");

    pub const LICENCE: &str = include_str!("../data/licence.txt");
}

pub mod user {
    use crate::tables::{LICENCE, code_of, names};

    pub fn known(name: &str) -> bool {
        code_of(name).is_some() && names::ALL.contains(&name) && !LICENCE.is_empty()
    }
}

pub mod limits {
    pub const MOST: usize = 2;
}
