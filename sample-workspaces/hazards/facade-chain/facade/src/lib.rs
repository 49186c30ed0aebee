pub mod prelude {
    pub use crate::types::*;
}

mod types {
    pub use core_types::User as Account;
    pub use core_types::model;
}
