//! What groups are to each other once they are boundaries: roles, layers, what each uses today.
//!
//! In: groups, the model, and the boundaries that they are on it.  Out: a [`Proposal`].  Layers follow from what there is:
//! what most others use, with all that it uses itself, is at the bottom; what puts the rest together and is used by nobody
//! is at the top.  So no layer uses a higher one today.  Not here: the text.

use std::collections::{BTreeMap, BTreeSet};

use super::Groups;
use crate::boundary::{Boundaries, BoundaryId, Role};
use crate::model::{Model, NodeId, NodeKind};
use crate::workspace::TargetKind;

/// Of so many boundaries and more, what each uses is no list that somebody reads.
const LISTED: usize = 15;

/// Fewer boundaries than these need no layers.
const LAYERED: usize = 4;

/// A boundary that this share of the others use, and at least so many, is part of the platform.
pub(super) const PLATFORM_PERCENT: usize = 40;
pub(super) const PLATFORM_USERS: usize = 3;

/// A platform that holds a larger share of all boundaries tells nothing.
const PLATFORM_MOST_PERCENT: usize = 60;

/// A boundary that puts the rest together uses at least so many others.
const COMPOSED: usize = 3;

/// Code that nothing but tests uses helps them, if its name says so.
const FOR_TESTS: [&str; 5] = ["test", "fixture", "mock", "fake", "bench"];

/// A boundary of which others name so many things below its root modules has another API than those.
const DEEP: usize = 10;

/// A layer; the highest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    Apps,
    Features,
    Platform,
}

impl Layer {
    pub const ALL: [Self; 3] = [Self::Apps, Self::Features, Self::Platform];

    pub fn word(self) -> &'static str {
        match self {
            Self::Apps => "apps",
            Self::Features => "features",
            Self::Platform => "platform",
        }
    }
}

/// What is said of one boundary beside what it contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    pub role: Option<Role>,
    pub layer: Option<Layer>,
    /// Others name so much below its root modules that all of it that is `pub` is its API.
    pub is_open: bool,
    /// Others use it.
    pub is_used: bool,
    /// What it uses today; `None` where that is not listed.
    pub may_use: Option<Vec<String>>,
}

/// A riprap.toml for a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    pub groups: Groups,
    /// By name.
    pub shapes: BTreeMap<String, Shape>,
    /// CODEOWNERS says whose the code is.
    pub has_owners: bool,
    /// Most libraries are for code outside this workspace, and no program puts them together.
    pub is_library: bool,
}

impl Proposal {
    /// Groups, with what they are to each other as `boundaries`; `published`: the packages that a registry may have;
    /// `internals`: what others name that is no API where only root modules are.
    pub fn of(
        groups: Groups,
        model: &Model,
        boundaries: &Boundaries,
        internals: &[NodeId],
        published: &[NodeId],
        has_owners: bool,
    ) -> Self {
        let uses = Uses::of(model, boundaries);
        // A template matches what a table took, too.
        let ids: Vec<BoundaryId> = boundaries.ids().filter(|id| !boundaries.members(*id).is_empty()).collect();
        let mut shapes: BTreeMap<BoundaryId, Shape> = ids.iter().map(|id| (*id, Shape::default())).collect();
        for (id, shape) in &mut shapes {
            shape.role = role(model, boundaries, &uses, *id);
            shape.is_used = !uses.users(*id).is_empty();
            shape.is_open = internals.iter().filter(|node| boundaries.of(**node) == Some(*id)).count() >= DEEP;
        }
        let is_ranked = |id: &BoundaryId| shapes[id].role != Some(Role::TestSupport);
        let ranked: Vec<BoundaryId> = ids.iter().copied().filter(is_ranked).collect();
        let is_top = |id: &BoundaryId| uses.users(*id).is_empty() && is_program(model, boundaries, *id);
        let layers = layers(&ranked, &is_top, &uses);
        for (id, layer) in layers {
            shapes.entry(id).or_default().layer = Some(layer);
        }
        if ids.len() <= LISTED {
            for (id, shape) in shapes.iter_mut().filter(|(_, shape)| shape.role.is_none()) {
                let used = uses.of_boundary(*id).iter().map(|used| boundaries.name(*used).to_owned());
                shape.may_use = Some(used.collect());
            }
        }
        let libraries = model.packages().filter(|package| has_library(model, *package)).count();
        let is_composed = shapes.values().any(|shape| shape.role == Some(Role::Composition));
        Self {
            groups,
            shapes: shapes.into_iter().map(|(id, shape)| (boundaries.name(id).to_owned(), shape)).collect(),
            has_owners,
            is_library: !is_composed && libraries > 0 && published.len() * 2 > libraries,
        }
    }

    /// Most boundaries that others use are open; the defaults say it once.
    pub(super) fn is_open(&self) -> bool {
        let open = self.shapes.values().filter(|shape| shape.is_open).count();
        let used = self.shapes.values().filter(|shape| shape.is_open || shape.is_used).count();
        open > 1 && open * 2 >= used
    }

    /// The layer that most boundaries of the template are in: it says that once.
    pub(super) fn usual_layer(&self) -> Option<Layer> {
        let is_of_template = |name: &String| !self.groups.groups.iter().any(|group| group.name == *name);
        let of_template = || self.shapes.iter().filter(|(name, _)| is_of_template(name));
        let count = |layer: &Layer| of_template().filter(|(_, shape)| shape.layer == Some(*layer)).count();
        Layer::ALL.into_iter().filter(|layer| count(layer) > 0).max_by_key(count)
    }
}

fn has_library(model: &Model, package: NodeId) -> bool {
    let mut targets = model.children(package).iter().map(|target| model.node(*target).kind);
    targets.any(|kind| matches!(kind, NodeKind::Target(target) if target.is_library()))
}

/// Which boundaries use which, tests left out.
struct Uses {
    uses: BTreeMap<BoundaryId, BTreeSet<BoundaryId>>,
    used_by: BTreeMap<BoundaryId, BTreeSet<BoundaryId>>,
}

const NONE: &BTreeSet<BoundaryId> = &BTreeSet::new();

impl Uses {
    fn of(model: &Model, boundaries: &Boundaries) -> Self {
        let mut found = Self { uses: BTreeMap::new(), used_by: BTreeMap::new() };
        for edge in model.edges() {
            let (Some(from), Some(to)) = (boundaries.of(edge.from), boundaries.of(edge.to)) else { continue };
            if from != to && edge.active && !edge.test {
                found.uses.entry(from).or_default().insert(to);
                found.used_by.entry(to).or_default().insert(from);
            }
        }
        for passage in model.passages().iter().filter(|it| it.proves()) {
            let entry = boundaries.entry(model, passage.from, model.steps_of(passage.route));
            let (Some(from), Some(to)) = (boundaries.of(passage.from), entry.map(|entry| entry.boundary)) else {
                continue;
            };
            found.uses.entry(from).or_default().insert(to);
            found.used_by.entry(to).or_default().insert(from);
        }
        found
    }

    fn of_boundary(&self, id: BoundaryId) -> &BTreeSet<BoundaryId> {
        self.uses.get(&id).unwrap_or(NONE)
    }

    fn users(&self, id: BoundaryId) -> &BTreeSet<BoundaryId> {
        self.used_by.get(&id).unwrap_or(NONE)
    }
}

/// What a boundary is for, as far as that can be seen.
fn role(model: &Model, boundaries: &Boundaries, uses: &Uses, id: BoundaryId) -> Option<Role> {
    if !uses.users(id).is_empty() {
        return None;
    }
    if FOR_TESTS.iter().any(|word| boundaries.name(id).contains(word)) {
        return Some(Role::TestSupport);
    }
    (is_program(model, boundaries, id) && uses.of_boundary(id).len() >= COMPOSED).then_some(Role::Composition)
}

fn is_program(model: &Model, boundaries: &Boundaries, id: BoundaryId) -> bool {
    let is_binary = |root: &NodeId| model.node(*root).kind == NodeKind::Target(TargetKind::Bin);
    boundaries.roots(id).iter().any(is_binary)
}

/// The layer of each boundary; none where layers say nothing.
fn layers(ranked: &[BoundaryId], is_top: &dyn Fn(&BoundaryId) -> bool, uses: &Uses) -> BTreeMap<BoundaryId, Layer> {
    let others = ranked.iter().filter(|id| !is_top(id)).count();
    if ranked.len() < LAYERED || others < 2 {
        return BTreeMap::new();
    }
    let enough = PLATFORM_USERS.max((ranked.len() - 1) * PLATFORM_PERCENT / 100);
    let mut platform: BTreeSet<BoundaryId> = BTreeSet::new();
    let mut waiting: Vec<BoundaryId> = ranked.iter().filter(|id| uses.users(**id).len() >= enough).copied().collect();
    while let Some(id) = waiting.pop() {
        if platform.insert(id) {
            waiting.extend(uses.of_boundary(id));
        }
    }
    let has_top = ranked.iter().any(is_top);
    if platform.is_empty() && !has_top || platform.len() * 100 > ranked.len() * PLATFORM_MOST_PERCENT {
        return BTreeMap::new();
    }
    let layer = |id: &BoundaryId| match (is_top(id), platform.contains(id)) {
        (true, _) => Layer::Apps,
        (false, true) => Layer::Platform,
        (false, false) => Layer::Features,
    };
    ranked.iter().map(|id| (*id, layer(id))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};

    const SHOP: &str = "
        package orders core/orders lib
        package billing core/billing lib
        package stock core/stock lib
        package kernel core/kernel lib
        package server server bin
        package testing core/testing lib
        pub fn orders::f
        pub fn billing::f
        pub fn stock::f
        pub fn kernel::f
        pub fn testing::f
        orders -> kernel::f
        billing -> kernel::f
        stock -> kernel::f
        billing -> orders::f
        bin:server -> orders::f
        bin:server -> billing::f
        bin:server -> stock::f
        orders -> testing::f test
    ";

    fn proposal(text: &str, contains: &[(&str, &str)]) -> Proposal {
        let fixture = Fixture::new(text);
        let boundaries = fixture.boundaries(declarations(contains));
        Proposal::of(Groups::default(), &fixture.model, &boundaries, &[], &[], false)
    }

    fn shapes(text: &str, contains: &[&str]) -> Vec<String> {
        let declared: Vec<(&str, String)> = contains.iter().map(|name| (*name, format!("contains {name}"))).collect();
        let declared: Vec<(&str, &str)> = declared.iter().map(|(name, text)| (*name, &**text)).collect();
        let told = |(name, shape): (&String, &Shape)| {
            let role = shape.role.map_or("", Role::word);
            let layer = shape.layer.map_or("", Layer::word);
            let uses = shape.may_use.as_ref().map_or_else(|| "anything".to_owned(), |uses| uses.join(" "));
            format!("{name}: {layer} {role} -> {uses}")
        };
        proposal(text, &declared).shapes.iter().map(told).collect()
    }

    #[test]
    fn what_most_use_is_the_platform_and_programs_that_nobody_uses_are_on_top() {
        assert_eq!(
            shapes(SHOP, &["orders", "billing", "stock", "kernel", "server", "testing"]),
            [
                "billing: features  -> kernel orders",
                "kernel: platform  -> ",
                "orders: features  -> kernel",
                "server: apps composition -> anything",
                "stock: features  -> kernel",
                "testing:  test-support -> anything",
            ]
        );
    }

    #[test]
    fn a_boundary_of_which_others_name_much_below_its_root_is_open() {
        let fixture = Fixture::new(SHOP);
        let boundaries =
            fixture.boundaries(declarations(&[("orders", "contains orders"), ("stock", "contains stock")]));
        let open = |count: usize| {
            let internals = vec![fixture.node("orders::f"); count];
            let proposal = Proposal::of(Groups::default(), &fixture.model, &boundaries, &internals, &[], false);
            proposal.shapes.iter().filter(|(_, shape)| shape.is_open).map(|(name, _)| name.clone()).collect::<Vec<_>>()
        };
        assert_eq!((open(9), open(10)), (vec![], vec!["orders".to_owned()]));
    }

    #[test]
    fn few_boundaries_have_no_layers() {
        assert_eq!(
            shapes(SHOP, &["orders", "billing", "kernel"]),
            ["billing:   -> kernel orders", "kernel:   -> ", "orders:   -> kernel"]
        );
    }

    #[test]
    fn a_library_is_one_whose_crates_most_are_for_others() {
        let fixture = Fixture::new(SHOP);
        let published: Vec<NodeId> = fixture.model.packages().take(3).collect();
        let of = |published: &[NodeId]| {
            Proposal::of(Groups::default(), &fixture.model, &Boundaries::default(), &[], published, false).is_library
        };
        assert!(of(&published) && !of(&published[..2]));
    }
}
