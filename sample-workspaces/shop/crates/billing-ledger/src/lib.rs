//! The books behind billing.  A crate of its own so that it compiles and is tested alone; for the rest of the shop it
//! is as internal as any private module of billing.

mod account;
mod ledger;
mod posting;

pub use account::Account;
pub use ledger::{Ledger, Unbalanced};
pub use posting::{Posting, Side};
