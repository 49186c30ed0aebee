//! Who depends on whom, and how stable that makes a part.
//!
//! In: for each part the items outside that name something in it, and its own items that name something outside.  Out:
//! the numbers of Martin (OO Design Quality Metrics, 1994): Ca, Ce, instability, and where a more stable part uses a less
//! stable one (the Stable Dependencies Principle).  Items are counted once each, as Martin counts classes; the parts at
//! the other end beside them, as other tools do.  Not here: abstractness and distance, which have no honest analogue in
//! Rust.

use crate::model::NodeId;

use super::value::{Better, Measure, Metric, Ratio, Value};
use crate::boundary::Extent;

/// Parts that depend on this one.
pub(super) static USERS: Metric = Metric {
    key: "fan_in",
    name: "Used by",
    meaning: "How many others of its kind use it directly",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// Parts that this one depends on.
pub(super) static USED: Metric = Metric {
    key: "fan_out",
    name: "Uses",
    meaning: "How many others of its kind it uses directly",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// Ca: distinct items outside that name something inside; a module counts once for what stands outside its items.
pub(super) static AFFERENT: Metric = Metric {
    key: "items_in",
    name: "Items that use it (Ca)",
    meaning: "Distinct items outside that name something in it: what a change of it may break",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// Ce: distinct items inside that name something outside.
pub(super) static EFFERENT: Metric = Metric {
    key: "items_out",
    name: "Items that use others (Ce)",
    meaning: "Distinct items in it that name something outside: what a change elsewhere may break",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// `I = Ce / (Ca + Ce)`; none for a part without either.
pub(super) static INSTABILITY: Metric = Metric {
    key: "instability",
    name: "Instability",
    meaning: "Ce / (Ca + Ce): 0 for what only serves others and is hard to change, 1 for what only uses others",
    of: &[Extent::Boundary, Extent::Module],
    better: Better::Neither,
};

/// Dependencies on parts with a higher instability.
pub(super) static SDP_VIOLATIONS: Metric = Metric {
    key: "sdp_violations",
    name: "Uses less stable ones",
    meaning: "How many of those it uses are less stable than it is: it will have to follow their changes",
    of: &[Extent::Workspace, Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// Ends of what crosses the border of a part; repeated ones count once.
#[derive(Clone, Debug, Default)]
pub(super) struct Coupling {
    pub(super) items_in: Vec<NodeId>,
    pub(super) items_out: Vec<NodeId>,
}

impl Coupling {
    pub(super) fn distinct(mut self) -> Self {
        for list in [&mut self.items_in, &mut self.items_out] {
            list.sort_unstable();
            list.dedup();
        }
        self
    }

    /// Of distinct ends.
    pub(super) fn instability(&self) -> Option<Ratio> {
        let (afferent, efferent) = (self.items_in.len() as u64, self.items_out.len() as u64);
        Ratio::of(efferent, afferent + efferent)
    }

    /// Of distinct ends.
    pub(super) fn measures(&self) -> impl Iterator<Item = Measure> {
        let instability = self.instability().map(|ratio| Measure { metric: &INSTABILITY, value: Value::Ratio(ratio) });
        [AFFERENT.count(self.items_in.len()), EFFERENT.count(self.items_out.len())].into_iter().chain(instability)
    }

    /// Whether the use of `other` breaks the Stable Dependencies Principle: compared without rounding.
    pub(super) fn is_more_stable_than(&self, other: &Self) -> bool {
        let sides = |it: &Self| (it.items_out.len() as u128, (it.items_in.len() + it.items_out.len()) as u128);
        let ((own, own_all), (its, its_all)) = (sides(self), sides(other));
        own * its_all < its * own_all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coupling(items_in: u32, items_out: u32) -> Coupling {
        Coupling { items_in: (0..items_in).map(NodeId).collect(), items_out: (0..items_out).map(NodeId).collect() }
    }

    #[test]
    fn what_only_serves_is_stable_and_what_only_uses_is_not() {
        let told = |it: &Coupling| it.instability().map(|ratio| ratio.to_string());
        assert_eq!(told(&coupling(3, 0)).as_deref(), Some("0.000"));
        assert_eq!(told(&coupling(0, 2)).as_deref(), Some("1.000"));
        assert_eq!(told(&coupling(1, 3)).as_deref(), Some("0.750"));
        assert_eq!(told(&coupling(0, 0)), None);
    }

    #[test]
    fn an_item_that_stands_there_twice_counts_once() {
        let twice = Coupling { items_in: vec![NodeId(4), NodeId(2), NodeId(4)], ..Coupling::default() };
        assert_eq!(twice.distinct().items_in, [NodeId(2), NodeId(4)]);
    }

    #[test]
    fn equal_stability_breaks_no_principle() {
        assert!(coupling(3, 1).is_more_stable_than(&coupling(1, 1)));
        assert!(!coupling(2, 2).is_more_stable_than(&coupling(1, 1)));
        assert!(!coupling(1, 3).is_more_stable_than(&coupling(3, 1)));
    }
}
