//! Invoices in memory.

use crate::domain::{Invoice, Invoices};
use contracts::ids::{InvoiceId, OrderId};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Default)]
pub(crate) struct InvoiceTable {
    last_id: AtomicU64,
    rows: Mutex<BTreeMap<InvoiceId, Invoice>>,
}

impl Invoices for InvoiceTable {
    fn next_id(&self) -> InvoiceId {
        InvoiceId(self.last_id.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn put(&self, invoice: Invoice) {
        self.rows.lock().expect("no code that panics runs under this lock").insert(invoice.id, invoice);
    }

    fn get(&self, id: InvoiceId) -> Option<Invoice> {
        self.rows.lock().expect("no code that panics runs under this lock").get(&id).cloned()
    }

    fn of_order(&self, order: OrderId) -> Option<Invoice> {
        self.all().into_iter().find(|invoice| invoice.order == order)
    }

    fn all(&self) -> Vec<Invoice> {
        self.rows.lock().expect("no code that panics runs under this lock").values().cloned().collect()
    }
}
