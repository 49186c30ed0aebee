pub mod left {
    pub use super::right::*;

    pub struct Left;
}

pub mod right {
    pub use super::left::*;

    pub struct Right;
}

pub mod explicit {
    // A name that is declared beats the same name out of a glob.
    pub use super::left::*;

    pub struct Right(pub u8);
}

pub mod user {
    use super::explicit;
    use super::left::Right;
    use super::right::Left;

    pub fn all() -> (Left, Right, explicit::Right, explicit::Left) {
        (Left, Right, explicit::Right(1), explicit::Left)
    }
}
