//! What differs, one line each: the list beside the picture, and the order in which somebody goes through it.
//!
//! In: a comparison and its union.  Out: [`Difference`]s, what weighs most first.  Not here: pictures, and whole reports
//! (`export`).

use crate::compare::{AreaEdge, Change, Changes, Comparison, Edge, Fate, Union, Violation};
use crate::scene::address;
use crate::scene::thing::{Place, Thing};
use crate::verdict::Standing;

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    Violations,
    Boundaries,
    /// Between boundaries, or where there are none between packages.
    Dependencies,
    Modules,
    Apis,
    /// Between modules.
    Edges,
}

impl Section {
    pub const ALL: [Self; 6] =
        [Self::Violations, Self::Boundaries, Self::Dependencies, Self::Modules, Self::Apis, Self::Edges];

    pub fn label(self) -> &'static str {
        match self {
            Self::Violations => "Violations",
            Self::Boundaries => "Boundaries",
            Self::Dependencies => "Dependencies",
            Self::Modules => "Modules",
            Self::Apis => "APIs",
            Self::Edges => "Edges between modules",
        }
    }
}

/// One thing that is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub section: Section,
    pub fate: Fate,
    pub name: String,
    /// Beside the name, weaker.
    pub detail: String,
    /// Of a violation.
    pub standing: Option<Standing>,
    /// All of what there is to say, where that is more.
    pub text: String,
    /// On the picture, if it has a place there.
    pub thing: Option<Thing>,
}

impl Difference {
    /// For those who do not see the sign.
    pub fn spoken(&self) -> String {
        let what = match (self.section, self.fate) {
            (Section::Violations, Fate::Added) => "new violation",
            (Section::Violations, Fate::Removed) => "fixed violation",
            (Section::Violations, _) => "changed violation",
            (_, fate) => fate.word(),
        };
        let detail = if self.detail.is_empty() { String::new() } else { format!(", {}", self.detail) };
        format!("{what}: {}{detail}", self.name)
    }
}

/// Sections follow each other in their order; within one, what came and what went before what changed.
pub fn differences(comparison: &Comparison, union: &Union) -> Vec<Difference> {
    let lister = Lister { union };
    let mut list = lister.violations(comparison);
    list.extend(lister.areas(comparison));
    list.extend(lister.area_edges(&comparison.area_edges));
    list.extend(lister.modules(comparison));
    list.extend(lister.apis(comparison));
    list.extend(lister.edges(&comparison.edges));
    list
}

struct Lister<'a> {
    union: &'a Union,
}

impl Lister<'_> {
    fn place(&self, name: &str) -> Option<Place> {
        address::find(&self.union.model, &self.union.boundaries, name)?.place()
    }

    /// A module, an item or a boundary; where it has no node, what is around it.
    fn thing(&self, name: &str) -> Option<Thing> {
        let above = std::iter::successors(Some(name.len()), |end| name[..*end].rfind("::"));
        above.into_iter().find_map(|end| self.place(&name[..end])).map(Thing::from)
    }

    fn edge(&self, from: &str, to: &str) -> Option<Thing> {
        Some(Thing::Edge { from: self.place(from)?, to: self.place(to)? })
    }

    fn violations(&self, comparison: &Comparison) -> Vec<Difference> {
        let violations = &comparison.violations;
        let worse = violations.worse.iter().map(|it| &it.violation);
        let all = worse.chain(&violations.fixed).chain(violations.changed.iter().map(|it| &it.after));
        let differences = all.zip(&self.union.findings).map(|(violation, finding)| {
            let model = &self.union.model;
            let proof = finding.evidence.first().map(|id| model.edge(model.reference(*id).edge));
            let thing = proof.map(|edge| Thing::edge(edge.from, edge.to)).or_else(|| self.thing(&finding.from));
            Difference {
                section: Section::Violations,
                fate: finding.fate,
                name: ends(violation),
                detail: violation.rule.clone(),
                standing: Some(finding.standing),
                text: match &violation.route {
                    Some(route) if finding.fate != Fate::Removed => format!("{}\n{route}", violation.message),
                    _ => violation.message.clone(),
                },
                thing,
            }
        });
        differences.collect()
    }

    fn areas(&self, comparison: &Comparison) -> Vec<Difference> {
        let size = |modules: usize, lines: u64| match comparison.has_boundaries {
            _ if modules == 1 => format!("1 module, {lines} lines"),
            _ => format!("{modules} modules, {lines} lines"),
        };
        let area = |fate, name: &str, detail: String, text: String| Difference {
            section: Section::Boundaries,
            fate,
            name: name.to_owned(),
            detail,
            standing: None,
            text,
            thing: self.thing(name),
        };
        let Changes { added, removed, changed } = &comparison.areas;
        let mut list: Vec<Difference> = Vec::new();
        list.extend(added.iter().map(|it| area(Fate::Added, &it.name, size(it.modules, it.lines), String::new())));
        list.extend(removed.iter().map(|it| area(Fate::Removed, &it.name, size(it.modules, it.lines), String::new())));
        list.extend(changed.iter().map(|Change { before, after }| {
            let keys: Vec<&str> = before.said_otherwise(after).iter().map(|(_, after)| after.key).collect();
            match before.name == after.name {
                true => area(Fate::Changed, &after.name, keys.join(", "), String::new()),
                false => area(Fate::Moved, &after.name, format!("was {}", before.name), String::new()),
            }
        }));
        list
    }

    fn area_edges(&self, edges: &Changes<AreaEdge>) -> Vec<Difference> {
        let edge = |fate, it: &AreaEdge, detail: String| Difference {
            section: Section::Dependencies,
            fate,
            name: format!("{} → {}", it.from, it.to),
            detail: if it.legal { detail } else { format!("{detail}, breaks a rule") },
            standing: None,
            text: String::new(),
            thing: self.edge(&it.from, &it.to),
        };
        let mut list: Vec<Difference> = Vec::new();
        list.extend(edges.added.iter().map(|it| edge(Fate::Added, it, references(it.references as usize))));
        list.extend(edges.removed.iter().map(|it| edge(Fate::Removed, it, references(it.references as usize))));
        list.extend(edges.changed.iter().map(|Change { before, after }| {
            edge(Fate::Changed, after, turned(before.references as usize, after.references as usize))
        }));
        list
    }

    fn modules(&self, comparison: &Comparison) -> Vec<Difference> {
        let module = |fate, name: &str, detail: String| Difference {
            section: Section::Modules,
            fate,
            name: name.to_owned(),
            detail,
            standing: None,
            text: String::new(),
            thing: self.union.find(name).map(Thing::Node),
        };
        let Changes { added, removed, changed } = &comparison.modules;
        let lines = |lines: u32| if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
        let mut list: Vec<Difference> = Vec::new();
        list.extend(comparison.moves.iter().filter(|it| !it.is_boundary).map(|it| {
            let below = if it.below > 0 { format!(", {} below it went along", it.below) } else { String::new() };
            module(Fate::Moved, &it.to, format!("was {}{below}", it.from))
        }));
        list.extend(added.iter().map(|it| module(Fate::Added, &it.path, lines(it.lines))));
        list.extend(removed.iter().map(|it| module(Fate::Removed, &it.path, lines(it.lines))));
        list.extend(changed.iter().map(|Change { before, after }| {
            let growth = i64::from(after.lines) - i64::from(before.lines);
            let said = match growth {
                0 => "edited".to_owned(),
                more if more > 0 => format!("+{more} lines"),
                less => format!("−{} lines", -less),
            };
            module(Fate::Changed, &after.path, said)
        }));
        list
    }

    fn apis(&self, comparison: &Comparison) -> Vec<Difference> {
        let mut list: Vec<Difference> = Vec::new();
        for api in &comparison.apis {
            let mut item = |fate, name: &str, kind: &str, text: String, breaks: bool| {
                let of = if api.stable {
                    format!("{kind} of {}, stable", api.owner)
                } else {
                    format!("{kind} of {}", api.owner)
                };
                list.push(Difference {
                    section: Section::Apis,
                    fate,
                    name: name.to_owned(),
                    detail: if breaks { format!("{of}: users have to change") } else { of },
                    standing: None,
                    text,
                    thing: self.thing(name).or_else(|| self.thing(&api.owner)),
                });
            };
            for gone in &api.removed {
                let now = gone.now.as_ref().map_or(String::new(), |now| format!("it is now {now}"));
                item(Fate::Removed, &gone.before.name, &gone.before.kind, now, true);
            }
            for offer in &api.added {
                item(Fate::Added, &offer.name, &offer.kind, offer.text.clone(), false);
            }
            for revised in api.changed.iter().filter(|it| !it.differences.is_empty()) {
                let texts: Vec<String> = revised.differences.iter().map(|it| it.what.clone()).collect();
                item(Fate::Changed, &revised.after.name, &revised.after.kind, texts.join("\n"), revised.breaks());
            }
        }
        list.sort_by_key(|it| match it.fate {
            Fate::Removed => 0,
            Fate::Changed => 1,
            _ => 2,
        });
        list
    }

    fn edges(&self, edges: &Changes<Edge>) -> Vec<Difference> {
        let edge = |fate, it: &Edge, detail: String| Difference {
            section: Section::Edges,
            fate,
            name: format!("{} → {}", it.from, it.to),
            detail: if it.test { format!("{detail}, of tests") } else { detail },
            standing: None,
            text: String::new(),
            thing: self.union.find(&it.from).zip(self.union.find(&it.to)).map(|(from, to)| Thing::edge(from, to)),
        };
        let mut list: Vec<Difference> = Vec::new();
        list.extend(edges.added.iter().map(|it| edge(Fate::Added, it, references(it.references))));
        list.extend(edges.removed.iter().map(|it| edge(Fate::Removed, it, references(it.references))));
        list.extend(
            edges.changed.iter().filter(|it| it.before.references != it.after.references).map(
                |Change { before, after }| edge(Fate::Changed, after, turned(before.references, after.references)),
            ),
        );
        list
    }
}

fn ends(violation: &Violation) -> String {
    match (violation.members.is_empty(), violation.to.is_empty()) {
        // Where they are says the picture; all of their paths would fill the list.
        (false, _) => {
            let names = violation.members.iter().map(|member| member.rsplit("::").next().unwrap_or(member));
            names.collect::<Vec<_>>().join(", ")
        }
        (true, true) => violation.from.clone(),
        (true, false) => format!("{} → {}", violation.from, violation.to),
    }
}

fn references(count: usize) -> String {
    if count == 1 { "1 reference".to_owned() } else { format!("{count} references") }
}

fn turned(before: usize, after: usize) -> String {
    if before == after { references(after) } else { format!("{before} → {after} references") }
}
