//! Films: from the export dialog over the timeline into a file, and of the sample that comes with the program.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use egui_kittest::kittest::Queryable as _;

use super::act;
use super::fixture::wait_for;
use super::timeline::{made, open_timeline};
use crate::analysis::{Asked, Stretch};
use crate::app::OnDisk;
use crate::app::action::Action;
use crate::app::analyst::Analyst as _;
use crate::app::command::Command;
use crate::app::picture_choices::Kind;
use crate::app::samples::SAMPLES;
use crate::app::state::Overlay;
use crate::export::film::Format;
use crate::load;
use crate::theme::Theme;

/// What the page at a path plays, frame by frame.
fn frames(page: &str) -> Vec<serde_json::Value> {
    let reel = page.split("<script id=\"film\" type=\"application/json\">").nth(1).expect("a film");
    let reel = reel.split("</script>").next().expect("its end");
    let reel: serde_json::Value = serde_json::from_str(reel).expect("JSON");
    reel["frames"].as_array().expect("frames").clone()
}

#[test]
fn a_film_is_written_from_the_dialog_over_the_timeline() {
    let (made, _) = made();
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = open_timeline(&made);
    act(&mut harness, Action::Run(Command::SaveFilm));
    harness.run_steps(2);
    assert!(harness.query_by_label("Format: Film").is_some());
    let path = folder.path().join("how-it-came.html");
    let Overlay::Picture(dialog) = &mut harness.state_mut().state.overlay else { panic!("no dialog") };
    assert_eq!(dialog.kind(), Kind::Film(Format::Html));
    dialog.path = path.display().to_string();
    act(&mut harness, Action::WritePicture { replace: false });
    wait_for(&mut harness, "the film", |app| app.state.notice.is_some());
    assert!(matches!(harness.state().state.overlay, Overlay::None));
    let frames = frames(&load::read_text(&path).expect("the film"));
    let counted: Vec<&str> = frames.iter().filter_map(|frame| frame["counted"].as_str()).collect();
    assert_eq!(counted, ["0 violations", "2 violations, 1 denied", "2 violations, 2 denied", "2 violations, 2 denied"]);
    act(&mut harness, Action::Run(Command::SaveFilm));
    let Overlay::Picture(dialog) = &mut harness.state_mut().state.overlay else { panic!("no dialog") };
    dialog.path = path.display().to_string();
    act(&mut harness, Action::WritePicture { replace: false });
    wait_for(&mut harness, "a question", |app| app.state.portraying.is_none());
    let Overlay::Picture(dialog) = &harness.state().state.overlay else { panic!("no dialog") };
    assert_eq!(dialog.existing.as_deref(), Some(Path::new(&path)));
}

#[test]
fn the_film_of_the_shop_shows_the_year_in_which_it_eroded() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = SAMPLES[0].lay_out(folder.path()).expect("the sample");
    let cancel = AtomicBool::new(false);
    let mut on_disk = OnDisk::new(Asked::default(), None);
    on_disk.open(&root, &|_| {}, &cancel).expect("it is analysed");
    let stretch = Stretch { every: 1, ..Stretch::default() };
    let film = on_disk.filmmaker(stretch.clone(), 60)(&cancel).expect("a film");
    let page = String::from_utf8(film.bytes(Format::Html, Theme::light()).expect("a page")).expect("text");
    let frames = frames(&page);
    assert_eq!(frames[0]["subject"], "Open the shop");
    assert_eq!(frames[0]["counted"], "0 violations");
    let last = frames.last().expect("a last one");
    assert_eq!(last["subject"], "Write down what happened");
    let came: usize = frames.iter().filter_map(|frame| frame["came"].as_array()).map(Vec::len).sum();
    let went: usize = frames.iter().filter_map(|frame| frame["went"].as_array()).map(Vec::len).sum();
    let open: usize = last["counted"].as_str().and_then(|it| it.split(' ').next()?.parse().ok()).expect("a number");
    assert_eq!(came - went, open);
    assert_eq!(
        on_disk.filmmaker(stretch, 3)(&cancel).map(|film| film.bytes(Format::Html, Theme::light()).is_ok()),
        Ok(true)
    );
}
