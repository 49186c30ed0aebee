//! How a message leaves the house.

use crate::templates;
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

impl Message {
    /// The message as it is sent, with the line that every message ends with.
    pub fn signed(&self) -> String {
        format!("{}\n{}", self.text, templates::signature(self.to))
    }
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
