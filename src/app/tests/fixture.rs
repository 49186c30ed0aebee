//! A small workspace in the window, and waiting for what other threads do.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui_kittest::Harness;

use crate::analysis::{Analysis, Phase, Progress};
use crate::app::action::Action;
use crate::app::settings::Settings;
use crate::app::state::Screen;
use crate::app::{Analyst, App};
use crate::boundary::fixture::{Fixture, declarations};
use crate::rules::Context;
use crate::source::Note;
use crate::verdict::{self, Levels, Style};
use crate::workspace::Workspace;

const SHOP: &str = "
    package web web
    package orders core/orders
    package stock core/stock
    pub mod orders::placing
    pub struct orders::placing::Order
    mod orders::ledger
    pub struct orders::ledger::Entry
    pub fn orders::place
    pub mod stock::shelf
    pub struct stock::shelf::Shelf
    pub fn stock::count
    mod web::pages
    mod web::tests
    web::pages -> orders::place call
    web::pages -> orders::placing::Order type
    web::pages -> stock::count call
    orders::placing -> stock::count call
    web::tests -> orders::place call test
";

pub(super) fn shop() -> Analysis {
    let fixture = Fixture::new(SHOP);
    let boundaries = fixture.boundaries(declarations(&[
        ("orders", "contains orders; may_use stock; owner @shop/orders"),
        ("stock", "contains stock; may_use"),
        ("web", "contains web"),
    ]));
    let verdict =
        verdict::judge(&Context::new(&fixture.model, &boundaries), &Levels::of_style(Style::ModularMonolith).into());
    Analysis {
        commit: None,
        revision: "WORKTREE".to_owned(),
        root: PathBuf::from("/shop"),
        workspace: Arc::new(Workspace { name: "shop".to_owned(), ..Workspace::default() }),
        sources: Arc::new(fixture.sources),
        model: Arc::new(fixture.model),
        boundaries,
        verdict,
        config: None,
        problems: Vec::new(),
        baseline: None,
        baseline_problems: Vec::new(),
        features: "default".to_owned(),
        target: crate::analysis::DEFAULT_TARGET.to_owned(),
        enrich: Vec::new(),
        notes: vec![Note {
            kind: "not-utf8",
            path: "core/stock/src/old.rs".to_owned(),
            at: None,
            detail: "the file is not UTF-8, and nothing in it is known".to_owned(),
        }],
    }
}

/// Opens any path as the shop; `/slow` goes on until it is cancelled.
fn analyse(path: &Path, progress: &(dyn Fn(Progress) + Sync), cancel: &AtomicBool) -> Result<Analysis, String> {
    progress(Progress { phase: Phase::Reading, done: 1, total: 4 });
    if path == Path::new("/slow") {
        while !cancel.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(5));
        }
        return Err("cancelled".to_owned());
    }
    Ok(shop())
}

/// Opens by a function; what changes is told by hand and analysed by the same function.
struct ByFunction<F>(F);

impl<F> Analyst for ByFunction<F>
where
    F: Fn(&Path, &(dyn Fn(Progress) + Sync), &AtomicBool) -> Result<Analysis, String> + Send,
{
    fn open(
        &mut self,
        path: &Path,
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Analysis, String> {
        (self.0)(path, progress, cancel)
    }

    fn follow(
        &mut self,
        changed: &[PathBuf],
        progress: &(dyn Fn(Progress) + Sync),
        cancel: &AtomicBool,
    ) -> Result<Option<Analysis>, String> {
        changed.first().map(|path| (self.0)(path, progress, cancel)).transpose()
    }

    fn watch(&mut self, _: Box<dyn Fn(Vec<PathBuf>) + Send>) -> Result<(), String> {
        Ok(())
    }
}

pub(super) fn window(
    analyse: impl Fn(&Path, &(dyn Fn(Progress) + Sync), &AtomicBool) -> Result<Analysis, String> + Send + 'static,
) -> Harness<'static, App> {
    window_of(Box::new(ByFunction(analyse)))
}

pub(super) fn window_of(analyst: Box<dyn Analyst>) -> Harness<'static, App> {
    let settings = Settings { reduced_motion: true, ..Settings::default() };
    Harness::builder().with_size(egui::vec2(1280.0, 800.0)).with_theme(egui::Theme::Dark).build_eframe(
        move |creation| App::new(&creation.egui_ctx, analyst, settings, None).expect("a thread for the worker"),
    )
}

pub(super) fn welcome() -> Harness<'static, App> {
    window(analyse)
}

pub(super) fn welcome_that_fails() -> Harness<'static, App> {
    window(|path, _, _| Err(format!("no Cargo.toml in {}\ncreate one, or name a folder with one", path.display())))
}

pub(super) fn open_shop() -> Harness<'static, App> {
    open(welcome())
}

pub(super) fn open(mut harness: Harness<'static, App>) -> Harness<'static, App> {
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open("/shop".into()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    harness.run_steps(3);
    harness
}

/// Steps until something is so; panics after some seconds.
#[track_caller]
pub(super) fn wait_for(harness: &mut Harness<'_, App>, what: &str, is_so: impl Fn(&App) -> bool) {
    for _ in 0..1000 {
        harness.step();
        if is_so(harness.state()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("waited in vain for {what}");
}
