//! A delivery on its way: first promised, then sent.

use super::carrier::Carrier;
use super::parcel::{Parcel, pack};
use contracts::data::{Address, SoldLine};
use contracts::ids::{CustomerId, OrderId, ShipmentId};

/// What must be sent as soon as it is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub order: OrderId,
    pub customer: CustomerId,
    pub lines: Vec<SoldLine>,
    pub destination: Address,
}

/// What has left the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipment {
    pub id: ShipmentId,
    pub order: OrderId,
    pub customer: CustomerId,
    pub carrier: Carrier,
    pub parcels: Vec<Parcel>,
}

impl Shipment {
    /// Everything goes with the carrier that the heaviest parcel needs.
    pub fn of(id: ShipmentId, delivery: Delivery) -> Shipment {
        let parcels = pack(&delivery.lines);
        let heaviest = parcels.iter().map(|parcel| parcel.grams).max().unwrap_or(0);
        let carrier = Carrier::for_parcel(heaviest, &delivery.destination.country);
        Shipment { id, order: delivery.order, customer: delivery.customer, carrier, parcels }
    }

    pub fn cost_cents(&self) -> i64 {
        self.parcels.iter().map(|parcel| self.carrier.cost_cents(parcel.grams)).sum()
    }
}
