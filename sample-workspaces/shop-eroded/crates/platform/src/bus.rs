//! An event bus inside the process.  Delivery is synchronous, in the order of subscription, one event after the other:
//! what a handler publishes waits until everybody has heard the event before it.

use std::any::{Any, TypeId};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

type Handler = Arc<dyn Fn(&dyn Any) + Send + Sync>;

/// Knows who listens to which type, and nothing about the types.
#[derive(Default)]
pub struct Bus {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    handlers: HashMap<TypeId, Vec<Handler>>,
    waiting: VecDeque<Box<dyn Any + Send>>,
    is_delivering: bool,
}

impl Bus {
    /// Calls `handler` for every later event of type `E`.
    pub fn subscribe<E: Any>(&self, handler: impl Fn(&E) + Send + Sync + 'static) {
        let erased: Handler = Arc::new(move |event| {
            if let Some(event) = event.downcast_ref::<E>() {
                handler(event);
            }
        });
        self.state().handlers.entry(TypeId::of::<E>()).or_default().push(erased);
    }

    /// Hands `event` to everybody who asked for its type, and after it whatever that made others publish.
    pub fn publish<E: Any + Send>(&self, event: E) {
        {
            let mut state = self.state();
            state.waiting.push_back(Box::new(event));
            if state.is_delivering {
                return;
            }
            state.is_delivering = true;
        }
        while let Some((event, listeners)) = self.next() {
            for listener in listeners {
                listener(&*event);
            }
        }
    }

    /// The oldest event that waits, and who wants it.  The lock is free again while they hear it.
    fn next(&self) -> Option<(Box<dyn Any + Send>, Vec<Handler>)> {
        let mut state = self.state();
        let Some(event) = state.waiting.pop_front() else {
            state.is_delivering = false;
            return None;
        };
        let listeners = state.handlers.get(&(*event).type_id()).cloned().unwrap_or_default();
        Some((event, listeners))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no handler runs under this lock, so none can poison it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Ping(u32);
    struct Pong(u32);

    #[test]
    fn an_event_reaches_only_those_who_asked_for_its_type() {
        let bus = Bus::default();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        bus.subscribe(move |ping: &Ping| ears.lock().unwrap().push(ping.0));
        bus.publish(Ping(1));
        bus.publish(Pong(2));
        bus.publish(Ping(3));
        assert_eq!(*heard.lock().unwrap(), [1, 3]);
    }

    #[test]
    fn an_event_published_by_a_handler_waits_its_turn() {
        let bus = Arc::new(Bus::default());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let echo = bus.clone();
        bus.subscribe(move |ping: &Ping| echo.publish(Pong(ping.0 + 1)));
        let ears = heard.clone();
        bus.subscribe(move |ping: &Ping| ears.lock().unwrap().push(ping.0));
        let ears = heard.clone();
        bus.subscribe(move |pong: &Pong| ears.lock().unwrap().push(pong.0));
        bus.publish(Ping(41));
        assert_eq!(*heard.lock().unwrap(), [41, 42]);
    }
}
