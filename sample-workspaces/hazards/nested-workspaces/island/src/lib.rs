pub mod alone {}
