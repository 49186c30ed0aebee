#[path = "beside_file.rs"]
pub mod beside;

pub mod inline {
    #[path = "odd_file.rs"]
    pub mod odd;
}

#[path = "toolbox"]
pub mod tools {
    pub mod hammer;
}
