//! What regular prices become.

/// From here on an order is a large one, in cents.
const LARGE: i64 = 10_000;

/// Large orders cost a twentieth less.
pub(crate) fn discounted(cents: i64) -> i64 {
    if cents >= LARGE { cents - cents / 20 } else { cents }
}
