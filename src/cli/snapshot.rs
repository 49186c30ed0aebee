//! `riprap snapshot`: everything riprap knows, as one document.
//!
//! In: a path and a file name.  Out: the file.  Not here: the document's shape.

use super::progress::{analyze_configured, message};
use super::{Outcome, SnapshotArgs};
use crate::enrich::Enrichment;
use crate::{export, save};

pub(super) fn run(args: &SnapshotArgs, asked: &Enrichment, quiet: bool) -> Outcome {
    let analysis = match analyze_configured(&args.path, asked, quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    match save::write(&args.output, &export::json::write(&analysis.document())) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            message(&error.to_string());
            Outcome::WrongUse
        }
    }
}
