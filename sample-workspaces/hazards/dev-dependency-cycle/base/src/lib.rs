pub mod shape {
    pub struct Square(pub u32);
}

pub mod area {
    use crate::shape::Square;

    pub fn of(square: &Square) -> u32 {
        square.0 * square.0
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_square_of_three_has_nine() {
        // Not `crate::shape::Square`: the helper was built against the library, this is its unit-test build.
        assert_eq!(checks::area::measured(), 9);
        assert_eq!(crate::area::of(&crate::shape::Square(3)), 9);
    }
}
