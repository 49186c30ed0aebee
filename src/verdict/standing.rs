//! What a violation means today, and how many there are of each kind.
//!
//! In: judged violations.  Out: [`Standing`], [`Tally`].  Not here: why something is accepted, and levels of rules.

use super::{Judged, Verdict};
use crate::boundary::{Boundaries, BoundaryId};

/// What follows from a violation, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It makes `check` fail.
    Denied,
    /// It is told and denies nothing.
    Warned,
    /// It stands in riprap.baseline, or something excepts it.
    Accepted,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Denied, Self::Warned, Self::Accepted];

    /// In the words of the window and of pictures.
    pub fn word(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Warned => "only warned of",
            Self::Accepted => "accepted",
        }
    }
}

/// How many violations have each standing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub denied: u32,
    pub warned: u32,
    pub accepted: u32,
}

impl Tally {
    pub fn of(self, standing: Standing) -> u32 {
        match standing {
            Standing::Denied => self.denied,
            Standing::Warned => self.warned,
            Standing::Accepted => self.accepted,
        }
    }

    pub fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Denied => self.denied += 1,
            Standing::Warned => self.warned += 1,
            Standing::Accepted => self.accepted += 1,
        }
    }

    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            denied: self.denied + other.denied,
            warned: self.warned + other.warned,
            accepted: self.accepted + other.accepted,
        }
    }

    pub fn total(self) -> u32 {
        self.denied + self.warned + self.accepted
    }

    /// What there is, the worst first.
    pub fn parts(self) -> impl Iterator<Item = (Standing, u32)> {
        Standing::ALL.into_iter().map(move |standing| (standing, self.of(standing))).filter(|(_, count)| *count > 0)
    }

    /// `None` where there is nothing.
    pub fn worst(self) -> Option<Standing> {
        self.parts().next().map(|(standing, _)| standing)
    }

    /// `3 denied, 1 accepted`; empty without violations.
    pub fn in_words(self) -> String {
        let parts: Vec<String> = self.parts().map(|(standing, count)| format!("{count} {}", standing.word())).collect();
        parts.join(", ")
    }
}

impl FromIterator<Standing> for Tally {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut tally = Self::default();
        standings.into_iter().for_each(|standing| tally.add(standing));
        tally
    }
}

impl Judged {
    pub fn standing(&self) -> Standing {
        match &self.accepted {
            _ if self.denied => Standing::Denied,
            Some(_) => Standing::Accepted,
            None => Standing::Warned,
        }
    }

    /// The boundary whose code has to change: that of the referring module, else the one that the violation is about.
    pub fn boundary(&self, boundaries: &Boundaries) -> Option<BoundaryId> {
        let violation = &self.violation;
        let of_node = violation.from_node.and_then(|node| boundaries.of(node));
        // A ring of boundaries is opened where its cheapest cut is.
        let of_cut = || violation.cuts.iter().find_map(|cut| boundaries.find(&cut.from));
        of_node.or_else(|| boundaries.find(&violation.from)).or_else(of_cut)
    }
}

impl Verdict {
    pub fn tally(&self) -> Tally {
        self.violations.iter().map(Judged::standing).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_tells_what_there_is_the_worst_first() {
        let tally: Tally = [Standing::Accepted, Standing::Denied, Standing::Accepted].into_iter().collect();
        assert_eq!(tally.in_words(), "1 denied, 2 accepted");
        assert_eq!(
            tally.and(Tally { warned: 3, ..Tally::default() }).in_words(),
            "1 denied, 3 only warned of, 2 accepted"
        );
        assert_eq!((tally.total(), Tally::default().in_words()), (3, String::new()));
    }
}
