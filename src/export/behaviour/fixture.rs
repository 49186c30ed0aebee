//! A behaviour with one of each kind.

use crate::history::{Behaviour, CoChange, Hotspot, Share, Team};

pub(super) fn behaviour() -> Behaviour {
    let pair = |a: &str, b: &str, commits, together, linked| CoChange {
        a: a.to_owned(),
        b: b.to_owned(),
        commits,
        together,
        lift: 2.5,
        linked,
    };
    Behaviour {
        commits: 120,
        too_large: 3,
        across_boundaries: Share { of: 100, did: 24 },
        across_layers: Share { of: 90, did: 45 },
        boundaries: vec![pair("billing", "orders", (20, 30), 18, true), pair("shipping", "catalog", (9, 60), 6, false)],
        modules: vec![
            pair("orders::price", "billing::price", (12, 14), 11, false),
            pair("orders::cart", "orders::place", (20, 22), 9, true),
        ],
        hotspots: vec![Hotspot { module: "orders::place".to_owned(), commits: 22, lines: 1400, violations: 3 }],
        teams: vec![Team { name: "@shop/sales".to_owned(), files: 31, with_others: Share { of: 50, did: 21 } }],
    }
}
