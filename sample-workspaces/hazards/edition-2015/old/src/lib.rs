// In this edition `use` paths and paths with a leading `::` start at the crate root, and crates are named there.
extern crate new;

pub mod shapes {
    pub struct Circle(pub u32);

    pub mod round {
        // Not relative: `shapes` is looked up at the crate root.
        use shapes::Circle;

        pub fn radius(circle: &Circle) -> u32 {
            circle.0 + ::units::STEP
        }
    }
}

pub mod units {
    pub const STEP: u32 = 1;
}

pub mod user {
    use new::fresh::async_name;
    use shapes::round::radius;
    use shapes::Circle;

    // `async` and `dyn` are plain names here.
    pub fn async(circle: Circle) -> u32 {
        let dyn = radius(&circle);
        dyn + async_name() + ::new::fresh::async_name()
    }
}
