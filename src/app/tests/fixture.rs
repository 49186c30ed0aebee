//! A small workspace in the window, and waiting for what other threads do.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use egui_kittest::Harness;

use crate::analysis::{Analysis, Phase, Progress, Proposed, Stretch, Wish};
use crate::app::action::Action;
use crate::app::settings::Settings;
use crate::app::state::{Document, Screen};
use crate::app::{Analyst, App, Counter, Historian, OnDisk, Reading, Seen};
use crate::boundary::fixture::{Fixture, declarations};
use crate::findings::Edits;
use crate::git::Landmark;
use crate::history::CommitId;
use crate::propose::Plan;
use crate::rules::Context;
use crate::source::{Note, SourceFile};
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
        config_files: Default::default(),
        problems: Vec::new(),
        filing: Default::default(),
        baselines: Default::default(),
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

    fn at(&self, revision: &str) -> Reading {
        let revision = revision.to_owned();
        Box::new(move |_, _| Err(format!("there is no revision `{revision}` here")))
    }

    fn edits(&mut self, _: &Analysis) -> Option<Edits> {
        None
    }

    fn landmarks(&self, _: &Path) -> Vec<Landmark> {
        Vec::new()
    }

    fn propose(&mut self, _: &Analysis, _: Wish, cancel: &AtomicBool) -> Result<Proposed, String> {
        let text = "version = 1\n# As proposed.\n".to_owned();
        let analysis = (self.0)(Path::new("/shop"), &|_| {}, cancel)?;
        Ok(Proposed { plan: Plan::default(), text, analysis })
    }

    fn under(&mut self, rules: &str, cancel: &AtomicBool) -> Result<Analysis, String> {
        let config = Some(SourceFile::new("riprap.toml".to_owned(), rules.into()));
        (self.0)(Path::new("/shop"), &|_| {}, cancel).map(|analysis| Analysis { config, ..analysis })
    }

    fn rewind(&mut self, commit: CommitId, cancel: &AtomicBool) -> Result<Analysis, String> {
        let analysis = (self.0)(Path::new("/shop"), &|_| {}, cancel)?;
        Ok(Analysis { revision: commit.to_string(), ..analysis })
    }

    fn historian(&self, _: Stretch) -> Box<Historian> {
        Box::new(|_, _| Err("the shop has no history".to_owned()))
    }

    fn counter(&self, _: PathBuf) -> Box<Counter> {
        Box::new(|_| Err("the shop has no commits".to_owned()))
    }

    fn watch(&mut self, _: Box<dyn Fn(Seen) + Send + Sync>) -> Result<(), String> {
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

/// With settings as somebody left them.
pub(super) fn window_with(settings: Settings) -> Harness<'static, App> {
    let analyst = Box::new(ByFunction(analyse));
    Harness::builder().with_size(egui::vec2(1280.0, 800.0)).with_theme(egui::Theme::Dark).build_eframe(
        move |creation| App::new(&creation.egui_ctx, analyst, settings, None).expect("a thread for the worker"),
    )
}

/// Keeps its settings, and how workspaces are looked at, beside a file.
pub(super) fn open_keeping(file: &Path) -> Harness<'static, App> {
    let (analyst, file) = (Box::new(ByFunction(analyse)), file.to_owned());
    let settings = Settings { reduced_motion: true, ..Settings::default() };
    open(Harness::builder().with_size(egui::vec2(1280.0, 800.0)).with_theme(egui::Theme::Dark).build_eframe(
        move |creation| App::new(&creation.egui_ctx, analyst, settings, Some(file)).expect("a thread for the worker"),
    ))
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

pub(super) fn document(app: &App) -> &Document {
    app.state.document.as_ref().expect("a workspace is open")
}

/// Two boundaries, of which one names the other's internals twice, and a ring of modules.
#[expect(clippy::disallowed_methods, reason = "the test makes a workspace")]
pub(super) fn open_broken(folder: &Path) -> Harness<'static, App> {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write("Cargo.toml", "[package]\nname = \"disk\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    write(
        "riprap.toml",
        "version = 1\n[boundary.a]\ncontains = [\"disk::a\"]\n[boundary.b]\ncontains = [\"disk::b\"]\n",
    );
    write("src/lib.rs", "mod a;\nmod b;\n");
    write(
        "src/a.rs",
        "use crate::b::deep::{one, two};\npub mod x { use super::y::Y; pub struct X(Y); }\n\
                       pub mod y { use super::x::X; pub struct Y(Box<X>); }\nfn f() { one(); two(); }\n",
    );
    write("src/b.rs", "pub mod deep { pub fn one() {} pub fn two() {} }\n");
    open_on_disk(folder)
}

/// What is in a folder, followed as it changes.
pub(super) fn open_on_disk(folder: &Path) -> Harness<'static, App> {
    let mut harness = window_of(Box::<OnDisk>::default());
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Open(folder.to_owned()));
    wait_for(&mut harness, "the map", |app| app.state.screen == Screen::Map);
    harness
}
