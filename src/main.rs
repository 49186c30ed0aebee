//! The program: reads the command line, runs the command, and ends with its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    riprap::cli::main()
}
