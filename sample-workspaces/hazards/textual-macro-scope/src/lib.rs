pub mod first {
    pub const VALUE: u32 = 1;
}

pub mod second {
    pub const VALUE: u32 = 2;
}

macro_rules! value {
    () => {
        $crate::first::VALUE
    };
}

// Sees the definition above it, not the one below.
pub mod early;

macro_rules! value {
    () => {
        $crate::second::VALUE
    };
}

// The same words, another macro.
pub mod late;

#[macro_use]
mod tools {
    macro_rules! doubled {
        ($value:expr) => {
            2 * $value
        };
    }
}

pub mod after {
    pub fn doubled() -> u32 {
        doubled!(crate::late::read())
    }
}

pub mod by_path {
    macro_rules! tripled {
        ($value:expr) => {
            3 * $value
        };
    }
    pub(crate) use tripled;
}

pub mod through_path {
    pub fn tripled() -> u32 {
        crate::by_path::tripled!(crate::early::read())
    }
}
