//! What a plan of first boundaries leads to: its text, judged and arranged, and what there is to tell of each group.
//!
//! In: a wish, and who analyses.  Out: [`Laid`] with its picture's arrangement.  Runs on the worker.  Not here: the window's
//! state (`sketch`).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::analyst::Analyst;
use super::generation::Generation;
use super::outcome::Outcome;
use crate::analysis::{Analysis, Proposed, Wish};
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind};
use crate::propose::{Part, Plan};
use crate::scene::map::{self, Arrangement, MapView};
use crate::theme::Measurer;
use crate::verdict::Baseline;
use crate::workspace::TargetKind;

/// A plan, and what comes of it.
#[derive(Debug)]
pub(crate) struct Laid {
    pub(crate) plan: Plan,
    /// As riprap.toml.
    pub(crate) text: String,
    pub(crate) outcome: Arc<Outcome>,
    /// In the order of the plan.
    pub(crate) groups: Vec<GroupTold>,
    /// What riprap.baseline would accept.
    pub(crate) baseline: Baseline,
    /// Groups that depend on each other in a circle.
    pub(crate) rings: Vec<Vec<String>>,
    /// Packages that no group has any code of, and how many lines are in none.
    pub(crate) left_out: Vec<NodeId>,
    pub(crate) lines_left_out: u64,
    /// The highest first, those that a group is in.
    pub(crate) layers: Vec<String>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupTold {
    pub(crate) name: String,
    pub(crate) packages: usize,
    pub(crate) modules: usize,
    pub(crate) lines: u64,
    /// Violations that begin in it and that the baseline would accept.
    pub(crate) accepted: usize,
    /// It is in a ring with others.
    pub(crate) in_ring: bool,
}

/// What the worker is to do about a sketch.
pub(crate) struct SketchJob {
    pub(crate) generation: Generation,
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) what: What,
    /// `None` shows packages, and modules where groups have some.
    pub(crate) view: Option<MapView>,
    pub(crate) previous: Option<Arc<Arrangement>>,
    pub(crate) cancel: Arc<AtomicBool>,
}

pub(crate) enum What {
    Wish(Wish),
    /// Another view of what is laid.
    Same(Arc<Laid>),
}

/// What it says of one.
pub(crate) struct Sketched {
    pub(crate) laid: Arc<Laid>,
    pub(crate) view: MapView,
    pub(crate) arrangement: Arc<Arrangement>,
}

pub(crate) fn sketched(job: SketchJob, analyst: &mut dyn Analyst, measurer: &Measurer) -> Result<Sketched, String> {
    let laid = match job.what {
        What::Same(laid) => laid,
        What::Wish(wish) => {
            let mut proposed = analyst.propose(&job.analysis, wish, &job.cancel)?;
            // The code may have changed since it was asked for.
            if !Arc::ptr_eq(&job.analysis.model, &proposed.analysis.model) {
                proposed.plan = proposed.plan.carried_over(&job.analysis.model, &proposed.analysis.model);
            }
            if proposed.plan.parts.is_empty() {
                return Err("nothing was found that boundaries could be made of".to_owned());
            }
            Arc::new(Laid::new(job.analysis, proposed))
        }
    };
    let (model, boundaries, verdict) = (laid.model(), laid.boundaries(), &laid.outcome.then.verdict);
    let view = job.view.unwrap_or_else(|| first_view(model, boundaries, &laid.plan));
    let arrangement = Arc::new(map::arrange(model, boundaries, verdict, &view, measurer, job.previous.as_deref()));
    Ok(Sketched { laid, view, arrangement })
}

/// Packages, and modules where a group has those.
fn first_view(model: &Model, boundaries: &Boundaries, plan: &Plan) -> MapView {
    let mut view = MapView::default();
    view.expand_to_level(model, 1);
    let code = plan.parts.iter().flat_map(|part| &part.code);
    for module in code.filter(|node| model.node(**node).kind == NodeKind::Module) {
        view.reveal(model, boundaries, *module);
    }
    view
}

impl Laid {
    fn new(now: Arc<Analysis>, proposed: Proposed) -> Self {
        let Proposed { plan, text, analysis } = proposed;
        let outcome = Arc::new(Outcome::new(now, Arc::new(analysis)));
        let then = &outcome.then;
        let (model, boundaries, verdict) = (&then.model, &then.boundaries, &then.verdict);
        let violations = verdict.violations.iter().map(|judged| &judged.violation);
        let rings = violations.filter(|violation| violation.rule == "boundary-cycle");
        let rings: Vec<Vec<String>> = rings.map(|ring| ring.members.clone()).collect();
        let accepted_in = |id: BoundaryId| {
            let ours = verdict.acceptable().filter(|judged| judged.boundary(boundaries) == Some(id));
            ours.count()
        };
        let told = |part: &Part| {
            let packages = part.code.iter().filter(|node| model.node(**node).kind == NodeKind::Package).count();
            let id = boundaries.find(&part.name);
            GroupTold {
                name: part.name.clone(),
                packages,
                modules: part.code.len() - packages,
                lines: lines(model, &plan, part),
                accepted: id.map_or(0, accepted_in),
                in_ring: rings.iter().any(|ring| ring.contains(&part.name)),
            }
        };
        let groups: Vec<GroupTold> = plan.parts.iter().map(told).collect();
        let is_in_none = |module: &NodeId| is_offered(model, *module) && plan.part_of(model, *module).is_none();
        let own_lines = |module: NodeId| u64::from(model.node(module).lines);
        let lines_left_out = model.module_ids().filter(is_in_none).map(own_lines).sum();
        let has_any =
            |package: NodeId| plan.parts.iter().flat_map(|part| &part.code).any(|it| model.is_within(*it, package));
        let is_left_out = |package: &NodeId| {
            let mut targets = model.children(*package).iter();
            targets.any(|target| is_offered(model, *target)) && !has_any(*package)
        };
        let left_out = model.packages().filter(is_left_out).collect();
        let order = &boundaries.layers().order;
        let is_used = |rank: usize| boundaries.ids().any(|id| boundaries.layer(id) == Some(rank as u32));
        let layers = (0..order.len()).filter(|rank| is_used(*rank)).map(|rank| order[rank].value.clone()).collect();
        Self {
            groups,
            baseline: Baseline::first(verdict),
            rings,
            left_out,
            lines_left_out,
            layers,
            outcome: Arc::clone(&outcome),
            plan,
            text,
        }
    }

    pub(crate) fn model(&self) -> &Model {
        &self.outcome.then.model
    }

    pub(crate) fn boundaries(&self) -> &Boundaries {
        &self.outcome.then.boundaries
    }
}

/// Without what other parts have of it.
fn lines(model: &Model, plan: &Plan, part: &Part) -> u64 {
    let all: u64 = part.code.iter().map(|node| model.total_lines(*node)).sum();
    let is_carved = |node: &NodeId| {
        let around = model.node(*node).parent.and_then(|around| plan.part_of(model, around));
        around.is_some_and(|around| around.name == part.name)
    };
    let others = plan.parts.iter().filter(|other| other.name != part.name).flat_map(|other| &other.code);
    let carved: u64 = others.filter(|node| is_carved(node)).map(|node| model.total_lines(*node)).sum();
    all.saturating_sub(carved)
}

/// Tests, examples and benchmarks need no boundary.
fn is_offered(model: &Model, node: NodeId) -> bool {
    let target = model.target_of(node).map(|target| model.node(target).kind);
    let is_code = |kind: TargetKind| kind.is_library() || kind == TargetKind::Bin;
    !model.node(node).test && matches!(target, Some(NodeKind::Target(kind)) if is_code(kind))
}
