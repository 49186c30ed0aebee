use crate::rules::configured::{check, violations};

const RULE: &str = "leaky-contract";

const CONFIG: &str = r#"
    version = 1
    [boundary.orders]
    contains = ["orders"]
    [boundary.billing]
    contains = ["billing"]
    [boundary.user]
    contains = ["user"]
"#;

/// With a user of all that `orders` shows at its root.
fn workspace(orders: &str) -> String {
    let kinds = ["fn ", "struct ", "enum ", "type ", "static ", "const ", "trait ", "mod "];
    let names = orders.split("pub ").skip(1).filter_map(|rest| {
        let rest = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
        Some(&rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_')?])
    });
    let uses: String = names.map(|name| format!("use orders::{name};\n")).collect();
    format!(
        "//- /orders/src/lib.rs lib:orders deps:billing,sqlx,uuid,axum\n{orders}\n//- /billing/src/lib.rs lib:billing\npub mod \
         ledger {{ pub struct Account; pub trait Keeper {{}} }}\npub struct Invoice;\npub mod reports {{ pub struct Report; }}\n\
         pub use reports::Report;\n//- /user/src/lib.rs lib:user deps:orders\n{uses}"
    )
}

#[track_caller]
fn shown(orders: &str, expected: &[&str]) {
    check(RULE, CONFIG, &workspace(orders), expected);
}

#[test]
fn parameters_results_fields_aliases_and_constants_are_shown() {
    shown("pub fn f(pool: &sqlx::PgPool) {}", &["orders -> sqlx::PgPool (1)"]);
    shown("use sqlx::PgPool; pub fn f() -> Option<PgPool> { None }", &["orders -> sqlx::PgPool (1)"]);
    shown("pub struct S { pub pool: sqlx::PgPool }", &["orders -> sqlx::PgPool (1)"]);
    shown("pub struct S(pub sqlx::PgPool);", &["orders -> sqlx::PgPool (1)"]);
    shown("pub enum E { A(sqlx::Error), B { e: sqlx::Error } }", &["orders -> sqlx::Error (2)"]);
    shown("pub type Db = sqlx::PgPool;", &["orders -> sqlx::PgPool (1)"]);
    shown("pub static DB: Option<sqlx::PgPool> = None;", &["orders -> sqlx::PgPool (1)"]);
    shown("pub trait T { fn f(&self, r: sqlx::Row); }", &["orders -> sqlx::Row (1)"]);
}

#[test]
fn a_bound_says_nothing_to_who_does_not_know_the_crate() {
    shown("pub fn f<E: sqlx::Executor>(e: E) {}", &[]);
    shown("pub fn f<E>(e: E) where E: sqlx::Executor {}", &[]);
    shown(
        "pub trait T: sqlx::Executor { type A: sqlx::Row; fn f(&self, r: sqlx::Row); }",
        &["orders -> sqlx::Row (1)"],
    );
    let strict = format!("{CONFIG}[rules.leaky-contract]\nstrict = true\n");
    check(RULE, &strict, &workspace("pub fn f<E: sqlx::Executor>(e: E) {}"), &["orders -> sqlx::Executor (1)"]);
}

#[test]
fn methods_are_shown_with_their_type() {
    shown("pub struct S; impl S { pub fn f(&self) -> sqlx::PgPool { loop {} } }", &["orders -> sqlx::PgPool (1)"]);
    shown("pub struct S; impl S { fn f(&self) -> sqlx::PgPool { loop {} } }", &[]);
    shown("struct S; impl S { pub fn f(&self) -> sqlx::PgPool { loop {} } }", &[]);
    shown("pub struct S; mod i { impl super::S { pub fn f(p: sqlx::PgPool) {} } }", &["orders -> sqlx::PgPool (1)"]);
}

#[test]
fn private_parts_bodies_and_other_items_are_not_shown() {
    shown("pub struct S { pool: sqlx::PgPool, pub(crate) other: sqlx::PgPool }", &[]);
    shown("pub struct S(sqlx::PgPool);", &[]);
    shown("pub fn f() { let pool: Option<sqlx::PgPool> = None; }", &[]);
    shown("pub const N: usize = std::mem::size_of::<sqlx::PgPool>();", &[]);
    shown("fn f(pool: sqlx::PgPool) {}", &[]);
    shown("mod store { pub fn f(pool: sqlx::PgPool) {} }", &[]);
    shown("pub(crate) fn f(pool: sqlx::PgPool) {}", &[]);
    shown("#[cfg(test)] pub fn f(pool: sqlx::PgPool) {}", &[]);
    shown("use sqlx::PgPool;", &[]);
    shown("pub use sqlx::PgPool;", &[]);
}

#[test]
fn what_an_impl_of_a_trait_repeats_is_not_shown_again() {
    shown("pub struct S; impl From<sqlx::Error> for S { fn from(e: sqlx::Error) -> Self { S } }", &[]);
    shown("pub struct S; impl sqlx::FromRow for S { type Row = sqlx::Row; }", &[]);
}

#[test]
fn crates_that_are_a_common_language_may_be_shown() {
    shown("pub fn f(id: uuid::Uuid) {}", &[]);
    shown("pub fn f(code: axum::http::StatusCode, method: axum::http::Method) {}", &[]);
}

#[test]
fn internals_of_another_boundary_are_found_and_its_api_is_not() {
    shown("pub fn f() -> billing::ledger::Account { loop {} }", &["orders -> billing::ledger::Account (1)"]);
    shown("pub fn f(k: impl billing::ledger::Keeper) {}", &["orders -> billing::ledger::Keeper (1)"]);
    shown("pub fn f() -> billing::Invoice { loop {} }", &[]);
    // Named around the API, but shown by it: another rule's matter.
    shown("pub fn f() -> billing::reports::Report { loop {} }", &[]);
    shown("fn f() -> billing::ledger::Account { loop {} }", &[]);
}

#[test]
fn a_type_is_one_violation_whatever_module_it_is_named_through() {
    shown(
        "pub fn f(p: sqlx::PgPool) {} pub mod a { use sqlx::postgres::PgPool; pub fn g(p: PgPool) {} } pub use a::g;",
        &["orders -> sqlx::PgPool (2)"],
    );
}

#[track_caller]
fn with(options: &str, orders: &str, expected: &[&str]) {
    let config = format!("{CONFIG}\n[crates]\nids = [\"uuid\"]\n[rules.leaky-contract]\n{options}\n");
    check(RULE, &config, &workspace(orders), expected);
}

#[test]
fn riprap_toml_says_which_crates_and_how_strictly() {
    let all = "pub fn f(a: sqlx::PgPool, b: uuid::Uuid, c: axum::Router, d: billing::Invoice, e: String) {}";
    with("level = \"warn\"", all, &["orders -> axum::Router (1)", "orders -> sqlx::PgPool (1)"]);
    with("crates = [\"@ids\"]", all, &["orders -> uuid::Uuid (1)"]);
    with("allow = [\"axum\"]", all, &["orders -> sqlx::PgPool (1)"]);
    with(
        "strict = true\nallow = [\"@ids\"]",
        all,
        &["orders -> axum::Router (1)", "orders -> billing::Invoice (1)", "orders -> sqlx::PgPool (1)"],
    );
}

#[test]
fn the_message_lists_the_signatures() {
    let found =
        violations(RULE, CONFIG, &workspace("pub fn open(p: sqlx::PgPool) {} pub fn close(p: sqlx::PgPool) {}"));
    assert_eq!(
        found[0].message,
        "the API of boundary `orders` shows `sqlx::PgPool`, a type of the crate `sqlx` (in `orders::open`, `orders::close`)"
    );
    assert_eq!(found[0].why, "whoever uses `orders` depends on `sqlx` and its version too, and changes with it");
}

#[test]
fn what_is_shown_to_some_users_alone_is_shown() {
    let config = CONFIG.replace(
        "contains = [\"orders\"]",
        "contains = [\"orders\"]\napi = [{ only = [\"user\"], show = [\"orders::ledger\"] }]",
    );
    let orders = "pub mod ledger { pub fn f(p: sqlx::PgPool) {} } pub fn g(e: sqlx::Error) {}";
    let used = format!("{}use orders::ledger::f as shown;\n", workspace(orders));
    check(RULE, &config, &used, &["orders -> sqlx::PgPool (1)"]);
}

#[test]
fn contracts_may_be_shown_however_strict() {
    let contracts = "contains = [\"billing\"]\nrole = \"contracts\"";
    let config = CONFIG.replace("contains = [\"billing\"]", contracts);
    let config = format!("{config}[rules]\nleaky-contract = {{ strict = true }}\n");
    let orders = "pub fn f(i: billing::Invoice, a: billing::ledger::Account) {}";
    check(RULE, &config, &workspace(orders), &[]);
}

#[test]
fn nobody_decided_on_what_is_generated() {
    let config = CONFIG.replace("contains = [\"orders\"]", "contains = [\"orders\"]\nrole = \"generated\"");
    let orders = "pub fn f(i: billing::ledger::Account, p: sqlx::PgPool) {}";
    check(RULE, &config, &workspace(orders), &[]);
}

#[test]
fn to_those_who_use_the_crate_themselves_its_types_are_no_news() {
    let config = format!("{CONFIG}[boundary.web]\ncontains = [\"web\"]\n");
    let found = |web: &str| {
        let orders = workspace("pub fn open(pool: sqlx::PgPool) {}");
        let orders = orders.split("//- /user").next().unwrap();
        let web = format!("//- /web/src/lib.rs lib:web deps:orders,sqlx\n{web}\n");
        violations(RULE, &config, &format!("{orders}{web}")).len()
    };
    assert_eq!(found("pub fn f() { orders::open(loop {}) }"), 1);
    assert_eq!(found("fn pool() -> sqlx::PgPool { loop {} } pub fn f() { orders::open(pool()) }"), 0);
    assert_eq!(found(""), 0);
}

#[test]
fn who_wires_the_program_may_see_what_it_is_made_of() {
    let config = CONFIG.replace("contains = [\"user\"]", "contains = [\"user\"]\n    role = \"composition\"");
    check(RULE, &config, &workspace("pub fn f(pool: &sqlx::PgPool) {}"), &[]);
}
