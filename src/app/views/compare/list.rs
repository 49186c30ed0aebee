//! The list of what differs, in sections with counts; each line is a way to its place on the picture.
//!
//! In: the differences, and which of them is chosen.  Out: requests to visit.  Not here: finding them.

use egui::{ScrollArea, Ui};

use crate::app::action::{Action, Actions};
use crate::app::comparing::Comparing;
use crate::app::widgets::{Mark, Row, number, row};
use crate::compare::Fate;
use crate::scene::map::comparison::{Difference, Section};
use crate::theme::Role;
use crate::verdict::Standing;

/// Of each line, headers included: only those in sight are laid out.
const LINE_HEIGHT: f32 = 26.0;

enum Line {
    Head(Section),
    Difference(usize),
}

/// Sections that have something in them, and what is not folded.
pub(super) fn show(ui: &mut Ui, comparing: &mut Comparing, actions: &mut Actions) {
    let mut lines: Vec<Line> = Vec::new();
    for section in Section::ALL {
        let mut of_section = comparing.pair.of_section(section).map(|(index, _)| Line::Difference(index)).peekable();
        if of_section.peek().is_none() {
            continue;
        }
        lines.push(Line::Head(section));
        if !comparing.folded.contains(&section) {
            lines.extend(of_section);
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("differences");
    if std::mem::take(&mut comparing.scroll) {
        let at =
            lines.iter().position(|line| matches!(line, Line::Difference(it) if Some(*it) == comparing.difference));
        if let Some(at) = at {
            let above = (ui.available_height() / 2.0 - LINE_HEIGHT).max(0.0);
            area = area.vertical_scroll_offset((at as f32 * LINE_HEIGHT - above).max(0.0));
        }
    }
    let comparing = &*comparing;
    area.show_rows(ui, LINE_HEIGHT, lines.len(), |ui, shown| {
        for line in &lines[shown] {
            match line {
                Line::Head(section) => head(ui, comparing, *section, actions),
                Line::Difference(index) => difference(ui, comparing, *index, actions),
            }
        }
    });
}

/// The section's name, how much is in it, and whether it is folded.
fn head(ui: &mut Ui, comparing: &Comparing, section: Section, actions: &mut Actions) {
    let folded = comparing.folded.contains(&section);
    let name = match section {
        Section::Boundaries if !comparing.pair.comparison.has_boundaries => "Packages",
        section => section.label(),
    };
    let counts = counts(comparing, section);
    let spoken = format!("{name}: {}", counts.1);
    let line = Row { spoken: &spoken, name, detail: &counts.0, mark: Some(Mark::Folded(folded)), ..Row::default() };
    if row(ui, &line).clicked() {
        actions.push(Action::Fold(section));
    }
}

/// How many differences of each kind, in signs and in words.
fn counts(comparing: &Comparing, section: Section) -> (String, String) {
    let fates = [Fate::Added, Fate::Removed, Fate::Changed, Fate::Moved];
    let count = |fate: Fate| comparing.pair.of_section(section).filter(|(_, it)| it.fate == fate).count();
    let counted = fates.map(|fate| (fate, count(fate))).into_iter().filter(|(_, count)| *count > 0);
    let word = |fate: Fate| match (section, fate) {
        (Section::Violations, Fate::Added) => "new",
        (Section::Violations, Fate::Removed) => "fixed",
        (_, fate) => fate.word(),
    };
    let counted: Vec<(Fate, String)> = counted.map(|(fate, count)| (fate, number(count as u64))).collect();
    let signs = counted.iter().map(|(fate, count)| format!("{}{count}", fate.sign())).collect::<Vec<_>>().join("  ");
    let words = counted.iter().map(|(fate, count)| format!("{count} {}", word(*fate))).collect::<Vec<_>>().join(", ");
    (signs, words)
}

fn difference(ui: &mut Ui, comparing: &Comparing, index: usize, actions: &mut Actions) {
    let difference = &comparing.pair.differences[index];
    let spoken = difference.spoken();
    let line = Row {
        spoken: &spoken,
        name: &difference.name,
        detail: &difference.detail,
        mark: Some(mark(difference)),
        selected: comparing.difference == Some(index),
        depth: 1,
        ..Row::default()
    };
    if row(ui, &line).clicked() {
        actions.push(Action::VisitDifference(index));
    }
}

/// The same signs as on the picture.
fn mark(difference: &Difference) -> Mark {
    match (difference.section, difference.fate, difference.standing) {
        (Section::Violations, Fate::Added, Some(standing)) => Mark::Broken(standing),
        (Section::Violations, Fate::Removed, _) => Mark::Fixed,
        (Section::Violations, _, standing) => Mark::Broken(standing.unwrap_or(Standing::Warned)),
        (_, fate, _) => Mark::Sign(fate.sign(), role(fate)),
    }
}

/// New violations are bad and fixed ones are good, whatever came or went.
pub(super) fn tone(difference: &Difference) -> Role {
    match (difference.section, difference.fate) {
        (Section::Violations, Fate::Added) => Role::Violation,
        (Section::Violations, Fate::Removed) => Role::Success,
        (_, fate) => role(fate),
    }
}

pub(super) fn role(fate: Fate) -> Role {
    match fate {
        Fate::Kept => Role::TextWeak,
        Fate::Changed | Fate::Moved => Role::Changed,
        Fate::Added => Role::Added,
        Fate::Removed => Role::Removed,
    }
}
