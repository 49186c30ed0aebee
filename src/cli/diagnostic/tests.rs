use anstream::adapter::strip_str;
use insta::assert_snapshot;

use super::*;
use crate::boundary::fixture::{Fixture, declarations};
use crate::boundary::{Boundaries, resolve};
use crate::config;
use crate::rules::Context;
use crate::source::ConfigFiles;
use crate::verdict::{Levels, Style, judge};

const WORKSPACE: &str = "
    package orders orders
    pub mod orders::stock
    pub struct orders::stock::Level
    pub struct orders::stock::Hidden
    pub use orders::Level = orders::stock::Level
    package web web
    mod web::cart
    pub struct web::cart::Cart
    mod web::menu
    pub struct web::menu::Menu
";

fn rendered(references: &str, declared: &[(&str, &str)]) -> String {
    let fixture = Fixture::new(&format!("{WORKSPACE}\n{references}"));
    let boundaries = fixture.boundaries(declarations(declared));
    let verdict = judge(&Context::new(&fixture.model, &boundaries), &Levels::of_style(Style::ModularMonolith).into());
    let texts: Vec<String> = verdict
        .violations
        .iter()
        .map(|judged| violation(judged, &fixture.model, &fixture.sources, &ConfigFiles::default()))
        .collect();
    texts.join("\n\n")
}

fn plain(styled: &str) -> String {
    strip_str(styled).to_string()
}

const DECLARED: &[(&str, &str)] = &[("orders", "contains orders"), ("web", "contains web")];

#[test]
fn a_violation_shows_its_line_the_reason_and_the_legal_route() {
    assert_snapshot!(plain(&rendered("web::cart -> orders::Level\nweb::cart -> orders::stock::Level", DECLARED)), @r#"
    error[internal-access]: `web::cart` names `orders::stock::Level`, which is internal to boundary `orders`
     --> src/web/cart.rs:2:5
      |
    2 | use orders::stock::Level;
      |     ^^^^^^^^^^^^^^^^^^^^ `orders::stock::Level` is not in the API of `orders`
      |
      = why: other code may name only the API of `orders`: what can be named at `orders`
      = help: use `orders::Level` instead: it is the same thing
    "#);
}

#[test]
fn further_references_are_secondary_and_many_are_counted() {
    let references = "
        web::cart -> orders::stock::Level
        web::cart -> orders::Level
        web::cart -> orders::stock::Level call
        web::cart -> orders::Level
        web::cart -> orders::Level
        web::cart -> orders::stock::Level type
        web::cart -> orders::stock::Level pattern
        web::cart -> orders::stock::Level impl
        web::cart -> orders::stock::Level value
    ";
    assert_snapshot!(plain(&rendered(references, DECLARED)), @r#"
    error[internal-access]: `web::cart` names `orders::stock::Level`, which is internal to boundary `orders`
     --> src/web/cart.rs:1:5
      |
    1 | use orders::stock::Level;
      |     ^^^^^^^^^^^^^^^^^^^^ `orders::stock::Level` is not in the API of `orders`
    2 | use orders::Level;
    3 |     orders::stock::Level();
      |     -------------------- and here
    ...
    6 | use orders::stock::Level;
      |     -------------------- and here
    7 | use orders::stock::Level;
      |     -------------------- and here
      |
      = note: and 2 more references
      = why: other code may name only the API of `orders`: what can be named at `orders`
      = help: use `orders::Level` instead: it is the same thing
    "#);
}

#[test]
fn an_undeclared_dependency_says_what_is_declared() {
    let declared = [("orders", "contains orders"), ("web", "contains web; may_use")];
    assert_snapshot!(plain(&rendered("web::cart -> orders::Level", &declared)), @r#"
    error[undeclared-dependency]: `web::cart` uses `orders::stock::Level`, but boundary `web` does not declare that it uses `orders`
     --> src/web/cart.rs:1:5
      |
    1 | use orders::Level;
      |     ^^^^^^^^^^^^^ `orders` is not in `may_use` of `web`
      |
      = why: `web` declares that it uses no other boundary
      = help: if `web` shall depend on `orders`, add "orders" to `may_use` of `[boundary.web]`; else take what it needs as an argument
    "#);
}

#[test]
fn a_ring_shows_what_to_cut() {
    let references = "
        web::cart -> web::menu::Menu
        web::menu -> web::cart::Cart
        web::menu -> web::cart::Cart call
    ";
    assert_snapshot!(plain(&rendered(references, &[])), @r#"
    warning[module-cycle]: modules `cart` and `menu` of `web` depend on each other
     --> src/web/cart.rs:1:5
      |
    1 | use web::menu::Menu;
      |     ^^^^^^^^^^^^^^^ `cart` uses `menu`
      |
      = why: modules of a ring can only be understood, tested and moved together
      = help: the cheapest way out is to cut `cart` -> `menu` (1 reference)
      = help: to cut `cart` -> `menu`: `Menu` is all that `cart` needs of `menu`; move it to `cart`, or to a third place that both may use
    "#);
}

#[test]
fn colours_can_be_stripped_and_the_text_is_the_same_each_time() {
    let references = "web::cart -> orders::stock::Hidden";
    let styled = rendered(references, DECLARED);
    assert!(styled.contains("\u{1b}["));
    assert!(!plain(&styled).contains('\u{1b}'));
    assert_eq!(styled, rendered(references, DECLARED));
}

fn rendered_problems(text: &str) -> String {
    let file = SourceFile::new("riprap.toml".into(), text.into());
    let problems = config::read(text).and_then(|config| {
        let fixture = Fixture::new(WORKSPACE);
        resolve(fixture.code(), config.intent).map(|_: Boundaries| ())
    });
    let texts: Vec<String> =
        problems.unwrap_err().iter().map(|found| plain(&problem(found, &ConfigFiles::new([file.clone()])))).collect();
    texts.join("\n\n")
}

#[test]
fn an_unknown_key_shows_its_line() {
    assert_snapshot!(rendered_problems("version = 1\n\n[boundary.orders]\ncontians = [\"orders\"]\n"), @r#"
    error: `contians` is no key of a boundary
     --> riprap.toml:4:1
      |
    4 | contians = ["orders"]
      | ^^^^^^^^ unknown key
      |
      = help: did you mean `contains`?
    "#);
}

#[test]
fn a_clash_of_patterns_shows_both_lines() {
    let text = "[boundary.one]\ncontains = [\"orders\"]\n\n[boundary.two]\ncontains = [\"orders\"]\n";
    assert_snapshot!(rendered_problems(text), @r#"
    error: boundaries `one` and `two` claim the same code
     --> riprap.toml:5:13
      |
    2 | contains = ["orders"]
      |             -------- boundary `one` claims it here
    ...
    5 | contains = ["orders"]
      |             ^^^^^^^^ as specific as the other pattern
      |
      = help: name the code that each shall have more exactly: the longer pattern wins
    "#);
}

#[test]
fn text_that_is_no_toml_shows_its_line() {
    assert_snapshot!(rendered_problems("version = 1\nfeatures = [\"é\"\n"), @r#"
    error: riprap.toml is not valid TOML: unclosed array, expected `]`
     --> riprap.toml:2:16
      |
    2 | features = ["é"
      |                ^ unclosed array, expected `]`
    "#);
}

#[test]
fn places_outside_the_text_do_no_harm() {
    let file = SourceFile::new("riprap.toml".into(), "é\r\n".into());
    for (start, end) in [(0, 1), (1, 1), (3, 2), (2, 4), (9, 99)] {
        let found = Problem::new(Span::new(start, end), "message", "label");
        assert!(plain(&problem(&found, &ConfigFiles::new([file.clone()]))).contains("message"));
    }
    let empty = SourceFile::new("riprap.toml".into(), "".into());
    assert!(
        plain(&problem(&Problem::new(Span::new(0, 5), "message", "label"), &ConfigFiles::new([empty])))
            .contains("label")
    );
}
