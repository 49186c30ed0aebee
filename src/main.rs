//! The program: reads the command line, runs the command, and ends with its exit status.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use riprap::source::Date;

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

#[expect(clippy::disallowed_methods, reason = "the date is read here, so that nothing else has to")]
fn main() -> ExitCode {
    // A clock that stands before 1970 is wrong: then nothing has run out.
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = since_1970.as_secs() / SECONDS_PER_DAY;
    riprap::cli::main(u32::try_from(days).map_or_else(|_| Date::default(), Date::of_days))
}
