//! Going through the commits of the opened workspace, and showing one of them in all views.
//!
//! In: where the cursor is, what the worker says.  Out: the document as of that commit, or of the files on disk again.  A
//! part of `execute`, the one writer of state.  Not here: analysing commits (`worker`).

use std::sync::Arc;

use super::command::Command;
use super::mail::{Job, Opened, Then};
use super::opening::{follow, show_opened};
use super::pane::Pane;
use super::state::{Document, Screen, State};
use super::timeline::{OnTimeline, Running, Step};
use super::told::{Batch, Told};
use super::tools::Tools;
use crate::analysis::{Progress, Stretch};

/// How long a step takes while it plays, in seconds; of many commits several are taken at once.
const STEP_SECS: f64 = 0.08;
/// As long as playing from the first to the last commit takes at most, in seconds.
const PLAY_SECS: f64 = 30.0;

/// What is due in this frame.
pub(crate) fn go_on(state: &mut State, tools: &Tools<'_>) {
    if state.screen != Screen::Map {
        return;
    }
    let now = tools.ctx.input(|input| input.time);
    let (focused, generation) = (state.tiles.focused, state.generation + 1);
    let is_timeline_shown = state.tiles.shows(Pane::Timeline);
    let Some(document) = &mut state.document else { return };
    let timeline = &document.timeline;
    if (is_timeline_shown || timeline.wanted) && timeline.running.is_none() {
        let is_first = timeline.told.is_none() && timeline.failed.is_none();
        if is_first || timeline.again {
            begin(document, generation, tools);
            state.generation = generation;
            return;
        }
    }
    let is_away = document.timeline.rewind.is_away() && !document.timeline.rewind.is_returning();
    if focused == Pane::Rules && is_away {
        // What is written is about the files on disk, and must be judged by them.
        return_to_disk(document, now);
    }
    play(document, now, tools);
    let rewind = &mut document.timeline.rewind;
    if let Some(to) = rewind.due(now) {
        let shown = document.analysis.commit.as_ref().map(|commit| commit.id);
        let then = match (to, &rewind.present) {
            (Some(commit), _) if shown == Some(commit) => return,
            (Some(commit), _) => Then::Commit(commit),
            (None, Some(present)) => Then::Present(Arc::clone(present)),
            (None, None) => return,
        };
        rewind.running = Some((generation, to));
        state.generation = generation;
        tools.worker.send(Job::Rewind {
            generation,
            then,
            analysis: Arc::clone(&document.analysis),
            view: document.view.clone(),
            arrangement: Arc::clone(&document.arrangement),
        });
    } else if let Some(pause) = rewind.pause(now).filter(|_| rewind.running.is_none()) {
        tools.ctx.request_repaint_after_secs(pause as f32);
    }
}

/// Goes through the commits; what is told already stays until more is known.
fn begin(document: &mut Document, generation: u64, tools: &Tools<'_>) {
    let timeline = &mut document.timeline;
    let quietly = timeline.told.as_ref().is_some_and(Told::is_whole);
    let (running, cancel) = Running::new(generation, quietly);
    timeline.running = Some(running);
    timeline.failed = None;
    timeline.again = false;
    let stretch = Stretch { last: timeline.last, every: 1, ..Stretch::default() };
    tools.worker.send(Job::History { generation, stretch, cancel, quietly });
}

/// Goes through the commits again, or through more or fewer of them.
fn begin_again(document: &mut Document, last: Option<usize>) {
    let timeline = &mut document.timeline;
    timeline.last = last;
    timeline.running = None;
    timeline.told = None;
    timeline.failed = None;
    timeline.marks = Default::default();
    timeline.span = Default::default();
    timeline.playing = None;
}

/// Ends going through the commits; what is known of them stays.
fn cancel(document: &mut Document) {
    let timeline = &mut document.timeline;
    timeline.again = false;
    timeline.wanted = false;
    if timeline.running.take().is_some() && timeline.told.is_none() {
        timeline.failed = Some("Cancelled\nGo through the commits again, or only through the newest ones".to_owned());
    }
}

pub(crate) fn progressed(state: &mut State, generation: u64, progress: Progress) {
    let Some(document) = &mut state.document else { return };
    let running = document.timeline.running.as_mut().filter(|running| running.generation == generation);
    if let Some(running) = running {
        running.progress = Some(progress);
    }
}

/// The commits that will be gone through are known.
pub(crate) fn listed(state: &mut State, generation: u64, told: Told, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    if document.timeline.running.as_ref().is_none_or(|running| running.generation != generation) {
        return;
    }
    match &mut document.timeline.told {
        Some(before) if before.is_like(&told) => before.number = generation,
        _ => tell(document, told, tools),
    }
}

/// Takes what was found of some commits.
pub(crate) fn found(state: &mut State, generation: u64, batch: Batch) {
    let told = state.document.as_mut().and_then(|document| document.timeline.told.as_mut());
    if let Some(told) = told.filter(|told| told.number == generation) {
        told.take(batch);
    }
}

/// All commits were gone through, or it ended before.
pub(crate) fn told(state: &mut State, generation: u64, result: Result<Box<Told>, String>, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let timeline = &mut document.timeline;
    let Some(running) = timeline.running.take_if(|running| running.generation == generation) else { return };
    match result {
        Ok(told) => tell(document, *told, tools),
        // What is known stays true: the next commit may end better.
        Err(_) if running.quietly => {}
        Err(message) => timeline.failed = Some(message),
    }
}

fn tell(document: &mut Document, told: Told, tools: &Tools<'_>) {
    let timeline = &mut document.timeline;
    let is_first = timeline.told.is_none();
    if let Some(before) = timeline.tell(told) {
        tools.worker.send(Job::Discard(Box::new(before)));
    }
    // What is shown already has its place.
    let shown = document.analysis.commit.as_ref().filter(|_| is_first);
    if let (Some(shown), Some(told)) = (shown, &timeline.told) {
        timeline.marks.cursor = told.step_of(shown.id);
    }
}

/// Other commits may lead to what is on disk by now.
pub(crate) fn head_moved(document: &mut Document) {
    let timeline = &mut document.timeline;
    // Whoever stopped it does not want it to begin by itself.
    timeline.again |= timeline.running.is_some() || timeline.told.as_ref().is_some_and(Told::is_whole);
    if timeline.told.is_none() {
        timeline.failed = None;
    }
}

/// Puts the cursor on a commit; the other views follow when it rests.
fn set_cursor(document: &mut Document, step: Option<usize>, now: f64) {
    let timeline = &mut document.timeline;
    let Some(told) = &timeline.told else { return };
    let step = step.map(|step| step.min(told.course.steps.len().saturating_sub(1)));
    if timeline.marks.cursor == step {
        return;
    }
    timeline.marks.cursor = step;
    timeline.rewind.failed = None;
    let commit = step.and_then(|step| told.commit(step)).map(|commit| commit.id);
    timeline.rewind.want(commit, now);
}

/// Does what a hand wants on the chart.
pub(crate) fn grant(document: &mut Document, wish: OnTimeline, now: f64) {
    match wish {
        OnTimeline::PointAt(step) => {
            document.timeline.playing = None;
            set_cursor(document, Some(step), now);
        }
        OnTimeline::Pick(step) => document.timeline.pick(step),
        OnTimeline::Show(span) => document.timeline.span = span,
        OnTimeline::Fill(width, height) => document.timeline.size = Some((width, height)),
        OnTimeline::SetAxis(axis) => document.timeline.set_axis(axis),
        OnTimeline::GoThrough(last) => begin_again(document, last),
        OnTimeline::GoOn => document.timeline.again = true,
        OnTimeline::Ask => document.timeline.wanted = true,
    }
}

/// Does what a command of the timeline says.
pub(crate) fn run(document: &mut Document, command: Command, now: f64) {
    match command {
        Command::EarlierCommit => step(document, Step::Earlier, now),
        Command::LaterCommit => step(document, Step::Later, now),
        Command::FirstCommit => step(document, Step::First, now),
        Command::LastCommit => step(document, Step::Last, now),
        Command::NextChange => step(document, Step::LaterChange, now),
        Command::PreviousChange => step(document, Step::EarlierChange, now),
        Command::PlayHistory => toggle_play(document, now),
        Command::PickCommit => {
            if let Some(cursor) = document.timeline.marks.cursor {
                document.timeline.pick(cursor);
            }
        }
        Command::WholeHistory => document.timeline.span = Default::default(),
        Command::CancelHistory => cancel(document),
        Command::ReturnFromCommit => return_to_disk(document, now),
        _ => {}
    }
}

fn step(document: &mut Document, step: Step, now: f64) {
    document.timeline.playing = None;
    if let Some(step) = document.timeline.stepped(step) {
        set_cursor(document, Some(step), now);
        document.timeline.reveal_cursor();
    }
}

/// Begins or ends playing; at the end it begins with the first commit.
fn toggle_play(document: &mut Document, now: f64) {
    let timeline = &mut document.timeline;
    let Some(told) = &timeline.told else { return };
    let last = told.course.steps.len().saturating_sub(1);
    timeline.playing = if timeline.playing.is_some() { None } else { Some(now) };
    if timeline.playing.is_some() && timeline.marks.cursor.is_none_or(|cursor| cursor >= last) {
        set_cursor(document, Some(0), now);
    }
}

fn play(document: &mut Document, now: f64, tools: &Tools<'_>) {
    let timeline = &mut document.timeline;
    let (Some(due), Some(told)) = (timeline.playing, &timeline.told) else { return };
    let n = told.course.steps.len();
    let at_once = (n as f64 / (PLAY_SECS / STEP_SECS)).ceil().max(1.0) as usize;
    if now >= due {
        let next = timeline.marks.cursor.map_or(0, |cursor| cursor + at_once).min(n.saturating_sub(1));
        let is_over = next + 1 >= n;
        timeline.playing = (!is_over).then_some(now + STEP_SECS);
        set_cursor(document, Some(next), now);
        document.timeline.reveal_cursor();
    }
    tools.ctx.request_repaint_after_secs(STEP_SECS as f32);
}

/// Back to the files on disk.
fn return_to_disk(document: &mut Document, now: f64) {
    document.timeline.playing = None;
    document.timeline.marks.cursor = None;
    document.timeline.rewind.failed = None;
    document.timeline.rewind.want(None, now);
}

/// Takes what the worker says of a commit, or of the way back.
pub(crate) fn rewound(state: &mut State, generation: u64, result: Result<Box<Opened>, String>, tools: &Tools<'_>) {
    let Some(document) = &mut state.document else { return };
    let rewind = &mut document.timeline.rewind;
    let Some((_, to)) = rewind.running.filter(|(running, _)| *running == generation) else { return };
    rewind.running = None;
    match (result, to) {
        (Ok(opened), to) => {
            match to {
                Some(_) => {
                    let now = Arc::clone(&document.analysis);
                    rewind.present.get_or_insert(now);
                }
                None => rewind.present = None,
            }
            let (path, changed) = (document.path.clone(), std::mem::take(&mut document.changed));
            show_opened(state, path, *opened, true, tools);
            if let Some(document) = &mut state.document {
                document.changed = changed;
            }
            follow(state, tools);
        }
        (Err(message), Some(commit)) => rewind.failed = Some((commit, message)),
        (Err(_), None) => {}
    }
}
