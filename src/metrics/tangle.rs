//! How much of a workspace is tangled or crowded.
//!
//! In: what the children of each container do with each other, and its rings.  Out: references to cut, the share of a
//! container's references that they are, the largest cycle, and the excess of fat and tangle as Structure101 defines it:
//! only what is above a threshold counts, weighted with the lines it concerns.  Not here: which references to cut
//! (`cycles`).

use super::value::{Better, Metric};
use crate::boundary::Extent;

/// The weight of the minimum feedback arcs: each reference weighs one.
pub(super) static REFERENCES_TO_CUT: Metric = Metric {
    key: "references_to_cut",
    name: "References to cut",
    meaning: "The fewest references without which no cycle of siblings is left; a work list, and it falls only when someone \
              does the work",
    of: &[Extent::Workspace, Extent::Boundary, Extent::Module],
    better: Better::Less,
};

/// Tangle weight `T = w(cut) / w(all)`.
pub(super) static TANGLE_SHARE: Metric = Metric {
    key: "tangle_share",
    name: "Tangle",
    meaning: "References to cut as a share of all references between its children",
    of: &[Extent::Module],
    better: Better::Less,
};

/// The largest strongly connected component of the module graph; parents and children count as any two modules.
pub(super) static LARGEST_TANGLE: Metric = Metric {
    key: "largest_tangle",
    name: "Largest cycle",
    meaning: "Modules in the largest set that all depend on each other, parents and children included",
    of: &[Extent::Workspace, Extent::Boundary],
    better: Better::Less,
};

/// Nodes in components of more than one.
pub(super) static TANGLED_MODULES: Metric = Metric {
    key: "tangled_modules",
    name: "Modules in cycles",
    meaning: "Modules that depend on themselves over others, parents and children included",
    of: &[Extent::Workspace, Extent::Boundary],
    better: Better::Less,
};

/// Of one module: the size of its component, if that is more than one.
pub(super) static TANGLE: Metric = Metric {
    key: "tangle",
    name: "Cycle",
    meaning: "Modules that it depends on and that depend on it, itself included",
    of: &[Extent::Module],
    better: Better::Less,
};

/// Distinct dependencies between the children of one container, each child taken with everything below it.
pub(super) static FAT: Metric = Metric {
    key: "child_edges",
    name: "Dependencies inside",
    meaning: "Distinct dependencies between its children; a picture with more than 120 of them cannot be read any more",
    of: &[Extent::Module],
    better: Better::Less,
};

/// `Σ lines(c) · (excess fat(c) + T(c))` over containers, with excess fat `max(fat - 120, 0) / fat`.
pub(super) static EXCESS_LINES: Metric = Metric {
    key: "excess_lines",
    name: "Excess (XS)",
    meaning: "Lines of containers times how far they are too fat or tangled, summed over all levels: 0 where nothing is",
    of: &[Extent::Workspace, Extent::Module],
    better: Better::Less,
};

/// Lines in fat containers over all lines.
pub(super) static FAT_SHARE: Metric = Metric {
    key: "fat_share",
    name: "Lines in fat containers",
    meaning: "The share of the code that lies in containers with more than 120 dependencies between their children; \
              splitting boxes makes it fall, so read it beside the tangled share",
    of: &[Extent::Workspace],
    better: Better::Less,
};

/// Lines in members of rings over all lines.
pub(super) static TANGLED_SHARE: Metric = Metric {
    key: "tangled_share",
    name: "Lines in tangles",
    meaning: "The share of the code that lies in siblings that depend on each other; merging boxes makes it fall, so read it \
              beside the fat share",
    of: &[Extent::Workspace],
    better: Better::Less,
};

/// The default of Structure101 for everything above a function.
const FAT_THRESHOLD: u64 = 120;

/// A container's graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Inner {
    /// Distinct dependencies between children.
    pub(super) edges: u64,
    pub(super) references: u64,
    pub(super) to_cut: u64,
    /// Of the container and everything below it.
    pub(super) lines: u64,
}

impl Inner {
    pub(super) fn is_fat(&self) -> bool {
        self.edges > FAT_THRESHOLD
    }

    /// Lines times excess, rounded to lines.
    pub(super) fn excess_lines(&self) -> u64 {
        let share = |part: u64, whole: u64| match whole {
            0 => 0,
            whole => (u128::from(self.lines) * u128::from(part) + u128::from(whole) / 2) / u128::from(whole),
        };
        let fat = share(self.edges.saturating_sub(FAT_THRESHOLD), self.edges);
        (fat + share(self.to_cut, self.references)).try_into().unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_above_the_threshold_is_excess() {
        let inner = |edges, to_cut| Inner { edges, references: 200, to_cut, lines: 1000 };
        assert_eq!(inner(120, 0).excess_lines(), 0);
        assert_eq!(inner(160, 0).excess_lines(), 250);
        assert_eq!(inner(10, 40).excess_lines(), 200);
        assert_eq!(inner(160, 40).excess_lines(), 450);
        assert_eq!(Inner::default().excess_lines(), 0);
    }
}
