//! Placing an order: the one use case that needs the catalogue and the warehouse at once.

use crate::domain::{Basket, Order, OrderRepository};
use catalog::Catalog;
use contracts::data::{Address, Day, SoldLine};
use contracts::events::OrderPlaced;
use contracts::ids::{CustomerId, ProductId};
use inventory::Inventory;

#[derive(Debug, Clone)]
pub struct OrderRequest {
    pub customer: CustomerId,
    pub lines: Vec<(ProductId, u32)>,
    pub destination: Address,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotPlaced {
    /// Nothing in it, or more of a product than is sold to one customer.
    UnacceptableBasket,
    UnknownProduct(ProductId),
    OutOfStock {
        product: ProductId,
        free: u32,
    },
}

pub(super) fn place(
    repository: &dyn OrderRepository,
    catalog: &Catalog,
    inventory: &Inventory,
    today: Day,
    request: OrderRequest,
) -> Result<OrderPlaced, NotPlaced> {
    let wanted = Basket::of(&request.lines).ok_or(NotPlaced::UnacceptableBasket)?.lines();
    let (lines, total_cents) = price(catalog, &wanted)?;

    let id = repository.next_id();
    inventory
        .reserve(id, &wanted)
        .map_err(|refusal| NotPlaced::OutOfStock { product: refusal.product, free: refusal.free })?;

    let OrderRequest { customer, destination, .. } = request;
    let order = Order::place(id, customer, lines, total_cents, destination, today);
    repository.save(order.clone());
    Ok(OrderPlaced { order: id, customer, lines: order.lines, total_cents, destination: order.destination })
}

/// The lines with the prices of this moment, and their sum after discounts.
fn price(catalog: &Catalog, wanted: &[(ProductId, u32)]) -> Result<(Vec<SoldLine>, i64), NotPlaced> {
    let mut lines = Vec::new();
    let mut total_cents = 0;
    for &(product, quantity) in wanted {
        let found = catalog.find(product).ok_or(NotPlaced::UnknownProduct(product))?;
        total_cents += catalog.quote_cents(product, quantity).map_err(|_| NotPlaced::UnknownProduct(product))?;
        lines.push(SoldLine { product, quantity, unit_cents: found.unit_cents, unit_grams: found.unit_grams });
    }
    Ok((lines, total_cents))
}
