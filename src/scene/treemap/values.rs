//! What is known of each box: numbers and names, no colours.
//!
//! In: a [`Ground`] and the visible boxes.  Out: for each box a value of all that is in it, and one of what stands in itself.
//! Not here: how much is much (`scale`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Colouring, Ground};
use crate::metrics::{Entries, Ratio};
use crate::model::{NodeId, NodeKind};
use crate::scene::map::Arrangement;
use crate::scene::thing::Place;
use crate::source::FileId;

/// What is known of one box; `None` around it where nothing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Count(u64),
    Share(Ratio),
    Days(u64),
    /// It was not changed as far back as is known.
    DaysAtLeast(u64),
    /// Of most of its lines, and how many others own some.
    Owner {
        name: String,
        others: usize,
    },
}

/// By box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) whole: Vec<Option<Value>>,
    /// Of what stands in itself.
    pub(super) own: Vec<Option<Value>>,
}

pub(super) fn of(ground: &Ground<'_>, map: &Arrangement, colouring: Colouring) -> Values {
    match colouring {
        Colouring::Churn => churn(ground, map),
        Colouring::Age => age(ground, map),
        Colouring::Violations => violations(map),
        Colouring::Owner => owners(ground, map),
        Colouring::Instability => instability(ground, map),
        Colouring::Leak => leak(ground, map),
    }
}

/// By box: the modules that stand in it and in no box within.
fn modules(ground: &Ground<'_>, map: &Arrangement) -> Vec<Vec<NodeId>> {
    let mut modules = vec![Vec::new(); map.cut.boxes.len()];
    for id in ground.model.module_ids() {
        if let Some(index) = map.cut.box_of(id) {
            modules[index as usize].push(id);
        }
    }
    modules
}

/// By box: the files of what stands in it and in no box within; an item is in the file of its module.
fn files(ground: &Ground<'_>, map: &Arrangement) -> Vec<BTreeSet<FileId>> {
    let file = |node: NodeId| ground.model.node(node).file;
    let modules = modules(ground, map);
    let of_box = |(index, modules): (usize, &Vec<NodeId>)| {
        let item = map.cut.boxes[index].place.node().filter(|node| !is_container(ground, *node));
        modules.iter().copied().chain(item).filter_map(file).collect()
    };
    modules.iter().enumerate().map(of_box).collect()
}

fn is_container(ground: &Ground<'_>, node: NodeId) -> bool {
    !matches!(ground.model.node(node).kind, NodeKind::Item(_))
}

/// Adds what each box has to what is around it.
fn summed<T: Clone>(map: &Arrangement, own: &[T], add: impl Fn(&mut T, &T)) -> Vec<T> {
    let mut whole = own.to_vec();
    for index in (0..whole.len()).rev() {
        if let Some(parent) = map.cut.boxes[index].parent {
            let (outer, inner) = whole.split_at_mut(index);
            add(&mut outer[parent as usize], &inner[0]);
        }
    }
    whole
}

fn churn(ground: &Ground<'_>, map: &Arrangement) -> Values {
    let Ok(churn) = ground.churn else { return unknown(map) };
    let commits = |files: &BTreeSet<FileId>| -> BTreeSet<u32> {
        files.iter().flat_map(|file| churn.commits_of(&ground.sources.file(*file).path)).copied().collect()
    };
    let own: Vec<BTreeSet<u32>> = files(ground, map).iter().map(commits).collect();
    let whole = summed(map, &own, |outer, inner| outer.extend(inner));
    let count = |commits: Vec<BTreeSet<u32>>| commits.iter().map(|it| Some(Value::Count(it.len() as u64))).collect();
    Values { whole: count(whole), own: count(own) }
}

fn age(ground: &Ground<'_>, map: &Arrangement) -> Values {
    let Ok(churn) = ground.churn else { return unknown(map) };
    // The last change of several files is that of the one that was changed last; numbers count from the newest commit.
    let last = |files: &BTreeSet<FileId>| -> Option<Option<u32>> {
        let of_file = |file: &FileId| churn.commits_of(&ground.sources.file(*file).path).first().copied();
        files.iter().map(of_file).reduce(newer)
    };
    let own: Vec<Option<Option<u32>>> = files(ground, map).iter().map(last).collect();
    let whole = summed(map, &own, |outer, inner| {
        *outer = match (*outer, *inner) {
            (Some(a), Some(b)) => Some(newer(a, b)),
            (a, b) => a.or(b),
        };
    });
    let days = |last: Vec<Option<Option<u32>>>| {
        let of = |last: Option<u32>| match last {
            Some(commit) => Value::Days(churn.days(commit)),
            None => Value::DaysAtLeast(churn.days_known()),
        };
        last.into_iter().map(|last| last.map(of)).collect()
    };
    Values { whole: days(whole), own: days(own) }
}

fn newer(a: Option<u32>, b: Option<u32>) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Accepted ones are debt that somebody knows of, and left out.
fn violations(map: &Arrangement) -> Values {
    let open = |tallies: &[crate::verdict::Tally]| {
        tallies.iter().map(|tally| Some(Value::Count(u64::from(tally.denied + tally.warned)))).collect()
    };
    Values { whole: open(&map.violations_within), own: open(&map.violations) }
}

/// Of each owner the lines in each box.
fn owners(ground: &Ground<'_>, map: &Arrangement) -> Values {
    let modules = modules(ground, map);
    let mut own: Vec<BTreeMap<String, u64>> = vec![BTreeMap::new(); map.cut.boxes.len()];
    for (index, modules) in modules.iter().enumerate() {
        let item = map.cut.boxes[index].place.node().filter(|node| !is_container(ground, *node));
        for node in modules.iter().copied().chain(item) {
            if let Some(owner) = owner(ground, node) {
                *own[index].entry(owner).or_default() += u64::from(ground.model.node(node).lines.max(1));
            }
        }
    }
    let whole = summed(map, &own, |outer, inner| {
        for (owner, lines) in inner {
            *outer.entry(owner.clone()).or_default() += lines;
        }
    });
    let most = |lines: &BTreeMap<String, u64>| {
        let (name, _) = lines.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?;
        Some(Value::Owner { name: name.clone(), others: lines.len() - 1 })
    };
    Values { whole: whole.iter().map(most).collect(), own: own.iter().map(most).collect() }
}

/// Of its file, as CODEOWNERS says, or of the boundary around it.
pub(super) fn owner(ground: &Ground<'_>, node: NodeId) -> Option<String> {
    let of_file = ground.model.node(node).file.and_then(|file| ground.boundaries.owners_of_file(file));
    match of_file {
        Some(owners) if !owners.is_empty() => Some(owners.join(" ")),
        _ => {
            let mut around = ground.boundaries.chain(node);
            around.find_map(|boundary| ground.boundaries.declaration(boundary).owner.clone())
        }
    }
}

fn instability(ground: &Ground<'_>, map: &Arrangement) -> Values {
    let Some(below) = ground.below else { return unknown(map) };
    let modules = modules(ground, map);
    let whole = map.cut.boxes.iter().map(|visible| match visible.place {
        Place::Node(node) => below.instability(node),
        Place::Fragment { boundary, .. } => below.boundary_instability(boundary),
    });
    let own = modules.iter().map(|modules| modules.first().and_then(|module| below.own_instability(*module)));
    Values { whole: whole.map(|it| it.map(Value::Share)).collect(), own: own.map(|it| it.map(Value::Share)).collect() }
}

fn leak(ground: &Ground<'_>, map: &Arrangement) -> Values {
    let Some(below) = ground.below else { return unknown(map) };
    let sum = |modules: &Vec<NodeId>| {
        modules.iter().map(|module| below.entries(*module)).fold(Entries::default(), Entries::and)
    };
    let own: Vec<Entries> = modules(ground, map).iter().map(sum).collect();
    let whole = summed(map, &own, |outer, inner| *outer = outer.and(*inner));
    let share =
        |entries: Vec<Entries>| entries.iter().map(|it| Ratio::of(it.around, it.all).map(Value::Share)).collect();
    Values { whole: share(whole), own: share(own) }
}

fn unknown(map: &Arrangement) -> Values {
    let nothing = vec![None; map.cut.boxes.len()];
    Values { whole: nothing.clone(), own: nothing }
}
