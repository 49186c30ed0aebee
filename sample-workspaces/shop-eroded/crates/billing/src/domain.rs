//! An invoice and what is still open on it.

use contracts::data::Day;
use contracts::ids::{CustomerId, InvoiceId, OrderId};

/// Days a customer has to pay.
const TERM_DAYS: u32 = 14;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    pub order: OrderId,
    pub customer: CustomerId,
    pub total_cents: i64,
    pub due: Day,
    paid_cents: i64,
    void: bool,
}

impl Invoice {
    pub fn issue(id: InvoiceId, order: OrderId, customer: CustomerId, total_cents: i64, today: Day) -> Invoice {
        let due = Day(today.0.saturating_add(TERM_DAYS));
        Invoice { id, order, customer, total_cents, due, paid_cents: 0, void: false }
    }

    pub fn open_cents(&self) -> i64 {
        if self.void { 0 } else { self.total_cents - self.paid_cents }
    }

    pub fn is_overdue(&self, today: Day) -> bool {
        self.open_cents() > 0 && today > self.due
    }

    /// False, and nothing changed, if that is more than is open or nothing at all.
    pub fn pay(&mut self, cents: i64) -> bool {
        let acceptable = cents > 0 && cents <= self.open_cents();
        if acceptable {
            self.paid_cents += cents;
        }
        acceptable
    }

    /// The order was cancelled.  Returns the cents that are no longer owed.
    pub fn cancel(&mut self) -> i64 {
        let dropped = self.open_cents();
        self.void = true;
        dropped
    }
}

/// Where invoices are kept.
pub trait Invoices: Send + Sync {
    fn next_id(&self) -> InvoiceId;
    fn put(&self, invoice: Invoice);
    fn get(&self, id: InvoiceId) -> Option<Invoice>;
    fn of_order(&self, order: OrderId) -> Option<Invoice>;
    /// By number.
    fn all(&self) -> Vec<Invoice>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice() -> Invoice {
        Invoice::issue(InvoiceId(1), OrderId(1), CustomerId(1), 1000, Day(100))
    }

    #[test]
    fn an_invoice_can_be_paid_in_parts_but_not_twice() {
        let mut invoice = invoice();
        assert!(invoice.pay(400) && invoice.pay(600));
        assert!(!invoice.pay(1));
        assert_eq!(invoice.open_cents(), 0);
    }

    #[test]
    fn it_is_overdue_the_day_after_the_term() {
        assert!(!invoice().is_overdue(Day(114)));
        assert!(invoice().is_overdue(Day(115)));
    }
}
