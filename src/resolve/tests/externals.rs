//! Uses of third-party crates: which crate, what of it, by what way.

use super::model;

/// `from: crate path kind`, then `via` a facade, `whole`, `shown`, `test`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let model = model(text);
    let mut lines: Vec<String> = Vec::new();
    for used in model.external_uses() {
        let (from, krate, path) = (model.path(used.from), model.external_crate(used.krate), model.symbol(used.path));
        let mut line = format!("{from}: {krate} {path} {}", used.kind.word());
        if let Some(facade) = used.facade {
            line += &format!(" via {}", model.path(facade));
        }
        for (holds, word) in [(used.whole, "whole"), (used.shown, "shown"), (used.test, "test")] {
            line += &if holds { format!(" {word}") } else { String::new() };
        }
        lines.push(line);
    }
    assert_eq!(lines, expected);
}

#[test]
fn the_package_is_told_and_the_names_after_the_crates() {
    check(
        "//- /src/lib.rs lib:k deps:sea=sea-orm,http
use sea::entity::prelude::*;
use sea::{Database as Db, self as orm};
fn f() { Db::connect(); orm::query::all(); ::http::get() }
",
        &[
            "k: http get call",
            "k: sea-orm entity::prelude use",
            "k: sea-orm Database use",
            "k: sea-orm  use",
            "k: sea-orm Database::connect call",
            "k: sea-orm query::all call",
        ],
    );
}

#[test]
fn the_standard_library_is_no_third_party_crate() {
    check(
        "//- /src/lib.rs lib:k
extern crate alloc;
use std::fmt::Debug;
fn f(a: core::num::NonZero<u8>, b: alloc::vec::Vec<u8>, c: &dyn Debug) {}
",
        &[],
    );
}

#[test]
fn re_exports_are_followed_to_the_module_that_names_the_crate() {
    check(
        "//- /src/lib.rs lib:k deps:db
pub use db::Pool;
pub use db;
pub mod all { pub use super::*; }
//- /app/src/main.rs bin:app deps:k
use k::all::{db::Row, Pool};
fn f(p: Pool, r: Row) { k::db::connect() }
",
        &[
            "bin:app: db Row use via k whole",
            "bin:app: db Pool use via k",
            "bin:app: db Pool type via k shown",
            "bin:app: db Row type via k whole shown",
            "bin:app: db connect call via k whole",
            "k: db Pool reexport",
            "k: db  reexport",
        ],
    );
}

#[test]
fn local_names_and_crates_of_the_workspace_come_first() {
    check(
        "//- /src/lib.rs lib:k deps:db,other
mod m { pub mod db { pub fn f() {} } pub fn g() { self::db::f() } }
fn f() { other::h(); let db = 1; let _ = db; }
//- /other/src/lib.rs lib:other
pub fn h() {}
",
        &[],
    );
}

#[test]
fn what_only_tests_need_is_marked() {
    check(
        "//- /src/lib.rs lib:k dev-deps:mock
#[cfg(test)] mod tests { use mock::Server; }
//- /tests/t.rs test:t
fn f() { mock::start() }
",
        &["k::tests: mock Server use test", "test:t: mock start call test"],
    );
}

#[test]
fn a_library_may_have_a_part_of_its_packages_name() {
    check(
        "//- /src/lib.rs lib:k deps:rustls-webpki,md-5,rust-s3,s3-client
use webpki::Cert;
use md5::Md5;
use s3::Bucket;
mod own { pub struct Cert; }
fn f(_: webpki::Time, _: own::Cert) {}
",
        &["k: md-5 Md5 use", "k: rustls-webpki Cert use", "k: rustls-webpki Time type shown"],
    );
}

/// `from -> module::name`, the name by which a passage leaves the workspace.
#[track_caller]
fn passages(text: &str, expected: &[&str]) {
    let model = model(text);
    let lines: Vec<String> = model
        .passages()
        .iter()
        .map(|it| {
            let exit = model.exit_of(it).unwrap();
            let (from, module) = (model.path(it.from), model.path(exit.module));
            format!("{from} -> {module}::{}{}", model.symbol(exit.name), if it.test { " test" } else { "" })
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn what_other_modules_re_export_from_outside_is_a_passage_through_them() {
    passages(
        "//- /src/lib.rs lib:k deps:ropey
pub use ropey::Rope;
pub mod sync { pub use std::sync::Arc; pub use ropey as text; }
mod own { use ropey::Rope; fn f(_: Rope, _: std::sync::Arc<()>) {} }
mod inner { use super::sync::*; fn f(_: Arc<()>) {} #[cfg(test)] fn t(_: crate::Rope) {} }
//- /app/src/main.rs bin:app deps:k
use k::sync::text::Line;
fn f(_: k::Rope, _: Line) {}
",
        &[
            "bin:app -> k::sync::text",
            "bin:app -> k::Rope",
            "bin:app -> k::sync::text",
            "k::inner -> k::Rope test",
            "k::inner -> k::sync::Arc",
        ],
    );
}

#[test]
fn what_globs_bring_from_outside_is_a_passage_through_the_module_that_is_named() {
    passages(
        "//- /src/lib.rs lib:k deps:forks
mod deep { pub use forks::*; pub struct Own; }
pub mod facade { pub use crate::deep::*; pub struct Known; }
mod closed { pub struct Nothing; }
mod user { use crate::facade::{Fork, Known, Own}; fn f(_: crate::facade::Head, _: crate::closed::Gone, _: Fork) {} }
",
        &["k::user -> k::facade::Fork", "k::user -> k::facade::Head"],
    );
}
