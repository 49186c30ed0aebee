//! A history as a page that needs nothing beside itself: the timeline, and what is open, since when and whose it is.
//!
//! In: a history and an axis.  Persons are named where somebody asks.  Out: HTML with its own styles and pictures, in the colours of both themes, without scripts.

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::picture;
use super::text::Wanted;
use crate::export::base64;
use crate::export::story::Pictures;
use crate::export::svg::escape;
use crate::history::{Commit, History, Identity, Life};
use crate::rules::{self, RULES};
use crate::scene::timeline::Axis;
use crate::theme::{Role, Theme};

const ROLES: [Role; 7] =
    [Role::Background, Role::Panel, Role::Separator, Role::TextStrong, Role::Text, Role::TextWeak, Role::Warning];

const STYLE: &str = "
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 2rem 1.5rem 4rem; background: var(--background); color: var(--text);
  font: 15px/1.5 Inter, system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; color: var(--text-strong); }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; color: var(--text-strong); }
p { margin: .25rem 0; }
figure { margin: 1rem 0; }
img { display: block; width: 100%; height: auto; }
.notes { border-left: 3px solid var(--warning); padding-left: .75rem; margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem .25rem; border-bottom: 1px solid var(--separator); }
th { color: var(--text-weak); font-weight: 600; }
td.number, th.number { text-align: right; }
td.date { white-space: nowrap; }
code { font: .9em 'JetBrains Mono', ui-monospace, monospace; color: var(--text-strong); overflow-wrap: anywhere; }
.weak { color: var(--text-weak); }
";

/// Writes the page.
pub fn write(history: &History, axis: Axis, wanted: Wanted) -> String {
    let lives = history.lives();
    let title = escape(&format!("{}: history", history.workspace));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n:root {{ color-scheme: light \
         dark; {} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {} }} }}{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        colors(Theme::light()),
        colors(Theme::dark())
    );
    let Pictures { light, dark, description: said } = picture::pictures(history, axis);
    let _ = writeln!(page, "<p class=\"weak\">{}</p>", escape(&said));
    if !history.notes.is_empty() {
        let notes: String = history.notes.iter().map(|note| format!("<p>{}</p>\n", escape(note))).collect();
        let _ = writeln!(page, "<div class=\"notes\">\n{notes}</div>");
    }
    let source = |svg: &str| format!("data:image/svg+xml;base64,{}", base64::encode(svg.as_bytes()));
    let _ = writeln!(
        page,
        "<figure><picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{}\"><img src=\"{}\" \
         alt=\"{}\"></picture></figure>",
        source(&dark),
        source(&light),
        escape(&said)
    );
    open(&mut page, history, &lives, wanted);
    by_rule(&mut page, &lives);
    page + "</body>\n</html>\n"
}

fn colors(theme: &Theme) -> String {
    ROLES.iter().map(|role| format!("--{}: {};", role.key(), theme.color(*role).hex())).collect::<Vec<_>>().join(" ")
}

/// Every violation that is open, the newest first; those from before the first commit at the end.
fn open(page: &mut String, history: &History, lives: &[Life], wanted: Wanted) {
    let mut rows: Vec<(Option<&Commit>, &Life)> = lives
        .iter()
        .filter(|life| life.is_open())
        .map(|life| (life.spans.last().and_then(|span| history.introducing(span)), life))
        .collect();
    if rows.is_empty() {
        *page += "<h2>Open violations</h2>\n<p>Nothing is open.</p>\n";
        return;
    }
    rows.sort_by_key(|(commit, life)| {
        let Identity { rule, from, to, .. } = &life.identity;
        (Reverse(commit.map(|commit| (commit.committed, commit.id))), rules::position(rule), from, to)
    });
    let _ = writeln!(
        page,
        "<h2>Open violations: {}</h2>\n<div class=\"scroll\"><table>\n<tr><th>since</th><th>rule</th><th>what</th>\
         <th>owner</th>{}<th>commit</th></tr>",
        rows.len(),
        if wanted.persons { "<th>by</th>" } else { "" }
    );
    let first = history.points.first().map_or_else(String::new, |point| point.commit.id.short());
    for (commit, life) in rows {
        let (identity, owner) = (&life.identity, life.owner.as_deref().unwrap_or_default());
        let what = match (identity.to.is_empty(), identity.members.is_empty()) {
            (_, false) => format!("<code>{}</code>: {}", escape(&identity.from), escape(&identity.members.join(", "))),
            (true, true) => format!("<code>{}</code>", escape(&identity.from)),
            (false, true) => format!("<code>{}</code> → <code>{}</code>", escape(&identity.from), escape(&identity.to)),
        };
        let (date, author, name) = match commit {
            Some(commit) => (
                commit.committed.date().to_string(),
                escape(&commit.author),
                format!("<code>{}</code> {}", commit.id.short(), escape(&commit.subject)),
            ),
            None => ("before".to_owned(), String::new(), format!("<span class=\"weak\">in or before {first}</span>")),
        };
        let author = if wanted.persons { format!("<td>{author}</td>") } else { String::new() };
        let _ = writeln!(
            page,
            "<tr><td class=\"date\">{date}</td><td>{}</td><td>{what}</td><td>{}</td>{author}<td>{name}</td></tr>",
            identity.rule,
            escape(owner)
        );
    }
    *page += "</table></div>\n";
}

fn by_rule(page: &mut String, lives: &[Life]) {
    if lives.is_empty() {
        return;
    }
    *page += "<h2>By rule</h2>\n<table>\n<tr><th>rule</th><th class=\"number\">introduced</th><th class=\"number\">fixed</th>\
              <th class=\"number\">open</th></tr>\n";
    for rule in RULES {
        let of_rule = || lives.iter().filter(|life| life.identity.rule == rule.name);
        let introduced: usize = of_rule().map(|life| life.spans.len()).sum();
        if introduced > 0 {
            let open = of_rule().filter(|life| life.is_open()).count();
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td class=\"number\">{introduced}</td><td class=\"number\">{}</td><td \
                 class=\"number\">{open}</td></tr>",
                rule.name,
                introduced - open
            );
        }
    }
    *page += "</table>\n";
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_page_has_its_pictures_in_it_and_tells_who_and_when() {
        let page = write(&fixture::history(), Axis::Time, Wanted { persons: true });
        assert_eq!(page.matches("data:image/svg+xml;base64,").count(), 2);
        let mut pieces = page.split('"').map(|part| if part.starts_with("data:") { "data:" } else { part });
        let rest = pieces.by_ref().collect::<Vec<&str>>().join("\"");
        insta::assert_snapshot!(rest);
        let unasked = write(&fixture::history(), Axis::Time, Wanted::default());
        assert!(page.contains("Esq.") && !unasked.contains("Esq."));
        assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    }
}
