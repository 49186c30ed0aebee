//! As much of a database driver as the sample names.

/// Connections to a database.
#[derive(Debug, Default, Clone)]
pub struct PgPool;

#[derive(Debug)]
pub struct Error;

/// A statement that waits for a connection.
pub struct Query;

pub fn query(_sql: &str) -> Query {
    Query
}

impl Query {
    pub fn execute(self, _pool: &PgPool) -> Result<u64, Error> {
        Ok(0)
    }
}
