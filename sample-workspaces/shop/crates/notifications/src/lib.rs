//! Tells customers and staff what happened.  Listens to everybody, is called by nobody but the program that starts it.

mod channel;
mod subscriptions;
mod templates;

pub use channel::{Channel, MemoryChannel, Message, Recipient};
pub use subscriptions::notify_over;
