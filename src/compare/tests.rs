use super::fixture::{analyzed, compared};
use super::*;

const CONFIG: &str = "
    version = 1
    [boundary.orders]
    contains = [\"orders\"]
    [boundary.web]
    contains = [\"web\"]
    [rules]
    over-exposed = \"off\"
    leaky-contract = \"off\"
";

const ORDERS: &str = "
//- /orders/src/lib.rs lib:orders
pub mod stock;
pub struct Order { pub id: u8 }
//- /orders/src/stock.rs
pub struct Level;
pub struct Unit;
pub fn count() -> u8 { 0 }
";

fn with_web(orders: &str, web: &str) -> String {
    format!("{orders}//- /web/src/lib.rs lib:web deps:orders\n{web}\n")
}

fn worse(comparison: &Comparison) -> Vec<String> {
    let told = comparison.violations.worse.iter().map(|it| {
        let Violation { rule, from, to, members, .. } = &it.violation;
        let was = it.was.as_ref().map_or_else(String::new, |was| format!(" was {}", was.members.join(" ")));
        format!("{rule} {from} -> {to}{}{was}", members.join(" "))
    });
    told.collect()
}

fn fixed(comparison: &Comparison) -> Vec<String> {
    let told = comparison.violations.fixed.iter();
    told.map(|it| format!("{} {} -> {}{}", it.rule, it.from, it.to, it.members.join(" "))).collect()
}

#[test]
fn a_revision_does_not_differ_from_itself() {
    let text = with_web(ORDERS, "use orders::stock::Level;\npub fn f(_: Level) {}");
    assert!(compared(CONFIG, &text, &text).is_empty());
    assert!(compared("", &text, &text).is_empty());
}

#[test]
fn violations_are_new_fixed_or_the_same() {
    let before = with_web(ORDERS, "use orders::stock::{Level, Unit};\npub fn f(_: Level, _: Unit) {}");
    let after =
        with_web(ORDERS, "fn g() { orders::stock::count(); }\nuse orders::stock::Level;\n\npub fn f(_: Level) {}");
    let comparison = compared(CONFIG, &before, &after);
    assert_eq!(worse(&comparison), ["internal-access web -> orders::stock::count"]);
    assert_eq!(fixed(&comparison), ["internal-access web -> orders::stock::Unit"]);
    // `Level` moved by a line, and so did the other finding.
    assert_eq!(
        (comparison.violations.changed.len(), comparison.violations.worse[0].violation.area.as_deref()),
        (0, Some("web"))
    );
    assert!(comparison.violations.unchanged > 0);
}

#[test]
fn a_module_that_was_renamed_takes_its_violations_along() {
    let stock = "pub struct Level;\npub struct Unit;\npub fn count() -> u8 { 0 }\n";
    let orders = |module: &str, text: &str| {
        format!("//- /orders/src/lib.rs lib:orders\npub mod {module};\n//- /orders/src/{module}.rs\n{text}")
    };
    let web = |module: &str| format!("use orders::{module}::Level;\npub fn f(_: Level) {{}}");
    let before = with_web(&orders("stock", stock), &web("stock"));
    for (text, evidence) in
        [(stock.to_owned(), Evidence::SameText), (format!("{stock}pub fn more() {{}}\n"), Evidence::SameItems)]
    {
        let comparison = compared(CONFIG, &before, &with_web(&orders("inventory", &text), &web("inventory")));
        let told: Vec<(&str, &str, Evidence)> =
            comparison.moves.iter().map(|it| (it.from.as_str(), it.to.as_str(), it.evidence)).collect();
        assert_eq!(told, [("orders::stock", "orders::inventory", evidence)]);
        assert_eq!((worse(&comparison).len(), fixed(&comparison).len()), (0, 0), "{comparison:#?}");
        let Rejudged { before, after } = &comparison.violations.changed[0];
        assert_eq!((before.to.as_str(), after.to.as_str()), ("orders::stock::Level", "orders::inventory::Level"));
        assert!(comparison.modules.added.is_empty() && comparison.modules.removed.is_empty());
        assert!(comparison.edges.added.is_empty() && comparison.edges.removed.is_empty());
    }
}

#[test]
fn what_has_nothing_in_common_was_not_renamed() {
    let before = with_web("//- /orders/src/lib.rs lib:orders\nmod stock { struct Level; struct Unit; }\n", "");
    let after = with_web("//- /orders/src/lib.rs lib:orders\nmod prices { struct Price; struct Unit; }\n", "");
    let comparison = compared(CONFIG, &before, &after);
    assert_eq!(comparison.moves, []);
    assert_eq!(comparison.modules.added[0].path, "orders::prices");
    assert_eq!(comparison.modules.removed[0].path, "orders::stock");
}

#[test]
fn of_two_that_look_alike_neither_is_taken_for_the_old_one() {
    let module = |name: &str| format!("mod {name} {{ struct A; struct B; struct C; }}\n");
    let lib = |modules: &str| format!("//- /orders/src/lib.rs lib:orders\n{modules}");
    let comparison =
        compared(CONFIG, &with_web(&lib(&module("a")), ""), &with_web(&lib(&(module("b") + &module("c"))), ""));
    assert_eq!(comparison.moves, []);
}

#[test]
fn a_crate_that_was_renamed_takes_its_modules_along() {
    let krate = |name: &str| {
        format!(
            "//- /{name}/src/lib.rs lib:{name}\npub mod a;\npub mod empty;\npub struct Root;\n//- /{name}/src/a.rs\npub struct A;\npub fn f() \
             {{}}\n//- /{name}/src/empty.rs\n"
        )
    };
    let web = |name: &str| format!("//- /web/src/lib.rs lib:web deps:{name}\nuse {name}::a::A;\npub fn g(_: A) {{}}\n");
    let comparison = compared("", &(krate("orders") + &web("orders")), &(krate("sales") + &web("sales")));
    assert_eq!(
        comparison.moves.iter().map(|it| (it.from.as_str(), it.to.as_str(), it.below)).collect::<Vec<_>>(),
        [("orders", "sales", 2)]
    );
    assert!(comparison.modules.added.is_empty() && comparison.modules.removed.is_empty(), "{comparison:#?}");
    assert!(comparison.edges.is_empty(), "{:#?}", comparison.edges);
}

#[test]
fn a_cycle_that_grew_is_worse_and_one_that_shrank_is_not() {
    let ring = |modules: &[&str]| {
        let mut lib = String::from("//- /orders/src/lib.rs lib:orders\n");
        for (at, name) in modules.iter().enumerate() {
            let next = modules[(at + 1) % modules.len()];
            lib += &format!("pub mod {name} {{ pub struct X; pub fn f(_: super::{next}::X) {{}} }}\n");
        }
        lib + "pub mod d { pub struct X; }\n"
    };
    let (small, large) = (with_web(&ring(&["a", "b"]), ""), with_web(&ring(&["a", "b", "c"]), ""));
    let grown = compared(CONFIG, &small, &large);
    let cycle =
        |told: Vec<String>| -> Vec<String> { told.into_iter().filter(|it| it.starts_with("module-cycle")).collect() };
    assert_eq!(cycle(worse(&grown)), ["module-cycle orders -> orders::a orders::b orders::c was orders::a orders::b"]);
    assert_eq!(cycle(fixed(&grown)), [""; 0]);
    let shrunk = compared(CONFIG, &large, &small);
    assert_eq!((cycle(worse(&shrunk)), cycle(fixed(&shrunk))), (vec![], vec![]));
    let rejudged = shrunk.violations.changed.iter().find(|it| it.after.rule == "module-cycle").unwrap();
    assert_eq!((rejudged.before.members.len(), rejudged.after.members.len()), (3, 2));
}

#[test]
fn edges_come_go_and_grow() {
    let before = with_web(ORDERS, "use orders::Order;\npub fn f(_: Order) {}");
    let after = with_web(ORDERS, "use orders::stock::Level;\npub fn f(_: Level) {}\npub fn g(_: Level) {}");
    let comparison = compared(CONFIG, &before, &after);
    let ends = |edges: &[Edge]| -> Vec<String> { edges.iter().map(|it| format!("{} -> {}", it.from, it.to)).collect() };
    assert_eq!(ends(&comparison.edges.added), ["web -> orders::stock"]);
    assert_eq!(ends(&comparison.edges.removed), ["web -> orders"]);
    assert_eq!(comparison.edges.added[0].place, Some(Place { file: "web/src/lib.rs".to_owned(), line: 1 }));
    assert!(comparison.edges.added[0].crosses());
    let [change] = &comparison.area_edges.changed[..] else { panic!("{:?}", comparison.area_edges) };
    assert_eq!((change.before.references, change.after.references), (2, 3));
    assert_eq!((change.before.legal, change.after.legal), (true, false));
    let packages = compared("", &before, &with_web(ORDERS, ""));
    assert_eq!(packages.area_edges.removed.len(), 1, "without boundaries, packages are areas");
}

#[test]
fn what_riprap_toml_says_otherwise_is_told() {
    let text = with_web(ORDERS, "use orders::Order;\npub fn f(_: Order) {}");
    let wide = CONFIG.replace("contains = [\"web\"]", "contains = [\"web\"]\nmay_use = [\"orders\"]\nstable = true");
    let (before, after) = (analyzed(CONFIG, &text), analyzed(&wide, &text));
    let comparison = Comparison::of(("old", &before.document()), ("new", &after.document()));
    let [change] = &comparison.areas.changed[..] else { panic!("{:?}", comparison.areas) };
    let keys: Vec<&str> = change.before.said_otherwise(&change.after).iter().map(|(before, _)| before.key).collect();
    assert_eq!(keys, ["may_use", "stable"]);
}

#[test]
fn a_rule_that_was_off_finds_nothing_new() {
    let text = with_web(ORDERS, "use orders::stock::Level;\npub fn f(_: Level) {}");
    let off = format!("{CONFIG}internal-access = \"off\"\n");
    let (before, after) = (analyzed(&off, &text), analyzed(CONFIG, &text));
    let comparison = Comparison::of(("old", &before.document()), ("new", &after.document()));
    assert_eq!(worse(&comparison), [""; 0]);
    assert_eq!(
        comparison.violations.judged_once,
        [JudgedOnce { rule: "internal-access".to_owned(), violations: 1, is_later: true }]
    );
    assert_eq!(comparison.conditions, ["levels of rules differ: `internal-access` off -> deny"]);
}

#[test]
fn a_boundary_with_another_name_and_the_same_code_is_the_same() {
    let text = with_web(ORDERS, "use orders::stock::Level;\npub fn f(_: Level) {}");
    let renamed = CONFIG.replace("[boundary.orders]", "[boundary.sales]");
    let (before, after) = (analyzed(CONFIG, &text), analyzed(&renamed, &text));
    let comparison = Comparison::of(("old", &before.document()), ("new", &after.document()));
    assert_eq!((comparison.areas.added.len(), comparison.areas.removed.len()), (0, 0));
    assert_eq!(comparison.moves[0].to, "sales");
    assert!(comparison.area_edges.is_empty() && comparison.apis.is_empty(), "{comparison:#?}");
}

#[test]
fn apis_are_compared_item_by_item() {
    let before = with_web(ORDERS, "");
    let after = with_web(
        &ORDERS.replace("pub id: u8", "pub id: u16").replace("pub struct Order", "pub struct New;\npub struct Order"),
        "",
    );
    let comparison = compared(CONFIG, &before, &after);
    let [api] = &comparison.apis[..] else { panic!("{:?}", comparison.apis) };
    assert_eq!((api.owner.as_str(), api.stable, api.broken()), ("orders", false, 1));
    assert_eq!(api.added[0].name, "orders::New");
    assert_eq!(api.changed[0].differences[0].what, "the field `id` is `u16`, was `u8`");
}

#[test]
fn a_document_that_was_read_compares_like_the_one_that_was_written() {
    let text = with_web(ORDERS, "use orders::stock::Level;\npub fn f(_: Level) {}");
    let analysis = analyzed(CONFIG, &text);
    let mut bytes = Vec::new();
    crate::snapshot::write(&analysis.document(), &mut bytes).unwrap();
    let read = crate::snapshot::read(&bytes).unwrap();
    assert!(Comparison::of(("old", &analysis.document()), ("new", &read)).is_empty());
}
