//! One line in the books.

use crate::account::Account;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Debit,
    Credit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub side: Side,
    /// Never negative: a correction is a posting on the other side.
    pub cents: i64,
}

impl Posting {
    pub fn debit(account: Account, cents: i64) -> Posting {
        Posting { account, side: Side::Debit, cents }
    }

    pub fn credit(account: Account, cents: i64) -> Posting {
        Posting { account, side: Side::Credit, cents }
    }

    /// By how many cents the account's balance changes.
    pub(crate) fn effect(self) -> i64 {
        if self.account.grows_by_debit() == (self.side == Side::Debit) { self.cents } else { -self.cents }
    }
}
