pub mod near {
    pub const DEPTH: u32 = 1;

    pub fn read() -> u32 {
        DEPTH
    }
}

pub mod far {
    pub const DEPTH: u32 = 2;
    pub const FLOOR: u32 = 9;

    pub fn read() -> u32 {
        DEPTH
    }
}

pub fn imported_in_a_block() -> u32 {
    let outside = near::read();
    let inside = {
        // Holds for the whole block, also before this line.
        use far::*;

        fn nested() -> u32 {
            // Items of a block see its imports.
            DEPTH + FLOOR
        }
        nested() + read()
    };
    outside + inside
}

pub fn shadowed_by_a_local() -> u32 {
    use near::DEPTH;

    fn read() -> u32 {
        3
    }
    let before = read();
    let read = |value: u32| value + DEPTH;
    before + read(1)
}

pub fn with_a_module() -> u32 {
    mod local {
        // `super` is the crate root: a module in a function does not belong to the function.
        use super::far;

        pub fn floor() -> u32 {
            far::FLOOR
        }
    }
    local::floor()
}

pub fn matched(value: u32) -> bool {
    use far::FLOOR;

    // `FLOOR` is the constant, `other` a new name.
    match value {
        FLOOR => true,
        other => other == 0,
    }
}
