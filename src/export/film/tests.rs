//! Films as files, of the short history of `export::history`.

use std::sync::Arc;

use super::*;
use crate::boundary::Boundaries;
use crate::boundary::fixture::Fixture;
use crate::export::history::fixture;
use crate::scene::map::film::{Seen, shoot};
use crate::verdict::Verdict;

fn film() -> Film {
    let history = fixture::history();
    let stills = history.stills(USUAL_SHOTS);
    assert_eq!(stills, [0, 1, 3]);
    let mut look = |at: usize| {
        let cart = if at == 1 { "mod web::cart" } else { "" };
        let fixture = Fixture::new(&format!("package web web\nmod web::pages\n{cart}"));
        let (model, boundaries, verdict) = (Arc::new(fixture.model), Boundaries::default(), Verdict::default());
        Ok::<Seen, ()>(Seen { model, boundaries, verdict })
    };
    let shots = shoot(stills.len(), 1, &Measurer::new(), &mut look).expect("nothing fails");
    Film::new(&history, &stills, shots)
}

#[test]
fn a_film_tells_what_came_and_went_with_each_commit() {
    let film = film();
    let said: Vec<String> = film.frames.iter().map(|frame| frame.caption.in_words()).collect();
    let words = said.join("\n");
    assert_eq!(
        words,
        "2024-01-01, 0000000000, Begin: 1 violation, 1 denied; 1 package, 2 modules\n\
         2024-01-02, 0101010101, Add a cart, \"quickly\": 3 violations, 2 denied, 2 new; 1 package, 3 modules\n\
         2024-01-04, 0303030303, Move the cart: 2 violations, 2 denied, 1 fixed; 1 package, 2 modules"
    );
    assert_eq!(film.frames[2].went, ["module-cycle web: web::a, web::b"]);
    assert_eq!(
        film.said(),
        "3 of 4 commits from 2024-01-01 to 2024-01-04: 1 violation, 1 denied at first, 2 violations, 2 denied in the end"
    );
}

#[test]
fn a_page_holds_every_frame_in_both_themes_and_asks_for_nothing() {
    let film = film();
    let page = film.bytes(Format::Html, Theme::light()).expect("a page");
    let page = String::from_utf8(page).expect("text");
    assert!(!page.contains("http://www.w3.org/2000/svg\" src") && !page.contains("https://"));
    let reel = page.split("<script id=\"film\" type=\"application/json\">").nth(1).expect("a film");
    let reel = reel.split("</script>").next().unwrap_or_default();
    let reel: serde_json::Value = serde_json::from_str(reel).expect("JSON");
    for at in 0..film.frames.len() {
        for (side, theme) in [Theme::light(), Theme::dark()].into_iter().enumerate() {
            let runs: Vec<u64> =
                reel["frames"][at]["runs"].as_array().expect("runs").iter().filter_map(|it| it.as_u64()).collect();
            let numbers = runs.chunks(2).flat_map(|run| run[0]..run[0] + run[1]);
            let lines: Vec<&str> = numbers
                .map(|number| &reel["lines"][number as usize])
                .map(|line| line.as_str().or_else(|| line[side].as_str()).expect("a line"))
                .collect();
            assert_eq!(lines.join("\n") + "\n", svg(film.scene(at), theme, 0.0, Fonts::Named));
        }
    }
}

#[test]
fn the_same_film_is_the_same_bytes() {
    for format in [Format::Html, Format::Apng] {
        let bytes = || film().bytes(format, Theme::dark()).expect("a film");
        assert_eq!(bytes(), bytes());
    }
}

#[test]
fn an_animated_png_has_a_frame_for_each_commit_that_is_shown() {
    let bytes = film().bytes(Format::Apng, Theme::light()).expect("a film");
    let mut reader = png::Decoder::new(bytes.as_slice()).read_info().expect("a PNG");
    let info = reader.info();
    assert_eq!(info.animation_control().map(|it| (it.num_frames, it.num_plays)), Some((3, 0)));
    let whole = (info.width, info.height);
    let mut pixels = vec![0; reader.output_buffer_size()];
    for at in 0..3 {
        reader.next_frame(&mut pixels).expect("a frame");
        let control = reader.info().frame_control().expect("a frame");
        assert!(control.x_offset + control.width <= whole.0 && control.y_offset + control.height <= whole.1);
        // The last frame stands for a while.
        assert_eq!(control.delay_num, [700, 1500, 4000][at]);
    }
}

#[test]
fn of_a_history_without_a_known_commit_there_is_a_page_that_says_so() {
    let film = Film::new(&History::default(), &[], Vec::new());
    let page = String::from_utf8(film.bytes(Format::Html, Theme::light()).expect("a page")).expect("text");
    assert!(page.contains("nothing is known of any commit") && page.ends_with("</html>\n"));
    assert!(film.bytes(Format::Apng, Theme::light()).is_err());
}
