//! What can be asked of orders.

mod credit;
mod follow;
mod place;
mod summary;

pub use place::{NotPlaced, OrderRequest};
pub use summary::OrderSummary;

use crate::domain::{IllegalStep, OrderRepository, OrderStatus};
use crate::storage::OrderTable;
use billing_ledger::Ledger;
use catalog::Catalog;
use contracts::events::OrderCancelled;
use contracts::ids::{CustomerId, OrderId};
use inventory::Inventory;
use platform::{Bus, Clock};
use std::sync::{Arc, Mutex};

pub struct Orders {
    table: Arc<OrderTable>,
    repository: Arc<dyn OrderRepository>,
    books: Arc<Mutex<Ledger>>,
    catalog: Arc<Catalog>,
    inventory: Arc<Inventory>,
    clock: Arc<dyn Clock>,
    bus: Arc<Bus>,
}

impl Orders {
    /// No orders yet; listens for payments and deliveries.
    pub fn in_memory(
        catalog: Arc<Catalog>,
        inventory: Arc<Inventory>,
        clock: Arc<dyn Clock>,
        bus: Arc<Bus>,
        books: Arc<Mutex<Ledger>>,
    ) -> Orders {
        let table = Arc::new(OrderTable::default());
        let repository: Arc<dyn OrderRepository> = table.clone();
        follow::subscribe(&bus, &repository);
        Orders { table, repository, books, catalog, inventory, clock, bus }
    }

    /// Checks the request, reserves the pieces, fixes the prices and tells the others.
    pub fn place(&self, request: OrderRequest) -> Result<OrderId, NotPlaced> {
        if !credit::is_good(&self.books, request.customer) {
            return Err(NotPlaced::OwesTooMuch);
        }
        let placed = place::place(&*self.repository, &self.catalog, &self.inventory, self.clock.today(), request)?;
        let order = placed.order;
        self.bus.publish(placed);
        Ok(order)
    }

    /// `None` if there is no such order.
    pub fn cancel(&self, id: OrderId) -> Option<Result<(), IllegalStep>> {
        let mut order = self.repository.find(id)?;
        if let Err(illegal) = order.advance(OrderStatus::Cancelled) {
            return Some(Err(illegal));
        }
        self.repository.save(order.clone());
        self.bus.publish(OrderCancelled { order: id, customer: order.customer, lines: order.lines });
        Some(Ok(()))
    }

    /// The rows themselves, for the nightly report and for reconciling.
    pub fn table(&self) -> Arc<OrderTable> {
        self.table.clone()
    }

    pub fn summary(&self, id: OrderId) -> Option<OrderSummary> {
        self.repository.find(id).as_ref().map(OrderSummary::of)
    }

    pub fn of_customer(&self, customer: CustomerId) -> Vec<OrderSummary> {
        self.repository.of_customer(customer).iter().map(OrderSummary::of).collect()
    }

    pub fn all(&self) -> Vec<OrderSummary> {
        self.repository.all().iter().map(OrderSummary::of).collect()
    }
}
