//! Small workspaces and moves, with the texts that the patch makes of them; each patch is held against its draft.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::analysis::{Gathered, Session};
use crate::draft::{Draft, Move};
use crate::fixture;

/// The files that a patch changes, and what it leaves, as text; the code after it is what the draft said, or the
/// differences are told.
fn patched(workspace: &str, moves: &[(&str, &str)]) -> String {
    let fixture = fixture::parse(workspace);
    let gathered = Gathered {
        root: PathBuf::from("/nowhere"),
        workspace: Arc::new(fixture.workspace),
        sources: Arc::new(fixture.sources),
        ..Gathered::default()
    };
    let go_on = AtomicBool::new(false);
    let (mut session, analysis) = Session::start(gathered, &|_| {}, &go_on).unwrap();
    let relocate = |(code, to): &(&str, &str)| Move::Relocate { code: (*code).to_owned(), to: (*to).to_owned() };
    let ground = analysis.ground();
    let drafted = ground.lay_draft(&Draft { moves: moves.iter().map(relocate).collect() });
    assert_eq!(drafted.refusals, []);
    let patched = session.patch(&ground, &drafted, &go_on).unwrap().unwrap();
    let mut told = String::new();
    for change in &patched.patch.files {
        let name = match change.before == change.after {
            true => change.after.clone(),
            false => format!("{} -> {}", change.before, change.after),
        };
        told.push_str(&format!("== {name}\n{}", change.new));
    }
    let left: BTreeSet<String> =
        patched.patch.left.iter().map(|left| format!("left: {:?} {}\n", left.place, left.reason)).collect();
    told.extend(left);
    told.extend(patched.promise.differences.iter().map(|difference| format!("differs: {difference}\n")));
    told
}

#[track_caller]
fn check(workspace: &str, moves: &[(&str, &str)], expected: &str) {
    let told = patched(workspace, moves);
    assert!(told == expected, "\n{told}\n--- expected\n{expected}");
}

const MODULES: &str = "//- /src/lib.rs lib:k
mod domain;
/// Stores.
#[cfg(all())]
mod storage;
mod web;
pub use storage::Row as Line;
fn f() -> storage::Row { crate::storage::Row::new() }
//- /src/domain.rs
pub struct Order;
//- /src/storage.rs
mod sql;
use super::domain;
use super::{domain::Order, web::{self, Page}};
pub struct Row(Order);
impl Row {
    pub(crate) fn new() -> Self { let _ = self::sql::text(); web::show(); Self(domain::Order) }
}
//- /src/storage/sql.rs
pub(super) fn text() -> &'static str { super::super::web::NAME }
//- /src/web.rs
use crate::storage::{Row, *};
pub struct Page;
pub const NAME: &str = \"\";
pub fn show() {}
fn g(_: Row) {}
";

#[test]
fn a_module_takes_its_files_and_its_line_along() {
    check(
        MODULES,
        &[("k::storage", "k::web")],
        "== src/lib.rs
mod domain;
mod web;
pub use crate::web::storage::Row as Line;
fn f() -> crate::web::storage::Row { crate::web::storage::Row::new() }
== src/storage.rs -> src/web/storage.rs
mod sql;
use crate::domain;
use crate::{domain::Order, web::{self, Page}};
pub struct Row(Order);
impl Row {
    pub(crate) fn new() -> Self { let _ = self::sql::text(); web::show(); Self(domain::Order) }
}
== src/storage/sql.rs -> src/web/storage/sql.rs
pub(super) fn text() -> &'static str { crate::web::NAME }
== src/web.rs
/// Stores.
#[cfg(all())]
pub(crate) mod storage;

use crate::web::storage::{Row, *};
pub struct Page;
pub const NAME: &str = \"\";
pub fn show() {}
fn g(_: Row) {}
",
    );
}

#[test]
fn a_leaf_of_a_use_tree_goes_elsewhere_and_names_that_globs_brought_are_written() {
    check(
        "//- /src/lib.rs lib:k
mod a;
mod b;
//- /src/a.rs
pub mod m { pub fn f() {} }
pub mod n;
pub fn g() { n::h() }
//- /src/a/n.rs
pub(super) fn h() {}
//- /src/b.rs
use crate::a::{m, n::{self as other, h as called}};
use crate::a::*;
pub fn i() { m::f(); n::h(); other::h(); called(); }
",
        &[("k::a::n", "k::b")],
        "== src/a.rs
pub mod m { pub fn f() {} }
pub fn g() { crate::b::n::h() }
== src/a/n.rs -> src/b/n.rs
pub(crate) fn h() {}
== src/b.rs
pub mod n;

use crate::a::m;
use crate::b::n as other;
use crate::b::n::h as called;
use crate::a::*;
pub fn i() { m::f(); n::h(); other::h(); called(); }
",
    );
}

#[test]
fn an_item_takes_its_impls_and_imports_along() {
    check(
        "//- /src/lib.rs lib:k
mod a;
mod b;
//- /src/a.rs
//! Things.

use std::collections::BTreeMap;

use crate::b::Key;

/// A thing.
#[derive(Debug)]
pub struct Thing {
    parts: BTreeMap<Key, Part>,
}

struct Part;

impl Thing {
    fn count(&self) -> usize {
        self.parts.len() + helper()
    }
}

fn helper() -> usize {
    3
}

pub fn all(things: &[Thing]) -> usize {
    things.iter().map(|it| it.count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(_: &Thing) {
        helper();
    }
}
//- /src/b.rs
pub struct Key;

fn u(_: &crate::a::Thing) {}
",
        &[("k::a::Thing", "k::b")],
        "== src/a.rs
//! Things.

use std::collections::BTreeMap;

use crate::b::Thing;

pub(crate) struct Part;

pub(crate) fn helper() -> usize {
    3
}

pub fn all(things: &[Thing]) -> usize {
    things.iter().map(|it| it.count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(_: &Thing) {
        helper();
    }
}
== src/b.rs
use crate::a::Part;
use crate::a::helper;
use std::collections::BTreeMap;

pub struct Key;

fn u(_: &crate::b::Thing) {}

/// A thing.
#[derive(Debug)]
pub struct Thing {
    parts: BTreeMap<Key, Part>,
}

impl Thing {
    pub(crate) fn count(&self) -> usize {
        self.parts.len() + helper()
    }
}
",
    );
}

#[test]
fn what_goes_to_another_package_names_its_old_one_and_is_named_by_its_users() {
    check(
        "//- /old/src/lib.rs lib:old deps:base
pub mod kept;
pub mod gone;
//- /old/src/kept.rs
pub struct Kept;
//- /old/src/gone.rs
use crate::kept::Kept;
use base::Base;
pub fn g() { let _ = (Kept, Base); }
//- /new/src/lib.rs lib:new deps:old,base
fn h() { old::gone::g() }
//- /base/src/lib.rs lib:base
pub struct Base;
",
        &[("old::gone", "new")],
        "== new/src/lib.rs
pub mod gone;

fn h() { crate::gone::g() }
== old/src/gone.rs -> new/src/gone.rs
use old::kept::Kept;
use base::Base;
pub fn g() { let _ = (Kept, Base); }
== old/src/lib.rs
pub mod kept;
",
    );
}

#[test]
fn what_cannot_be_done_for_certain_is_left_and_bodies_of_macros_are_corrected() {
    check(
        "//- /src/lib.rs lib:k
#[path = \"elsewhere.rs\"]
mod a;
macro_rules! call { () => { crate::c::f() } }
mod c { pub fn f() { call!() } }
mod d { fn g() { call!() } }
mod b;
//- /src/elsewhere.rs
//- /src/b.rs
",
        &[("k::a", "k::b"), ("k::c", "k::b")],
        "== src/b.rs
pub(crate) mod c { pub fn f() { call!() } }
== src/lib.rs
#[path = \"elsewhere.rs\"]
mod a;
macro_rules! call { () => { crate::b::c::f() } }
mod d { fn g() { call!() } }
mod b;
left: Some((\"src/lib.rs\", 2)) `k::a` stays where it is: `#[path]` says where its file is
differs: code `k::a` is new
differs: code `k::b::a` is missing
",
    );
}
