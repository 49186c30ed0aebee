//! What queries find in a small workspace.

use super::*;
use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Intent, Layers, Placed};
use crate::source::Span;

const SHOP: &str = "
    external serde sqlx
    package shop-orders core/orders
    pub mod shop_orders::stock
    pub struct shop_orders::stock::Level
    pub trait shop_orders::stock::Store
    pub fn shop_orders::place
    mod shop_orders::hidden
    pub fn shop_orders::hidden::secret
    package billing core/billing
    pub fn billing::pay
    pub(crate) fn billing::round
    package web apps/web bin
    mod bin:web::cart
    fn bin:web::cart::show
    bin:web::cart -> shop_orders::stock::Level type
    bin:web -> bin:web::cart::show call
    shop_orders -> billing::pay call
    billing -> shop_orders::stock::Store impl test
    shop_orders::stock -> shop_orders::place doc
";

/// The paths that a query finds, or what is wrong with it.
fn found(query: &str) -> String {
    let fixture = Fixture::new(SHOP);
    let layer = |name: &str| Placed { value: name.to_owned(), span: Span::default() };
    let boundaries = fixture.boundaries(Intent {
        boundaries: declarations(&[
            ("orders", "contains shop-orders; layer domain; tags core pci; owner @shop/orders"),
            ("money", "contains billing; layer domain"),
            ("apps", "contains apps/*; layer apps"),
        ]),
        layers: Layers { order: vec![layer("apps"), layer("domain")], closed: false },
        ..Intent::default()
    });
    let ground = Ground {
        model: &fixture.model,
        folders: &fixture.folders,
        boundaries: &boundaries,
        sources: &fixture.sources,
        tests: false,
    };
    match Set::parse(query).and_then(|set| select(ground, &set)) {
        Err(mistake) => format!("{}: {mistake}", mistake.column(query)),
        Ok(selection) => {
            let nodes = selection.nodes().map(|node| fixture.model.path(node));
            let crates = selection.crates().map(|krate| fixture.model.external_crate(krate));
            let mut all: Vec<&str> = nodes.chain(crates).collect();
            all.sort_unstable();
            all.join(" ")
        }
    }
}

fn check(query: &str, expected: &str) {
    assert_eq!(found(query), expected, "{query}");
}

#[test]
fn a_name_is_a_boundary_a_package_a_folder_a_path_or_whatever_is_called_so() {
    let billing = "billing billing billing::pay billing::round";
    check("money", billing);
    check("billing", billing);
    check("core/billing", billing);
    check("billing::*", "billing::pay billing::round");
    check("shop_orders::stock", "shop_orders::stock shop_orders::stock::Level shop_orders::stock::Store");
    check("web::cart", "bin:web::cart bin:web::cart::show");
    check("Level", "shop_orders::stock::Level");
    check("serde", "serde");
}

#[test]
fn a_name_that_nothing_has_is_told_with_the_nearest() {
    check("kind:fn biling", "9: nothing here is called `biling`; did you mean `billing`?");
    check("shop_orders::stok", "1: nothing is at `shop_orders::stok`; did you mean `shop_orders::stock`?");
    check("core/nothing", "1: `core/nothing` holds no package");
    check("layer:domian", "7: no layer is called `domian`; did you mean `domain`?");
    check("tag:psi", "5: no tag is called `psi`; did you mean `pci`?");
}

#[test]
fn conditions_are_on_kind_visibility_and_names() {
    check("kind:trait", "shop_orders::stock::Store");
    check("kind:crate", "serde sqlx");
    check("kind:package apps", "web");
    check("kind:module orders", "shop_orders shop_orders::hidden shop_orders::stock");
    check("vis:crate kind:fn", "billing::round");
    check("vis:private kind:module", "bin:web::cart shop_orders::hidden");
    check("vis:restricted", "");
    check("name:p* kind:fn", "billing::pay shop_orders::place");
}

#[test]
fn conditions_are_on_what_riprap_toml_says() {
    check("layer:apps kind:fn", "bin:web::cart::show");
    check("tag:pci kind:fn", "shop_orders::hidden::secret shop_orders::place");
    check("owner:@shop/* kind:trait", "shop_orders::stock::Store");
    check("boundary:money vis:pub kind:item", "billing::pay");
    check("is:api orders", "shop_orders::place");
    check("is:internal money", "billing::round");
}

#[test]
fn what_uses_a_set_is_outside_it() {
    check("uses(orders)", "bin:web::cart web");
    check("uses(billing::pay)", "shop-orders shop_orders");
    check("uses(orders by call)", "");
    check(
        "uses(shop_orders::place by doc)",
        "shop_orders::stock shop-orders".split(' ').rev().collect::<Vec<_>>().join(" ").as_str(),
    );
    check("used_by(web::cart)", "shop-orders shop_orders::stock shop_orders::stock::Level");
}

#[test]
fn what_reaches_a_set_may_be_far_away() {
    check("reaches(money) kind:module", "shop_orders");
    check("reached_by(bin:web::cart) kind:module", "shop_orders::stock");
    check("path(web::cart, billing)", "");
    check("path(orders, billing)", "billing shop_orders");
}

#[test]
fn numbers_count_modules_outside() {
    check("fan-in > 0 kind:item", "billing::pay bin:web::cart::show shop_orders::stock::Level");
    check("fan-out > 0 kind:package", "shop-orders web");
    check("is:unused kind:trait", "shop_orders::stock::Store");
    check("items >= 2 kind:module", "billing shop_orders::stock");
}

#[test]
fn sets_are_combined() {
    check("kind:fn - (orders | apps)", "billing::pay billing::round");
    check("below(shop_orders::stock)", "");
    check("below(kind:module name:stock)", "shop_orders::stock::Level shop_orders::stock::Store");
    check("around(Level) kind:package", "shop-orders");
    check("** kind:trait", "shop_orders::stock::Store");
}
