//! What the staff look at and do: sales, shelves, unpaid invoices, orders by telephone.

mod nightly;
mod phone;
mod sales;
pub(crate) mod shelves;

use billing::Billing;
use inventory::Inventory;
use orders::Orders;
use std::sync::Arc;

pub(crate) struct Desk {
    inventory: Arc<Inventory>,
    orders: Arc<Orders>,
    billing: Arc<Billing>,
}

impl Desk {
    pub(crate) fn new(inventory: Arc<Inventory>, orders: Arc<Orders>, billing: Arc<Billing>) -> Desk {
        Desk { inventory, orders, billing }
    }

    /// The state of the shop on one page.
    pub(crate) fn day_sheet(&self) -> Vec<String> {
        let mut sheet = vec![phone::take_order(&self.orders, &self.billing)];
        sheet.push(sales::turnover(&self.orders.all()));
        sheet.extend(shelves::to_reorder(&self.inventory));
        let table = self.orders.table();
        sheet.push(nightly::report(&table.rows()));
        sheet.push(format!("{} orders without an invoice", billing::unbilled(&self.billing, &table).len()));
        sheet.push(format!("{} invoices overdue", self.billing.overdue().len()));
        sheet
    }
}
