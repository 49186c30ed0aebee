pub mod r#type;

pub mod r#match {
    pub fn r#fn() -> u32 {
        crate::r#type::r#struct::SIZE
    }
}

pub mod user {
    use crate::r#match as matching;
    use crate::r#type::r#struct::r#SIZE;

    pub fn sum() -> u32 {
        SIZE + matching::r#fn()
    }
}
