//! What a frame of a large map and of a large treemap costs; printed, since machines differ.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;

use super::fixture::{open, shop, window, window_of};
use crate::analysis::Analysis;
use crate::app::action::Action;
use crate::app::canvas::paint;
use crate::app::command::Command;
use crate::app::{App, OnDisk};
use crate::boundary::Boundaries;
use crate::boundary::fixture::Fixture;
use crate::rules::Context;
use crate::theme::Theme;
use crate::verdict::{self, Levels};

const N_PACKAGES: usize = 30;
const N_MODULES: usize = 9;

/// 30 packages with 9 modules each, and two dependencies from each module.
fn large() -> Analysis {
    let mut text = String::new();
    for package in 0..N_PACKAGES {
        writeln!(text, "package part{package} parts/part{package}").unwrap();
    }
    for package in 0..N_PACKAGES {
        for module in 0..N_MODULES {
            writeln!(text, "pub mod part{package}::m{module}").unwrap();
            writeln!(text, "pub struct part{package}::m{module}::Thing").unwrap();
        }
    }
    for package in 0..N_PACKAGES {
        for module in 0..N_MODULES {
            let next = (package + 1 + module % 5) % N_PACKAGES;
            writeln!(text, "part{package}::m{module} -> part{next}::m{}::Thing type", (module * 2) % N_MODULES)
                .unwrap();
            let sibling = (module + 1) % N_MODULES;
            writeln!(text, "part{package}::m{module} -> part{package}::m{sibling}::Thing type").unwrap();
        }
    }
    let fixture = Fixture::new(&text);
    let boundaries = Boundaries::default();
    let verdict = verdict::judge(&Context::new(&fixture.model, &boundaries), &Levels::default().into());
    Analysis { sources: Arc::new(fixture.sources), model: Arc::new(fixture.model), boundaries, verdict, ..shop() }
}

fn open_large() -> Harness<'static, App> {
    let mut harness = open(window(|_, _, _| Ok(large())));
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Run(Command::ExpandToLevel2));
    super::wait_for(&mut harness, "all modules", |app| {
        app.state.document.as_ref().is_some_and(|document| document.arranging.is_none())
    });
    harness.state_mut().act(&ctx, Action::Run(Command::ToggleEdges));
    super::wait_for(&mut harness, "all edges", |app| {
        app.state.document.as_ref().is_some_and(|document| document.arranging.is_none())
    });
    harness.run_steps(3);
    harness
}

/// The least of several times for painting and for tessellating a frame, and its vertices.
fn frame(harness: &mut Harness<'static, App>) -> ([Duration; 2], usize) {
    let ctx = harness.ctx.clone();
    let mut best = [Duration::MAX; 2];
    let mut n_vertices = 0;
    for step in 0..12_u8 {
        let document = harness.state_mut().state.document.as_mut().unwrap();
        document.canvas.camera.pan(egui::vec2(f32::from(step % 3) - 1.0, 0.0));
        let document = harness.state().state.document.as_ref().unwrap();
        let layer = egui::LayerId::background();
        let painter = egui::Painter::new(ctx.clone(), layer, document.canvas.camera.canvas());
        let start = Instant::now();
        paint::paint(&document.canvas.picture, &document.canvas.camera, Theme::dark(), None, &painter);
        let painted = start.elapsed();
        let shapes = ctx.graphics_mut(|graphics| std::mem::take(graphics.entry(layer)));
        let mut clipped = Vec::new();
        clipped.extend(shapes.all_entries().cloned());
        let start = Instant::now();
        let primitives = ctx.tessellate(clipped, 1.0);
        let tessellated = start.elapsed();
        n_vertices = primitives
            .iter()
            .map(|primitive| match &primitive.primitive {
                egui::epaint::Primitive::Mesh(mesh) => mesh.vertices.len(),
                egui::epaint::Primitive::Callback(_) => 0,
            })
            .sum::<usize>();
        best = [best[0].min(painted), best[1].min(tessellated)];
    }
    (best, n_vertices)
}

/// A large workspace takes a while without optimization.
fn wait_long(harness: &mut Harness<'static, App>, is_so: impl Fn(&App) -> bool) {
    for _ in 0..60 {
        for _ in 0..200 {
            harness.step();
            if is_so(harness.state()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    panic!("waited in vain for two minutes");
}

fn print(what: &str, best: [Duration; 2], n_vertices: usize) {
    let checks = if cfg!(debug_assertions) { "with" } else { "without" };
    #[expect(clippy::print_stdout, reason = "the number is the point of these tests")]
    {
        println!(
            "{what}, {n_vertices} vertices, {checks} debug assertions: paint {:.2} ms, tessellate {:.2} ms",
            best[0].as_secs_f64() * 1e3,
            best[1].as_secs_f64() * 1e3,
        );
    }
}

#[test]
fn a_large_map_is_painted() {
    let mut harness = open_large();
    let document = harness.state().state.document.as_ref().unwrap();
    let boxes = document.canvas.picture.boxes().len();
    let edges = document.arrangement.edges.len();
    assert!(boxes >= 290 && edges >= 500, "{boxes} boxes, {edges} edges");
    let (best, n_vertices) = frame(&mut harness);
    assert!(n_vertices > 10_000, "{n_vertices} vertices");
    print(&format!("{boxes} boxes, {edges} edges"), best, n_vertices);
}

/// Of a made-up workspace; of another one where `RIPRAP_TEST_TREEMAP` names its folder.
#[test]
#[expect(clippy::disallowed_methods, reason = "whoever measures says what")]
fn a_large_treemap_is_painted() {
    let mut harness = match std::env::var("RIPRAP_TEST_TREEMAP") {
        Ok(folder) => {
            let mut harness = window_of(Box::<OnDisk>::default());
            let ctx = harness.ctx.clone();
            harness.state_mut().act(&ctx, Action::Open(folder.into()));
            wait_long(&mut harness, |app| app.state.document.is_some());
            harness
        }
        Err(_) => open(window(|_, _, _| Ok(large()))),
    };
    wait_long(&mut harness, |app| app.state.document.as_ref().is_some_and(|document| document.metrics.is_some()));
    let ctx = harness.ctx.clone();
    harness.state_mut().act(&ctx, Action::Run(Command::ExpandToLevel4));
    wait_long(&mut harness, |app| app.state.document.as_ref().is_some_and(|it| it.arranging.is_none()));
    harness.state_mut().act(&ctx, Action::Run(Command::ShowTreemap));
    wait_long(&mut harness, |app| app.state.document.as_ref().is_some_and(|it| it.churning.is_settled()));
    harness.run_steps(3);
    let mut shown = Duration::MAX;
    for command in [Command::ColourByLeak, Command::ColourByInstability, Command::ColourByChurn] {
        let start = Instant::now();
        harness.state_mut().act(&ctx, Action::Run(command));
        shown = shown.min(start.elapsed());
    }
    harness.run_steps(3);
    let document = harness.state().state.document.as_ref().unwrap();
    let boxes = document.canvas.picture.boxes().len();
    assert!(boxes >= 290, "{boxes} boxes");
    let (best, n_vertices) = frame(&mut harness);
    assert!(n_vertices > 2_000, "{n_vertices} vertices");
    print(
        &format!("treemap of {boxes} boxes, made and drawn in {:.1} ms", shown.as_secs_f64() * 1e3),
        best,
        n_vertices,
    );
}
