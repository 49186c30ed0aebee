//! The books as the accountants see them: a program of its own, with a release of its own, or so the plan says.

use books::Books;

fn main() {
    let books = Books::default();
    println!("on day {}: {} cents", clock::closing_day(20_010), books.balance_cents());
}
