//! How a message leaves the house.

use contracts::ids::CustomerId;
use std::sync::Mutex;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    Customer(CustomerId),
    Staff,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub to: Recipient,
    pub text: String,
}

pub trait Channel: Send + Sync {
    fn send(&self, message: Message);
}

/// Keeps what was sent: for tests and for looking at it.
#[derive(Default)]
pub struct MemoryChannel {
    sent: Mutex<Vec<Message>>,
}

impl MemoryChannel {
    /// Everything sent so far, the oldest first.
    pub fn sent(&self) -> Vec<Message> {
        self.sent.lock().expect("no code that panics runs under this lock").clone()
    }
}

impl Channel for MemoryChannel {
    fn send(&self, message: Message) {
        self.sent.lock().expect("no code that panics runs under this lock").push(message);
    }
}
