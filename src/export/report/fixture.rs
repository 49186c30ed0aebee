//! Judged workspaces for the tests of the reports.
//!
//! In: nothing.  Out: [`Parts`].  Not here: what is expected of them.

use std::sync::LazyLock;

use crate::boundary::Boundaries;
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::snapshot::{Configuration, Parts};
use crate::source::{LineColumn, Note};
use crate::verdict::{Levels, Style, Verdict, judge};

pub(in crate::export) struct Judged {
    fixture: Fixture,
    boundaries: Boundaries,
    verdict: Verdict,
    notes: Vec<Note>,
}

/// Denied and warned of, several references for one violation, a ring, and a rule that finds nothing.
pub(in crate::export) static ERODED: LazyLock<Judged> = LazyLock::new(|| {
    let workspace = "
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
        web::cart -> orders::stock::Level
        web::cart -> orders::stock::Level call
        web::cart -> web::menu::Menu
        web::menu -> web::cart::Cart
        web::menu -> web::cart::Cart call
        web::menu -> orders::stock::Hidden
    ";
    let declared = [("orders", "contains orders; owner @shop/sales"), ("web", "contains web; may_use")];
    Judged::new(workspace, &declared, &Levels::of_style(Style::ModularMonolith))
});

/// No riprap.toml, and nothing to say.
pub(in crate::export) static CLEAN: LazyLock<Judged> =
    LazyLock::new(|| Judged::new("package orders orders", &[], &Levels::default()));

/// As many violations as asked for.
pub(in crate::export) fn many(count: usize) -> Judged {
    let mut workspace = "
        package orders orders
        pub mod orders::stock
        pub struct orders::stock::Level
        package web web
    "
    .to_owned();
    for index in 0..count {
        workspace += &format!("mod web::part_{index:04}\nweb::part_{index:04} -> orders::stock::Level\n");
    }
    let declared = [("orders", "contains orders"), ("web", "contains web")];
    Judged::new(&workspace, &declared, &Levels::of_style(Style::ModularMonolith))
}

impl Judged {
    fn new(workspace: &str, declared: &[(&str, &str)], levels: &Levels) -> Self {
        let fixture = Fixture::new(workspace);
        let boundaries = fixture.boundaries(declarations(declared));
        let verdict = judge(&Context::new(&fixture.model, &boundaries), &levels.clone().into());
        let note = |line| Note {
            kind: "macro-unknown",
            path: "src/web.rs".to_owned(),
            at: Some(LineColumn { line, column: 1 }),
            detail: "what this makes is not seen".to_owned(),
        };
        let notes = if levels.is_configured() { vec![note(3), note(7)] } else { Vec::new() };
        Self { fixture, boundaries, verdict, notes }
    }

    pub(in crate::export) fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    pub(in crate::export) fn parts(&self) -> Parts<'_> {
        Parts {
            workspace: "shop",
            revision: "WORKTREE",
            configuration: Configuration {
                date: None,
                enrich: Vec::new(),
                features: "default".into(),
                file: self.verdict.configured.then(|| "riprap.toml".into()),
                target: "x86_64-unknown-linux-gnu".into(),
            },
            sources: &self.fixture.sources,
            model: &self.fixture.model,
            boundaries: &self.boundaries,
            verdict: &self.verdict,
            config: None,
            notes: &self.notes,
        }
    }
}
