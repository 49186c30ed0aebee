//! Small workspaces, files that changed, and what that reaches.

use super::*;
use crate::compare::fixture::analyzed;

const CONFIG: &str = r#"
version = 1
[boundary.kernel]
contains = ["kernel"]
[boundary.orders]
contains = ["orders"]
[boundary.shop]
contains = ["billing", "shop"]
"#;

const SHOP: &str = r#"
//- /kernel/src/lib.rs lib:kernel
pub fn f() {}
//- /orders/src/lib.rs lib:orders deps:kernel
pub fn f() { kernel::f() }
const PAGE: &str = include_str!("../../pages/order.html");
//- /orders/tests/t.rs test:t
use orders::f;
//- /billing/src/lib.rs lib:billing deps:orders
pub fn f() { orders::f() }
//- /shop/src/main.rs bin:shop package:shop deps:billing
fn main() { billing::f() }
//- /e2e/src/lib.rs lib:e2e dev-deps:orders
//- /after/src/lib.rs lib:after deps:e2e
"#;

/// Packages with their causes, tests alone in parentheses, then boundaries.
fn check(changed: &[&str], expected: &[&str]) {
    let analysis = analyzed(CONFIG, SHOP);
    let (workspace, boundaries) = (&*analysis.workspace, &analysis.boundaries);
    let revision = Revision { workspace, sources: &analysis.sources, model: &analysis.model, boundaries };
    let changed: Vec<String> = changed.iter().map(|path| (*path).to_owned()).collect();
    let found = affected(revision, &changed);
    let name = |id: &PackageId| workspace.package(*id).name.clone();
    let cause = |cause: &Cause| match cause {
        Cause::Changed(path) => path.clone(),
        Cause::DependsOn(package) => name(package),
        Cause::Everywhere => "everywhere".to_owned(),
    };
    let packages = found.packages.iter().map(|(id, why)| format!("{}: {}", name(id), cause(why)));
    let tests = found.tests_alone.iter().map(|(id, why)| format!("({}: {})", name(id), cause(why)));
    let names = |ids: &BTreeSet<BoundaryId>| ids.iter().map(|id| boundaries.name(*id)).collect::<Vec<_>>().join(" ");
    let mut told: Vec<String> = packages.chain(tests).collect();
    told.push(format!("{} -> {}", names(&found.boundaries), names(&found.reached)));
    assert_eq!(told, expected);
}

#[test]
fn a_change_reaches_what_depends_on_it_and_the_tests_of_what_is_tested_with_it() {
    check(
        &["orders/src/lib.rs"],
        &["orders: orders/src/lib.rs", "billing: orders", "shop: billing", "(e2e: orders)", "orders -> shop"],
    );
}

#[test]
fn a_file_of_tests_reaches_nothing_else() {
    check(&["orders/tests/t.rs"], &["(orders: orders/tests/t.rs)", "orders -> "]);
}

#[test]
fn a_file_that_is_gone_or_is_no_code_is_one_of_its_package() {
    check(&["shop/build.rs", "billing/README.md"], &["billing: billing/README.md", "shop: shop/build.rs", " -> "]);
}

#[test]
fn a_file_outside_of_packages_reaches_those_that_include_it() {
    let rest = ["billing: orders", "shop: billing", "(e2e: orders)", " -> "];
    check(&["pages/order.html"], &[&["orders: pages/order.html"][..], &rest].concat());
    check(&["docs/order.md"], &[" -> "]);
}

#[test]
fn what_every_package_depends_on_reaches_all() {
    let all = ["kernel", "orders", "billing", "shop", "e2e", "after"].map(|name| format!("{name}: everywhere"));
    let expected: Vec<&str> = all.iter().map(String::as_str).chain(["kernel orders shop -> "]).collect();
    check(&["Cargo.lock", "shop/src/main.rs"], &expected);
}

#[test]
fn nothing_reaches_nothing() {
    check(&[], &[" -> "]);
}

/// Rings of modules from the middle outwards, then the items that name the code, those that show it in brackets, then
/// packages that are built again, and in parentheses those of which only tests are.
fn check_blast(of: &[&str], expected: &[&str]) {
    let analysis = analyzed(CONFIG, RINGS);
    let (model, workspace, boundaries) = (&*analysis.model, &*analysis.workspace, &analysis.boundaries);
    let revision = Revision { workspace, sources: &analysis.sources, model, boundaries };
    let node = |path: &&str| match path.strip_prefix("package ") {
        Some(name) => model.packages().find(|package| &*model.node(*package).name == name).unwrap(),
        None => model.find(path).unwrap(),
    };
    let found = blast(revision, &of.iter().map(node).collect::<Vec<_>>());
    let names = |nodes: &[NodeId]| nodes.iter().map(|node| model.path(*node)).collect::<Vec<_>>().join(" ");
    let packages = |ids: &[PackageId]| ids.iter().map(|id| &*workspace.package(*id).name).collect::<Vec<_>>().join(" ");
    let mut told: Vec<String> = found.rings.iter().map(|ring| names(ring)).collect();
    told.push(format!("{} [{}]", names(&found.naming), names(&found.showing)));
    told.push(format!("{} ({})", packages(&found.built), packages(&found.tested)));
    assert_eq!(told, expected);
}

const RINGS: &str = r#"
//- /kernel/src/lib.rs lib:kernel
pub mod money { pub struct Money; pub struct Rate; }
pub mod price {
    use crate::money::Money;
    pub fn of() -> Money { Money }
    pub fn print() { let _ = Money; }
}
pub mod other { fn f(_: crate::money::Rate) {} }
#[cfg(test)]
mod tests { use crate::money::Money; }
//- /orders/src/lib.rs lib:orders deps:kernel
pub fn total() { kernel::price::of(); }
pub mod alone {}
//- /shop/src/main.rs bin:shop package:shop deps:orders
fn main() { orders::total() }
//- /billing/src/lib.rs lib:billing dev-deps:kernel
"#;

#[test]
fn rings_go_from_who_names_an_item_to_who_leads_there() {
    check_blast(
        &["kernel::money::Money"],
        &[
            "kernel::money",
            "kernel::price",
            "orders",
            "bin:shop",
            "kernel::price kernel::price::of kernel::price::print [kernel::price::of]",
            "kernel orders shop (billing)",
        ],
    );
}

#[test]
fn what_lies_in_the_same_change_is_its_middle() {
    check_blast(
        &["kernel::money", "kernel::price"],
        &[
            "kernel::money kernel::price",
            "orders kernel::other",
            "bin:shop",
            "kernel::other::f orders::total [kernel::other::f]",
            "kernel orders shop (billing)",
        ],
    );
    check_blast(&["orders::alone"], &["orders::alone", " []", "orders shop ()"]);
    check_blast(&["package shop"], &["bin:shop", " []", "shop ()"]);
}
