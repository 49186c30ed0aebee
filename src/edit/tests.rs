use super::*;
use crate::boundary::fixture::{Fixture, declarations, template};
use crate::boundary::{Declaration, Exception, Forbid, Intent, Placed, Shown};
use crate::config::{self, Config};

/// The text after a change, and that another line end changes nothing else.
#[track_caller]
fn applied(text: &str, change: &Change) -> String {
    let new = apply(Some(text), change).unwrap();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(apply(Some(&crlf(text)), change).unwrap(), crlf(&new));
    new
}

fn allow(boundary: &str, uses: &str) -> Change {
    Change::Allow { boundary: boundary.to_owned(), uses: uses.to_owned(), starts_from: Vec::new() }
}

fn forbid(from: &str, to: &str) -> Change {
    Change::Forbid { from: from.to_owned(), to: to.to_owned(), unless_through: None, reason: "they differ".to_owned() }
}

fn declare(name: &str, contains: &[&str]) -> Change {
    let contains = contains.iter().map(|pattern| (*pattern).to_owned()).collect();
    Change::Declare { name: name.to_owned(), contains, taken: Vec::new() }
}

fn set(rule: &str, level: Option<Level>) -> Change {
    Change::SetLevel { rule: rule.to_owned(), level }
}

fn exception() -> NewException {
    NewException {
        rule: "internal-access".to_owned(),
        from: Some("billing::*".to_owned()),
        reason: "moves \"soon\"".to_owned(),
        ..NewException::default()
    }
}

#[test]
fn a_permission_is_added_in_the_form_of_its_list() {
    let text = "\
[boundary.a]
contains = [\"a\"]
may_use = [\"x\"] # why

[boundary.b]
may_use = [
    \"x\", # said of x
    # said of y
    \"y\" # the last
]

[boundary.c]
may_use = [ ]

[boundary.d]
may_use = [
  'x',
  \"y\",   # the last
  # \"off\",
]
";
    let mut text = text.to_owned();
    for boundary in ["a", "b", "c", "d"] {
        text = applied(&text, &allow(boundary, "z"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_permission_makes_the_list_and_the_table_that_it_needs() {
    let text = "# top\n[boundary.a]\ncontains = [\"a\"]\n# api = \"pub\"\n\n# levels\n[rules]\n";
    let text = applied(text, &allow("a", "z"));
    let change = Change::Allow {
        boundary: "made by. a template".to_owned(),
        uses: "z".to_owned(),
        starts_from: vec!["x".to_owned(), "a::b".to_owned()],
    };
    insta::assert_snapshot!(applied(&text, &change));
}

#[test]
fn tables_within_braces_and_dotted_keys_stay_what_they_are() {
    let text = "\
boundary = { a = { contains = [\"a\"] }, b = { contains = [\"b\"], may_use = [] } }
rules = { module-cycle = { level = \"warn\", deny_from = 2027-01-31 } }
forbid = [{ from = \"a\", to = \"b\" }]
";
    let mut text = text.to_owned();
    let changes = [
        allow("a", "b"),
        allow("b", "a"),
        forbid("b", "a"),
        declare("c", &["c"]),
        set("boundary-cycle", Some(Level::Warn)),
        set("module-cycle", Some(Level::Deny)),
    ];
    for change in changes {
        text = applied(&text, &change);
    }
    insta::assert_snapshot!(text);
    let dotted = "boundary.a.contains = [\"a\"]\nrules.module-cycle = \"deny\"\n";
    let dotted = applied(dotted, &allow("a", "b"));
    let dotted = applied(&dotted, &set("over-exposed", Some(Level::Off)));
    let dotted = applied(&dotted, &set("module-cycle", None));
    assert_eq!(dotted, "boundary.a.contains = [\"a\"]\nboundary.a.may_use = [\"b\"]\nrules.over-exposed = \"off\"\n");
}

#[test]
fn tables_follow_their_kind_and_comments_stay_with_what_they_are_about() {
    let text = "\
version = 1

# the first
[boundary.a]
contains = [\"a\"]
# said of a

# about the rules
[rules]
module-cycle = \"deny\"

[[forbid]]
from = \"x\"
to = \"y\"
# the end
";
    let mut text = text.to_owned();
    let full = NewException {
        to: Some("orders::price".to_owned()),
        max: Some(3),
        until: Some(Date::parse("2027-01-31").unwrap()),
        owner: Some("@shop/billing".to_owned()),
        ..exception()
    };
    for change in [declare("b", &["b"]), forbid("a", "b"), Change::Except(full), declare("c.d e", &["c"])] {
        text = applied(&text, &change);
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_long_list_takes_several_lines() {
    let patterns: Vec<String> = (0..9).map(|index| format!("crates/part-number-{index}")).collect();
    let change = Change::Declare { name: "parts".to_owned(), contains: patterns, taken: Vec::new() };
    insta::assert_snapshot!(apply(None, &change).unwrap());
}

#[test]
fn a_level_is_set_where_it_is_written() {
    let text = "\
unassigned = \"warn\" # for now
[rules]
# about cycles
module-cycle = \"deny\" # said of it
boundary-count = { max = 30 }
empty-pattern = { level = \"warn\", deny_from = 2027-03-31 }
[rules.oversized-boundary]
max_lines = 60
";
    let mut text = text.to_owned();
    for rule in ["unassigned-code", "module-cycle", "boundary-count", "empty-pattern", "oversized-boundary"] {
        text = applied(&text, &set(rule, Some(Level::Off)));
    }
    insta::assert_snapshot!("level_set", text);
    for rule in ["unassigned-code", "module-cycle", "boundary-count", "empty-pattern", "oversized-boundary"] {
        text = applied(&text, &set(rule, None));
    }
    insta::assert_snapshot!("level_left_to_the_style", text);
}

#[test]
fn what_changes_nothing_and_what_would_not_be_read_is_refused() {
    let text = "version = 1\n[boundary.a]\ncontains = [\"a\"]\nmay_use = [\"b\"]\n[rules]\nmodule-cycle = \"deny\"\n";
    let refused = |change: &Change| apply(Some(text), change).unwrap_err().to_string();
    insta::assert_snapshot!(
        [
            refused(&allow("a", "b")),
            refused(&declare("a", &["x"])),
            refused(&declare("x/y", &["x"])),
            refused(&declare("x", &["a::store*"])),
            refused(&set("module-cycle", Some(Level::Deny))),
            refused(&set("module-cycel", Some(Level::Deny))),
            refused(&Change::Except(NewException { from: None, ..exception() })),
            apply(Some("[boundary"), &allow("a", "b")).unwrap_err().to_string(),
            apply(Some("rules.a = 1\nversion = 1\nrules.b = 2\n"), &allow("a", "b")).unwrap_err().to_string(),
        ]
        .join("\n")
    );
}

#[test]
fn problems_that_are_there_already_hinder_nobody() {
    let text = "strickt = true\n[boundary.a]\ncontains = [\"a\"]\n";
    assert!(applied(text, &allow("a", "b")).ends_with("may_use = [\"b\"]\n"));
}

#[test]
fn a_fresh_file_says_nothing_but_its_style() {
    for style in crate::verdict::Style::ALL {
        let config = config::read(&fresh(style)).unwrap();
        let expected = Config { levels: crate::verdict::Levels::of_style(style), ..Config::default() };
        assert_eq!(spanless(&config), spanless(&expected));
    }
    insta::assert_snapshot!(apply(None, &declare("orders", &["orders"])).unwrap());
}

/// What a configuration means, wherever it says it.
fn spanless(config: &impl std::fmt::Debug) -> String {
    let text = format!("{config:#?}");
    let lines = text.lines().filter(|line| {
        let line = line.trim();
        !(line.starts_with("start: ") || line.starts_with("end: "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

const SAMPLES: [(&str, &str); 8] = [
    ("ours", include_str!("../../riprap.toml")),
    ("shop", include_str!("../../sample-workspaces/shop/riprap.toml")),
    ("shop-eroded", include_str!("../../sample-workspaces/shop-eroded/riprap.toml")),
    ("shop-services", include_str!("../../sample-workspaces/shop-services/riprap.toml")),
    ("lemmy", include_str!("../../sample-workspaces/configurations/lemmy.riprap.toml")),
    ("quickwit", include_str!("../../sample-workspaces/configurations/quickwit.riprap.toml")),
    ("rust-analyzer", include_str!("../../sample-workspaces/configurations/rust-analyzer.riprap.toml")),
    ("nothing", ""),
];

fn placed<T>(value: T) -> Placed<T> {
    Placed { value, span: Span::default() }
}

/// What a change means, said by hand.
fn meant(config: &mut Config, change: &Change) {
    let intent = &mut config.intent;
    match change {
        Change::Allow { boundary, uses, starts_from } => {
            if !intent.boundaries.iter().any(|declared| declared.name == *boundary) {
                let api = vec![placed(Shown::Root)];
                intent.boundaries.push(Declaration { name: boundary.clone(), api, ..Declaration::default() });
                intent.boundaries.sort_by(|a, b| a.name.cmp(&b.name));
            }
            let declared = intent.boundaries.iter_mut().find(|declared| declared.name == *boundary).unwrap();
            declared.origins.insert("may_use", placed(crate::boundary::Origin::Own));
            let entries = declared.may_use.get_or_insert_with(|| starts_from.iter().cloned().map(placed).collect());
            entries.push(placed(uses.clone()));
        }
        Change::Forbid { from, to, unless_through, reason } => intent.forbids.push(Forbid {
            span: Span::default(),
            from: placed(from.clone()),
            to: placed(to.clone()),
            unless_through: unless_through.clone().map(placed),
            reason: Some(reason.clone()),
        }),
        Change::Except(NewException { rule, from, to, max, until, owner, reason }) => {
            intent.exceptions.push(Exception {
                span: Span::default(),
                rule: rule.clone(),
                from: from.clone().map(placed),
                to: to.clone().map(placed),
                max: *max,
                until: *until,
                owner: owner.clone(),
                reason: Some(reason.clone()),
            });
        }
        Change::Declare { name, contains, .. } => {
            let pattern = |text: &String| placed(crate::boundary::Pattern::parse(text).unwrap());
            intent.boundaries.push(Declaration {
                name: name.clone(),
                contains: contains.iter().map(pattern).collect(),
                api: vec![placed(Shown::Root)],
                origins: [("contains", placed(crate::boundary::Origin::Own))].into(),
                ..Declaration::default()
            });
            intent.boundaries.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Change::SetLevel { rule, level } => config.levels.set(rule, level.unwrap()),
    }
}

#[test]
fn every_sample_means_what_it_meant_and_the_change() {
    let mut tried = 0;
    for (sample, text) in SAMPLES {
        let config = config::read(text).unwrap();
        let names: Vec<&str> = config.intent.boundaries.iter().map(|declared| declared.name.as_str()).collect();
        let mut changes = vec![
            forbid("**", "tag:pci"),
            Change::Except(exception()),
            declare("a new one", &["some::where", "folder/*", "package"]),
        ];
        changes.extend(names.iter().map(|name| allow(name, "something::new")));
        let starts_from = vec!["x".to_owned(), "y".to_owned()];
        changes.push(Change::Allow { boundary: "made".to_owned(), uses: "z".to_owned(), starts_from });
        for rule in crate::rules::RULES {
            for level in Level::ALL {
                changes.push(set(rule.name, Some(level)));
            }
        }
        for change in changes {
            let mut expected = config.clone();
            meant(&mut expected, &change);
            let new = match apply(Some(text), &change) {
                Ok(new) => new,
                Err(Refusal::NoDifference) => text.to_owned(),
                Err(refusal) => panic!("{sample}: {change:?}: {refusal}"),
            };
            let read =
                config::read(&new).unwrap_or_else(|problems| panic!("{sample}: {change:?}: {problems:?}\n{new}"));
            assert_eq!(spanless(&read), spanless(&expected), "{sample}: {change:?}\n{new}");
            let lost = text.lines().filter(|line| !new.lines().any(|other| other == *line)).count();
            assert!(lost <= 1, "{sample}: {change:?} changes {lost} lines\n{new}");
            // Without its last line end the file stays without one.
            if let Some(open) = text.strip_suffix('\n').filter(|_| new != text) {
                assert_eq!(
                    apply(Some(open), &change).unwrap(),
                    new.strip_suffix('\n').unwrap(),
                    "{sample}: {change:?}"
                );
            }
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

const WORKSPACE: &str = "
    package orders core/orders
    pub mod orders::stock
    pub mod orders::stock::level
    package orders-db core/orders-db
    package money core/money
    package web apps/web lib bin
    mod bin:web::cart
    package tools apps/tools
";

fn made(intent: impl Into<Intent>, name: &str, nodes: &[&str]) -> String {
    let fixture = Fixture::new(WORKSPACE);
    let boundaries = fixture.boundaries(intent);
    let node = |path: &&str| match path.strip_prefix("package ") {
        Some(name) => fixture.model.packages().find(|id| *fixture.model.node(*id).name == *name).unwrap(),
        None => fixture.node(path),
    };
    let nodes: Vec<_> = nodes.iter().map(node).collect();
    match Change::declare(&fixture.model, &fixture.folders, &boundaries, name, &nodes) {
        Ok(Change::Declare { contains, taken, .. }) if taken.is_empty() => contains.join(" "),
        Ok(Change::Declare { contains, taken, .. }) => format!("{}; takes {taken:?}", contains.join(" ")),
        Ok(change) => panic!("{change:?}"),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn a_boundary_has_short_patterns_that_cover_what_was_chosen() {
    let none = || declarations(&[]);
    assert_eq!(made(none(), "new", &["package orders", "orders", "orders::stock"]), "orders");
    assert_eq!(made(none(), "new", &["orders"]), "orders");
    assert_eq!(made(none(), "new", &["orders::stock::level", "package money"]), "orders::stock::level money");
    assert_eq!(made(none(), "new", &["package orders", "package orders-db", "package money"]), "core/*");
    assert_eq!(made(none(), "new", &["package orders", "package orders-db"]), "orders orders-db");
    assert_eq!(made(none(), "new", &["bin:web"]), "bin:web");
    assert_eq!(made(none(), "new", &["bin:web", "web"]), "web");
    assert_eq!(made(none(), "new", &["bin:web::cart"]), "bin:web::cart");
    assert_eq!(
        made(none(), "new", &["web"]),
        "no patterns describe exactly this code: `web::**` would mean other code, too, or less"
    );
    assert_eq!(
        made(none(), "new", &[]),
        "nothing is chosen that a boundary can consist of: packages, programs or modules"
    );
}

#[test]
fn a_boundary_is_carved_out_of_those_around_it() {
    let declared = || {
        declarations(&[
            ("sales", "contains orders orders-db"),
            ("core", "contains core/*"),
            ("cart", "contains bin:web::cart"),
        ])
    };
    assert_eq!(made(declared(), "new", &["orders::stock"]), "orders::stock");
    assert_eq!(made(declared(), "new", &["package money"]), "money");
    assert_eq!(made(declared(), "new", &["package orders"]), "orders; takes [(\"sales\", \"orders\")]");
    assert_eq!(made(declared(), "new", &["package web"]), "web");
    assert_eq!(
        made(declared(), "new", &["bin:web::cart"]),
        "boundary `cart` would be left without code; rename that one instead"
    );
    assert_eq!(
        made(declared(), "core", &["package money"]),
        "a boundary `core` is declared already; choose another name"
    );
    let templates = vec![template("<name>", "contains core/<name>")];
    let made = made(Intent { templates, ..Intent::default() }, "new", &["package orders", "package orders-db"]);
    assert_eq!(made, "orders orders-db");
    let text = "[boundary.sales]\ncontains = [\n  \"orders\", # the first\n  \"orders-db\", # the second\n]\n";
    let taken = vec![("sales".to_owned(), "orders".to_owned())];
    let change = Change::Declare { name: "new".to_owned(), contains: vec!["orders".to_owned()], taken };
    assert_eq!(
        applied(text, &change),
        "[boundary.sales]\ncontains = [\n  \"orders-db\", # the second\n]\n\n[boundary.new]\ncontains = [\"orders\"]\n"
    );
}

#[test]
fn a_permission_lands_where_it_has_an_effect() {
    let fixture = Fixture::new(WORKSPACE);
    let templates = vec![template("<name>", "contains core/<name>; may_use tools <name>-db <name>::gone")];
    let boundaries = declarations(&[("web", "contains web; may_use tools"), ("tools", "contains tools")]);
    let boundaries = fixture.boundaries(Intent { boundaries, templates, ..Intent::default() });
    let made = |user: &str, uses: &str| Change::allow(&boundaries, boundaries.find(user).unwrap(), uses);
    let Change::Allow { starts_from, .. } = made("orders", "web").unwrap() else { panic!() };
    assert_eq!(starts_from, ["tools", "orders-db"]);
    let Change::Allow { starts_from, .. } = made("web", "orders").unwrap() else { panic!() };
    assert_eq!(starts_from, [""; 0]);
    assert_eq!(made("web", "tools").unwrap_err().to_string(), "boundary `web` may use `tools` already");
    assert!(matches!(made("tools", "web"), Err(Refusal::UsesEverything(_))));
}
