//! What is kept for ever: the only code that knows the database.

use sqlx::PgPool;

#[derive(Debug, Default, Clone)]
pub struct Archive {
    pool: PgPool,
}

impl Archive {
    /// False if the database did not take it.
    pub fn keep(&self, _what: &str) -> bool {
        sqlx::query("INSERT INTO archive (what) VALUES ($1)").execute(&self.pool).is_ok()
    }
}
