//! Numbers from bottom to top: a round end, and a few lines between.
//!
//! In: the largest number.  Out: a [`Scale`], which always starts at zero, so that no change looks larger than it is.

use crate::scene::shape::Rect;

/// From zero to a round number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) top: f32,
    pub(super) step: f32,
}

impl Scale {
    /// With at most so many lines above zero; of whole numbers, no line is between two.
    pub(super) fn new(largest: f32, most_lines: usize, is_whole: bool) -> Self {
        let largest = if largest.is_finite() && largest > 0.0 { largest } else { 1.0 };
        let raw = largest / most_lines.max(1) as f32;
        let magnitude = 10_f32.powf(raw.log10().floor());
        let round = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * magnitude);
        let is_fine = |step: &f32| *step >= raw * 0.999 && (!is_whole || step.fract() == 0.0);
        let step = round.into_iter().find(is_fine).unwrap_or_else(|| raw.ceil()).max(if is_whole { 1.0 } else { 0.0 });
        Self { top: step * (largest / step * 0.999).ceil(), step }
    }

    pub(super) fn y(&self, value: f32, room: Rect) -> f32 {
        room.max.y - (value / self.top).clamp(0.0, 1.0) * room.height()
    }

    /// The lines, without zero.
    pub(super) fn lines(&self) -> impl Iterator<Item = f32> + '_ {
        let n = (self.top / self.step).round() as usize;
        (1..=n).map(|index| index as f32 * self.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(largest: f32, is_whole: bool, expected: &[f32]) {
        assert_eq!(Scale::new(largest, 4, is_whole).lines().collect::<Vec<f32>>(), expected);
    }

    #[test]
    fn lines_are_round_and_few_and_the_last_is_above_everything() {
        check(7.0, true, &[2.0, 4.0, 6.0, 8.0]);
        check(1.0, true, &[1.0]);
        check(3.0, true, &[1.0, 2.0, 3.0]);
        check(380.0, true, &[100.0, 200.0, 300.0, 400.0]);
        check(0.4, false, &[0.1, 0.2, 0.3, 0.4]);
    }

    #[test]
    fn nothing_has_a_scale_too() {
        for largest in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            check(largest, true, &[1.0]);
        }
    }
}
