use crate::rules::configured::{check, violations};

const RULE: &str = "external-dependency";

const CONFIG: &str = r#"
    version = 1
    [crates]
    db = ["sqlx", "diesel*"]
    [boundary.orders]
    contains = ["orders"]
    external = { deny = ["@db"] }
    [boundary.store]
    contains = ["store"]
"#;

/// `orders` denies the crates of the group `db`, `store` says nothing.
#[track_caller]
fn in_orders(code: &str, expected: &[&str]) {
    let workspace = format!(
        "//- /orders/src/lib.rs lib:orders deps:store,sqlx,diesel-async,serde\n{code}\n//- /store/src/lib.rs lib:store \
         deps:sqlx\npub use sqlx;\npub use sqlx::PgPool;\npub use sqlx::postgres;\npub struct Store(PgPool);\n"
    );
    check(RULE, CONFIG, &workspace, expected);
}

#[test]
fn paths_imports_and_imported_names_count() {
    in_orders("fn f() { sqlx::query(); }", &["orders -> sqlx (1)"]);
    in_orders("use sqlx::PgPool; fn f(p: PgPool) {}", &["orders -> sqlx (2)"]);
    in_orders("mod a { use sqlx as db; fn f() { db::query() } }", &["orders::a -> sqlx (2)"]);
    in_orders("extern crate sqlx as db; fn f() { db::query() }", &["orders -> sqlx (1)"]);
}

#[test]
fn macros_derives_and_attributes_count() {
    in_orders("fn f() { sqlx::query!(\"select 1\"); }", &["orders -> sqlx (1)"]);
    in_orders("#[derive(sqlx::FromRow)] struct Row;", &["orders -> sqlx (1)"]);
    in_orders("use sqlx::FromRow; #[derive(FromRow)] struct Row;", &["orders -> sqlx (2)"]);
    in_orders("#[sqlx::traced] fn f() {}", &["orders -> sqlx (1)"]);
    in_orders("#[macro_use] extern crate sqlx;", &["orders -> sqlx (1)"]);
}

#[test]
fn a_hyphen_is_an_underscore_and_the_package_is_told() {
    in_orders("use diesel_async::Pool;", &["orders -> diesel-async (1)"]);
}

#[test]
fn one_module_and_crate_is_one_violation() {
    in_orders(
        "fn f() { sqlx::a(); sqlx::b() } mod inner { fn g() { sqlx::a() } }",
        &["orders -> sqlx (2)", "orders::inner -> sqlx (1)"],
    );
}

#[test]
fn a_crate_by_another_name_is_the_same_crate() {
    in_orders("use store::sqlx::PgPool;", &["orders -> sqlx (1)"]);
    in_orders("fn f() { store::postgres::connect() }", &["orders -> sqlx (1)"]);
    in_orders("use store::*; fn f() { sqlx::query() }", &["orders -> sqlx (1)"]);
}

#[test]
fn a_single_thing_that_another_boundary_re_exports_is_its_own() {
    in_orders("use store::PgPool; fn f(p: PgPool) { PgPool::close() }", &[]);
}

#[test]
fn a_re_export_within_the_boundary_is_no_way_around() {
    in_orders(
        "mod db { pub use sqlx::PgPool; } mod a { fn f(p: crate::db::PgPool) {} }",
        &["orders::a -> sqlx (1)", "orders::db -> sqlx (1)"],
    );
}

#[test]
fn what_is_allowed_what_is_in_tests_and_what_is_only_called_alike_is_quiet() {
    in_orders("use serde::Serialize; use std::fmt::Debug;", &[]);
    in_orders("#[cfg(test)] mod tests { use sqlx::PgPool; }", &[]);
    in_orders("mod sqlx { pub fn query() {} } fn f() { self::sqlx::query() }", &[]);
    in_orders("/// [sqlx::PgPool]\nfn f(sqlx: u8) -> u8 { sqlx }", &[]);
    in_orders("use store::Store;", &[]);
}

#[track_caller]
fn ruled(external: &str, expected: &[&str]) {
    let config = format!(
        "version = 1\n[crates]\ndb = [\"sqlx\", \"diesel*\"]\n[boundary.orders]\ncontains = [\"orders\"]\n{external}\n"
    );
    let workspace = "
//- /orders/src/lib.rs lib:orders deps:sqlx,diesel,serde
use sqlx::A; use diesel::B; use serde::C;
";
    check(RULE, &config, workspace, expected);
}

#[test]
fn only_what_is_allowed_may_be_used_and_the_more_exact_entry_wins() {
    ruled("external = { allow = [\"serde\"] }", &["orders -> diesel (1)", "orders -> sqlx (1)"]);
    ruled("external = { allow = [\"@db\"] }", &["orders -> serde (1)"]);
    ruled(
        "external = { allow = [\"sqlx\", \"*\"], deny = [\"@db\"] }",
        &["orders -> diesel (1)", "orders -> sqlx (1)"],
    );
    ruled("external = { allow = [\"diesel\", \"*\"], deny = [\"@db\"] }", &["orders -> sqlx (1)"]);
    ruled("external = { deny = [\"*\"] }", &["orders -> diesel (1)", "orders -> serde (1)", "orders -> sqlx (1)"]);
    ruled("external = { allow = [] }", &["orders -> diesel (1)", "orders -> serde (1)", "orders -> sqlx (1)"]);
    ruled("", &[]);
}

#[test]
fn a_nested_boundary_has_the_declaration_around_it_unless_it_has_its_own() {
    let config = |own: &str| {
        format!(
            "version = 1\n[boundary.orders]\ncontains = [\"orders\"]\nexternal = {{ deny = [\"sqlx\"] }}\n[boundary.store]\n\
             contains = [\"orders::store\"]\n{own}\n"
        )
    };
    let workspace = "
//- /orders/src/lib.rs lib:orders deps:sqlx
mod store { use sqlx::PgPool; }
";
    check(RULE, &config(""), workspace, &["orders::store -> sqlx (1)"]);
    check(RULE, &config("external = { allow = [\"sqlx\"] }"), workspace, &[]);
}

#[test]
fn the_message_names_the_clause_and_the_boundary_that_may() {
    let workspace = "
//- /orders/src/lib.rs lib:orders deps:sqlx,store
use sqlx::PgPool;
//- /store/src/lib.rs lib:store deps:sqlx
pub struct Store(sqlx::PgPool);
pub mod deep { pub struct Deep(sqlx::PgPool); }
";
    let found = violations(RULE, CONFIG, workspace);
    assert_eq!(found[0].message, "`orders` uses the crate `sqlx`, which boundary `orders` must not use");
    assert_eq!(found[0].why, "`external` of `orders` denies `@db`, and `sqlx` is one of them");
    assert_eq!(
        found[0].route.as_deref(),
        Some(
            "ask `store` for it, which may use `sqlx` and offers `store::Store`; or, if `orders` shall use it itself, add \
             `allow = [\"sqlx\", \"*\"]` in `external` of `[boundary.orders]`"
        )
    );
}

#[test]
fn defaults_are_for_those_that_say_nothing_and_have_nobody_around_them_who_does() {
    let config = |orders: &str| {
        format!(
            "version = 1\n[defaults]\nexternal = {{ deny = [\"sqlx\"] }}\n[boundary.orders]\ncontains = [\"orders\"]\n{orders}\n\
             [boundary.store]\ncontains = [\"orders::store\"]\n"
        )
    };
    let workspace = "
//- /orders/src/lib.rs lib:orders deps:sqlx
mod store { use sqlx::PgPool; }
";
    check(RULE, &config(""), workspace, &["orders::store -> sqlx (1)"]);
    check(RULE, &config("external = { allow = [\"sqlx\"] }"), workspace, &[]);
}

#[test]
fn a_template_binds_its_name_in_external() {
    let config =
        "version = 1\n[boundary.\"<name>\"]\ncontains = [\"core/<name>\"]\nexternal = { allow = [\"<name>-sdk\"] }\n";
    let workspace = "
//- /core/a/src/lib.rs lib:a deps:a-sdk,b-sdk
use a_sdk::A; use b_sdk::B;
//- /core/b/src/lib.rs lib:b deps:a-sdk,b-sdk
use a_sdk::A; use b_sdk::B;
";
    check(RULE, config, workspace, &["a -> b-sdk (1)", "b -> a-sdk (1)"]);
}

#[test]
fn a_default_that_no_dependency_matches_is_told_once() {
    let config = "version = 1\n[defaults]\nexternal = { deny = [\"sqlx\", \"gone\"] }\n[boundary.a]\ncontains = [\"a\"]\n[boundary.b]\n\
                  contains = [\"b\"]\n";
    let workspace = "
//- /a/src/lib.rs lib:a deps:sqlx
//- /b/src/lib.rs lib:b
";
    check("empty-pattern", config, workspace, &["a -> gone (0)"]);
}
