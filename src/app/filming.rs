//! Making a film of the timeline, on a thread of its own: each commit of it is analysed once more.
//!
//! In: which commits, and the file.  Out: a message.  Not here: what is in a film (`export`), and the dialog
//! (`portraying`).

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::analyst::{Analyst, Filmmaker};
use super::generation::Generation;
use super::going::on_thread;
use super::mail::Message;
use super::outbox::Outbox;
use super::portrait::{Made, NotMade};
use crate::analysis::Stretch;
use crate::export::film::{Format, USUAL_SHOTS};
use crate::theme::Theme;
use crate::{load, save};

/// A film that was asked for.
pub(crate) struct FilmJob {
    pub(crate) generation: Generation,
    pub(crate) stretch: Stretch,
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    pub(crate) theme: &'static Theme,
    /// Somebody said yes to that.
    pub(crate) replace: bool,
}

pub(super) fn start(job: FilmJob, analyst: &dyn Analyst, outbox: &Outbox) {
    let generation = job.generation;
    let maker = analyst.filmmaker(job.stretch.clone(), USUAL_SHOTS);
    let failed = move |reason| Message::Portrayed { generation, result: Err(NotMade::Failed(reason)) };
    on_thread("riprap-film", outbox, failed, move |outbox| {
        outbox.send(Message::Portrayed { generation, result: made(job, maker) });
    });
}

fn made(job: FilmJob, maker: Box<Filmmaker>) -> Result<Made, NotMade> {
    let FilmJob { path, format, theme, replace, .. } = job;
    if !replace && load::is_there(&path) {
        return Err(NotMade::Exists(path));
    }
    let film = maker(&AtomicBool::new(false)).map_err(NotMade::Failed)?;
    let bytes = film.bytes(format, theme).map_err(|error| NotMade::Failed(error.to_string()))?;
    save::write(&path, &bytes).map_err(|error| NotMade::Failed(error.to_string()))?;
    Ok(Made::File(path))
}
