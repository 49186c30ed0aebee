//! The chapters of a story.
//!
//! In: a comparison.  Out: what each part of it says, most important first.  Not here: their order.

use crate::compare::{
    Api, Area, AreaEdge, Comparison, Edge, Gone, JudgedOnce, Module, Offer, Place, Rejudged, Revised, Violation, Worse,
};
use crate::export::report::wording::counted;
use crate::export::story::{Chapter, Entry, Group, Mark, Tone};
use crate::rules::{Aspect, Difference};

/// Module dependencies told below one between areas.
const EDGES: usize = 3;

/// What areas are.
pub(super) fn areas_word(comparison: &Comparison) -> &'static str {
    if comparison.has_boundaries { "boundaries" } else { "packages" }
}

fn at(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

/// Entries by the area they belong to, in the order in which areas come first.
fn by_area<'a, T>(
    all: impl IntoIterator<Item = &'a T>,
    title: impl Fn(&T) -> String,
    entry: impl Fn(&T) -> Entry,
) -> Vec<Group>
where
    T: 'a,
{
    let mut groups: Vec<Group> = Vec::new();
    for one in all {
        let title = title(one);
        let at = groups.iter().position(|group| group.title == title).unwrap_or_else(|| {
            groups.push(Group { title, entries: Vec::new() });
            groups.len() - 1
        });
        groups[at].entries.push(entry(one));
    }
    groups
}

fn area_of(violation: &Violation) -> String {
    match (&violation.area, &violation.owner) {
        (Some(area), Some(owner)) => format!("`{area}` ({owner})"),
        (Some(area), None) => format!("`{area}`"),
        (None, _) => "the workspace".to_owned(),
    }
}

pub(super) fn worse(comparison: &Comparison) -> Option<Chapter> {
    let worse = &comparison.violations.worse;
    let entry = |it: &Worse| {
        let mark = if it.violation.is_denied() { Mark::Broken } else { Mark::Added };
        let mut entry = violation(&it.violation, mark);
        if let Some(was) = &it.was {
            let new = it.violation.members.iter().filter(|member| !was.members.contains(member));
            let new: Vec<String> = new.map(|member| format!("`{member}`")).collect();
            entry.details.insert(0, format!("the cycle is not new, {} joined it", new.join(", ")));
        }
        if !it.instead_of.is_empty() {
            let count = counted(it.instead_of.len(), "violation", "violations");
            entry.details.insert(0, format!("before, there were {count} about parts of it"));
        }
        if let Some(route) = &it.violation.route {
            entry.details.push(route.clone());
        }
        entry
    };
    let groups = by_area(worse, |it| area_of(&it.violation), entry);
    Chapter::of(format!("Worse: {}", counted(worse.len(), "violation", "violations")), Tone::Bad, groups)
}

fn violation(violation: &Violation, mark: Mark) -> Entry {
    let accepted = violation.accepted.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
    let mut entry =
        Entry::new(mark, format!("{} {}: {}{accepted}", violation.level, violation.rule, violation.message));
    if let Some(place) = &violation.place {
        let more = match violation.references {
            0 | 1 => String::new(),
            references => format!(" and {} more", counted(references - 1, "place", "places")),
        };
        entry.details.push(format!("at `{}`{more}", at(place)));
    }
    entry
}

pub(super) fn fixed(comparison: &Comparison) -> Option<Chapter> {
    let fixed = &comparison.violations.fixed;
    let entry = |it: &Violation| Entry::new(Mark::Removed, format!("{}: {}", it.rule, it.message));
    let groups = by_area(fixed, area_of, entry);
    Chapter::of(format!("Fixed: {}", counted(fixed.len(), "violation", "violations")), Tone::Good, groups)
}

/// What is the same violation, judged or proved otherwise.
pub(super) fn rejudged(comparison: &Comparison) -> Option<Chapter> {
    let violations = &comparison.violations;
    let mut entries: Vec<Entry> = violations.changed.iter().filter_map(rejudgement).collect();
    for JudgedOnce { rule, violations, is_later } in &violations.judged_once {
        let (count, when) =
            (counted(*violations, "violation", "violations"), if *is_later { "later" } else { "earlier" });
        entries.push(Entry::new(Mark::Changed, format!("{rule}: judged at the {when} revision alone, {count}")));
    }
    let title = format!("The same violations: {} judged or proved otherwise", entries.len());
    Chapter::of(title, Tone::Neutral, vec![Group::of("", entries)])
}

/// `None` for one with another name alone: that is told with the module that moved.
fn rejudgement(it: &Rejudged) -> Option<Entry> {
    let (before, after) = (&it.before, &it.after);
    let mut what: Vec<String> = Vec::new();
    if before.level != after.level {
        what.push(format!("{} now, was {}", after.level, before.level));
    }
    match (&before.accepted, &after.accepted) {
        (None, Some(why)) => what.push(format!("now {why}")),
        (Some(why), None) => what.push(format!("no longer {why}")),
        _ => {}
    }
    if before.members.len() != after.members.len() {
        what.push(format!("{} in the cycle, were {}", after.members.len(), before.members.len()));
    }
    let is_minor = what.is_empty() && !is_notable(before.references, after.references);
    if before.references != after.references {
        what.push(format!("{}, was {}", counted(after.references, "place", "places"), before.references));
    }
    if what.is_empty() {
        return None;
    }
    let named = if after.to.is_empty() { after.from.clone() } else { format!("{}` -> `{}", after.from, after.to) };
    let entry = Entry::new(Mark::Changed, format!("{} `{named}`: {}", after.rule, what.join("; ")));
    Some(if is_minor { entry.minor() } else { entry })
}

/// A number of places that is not just another one.
fn is_notable(before: usize, after: usize) -> bool {
    const NOTABLE: usize = 10;
    before.abs_diff(after) >= NOTABLE && 2 * before.abs_diff(after) >= before.min(after)
}

/// What stable APIs no longer hold.
pub(super) fn broken_promises(comparison: &Comparison) -> Option<Chapter> {
    let stable = comparison.apis.iter().filter(|api| api.stable);
    let groups = stable.map(|api| Group { title: format!("`{}`", api.owner), entries: broken(api) });
    let count: usize = comparison.apis.iter().filter(|api| api.stable).map(Api::broken).sum();
    let title = format!("Broken: {}", counted(count, "promise of a stable API", "promises of stable APIs"));
    Chapter::of(title, Tone::Bad, groups.collect())
}

/// What users of an API must do something about.
fn broken(api: &Api) -> Vec<Entry> {
    let removed = api.removed.iter().map(|Gone { before, now }| {
        let now = now.as_ref().map_or_else(String::new, |path| format!("; there is `{path}` now"));
        let mut entry = Entry::new(Mark::Broken, format!("{} `{}` was removed{now}", before.kind, before.name));
        entry.details.push(format!("it stood at `{}:{}`", before.file, before.line));
        entry
    });
    let changed =
        api.changed.iter().filter(|it| it.breaks() && (api.stable || !is_renamed(it))).map(|it| revised(it, true));
    removed.chain(changed).collect()
}

/// It only has another name, as everything in its module.
fn is_renamed(revised: &Revised) -> bool {
    revised.went_along && revised.differences.iter().all(|it| it.aspect == Aspect::Name)
}

fn revised(revised: &Revised, breaks: bool) -> Entry {
    let told: Vec<&Difference> = revised.differences.iter().filter(|it| it.breaks == breaks).collect();
    let (kind, name) = (&revised.before.kind, &revised.before.name);
    let mark = if breaks { Mark::Broken } else { Mark::Changed };
    let place = |it: &Difference| format!("`{}:{}`", it.file, it.line);
    match told[..] {
        [only] => {
            let mut entry = Entry::new(mark, format!("{kind} `{name}` {}", clause(only)));
            entry.details.push(format!("at {}", place(only)));
            entry
        }
        _ => {
            let mut entry = Entry::new(mark, format!("{kind} `{name}` differs in {} ways", told.len()));
            entry.details = told.into_iter().map(|it| format!("{}, at {}", it.what, place(it))).collect();
            entry
        }
    }
}

/// What differs, to be read after the name of the item.
fn clause(difference: &Difference) -> String {
    match difference.aspect {
        Aspect::Part => format!("differs: {}", difference.what),
        Aspect::Name | Aspect::Whole => difference.what.clone(),
    }
}

/// What APIs offer; of stable ones what broke is told before.
pub(super) fn apis(comparison: &Comparison) -> Option<Chapter> {
    let mut apis: Vec<&Api> = comparison.apis.iter().collect();
    apis.sort_by_key(|api| std::cmp::Reverse(api.broken()));
    let groups = apis.into_iter().map(|api| {
        let mut entries = if api.stable { Vec::new() } else { broken(api) };
        let renamed = api.changed.iter().filter(|it| !api.stable && is_renamed(it)).count();
        if renamed > 0 {
            let items = counted(renamed, "item has", "items have");
            entries.push(Entry::new(Mark::Broken, format!("{items} another name, as the module that moved")));
        }
        let compatible = api.changed.iter().filter(|it| it.differences.iter().any(|difference| !difference.breaks));
        entries.extend(compatible.map(|it| revised(it, false)));
        entries.extend(api.added.iter().map(|it| Entry::new(Mark::Added, offer(it))));
        Group::of(format!("`{}`: {}", api.owner, counts(api)), entries)
    });
    let title = format!("What the APIs of {} offer", areas_word(comparison));
    Chapter::of(title, Tone::Neutral, groups.collect()).map(Chapter::brief)
}

fn counts(api: &Api) -> String {
    let broken = api.changed.iter().filter(|it| it.breaks()).count();
    let clauses = [
        (api.removed.len(), "removed"),
        (broken, "changed so that users notice"),
        (api.changed.len() - broken, "changed compatibly"),
        (api.added.len(), "added"),
    ];
    let clauses = clauses.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    clauses.collect::<Vec<_>>().join(", ")
}

fn offer(offer: &Offer) -> String {
    let is_function = offer.kind == "function" && !offer.text.is_empty();
    if is_function { format!("`{}`: `{}`", offer.name, offer.text) } else { format!("{} `{}`", offer.kind, offer.name) }
}

pub(super) fn area_edges(comparison: &Comparison) -> Option<Chapter> {
    let edges = &comparison.area_edges;
    let (mut first, mut entries): (Vec<Entry>, Vec<Entry>) = (Vec::new(), Vec::new());
    let is_of = |areas: &[Area], edge: &AreaEdge| areas.iter().any(|it| it.name == edge.from || it.name == edge.to);
    let (added, removed) = (&comparison.areas.added, &comparison.areas.removed);
    for edge in edges.added.iter().filter(|edge| !edge.legal) {
        first.push(Entry { details: below(comparison, edge), ..Entry::new(Mark::Broken, told(edge)) });
    }
    for change in edges.changed.iter().filter(|it| it.before.legal && !it.after.legal) {
        let text = format!("{}, {} before and within the rules", told(&change.after), change.before.references);
        first.push(Entry { details: below(comparison, &change.after), ..Entry::new(Mark::Broken, text) });
    }
    for edge in edges.added.iter().filter(|edge| edge.legal && !is_of(added, edge)) {
        entries.push(Entry { details: below(comparison, edge), ..Entry::new(Mark::Added, told(edge)) });
    }
    entries.extend(added.iter().filter_map(|area| around(area, &edges.added, Mark::Added)));
    for change in edges.changed.iter().filter(|it| !it.before.legal && it.after.legal) {
        let text = format!("{}, {} before and not within the rules", told(&change.after), change.before.references);
        entries.push(Entry::new(Mark::Removed, text));
    }
    for edge in edges.removed.iter().filter(|edge| !is_of(removed, edge)) {
        entries.push(Entry::new(Mark::Removed, told(edge)));
    }
    entries.extend(removed.iter().filter_map(|area| around(area, &edges.removed, Mark::Removed)));
    for change in edges.changed.iter().filter(|it| it.before.legal == it.after.legal) {
        let (before, after) = (change.before.references, change.after.references);
        let entry = Entry::new(Mark::Changed, format!("{}, {before} before", told(&change.after)));
        entries.push(if is_notable(before as usize, after as usize) { entry } else { entry.minor() });
    }
    let title = format!(
        "Dependencies between {}: {} new, {} gone, {} of another size",
        areas_word(comparison),
        edges.added.len(),
        edges.removed.len(),
        edges.changed.len()
    );
    first.extend(entries);
    Chapter::of(title, Tone::Neutral, vec![Group::of("", first)])
}

/// All dependencies of an area that came, or went.
fn around(area: &Area, edges: &[AreaEdge], mark: Mark) -> Option<Entry> {
    let list = |names: Vec<&String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let uses: Vec<&String> = edges.iter().filter(|it| it.from == area.name).map(|it| &it.to).collect();
    let users: Vec<&String> = edges.iter().filter(|it| it.to == area.name).map(|it| &it.from).collect();
    let mut clauses = Vec::new();
    let (now, uses_word, used_word) = match mark {
        Mark::Added => ("is new", "uses", "is used by"),
        _ => ("is gone", "used", "was used by"),
    };
    if !uses.is_empty() {
        clauses.push(format!("{uses_word} {}", list(uses)));
    }
    if !users.is_empty() {
        clauses.push(format!("{used_word} {}", list(users)));
    }
    (!clauses.is_empty()).then(|| Entry::new(mark, format!("`{}` {now}: {}", area.name, clauses.join("; "))))
}

fn told(edge: &AreaEdge) -> String {
    let rule = if edge.legal { "" } else { ", some against a rule" };
    format!("`{}` -> `{}`: {}{rule}", edge.from, edge.to, counted(edge.references as usize, "reference", "references"))
}

/// The new dependencies between modules that make one between areas.
fn below(comparison: &Comparison, area_edge: &AreaEdge) -> Vec<String> {
    let is_of = |edge: &&Edge| {
        edge.crosses()
            && edge.from_area.as_deref() == Some(area_edge.from.as_str())
            && edge.to_area.as_deref() == Some(area_edge.to.as_str())
    };
    let mut edges: Vec<&Edge> = comparison.edges.added.iter().filter(is_of).collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.references));
    let tell = |edge: &&Edge| {
        let place = edge.place.as_ref().map_or_else(String::new, |place| format!(" at `{}`", at(place)));
        format!("`{}` -> `{}`{place}", edge.from, edge.to)
    };
    let mut told: Vec<String> = edges.iter().take(EDGES).map(tell).collect();
    if edges.len() > EDGES {
        told.push(format!("and {} more between their modules", edges.len() - EDGES));
    }
    told
}

/// What riprap.toml says otherwise: intent that changed.
pub(super) fn settings(comparison: &Comparison) -> Option<Chapter> {
    let areas = &comparison.areas;
    let size = |area: &Area| {
        let (modules, lines) = (area.modules, area.lines as usize);
        format!("{}, {}", counted(modules, "module", "modules"), counted(lines, "line", "lines"))
    };
    let mut entries: Vec<Entry> = Vec::new();
    for area in &areas.added {
        entries.push(Entry::new(Mark::Added, format!("`{}`: {}", area.name, size(area))));
    }
    for area in &areas.removed {
        entries.push(Entry::new(Mark::Removed, format!("`{}`: {}", area.name, size(area))));
    }
    for change in &areas.changed {
        for (before, after) in change.before.said_otherwise(&change.after) {
            let text = format!("`{}`: {}", change.after.name, said(before.key, &before.values, &after.values));
            entries.push(Entry::new(Mark::Changed, text));
        }
    }
    for it in comparison.moves.iter().filter(|it| it.is_boundary) {
        entries.push(Entry::new(Mark::Changed, format!("`{}` is called `{}` now", it.from, it.to)));
    }
    let title = match comparison.has_boundaries {
        true => "Boundaries, and what riprap.toml says of them",
        false => "Packages",
    };
    Chapter::of(title.to_owned(), Tone::Neutral, vec![Group::of("", entries)])
}

fn said(key: &str, before: &Option<Vec<String>>, after: &Option<Vec<String>>) -> String {
    let list = |values: &[&String]| values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    match (before, after) {
        (Some(before), Some(after)) => {
            let gained: Vec<&String> = after.iter().filter(|value| !before.contains(value)).collect();
            let lost: Vec<&String> = before.iter().filter(|value| !after.contains(value)).collect();
            let mut clauses = Vec::new();
            if !gained.is_empty() {
                clauses.push(format!("gained {}", list(&gained)));
            }
            if !lost.is_empty() {
                clauses.push(format!("lost {}", list(&lost)));
            }
            if clauses.is_empty() {
                clauses.push("has another order".to_owned());
            }
            format!("`{key}` {}", clauses.join(" and "))
        }
        (None, Some(after)) => format!("`{key}` is {} now", list(&after.iter().collect::<Vec<_>>())),
        (Some(_), None) => format!("`{key}` is no longer said"),
        (None, None) => String::new(),
    }
}

pub(super) fn modules(comparison: &Comparison) -> Option<Chapter> {
    let modules = &comparison.modules;
    let mut moved: Vec<Entry> = Vec::new();
    for it in comparison.moves.iter().filter(|it| !it.is_boundary) {
        let below = match it.below {
            0 => String::new(),
            below => format!(", with {} below", counted(below, "module", "modules")),
        };
        moved.push(Entry::new(
            Mark::Changed,
            format!("`{}` is `{}` now ({}){below}", it.from, it.to, it.evidence.word()),
        ));
    }
    for change in &modules.changed {
        let (before, after) = (&change.before, &change.after);
        if before.area != after.area && before.path == after.path {
            let name = |area: &Option<String>| area.as_ref().map_or_else(|| "none".to_owned(), |it| format!("`{it}`"));
            let text =
                format!("`{}` belongs to {} now, before to {}", after.path, name(&after.area), name(&before.area));
            moved.push(Entry::new(Mark::Changed, text));
        }
    }
    let groups = vec![
        Group::of("renamed or moved", moved),
        Group::of("added", tops(&modules.added, Mark::Added)),
        Group::of("removed", tops(&modules.removed, Mark::Removed)),
    ];
    let title = format!(
        "Modules: {} added, {} removed, {} changed",
        modules.added.len(),
        modules.removed.len(),
        modules.changed.len()
    );
    Chapter::of(title, Tone::Neutral, groups)
}

/// Those that stand in none of the others, with what is below each, the largest first.
fn tops(modules: &[Module], mark: Mark) -> Vec<Entry> {
    let is_below = |module: &Module, other: &Module| {
        module.path.strip_prefix(other.path.as_str()).is_some_and(|rest| rest.starts_with("::"))
    };
    let mut tops: Vec<(&Module, usize, u64)> = Vec::new();
    // A module stands before those below it.
    for module in modules {
        let lines = u64::from(module.lines);
        match tops.iter_mut().rev().find(|(top, ..)| is_below(module, top)) {
            Some((_, below, all)) => {
                *below += 1;
                *all += lines;
            }
            None => tops.push((module, 0, lines)),
        }
    }
    let tell = |(module, below, lines): (&Module, usize, u64)| {
        let below = match below {
            0 => String::new(),
            below => format!(" and {} below", counted(below, "module", "modules")),
        };
        let test = if module.test { ", for tests" } else { "" };
        Entry::new(mark, format!("`{}`{below}: {}{test}", module.path, counted(lines as usize, "line", "lines")))
    };
    tops.sort_by_key(|(module, _, lines)| (module.test, std::cmp::Reverse(*lines)));
    tops.into_iter().map(tell).collect()
}
