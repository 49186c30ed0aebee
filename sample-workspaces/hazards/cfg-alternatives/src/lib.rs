#[cfg(unix)]
#[path = "unix.rs"]
pub mod platform;
#[cfg(not(unix))]
#[path = "other.rs"]
pub mod platform;

#[cfg_attr(feature = "slow", path = "sort_slow.rs")]
pub mod sort;

#[cfg(feature = "fast")]
pub mod fast {
    pub fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
        numbers.sort_unstable();
        numbers
    }
}

// Never compiled: its file does not exist, and that is no error.
#[cfg(any())]
pub mod never;

cfg_select! {
    target_pointer_width = "64" => {
        pub mod wide {
            pub const BITS: u32 = 64;
        }
        pub use wide as width;
    }
    _ => {
        pub mod narrow {
            pub const BITS: u32 = 32;
        }
        pub use narrow as width;
    }
}

pub mod shared {
    pub const HOME: &str = "home";
}

pub mod user {
    use crate::platform::separator;

    pub fn join(numbers: Vec<u32>) -> String {
        let sorted = crate::sort::sorted(numbers);
        let words: Vec<String> = sorted.iter().map(u32::to_string).collect();
        format!("{}{}", words.join(separator()), crate::width::BITS)
    }

    #[cfg(windows)]
    pub fn registry() -> u32 {
        crate::platform::registry::KEY
    }
}
