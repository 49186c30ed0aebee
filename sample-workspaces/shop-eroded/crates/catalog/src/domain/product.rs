//! A product, and the shelf it is looked up on.

use super::discount::Discount;
use super::pricing;
use contracts::ids::ProductId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    Book,
    Tool,
    Food,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub name: String,
    pub category: Category,
    pub unit_cents: i64,
    pub unit_grams: u32,
    pub discount: Discount,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidProduct {
    NoName,
    NoPrice,
}

impl Product {
    pub fn new(id: ProductId, name: &str, unit_cents: i64, unit_grams: u32) -> Result<Product, InvalidProduct> {
        let name = name.trim();
        if name.is_empty() {
            return Err(InvalidProduct::NoName);
        }
        if unit_cents <= 0 {
            return Err(InvalidProduct::NoPrice);
        }
        Ok(Product {
            id,
            name: name.to_owned(),
            category: Category::Tool,
            unit_cents,
            unit_grams,
            discount: Discount::None,
        })
    }

    /// What one piece costs today.
    pub fn final_cents(&self) -> i64 {
        pricing::line_cents(self, 1)
    }
}

/// Where products are kept: implemented by storage, needed by the application.
pub trait Products: Send + Sync {
    fn put(&self, product: Product);
    fn get(&self, id: ProductId) -> Option<Product>;
    /// All products, by id.
    fn all(&self) -> Vec<Product>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_has_a_name_and_a_price() {
        assert_eq!(Product::new(ProductId(1), "  ", 100, 0), Err(InvalidProduct::NoName));
        assert_eq!(Product::new(ProductId(1), "Trowel", 0, 0), Err(InvalidProduct::NoPrice));
        assert_eq!(Product::new(ProductId(1), " Trowel ", 900, 0).unwrap().name, "Trowel");
    }
}
