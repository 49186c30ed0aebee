//! The way back to the window from any thread.
//!
//! In: messages.  Out: the same, with a frame that takes them.

use crossbeam_channel::Sender;

use super::mail::Message;

/// Of threads that analyse: deeply nested code is read by recursion.
pub(super) const STACK_BYTES: usize = 64 << 20;

/// Sends messages to the window and wakes it.
#[derive(Clone)]
pub(crate) struct Outbox {
    sender: Sender<Message>,
    ctx: egui::Context,
}

impl Outbox {
    pub(super) fn new(sender: Sender<Message>, ctx: egui::Context) -> Self {
        Self { sender, ctx }
    }

    /// The inside of the window, in points.
    pub(super) fn window(&self) -> egui::Rect {
        self.ctx.content_rect()
    }

    pub(crate) fn send(&self, message: Message) {
        // A closed window no longer wants to know.
        if self.sender.send(message).is_ok() {
            self.ctx.request_repaint();
        }
    }
}
