//! A story as a page that needs nothing beside itself.
//!
//! In: a story and its pictures.  Out: HTML with its own styles, in the colours of both themes, without scripts.  Nothing is left
//! out.  Not here: what is told.

use super::{Chapter, Entry, Group, Mark, Pictures, Story, Tone};
use crate::export::base64;
use crate::export::svg::escape;
use crate::theme::{Role, Theme};

const ROLES: [Role; 11] = [
    Role::Background,
    Role::Panel,
    Role::Sunken,
    Role::Separator,
    Role::TextStrong,
    Role::Text,
    Role::TextWeak,
    Role::Violation,
    Role::Success,
    Role::Accent,
    Role::Warning,
];

const STYLE: &str = "
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.5rem 4rem; background: var(--background); color: var(--text);
  font: 15px/1.5 Inter, system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; color: var(--text-strong); }
h2 { font-size: 1.05rem; margin: 0; display: inline; color: var(--text-strong); }
h3 { font-size: .95rem; margin: 1rem 0 .25rem; color: var(--text-strong); font-weight: 600; }
p { margin: .25rem 0; }
.headline { font-size: 1.05rem; }
.conditions { border-left: 3px solid var(--warning); padding-left: .75rem; margin: 1rem 0; }
figure { margin: 1rem 0; } figure div { overflow: auto; max-height: 85vh; border: 1px solid var(--separator); border-radius: 6px; }
figure img { display: block; width: 100%; height: auto; } figure:has(input:checked) img { width: auto; }
figure label { color: var(--text-weak); font-size: .9em; }
figcaption { color: var(--text-weak); font-size: .9em; }
details { background: var(--panel); border: 1px solid var(--separator); border-radius: 6px; margin: 1rem 0; padding: .75rem 1rem; }
details.bad { border-left: 4px solid var(--violation); }
details.good { border-left: 4px solid var(--success); }
summary { cursor: pointer; }
ul { list-style: none; margin: .25rem 0; padding: 0; }
li { padding: .2rem 0 .2rem 1.75rem; position: relative; overflow-wrap: anywhere; }
li > .mark { position: absolute; left: .25rem; font-family: 'JetBrains Mono', ui-monospace, monospace; font-weight: 700;
  color: var(--text-weak); }
li.broken > .mark { color: var(--violation); }
.detail { display: block; color: var(--text-weak); font-size: .9em; }
code { font: .9em 'JetBrains Mono', ui-monospace, monospace; background: var(--sunken); border-radius: 3px; padding: .05em .25em;
  color: var(--text-strong); }
table { border-collapse: collapse; margin: .5rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .2rem .9rem; border-bottom: 1px solid var(--separator); }
th:first-child, td:first-child { text-align: left; padding-left: .25rem; }
th { color: var(--text-weak); font-weight: 600; }
";

/// The pictures stand at the beginning.
pub(in crate::export) fn page(story: &Story, pictures: &[Pictures]) -> String {
    let title = escape(&story.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n:root {{ color-scheme: light dark; {} }}\n@media \
         (prefers-color-scheme: dark) {{ :root {{ {} }} }}{STYLE}</style>\n</head>\n<body>\n",
        colors(Theme::light()),
        colors(Theme::dark())
    );
    page += &format!("<h1>{}</h1>\n<p class=\"headline\">{}</p>\n", prose(&story.title), prose(&story.headline));
    if !story.conditions.is_empty() {
        let conditions: String = story.conditions.iter().map(|it| format!("<p>{}</p>\n", prose(it))).collect();
        page += &format!("<div class=\"conditions\">\n{conditions}</div>\n");
    }
    page.extend(pictures.iter().map(figure));
    for chapter in &story.chapters {
        add_chapter(&mut page, chapter);
    }
    page + "</body>\n</html>\n"
}

/// The picture in the colours that the reader's system has; as wide as the page or at its own size.
fn figure(pictures: &Pictures) -> String {
    let data = |svg: &str| format!("data:image/svg+xml;base64,{}", base64::encode(svg.as_bytes()));
    let (light, dark, said) = (data(&pictures.light), data(&pictures.dark), escape(&pictures.description));
    format!(
        "<figure>\n<label><input type=\"checkbox\"/> At its own size</label>\n<div><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{dark}\"/><img src=\"{light}\" \
         alt=\"{said}\"/></picture></div>\n<figcaption>{said}</figcaption>\n</figure>\n"
    )
}

fn colors(theme: &Theme) -> String {
    ROLES.iter().map(|role| format!("--{}: {};", role.key(), theme.color(*role).hex())).collect::<Vec<_>>().join(" ")
}

fn add_chapter(page: &mut String, chapter: &Chapter) {
    let (class, open) = match chapter.tone {
        Tone::Bad => ("bad", " open=\"\""),
        Tone::Good => ("good", " open=\"\""),
        Tone::Neutral => ("neutral", ""),
    };
    *page += &format!("<details class=\"{class}\"{open}>\n<summary><h2>{}</h2></summary>\n", prose(&chapter.title));
    for group in &chapter.groups {
        add_group(page, group);
    }
    if let Some(table) = &chapter.table {
        let cells = |tag: &str, cells: &[String]| -> String {
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", prose(cell))).collect()
        };
        let head: Vec<String> = table.head.iter().map(|cell| (*cell).to_owned()).collect();
        *page += &format!("<table>\n<tr>{}</tr>\n", cells("th", &head));
        for row in &table.rows {
            *page += &format!("<tr>{}</tr>\n", cells("td", row));
        }
        *page += "</table>\n";
    }
    *page += "</details>\n";
}

fn add_group(page: &mut String, group: &Group) {
    if !group.title.is_empty() {
        *page += &format!("<h3>{}</h3>\n", prose(&group.title));
    }
    *page += "<ul>\n";
    for entry in &group.entries {
        *page += &line(entry);
    }
    *page += "</ul>\n";
}

fn line(entry: &Entry) -> String {
    let class = if entry.mark == Mark::Broken { " class=\"broken\"" } else { "" };
    let details: String =
        entry.details.iter().map(|it| format!("<span class=\"detail\">{}</span>", prose(it))).collect();
    format!("<li{class}><span class=\"mark\">{}</span>{}{details}</li>\n", entry.mark.sign(), prose(&entry.text))
}

/// Names in backticks as code; everything is escaped.
fn prose(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // An even number of parts has a backtick without its like: then none of them means anything.
    if parts.len().is_multiple_of(2) {
        return escape(text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    };
    parts.iter().enumerate().map(part).collect()
}
