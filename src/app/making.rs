//! Making pictures and opening them, each on a thread of its own: millions of pixels take seconds, a dialog may hang for
//! minutes.
//!
//! In: what was asked for.  Out: messages.  Not here: which picture (`portraying`).

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::analyst::Filmmaker;
use super::filming::FilmJob;
use super::mail::Message;
use super::outbox::{Outbox, STACK_BYTES};
use super::portrait::{NotMade, Portrait};
use crate::launch::Machine;

pub(crate) fn start(portrait: Portrait, outbox: Outbox) {
    let (generation, also) = (portrait.generation, outbox.clone());
    let thread = std::thread::Builder::new().name("riprap-picture".to_owned());
    let started = thread.spawn(move || outbox.send(Message::Portrayed { generation, result: portrait.make() }));
    if let Err(error) = started {
        also.send(Message::Portrayed { generation, result: Err(NotMade::Failed(error.to_string())) });
    }
}

/// Commits are analysed anew: that takes longer than anything else.
pub(crate) fn film(job: FilmJob, maker: Box<Filmmaker>, outbox: Outbox) {
    let (generation, also) = (job.generation, outbox.clone());
    let thread = std::thread::Builder::new().name("riprap-film".to_owned()).stack_size(STACK_BYTES);
    let started = thread.spawn(move || outbox.send(Message::Portrayed { generation, result: job.make(maker) }));
    if let Err(error) = started {
        also.send(Message::Portrayed { generation, result: Err(NotMade::Failed(error.to_string())) });
    }
}

/// Asks for a file in the system's dialog, which begins with one.
pub(crate) fn pick_file(first: PathBuf, outbox: Outbox) {
    let (asked, also) = (Instant::now(), outbox.clone());
    let thread = std::thread::Builder::new().name("riprap-dialog".to_owned());
    let started = thread.spawn(move || {
        let mut dialog = rfd::FileDialog::new().set_title("Export a picture");
        if let Some(folder) = first.parent() {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = first.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        outbox.send(Message::PickedFile { path: dialog.save_file(), waited: asked.elapsed() });
    });
    if started.is_err() {
        also.send(Message::PickedFile { path: None, waited: Duration::ZERO });
    }
}

/// Opens a file or a folder with the program that the system has for it.
pub(crate) fn open(path: PathBuf, outbox: Outbox) {
    let also = outbox.clone();
    let thread = std::thread::Builder::new().name("riprap-opener".to_owned());
    let started = thread.spawn(move || {
        let opened = Machine::look().opener(&path).and_then(|plan| plan.start()).and_then(|started| started.wait());
        if let Err(error) = opened {
            outbox.send(Message::NotOpened(error.to_string()));
        }
    });
    if let Err(error) = started {
        also.send(Message::NotOpened(error.to_string()));
    }
}
