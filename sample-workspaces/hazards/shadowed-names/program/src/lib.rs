// A module with the name of a dependency: here it is meant, elsewhere the dependency.
pub mod parser {
    pub mod own {
        pub fn count() -> u32 {
            ::parser::count()
        }
    }
}

pub mod elsewhere {
    // No module of this name is in scope here, so this is the dependency.
    use parser::count;

    pub fn read() -> u32 {
        count()
    }
}

pub fn here() -> u32 {
    parser::own::count()
}

pub mod namespaces {
    pub mod shape {
        pub const SIDES: u32 = 4;
    }

    pub fn shape() -> u32 {
        shape::SIDES
    }

    pub mod u32 {
        pub const MAX: u8 = 9;
    }

    // The one word is the builtin type, the path the module.
    pub fn limit() -> (u32, u8) {
        (1, u32::MAX)
    }
}

pub mod user {
    // A module and a function under one name: one import, two definitions.
    use crate::namespaces::shape;

    pub struct Option(pub u32);

    pub fn read() -> Option {
        // The own type, not the prelude's; `Some` is still the prelude's.
        Option(Some(shape() + shape::SIDES).unwrap_or(0))
    }
}
