//! Invoices and payments.  The books are in `billing-ledger`; both crates are one boundary, and this root is its API.

mod application;
mod domain;
mod reconcile;
mod storage;

pub use application::{Billing, InvoiceView, PaymentRefused};
pub use reconcile::unbilled;
