//! What can be asked of the catalogue.

use crate::domain::{self, Discount, InvalidProduct, Product, Products};
use crate::storage::MemoryProducts;
use contracts::events::ProductRepriced;
use contracts::ids::ProductId;
use platform::Bus;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogError {
    Invalid(InvalidProduct),
    Unknown(ProductId),
    ImplausiblePrice { old_cents: i64, new_cents: i64 },
}

pub struct Catalog {
    products: Box<dyn Products>,
    bus: Arc<Bus>,
}

impl Catalog {
    pub fn in_memory(bus: Arc<Bus>) -> Catalog {
        Catalog { products: Box::new(MemoryProducts::default()), bus }
    }

    pub fn add(&self, id: ProductId, name: &str, unit_cents: i64, unit_grams: u32) -> Result<(), CatalogError> {
        let product = Product::new(id, name, unit_cents, unit_grams).map_err(CatalogError::Invalid)?;
        self.products.put(product);
        Ok(())
    }

    pub fn find(&self, id: ProductId) -> Option<Product> {
        self.products.get(id)
    }

    /// Products whose name contains `text` in any case, by name.
    pub fn search(&self, text: &str) -> Vec<Product> {
        let wanted = text.to_lowercase();
        let mut found: Vec<_> =
            self.products.all().into_iter().filter(|product| product.name.to_lowercase().contains(&wanted)).collect();
        found.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        found
    }

    /// What `quantity` pieces cost today.
    pub fn quote_cents(&self, id: ProductId, quantity: u32) -> Result<i64, CatalogError> {
        Ok(domain::line_cents(&self.known(id)?, quantity))
    }

    pub fn set_discount(&self, id: ProductId, discount: Discount) -> Result<(), CatalogError> {
        self.products.put(Product { discount, ..self.known(id)? });
        Ok(())
    }

    pub fn reprice(&self, id: ProductId, new_cents: i64) -> Result<(), CatalogError> {
        let old = self.known(id)?;
        let refused = CatalogError::ImplausiblePrice { old_cents: old.unit_cents, new_cents };
        self.products.put(domain::reprice(&old, new_cents).ok_or(refused)?);
        self.bus.publish(ProductRepriced { product: id, old_cents: old.unit_cents, new_cents });
        Ok(())
    }

    fn known(&self, id: ProductId) -> Result<Product, CatalogError> {
        self.products.get(id).ok_or(CatalogError::Unknown(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn a_new_price_is_announced_once_it_holds() {
        let bus = Arc::new(Bus::default());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        bus.subscribe(move |event: &ProductRepriced| ears.lock().unwrap().push(event.new_cents));
        let catalog = Catalog::in_memory(bus);
        catalog.add(ProductId(1), "Trowel", 900, 400).unwrap();

        catalog.reprice(ProductId(1), 990).unwrap();
        assert!(catalog.reprice(ProductId(1), 99_000).is_err());
        assert_eq!(*heard.lock().unwrap(), [990]);
        assert_eq!(catalog.quote_cents(ProductId(1), 2), Ok(1980));
    }

    #[test]
    fn a_search_ignores_case_and_sorts_by_name() {
        let catalog = Catalog::in_memory(Arc::default());
        catalog.add(ProductId(1), "Spade", 2900, 1800).unwrap();
        catalog.add(ProductId(2), "Garden spade", 3900, 2100).unwrap();
        catalog.add(ProductId(3), "Rake", 1900, 1200).unwrap();
        let names: Vec<_> = catalog.search("SPADE").into_iter().map(|product| product.name).collect();
        assert_eq!(names, ["Garden spade", "Spade"]);
    }
}
