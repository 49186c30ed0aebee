//! Rates of carriers, read from the database because platform had no way to ask.

use sqlx::PgPool;

/// How many rates were renewed.
pub fn renew(pool: &PgPool) -> Result<u64, sqlx::Error> {
    sqlx::query("UPDATE rates SET renewed = now()").execute(pool)
}
