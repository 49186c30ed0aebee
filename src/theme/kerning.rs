//! How much closer two letters stand than their advances say.
//!
//! In: a font's GPOS table.  Out: adjustments of pairs in font units (OpenType, "Pair Adjustment Positioning").
//! Not here: other positioning; contextual kerning is rare in names of code.

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The pairs of one font, by lookup: all lookups count, and in each the first subtable that knows the pair.
#[derive(Debug)]
pub(super) struct Kerning {
    lookups: Vec<Vec<PairAdjustment<'static>>>,
}

impl Kerning {
    pub(super) fn new(font: &Face<'static>) -> Self {
        let Some(table) = font.tables().gpos else { return Self { lookups: Vec::new() } };
        let kern = Tag::from_bytes(b"kern");
        let features = table.features.into_iter().filter(|feature| feature.tag == kern);
        let mut indices: Vec<u16> = features.flat_map(|feature| feature.lookup_indices).collect();
        indices.sort_unstable();
        indices.dedup();
        let lookups = indices.into_iter().filter_map(|index| table.lookups.get(index)).map(|lookup| {
            let subtables = lookup.subtables.into_iter::<PositioningSubtable<'static>>();
            subtables.filter_map(|table| if let PositioningSubtable::Pair(pair) = table { Some(pair) } else { None })
        });
        Self { lookups: lookups.map(Iterator::collect).collect() }
    }

    /// What to add to the advance of `first` where `second` follows it.
    pub(super) fn between(&self, first: GlyphId, second: GlyphId) -> i16 {
        let adjustments =
            self.lookups.iter().filter_map(|pairs| pairs.iter().find_map(|pair| adjust(pair, first, second)));
        adjustments.fold(0, i16::saturating_add)
    }
}

fn adjust(pair: &PairAdjustment<'_>, first: GlyphId, second: GlyphId) -> Option<i16> {
    let (value, _) = match pair {
        PairAdjustment::Format1 { coverage, sets } => sets.get(coverage.get(first)?)?.get(second)?,
        PairAdjustment::Format2 { coverage, classes, matrix } => {
            coverage.get(first)?;
            matrix.get((classes.0.get(first), classes.1.get(second)))?
        }
    };
    Some(value.x_advance)
}
