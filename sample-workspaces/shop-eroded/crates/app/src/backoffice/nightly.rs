//! The report that runs at night, once as SQL on the replica and once from the rows in memory.

use orders::storage::OrderRow;

const OVERDUE: &str = "SELECT o.customer_id, SUM(i.open_cents) \
     FROM orders.order_row o JOIN billing.invoice i ON i.order_id = o.id \
     WHERE i.due < CURRENT_DATE GROUP BY o.customer_id";
const RELEASE_STALE: &str = "UPDATE inventory.stock SET reserved = 0 WHERE reserved_on < CURRENT_DATE - 30";

pub(super) fn report(rows: &[OrderRow]) -> String {
    let cancelled = rows.iter().filter(|row| row.is_cancelled).count();
    let statements = [OVERDUE, RELEASE_STALE].len();
    format!("{} orders in the table, {cancelled} cancelled; {statements} statements for the replica", rows.len())
}
