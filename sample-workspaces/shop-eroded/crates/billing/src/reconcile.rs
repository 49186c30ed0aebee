//! Finds orders without an invoice.  Written in the week when events were lost, and kept since.

use crate::application::Billing;
use contracts::ids::OrderId;
use orders::storage::{OrderRow, OrderTable};

/// Orders in the table that were neither cancelled nor invoiced, by number.
pub fn unbilled(billing: &Billing, table: &OrderTable) -> Vec<OrderId> {
    let is_forgotten = |row: &OrderRow| !row.is_cancelled && billing.invoice_of(row.order).is_none();
    table.rows().iter().filter(|row| is_forgotten(row)).map(|row| row.order).collect()
}
