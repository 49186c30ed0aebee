//! What the staff look at: sales, shelves, unpaid invoices.

mod sales;
mod shelves;

use billing::Billing;
use catalog::Catalog;
use inventory::Inventory;
use orders::Orders;
use std::sync::Arc;

pub(crate) struct Desk {
    catalog: Arc<Catalog>,
    inventory: Arc<Inventory>,
    orders: Arc<Orders>,
    billing: Arc<Billing>,
}

impl Desk {
    pub(crate) fn new(
        catalog: Arc<Catalog>,
        inventory: Arc<Inventory>,
        orders: Arc<Orders>,
        billing: Arc<Billing>,
    ) -> Desk {
        Desk { catalog, inventory, orders, billing }
    }

    /// The state of the shop on one page.
    pub(crate) fn day_sheet(&self) -> Vec<String> {
        let mut sheet = vec![sales::turnover(&self.orders.all())];
        sheet.extend(shelves::to_reorder(&self.catalog, &self.inventory));
        sheet.push(format!("{} invoices overdue", self.billing.overdue().len()));
        sheet
    }
}
