//! Two revisions of a small shop, for the tests of the formats.

use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use crate::analysis::{Analysis, Gathered, analyze};
use crate::compare::Comparison;
use crate::fixture;
use crate::source::SourceFile;

const CONFIG: &str = r#"
version = 1
[boundary.orders]
contains = ["orders"]
stable = true
owner = "@shop/sales"
[boundary.web]
contains = ["web"]
owner = "@shop/pages"
[rules]
over-exposed = "off"
"#;

const BEFORE: &str = "
//- /orders/src/lib.rs lib:orders
pub mod stock;
pub use stock::Level;
pub enum State { Open }
pub fn place(count: u8) {}
//- /orders/src/stock.rs
pub struct Level;
pub struct Unit;
pub fn count() -> u8 { 0 }
//- /web/src/lib.rs lib:web deps:orders
pub mod cart;
pub mod menu;
//- /web/src/cart.rs
use orders::Level;
pub fn show(_: Level) {}
pub fn hide(_: Level) {}
//- /web/src/menu.rs
use orders::stock::Unit;
pub fn show(_: Unit) {}
";

const AFTER: &str = "
//- /orders/src/lib.rs lib:orders
pub mod inventory;
pub use inventory::Level;
pub enum State { Open, Closed }
pub fn place(count: u16) {}
pub fn cancel() {}
//- /orders/src/inventory.rs
pub struct Level;
pub struct Unit;
pub fn count() -> u8 { 0 }
//- /web/src/lib.rs lib:web deps:orders
pub mod basket;
pub mod menu;
//- /web/src/basket.rs
use orders::Level;
pub fn show(_: Level) {}
pub fn hide(_: Level) { orders::inventory::count(); }
//- /web/src/menu.rs
use orders::Level;
pub fn show(_: Level) {}
";

fn analyzed(text: &str) -> Analysis {
    let fixture::Fixture { workspace, sources } = fixture::parse(text);
    let config = Some(SourceFile::new("riprap.toml".to_owned(), CONFIG.into()));
    let gathered = Gathered { workspace: workspace.into(), sources: sources.into(), config, ..Gathered::default() };
    analyze(gathered, &|_| {}, &AtomicBool::new(false)).unwrap()
}

fn compared(before: &str, after: &str) -> Comparison {
    let (before, after) = (analyzed(before), analyzed(after));
    Comparison::of(("v1", &before.document()), ("v2", &after.document()))
}

/// A year of a shop: worse, fixed, renamed, broken.
pub(super) static YEAR: LazyLock<Comparison> = LazyLock::new(|| compared(BEFORE, AFTER));

pub(super) static NOTHING: LazyLock<Comparison> = LazyLock::new(|| compared(BEFORE, BEFORE));

/// With so many violations that no comment has room for them.
pub(super) fn many(count: usize) -> Comparison {
    let mut comparison = YEAR.clone();
    let first = comparison.violations.worse[0].clone();
    comparison.violations.worse = (0..count)
        .map(|number| {
            let mut worse = first.clone();
            worse.violation.message = format!("`{}{number}` <b>_🦀`", "long".repeat(400));
            worse
        })
        .collect();
    comparison
}
