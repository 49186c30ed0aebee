//! What is sent and by whom.

mod carrier;
mod delivery;
mod parcel;

pub use carrier::Carrier;
pub use delivery::{Delivery, Shipment};
