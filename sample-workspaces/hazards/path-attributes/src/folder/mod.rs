pub mod inline {
    #[path = "odd_file.rs"]
    pub mod odd;
}
