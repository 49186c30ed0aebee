pub mod half_written;
pub mod latin;
pub mod whole;

// There is no such file.
pub mod missing;

