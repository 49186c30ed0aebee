//! From a basket to a paid order.

use billing::Billing;
use contracts::data::Address;
use contracts::ids::{CustomerId, OrderId, ProductId};
use orders::{NotPlaced, OrderRequest, Orders};

/// What a customer comes for.
pub(crate) struct Visit {
    pub(crate) customer: CustomerId,
    pub(crate) search: String,
    pub(crate) basket: Vec<(ProductId, u32)>,
    pub(crate) address: Address,
}

impl Visit {
    pub(crate) fn example() -> Visit {
        Visit {
            customer: CustomerId(9),
            search: "garden".to_owned(),
            basket: vec![(ProductId(2), 4), (ProductId(1), 2)],
            address: Address {
                name: "A. Reader".to_owned(),
                street: "Quay 1".to_owned(),
                city: "Delft".to_owned(),
                country: "NL".to_owned(),
            },
        }
    }
}

pub(super) fn order_and_pay(orders: &Orders, billing: &Billing, visit: &Visit) -> Result<OrderId, NotPlaced> {
    let Visit { customer, basket, address, .. } = visit;
    let order =
        orders.place(OrderRequest { customer: *customer, lines: basket.clone(), destination: address.clone() })?;
    if let Some(invoice) = billing.invoice_of(order) {
        // A refused payment leaves the order placed; the customer can pay later.
        let _ = billing.record_payment(invoice.invoice, invoice.open_cents);
    }
    Ok(order)
}
