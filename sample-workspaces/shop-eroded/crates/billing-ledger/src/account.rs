//! The chart of accounts: as few as a small shop needs.

use contracts::ids::CustomerId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What this customer owes.
    Receivable(CustomerId),
    Bank,
    Revenue,
}

impl Account {
    /// Whether a debit makes this account larger.
    pub fn grows_by_debit(self) -> bool {
        match self {
            Account::Receivable(_) | Account::Bank => true,
            Account::Revenue => false,
        }
    }
}
