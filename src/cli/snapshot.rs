//! `riprap snapshot`: everything riprap knows, as one document.
//!
//! In: a path and a file name.  Out: the file.  Not here: the document's shape.

use super::progress::{analyze_configured, message};
use super::{Outcome, SnapshotArgs};
use crate::analysis::Asked;
use crate::{save, snapshot};

pub(super) fn run(args: &SnapshotArgs, asked: Asked, quiet: bool) -> Outcome {
    let analysis = match analyze_configured(&args.path, &args.rev.of(asked), quiet) {
        Ok(analysis) => analysis,
        Err(outcome) => return outcome,
    };
    match save::stream(&args.output, |output| snapshot::write(&analysis.document(), output)) {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            message(&error.to_string());
            Outcome::WrongUse
        }
    }
}
