//! What is written along the axis: days, months, years, or numbers of commits.
//!
//! In: a frame.  Out: places with words, far enough from each other to be read.  Not here: drawing.

use super::axis::{Axis, Frame};
use super::course::Course;
use crate::history::Moment;
use crate::scene::number::grouped;
use crate::source::Date;

/// A place on the axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) x: f32,
    pub(super) words: String,
}

const DAY: f64 = 86_400.0;

/// Apart from each other at least, in points.
const APART: f32 = 96.0;

/// Between two ticks of a calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pace {
    Days(u32),
    Months(u32),
}

const PACES: [Pace; 13] = [
    Pace::Days(1),
    Pace::Days(2),
    Pace::Days(7),
    Pace::Days(14),
    Pace::Months(1),
    Pace::Months(2),
    Pace::Months(3),
    Pace::Months(6),
    Pace::Months(12),
    Pace::Months(24),
    Pace::Months(60),
    Pace::Months(120),
    Pace::Months(600),
];

pub(super) fn ticks(course: &Course, frame: &Frame) -> Vec<Tick> {
    match frame.axis {
        Axis::Time => days(frame),
        Axis::Commits => commits(course, frame),
    }
}

fn days(frame: &Frame) -> Vec<Tick> {
    let (from, to) = frame.ends();
    let most = (frame.plot.width() / APART).max(1.0);
    let n_days = (to - from) / DAY;
    let pace = PACES.into_iter().find(|pace| {
        let long = match pace {
            Pace::Days(days) => f64::from(*days),
            Pace::Months(months) => f64::from(*months) * 30.4,
        };
        n_days / long <= f64::from(most)
    });
    let (first, last) = ((from / DAY).max(0.0) as u32, (to / DAY).max(0.0) as u32);
    let tick = |date: Date, words: String| {
        let value = f64::from(date.days()) * DAY;
        (from..=to).contains(&value).then(|| Tick { x: frame.x_at(value), words })
    };
    match pace.unwrap_or(Pace::Months(600)) {
        Pace::Days(step) => {
            let days = (first.next_multiple_of(step)..=last).step_by(step as usize).map(Date::of_days);
            days.filter_map(|date| tick(date, date.to_string())).collect()
        }
        Pace::Months(step) => {
            let month_of = |days: u32| {
                let date = Date::of_days(days);
                u32::from(date.year()) * 12 + u32::from(date.month()) - 1
            };
            let months = (month_of(first).next_multiple_of(step)..=month_of(last)).step_by(step as usize);
            let dates = months.filter_map(|month| Date::new((month / 12) as u16, (month % 12) as u8 + 1, 1));
            let words = |date: Date| {
                if step >= 12 {
                    format!("{:04}", date.year())
                } else {
                    format!("{:04}-{:02}", date.year(), date.month())
                }
            };
            dates.filter_map(|date| tick(date, words(date))).collect()
        }
    }
}

fn commits(course: &Course, frame: &Frame) -> Vec<Tick> {
    let (from, to) = frame.ends();
    let least = (to - from) * f64::from(APART * 1.5 / frame.plot.width().max(1.0));
    let powers = (0..9).flat_map(|power| [1, 2, 5].map(|factor| factor * 10_usize.pow(power)));
    let step = powers.into_iter().find(|step| *step as f64 >= least).unwrap_or(usize::MAX);
    // Commits are counted from one.
    let numbers = (from.max(0.0) as usize + 1).next_multiple_of(step)..=(to.max(0.0) as usize);
    let tick = |number: usize| {
        let commit = course.steps.get(number - 1)?;
        let day = Moment(commit.at).date();
        let words = format!("{} ({day})", grouped(number as u64));
        Some(Tick { x: frame.x_at(number as f64 - 0.5), words })
    };
    numbers.step_by(step).filter_map(tick).collect()
}
