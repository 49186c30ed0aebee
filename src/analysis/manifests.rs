//! The manifests in which packages say themselves what boundary they are.
//!
//! In: a workspace, and the folder where it is on disk today.  Out: their texts.  Not here: what they say (`config`).

use std::path::Path;

use crate::config;
use crate::load;
use crate::source::SourceFile;
use crate::workspace::Workspace;

/// The manifests of members that may speak of riprap, as they are on disk; what is not there says nothing.
pub(super) fn manifests(root: &Path, workspace: &Workspace) -> Vec<SourceFile> {
    let members = workspace.packages.iter().filter(|package| package.member);
    let paths: Vec<String> = members.map(|package| package.manifest.clone()).collect();
    let read = load::extra(root, &paths).into_iter().filter_map(Result::ok);
    read.filter(|file| config::may_speak(&file.text)).collect()
}
