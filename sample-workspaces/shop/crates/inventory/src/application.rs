//! What can be asked of the warehouse, and what it does when an order moves.

use crate::domain::{Stock, Warehouse};
use crate::storage::MemoryWarehouse;
use contracts::events::{OrderCancelled, ShipmentDispatched, StockRanLow};
use contracts::ids::{OrderId, ProductId};
use platform::Bus;
use std::sync::{Arc, Mutex};

/// Why a reservation was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub product: ProductId,
    pub wanted: u32,
    pub free: u32,
}

pub struct Inventory {
    warehouse: Box<dyn Warehouse>,
    bus: Arc<Bus>,
    // Reading, changing and writing a shelf is one step for everybody else.
    one_at_a_time: Mutex<()>,
}

impl Inventory {
    /// An empty warehouse that listens for cancelled and shipped orders.
    pub fn in_memory(bus: Arc<Bus>) -> Arc<Inventory> {
        let inventory = Arc::new(Inventory {
            warehouse: Box::new(MemoryWarehouse::default()),
            bus: bus.clone(),
            one_at_a_time: Mutex::new(()),
        });
        let listener = inventory.clone();
        bus.subscribe(move |event: &OrderCancelled| listener.on_every_shelf(|stock| stock.release(event.order)));
        let listener = inventory.clone();
        bus.subscribe(move |event: &ShipmentDispatched| listener.on_every_shelf(|stock| stock.ship(event.order)));
        inventory
    }

    pub fn receive(&self, product: ProductId, pieces: u32, low_mark: u32) {
        let _turn = self.one_at_a_time.lock().expect("no code that panics runs under this lock");
        let mut stock = self.warehouse.get(product).unwrap_or_else(|| Stock::new(product, low_mark));
        stock.low_mark = low_mark;
        stock.receive(pieces);
        self.warehouse.put(stock);
    }

    /// Reserves all the pieces of an order or none.
    pub fn reserve(&self, order: OrderId, wanted: &[(ProductId, u32)]) -> Result<(), Refusal> {
        let mut changed = Vec::new();
        {
            let _turn = self.one_at_a_time.lock().expect("no code that panics runs under this lock");
            for &(product, pieces) in wanted {
                let mut stock = self.warehouse.get(product).unwrap_or_else(|| Stock::new(product, 0));
                if !stock.reserve(order, pieces) {
                    return Err(Refusal { product, wanted: pieces, free: stock.free() });
                }
                changed.push(stock);
            }
            changed.iter().cloned().for_each(|stock| self.warehouse.put(stock));
        }
        for stock in changed.iter().filter(|stock| stock.is_low()) {
            self.bus.publish(StockRanLow { product: stock.product, left: stock.free() });
        }
        Ok(())
    }

    pub fn free(&self, product: ProductId) -> u32 {
        self.warehouse.get(product).map_or(0, |stock| stock.free())
    }

    /// Products that should be reordered, with the free pieces of each.
    pub fn running_low(&self) -> Vec<(ProductId, u32)> {
        self.warehouse.all().iter().filter(|stock| stock.is_low()).map(|stock| (stock.product, stock.free())).collect()
    }

    fn on_every_shelf(&self, change: impl Fn(&mut Stock)) {
        let _turn = self.one_at_a_time.lock().expect("no code that panics runs under this lock");
        for mut stock in self.warehouse.all() {
            change(&mut stock);
            self.warehouse.put(stock);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::CustomerId;

    #[test]
    fn an_order_gets_all_of_its_pieces_or_none() {
        let inventory = Inventory::in_memory(Arc::default());
        inventory.receive(ProductId(1), 5, 0);
        inventory.receive(ProductId(2), 1, 0);
        let refused = inventory.reserve(OrderId(1), &[(ProductId(1), 2), (ProductId(2), 2)]);
        assert_eq!(refused, Err(Refusal { product: ProductId(2), wanted: 2, free: 1 }));
        assert_eq!(inventory.free(ProductId(1)), 5);
    }

    #[test]
    fn a_cancelled_order_gives_its_pieces_back() {
        let bus = Arc::new(Bus::default());
        let inventory = Inventory::in_memory(bus.clone());
        inventory.receive(ProductId(1), 5, 0);
        inventory.reserve(OrderId(7), &[(ProductId(1), 5)]).unwrap();
        bus.publish(OrderCancelled { order: OrderId(7), customer: CustomerId(1), lines: Vec::new() });
        assert_eq!(inventory.free(ProductId(1)), 5);
    }

    #[test]
    fn a_low_shelf_is_announced() {
        let bus = Arc::new(Bus::default());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        bus.subscribe(move |event: &StockRanLow| ears.lock().unwrap().push(event.left));
        let inventory = Inventory::in_memory(bus);
        inventory.receive(ProductId(1), 5, 3);
        inventory.reserve(OrderId(1), &[(ProductId(1), 2)]).unwrap();
        inventory.reserve(OrderId(2), &[(ProductId(1), 1)]).unwrap();
        assert_eq!(*heard.lock().unwrap(), [2]);
        assert_eq!(inventory.running_low(), [(ProductId(1), 2)]);
    }
}
