pub mod r#struct;
