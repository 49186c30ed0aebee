pub mod model {
    pub mod user {
        pub struct User {
            pub name: String,
        }

        impl User {
            pub fn named(name: &str) -> User {
                User { name: name.to_owned() }
            }
        }
    }

    pub use self::user::User;
}

pub use model::User;
