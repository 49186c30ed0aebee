//! What a customer meets: looking, ordering, paying, asking where it is.

pub(crate) mod checkout;
mod pages;

pub(crate) use checkout::Visit;

use billing::Billing;
use catalog::Catalog;
use orders::Orders;
use shipping::Shipping;
use std::sync::Arc;

pub(crate) struct Counter {
    catalog: Arc<Catalog>,
    orders: Arc<Orders>,
    billing: Arc<Billing>,
    shipping: Arc<Shipping>,
}

impl Counter {
    pub(crate) fn new(
        catalog: Arc<Catalog>,
        orders: Arc<Orders>,
        billing: Arc<Billing>,
        shipping: Arc<Shipping>,
    ) -> Counter {
        Counter { catalog, orders, billing, shipping }
    }

    /// Plays one visit and returns what the customer saw.
    pub(crate) fn visit(&self, visit: &Visit) -> Vec<String> {
        let mut seen = pages::shelf(&self.catalog, &visit.search);
        match checkout::order_and_pay(&self.orders, &self.billing, visit) {
            Ok(order) => {
                seen.extend(pages::tracking(&self.orders, &self.shipping, order));
                seen.extend(pages::thanks(&self.orders, visit, order));
            }
            Err(reason) => seen.push(pages::refusal(&reason)),
        }
        seen
    }
}
