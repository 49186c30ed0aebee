//! A comparison for programs: everything that differs.
//!
//! In: a comparison.  Out: JSON, described by `assets/diff.schema.json`.  Not here: what is the same at both.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Number as Value;

use crate::compare::{
    Api, Area, AreaEdge, Changes, Comparison, Edge, Gone, JudgedOnce, Module, Move, Number, Offer, Place, Rejudged,
    Revised, Violation, Worse,
};
use crate::rules::Difference;
use crate::snapshot::Tool;

/// The version of the format; it changes when a reader of the old one would be misled.
pub const SCHEMA: &str = "riprap.diff/1";

/// Fields stand in alphabetical order, which is the order in the document.
#[derive(Serialize)]
struct Report<'a> {
    after: &'a str,
    apis: Vec<ApiEntry<'a>>,
    area_edges: Differing<AreaEdgeEntry<'a>>,
    areas: Differing<AreaEntry<'a>>,
    before: &'a str,
    conditions: &'a [String],
    edges: Differing<EdgeEntry<'a>>,
    /// `boundary` or `package`.
    kind_of_areas: &'a str,
    metrics: Metrics<'a>,
    modules: Differing<ModuleEntry<'a>>,
    moves: Vec<MoveEntry<'a>>,
    schema: &'a str,
    tool: Tool<'a>,
    violations: Violations<'a>,
    workspace: &'a str,
}

#[derive(Serialize)]
struct Differing<T> {
    added: Vec<T>,
    changed: Vec<BeforeAfter<T>>,
    removed: Vec<T>,
}

#[derive(Serialize)]
struct BeforeAfter<T> {
    after: T,
    before: T,
}

fn differing<'a, T, E>(changes: &'a Changes<T>, entry: impl Fn(&'a T) -> E) -> Differing<E> {
    Differing {
        added: changes.added.iter().map(&entry).collect(),
        changed: changes
            .changed
            .iter()
            .map(|it| BeforeAfter { after: entry(&it.after), before: entry(&it.before) })
            .collect(),
        removed: changes.removed.iter().map(&entry).collect(),
    }
}

#[derive(Serialize)]
struct Violations<'a> {
    changed: Vec<BeforeAfter<ViolationEntry<'a>>>,
    fixed: Vec<ViolationEntry<'a>>,
    judged_once: Vec<JudgedOnceEntry<'a>>,
    unchanged: usize,
    worse: Vec<WorseEntry<'a>>,
}

#[derive(Serialize)]
struct WorseEntry<'a> {
    instead_of: Vec<ViolationEntry<'a>>,
    violation: ViolationEntry<'a>,
    was: Option<ViolationEntry<'a>>,
}

#[derive(Serialize)]
struct JudgedOnceEntry<'a> {
    /// `before` or `after`.
    at: &'a str,
    rule: &'a str,
    violations: usize,
}

#[derive(Serialize)]
struct ViolationEntry<'a> {
    accepted: Option<&'a str>,
    area: Option<&'a str>,
    from: &'a str,
    id: &'a str,
    level: &'a str,
    members: &'a [String],
    message: &'a str,
    owner: Option<&'a str>,
    place: Option<PlaceEntry<'a>>,
    references: usize,
    route: Option<&'a str>,
    rule: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct PlaceEntry<'a> {
    file: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct AreaEntry<'a> {
    lines: u64,
    modules: usize,
    name: &'a str,
    owner: Option<&'a str>,
    settings: BTreeMap<&'a str, &'a Option<Vec<String>>>,
}

#[derive(Serialize)]
struct AreaEdgeEntry<'a> {
    from: &'a str,
    legal: bool,
    references: u32,
    to: &'a str,
}

#[derive(Serialize)]
struct EdgeEntry<'a> {
    active: bool,
    certain: bool,
    from: &'a str,
    from_area: Option<&'a str>,
    kinds: &'a BTreeMap<String, u32>,
    place: Option<PlaceEntry<'a>>,
    references: usize,
    test: bool,
    to: &'a str,
    to_area: Option<&'a str>,
}

#[derive(Serialize)]
struct ModuleEntry<'a> {
    area: Option<&'a str>,
    file: Option<&'a str>,
    items: &'a [String],
    lines: u32,
    path: &'a str,
    test: bool,
    visibility: &'a str,
}

#[derive(Serialize)]
struct MoveEntry<'a> {
    below: usize,
    evidence: &'a str,
    from: &'a str,
    /// `boundary` or `module`.
    kind: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct ApiEntry<'a> {
    added: Vec<OfferEntry<'a>>,
    changed: Vec<RevisedEntry<'a>>,
    owner: &'a str,
    removed: Vec<GoneEntry<'a>>,
    stable: bool,
}

#[derive(Serialize)]
struct GoneEntry<'a> {
    before: OfferEntry<'a>,
    now: Option<&'a str>,
}

#[derive(Serialize)]
struct RevisedEntry<'a> {
    after: OfferEntry<'a>,
    before: OfferEntry<'a>,
    breaks: bool,
    differences: Vec<DifferenceEntry<'a>>,
}

#[derive(Serialize)]
struct DifferenceEntry<'a> {
    breaks: bool,
    file: &'a str,
    line: u32,
    what: &'a str,
}

#[derive(Serialize)]
struct OfferEntry<'a> {
    declaration: &'a str,
    file: &'a str,
    kind: &'a str,
    line: u32,
    name: &'a str,
}

#[derive(Serialize)]
struct Metrics<'a> {
    boundaries: BTreeMap<&'a str, NumberEntries<'a>>,
    modules: BTreeMap<&'a str, NumberEntries<'a>>,
    workspace: NumberEntries<'a>,
}

/// By the key of a metric.
type NumberEntries<'a> = BTreeMap<&'a str, BeforeAfter<Option<&'a Value>>>;

pub fn write(comparison: &Comparison) -> String {
    let Comparison { violations, numbers, .. } = comparison;
    let report = Report {
        after: &comparison.after,
        apis: comparison.apis.iter().map(api).collect(),
        area_edges: differing(&comparison.area_edges, area_edge),
        areas: differing(&comparison.areas, area),
        before: &comparison.before,
        conditions: &comparison.conditions,
        edges: differing(&comparison.edges, edge),
        kind_of_areas: if comparison.has_boundaries { "boundary" } else { "package" },
        metrics: Metrics {
            boundaries: numbers.boundaries.iter().map(|(name, all)| (name.as_str(), entries(all))).collect(),
            modules: numbers.modules.iter().map(|(path, all)| (path.as_str(), entries(all))).collect(),
            workspace: entries(&numbers.workspace),
        },
        modules: differing(&comparison.modules, module),
        moves: comparison.moves.iter().map(moved).collect(),
        schema: SCHEMA,
        tool: Tool::this(),
        violations: Violations {
            changed: violations.changed.iter().map(rejudged).collect(),
            fixed: violations.fixed.iter().map(violation).collect(),
            judged_once: violations.judged_once.iter().map(judged_once).collect(),
            unchanged: violations.unchanged,
            worse: violations.worse.iter().map(worse).collect(),
        },
        workspace: &comparison.workspace,
    };
    serde_json::to_string_pretty(&report).expect("these values are JSON") + "\n"
}

fn worse(worse: &Worse) -> WorseEntry<'_> {
    let Worse { violation: new, was, instead_of } = worse;
    WorseEntry {
        instead_of: instead_of.iter().map(violation).collect(),
        violation: violation(new),
        was: was.as_ref().map(violation),
    }
}

fn rejudged(rejudged: &Rejudged) -> BeforeAfter<ViolationEntry<'_>> {
    BeforeAfter { after: violation(&rejudged.after), before: violation(&rejudged.before) }
}

fn judged_once(it: &JudgedOnce) -> JudgedOnceEntry<'_> {
    JudgedOnceEntry { at: if it.is_later { "after" } else { "before" }, rule: &it.rule, violations: it.violations }
}

fn violation(it: &Violation) -> ViolationEntry<'_> {
    ViolationEntry {
        accepted: it.accepted.as_deref(),
        area: it.area.as_deref(),
        from: &it.from,
        id: &it.id,
        level: &it.level,
        members: &it.members,
        message: &it.message,
        owner: it.owner.as_deref(),
        place: it.place.as_ref().map(place),
        references: it.references,
        route: it.route.as_deref(),
        rule: &it.rule,
        to: &it.to,
    }
}

fn place(place: &Place) -> PlaceEntry<'_> {
    PlaceEntry { file: &place.file, line: place.line }
}

fn area(it: &Area) -> AreaEntry<'_> {
    let settings = it.settings.iter().map(|setting| (setting.key, &setting.values)).collect();
    AreaEntry { lines: it.lines, modules: it.modules, name: &it.name, owner: it.owner.as_deref(), settings }
}

fn area_edge(it: &AreaEdge) -> AreaEdgeEntry<'_> {
    AreaEdgeEntry { from: &it.from, legal: it.legal, references: it.references, to: &it.to }
}

fn edge(it: &Edge) -> EdgeEntry<'_> {
    EdgeEntry {
        active: it.active,
        certain: it.certain,
        from: &it.from,
        from_area: it.from_area.as_deref(),
        kinds: &it.kinds,
        place: it.place.as_ref().map(place),
        references: it.references,
        test: it.test,
        to: &it.to,
        to_area: it.to_area.as_deref(),
    }
}

fn module(it: &Module) -> ModuleEntry<'_> {
    ModuleEntry {
        area: it.area.as_deref(),
        file: it.file.as_deref(),
        items: &it.items,
        lines: it.lines,
        path: &it.path,
        test: it.test,
        visibility: &it.visibility,
    }
}

fn moved(it: &Move) -> MoveEntry<'_> {
    let kind = if it.is_boundary { "boundary" } else { "module" };
    MoveEntry { below: it.below, evidence: it.evidence.word(), from: &it.from, kind, to: &it.to }
}

fn api(it: &Api) -> ApiEntry<'_> {
    ApiEntry {
        added: it.added.iter().map(offer).collect(),
        changed: it.changed.iter().map(revised).collect(),
        owner: &it.owner,
        removed: it.removed.iter().map(gone).collect(),
        stable: it.stable,
    }
}

fn gone(it: &Gone) -> GoneEntry<'_> {
    GoneEntry { before: offer(&it.before), now: it.now.as_deref() }
}

fn revised(it: &Revised) -> RevisedEntry<'_> {
    RevisedEntry {
        after: offer(&it.after),
        before: offer(&it.before),
        breaks: it.breaks(),
        differences: it.differences.iter().map(difference).collect(),
    }
}

fn difference(it: &Difference) -> DifferenceEntry<'_> {
    DifferenceEntry { breaks: it.breaks, file: &it.file, line: it.line, what: &it.what }
}

fn offer(it: &Offer) -> OfferEntry<'_> {
    OfferEntry { declaration: &it.text, file: &it.file, kind: &it.kind, line: it.line, name: &it.name }
}

fn entries(numbers: &[Number]) -> NumberEntries<'_> {
    let both = numbers.iter().map(|Number { key, before, after }| {
        (key.as_str(), BeforeAfter { after: after.as_ref(), before: before.as_ref() })
    });
    both.collect()
}
