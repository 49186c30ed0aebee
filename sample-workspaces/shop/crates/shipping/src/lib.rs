//! Parcels, carriers' rates and deliveries.

mod application;
mod domain;
mod storage;

pub use application::{ShipmentView, Shipping};
pub use domain::Carrier;
