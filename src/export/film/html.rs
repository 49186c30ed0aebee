//! A film as a page that needs nothing beside itself: the map, what is said of the commit, and a strip to move along.
//!
//! In: a film.  Out: HTML with its own styles, script and pictures, in the colours of both themes.  Most lines of one picture
//! are those of the one before: each is written once, and a frame is runs of them.  Without scripts the last frame is shown.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::{Film, svg};
use crate::export::base64;
use crate::export::svg::{Fonts, escape};
use crate::scene::Scene;
use crate::theme::{Measurer, Role, Theme};

const ROLES: [Role; 14] = [
    Role::Background,
    Role::Panel,
    Role::Raised,
    Role::Separator,
    Role::TextStrong,
    Role::Text,
    Role::TextWeak,
    Role::TextOnAccent,
    Role::Accent,
    Role::AccentHover,
    Role::ButtonStroke,
    Role::FocusRing,
    Role::Violation,
    Role::Success,
];

const STYLE: &str = include_str!("../../../assets/film/film.css");
const SCRIPT: &str = include_str!("../../../assets/film/film.js");

/// What the script plays.
#[derive(Serialize)]
struct Reel {
    lines: Vec<Line>,
    frames: Vec<Told>,
}

/// A line of a picture, in the colours of each theme where these differ.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
enum Line {
    Same(String),
    Each([String; 2]),
}

#[derive(Serialize)]
struct Told {
    date: String,
    commit: String,
    subject: String,
    counted: String,
    sized: String,
    words: String,
    broken: bool,
    came: Vec<String>,
    went: Vec<String>,
    /// First line and number of lines, one after the other.
    runs: Vec<usize>,
}

pub(super) fn write(film: &Film) -> String {
    let title = escape(&film.title());
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n:root {{ color-scheme: light \
         dark; {} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {} }} }}\n{STYLE}</style>\n</head>\n<body>\n<header>\
         <h1>{title}</h1><p class=\"weak\">{}</p></header>\n",
        colors(Theme::light()),
        colors(Theme::dark()),
        escape(&film.said())
    );
    if film.frames.is_empty() {
        return page + "</body>\n</html>\n";
    }
    let last = film.frames.len() - 1;
    let still = picture(&|| film.scene(last), &film.frames[last].caption.in_words());
    let _ = writeln!(page, "<main>\n<div id=\"stage\"><noscript>{still}</noscript></div>");
    page.push_str(
        "<div id=\"bar\"><button id=\"play\" type=\"button\" title=\"Space\">Play</button>\
         <div id=\"strip\">",
    );
    page += &picture(&|| film.strip(None, 1000.0), "");
    let _ = writeln!(
        page,
        "<div id=\"mark\"></div><input id=\"at\" type=\"range\" min=\"0\" max=\"{last}\" value=\"0\" step=\"1\" \
         aria-label=\"Commit\"></div><label class=\"weak\">Speed <select id=\"speed\"><option value=\"0.5\">0.5×</option>\
         <option value=\"1\" selected>1×</option><option value=\"2\">2×</option><option value=\"4\">4×</option></select></label></div>"
    );
    page.push_str(
        "<section id=\"said\"><p><strong id=\"date\"></strong> <code id=\"commit\"></code> <span id=\"subject\"></span> \
         <span id=\"number\" class=\"weak\"></span></p><p><strong id=\"counted\"></strong> <span id=\"change\"></span> <span id=\"sized\" \
         class=\"weak\"></span></p><ul id=\"changes\"></ul></section>\n",
    );
    let width = film.width();
    let legend = picture(&|| film.legend(width, &Measurer::new()), "What the lines and signs mean");
    let _ = writeln!(page, "<div id=\"legend\">{legend}</div>");
    page.push_str(
        "<p class=\"weak\" id=\"keys\"><kbd>Space</kbd> play or pause · <kbd>←</kbd> <kbd>→</kbd> one commit · <kbd>P</kbd> \
         <kbd>N</kbd> to where violations came or went · <kbd>Home</kbd> <kbd>End</kbd></p>\n</main>\n",
    );
    let reel = serde_json::to_string(&reel(film)).unwrap_or_default();
    // Nothing in a text ends the element that it is in.
    let reel = reel.replace('<', "\\u003c");
    let _ = write!(
        page,
        "<script id=\"film\" type=\"application/json\">{reel}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n"
    );
    page
}

fn reel(film: &Film) -> Reel {
    let mut lines: Vec<Line> = Vec::new();
    let mut known: FxHashMap<Line, usize> = FxHashMap::default();
    let mut frames = Vec::with_capacity(film.frames.len());
    for (at, frame) in film.frames.iter().enumerate() {
        let scene = film.scene(at);
        let [light, dark] = [Theme::light(), Theme::dark()].map(|theme| svg(scene.clone(), theme, 0.0, Fonts::Named));
        let mut runs: Vec<usize> = Vec::new();
        for (light, dark) in light.lines().zip(dark.lines()) {
            let line = match light == dark {
                true => Line::Same(light.to_owned()),
                false => Line::Each([light.to_owned(), dark.to_owned()]),
            };
            let next = lines.len();
            let number = *known.entry(line.clone()).or_insert(next);
            if number == next {
                lines.push(line);
            }
            match runs.last_chunk_mut() {
                Some([first, count]) if *first + *count == number => *count += 1,
                _ => runs.extend([number, 1]),
            }
        }
        let caption = &frame.caption;
        frames.push(Told {
            date: caption.date.clone(),
            commit: caption.commit.clone(),
            subject: caption.subject.clone(),
            counted: caption.counted(),
            sized: caption.sized(),
            words: caption.in_words(),
            broken: caption.violations > 0,
            came: frame.came.clone(),
            went: frame.went.clone(),
            runs,
        });
    }
    Reel { lines, frames }
}

fn colors(theme: &Theme) -> String {
    ROLES.iter().map(|role| format!("--{}: {};", role.key(), theme.color(*role).hex())).collect::<Vec<_>>().join(" ")
}

fn picture(scene: &dyn Fn() -> Scene, said: &str) -> String {
    let source = |theme| {
        format!("data:image/svg+xml;base64,{}", base64::encode(svg(scene(), theme, 0.0, Fonts::Named).as_bytes()))
    };
    format!(
        "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{}\"><img src=\"{}\" alt=\"{}\"></picture>",
        source(Theme::dark()),
        source(Theme::light()),
        escape(said)
    )
}
