macro_rules! items {
    ($($item:item)*) => { $($item)* };
}

macro_rules! table {
    ($name:ident, $entry:ident) => {
        pub mod $name {
            pub struct $entry(pub $crate::plain::Unit);
        }
    };
}

items! {
    // The file belongs to the tree although no `mod` outside a macro names it.
    pub mod runtime;

    pub use runtime::start;
}

table!(orders, Order);

pub mod plain {
    pub struct Unit;

    #[macro_export]
    macro_rules! unit {
        () => {
            $crate::plain::Unit
        };
    }
}

pub mod user {
    pub fn all() -> (crate::orders::Order, u32) {
        (crate::orders::Order(crate::unit!()), crate::start())
    }

    pub fn compared() -> bool {
        matches!(crate::runtime::limits::MOST, 1..=9)
    }
}
