//! What can be asked of billing, and what it does when an order comes or goes.

use crate::domain::{Invoice, Invoices};
use crate::storage::InvoiceTable;
use billing_ledger::{Account, Ledger, Posting};
use contracts::data::Day;
use contracts::events::{InvoiceIssued, OrderCancelled, OrderPaid, OrderPlaced};
use contracts::ids::{CustomerId, InvoiceId, OrderId};
use platform::{Bus, Clock};
use std::sync::{Arc, Mutex};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentRefused {
    UnknownInvoice,
    /// Nothing, or more than the open cents.
    WrongAmount {
        open_cents: i64,
    },
}

/// An invoice as others see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceView {
    pub invoice: InvoiceId,
    pub order: OrderId,
    pub open_cents: i64,
    pub due: Day,
}

pub struct Billing {
    invoices: Box<dyn Invoices>,
    ledger: Mutex<Ledger>,
    clock: Arc<dyn Clock>,
    bus: Arc<Bus>,
}

impl Billing {
    /// No invoices yet; writes one for each order placed and drops it for each cancelled.
    pub fn in_memory(clock: Arc<dyn Clock>, bus: Arc<Bus>) -> Arc<Billing> {
        let billing = Arc::new(Billing {
            invoices: Box::new(InvoiceTable::default()),
            ledger: Mutex::default(),
            clock,
            bus: bus.clone(),
        });
        let listener = billing.clone();
        bus.subscribe(move |event: &OrderPlaced| listener.invoice(event));
        let listener = billing.clone();
        bus.subscribe(move |event: &OrderCancelled| listener.drop_invoice(event.order));
        billing
    }

    pub fn invoice_of(&self, order: OrderId) -> Option<InvoiceView> {
        self.invoices.of_order(order).as_ref().map(view)
    }

    pub fn record_payment(&self, id: InvoiceId, cents: i64) -> Result<(), PaymentRefused> {
        let mut invoice = self.invoices.get(id).ok_or(PaymentRefused::UnknownInvoice)?;
        if !invoice.pay(cents) {
            return Err(PaymentRefused::WrongAmount { open_cents: invoice.open_cents() });
        }
        self.invoices.put(invoice.clone());
        let owed = Account::Receivable(invoice.customer);
        self.enter(&[Posting::debit(Account::Bank, cents), Posting::credit(owed, cents)]);
        if invoice.open_cents() == 0 {
            self.bus.publish(OrderPaid { order: invoice.order, customer: invoice.customer });
        }
        Ok(())
    }

    /// What this customer owes.
    pub fn owed_cents(&self, customer: CustomerId) -> i64 {
        self.books().balance_cents(Account::Receivable(customer))
    }

    /// Invoices past their term, by number.
    pub fn overdue(&self) -> Vec<InvoiceView> {
        let today = self.clock.today();
        self.invoices.all().iter().filter(|invoice| invoice.is_overdue(today)).map(view).collect()
    }

    fn invoice(&self, event: &OrderPlaced) {
        let id = self.invoices.next_id();
        let invoice = Invoice::issue(id, event.order, event.customer, event.total_cents, self.clock.today());
        self.invoices.put(invoice);
        let owed = Account::Receivable(event.customer);
        self.enter(&[Posting::debit(owed, event.total_cents), Posting::credit(Account::Revenue, event.total_cents)]);
        self.bus.publish(InvoiceIssued {
            invoice: id,
            order: event.order,
            customer: event.customer,
            total_cents: event.total_cents,
        });
    }

    fn drop_invoice(&self, order: OrderId) {
        if let Some(mut invoice) = self.invoices.of_order(order) {
            let dropped = invoice.cancel();
            let owed = Account::Receivable(invoice.customer);
            self.invoices.put(invoice);
            self.enter(&[Posting::debit(Account::Revenue, dropped), Posting::credit(owed, dropped)]);
        }
    }

    fn enter(&self, entry: &[Posting]) {
        self.books().enter(entry).expect("every entry above posts the same cents on both sides");
    }

    fn books(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().expect("no code that panics runs under this lock")
    }
}

fn view(invoice: &Invoice) -> InvoiceView {
    InvoiceView { invoice: invoice.id, order: invoice.order, open_cents: invoice.open_cents(), due: invoice.due }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::data::Address;
    use platform::FixedClock;

    const CUSTOMER: CustomerId = CustomerId(9);

    fn billing_with_an_order() -> (Arc<Bus>, Arc<Billing>) {
        let bus = Arc::new(Bus::default());
        let billing = Billing::in_memory(Arc::new(FixedClock(Day(20_000))), bus.clone());
        let destination =
            Address { name: "A. Reader".into(), street: "Quay 1".into(), city: "Delft".into(), country: "NL".into() };
        let placed =
            OrderPlaced { order: OrderId(1), customer: CUSTOMER, lines: Vec::new(), total_cents: 5800, destination };
        bus.publish(placed);
        (bus, billing)
    }

    #[test]
    fn the_last_cent_makes_the_order_paid() {
        let (bus, billing) = billing_with_an_order();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        bus.subscribe(move |event: &OrderPaid| ears.lock().unwrap().push(event.order));
        let invoice = billing.invoice_of(OrderId(1)).unwrap().invoice;

        billing.record_payment(invoice, 5000).unwrap();
        assert!(heard.lock().unwrap().is_empty());
        billing.record_payment(invoice, 800).unwrap();
        assert_eq!(*heard.lock().unwrap(), [OrderId(1)]);
        assert_eq!(billing.owed_cents(CUSTOMER), 0);
    }

    #[test]
    fn nothing_is_owed_for_a_cancelled_order() {
        let (bus, billing) = billing_with_an_order();
        bus.publish(OrderCancelled { order: OrderId(1), customer: CUSTOMER, lines: Vec::new() });
        assert_eq!(billing.owed_cents(CUSTOMER), 0);
        let invoice = billing.invoice_of(OrderId(1)).unwrap();
        let refused = PaymentRefused::WrongAmount { open_cents: 0 };
        assert_eq!(billing.record_payment(invoice.invoice, 5800), Err(refused));
    }
}
