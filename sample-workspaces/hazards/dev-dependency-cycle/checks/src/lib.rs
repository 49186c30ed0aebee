pub mod area {
    use base::area;
    use base::shape::Square;

    pub fn measured() -> u32 {
        area::of(&Square(3))
    }
}
