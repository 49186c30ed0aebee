//! What must hold of the whole program, in one test binary.
//!
//! Tests that need more than Rust are gated by environment variables, which README.md names.

#![expect(clippy::disallowed_methods, reason = "tests make and read their own files, and start the program")]

mod baseline;
mod checklist;
mod cli;
mod commits;
mod configuration;
mod diff;
mod documents;
mod enrich;
mod init;
mod may;
mod one_verdict;
mod oracle;
mod own_architecture;
mod patch;
mod pictures;
mod query;
mod reference;
mod reports;
mod revisions;
mod samples;
mod shop_history;
mod support;
mod tidy;
mod whatif;
mod window;
