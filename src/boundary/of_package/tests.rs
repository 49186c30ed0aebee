use super::*;
use crate::boundary::fixture::{Fixture, declarations, declare, template};
use crate::boundary::{Boundaries, Intent, Origin, resolve};
use crate::source::Span;

const WORKSPACE: &str = "
    package orders core/orders/api
    package orders-db db/orders
    package billing core/billing/api
    package web web
";

/// What the manifest of `package` says, in the words of a fixture.
fn said(package: &str, boundary: Option<&str>, text: &str) -> OfPackage {
    let manifest = format!("{package}/Cargo.toml");
    let mut declaration = match text.is_empty() {
        true => Declaration { ..declare("", "contains none") },
        false => declare("", text),
    };
    if text.is_empty() {
        (declaration.contains, declaration.origins) = (Vec::new(), Default::default());
    }
    let declaration = declaration.said_by(&Origin::Manifest(manifest.clone()));
    let boundary = boundary.map(|name| Placed { value: name.to_owned(), span: Span::new(900, 901) });
    OfPackage { package: package.to_owned(), manifest, boundary, declaration }
}

fn resolved(intent: Intent) -> Result<Boundaries, Vec<Problem>> {
    let fixture = Fixture::new(WORKSPACE);
    resolve(fixture.code(), intent)
}

/// `name: packages; owner` of each boundary.
#[track_caller]
fn check(intent: Intent, expected: &[&str]) {
    let fixture = Fixture::new(WORKSPACE);
    let boundaries = resolve(fixture.code(), intent).unwrap();
    let line = |id| {
        let members: Vec<&str> = boundaries.members(id).iter().map(|node| fixture.model.path(*node)).collect();
        let owner = boundaries.declaration(id).owner.as_deref().unwrap_or("-");
        format!("{}: {}; {owner}", boundaries.name(id), members.join(" "))
    };
    assert_eq!(boundaries.ids().map(line).collect::<Vec<_>>(), expected);
}

#[test]
fn a_package_speaks_of_the_boundary_that_it_is_in() {
    let boundaries = declarations(&[("sales", "contains orders orders-db")]);
    let of_packages = vec![said("orders-db", None, "owner @sales")];
    check(Intent { boundaries, of_packages, ..Intent::default() }, &["sales: orders orders-db; @sales"]);
}

#[test]
fn a_package_in_no_boundary_is_one() {
    let of_packages = vec![said("web", None, "owner @web"), said("billing", None, "")];
    check(Intent { of_packages, ..Intent::default() }, &["billing: billing; -", "web: web; @web"]);
}

#[test]
fn packages_that_name_one_boundary_make_it_together() {
    let of_packages = vec![said("orders", Some("sales"), "owner @sales"), said("orders-db", Some("sales"), "")];
    check(Intent { of_packages, ..Intent::default() }, &["sales: orders orders-db; @sales"]);
}

#[test]
fn a_package_joins_the_boundary_that_it_names() {
    let boundaries = declarations(&[("sales", "contains orders")]);
    let of_packages = vec![said("orders-db", Some("sales"), "")];
    check(Intent { boundaries, of_packages, ..Intent::default() }, &["sales: orders orders-db; -"]);
}

#[test]
fn what_a_package_says_outranks_its_template_and_the_defaults() {
    let templates = vec![template("<n>", "contains core/<n>/*; owner @<n>")];
    let of_packages = vec![said("orders", None, "owner @sales"), said("web", None, "")];
    let defaults = declare("", "owner @all");
    check(
        Intent { templates, of_packages, defaults, ..Intent::default() },
        &["billing: billing; @billing", "orders: orders; @sales", "web: web; @all"],
    );
}

#[test]
fn a_key_that_two_places_set_is_a_problem_of_both() {
    let boundaries = declarations(&[("sales", "contains orders; owner @a")]);
    let of_packages = vec![said("orders", None, "owner @b"), said("orders-db", Some("sales"), "may_use web")];
    let again = said("web", Some("sales"), "may_use billing");
    let problems =
        resolved(Intent { boundaries, of_packages: [of_packages, vec![again]].concat(), ..Intent::default() });
    let told: Vec<String> = problems.unwrap_err().into_iter().map(|problem| problem.message).collect();
    assert_eq!(
        told,
        [
            "`may_use` of boundary `sales` is set in orders-db/Cargo.toml and in web/Cargo.toml",
            "`owner` of boundary `sales` is set in riprap.toml and in orders/Cargo.toml",
        ]
    );
}

#[test]
fn the_manifest_is_named_where_its_keys_would_be_looked_for() {
    let boundaries = declarations(&[("sales", "contains orders")]);
    let of_packages = vec![said("orders", None, "owner @b"), said("web", None, "owner @web")];
    let boundaries = resolved(Intent { boundaries, of_packages, ..Intent::default() }).unwrap();
    let table = |name: &str, key: &str| boundaries.declaration(boundaries.find(name).unwrap()).table(key);
    assert_eq!(table("sales", "owner"), "`[package.metadata.riprap]` of orders/Cargo.toml");
    assert_eq!(table("sales", "may_use"), "`[boundary.sales]`");
    assert_eq!(table("web", "may_use"), "`[package.metadata.riprap]` of web/Cargo.toml");
}
