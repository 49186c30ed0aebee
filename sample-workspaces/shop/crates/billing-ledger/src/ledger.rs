//! The books: entries are added and never changed.

use crate::account::Account;
use crate::posting::{Posting, Side};

/// An entry whose debits are not its credits, or with a negative amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unbalanced {
    pub debit_cents: i64,
    pub credit_cents: i64,
}

#[derive(Debug, Default)]
pub struct Ledger {
    postings: Vec<Posting>,
}

impl Ledger {
    pub fn enter(&mut self, entry: &[Posting]) -> Result<(), Unbalanced> {
        let sum = |side| entry.iter().filter(|posting| posting.side == side).map(|posting| posting.cents).sum();
        let (debit_cents, credit_cents) = (sum(Side::Debit), sum(Side::Credit));
        if debit_cents != credit_cents || entry.iter().any(|posting| posting.cents < 0) {
            return Err(Unbalanced { debit_cents, credit_cents });
        }
        self.postings.extend_from_slice(entry);
        Ok(())
    }

    pub fn balance_cents(&self, account: Account) -> i64 {
        self.postings.iter().filter(|posting| posting.account == account).map(|posting| posting.effect()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contracts::ids::CustomerId;

    const OWED: Account = Account::Receivable(CustomerId(1));

    #[test]
    fn a_sale_and_its_payment_leave_nothing_owed() {
        let mut ledger = Ledger::default();
        ledger.enter(&[Posting::debit(OWED, 500), Posting::credit(Account::Revenue, 500)]).unwrap();
        assert_eq!(ledger.balance_cents(OWED), 500);
        ledger.enter(&[Posting::debit(Account::Bank, 500), Posting::credit(OWED, 500)]).unwrap();
        assert_eq!(ledger.balance_cents(OWED), 0);
        assert_eq!(ledger.balance_cents(Account::Revenue), 500);
    }

    #[test]
    fn an_entry_that_does_not_balance_changes_nothing() {
        let mut ledger = Ledger::default();
        let refused = ledger.enter(&[Posting::debit(Account::Bank, 500), Posting::credit(OWED, 400)]);
        assert_eq!(refused, Err(Unbalanced { debit_cents: 500, credit_cents: 400 }));
        assert_eq!(ledger.balance_cents(Account::Bank), 0);
    }
}
