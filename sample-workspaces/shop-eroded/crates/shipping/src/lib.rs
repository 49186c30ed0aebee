//! Parcels, carriers' rates and deliveries.

mod application;
mod domain;
mod rates;
mod storage;

pub use application::{ShipmentView, Shipping};
pub use domain::Carrier;
pub use rates::renew;
