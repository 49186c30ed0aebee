//! The colour of each tile, and its value in words: what a colour says is always said in letters, too.
//!
//! In: the values of all boxes.  Out: a [`Tone`] for each, and the scale that the legend shows.  Not here: the values.

use std::collections::{BTreeMap, BTreeSet};

use super::scale::{Classes, DAYS, FIFTHS, SHARES, Scale, span};
use super::values::{Value, Values, owner};
use super::{Colouring, Ground};
use crate::history::CHURN_DAYS;
use crate::scene::map::Arrangement;
use crate::scene::number::grouped;
use crate::theme::Role;

/// How one tile is painted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    /// `None` where nothing is known.
    pub(super) fill: Option<Role>,
    /// `34 commits`; empty where nothing is known.
    pub(super) words: String,
}

/// The scale, and the tones of boxes and of what stands in themselves.
pub(super) fn of(
    ground: &Ground<'_>,
    map: &Arrangement,
    colouring: Colouring,
    values: &Values,
) -> (Scale, Vec<Tone>, Vec<Tone>) {
    let (scale, painter) = match colouring {
        Colouring::Churn => churn(ground, map, values),
        Colouring::Violations => violations(map, values),
        Colouring::Owner => owners(ground, map),
        Colouring::Instability => instability(ground),
        Colouring::Leak => leak(ground),
        Colouring::Age => age(ground),
    };
    // Where nothing is known of anything, the legend says why.
    let nothing = if scale.entries.is_empty() { "" } else { nothing(colouring) };
    let tone = |value: &Option<Value>| match value {
        Some(value) => Tone { fill: Some(painter.role(value)), words: words(value, colouring) },
        None => Tone { fill: None, words: nothing.to_owned() },
    };
    (scale, values.whole.iter().map(tone).collect(), values.own.iter().map(tone).collect())
}

/// Which colour a value has.
enum Painter {
    /// In whole numbers, hundredths or days.
    Heat(Classes),
    Category(BTreeMap<String, usize>),
}

impl Painter {
    fn role(&self, value: &Value) -> Role {
        match (self, value) {
            (Self::Heat(classes), Value::Count(number) | Value::Days(number)) => classes.role(*number),
            // Longer than what is known is in the class after it.
            (Self::Heat(classes), Value::DaysAtLeast(days)) => classes.role(days + 1),
            // Rounded up: only what is nothing counts as nothing.
            (Self::Heat(classes), Value::Share(ratio)) => classes.role((ratio.part * 100).div_ceil(ratio.whole)),
            (Self::Category(ranks), Value::Owner { name, .. }) => {
                Role::category(ranks.get(name).copied().unwrap_or(Role::N_CATEGORIES))
            }
            (Self::Heat(_), Value::Owner { .. }) | (Self::Category(_), _) => Role::CategoryOther,
        }
    }
}

fn words(value: &Value, colouring: Colouring) -> String {
    let counted =
        |count: u64, one: &str, many: &str| format!("{} {}", grouped(count), if count == 1 { one } else { many });
    match (value, colouring) {
        (Value::Count(count), Colouring::Violations) => counted(*count, "violation", "violations"),
        (Value::Count(count), _) => counted(*count, "commit", "commits"),
        (Value::Share(ratio), Colouring::Instability) => {
            let hundredths = (ratio.thousandths() + 5) / 10;
            format!("instability {}.{:02}", hundredths / 100, hundredths % 100)
        }
        (Value::Share(ratio), _) => format!("{} of {} around the API", grouped(ratio.part), grouped(ratio.whole)),
        (Value::Days(0), _) => "on the last day".to_owned(),
        (Value::Days(days), _) => format!("{} ago", counted(*days, "day", "days")),
        (Value::DaysAtLeast(days), _) => format!("more than {} ago", counted(*days, "day", "days")),
        (Value::Owner { name, others: 0 }, _) => name.clone(),
        (Value::Owner { name, others }, _) => format!("{name} and {others} more"),
    }
}

/// The largest number of a tile: closed boxes, and what stands in open ones.
fn most(map: &Arrangement, values: &Values) -> u64 {
    let of_tile = |index: usize| if map.cut.boxes[index].open { &values.own[index] } else { &values.whole[index] };
    let count = |value: &Option<Value>| if let Some(Value::Count(count)) = value { *count } else { 0 };
    (0..map.cut.boxes.len()).map(|index| count(of_tile(index))).max().unwrap_or(0)
}

fn churn(ground: &Ground<'_>, map: &Arrangement, values: &Values) -> (Scale, Painter) {
    let classes = Classes::up_to(most(map, values));
    let scale = match ground.churn {
        Ok(churn) => Scale {
            title: format!(
                "Commits that changed it, of {} in the {CHURN_DAYS} days to {}{}",
                grouped(churn.len() as u64),
                churn.newest().date(),
                missing(churn.missing())
            ),
            entries: classes.entries(span),
        },
        Err(reason) => Scale { title: format!("Commits: {reason}"), entries: Vec::new() },
    };
    (scale, Painter::Heat(classes))
}

fn missing(count: usize) -> String {
    if count == 0 { String::new() } else { format!("; {} more are not in this clone", grouped(count as u64)) }
}

fn age(ground: &Ground<'_>) -> (Scale, Painter) {
    let classes = Classes::fixed(&DAYS);
    let scale = match ground.churn {
        Ok(churn) => Scale {
            title: format!("Days since its last change, before {}{}", churn.newest().date(), missing(churn.missing())),
            entries: classes.entries(|least, most| {
                if most == u64::MAX { format!("more than {}", least - 1) } else { span(least, most) }
            }),
        },
        Err(reason) => Scale { title: format!("Last change: {reason}"), entries: Vec::new() },
    };
    (scale, Painter::Heat(classes))
}

fn violations(map: &Arrangement, values: &Values) -> (Scale, Painter) {
    let classes = Classes::up_to(most(map, values));
    let title = "Violations that begin in it, without accepted ones".to_owned();
    (Scale { title, entries: classes.entries(span) }, Painter::Heat(classes))
}

fn instability(ground: &Ground<'_>) -> (Scale, Painter) {
    let classes = Classes::fixed(&FIFTHS);
    let hundredths = |number: u64| format!("{}.{}", number / 100, number / 10 % 10);
    let scale = match ground.below {
        Some(_) => Scale {
            title: "Instability: 0 only serves others, 1 only uses others".to_owned(),
            entries: classes.entries(|_, most| format!("{} to {}", hundredths(most - 20), hundredths(most))),
        },
        None => Scale { title: "Instability: being measured".to_owned(), entries: Vec::new() },
    };
    (scale, Painter::Heat(classes))
}

fn leak(ground: &Ground<'_>) -> (Scale, Painter) {
    let classes = Classes::fixed(&SHARES);
    let what = "References from outside its boundary that go around the API";
    let scale = match ground.below {
        _ if ground.boundaries.is_empty() => {
            Scale { title: format!("{what}: no boundary is declared"), entries: Vec::new() }
        }
        None => Scale { title: format!("{what}: being measured"), entries: Vec::new() },
        Some(_) => Scale {
            title: what.to_owned(),
            entries: classes.entries(|least, most| match (least, most) {
                (0, 0) => "none".to_owned(),
                (_, most) => format!("to {most} %"),
            }),
        },
    };
    (scale, Painter::Heat(classes))
}

/// What is said of a box that has no value while others have.
fn nothing(colouring: Colouring) -> &'static str {
    match colouring {
        Colouring::Owner => "no owner",
        Colouring::Instability => "neither uses nor is used",
        Colouring::Leak => "not entered from outside",
        Colouring::Churn | Colouring::Violations | Colouring::Age => "",
    }
}

/// Those who own most of all lines have a colour, whatever is open; which one is decided by their names, so that it stays
/// as sizes change.
fn owners(ground: &Ground<'_>, map: &Arrangement) -> (Scale, Painter) {
    let mut lines: BTreeMap<String, u64> = BTreeMap::new();
    for module in ground.model.module_ids().filter(|module| map.cut.box_of(*module).is_some()) {
        if let Some(owner) = owner(ground, module) {
            *lines.entry(owner).or_default() += u64::from(ground.model.node(module).lines.max(1));
        }
    }
    let mut by_lines: Vec<(&str, u64)> = lines.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    by_lines.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: BTreeSet<&str> = by_lines.iter().take(Role::N_CATEGORIES).map(|(name, _)| *name).collect();
    let ranks = named.iter().enumerate().map(|(rank, name)| ((*name).to_owned(), rank)).collect();
    let mut entries: Vec<(Role, String)> =
        named.iter().enumerate().map(|(rank, name)| (Role::category(rank), (*name).to_owned())).collect();
    let others = by_lines.len() - named.len();
    if others > 0 {
        entries.push((Role::CategoryOther, format!("{others} more")));
    }
    let title = match named.is_empty() {
        true => "Owner: neither CODEOWNERS nor riprap.toml names one",
        false => "Owner of most of its lines",
    };
    (Scale { title: title.to_owned(), entries }, Painter::Category(ranks))
}
